/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-rig.h"

#include "tst.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "certificate.h"
#include "ctl/tls-revocation.h"

enum {
  DEADLINE_MS = 30000,
  TRIES = 5,
  MAX_RAW_BYTES = 256 * 1024,
  N_WORKERS = 3, /* kiosk-config/virtual-relay */
};

#define NGINX  "/usr/sbin/nginx"
#define MODULE "/usr/lib/nginx/modules/ngx_http_js_module.so"
/* Of the other commune, at the demo. */
#define RELAY_OTHER_KEY "cle-de-l-autre-commune"

gboolean
relay_rig_is_possible (void)
{
  return g_file_test (NGINX, G_FILE_TEST_IS_EXECUTABLE) && g_file_test (MODULE, G_FILE_TEST_EXISTS);
}

/* Communes and their portals, as README.md of kiosk-config/relay has it; the keys are those of the demo. */
static const char communes[] =
  "{\"22050\": {\"authority\": \"Montclair-\xc3\xa9, kiosks\",\n"
  "  \"portal\": {\"url\": \"https://portal.example\", \"orig\": \"relais\"}, \"reader\": {\"orig\": \"borne\"},\n"
  "  \"invoices\": {\"orig\": \"relais\", \"regies\": [\"periscolaire\", \"culture\"]},\n"
  "  \"cards\": [\"ecoles\", \"activites-sportives\", \"quartiers\", \"zones-stationnement\", \"salles\"]},\n"
  " \"22060\": {\"authority\": \"Autre, kiosks\", \"portal\": {\"url\": \"https://autre.example\", \"orig\": "
  "\"autre\"}}}\n";
static const char keys[] =
  "{\"22050\": {\"portal\": \"cle-de-demonstration-du-relais\", \"reader\": \"cle-de-demonstration-de-la-borne\",\n"
  "  \"invoices\": \"cle-de-demonstration-du-relais\"}, \"22060\": {\"portal\": \"" RELAY_OTHER_KEY "\"}}\n";

static char *
path_of (const RelayRig *rig, const char *name)
{
  return g_build_filename (rig->folder, name, NULL);
}

