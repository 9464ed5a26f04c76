/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eye.h"

#include <stdio.h>
#include <string.h>

enum { MAX_DEPTH = 40, MAX_THINGS = 1000, MARGIN = 8 };

/* libatspi does not say how its objects are freed by themselves. */
typedef AtspiAccessible Accessible;
typedef AtspiComponent Component;
typedef AtspiStateSet StateSet;
typedef AtspiText Text;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Accessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Component, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Text, g_object_unref)

static void
thing_free (gpointer data)
{
  TourThing *thing = data;

  g_free (thing->name);
  g_free (thing->description);
  g_free (thing->text);
  g_free (thing);
}

char *
tour_with_plain_spaces (char *text)
{
  static const char *const spaces[] = { "\u00a0", "\u202f" };
  /* The right way round for what is written from the right, and nothing to read. */
  static const char *const marks[] = { "\u200e", "\u200f", "\u061c", "\u2066", "\u2067", "\u2068", "\u2069" };
  GString *plain = g_string_new (text);

  for (guint i = 0; i < G_N_ELEMENTS (spaces); i++)
    g_string_replace (plain, spaces[i], " ", 0);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    g_string_replace (plain, marks[i], "", 0);
  g_free (text);
  return g_string_free (plain, FALSE);
}

/* A widget may go while it is being looked at; then it simply is not seen. */
static gboolean
fill (TourThing *thing, AtspiAccessible *accessible)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StateSet) states = atspi_accessible_get_state_set (accessible);
  g_autoptr (Component) component = atspi_accessible_get_component_iface (accessible);
  g_autoptr (Text) text = atspi_accessible_get_text_iface (accessible);
  AtspiRect *place = NULL;

  if (states == NULL || component == NULL)
    return FALSE;
  place = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, &error);
  if (place == NULL)
    return FALSE;
  thing->x = place->x;
  thing->y = place->y;
  thing->width = place->width;
  thing->height = place->height;
  g_free (place);
  thing->role = (int) atspi_accessible_get_role (accessible, NULL);
  thing->name = atspi_accessible_get_name (accessible, NULL);
  thing->description = atspi_accessible_get_description (accessible, NULL);
  if (thing->name == NULL || thing->description == NULL)
    return FALSE;
  thing->name = tour_with_plain_spaces (thing->name);
  thing->description = tour_with_plain_spaces (thing->description);
  if (text != NULL)
    thing->text = atspi_text_get_text (text, 0, atspi_text_get_character_count (text, NULL), NULL);
  thing->is_checked = atspi_state_set_contains (states, ATSPI_STATE_CHECKED);
  thing->is_enabled = atspi_state_set_contains (states, ATSPI_STATE_SENSITIVE);
  return thing->width > 1 && thing->height > 1;
}

/* Upper and lower end of what can be seen: a page of a long answer is a window onto all of it. */
typedef struct {
  int top, bottom;
} Window;

/* Extents are those of the content: borders and padding of what stands in it may reach a little out. */
static gboolean
is_seen (const TourThing *thing, const Window *through)
{
  return thing->y + thing->height / 2 >= through->top && thing->y + thing->height / 2 <= through->bottom;
}

static void
collect (AtspiAccessible *accessible, Window through, GPtrArray *things, guint depth)
{
  TourThing *thing = g_new0 (TourThing, 1);
  gboolean is_there = fill (thing, accessible), is_panel = is_there && thing->role == ATSPI_ROLE_PANEL;
  int count;

  if (is_panel) {
    through.top = MAX (through.top, thing->y - MARGIN);
    through.bottom = MIN (through.bottom, thing->y + thing->height + MARGIN);
  }
  if (is_there && (is_panel || is_seen (thing, &through)))
    g_ptr_array_add (things, thing);
  else
    thing_free (thing);
  count = depth < MAX_DEPTH && things->len < MAX_THINGS ? atspi_accessible_get_child_count (accessible, NULL) : 0;
  for (int i = 0; i < count; i++) {
    g_autoptr (Accessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);
    g_autoptr (StateSet) states = child != NULL ? atspi_accessible_get_state_set (child) : NULL;

    if (states != NULL && atspi_state_set_contains (states, ATSPI_STATE_VISIBLE))
      collect (child, through, things, depth + 1);
  }
}

GPtrArray *
tour_look (const char *wanted)
{
  GPtrArray *things = g_ptr_array_new_with_free_func (thing_free);
  g_autoptr (Accessible) desktop = atspi_get_desktop (0);
  int n_programs = atspi_accessible_get_child_count (desktop, NULL);

  for (int i = 0; i < n_programs; i++) {
    g_autoptr (Accessible) program = atspi_accessible_get_child_at_index (desktop, i, NULL);
    g_autofree char *name = program != NULL ? atspi_accessible_get_name (program, NULL) : NULL;
    int n_windows = name != NULL && g_str_equal (name, wanted) ? atspi_accessible_get_child_count (program, NULL) : 0;

    for (int k = 0; k < n_windows; k++) {
      g_autoptr (Accessible) window = atspi_accessible_get_child_at_index (program, k, NULL);
      g_autoptr (StateSet) states = window != NULL ? atspi_accessible_get_state_set (window) : NULL;

      if (states != NULL && atspi_state_set_contains (states, ATSPI_STATE_SHOWING))
        collect (window, (Window){ 0, G_MAXINT }, things, 0);
    }
  }
  return things;
}

const TourThing *
tour_find (const GPtrArray *things, int role, const char *name)
{
  const TourThing *first = NULL;

  for (guint i = 0; i < things->len; i++) {
    const TourThing *thing = things->pdata[i];

    if ((role != TOUR_ANY && thing->role != role) || (name != NULL && !g_str_equal (thing->name, name)))
      continue;
    if (thing->is_enabled)
      return thing;
    if (first == NULL)
      first = thing;
  }
  return first;
}

const TourThing *
tour_find_beginning (const GPtrArray *things, int role, const char *start)
{
  for (guint i = 0; i < things->len; i++) {
    const TourThing *thing = things->pdata[i];

    if ((role == TOUR_ANY || thing->role == role) && g_str_has_prefix (thing->name, start))
      return thing;
  }
  return NULL;
}

gboolean
tour_is_entry (const TourThing *thing)
{
  return (thing->role == ATSPI_ROLE_ENTRY || thing->role == ATSPI_ROLE_TEXT) && thing->name[0] != '\0';
}

void
tour_print (const GPtrArray *things)
{
  for (guint i = 0; i < things->len; i++) {
    const TourThing *thing = things->pdata[i];
    g_autofree char *role = atspi_role_get_name ((AtspiRole) thing->role);

    printf ("%-14s %4d,%-4d %4dx%-4d %s%s '%s'%s%s%s%s\n", role, thing->x, thing->y, thing->width, thing->height,
            thing->is_checked ? "+" : " ", thing->is_enabled ? " " : "-", thing->name,
            thing->description[0] != '\0' ? " / " : "", thing->description, thing->text != NULL ? " = " : "",
            thing->text != NULL ? thing->text : "");
  }
}
