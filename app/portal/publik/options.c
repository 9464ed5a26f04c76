/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/options.h"

#include <string.h>

#include "portal/portal.h"
#include "portal/publik/schema-reader.h"

char *
pv_publik_make_option_path (const char *source)
{
  static const struct {
    const char *scheme;
    guint min_parts, max_parts;
    const char *path[2]; /* with one part, with two */
  } table[] = {
    { "cards", 1, 2, { "/api/cards/%/list", "/api/cards/%/list/%" } },
    { "agenda", 2, 2, { NULL, "/api/agenda/%/meetings/%/datetimes/" } },
    { "events", 1, 1, { "/api/agenda/%/datetimes/", NULL } },
  };
  const char *colon = strchr (source, ':');
  g_auto (GStrv) parts = colon != NULL ? g_strsplit (colon + 1, "/", -1) : NULL;
  guint n_parts = parts != NULL ? g_strv_length (parts) : 0;

  for (guint i = 0; i < n_parts; i++)
    if (!pv_publik_is_slug (parts[i]))
      return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    if (colon == NULL
        || strncmp (source, table[i].scheme, MAX ((gsize) (colon - source), strlen (table[i].scheme))) != 0)
      continue;
    if (n_parts >= table[i].min_parts && n_parts <= table[i].max_parts) {
      g_auto (GStrv) pieces = g_strsplit (table[i].path[n_parts - 1], "%", -1);

      return g_strconcat (pieces[0], parts[0], pieces[1], n_parts > 1 ? parts[1] : NULL, n_parts > 1 ? pieces[2] : NULL,
                          NULL);
    }
  }
  return NULL;
}

/* Of what is not a single value: how many places an event has left, and which agenda of several a time is of. */
static void
read_inner (const PvJson *item, GStrvBuilder *builder, guint *n_attributes)
{
  static const char *const places[] = { "available", "full", "has_waiting_list", "waiting_list_available" };
  g_autoptr (PvJson) counts = NULL, agendas = NULL, agenda = NULL;
  g_autofree char *place = NULL;

  if (pv_json_find_object (item, "places", &counts, NULL) && counts != NULL)
    for (gsize i = 0; i < G_N_ELEMENTS (places) && *n_attributes < PV_PUBLIK_MAX_ATTRIBUTES; i++) {
      g_autofree char *value = pv_publik_read_text (counts, places[i], PV_PUBLIK_MAX_NAME_BYTES);
      g_autofree char *key = g_strconcat ("places_", places[i], NULL);

      if (value == NULL)
        continue;
      g_strv_builder_add_many (builder, key, value, NULL);
      (*n_attributes)++;
    }
  /* More than one place would be a promise of none. */
  if (!pv_json_find_array (item, "agendas", PV_PUBLIK_MAX_ATTRIBUTES, &agendas, NULL) || agendas == NULL
      || pv_json_get_length (agendas) != 1)
    return;
  agenda = pv_json_get_item (agendas, 0);
  place = pv_json_get_type (agenda) == PV_JSON_OBJECT ? pv_publik_read_plain (agenda, "text") : NULL;
  if (place != NULL && *n_attributes < PV_PUBLIK_MAX_ATTRIBUTES) {
    g_strv_builder_add_many (builder, "place", place, NULL);
    (*n_attributes)++;
  }
}

/* Attributes are what conditions read as var_x_structured_KEY. */
static void
read_attributes (const PvJson *item, PvOption *option)
{
  static const char *const own[] = { "id", "text", "disabled", NULL };
  g_auto (GStrv) keys = pv_json_list_keys (item);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n_attributes = 0;

  for (guint i = 0; keys[i] != NULL && n_attributes < PV_PUBLIK_MAX_ATTRIBUTES; i++) {
    g_autofree char *value = NULL;

    if (g_strv_contains (own, keys[i]) || !pv_publik_is_slug (keys[i]))
      continue;
    value = pv_publik_read_text (item, keys[i], PV_PUBLIK_MAX_NAME_BYTES);
    if (value == NULL)
      continue;
    g_strv_builder_add_many (builder, keys[i], value, NULL);
    n_attributes++;
  }
  read_inner (item, builder, &n_attributes);
  if (n_attributes > 0)
    option->attributes = g_strv_builder_end (builder);
}

static PvOption *
read_option (const PvJson *item)
{
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  PvOption *option;

  if (pv_json_get_type (item) != PV_JSON_OBJECT)
    return NULL;
  id = pv_publik_read_text (item, "id", PV_PUBLIK_MAX_NAME_BYTES);
  text = pv_publik_read_plain (item, "text");
  if (id == NULL || text == NULL)
    return NULL;
  option = pv_option_new (id, text);
  option->disabled = pv_publik_read_flag (item, "disabled", FALSE);
  read_attributes (item, option);
  return option;
}

GPtrArray *
pv_publik_read_options (const PvJson *json, GError **error)
{
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_option_free);
  g_autoptr (PvJson) list = NULL;
  gsize n_items;

  if (pv_json_get_type (json) == PV_JSON_ARRAY)
    list = pv_json_ref ((PvJson *) json);
  else if (pv_json_get_type (json) != PV_JSON_OBJECT
           || !pv_json_read_array (json, "data", PV_PROCEDURE_MAX_OPTIONS, &list, NULL))
    list = NULL;
  n_items = list != NULL ? pv_json_get_length (list) : 0;
  if (list == NULL || n_items > PV_PROCEDURE_MAX_OPTIONS) {
    g_set_error (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER, "no list of options, or too long");
    return NULL;
  }
  for (gsize i = 0; i < n_items; i++) {
    g_autoptr (PvJson) item = pv_json_get_item (list, i);
    PvOption *option = read_option (item);

    /* w.c.s. leaves out what has no id or no text as well. */
    if (option != NULL)
      g_ptr_array_add (options, option);
  }
  return g_steal_pointer (&options);
}
