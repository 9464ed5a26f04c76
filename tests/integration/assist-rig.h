/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assist-rig.h: a real broker, a real courier, and a console that is only the mediator's machine. */
#pragma once

#include "broker-end.h"

#include <signal.h>
#include <sodium.h>
#include <string.h>

#include "assist/machine-mediator.h"

enum { CONSOLE_CALL_STATE = 3 + PV_ASSIST_CATALOGUE_BYTES }; /* PROTOCOL.md, 4.1 */

typedef struct Rig {
  Broker *broker;
  const BrokerPerson *kiosk, *mediator;
  GSubprocess *courier;
  char *folder, *socket_path;
  char *root; /* base64, as in the settings */
} Rig;

/* A mediator who does what the test says. */
typedef struct Console {
  End *end;
  PvAssistMediator *machine;
  PvAssistIdentity identity;
  PvCertificateRoot root;
  guint8 secret[PV_CERTIFICATE_SECRET_BYTES];
  char *kiosk_id;
  GBytes *call; /* the last that rang */
  guint n_taken, n_up, n_down, n_calls, n_quick, n_answers[PV_N_RESULTS];
  guint quick;
} Console;

static inline void
rig_start_courier (Rig *rig)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *conf = g_build_filename (rig->folder, "conf", NULL),
                  *log = g_build_filename (rig->folder, "log", NULL);

  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  rig->courier = g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("PV_COURIER_PROGRAM"), "--config", conf, NULL);
  assert_non_null (rig->courier);
}

static inline void
rig_kill_courier (Rig *rig)
{
  g_subprocess_force_exit (rig->courier);
  g_subprocess_wait (rig->courier, NULL, NULL);
  g_clear_object (&rig->courier);
}

