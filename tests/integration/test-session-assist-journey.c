/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole assistance as the citizen has it: the real journey with the real link, put together as the session does, over a
 * real courier and a real broker. Under the address sanitizer it proves as well that nothing keeps a screen of the journey
 * for longer than it may. */

#include "assist-rig.h"
#include "journey-steps.h"

#include "kiosk/session/assist-link.h"
#include "kiosk/session/shared-screen.h"
#include "platform/language.h"

enum { STEP_MS = 5 };

#define TYPED "Desrosiers-Montclair"

static Rig *rig;

/* A session without a window. */
typedef struct Kiosk {
  Fixture *fixture; /* its journey, at the clock of the machine */
  PvAssistLink *link;
  PvSharedScreen *shared;
  Console *console;
  GPtrArray *sheets; /* lines of what was to be printed */
} Kiosk;

static void
set_time (Kiosk *kiosk)
{
  kiosk->fixture->now.monotonic_ms = pv_clock_get_monotonic_ms (pv_clock_get_system ());
  kiosk->fixture->now.utc_us = pv_clock_get_wall_us (pv_clock_get_system ());
}

/* As refresh() of the session. */
static void
refresh (Kiosk *kiosk)
{
  PvJourney *journey = kiosk->fixture->journey;

  for (PvEffect *effect = pv_journey_pop_effect (journey); effect != NULL; effect = pv_journey_pop_effect (journey)) {
    if (!pv_assist_link_perform (kiosk->link, effect, "fr") && effect->kind == PV_EFFECT_PRINT_SHEET) {
      for (guint i = 0; i < effect->sheet->rights->len; i++)
        g_ptr_array_add (kiosk->sheets, g_strdup (((const PvReceiptLine *) effect->sheet->rights->pdata[i])->value));
      for (guint i = 0; i < effect->sheet->lines->len; i++)
        g_ptr_array_add (kiosk->sheets, g_strdup (effect->sheet->lines->pdata[i]));
    }
    pv_effect_free (effect);
  }
  pv_journey_get_state (journey);
  if (pv_assist_link_wants_screen (kiosk->link))
    pv_assist_link_screen (kiosk->link, pv_shared_screen_get (kiosk->shared));
  else
    pv_shared_screen_forget (kiosk->shared);
}

static void
changed_cb (const PvAssistance *assistance, gpointer user_data)
{
  Kiosk *kiosk = user_data;

  set_time (kiosk);
  pv_journey_assistance_changed (kiosk->fixture->journey, assistance, &kiosk->fixture->now);
}

static void
pointed_cb (const char *target, gpointer user_data)
{
  Kiosk *kiosk = user_data;

  pv_journey_pointed (kiosk->fixture->journey, target, &kiosk->fixture->now);
}

static void
explained_cb (const char *text, gpointer user_data)
{
  Kiosk *kiosk = user_data;

  pv_journey_explained (kiosk->fixture->journey, text, &kiosk->fixture->now);
}

static void
intention_cb (const PvIntention *intention, gpointer user_data)
{
  Kiosk *kiosk = user_data;

  pv_journey_handle (kiosk->fixture->journey, intention, &kiosk->fixture->now);
}

static void
noted_cb (const char *verb, const char *field, gpointer user_data)
{
  Kiosk *kiosk = user_data;

  pv_journey_assistance_noted (kiosk->fixture->journey, verb, field, &kiosk->fixture->now);
}

static void
language_cb (const char *language, gpointer user_data)
{
  pv_shared_screen_set_language (((Kiosk *) user_data)->shared, language);
}

/* Nobody translated the English of the source. */
static PvTexts *
read_texts_cb (const char *language, gpointer user_data)
{
  (void) language, (void) user_data;
  return NULL;
}

static void
step (Kiosk *kiosk)
{
  end_pump (STEP_MS);
  console_step (kiosk->console);
  set_time (kiosk);
  pv_journey_tick (kiosk->fixture->journey, &kiosk->fixture->now);
  refresh (kiosk);
}

#define wait_for(kiosk, condition)                                                                                     \
  do {                                                                                                                 \
    gint64 wait_until = g_get_monotonic_time () + END_WAIT_MS * G_TIME_SPAN_MILLISECOND;                               \
    while (!(condition) && g_get_monotonic_time () < wait_until)                                                       \
      step (kiosk);                                                                                                    \
    assert_true (condition);                                                                                           \
  } while (FALSE)

