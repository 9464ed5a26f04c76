/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/receipt-pdf.h"

#include "core/calendar.h"
#include "platform/language.h"
#include "print/pdf-file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tst.h"

#include "picture-qr.h"

static const PvPrintMedia all_media[] = { PV_PRINT_MEDIA_ROLL_80MM, PV_PRINT_MEDIA_A4 };

static GBytes *
render (const PvReceipt *receipt, PvPrintMedia media)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) drawn = pv_receipt_render_pdf (receipt, media, &error);
  GBytes *pdf;

  assert_null (error);
  assert_non_null (drawn);
  pdf = pv_pdf_file_finish (drawn, receipt->language, &error);
  assert_null (error);
  assert_non_null (pdf);
  /* A developer may look at the paper: PV_TEST_KEEP names a folder. */
  if (g_getenv ("PV_TEST_KEEP") != NULL) {
    g_autofree char *name =
      g_strdup_printf ("receipt-%s-%d-%u-%s%s.pdf", pv_print_media_to_string (media), (int) receipt->kind,
                       receipt->text_percent, receipt->language, receipt->practice ? "-practice" : "");
    g_autofree char *path = g_build_filename (g_getenv ("PV_TEST_KEEP"), name, NULL);
    g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL);
  }
  return pdf;
}

/* Each text of @wanted, one after the other. */
static void
assert_in_order (GBytes *pdf, const char *const *wanted)
{
  g_autofree char *letters = sample_letters (pdf);
  const char *from = letters;

  for (gsize i = 0; wanted[i] != NULL; i++) {
    g_autofree char *squeezed = sample_squeeze (wanted[i]);
    const char *at = strstr (from, squeezed);
    if (at == NULL)
      fail_msg ("\"%s\" is missing, or too early, in: %s", wanted[i], letters);
    from = at + strlen (squeezed);
  }
}

static void
says_everything_in_order (void **state)
{
  static const char *const wanted[] = {
    "Montclair-sur-Loire",
    "Accusé de réception électronique",
    "Copie d’un acte de naissance",
    "23 novembre 2026 à 14 h 32 (heure de Paris)",
    "Numéro de demande",
    "18-2047",
    "Tracking code",
    "BCDF GHJK",
    "What happens next",
    "sous 5 jours ouvrés.",
    "Your answers",
    "Votre nom",
    "Zoé Lefèvre-Ündal",
    "Nombre d’exemplaires",
    "Documents received",
    "Livret de famille",
    "1 page, 310 ko",
    "If you get no answer",
    "le 23 janvier 2027",
    "If you disagree",
    "tribunal administratif",
    "Your data",
    "dpo@montclair.example",
    "Version of the form: 3f9a1c20",
    "End of the paper",
    NULL,
  };
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (&receipt, all_media[i]);
    assert_in_order (pdf, wanted);
  }
  sample_clear (&receipt);
}

static void
says_what_counts_in_french_as_well (void **state)
{
  static const char *const wanted[] = { "Acknowledgement of receipt",
                                        "Accusé de réception",
                                        "Copy of a certificate",
                                        "Copie d’un acte",
                                        "What happens next",
                                        "You have nothing more to do.",
                                        "Vous n’avez plus rien à faire.",
                                        "If you get no answer",
                                        "it is accepted",
                                        "elle est acceptée",
                                        "If you disagree",
                                        "write to the mayor",
                                        "écrire au maire",
                                        NULL };
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);

  (void) state;
  receipt.language = (char *) "en";
  receipt.title = (char *) "Acknowledgement of receipt";
  receipt.official_title = (char *) "Accusé de réception";
  receipt.procedure = (char *) "Copy of a certificate";
  receipt.official_procedure = (char *) "Copie d’un acte";
  receipt.next = (char *) "You have nothing more to do.";
  receipt.official_next = (char *) "Vous n’avez plus rien à faire.";
  receipt.silence = (char *) "Without an answer it is accepted.";
  receipt.official_silence = (char *) "Sans réponse, elle est acceptée.";
  receipt.appeal = (char *) "You can write to the mayor.";
  receipt.official_appeal = (char *) "Vous pouvez écrire au maire.";
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (&receipt, all_media[i]);
    assert_in_order (pdf, wanted);
  }
  sample_clear (&receipt);
}

