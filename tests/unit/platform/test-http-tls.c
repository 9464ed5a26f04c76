/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/http.h"

#include <glib/gstdio.h>
#include <string.h>

#include "certificate.h"
#include "http-server.h"
#include "tst.h"

enum {
  DEADLINE_MS = 40000, /* a loaded machine reads the certificates of the system slowly under the sanitizers */
};

static char *folder;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-http-tls-XXXXXX", NULL);
  assert_true (certificate_make (folder, "authority", NULL, "DNS:authority.example"));
  assert_true (certificate_make (folder, "stranger", NULL, "DNS:stranger.example"));
  assert_true (certificate_make (folder, "server", "authority", "IP:127.0.0.1"));
  assert_true (certificate_make (folder, "elsewhere", "authority", "IP:127.0.0.2"));
  assert_true (certificate_make (folder, "kiosk", "authority", "DNS:kiosk.example"));
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

static FakeHttpServer *
start_server (const char *name)
{
  g_autofree char *cert = g_strdup_printf ("%s/%s.pem", folder, name);
  g_autofree char *key = g_strdup_printf ("%s/%s.key", folder, name);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (cert, key, NULL);

  assert_non_null (certificate);
  return fake_http_server_new (certificate);
}

typedef struct {
  PvHttpClient *client;
  GError *error;
  guint status;
  gboolean is_done;
} Ending;

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ending *ending = user_data;
  g_autoptr (PvHttpResponse) response = pv_http_send_finish (ending->client, result, &ending->error);

  (void) source;
  ending->status = response != NULL ? pv_http_response_get_status (response) : 0;
  ending->is_done = TRUE;
}

/* NULL: answered. */
static GError *
get (const char *url, const PvHttpOptions *options)
{
  PvHttpOptions patient = options != NULL ? *options : (PvHttpOptions){ 0 };
  g_autoptr (PvHttpClient) client = NULL;
  const PvHttpRequest request = { .method = "GET", .url = url };
  Ending ending = { 0 };

  patient.connect_timeout_ms = patient.total_timeout_ms = DEADLINE_MS;
  ending.client = client = pv_http_client_new (&patient);
  pv_http_send_async (client, &request, NULL, ended_cb, &ending);
  assert_true (tst_pump_until (NULL, &ending.is_done, 2 * DEADLINE_MS));
  assert_int_equal (ending.status, ending.error == NULL ? 404 : 0);
  return ending.error;
}

static void
trusts_only_a_host_that_proves_its_name (void **state)
{
  static const struct {
    const char *server, *ca;
    gboolean is_trusted;
  } cases[] = {
    { "server", "authority.pem", TRUE },     { "server", NULL, FALSE },   { "server", "stranger.pem", FALSE },
    { "elsewhere", "authority.pem", FALSE }, { "stranger", NULL, FALSE }, { "server", "absent.pem", FALSE },
    { "server", "authority.key", FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (FakeHttpServer) server = start_server (cases[i].server);
    g_autofree char *ca = cases[i].ca != NULL ? path_of (cases[i].ca) : NULL;
    g_autofree char *url = fake_http_server_get_url (server, "/?secret");
    const PvHttpOptions options = { .ca_file = ca };
    g_autoptr (GError) error = get (url, &options);

    if ((error == NULL) != cases[i].is_trusted)
      fail_msg ("case %zu: %s", i, error != NULL ? error->message : "trusted");
    if (error != NULL) {
      assert_true (g_error_matches (error, PV_HTTP_ERROR, PV_HTTP_ERROR_TLS));
      assert_null (strstr (error->message, "secret"));
    }
    assert_int_equal (fake_http_server_count_requests (server), cases[i].is_trusted ? 1 : 0);
  }
}

static void
presents_its_client_certificate (void **state)
{
  g_autofree char *ca = path_of ("authority.pem");
  g_autofree char *cert = path_of ("kiosk.pem");
  g_autofree char *key = path_of ("kiosk.key");
  g_autofree char *wrong_key = path_of ("server.key");
  const struct {
    const char *cert, *key;
    gboolean is_sent, is_presented;
  } cases[] = {
    { cert, key, TRUE, TRUE },
    { NULL, NULL, TRUE, FALSE },
    { cert, wrong_key, FALSE, FALSE },
    { cert, "/nonexistent", FALSE, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (FakeHttpServer) server = start_server ("server");
    g_autofree char *url = fake_http_server_get_url (server, "/");
    const PvHttpOptions options = { .ca_file = ca, .client_cert_file = cases[i].cert, .client_key_file = cases[i].key };
    g_autoptr (GError) error = get (url, &options);

    if ((error == NULL) != cases[i].is_sent)
      fail_msg ("case %zu: %s", i, error != NULL ? error->message : "sent");
    if (cases[i].is_sent)
      assert_int_equal (fake_http_server_get_request (server, 0)->has_client_certificate, cases[i].is_presented);
    else
      assert_true (g_error_matches (error, PV_HTTP_ERROR, PV_HTTP_ERROR_TLS));
  }
}

static void
speaks_no_http_where_https_was_asked (void **state)
{
  g_autoptr (FakeHttpServer) server = fake_http_server_new (NULL);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/", fake_http_server_get_port (server));
  g_autoptr (GError) error = NULL;

  (void) state;
  fake_http_server_push (server, (FakeHttpStep){ .kind = FAKE_HTTP_CLOSE_ON_ACCEPT });
  error = get (url, NULL);
  assert_non_null (error);
  assert_false (pv_http_error_may_have_arrived (error));
  assert_int_equal (fake_http_server_count_requests (server), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (trusts_only_a_host_that_proves_its_name),
    cmocka_unit_test (presents_its_client_certificate),
    cmocka_unit_test (speaks_no_http_where_https_was_asked),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
