/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The courier at the broker of the fleet, with the shipped rules and the certificates of parvisctl, and "parvisctl fleet". */

#include "tst.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#include "link/peer.h"
#include "mosquitto-broker.h"
#include "platform/fleet-report.h"
#include "platform/mqtt.h"
#include "pv-link-health1.h"

/* SCALE: a minute of the courier's waits is six seconds. QUIET_MS: a broker that refuses says nothing. */
enum { WAIT_MS = 30000, SCALE = 10, QUIET_MS = 700 };

#define LABEL "Mairie, hall"

static Broker *broker;
static const BrokerPerson *kiosk, *other;
static GSubprocess *courier;
static char *folder;

/* Who reads, and what they saw last on each topic. */
typedef struct Reader {
  PvMqtt *mqtt;
  GHashTable *last; /* topic -> text */
  guint n_up, n_down, n_refused, n_failed;
} Reader;

static void
event_cb (PvMqttEvent event, int reason, gpointer data)
{
  Reader *reader = data;

  (void) reason;
  reader->n_up += event == PV_MQTT_UP ? 1 : 0;
  reader->n_down += event == PV_MQTT_DOWN ? 1 : 0;
  reader->n_refused += event == PV_MQTT_REFUSED ? 1 : 0;
  reader->n_failed += event == PV_MQTT_FAILED ? 1 : 0;
}

static void
message_cb (const char *topic, GBytes *payload, gpointer data)
{
  g_hash_table_insert (((Reader *) data)->last, g_strdup (topic),
                       g_strndup (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload)));
}

static Reader *
connect_as (const char *home, const char *name, const char *client_id, guint port)
{
  g_autofree char *ca = g_build_filename (home, "brokers.pem", NULL), *cert = g_strdup_printf ("%s/%s.pem", home, name),
                  *key = g_strdup_printf ("%s/%s.key", home, name);
  const char *topics[] = { "f/#", NULL };
  const PvMqttOptions options = {
    .host = "127.0.0.1",
    .port = port,
    .ca_file = ca,
    .cert_file = cert,
    .key_file = key,
    .client_id = client_id,
    .topics = topics,
    .wants_retained = TRUE,
  };
  Reader *reader = g_new0 (Reader, 1);
  const PvMqttHooks hooks = { event_cb, message_cb, reader };

  reader->last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  reader->mqtt = pv_mqtt_new (&options, &hooks, NULL);
  assert_non_null (reader->mqtt);
  pv_mqtt_set_urgent (reader->mqtt, TRUE);
  return reader;
}

static Reader *
reader_new (void)
{
  return connect_as (broker->reader, "reader", "a-reader", broker->mediator_port);
}

static void
reader_free (Reader *reader)
{
  pv_mqtt_free (reader->mqtt);
  g_hash_table_unref (reader->last);
  g_free (reader);
}

typedef gboolean (*Condition) (Reader *reader, const char *word);

static gboolean
pump_until (Reader *reader, Condition is_met, const char *word)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (!is_met (reader, word) && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  return is_met (reader, word);
}

static void
pump (guint ms)
{
  gboolean never = FALSE;

  tst_pump_until (NULL, &never, ms);
}

static const char *
last_of (Reader *reader, const char *id, const char *what)
{
  g_autofree char *topic = g_strdup_printf ("f/%s/%s", id, what);

  return g_hash_table_lookup (reader->last, topic);
}

static gboolean
is_up (Reader *reader, const char *word)
{
  (void) word;
  return reader->n_up > 0;
}

static gboolean
has_failed (Reader *reader, const char *word)
{
  (void) word;
  return reader->n_failed > 0;
}

/* Mosquitto 2.0.11 also ends the connection of who tries, and what it said before may be lost with it. */
static gboolean
is_refused (Reader *reader, const char *word)
{
  (void) word;
  return reader->n_refused + reader->n_down > 0;
}

static gboolean
presence_says (Reader *reader, const char *word)
{
  const char *text = last_of (reader, kiosk->id, "presence");

  return text != NULL && strstr (text, word) != NULL;
}

static gboolean
state_says (Reader *reader, const char *word)
{
  const char *text = last_of (reader, kiosk->id, "state");

  return text != NULL && strstr (text, word) != NULL;
}

static gboolean
usage_is_told (Reader *reader, const char *word)
{
  return last_of (reader, kiosk->id, word) != NULL;
}

static gboolean
other_is_told (Reader *reader, const char *word)
{
  return last_of (reader, other->id, word) != NULL;
}

