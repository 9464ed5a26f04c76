/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The load of a region on one broker: ten thousand kiosks present over TLS, each with a certificate of its own, a hundred
 * of them being helped, on the shipped configuration; then the broker falls, and all come back.
 *
 * Kiosks that only are present sit in processes of their own, so that what the sessions measure is the broker's delay
 * and not that of a main loop with thousands of sockets. Everything runs on this machine, and shares its processors. */

#include "bench.h"
#include "broker-end.h"
#include "pair.h"

#include "ctl/tls-certificate.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
  N_CROWDS = 4,    /* processes of kiosks that are present */
  N_AT_ONCE = 64,  /* of a crowd, that are connecting for the first time */
  KEY_MS = 260,    /* between two keys of a citizen */
  TALK_MS = 30000, /* for so long the sessions type */
  PATIENCE_MS = 180 * 1000,
  STEP_US = 200,
};

#define COMMUNE "22050"

static const char *folder; /* of certificates */

static char *
id_of (char kind, guint index)
{
  return g_strdup_printf ("%016x", (kind == 'k' ? 0x10000000u : 0x20000000u) + index);
}

static char *
file_of (const char *id, const char *suffix)
{
  return g_strdup_printf ("%s/%s.%s", folder, id, suffix);
}

static PvCarrier *
connect_as (PvCarrierSide side, const char *id, guint port, const PvCarrierHooks *hooks)
{
  g_autofree char *ca = g_build_filename (folder, "brokers.pem", NULL), *cert = file_of (id, "pem"),
                  *key = file_of (id, "key");
  const char *communes[] = { COMMUNE, NULL };
  const PvCarrierOptions options = { side, id, communes, "127.0.0.1", port, ca, cert, key };
  g_autoptr (GError) error = NULL;
  PvCarrier *carrier = pv_carrier_new (&options, hooks, &error);

  if (carrier == NULL)
    g_printerr ("%s: %s\n", id, error->message);
  return carrier;
}

/* ---- a crowd: a process of kiosks that are present; tells its count on a line each time it changed ---- */

typedef struct Crowd {
  guint n_up, n_told;
} Crowd;

static void
crowd_event_cb (PvMqttEvent event, int reason, gpointer data)
{
  Crowd *crowd = data;

  (void) reason;
  crowd->n_up += event == PV_MQTT_UP ? 1 : 0;
  crowd->n_up -= event == PV_MQTT_DOWN ? 1 : 0;
}

static void
crowd_parcel_cb (const char *peer, gboolean is_call, GBytes *bytes, gpointer data)
{
  (void) peer;
  (void) is_call;
  (void) bytes;
  (void) data;
}

static gboolean
crowd_tell_cb (gpointer data)
{
  Crowd *crowd = data;

  if (crowd->n_up != crowd->n_told) {
    printf ("%u\n", crowd->n_up);
    fflush (stdout);
  }
  crowd->n_told = crowd->n_up;
  return G_SOURCE_CONTINUE;
}

/* --crowd FOLDER PORT FIRST COUNT: until it is killed */
static int
be_a_crowd (char **arguments)
{
  guint port = (guint) atoi (arguments[1]), first = (guint) atoi (arguments[2]), n = (guint) atoi (arguments[3]);
  Crowd crowd = { 0, 0 };
  const PvCarrierHooks hooks = { .event = crowd_event_cb, .parcel = crowd_parcel_cb, .data = &crowd };

  folder = arguments[0];
  g_timeout_add (50, crowd_tell_cb, &crowd);
  for (guint made = 0; made < n;) {
    for (; made < n && made < crowd.n_up + N_AT_ONCE; made++) {
      g_autofree char *id = id_of ('k', first + made);

      if (connect_as (PV_CARRIER_KIOSK, id, port, &hooks) == NULL) /* kept until the process ends */
        return 1;
    }
    g_main_context_iteration (NULL, TRUE);
  }
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

/* ---- the crowds, from outside ---- */

typedef struct Watch {
  GSubprocess *process;
  GDataInputStream *lines;
  guint n_up;
} Watch;

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    return;
  watch->n_up = (guint) atoi (line);
  g_data_input_stream_read_line_async (watch->lines, G_PRIORITY_DEFAULT, NULL, line_cb, watch);
}

