/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/invoice-pages.h"

#include <string.h>

#include "demo/invoice-api.h"
#include "demo/invoice-pdf.h"
#include "demo/invoices.h"

#define LIST_PATH "/factures"

static void
add_text (GString *html, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (html, escaped);
}

static void
add_paragraph (PvDemoPages *pages, GString *html, const char *key)
{
  g_autofree char *text = pv_demo_pages_dup_word (pages, key);

  g_string_append (html, "<p>");
  add_text (html, text);
  g_string_append (html, "</p>\n");
}

static void
add_fact (PvDemoPages *pages, GString *html, const char *key, const char *value)
{
  g_autofree char *label = pv_demo_pages_dup_word (pages, key);

  g_string_append (html, "<dt>");
  add_text (html, label);
  g_string_append (html, "</dt><dd>");
  add_text (html, value);
  g_string_append (html, "</dd>\n");
}

/* The payment -------------------------------------------------------------------------------------------------------- */

static PvDemoReply *
show_payment (PvDemoPages *pages, const PvDemoInvoice *invoice)
{
  g_autoptr (GString) html = g_string_new ("<dl>\n");
  g_autofree char *total = pv_demo_format_cents (invoice->total_cents);
  g_autofree char *remaining = pv_demo_format_cents (invoice->remaining_cents);
  g_autofree char *pay = pv_demo_pages_dup_word (pages, "pay");

  add_fact (pages, html, "number", invoice->number);
  add_fact (pages, html, "invoice", invoice->label);
  add_fact (pages, html, "amount", total);
  add_fact (pages, html, "remaining", remaining);
  g_string_append (html, "</dl>\n");
  if (invoice->remaining_cents == 0) {
    add_paragraph (pages, html, "paid");
  } else {
    add_paragraph (pages, html, "pay_text");
    g_string_append (html, "<form method=\"post\"><button>");
    add_text (html, pay);
    g_string_append (html, "</button></form>\n");
  }
  return pv_demo_pages_make (pages, "pay", html);
}

static PvDemoReply *
show_account (PvDemoPages *pages, const char *title_key)
{
  g_autoptr (GString) html = g_string_new (NULL);

  add_paragraph (pages, html, "account_text");
  return pv_demo_pages_make (pages, title_key, html);
}

PvDemoReply *
pv_demo_invoice_pages_answer (PvDemoPortal *portal, PvDemoPages *pages, const char *method, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 6);
  g_autoptr (PvDemoInvoice) invoice = NULL;

  if (g_str_equal (path, "/factures/"))
    return show_account (pages, "invoices");
  if (g_str_equal (path, "/porte-documents/"))
    return show_account (pages, "safe");
  if (g_strv_length (parts) < 4 || !g_str_equal (parts[1], "facture"))
    return NULL;
  invoice = pv_demo_invoices_get (portal->store, NULL, parts[2]);
  if (invoice == NULL || !invoice->is_online)
    return NULL;
  if (g_str_equal (method, "POST") && g_str_equal (parts[3], "payer")) {
    pv_demo_invoices_pay (portal->store, invoice->uuid);
    invoice->remaining_cents = 0;
  }
  return show_payment (pages, invoice);
}

/* To try the kiosk with -------------------------------------------------------------------------------------------- */

static void
add_row (PvDemoPages *pages, GString *html, const PvDemoInvoice *invoice)
{
  g_autofree char *total = pv_demo_format_cents (invoice->total_cents);
  g_autofree char *remaining = pv_demo_format_cents (invoice->remaining_cents);

  (void) pages;
  g_string_append (html, "<tr><th scope=\"row\">");
  if (invoice->has_pdf)
    g_string_append_printf (html, "<a href=\"" LIST_PATH "/%s.pdf\">", invoice->uuid);
  add_text (html, invoice->number);
  g_string_append_printf (html, "%s</th><td>", invoice->has_pdf ? "</a>" : "");
  add_text (html, invoice->label);
  g_string_append_printf (html, "</td><td>%s</td><td>%s</td><td><code>%s</code></td></tr>\n", total, remaining,
                          invoice->uuid);
}

static PvDemoReply *
show_list (PvDemoPortal *portal, PvDemoPages *pages)
{
  static const char *const heads[] = { "number", "invoice", "amount", "remaining", "invoice_code" };
  g_autoptr (GPtrArray) invoices = pv_demo_invoices_list (portal->store, NULL, NULL);
  g_autoptr (GString) html = g_string_new ("<table>\n<thead><tr>");

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++) {
    g_autofree char *head = pv_demo_pages_dup_word (pages, heads[i]);

    g_string_append (html, "<th scope=\"col\">");
    add_text (html, head);
    g_string_append (html, "</th>");
  }
  g_string_append (html, "</tr></thead>\n<tbody>\n");
  for (guint i = 0; i < invoices->len; i++)
    add_row (pages, html, invoices->pdata[i]);
  g_string_append (html, "</tbody>\n</table>\n");
  return pv_demo_pages_make (pages, "invoices", html);
}

PvDemoReply *
pv_demo_invoice_pages_list (PvDemoPortal *portal, PvDemoPages *pages, const char *path)
{
  g_autofree char *uuid = NULL;

  if (g_str_equal (path, LIST_PATH))
    return show_list (portal, pages);
  if (!g_str_has_prefix (path, LIST_PATH "/") || !g_str_has_suffix (path, ".pdf"))
    return NULL;
  uuid = g_strndup (path + strlen (LIST_PATH "/"), strlen (path) - strlen (LIST_PATH "/") - strlen (".pdf"));
  return pv_demo_lingo_pdf (portal, NULL, uuid);
}