/* ---- the courier ---- */

static void
write_settings (void)
{
  g_autofree char *conf = g_build_filename (folder, "conf", NULL), *path = g_build_filename (conf, "10.conf", NULL),
                  *text = NULL;

  text = g_strdup_printf ("[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\n"
                          "[outbox]\nprivate-key-file=%s/outbox.key\npublic-key-file=%s/outbox.pub\n"
                          "[paths]\nruntime=%s/run\nstate=%s/state\ncache=%s/cache\n"
                          "[fleet]\nenabled=true\nbroker-host=127.0.0.1\nbroker-port=%u\nlabel=" LABEL "\n"
                          "ca-file=%s/brokers.pem\nclient-cert-file=%s/broker-client.pem\n"
                          "client-key-file=%s/broker-client.key\nmetrics-file=%s/parvis.prom\n",
                          folder, folder, folder, folder, folder, broker->kiosk_port, kiosk->folder, kiosk->folder,
                          kiosk->folder, folder);
  g_mkdir_with_parents (conf, 0700);
  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
start_courier (void)
{
  g_autofree char *conf = g_build_filename (folder, "conf", NULL), *log = g_build_filename (folder, "log", NULL),
                  *scale = g_strdup_printf ("%d", SCALE);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);

  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  courier = g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("PV_COURIER_PROGRAM"), "--config", conf,
                                         "--time-scale", scale, NULL);
  assert_non_null (courier);
}

static void
end_courier (int signal)
{
  g_subprocess_send_signal (courier, signal);
  g_subprocess_wait (courier, NULL, NULL);
  g_clear_object (&courier);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* As the supervisor does. */
static gboolean
tell (PvKioskScreen screen, guint printer, guint reason)
{
  g_autofree char *path = g_build_filename (folder, "run", "courier.sock", NULL);
  gint64 until = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GVariant) answer = NULL;

  while (connection == NULL && g_get_monotonic_time () < until) {
    g_autoptr (GAsyncResult) result = NULL;

    pv_peer_connect_async (path, 2000, NULL, connected_cb, &result);
    while (result == NULL)
      g_main_context_iteration (NULL, TRUE);
    connection = pv_peer_connect_finish (result, NULL);
    if (connection == NULL)
      pump (20);
  }
  assert_non_null (connection);
  answer = g_dbus_connection_call_sync (connection, NULL, "/org/parvis/Health1", "org.parvis.Health1", "Tell",
                                        g_variant_new ("(yuuyu)", (guchar) screen, 1500u, 0u, (guchar) printer, reason),
                                        NULL, G_DBUS_CALL_FLAGS_NONE, WAIT_MS, NULL, NULL);
  g_dbus_connection_close_sync (connection, NULL, NULL);
  return answer != NULL;
}

/* A day that is over, as an earlier courier left it. */
static void
leave_usage (void)
{
  g_autofree char *home = g_build_filename (folder, "state", "fleet", NULL),
                  *path = g_build_filename (home, "usage", NULL);

  g_mkdir_with_parents (home, 0700);
  assert_true (g_file_set_contents (path, "2026-11-30 acte 12\n2026-11-30 rsa 4\nnonsense\n", -1, NULL));
}

static int
set_up (void **state)
{
  const char *keygen[] = { g_getenv ("PV_CTL_PROGRAM"), "keygen", "outbox", NULL, NULL };
  int status = 1;

  (void) state;
  signal (SIGPIPE, SIG_IGN);
  folder = g_dir_make_tmp ("pv-fleet-XXXXXX", NULL);
  keygen[3] = folder;
  broker = broker_new_fleet ();
  if (broker == NULL
      || !g_spawn_sync (NULL, (char **) keygen, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL)
      || status != 0)
    return -1;
  kiosk = broker_enrol (broker, "root", "kiosk", "22050");
  other = broker_enrol (broker, "root", "kiosk", "22050");
  if (!broker_start (broker))
    return -1;
  write_settings ();
  leave_usage ();
  start_courier ();
  return 0;
}

static int
tear_down (void **state)
{
  g_autofree char *log = g_build_filename (folder, "log", NULL), *text = NULL;
  gboolean is_clean;

  (void) state;
  end_courier (SIGTERM);
  is_clean = g_file_get_contents (log, &text, NULL, NULL) && strstr (text, "Sanitizer") == NULL;
  if (!is_clean)
    g_printerr ("%s\n", text != NULL ? text : "no log");
  broker_free (broker);
  tst_remove_folder (folder);
  g_free (folder);
  return is_clean ? 0 : -1;
}

