/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A region at the broker of the fleet: ten thousand kiosks over TLS, each with a certificate of its own, a last will, and a report
 * that is retained, on the shipped configuration; then the broker is ended, started again after a second, and all come back as
 * the real client plans it (platform/mqtt.h with pv_reconnect_patient, as kiosk/courier/fleet.c has it).
 *
 * The kiosks sit in processes of their own. Everything runs on this machine, and shares its processors. */

#include "bench.h"

#include "ctl/tls-certificate.h"
#include "mosquitto-broker.h"
#include "platform/fleet-report.h"
#include "platform/mqtt.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
  N_CROWDS = 4,
  SECONDS = 1200, /* that are counted */
  PATIENCE_S = 600,
  AWAY_MS = 1000,
};

static const char *folder; /* of certificates */

static char *
id_of (guint index)
{
  return g_strdup_printf ("%016x", 0x10000000u + index);
}

static char *
file_of (const char *id, const char *suffix)
{
  return g_strdup_printf ("%s/%s.%s", folder, id, suffix);
}

/* ---- a crowd: a process of kiosks. Tells "SECOND CAME UP" once in a second: how many came, and how many are there. ---- */

typedef struct Crowd {
  guint n_up, n_came;
} Crowd;

typedef struct Kiosk {
  Crowd *crowd;
  PvMqtt *mqtt;
  char *id;
} Kiosk;

static gint64
second_now (void)
{
  return g_get_monotonic_time () / G_USEC_PER_SEC;
}

static void
publish (const Kiosk *kiosk, PvFleetTopic topic, const char *text)
{
  g_autofree char *name = pv_fleet_topic (kiosk->id, topic, NULL);
  g_autoptr (GBytes) payload = g_bytes_new (text, strlen (text));

  pv_mqtt_publish_retained (kiosk->mqtt, name, payload, PV_FLEET_STATE_EXPIRY_S, NULL);
}

static void
event_cb (PvMqttEvent event, int reason, gpointer data)
{
  Kiosk *kiosk = data;
  const PvFleetPresence presence = { .is_present = TRUE, .since_s = g_get_real_time () / G_USEC_PER_SEC };
  PvKioskReport report = { .kiosk = kiosk->id, .label = (char *) "Mairie, hall", .release = (char *) "1.0" };
  const PvKioskFacts facts = { .screen = PV_KIOSK_SCREEN_SERVING, .printer = PV_KIOSK_PRINTER_READY };
  g_autofree char *presence_text = NULL, *state_text = NULL;

  (void) reason;
  kiosk->crowd->n_up -= event == PV_MQTT_DOWN ? 1 : 0;
  if (event != PV_MQTT_UP)
    return;
  kiosk->crowd->n_up++;
  kiosk->crowd->n_came++;
  pv_kiosk_report_note (&report, &facts, presence.since_s);
  presence_text = pv_fleet_presence_to_json (&presence);
  state_text = pv_fleet_report_to_json (&report);
  publish (kiosk, PV_FLEET_PRESENCE, presence_text);
  publish (kiosk, PV_FLEET_STATE, state_text);
}

static void
message_cb (const char *topic, GBytes *payload, gpointer data)
{
  (void) topic;
  (void) payload;
  (void) data;
}

static gboolean
tell_cb (gpointer data)
{
  Crowd *crowd = data;

  printf ("%" G_GINT64_FORMAT " %u %u\n", second_now (), crowd->n_came, crowd->n_up);
  fflush (stdout);
  crowd->n_came = 0;
  return G_SOURCE_CONTINUE;
}

static gboolean
connect_kiosk (Kiosk *kiosk, guint port)
{
  static const PvFleetPresence gone = { .is_present = FALSE };
  g_autofree char *ca = g_build_filename (folder, "brokers.pem", NULL), *cert = file_of (kiosk->id, "pem"),
                  *key = file_of (kiosk->id, "key"), *topic = pv_fleet_topic (kiosk->id, PV_FLEET_PRESENCE, NULL),
                  *text = pv_fleet_presence_to_json (&gone);
  g_autoptr (GBytes) will = g_bytes_new (text, strlen (text));
  const PvMqttOptions options = {
    .host = "127.0.0.1",
    .port = port,
    .ca_file = ca,
    .cert_file = cert,
    .key_file = key,
    .client_id = kiosk->id,
    .plan = &pv_reconnect_patient,
    .is_spread = TRUE,
    .will_topic = topic,
    .will = will,
  };
  const PvMqttHooks hooks = { event_cb, message_cb, kiosk };

  kiosk->mqtt = pv_mqtt_new (&options, &hooks, NULL);
  return kiosk->mqtt != NULL;
}

