/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The receipt on each of the papers: 58, 80 and 112 mm rolls, A4 and A5; in French, and in Arabic, which reads from the
 * right. */
#include "print/media.h"

#include "platform/language.h"
#include "print/assist-sheet-pdf.h"
#include "print/invoice-slip-pdf.h"
#include "print/pdf-file.h"
#include "print/qr.h"
#include "print/receipt-pdf.h"

#include <math.h>

#include "tst.h"

#include "picture-qr.h"

static const char *const languages[] = { "fr", "ar" };

/* A developer may look at the paper: PV_TEST_KEEP names a folder. */
static void
keep (GBytes *pdf, PvPrintMedia media, const char *what, guint percent)
{
  if (g_getenv ("PV_TEST_KEEP") != NULL) {
    g_autofree char *name =
      g_strdup_printf ("media-%s-%s-%s-%u.pdf", pv_print_media_to_string (media), what, pv_language_get (), percent);
    g_autofree char *path = g_build_filename (g_getenv ("PV_TEST_KEEP"), name, NULL);
    g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL);
  }
}

static GBytes *
render (const PvReceipt *receipt, PvPrintMedia media)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) drawn = pv_receipt_render_pdf (receipt, media, &error);
  GBytes *pdf = drawn != NULL ? pv_pdf_file_finish (drawn, receipt->language, &error) : NULL;

  if (pdf == NULL)
    fail_msg ("%s", error->message);
  keep (pdf, media, receipt->proof != NULL ? "appointment" : "receipt", receipt->text_percent);
  return pdf;
}

static void
each_has_a_word_of_its_own (void **state)
{
  PvPrintMedia media;

  (void) state;
  for (guint i = 0; i < PV_PRINT_N_MEDIA; i++) {
    media = PV_PRINT_MEDIA_A4;
    assert_true (pv_print_media_from_string (pv_print_media_to_string ((PvPrintMedia) i), &media));
    assert_int_equal (media, i);
  }
  assert_false (pv_print_media_from_string ("roll-57mm", &media));
}

/* Heads of receipt printers: 384, 576 and 832 dots, in the middle of the roll. */
static void
assert_under_the_head (GBytes *pdf, PvPrintMedia media)
{
  static const guint heads[] = {
    [PV_PRINT_MEDIA_ROLL_58MM] = 384,
    [PV_PRINT_MEDIA_ROLL_80MM] = 576,
    [PV_PRINT_MEDIA_ROLL_112MM] = 832,
    [PV_PRINT_MEDIA_A4] = 170 * PICTURE_DOTS_PER_MM,
    [PV_PRINT_MEDIA_A5] = 122 * PICTURE_DOTS_PER_MM,
  };
  PvPdfSize size;

  assert_true (pv_pdf_file_measure (pdf, &size, NULL));
  assert_float_equal ((float) size.width_mm, (float) pv_print_media_get_sheet (media)->width_mm, 0.01F);
  if (pv_print_media_is_roll (media))
    assert_float_equal ((float) size.height_mm, (float) round (size.height_mm), 0.01F);
  else
    assert_float_equal ((float) size.height_mm, (float) pv_print_media_get_sheet (media)->height_mm, 0.01F);
  for (guint page = 1; page <= size.n_pages; page++) {
    Picture picture;
    PictureBox ink;

    assert_true (picture_render (pdf, page, &picture));
    ink = picture_get_ink (&picture);
    /* Half a dot of an edge may look like one. */
    if (ink.left + 1 < (picture.width - heads[media]) / 2 || ink.right > (picture.width + heads[media]) / 2 + 1
        || ink.top < 2 * PICTURE_DOTS_PER_MM || ink.bottom + 3 * PICTURE_DOTS_PER_MM > picture.height)
      fail_msg ("%s, page %u: ink at %u..%u of %u, %u..%u of %u", pv_print_media_to_string (media), page, ink.left,
                ink.right, picture.width, ink.top, ink.bottom, picture.height);
    picture_clear (&picture);
  }
}