/* CRPA R112-11-1: name, postal or electronic address and telephone of the service. */
static void
says_who_is_in_charge (void **state)
{
  static const char *const wanted[] = { "Service de l’état civil",
                                        "1 place de la Mairie",
                                        "99123 Montclair-sur-Loire",
                                        "Phone: 01 99 00 12 34",
                                        "E-mail: etat-civil@montclair.example",
                                        NULL };
  static const guint percents[] = { 100, 200 };
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (all_media) * G_N_ELEMENTS (percents); i++) {
    g_autoptr (GBytes) pdf = NULL;
    receipt.text_percent = percents[i / 2];
    pdf = render (&receipt, all_media[i % 2]);
    assert_in_order (pdf, wanted);
    assert_true (sample_has (pdf, "Borne de l’hôtel de ville"));
  }
  sample_clear (&receipt);
}

static void
leaves_out_what_there_is_not (void **state)
{
  static const char *const absent[] = {
    "Tracking code", "Scan this code", "Your answers", "Documents received", "If you get no answer",  "If you disagree",
    "Phone",         "E-mail",         "Practice",     "To be checked",      "not an acknowledgement"
  };
  PvReceipt receipt = sample_receipt (PV_RECEIPT_REGISTERED);

  (void) state;
  receipt.tracking_code = receipt.qr_text = receipt.silence = receipt.appeal = receipt.phone = receipt.email = NULL;
  g_ptr_array_set_size (receipt.lines, 0);
  g_ptr_array_set_size (receipt.documents, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (&receipt, all_media[i]);
    for (gsize k = 0; k < G_N_ELEMENTS (absent); k++)
      assert_false (sample_has (pdf, absent[k]));
  }
  sample_clear (&receipt);
}

static void
marks_what_is_practice_and_gives_it_no_reference (void **state)
{
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);

  (void) state;
  receipt.practice = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (&receipt, all_media[i]);
    assert_true (sample_has (pdf, "Practice"));
    assert_true (sample_has (pdf, "Nothing was sent."));
    assert_false (sample_has (pdf, "18-2047"));
    assert_false (sample_has (pdf, "BCDF GHJK"));
  }
  sample_clear (&receipt);
}

static void
marks_what_has_to_be_checked (void **state)
{
  PvReceipt receipt = sample_receipt (PV_RECEIPT_TO_CHECK);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (&receipt, all_media[i]);
    assert_true (sample_has (pdf, "To be checked"));
  }
  sample_clear (&receipt);
}

static void
says_that_a_ticket_is_no_acknowledgement (void **state)
{
  PvReceipt receipt = sample_receipt (PV_RECEIPT_TICKET);
  g_autoptr (GBytes) pdf = render (&receipt, PV_PRINT_MEDIA_ROLL_80MM);

  (void) state;
  assert_true (sample_has (pdf, "This ticket is not an acknowledgement."));
  sample_clear (&receipt);
}

static PvPdfSize
measure (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  PvPdfSize size = { 0 };

  assert_true (pv_pdf_file_measure (pdf, &size, &error));
  return size;
}

static void
cuts_the_roll_after_a_whole_millimetre (void **state)
{
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);
  g_autoptr (GBytes) pdf = render (&receipt, PV_PRINT_MEDIA_ROLL_80MM);
  PvPdfSize size = measure (pdf);
  PvPdfSize shorter;

  (void) state;
  assert_int_equal (size.n_pages, 1);
  assert_true (fabs (size.width_mm - 80) < 0.01);
  assert_true (fabs (size.height_mm - round (size.height_mm)) < 0.01);
  g_bytes_unref (pdf);
  g_ptr_array_set_size (receipt.lines, 0);
  pdf = render (&receipt, PV_PRINT_MEDIA_ROLL_80MM);
  shorter = measure (pdf);
  assert_true (shorter.height_mm < size.height_mm - 15);
  sample_clear (&receipt);
}

static void
is_one_numbered_sheet_on_a4_and_more_if_needed (void **state)
{
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);
  g_autoptr (GBytes) pdf = render (&receipt, PV_PRINT_MEDIA_A4);
  g_autoptr (GBytes) longer = NULL;
  PvPdfSize size = measure (pdf);

  (void) state;
  assert_int_equal (size.n_pages, 1);
  assert_true (fabs (size.width_mm - 210) < 0.01 && fabs (size.height_mm - 297) < 0.01);
  assert_true (sample_has (pdf, "Page 1 of 1"));
  for (guint i = 0; i < 60; i++) {
    g_autofree char *label = g_strdup_printf ("Question %u", i);
    sample_add (receipt.lines, label, "Réponse");
  }
  longer = render (&receipt, PV_PRINT_MEDIA_A4);
  size = measure (longer);
  assert_true (size.n_pages >= 2);
  assert_true (sample_has (longer, "Montclair-sur-Loire · 18-2047"));
  assert_true (sample_has (longer, "Question 59"));
  sample_clear (&receipt);
}

