/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/assist-sheet-pdf.h"

#include "print/pdf-file.h"

#include <math.h>
#include <string.h>

#include "tst.h"

#include "sample.h"

static const PvPrintMedia all_media[] = { PV_PRINT_MEDIA_ROLL_80MM, PV_PRINT_MEDIA_A4 };

static PvAssistSheet *
sample_sheet (guint n_lines)
{
  static const char *const lines[] = {
    "Claire M. a vu votre écran.",
    "Claire M. a montré : Adresse.",
    "Claire M. a proposé une réponse : Nombre d’exemplaires. Vous l’avez acceptée.",
    "Claire M. a pris la main, 40 secondes.",
    "Vous avez repris la main.",
  };
  PvAssistSheet *sheet = pv_assist_sheet_new ();

  sheet->language = g_strdup ("fr");
  sheet->commune = g_strdup ("Montclair-sur-Loire");
  sheet->place = g_strdup ("Borne de l’hôtel de ville");
  sheet->mediator = g_strdup ("Claire M.");
  sheet->mediator_place = g_strdup ("Ville de Montclair");
  sheet->began = g_strdup ("30 novembre 2026, 10 h 12");
  sheet->ended = g_strdup ("30 novembre 2026, 10 h 27");
  sheet->how_it_ended = g_strdup ("Vous avez arrêté l’aide.");
  if (n_lines > 0)
    g_ptr_array_add (sheet->rights, pv_receipt_line_new ("10 h 12", "Vous avez laissé Claire voir votre écran."));
  for (guint i = 0; i < n_lines; i++)
    g_ptr_array_add (sheet->lines, i < G_N_ELEMENTS (lines) ? g_strdup (lines[i]) : g_strdup_printf ("Étape %u.", i));
  return sheet;
}

static GBytes *
render (const PvAssistSheet *sheet, PvPrintMedia media, guint percent)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) drawn = pv_assist_sheet_render_pdf (sheet, media, percent, &error);
  GBytes *pdf;

  assert_null (error);
  assert_non_null (drawn);
  pdf = pv_pdf_file_finish (drawn, sheet->language, &error);
  assert_null (error);
  assert_non_null (pdf);
  if (g_getenv ("PV_TEST_KEEP") != NULL) {
    g_autofree char *name =
      g_strdup_printf ("assist-sheet-%s-%u-%u.pdf", pv_print_media_to_string (media), sheet->lines->len, percent);
    g_autofree char *path = g_build_filename (g_getenv ("PV_TEST_KEEP"), name, NULL);

    g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL);
  }
  return pdf;
}

static void
says_who_when_and_what_in_order (void **state)
{
  static const char *const wanted[] = {
    "Montclair-sur-Loire",
    "Borne de l’hôtel de ville",
    "Assistance sheet",
    "Who helped",
    "Mediator",
    "Claire M.",
    "Ville de Montclair",
    "30 novembre 2026, 10 h 12",
    "30 novembre 2026, 10 h 27",
    "Vous avez arrêté l’aide.",
    "What you allowed or refused",
    "10 h 12",
    "Vous avez laissé Claire voir votre écran.",
    "What was done",
    "Claire M. a vu votre écran.",
    "Claire M. a montré : Adresse.",
    "Vous l’avez acceptée.",
    "Vous avez repris la main.",
    "This paper shows none of your answers.",
    "End of the paper",
  };
  g_autoptr (PvAssistSheet) sheet = sample_sheet (5);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (sheet, all_media[i], 100);
    g_autofree char *letters = sample_letters (pdf);
    const char *from = letters;

    for (gsize k = 0; k < G_N_ELEMENTS (wanted); k++) {
      g_autofree char *squeezed = sample_squeeze (wanted[k]);
      const char *at = strstr (from, squeezed);

      if (at == NULL)
        fail_msg ("\"%s\" is missing, or too early, in: %s", wanted[k], letters);
      from = at + strlen (squeezed);
    }
  }
}

