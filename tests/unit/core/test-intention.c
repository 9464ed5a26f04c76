/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/intention.h"

/* A white list: what is added later is the citizen's until somebody decides otherwise, here as well. */
static void
a_mediator_may_turn_pages_answer_and_nothing_else (void **state)
{
  const PvIntentionKind helping[] = { PV_DO_NEXT,   PV_DO_BACK,      PV_DO_NEXT_PAGE,  PV_DO_PREVIOUS_PAGE,
                                      PV_DO_TYPE,   PV_DO_TYPE_PART, PV_DO_CHOOSE,     PV_DO_TOGGLE,
                                      PV_DO_SEARCH, PV_DO_LISTEN,    PV_DO_CHOOSE_DAY, PV_DO_JUMP };
  guint n_allowed = 0;

  (void) state;
  for (guint kind = PV_DO_NOTHING + 1; kind < PV_N_INTENTIONS; kind++) {
    PvIntention intention = { kind, PV_ACTOR_MEDIATOR, NULL, NULL };
    gboolean is_helping = FALSE;

    for (guint i = 0; i < G_N_ELEMENTS (helping); i++)
      is_helping |= helping[i] == kind;
    if (pv_intention_is_allowed (&intention) != is_helping)
      fail_msg ("a mediator, %s", pv_intention_kind_name (kind));
    n_allowed += is_helping ? 1 : 0;
    intention.actor = PV_ACTOR_CITIZEN;
    assert_true (pv_intention_is_allowed (&intention));
  }
  assert_int_equal (n_allowed, G_N_ELEMENTS (helping));
}

static void
an_unknown_intention_is_nobodys (void **state)
{
  PvIntention nothing = { PV_DO_NOTHING, PV_ACTOR_CITIZEN, NULL, NULL };
  PvIntention beyond = { PV_N_INTENTIONS, PV_ACTOR_CITIZEN, NULL, NULL };

  (void) state;
  assert_false (pv_intention_is_allowed (&nothing));
  assert_false (pv_intention_is_allowed (&beyond));
}

static void
every_intention_has_a_name_of_its_own (void **state)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  (void) state;
  for (guint kind = 0; kind < PV_N_INTENTIONS; kind++) {
    assert_non_null (pv_intention_kind_name (kind));
    assert_true (g_hash_table_add (names, (gpointer) pv_intention_kind_name (kind)));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_mediator_may_turn_pages_answer_and_nothing_else),
    cmocka_unit_test (an_unknown_intention_is_nobodys),
    cmocka_unit_test (every_intention_has_a_name_of_its_own),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