/* Neither the box of a long value nor a long paragraph may be cut off at the end of a page. */
static void
loses_nothing_of_very_long_texts (void **state)
{
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);
  GString *text = g_string_new (NULL);

  (void) state;
  for (guint i = 0; i < 500; i++)
    g_string_append_printf (text, "mot%u. ", i);
  receipt.appeal = text->str;
  sample_add (receipt.lines, "Votre message", text->str);
  receipt.text_percent = 200;
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (&receipt, all_media[i]);
    g_autofree char *letters = sample_letters (pdf);
    const char *at = letters;
    assert_true (measure (pdf).height_mm < PV_PRINT_MAX_ROLL_MM + 0.1);
    assert_true (sample_has (pdf, "Page 2 of"));
    for (guint k = 0; k < 2 * 500; k++) {
      g_autofree char *word = g_strdup_printf ("mot%u.", k % 500);
      at = strstr (at, word);
      if (at == NULL)
        fail_msg ("%s is missing", word);
    }
  }
  g_string_free (text, TRUE);
  sample_clear (&receipt);
}

/* Smallest and largest size of the words, from the height of their boxes: for Inter 1.21 times the size. */
static void
read_sizes (GBytes *pdf, double *ret_smallest, double *ret_right)
{
  static const char *const argv[] = { "pdftotext", "-bbox", "-", "-", NULL };
  g_autofree char *page = sample_run_text (argv, pdf);
  double smallest = G_MAXDOUBLE, right = 0;

  assert_non_null (page);
  for (const char *at = strstr (page, "<word "); at != NULL; at = strstr (at + 1, "<word ")) {
    double x_max = g_ascii_strtod (strstr (at, "xMax=\"") + 6, NULL);
    double top = g_ascii_strtod (strstr (at, "yMin=\"") + 6, NULL);
    double bottom = g_ascii_strtod (strstr (at, "yMax=\"") + 6, NULL);
    smallest = MIN (smallest, bottom - top);
    right = MAX (right, x_max);
  }
  *ret_smallest = smallest / 1.21;
  *ret_right = right;
}

static void
is_never_smaller_than_the_medium_wants_and_keeps_the_margins (void **state)
{
  static const guint percents[] = { 100, 125, 150, 200 };
  static const double minima[] = { [PV_PRINT_MEDIA_ROLL_80MM] = 10, [PV_PRINT_MEDIA_A4] = 12 };
  static const double rights_mm[] = { [PV_PRINT_MEDIA_ROLL_80MM] = 76, [PV_PRINT_MEDIA_A4] = 190 };
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);
  double smallest, right;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    for (gsize k = 0; k < G_N_ELEMENTS (percents); k++) {
      g_autoptr (GBytes) pdf = NULL;
      receipt.text_percent = percents[k];
      pdf = render (&receipt, all_media[i]);
      read_sizes (pdf, &smallest, &right);
      /* The number of the page, where there is one, is the only text that does not grow. */
      if (all_media[i] == PV_PRINT_MEDIA_A4 || measure (pdf).n_pages > 1)
        assert_true (smallest >= minima[all_media[i]] - 0.1);
      else
        assert_true (smallest >= minima[all_media[i]] * percents[k] / 100 - 0.1);
      assert_true (right <= pv_print_mm_to_pt (rights_mm[all_media[i]]) + 0.5);
    }
  }
  sample_clear (&receipt);
}

static void
carries_its_fonts_and_no_others (void **state)
{
  static const char *const argv[] = { "pdffonts", "-", NULL };
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);
  g_autoptr (GBytes) pdf = render (&receipt, PV_PRINT_MEDIA_A4);
  g_autofree char *table = sample_run_text (argv, pdf);
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);
  guint n_fonts = 0;

  (void) state;
  for (guint i = 2; lines[i] != NULL && *lines[i] != '\0'; i++, n_fonts++) {
    assert_non_null (strstr (lines[i], "+Inter"));
    assert_non_null (strstr (lines[i], " yes yes ")); /* embedded, subset */
  }
  assert_true (n_fonts >= 3);
  sample_clear (&receipt);
}

