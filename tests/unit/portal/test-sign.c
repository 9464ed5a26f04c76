/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/sign.h"

#include <string.h>

#include "tst.h"

/* 2026-11-23T21:00:00Z */
#define NOW_US (G_GINT64_CONSTANT (1795467600) * G_USEC_PER_SEC)

/* Computed with HMAC-SHA-256 and the key "1234" by another implementation. */
static void
signs_like_the_documented_vectors (void **state)
{
  static const struct {
    const char *query, *nonce, *expected;
  } table[] = {
    { "orig=coucou&NameID=abc", "0123456789abcdef0123456789abcdef",
      "orig=coucou&NameID=abc&algo=sha256&timestamp=2026-11-23T21%3A00%3A00Z"
      "&nonce=0123456789abcdef0123456789abcdef&signature=sWP28hcfsGR0sMTV2w2w5tmlDRM2lX1lyZrwhJNydcs%3D" },
    { "orig=coucou", "00000000000000000000000000000001",
      "orig=coucou&algo=sha256&timestamp=2026-11-23T21%3A00%3A00Z"
      "&nonce=00000000000000000000000000000001&signature=FWLsSXaHtfqe6k91UvjMlIhRKp2Oz%2Bcnt50XEW2zAWE%3D" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *query = pv_publik_sign_query (table[i].query, "1234", NOW_US, table[i].nonce);

    assert_string_equal (query, table[i].expected);
  }
}

static void
signature_changes_with_key_time_and_query (void **state)
{
  g_autofree char *base = pv_publik_sign_query ("orig=a", "key", NOW_US, "n");
  g_autofree char *key = pv_publik_sign_query ("orig=a", "kez", NOW_US, "n");
  g_autofree char *time = pv_publik_sign_query ("orig=a", "key", NOW_US + G_USEC_PER_SEC, "n");
  g_autofree char *query = pv_publik_sign_query ("orig=b", "key", NOW_US, "n");
  const char *signature = strstr (base, "&signature=");

  (void) state;
  assert_non_null (signature);
  assert_string_not_equal (signature, strstr (key, "&signature="));
  assert_string_not_equal (signature, strstr (time, "&signature="));
  assert_string_not_equal (signature, strstr (query, "&signature="));
}

static void
nonce_is_hexadecimal_and_never_the_same (void **state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  (void) state;
  for (guint i = 0; i < 200; i++) {
    char *nonce = pv_publik_new_nonce ();

    assert_int_equal (strlen (nonce), 2 * PV_PUBLIK_NONCE_BYTES);
    assert_int_equal (strspn (nonce, "0123456789abcdef"), strlen (nonce));
    assert_true (g_hash_table_add (seen, nonce));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (signs_like_the_documented_vectors),
    cmocka_unit_test (signature_changes_with_key_time_and_query),
    cmocka_unit_test (nonce_is_hexadecimal_and_never_the_same),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
