/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/prefill.h"

#include <string.h>

#define PAGE_PREFIX "/commencer/"

enum { FIRST_NUMBER = 21000001, MAX_TOKENS = 20 };

/* One form that was begun. */
typedef struct {
  gint64 number, created_us;
  char *path;
  PvJson *values;
} Dossier;

struct PvDemoPrefill {
  const PvDemoSite *site;
  GHashTable *dossiers; /* (element-type utf8 Dossier): by token */
  gint64 next_number;
  gint64 burst_us; /* when the present burst began */
  guint n_burst;
};

static void
dossier_free (gpointer data)
{
  Dossier *dossier = data;

  g_free (dossier->path);
  pv_json_unref (dossier->values);
  g_free (dossier);
}

PvDemoPrefill *
pv_demo_prefill_new (const PvDemoSite *site)
{
  PvDemoPrefill *self = g_new0 (PvDemoPrefill, 1);

  self->site = site;
  self->dossiers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, dossier_free);
  self->next_number = FIRST_NUMBER;
  return self;
}

void
pv_demo_prefill_free (PvDemoPrefill *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->dossiers);
  g_free (self);
}

/* By its number, or by its path. (transfer full) (nullable) */
static PvJson *
find_form (PvDemoPrefill *self, const char *key, const char *value)
{
  g_autoptr (PvJson) forms = pv_json_get_member (pv_demo_site_get_settings (self->site), "demarches");

  for (gsize i = 0; forms != NULL && i < pv_json_get_length (forms); i++) {
    g_autoptr (PvJson) form = pv_json_get_item (forms, i);
    g_autofree char *own = pv_demo_text (form, key);

    if (g_str_equal (own, value))
      return g_steal_pointer (&form);
  }
  return NULL;
}

static PvDemoReply *
refuse (guint status, const char *words)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  PvDemoReply *reply;

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "error", words);
  pv_json_writer_end_object (writer);
  reply = pv_demo_reply_new_json (writer);
  reply->status = status;
  return reply;
}

/* NULL: it may. */
static PvDemoReply *
refuse_burst (PvDemoPrefill *self, gint64 now_us)
{
  PvDemoReply *reply;

  if (now_us - self->burst_us >= PV_DEMO_PREFILL_BURST_S * G_USEC_PER_SEC || now_us < self->burst_us) {
    self->burst_us = now_us;
    self->n_burst = 0;
  }
  if (++self->n_burst <= PV_DEMO_PREFILL_BURST)
    return NULL;
  reply = refuse (429, "Retry later");
  reply->rate_limit_reset_s = self->burst_us / G_USEC_PER_SEC + PV_DEMO_PREFILL_BURST_S;
  return reply;
}

/* Deleted if nobody went on with it, and in no case more than there is room for. */
static void
drop_old (PvDemoPrefill *self, gint64 now_us)
{
  GHashTableIter iter;
  gpointer dossier;

  g_hash_table_iter_init (&iter, self->dossiers);
  while (g_hash_table_iter_next (&iter, NULL, &dossier))
    if (now_us - ((Dossier *) dossier)->created_us > PV_DEMO_PREFILL_DAYS * G_TIME_SPAN_DAY
        || g_hash_table_size (self->dossiers) >= PV_DEMO_PREFILL_MAX_FILES)
      g_hash_table_iter_remove (&iter);
}

static PvDemoReply *
begin (PvDemoPrefill *self, const PvDemoRequest *request, const PvJson *form)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autofree char *path = pv_demo_text (form, "path");
  g_autofree char *token = g_uuid_string_random ();
  g_autofree char *url = g_strdup_printf ("%scommencer/%s?prefill_token=%s", PV_DEMO_BASE, path, token);
  g_autofree char *id = g_strdup_printf ("Dossier-%" G_GINT64_FORMAT, self->next_number);
  g_autoptr (PvJson) values = pv_json_parse (request->body, request->body_size, NULL);
  Dossier *dossier;
  PvDemoReply *reply;

  if (values == NULL || pv_json_get_type (values) != PV_JSON_OBJECT)
    return refuse (400, "Content-Type should be json");
  drop_old (self, request->now_us);
  dossier = g_new0 (Dossier, 1);
  dossier->number = self->next_number++;
  dossier->created_us = request->now_us;
  dossier->path = g_strdup (path);
  dossier->values = g_steal_pointer (&values);
  g_hash_table_insert (self->dossiers, g_strdup (token), dossier);
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "dossier_url", url);
  pv_json_writer_text (writer, "state", "prefilled");
  pv_json_writer_text (writer, "dossier_id", id);
  pv_json_writer_int (writer, "dossier_number", dossier->number);
  pv_json_writer_text (writer, "dossier_prefill_token", token);
  pv_json_writer_end_object (writer);
  reply = pv_demo_reply_new_json (writer);
  reply->status = 201;
  return reply;
}

