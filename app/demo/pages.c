/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/pages.h"

#include <string.h>

enum {
  MAX_ROWS = 200,
};

struct PvDemoPages {
  char *template;
  PvDemoPortal *portal;
  gboolean has_cards, has_printers;
};

PvDemoPages *
pv_demo_pages_new (const char *folder, PvDemoPortal *portal, GError **error)
{
  g_autoptr (PvDemoPages) self = g_new0 (PvDemoPages, 1);
  g_autofree char *path = g_build_filename (folder, "page.html", NULL);

  self->portal = portal;
  if (!g_file_get_contents (path, &self->template, NULL, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
pv_demo_pages_free (PvDemoPages *self)
{
  if (self == NULL)
    return;
  g_free (self->template);
  g_free (self);
}

static char *
word (PvDemoPages *self, const char *key)
{
  g_autoptr (PvJson) words = pv_json_get_member (pv_demo_site_get_settings (self->portal->site), "words");

  return words != NULL ? pv_demo_text (words, key) : g_strdup (key);
}

static void
add_escaped (GString *html, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text != NULL ? text : "", -1);

  g_string_append (html, escaped);
}

/* <TAG>text</TAG> */
static void
add_element (GString *html, const char *tag, const char *text)
{
  g_string_append_printf (html, "<%s>", tag);
  add_escaped (html, text);
  g_string_append_printf (html, "</%.*s>\n", (int) strcspn (tag, " "), tag);
}

static void
add_word (PvDemoPages *self, GString *html, const char *tag, const char *key)
{
  g_autofree char *text = word (self, key);

  add_element (html, tag, text);
}

static void
add_link (PvDemoPages *self, GString *html, const char *path, const char *key)
{
  g_autofree char *text = word (self, key);

  g_string_append_printf (html, "<p><a href=\"%s\">", path);
  add_escaped (html, text);
  g_string_append (html, "</a></p>\n");
}

static PvDemoReply *
make_page (PvDemoPages *self, guint status, const char *title, const GString *content)
{
  GString *page = g_string_new (self->template);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  PvDemoReply *reply;

  g_string_replace (page, "{{title}}", escaped, 0);
  g_string_replace (page, "{{content}}", content->str, 1);
  reply = pv_demo_reply_new (status, g_string_free (page, FALSE));
  reply->is_html = TRUE;
  return reply;
}

char *
pv_demo_pages_dup_word (PvDemoPages *self, const char *key)
{
  return word (self, key);
}

PvDemoReply *
pv_demo_pages_make (PvDemoPages *self, const char *title_key, const GString *content)
{
  g_autofree char *title = word (self, title_key);

  return make_page (self, 200, title, content);
}

void
pv_demo_pages_set_has_cards (PvDemoPages *self, gboolean has_cards)
{
  self->has_cards = has_cards;
}

void
pv_demo_pages_set_has_printers (PvDemoPages *self, gboolean has_printers)
{
  self->has_printers = has_printers;
}

static PvDemoReply *
make_message (PvDemoPages *self, guint status, const char *title_key, const char *text_key)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autofree char *title = word (self, title_key);

  add_word (self, html, "p", text_key);
  return make_page (self, status, title, html);
}

static char *
dup_title (PvDemoPages *self, const char *slug)
{
  const PvJson *form = pv_demo_site_find_form (self->portal->site, slug);

  return form != NULL ? pv_demo_text (form, "name") : g_strdup (slug);
}

static char *
dup_status (PvDemoPages *self, const PvDemoFiling *filing)
{
  const PvJson *form = pv_demo_site_find_form (self->portal->site, filing->slug);

  if (filing->is_draft || form == NULL)
    return word (self, "draft");
  return pv_demo_site_dup_status_name (form, filing->status, NULL);
}

static void
add_row (PvDemoPages *self, GString *html, const PvDemoFiling *filing)
{
  g_autofree char *number = pv_demo_filing_dup_number (filing);
  g_autofree char *title = dup_title (self, filing->slug);
  g_autofree char *status = dup_status (self, filing);
  g_autofree char *time = pv_demo_site_format_time (self->portal->site, filing->received_us);

  g_string_append_printf (html, "<tr><th scope=\"row\"><a href=\"/%s/%" G_GINT64_FORMAT "/\">%s</a></th>", filing->slug,
                          filing->id, number);
  add_element (html, "td", title);
  add_element (html, "td", time);
  add_element (html, "td", status);
  g_string_append (html, "</tr>\n");
}

static PvDemoReply *
show_all (PvDemoPages *self)
{
  static const char *const heads[] = { "number", "procedure", "date", "status" };
  g_autoptr (GPtrArray) filings = pv_demo_store_list (self->portal->store, NULL, NULL, NULL, TRUE, MAX_ROWS, 0);
  g_autoptr (GString) html = g_string_new (NULL);
  g_autofree char *title = word (self, "received");

  add_link (self, html, "/factures", "invoices");
  if (self->has_cards)
    add_link (self, html, "/cards", "cards");
  if (self->has_printers)
    add_link (self, html, "/printers", "printers");
  if (filings->len == 0) {
    add_word (self, html, "p", "none");
    return make_page (self, 200, title, html);
  }
  g_string_append (html, "<table>\n");
  add_element (html, "caption", title);
  g_string_append (html, "<thead><tr>");
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    add_word (self, html, "th scope=\"col\"", heads[i]);
  g_string_append (html, "</tr></thead>\n<tbody>\n");
  for (guint i = 0; i < filings->len; i++)
    add_row (self, html, filings->pdata[i]);
  g_string_append (html, "</tbody>\n</table>\n");
  return make_page (self, 200, title, html);
}

/* One filing ------------------------------------------------------------------------------------------------------- */

static void add_fields (PvDemoPages *self, GString *html, const PvJson *fields, const PvJson *values);

static void
add_value (PvDemoPages *self, GString *html, const PvJson *field, const PvJson *value)
{
  g_autoptr (PvJson) schema = pv_json_get_member (field, "schema");
  g_autoptr (PvJson) inner = schema != NULL ? pv_json_get_member (schema, "fields") : NULL;
  g_autofree char *text = NULL;
  gboolean yes;

  switch (value != NULL ? pv_json_get_type (value) : PV_JSON_NULL) {
  case PV_JSON_NULL:
    text = word (self, "empty");
    break;
  case PV_JSON_BOOL:
    yes = pv_json_get_bool (value);
    text = word (self, yes ? "yes" : "no");
    break;
  case PV_JSON_INTEGER:
  case PV_JSON_REAL:
  case PV_JSON_TEXT:
    text = pv_json_as_text (value);
    break;
  case PV_JSON_OBJECT:
    text = inner == NULL ? pv_demo_text (value, "filename") : NULL;
    if (inner != NULL)
      add_fields (self, html, inner, value);
    break;
  case PV_JSON_ARRAY:
    for (gsize i = 0; i < pv_json_get_length (value); i++) {
      g_autoptr (PvJson) item = pv_json_get_item (value, i);

      if (i > 0 && inner == NULL)
        g_string_append (html, ", ");
      add_value (self, html, field, item);
    }
    break;
  }
  if (text != NULL)
    add_escaped (html, text);
}

static void
add_fields (PvDemoPages *self, GString *html, const PvJson *fields, const PvJson *values)
{
  static const char *const displays[] = { "page", "title", "subtitle", "comment", "computed", NULL };
  g_autoptr (PvJson) unnamed = pv_json_get_member (values, "_unnamed");

  g_string_append (html, "<dl>\n");
  for (gsize i = 0; i < pv_json_get_length (fields); i++) {
    g_autoptr (PvJson) field = pv_json_get_item (fields, i);
    g_autofree char *type = pv_demo_text (field, "type");
    g_autofree char *label = pv_demo_text (field, "label");
    g_autofree char *varname = pv_demo_text (field, "varname");
    g_autofree char *id = pv_demo_text (field, "id");
    g_autoptr (PvJson) value = NULL;

    if (g_strv_contains (displays, type))
      continue;
    if (*varname != '\0')
      value = pv_json_get_member (values, varname);
    else if (unnamed != NULL && pv_json_get_type (unnamed) == PV_JSON_OBJECT)
      value = pv_json_get_member (unnamed, id);
    add_element (html, "dt", label);
    g_string_append (html, "<dd>");
    add_value (self, html, field, value);
    g_string_append (html, "</dd>\n");
  }
  g_string_append (html, "</dl>\n");
}

static void
add_fact (PvDemoPages *self, GString *html, const char *key, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  add_word (self, html, "dt", key);
  add_element (html, "dd", text);
}

static void
add_facts (PvDemoPages *self, GString *html, const PvDemoFiling *filing)
{
  g_autofree char *number = pv_demo_filing_dup_number (filing);
  g_autofree char *status = dup_status (self, filing);
  g_autofree char *time = pv_demo_site_format_time (self->portal->site, filing->received_us);
  g_autoptr (PvJson) context =
    filing->context != NULL ? pv_json_parse (filing->context, strlen (filing->context), NULL) : NULL;
  g_autofree char *note = context != NULL ? pv_demo_text (context, "comments") : NULL;

  g_string_append (html, "<dl>\n");
  add_fact (self, html, "number", number);
  add_fact (self, html, "status", status);
  add_fact (self, html, "date", time);
  add_fact (self, html, "code", filing->tracking_code);
  add_fact (self, html, "channel", filing->channel);
  add_fact (self, html, "note", note);
  g_string_append (html, "</dl>\n");
}

static PvDemoReply *
show_one (PvDemoPages *self, const PvDemoFiling *filing)
{
  const PvJson *form = pv_demo_site_find_form (self->portal->site, filing->slug);
  g_autoptr (PvJson) fields = form != NULL ? pv_json_get_member (form, "fields") : NULL;
  g_autoptr (PvJson) values =
    pv_json_parse_within (filing->fields, strlen (filing->fields), PV_DEMO_MAX_BODY_BYTES, NULL);
  g_autoptr (GString) html = g_string_new (NULL);
  g_autofree char *title = dup_title (self, filing->slug);

  add_facts (self, html, filing);
  g_string_append (html, "<hr>\n");
  if (fields != NULL && values != NULL)
    add_fields (self, html, fields, values);
  add_link (self, html, "/", "back");
  return make_page (self, 200, title, html);
}

PvDemoReply *
pv_demo_pages_answer_filed (PvDemoPages *self, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 5);
  g_autoptr (PvDemoFiling) filing = NULL;
  gint64 id;

  if (g_str_equal (path, "/"))
    return show_all (self);
  if (g_strv_length (parts) == 4 && g_ascii_string_to_signed (parts[2], 10, 1, G_MAXINT64, &id, NULL))
    filing = pv_demo_store_get (self->portal->store, parts[1], id);
  return filing != NULL ? show_one (self, filing) : make_message (self, 404, "missing", "missing_text");
}

PvDemoReply *
pv_demo_pages_answer_portal (PvDemoPages *self, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 5);
  guint count = g_strv_length (parts);
  const PvJson *form = NULL;

  if (g_str_equal (path, "/"))
    return make_message (self, 200, "portal", "portal_text");
  if (count >= 3 && g_str_equal (parts[1], "code")) {
    g_autoptr (PvDemoFiling) filing = pv_demo_store_find_code (self->portal->store, parts[2]);

    if (filing != NULL)
      return make_message (self, 200, "resume", "resume_text");
  }
  if (count == 4)
    form = pv_demo_site_find_form (self->portal->site, parts[2]);
  if (form != NULL) {
    g_autoptr (GString) html = g_string_new (NULL);
    g_autofree char *title = pv_demo_text (form, "name");
    g_autofree char *description = pv_demo_text (form, "description");

    add_element (html, "p", description);
    add_word (self, html, "p", "portal_text");
    return make_page (self, 200, title, html);
  }
  return make_message (self, 404, "missing", "missing_text");
}
