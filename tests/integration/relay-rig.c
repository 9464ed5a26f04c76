/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-rig.h"

#include "tst.h"

#include <string.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "certificate.h"

enum { DEADLINE_MS = 30000, CONNECT_MS = 200, TRIES = 5 };

#define NGINX  "/usr/sbin/nginx"
#define MODULE "/usr/lib/nginx/modules/ngx_http_js_module.so"

gboolean
relay_rig_is_possible (void)
{
  return g_file_test (NGINX, G_FILE_TEST_IS_EXECUTABLE) && g_file_test (MODULE, G_FILE_TEST_EXISTS);
}

static gboolean
make_certificates (const char *folder)
{
  return certificate_make (folder, "relay", NULL, "IP:127.0.0.1")
         && certificate_make (folder, "kiosks-ca", NULL, "DNS:authority.example")
         && certificate_make (folder, "kiosk", "kiosks-ca", "DNS:kiosk.example")
         && certificate_make (folder, "others-ca", NULL, "DNS:other.example")
         && certificate_make (folder, "stranger", "others-ca", "DNS:kiosk.example");
}

static guint
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static gboolean
answers (guint port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;

  g_socket_client_set_timeout (client, 1);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, NULL);
  return connection != NULL;
}

static gboolean
start (RelayRig *rig)
{
  guint kiosks_port = find_port ();
  g_autofree char *phones = NULL, *kiosks = g_strdup_printf ("%u", kiosks_port);
  gint64 end = g_get_monotonic_time () + DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  rig->phones_port = find_port ();
  phones = g_strdup_printf ("%u", rig->phones_port);
  rig->nginx = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, g_getenv ("PV_RELAY_NGINX"), rig->folder,
                                 g_getenv ("PV_RELAY_CONFIG"), phones, kiosks, NULL);
  while (rig->nginx != NULL && g_get_monotonic_time () < end && g_subprocess_get_identifier (rig->nginx) != NULL) {
    if (answers (rig->phones_port) && answers (kiosks_port)) {
      rig->phones = g_strdup_printf ("https://127.0.0.1:%s", phones);
      rig->kiosks = g_strdup_printf ("https://127.0.0.1:%s", kiosks);
      return TRUE;
    }
    g_main_context_iteration (NULL, FALSE);
    g_usleep (10000);
  }
  g_clear_object (&rig->nginx);
  return FALSE;
}

RelayRig *
relay_rig_new (void)
{
  g_autoptr (RelayRig) rig = g_new0 (RelayRig, 1);

  rig->folder = g_dir_make_tmp ("pv-relay-XXXXXX", NULL);
  if (!make_certificates (rig->folder))
    return NULL;
  /* Somebody else may take a port between finding and using it. */
  for (guint i = 0; i < TRIES; i++)
    if (start (rig))
      return g_steal_pointer (&rig);
  return NULL;
}

void
relay_rig_free (RelayRig *rig)
{
  if (rig->nginx != NULL) {
    g_subprocess_send_signal (rig->nginx, 15);
    g_subprocess_wait (rig->nginx, NULL, NULL);
    g_object_unref (rig->nginx);
  }
  tst_remove_folder (rig->folder);
  g_free (rig->folder);
  g_free (rig->phones);
  g_free (rig->kiosks);
  g_free (rig);
}

PvHttpClient *
relay_rig_new_client (RelayRig *rig, const char *identity)
{
  g_autofree char *ca = g_build_filename (rig->folder, "relay.pem", NULL);
  g_autofree char *certificate = identity != NULL ? g_strdup_printf ("%s/%s.pem", rig->folder, identity) : NULL;
  g_autofree char *key = identity != NULL ? g_strdup_printf ("%s/%s.key", rig->folder, identity) : NULL;
  const PvHttpOptions options = {
    .ca_file = ca,
    .client_cert_file = certificate,
    .client_key_file = key,
    .max_response_bytes = 32 * 1024 * 1024,
  };

  return pv_http_client_new (&options);
}

typedef struct Call {
  PvHttpClient *client;
  PvHttpResponse *response;
  gboolean is_done;
} Call;

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  (void) source;
  call->response = pv_http_send_finish (call->client, result, NULL);
  call->is_done = TRUE;
}

guint
relay_rig_call (PvHttpClient *client, const char *method, const char *base, const char *path, GBytes *body,
                GBytes **ret_body)
{
  g_autofree char *url = g_strconcat (base, path, NULL);
  const PvHttpRequest request = { .method = method, .url = url, .body = body };
  Call call = { .client = client };
  guint status;

  pv_http_send_async (client, &request, NULL, called_cb, &call);
  if (!tst_pump_until (NULL, &call.is_done, 2 * DEADLINE_MS))
    g_error ("relay-rig: no end of a call"); /* what it would write to is gone */
  if (call.response == NULL)
    return 0;
  status = pv_http_response_get_status (call.response);
  if (ret_body != NULL)
    *ret_body = g_bytes_ref (pv_http_response_get_body (call.response));
  pv_http_response_free (call.response);
  return status;
}

guint
relay_rig_count_files (RelayRig *rig, const char *name)
{
  g_autofree char *path = g_build_filename (rig->folder, name, NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    count++;
  return count;
}

void
relay_rig_age (RelayRig *rig, guint seconds)
{
  g_autofree char *path = g_build_filename (rig->folder, "drop", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    struct stat status;
    struct timespec times[2];

    if (stat (file, &status) != 0)
      continue;
    times[0] = times[1] = status.st_mtim;
    times[0].tv_sec -= seconds;
    times[1].tv_sec -= seconds;
    utimensat (AT_FDCWD, file, times, 0);
  }
}

gboolean
relay_rig_has_logged (RelayRig *rig, const char *text)
{
  g_autofree char *path = g_build_filename (rig->folder, "log", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    g_autofree char *content = NULL;

    if (g_file_get_contents (file, &content, NULL, NULL) && strstr (content, text) != NULL)
      return TRUE;
  }
  return FALSE;
}
