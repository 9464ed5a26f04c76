/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "rig.h"

#include "tst.h"

#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "core/submission.h"
#include "demo/store.h"
#include "link/memfd.h"
#include "link/peer.h"

enum {
  PORT_TRIES = 10,
  FIRST_PORT = 10000,
  LAST_PORT = 30000,
};

static gboolean
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

static void
filing_free (gpointer data)
{
  RigFiling *filing = data;

  g_free (filing->ref);
  g_free (filing->slug);
  pv_outbox_keys_free (filing->keys);
  g_bytes_unref (filing->container);
  pv_outcome_free (filing->outcome);
  g_free (filing);
}

static void
write_settings (Rig *rig)
{
  g_autofree char *conf = g_build_filename (rig->folder, "conf", NULL);
  g_autofree char *text =
    g_strdup_printf ("[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:%u\nmode=relay\n"
                     "public-url=http://127.0.0.1:1\nregies=periscolaire;culture;\n"
                     "[outbox]\nprivate-key-file=%s/outbox.key\npublic-key-file=%s/outbox.pub\n"
                     "[paths]\nruntime=%s/run\nstate=%s/state\ncache=%s/cache\n",
                     rig->relay_port, rig->folder, rig->folder, rig->folder, rig->folder, rig->folder);

  g_mkdir_with_parents (conf, 0700);
  write_file (conf, "10.conf", text);
}

static guint
port_of (const char *text, const char *name)
{
  const char *line = strstr (text, name);

  return line != NULL ? (guint) g_ascii_strtoull (line + strlen (name), NULL, 10) : 0;
}

static void
end_process (GSubprocess **process, int signal_number)
{
  if (*process == NULL)
    return;
  g_subprocess_send_signal (*process, signal_number);
  g_subprocess_wait (*process, NULL, NULL);
  g_clear_object (process);
}

void
rig_kill_demo (Rig *rig)
{
  end_process (&rig->demo, SIGKILL);
}

/* What it says on standard error goes to a file of its own in the folder, "N.log", which rig_free() reads. */
static GSubprocess *
spawn (Rig *rig, const char *const *words)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autofree char *name = g_strdup_printf ("%u.log", ++rig->n_logs);
  g_autofree char *path = g_build_filename (rig->folder, name, NULL);

  if (g_getenv ("PV_RIG_LOUD") == NULL)
    g_subprocess_launcher_set_stderr_file_path (launcher, path);
  return g_subprocess_launcher_spawnv (launcher, words, NULL);
}

gboolean
rig_start_demo (Rig *rig)
{
  g_autofree char *ports = g_build_filename (rig->folder, "ports", NULL);
  g_autofree char *state = g_build_filename (rig->folder, "demo", NULL);
  g_autofree char *relay = g_strdup_printf ("%u", rig->relay_port);
  g_autofree char *text = NULL;
  const char *const words[] = {
    g_getenv ("PV_DEMO_PROGRAM"),
    "--state",
    state,
    "--data",
    g_getenv ("PV_DEMO_DATA"),
    "--ports-file",
    ports,
    "--relay-port",
    relay,
    g_getenv ("PV_RELAY_PAGE") != NULL ? "--page" : NULL,
    g_getenv ("PV_RELAY_PAGE"),
    NULL,
  };
  gint64 end = g_get_monotonic_time () + RIG_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  g_unlink (ports);
  rig->demo = spawn (rig, words);
  /* Without an identifier it has ended. */
  while (rig->demo != NULL && text == NULL && g_get_monotonic_time () < end
         && g_subprocess_get_identifier (rig->demo) != NULL)
    if (!g_file_get_contents (ports, &text, NULL, NULL))
      g_usleep (5000);
  if (text == NULL) {
    rig_kill_demo (rig);
    return FALSE;
  }
  rig->portal_port = port_of (text, "PORTAL=");
  rig->relay_port = port_of (text, "RELAY=");
  rig->control_port = port_of (text, "CONTROL=");
  return rig->relay_port != 0 && rig->control_port != 0;
}

void
rig_stop_demo (Rig *rig)
{
  end_process (&rig->demo, SIGTERM);
}

