/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole assistance over a real broker: the two machines of app/assist, two carriers, the certificates of parvisctl. */

#include "broker-end.h"
#include "enrolled.h"
#include "wire.h"

#include <signal.h>
#include <string.h>

enum {
  STEP_MS = 5,
  BACK_MS = 3000,
  CUT_MS = 8000, /* longer than a dead line is believed */
  FULL_CUT_MS = 30000,
  N_CUTS = 2,
  N_FULL_CUTS = 10,
};

typedef struct Rig {
  Broker *broker;
  const BrokerPerson *kiosk, *mediator;
  End *k, *m;
  guint n_taken_k, n_taken_m; /* of what came */
  guint n_up_m, n_down_k, n_down_m;
  Pair *pair;
} Rig;

static void
carry (Pair *pair, gboolean to_kiosk, GBytes *bytes)
{
  Rig *rig = pair->data;
  End *end = to_kiosk ? rig->m : rig->k;

  /* What is not sent is lost: the protocol sends again what matters. */
  pv_carrier_send (end->carrier, to_kiosk ? rig->kiosk->id : rig->mediator->id, bytes, pair->is_beat, NULL);
}

static void
set_now (Rig *rig)
{
  rig->pair->now.mono_ms = g_get_monotonic_time () / 1000;
  rig->pair->now.utc = (guint64) (g_get_real_time () / G_USEC_PER_SEC);
}

/* Links, parcels, clock: what session and console do. */
static void
step (Rig *rig)
{
  Pair *pair = rig->pair;

  end_pump (STEP_MS);
  set_now (rig);
  if (rig->k->n_events[PV_MQTT_DOWN] > rig->n_down_k)
    pv_assist_kiosk_link_down (pair->kiosk, pair->now);
  rig->n_down_k = rig->k->n_events[PV_MQTT_DOWN];
  if (rig->m->n_events[PV_MQTT_DOWN] > rig->n_down_m)
    pv_assist_mediator_link_down (pair->mediator, pair->now);
  rig->n_down_m = rig->m->n_events[PV_MQTT_DOWN];
  if (rig->m->n_events[PV_MQTT_UP] > rig->n_up_m && rig->n_up_m > 0)
    pv_assist_mediator_link_up (pair->mediator, pair->now);
  rig->n_up_m = rig->m->n_events[PV_MQTT_UP];
  for (; rig->n_taken_k < rig->k->parcels->len; rig->n_taken_k++)
    pair_hand_over (pair, TRUE, rig->k->parcels->pdata[rig->n_taken_k]);
  for (; rig->n_taken_m < rig->m->parcels->len; rig->n_taken_m++) {
    if (!g_str_has_prefix (rig->m->peers->pdata[rig->n_taken_m], "call "))
      pair_hand_over (pair, FALSE, rig->m->parcels->pdata[rig->n_taken_m]);
  }
  pv_assist_kiosk_tick (pair->kiosk, pair->now);
  pv_assist_mediator_tick (pair->mediator, pair->now);
  pair_collect (pair);
}

typedef gboolean (*Condition) (Rig *rig);

static void
wait_for (Rig *rig, Condition condition)
{
  gint64 until = g_get_monotonic_time () + END_WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (!condition (rig) && g_get_monotonic_time () < until)
    step (rig);
  assert_true (condition (rig));
}

static gboolean
are_together (Rig *rig)
{
  return pv_assist_kiosk_get_state (rig->pair->kiosk) == PV_KIOSK_SESSION
         && pv_assist_mediator_get_state (rig->pair->mediator) == PV_MEDIATOR_SESSION
         && pv_assist_kiosk_get_rights (rig->pair->kiosk)->state == PV_RIGHTS_OPEN;
}

static gboolean
are_equal (Rig *rig)
{
  const PvMirror *mirror = pv_assist_mediator_get_mirror (rig->pair->mediator);
  guint64 hash = 0;
  guint32 revision = pv_assist_kiosk_get_revision (rig->pair->kiosk, &hash);

  return mirror != NULL && revision == pv_assist_mediator_get_revision (rig->pair->mediator)
         && pv_mirror_hash (mirror) == hash;
}

static gboolean
has_question (Rig *rig)
{
  return pv_assist_kiosk_get_rights (rig->pair->kiosk)->has_question;
}

static gboolean
has_hand (Rig *rig)
{
  return pv_assist_mediator_get_rights (rig->pair->mediator)->is_granted[PV_RIGHT_HAND];
}

static gboolean
is_filled (Rig *rig)
{
  return g_str_equal (rig->pair->street, "rue C");
}

static gboolean
is_away (Rig *rig)
{
  return rig->n_down_k > 0 && rig->n_down_m > 0;
}

static gboolean
is_answered (Rig *rig)
{
  guint n = 0;

  for (guint i = 0; i < PV_N_RESULTS; i++)
    n += rig->pair->n_answers[i];
  return n >= 1;
}

static gboolean
has_ended (Rig *rig)
{
  return pv_assist_mediator_get_state (rig->pair->mediator) == PV_MEDIATOR_ENDED;
}

