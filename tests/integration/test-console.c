/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mediator's console without its window, with a real kiosk's machine over a real broker; and what it writes down. */

#include "broker-end.h"
#include "enrolled.h"

#include <signal.h>
#include <string.h>

#include "assist/audit.h"
#include "mediator/console.h"
#include "mediator/key-store.h"

enum { STEP_MS = 5, MAX_NOTES = 200 };

typedef struct Rig Rig;

struct Rig {
  Broker *broker;
  const BrokerPerson *kiosk, *mediator;
  Rig *colleague;  /* a second console, without a kiosk */
  Pair *pair;      /* its kiosk; its mediator is not used */
  End *end;        /* of the kiosk */
  GBytes *shouted; /* the call that went out last */
  guint n_taken, n_down;
  const char *peer; /* the mediator that the kiosk answers */
  /* the console, and what its window heard */
  PvConsoleSettings *settings;
  PvConsole *console;
  guint n_ups, n_downs, n_rings, n_calls, n_sessions, n_mirrors, n_quick, n_answers[PV_N_RESULTS];
  guint n_colleagues;
  GString *noted; /* "verb field\n" */
};

/* The same for all pairs. */
static People *people;

/* The window */

static void
link_cb (gboolean is_up, gpointer data)
{
  Rig *rig = data;

  if (is_up)
    rig->n_ups++;
  else
    rig->n_downs++;
}

static void
calls_cb (gboolean is_new, gpointer data)
{
  Rig *rig = data;

  rig->n_calls++;
  rig->n_rings += is_new ? 1 : 0;
}

static void
colleagues_cb (gpointer data)
{
  ((Rig *) data)->n_colleagues++;
}

static void
session_cb (gpointer data)
{
  ((Rig *) data)->n_sessions++;
}

static void
mirror_cb (gpointer data)
{
  ((Rig *) data)->n_mirrors++;
}

static void
quick_cb (PvQuick quick, gpointer data)
{
  ((Rig *) data)->n_quick += quick == PV_QUICK_REPEAT ? 1 : 0;
}

static void
answer_cb (guint32 id, PvResult result, gpointer data)
{
  if (id > 0)
    ((Rig *) data)->n_answers[result]++;
}

static void
noted_cb (const char *verb, const char *field, gpointer data)
{
  g_string_append_printf (((Rig *) data)->noted, "%s %s\n", verb, field != NULL ? field : "-");
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  PvSecret **secret = data;

  (void) source;
  *secret = pv_key_store_open_finish (result, NULL);
}

/* Signs in with the passphrase, as a window does. */
static void
sign_in (Rig *rig)
{
  const PvConsoleHooks hooks = { link_cb,  calls_cb,  colleagues_cb, session_cb, mirror_cb,
                                 quick_cb, answer_cb, noted_cb,      rig };
  g_autoptr (PvSecret) secret = NULL;
  g_autoptr (GError) error = NULL;
  gint64 until = g_get_monotonic_time () + END_WAIT_MS * G_TIME_SPAN_MILLISECOND;

  pv_key_store_open_async (rig->settings, BROKER_PASSPHRASE, NULL, opened_cb, &secret);
  while (secret == NULL && g_get_monotonic_time () < until)
    end_pump (STEP_MS);
  assert_non_null (secret);
  rig->console = pv_console_new (rig->settings, pv_secret_get_bytes (secret, NULL), &hooks, &error);
  if (rig->console == NULL)
    fail_msg ("%s", error->message);
}

/* The kiosk */

static void
carry (Pair *pair, gboolean to_kiosk, GBytes *bytes)
{
  Rig *rig = pair->data;

  assert_false (to_kiosk);
  pv_carrier_send (rig->end->carrier, rig->peer, bytes, pair->is_beat, NULL);
}

static void
set_now (Rig *rig)
{
  rig->pair->now.mono_ms = g_get_monotonic_time () / 1000;
  rig->pair->now.utc = (guint64) (g_get_real_time () / G_USEC_PER_SEC);
}

