/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first-start assistant: each step proved before the next, each gone back from, nothing lost, nothing done twice. */
#include "tst.h"

#include <string.h>

#include "core/setup.h"

typedef struct {
  PvSetup *setup;
} Fixture;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  const PvSetupConfig config = { .can_speak = TRUE, .width_px = 1080, .height_px = 1920, .language = "fr" };

  fixture->setup = pv_setup_new (&config);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_setup_free (fixture->setup);
  g_free (fixture);
  return 0;
}

static void
act (Fixture *fixture, PvIntentionKind kind, const char *target, const char *value)
{
  g_autoptr (PvIntention) intention = pv_intention_new (kind, PV_ACTOR_CITIZEN, target, value);

  pv_setup_handle (fixture->setup, intention);
}

static void
touch (Fixture *fixture, const char *what)
{
  act (fixture, PV_DO_SERVICE, what, NULL);
}

static void
go_on (Fixture *fixture)
{
  act (fixture, PV_DO_NEXT, NULL, NULL);
}

static void
go_back (Fixture *fixture)
{
  act (fixture, PV_DO_BACK, NULL, NULL);
}

static void
type (Fixture *fixture, const char *answer, const char *text)
{
  act (fixture, PV_DO_TYPE, answer, text);
  go_on (fixture);
}

static void
assert_screen (Fixture *fixture, const char *key)
{
  assert_string_equal (pv_setup_get_state (fixture->setup)->key, key);
}

static gboolean
has_primary (Fixture *fixture)
{
  return pv_screen_state_find_action (pv_setup_get_state (fixture->setup), PV_DO_NEXT) != NULL;
}

/* The last effect of a kind, all others dropped; NULL: none. (transfer full) */
static PvSetupEffect *
pop (Fixture *fixture, PvSetupEffectKind kind)
{
  PvSetupEffect *found = NULL, *effect;

  while ((effect = pv_setup_pop_effect (fixture->setup)) != NULL) {
    if (effect->kind == kind) {
      pv_setup_effect_free (found);
      found = effect;
    } else {
      pv_setup_effect_free (effect);
    }
  }
  return found;
}

/* What was asked for, and its answer. */
static void
answer (Fixture *fixture, PvSetupVerb verb, PvSetupReason reason, const char *text)
{
  g_autoptr (PvSetupEffect) effect = pop (fixture, PV_SETUP_ASK);
  const char *const texts[] = { text, NULL };

  assert_non_null (effect);
  assert_int_equal (effect->verb, verb);
  pv_setup_answered (fixture->setup, verb, reason, texts);
}

static void
well (Fixture *fixture, PvSetupVerb verb, const char *text)
{
  answer (fixture, verb, PV_SETUP_BECAUSE_NOTHING, text);
}

static void
to_way (Fixture *fixture)
{
  well (fixture, PV_SETUP_RESUME, NULL);
  go_on (fixture);
  touch (fixture, "automatic");
  well (fixture, PV_SETUP_TRY_NETWORK, "192.168.1.20");
  go_on (fixture);
  assert_screen (fixture, "setup-way");
}

static void
to_commune (Fixture *fixture)
{
  to_way (fixture);
  touch (fixture, "portal");
  type (fixture, "url", "demarches.example");
  type (fixture, "origin", "borne");
  type (fixture, "key", "secret");
  well (fixture, PV_SETUP_TRY_PORTAL, "12");
  go_on (fixture);
  assert_screen (fixture, "setup-commune");
}

static void
to_printer (Fixture *fixture)
{
  to_commune (fixture);
  type (fixture, "commune", "Montclair");
  type (fixture, "place", "");
  type (fixture, "phone", "");
  well (fixture, PV_SETUP_SAY_COMMUNE, NULL);
  assert_screen (fixture, "setup-printer");
}

static void
to_height (Fixture *fixture)
{
  to_printer (fixture);
  touch (fixture, "none");
  well (fixture, PV_SETUP_SAY_PRINTER, NULL);
  assert_screen (fixture, "setup-size");
  go_on (fixture);
  assert_screen (fixture, "setup-height");
}