static void
watch_crowd (Watch *watch, const char *program, guint port, guint first, guint n)
{
  g_autofree char *port_word = g_strdup_printf ("%u", port), *first_word = g_strdup_printf ("%u", first),
                  *n_word = g_strdup_printf ("%u", n);
  g_autoptr (GError) error = NULL;

  watch->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--crowd", folder, port_word,
                                     first_word, n_word, NULL);
  if (watch->process == NULL)
    g_error ("%s", error->message);
  watch->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (watch->process));
  g_data_input_stream_read_line_async (watch->lines, G_PRIORITY_DEFAULT, NULL, line_cb, watch);
}

static guint
count_up (const Watch *watches)
{
  guint n = 0;

  for (guint i = 0; i < N_CROWDS; i++)
    n += watches[i].n_up;
  return n;
}

/* ---- the sessions ---- */

typedef struct Talk {
  Pair *pair;
  PvCarrier *kiosk, *mediator;
  char *kiosk_id, *mediator_id;
  guint n_up;
  gint64 next_key_us, typed_us; /* typed_us: 0: seen */
  guint n_keys;
  GArray *delays; /* ms, of all talks */
} Talk;

static void
set_now (Talk *talk)
{
  talk->pair->now.mono_ms = g_get_monotonic_time () / 1000;
}

static void
talk_event_cb (PvMqttEvent event, int reason, gpointer data)
{
  Talk *talk = data;

  (void) reason;
  talk->n_up += event == PV_MQTT_UP ? 1 : 0;
  talk->n_up -= event == PV_MQTT_DOWN ? 1 : 0;
}

static void
look (Talk *talk)
{
  const PvMirror *mirror = pv_assist_mediator_get_mirror (talk->pair->mediator);
  guint64 hash = 0;
  double delay;

  pv_assist_kiosk_get_revision (talk->pair->kiosk, &hash);
  if (talk->typed_us == 0 || mirror == NULL || pv_mirror_hash (mirror) != hash)
    return;
  delay = (double) (g_get_monotonic_time () - talk->typed_us) / 1000.0;
  g_array_append_val (talk->delays, delay);
  talk->typed_us = 0;
}

static void
kiosk_parcel_cb (const char *peer, gboolean is_call, GBytes *bytes, gpointer data)
{
  Talk *talk = data;

  (void) peer;
  (void) is_call;
  set_now (talk);
  pair_hand_over (talk->pair, TRUE, bytes);
}

static void
mediator_parcel_cb (const char *peer, gboolean is_call, GBytes *bytes, gpointer data)
{
  Talk *talk = data;

  (void) peer;
  if (is_call)
    return;
  set_now (talk);
  pair_hand_over (talk->pair, FALSE, bytes);
  look (talk);
}

static void
carry (Pair *pair, gboolean to_kiosk, GBytes *bytes)
{
  Talk *talk = pair->data;

  pv_carrier_send (to_kiosk ? talk->mediator : talk->kiosk, to_kiosk ? talk->kiosk_id : talk->mediator_id, bytes,
                   pair->is_beat, NULL);
}

static void
tick (Talk *talk)
{
  set_now (talk);
  pv_assist_kiosk_tick (talk->pair->kiosk, talk->pair->now);
  pv_assist_mediator_tick (talk->pair->mediator, talk->pair->now);
  pair_collect (talk->pair);
}