/* ---- parvisctl fleet ---- */

static char *
run_fleet (const char *option, int *ret_status)
{
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", broker->mediator_port);
  const char *words[] = {
    g_getenv ("PV_CTL_PROGRAM"), "fleet", "--broker", address, "--folder", broker->reader, option, NULL
  };
  char *said = NULL;
  int status = 0;

  assert_true (g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, NULL, &status, NULL));
  *ret_status = WEXITSTATUS (status);
  return said;
}

static void
a_kiosk_tells_how_it_is_and_what_is_wrong (void **state)
{
  Reader *reader = reader_new ();
  g_autofree char *text = NULL, *json = NULL;
  int status = 0;

  (void) state;
  assert_true (tell (PV_KIOSK_SCREEN_SERVING, PV_KIOSK_PRINTER_OUT, 1));
  assert_true (pump_until (reader, presence_says, "\"present\":true"));
  assert_true (pump_until (reader, state_says, "\"screen\":\"serving\""));
  assert_true (pump_until (reader, state_says, "\"printer_reason\":\"no-paper\""));
  /* Its portal is not there. */
  assert_true (pump_until (reader, state_says, "\"portal\":\"away\""));
  assert_true (tell (PV_KIOSK_SCREEN_SERVING, PV_KIOSK_PRINTER_OUT, 1));
  text = run_fleet (NULL, &status);
  assert_int_equal (status, 1);
  assert_non_null (strstr (text, kiosk->id));
  assert_non_null (strstr (text, LABEL));
  assert_non_null (strstr (text, "no-paper"));
  assert_true (tell (PV_KIOSK_SCREEN_SERVING, PV_KIOSK_PRINTER_OUT, 1));
  json = run_fleet ("--json", &status);
  assert_int_equal (status, 1);
  assert_non_null (strstr (json, "\"verdict\":\"wrong\""));
  assert_non_null (strstr (json, "\"problem\":\"printer\""));
  reader_free (reader);
}

static void
a_change_is_told_and_what_is_mended_is_gone (void **state)
{
  Reader *reader = reader_new ();

  (void) state;
  assert_true (tell (PV_KIOSK_SCREEN_OUT_OF_ORDER, PV_KIOSK_PRINTER_READY, 0));
  assert_true (pump_until (reader, state_says, "\"problem\":\"out-of-order\""));
  assert_true (tell (PV_KIOSK_SCREEN_SERVING, PV_KIOSK_PRINTER_READY, 0));
  assert_true (pump_until (reader, state_says, "\"screen\":\"serving\""));
  assert_false (state_says (reader, "out-of-order"));
  assert_false (state_says (reader, "\"problem\":\"printer\""));
  /* Nobody has told anything for long: the supervisor is gone. */
  assert_true (pump_until (reader, state_says, "\"problem\":\"screen\""));
  reader_free (reader);
}

/* Without a restart of the courier. */
static void
an_update_on_trial_or_taken_back_is_told_until_it_is_not (void **state)
{
  g_autofree char *confirmed = g_build_filename (folder, "state", "confirmed", NULL),
                  *refused = g_build_filename (folder, "run", "update-refused", NULL),
                  *conf = g_build_filename (folder, "conf", NULL);
  const char *words[] = { g_getenv ("PV_CTL_PROGRAM"), "--config", conf, "update", "confirm", NULL };
  Reader *reader = reader_new ();
  int status = 1;

  (void) state;
  assert_true (g_file_set_contents (confirmed, "0.0.0\n", -1, NULL));
  assert_true (g_file_set_contents (refused, "2026.12.1\n", -1, NULL));
  assert_true (pump_until (reader, state_says, "\"update_on_trial\":true,\"update_refused\":\"2026.12.1\""));
  assert_true (g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, NULL));
  assert_int_equal (status, 0);
  g_unlink (refused);
  assert_true (pump_until (reader, state_says, "\"update_on_trial\":false,\"update_refused\":null"));
  reader_free (reader);
}

static void
what_is_no_fact_is_refused (void **state)
{
  (void) state;
  assert_false (tell (PV_N_KIOSK_SCREENS, PV_KIOSK_PRINTER_READY, 0));
  assert_false (tell (PV_KIOSK_SCREEN_SERVING, PV_N_KIOSK_PRINTERS, 0));
  assert_false (tell (PV_KIOSK_SCREEN_SERVING, PV_KIOSK_PRINTER_READY, 1000));
}

