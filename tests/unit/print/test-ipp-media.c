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
    int x = 0, y = 0;
    gboolean is_found;
    if (rows[i].n_sizes > 0)
      g_array_append_vals (sizes, rows[i].sizes, rows[i].n_sizes);
    is_found = pv_ipp_media_choose (sizes, rows[i].x, rows[i].y, rows[i].can_be_longer, &x, &y);
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

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (finds_the_paper_that_fits),
    cmocka_unit_test (reads_fixed_sizes_and_ranges_and_skips_nonsense),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
