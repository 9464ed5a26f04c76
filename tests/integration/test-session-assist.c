/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A session's side of an assistance, from the call to the end: the real link over a real courier and a real broker, with
 * a mediator's machine at the other end. */

#include "assist-rig.h"

#include "assist/presence.h"
#include "kiosk/session/assist-link.h"

enum { STEP_MS = 5, QUIET_MS = 300, BACK_MS = 5000 };

#define TYPED "rue de la Fontaine aux Oiseaux"

static Rig *rig;
static Console *console;

/* A citizen's session without its screens: one form, and what was told. */
typedef struct Citizen {
  PvAssistLink *link;
  PvAssistance told;
  PvScreenState *screen;
  char *street;
  guint n_changed;
  GString *done; /* what else happened, in words */
} Citizen;

static void
show (Citizen *citizen)
{
  PvField *field;

  pv_screen_state_free (citizen->screen);
  citizen->screen = pv_screen_state_new (PV_SCREEN_QUESTION, "question-1");
  field = pv_screen_state_add_field (citizen->screen, PV_FIELD_INPUT, "street", "Rue");
  field->assist = PV_ASSIST_CLEAR;
  field->value = g_strdup (citizen->street);
  field = pv_screen_state_add_field (citizen->screen, PV_FIELD_INPUT, "nir", "Numéro");
  field->assist = PV_ASSIST_HIDDEN;
  pv_screen_state_add_action (citizen->screen, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continuer");
  pv_screen_state_add_action (citizen->screen, PV_ROLE_PRIMARY, PV_DO_SEND, "Envoyer");
  if (pv_assist_link_wants_screen (citizen->link))
    pv_assist_link_screen (citizen->link, citizen->screen);
}

static void
changed_cb (const PvAssistance *assistance, gpointer user_data)
{
  Citizen *citizen = user_data;

  pv_assistance_copy (&citizen->told, assistance);
  citizen->n_changed++;
}

static void
pointed_cb (const char *target, gpointer user_data)
{
  g_string_append_printf (((Citizen *) user_data)->done, "point:%s ", target);
}

static void
explained_cb (const char *text, gpointer user_data)
{
  g_string_append_printf (((Citizen *) user_data)->done, "explain:%s ", text);
}

static void
intention_cb (const PvIntention *intention, gpointer user_data)
{
  Citizen *citizen = user_data;

  g_string_append_printf (citizen->done, "%s-%s:%s ", intention->actor == PV_ACTOR_CITIZEN ? "citizen" : "mediator",
                          pv_intention_kind_name (intention->kind), intention->value);
  if (intention->kind == PV_DO_TYPE) {
    g_free (citizen->street);
    citizen->street = g_strdup (intention->value);
    show (citizen);
  }
}

static void
noted_cb (const char *verb, const char *field, gpointer user_data)
{
  g_string_append_printf (((Citizen *) user_data)->done, "(%s%s%s) ", verb, field != NULL ? " " : "",
                          field != NULL ? field : "");
}

static void
language_cb (const char *language, gpointer user_data)
{
  (void) language, (void) user_data;
}

static Citizen *
citizen_new_without (const char *const *revoked)
{
  static const PvAssistLinkEvents events = {
    changed_cb, pointed_cb, explained_cb, intention_cb, noted_cb, language_cb
  };
  const char *roots[] = { rig->root, NULL };
  g_autofree char *certificate = end_file (rig->kiosk, "assist.cert");
  const PvAssistLinkConfig config = { rig->socket_path, roots, revoked, certificate, NULL, pv_clock_get_system () };
  Citizen *citizen = g_new0 (Citizen, 1);

  citizen->done = g_string_new (NULL);
  citizen->street = g_strdup ("");
  citizen->link = pv_assist_link_new (&config, &events, citizen);
  assert_non_null (citizen->link);
  return citizen;
}

static Citizen *
citizen_new (void)
{
  return citizen_new_without (NULL);
}

static void
citizen_free (Citizen *citizen)
{
  pv_assist_link_free (citizen->link);
  pv_assistance_clear (&citizen->told);
  pv_screen_state_free (citizen->screen);
  g_free (citizen->street);
  g_string_free (citizen->done, TRUE);
  g_free (citizen);
}

static void
perform_text (Citizen *citizen, PvEffectKind kind, const char *text)
{
  g_autoptr (PvEffect) effect = g_new0 (PvEffect, 1);

  effect->kind = kind;
  effect->text = g_strdup (text);
  assert_true (pv_assist_link_perform (citizen->link, effect, "fr"));
}

static void
perform (Citizen *citizen, PvEffectKind kind)
{
  perform_text (citizen, kind, NULL);
}

static void
step (Citizen *citizen)
{
  end_pump (STEP_MS);
  if (console != NULL)
    console_step (console);
  if (pv_assist_link_wants_screen (citizen->link) && citizen->screen == NULL)
    show (citizen);
}

/* Runs both until @condition; used as a statement. */
#define wait_for(citizen, condition)                                                                                   \
  do {                                                                                                                 \
    gint64 wait_until = g_get_monotonic_time () + END_WAIT_MS * G_TIME_SPAN_MILLISECOND;                               \
    while (!(condition) && g_get_monotonic_time () < wait_until)                                                       \
      step (citizen);                                                                                                  \
    assert_true (condition);                                                                                           \
  } while (FALSE)

static gboolean
has_done (const Citizen *citizen, const char *words)
{
  return strstr (citizen->done->str, words) != NULL;
}

static void
wake (Citizen *citizen)
{
  pv_assist_link_wake (citizen->link);
  wait_for (citizen, citizen->told.state == PV_ASSISTANCE_READY);
}

static void
call (Citizen *citizen)
{
  guint n_calls = console->n_calls;

  perform_text (citizen, PV_EFFECT_ASSIST_CALL, "afar");
  wait_for (citizen, citizen->told.code != NULL && console->n_calls > n_calls);
}

static void
be_helped (Citizen *citizen)
{
  wake (citizen);
  call (citizen);
  assert_true (console_join (console, citizen->told.code));
  wait_for (citizen, citizen->told.state == PV_ASSISTANCE_JOINED);
  perform (citizen, PV_EFFECT_ASSIST_GRANT);
  wait_for (citizen, pv_assist_mediator_get_mirror (console->machine) != NULL);
}

static void
grant (Citizen *citizen, PvRight right, PvAssistanceQuestion question)
{
  console_ask (console, right);
  wait_for (citizen, citizen->told.question == question);
  perform (citizen, PV_EFFECT_ASSIST_GRANT);
  wait_for (citizen, pv_assist_mediator_get_rights (console->machine)->is_granted[right]);
}

static gboolean
mirror_shows (const char *value)
{
  const PvMirror *mirror = pv_assist_mediator_get_mirror (console->machine);
  g_autoptr (PvScreenState) screen = mirror != NULL ? pv_mirror_to_screen (mirror) : NULL;
  const PvField *field = screen != NULL ? pv_screen_state_find_field (screen, "street") : NULL;

  return field != NULL && g_strcmp0 (field->value, value) == 0;
}

static int
set_up (void **state)
{
  (void) state;
  rig = rig_new ();
  return rig != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  (void) state;
  return rig_free (rig, TYPED) ? 0 : -1;
}

static int
set_up_console (void **state)
{
  (void) state;
  console = console_new (rig);
  return 0;
}

static int
tear_down_console (void **state)
{
  (void) state;
  g_clear_pointer (&console, console_free);
  return 0;
}

static void
asleep_it_has_no_line_and_tells_nothing (void **state)
{
  Citizen *citizen = citizen_new ();

  (void) state;
  end_pump (QUIET_MS);
  assert_int_equal (citizen->n_changed, 0);
  perform_text (citizen, PV_EFFECT_ASSIST_CALL, "afar");
  assert_false (pv_assist_link_wants_screen (citizen->link));
  wake (citizen); /* away, perhaps, while the courier starts, then ready */
  assert_in_range (citizen->n_changed, 1, 2);
  citizen_free (citizen);
}

static void
a_call_is_joined_seen_and_ended (void **state)
{
  Citizen *citizen = citizen_new ();

  (void) state;
  wake (citizen);
  call (citizen);
  assert_int_equal (citizen->told.state, PV_ASSISTANCE_CALLING);
  assert_int_equal (strlen (citizen->told.code), 6);
  assert_true (console_join (console, citizen->told.code));
  wait_for (citizen, citizen->told.state == PV_ASSISTANCE_JOINED);
  assert_string_equal (citizen->told.mediator, "Claire M.");
  assert_non_null (citizen->told.place);
  assert_null (citizen->told.code);
  assert_int_equal (citizen->told.question, PV_ASKS_SHOW);
  assert_false (citizen->told.may_show);
  assert_null (pv_assist_mediator_get_mirror (console->machine));

  perform (citizen, PV_EFFECT_ASSIST_GRANT);
  assert_true (citizen->told.may_show);
  wait_for (citizen, mirror_shows (NULL) || mirror_shows (""));
  g_free (citizen->street);
  citizen->street = g_strdup (TYPED);
  show (citizen);
  wait_for (citizen, mirror_shows (TYPED));

  console_command (console, PV_COMMAND_POINT, "street", NULL);
  wait_for (citizen, has_done (citizen, "point:street "));
  console_command (console, PV_COMMAND_EXPLAIN, NULL, "Votre rue.");
  wait_for (citizen, has_done (citizen, "explain:Votre rue. "));
  perform_text (citizen, PV_EFFECT_ASSIST_QUICK, "repeat");
  wait_for (citizen, console->n_quick == 1 && console->quick == PV_QUICK_REPEAT);

  perform (citizen, PV_EFFECT_ASSIST_STOP);
  assert_int_equal (citizen->told.state, PV_ASSISTANCE_ENDED);
  assert_int_equal (citizen->told.end, PV_ENDED_BY_CITIZEN);
  assert_string_equal (citizen->told.mediator, "Claire M.");
  assert_false (citizen->told.may_show);
  assert_false (pv_assist_link_wants_screen (citizen->link));
  wait_for (citizen, pv_assist_mediator_get_state (console->machine) == PV_MEDIATOR_ENDED);
  assert_true (has_done (citizen, "(call) ") && has_done (citizen, "(join) ") && has_done (citizen, "(grant-show) ")
               && has_done (citizen, "(point street) ") && has_done (citizen, "(end-citizen) "));
  assert_false (has_done (citizen, TYPED));
  citizen_free (citizen);
}

/* What the courier has on its disk, of this month or of that which has just begun. (transfer full) */
static char *
read_audit (void)
{
  g_autofree char *state = g_build_filename (rig->folder, "state", NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint depth = 0; depth < 2; depth++) {
    g_autofree char *path = depth == 0 ? g_strdup (state) : g_build_filename (state, "assist", NULL);
    g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

    for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
      g_autofree char *file = g_build_filename (path, name, NULL), *text = NULL;

      if (g_str_has_prefix (name, "audit-") && g_file_get_contents (file, &text, NULL, NULL))
        g_string_append (all, text);
    }
  }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static guint
count_in_audit (const char *words)
{
  g_autofree char *text = read_audit ();
  guint n = 0;

  for (const char *at = strstr (text, words); at != NULL; at = strstr (at + 1, words))
    n++;
  return n;
}

static void
what_was_done_is_kept_by_the_courier (void **state)
{
  guint n_show = count_in_audit ("grant-show"), n_end = count_in_audit ("end-citizen"),
        n_consents = count_in_audit ("consent");
  Citizen *citizen = citizen_new ();

  (void) state;
  be_helped (citizen);
  console_command (console, PV_COMMAND_POINT, "street", NULL);
  wait_for (citizen, has_done (citizen, "point:street "));
  /* Its own record, and the one with the mediator's signature. */
  wait_for (citizen, count_in_audit ("consent") >= n_consents + 2);
  /* Nothing is lost by a courier that is not there when it happens. */
  rig_kill_courier (rig);
  perform (citizen, PV_EFFECT_ASSIST_STOP);
  rig_start_courier (rig);
  wait_for (citizen, count_in_audit ("end-citizen") == n_end + 1);
  assert_int_equal (count_in_audit ("grant-show"), n_show + 1);
  assert_true (count_in_audit ("point") > 0 && count_in_audit ("street") > 0);
  assert_int_equal (count_in_audit (TYPED), 0);
  /* And the line is free, once the broker is there again. */
  assert_int_equal (citizen->told.state, PV_ASSISTANCE_ENDED);
  perform (citizen, PV_EFFECT_ASSIST_WITHDRAW);
  wait_for (citizen, citizen->told.state == PV_ASSISTANCE_READY);
  call (citizen);
  citizen_free (citizen);
}

static void
a_proposal_waits_for_the_citizen (void **state)
{
  Citizen *citizen = citizen_new ();

  (void) state;
  be_helped (citizen);
  grant (citizen, PV_RIGHT_PROPOSE, PV_ASKS_PROPOSE);
  assert_true (citizen->told.may_propose);
  console_command (console, PV_COMMAND_PROPOSE, "street", "rue A");
  wait_for (citizen, citizen->told.proposal_value != NULL);
  assert_string_equal (citizen->told.proposal_field, "street");
  assert_string_equal (citizen->told.proposal_value, "rue A");
  perform (citizen, PV_EFFECT_ASSIST_DECLINE);
  assert_null (citizen->told.proposal_value);
  assert_string_equal (citizen->street, "");
  wait_for (citizen, console->n_answers[PV_RESULT_DECLINED] == 1);

  console_command (console, PV_COMMAND_PROPOSE, "street", "rue B");
  wait_for (citizen, citizen->told.proposal_value != NULL);
  perform (citizen, PV_EFFECT_ASSIST_ACCEPT);
  assert_true (has_done (citizen, "citizen-type:rue B "));
  wait_for (citizen, mirror_shows ("rue B"));
  console_command (console, PV_COMMAND_PROPOSE, "nir", "1");
  wait_for (citizen, console->n_answers[PV_RESULT_FORBIDDEN] == 1);
  citizen_free (citizen);
}

static void
lend_hand (Citizen *citizen)
{
  grant (citizen, PV_RIGHT_HAND, PV_ASKS_HAND);
  assert_true (citizen->told.has_hand);
}

static void
any_touch_takes_the_hand_back (void **state)
{
  Citizen *citizen = citizen_new ();
  gint64 until_ms;

  (void) state;
  be_helped (citizen);
  grant (citizen, PV_RIGHT_PROPOSE, PV_ASKS_PROPOSE);
  lend_hand (citizen);
  console_command (console, PV_COMMAND_SET, "street", "rue C");
  wait_for (citizen, has_done (citizen, "mediator-type:rue C "));
  console_command (console, PV_COMMAND_ACT, "next", NULL);
  wait_for (citizen, has_done (citizen, "mediator-next:"));
  console_command (console, PV_COMMAND_ACT, "send", NULL);
  wait_for (citizen, console->n_answers[PV_RESULT_FORBIDDEN] == 1);

  /* The one button that does not. */
  until_ms = citizen->told.hand_until_ms;
  end_pump (STEP_MS);
  pv_assist_link_touched (citizen->link, TRUE);
  perform (citizen, PV_EFFECT_ASSIST_RENEW);
  assert_true (citizen->told.has_hand && citizen->told.hand_until_ms > until_ms);

  pv_assist_link_touched (citizen->link, FALSE);
  assert_false (citizen->told.has_hand);
  assert_true (citizen->told.may_propose);
  console_command (console, PV_COMMAND_SET, "street", "rue D");
  wait_for (citizen, console->n_answers[PV_RESULT_NO_RIGHT] == 1);
  assert_false (has_done (citizen, "rue D"));
  citizen_free (citizen);
}

/* The touch on the button is a touch already. */
static void
stepping_down_takes_one_right_at_a_time (void **state)
{
  Citizen *citizen = citizen_new ();

  (void) state;
  be_helped (citizen);
  grant (citizen, PV_RIGHT_PROPOSE, PV_ASKS_PROPOSE);
  lend_hand (citizen);
  pv_assist_link_touched (citizen->link, FALSE);
  perform (citizen, PV_EFFECT_ASSIST_STEP_DOWN);
  assert_true (!citizen->told.has_hand && citizen->told.may_propose && citizen->told.may_show);
  pv_assist_link_touched (citizen->link, FALSE);
  perform (citizen, PV_EFFECT_ASSIST_STEP_DOWN);
  assert_true (!citizen->told.may_propose && citizen->told.may_show);
  pv_assist_link_touched (citizen->link, FALSE);
  perform (citizen, PV_EFFECT_ASSIST_STEP_DOWN);
  assert_false (citizen->told.may_show);
  assert_int_equal (citizen->told.state, PV_ASSISTANCE_JOINED);
  citizen_free (citizen);
}

static void
whom_the_commune_took_back_does_not_join (void **state)
{
  const char *revoked[] = { rig->mediator->id, NULL };
  Citizen *citizen = citizen_new_without (revoked);

  (void) state;
  wake (citizen);
  call (citizen);
  assert_true (console_join (console, citizen->told.code));
  wait_for (citizen, pv_assist_mediator_get_state (console->machine) == PV_MEDIATOR_REFUSED);
  assert_int_equal (citizen->told.state, PV_ASSISTANCE_CALLING);
  assert_non_null (citizen->told.code);
  citizen_free (citizen);
}

static void
a_colleague_is_called_with_a_new_code (void **state)
{
  Citizen *citizen = citizen_new ();
  guint n_calls;

  (void) state;
  be_helped (citizen);
  n_calls = console->n_calls;
  pv_assist_mediator_hand_over (console->machine, "Paul D.", console_now ());
  wait_for (citizen, citizen->told.question == PV_ASKS_HANDOVER);
  assert_string_equal (citizen->told.colleague, "Paul D.");
  perform (citizen, PV_EFFECT_ASSIST_GRANT);
  assert_int_equal (citizen->told.state, PV_ASSISTANCE_CALLING);
  assert_int_equal (citizen->told.end, PV_ENDED_HANDOVER);
  assert_int_equal (citizen->told.group, 1);
  assert_false (citizen->told.may_show);
  wait_for (citizen, console->n_calls > n_calls);
  assert_true (console_join (console, citizen->told.code));
  wait_for (citizen, citizen->told.state == PV_ASSISTANCE_JOINED);
  assert_false (citizen->told.may_show);
  citizen_free (citizen);
}

static void
a_wrong_code_is_used_up_and_a_new_one_needs_a_touch (void **state)
{
  Citizen *citizen = citizen_new ();
  char wrong[7];

  (void) state;
  wake (citizen);
  call (citizen);
  g_strlcpy (wrong, citizen->told.code, sizeof wrong);
  wrong[0] = wrong[0] == '9' ? '0' : (char) (wrong[0] + 1);
  for (guint i = 0; i < PV_CODE_MAX_FAILURES; i++) {
    assert_non_null (citizen->told.code);
    assert_int_equal (citizen->told.n_wrong_codes, i);
    assert_true (console_join (console, wrong));
    wait_for (citizen, pv_assist_mediator_get_state (console->machine) == PV_MEDIATOR_REFUSED);
  }
  assert_null (citizen->told.code);
  assert_int_equal (citizen->told.n_wrong_codes, PV_CODE_MAX_FAILURES);
  assert_int_equal (citizen->told.state, PV_ASSISTANCE_CALLING);
  call (citizen);
  assert_int_equal (citizen->told.n_wrong_codes, 0);
  perform (citizen, PV_EFFECT_ASSIST_WITHDRAW);
  assert_int_equal (citizen->told.state, PV_ASSISTANCE_READY);
  assert_null (citizen->told.code);
  citizen_free (citizen);
}

static void
the_link_is_lost_and_comes_back (void **state)
{
  Citizen *citizen = citizen_new ();
  gint64 back_us;

  (void) state;
  be_helped (citizen);
  lend_hand (citizen);
  broker_kill (rig->broker);
  wait_for (citizen, citizen->told.state == PV_ASSISTANCE_LOST);
  assert_false (citizen->told.has_hand);
  assert_true (citizen->told.may_show);
  assert_string_equal (citizen->told.mediator, "Claire M.");
  g_free (citizen->street);
  citizen->street = g_strdup ("rue E");
  show (citizen);
  assert_true (broker_start (rig->broker));
  back_us = g_get_monotonic_time ();
  wait_for (citizen, citizen->told.state == PV_ASSISTANCE_JOINED && mirror_shows ("rue E"));
  assert_true (g_get_monotonic_time () - back_us < BACK_MS * G_TIME_SPAN_MILLISECOND);
  citizen_free (citizen);
}

static void
a_courier_that_starts_again_carries_on (void **state)
{
  Citizen *citizen = citizen_new ();

  (void) state;
  be_helped (citizen);
  rig_kill_courier (rig);
  wait_for (citizen, citizen->told.state == PV_ASSISTANCE_LOST);
  rig_start_courier (rig);
  wait_for (citizen, citizen->told.state == PV_ASSISTANCE_JOINED);
  console_command (console, PV_COMMAND_POINT, "street", NULL);
  wait_for (citizen, has_done (citizen, "point:street "));
  citizen_free (citizen);
}

static void
the_next_session_has_the_line_when_the_first_has_ended (void **state)
{
  Citizen *first = citizen_new (), *second = citizen_new ();
  guint n_calls;

  (void) state;
  be_helped (first);
  n_calls = console->n_calls;
  wake (second);
  perform_text (second, PV_EFFECT_ASSIST_CALL, "here");
  end_pump (QUIET_MS);
  assert_null (second->told.code);
  citizen_free (first);
  wait_for (second, second->told.code != NULL && console->n_calls > n_calls);
  assert_true (second->told.is_here);
  wait_for (second, pv_assist_mediator_get_state (console->machine) == PV_MEDIATOR_ENDED);
  assert_int_equal (pv_assist_mediator_get_end (console->machine), PV_END_PROCEDURE);
  assert_true (console_join (console, second->told.code));
  wait_for (second, second->told.state == PV_ASSISTANCE_JOINED);
  citizen_free (second);
}

static void
a_line_that_is_not_given_back_is_told_as_no_answer (void **state)
{
  Citizen *first = citizen_new (), *second = citizen_new ();

  (void) state;
  be_helped (first);
  wake (second);
  perform_text (second, PV_EFFECT_ASSIST_CALL, "afar");
  wait_for (second, second->told.state == PV_ASSISTANCE_NO_ANSWER);
  assert_int_equal (first->told.state, PV_ASSISTANCE_JOINED);
  perform (second, PV_EFFECT_ASSIST_WITHDRAW);
  assert_int_equal (second->told.state, PV_ASSISTANCE_READY);
  citizen_free (first);
  citizen_free (second);
}

static void
say_presence (PvPresence presence)
{
  static guint n_said; /* two of one second are told apart by their times */
  guint64 now = console_now ().utc + n_said++;
  const PvPresenceWord word = { presence, now, now + 60 };
  g_autoptr (GBytes) bytes = pv_presence_sign (&word, console->identity.certificate, console->secret);

  assert_true (pv_carrier_tell_presence (console->end->carrier, bytes, NULL));
}

static void
tells_how_many_are_free (void **state)
{
  Citizen *citizen = citizen_new ();

  (void) state;
  wake (citizen);
  assert_int_equal (citizen->told.n_free, 0);
  say_presence (PV_PRESENCE_FREE);
  wait_for (citizen, citizen->told.n_free == 1);
  say_presence (PV_PRESENCE_BUSY);
  wait_for (citizen, citizen->told.n_free == 0);
  say_presence (PV_PRESENCE_ON_SITE);
  wait_for (citizen, citizen->told.n_free == 1);
  /* What a mediator said before the line was cut need not be true any more. */
  rig_kill_courier (rig);
  wait_for (citizen, citizen->told.state == PV_ASSISTANCE_AWAY);
  assert_int_equal (citizen->told.n_free, 0);
  rig_start_courier (rig);
  citizen_free (citizen);
}

static void
says_that_nobody_can_be_called (void **state)
{
  Citizen *citizen = citizen_new ();

  (void) state;
  wake (citizen);
  rig_kill_courier (rig);
  wait_for (citizen, citizen->told.state == PV_ASSISTANCE_AWAY);
  perform_text (citizen, PV_EFFECT_ASSIST_CALL, "afar");
  assert_int_equal (citizen->told.state, PV_ASSISTANCE_AWAY);
  assert_false (pv_assist_link_wants_screen (citizen->link));
  rig_start_courier (rig);
  wait_for (citizen, citizen->told.state == PV_ASSISTANCE_READY);
  citizen_free (citizen);
}

#define with_console(test) cmocka_unit_test_setup_teardown (test, set_up_console, tear_down_console)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (asleep_it_has_no_line_and_tells_nothing),
    with_console (a_call_is_joined_seen_and_ended),
    with_console (what_was_done_is_kept_by_the_courier),
    with_console (a_proposal_waits_for_the_citizen),
    with_console (any_touch_takes_the_hand_back),
    with_console (stepping_down_takes_one_right_at_a_time),
    with_console (whom_the_commune_took_back_does_not_join),
    with_console (a_colleague_is_called_with_a_new_code),
    with_console (a_wrong_code_is_used_up_and_a_new_one_needs_a_touch),
    with_console (the_link_is_lost_and_comes_back),
    with_console (a_courier_that_starts_again_carries_on),
    with_console (the_next_session_has_the_line_when_the_first_has_ended),
    with_console (a_line_that_is_not_given_back_is_told_as_no_answer),
    with_console (tells_how_many_are_free),
    cmocka_unit_test (says_that_nobody_can_be_called),
  };

  tst_init ();
  signal (SIGPIPE, SIG_IGN);
  return pv_assist_init () ? cmocka_run_group_tests (tests, set_up, tear_down) : 1;
}