static PvDemoReply *
tell_states (PvDemoPrefill *self, const PvDemoRequest *request)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autofree char *list = pv_demo_query_get (request->query, "prefill_token");
  g_auto (GStrv) tokens = g_strsplit (list != NULL ? list : "", ",", MAX_TOKENS);

  pv_json_writer_begin_array (writer, NULL);
  for (guint i = 0; tokens[i] != NULL; i++) {
    const Dossier *dossier = g_hash_table_lookup (self->dossiers, tokens[i]);

    if (dossier == NULL)
      continue;
    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "state", "prefilled");
    pv_json_writer_int (writer, "dossier_number", dossier->number);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  return pv_demo_reply_new_json (writer);
}

PvDemoReply *
pv_demo_prefill_answer (PvDemoPrefill *self, const PvDemoRequest *request, const char *number)
{
  g_autoptr (PvJson) form = find_form (self, "number", number);
  gboolean is_json = request->content_type != NULL && g_str_has_prefix (request->content_type, "application/json");
  PvDemoReply *refusal;

  if (g_str_equal (request->method, "GET"))
    return tell_states (self, request);
  refusal = refuse_burst (self, request->now_us);
  if (refusal != NULL)
    return refusal;
  if (!is_json)
    return refuse (400, "Content-Type should be json");
  if (form == NULL) {
    g_autofree char *words = g_strdup_printf ("procedure %s is not found", number);

    return refuse (404, words);
  }
  return begin (self, request, form);
}

/* What was sent for it and fits; what is no field of the form is dropped without a word. (transfer full) (nullable) */
static char *
find_value (const Dossier *dossier, const char *id)
{
  g_autoptr (PvJson) value = dossier != NULL ? pv_json_get_member (dossier->values, id) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (value == NULL)
    return NULL;
  if (pv_json_get_type (value) != PV_JSON_ARRAY)
    return pv_json_as_text (value);
  for (gsize i = 0; i < pv_json_get_length (value); i++) {
    g_autoptr (PvJson) item = pv_json_get_item (value, i);
    g_autofree char *one = pv_json_as_text (item);

    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", one != NULL ? one : "");
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_field (PvDemoPages *pages, GString *html, const PvJson *field, const Dossier *dossier)
{
  g_autofree char *id = pv_demo_text (field, "id");
  g_autofree char *label = pv_demo_text (field, "label");
  g_autofree char *value = find_value (dossier, id);
  g_autofree char *empty = pv_demo_pages_dup_word (pages, "prefill_empty");
  g_autofree char *line = g_markup_printf_escaped ("<dt>%s</dt><dd>%s</dd>\n", label, value != NULL ? value : empty);

  g_string_append (html, line);
}

static void
add_paragraph (PvDemoPages *pages, GString *html, const char *key)
{
  g_autofree char *text = pv_demo_pages_dup_word (pages, key);
  g_autofree char *line = g_markup_printf_escaped ("<p>%s</p>\n", text);

  g_string_append (html, line);
}

PvDemoReply *
pv_demo_prefill_answer_page (PvDemoPrefill *self, PvDemoPages *pages, const char *path, const char *query,
                             gint64 now_us)
{
  g_autofree char *token = pv_demo_query_get (query, "prefill_token");
  g_autoptr (GString) html = g_string_new (NULL);
  g_autoptr (PvJson) form = NULL, fields = NULL;
  const Dossier *dossier;

  if (!g_str_has_prefix (path, PAGE_PREFIX))
    return NULL;
  form = find_form (self, "path", path + strlen (PAGE_PREFIX));
  fields = form != NULL ? pv_json_get_member (form, "fields") : NULL;
  if (fields == NULL)
    return NULL;
  drop_old (self, now_us);
  dossier = token != NULL ? g_hash_table_lookup (self->dossiers, token) : NULL;
  add_paragraph (pages, html, token == NULL ? "prefill_new" : dossier != NULL ? "prefill_text" : "prefill_gone");
  g_string_append (html, "<dl>\n");
  for (gsize i = 0; i < pv_json_get_length (fields); i++) {
    g_autoptr (PvJson) field = pv_json_get_item (fields, i);

    add_field (pages, html, field, dossier);
  }
  g_string_append (html, "</dl>\n");
  return pv_demo_pages_make (pages, "prefill", html);
}
