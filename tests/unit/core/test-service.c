/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The service screen: nothing before the PIN, an end of every wait, and only what its buttons say. */
#include "tst.h"

#include <string.h>

#include "core/service.h"

#define NOW G_GINT64_CONSTANT (1795440720000000) /* 2026-11-23 13:32 UTC, a Monday: 14:32 in Paris */
#define PIN "12345678"

typedef struct {
  PvService *service;
  GTimeZone *zone;
  PvMoment now;
} Fixture;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  const PvServiceConfig config = { .commune = "Ville de Montclair",
                                   .place = "Espace numérique",
                                   .can_speak = TRUE,
                                   .has_printer = TRUE,
                                   .has_reader = TRUE };

  fixture->zone = g_time_zone_new_identifier ("Europe/Paris");
  fixture->now = (PvMoment){ .utc_us = NOW, .monotonic_ms = 1000, .zone = fixture->zone };
  fixture->service = pv_service_new (&config, &fixture->now);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_service_free (fixture->service);
  g_time_zone_unref (fixture->zone);
  g_free (fixture);
  return 0;
}

static void
act_as (Fixture *fixture, PvActor actor, PvIntentionKind kind, const char *target, const char *value)
{
  g_autoptr (PvIntention) intention = pv_intention_new (kind, actor, target, value);

  pv_service_handle (fixture->service, intention, &fixture->now);
}

static void
act (Fixture *fixture, PvIntentionKind kind, const char *target, const char *value)
{
  act_as (fixture, PV_ACTOR_CITIZEN, kind, target, value);
}

static void
touch (Fixture *fixture, const char *what)
{
  act (fixture, PV_DO_SERVICE, what, NULL);
}

static const PvScreenState *
screen (Fixture *fixture)
{
  return pv_service_get_state (fixture->service);
}

static void
assert_screen (Fixture *fixture, const char *key)
{
  assert_string_equal (screen (fixture)->key, key);
}

/* The last effect of a kind, all others dropped; NULL: none. (transfer full) */
static PvServiceEffect *
pop (Fixture *fixture, PvServiceEffectKind kind)
{
  PvServiceEffect *found = NULL, *effect;

  while ((effect = pv_service_pop_effect (fixture->service)) != NULL) {
    if (effect->kind == kind) {
      pv_service_effect_free (found);
      found = effect;
    } else {
      pv_service_effect_free (effect);
    }
  }
  return found;
}

static void
open_with_pin (Fixture *fixture)
{
  g_autoptr (PvServiceEffect) effect = NULL;

  act (fixture, PV_DO_TYPE, "pin", PIN);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  effect = pop (fixture, PV_SERVICE_TRY_PIN);
  assert_non_null (effect);
  pv_service_opened (fixture->service, PV_SERVICE_OPEN, 0, 0, &fixture->now);
}

static GPtrArray *
sample_findings (guint n_wrong)
{
  GPtrArray *findings = g_ptr_array_new ();

  g_ptr_array_add (findings, pv_service_finding_new (PV_SERVICE_WELL, "Screen", "It is lit.", ""));
  for (guint i = 0; i < n_wrong; i++)
    g_ptr_array_add (findings,
                     pv_service_finding_new (PV_SERVICE_WRONG, "Printer", "It has no paper.", "Put some in."));
  return findings;
}

/* What there is to do, of whatever screen, changes nothing and asks for nothing. */
static void
nothing_is_done_before_the_pin_is_right (void **state)
{
  static const char *const deeds[] = { "findings", "paper", "tests", "close", "reopen",  "save", "restart", "confirm",
                                       "print",    "touch", "sound", "card",  "network", "0",    "open" };
  Fixture *fixture = *state;

  for (PvIntentionKind kind = 0; kind < PV_N_INTENTIONS; kind++) {
    if (kind == PV_DO_QUIT || kind == PV_DO_FINISH || kind == PV_DO_LOWER || kind == PV_DO_RAISE
        || kind == PV_DO_LISTEN)
      continue;
    for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++) {
      act (fixture, kind, deeds[i], NULL);
      act (fixture, kind, "deeds", deeds[i]);
    }
    assert_screen (fixture, "service-pin");
    if (pv_service_pop_effect (fixture->service) != NULL)
      fail_msg ("%s asked for something", pv_intention_kind_name (kind));
  }
}

static void
only_eight_digits_are_a_pin (void **state)
{
  static const struct {
    const char *typed;
    gboolean is_tried;
  } rows[] = { { "", FALSE }, { "1234567", FALSE }, { PIN, TRUE }, { "123456789", FALSE }, { "1234567a", FALSE } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    void *own = NULL;
    g_autoptr (PvServiceEffect) effect = NULL;

    set_up (&own);
    act (own, PV_DO_TYPE, "pin", rows[i].typed);
    act (own, PV_DO_NEXT, NULL, NULL);
    effect = pop (own, PV_SERVICE_TRY_PIN);
    assert_int_equal (effect != NULL, rows[i].is_tried);
    if (effect != NULL)
      assert_string_equal (effect->text, PIN);
    tear_down (&own);
  }
}

