/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/printers-page.h"

#include <string.h>

#define PAGE "/printers"
#define CALL "/demo/printers"

static void
add_escaped (GString *html, const char *before, const char *text, const char *after)
{
  g_autofree char *escaped = g_markup_escape_text (text != NULL ? text : "", -1);

  g_string_append (html, before);
  g_string_append (html, escaped);
  g_string_append (html, after);
}

static void
add_word (PvDemoPages *pages, GString *html, const char *before, const char *key, const char *after)
{
  g_autofree char *word = pv_demo_pages_dup_word (pages, key);

  add_escaped (html, before, word, after);
}

/* One choice of several; the one that is true now is said to be it. */
static void
add_choice (PvDemoPrinters *printers, PvDemoPages *pages, GString *html, const char *printer, const char *fault)
{
  g_autofree char *key = g_strconcat ("fault-", fault, NULL);
  gboolean is_now = g_str_equal (pv_demo_printers_get_fault (printers, printer), fault);

  g_string_append_printf (html, "<button name=\"fault\" value=\"%s\" aria-pressed=\"%s\">", fault,
                          is_now ? "true" : "false");
  add_word (pages, html, is_now ? "✓ " : "", key, "</button>\n");
}

static void
add_printer (PvDemoPrinters *printers, PvDemoPages *pages, GString *html, const char *printer)
{
  g_autofree const char **faults = pv_demo_printers_list_faults (printer);
  g_autofree char *key = g_strconcat ("printer-", printer, NULL);
  g_autofree char *address = pv_demo_printers_dup_address (printers, printer);
  g_autofree char *alt = pv_demo_pages_dup_word (pages, "printed");

  add_word (pages, html, "<h2>", key, "</h2>\n");
  add_escaped (html, "<p><code>", address, "</code></p>\n");
  g_string_append_printf (html,
                          "<form method=\"post\" action=\"" PAGE "\"><input type=\"hidden\" name=\"printer\" "
                          "value=\"%s\">\n",
                          printer);
  for (gsize i = 0; faults[i] != NULL; i++)
    add_choice (printers, pages, html, printer, faults[i]);
  g_string_append (html, "</form>\n");
  if (!pv_demo_printers_has_printed (printers, printer)) {
    add_word (pages, html, "<p>", "unprinted", "</p>\n");
    return;
  }
  g_string_append_printf (html, "<p><img style=\"max-width: 100%%; border: 1px solid\" src=\"" PAGE "/%s.png\"",
                          printer);
  add_escaped (html, " alt=\"", alt, "\"></p>\n");
}

static PvDemoReply *
show (PvDemoPrinters *printers, PvDemoPages *pages, const GError *error)
{
  g_autofree const char **names = pv_demo_printers_list (printers);
  g_autoptr (GString) html = g_string_new (NULL);

  if (error != NULL)
    add_escaped (html, "<p role=\"alert\">", error->message, "</p>\n");
  add_word (pages, html, "<p>", "printers_text", "</p>\n");
  for (gsize i = 0; names[i] != NULL; i++)
    add_printer (printers, pages, html, names[i]);
  add_word (pages, html, "<p><a href=\"/\">", "back", "</a></p>\n");
  return pv_demo_pages_make (pages, "printers", html);
}

static PvDemoReply *
change_by_form (PvDemoPrinters *printers, PvDemoPages *pages, const PvDemoRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) words = g_uri_parse_params (request->body != NULL ? request->body : "",
                                                     (gssize) request->body_size, "&", G_URI_PARAMS_WWW_FORM, &error);
  const char *printer = words != NULL ? g_hash_table_lookup (words, "printer") : NULL;
  const char *fault = words != NULL ? g_hash_table_lookup (words, "fault") : NULL;

  if (words != NULL)
    pv_demo_printers_set_fault (printers, printer != NULL ? printer : "", fault != NULL ? fault : "", &error);
  return show (printers, pages, error);
}

static PvDemoReply *
change_by_json (PvDemoPrinters *printers, const PvDemoRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvJson) json = pv_json_parse (request->body, request->body_size, &error);
  g_autofree char *printer = NULL;
  g_autofree char *fault = NULL;

  if (json == NULL || !pv_json_read_text (json, "printer", PV_DEMO_MAX_NAME_BYTES, &printer, &error)
      || !pv_json_read_text (json, "fault", PV_DEMO_MAX_NAME_BYTES, &fault, &error)
      || !pv_demo_printers_set_fault (printers, printer, fault, &error))
    return pv_demo_reply_new_error (400, "invalid-request", error->message);
  return pv_demo_reply_new (200, pv_demo_printers_to_json (printers));
}

/* @name: "PRINTER.png" */
static PvDemoReply *
show_picture (PvDemoPrinters *printers, const char *name)
{
  g_autofree char *printer = g_str_has_suffix (name, ".png") ? g_strndup (name, strlen (name) - strlen (".png")) : NULL;
  g_autoptr (GBytes) picture = printer != NULL ? pv_demo_printers_draw (printers, printer) : NULL;

  return picture != NULL ? pv_demo_reply_new_file (picture, "image/png") : pv_demo_reply_new_not_found ();
}

PvDemoReply *
pv_demo_printers_page_answer (PvDemoPrinters *printers, PvDemoPages *pages, const PvDemoRequest *request)
{
  gboolean is_post = g_str_equal (request->method, "POST");

  if (g_str_equal (request->path, PAGE))
    return is_post ? change_by_form (printers, pages, request) : show (printers, pages, NULL);
  if (g_str_equal (request->path, CALL))
    return is_post ? change_by_json (printers, request) : pv_demo_reply_new (200, pv_demo_printers_to_json (printers));
  if (g_str_has_prefix (request->path, PAGE "/"))
    return show_picture (printers, request->path + strlen (PAGE "/"));
  return NULL;
}