static void
collect (Rig *rig)
{
  pair_collect (rig->pair);
  if (rig->pair->call == rig->shouted)
    return;
  g_clear_pointer (&rig->shouted, g_bytes_unref);
  rig->shouted = g_bytes_ref (rig->pair->call);
  pv_carrier_call (rig->end->carrier, rig->shouted, NULL);
}

static void
step (Rig *rig)
{
  end_pump (STEP_MS);
  set_now (rig);
  if (rig->end->n_events[PV_MQTT_DOWN] > rig->n_down)
    pv_assist_kiosk_link_down (rig->pair->kiosk, rig->pair->now);
  rig->n_down = rig->end->n_events[PV_MQTT_DOWN];
  for (; rig->n_taken < rig->end->parcels->len; rig->n_taken++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (rig->end->parcels->pdata[rig->n_taken], &size);

    pv_assist_kiosk_receive (rig->pair->kiosk, data, size, rig->pair->now);
    collect (rig);
  }
  pv_assist_kiosk_tick (rig->pair->kiosk, rig->pair->now);
  collect (rig);
}

#define WAIT_FOR(rig, condition)                                                                                       \
  do {                                                                                                                 \
    gint64 until = g_get_monotonic_time () + END_WAIT_MS * G_TIME_SPAN_MILLISECOND;                                    \
    while (!(condition) && g_get_monotonic_time () < until)                                                            \
      step (rig);                                                                                                      \
    assert_true (condition);                                                                                           \
  } while (0)

static void
call (Rig *rig)
{
  set_now (rig);
  pv_assist_kiosk_call (rig->pair->kiosk, FALSE, rig->pair->now);
  collect (rig);
}

static char *
get_code (Rig *rig)
{
  return g_strdup (pv_assist_kiosk_get_code (rig->pair->kiosk, rig->pair->now));
}

static void
touch (Rig *rig, PvTouch what)
{
  set_now (rig);
  pv_assist_kiosk_touch (rig->pair->kiosk, what, rig->pair->now);
  collect (rig);
}

static gboolean
has_question (Rig *rig)
{
  return pv_assist_kiosk_get_rights (rig->pair->kiosk)->has_question;
}

static PvMediatorState
state_of (Rig *rig)
{
  const PvAssistMediator *machine = pv_console_get_session (rig->console);

  return machine != NULL ? pv_assist_mediator_get_state (machine) : PV_MEDIATOR_IDLE;
}

static gboolean
is_granted (Rig *rig, PvRight right)
{
  return pv_assist_mediator_get_rights (pv_console_get_session (rig->console))->is_granted[right];
}

static gboolean
are_equal (Rig *rig)
{
  const PvAssistMediator *machine = pv_console_get_session (rig->console);
  const PvMirror *mirror = pv_assist_mediator_get_mirror (machine);
  guint64 hash = 0;
  guint32 revision = pv_assist_kiosk_get_revision (rig->pair->kiosk, &hash);

  return mirror != NULL && revision == pv_assist_mediator_get_revision (machine) && pv_mirror_hash (mirror) == hash;
}

/* @hours, @revoked: (nullable): that id */
static gboolean
open_console (Rig *rig, const char *hours, const char *revoked)
{
  g_autofree char *conf = end_file (rig->mediator, "mediator.conf");

  rig->noted = g_string_new (NULL);
  rig->settings = pv_console_settings_read (conf, NULL);
  if (rig->settings == NULL)
    return FALSE;
  rig->settings->broker_port = rig->broker->mediator_port;
  if (hours != NULL)
    rig->settings->hours = g_strdup (hours);
  if (revoked != NULL)
    rig->settings->revoked = g_strsplit (revoked, ";", -1);
  sign_in (rig);
  return TRUE;
}

static void
close_console (Rig *rig)
{
  g_clear_pointer (&rig->console, pv_console_free);
  pv_console_settings_free (rig->settings);
  g_string_free (rig->noted, TRUE);
}

