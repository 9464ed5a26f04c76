/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whoever reads large letters on the screen reads them on each paper that they take away. */
#include "tst.h"

#include <stdlib.h>
#include <string.h>

#include "print/assist-sheet-pdf.h"
#include "print/invoice-slip-pdf.h"
#include "print/receipt-pdf.h"
#include "sample.h"

static const guint percents[] = { 125, 150, 200 };
static const PvPrintMedia all_media[] = { PV_PRINT_MEDIA_ROLL_80MM, PV_PRINT_MEDIA_A4 };

/* In points, as the paper has it. */
static double
height_of (GBytes *pdf, const char *word)
{
  static const char *const argv[] = { "pdftotext", "-bbox", "-", "-", NULL };
  g_autofree char *boxes = sample_run_text (argv, pdf);
  g_autofree char *end = g_strdup_printf (">%s</word>", word);
  char *at = strstr (boxes, end);
  const char *top, *bottom;

  if (at == NULL)
    fail_msg ("no \"%s\" in: %s", word, boxes);
  *at = '\0';
  top = g_strrstr (boxes, "yMin=\"");
  bottom = g_strrstr (boxes, "yMax=\"");
  assert_true (top != NULL && bottom != NULL && bottom > top);
  return g_ascii_strtod (bottom + 6, NULL) - g_ascii_strtod (top + 6, NULL);
}

static GBytes *
receipt (PvPrintMedia media, guint percent)
{
  PvReceipt paper = sample_receipt (PV_RECEIPT_RECEIVED);
  GBytes *pdf;

  paper.text_percent = percent;
  pdf = pv_receipt_render_pdf (&paper, media, NULL);
  sample_clear (&paper);
  return pdf;
}

static GBytes *
sheet (PvPrintMedia media, guint percent)
{
  g_autoptr (PvAssistSheet) paper = pv_assist_sheet_new ();

  paper->language = g_strdup ("fr");
  paper->commune = g_strdup ("Montclair-sur-Loire");
  paper->mediator = g_strdup ("Claire M.");
  g_ptr_array_add (paper->lines, g_strdup ("Claire M. a tout vu."));
  return pv_assist_sheet_render_pdf (paper, media, percent, NULL);
}

static GBytes *
slip (PvPrintMedia media, guint percent)
{
  g_autoptr (PvInvoiceSlip) paper = pv_invoice_slip_new ();

  paper->language = g_strdup ("fr");
  paper->commune = g_strdup ("Montclair-sur-Loire");
  paper->title = g_strdup ("Ce que vous devez payer");
  paper->looked_up = g_strdup ("30 novembre 2026, 10 h 12");
  g_ptr_array_add (paper->rows, pv_receipt_line_new ("Sujet", "Cantine"));
  return pv_invoice_slip_render_pdf (paper, media, percent, NULL);
}

static void
the_letters_of_the_screen_are_those_of_the_paper (void **state)
{
  static const struct {
    GBytes *(*render) (PvPrintMedia media, guint percent);
    const char *word;
  } papers[] = { { receipt, "ouvrés." }, { sheet, "tout" }, { slip, "Cantine" } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (papers) * G_N_ELEMENTS (all_media); i++) {
    PvPrintMedia media = all_media[i % 2];
    g_autoptr (GBytes) usual = papers[i / 2].render (media, 100);
    double usual_height = height_of (usual, papers[i / 2].word);

    for (gsize k = 0; k < G_N_ELEMENTS (percents); k++) {
      g_autoptr (GBytes) large = papers[i / 2].render (media, percents[k]);

      assert_float_equal ((float) (height_of (large, papers[i / 2].word) / usual_height), (float) percents[k] / 100.0F,
                          0.04F);
    }
  }
}

/* 4.8 mm of capitals are for a screen at 600 mm; on paper in the hand, 9 points and more. */
static void
no_paper_has_small_letters (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = slip (all_media[i], 100);

    assert_true (height_of (pdf, "Cantine") > 9.0);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_letters_of_the_screen_are_those_of_the_paper),
    cmocka_unit_test (no_paper_has_small_letters),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