static int
set_up (void **state)
{
  Rig *rig = g_new0 (Rig, 1);
  People *people;

  rig->broker = broker_new ();
  if (rig->broker == NULL)
    return -1;
  rig->kiosk = broker_enrol (rig->broker, "root", "kiosk", "22050");
  rig->mediator = broker_enrol (rig->broker, "root", "mediator", "22050");
  rig->pair = pair_new (1);
  rig->pair->carry = carry;
  rig->pair->data = rig;
  people = rig->pair->people;
  enrolled_become (&people->kiosk, rig->kiosk, &people->root);
  enrolled_become (&people->mediator, rig->mediator, &people->root);
  enrolled_delegate (&people->kiosk, (guint64) (g_get_real_time () / G_USEC_PER_SEC));
  *state = rig;
  return broker_start (rig->broker) ? 0 : -1;
}

static int
tear_down (void **state)
{
  Rig *rig = *state;

  end_free (rig->k);
  end_free (rig->m);
  pair_free (rig->pair);
  broker_free (rig->broker);
  g_free (rig);
  return 0;
}

static void
join (Rig *rig)
{
  g_autofree char *code = NULL;
  Pair *pair = rig->pair;

  set_now (rig);
  pv_assist_kiosk_call (pair->kiosk, FALSE, pair->now);
  pair_collect (pair);
  code = g_strdup (pv_assist_kiosk_get_code (pair->kiosk, pair->now));
  assert_true (pv_carrier_call (rig->k->carrier, pair->call, NULL));
  assert_true (end_wait (&rig->m->parcels->len, 1));
  assert_true (pv_assist_mediator_join (pair->mediator, rig->m->parcels->pdata[0], code, pair->now, NULL));
  rig->n_taken_m = 1;
  wait_for (rig, are_together);
}

static void
lend_hand (Rig *rig)
{
  pv_assist_mediator_ask (rig->pair->mediator, PV_RIGHT_HAND, rig->pair->now);
  wait_for (rig, has_question);
  pv_assist_kiosk_touch (rig->pair->kiosk, PV_TOUCH_GRANT, rig->pair->now);
  wait_for (rig, has_hand);
}

/* Bytes that the broker could have read. */
static guint
count_readable (Rig *rig, const char *words)
{
  guint n = 0;

  for (guint i = 0; i < rig->pair->history->len; i++) {
    gsize size;
    const char *data = g_bytes_get_data (((Parcel *) rig->pair->history->pdata[i])->bytes, &size);

    n += memmem (data, size, words, strlen (words)) != NULL ? 1 : 0;
  }
  return n;
}

/* Everything that a citizen or a broker's owner could recognise: what was typed, and the words around it. */
static void
assert_nothing_readable (Rig *rig)
{
  static const char *const words[] = { "rue ",        "Dupont",  PAIR_NIR,   "question-1", "Rue",    "Nom",
                                       "Num\u00e9ro", "Cantine", "certifie", "Continuer",  "Retour", "Envoyer" };

  assert_true (rig->pair->history->len > 10);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    assert_int_equal (count_readable (rig, words[i]), 0);
}

static void
an_assistance_survives_a_killed_broker (void **state)
{
  Rig *rig = *state;
  Pair *pair = rig->pair;
  gint64 back_us;

  rig->k = end_new (rig->broker, PV_CARRIER_KIOSK, rig->kiosk, "22050");
  rig->m = end_new (rig->broker, PV_CARRIER_MEDIATOR, rig->mediator, "22050");
  assert_true (end_wait_up (rig->k) && end_wait_up (rig->m));
  pv_carrier_set_urgent (rig->k->carrier, TRUE);
  pv_carrier_set_urgent (rig->m->carrier, TRUE);
  join (rig);
  assert_string_equal (pv_assist_kiosk_get_mediator (pair->kiosk)->name, "Claire M.");
  assert_null (pv_assist_mediator_get_mirror (pair->mediator));
  pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_GRANT, pair->now);
  wait_for (rig, are_equal);
  lend_hand (rig);

  /* Killed while a command is on its way; the citizen goes on typing. */
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_SET, "street", "rue B", pair->now);
  broker_kill (rig->broker);
  wait_for (rig, is_away);
  pair->page++;
  pair_show (pair);
  pair_collect (pair);
  assert_true (broker_start (rig->broker));
  back_us = g_get_monotonic_time ();
  wait_for (rig, are_together);
  wait_for (rig, are_equal);
  print_message ("# together again after %" G_GINT64_FORMAT " ms\n", (g_get_monotonic_time () - back_us) / 1000);
  assert_true (g_get_monotonic_time () - back_us < BACK_MS * G_TIME_SPAN_MILLISECOND);

  /* The hand went with the link; what was granted to show is still granted. */
  wait_for (rig, is_answered);
  lend_hand (rig);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_SET, "street", "rue C", pair->now);
  wait_for (rig, is_filled);
  wait_for (rig, are_equal);
  assert_int_equal (GPOINTER_TO_UINT (g_hash_table_lookup (pair->applied, "rue C")), 1);
  assert_true (GPOINTER_TO_UINT (g_hash_table_lookup (pair->applied, "rue B")) <= 1);
  pv_assist_kiosk_end (pair->kiosk, PV_END_CITIZEN, pair->now);
  wait_for (rig, has_ended);
  assert_nothing_readable (rig);
  assert_int_equal (broker_count_stored (rig->broker), 0);
}