static int
set_up (void **state)
{
  Rig *rig = g_new0 (Rig, 1);

  *state = rig;
  rig->broker = broker_new ();
  rig->colleague = g_new0 (Rig, 1);
  if (rig->broker == NULL)
    return -1;
  rig->kiosk = broker_enrol (rig->broker, "root", "kiosk", "22050");
  rig->mediator = broker_enrol (rig->broker, "root", "mediator", "22050,22060");
  rig->colleague->mediator = broker_enrol (rig->broker, "root", "mediator", "22050");
  if (rig->kiosk == NULL || rig->mediator == NULL || rig->colleague->mediator == NULL || !broker_start (rig->broker))
    return -1;
  rig->pair = pair_new (1);
  rig->pair->carry = carry;
  rig->pair->data = rig;
  rig->peer = rig->mediator->id;
  people = rig->pair->people;
  enrolled_become (&people->kiosk, rig->kiosk, &people->root);
  enrolled_delegate (&people->kiosk, (guint64) (g_get_real_time () / G_USEC_PER_SEC));
  pv_mirror_catalogue_hash (people->kiosk.identity.catalogues[0]);
  /* It knows who it is from its beginning. */
  pv_assist_kiosk_free (rig->pair->kiosk);
  rig->pair->kiosk =
    pv_assist_kiosk_new (&people->kiosk.identity, (PvAssistRandom){ people_random, rig->pair->rand }, "1");
  pair_show (rig->pair);
  rig->end = end_new (rig->broker, PV_CARRIER_KIOSK, rig->kiosk, "22050");
  return open_console (rig, NULL, NULL) ? 0 : -1;
}

static int
tear_down (void **state)
{
  Rig *rig = *state;

  close_console (rig);
  end_free (rig->end);
  pair_free (rig->pair);
  g_clear_pointer (&rig->shouted, g_bytes_unref);
  broker_free (rig->broker);
  g_free (rig->colleague);
  g_free (rig);
  return 0;
}

static void
expect_waiting (Rig *rig)
{
  const PvWaitingCall *waiting;

  assert_int_equal (pv_console_get_calls (rig->console)->len, 1);
  waiting = pv_console_get_calls (rig->console)->pdata[0];
  assert_string_equal (waiting->id, rig->kiosk->id);
  assert_string_equal (waiting->kiosk, "Claire M."); /* all are enrolled under one name here */
  assert_string_equal (waiting->place, "Mairie");
  assert_false (waiting->is_here);
}

static void
burn_a_code (Rig *rig)
{
  g_autofree char *code = get_code (rig);
  g_autoptr (GError) error = NULL;

  assert_false (pv_console_join (rig->console, rig->kiosk->id, "12345", &error));
  assert_int_equal (state_of (rig), PV_MEDIATOR_IDLE);
  code[0] = code[0] == '9' ? '0' : (char) (code[0] + 1);
  assert_true (pv_console_join (rig->console, rig->kiosk->id, code, NULL));
  assert_false (pv_console_join (rig->console, rig->kiosk->id, code, NULL));
  WAIT_FOR (rig, state_of (rig) == PV_MEDIATOR_REFUSED);
  assert_int_equal (pv_assist_mediator_get_refusal (pv_console_get_session (rig->console)), PV_REFUSAL_CODE);
}

static void
join (Rig *rig)
{
  g_autofree char *code = get_code (rig);

  assert_true (pv_console_join (rig->console, rig->kiosk->id, code, NULL));
  WAIT_FOR (rig, state_of (rig) == PV_MEDIATOR_SESSION && has_question (rig));
  assert_null (pv_assist_mediator_get_mirror (pv_console_get_session (rig->console)));
  touch (rig, PV_TOUCH_GRANT);
  WAIT_FOR (rig, are_equal (rig));
  assert_int_equal (pv_console_get_calls (rig->console)->len, 0);
}

static void
ask (Rig *rig, PvRight right)
{
  pv_console_ask (rig->console, right);
  WAIT_FOR (rig, has_question (rig));
  touch (rig, PV_TOUCH_GRANT);
  WAIT_FOR (rig, is_granted (rig, right));
}