static void
touch_all (Fixture *fixture)
{
  for (guint i = 1; i <= PV_SETUP_TARGETS; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i);

    act (fixture, PV_DO_CHOOSE, "targets", number);
  }
}

static void
the_whole_way_without_paper_sound_and_reader_ends_in_service (void **state)
{
  Fixture *fixture = *state;

  to_height (fixture);
  type (fixture, "height", "75");
  well (fixture, PV_SETUP_SAY_SCREEN, NULL);
  assert_screen (fixture, "setup-touch");
  touch_all (fixture);
  go_on (fixture);
  touch (fixture, "silent");
  touch (fixture, "without");
  well (fixture, PV_SETUP_SAY_SOUND, NULL);
  assert_screen (fixture, "setup-reader");
  touch (fixture, "without");
  well (fixture, PV_SETUP_SAY_READER, NULL);
  assert_screen (fixture, "setup-check"); /* no paper: no receipt */
  go_on (fixture);
  well (fixture, PV_SETUP_FINISH, NULL);
  assert_screen (fixture, "setup-done");
}

static void
what_is_asked_for_has_what_was_typed (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvSetupEffect) effect = NULL;

  to_way (fixture);
  touch (fixture, "portal");
  type (fixture, "url", " demarches.example/ ");
  type (fixture, "origin", "borne");
  type (fixture, "key", "secret");
  effect = pop (fixture, PV_SETUP_ASK);
  assert_string_equal (effect->line, "portal\turl=https://demarches.example\torigin=borne\tkey=secret\n");
}

/* Nothing leads on while nothing is proved, and what failed can be tried again or gone back from. */
static void
no_network_and_no_portal_lead_nowhere (void **state)
{
  Fixture *fixture = *state;

  well (fixture, PV_SETUP_RESUME, NULL);
  go_on (fixture);
  touch (fixture, "automatic");
  assert_screen (fixture, "setup-try-network");
  assert_false (has_primary (fixture));
  go_on (fixture); /* while it is tried */
  assert_screen (fixture, "setup-try-network");
  answer (fixture, PV_SETUP_TRY_NETWORK, PV_SETUP_BECAUSE_NO_LINK, NULL);
  go_on (fixture);
  assert_screen (fixture, "setup-try-network");
  answer (fixture, PV_SETUP_TRY_NETWORK, PV_SETUP_BECAUSE_NO_LINK, NULL);
  go_back (fixture);
  assert_screen (fixture, "setup-network");
}

static void
a_slip_is_told_and_what_was_typed_stays (void **state)
{
  static const struct {
    const char *answer, *wrong;
  } rows[] = { { "url", "http://elsewhere" }, { "url", "" }, { "url", "a b" } };
  Fixture *fixture = *state;

  to_way (fixture);
  touch (fixture, "portal");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const PvField *field;

    type (fixture, rows[i].answer, rows[i].wrong);
    field = pv_screen_state_find_field (pv_setup_get_state (fixture->setup), rows[i].answer);
    assert_non_null (field->error);
    assert_string_equal (field->value, rows[i].wrong);
  }
}

static void
a_late_answer_changes_nothing (void **state)
{
  Fixture *fixture = *state;
  const char *const texts[] = { "192.168.1.20", NULL };

  well (fixture, PV_SETUP_RESUME, NULL);
  go_on (fixture);
  touch (fixture, "automatic");
  go_back (fixture);
  pv_setup_answered (fixture->setup, PV_SETUP_TRY_NETWORK, PV_SETUP_BECAUSE_NOTHING, texts);
  assert_screen (fixture, "setup-network");
}

/* Until the end every screen has a way back to the first one. */
static void
each_step_can_be_gone_back_from (void **state)
{
  Fixture *fixture = *state;

  to_height (fixture);
  for (guint i = 0; i < 20; i++)
    go_back (fixture);
  assert_screen (fixture, "setup-welcome");
  go_on (fixture);
  assert_screen (fixture, "setup-network");
}