static void
a_pin_that_was_sent_is_forgotten_and_never_shown (void **state)
{
  Fixture *fixture = *state;
  const PvField *field;

  act (fixture, PV_DO_TYPE, "pin", PIN);
  field = pv_screen_state_find_field (screen (fixture), "pin");
  assert_true (field->is_veiled && field->is_personal);
  assert_int_equal (pv_field_assist_class (field, NULL), PV_ASSIST_HIDDEN);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  pv_service_opened (fixture->service, PV_SERVICE_WRONG_PIN, 4, 0, &fixture->now);
  field = pv_screen_state_find_field (screen (fixture), "pin");
  assert_string_equal (field->value, "");
  assert_non_null (strstr (field->error, "4"));
}

static void
what_is_wrong_with_a_try_is_told (void **state)
{
  static const struct {
    PvServiceVerdict verdict;
    guint tries_left;
    gint64 until_us;
    const char *word;
  } rows[] = {
    { PV_SERVICE_WRONG_PIN, 1, 0, "1 more try" },
    { PV_SERVICE_WRONG_PIN, 0, 0, "wrong" },
    { PV_SERVICE_LOCKED, 0, NOW + 15 * 60 * G_USEC_PER_SEC, "47" },
    { PV_SERVICE_KEY_REFUSED, 0, 0, "key" },
    { PV_SERVICE_AWAY, 0, 0, "answer" },
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const PvField *field;

    act (fixture, PV_DO_TYPE, "pin", PIN);
    act (fixture, PV_DO_NEXT, NULL, NULL);
    pv_service_opened (fixture->service, rows[i].verdict, rows[i].tries_left, rows[i].until_us, &fixture->now);
    assert_screen (fixture, "service-pin");
    field = pv_screen_state_find_field (screen (fixture), "pin");
    assert_non_null (field->error);
    assert_non_null (strstr (field->error, rows[i].word));
  }
}

/* Somebody else's words, late or invented. */
static void
an_answer_that_nobody_asked_for_opens_nothing (void **state)
{
  Fixture *fixture = *state;

  pv_service_opened (fixture->service, PV_SERVICE_OPEN, 0, 0, &fixture->now);
  assert_screen (fixture, "service-pin");
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_TYPE, "pin", PIN);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_NEXT, NULL, NULL);
  assert_null (pv_service_pop_effect (fixture->service));
}

static void
home_says_what_is_wrong_and_what_waits (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvServiceEffect) effect = NULL;

  open_with_pin (fixture);
  assert_screen (fixture, "service-home");
  effect = pop (fixture, PV_SERVICE_LOOK);
  assert_non_null (effect);
  assert_null (effect->text);
  pv_service_found (fixture->service, sample_findings (2), &fixture->now);
  pv_service_counted (fixture->service, 3, &fixture->now);
  assert_non_null (strstr (((PvNotice *) screen (fixture)->notices->pdata[0])->text, "2 things"));
  assert_non_null (strstr (screen (fixture)->help, "3 requests"));
  pv_service_found (fixture->service, NULL, &fixture->now);
  assert_int_equal (((PvNotice *) screen (fixture)->notices->pdata[0])->tone, PV_TONE_WARNING);
}

static void
findings_come_the_worst_first_and_on_pages (void **state)
{
  Fixture *fixture = *state;
  GPtrArray *findings = sample_findings (12);
  guint n_seen = 0;

  g_ptr_array_insert (findings, 0, pv_service_finding_new (PV_SERVICE_NOTICE, "Clock", "It is late.", NULL));
  open_with_pin (fixture);
  pv_service_found (fixture->service, findings, &fixture->now);
  touch (fixture, "findings");
  assert_screen (fixture, "service-findings");
  assert_string_equal (((PvField *) screen (fixture)->fields->pdata[0])->value, "It has no paper.\nPut some in.");
  for (guint pages = 0; n_seen < 13; pages++) {
    assert_true (pages < 13);
    n_seen += screen (fixture)->fields->len;
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  }
  assert_int_equal (n_seen, 13);
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "service-home");
}