static void
no_ink_falls_beside_the_head (void **state)
{
  (void) state;
  for (guint i = 0; i < PV_PRINT_N_MEDIA * G_N_ELEMENTS (languages); i++) {
    PvPrintMedia media = i % PV_PRINT_N_MEDIA;
    const char *language = languages[i / PV_PRINT_N_MEDIA % G_N_ELEMENTS (languages)];
    PvReceipt receipt = sample_receipt_in (language);
    g_autoptr (GBytes) pdf = NULL;

    pv_language_set (language);
    pdf = render (&receipt, media);
    assert_under_the_head (pdf, media);
    g_clear_pointer (&pdf, g_bytes_unref);
    if (!pv_print_media_is_roll (media)) {
      sample_clear (&receipt);
      continue;
    }
    receipt.text_percent = 200;
    pdf = render (&receipt, media);
    assert_under_the_head (pdf, media);
    sample_clear (&receipt);
  }
  pv_language_set ("en");
}

/* All codes that there are, and a mark; the kiosk's own reference is the longest. */
static GBytes *
render_appointment (PvPrintMedia media)
{
  PvReceipt receipt = sample_receipt (PV_RECEIPT_TO_CHECK);
  g_autofree char *signature = g_strnfill (103, 'Q'), *event = g_strnfill (260, 'x'), *proof = NULL;
  GBytes *pdf;

  proof = g_strconcat ("PARVIS1/A/BCDFGHJKLM/18-2047/20261130T143205Z/inscription-scolaire/", signature, NULL);
  receipt.proof = proof;
  receipt.reference_label = (char *) "Référence de la borne";
  receipt.reference = (char *) "BCDF GHJ KLM";
  receipt.appointment = (char *) "jeudi 3 décembre 2026 à 9 h 20";
  receipt.meeting_place = (char *) "Hôtel de ville, 1 place de la Mairie, 89999 Montclair";
  receipt.bring = (char *) "Votre ancien titre";
  receipt.to_confirm = (char *) "Appelez le 03 53 01 00 12.";
  receipt.calendar = event;
  pdf = render (&receipt, media);
  sample_clear (&receipt);
  return pdf;
}

static GBytes *
render_slip (PvPrintMedia media)
{
  g_autoptr (PvInvoiceSlip) slip = pv_invoice_slip_new ();

  slip->language = g_strdup ("fr");
  slip->commune = g_strdup ("Montclair-sur-Loire");
  slip->place = g_strdup ("Borne de l’hôtel de ville");
  slip->title = g_strdup ("Ce que vous devez payer");
  slip->looked_up = g_strdup ("30 novembre 2026, 10 h 12");
  slip->payment_url = g_strdup ("https://montclair.example/factures/2f6b0c1e-7d1a-4c0e-9a53-1be2c1d0a9f4/");
  g_ptr_array_add (slip->rows, pv_receipt_line_new ("Sujet", "Restauration scolaire, novembre 2026"));
  g_ptr_array_add (slip->rows, pv_receipt_line_new ("Reste à payer", "1 234,56 €"));
  return pv_invoice_slip_render_pdf (slip, media, 100, NULL);
}

static GBytes *
render_sheet (PvPrintMedia media)
{
  g_autoptr (PvAssistSheet) sheet = pv_assist_sheet_new ();

  sheet->language = g_strdup ("fr");
  sheet->commune = g_strdup ("Montclair-sur-Loire");
  sheet->mediator = g_strdup ("Claire M.");
  sheet->mediator_place = g_strdup ("Mairie de Saint-Georges-sur-l’Eure");
  sheet->began = g_strdup ("30 novembre 2026, 10 h 12");
  g_ptr_array_add (sheet->lines, g_strdup ("Claire M. a proposé une réponse : « Nombre d’exemplaires »."));
  return pv_assist_sheet_render_pdf (sheet, media, 100, NULL);
}

