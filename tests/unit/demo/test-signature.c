/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "demo/signature.h"
#include "signer.h"

/* 2026-11-23T21:00:00Z, the moment of the published test vectors; their key is "1234". */
#define NOW_US (G_GINT64_CONSTANT (1795467600) * G_USEC_PER_SEC)
#define QUERY_A                                                                                                        \
  "orig=coucou&NameID=abc&algo=sha256&timestamp=2026-11-23T21%3A00%3A00Z&nonce=0123456789abcdef0123456789abcdef"
#define SIGNATURE_A "&signature=sWP28hcfsGR0sMTV2w2w5tmlDRM2lX1lyZrwhJNydcs%3D"
#define QUERY_B     "orig=coucou&algo=sha256&timestamp=2026-11-23T21%3A00%3A00Z&nonce=00000000000000000000000000000001"
#define SIGNATURE_B "&signature=FWLsSXaHtfqe6k91UvjMlIhRKp2Oz%2Bcnt50XEW2zAWE%3D"

static int
set_up (void **state)
{
  PvDemoSignatures *signatures = pv_demo_signatures_new ();

  pv_demo_signatures_add (signatures, "coucou", "1234", NULL);
  pv_demo_signatures_add (signatures, "borne", "cle:borne", "bornes");
  *state = signatures;
  return 0;
}

static int
tear_down (void **state)
{
  pv_demo_signatures_free (*state);
  return 0;
}

static char *
check (PvDemoSignatures *signatures, const char *query, gint64 now_us)
{
  g_autoptr (GError) error = NULL;
  const PvDemoAccess *access = pv_demo_signatures_check (signatures, query, now_us, &error);

  return g_strdup (access != NULL ? access->id : error->message);
}

static void
accepts_the_published_vectors (void **state)
{
  g_autofree char *first = check (*state, QUERY_A SIGNATURE_A, NOW_US);
  g_autofree char *second = check (*state, QUERY_B SIGNATURE_B, NOW_US + 30 * G_USEC_PER_SEC);

  assert_string_equal (first, "coucou");
  assert_string_equal (second, "coucou");
}

static void
refuses_with_the_words_of_the_portal (void **state)
{
  static const struct {
    const char *query, *answer;
  } rows[] = {
    { NULL, "Unsigned API call." },
    { "", "Unsigned API call." },
    { QUERY_A, "Unsigned API call." },
    { QUERY_A SIGNATURE_A SIGNATURE_A, "Unsigned API call." },
    { "algo=sha256&signature=AAAA", "Missing/multiple orig field." },
    { "orig=a&orig=b&algo=sha256&signature=AAAA", "Missing/multiple orig field." },
    { "orig=nobody&algo=sha256&signature=AAAA", "Invalid orig." },
    { "orig=coucou&signature=AAAA", "Missing/multiple algo field." },
    { "orig=coucou&algo=crc32&signature=AAAA", "Invalid algo." },
    { QUERY_A SIGNATURE_B, "Invalid signature." },
    { "NameID=xyz&" QUERY_A SIGNATURE_A, "Invalid signature." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *answer = check (*state, rows[i].query, NOW_US);

    assert_string_equal (answer, rows[i].answer);
  }
}

static void
checks_the_timestamp (void **state)
{
  static const struct {
    const char *query, *answer;
  } rows[] = {
    { "orig=coucou&algo=sha256", "Missing/multiple timestamp field." },
    { "orig=coucou&algo=sha256&timestamp=2026-11-23",
      "Invalid timestamp field; must be of the form YYYY-MM-DDTHH:MM:SSZ." },
    { "orig=coucou&algo=sha256&timestamp=2026-11-23T20:59:29Z",
      "timestamp is more than 30 seconds in the past: 0:00:31" },
    { "orig=coucou&algo=sha256&timestamp=2026-11-23T22:01:05Z",
      "timestamp is more than 30 seconds in the future: 1:01:05" },
    { "orig=coucou&algo=sha256&timestamp=2026-11-23T20:59:30Z", "coucou" },
    { "orig=coucou&algo=sha256&timestamp=2026-11-23T21:00:30Z", "coucou" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *query = signer_sign (rows[i].query);
    g_autofree char *answer = check (*state, query, NOW_US);

    assert_string_equal (answer, rows[i].answer);
  }
}

static void
refuses_a_nonce_twice_until_it_is_forgotten (void **state)
{
  g_autofree char *later = signer_sign ("orig=coucou&algo=sha256&timestamp=2026-11-23T21:00:31Z&nonce=N1");
  g_autofree char *now = signer_sign ("orig=coucou&algo=sha256&timestamp=2026-11-23T21:00:00Z&nonce=N1");
  g_autofree char *first = check (*state, now, NOW_US);
  g_autofree char *second = check (*state, now, NOW_US + 1);
  g_autofree char *third = check (*state, later, NOW_US + 31 * G_USEC_PER_SEC);

  assert_string_equal (first, "coucou");
  assert_string_equal (second, "Nonce already used.");
  assert_string_equal (third, "coucou");
}

static void
does_not_remember_the_nonce_of_a_refused_call (void **state)
{
  g_autofree char *refused = check (*state, QUERY_A SIGNATURE_B, NOW_US);
  g_autofree char *accepted = check (*state, QUERY_A SIGNATURE_A, NOW_US);

  assert_string_equal (refused, "Invalid signature.");
  assert_string_equal (accepted, "coucou");
}

static void
accepts_basic_with_the_right_key_only (void **state)
{
  static const struct {
    const char *pair;
    gboolean is_right;
  } rows[] = { { "borne:cle:borne", TRUE }, { "borne:cle", FALSE }, { "nobody:x", FALSE }, { "borne", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *base64 = g_base64_encode ((const guchar *) rows[i].pair, strlen (rows[i].pair));
    g_autofree char *header = g_strconcat ("Basic ", base64, NULL);
    const PvDemoAccess *access = pv_demo_signatures_check_basic (*state, header);

    assert_int_equal (access != NULL, rows[i].is_right);
  }
  assert_null (pv_demo_signatures_check_basic (*state, NULL));
  assert_null (pv_demo_signatures_check_basic (*state, "Bearer abc"));
}

static void
reads_a_parameter_that_occurs_once (void **state)
{
  static const struct {
    const char *query, *value;
  } rows[] = {
    { "a=1", "1" },        { "b=2&a=x%20y+z", "x y z" },
    { "aa=1&ba=2", NULL }, { "a=1&a=2", NULL },
    { "a=%FF", NULL },     { "a=%00", NULL },
    { "a=%", NULL },       { "a=", "" },
    { NULL, NULL },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *value = pv_demo_query_get (rows[i].query, "a");

    assert_int_equal (g_strcmp0 (value, rows[i].value), 0);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (accepts_the_published_vectors, set_up, tear_down),
    cmocka_unit_test_setup_teardown (refuses_with_the_words_of_the_portal, set_up, tear_down),
    cmocka_unit_test_setup_teardown (checks_the_timestamp, set_up, tear_down),
    cmocka_unit_test_setup_teardown (refuses_a_nonce_twice_until_it_is_forgotten, set_up, tear_down),
    cmocka_unit_test_setup_teardown (does_not_remember_the_nonce_of_a_refused_call, set_up, tear_down),
    cmocka_unit_test_setup_teardown (accepts_basic_with_the_right_key_only, set_up, tear_down),
    cmocka_unit_test (reads_a_parameter_that_occurs_once),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