static void
reads_from_the_right_in_arabic (void **state)
{
  static const char *const argv[] = { "pdftotext", "-bbox", "-", "-", NULL };
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);

  (void) state;
  receipt.language = (char *) "ar";
  receipt.title = (char *) "إشعار بالاستلام";
  receipt.procedure = (char *) "نسخة من شهادة الميلاد";
  receipt.reference_label = (char *) "رقم الطلب";
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (&receipt, all_media[i]);
    g_autofree char *page = sample_run_text (argv, pdf);
    const char *end = strstr (page, ">18-2047<");
    double width = all_media[i] == PV_PRINT_MEDIA_A4 ? 210 : 80;
    assert_non_null (end);
    while (strncmp (end, "<word ", 6) != 0)
      end--;
    assert_true (g_ascii_strtod (strstr (end, "xMax=\"") + 6, NULL) > pv_print_mm_to_pt (width * 0.85));
  }
  sample_clear (&receipt);
}

/* The lines of another language are higher, and the number of the page is longer. */
static void
what_stands_at_the_end_of_a_page_does_not_run_into_its_number (void **state)
{
  static const char *const argv[] = { "pdftotext", "-bbox", "-", "-", NULL };
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);

  (void) state;
  pv_language_set ("ar");
  receipt.language = (char *) "ar";
  for (guint i = 0; i < 120; i++)
    sample_add (receipt.lines, "Question", "Réponse");
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (&receipt, all_media[i]);
    g_autofree char *text = sample_run_text (argv, pdf);
    g_auto (GStrv) pages = g_strsplit (text, "<page ", -1);

    assert_true (g_strv_length (pages) > 2);
    for (guint page = 1; pages[page] != NULL; page++) {
      const char *number = g_strrstr (pages[page], ">18-2047<");
      double footer;

      assert_non_null (number);
      while (strncmp (number, "<word ", 6) != 0)
        number--;
      footer = g_ascii_strtod (strstr (number, "yMin=\"") + 6, NULL);
      for (const char *at = strstr (pages[page], "<word "); at != NULL; at = strstr (at + 1, "<word ")) {
        double bottom = g_ascii_strtod (strstr (at, "yMax=\"") + 6, NULL);

        if (g_str_has_prefix (strchr (at, '>'), ">Réponse<") || g_str_has_prefix (strchr (at, '>'), ">Question<"))
          assert_true (bottom <= footer + 1);
      }
    }
  }
  pv_language_set ("en");
  sample_clear (&receipt);
}

/* A portable graymap, as netpbm describes it: "P5", width, height, 255, then the pixels. */
static Picture
parse_pgm (GBytes *file)
{
  const char *data = g_bytes_get_data (file, NULL);
  Picture gray = { 0 };
  char *end;

  assert_int_equal (strncmp (data, "P5", 2), 0);
  gray.width = (guint) strtoul (data + 2, &end, 10);
  gray.height = (guint) strtoul (end, &end, 10);
  assert_int_equal (strtoul (end, &end, 10), 255);
  gray.pixels = (const guint8 *) end + 1;
  assert_int_equal (g_bytes_get_size (file), (gsize) (end + 1 - data) + (gsize) gray.width * gray.height);
  return gray;
}

static void
prints_a_qr_code_that_can_be_read (void **state)
{
  static const char *const argv[] = { "pdftoppm", "-gray", "-singlefile", "-r", "203.2", "-", NULL };
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (&receipt, all_media[i]);
    g_autoptr (GBytes) picture = sample_run (argv, pdf);
    g_autofree char *text = NULL;
    Picture gray;
    assert_non_null (picture);
    gray = parse_pgm (picture);
    text = picture_read_qr (&gray);
    assert_string_equal (text, receipt.qr_text);
  }
  sample_clear (&receipt);
}