static void
a_screen_out_of_reach_is_refused (void **state)
{
  static const struct {
    const char *cm;
    gboolean is_taken;
  } rows[] = { { "180", FALSE }, { "0", FALSE }, { "", FALSE }, { "5", FALSE }, { "75", TRUE } };
  Fixture *fixture = *state;

  to_height (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvSetupEffect) effect = NULL;

    type (fixture, "height", rows[i].cm);
    effect = pop (fixture, PV_SETUP_ASK);
    assert_int_equal (effect != NULL, rows[i].is_taken);
  }
}

/* 1080 x 1920: 2203 pixels across; a card of 85.6 mm that is 309 pixels wide is on a panel of 24 inches. */
static void
the_diagonal_follows_the_card (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvSetupEffect) effect = NULL;

  to_printer (fixture);
  touch (fixture, "none");
  well (fixture, PV_SETUP_SAY_PRINTER, NULL);
  for (guint i = 0; i < 10; i++) /* 2, 2, 2, 8, 8, 8, then 20 each */
    act (fixture, PV_DO_CHOOSE, "size", "larger");
  act (fixture, PV_DO_CHOOSE, "size", "smaller");
  go_on (fixture);
  type (fixture, "height", "75");
  effect = pop (fixture, PV_SETUP_ASK);
  assert_string_equal (effect->line, "screen\tdiagonal=452\theight=750\n");
}

static void
paper_counts_once_somebody_saw_it (void **state)
{
  Fixture *fixture = *state;
  const char *const found[] = { "ipp://192.168.1.50/ipp/print|Accueil", "no bar", "http://x|Other", NULL };

  to_printer (fixture);
  pv_setup_answered (fixture->setup, PV_SETUP_LIST_PRINTERS, PV_SETUP_BECAUSE_NOTHING, found);
  touch (fixture, "http://x"); /* was not taken into the list */
  assert_screen (fixture, "setup-printer");
  touch (fixture, "ipp://192.168.1.50/ipp/print");
  touch (fixture, "roll-80mm");
  well (fixture, PV_SETUP_PRINT_PAGE, NULL);
  assert_screen (fixture, "setup-page");
  touch (fixture, "no-paper");
  go_on (fixture); /* again */
  well (fixture, PV_SETUP_PRINT_PAGE, NULL);
  go_on (fixture);
  well (fixture, PV_SETUP_SAY_PRINTER, NULL);
  assert_screen (fixture, "setup-size");
}

static void
touch_and_card_need_more_than_patience (void **state)
{
  Fixture *fixture = *state;

  to_height (fixture);
  type (fixture, "height", "75");
  well (fixture, PV_SETUP_SAY_SCREEN, NULL);
  act (fixture, PV_DO_CHOOSE, "targets", "1");
  go_on (fixture);
  assert_screen (fixture, "setup-touch");
  touch_all (fixture);
  go_on (fixture);
  go_on (fixture); /* heard */
  well (fixture, PV_SETUP_SAY_SOUND, NULL);
  pv_setup_card_report (fixture->setup, PV_CARD_WAITING);
  go_on (fixture);
  assert_screen (fixture, "setup-reader");
  assert_null (pop (fixture, PV_SETUP_ASK));
  pv_setup_card_report (fixture->setup, PV_CARD_PLACED);
  pv_setup_card_report (fixture->setup, PV_CARD_WAITING);
  go_on (fixture);
  well (fixture, PV_SETUP_SAY_READER, NULL);
}

