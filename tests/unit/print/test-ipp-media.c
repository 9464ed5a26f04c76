/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/ipp-media.h"

#include "tst.h"

static const PvIppSize receipt_printer[] = { { 8000, 8000, 29700, 29700 },
                                             { 7900, 8100, 5000, 60000 },
                                             { 5800, 5800, 5000, 60000 } };
static const PvIppSize exact_roll[] = { { 7950, 7950, 2540, 40000 } };
static const PvIppSize office_printer[] = { { 21590, 21590, 27940, 27940 },
                                            { 21000, 21000, 29700, 29700 },
                                            { 14800, 14800, 21000, 21000 } };
static const PvIppSize fixed_sheets[] = { { 8000, 8000, 10000, 10000 }, { 8000, 8000, 20000, 20000 } };

typedef struct {
  const PvIppSize *sizes;
  guint n_sizes;
  int x, y;
  gboolean can_be_longer, is_found;
  int chosen_x, chosen_y;
} Row;

static void
finds_the_paper_that_fits (void **state)
{
  static const Row rows[] = {
    { receipt_printer, 3, 8000, 14300, TRUE, TRUE, 8000, 14300 },
    { receipt_printer, 3, 8000, 29700, TRUE, TRUE, 8000, 29700 },
    { receipt_printer, 3, 8000, 60000, TRUE, TRUE, 8000, 60000 },
    { receipt_printer, 3, 8000, 60050, TRUE, TRUE, 8000, 60000 }, /* half a millimetre is no cut */
    { receipt_printer, 3, 8000, 64800, TRUE, FALSE, 0, 0 },
    { receipt_printer, 3, 8000, 4000, TRUE, TRUE, 8000, 5000 }, /* shortest sheet */
    { receipt_printer, 3, 21000, 29700, FALSE, FALSE, 0, 0 },
    { exact_roll, 1, 8000, 14300, TRUE, TRUE, 7950, 14300 },
    { exact_roll, 1, 8000, 45000, TRUE, FALSE, 0, 0 },
    { office_printer, 3, 21000, 29700, FALSE, TRUE, 21000, 29700 },
    { office_printer, 3, 8000, 14300, TRUE, FALSE, 0, 0 },
    { fixed_sheets, 2, 8000, 14300, TRUE, TRUE, 8000, 20000 },
    { fixed_sheets, 2, 8000, 14300, FALSE, FALSE, 0, 0 },
    { NULL, 0, 8000, 14300, TRUE, TRUE, 8000, 14300 }, /* it tells nothing: ask */
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (PvIppSize));
    PvIppSize size;
    int x = 0, y = 0;
    gboolean is_found;

    if (rows[i].n_sizes > 0)
      g_array_append_vals (sizes, rows[i].sizes, rows[i].n_sizes);
    is_found = pv_ipp_media_choose (sizes, rows[i].x, rows[i].y, rows[i].can_be_longer, &size, &x, &y);
    if (is_found != rows[i].is_found || x != rows[i].chosen_x || y != rows[i].chosen_y)
      fail_msg ("row %u: %d, %d x %d", (guint) i, is_found, x, y);
  }
}

