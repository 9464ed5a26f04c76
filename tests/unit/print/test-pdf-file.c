/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A document that is not of our making, such as the portal's invoice, is printed as it is. */
#include "tst.h"

#include <cairo-pdf.h>
#include <string.h>

#include "platform/buffer.h"
#include "print/pdf-file.h"
#include "sample.h"

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  pv_buffer_add (closure, (const char *) data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Two pages of A4 with a picture and words, and keywords that are not for us. */
static GBytes *
draw_invoice (void)
{
  PvBuffer pdf = { 0 };
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_cb, &pdf, 595, 842);
  cairo_t *cr = cairo_create (surface);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_KEYWORDS, "cantine\nfacture");
  for (int page = 0; page < 2; page++) {
    cairo_tag_begin (cr, "Figure", NULL);
    cairo_set_source_rgb (cr, 0.8, 0.2, 0.1 + 0.5 * page);
    cairo_rectangle (cr, 60, 60, 120 + 40 * page, 80);
    cairo_fill (cr);
    cairo_tag_end (cr, "Figure");
    cairo_set_source_rgb (cr, 0, 0, 0);
    cairo_set_font_size (cr, 20);
    cairo_move_to (cr, 60, 300);
    cairo_show_text (cr, page == 0 ? "Facture 2026-117 : 42,50" : "Page 2");
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return pv_buffer_steal_bytes (&pdf);
}

static void
a_document_from_elsewhere_keeps_its_look (void **state)
{
  static const char *const picture[] = { "pdftoppm", "-r", "60", "-", NULL };
  g_autoptr (GBytes) invoice = draw_invoice ();
  g_autoptr (GBytes) finished = pv_pdf_file_finish (invoice, "fr", NULL);
  g_autoptr (GBytes) before = sample_run (picture, invoice), after = sample_run (picture, finished);

  (void) state;
  assert_true (g_bytes_get_size (before) > 100000);
  assert_true (g_bytes_equal (before, after));
  assert_true (sample_has (finished, "Facture 2026-117 : 42,50"));
}

/* Its keywords are no words for its pictures. */
static void
nothing_is_said_of_the_pictures_of_others (void **state)
{
  g_autoptr (GBytes) invoice = draw_invoice ();
  g_autoptr (GBytes) finished = pv_pdf_file_finish (invoice, "fr", NULL);
  gsize size;
  const char *data = g_bytes_get_data (finished, &size);

  (void) state;
  assert_null (g_strstr_len (data, (gssize) size, "/Alt"));
  assert_null (g_strstr_len (data, (gssize) size, "cantine"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_document_from_elsewhere_keeps_its_look),
    cmocka_unit_test (nothing_is_said_of_the_pictures_of_others),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