static void
changed_paper_is_noted_and_the_printer_looked_at (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvServiceEffect) noted = NULL;
  g_autoptr (PvServiceEffect) asked = NULL;

  open_with_pin (fixture);
  pop (fixture, PV_SERVICE_LEAVE);
  touch (fixture, "paper");
  noted = pv_service_pop_effect (fixture->service);
  assert_int_equal (noted->kind, PV_SERVICE_NOTE_PAPER);
  asked = pv_service_pop_effect (fixture->service);
  assert_int_equal (asked->kind, PV_SERVICE_LOOK);
  assert_string_equal (asked->text, "printer");
  assert_screen (fixture, "service-printer");
  pv_service_found (fixture->service, sample_findings (0), &fixture->now);
  assert_int_equal (screen (fixture)->fields->len, 1); /* that it is well is seen */
  act (fixture, PV_DO_PRINT, NULL, NULL);
  assert_screen (fixture, "service-print");
}

static void
a_test_page_ends_as_the_printer_says (void **state)
{
  static const struct {
    PvPrintState end;
    PvTone tone;
  } rows[] = { { PV_PRINT_DONE, PV_TONE_SUCCESS },
               { PV_PRINT_FAILED, PV_TONE_WARNING },
               { PV_PRINT_UNKNOWN, PV_TONE_WARNING } };
  Fixture *fixture = *state;

  open_with_pin (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    touch (fixture, "tests");
    touch (fixture, "print");
    pv_service_print_state (fixture->service, PV_PRINT_PRINTING, &fixture->now);
    assert_int_equal (screen (fixture)->notices->len, 0);
    pv_service_print_state (fixture->service, rows[i].end, &fixture->now);
    assert_int_equal (((PvNotice *) screen (fixture)->notices->pdata[0])->tone, rows[i].tone);
    act (fixture, PV_DO_BACK, NULL, NULL);
    act (fixture, PV_DO_BACK, NULL, NULL);
  }
}

static void
the_touch_test_ends_when_every_square_answered (void **state)
{
  Fixture *fixture = *state;

  open_with_pin (fixture);
  touch (fixture, "tests");
  touch (fixture, "touch");
  for (guint i = 1; i <= PV_SERVICE_TARGETS; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i);

    assert_int_equal (screen (fixture)->notices->len, 0);
    act (fixture, PV_DO_CHOOSE, "targets", number);
  }
  assert_int_equal (((PvNotice *) screen (fixture)->notices->pdata[0])->tone, PV_TONE_SUCCESS);
}

static void
the_reader_is_watched_only_on_its_screen (void **state)
{
  static const struct {
    PvCardState said;
    PvTone tone;
  } rows[] = { { PV_CARD_WAITING, PV_TONE_INFO },
               { PV_CARD_PLACED, PV_TONE_SUCCESS },
               { PV_CARD_NO_READER, PV_TONE_WARNING } };
  Fixture *fixture = *state;
  g_autoptr (PvServiceEffect) watch = NULL;
  g_autoptr (PvServiceEffect) stop = NULL;

  open_with_pin (fixture);
  touch (fixture, "tests");
  touch (fixture, "card");
  watch = pop (fixture, PV_SERVICE_WATCH_CARD);
  assert_non_null (watch);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    pv_service_card_report (fixture->service, rows[i].said, &fixture->now);
    assert_int_equal (((PvNotice *) screen (fixture)->notices->pdata[0])->tone, rows[i].tone);
  }
  act (fixture, PV_DO_BACK, NULL, NULL);
  stop = pop (fixture, PV_SERVICE_STOP_CARD);
  assert_non_null (stop);
}

static void
the_kiosk_closes_until_a_time_that_is_offered (void **state)
{
  static const struct {
    const char *choice;
    gint64 minutes; /* from 14:32; -1: nothing is asked for; 0: until somebody opens it */
  } rows[] = { { "0", 60 }, { "1", 3 * 60 + 28 }, { "2", 17 * 60 + 28 }, { "3", 7 * 24 * 60 - 6 * 60 - 32 },
               { "4", -1 }, { "open", 0 },        { "-1", -1 },          { "", -1 } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    void *own = NULL;
    g_autoptr (PvServiceEffect) effect = NULL;

    set_up (&own);
    open_with_pin (own);
    touch (own, "close");
    touch (own, rows[i].choice);
    effect = pop (own, PV_SERVICE_CLOSE);
    assert_int_equal (effect != NULL, rows[i].minutes >= 0);
    if (effect != NULL && rows[i].minutes > 0)
      assert_int_equal ((effect->until_us - NOW) / 60 / G_USEC_PER_SEC, rows[i].minutes);
    else if (effect != NULL)
      assert_int_equal (effect->until_us, 0);
    tear_down (&own);
  }
}

static void
a_closed_kiosk_is_opened_here (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvServiceEffect) effect = NULL;

  open_with_pin (fixture);
  touch (fixture, "close");
  touch (fixture, "0");
  pv_service_done (fixture->service, PV_SERVICE_CLOSE, TRUE, &fixture->now);
  assert_screen (fixture, "service-home");
  touch (fixture, "close"); /* it is */
  assert_screen (fixture, "service-home");
  touch (fixture, "reopen");
  effect = pop (fixture, PV_SERVICE_REOPEN);
  assert_non_null (effect);
  pv_service_done (fixture->service, PV_SERVICE_REOPEN, FALSE, &fixture->now);
  assert_int_equal (screen (fixture)->notices->len, 2);
}