static void
reads_fixed_sizes_and_ranges_and_skips_nonsense (void **state)
{
  ipp_t *attributes = ippNew ();
  ipp_t *collections[4] = { ippNew (), ippNew (), ippNew (), ippNew () };
  g_autoptr (GArray) sizes = NULL;
  const PvIppSize *size;

  (void) state;
  ippAddInteger (collections[0], IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", 8000);
  ippAddInteger (collections[0], IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", 29700);
  ippAddInteger (collections[1], IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", 8000);
  ippAddRange (collections[1], IPP_TAG_ZERO, "y-dimension", 5000, 60000);
  ippAddInteger (collections[2], IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", -1);
  ippAddInteger (collections[2], IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", 5);
  ippAddInteger (collections[3], IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", 8000);
  ippAddCollections (attributes, IPP_TAG_PRINTER, "media-size-supported", 4, (const ipp_t **) collections);
  sizes = pv_ipp_media_list_sizes (attributes);
  assert_int_equal (sizes->len, 2);
  size = &g_array_index (sizes, PvIppSize, 1);
  assert_int_equal (size->min_x, 8000);
  assert_int_equal (size->max_x, 8000);
  assert_int_equal (size->min_y, 5000);
  assert_int_equal (size->max_y, 60000);
  for (gsize i = 0; i < G_N_ELEMENTS (collections); i++)
    ippDelete (collections[i]);
  ippDelete (attributes);
}

static void
add_size (ipp_t *attributes, int x, int min_y, int max_y)
{
  ipp_t *size = ippNew ();

  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", x);
  ippAddRange (size, IPP_TAG_ZERO, "y-dimension", min_y, max_y);
  ippAddCollection (attributes, IPP_TAG_PRINTER, "media-size-supported", size);
  ippDelete (size);
}

/* What is asked for a receipt of 143 mm, as a text; or NULL and *ret_error. */
static char *
ask_for (ipp_t *attributes, PvPrintMedia media, double width, gboolean is_queue, GError **error)
{
  ipp_t *job = ippNew ();
  const PvPdfSize size = { .n_pages = 1, .width_mm = width, .height_mm = 143 };
  ipp_attribute_t *attribute;
  char text[512] = "";

  if (pv_ipp_media_add (job, attributes, &size, media, is_queue, error)) {
    attribute = ippFindAttribute (job, "media", IPP_TAG_KEYWORD);
    if (attribute == NULL)
      attribute = ippFindAttribute (job, "media-col", IPP_TAG_BEGIN_COLLECTION);
    ippAttributeString (attribute, text, sizeof text);
    assert_int_equal (ippGetCount (attribute), 1);
  }
  ippDelete (job);
  return *text != '\0' ? g_strdup (text) : NULL;
}

static void
asks_for_the_very_size_and_the_least_margins (void **state)
{
  static const struct {
    PvPrintMedia media;
    double width;
    int x, side;
    const char *direct;
  } rows[] = {
    { PV_PRINT_MEDIA_ROLL_58MM, 58, 5800, 500,
      "{media-size={x-dimension=5800 y-dimension=14300} media-bottom-margin=0 media-left-margin=500 "
      "media-right-margin=500 media-top-margin=0}" },
    { PV_PRINT_MEDIA_ROLL_80MM, 80, 8000, 0,
      "{media-size={x-dimension=8000 y-dimension=14300} media-bottom-margin=0 media-left-margin=0 "
      "media-right-margin=0 media-top-margin=0}" },
    { PV_PRINT_MEDIA_ROLL_112MM, 112, 11150, 423,
      "{media-size={x-dimension=11150 y-dimension=14300} media-bottom-margin=0 media-left-margin=423 "
      "media-right-margin=423 media-top-margin=0}" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    ipp_t *attributes = ippNew ();
    g_autofree char *asked = NULL;

    add_size (attributes, rows[i].x, 5000, 60000);
    ippAddInteger (attributes, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "media-left-margin-supported", rows[i].side);
    ippAddInteger (attributes, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "media-right-margin-supported", rows[i].side);
    asked = ask_for (attributes, rows[i].media, rows[i].width, FALSE, NULL);
    assert_string_equal (asked, rows[i].direct);
    ippDelete (attributes);
  }
}

/* Each is cut or scaled by a printer that is not asked first. */
static void
refuses_what_the_printer_would_cut (void **state)
{
  static const struct {
    PvPrintMedia media;
    double width;
    int x, min_y, max_y, side;
  } rows[] = {
    { PV_PRINT_MEDIA_ROLL_80MM, 80, 5800, 5000, 60000, 0 },   /* another roll */
    { PV_PRINT_MEDIA_ROLL_80MM, 80, 8000, 5000, 14000, 0 },   /* too short */
    { PV_PRINT_MEDIA_ROLL_80MM, 80, 8000, 5000, 60000, 500 }, /* a narrower head */
    { PV_PRINT_MEDIA_A5, 148, 21000, 29700, 29700, 0 },       /* no such sheets */
    { PV_PRINT_MEDIA_A5, 216, 14800, 21000, 21000, 0 },       /* a page that is larger than the sheet */
    { PV_PRINT_MEDIA_ROLL_58MM, 80, 8000, 5000, 60000, 0 },   /* laid out for another roll */
  };

  (void) state;
  for (gsize i = 0; i < 2 * G_N_ELEMENTS (rows); i++) {
    ipp_t *attributes = ippNew ();
    g_autoptr (GError) error = NULL;
    g_autofree char *asked = NULL;

    add_size (attributes, rows[i / 2].x, rows[i / 2].min_y, rows[i / 2].max_y);
    ippAddInteger (attributes, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "media-left-margin-supported", rows[i / 2].side);
    asked = ask_for (attributes, rows[i / 2].media, rows[i / 2].width, i % 2 == 1, &error);
    if (asked != NULL)
      fail_msg ("row %u: %s", (guint) i / 2, asked);
    assert_true (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_MEDIA));
    ippDelete (attributes);
  }
}

static void
tells_the_longest_sheet_of_a_roll_and_which_paper_is_missing (void **state)
{
  ipp_t *attributes = ippNew (), *silent = ippNew ();
  ipp_t *sizes[3] = { ippNew (), ippNew (), ippNew () };
  g_autoptr (GError) error = NULL;
  guint longest = 1;

  (void) state;
  ippAddInteger (sizes[0], IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", 7950);
  ippAddInteger (sizes[0], IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", 29700);
  ippAddInteger (sizes[1], IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", 8000);
  ippAddRange (sizes[1], IPP_TAG_ZERO, "y-dimension", 5000, 35560);
  ippAddInteger (sizes[2], IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", 21000);
  ippAddInteger (sizes[2], IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", 29700);
  ippAddCollections (attributes, IPP_TAG_PRINTER, "media-size-supported", 3, (const ipp_t **) sizes);
  assert_true (pv_ipp_media_read_longest (attributes, PV_PRINT_MEDIA_ROLL_80MM, &longest, NULL));
  assert_int_equal (longest, 355);
  assert_true (pv_ipp_media_read_longest (attributes, PV_PRINT_MEDIA_A4, &longest, NULL));
  assert_int_equal (longest, 297);
  assert_false (pv_ipp_media_read_longest (attributes, PV_PRINT_MEDIA_A5, &longest, &error));
  assert_true (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_MEDIA));
  assert_true (pv_ipp_media_read_longest (silent, PV_PRINT_MEDIA_ROLL_58MM, &longest, NULL));
  assert_int_equal (longest, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    ippDelete (sizes[i]);
  ippDelete (attributes);
  ippDelete (silent);
}

/* CUPS rounds a size down to points: what is asked must become the points that hold the document. */
static void
a_queue_is_asked_for_whole_points (void **state)
{
  ipp_t *attributes = ippNew ();
  ipp_t *size = ippNew ();
  g_autofree char *asked = NULL;

  (void) state;
  ippAddRange (size, IPP_TAG_ZERO, "x-dimension", 7900, 8100);
  ippAddRange (size, IPP_TAG_ZERO, "y-dimension", 5000, 60000);
  ippAddCollection (attributes, IPP_TAG_PRINTER, "media-size-supported", size);
  asked = ask_for (attributes, PV_PRINT_MEDIA_ROLL_80MM, 80, TRUE, NULL);
  assert_string_equal (asked, "custom_80.09x143.23mm_80.09x143.23mm");
  for (int points = 100; points < 1800; points++) {
    int length = pv_ipp_media_to_whole_points (points * 2540 / 72, 2000, 70000);

    assert_int_equal (length * 72 / 2540, points);
  }
  /* At the end of the range, the points below. */
  assert_in_range (pv_ipp_media_to_whole_points (60000, 5000, 60000), 59965, 60000);
  assert_in_range (pv_ipp_media_to_whole_points (5000, 5000, 60000), 5000, 5036);
  ippDelete (size);
  ippDelete (attributes);
}

static void
scaling_is_switched_off_where_it_is_known (void **state)
{
  static const struct {
    const char *known;
    gboolean is_sent;
  } rows[] = { { NULL, TRUE }, { "none", TRUE }, { "fit", FALSE } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const PvPdfSize size = { .n_pages = 1, .width_mm = 80, .height_mm = 143 };
    ipp_t *attributes = ippNew (), *job = ippNew ();
    ipp_attribute_t *scaling;

    if (rows[i].known != NULL)
      ippAddString (attributes, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "print-scaling-supported", NULL, rows[i].known);
    assert_true (pv_ipp_media_add (job, attributes, &size, PV_PRINT_MEDIA_ROLL_80MM, FALSE, NULL));
    scaling = ippFindAttribute (job, "print-scaling", IPP_TAG_KEYWORD);
    assert_int_equal (scaling != NULL, rows[i].is_sent);
    assert_true (scaling == NULL || ippContainsString (scaling, "none"));
    ippDelete (job);
    ippDelete (attributes);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (finds_the_paper_that_fits),
    cmocka_unit_test (reads_fixed_sizes_and_ranges_and_skips_nonsense),
    cmocka_unit_test (asks_for_the_very_size_and_the_least_margins),
    cmocka_unit_test (refuses_what_the_printer_would_cut),
    cmocka_unit_test (tells_the_longest_sheet_of_a_roll_and_which_paper_is_missing),
    cmocka_unit_test (a_queue_is_asked_for_whole_points),
    cmocka_unit_test (scaling_is_switched_off_where_it_is_known),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