static void
show_and_propose (Rig *rig)
{
  pv_console_command (rig->console, PV_COMMAND_POINT, "action:next", NULL);
  pv_console_command (rig->console, PV_COMMAND_EXPLAIN, NULL, "Prenez votre temps.");
  WAIT_FOR (rig, rig->n_answers[PV_RESULT_DONE] == 2);
  assert_int_equal (rig->pair->n_points, 1);
  assert_int_equal (rig->pair->n_explained, 1);
  ask (rig, PV_RIGHT_PROPOSE);
  pv_console_command (rig->console, PV_COMMAND_PROPOSE, "street", "rue du Lavoir");
  WAIT_FOR (rig, rig->n_answers[PV_RESULT_SHOWN] == 1);
  pv_assist_kiosk_decide (rig->pair->kiosk, TRUE, rig->pair->now);
  WAIT_FOR (rig, rig->n_answers[PV_RESULT_ACCEPTED] == 1 && are_equal (rig));
  pv_assist_kiosk_quick (rig->pair->kiosk, PV_QUICK_REPEAT, rig->pair->now);
  WAIT_FOR (rig, rig->n_quick == 1);
}

static void
take_the_hand (Rig *rig)
{
  ask (rig, PV_RIGHT_HAND);
  pv_console_command (rig->console, PV_COMMAND_SET, "street", "rue des Lilas");
  WAIT_FOR (rig, g_str_equal (rig->pair->street, "rue des Lilas") && are_equal (rig));
  pv_console_command (rig->console, PV_COMMAND_SET, "nir", "1");
  WAIT_FOR (rig, rig->n_answers[PV_RESULT_FORBIDDEN] == 1);
  touch (rig, PV_TOUCH_ELSEWHERE);
  WAIT_FOR (rig, !is_granted (rig, PV_RIGHT_HAND));
}

static void
lose_the_broker (Rig *rig)
{
  guint n_ups = rig->n_ups;
  gint64 back_us;

  broker_kill (rig->broker);
  WAIT_FOR (rig, rig->n_downs > 0 && state_of (rig) == PV_MEDIATOR_LOST);
  assert_false (pv_console_is_up (rig->console));
  rig->pair->page++;
  pair_show (rig->pair);
  assert_true (broker_start (rig->broker));
  back_us = g_get_monotonic_time ();
  WAIT_FOR (rig, rig->n_ups > n_ups && state_of (rig) == PV_MEDIATOR_SESSION && are_equal (rig));
  print_message ("# together again after %" G_GINT64_FORMAT " ms\n", (g_get_monotonic_time () - back_us) / 1000);
}

/* Line by line, in this order; others may stand between. */
static void
expect_in_order (const char *text, const char *const *lines)
{
  const char *at = text;

  for (guint i = 0; lines[i] != NULL; i++) {
    at = strstr (at, lines[i]);
    if (at == NULL)
      fail_msg ("no \"%s\" in its place in:\n%s", lines[i], text);
    at += strlen (lines[i]);
  }
}

static char *
read_audit (Rig *rig)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *month = g_date_time_format (now, "audit-%Y-%m.log"), *path = end_file (rig->mediator, month);
  char *text = NULL;

  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* The record in the lines "consent" and "consent-more" after @at; moves on. */
static gboolean
take_consent (const char **at, PvConsent *ret_consent)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *line = strstr (*at, " consent ");
  guint8 bytes[PV_CONSENT_MAX_BYTES];
  gsize size = 0;

  if (line == NULL)
    return FALSE;
  line += strlen (" consent ");
  for (;;) {
    const char *end = strchr (line, '\n'), *next = end + 1;

    g_string_append_len (text, line, (gssize) strcspn (line, " "));
    *at = end;
    next = strchr (next, ' ');
    if (next == NULL || !g_str_has_prefix (next, " consent-more "))
      break;
    line = next + strlen (" consent-more ");
  }
  assert_int_equal (sodium_base642bin (bytes, sizeof bytes, text->str, text->len, NULL, &size, NULL,
                                       sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                    0);
  assert_true (pv_consent_read (bytes, size, ret_consent, NULL));
  return TRUE;
}