/* Of both: asked first, waited for, and told. */
static void
a_restart_and_a_file_are_asked_for_confirmed_and_told (void **state)
{
  static const struct {
    const char *tile;
    PvServiceEffectKind kind;
  } rows[] = { { "restart", PV_SERVICE_RESTART }, { "save", PV_SERVICE_SAVE } };
  Fixture *fixture = *state;

  open_with_pin (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvServiceEffect) effect = NULL;

    touch (fixture, rows[i].tile);
    assert_null (pop (fixture, rows[i].kind));
    touch (fixture, "confirm");
    effect = pop (fixture, rows[i].kind);
    assert_non_null (effect);
    touch (fixture, "confirm"); /* twice is once */
    act (fixture, PV_DO_BACK, NULL, NULL);
    act (fixture, PV_DO_QUIT, NULL, NULL);
    assert_null (pop (fixture, rows[i].kind));
    assert_int_not_equal (screen (fixture)->fields->len, 0);
    pv_service_done (fixture->service, rows[i].kind, FALSE, &fixture->now);
    assert_int_equal (screen (fixture)->notices->len, 1);
    act (fixture, PV_DO_BACK, NULL, NULL);
    assert_screen (fixture, "service-home");
  }
}

static void
nobody_there_is_asked_and_then_it_ends (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvServiceEffect) effect = NULL;

  open_with_pin (fixture);
  assert_int_equal (pv_service_end_deadline_ms (fixture->service), 1000 + 300 * 1000);
  fixture->now.monotonic_ms += PV_SERVICE_IDLE_SECONDS * 1000;
  pv_service_tick (fixture->service, &fixture->now);
  assert_screen (fixture, "service-still-there");
  act (fixture, PV_DO_STILL_HERE, NULL, NULL);
  assert_screen (fixture, "service-home");
  fixture->now.monotonic_ms += PV_SERVICE_IDLE_SECONDS * 1000;
  pv_service_tick (fixture->service, &fixture->now);
  fixture->now.monotonic_ms += PV_SERVICE_WARN_SECONDS * 1000;
  pv_service_tick (fixture->service, &fixture->now);
  assert_screen (fixture, "service-over");
  effect = pop (fixture, PV_SERVICE_LEAVE);
  assert_non_null (effect);
  assert_int_equal (pv_service_next_deadline_ms (fixture->service), G_MAXINT64);
}

/* Every screen has a way back or out that is not what it is about. */
static void
no_screen_is_a_dead_end (void **state)
{
  static const char *const ways[][2] = { { "findings", NULL },   { "paper", NULL },    { "tests", NULL },
                                         { "tests", "touch" },   { "tests", "sound" }, { "tests", "card" },
                                         { "tests", "network" }, { "close", NULL },    { "save", NULL },
                                         { "restart", NULL } };
  Fixture *fixture = *state;

  open_with_pin (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    touch (fixture, ways[i][0]);
    if (ways[i][1] != NULL)
      touch (fixture, ways[i][1]);
    assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_BACK));
    assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_QUIT));
    assert_string_not_equal (screen (fixture)->key, "service-home");
    for (guint steps = 0; strcmp (screen (fixture)->key, "service-home") != 0; steps++) {
      assert_true (steps < 3);
      act (fixture, PV_DO_BACK, NULL, NULL);
    }
  }
}

int
main (void)
{
#define CASE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    CASE (nothing_is_done_before_the_pin_is_right),
    CASE (only_eight_digits_are_a_pin),
    CASE (a_pin_that_was_sent_is_forgotten_and_never_shown),
    CASE (what_is_wrong_with_a_try_is_told),
    CASE (an_answer_that_nobody_asked_for_opens_nothing),
    CASE (home_says_what_is_wrong_and_what_waits),
    CASE (findings_come_the_worst_first_and_on_pages),
    CASE (changed_paper_is_noted_and_the_printer_looked_at),
    CASE (a_test_page_ends_as_the_printer_says),
    CASE (the_touch_test_ends_when_every_square_answered),
    CASE (the_reader_is_watched_only_on_its_screen),
    CASE (the_kiosk_closes_until_a_time_that_is_offered),
    CASE (a_closed_kiosk_is_opened_here),
    CASE (a_restart_and_a_file_are_asked_for_confirmed_and_told),
    CASE (nobody_there_is_asked_and_then_it_ends),
    CASE (no_screen_is_a_dead_end),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