static void
nor_of_any_other_paper (void **state)
{
  static const struct {
    const char *name;
    GBytes *(*render) (PvPrintMedia media);
  } papers[] = { { "appointment", render_appointment }, { "slip", render_slip }, { "sheet", render_sheet } };

  (void) state;
  pv_language_set ("fr");
  for (guint i = 0; i < PV_PRINT_N_MEDIA * G_N_ELEMENTS (papers); i++) {
    PvPrintMedia media = i % PV_PRINT_N_MEDIA;
    g_autoptr (GBytes) pdf = papers[i / PV_PRINT_N_MEDIA].render (media);

    assert_non_null (pdf);
    keep (pdf, media, papers[i / PV_PRINT_N_MEDIA].name, 100);
    assert_under_the_head (pdf, media);
  }
  pv_language_set ("en");
}

/* Lower edge of the words is not told by pdftotext; their boxes are 1.21 times the size of Inter. */
static double
measure_smallest (GBytes *pdf)
{
  static const char *const argv[] = { "pdftotext", "-bbox", "-", "-", NULL };
  g_autofree char *page = sample_run_text (argv, pdf);
  double smallest = G_MAXDOUBLE;

  for (const char *at = strstr (page, "<word "); at != NULL; at = strstr (at + 1, "<word "))
    smallest = MIN (smallest, g_ascii_strtod (strstr (at, "yMax=\"") + 6, NULL)
                                - g_ascii_strtod (strstr (at, "yMin=\"") + 6, NULL));
  return smallest / 1.21;
}

static void
no_letter_is_smaller_than_the_paper_wants (void **state)
{
  static const double minima[] = {
    [PV_PRINT_MEDIA_ROLL_58MM] = 10, [PV_PRINT_MEDIA_ROLL_80MM] = 10.5, [PV_PRINT_MEDIA_ROLL_112MM] = 11,
    [PV_PRINT_MEDIA_A4] = 12,        [PV_PRINT_MEDIA_A5] = 12,
  };

  (void) state;
  for (guint i = 0; i < PV_PRINT_N_MEDIA; i++) {
    PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);
    g_autoptr (GBytes) pdf = render (&receipt, (PvPrintMedia) i);
    double smallest = measure_smallest (pdf);

    assert_true (smallest > minima[i] - 0.1);
    sample_clear (&receipt);
  }
}

/* The greatest number of dots that all dark runs of the code are a multiple of; its finders are seven modules wide. */
static guint
measure_module (const Picture *picture)
{
  guint counts[16] = { 0 }, best = 0;

  for (guint y = 0; y < picture->height; y++) {
    guint run = 0;

    for (guint x = 0; x < picture->width; x++) {
      if (picture_has_ink (picture, (int) x, (int) y)) {
        run++;
        continue;
      }
      if (run > 0 && run % 7 == 0 && run / 7 < G_N_ELEMENTS (counts))
        counts[run / 7]++;
      run = 0;
    }
  }
  for (guint dots = 3; dots < G_N_ELEMENTS (counts); dots++)
    if (counts[dots] > counts[best] || best == 0)
      best = dots;
  return best;
}

/* What a phone gets to see: modules of 0.5 mm at least, and all alike. */
static void
the_longest_code_is_read_on_each_paper (void **state)
{
  g_autofree char *longest = g_strnfill (PV_QR_MAX_BYTES - 24, 'x');
  g_autofree char *text = g_strconcat ("https://montclair.example/", longest + 2, NULL);

  (void) state;
  assert_int_equal (strlen (text), PV_QR_MAX_BYTES);
  for (guint i = 0; i < PV_PRINT_N_MEDIA; i++) {
    PvReceipt receipt = { .commune = (char *) "", .language = (char *) "fr", .text_percent = 100 };
    g_autoptr (GBytes) pdf = NULL;
    g_autofree char *read = NULL;
    Picture picture;
    guint module;

    receipt.lines = g_ptr_array_new ();
    receipt.qr_text = text;
    pdf = render (&receipt, (PvPrintMedia) i);
    assert_true (picture_render (pdf, 1, &picture));
    read = picture_read_qr (&picture);
    module = measure_module (&picture);
    print_message ("# %s: modules of %u dots\n", pv_print_media_to_string ((PvPrintMedia) i), module);
    assert_non_null (read);
    assert_string_equal (read, text);
    if (pv_print_media_is_roll ((PvPrintMedia) i)) /* the others have smaller dots */
      assert_true (module >= 4);
    picture_clear (&picture);
    g_ptr_array_unref (receipt.lines);
  }
}