static void
a_day_that_is_over_is_told_with_its_floor_and_forgotten (void **state)
{
  Reader *reader = reader_new ();
  g_autofree char *path = g_build_filename (folder, "state", "fleet", "usage", NULL), *kept = NULL;
  const char *text;

  (void) state;
  assert_true (tell (PV_KIOSK_SCREEN_SERVING, PV_KIOSK_PRINTER_READY, 0));
  assert_true (pump_until (reader, usage_is_told, "usage/2026-11-30"));
  text = last_of (reader, kiosk->id, "usage/2026-11-30");
  assert_non_null (strstr (text, "{\"slug\":\"acte\",\"filed\":\"12\"}"));
  assert_non_null (strstr (text, "{\"slug\":\"rsa\",\"filed\":\"< 5\"}"));
  assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  assert_string_equal (kept, "");
  reader_free (reader);
}

static void
the_metrics_are_there_whole_and_for_everybody (void **state)
{
  g_autofree char *path = g_build_filename (folder, "parvis.prom", NULL), *text = NULL, *wanted = NULL;
  g_autoptr (GDir) dir = NULL;
  GStatBuf facts;

  (void) state;
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  wanted = g_strdup_printf ("parvis_fleet_connected{kiosk=\"%s\"} 1\n", kiosk->id);
  assert_non_null (strstr (text, wanted));
  assert_true (g_str_has_suffix (text, "# EOF\n"));
  assert_int_equal (g_stat (path, &facts), 0);
  assert_int_equal (facts.st_mode & 0777, 0644);
  dir = g_dir_open (folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    assert_false (g_str_has_prefix (name, "parvis.prom."));
}

static void
one_that_is_killed_is_cut_off_and_comes_back_for_good (void **state)
{
  Reader *reader = reader_new ();

  (void) state;
  assert_true (pump_until (reader, presence_says, "\"present\":true"));
  end_courier (SIGKILL);
  assert_true (pump_until (reader, presence_says, "\"present\":false"));
  assert_false (presence_says (reader, "stopped"));
  start_courier ();
  assert_true (pump_until (reader, presence_says, "\"present\":true"));
  /* No will comes late. */
  pump (QUIET_MS);
  assert_true (presence_says (reader, "\"present\":true"));
  reader_free (reader);
}

static void
one_that_is_switched_off_says_so (void **state)
{
  Reader *reader = reader_new ();
  g_autofree char *json = NULL;
  int status;

  (void) state;
  assert_true (pump_until (reader, presence_says, "\"present\":true"));
  end_courier (SIGTERM);
  assert_true (pump_until (reader, presence_says, "\"stopped\":true"));
  json = run_fleet ("--json", &status);
  assert_int_equal (status, 0);
  assert_non_null (strstr (json, "\"verdict\":\"stopped\""));
  start_courier ();
  assert_true (pump_until (reader, presence_says, "\"present\":true"));
  reader_free (reader);
}

static void
a_kiosk_tells_of_itself_only_and_reads_nothing (void **state)
{
  Reader *stranger = connect_as (other->folder, "broker-client", "whatever", broker->kiosk_port),
         *reader = reader_new ();
  g_autoptr (GBytes) lie = g_bytes_new_static ("{}", 2);
  g_autofree char *theirs = pv_fleet_topic (kiosk->id, PV_FLEET_STATE, NULL),
                  *own = pv_fleet_topic (other->id, PV_FLEET_STATE, NULL);

  (void) state;
  assert_true (pump_until (stranger, is_up, NULL) && pump_until (reader, is_up, NULL));
  assert_true (pump_until (reader, state_says, "\"kiosk\""));
  assert_true (pv_mqtt_publish_retained (stranger->mqtt, own, lie, PV_FLEET_STATE_EXPIRY_S, NULL));
  assert_true (pump_until (reader, other_is_told, "state"));
  assert_string_equal (last_of (reader, other->id, "state"), "{}");
  assert_int_equal (stranger->n_refused + stranger->n_down, 0);
  assert_true (pv_mqtt_publish_retained (stranger->mqtt, theirs, lie, 60, NULL));
  assert_true (pump_until (stranger, is_refused, NULL));
  pump (QUIET_MS);
  assert_int_equal (g_hash_table_size (stranger->last), 0);
  assert_string_not_equal (last_of (reader, kiosk->id, "state"), "{}");
  reader_free (stranger);
  reader_free (reader);
}

/* A stolen certificate that comes under the name of another kiosk does not throw that one out. */
static void
nobody_takes_the_name_of_another (void **state)
{
  Reader *reader = reader_new (), *stranger;

  (void) state;
  assert_true (pump_until (reader, presence_says, "\"present\":true"));
  stranger = connect_as (other->folder, "broker-client", kiosk->id, broker->kiosk_port);
  assert_true (pump_until (stranger, is_up, NULL));
  pump (QUIET_MS);
  assert_true (presence_says (reader, "\"present\":true"));
  reader_free (stranger);
  reader_free (reader);
}

static void
each_door_is_for_its_own (void **state)
{
  Reader *kiosk_at_readers = connect_as (other->folder, "broker-client", "a", broker->mediator_port);
  Reader *reader_at_kiosks = connect_as (broker->reader, "reader", "b", broker->kiosk_port), *reader = reader_new ();
  g_autofree char *topic = pv_fleet_topic (other->id, PV_FLEET_PRESENCE, NULL);
  g_autoptr (GBytes) lie = g_bytes_new_static ("{}", 2);

  (void) state;
  assert_true (pump_until (kiosk_at_readers, has_failed, NULL));
  assert_true (pump_until (reader_at_kiosks, has_failed, NULL));
  assert_int_equal (kiosk_at_readers->n_up + reader_at_kiosks->n_up, 0);
  /* Who reads tells nothing. */
  assert_true (pump_until (reader, is_up, NULL));
  assert_true (pv_mqtt_publish_retained (reader->mqtt, topic, lie, 60, NULL));
  assert_true (pump_until (reader, is_refused, NULL));
  reader_free (reader);
  reader = reader_new ();
  assert_true (pump_until (reader, other_is_told, "state"));
  pump (QUIET_MS);
  assert_string_not_equal (
    last_of (reader, other->id, "presence") != NULL ? last_of (reader, other->id, "presence") : "", "{}");
  /* Two doors, and no third. */
  assert_int_equal (broker_count_doors (broker), 2);
  reader_free (kiosk_at_readers);
  reader_free (reader_at_kiosks);
  reader_free (reader);
}

static void
what_was_told_outlives_the_broker_and_all_come_back (void **state)
{
  Reader *reader = reader_new (), *again;

  (void) state;
  assert_true (pump_until (reader, presence_says, "\"present\":true"));
  reader_free (reader);
  broker_end (broker);
  assert_true (broker_start (broker));
  again = reader_new ();
  /* Of a kiosk that is not connected any more. */
  assert_true (pump_until (again, other_is_told, "state"));
  assert_string_equal (last_of (again, other->id, "state"), "{}");
  assert_true (pump_until (again, presence_says, "\"present\":true"));
  assert_true (pump_until (again, state_says, "\"kiosk\""));
  reader_free (again);
}

static void
a_broker_that_is_not_there_is_said_and_waited_for_no_longer_than_asked (void **state)
{
  g_autofree char *address = NULL, *said = NULL, *complaint = NULL;
  const char *words[] = {
    g_getenv ("PV_CTL_PROGRAM"), "fleet", "--broker", NULL, "--folder", broker->reader, "--seconds", "1", NULL
  };
  int status = 0;

  (void) state;
  /* The kiosks' door, which does not let a reader in. */
  words[3] = address = g_strdup_printf ("127.0.0.1:%u", broker->kiosk_port);
  assert_true (
    g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, &complaint, &status, NULL));
  assert_int_equal (WEXITSTATUS (status), 2);
  assert_string_equal (said, "");
  assert_non_null (strstr (complaint, address));
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_kiosk_tells_how_it_is_and_what_is_wrong),
    cmocka_unit_test (a_change_is_told_and_what_is_mended_is_gone),
    cmocka_unit_test (an_update_on_trial_or_taken_back_is_told_until_it_is_not),
    cmocka_unit_test (what_is_no_fact_is_refused),
    cmocka_unit_test (a_day_that_is_over_is_told_with_its_floor_and_forgotten),
    cmocka_unit_test (the_metrics_are_there_whole_and_for_everybody),
    cmocka_unit_test (one_that_is_killed_is_cut_off_and_comes_back_for_good),
    cmocka_unit_test (one_that_is_switched_off_says_so),
    cmocka_unit_test (a_kiosk_tells_of_itself_only_and_reads_nothing),
    cmocka_unit_test (nobody_takes_the_name_of_another),
    cmocka_unit_test (each_door_is_for_its_own),
    cmocka_unit_test (what_was_told_outlives_the_broker_and_all_come_back),
    cmocka_unit_test (a_broker_that_is_not_there_is_said_and_waited_for_no_longer_than_asked),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
