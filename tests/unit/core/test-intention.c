/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/intention.h"

static void
only_the_citizen_binds_the_citizen (void **state)
{
  const PvIntentionKind binding[] = { PV_DO_SEND,    PV_DO_PRINT, PV_DO_SHOW_QR, PV_DO_CONTINUE_ON_PHONE,
                                      PV_DO_FINISH,  PV_DO_QUIT,  PV_DO_KEEP,    PV_DO_ERASE,
                                      PV_DO_ANOTHER, PV_DO_START, PV_DO_NO_PAPER };
  const PvIntentionKind helping[] = { PV_DO_NEXT, PV_DO_BACK, PV_DO_TYPE, PV_DO_CHOOSE, PV_DO_EDIT };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (binding); i++) {
    PvIntention intention = { binding[i], PV_ACTOR_MEDIATOR, NULL, NULL };

    assert_false (pv_intention_is_allowed (&intention));
    intention.actor = PV_ACTOR_CITIZEN;
    assert_true (pv_intention_is_allowed (&intention));
  }
  for (guint i = 0; i < G_N_ELEMENTS (helping); i++) {
    PvIntention intention = { helping[i], PV_ACTOR_MEDIATOR, NULL, NULL };

    assert_true (pv_intention_is_allowed (&intention));
  }
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
    cmocka_unit_test (only_the_citizen_binds_the_citizen),
    cmocka_unit_test (an_unknown_intention_is_nobodys),
    cmocka_unit_test (every_intention_has_a_name_of_its_own),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