static gboolean
write_file (const RelayRig *rig, const char *name, const char *text)
{
  g_autofree char *path = path_of (rig, name);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

static gboolean
write_pair (const RelayRig *rig, const char *name, const PvTlsPair *pair)
{
  g_autofree char *key = g_strconcat (name, ".key", NULL), *certificate = g_strconcat (name, ".pem", NULL);

  return pair != NULL && write_file (rig, key, pair->key) && write_file (rig, certificate, pair->certificate);
}

static PvTlsPair *
read_pair (const RelayRig *rig, const char *name)
{
  g_autofree char *stem = path_of (rig, name);
  g_autofree char *key = g_strconcat (stem, ".key", NULL), *certificate = g_strconcat (stem, ".pem", NULL);
  g_autoptr (PvTlsPair) pair = g_new0 (PvTlsPair, 1);

  return g_file_get_contents (key, &pair->key, NULL, NULL)
             && g_file_get_contents (certificate, &pair->certificate, NULL, NULL)
           ? g_steal_pointer (&pair)
           : NULL;
}

/* As parvisctl enrol makes them (app/ctl/enrol.c), and some that it does not. */
static gboolean
make_kiosks (const RelayRig *rig, const PvTlsPair *ours, const PvTlsPair *others, const PvTlsPair *strangers)
{
  const struct {
    const char *identity, *name, *commune;
    const PvTlsPair *authority;
    int days;
  } kiosks[] = {
    { "kiosk", "0123456789abcdef", "22050", ours, 2 },         { "kiosk-2", "0123456789abcde0", "22050", ours, 2 },
    { "autre", "fedcba9876543210", "22060", others, 2 },       { "revoked", "0123456789abcde1", "22050", ours, 2 },
    { "expired", "0123456789abcde2", "22050", ours, -1 },      { "claims", "0123456789abcde3", "22060", ours, 2 },
    { "nameless", "0123456789abcde4", NULL, ours, 2 },         { "unmapped", "0123456789abcde5", "99999", ours, 2 },
    { "stranger", "0123456789abcdef", "22050", strangers, 2 }, { "odd", "0123456789ABCDEF", "22050", ours, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kiosks); i++) {
    g_autoptr (PvTlsPair) pair =
      pv_tls_pair_new (PV_TLS_CLIENT, kiosks[i].name, kiosks[i].commune, kiosks[i].authority, (guint) kiosks[i].days);

    if (!write_pair (rig, kiosks[i].identity, pair))
      return FALSE;
  }
  return TRUE;
}

/* The list of 22050, with @identity (nullable) on it, and the empty one of 22060. */
static gboolean
write_lists (const RelayRig *rig, const char *file, const char *identity)
{
  g_autoptr (PvTlsPair) ours = read_pair (rig, "ours-ca"), others = read_pair (rig, "others-ca"),
                        first = read_pair (rig, "revoked"), more = identity != NULL ? read_pair (rig, identity) : NULL;
  g_autofree char *list = pv_tls_revoke (ours, NULL, first->certificate, 2);
  g_autofree char *longer = more != NULL ? pv_tls_revoke (ours, list, more->certificate, 2) : g_strdup (list);
  g_autofree char *empty = pv_tls_revoke (others, NULL, NULL, 2);
  g_autofree char *both = longer != NULL && empty != NULL ? g_strconcat (longer, empty, NULL) : NULL;

  return both != NULL && write_file (rig, file, both);
}

static gboolean
make_certificates (const RelayRig *rig)
{
  g_autoptr (PvTlsPair) ours = pv_tls_pair_new (PV_TLS_AUTHORITY, "Montclair-\xc3\xa9, kiosks", NULL, NULL, 2);
  g_autoptr (PvTlsPair) others = pv_tls_pair_new (PV_TLS_AUTHORITY, "Autre, kiosks", NULL, NULL, 2);
  g_autoptr (PvTlsPair) strangers = pv_tls_pair_new (PV_TLS_AUTHORITY, "Montclair-\xc3\xa9, kiosks", NULL, NULL, 2);
  g_autoptr (PvTlsPair) portals = pv_tls_pair_new (PV_TLS_AUTHORITY, "Portals", NULL, NULL, 2);
  g_autoptr (PvTlsPair) portal = pv_tls_pair_new (PV_TLS_SERVER, "portal.example", NULL, portals, 2);
  g_autoptr (PvTlsPair) other_portal = pv_tls_pair_new (PV_TLS_SERVER, "autre.example", NULL, portals, 2);
  g_autofree char *authorities = NULL;

  if (ours == NULL || others == NULL || strangers == NULL || portals == NULL)
    return FALSE;
  authorities = g_strconcat (ours->certificate, others->certificate, NULL);
  return certificate_make (rig->folder, "relay", NULL, "IP:127.0.0.1") && write_pair (rig, "ours-ca", ours)
         && write_pair (rig, "others-ca", others) && write_pair (rig, "portals-ca", portals)
         && write_pair (rig, "portal.example", portal) && write_pair (rig, "autre.example", other_portal)
         && write_file (rig, "kiosks-ca.pem", authorities) && make_kiosks (rig, ours, others, strangers)
         && write_lists (rig, "kiosks.crl", NULL) && write_file (rig, "communes.json", communes)
         && write_file (rig, "keys.json", keys);
}

static guint
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

/* nginx writes it once it has all its ports. */
static gboolean
is_listening (const RelayRig *rig)
{
  g_autofree char *path = path_of (rig, "nginx.pid"), *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && *text != '\0';
}

static char *
print_url (const char *scheme, guint port)
{
  return g_strdup_printf ("%s://127.0.0.1:%u", scheme, port);
}

static gboolean
start (RelayRig *rig)
{
  guint ports[] = { find_port (), find_port (), find_port (), find_port (), rig->portal_port };
  char words[G_N_ELEMENTS (ports)][8];
  g_autofree char *pid = path_of (rig, "nginx.pid");
  gint64 end = g_get_monotonic_time () + DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  g_unlink (pid);
  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    g_snprintf (words[i], sizeof words[i], "%u", ports[i]);
  /* It logs to files. A test that failed leaves it behind: it must hold nothing that the runner waits for. */
  rig->nginx = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                                 g_getenv ("PV_RELAY_NGINX"), g_getenv ("PV_VIRTUAL_RELAY"), rig->folder, words[0],
                                 words[1], words[2], rig->portal_port != 0 ? words[3] : NULL, words[4], NULL);
  while (rig->nginx != NULL && g_get_monotonic_time () < end && g_subprocess_get_identifier (rig->nginx) != NULL) {
    if (is_listening (rig)) {
      rig->phones_port = ports[0];
      rig->kiosks_port = ports[1];
      rig->phones = print_url ("https", ports[0]);
      rig->kiosks = print_url ("https", ports[1]);
      rig->health = print_url ("http", ports[2]);
      rig->portal = rig->portal_port != 0 ? print_url ("https", ports[3]) : NULL;
      return TRUE;
    }
    g_main_context_iteration (NULL, FALSE);
    g_usleep (10000);
  }
  g_clear_object (&rig->nginx);
  return FALSE;
}