static void
expect_consents (Rig *rig, const char *audit)
{
  static const PvRight rights[] = { PV_RIGHT_SHOW, PV_RIGHT_PROPOSE, PV_RIGHT_HAND, PV_RIGHT_SHOW };
  const PvCertificate *self = pv_console_get_self (rig->console);
  const char *at = audit;
  PvDelegation delegation;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (rig->pair->people->kiosk.delegation, &size);

  assert_true (pv_delegation_parse (bytes, size, &delegation, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rights); i++) {
    PvConsent consent;

    assert_true (take_consent (&at, &consent));
    assert_int_equal (consent.right, rights[i]);
    assert_true (consent.is_granted && consent.is_countersigned);
    assert_true (pv_consent_verify (&consent, delegation.key, self->key));
  }
}

/* What an administrator sees of the console's folder. */
static void
expect_verified (Rig *rig)
{
  const char *argv[] = { g_getenv ("PV_CTL_PROGRAM"),
                         "audit",
                         "verify",
                         rig->mediator->folder,
                         "--certificates",
                         rig->kiosk->folder,
                         "--certificates",
                         rig->mediator->folder,
                         NULL };
  g_autofree char *said = NULL, *complaint = NULL;
  int status = 1;

  assert_true (
    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, &complaint, &status, NULL));
  if (status != 0)
    fail_msg ("%s%s", said, complaint);
  if (strstr (said, "4 consent records: signature of the kiosk checked for 4, of the mediator for 4") == NULL)
    fail_msg ("%s", said);
}

static void
expect_papers (Rig *rig)
{
  static const char *const verbs[] = {
    " refused-code ",
    " join ",
    " grant-show -",
    " point next ",
    " explain - ",
    " ask-propose ",
    " grant-propose ",
    " propose street ",
    " accept street ",
    " ask-hand ",
    " grant-hand ",
    " set street ",
    " set-forbidden nir ",
    " hand-back ",
    " lost ",
    " resume ",
    " end-mediator ",
    " join ",
    " grant-show ",
    " end-citizen ",
    NULL,
  };
  g_autofree char *audit = read_audit (rig), *activity = NULL;
  const GPtrArray *today =
    pv_activity_get_today (pv_console_get_activity (rig->console), g_get_real_time () / G_USEC_PER_SEC);
  const PvActivityLine *first, *second;
  PvAuditChain chain = { 0 };
  guint line = 0;

  expect_in_order (audit, verbs);
  expect_consents (rig, audit);
  expect_verified (rig);
  if (!pv_audit_verify (&chain, audit, &line))
    fail_msg ("line %u is wrong", line);
  assert_null (strstr (audit, "Lilas"));
  assert_null (strstr (audit, "Lavoir"));
  assert_null (strstr (rig->noted->str, "Lilas"));
  assert_int_equal (today->len, 2);
  first = today->pdata[0];
  second = today->pdata[1];
  assert_int_equal (first->place, PV_PLACE_REMOTE);
  assert_int_equal (first->minutes, 1);
  assert_true (first->used_hand);
  assert_int_equal (first->autonomy, PV_AUTONOMY_PARTLY);
  assert_false (second->used_hand);
  assert_int_equal (second->autonomy, PV_AUTONOMY_AUTONOMOUS);
  assert_true (g_file_get_contents (rig->settings->activity_file, &activity, NULL, NULL));
  assert_true (g_str_has_prefix (activity, "date,time,minutes,place,kiosk,themes,"));
  assert_null (strstr (activity, "Lilas"));
}