static int
be_a_crowd (char **words)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint port = (guint) atoi (words[1]), first = (guint) atoi (words[2]), n = (guint) atoi (words[3]);
  Kiosk *kiosks = g_new0 (Kiosk, n);
  Crowd crowd = { 0 };

  folder = words[0];
  for (guint i = 0; i < n; i++) {
    kiosks[i].crowd = &crowd;
    kiosks[i].id = id_of (first + i);
    if (!connect_kiosk (&kiosks[i], port))
      return 1;
  }
  g_timeout_add (1000, tell_cb, &crowd);
  g_main_loop_run (loop);
  return 0;
}

/* ---- who watches the crowds ---- */

typedef struct Watch {
  GSubprocess *process;
  GDataInputStream *lines;
  guint n_up;
  guint *came; /* by the second since @start_s, of all crowds together */
  gint64 *start_s;
} Watch;

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  gint64 second = 0;
  guint came = 0;

  if (line == NULL)
    return;
  if (sscanf (line, "%" G_GINT64_FORMAT " %u %u", &second, &came, &watch->n_up) == 3) {
    gint64 index = second - *watch->start_s;

    if (index >= 0 && index < SECONDS)
      watch->came[index] += came;
  }
  g_data_input_stream_read_line_async (watch->lines, G_PRIORITY_DEFAULT, NULL, line_cb, watch);
}

static gboolean
watch_crowd (Watch *watch, const char *program, guint port, guint first, guint n)
{
  g_autofree char *port_word = g_strdup_printf ("%u", port), *first_word = g_strdup_printf ("%u", first),
                  *n_word = g_strdup_printf ("%u", n);

  watch->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, program, "--crowd", folder, port_word,
                                     first_word, n_word, NULL);
  if (watch->process == NULL)
    return FALSE;
  watch->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (watch->process));
  g_data_input_stream_read_line_async (watch->lines, G_PRIORITY_DEFAULT, NULL, line_cb, watch);
  return TRUE;
}

static guint
count_up (const Watch *watches)
{
  guint n = 0;

  for (guint i = 0; i < N_CROWDS; i++)
    n += watches[i].n_up;
  return n;
}

