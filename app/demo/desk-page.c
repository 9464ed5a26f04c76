/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/desk-page.h"

#include <string.h>

/* A button that is a form of its own. */
static void
add_button (PvDemoPages *pages, GString *html, const char *verb, const char *card)
{
  g_autofree char *label = pv_demo_pages_dup_word (pages, verb);
  g_autofree char *escaped = g_markup_escape_text (label, -1);

  g_string_append_printf (html,
                          "<form method=\"post\" action=\"/cards\"><input type=\"hidden\" name=\"card\" value=\"%s\">"
                          "<button name=\"do\" value=\"%s\">%s</button></form>\n",
                          card != NULL ? card : "", verb, escaped);
}

static void
add_text (GString *html, const char *before, const char *text, const char *after)
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

  add_text (html, before, word, after);
}

static void
add_card (PvDemoDesk *desk, PvDemoPages *pages, GString *html, const PvDemoCard *card)
{
  gboolean is_laid = g_strcmp0 (pv_demo_desk_get_laid (desk), card->name) == 0;

  add_text (html, "<tr><th scope=\"row\">", card->title != NULL ? card->title : card->name, "</th>");
  add_text (html, "<td>", card->can, "</td><td>");
  add_button (pages, html, is_laid ? "remove" : "lay", card->name);
  g_string_append (html, "</td></tr>\n");
}

static PvDemoReply *
show (PvDemoDesk *desk, PvDemoPages *pages, const GError *error)
{
  const GPtrArray *cards = pv_demo_desk_list (desk);
  g_autoptr (GString) html = g_string_new (NULL);

  if (error != NULL)
    add_text (html, "<p role=\"alert\">", error->message, "</p>\n");
  add_button (pages, html, pv_demo_desk_is_plugged (desk) ? "unplug" : "plug", NULL);
  g_string_append (html, "<table>\n<thead><tr>");
  add_word (pages, html, "<th scope=\"col\">", "card", "</th>");
  add_word (pages, html, "<th scope=\"col\">", "can", "</th><td></td></tr></thead>\n<tbody>\n");
  for (guint i = 0; i < cards->len; i++)
    add_card (desk, pages, html, g_ptr_array_index (cards, i));
  g_string_append (html, "</tbody>\n</table>\n");
  add_word (pages, html, "<p><a href=\"/\">", "back", "</a></p>\n");
  return pv_demo_pages_make (pages, "cards", html);
}

PvDemoReply *
pv_demo_desk_page_answer (PvDemoDesk *desk, PvDemoPages *pages, const PvDemoRequest *request)
{
  g_autoptr (GHashTable) words = NULL;
  g_autoptr (GError) error = NULL;
  const char *verb, *card;

  if (!g_str_equal (request->method, "POST"))
    return show (desk, pages, NULL);
  words = g_uri_parse_params (request->body != NULL ? request->body : "", (gssize) request->body_size, "&",
                              G_URI_PARAMS_WWW_FORM, &error);
  verb = words != NULL ? g_hash_table_lookup (words, "do") : NULL;
  card = words != NULL ? g_hash_table_lookup (words, "card") : NULL;
  if (words != NULL)
    pv_demo_desk_do (desk, verb != NULL ? verb : "", card, &error);
  return show (desk, pages, error);
}