static gboolean
start_several_times (RelayRig *rig)
{
  /* Somebody else may take a port between finding and using it. */
  for (guint i = 0; i < TRIES; i++)
    if (start (rig))
      return TRUE;
  return FALSE;
}

RelayRig *
relay_rig_new_before (guint portal_port)
{
  g_autoptr (RelayRig) rig = g_new0 (RelayRig, 1);

  rig->folder = g_dir_make_tmp ("pv-relay-XXXXXX", NULL);
  rig->portal_port = portal_port;
  return make_certificates (rig) && start_several_times (rig) ? g_steal_pointer (&rig) : NULL;
}

RelayRig *
relay_rig_new (void)
{
  return relay_rig_new_before (0);
}

/* A file of @rig that is not a portal's. */
static gboolean
copy_file (const RelayRig *rig, RelayRig *copy, const char *name)
{
  g_autofree char *from = path_of (rig, name), *text = NULL;

  return g_str_equal (name, "portal.log") || !g_file_get_contents (from, &text, NULL, NULL)
         || write_file (copy, name, text);
}

RelayRig *
relay_rig_new_copy (const RelayRig *rig, const char *its_communes, const char *its_keys)
{
  g_autoptr (RelayRig) copy = g_new0 (RelayRig, 1);
  g_autoptr (GDir) folder = g_dir_open (rig->folder, 0, NULL);
  gboolean is_right = TRUE;

  copy->folder = g_dir_make_tmp ("pv-relay-XXXXXX", NULL);
  copy->portal_port = rig->portal_port;
  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;)
    is_right = is_right && copy_file (rig, copy, name);
  if (its_communes != NULL)
    is_right = is_right && write_file (copy, "communes.json", its_communes);
  if (its_keys != NULL)
    is_right = is_right && write_file (copy, "keys.json", its_keys);
  return is_right && start_several_times (copy) ? g_steal_pointer (&copy) : NULL;
}

static guint
read_port (const char *text, const char *name)
{
  const char *line = strstr (text, name);

  return line != NULL ? (guint) g_ascii_strtoull (line + strlen (name), NULL, 10) : 0;
}

RelayRig *
relay_rig_new_with_portal (void)
{
  g_autofree char *state = g_dir_make_tmp ("pv-relay-portal-XXXXXX", NULL);
  g_autofree char *ports = g_build_filename (state, "ports", NULL), *text = NULL;
  gint64 end = g_get_monotonic_time () + DEADLINE_MS * G_TIME_SPAN_MILLISECOND;
  GSubprocess *demo =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, g_getenv ("PV_DEMO_PROGRAM"), "--state", state, "--data",
                      g_getenv ("PV_DEMO_DATA"), "--ports-file", ports, "--access", "autre:" RELAY_OTHER_KEY, NULL);
  RelayRig *rig = NULL;

  while (demo != NULL && text == NULL && g_get_monotonic_time () < end)
    if (!g_file_get_contents (ports, &text, NULL, NULL))
      g_usleep (5000);
  if (text != NULL)
    rig = relay_rig_new_before (read_port (text, "PORTAL="));
  if (rig == NULL) {
    if (demo != NULL)
      g_subprocess_force_exit (demo);
    g_clear_object (&demo);
    tst_remove_folder (state);
    return NULL;
  }
  rig->demo = demo;
  rig->demo_state = g_steal_pointer (&state);
  rig->stand_in = print_url ("http", read_port (text, "RELAY="));
  rig->control = print_url ("http", read_port (text, "CONTROL="));
  return rig;
}

static void
stop (GSubprocess *process)
{
  if (process == NULL)
    return;
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, NULL);
  g_object_unref (process);
}

void
relay_rig_free (RelayRig *rig)
{
  stop (rig->nginx);
  stop (rig->demo);
  if (rig->demo_state != NULL)
    tst_remove_folder (rig->demo_state);
  tst_remove_folder (rig->folder);
  g_free (rig->demo_state);
  g_free (rig->folder);
  g_free (rig->phones);
  g_free (rig->kiosks);
  g_free (rig->health);
  g_free (rig->portal);
  g_free (rig->stand_in);
  g_free (rig->control);
  g_free (rig);
}

/* Whoever is there is asked nothing: whom the relay and the portal are to kiosks is another test's. */
static gboolean
trust_cb (GTlsConnection *connection, GTlsCertificate *certificate, GTlsCertificateFlags problems, gpointer user_data)
{
  (void) connection;
  (void) certificate;
  (void) problems;
  (void) user_data;
  return TRUE;
}

