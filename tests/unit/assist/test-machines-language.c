/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In which language the mirror is wanted, as two machines say it. What the session makes of it: core/journey-shared.c. */

#include "pair.h"

static void
assert_same (Pair *pair)
{
  const PvMirror *mirror = pv_assist_mediator_get_mirror (pair->mediator);
  guint64 hash;

  assert_non_null (mirror);
  assert_int_equal (pv_assist_kiosk_get_revision (pair->kiosk, &hash),
                    pv_assist_mediator_get_revision (pair->mediator));
  assert_true (pv_mirror_hash (mirror) == hash);
}

static void
the_mediator_says_her_language_and_nonsense_is_none (void **state)
{
  static const struct {
    const char *said, *told;
  } rows[] = { { NULL, ";" },           { "fr", "fr;" },          { "pt_BR", "pt_BR;" }, { "fr@facile", "fr@facile;" },
               { "../../etc/uk", ";" }, { "fr.UTF-8:uk:ar", ";" } };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Pair *pair = pair_new (31 + i);

    pv_assist_mediator_set_language (pair->mediator, rows[i].said);
    pair_begin (pair);
    pair_grant (pair, PV_RIGHT_SHOW);
    pair_pass (pair, 5000);
    assert_string_equal (pair->languages->str, rows[i].told); /* once, however often it is said */
    assert_same (pair);
    pair_free (pair);
  }
}

static void
she_sees_what_the_citizen_reads_and_hers_again_though_words_are_lost (void **state)
{
  Pair *pair = *state;

  pv_assist_mediator_set_language (pair->mediator, "fr");
  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  pair->carry = pair_cut;
  pv_assist_mediator_show_as_read (pair->mediator, TRUE, pair->now);
  pair_deliver (pair);
  assert_string_equal (pair->languages->str, "fr;");
  pair->carry = NULL;
  pair_pass (pair, PV_MEDIATOR_RETRY_MS);
  assert_string_equal (pair->languages->str, "fr;as-read;");
  pv_assist_mediator_show_as_read (pair->mediator, FALSE, pair->now);
  pair_deliver (pair);
  assert_string_equal (pair->languages->str, "fr;as-read;fr;");
  assert_same (pair);
}

static void
a_language_gives_no_right (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pv_assist_mediator_show_as_read (pair->mediator, TRUE, pair->now);
  pair_deliver (pair);
  assert_null (pv_assist_mediator_get_mirror (pair->mediator));
  assert_false (pv_rights_has (pv_assist_kiosk_get_rights (pair->kiosk), PV_RIGHT_SHOW));
}

#define TEST(function) cmocka_unit_test_setup_teardown (function, pair_set_up, pair_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_mediator_says_her_language_and_nonsense_is_none),
    TEST (she_sees_what_the_citizen_reads_and_hers_again_though_words_are_lost),
    TEST (a_language_gives_no_right),
  };

  tst_init ();
  g_assert (pv_assist_init ());
  return cmocka_run_group_tests (tests, NULL, NULL);
}
