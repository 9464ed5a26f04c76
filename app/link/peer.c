/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/peer.h"

#include <errno.h>
#include <gio/gunixfdlist.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_MAX_BYTES = 107 }; /* sun_path */

/* One handshake with a deadline, of either side. */
typedef struct Handshake {
  GCancellable *cancellable; /* ours: fires at the deadline, or with the caller's */
  GCancellable *outer;       /* (nullable): the caller's */
  gulong outer_id;
  GSource *deadline;
  gboolean has_timed_out;
  GDBusConnectionFlags flags;
} Handshake;

struct PvPeerServer {
  /* owned */
  GSocketService *service;
  char *path;
  GPtrArray *connections; /* (element-type GDBusConnection) */
  GCancellable *closing;  /* handshakes under way end with it */
  char *guid;
  guint n_handshakes;
  gatomicrefcount refs; /* one of the owner, one of each handshake */
  /* borrowed */
  PvPeerConnected connected; /* NULL once freed */
  gpointer user_data;

  uid_t user; /* whom it lets in besides our own */
};

static gboolean
deadline_cb (gpointer user_data)
{
  Handshake *handshake = user_data;

  handshake->has_timed_out = TRUE;
  g_cancellable_cancel (handshake->cancellable);
  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer, gpointer user_data)
{
  (void) outer;
  g_cancellable_cancel (user_data);
}

static Handshake *
handshake_new (guint timeout_ms, GCancellable *outer, GDBusConnectionFlags flags)
{
  Handshake *handshake = g_new0 (Handshake, 1);

  handshake->cancellable = g_cancellable_new ();
  handshake->flags = flags;
  handshake->deadline = g_timeout_source_new (timeout_ms);
  g_source_set_callback (handshake->deadline, deadline_cb, handshake, NULL);
  g_source_attach (handshake->deadline, g_main_context_get_thread_default ());
  if (outer != NULL) {
    handshake->outer = g_object_ref (outer);
    handshake->outer_id = g_cancellable_connect (outer, G_CALLBACK (outer_cancelled_cb),
                                                 g_object_ref (handshake->cancellable), g_object_unref);
  }
  return handshake;
}

static void
handshake_free (gpointer data)
{
  Handshake *handshake = data;

  if (handshake->outer != NULL)
    g_cancellable_disconnect (handshake->outer, handshake->outer_id);
  g_clear_object (&handshake->outer);
  g_source_destroy (handshake->deadline);
  g_source_unref (handshake->deadline);
  g_object_unref (handshake->cancellable);
  g_free (handshake);
}

/* @name: (nullable): our own */
static gboolean
find_user (const char *name, uid_t *ret_uid, GError **error)
{
  char buffer[16384];
  struct passwd entry, *found = NULL;

  if (name == NULL) {
    *ret_uid = geteuid ();
    return TRUE;
  }
  if (getpwnam_r (name, &entry, buffer, sizeof buffer, &found) != 0 || found == NULL) {
    g_set_error (error, PV_LINK_ERROR, PV_LINK_ERROR_FAILED, "[session] user=%s: no such login", name);
    return FALSE;
  }
  *ret_uid = found->pw_uid;
  return TRUE;
}

/* Only the kernel's word counts: no cookie files in a home folder, no anonymous peers. */
static gboolean
allow_mechanism_cb (GDBusAuthObserver *observer, const char *mechanism, gpointer user_data)
{
  (void) observer;
  (void) user_data;
  return strcmp (mechanism, "EXTERNAL") == 0;
}

static GDBusAuthObserver *
new_observer (void)
{
  GDBusAuthObserver *observer = g_dbus_auth_observer_new ();

  g_signal_connect (observer, "allow-mechanism", G_CALLBACK (allow_mechanism_cb), NULL);
  return observer;
}

static gboolean
is_within_limits (GDBusMessage *message)
{
  GVariant *body = g_dbus_message_get_body (message);
  GUnixFDList *fds = g_dbus_message_get_unix_fd_list (message);

  return (body == NULL || g_variant_get_size (body) <= PV_PEER_MAX_MESSAGE_BYTES)
         && (fds == NULL || g_unix_fd_list_get_length (fds) <= PV_PEER_MAX_MESSAGE_FDS);
}

/* Of one connection. */
typedef struct Limits {
  int n_calls; /* of the peer that we have not answered; atomic */
  gboolean is_server;
} Limits;

