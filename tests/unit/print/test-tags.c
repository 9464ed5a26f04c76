/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the file of each paper says to whoever has it read aloud. */
#include "tst.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

#include "papers.h"
#include "print/pdf-file.h"

/* "Document H1 L LI Lbl LBody": the tags in the order of reading. */
static char *
list_tags (GBytes *pdf)
{
  static const char *const argv[] = { "pdfinfo", "-struct", "-", NULL };
  g_autofree char *tree = sample_run_text (argv, pdf);
  g_auto (GStrv) lines = g_strsplit (tree != NULL ? tree : "", "\n", -1);
  GString *tags = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++) {
    char *tag = g_strstrip (lines[i]);

    if (*tag == '\0')
      continue;
    tag[strcspn (tag, " ")] = '\0';
    g_string_append_printf (tags, "%s%s", tags->len > 0 ? " " : "", tag);
  }
  return g_string_free (tags, FALSE);
}

static guint
count (const char *tags, const char *wanted)
{
  g_auto (GStrv) list = g_strsplit (tags, " ", -1);
  guint n = 0;

  for (guint i = 0; list[i] != NULL; i++)
    n += g_str_equal (list[i], wanted);
  return n;
}

static GBytes *
finish (const SamplePaper *paper, PvPrintMedia media, guint percent)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) drawn = paper->render (media, percent);
  GBytes *pdf = drawn != NULL ? pv_pdf_file_finish (drawn, "fr", &error) : NULL;

  assert_non_null (pdf);
  sample_keep (pdf, paper->name, media, percent);
  return pdf;
}

static void
a_paper_is_one_document_with_one_title (void **state)
{
  (void) state;
  for (gsize i = 0; i < SAMPLE_N_PAPERS * SAMPLE_N_MEDIA; i++) {
    g_autoptr (GBytes) pdf = finish (&sample_papers[i / SAMPLE_N_MEDIA], sample_media[i % SAMPLE_N_MEDIA], 100);
    g_autofree char *tags = list_tags (pdf);

    assert_true (g_str_has_prefix (tags, "Document "));
    assert_int_equal (count (tags, "Document"), 1);
    assert_int_equal (count (tags, "H1"), 1);
  }
}

/* A label without its value, or a value in a list of its own, is heard as nonsense; large letters set them into boxes of
 * their own. */
static void
a_label_and_its_value_are_one_item (void **state)
{
  static const guint percents[] = { 100, 200 };

  (void) state;
  for (gsize i = 0; i < SAMPLE_N_PAPERS * SAMPLE_N_MEDIA * G_N_ELEMENTS (percents); i++) {
    gsize at = i / G_N_ELEMENTS (percents);
    guint percent = percents[i % G_N_ELEMENTS (percents)];
    g_autoptr (GBytes) pdf = finish (&sample_papers[at / SAMPLE_N_MEDIA], sample_media[at % SAMPLE_N_MEDIA], percent);
    g_autofree char *tags = list_tags (pdf);
    g_autoptr (GRegex) item = g_regex_new ("LI Lbl LBody", 0, 0, NULL);
    g_autofree char *rest = g_regex_replace_literal (item, tags, -1, 0, "item", 0, NULL);

    assert_int_equal (count (rest, "Lbl") + count (rest, "LBody") + count (rest, "LI"), 0);
    if (percent == 100)                       /* one sheet */
      assert_null (strstr (rest, "item L ")); /* one list, not one for each */
  }
}

static void
the_receipt_reads_from_its_title_to_its_last_line (void **state)
{
  static const char wanted[] =
    "Document P P P P P P H1 P P P P P P Figure P H2 P H2 L LI Lbl LBody LI Lbl LBody LI Lbl "
    "LBody LI Lbl LBody LI Lbl LBody H2 L LI Lbl LBody LI Lbl LBody H2 P H2 P H2 P P P";
  g_autoptr (GBytes) pdf = finish (&sample_papers[0], PV_PRINT_MEDIA_A4, 100);
  g_autofree char *tags = list_tags (pdf);

  (void) state;
  assert_string_equal (tags, wanted);
}

