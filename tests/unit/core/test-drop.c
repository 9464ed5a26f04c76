/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/drop.h"

#include <string.h>

#include "core/wipe.h"
#include "tst.h"

#define ID "00112233445566778899aabbccddeeff"

static void
an_id_is_thirty_two_small_hexadecimal_digits (void **state)
{
  static const struct {
    const char *id;
    gboolean is_valid;
  } table[] = {
    { ID, TRUE },
    { "", FALSE },
    { NULL, FALSE },
    { "00112233445566778899aabbccddeef", FALSE },
    { ID "0", FALSE },
    { "00112233445566778899AABBCCDDEEFF", FALSE },
    { "0011223344556677/../aabbccddeeff", FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    assert_int_equal (pv_drop_id_is_valid (table[i].id), table[i].is_valid);
}

static void
the_address_has_everything_behind_the_sign_that_is_not_sent (void **state)
{
  static const char *const pdf[] = { "application/pdf", NULL }, *const png[] = { "image/png", NULL };
  static const struct {
    const char *const *types;
    guint64 max_bytes;
    const char *end;
  } table[] = {
    { NULL, G_MAXUINT64, "16777216.pdf-jpeg-png" },
    { NULL, 2000000, "2000000.pdf-jpeg-png" },
    /* The kiosk puts pictures into it. */
    { pdf, 300000, "300000.pdf-jpeg-png" },
    { png, 5000000, "5000000.jpeg-png" },
  };
  guint8 key[PV_DROP_KEY_BYTES];

  (void) state;
  memset (key, 0xfb, sizeof key);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PvCaptureRules) rules = pv_capture_rules_new ("11");
    g_autofree char *expected = g_strconcat (
      "https://relais.example/d#v1." ID ".-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s.", table[i].end, NULL);
    g_autoptr (PvSecretStr) url = NULL;

    rules->mime_types = g_strdupv ((char **) table[i].types);
    rules->max_bytes = table[i].max_bytes;
    url = pv_drop_make_url ("https://relais.example/d", ID, key, rules);
    assert_string_equal (url, expected);
  }
}

static void
sizes_are_told_by_steps (void **state)
{
  static const gsize table[][2] = {
    { 1, 65536 },
    { 65530, 65536 },
    { 65531, 131072 },
    { PV_DROP_MAX_BYTES, PV_DROP_MAX_PLAIN_BYTES },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    assert_int_equal (pv_drop_get_plain_size (table[i][0]), table[i][1]);
}

/* Every byte of the header, and what surrounds it. */
static void
only_what_was_agreed_has_a_content (void **state)
{
  static const struct {
    gsize size, at;
    guint8 value;
    gboolean is_right;
  } table[] = {
    { 65536, 0, 1, TRUE },      { 65536, 0, 0, FALSE }, /* version */
    { 65536, 0, 2, FALSE },     { 65536, 1, 0, FALSE }, /* type */
    { 65536, 1, 2, TRUE },      { 65536, 1, 3, TRUE },  { 65536, 1, 4, FALSE },
    { 65536, 2, 1, FALSE },     /* length: over the limit */
    { 65536, 3, 1, FALSE },     /* more than there is */
    { 65536, 5, 0, FALSE },     /* nothing */
    { 65536, 5, 9, TRUE },      /* shorter, by a zero of its own */
    { 65536, 5, 1, FALSE },     /* shorter: then the rest is no zeros */
    { 65536, 65535, 1, FALSE }, /* zeros that are none */
    { 131072, 0, 1, FALSE },    /* more zeros than that */
    { 65535, 0, 1, FALSE },     /* fewer */
    { 5, 0, 1, FALSE },         { 0, 0, 1, FALSE },     { PV_DROP_MAX_PLAIN_BYTES + 65536, 0, 1, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree guint8 *plain = g_malloc0 (MAX (table[i].size, 65536));
    PvDropType type;
    gsize offset, size;
    gboolean is_right;

    plain[0] = 1;
    plain[1] = PV_DROP_PDF;
    plain[5] = 10;
    memcpy (plain + PV_DROP_HEADER_BYTES, "%PDF-1.4\n", 10); /* its last byte is the text's own zero */
    plain[table[i].at] = table[i].value;
    is_right = pv_drop_find_content (plain, table[i].size, &type, &offset, &size);
    if (is_right != table[i].is_right)
      print_error ("row %zu\n", i);
    assert_int_equal (is_right, table[i].is_right);
    if (!is_right)
      continue;
    assert_int_equal (offset, PV_DROP_HEADER_BYTES);
    assert_int_equal (size, plain[5]);
    assert_int_equal (type, plain[1]);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_id_is_thirty_two_small_hexadecimal_digits),
    cmocka_unit_test (the_address_has_everything_behind_the_sign_that_is_not_sent),
    cmocka_unit_test (sizes_are_told_by_steps),
    cmocka_unit_test (only_what_was_agreed_has_a_content),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