/* After a power cut it goes on where it stood, with what was kept. */
static void
what_was_kept_is_not_asked_again (void **state)
{
  static const struct {
    const char *kept[16];
    const char *page;
  } rows[] = {
    { { NULL }, "setup-network" },
    { { "network=automatic", NULL }, "setup-way" },
    { { "network=automatic", "way=portal", "url=https://a", NULL }, "setup-commune" },
    { { "network=automatic", "way=portal", "commune=M", NULL }, "setup-printer" },
    { { "network=automatic", "way=portal", "commune=M", "printer=none", NULL }, "setup-size" },
    { { "network=automatic", "way=portal", "commune=M", "printer=none", "diagonal=610", "height=850", NULL },
      "setup-touch" },
    { { "network=automatic", "way=portal", "commune=M", "printer=none", "diagonal=610", "height=850", "sound=no",
        "reader=no", NULL },
      "setup-check" },
    { { "key=stolen", "nonsense", "network=elsewhere", NULL }, "setup-network" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    void *one = NULL;
    Fixture *fixture;

    set_up (&one);
    fixture = one;
    pv_setup_answered (fixture->setup, PV_SETUP_RESUME, PV_SETUP_BECAUSE_NOTHING, rows[i].kept);
    go_on (fixture);
    assert_screen (fixture, rows[i].page);
    tear_down (&one);
  }
}

static void
nobody_but_who_stands_there_decides (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvIntention) intention = pv_intention_new (PV_DO_NEXT, PV_ACTOR_MEDIATOR, NULL, NULL);

  well (fixture, PV_SETUP_RESUME, NULL);
  pv_setup_handle (fixture->setup, intention);
  assert_screen (fixture, "setup-welcome");
}

/* From a stick: a disk that was listed, confirmed twice, and written to its end. */
static void
a_disk_is_erased_after_two_touches_in_two_places (void **state)
{
  const PvSetupConfig config = { .width_px = 1080, .height_px = 1920, .is_installing = TRUE };
  const char *const disks[] = { "sda|256000000000|A disk|full", "nvme0n1|8000000000||empty", "no disk", NULL };
  Fixture *fixture = *state;
  g_autoptr (PvSetupEffect) effect = NULL;

  pv_setup_free (fixture->setup);
  fixture->setup = pv_setup_new (&config);
  assert_screen (fixture, "install-disk");
  pv_setup_answered (fixture->setup, PV_SETUP_LIST_DISKS, PV_SETUP_BECAUSE_NOTHING, disks);
  touch (fixture, "sdz");
  assert_screen (fixture, "install-disk");
  touch (fixture, "sda");
  assert_screen (fixture, "install-erase");
  touch (fixture, "really-erase");
  go_on (fixture);
  assert_screen (fixture, "install-erase");
  touch (fixture, "erase");
  assert_screen (fixture, "install-sure");
  touch (fixture, "erase");
  assert_screen (fixture, "install-sure");
  go_back (fixture);
  touch (fixture, "erase");
  effect = pop (fixture, PV_SETUP_ASK);
  assert_int_equal (effect->verb, PV_SETUP_LIST_DISKS); /* nothing was written so far */
  touch (fixture, "really-erase");
  assert_screen (fixture, "install-write");
  pv_setup_progress (fixture->setup, PV_SETUP_WRITE_DISK, 42);
  assert_int_equal (pv_screen_state_find_field (pv_setup_get_state (fixture->setup), "writing")->percent, 42);
  go_back (fixture); /* not in the middle */
  assert_screen (fixture, "install-write");
  answer (fixture, PV_SETUP_WRITE_DISK, PV_SETUP_BECAUSE_NOT_WRITTEN, NULL);
  assert_true (has_primary (fixture));
  go_back (fixture);
  assert_screen (fixture, "install-sure");
  touch (fixture, "really-erase");
  well (fixture, PV_SETUP_WRITE_DISK, NULL);
  assert_screen (fixture, "install-unplug");
  go_on (fixture);
  well (fixture, PV_SETUP_RESTART, NULL);
  assert_false (has_primary (fixture));
}

int
main (void)
{
#define CASE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    CASE (the_whole_way_without_paper_sound_and_reader_ends_in_service),
    CASE (what_is_asked_for_has_what_was_typed),
    CASE (no_network_and_no_portal_lead_nowhere),
    CASE (a_slip_is_told_and_what_was_typed_stays),
    CASE (a_late_answer_changes_nothing),
    CASE (each_step_can_be_gone_back_from),
    CASE (a_screen_out_of_reach_is_refused),
    CASE (the_diagonal_follows_the_card),
    CASE (paper_counts_once_somebody_saw_it),
    CASE (touch_and_card_need_more_than_patience),
    CASE (what_was_kept_is_not_asked_again),
    CASE (nobody_but_who_stands_there_decides),
    CASE (a_disk_is_erased_after_two_touches_in_two_places),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