/* One more letter, when it is time for it. */
static void
type (Talk *talk)
{
  gint64 now_us = g_get_monotonic_time ();

  if (now_us < talk->next_key_us)
    return;
  talk->next_key_us += KEY_MS * 1000;
  set_now (talk);
  g_free (talk->pair->street);
  talk->pair->street = g_strdup_printf ("rue %u", talk->n_keys++);
  talk->typed_us = g_get_monotonic_time ();
  pair_show (talk->pair);
  pair_collect (talk->pair);
}

static Talk *
talk_new (guint index, const Broker *broker, GArray *delays)
{
  Talk *talk = g_new0 (Talk, 1);
  const PvCarrierHooks kiosk = { .event = talk_event_cb, .parcel = kiosk_parcel_cb, .data = talk };
  const PvCarrierHooks mediator = { .event = talk_event_cb, .parcel = mediator_parcel_cb, .data = talk };

  talk->pair = pair_new (index);
  talk->pair->carry = carry;
  talk->pair->data = talk;
  talk->delays = delays;
  talk->kiosk_id = id_of ('k', index);
  talk->mediator_id = id_of ('m', index);
  talk->kiosk = connect_as (PV_CARRIER_KIOSK, talk->kiosk_id, broker->kiosk_port, &kiosk);
  talk->mediator = connect_as (PV_CARRIER_MEDIATOR, talk->mediator_id, broker->mediator_port, &mediator);
  return talk;
}

static gboolean
pump_until_up (Talk **talks, guint n)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;

  for (;;) {
    guint n_up = 0;

    for (guint i = 0; i < n; i++)
      n_up += talks[i]->n_up;
    if (n_up == 2 * n || g_get_monotonic_time () > until)
      return n_up == 2 * n;
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (STEP_US);
  }
}

static gboolean
is_shown (const Talk *talk)
{
  return pv_assist_mediator_get_mirror (talk->pair->mediator) != NULL;
}

/* The citizen calls, the mediator types the code, the citizen lets them see. */
static gboolean
join (Talk *talk)
{
  gint64 until = g_get_monotonic_time () + END_WAIT_MS * G_TIME_SPAN_MILLISECOND;

  set_now (talk);
  if (!pair_join (talk->pair, NULL))
    return FALSE;
  pair_collect (talk->pair);
  while (!is_shown (talk) && g_get_monotonic_time () < until) {
    tick (talk);
    if (pv_assist_kiosk_get_rights (talk->pair->kiosk)->has_question) {
      pv_assist_kiosk_touch (talk->pair->kiosk, PV_TOUCH_GRANT, talk->pair->now);
      pair_collect (talk->pair);
    }
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (STEP_US);
  }
  return is_shown (talk);
}

static void
talk_for (Talk **talks, guint n, guint ms)
{
  gint64 start = g_get_monotonic_time (), until = start + ms * G_TIME_SPAN_MILLISECOND, ticked = 0;

  for (guint i = 0; i < n; i++)
    talks[i]->next_key_us = start + (gint64) i * KEY_MS * 1000 / n;
  while (g_get_monotonic_time () < until) {
    gint64 now_us = g_get_monotonic_time ();

    for (guint i = 0; i < n; i++) {
      type (talks[i]);
      if (now_us > ticked + 20000)
        tick (talks[i]);
    }
    ticked = now_us > ticked + 20000 ? now_us : ticked;
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (STEP_US);
  }
}

static void
talk_free (Talk *talk)
{
  pv_carrier_free (talk->kiosk);
  pv_carrier_free (talk->mediator);
  pair_free (talk->pair);
  g_free (talk->kiosk_id);
  g_free (talk->mediator_id);
  g_free (talk);
}

/* ---- certificates ---- */