/* 103 letters of signature are the largest code there is. */
static void
a_code_for_whoever_doubts_it_stands_at_the_end (void **state)
{
  static const char *const argv[] = { "pdftoppm", "-gray", "-singlefile", "-r", "203.2", "-", NULL };
  static const char *const wanted[] = { "Your data", "this code proves that this paper is genuine", "End of", NULL };
  g_autofree char *signature = g_strnfill (103, 'Q'), *code = NULL;
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);

  (void) state;
  code = g_strconcat ("PARVIS1/A/BCDFGHJKLM/18-2047/20261130T143205Z/inscription-scolaire/", signature, NULL);
  receipt.proof = code;
  receipt.qr_text = NULL;                  /* the reader takes one of two */
  receipt.silence = receipt.appeal = NULL; /* and one sheet */
  g_ptr_array_set_size (receipt.lines, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (&receipt, all_media[i]);
    g_autoptr (GBytes) picture = sample_run (argv, pdf);
    g_autofree char *text = NULL;
    Picture gray;

    assert_in_order (pdf, wanted);
    assert_non_null (picture);
    gray = parse_pgm (picture);
    text = picture_read_qr (&gray);
    assert_non_null (text);
    assert_string_equal (text, code);
  }
  receipt.proof = NULL;
  sample_clear (&receipt);
}

/* When, where, with what; that it is not certain; and the event, in a code that a phone reads from the paper. */
static void
an_appointment_is_told_with_its_event (void **state)
{
  static const char *const argv[] = { "pdftoppm", "-gray", "-singlefile", "-r", "203.2", "-", NULL };
  static const char *const wanted[] = {
    "To be confirmed", "Call 03 53 01 00 12", "Your appointment",          "jeudi 3 décembre 2026", "Hôtel de ville",
    "Bring",           "Votre ancien titre",  "appointment in your phone", "What happens next",     NULL
  };
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);
  const PvCalendarEvent event = { .uid = "BCDFGHJKLM@parvis",
                                  .stamp_us = G_GINT64_CONSTANT (1795440720000000),
                                  .starts_us = G_GINT64_CONSTANT (1796286000000000),
                                  .minutes = 20,
                                  .summary = "À confirmer : rendez-vous pour une carte d’identité ou un passeport",
                                  .place = "Hôtel de ville, 1 place de la Mairie, 89999 Montclair" };
  g_autofree char *calendar = pv_calendar_make (&event);

  (void) state;
  receipt.appointment = (char *) "jeudi 3 décembre 2026 à 9 h 20";
  receipt.meeting_place = (char *) "Hôtel de ville, 1 place de la Mairie, 89999 Montclair";
  receipt.bring = (char *) "Votre ancien titre";
  receipt.to_confirm = (char *) "Call 03 53 01 00 12.";
  receipt.calendar = calendar;
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) pdf = render (&receipt, all_media[i]);
    g_autoptr (GBytes) picture = NULL;
    g_autofree char *text = NULL;
    Picture gray;

    assert_in_order (pdf, wanted);
    receipt.qr_text = NULL; /* the reader takes one of two */
    g_bytes_unref (g_steal_pointer (&pdf));
    pdf = render (&receipt, all_media[i]);
    picture = sample_run (argv, pdf);
    gray = parse_pgm (picture);
    text = picture_read_qr (&gray);
    assert_string_equal (text, calendar);
  }
  receipt.calendar = NULL;
  sample_clear (&receipt);
}

/* Modules of an uneven number of dots are what makes codes on rolls unreadable. */
static void
sets_the_qr_code_of_a_roll_onto_whole_dots (void **state)
{
  static const char *const argv[] = { "pdftoppm", "-gray", "-r", "203.2", "-", NULL };
  enum { MODULE_DOTS = 6 };
  PvReceipt receipt = {
    .commune = (char *) "",
    .reference_label = (char *) "",
    .qr_text = (char *) "BCDFGHJKLM",
    .language = (char *) "fr",
    .text_percent = 100,
  };
  g_autoptr (GBytes) pdf = render (&receipt, PV_PRINT_MEDIA_ROLL_80MM);
  g_autoptr (GBytes) picture = sample_run (argv, pdf);
  Picture gray = parse_pgm (picture);
  guint n_runs = 0, n_uneven = 0, n_gray = 0;

  (void) state;
  assert_true (gray.width >= 640 && gray.width <= 641);
  /* Rows of the code have a finder of seven modules at their start; runs of dark dots in them are whole modules. */
  for (guint y = 0; y < gray.height; y++) {
    guint run = 0, longest = 0, uneven = 0, runs = 0;
    for (guint x = 100; x < 540; x++) {
      if (gray.pixels[(gsize) y * gray.width + x] < 128) {
        run++;
        continue;
      }
      runs += run > 0;
      uneven += run % MODULE_DOTS != 0;
      longest = MAX (longest, run);
      run = 0;
    }
    if (longest == 7 * MODULE_DOTS) {
      n_runs += runs;
      n_uneven += uneven;
      for (guint x = 100; x < 540; x++) {
        guint8 value = gray.pixels[(gsize) y * gray.width + x];
        n_gray += value > 72 && value < 184;
      }
    }
  }
  assert_true (n_runs >= 4 * MODULE_DOTS);
  assert_int_equal (n_uneven, 0);
  /* An edge in the middle of a dot would be half gray. */
  assert_int_equal (n_gray, 0);
  sample_clear (&receipt);
}