Rig *
rig_new (guint time_scale)
{
  Rig *rig = g_new0 (Rig, 1);
  g_autofree char *public_key = NULL, *secret_key = NULL;

  rig->folder = g_dir_make_tmp ("pv-rig-XXXXXX", NULL);
  rig->keys = pv_outbox_keys_new ();
  rig->time_scale = time_scale;
  rig->filings = g_ptr_array_new_with_free_func (filing_free);
  public_key = pv_outbox_key_to_text (rig->keys->public_key);
  secret_key = pv_outbox_key_to_text (rig->keys->secret_key);
  write_file (rig->folder, "outbox.pub", public_key);
  write_file (rig->folder, "outbox.key", secret_key);
  /* Below the ports that outgoing connections get by themselves: while the portal is away, one of them could take its. */
  for (guint i = 0; i < PORT_TRIES && rig->demo == NULL; i++) {
    rig->relay_port = (guint) g_random_int_range (FIRST_PORT, LAST_PORT);
    rig_start_demo (rig);
  }
  if (rig->demo == NULL) {
    rig_free (rig);
    return NULL;
  }
  write_settings (rig);
  return rig;
}

void
rig_disconnect (Rig *rig)
{
  g_clear_object (&rig->proxy);
  if (rig->connection != NULL)
    g_dbus_connection_close_sync (rig->connection, NULL, NULL);
  g_clear_object (&rig->connection);
}

/* What a sanitizer, GLib ("library-message") or we ourselves found in a process whose death a test may have taken for
 * one of its own doing. */
static gboolean
has_findings (Rig *rig)
{
  static const char *const signs[] = { "Sanitizer",       "runtime error:", "WARNING **",
                                       "library-message", "-impossible",    ": start:" };
  gboolean is_found = FALSE;

  for (guint i = 1; i <= rig->n_logs; i++) {
    g_autofree char *name = g_strdup_printf ("%u.log", i);
    g_autofree char *path = g_build_filename (rig->folder, name, NULL);
    g_autofree char *text = NULL;
    gboolean is_finding = FALSE;

    if (!g_file_get_contents (path, &text, NULL, NULL))
      continue;
    for (gsize sign = 0; sign < G_N_ELEMENTS (signs); sign++)
      is_finding = is_finding || strstr (text, signs[sign]) != NULL;
    if (is_finding)
      g_printerr ("%s\n", text);
    is_found = is_found || is_finding;
  }
  return is_found;
}

gboolean
rig_free (Rig *rig)
{
  gboolean is_clean;

  rig_disconnect (rig);
  end_process (&rig->courier, SIGTERM);
  rig_stop_demo (rig);
  is_clean = !has_findings (rig);
  tst_remove_folder (rig->folder);
  g_free (rig->folder);
  pv_outbox_keys_free (rig->keys);
  g_ptr_array_unref (rig->filings);
  g_free (rig);
  return is_clean;
}

gboolean
rig_start_courier (Rig *rig)
{
  g_autofree char *conf = g_build_filename (rig->folder, "conf", NULL);
  g_autofree char *scale = g_strdup_printf ("--time-scale=%u", rig->time_scale);
  const char *const words[] = { g_getenv ("PV_COURIER_PROGRAM"), "--config", conf, scale, NULL };

  rig->courier = spawn (rig, words);
  return rig->courier != NULL;
}

/* What unshare needs here to mount something that nobody else sees: a namespace of users; else, as root, one of mounts; in
 * a changed root, which is no mount itself, one that is private already. NULL: nothing does. */
static const char *
find_way_to_mount (void)
{
  static const char *const ways[] = { "--map-root-user", "--propagation=private", "--propagation=unchanged" };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    const char *const words[] = { "unshare", "--mount", ways[i], "mount", "-t", "tmpfs", "tmpfs", "/mnt", NULL };
    int status = 1;

    if (g_spawn_sync (NULL, (char **) words, NULL,
                      G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                      NULL, &status, NULL)
        && status == 0)
      return ways[i];
  }
  return NULL;
}

gboolean
rig_start_courier_on_disk (Rig *rig, guint megabytes)
{
  g_autofree char *conf = g_build_filename (rig->folder, "conf", NULL);
  g_autofree char *state = g_build_filename (rig->folder, "state", NULL);
  g_autofree char *options = g_strdup_printf ("size=%um,mode=0700", megabytes);
  const char *way = find_way_to_mount ();
  const char *const words[] = {
    "unshare", "--mount",
    way,       "sh",
    "-c",      "mount -t tmpfs -o \"$1\" tmpfs \"$2\" && exec \"$3\" --config \"$4\"",
    "sh",      options,
    state,     g_getenv ("PV_COURIER_PROGRAM"),
    conf,      NULL,
  };

  if (way == NULL || g_mkdir_with_parents (state, 0700) != 0)
    return FALSE;
  rig->courier = spawn (rig, words);
  return rig->courier != NULL;
}

