/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/document.h"

static void
a_size_is_read_in_three_digits_and_never_smaller_than_it_is (void **state)
{
  static const struct {
    guint64 n_bytes;
    const char *text;
  } sizes[] = {
    { 0, "1 kB" },         { 1, "1 kB" },         { 1000, "1 kB" },        { 1001, "2 kB" },
    { 339400, "340 kB" },  { 999000, "999 kB" },  { 999001, "1.0 MB" },    { 1000000, "1.0 MB" },
    { 1000001, "1.1 MB" }, { 1200000, "1.2 MB" }, { 10000000, "10.0 MB" }, { 48000000, "48.0 MB" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *text = pv_document_size (sizes[i].n_bytes);

    assert_string_equal (text, sizes[i].text);
  }
}

static void
pages_are_told_where_they_are_known (void **state)
{
  g_autofree char *none = pv_document_display (0, 340000), *one = pv_document_display (1, 340000);
  g_autofree char *two = pv_document_display (2, 340000);

  (void) state;
  assert_string_equal (none, "340 kB");
  assert_string_equal (one, "1 page, 340 kB");
  assert_string_equal (two, "2 pages, 340 kB");
}

/* FIPS 180-2, B.1 */
static void
a_digest_is_the_beginning_of_its_sha_256 (void **state)
{
  g_autoptr (GBytes) content = g_bytes_new_static ("abc", 3);
  g_autofree char *digest = pv_document_digest (content);

  (void) state;
  assert_string_equal (digest, "ba78 16bf 8f01 cfea");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_size_is_read_in_three_digits_and_never_smaller_than_it_is),
    cmocka_unit_test (pages_are_told_where_they_are_known),
    cmocka_unit_test (a_digest_is_the_beginning_of_its_sha_256),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