/* A touch, then what it means. */
static void
touch (Kiosk *kiosk, PvIntentionKind kind, const char *target, const char *value)
{
  pv_assist_link_touched (kiosk->link, kind == PV_DO_RENEW_HAND);
  set_time (kiosk);
  act (kiosk->fixture, kind, target, value);
  refresh (kiosk);
}

static gboolean
shows (Kiosk *kiosk, PvScreenId id)
{
  return screen (kiosk->fixture)->id == id;
}

static const PvField *
field_of (Kiosk *kiosk, const char *id)
{
  return pv_screen_state_find_field (screen (kiosk->fixture), id);
}

/* What the mediator sees of a field; NULL: nothing. (transfer full) */
static char *
mirrored (Kiosk *kiosk, const char *id)
{
  const PvMirror *mirror = pv_assist_mediator_get_mirror (kiosk->console->machine);
  g_autoptr (PvScreenState) state = mirror != NULL ? pv_mirror_to_screen (mirror) : NULL;
  const PvField *field = state != NULL ? pv_screen_state_find_field (state, id) : NULL;

  return field != NULL ? g_strdup (field->value != NULL ? field->value : "") : NULL;
}

static gboolean
is_mirrored_as (Kiosk *kiosk, const char *id, const char *value)
{
  g_autofree char *seen = mirrored (kiosk, id);

  return g_strcmp0 (seen, value) == 0;
}

static gboolean
sees (Kiosk *kiosk, const char *id)
{
  g_autofree char *seen = mirrored (kiosk, id);

  return seen != NULL;
}

static int
set_up_kiosk (void **state)
{
  static const PvAssistLinkEvents events = {
    changed_cb, pointed_cb, explained_cb, intention_cb, noted_cb, language_cb
  };
  const char *roots[] = { rig->root, NULL };
  const PvAssistLinkConfig config = { rig->socket_path, roots, NULL, NULL, NULL, pv_clock_get_system () };
  Kiosk *kiosk = g_new0 (Kiosk, 1);

  set_up ((void **) &kiosk->fixture);
  set_time (kiosk);
  kiosk->sheets = g_ptr_array_new_with_free_func (g_free);
  kiosk->console = console_new (rig);
  kiosk->link = pv_assist_link_new (&config, &events, kiosk);
  kiosk->shared = pv_shared_screen_new (kiosk->fixture->journey, read_texts_cb, kiosk);
  pv_assist_link_wake (kiosk->link);
  *state = kiosk;
  return 0;
}

static int
tear_down_kiosk (void **state)
{
  Kiosk *kiosk = *state;
  void *fixture = kiosk->fixture;

  pv_assist_link_free (kiosk->link);
  pv_shared_screen_free (kiosk->shared);
  console_free (kiosk->console);
  tear_down (&fixture);
  g_ptr_array_unref (kiosk->sheets);
  g_free (kiosk);
  return 0;
}

static int
set_up_rig (void **state)
{
  (void) state;
  rig = rig_new ();
  return rig != NULL ? 0 : -1;
}

static int
tear_down_rig (void **state)
{
  (void) state;
  return rig_free (rig, TYPED) ? 0 : -1;
}

/* At the first question, helped, with the right to see. @language: (nullable): of the mediator */
static void
be_helped_by (Kiosk *kiosk, const char *language)
{
  g_autofree char *code = NULL;
  guint n_calls = kiosk->console->n_calls;

  begin (kiosk->fixture);
  refresh (kiosk);
  touch (kiosk, PV_DO_CALL_MEDIATOR, NULL, NULL);
  assert_true (shows (kiosk, PV_SCREEN_MEDIATOR));
  wait_for (kiosk, pv_screen_state_find_action (screen (kiosk->fixture), PV_DO_CALL_AFAR) != NULL);
  touch (kiosk, PV_DO_CALL_AFAR, NULL, NULL);
  assert_true (shows (kiosk, PV_SCREEN_CALL));
  wait_for (kiosk, field_of (kiosk, "call-code") != NULL && kiosk->console->n_calls > n_calls);
  code = g_strdup (field_of (kiosk, "call-code")->value);
  memmove (code + 3, code + 4, 4); /* without the blank between the two groups */
  assert_true (console_join (kiosk->console, code));
  pv_assist_mediator_set_language (kiosk->console->machine, language);
  wait_for (kiosk, shows (kiosk, PV_SCREEN_CONSENT));
  assert_false (sees (kiosk, "2"));
  touch (kiosk, PV_DO_GRANT, "show", NULL);
  assert_true (shows (kiosk, PV_SCREEN_QUESTION));
  assert_non_null (screen (kiosk->fixture)->banner);
  wait_for (kiosk, sees (kiosk, "2"));
}