void
rig_kill_courier (Rig *rig)
{
  rig_disconnect (rig);
  end_process (&rig->courier, SIGKILL);
}

/* The parent in the fourth field of /proc/PID/stat; the second may hold anything, but ends at the last bracket. */
static gboolean
is_child_of (const char *pid, const char *parent)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "stat", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;
  const char *end;

  if (!g_ascii_isdigit (*pid) || !g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  end = strrchr (text, ')');
  fields = end != NULL ? g_strsplit (end + 2, " ", 3) : NULL;
  return fields != NULL && g_strv_length (fields) > 2 && strcmp (fields[1], parent) == 0;
}

gboolean
rig_kill_worker (Rig *rig)
{
  const char *courier = rig->courier != NULL ? g_subprocess_get_identifier (rig->courier) : NULL;
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while (courier != NULL && (name = g_dir_read_name (proc)) != NULL)
    if (is_child_of (name, courier))
      return kill ((pid_t) g_ascii_strtoll (name, NULL, 10), SIGKILL) == 0;
  return FALSE;
}

void
rig_add_settings (Rig *rig, const char *name, const char *text)
{
  g_autofree char *conf = g_build_filename (rig->folder, "conf", NULL);

  write_file (conf, name, text);
}

char *
rig_ask_demo (Rig *rig, const char *path)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) rig->control_port, NULL, NULL);
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
  char answer[16384] = "";
  const char *body;

  if (connection == NULL)
    return NULL;
  g_socket_set_timeout (g_socket_connection_get_socket (connection), 20);
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request),
                                  NULL, NULL, NULL)
      || !g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer, sizeof answer - 1,
                                   NULL, NULL, NULL))
    return NULL;
  body = strstr (answer, "\r\n\r\n");
  return body != NULL ? g_strdup (body + 4) : NULL;
}

guint
rig_count_requests (Rig *rig, const char *kind)
{
  g_autofree char *tally = rig_ask_demo (rig, "/demo/requests");
  g_autofree char *name = g_strdup_printf ("\"%s\": ", kind);
  const char *found = tally != NULL ? strstr (tally, name) : NULL;

  return found != NULL ? (guint) g_ascii_strtoull (found + strlen (name), NULL, 10) : 0;
}

gboolean
rig_set_faults (Rig *rig, const char *json)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) rig->control_port, NULL, NULL);
  g_autofree char *request =
    g_strdup_printf ("POST /demo/faults HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                     "Connection: close\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                     strlen (json), json);
  char answer[16] = "";

  if (connection == NULL)
    return FALSE;
  g_socket_set_timeout (g_socket_connection_get_socket (connection), 20);
  return g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request),
                                    NULL, NULL, NULL)
         && g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer, sizeof answer - 1,
                                     NULL, NULL, NULL)
         && strstr (answer, " 200") != NULL;
}

RigFiling *
rig_add_submission (Rig *rig, const PvSubmission *submission)
{
  RigFiling *filing = g_new0 (RigFiling, 1);
  PvOutboxPurpose purpose = submission->purpose == PV_SUBMISSION_DRAFT ? PV_OUTBOX_DRAFT : PV_OUTBOX_FILE;
  PvOutboxHeader header;

  filing->ref = g_strdup (submission->ref);
  filing->slug = g_strdup (submission->slug);
  filing->has_ref_field = submission->ref_field != NULL;
  filing->keys = pv_outbox_keys_new ();
  header = (PvOutboxHeader){ filing->ref, filing->slug, purpose, filing->has_ref_field, submission->created_us };
  filing->container = pv_outbox_seal (&header, pv_submission_to_variant (submission), rig->keys->public_key,
                                      filing->keys->public_key, NULL);
  g_ptr_array_add (rig->filings, filing);
  return filing;
}

char *
rig_make_ref (void)
{
  guint8 random[100];

  for (gsize i = 0; i < sizeof random; i++)
    random[i] = (guint8) g_random_int_range (0, 240);
  return pv_ref_from_random (random, sizeof random);
}

static void
add_document (PvSubmission *submission, gsize size)
{
  PvSubmissionEntry *entry = pv_submission_entry_new ("photo", "photo", PV_QUESTION_FILE);
  g_autoptr (GBytes) content = g_bytes_new_take (g_malloc0 (size), size);

  entry->value = pv_value_new_files ();
  pv_value_add_file (entry->value, "document-1.pdf", "application/pdf", content);
  g_ptr_array_add (submission->entries, entry);
}