/* FALSE: it asks more than it waits for. */
static gboolean
count_call (GDBusMessage *message, gboolean is_incoming, Limits *limits)
{
  GDBusMessageType type = g_dbus_message_get_message_type (message);

  if (!is_incoming && (type == G_DBUS_MESSAGE_TYPE_METHOD_RETURN || type == G_DBUS_MESSAGE_TYPE_ERROR))
    g_atomic_int_add (&limits->n_calls, -1);
  if (!is_incoming || type != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return TRUE;
  /* Of what wants no answer nobody knows when it is done. */
  if (g_dbus_message_get_flags (message) & G_DBUS_MESSAGE_FLAGS_NO_REPLY_EXPECTED)
    return !limits->is_server;
  return g_atomic_int_add (&limits->n_calls, 1) < PV_PEER_MAX_CALLS;
}

/* Runs on GDBus's thread. A peer that exceeds a limit is not one of ours: it loses the connection. */
static GDBusMessage *
limit_filter (GDBusConnection *connection, GDBusMessage *message, gboolean is_incoming, gpointer user_data)
{
  gboolean is_patient = count_call (message, is_incoming, user_data);

  if (!is_incoming || (is_within_limits (message) && is_patient))
    return message;
  g_debug ("a peer sent a message over the limits: connection closed");
  g_dbus_connection_close (connection, NULL, NULL, NULL);
  g_object_unref (message);
  return NULL;
}

static void
limit (GDBusConnection *connection, gboolean is_server)
{
  Limits *limits = g_new0 (Limits, 1);

  limits->is_server = is_server;
  g_dbus_connection_add_filter (connection, limit_filter, limits, g_free);
}

static PvPeerServer *
server_ref (PvPeerServer *server)
{
  g_atomic_ref_count_inc (&server->refs);
  return server;
}

static void
server_unref (PvPeerServer *server)
{
  if (!g_atomic_ref_count_dec (&server->refs))
    return;
  g_ptr_array_unref (server->connections);
  g_object_unref (server->closing);
  g_free (server->path);
  g_free (server->guid);
  g_free (server);
}

static void
server_closure_unref (gpointer data, GClosure *closure)
{
  (void) closure;
  server_unref (data);
}

static void
closed_cb (GDBusConnection *connection, gboolean remote_vanished, GError *error, gpointer user_data)
{
  PvPeerServer *server = user_data;

  (void) remote_vanished;
  (void) error;
  g_ptr_array_remove_fast (server->connections, connection);
}

typedef struct Accepting {
  PvPeerServer *server;
  Handshake *handshake;
} Accepting;

static void
accepted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Accepting *accepting = user_data;
  PvPeerServer *server = accepting->server;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_finish (result, &error);

  (void) source;
  server->n_handshakes--;
  if (connection == NULL)
    g_debug ("a peer did not finish its handshake: %s", error->message);
  else if (server->connected == NULL)
    g_object_unref (connection);
  else {
    g_ptr_array_add (server->connections, connection);
    g_signal_connect_data (connection, "closed", G_CALLBACK (closed_cb), server_ref (server), server_closure_unref, 0);
    limit (connection, TRUE);
    server->connected (connection, server->user_data);
    g_dbus_connection_start_message_processing (connection);
  }
  handshake_free (accepting->handshake);
  server_unref (server);
  g_free (accepting);
}

static gboolean
is_allowed (const PvPeerServer *server, GSocketConnection *connection)
{
  g_autoptr (GCredentials) credentials = g_socket_get_credentials (g_socket_connection_get_socket (connection), NULL);
  uid_t uid = credentials != NULL ? g_credentials_get_unix_user (credentials, NULL) : (uid_t) -1;

  return uid != (uid_t) -1 && (uid == geteuid () || uid == server->user);
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *stream, GObject *source, gpointer user_data)
{
  PvPeerServer *server = user_data;
  g_autoptr (GDBusAuthObserver) observer = NULL;
  Accepting *accepting;

  (void) service;
  (void) source;
  if (!is_allowed (server, stream)) {
    g_debug ("a peer of another user was refused");
    return TRUE;
  }
  if (server->connections->len + server->n_handshakes >= PV_PEER_MAX_CONNECTIONS) {
    g_debug ("too many peers: one was refused");
    return TRUE;
  }
  observer = new_observer ();
  accepting = g_new0 (Accepting, 1);
  accepting->server = server_ref (server);
  accepting->handshake = handshake_new (PV_PEER_HANDSHAKE_MS, server->closing, G_DBUS_CONNECTION_FLAGS_NONE);
  server->n_handshakes++;
  g_dbus_connection_new (G_IO_STREAM (stream), server->guid,
                         G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER
                           | G_DBUS_CONNECTION_FLAGS_DELAY_MESSAGE_PROCESSING,
                         observer, accepting->handshake->cancellable, accepted_cb, accepting);
  return TRUE;
}

/* Where systemd has not made it: open to the sessions' login, whatever umask we have. */
static gboolean
make_folder (const char *socket_path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (socket_path);

  if (g_file_test (folder, G_FILE_TEST_IS_DIR)
      || (g_mkdir_with_parents (folder, 0755) == 0 && g_chmod (folder, 0755) == 0))
    return TRUE;
  g_set_error (error, PV_LINK_ERROR, PV_LINK_ERROR_FAILED, "%s cannot be made: %s", folder, g_strerror (errno));
  return FALSE;
}