static void
a_console_helps_twice_and_survives_a_killed_broker (void **state)
{
  Rig *rig = *state;

  WAIT_FOR (rig, rig->n_ups == 1 && rig->end->n_events[PV_MQTT_UP] == 1);
  pv_carrier_set_urgent (rig->end->carrier, TRUE);
  call (rig);
  WAIT_FOR (rig, rig->n_rings == 1);
  expect_waiting (rig);
  burn_a_code (rig);
  call (rig); /* a new code */
  WAIT_FOR (rig, rig->n_rings == 2);
  expect_waiting (rig);
  join (rig);
  show_and_propose (rig);
  take_the_hand (rig);
  lose_the_broker (rig);
  pv_console_end (rig->console);
  WAIT_FOR (rig, pv_assist_kiosk_get_state (rig->pair->kiosk) == PV_KIOSK_ENDED);

  call (rig);
  WAIT_FOR (rig, rig->n_rings == 3);
  join (rig);
  touch (rig, PV_TOUCH_STOP);
  WAIT_FOR (rig, state_of (rig) == PV_MEDIATOR_ENDED);
  expect_papers (rig);
}

static PvPresence
presence_seen_by (Rig *watcher, Rig *seen)
{
  const GPtrArray *colleagues = pv_console_get_colleagues (watcher->console);
  const PvColleague *colleague = colleagues->len == 1 ? colleagues->pdata[0] : NULL;

  if (colleague == NULL)
    return PV_PRESENCE_OFF;
  assert_string_equal (colleague->id, seen->mediator->id);
  assert_string_equal (colleague->place, "Mairie");
  return colleague->presence;
}

static PvPresence
presence_of_colleague (Rig *rig)
{
  return presence_seen_by (rig, rig->colleague);
}

/* A whole day that is neither today nor tomorrow. */
static const char *
another_day (void)
{
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  static char span[32];

  g_snprintf (span, sizeof span, "%s 00:00-24:00", days[(g_date_time_get_day_of_week (now) + 2) % 7]);
  return span;
}

static void
a_call_rings_who_is_free_and_is_gone_when_withdrawn (void **state)
{
  Rig *rig = *state, *colleague = rig->colleague;

  WAIT_FOR (rig, rig->n_ups == 1 && rig->end->n_events[PV_MQTT_UP] == 1);
  colleague->broker = rig->broker;
  assert_true (open_console (colleague, another_day (), NULL));
  WAIT_FOR (rig, colleague->n_ups == 1);
  pv_console_set_presence (rig->console, PV_PRESENCE_BUSY);
  call (rig);
  WAIT_FOR (rig, rig->n_calls == 1 && colleague->n_calls == 1);
  expect_waiting (rig);
  assert_int_equal (rig->n_rings, 0);
  pv_console_set_presence (rig->console, PV_PRESENCE_FREE);
  WAIT_FOR (rig, rig->n_rings == 1);
  assert_int_equal (pv_console_get_calls (colleague->console)->len, 1);
  assert_int_equal (colleague->n_rings, 0);
  assert_int_equal (presence_of_colleague (rig), PV_PRESENCE_OFF);
  set_now (rig);
  pv_assist_kiosk_withdraw (rig->pair->kiosk, rig->pair->now);
  WAIT_FOR (rig, pv_console_get_calls (rig->console)->len == 0);
  assert_false (pv_console_join (rig->console, rig->kiosk->id, "123456", NULL));
  close_console (colleague);
}

/* The call was brought to both, and then the word that the other one hears. */
static void
a_kiosk_that_was_revoked_does_not_ring (void **state)
{
  Rig *rig = *state, *colleague = rig->colleague;

  WAIT_FOR (rig, rig->n_ups == 1 && rig->end->n_events[PV_MQTT_UP] == 1);
  colleague->broker = rig->broker;
  assert_true (open_console (colleague, NULL, rig->kiosk->id));
  WAIT_FOR (rig, colleague->n_ups == 1);
  call (rig);
  WAIT_FOR (rig, rig->n_rings == 1);
  pv_console_set_presence (rig->console, PV_PRESENCE_BUSY);
  WAIT_FOR (rig, presence_seen_by (colleague, rig) == PV_PRESENCE_BUSY);
  assert_int_equal (colleague->n_calls, 0);
  assert_int_equal (pv_console_get_calls (colleague->console)->len, 0);
  close_console (colleague);
}