/* @document_size: 0: without one */
static RigFiling *
new_filing (Rig *rig, const char *slug, const char *ref_field, PvOutboxPurpose purpose, gsize document_size)
{
  g_autoptr (PvSubmission) submission = pv_submission_new ();
  PvSubmissionEntry *entry = pv_submission_entry_new ("1", "nom", PV_QUESTION_TEXT);

  submission->ref = rig_make_ref ();
  submission->purpose = purpose == PV_OUTBOX_DRAFT ? PV_SUBMISSION_DRAFT : PV_SUBMISSION_FILE;
  submission->slug = g_strdup (slug);
  submission->version = g_strdup ("1");
  submission->ref_field = g_strdup (ref_field);
  submission->note = g_strdup_printf ("Borne %s", submission->ref);
  submission->created_us = g_get_real_time ();
  entry->value = pv_value_new_text ("Quémener");
  g_ptr_array_add (submission->entries, entry);
  if (document_size > 0)
    add_document (submission, document_size);
  return rig_add_submission (rig, submission);
}

RigFiling *
rig_new_filing (Rig *rig, const char *slug, const char *ref_field, PvOutboxPurpose purpose)
{
  return new_filing (rig, slug, ref_field, purpose, 0);
}

RigFiling *
rig_new_filing_with_document (Rig *rig, const char *slug, PvOutboxPurpose purpose, gsize document_size)
{
  return new_filing (rig, slug, NULL, purpose, document_size);
}

static void
outcome_cb (PvLinkCourier1 *proxy, const char *ref, GVariant *sealed, gpointer user_data)
{
  Rig *rig = user_data;

  (void) proxy;
  for (guint i = 0; i < rig->filings->len; i++) {
    RigFiling *filing = rig->filings->pdata[i];
    g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (sealed);
    g_autoptr (GVariant) variant = NULL;

    if (strcmp (filing->ref, ref) != 0)
      continue;
    variant = pv_outbox_open_reply (bytes, filing->keys, NULL);
    if (variant == NULL)
      continue;
    pv_outcome_free (filing->outcome);
    filing->outcome = pv_outcome_from_variant (variant);
    filing->n_told++;
  }
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  *(GAsyncResult **) user_data = g_object_ref (result);
}

gboolean
rig_connect (Rig *rig)
{
  g_autofree char *path = g_build_filename (rig->folder, "run", "courier.sock", NULL);
  gint64 end = g_get_monotonic_time () + RIG_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  if (rig->connection != NULL && !g_dbus_connection_is_closed (rig->connection))
    return TRUE;
  rig_disconnect (rig);
  while (rig->proxy == NULL && g_get_monotonic_time () < end) {
    g_autoptr (GAsyncResult) result = NULL;

    pv_peer_connect_async (path, 2000, NULL, connected_cb, &result);
    while (result == NULL)
      g_main_context_iteration (NULL, TRUE);
    rig->connection = pv_peer_connect_finish (result, NULL);
    if (rig->connection != NULL)
      rig->proxy = pv_link_courier1_proxy_new_sync (rig->connection, G_DBUS_PROXY_FLAGS_NONE, NULL,
                                                    "/org/parvis/Courier1", NULL, NULL);
    if (rig->proxy != NULL)
      g_signal_connect (rig->proxy, "outcome", G_CALLBACK (outcome_cb), rig);
    else {
      rig_disconnect (rig);
      g_usleep (20 * 1000);
    }
  }
  return rig->proxy != NULL;
}

char *
rig_try_store (Rig *rig, RigFiling *filing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUnixFDList) fds = NULL;
  int fd = pv_memfd_from_bytes (filing->container, NULL);

  fds = g_unix_fd_list_new_from_array (&fd, 1);
  if (!rig_connect (rig))
    return g_strdup ("no connection");
  if (pv_link_courier1_call_store_sync (rig->proxy, filing->ref, g_variant_new_handle (0), G_DBUS_CALL_FLAGS_NONE,
                                        20000, fds, NULL, NULL, &error))
    return NULL;
  return g_dbus_error_is_remote_error (error) ? g_dbus_error_get_remote_error (error) : g_strdup ("lost");
}

gboolean
rig_store (Rig *rig, RigFiling *filing)
{
  gint64 end = g_get_monotonic_time () + RIG_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end) {
    g_autofree char *problem = rig_try_store (rig, filing);

    if (problem == NULL)
      return TRUE;
    rig_disconnect (rig);
    if (rig->courier == NULL || g_subprocess_get_identifier (rig->courier) == NULL)
      return FALSE;
  }
  return FALSE;
}