static void
says_language_and_title_but_neither_time_nor_program (void **state)
{
  static const char *const argv[] = { "pdfinfo", "-", NULL };
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);
  g_autoptr (GBytes) pdf = render (&receipt, PV_PRINT_MEDIA_A4);
  g_autofree char *info = sample_run_text (argv, pdf);
  const char *data = g_bytes_get_data (pdf, NULL);

  (void) state;
  assert_non_null (strstr (info, "Title:           Receipt\n"));
  assert_null (strstr (info, "Producer"));
  assert_null (strstr (info, "Creator"));
  assert_null (strstr (info, "Date"));
  assert_non_null (g_strstr_len (data, (gssize) g_bytes_get_size (pdf), "/Lang (fr)"));
  assert_null (g_strstr_len (data, (gssize) g_bytes_get_size (pdf), "Zo"));
  sample_clear (&receipt);
}

static void
makes_equal_files_of_equal_receipts (void **state)
{
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (all_media); i++) {
    g_autoptr (GBytes) first = render (&receipt, all_media[i]);
    g_autoptr (GBytes) second = render (&receipt, all_media[i]);
    assert_true (g_bytes_equal (first, second));
  }
  sample_clear (&receipt);
}

static void
refuses_more_lines_than_its_limit (void **state)
{
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);
  g_autoptr (GError) error = NULL;

  (void) state;
  while (receipt.lines->len <= PV_RECEIPT_MAX_LINES)
    sample_add (receipt.lines, "Ligne", "1");
  assert_null (pv_receipt_render_pdf (&receipt, PV_PRINT_MEDIA_A4, &error));
  assert_true (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_TOO_LARGE));
  sample_clear (&receipt);
}

static void
measures_only_what_is_a_pdf (void **state)
{
  g_autoptr (GBytes) words = g_bytes_new_static ("%PDF-1.5\nnothing more", 21);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  GBytes *const wrong[] = { words, empty };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    PvPdfSize size = { 7, 7, 7 };
    assert_false (pv_pdf_file_measure (wrong[i], &size, &error));
    assert_true (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_BAD_DATA));
    assert_int_equal (size.n_pages, 7);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (says_everything_in_order),
    cmocka_unit_test (says_what_counts_in_french_as_well),
    cmocka_unit_test (says_who_is_in_charge),
    cmocka_unit_test (leaves_out_what_there_is_not),
    cmocka_unit_test (marks_what_is_practice_and_gives_it_no_reference),
    cmocka_unit_test (marks_what_has_to_be_checked),
    cmocka_unit_test (says_that_a_ticket_is_no_acknowledgement),
    cmocka_unit_test (cuts_the_roll_after_a_whole_millimetre),
    cmocka_unit_test (is_one_numbered_sheet_on_a4_and_more_if_needed),
    cmocka_unit_test (loses_nothing_of_very_long_texts),
    cmocka_unit_test (is_never_smaller_than_the_medium_wants_and_keeps_the_margins),
    cmocka_unit_test (carries_its_fonts_and_no_others),
    cmocka_unit_test (reads_from_the_right_in_arabic),
    cmocka_unit_test (what_stands_at_the_end_of_a_page_does_not_run_into_its_number),
    cmocka_unit_test (prints_a_qr_code_that_can_be_read),
    cmocka_unit_test (a_code_for_whoever_doubts_it_stands_at_the_end),
    cmocka_unit_test (an_appointment_is_told_with_its_event),
    cmocka_unit_test (sets_the_qr_code_of_a_roll_onto_whole_dots),
    cmocka_unit_test (says_language_and_title_but_neither_time_nor_program),
    cmocka_unit_test (makes_equal_files_of_equal_receipts),
    cmocka_unit_test (refuses_more_lines_than_its_limit),
    cmocka_unit_test (measures_only_what_is_a_pdf),
  };

  tst_init ();
  pv_language_start ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