GIOStream *
relay_rig_connect (RelayRig *rig, guint port, const char *identity)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) plain = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autofree char *stem = path_of (rig, identity != NULL ? identity : "");
  g_autofree char *pem = g_strconcat (stem, ".pem", NULL), *key = g_strconcat (stem, ".key", NULL);
  GIOStream *stream;

  g_socket_client_set_timeout (client, DEADLINE_MS / 1000);
  plain = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, NULL);
  stream = plain != NULL ? g_tls_client_connection_new (G_IO_STREAM (plain), NULL, NULL) : NULL;
  if (stream == NULL)
    return NULL;
  g_signal_connect (stream, "accept-certificate", G_CALLBACK (trust_cb), NULL);
  certificate = identity != NULL ? g_tls_certificate_new_from_files (pem, key, NULL) : NULL;
  if (certificate != NULL)
    g_tls_connection_set_certificate (G_TLS_CONNECTION (stream), certificate);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (stream), NULL, NULL))
    g_clear_object (&stream);
  return stream;
}

GSocket *
relay_rig_get_socket (GIOStream *stream)
{
  GSocketConnection *base;

  g_object_get (stream, "base-io-stream", &base, NULL);
  g_object_unref (base); /* the stream has it */
  return g_socket_connection_get_socket (base);
}

char *
relay_rig_send_raw (RelayRig *rig, guint port, const char *identity, const char *request, gsize size)
{
  g_autoptr (GIOStream) stream = relay_rig_connect (rig, port, identity);
  g_autofree char *answer = g_malloc0 (MAX_RAW_BYTES + 1);
  gsize read = 0;

  if (stream == NULL)
    return NULL;
  /* It may be refused, and the connection closed, before all of it went out. */
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), request, size, NULL, NULL, NULL);
  g_input_stream_read_all (g_io_stream_get_input_stream (stream), answer, MAX_RAW_BYTES, &read, NULL, NULL);
  return read > 0 ? g_steal_pointer (&answer) : NULL;
}

/* How many processes of nginx have closed their doors because of a reload. */
static guint
count_leavers (const RelayRig *rig)
{
  g_autofree char *path = path_of (rig, "log/error.log"), *text = NULL;
  guint count = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    for (const char *at = text; (at = strstr (at, "gracefully shutting down")) != NULL; at++)
      count++;
  return count;
}

gboolean
relay_rig_revoke (RelayRig *rig, const char *identity)
{
  gint64 end = g_get_monotonic_time () + DEADLINE_MS * G_TIME_SPAN_MILLISECOND;
  guint before = count_leavers (rig);

  if (!write_lists (rig, "etc/kiosks.crl", identity))
    return FALSE;
  g_subprocess_send_signal (rig->nginx, SIGHUP);
  while (count_leavers (rig) < before + N_WORKERS) {
    if (g_get_monotonic_time () > end)
      return FALSE;
    g_main_context_iteration (NULL, FALSE);
    g_usleep (10000);
  }
  return TRUE;
}

guint
relay_rig_count_at_portal (RelayRig *rig)
{
  g_autofree char *path = path_of (rig, "portal.log"), *text = NULL;
  guint count = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    for (const char *at = text; (at = strchr (at, '\n')) != NULL; at++)
      count++;
  return count;
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
  static const char *const headers[] = { "Content-Type: application/json", NULL };
  g_autofree char *url = g_strconcat (base, path, NULL);
  const PvHttpRequest request = {
    .method = method, .url = url, .headers = body != NULL ? headers : NULL, .body = body
  };
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

gboolean
relay_rig_has_come (RelayRig *rig, const char *words)
{
  g_autofree char *path = path_of (rig, "portal.log"), *text = NULL, *line = g_strconcat ("\n", words, NULL);

  return g_file_get_contents (path, &text, NULL, NULL)
         && (g_str_has_prefix (text, words) || strstr (text, line) != NULL);
}

gboolean
relay_rig_has_come_with (RelayRig *rig, const char *words)
{
  g_autofree char *path = path_of (rig, "portal.log"), *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, words) != NULL;
}

static gboolean
has_file_with (const char *path, const char *text)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *inner = g_build_filename (path, name, NULL), *content = NULL;
    gsize size;

    if (g_file_test (inner, G_FILE_TEST_IS_DIR)
          ? has_file_with (inner, text)
          : g_file_get_contents (inner, &content, &size, NULL) && memmem (content, size, text, strlen (text)) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* What it was given is in "etc", and above it. */
gboolean
relay_rig_has_file_with (RelayRig *rig, const char *text)
{
  g_autoptr (GDir) folder = g_dir_open (rig->folder, 0, NULL);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *inner = path_of (rig, name);

    if (g_file_test (inner, G_FILE_TEST_IS_DIR) && !g_str_equal (name, "etc") && !g_str_equal (name, "page")
        && has_file_with (inner, text))
      return TRUE;
  }
  return FALSE;
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