void
rig_pump (Rig *rig, guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  (void) rig;
  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
}

static PvOutboxStore *
open_outbox (Rig *rig)
{
  g_autofree char *path = g_build_filename (rig->folder, "state", "outbox", NULL);

  return pv_outbox_store_open_to_read (path, NULL);
}

gboolean
rig_wait_settled (Rig *rig, guint timeout_ms)
{
  gint64 end = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end) {
    g_autoptr (PvOutboxStore) store = open_outbox (rig);
    const GPtrArray *items = store != NULL ? pv_outbox_store_get_items (store) : NULL;
    gboolean is_settled = items != NULL;

    for (guint i = 0; is_settled && i < items->len; i++)
      is_settled = pv_delivery_is_final (&((PvOutboxItem *) items->pdata[i])->delivery);
    if (is_settled)
      return TRUE;
    rig_pump (rig, 50);
  }
  return FALSE;
}

gboolean
rig_wait_outcome (Rig *rig, RigFiling *filing, PvOutcomeKind kind, guint timeout_ms)
{
  gint64 end = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end) {
    if (filing->outcome != NULL && filing->outcome->kind == kind)
      return TRUE;
    rig_pump (rig, 10);
  }
  return FALSE;
}

gboolean
rig_wait_reachable (Rig *rig, gboolean is_reachable, guint timeout_ms)
{
  gint64 end = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end) {
    if (!pv_link_courier1_get_portal_reachable (rig->proxy) == !is_reachable)
      return TRUE;
    rig_pump (rig, 10);
  }
  return FALSE;
}

gboolean
rig_wait_reason (Rig *rig, const RigFiling *filing, const char *reason, guint timeout_ms)
{
  gint64 end = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end) {
    g_autoptr (PvOutboxStore) store = open_outbox (rig);
    const PvOutboxItem *item = store != NULL ? pv_outbox_store_find (store, filing->ref) : NULL;

    if (item != NULL && g_strcmp0 (item->reason, reason) == 0)
      return TRUE;
    rig_pump (rig, 10);
  }
  return FALSE;
}

PvDeliveryState
rig_state_of (Rig *rig, const RigFiling *filing)
{
  g_autoptr (PvOutboxStore) store = open_outbox (rig);
  const PvOutboxItem *item = store != NULL ? pv_outbox_store_find (store, filing->ref) : NULL;

  return item != NULL ? item->delivery.state : PV_N_DELIVERY_STATES;
}

PvDemoStore *
rig_open_portal (Rig *rig)
{
  g_autofree char *path = g_build_filename (rig->folder, "demo", NULL);

  return pv_demo_store_open (path, NULL);
}

guint
rig_count_filed (Rig *rig, const RigFiling *filing)
{
  g_autoptr (PvDemoStore) store = rig_open_portal (rig);
  g_autoptr (GPtrArray) all =
    store != NULL ? pv_demo_store_list (store, filing->slug, NULL, NULL, TRUE, 10000, 0) : NULL;
  guint count = 0;

  for (guint i = 0; all != NULL && i < all->len; i++) {
    const PvDemoFiling *row = all->pdata[i];

    count += (row->context != NULL && strstr (row->context, filing->ref) != NULL) ? 1 : 0;
  }
  return count;
}

gsize
rig_measure_filed (Rig *rig, const RigFiling *filing)
{
  g_autoptr (PvDemoStore) store = rig_open_portal (rig);
  g_autoptr (GPtrArray) all =
    store != NULL ? pv_demo_store_list (store, filing->slug, NULL, NULL, TRUE, 10000, 0) : NULL;
  gsize largest = 0;

  for (guint i = 0; all != NULL && i < all->len; i++)
    largest = MAX (largest, strlen (((PvDemoFiling *) all->pdata[i])->fields));
  return largest;
}

GPtrArray *
rig_list_calls (Rig *rig, const RigFiling *filing)
{
  g_autoptr (PvDemoStore) store = rig_open_portal (rig);
  GPtrArray *calls = store != NULL ? pv_demo_store_list_calls (store) : NULL;

  /* The comment of a filing holds its reference. */
  for (guint i = calls != NULL ? calls->len : 0; i > 0; i--) {
    const PvDemoCall *call = calls->pdata[i - 1];

    if (strcmp (call->slug, filing->slug) != 0 || strstr (call->mark, filing->ref) == NULL)
      g_ptr_array_remove_index (calls, i - 1);
  }
  return calls;
}