static void
a_strip_that_goes_on_says_so (void **state)
{
  static const char *const argv[] = { "pdftotext", "-raw", "-", "-", NULL };
  static const PvPrintMedia rolls[] = { PV_PRINT_MEDIA_ROLL_58MM, PV_PRINT_MEDIA_ROLL_80MM, PV_PRINT_MEDIA_ROLL_112MM };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rolls); i++) {
    PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);
    g_autoptr (GBytes) pdf = NULL;
    g_autofree char *text = NULL;
    g_auto (GStrv) pages = NULL;
    PvPdfSize size;

    for (guint k = 0; k < 120; k++)
      sample_add (receipt.lines, "Question", "Réponse");
    pdf = render (&receipt, rolls[i]);
    assert_true (pv_pdf_file_measure (pdf, &size, NULL)); /* one size for all, or FALSE */
    assert_true (size.n_pages > 1 && size.height_mm < PV_PRINT_MAX_ROLL_MM + 0.1);
    text = sample_run_text (argv, pdf);
    pages = g_strsplit (text, "\f", -1);
    for (guint page = 0; page < size.n_pages; page++) {
      g_autofree char *number = g_strdup_printf ("Page %u of %u", page + 1, size.n_pages);
      gboolean is_last = page + 1 == size.n_pages;

      assert_non_null (strstr (pages[page], number));
      assert_non_null (strstr (pages[page], "18-2047"));
      assert_int_equal (strstr (pages[page], "Continued on the") == NULL, is_last);
      assert_int_equal (strstr (pages[page], "End of the paper") != NULL, is_last);
    }
    sample_clear (&receipt);
  }
}

/* What the printer of this kiosk takes decides, not what is common. */
static void
a_printer_for_short_sheets_gets_more_of_them (void **state)
{
  static const struct {
    guint told, longest;
  } rows[] = {
    { 300, 300 }, { 100, PV_PRINT_SHORTEST_MAX_MM }, { 5000, PV_PRINT_MAX_ROLL_MM }, { 0, PV_PRINT_MAX_ROLL_MM }
  };
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);

  (void) state;
  for (guint k = 0; k < 60; k++)
    sample_add (receipt.lines, "Question", "Réponse");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) pdf = NULL;
    PvPdfSize size;

    pv_print_media_set_longest_mm (rows[i].told);
    pdf = render (&receipt, PV_PRINT_MEDIA_ROLL_80MM);
    assert_true (pv_pdf_file_measure (pdf, &size, NULL));
    assert_true (size.height_mm < rows[i].longest + 0.1);
    assert_true (size.n_pages * rows[i].longest > 600);
    assert_true (sample_has (pdf, "End of the paper"));
  }
  pv_print_media_set_longest_mm (0);
  sample_clear (&receipt);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_has_a_word_of_its_own),
    cmocka_unit_test (no_ink_falls_beside_the_head),
    cmocka_unit_test (nor_of_any_other_paper),
    cmocka_unit_test (no_letter_is_smaller_than_the_paper_wants),
    cmocka_unit_test (the_longest_code_is_read_on_each_paper),
    cmocka_unit_test (a_strip_that_goes_on_says_so),
    cmocka_unit_test (a_printer_for_short_sheets_gets_more_of_them),
  };

  tst_init ();
  pv_language_start ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
