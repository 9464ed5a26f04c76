/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The courier between sessions (org.parvis.Assist1) and a real broker. */

#include "broker-end.h"

#include <signal.h>
#include <sodium.h>
#include <string.h>

#include "assist/audit.h"
#include "assist/consent.h"
#include "link/peer.h"
#include "pv-link-assist1.h"

enum { LINK_AWAY = 1, LINK_UP = 2, CALL_MS = 10000 };

#define SECRET_WORDS "sealed words of somebody"

static Broker *broker;
static const BrokerPerson *kiosk, *mediator, *revoked;
static GSubprocess *courier;
static char *folder;

typedef struct Session {
  GDBusConnection *connection;
  PvLinkAssist1 *proxy;
  End *end; /* what it received */
} Session;

static void
write_settings (void)
{
  g_autofree char *root_path = end_file (kiosk, "root.pub"), *root = NULL, *text = NULL,
                  *conf = g_build_filename (folder, "conf", NULL), *path = g_build_filename (conf, "10.conf", NULL);

  assert_true (g_file_get_contents (root_path, &root, NULL, NULL));
  text = g_strdup_printf ("[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\n"
                          "[outbox]\nprivate-key-file=%s/outbox.key\npublic-key-file=%s/outbox.pub\n"
                          "[paths]\nruntime=%s/run\nstate=%s/state\ncache=%s/cache\n"
                          "[assist]\nenabled=true\nrevoked=%s;\nbroker-host=127.0.0.1\nbroker-port=%u\nroots=%s;\n"
                          "ca-file=%s/brokers.pem\nclient-cert-file=%s/broker-client.pem\n"
                          "client-key-file=%s/broker-client.key\ncertificate-file=%s/assist.cert\n"
                          "key-file=%s/assist.key\n",
                          folder, folder, folder, folder, folder, revoked->id, broker->kiosk_port, g_strchomp (root),
                          kiosk->folder, kiosk->folder, kiosk->folder, kiosk->folder, kiosk->folder);
  g_mkdir_with_parents (conf, 0700);
  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static int
set_up (void **state)
{
  const char *keygen[] = { g_getenv ("PV_CTL_PROGRAM"), "keygen", "outbox", NULL, NULL };
  g_autofree char *conf = NULL, *log = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  int status = 1;

  (void) state;
  folder = g_dir_make_tmp ("pv-assist-XXXXXX", NULL);
  keygen[3] = folder;
  broker = broker_new ();
  if (broker == NULL
      || !g_spawn_sync (NULL, (char **) keygen, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL)
      || status != 0)
    return -1;
  kiosk = broker_enrol (broker, "root", "kiosk", "22050");
  mediator = broker_enrol (broker, "root", "mediator", "22050");
  revoked = broker_enrol (broker, "root", "mediator", "22050");
  if (!broker_start (broker))
    return -1;
  write_settings ();
  conf = g_build_filename (folder, "conf", NULL);
  log = g_build_filename (folder, "log", NULL);
  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  courier = g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("PV_COURIER_PROGRAM"), "--config", conf, NULL);
  return courier != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  g_autofree char *log = g_build_filename (folder, "log", NULL), *text = NULL;
  gboolean is_clean;

  (void) state;
  g_subprocess_send_signal (courier, SIGTERM);
  g_subprocess_wait (courier, NULL, NULL);
  is_clean = g_subprocess_get_if_exited (courier) && g_subprocess_get_exit_status (courier) == 0;
  g_clear_object (&courier);
  is_clean = is_clean && g_file_get_contents (log, &text, NULL, NULL) && strstr (text, "Sanitizer") == NULL;
  /* Not who was helped by whom, nor what was said. */
  is_clean = is_clean && strstr (text, "reachable=1") != NULL && strstr (text, mediator->id) == NULL
             && strstr (text, SECRET_WORDS) == NULL;
  if (!is_clean)
    g_printerr ("%s\n", text != NULL ? text : "no log");
  broker_free (broker);
  tst_remove_folder (folder);
  g_free (folder);
  return is_clean ? 0 : -1;
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
received_cb (PvLinkAssist1 *proxy, const char *peer, GVariant *parcel, gpointer user_data)
{
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (parcel);

  (void) proxy;
  end_parcel_cb (peer, FALSE, bytes, user_data);
}

static void
told_cb (PvLinkAssist1 *proxy, GVariant *presence, gpointer user_data)
{
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (presence);

  (void) proxy;
  end_presence_cb ("", bytes, user_data);
}

static Session *
session_new (void)
{
  Session *session = g_new0 (Session, 1);
  g_autofree char *path = g_build_filename (folder, "run", "courier.sock", NULL);
  gint64 until = g_get_monotonic_time () + END_WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (session->connection == NULL && g_get_monotonic_time () < until) {
    g_autoptr (GAsyncResult) result = NULL;

    pv_peer_connect_async (path, 2000, NULL, connected_cb, &result);
    while (result == NULL)
      g_main_context_iteration (NULL, TRUE);
    session->connection = pv_peer_connect_finish (result, NULL);
    if (session->connection == NULL)
      end_pump (20);
  }
  assert_non_null (session->connection);
  session->proxy = pv_link_assist1_proxy_new_sync (session->connection, G_DBUS_PROXY_FLAGS_NONE, NULL,
                                                   "/org/parvis/Assist1", NULL, NULL);
  assert_non_null (session->proxy);
  session->end = end_new_empty ();
  g_signal_connect (session->proxy, "received", G_CALLBACK (received_cb), session->end);
  g_signal_connect (session->proxy, "presence", G_CALLBACK (told_cb), session->end);
  return session;
}

static void
session_free (Session *session)
{
  g_signal_handlers_disconnect_by_data (session->proxy, session->end);
  g_object_unref (session->proxy);
  g_dbus_connection_close_sync (session->connection, NULL, NULL);
  g_object_unref (session->connection);
  end_free (session->end);
  g_free (session);
}

static void
wait_link (Session *session, guint link)
{
  gint64 until = g_get_monotonic_time () + END_WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (pv_link_assist1_get_link (session->proxy) != link && g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  assert_int_equal (pv_link_assist1_get_link (session->proxy), link);
}

static GVariant *
new_bytes (gsize size)
{
  g_autofree guint8 *data = g_malloc0 (size);

  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, size, 1);
}

/* The error's last word, or "" for none. (transfer full) */
static char *
outcome_of (gboolean is_done, GError *error)
{
  g_autoptr (GError) owned = error;
  g_autofree char *name = error != NULL ? g_dbus_error_get_remote_error (error) : NULL;

  if (is_done)
    return g_strdup ("");
  return g_strdup (name != NULL && strrchr (name, '.') != NULL ? strrchr (name, '.') + 1 : "lost");
}

static char *
open_line (Session *session, gsize key_bytes)
{
  g_autoptr (GVariant) certificate = NULL, delegation = NULL;
  GError *error = NULL;
  gboolean is_done = pv_link_assist1_call_open_sync (session->proxy, new_bytes (key_bytes), G_DBUS_CALL_FLAGS_NONE,
                                                     CALL_MS, &certificate, &delegation, NULL, &error);

  return outcome_of (is_done, error);
}

static char *
send_parcel (Session *session, const char *peer, GVariant *parcel)
{
  GError *error = NULL;
  gboolean is_done =
    pv_link_assist1_call_send_sync (session->proxy, peer, parcel, FALSE, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, &error);

  return outcome_of (is_done, error);
}

static char *
send_call (Session *session, GVariant *call)
{
  GError *error = NULL;
  gboolean is_done =
    pv_link_assist1_call_call_sync (session->proxy, call, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, &error);

  return outcome_of (is_done, error);
}

static void
expect (const char *expected, char *outcome)
{
  g_autofree char *owned = outcome;

  assert_string_equal (owned, expected);
}

static void
lends_its_name_to_the_key_of_a_session (void **state)
{
  Session *session = session_new ();
  g_autofree char *root_path = end_file (kiosk, "root.pub"), *root_text = NULL;
  g_autofree guchar *root_key = NULL;
  g_autoptr (GVariant) certificate_bytes = NULL, delegation_bytes = NULL;
  g_autoptr (PvCertificate) certificate = NULL;
  PvCertificateRoot root = { 0 };
  PvDelegation delegation;
  guint64 now = (guint64) (g_get_real_time () / G_USEC_PER_SEC);
  gsize size;

  (void) state;
  assert_true (pv_link_assist1_call_open_sync (session->proxy, new_bytes (PV_CERTIFICATE_KEY_BYTES),
                                               G_DBUS_CALL_FLAGS_NONE, CALL_MS, &certificate_bytes, &delegation_bytes,
                                               NULL, NULL));
  assert_true (g_file_get_contents (root_path, &root_text, NULL, NULL));
  root_key = g_base64_decode (root_text, &size);
  assert_int_equal (size, sizeof root.key);
  memcpy (root.key, root_key, sizeof root.key);
  certificate =
    pv_certificate_parse (g_variant_get_data (certificate_bytes), g_variant_get_size (certificate_bytes), NULL);
  assert_non_null (certificate);
  assert_true (pv_certificate_verify (certificate, &root, 1, PV_CERTIFICATE_KIOSK, "22050", now, NULL));
  assert_true (pv_delegation_parse (g_variant_get_data (delegation_bytes), g_variant_get_size (delegation_bytes),
                                    &delegation, NULL));
  assert_true (pv_delegation_verify (&delegation, certificate, now, NULL));
  session_free (session);
}

static void
carries_both_ways (void **state)
{
  Session *session = session_new ();
  End *m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050");
  g_autoptr (GBytes) words = g_bytes_new_static (SECRET_WORDS, strlen (SECRET_WORDS));

  (void) state;
  assert_true (end_wait_up (m));
  wait_link (session, LINK_UP);
  expect ("", open_line (session, PV_CERTIFICATE_KEY_BYTES));
  expect ("", send_call (session, new_bytes (100)));
  assert_true (end_wait (&m->parcels->len, 1));
  expect ("", send_parcel (session, mediator->id, g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, words, TRUE)));
  assert_true (end_wait (&m->parcels->len, 2));
  assert_string_equal (m->peers->pdata[1], kiosk->id);
  assert_true (g_bytes_equal (m->parcels->pdata[1], words));
  assert_true (pv_carrier_send (m->carrier, kiosk->id, words, FALSE, NULL));
  assert_true (end_wait (&session->end->parcels->len, 1));
  assert_string_equal (session->end->peers->pdata[0], mediator->id);
  assert_true (g_bytes_equal (session->end->parcels->pdata[0], words));
  end_free (m);
  session_free (session);
}

