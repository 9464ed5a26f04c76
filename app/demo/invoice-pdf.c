/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/invoice-pdf.h"

#include <cairo-pdf.h>

#include "core/date.h"
#include "print/flow.h"
#include "print/media.h"

/* Points of 1/72 inch. */
enum {
  PAGE_WIDTH = 595,
  PAGE_HEIGHT = 842,
  MARGIN = 57,
  SQUARE_DOTS = 10, /* of 300 dpi: a side of 0.85 mm for each module, which any hand scanner resolves */
};

static const PvTextStyle commune_style = { 14, PANGO_WEIGHT_SEMIBOLD, PANGO_ALIGN_LEFT };
static const PvTextStyle title_style = { 26, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT };
static const PvTextStyle body_style = { 13, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT };
static const PvTextStyle strong_style = { 18, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT };

char *
pv_demo_format_cents (gint64 cents)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ",%02d\xc2\xa0€", cents / 100, (int) (cents % 100));
}

static char *
word (const PvDemoSite *site, const char *key)
{
  g_autoptr (PvJson) words = pv_json_get_member (pv_demo_site_get_settings (site), "words");

  return words != NULL ? pv_demo_text (words, key) : g_strdup (key);
}

static void
add_text (PvTextFlow *flow, double before, const PvTextStyle *style, const char *text)
{
  PvBox *box = pv_text_flow_add_box (flow, before);

  pv_box_add_text (box, style, text, 0, 0, pv_text_flow_get_width (flow));
}

/* "Montant : 42,50 €" */
static void
add_pair (PvTextFlow *flow, const PvDemoSite *site, const PvTextStyle *style, const char *key, const char *value)
{
  g_autofree char *label = word (site, key);
  g_autofree char *text = g_strdup_printf ("%s\xc2\xa0: %s", label, value);

  add_text (flow, 8, style, text);
}

static void
compose (PvTextFlow *flow, const PvDemoInvoice *invoice, const PvDemoSite *site)
{
  g_autofree char *commune = pv_demo_text (pv_demo_site_get_settings (site), "commune");
  g_autofree char *title = word (site, "invoice");
  g_autofree char *hint = word (site, "invoice_square");
  g_autofree char *total = pv_demo_format_cents (invoice->total_cents);
  g_autofree char *due = pv_date_display_short (&invoice->due);
  g_autofree char *square = g_strdup_printf (PV_DEMO_BASE "facture/%s/", invoice->uuid);
  PvQr *qr = pv_qr_new (square);
  PvBox *box;

  add_text (flow, 0, &commune_style, commune);
  add_text (flow, 36, &title_style, title);
  add_pair (flow, site, &body_style, "number", invoice->number);
  add_text (flow, 8, &body_style, invoice->label);
  add_pair (flow, site, &strong_style, "amount", total);
  add_pair (flow, site, &body_style, "due", due);
  box = pv_text_flow_add_box (flow, 36);
  if (qr != NULL)
    pv_box_add_qr (box, qr, 0, 0, 72.0 / 300.0, SQUARE_DOTS);
  add_text (flow, 8, &body_style, hint);
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
pv_demo_invoice_make_pdf (const PvDemoInvoice *invoice, const PvDemoSite *site, GError **error)
{
  g_autoptr (PvTextFlow) flow = pv_text_flow_new (PAGE_WIDTH - 2 * MARGIN, "fr", FALSE, error);
  GByteArray *bytes = NULL;
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (flow == NULL)
    return NULL;
  compose (flow, invoice, site);
  pv_text_flow_paginate (flow, PAGE_HEIGHT - 2 * MARGIN);
  bytes = g_byte_array_new ();
  surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, PAGE_WIDTH, PAGE_HEIGHT);
  cr = cairo_create (surface);
  cairo_translate (cr, MARGIN, MARGIN);
  pv_text_flow_draw_page (flow, cr, 0);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_byte_array_unref (bytes);
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_BROKEN, "cairo: %s", cairo_status_to_string (status));
    return NULL;
  }
  return g_byte_array_free_to_bytes (bytes);
}