static void
be_helped (Kiosk *kiosk)
{
  be_helped_by (kiosk, NULL);
}

static void
ask_and_grant (Kiosk *kiosk, PvRight right, const char *name)
{
  console_ask (kiosk->console, right);
  wait_for (kiosk, shows (kiosk, PV_SCREEN_CONSENT));
  touch (kiosk, PV_DO_GRANT, name, NULL);
  wait_for (kiosk, pv_assist_mediator_get_rights (kiosk->console->machine)->is_granted[right]);
}

static void
stop (Kiosk *kiosk)
{
  touch (kiosk, PV_DO_STOP_HELP, NULL, NULL);
  assert_true (shows (kiosk, PV_SCREEN_HELPED));
  wait_for (kiosk, pv_assist_mediator_get_state (kiosk->console->machine) == PV_MEDIATOR_ENDED);
}

static void
is_seen_shown_and_explained_and_leaves_a_sheet (void **state)
{
  Kiosk *kiosk = *state;

  be_helped (kiosk);
  touch (kiosk, PV_DO_TYPE, "2", TYPED);
  wait_for (kiosk, !is_mirrored_as (kiosk, "2", ""));
  assert_false (is_mirrored_as (kiosk, "2", TYPED));
  touch (kiosk, PV_DO_LIFT, "2", NULL);
  wait_for (kiosk, is_mirrored_as (kiosk, "2", TYPED));
  console_command (kiosk->console, PV_COMMAND_POINT, "2", NULL);
  wait_for (kiosk, field_of (kiosk, "2")->is_pointed);
  console_command (kiosk->console, PV_COMMAND_EXPLAIN, NULL, "Le nom de votre enfant.");
  wait_for (kiosk, kiosk->console->n_answers[PV_RESULT_DONE] == 2);
  stop (kiosk);
  pv_journey_printer_available (kiosk->fixture->journey, TRUE, PV_PRINT_REASON_NONE, &kiosk->fixture->now);
  touch (kiosk, PV_DO_PRINT_SHEET, NULL, NULL);
  assert_true (kiosk->sheets->len >= 3);
  for (guint i = 0; i < kiosk->sheets->len; i++)
    assert_null (strstr (kiosk->sheets->pdata[i], TYPED));
  touch (kiosk, PV_DO_CLOSE, NULL, NULL);
  assert_true (shows (kiosk, PV_SCREEN_QUESTION));
  assert_string_equal (field_of (kiosk, "2")->value, TYPED);
  assert_null (screen (kiosk->fixture)->banner);
}

static void
accepts_what_is_proposed_and_keeps_what_is_not (void **state)
{
  Kiosk *kiosk = *state;

  be_helped (kiosk);
  ask_and_grant (kiosk, PV_RIGHT_PROPOSE, "propose");
  console_command (kiosk->console, PV_COMMAND_PROPOSE, "2", "Dupond");
  wait_for (kiosk, field_of (kiosk, "2")->proposal_value != NULL);
  touch (kiosk, PV_DO_KEEP_MINE, "2", NULL);
  assert_null (field_of (kiosk, "2")->proposal_value);
  assert_string_equal (field_of (kiosk, "2")->value != NULL ? field_of (kiosk, "2")->value : "", "");
  wait_for (kiosk, kiosk->console->n_answers[PV_RESULT_DECLINED] == 1);
  console_command (kiosk->console, PV_COMMAND_PROPOSE, "2", "Dupont");
  wait_for (kiosk, field_of (kiosk, "2")->proposal_value != NULL);
  touch (kiosk, PV_DO_ACCEPT, "2", NULL);
  wait_for (kiosk, g_strcmp0 (field_of (kiosk, "2")->value, "Dupont") == 0);
  wait_for (kiosk, kiosk->console->n_answers[PV_RESULT_ACCEPTED] == 1);
  stop (kiosk);
}