/* Before anybody calls. */
static void
every_session_hears_who_is_free (void **state)
{
  Session *sessions[] = { session_new (), session_new () };
  End *m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050");
  g_autoptr (GBytes) words = g_bytes_new_static (SECRET_WORDS, strlen (SECRET_WORDS));

  (void) state;
  assert_true (end_wait_up (m));
  wait_link (sessions[0], LINK_UP);
  wait_link (sessions[1], LINK_UP);
  assert_true (pv_carrier_tell_presence (m->carrier, words, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (sessions); i++) {
    assert_true (end_wait (&sessions[i]->end->presences->len, 1));
    assert_true (g_bytes_equal (sessions[i]->end->presences->pdata[0], words));
    assert_int_equal (sessions[i]->end->parcels->len, 0);
    session_free (sessions[i]);
  }
  end_free (m);
}

static void
one_session_has_the_line (void **state)
{
  Session *first = session_new (), *second = session_new ();
  End *m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050");
  g_autoptr (GBytes) bytes = end_number (1);
  g_autofree char *outcome = NULL;
  gint64 until = g_get_monotonic_time () + END_WAIT_MS * G_TIME_SPAN_MILLISECOND;

  (void) state;
  assert_true (end_wait_up (m));
  wait_link (first, LINK_UP);
  expect ("BadRequest", send_parcel (first, mediator->id, new_bytes (10)));
  expect ("", open_line (first, PV_CERTIFICATE_KEY_BYTES));
  expect ("Busy", open_line (second, PV_CERTIFICATE_KEY_BYTES));
  expect ("BadRequest", send_parcel (second, mediator->id, new_bytes (10)));
  assert_true (pv_carrier_send (m->carrier, kiosk->id, bytes, FALSE, NULL));
  assert_true (end_wait (&first->end->parcels->len, 1));
  assert_int_equal (second->end->parcels->len, 0);
  /* However the first one ends. */
  session_free (first);
  while ((outcome == NULL || *outcome != '\0') && g_get_monotonic_time () < until) {
    g_free (outcome);
    outcome = open_line (second, PV_CERTIFICATE_KEY_BYTES);
  }
  assert_string_equal (outcome, "");
  assert_true (pv_link_assist1_call_close_sync (second->proxy, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, NULL));
  expect ("BadRequest", send_parcel (second, mediator->id, new_bytes (10)));
  session_free (second);
  end_free (m);
}

/* As the settings say, also while the broker still lets them in. */
static void
who_was_revoked_is_not_heard (void **state)
{
  Session *session = session_new ();
  End *gone = end_new (broker, PV_CARRIER_MEDIATOR, revoked, "22050");
  End *m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050");
  g_autoptr (GBytes) bytes = end_number (1);

  (void) state;
  assert_true (end_wait_up (gone));
  assert_true (end_wait_up (m));
  wait_link (session, LINK_UP);
  expect ("", open_line (session, PV_CERTIFICATE_KEY_BYTES));
  assert_true (pv_carrier_send (gone->carrier, kiosk->id, bytes, FALSE, NULL));
  end_pump (300);
  assert_true (pv_carrier_send (m->carrier, kiosk->id, bytes, FALSE, NULL));
  assert_true (end_wait (&session->end->parcels->len, 1));
  end_pump (300);
  assert_int_equal (session->end->parcels->len, 1);
  assert_string_equal (session->end->peers->pdata[0], mediator->id);
  end_free (gone);
  end_free (m);
  session_free (session);
}

static void
sizes_and_names_are_checked (void **state)
{
  Session *session = session_new ();

  (void) state;
  wait_link (session, LINK_UP);
  expect ("BadRequest", open_line (session, PV_CERTIFICATE_KEY_BYTES - 1));
  expect ("", open_line (session, PV_CERTIFICATE_KEY_BYTES));
  expect ("", send_parcel (session, mediator->id, new_bytes (PV_CARRIER_MAX_PARCEL_BYTES)));
  expect ("BadRequest", send_parcel (session, mediator->id, new_bytes (PV_CARRIER_MAX_PARCEL_BYTES + 1)));
  expect ("BadRequest", send_parcel (session, mediator->id, new_bytes (0)));
  expect ("BadRequest", send_parcel (session, "#", new_bytes (10)));
  expect ("BadRequest", send_parcel (session, "0123456789ABCDEF", new_bytes (10)));
  expect ("BadRequest", send_call (session, new_bytes (PV_CARRIER_MAX_CALL_BYTES + 1)));
  session_free (session);
}

static void
says_that_the_broker_is_away_and_comes_back (void **state)
{
  Session *session = session_new ();

  (void) state;
  wait_link (session, LINK_UP);
  expect ("", open_line (session, PV_CERTIFICATE_KEY_BYTES));
  broker_kill (broker);
  wait_link (session, LINK_AWAY);
  expect ("Offline", send_parcel (session, mediator->id, new_bytes (10)));
  assert_true (broker_start (broker));
  wait_link (session, LINK_UP);
  expect ("", send_parcel (session, mediator->id, new_bytes (10)));
  session_free (session);
}

static char *
note (Session *session, const char *verb, const char *subject)
{
  GError *error = NULL;
  gboolean is_done =
    pv_link_assist1_call_note_sync (session->proxy, verb, subject, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, &error);

  return outcome_of (is_done, error);
}

/* A record of this kiosk, or of another, signed with @secret. */
static char *
consent (Session *session, const guint8 *secret, gboolean is_ours)
{
  PvConsent record = { .right = PV_RIGHT_PROPOSE, .is_granted = TRUE, .text = "1", .at = 1795440720 };
  GError *error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gboolean is_done;

  sodium_hex2bin (record.kiosk, sizeof record.kiosk, kiosk->id, strlen (kiosk->id), NULL, NULL, NULL);
  record.kiosk[0] ^= is_ours ? 0 : 1;
  pv_consent_sign (&record, secret);
  bytes = pv_consent_write (&record);
  is_done = pv_link_assist1_call_consent_sync (session->proxy,
                                               g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE),
                                               G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, &error);
  return outcome_of (is_done, error);
}

