/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* schema-options.c: the options of item and items fields: in the schema, or where they come from (publik-api, 2.6). */

#include <string.h>

#include "portal/publik/booking.h"
#include "portal/publik/options.h"
#include "portal/publik/schema-reader.h"

/* The text is the id: that is what the portal keeps for options written into the form. */
static void
read_inline_items (PvPublikReader *reader, const PvJson *field, PvQuestion *question)
{
  g_autoptr (PvJson) items = NULL;
  gsize n_items;

  if (!pv_json_find_array (field, "items", PV_PROCEDURE_MAX_OPTIONS, &items, NULL)) {
    pv_publik_refuse_for (reader, PV_BEYOND_OPTIONS, field, "options that are not a list, or too many");
    return;
  }
  n_items = items != NULL ? pv_json_get_length (items) : 0;
  for (gsize i = 0; i < n_items; i++) {
    g_autoptr (PvJson) item = pv_json_get_item (items, i);
    const char *text = pv_json_get_text (item);

    if (text == NULL || strlen (text) > PV_PROCEDURE_MAX_TEXT_BYTES || pv_publik_is_template (text)) {
      pv_publik_refuse_for (reader, PV_BEYOND_OPTIONS, field, "an option that is no text, or a template");
      return;
    }
    if (*text != '\0')
      g_ptr_array_add (question->options, pv_option_new (text, text));
  }
  if (question->options->len == 0)
    pv_publik_refuse_for (reader, PV_BEYOND_OPTIONS, field, "no options");
}

static void
read_json_value (PvPublikReader *reader, const PvJson *field, const PvJson *source, PvQuestion *question)
{
  g_autofree char *value = pv_publik_read_text (source, "value", PV_PUBLIK_MAX_SOURCE_BYTES);
  g_autoptr (PvJson) json = NULL;
  g_autoptr (GPtrArray) options = NULL;

  if (value != NULL && !pv_publik_is_template (value))
    json = pv_json_parse (value, strlen (value), NULL);
  if (json != NULL)
    options = pv_publik_read_options (json, NULL);
  if (options == NULL || options->len == 0) {
    pv_publik_refuse_for (reader, PV_BEYOND_OPTIONS, field, "inline options that are a template, or none");
    return;
  }
  g_ptr_array_unref (question->options);
  question->options = g_steal_pointer (&options);
}

/* "carddef:SLUG" or "carddef:SLUG:VIEW"; a view whose slug begins with "_" belongs to somebody, and has no address. */
static char *
make_card_source (const char *type)
{
  g_auto (GStrv) parts = g_strsplit (type, ":", -1);
  guint n_parts = g_strv_length (parts);

  if (n_parts == 2)
    return g_strconcat ("cards:", parts[1], NULL);
  if (n_parts == 3 && *parts[2] != '_')
    return g_strconcat ("cards:", parts[1], "/", parts[2], NULL);
  return NULL;
}

/* The administrator's table: for this field, or for this source wherever it is used. */
static const char *
find_mapped_source (const PvPublikReader *reader, const PvQuestion *question, const char *type)
{
  const char *keys[] = { question->name,
                         strrchr (question->id, ':') != NULL ? strrchr (question->id, ':') + 1 : question->id };

  if (reader->sources == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *key = keys[i] != NULL ? g_strconcat (reader->slug, "/", keys[i], NULL) : NULL;
    const char *found = key != NULL ? g_hash_table_lookup (reader->sources, key) : NULL;

    if (found != NULL)
      return found;
  }
  return g_hash_table_lookup (reader->sources, type);
}

static void
read_source (PvPublikReader *reader, const PvJson *field, const PvJson *source, const char *type, PvQuestion *question)
{
  const char *mapped = find_mapped_source (reader, question, type);
  g_autofree char *path = NULL;

  if (mapped == NULL && g_str_equal (type, "jsonvalue")) {
    read_json_value (reader, field, source, question);
    return;
  }
  if (mapped != NULL)
    question->option_source = g_strdup (mapped);
  else if (g_str_has_prefix (type, "carddef:"))
    question->option_source = make_card_source (type);
  path = question->option_source != NULL ? pv_publik_make_option_path (question->option_source) : NULL;
  if (path == NULL)
    pv_publik_refuse_source (reader, field, type);
  else if (question->kind == PV_QUESTION_CHOICE && pv_publik_is_agenda (question->option_source))
    question->flags |= PV_QUESTION_SLOT;
}

void
pv_publik_read_choice (PvPublikReader *reader, const PvJson *field, PvQuestion *question)
{
  g_autoptr (PvJson) source = pv_json_get_member (field, "data_source");
  g_autofree char *type = source != NULL && pv_json_get_type (source) == PV_JSON_OBJECT
                            ? pv_publik_read_text (source, "type", PV_PUBLIK_MAX_NAME_BYTES)
                            : NULL;

  if (type != NULL && !g_str_equal (type, "none"))
    read_source (reader, field, source, type, question);
  else
    read_inline_items (reader, field, question);
  if (question->kind != PV_QUESTION_CHOICES)
    return;
  pv_publik_read_count (field, "min_choices", PV_PROCEDURE_MAX_OPTIONS, &question->min_choices);
  pv_publik_read_count (field, "max_choices", PV_PROCEDURE_MAX_OPTIONS, &question->max_choices);
}