static void
lends_the_hand_and_has_it_back_with_a_touch (void **state)
{
  Kiosk *kiosk = *state;

  be_helped (kiosk);
  ask_and_grant (kiosk, PV_RIGHT_HAND, "hand");
  console_command (kiosk->console, PV_COMMAND_SET, "2", "Durand");
  wait_for (kiosk, g_strcmp0 (field_of (kiosk, "2")->value, "Durand") == 0);
  assert_true (pv_assist_mediator_get_rights (kiosk->console->machine)->is_granted[PV_RIGHT_HAND]);
  touch (kiosk, PV_DO_RENEW_HAND, NULL, NULL);
  assert_true (pv_assist_mediator_get_rights (kiosk->console->machine)->is_granted[PV_RIGHT_HAND]);
  touch (kiosk, PV_DO_TYPE, "2", "Durant");
  console_command (kiosk->console, PV_COMMAND_SET, "2", "Durandal");
  wait_for (kiosk, kiosk->console->n_answers[PV_RESULT_NO_RIGHT] == 1);
  assert_string_equal (field_of (kiosk, "2")->value, "Durant");
  stop (kiosk);
}

static void
goes_on_alone_while_the_link_is_lost (void **state)
{
  Kiosk *kiosk = *state;

  be_helped (kiosk);
  touch (kiosk, PV_DO_LIFT, "2", NULL);
  broker_kill (rig->broker);
  wait_for (kiosk, screen (kiosk->fixture)->banner->tone == PV_TONE_WARNING);
  touch (kiosk, PV_DO_TYPE, "2", "Lefranc");
  assert_string_equal (field_of (kiosk, "2")->value, "Lefranc");
  assert_true (broker_start (rig->broker));
  wait_for (kiosk, screen (kiosk->fixture)->banner->tone == PV_TONE_SUCCESS && is_mirrored_as (kiosk, "2", "Lefranc"));
  stop (kiosk);
}

static void
leaving_ends_the_help_and_tells_the_mediator (void **state)
{
  Kiosk *kiosk = *state;

  be_helped (kiosk);
  touch (kiosk, PV_DO_QUIT, NULL, NULL);
  touch (kiosk, PV_DO_ERASE, NULL, NULL);
  pv_assist_link_end (kiosk->link);
  wait_for (kiosk, pv_assist_mediator_get_state (kiosk->console->machine) == PV_MEDIATOR_ENDED);
  assert_int_equal (pv_assist_mediator_get_end (kiosk->console->machine), PV_END_PROCEDURE);
  assert_true (shows (kiosk, PV_SCREEN_GOODBYE));
}

/* Ours and the portal's, in Ukrainian. */
static int
set_up_ukrainian (void **state)
{
  static const char *const languages[] = { "fr", "uk", NULL };
  static const char file[] = "[ecole/nom]\nfr: Quel est le nom de l’enfant ?\nuk: Яке прізвище дитини?\n";
  g_autoptr (PvTexts) texts = pv_texts_new ("uk");
  PvJourneyConfig config = sample_config ();
  Kiosk *kiosk;

  set_up_kiosk (state);
  kiosk = *state;
  config.languages = languages;
  pv_journey_free (kiosk->fixture->journey);
  kiosk->fixture->journey = pv_journey_new (&config);
  pv_shared_screen_free (kiosk->shared);
  kiosk->shared = pv_shared_screen_new (kiosk->fixture->journey, read_texts_cb, kiosk);
  pv_journey_set_ref (kiosk->fixture->journey, ref);
  pv_journey_catalogue_loaded (kiosk->fixture->journey, kiosk->fixture->catalogue, &kiosk->fixture->now);
  pv_texts_parse (texts, file, strlen (file), NULL, NULL);
  act (kiosk->fixture, PV_DO_SET_LANGUAGE, NULL, "uk");
  pv_journey_set_texts (kiosk->fixture->journey, texts);
  return pv_language_set ("uk") ? 0 : -1;
}

static int
tear_down_ukrainian (void **state)
{
  pv_language_set ("en");
  return tear_down_kiosk (state);
}