static gboolean
write_pair (const PvTlsPair *authority, const char *id)
{
  g_autoptr (PvTlsPair) pair = pv_tls_pair_new (PV_TLS_CLIENT, id, NULL, authority, 2);
  g_autofree char *cert = file_of (id, "pem"), *key = file_of (id, "key");

  return pair != NULL && g_file_set_contents (cert, pair->certificate, -1, NULL)
         && g_file_set_contents_full (key, pair->key, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

static PvTlsPair *
read_authority (const Broker *broker, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%s/root/%s.key", broker->folder, name);
  g_autofree char *cert = g_strdup_printf ("%s/root/%s.pem", broker->folder, name);
  g_autoptr (PvTlsPair) pair = g_new0 (PvTlsPair, 1);

  return g_file_get_contents (key, &pair->key, NULL, NULL) && g_file_get_contents (cert, &pair->certificate, NULL, NULL)
           ? g_steal_pointer (&pair)
           : NULL;
}

static gboolean
enrol_all (const Broker *broker, guint n_kiosks, guint n_mediators)
{
  g_autoptr (PvTlsPair) kiosks = read_authority (broker, "kiosks"), mediators = read_authority (broker, "mediators");
  g_autofree char *from = g_strdup_printf ("%s/root/brokers.pem", broker->folder), *text = NULL,
                  *to = g_build_filename (folder, "brokers.pem", NULL),
                  *acl = g_strdup_printf ("%s/server/acl.mediators", broker->folder), *rules = NULL;
  g_autoptr (GString) all = NULL;

  if (kiosks == NULL || mediators == NULL || !g_file_get_contents (from, &text, NULL, NULL)
      || !g_file_set_contents (to, text, -1, NULL) || !g_file_get_contents (acl, &rules, NULL, NULL))
    return FALSE;
  all = g_string_new (rules);
  for (guint i = 0; i < n_kiosks; i++) {
    g_autofree char *id = id_of ('k', i);

    if (!write_pair (kiosks, id))
      return FALSE;
  }
  for (guint i = 0; i < n_mediators; i++) {
    g_autofree char *id = id_of ('m', i);

    if (!write_pair (mediators, id))
      return FALSE;
    g_string_append_printf (all, "\nuser %s\ntopic read q/" COMMUNE "/+\n", id);
  }
  return g_file_set_contents (acl, all->str, -1, NULL);
}

/* ---- the run ---- */

static double
resident_mb (const Broker *broker)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (broker->process)),
                  *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (line = strstr (text, "VmRSS:")) == NULL)
    return 0;
  return g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024.0;
}

