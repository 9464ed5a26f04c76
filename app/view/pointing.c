/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/pointing.h"

#include "view/controls.h"
#include "view/welcome-screen.h"

static GtkWidget *
find_button (GtkWidget *screen, const PvAction *action)
{
  g_autofree char *id = pv_action_focus_id (action);
  GtkWidget *button = NULL;

  /* Welcome has buttons of the same names, and is kept behind the other screens. */
  for (GtkWidget *part = gtk_widget_get_first_child (screen); part != NULL && button == NULL;
       part = gtk_widget_get_next_sibling (part))
    if (!PV_IS_WELCOME_SCREEN (part))
      button = pv_find_focus_id (part, id);
  return button;
}

/* Buttons are kept from screen to screen: what was said of one is taken back. */
static void
mark (GtkWidget *button, gboolean is_pointed)
{
  if (is_pointed == gtk_widget_has_css_class (button, "pointed"))
    return;
  if (is_pointed)
    gtk_widget_add_css_class (button, "pointed");
  else
    gtk_widget_remove_css_class (button, "pointed");
  pv_describe (button, NULL, is_pointed);
}

static gboolean
is_any_pointed (const PvScreenState *state)
{
  for (guint i = 0; i < state->actions->len; i++)
    if (((const PvAction *) g_ptr_array_index (state->actions, i))->is_pointed)
      return TRUE;
  return FALSE;
}

static void
point_at_button (PvPointer *pointer, GtkWidget *button, const PvAction *action)
{
  g_autofree char *id = pv_action_focus_id (action);

  pv_pointer_set_target (pointer, button, id);
}

void
pv_point (PvPointer *pointer, GtkWidget *screen, GPtrArray *field_views, const PvScreenState *state)
{
  static const char marked[] = "pv-has-marked";
  gboolean has_target = FALSE, is_any = is_any_pointed (state);

  /* Welcome has none of them; those of the screen before it are kept until they are replaced. */
  for (guint i = 0; i < MIN (field_views->len, state->fields->len) && !has_target; i++) {
    const PvField *field = g_ptr_array_index (state->fields, i);
    if (!field->is_pointed)
      continue;
    pv_pointer_set_target (pointer, g_ptr_array_index (field_views, i), field->id);
    has_target = TRUE;
  }
  /* Looking for every button costs time in which somebody types: only while one is marked, or to be. */
  for (guint i = 0; i < state->actions->len && (is_any || g_object_get_data (G_OBJECT (pointer), marked) != NULL);
       i++) {
    const PvAction *action = g_ptr_array_index (state->actions, i);
    GtkWidget *button = find_button (screen, action);
    if (button == NULL)
      continue;
    mark (button, action->is_pointed);
    if (action->is_pointed && !has_target) {
      point_at_button (pointer, button, action);
      has_target = TRUE;
    }
  }
  g_object_set_data (G_OBJECT (pointer), marked, GINT_TO_POINTER (is_any));
  if (!has_target)
    pv_pointer_set_target (pointer, NULL, NULL);
}