static gboolean
is_titled (Kiosk *kiosk, const char *title)
{
  const PvMirror *mirror = pv_assist_mediator_get_mirror (kiosk->console->machine);
  g_autoptr (PvScreenState) state = mirror != NULL ? pv_mirror_to_screen (mirror) : NULL;

  return state != NULL && g_strcmp0 (state->title, title) == 0;
}

static const char french_title[] = "Quel est le nom de l’enfant ?", ukrainian_title[] = "Яке прізвище дитини?";

static void
she_reads_french_what_he_reads_in_ukrainian (void **state)
{
  Kiosk *kiosk = *state;
  const PvMirror *mirror;
  g_autoptr (PvScreenState) seen = NULL;

  be_helped_by (kiosk, "fr");
  wait_for (kiosk, is_titled (kiosk, french_title));
  mirror = pv_assist_mediator_get_mirror (kiosk->console->machine);
  seen = pv_mirror_to_screen (mirror);
  assert_string_equal (pv_screen_state_find_action (seen, PV_DO_NEXT)->label, "Continuer");
  assert_string_equal (seen->language, "fr");
  assert_string_equal (seen->read_language, "uk");
  assert_string_equal (screen (kiosk->fixture)->title, ukrainian_title);
  assert_string_equal (pv_screen_state_find_action (screen (kiosk->fixture), PV_DO_NEXT)->label, "Продовжити");
  /* What he types is masked in any language. */
  touch (kiosk, PV_DO_TYPE, "2", TYPED);
  wait_for (kiosk, !is_mirrored_as (kiosk, "2", ""));
  assert_false (is_mirrored_as (kiosk, "2", TYPED));
  console_command (kiosk->console, PV_COMMAND_POINT, "2", NULL);
  wait_for (kiosk, field_of (kiosk, "2")->is_pointed);
  ask_and_grant (kiosk, PV_RIGHT_PROPOSE, "propose");
  assert_true (is_titled (kiosk, french_title));
  console_command (kiosk->console, PV_COMMAND_PROPOSE, "2", "Dupont");
  wait_for (kiosk, field_of (kiosk, "2")->proposal_value != NULL);
  touch (kiosk, PV_DO_ACCEPT, "2", NULL);
  wait_for (kiosk, g_strcmp0 (field_of (kiosk, "2")->value, "Dupont") == 0);
  stop (kiosk);
}

static void
she_looks_at_what_he_reads_and_comes_back (void **state)
{
  Kiosk *kiosk = *state;

  be_helped_by (kiosk, "fr");
  wait_for (kiosk, is_titled (kiosk, french_title));
  pv_assist_mediator_show_as_read (kiosk->console->machine, TRUE, console_now ());
  wait_for (kiosk, is_titled (kiosk, ukrainian_title));
  pv_assist_mediator_show_as_read (kiosk->console->machine, FALSE, console_now ());
  wait_for (kiosk, is_titled (kiosk, french_title));
  assert_string_equal (screen (kiosk->fixture)->title, ukrainian_title);
  stop (kiosk);
}

static void
a_language_that_the_commune_does_not_speak_is_french (void **state)
{
  Kiosk *kiosk = *state;

  be_helped_by (kiosk, "tlh");
  wait_for (kiosk, is_titled (kiosk, french_title));
  stop (kiosk);
}

#define with_kiosk(test)     cmocka_unit_test_setup_teardown (test, set_up_kiosk, tear_down_kiosk)
#define with_ukrainian(test) cmocka_unit_test_setup_teardown (test, set_up_ukrainian, tear_down_ukrainian)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_kiosk (is_seen_shown_and_explained_and_leaves_a_sheet),
    with_kiosk (accepts_what_is_proposed_and_keeps_what_is_not),
    with_kiosk (lends_the_hand_and_has_it_back_with_a_touch),
    with_kiosk (goes_on_alone_while_the_link_is_lost),
    with_kiosk (leaving_ends_the_help_and_tells_the_mediator),
    with_ukrainian (she_reads_french_what_he_reads_in_ukrainian),
    with_ukrainian (she_looks_at_what_he_reads_and_comes_back),
    with_ukrainian (a_language_that_the_commune_does_not_speak_is_french),
  };

  tst_init ();
  pv_language_start ();
  signal (SIGPIPE, SIG_IGN);
  return pv_assist_init () ? cmocka_run_group_tests (tests, set_up_rig, tear_down_rig) : 1;
}
