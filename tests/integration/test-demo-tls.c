/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The relay over TLS: a kiosk is known by its certificate, called with the kiosk's own HTTP client. */

#include "tst.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>

#include "certificate.h"
#include "platform/http.h"

enum {
  DEADLINE_MS = 20000,
};

typedef struct Relay {
  char *folder;
  GSubprocess *process;
  char *url;
} Relay;

static char *
path_of (const Relay *relay, const char *name)
{
  return g_build_filename (relay->folder, name, NULL);
}

static int
set_up (void **state)
{
  Relay *relay = g_new0 (Relay, 1);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autofree char *ports = NULL;
  g_autofree char *cert = NULL;
  g_autofree char *key = NULL;
  g_autofree char *authority = NULL;
  g_autofree char *text = NULL;
  gint64 end = g_get_monotonic_time () + DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  relay->folder = g_dir_make_tmp ("pv-demo-tls-XXXXXX", NULL);
  assert_true (certificate_make (relay->folder, "authority", NULL, "DNS:authority.example"));
  assert_true (certificate_make (relay->folder, "server", "authority", "IP:127.0.0.1"));
  assert_true (certificate_make (relay->folder, "kiosk", "authority", "DNS:kiosk.example"));
  assert_true (certificate_make (relay->folder, "stranger", NULL, "DNS:stranger.example"));
  ports = path_of (relay, "ports");
  cert = path_of (relay, "server.pem");
  key = path_of (relay, "server.key");
  authority = path_of (relay, "authority.pem");
  /* The leak checker itself crashes at the end of a process that has used GnuTLS through GIO. */
  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", "detect_leaks=0", TRUE);
  relay->process = g_subprocess_launcher_spawn (
    launcher, NULL, g_getenv ("PV_DEMO_PROGRAM"), "--state", relay->folder, "--data", g_getenv ("PV_DEMO_DATA"),
    "--ports-file", ports, "--relay-certificate", cert, "--relay-key", key, "--relay-client-ca", authority, NULL);
  while (relay->process != NULL && text == NULL && g_get_monotonic_time () < end)
    if (!g_file_get_contents (ports, &text, NULL, NULL))
      g_usleep (5000);
  if (text == NULL)
    return 1;
  relay->url = g_strdup_printf ("https://127.0.0.1:%d/api/categories/",
                                (int) g_ascii_strtoll (strstr (text, "RELAY=") + strlen ("RELAY="), NULL, 10));
  *state = relay;
  return 0;
}

static int
tear_down (void **state)
{
  Relay *relay = *state;

  g_subprocess_send_signal (relay->process, SIGTERM);
  g_subprocess_wait (relay->process, NULL, NULL);
  tst_remove_folder (relay->folder);
  g_object_unref (relay->process);
  g_free (relay->folder);
  g_free (relay->url);
  g_free (relay);
  return 0;
}

typedef struct Ending {
  PvHttpClient *client;
  guint status; /* 0: none */
  gboolean is_done;
} Ending;

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ending *ending = user_data;
  g_autoptr (PvHttpResponse) response = pv_http_send_finish (ending->client, result, NULL);

  (void) source;
  ending->status = response != NULL ? pv_http_response_get_status (response) : 0;
  ending->is_done = TRUE;
}

/* @name: (nullable): whose certificate is shown */
static guint
get (const Relay *relay, const char *name)
{
  g_autofree char *authority = path_of (relay, "authority.pem");
  g_autofree char *cert = g_strdup_printf ("%s/%s.pem", relay->folder, name != NULL ? name : "");
  g_autofree char *key = g_strdup_printf ("%s/%s.key", relay->folder, name != NULL ? name : "");
  const PvHttpOptions options = {
    .ca_file = authority,
    .client_cert_file = name != NULL ? cert : NULL,
    .client_key_file = name != NULL ? key : NULL,
  };
  g_autoptr (PvHttpClient) client = pv_http_client_new (&options);
  const PvHttpRequest request = { .method = "GET", .url = relay->url, .total_timeout_ms = 10000 };
  Ending ending = { .client = client };

  pv_http_send_async (client, &request, NULL, ended_cb, &ending);
  assert_true (tst_pump_until (NULL, &ending.is_done, DEADLINE_MS));
  return ending.status;
}

static void
answers_a_kiosk_of_its_authority_only (void **state)
{
  assert_int_equal (get (*state, "kiosk"), 200);
  assert_int_equal (get (*state, "stranger"), 0);
  assert_int_equal (get (*state, NULL), 0);
  assert_int_equal (get (*state, "kiosk"), 200);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (answers_a_kiosk_of_its_authority_only, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