/* Until so many are there, or so few; FALSE: not in time. */
static gboolean
wait_for (const Watch *watches, guint least, guint most)
{
  gint64 until = second_now () + PATIENCE_S;

  while (count_up (watches) < least || count_up (watches) > most) {
    if (second_now () > until)
      return FALSE;
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
  return TRUE;
}

/* Most that came in one second, since the start, and in how many seconds the last one had. */
static void
tell_arrivals (const char *when, const guint *came, guint n_kiosks)
{
  g_autofree char *most_name = g_strdup_printf ("fleet: most connections in a second, %s", when),
                  *last_name = g_strdup_printf ("fleet: all connected, %s", when);
  guint most = 0, last = 0, sum = 0;

  for (guint i = 0; i < SECONDS && sum < n_kiosks; i++) {
    most = MAX (most, came[i]);
    sum += came[i];
    last = i;
  }
  bench_figure (most_name, most, "1/s", NULL, 400);
  bench_figure (last_name, last, "s", NULL, 180);
}

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

/* parvisctl fleet over all of them: seconds, or -1. */
static double
read_all (const Broker *broker, guint n)
{
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", broker->mediator_port), *said = NULL;
  const char *words[] = {
    g_getenv ("PV_CTL_PROGRAM"), "fleet", "--broker", address, "--folder", broker->reader, "--seconds", "120", NULL
  };
  g_autofree char *wanted = g_strdup_printf ("\n%u kiosks", n);
  gint64 start = g_get_monotonic_time ();

  if (!g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, NULL, NULL, NULL)
      || strstr (said, wanted) == NULL)
    return -1;
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static gboolean
measure (Broker *broker, const char *program, guint n_kiosks)
{
  g_autofree guint *came = g_new0 (guint, SECONDS);
  gint64 start_s = second_now ();
  Watch watches[N_CROWDS] = { { 0 } };
  gboolean is_done = TRUE;
  guint first = 0;

  for (guint i = 0; i < N_CROWDS && is_done; i++) {
    guint n = n_kiosks / N_CROWDS + (i < n_kiosks % N_CROWDS ? 1 : 0);

    watches[i].came = came;
    watches[i].start_s = &start_s;
    is_done = watch_crowd (&watches[i], program, broker->kiosk_port, first, n);
    first += n;
  }
  is_done = is_done && wait_for (watches, n_kiosks, n_kiosks);
  if (is_done) {
    double seconds;

    bench_figure ("fleet: kiosks", n_kiosks, "kiosks", NULL, BENCH_NO_GOAL);
    tell_arrivals ("switched on together", came, n_kiosks);
    bench_figure ("fleet: memory of the broker", resident_mb (broker), "MB", NULL, 300);
    seconds = read_all (broker, n_kiosks);
    is_done = seconds >= 0;
    bench_figure ("fleet: parvisctl fleet reads all", seconds, "s", NULL, 30);
    broker_end (broker);
    is_done = is_done && wait_for (watches, 0, 0);
    bench_pump (AWAY_MS);
    memset (came, 0, SECONDS * sizeof *came);
    start_s = second_now ();
    is_done = is_done && broker_start (broker) && wait_for (watches, n_kiosks, n_kiosks);
    tell_arrivals ("after a restart of the broker", came, n_kiosks);
    bench_figure ("fleet: memory of the broker after a restart", resident_mb (broker), "MB", NULL, 300);
  }
  if (!is_done)
    g_printerr ("%u of %u kiosks are there\n", count_up (watches), n_kiosks);
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

/* ---- certificates ---- */

static gboolean
enrol_all (const Broker *broker, guint n_kiosks)
{
  g_autofree char *key = g_strdup_printf ("%s/root/kiosks.key", broker->folder),
                  *cert = g_strdup_printf ("%s/root/kiosks.pem", broker->folder),
                  *from = g_strdup_printf ("%s/root/brokers.pem", broker->folder), *text = NULL,
                  *to = g_build_filename (folder, "brokers.pem", NULL);
  g_autoptr (PvTlsPair) authority = g_new0 (PvTlsPair, 1);

  if (!g_file_get_contents (key, &authority->key, NULL, NULL)
      || !g_file_get_contents (cert, &authority->certificate, NULL, NULL)
      || !g_file_get_contents (from, &text, NULL, NULL) || !g_file_set_contents (to, text, -1, NULL))
    return FALSE;
  for (guint i = 0; i < n_kiosks; i++) {
    g_autofree char *id = id_of (i), *cert_file = file_of (id, "pem"), *key_file = file_of (id, "key");
    g_autoptr (PvTlsPair) pair = pv_tls_pair_new (PV_TLS_CLIENT, id, NULL, authority, 2);

    if (pair == NULL
        || !g_file_set_contents_full (cert_file, pair->certificate, -1, G_FILE_SET_CONTENTS_NONE, 0644, NULL)
        || !g_file_set_contents_full (key_file, pair->key, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
      return FALSE;
  }
  return TRUE;
}

int
main (int argc, char **argv)
{
  guint n_kiosks = g_getenv ("PV_LOAD_KIOSKS") != NULL ? (guint) atoi (g_getenv ("PV_LOAD_KIOSKS")) : 10000;
  Broker *broker;
  gboolean is_done = FALSE;

  signal (SIGPIPE, SIG_IGN);
  if (argc == 6 && g_str_equal (argv[1], "--crowd"))
    return be_a_crowd (argv + 2);
  if (g_strcmp0 (g_getenv ("PV_BENCH_SANITIZED"), "yes") == 0)
    return 77;
  if ((broker = broker_new_fleet ()) == NULL)
    return 1;
  folder = g_build_filename (broker->folder, "load", NULL);
  if (g_mkdir_with_parents (folder, 0700) == 0 && enrol_all (broker, n_kiosks) && broker_start (broker))
    is_done = measure (broker, argv[0], n_kiosks);
  broker_free (broker);
  return is_done ? 0 : 1;
}