/* What the citizen types meanwhile; each key is taken at once, whatever the line does. */
static void
type_on (Rig *rig, guint number)
{
  gint64 before = g_get_monotonic_time ();

  g_free (rig->pair->name);
  rig->pair->name = g_strdup_printf ("Dupont%.*s", (int) (number % 12), "xxxxxxxxxxxx");
  pair_show (rig->pair);
  pair_collect (rig->pair);
  assert_true (g_get_monotonic_time () - before < G_USEC_PER_SEC / 2);
}

static void
type_for (Rig *rig, guint ms)
{
  gint64 until = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND, next = 0;

  for (guint number = 0; g_get_monotonic_time () < until;) {
    if (g_get_monotonic_time () >= next) {
      next = g_get_monotonic_time () + 260 * G_TIME_SPAN_MILLISECOND;
      type_on (rig, number++);
    }
    step (rig);
  }
}

/* The hand is lent, and a command is under way when it happens. Milliseconds until both are together again. */
static gint64
cut (Rig *rig, Wire *wire, guint number, gboolean is_killed, guint cut_ms)
{
  g_autofree char *value = g_strdup_printf ("rue %u", number);
  Pair *pair = rig->pair;
  gint64 back_us;

  type_for (rig, (guint) g_rand_int_range (pair->rand, 0, 300));
  lend_hand (rig);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_SET, "street", value, pair->now);
  pair_collect (pair);
  if (g_rand_boolean (pair->rand))
    step (rig);
  if (is_killed)
    broker_kill (rig->broker);
  else
    wire_cut (wire, TRUE);
  type_for (rig, is_killed ? (guint) g_rand_int_range (pair->rand, 500, 3000) : cut_ms);
  back_us = g_get_monotonic_time ();
  if (is_killed)
    assert_true (broker_start (rig->broker));
  else
    wire_cut (wire, FALSE);
  wait_for (rig, are_together);
  wait_for (rig, are_equal);
  back_us = g_get_monotonic_time () - back_us;
  assert_true (GPOINTER_TO_UINT (g_hash_table_lookup (pair->applied, value)) <= 1);
  /* The form is what the kiosk has, and nothing else. */
  type_on (rig, number);
  wait_for (rig, are_equal);
  return back_us / 1000;
}

static gboolean
has_no_hand (Rig *rig)
{
  return !has_hand (rig) && !has_question (rig);
}

/* Ten times with PV_TEST_FULL=1, half of them a link that is cut for 30 seconds. The same on a clock of its own, many
 * more times: tests/unit/assist/test-cuts.c. */
static void
an_assistance_survives_cuts_at_any_moment (void **state)
{
  Rig *rig = *state;
  gboolean is_full = g_strcmp0 (g_getenv ("PV_TEST_FULL"), "1") == 0;
  Wire *wire = wire_new (rig->broker->kiosk_port);
  gint64 longest_ms = 0;

  assert_non_null (wire);
  rig->k = end_new_at (rig->broker, PV_CARRIER_KIOSK, rig->kiosk, wire_get_port (wire), "22050", rig->kiosk);
  rig->m = end_new (rig->broker, PV_CARRIER_MEDIATOR, rig->mediator, "22050");
  assert_true (end_wait_up (rig->k) && end_wait_up (rig->m));
  pv_carrier_set_urgent (rig->k->carrier, TRUE);
  pv_carrier_set_urgent (rig->m->carrier, TRUE);
  join (rig);
  pv_assist_kiosk_touch (rig->pair->kiosk, PV_TOUCH_GRANT, rig->pair->now);
  wait_for (rig, are_equal);
  for (guint i = 0; i < (is_full ? N_FULL_CUTS : N_CUTS); i++) {
    gint64 ms = cut (rig, wire, i, i % 2 == 0, is_full ? FULL_CUT_MS : CUT_MS);

    print_message ("# %s, together again after %" G_GINT64_FORMAT " ms\n", i % 2 == 0 ? "killed" : "cut", ms);
    longest_ms = MAX (longest_ms, ms);
    pv_assist_kiosk_touch (rig->pair->kiosk, PV_TOUCH_ELSEWHERE, rig->pair->now);
    wait_for (rig, has_no_hand);
  }
  assert_true (longest_ms < BACK_MS);
  assert_nothing_readable (rig);
  wire_free (wire);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (an_assistance_survives_a_killed_broker, set_up, tear_down),
    cmocka_unit_test_setup_teardown (an_assistance_survives_cuts_at_any_moment, set_up, tear_down),
  };

  tst_init ();
  signal (SIGPIPE, SIG_IGN);
  return pv_assist_init () ? cmocka_run_group_tests (tests, NULL, NULL) : 1;
}