/* Seconds until so many are there, or -1. */
static double
wait_for_crowds (const Watch *watches, guint n)
{
  gint64 start = g_get_monotonic_time ();

  while (count_up (watches) < n) {
    if (g_get_monotonic_time () - start > PATIENCE_MS * G_TIME_SPAN_MILLISECOND)
      return -1;
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static void
wait_for_nobody (const Watch *watches)
{
  gint64 until = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (count_up (watches) > 0 && g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static gboolean
measure_crowd (Broker *broker, Watch *watches, const char *program, guint n_kiosks, guint n_sessions)
{
  guint n_idle = n_kiosks - n_sessions, first = n_sessions;
  double seconds;

  for (guint i = 0; i < N_CROWDS; i++) {
    guint n = n_idle / N_CROWDS + (i < n_idle % N_CROWDS ? 1 : 0);

    watch_crowd (&watches[i], program, broker->kiosk_port, first, n);
    first += n;
  }
  seconds = wait_for_crowds (watches, n_idle);
  if (seconds < 0) {
    g_printerr ("%u of %u kiosks are there\n", count_up (watches), n_idle);
    return FALSE;
  }
  bench_figure ("broker: kiosks present", n_idle, "kiosks", NULL, BENCH_NO_GOAL);
  bench_figure ("broker: handshakes", n_idle / seconds, "1/s", NULL, BENCH_NO_GOAL);
  bench_figure ("broker: memory", resident_mb (broker), "MB", NULL, 250);
  return TRUE;
}

static gboolean
measure_sessions (const Broker *broker, guint n, guint ms, GArray *joins, GArray *delays)
{
  g_autofree Talk **talks = g_new0 (Talk *, n);
  gboolean is_done;

  for (guint i = 0; i < n; i++)
    talks[i] = talk_new (i, broker, delays);
  is_done = pump_until_up (talks, n);
  for (guint i = 0; is_done && i < n; i++) {
    gint64 start = g_get_monotonic_time ();
    double took;

    is_done = join (talks[i]);
    took = (double) (g_get_monotonic_time () - start) / 1000.0;
    g_array_append_val (joins, took);
  }
  if (is_done)
    talk_for (talks, n, ms);
  for (guint i = 0; i < n; i++)
    talk_free (talks[i]);
  return is_done;
}

static gboolean
measure (Broker *broker, const char *program, guint n_kiosks, guint n_sessions, guint ms)
{
  Watch watches[N_CROWDS] = { { NULL, NULL, 0 } };
  g_autoptr (GArray) joins = g_array_new (FALSE, FALSE, sizeof (double)),
                     delays = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean is_done = measure_crowd (broker, watches, program, n_kiosks, n_sessions);

  is_done = is_done && measure_sessions (broker, n_sessions, ms, joins, delays) && delays->len > 0;
  if (is_done) {
    double seconds;

    bench_figure ("broker: sessions at once", n_sessions, "sessions", NULL, BENCH_NO_GOAL);
    bench_figure ("broker: join in a crowd, p50", bench_percentile (joins, 50), "ms", NULL, BENCH_NO_GOAL);
    bench_figure ("broker: join in a crowd, p99", bench_percentile (joins, 99), "ms", NULL, 100);
    bench_figure ("broker: key to mirror in a crowd, keys", delays->len, "keys", NULL, BENCH_NO_GOAL);
    bench_figure ("broker: key to mirror in a crowd, p50", bench_percentile (delays, 50), "ms", NULL, 10);
    bench_figure ("broker: key to mirror in a crowd, p99", bench_percentile (delays, 99), "ms", NULL, 50);
    bench_figure ("broker: memory with sessions", resident_mb (broker), "MB", NULL, 250);
    broker_kill (broker);
    wait_for_nobody (watches);
    seconds = broker_start (broker) ? wait_for_crowds (watches, n_kiosks - n_sessions) : -1;
    is_done = seconds >= 0;
    bench_figure ("broker: all back after a restart", seconds, "s", NULL, 60);
    bench_figure ("broker: memory after a restart", resident_mb (broker), "MB", NULL, 250);
  }
  for (guint i = 0; i < N_CROWDS; i++) {
    if (watches[i].process == NULL)
      continue;
    g_subprocess_force_exit (watches[i].process);
    g_subprocess_wait (watches[i].process, NULL, NULL);
    g_object_unref (watches[i].process);
    g_object_unref (watches[i].lines);
  }
  return is_done;
}

static guint
number_of (const char *name, guint usual)
{
  return g_getenv (name) != NULL ? (guint) atoi (g_getenv (name)) : usual;
}

int
main (int argc, char **argv)
{
  guint n_kiosks = number_of ("PV_LOAD_KIOSKS", 10000), n_sessions = number_of ("PV_LOAD_SESSIONS", 100);
  Broker *broker;
  gboolean is_done = FALSE;

  signal (SIGPIPE, SIG_IGN);
  if (argc == 6 && g_str_equal (argv[1], "--crowd"))
    return be_a_crowd (argv + 2);
  if (g_strcmp0 (g_getenv ("PV_BENCH_SANITIZED"), "yes") == 0)
    return 77;
  if (!pv_assist_init () || (broker = broker_new ()) == NULL)
    return 1;
  folder = g_build_filename (broker->folder, "load", NULL);
  if (g_mkdir_with_parents (folder, 0700) == 0 && enrol_all (broker, n_kiosks, n_sessions) && broker_start (broker))
    is_done = measure (broker, argv[0], n_kiosks, n_sessions, number_of ("PV_LOAD_MS", TALK_MS));
  broker_free (broker);
  return is_done ? 0 : 1;
}