/* They say it each 30 s, and the first one has just done so: it would not be waited for. */
static void
who_has_just_come_sees_the_others_before_they_say_it_again (void **state)
{
  Rig *rig = *state, *colleague = rig->colleague;

  WAIT_FOR (rig, rig->n_ups == 1);
  colleague->broker = rig->broker;
  assert_true (open_console (colleague, NULL, NULL));
  WAIT_FOR (rig, presence_seen_by (colleague, rig) == PV_PRESENCE_FREE);
  close_console (colleague);
}

static void
a_colleague_takes_over_with_the_citizens_consent (void **state)
{
  Rig *rig = *state, *colleague = rig->colleague;
  g_autofree char *code = NULL, *audit = NULL;
  static const char *const verbs[] = { " join ",    " ask-handover ", " grant-handover ",
                                       " consent ", " end-handover ", NULL };

  WAIT_FOR (rig, rig->n_ups == 1 && rig->end->n_events[PV_MQTT_UP] == 1);
  pv_assist_kiosk_set_phone (rig->pair->kiosk, "03 53 01 00 00");
  call (rig);
  WAIT_FOR (rig, rig->n_rings == 1);
  assert_string_equal (((const PvWaitingCall *) pv_console_get_calls (rig->console)->pdata[0])->phone,
                       "03 53 01 00 00");
  join (rig);
  colleague->broker = rig->broker;
  assert_true (open_console (colleague, NULL, NULL));
  WAIT_FOR (rig, presence_of_colleague (rig) == PV_PRESENCE_FREE && rig->n_colleagues > 0);
  pv_console_set_presence (colleague->console, PV_PRESENCE_ON_SITE);
  WAIT_FOR (rig, presence_of_colleague (rig) == PV_PRESENCE_ON_SITE);
  pv_console_set_presence (colleague->console, PV_PRESENCE_FREE);

  pv_console_hand_over (rig->console, "Claire M.");
  WAIT_FOR (rig, pv_assist_kiosk_get_rights (rig->pair->kiosk)->asks_handover);
  WAIT_FOR (rig, pv_assist_mediator_get_rights (pv_console_get_session (rig->console))->asks_handover);
  touch (rig, PV_TOUCH_GRANT);
  WAIT_FOR (rig, state_of (rig) == PV_MEDIATOR_ENDED && colleague->n_rings == 1);
  assert_int_equal (pv_assist_mediator_get_end (pv_console_get_session (rig->console)), PV_END_HANDOVER);
  code = get_code (rig);
  rig->peer = colleague->mediator->id;
  assert_true (pv_console_join (colleague->console, rig->kiosk->id, code, NULL));
  WAIT_FOR (rig, state_of (colleague) == PV_MEDIATOR_SESSION);
  WAIT_FOR (rig, presence_of_colleague (rig) == PV_PRESENCE_BUSY);
  close_console (colleague);
  WAIT_FOR (rig, presence_of_colleague (rig) == PV_PRESENCE_OFF
                   && pv_assist_kiosk_get_state (rig->pair->kiosk) == PV_KIOSK_ENDED);
  audit = read_audit (rig);
  expect_in_order (audit, verbs);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_console_helps_twice_and_survives_a_killed_broker, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_call_rings_who_is_free_and_is_gone_when_withdrawn, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_kiosk_that_was_revoked_does_not_ring, set_up, tear_down),
    cmocka_unit_test_setup_teardown (who_has_just_come_sees_the_others_before_they_say_it_again, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_colleague_takes_over_with_the_citizens_consent, set_up, tear_down),
  };
  int status;

  tst_init ();
  signal (SIGPIPE, SIG_IGN);
  if (!pv_assist_init ())
    return 1;
  status = cmocka_run_group_tests (tests, NULL, NULL);
  g_clear_pointer (&people, people_free);
  return status;
}