static void
says_so_if_nothing_was_done (void **state)
{
  g_autoptr (PvAssistSheet) sheet = sample_sheet (0);

  (void) state;
  g_clear_pointer (&sheet->how_it_ended, g_free);
  g_clear_pointer (&sheet->mediator_place, g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (sheet, all_media[i], 100);

    assert_true (sample_has (pdf, "Nothing was done in your procedure."));
    assert_false (sample_has (pdf, "How it ended"));
    assert_false (sample_has (pdf, "Town hall"));
  }
}

/* As long as it may be, and twice as large: nothing is cut off, and sheets have numbers. */
static void
loses_no_line_of_a_long_assistance (void **state)
{
  g_autoptr (PvAssistSheet) sheet = sample_sheet (PV_ASSIST_SHEET_MAX_LINES);
  g_autoptr (GError) error = NULL;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (sheet, all_media[i], 200);
    g_autofree char *letters = sample_letters (pdf);
    PvPdfSize size;

    assert_true (pv_pdf_file_measure (pdf, &size, &error));
    assert_true (size.n_pages > 1);
    assert_true (size.height_mm < PV_PRINT_MAX_ROLL_MM + 0.1);
    assert_true (sample_has (pdf, "Page 2 of"));
    for (guint k = 5; k < PV_ASSIST_SHEET_MAX_LINES; k++) {
      g_autofree char *line = g_strdup_printf ("Étape %u.", k);
      g_autofree char *squeezed = sample_squeeze (line);

      assert_non_null (strstr (letters, squeezed));
    }
  }
  g_ptr_array_add (sheet->lines, g_strdup ("Une de trop."));
  assert_null (pv_assist_sheet_render_pdf (sheet, PV_PRINT_MEDIA_A4, 100, &error));
  assert_true (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_TOO_LARGE));
}

static void
fits_the_medium (void **state)
{
  g_autoptr (PvAssistSheet) sheet = sample_sheet (5);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (sheet, all_media[i], 100);
    PvPdfSize size;

    assert_true (pv_pdf_file_measure (pdf, &size, NULL));
    assert_int_equal (size.n_pages, 1);
    assert_true (fabs (size.width_mm - (all_media[i] == PV_PRINT_MEDIA_A4 ? 210 : 80)) < 0.01);
    assert_true (all_media[i] == PV_PRINT_MEDIA_A4 || fabs (size.height_mm - round (size.height_mm)) < 0.01);
  }
}

static void
the_file_says_nothing_of_who_helped_whom (void **state)
{
  static const char *const argv[] = { "pdfinfo", "-", NULL };
  g_autoptr (PvAssistSheet) sheet = sample_sheet (5);
  g_autoptr (GBytes) pdf = render (sheet, PV_PRINT_MEDIA_A4, 100), again = render (sheet, PV_PRINT_MEDIA_A4, 100);
  g_autofree char *info = sample_run_text (argv, pdf);
  const char *data = g_bytes_get_data (pdf, NULL);

  (void) state;
  assert_non_null (strstr (info, "Title:           Assistance sheet\n"));
  assert_null (strstr (info, "Producer"));
  assert_null (strstr (info, "Creator"));
  assert_null (strstr (info, "Date"));
  assert_null (g_strstr_len (data, (gssize) g_bytes_get_size (pdf), "Claire"));
  assert_non_null (g_strstr_len (data, (gssize) g_bytes_get_size (pdf), "/Lang (fr)"));
  assert_true (g_bytes_equal (pdf, again));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (says_who_when_and_what_in_order),          cmocka_unit_test (says_so_if_nothing_was_done),
    cmocka_unit_test (loses_no_line_of_a_long_assistance),       cmocka_unit_test (fits_the_medium),
    cmocka_unit_test (the_file_says_nothing_of_who_helped_whom),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