/* The number of the page, and what stands beside it, belong to the sheet. */
static void
what_stands_at_the_foot_of_a_sheet_is_not_read (void **state)
{
  static const char *const argv[] = { "pdfinfo", "-struct-text", "-", NULL };
  g_autoptr (GBytes) pdf = finish (&sample_papers[0], PV_PRINT_MEDIA_A4, 200);
  g_autofree char *text = sample_run_text (argv, pdf);

  (void) state;
  assert_true (sample_has (pdf, "Page 2 of"));
  assert_non_null (strstr (text, "Montclair"));
  assert_null (strstr (text, "Page 2 of"));
}

static qpdf_data
open_file (GBytes *pdf)
{
  qpdf_data file = qpdf_init ();

  assert_int_equal (
    qpdf_read_memory (file, "paper", g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL) & QPDF_ERRORS, 0);
  return file;
}

/* Each code in the order of reading: what is said instead of it, or "(nothing)". */
static void
collect_alternatives (qpdf_data file, qpdf_oh element, GPtrArray *texts)
{
  qpdf_oh kids;

  if (!qpdf_oh_is_dictionary (file, element))
    return;
  if (qpdf_oh_has_key (file, element, "/S")
      && g_str_equal (qpdf_oh_get_name (file, qpdf_oh_get_key (file, element, "/S")), "/Figure"))
    g_ptr_array_add (texts, g_strdup (qpdf_oh_has_key (file, element, "/Alt")
                                        ? qpdf_oh_get_utf8_value (file, qpdf_oh_get_key (file, element, "/Alt"))
                                        : "(nothing)"));
  kids = qpdf_oh_get_key (file, element, "/K");
  if (qpdf_oh_is_dictionary (file, kids))
    collect_alternatives (file, kids, texts);
  for (int i = 0; qpdf_oh_is_array (file, kids) && i < qpdf_oh_get_array_n_items (file, kids); i++)
    collect_alternatives (file, qpdf_oh_get_array_item (file, kids, i), texts);
}

static void
each_code_has_words (void **state)
{
  (void) state;
  for (gsize i = 0; i < SAMPLE_N_PAPERS * SAMPLE_N_MEDIA; i++) {
    const SamplePaper *paper = &sample_papers[i / SAMPLE_N_MEDIA];
    g_autoptr (GBytes) pdf = finish (paper, sample_media[i % SAMPLE_N_MEDIA], 100);
    g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
    qpdf_data file = open_file (pdf);

    collect_alternatives (file, qpdf_oh_get_key (file, qpdf_get_root (file), "/StructTreeRoot"), texts);
    qpdf_cleanup (&file);
    for (guint k = 0; k < texts->len; k++)
      assert_string_equal (texts->pdata[k], paper->codes[k] != NULL ? paper->codes[k] : "(one more)");
    assert_null (paper->codes[texts->len]);
  }
}

static void
the_file_says_title_and_language_and_that_it_is_tagged (void **state)
{
  static const char *const argv[] = { "pdfinfo", "-", NULL };

  (void) state;
  for (gsize i = 0; i < SAMPLE_N_PAPERS * SAMPLE_N_MEDIA; i++) {
    const SamplePaper *paper = &sample_papers[i / SAMPLE_N_MEDIA];
    g_autoptr (GBytes) pdf = finish (paper, sample_media[i % SAMPLE_N_MEDIA], 100);
    g_autofree char *info = sample_run_text (argv, pdf);
    g_autofree char *title = g_strdup_printf ("Title:           %s\n", paper->title);
    qpdf_data file = open_file (pdf);
    qpdf_oh root = qpdf_get_root (file);
    qpdf_oh preferences = qpdf_oh_get_key (file, root, "/ViewerPreferences");

    assert_non_null (strstr (info, title));
    assert_non_null (strstr (info, "Tagged:          yes\n"));
    assert_null (strstr (info, "Keywords"));
    assert_string_equal (qpdf_oh_get_utf8_value (file, qpdf_oh_get_key (file, root, "/Lang")), "fr");
    assert_true (qpdf_oh_get_bool_value (file, qpdf_oh_get_key (file, preferences, "/DisplayDocTitle")));
    qpdf_cleanup (&file);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_paper_is_one_document_with_one_title),
    cmocka_unit_test (a_label_and_its_value_are_one_item),
    cmocka_unit_test (the_receipt_reads_from_its_title_to_its_last_line),
    cmocka_unit_test (what_stands_at_the_foot_of_a_sheet_is_not_read),
    cmocka_unit_test (each_code_has_words),
    cmocka_unit_test (the_file_says_title_and_language_and_that_it_is_tagged),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