static inline void
rig_write_settings (Rig *rig)
{
  g_autofree char *root_path = end_file (rig->kiosk, "root.pub"), *text = NULL,
                  *conf = g_build_filename (rig->folder, "conf", NULL),
                  *path = g_build_filename (conf, "10.conf", NULL);
  const char *own = rig->kiosk->folder;

  assert_true (g_file_get_contents (root_path, &rig->root, NULL, NULL));
  g_strchomp (rig->root);
  text =
    g_strdup_printf ("[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\n"
                     "[outbox]\nprivate-key-file=%s/outbox.key\npublic-key-file=%s/outbox.pub\n"
                     "[paths]\nruntime=%s/run\nstate=%s/state\ncache=%s/cache\n"
                     "[assist]\nenabled=true\nbroker-host=127.0.0.1\nbroker-port=%u\nroots=%s;\n"
                     "ca-file=%s/brokers.pem\nclient-cert-file=%s/broker-client.pem\n"
                     "client-key-file=%s/broker-client.key\ncertificate-file=%s/assist.cert\nkey-file=%s/assist.key\n",
                     rig->folder, rig->folder, rig->folder, rig->folder, rig->folder, rig->broker->kiosk_port,
                     rig->root, own, own, own, own, own);
  g_mkdir_with_parents (conf, 0700);
  assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* NULL after a message. */
static inline Rig *
rig_new (void)
{
  Rig *rig = g_new0 (Rig, 1);
  const char *keygen[] = { g_getenv ("PV_CTL_PROGRAM"), "keygen", "outbox", NULL, NULL };
  int status = 1;

  rig->folder = g_dir_make_tmp ("pv-assist-XXXXXX", NULL);
  rig->socket_path = g_build_filename (rig->folder, "run", "courier.sock", NULL);
  keygen[3] = rig->folder;
  rig->broker = broker_new ();
  if (rig->broker == NULL
      || !g_spawn_sync (NULL, (char **) keygen, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL)
      || status != 0)
    return NULL;
  rig->kiosk = broker_enrol (rig->broker, "root", "kiosk", "22050");
  rig->mediator = broker_enrol (rig->broker, "root", "mediator", "22050");
  if (!broker_start (rig->broker))
    return NULL;
  rig_write_settings (rig);
  rig_start_courier (rig);
  return rig;
}

/* FALSE after a message: the courier did not end well, or its log has @secret. */
static inline gboolean
rig_free (Rig *rig, const char *secret)
{
  g_autofree char *log = g_build_filename (rig->folder, "log", NULL), *text = NULL;
  gboolean is_clean;

  g_subprocess_send_signal (rig->courier, SIGTERM);
  g_subprocess_wait (rig->courier, NULL, NULL);
  is_clean = g_subprocess_get_if_exited (rig->courier) && g_subprocess_get_exit_status (rig->courier) == 0;
  g_clear_object (&rig->courier);
  is_clean = is_clean && g_file_get_contents (log, &text, NULL, NULL) && strstr (text, "Sanitizer") == NULL
             && strstr (text, secret) == NULL && strstr (text, rig->mediator->id) == NULL;
  if (!is_clean)
    g_printerr ("%s\n", text != NULL ? text : "no log");
  broker_free (rig->broker);
  tst_remove_folder (rig->folder);
  g_free (rig->folder);
  g_free (rig->socket_path);
  g_free (rig->root);
  g_free (rig);
  return is_clean;
}

/* The console */

static inline void
console_random_cb (gpointer data, guint8 *bytes, gsize size)
{
  (void) data;
  randombytes_buf (bytes, size);
}

static inline PvAssistTime
console_now (void)
{
  return (PvAssistTime){ g_get_monotonic_time () / 1000, (guint64) (g_get_real_time () / G_USEC_PER_SEC) };
}

static inline Console *
console_new (const Rig *rig)
{
  Console *console = g_new0 (Console, 1);
  g_autoptr (GBytes) secret = end_read_base64 (rig->mediator, "assist.key"),
                     key = end_read_base64 (rig->mediator, "root.pub");

  assert_int_equal (g_bytes_get_size (secret), sizeof console->secret);
  assert_int_equal (g_bytes_get_size (key), sizeof console->root.key);
  memcpy (console->secret, g_bytes_get_data (secret, NULL), sizeof console->secret);
  memcpy (console->root.key, g_bytes_get_data (key, NULL), sizeof console->root.key);
  console->identity = (PvAssistIdentity){
    .side = PV_SIDE_MEDIATOR,
    .certificate = end_read_base64 (rig->mediator, "assist.cert"),
    .secret = console->secret,
    .roots = &console->root,
    .n_roots = 1,
    .newest = PV_ASSIST_VERSION,
    .oldest = PV_ASSIST_OLDEST_VERSION,
    .n_catalogues = 1,
  };
  pv_mirror_catalogue_hash (console->identity.catalogues[0]);
  console->kiosk_id = g_strdup (rig->kiosk->id);
  console->end = end_new (rig->broker, PV_CARRIER_MEDIATOR, rig->mediator, "22050");
  console->machine = pv_assist_mediator_new (&console->identity, (PvAssistRandom){ console_random_cb, NULL });
  assert_true (end_wait_up (console->end));
  pv_carrier_set_urgent (console->end->carrier, TRUE);
  console->n_up = console->end->n_events[PV_MQTT_UP];
  return console;
}

static inline void
console_free (Console *console)
{
  pv_assist_mediator_free (console->machine);
  end_free (console->end);
  g_clear_pointer (&console->call, g_bytes_unref);
  g_bytes_unref (console->identity.certificate);
  g_free (console->kiosk_id);
  g_free (console);
}

static inline void
console_send (Console *console)
{
  PvOutput *output;

  while ((output = pv_assist_mediator_pop (console->machine)) != NULL) {
    if (output->kind == PV_OUTPUT_SEND) {
      pv_carrier_send (console->end->carrier, console->kiosk_id, output->bytes, output->is_beat, NULL);
    } else if (output->kind == PV_OUTPUT_ANSWER) {
      console->n_answers[output->code]++;
    } else if (output->kind == PV_OUTPUT_QUICK) {
      console->n_quick++;
      console->quick = output->code;
    }
    pv_output_free (output);
  }
}

static inline void
console_follow_link (Console *console)
{
  const guint *n_events = console->end->n_events;

  if (n_events[PV_MQTT_DOWN] > console->n_down)
    pv_assist_mediator_link_down (console->machine, console_now ());
  if (n_events[PV_MQTT_UP] > console->n_up)
    pv_assist_mediator_link_up (console->machine, console_now ());
  console->n_down = n_events[PV_MQTT_DOWN];
  console->n_up = n_events[PV_MQTT_UP];
}

static inline void
console_step (Console *console)
{
  console_follow_link (console);
  for (; console->n_taken < console->end->parcels->len; console->n_taken++) {
    GBytes *parcel = console->end->parcels->pdata[console->n_taken];
    gsize size;
    const guint8 *bytes = g_bytes_get_data (parcel, &size);

    if (g_str_has_prefix (console->end->peers->pdata[console->n_taken], "call ")) {
      if (size <= CONSOLE_CALL_STATE || bytes[CONSOLE_CALL_STATE] != PV_CALL_RINGING)
        continue;
      g_clear_pointer (&console->call, g_bytes_unref);
      console->call = g_bytes_ref (parcel);
      console->n_calls++;
    } else {
      pv_assist_mediator_receive (console->machine, bytes, size, console_now ());
    }
  }
  pv_assist_mediator_tick (console->machine, console_now ());
  console_send (console);
}

/* A new machine: one lives for one assistance. */
static inline gboolean
console_join (Console *console, const char *code)
{
  pv_assist_mediator_free (console->machine);
  console->machine = pv_assist_mediator_new (&console->identity, (PvAssistRandom){ console_random_cb, NULL });
  return pv_assist_mediator_join (console->machine, console->call, code, console_now (), NULL);
}

static inline void
console_ask (Console *console, PvRight right)
{
  pv_assist_mediator_ask (console->machine, right, console_now ());
}

static inline void
console_command (Console *console, PvCommandKind kind, const char *target, const char *text)
{
  assert_int_not_equal (pv_assist_mediator_command (console->machine, kind, target, text, console_now ()), 0);
}