PvPeerServer *
pv_peer_server_new (const char *path, const char *user, PvPeerConnected connected, gpointer user_data, GError **error)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) local = NULL;
  PvPeerServer *server;
  struct stat info;
  uid_t uid;

  if (strlen (path) > PATH_MAX_BYTES) {
    g_set_error_literal (error, PV_LINK_ERROR, PV_LINK_ERROR_FAILED, "path of a socket is too long");
    return NULL;
  }
  if (!find_user (user, &uid, error) || !make_folder (path, error))
    return NULL;
  if (lstat (path, &info) == 0 && S_ISSOCK (info.st_mode))
    g_unlink (path);
  address = g_unix_socket_address_new (path);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &local)
      || g_chmod (path, 0666) < 0) {
    g_set_error (error, PV_LINK_ERROR, PV_LINK_ERROR_FAILED, "listening on %s: %s", path,
                 local != NULL ? local->message : g_strerror (errno));
    return NULL;
  }
  server = g_new0 (PvPeerServer, 1);
  g_atomic_ref_count_init (&server->refs);
  server->service = g_steal_pointer (&service);
  server->path = g_strdup (path);
  server->user = uid;
  server->connections = g_ptr_array_new_with_free_func (g_object_unref);
  server->closing = g_cancellable_new ();
  server->guid = g_dbus_generate_guid ();
  server->connected = connected;
  server->user_data = user_data;
  g_signal_connect (server->service, "incoming", G_CALLBACK (incoming_cb), server);
  return server;
}

void
pv_peer_server_free (PvPeerServer *server)
{
  if (server == NULL)
    return;
  server->connected = NULL;
  g_signal_handlers_disconnect_by_data (server->service, server);
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  g_clear_object (&server->service);
  g_unlink (server->path);
  g_cancellable_cancel (server->closing);
  for (guint i = server->connections->len; i > 0; i--) {
    GDBusConnection *connection = server->connections->pdata[i - 1];

    g_signal_handlers_disconnect_matched (connection, G_SIGNAL_MATCH_FUNC | G_SIGNAL_MATCH_DATA, 0, 0, NULL,
                                          (gpointer) (guintptr) closed_cb, server);
    g_dbus_connection_close (connection, NULL, NULL, NULL);
  }
  g_ptr_array_set_size (server->connections, 0);
  server_unref (server);
}

static void
fail_task (GTask *task, const GError *cause)
{
  Handshake *handshake = g_task_get_task_data (task);

  if (!handshake->has_timed_out && g_task_return_error_if_cancelled (task))
    return;
  g_task_return_new_error (task, PV_LINK_ERROR, PV_LINK_ERROR_OFFLINE, "%s",
                           handshake->has_timed_out ? "no answer in time" : cause->message);
}

static void
connection_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_finish (result, &error);

  (void) source;
  if (connection == NULL) {
    fail_task (task, error);
    return;
  }
  limit (connection, FALSE);
  g_task_return_pointer (task, connection, g_object_unref);
}

static void
begin_handshake (GTask *task, GSocketConnection *stream)
{
  Handshake *handshake = g_task_get_task_data (task);
  gboolean is_server = (handshake->flags & G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER) != 0;
  g_autoptr (GDBusAuthObserver) observer = is_server ? new_observer () : NULL;
  g_autofree char *guid = is_server ? g_dbus_generate_guid () : NULL;

  g_dbus_connection_new (G_IO_STREAM (stream), guid, handshake->flags, observer, handshake->cancellable,
                         connection_ready_cb, task);
}

static void
socket_connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) stream = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);

  if (stream == NULL) {
    fail_task (task, error);
    g_object_unref (task);
    return;
  }
  begin_handshake (task, stream);
}

void
pv_peer_connect_async (const char *path, guint timeout_ms, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  Handshake *handshake = handshake_new (timeout_ms, cancellable, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT);

  g_task_set_source_tag (task, pv_peer_connect_async);
  g_task_set_task_data (task, handshake, handshake_free);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), handshake->cancellable, socket_connected_cb,
                                 task);
}

void
pv_peer_connect_fd_async (int fd, PvPeerSide side, guint timeout_ms, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, &error);
  GDBusConnectionFlags flags = G_DBUS_CONNECTION_FLAGS_DELAY_MESSAGE_PROCESSING
                               | (side == PV_PEER_SERVER ? G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER
                                                         : G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT);

  g_task_set_source_tag (task, pv_peer_connect_fd_async);
  g_task_set_task_data (task, handshake_new (timeout_ms, cancellable, flags), handshake_free);
  if (socket == NULL) {
    close (fd);
    fail_task (task, error);
    g_object_unref (task);
  } else {
    g_autoptr (GSocketConnection) stream = g_socket_connection_factory_create_connection (socket);

    begin_handshake (task, stream);
  }
}

GDBusConnection *
pv_peer_connect_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