/* (transfer full): the only file of the log whose name begins with @prefix */
static char *
read_log (const char *prefix)
{
  g_autofree char *path = g_build_filename (folder, "state", "assist", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  char *text = NULL;

  assert_non_null (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix)) {
      g_autofree char *file = g_build_filename (path, name, NULL);

      assert_null (text);
      assert_true (g_file_get_contents (file, &text, NULL, NULL));
    }
  assert_non_null (text);
  return text;
}

static void
only_who_has_the_line_writes_into_the_log (void **state)
{
  Session *first = session_new (), *second = session_new ();
  guint8 key[PV_CERTIFICATE_KEY_BYTES], secret[PV_CERTIFICATE_SECRET_BYTES], other[PV_CERTIFICATE_SECRET_BYTES],
    other_key[PV_CERTIFICATE_KEY_BYTES];
  g_autoptr (GVariant) certificate = NULL, delegation = NULL;
  g_autofree char *log = NULL;
  PvAuditChain chain = { 0 }, before;

  (void) state;
  crypto_sign_keypair (key, secret);
  crypto_sign_keypair (other_key, other);
  expect ("BadRequest", note (first, "call", ""));
  assert_true (pv_link_assist1_call_open_sync (first->proxy,
                                               g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, key, sizeof key, 1),
                                               G_DBUS_CALL_FLAGS_NONE, CALL_MS, &certificate, &delegation, NULL, NULL));
  expect ("", note (first, "call", ""));
  expect ("", note (first, "point", SECRET_WORDS));
  expect ("BadRequest", note (first, SECRET_WORDS, "adresse"));
  expect ("BadRequest", note (first, PV_AUDIT_CONTINUES, ""));
  expect ("BadRequest", note (second, "point", "intruder"));
  expect ("BadRequest", consent (first, other, TRUE));
  expect ("BadRequest", consent (first, secret, FALSE));
  expect ("BadRequest", consent (second, secret, TRUE));
  expect ("", consent (first, secret, TRUE));
  log = read_log ("audit-");
  assert_true (pv_audit_read_continue (log, &before));
  assert_true (pv_audit_verify (&chain, log, NULL));
  assert_non_null (strstr (log, " call - "));
  assert_non_null (strstr (log, " point - "));
  assert_null (strstr (log, SECRET_WORDS));
  assert_null (strstr (log, "intruder"));
  assert_null (strstr (log, "adresse"));
  /* Of the one that was taken. */
  assert_non_null (strstr (log, " " PV_AUDIT_CONSENT " "));
  assert_null (strstr (strstr (log, " " PV_AUDIT_CONSENT " ") + 1, " " PV_AUDIT_CONSENT " "));
  session_free (first);
  session_free (second);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (lends_its_name_to_the_key_of_a_session),
    cmocka_unit_test (carries_both_ways),
    cmocka_unit_test (every_session_hears_who_is_free),
    cmocka_unit_test (one_session_has_the_line),
    cmocka_unit_test (who_was_revoked_is_not_heard),
    cmocka_unit_test (sizes_and_names_are_checked),
    cmocka_unit_test (only_who_has_the_line_writes_into_the_log),
    cmocka_unit_test (says_that_the_broker_is_away_and_comes_back),
  };

  tst_init ();
  signal (SIGPIPE, SIG_IGN);
  return pv_assist_init () ? cmocka_run_group_tests (tests, set_up, tear_down) : 1;
}
