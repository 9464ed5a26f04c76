/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <gio/gunixfdlist.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "link/memfd.h"
#include "link/peer.h"
#include "pv-link-printer1.h"
#include "stranger.h"

enum { WAIT_MS = 20000 };

typedef struct Fixture {
  char *folder, *path;
  PvPeerServer *server;
  PvLinkPrinter1 *printer; /* what the server exports to each peer */
  guint n_connected;
  gboolean has_connected;
} Fixture;

/* The answer of one asynchronous call. */
typedef struct Answer {
  GAsyncResult *result;
  gboolean has_come;
} Answer;

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  (void) source;
  answer->result = g_object_ref (result);
  answer->has_come = TRUE;
}

static gboolean
print_cb (PvLinkPrinter1 *printer, GDBusMethodInvocation *invocation, GUnixFDList *fds, const char *session,
          const char *language, GVariant *pdf, gpointer user_data)
{
  int fd = g_unix_fd_list_get (fds, g_variant_get_handle (pdf), NULL);
  g_autoptr (GBytes) bytes = pv_memfd_map (fd, 100, NULL);

  (void) session;
  (void) language;
  (void) user_data;
  close (fd);
  pv_link_printer1_complete_print (printer, invocation, NULL, bytes != NULL ? (guint) g_bytes_get_size (bytes) : 0);
  return TRUE;
}

static void
connected_cb (GDBusConnection *connection, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (fixture->printer), connection, "/org/parvis/Printer1",
                                    NULL);
  fixture->n_connected++;
  fixture->has_connected = TRUE;
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("pv-peer-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "p.sock", NULL);
  fixture->printer = pv_link_printer1_skeleton_new ();
  g_signal_connect (fixture->printer, "handle-print", G_CALLBACK (print_cb), NULL);
  fixture->server = pv_peer_server_new (fixture->path, NULL, connected_cb, fixture, NULL);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_peer_server_free (fixture->server);
  g_clear_object (&fixture->printer);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture);
  return 0;
}

static GDBusConnection *
connect_to (const char *path, guint timeout_ms, GCancellable *cancellable, GError **error)
{
  Answer answer = { 0 };
  GDBusConnection *connection;

  pv_peer_connect_async (path, timeout_ms, cancellable, answer_cb, &answer);
  if (!tst_pump_until (NULL, &answer.has_come, WAIT_MS))
    return NULL;
  connection = pv_peer_connect_finish (answer.result, error);
  g_object_unref (answer.result);
  return connection;
}

static void
a_call_with_a_memory_file_is_answered (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GDBusConnection) connection = connect_to (fixture->path, WAIT_MS, NULL, NULL);
  g_autoptr (PvLinkPrinter1) proxy = NULL;
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF", 4);
  Answer answer = { 0 };
  guint job = 0;
  int fd = pv_memfd_from_bytes (pdf, NULL);

  assert_non_null (connection);
  assert_int_equal (g_unix_fd_list_append (fds, fd, NULL), 0);
  close (fd);
  /* The proxy is made on the loop: the server runs in this thread. */
  pv_link_printer1_proxy_new (connection, G_DBUS_PROXY_FLAGS_NONE, NULL, "/org/parvis/Printer1", NULL, answer_cb,
                              &answer);
  assert_true (tst_pump_until (NULL, &answer.has_come, WAIT_MS));
  proxy = pv_link_printer1_proxy_new_finish (answer.result, NULL);
  g_object_unref (answer.result);
  assert_non_null (proxy);
  answer.has_come = FALSE;
  pv_link_printer1_call_print (proxy, "abc", "fr", g_variant_new_handle (0), G_DBUS_CALL_FLAGS_NONE, 5000, fds, NULL,
                               answer_cb, &answer);
  assert_true (tst_pump_until (NULL, &answer.has_come, WAIT_MS));
  assert_true (pv_link_printer1_call_print_finish (proxy, &job, NULL, answer.result, NULL));
  g_object_unref (answer.result);
  assert_int_equal (job, 4);
}

static void
nobody_there_is_told_at_once (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->folder, "none.sock", NULL);
  g_autoptr (GError) error = NULL;

  assert_null (connect_to (path, WAIT_MS, NULL, &error));
  assert_true (g_error_matches (error, PV_LINK_ERROR, PV_LINK_ERROR_OFFLINE));
}

static void
a_server_that_stays_silent_is_given_up (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->folder, "mute.sock", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) mute = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, NULL);
  g_autoptr (GError) error = NULL;

  assert_true (g_socket_bind (mute, address, FALSE, NULL) && g_socket_listen (mute, NULL));
  assert_null (connect_to (path, 50, NULL, &error));
  assert_true (g_error_matches (error, PV_LINK_ERROR, PV_LINK_ERROR_OFFLINE));
  g_unlink (path);
}

static void
a_cancelled_connection_says_so (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  assert_null (connect_to (fixture->path, WAIT_MS, cancellable, &error));
  assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

static void
only_so_many_peers_are_served (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < PV_PEER_MAX_CONNECTIONS; i++) {
    GDBusConnection *connection = connect_to (fixture->path, WAIT_MS, NULL, NULL);

    assert_non_null (connection);
    g_ptr_array_add (connections, connection);
  }
  assert_null (connect_to (fixture->path, WAIT_MS, NULL, &error));
  assert_true (g_error_matches (error, PV_LINK_ERROR, PV_LINK_ERROR_OFFLINE));
}

static void
closed_record_cb (GDBusConnection *connection, gboolean remote_vanished, GError *error, gpointer user_data)
{
  (void) connection;
  (void) remote_vanished;
  (void) error;
  *(gboolean *) user_data = TRUE;
}

static void
a_message_over_the_limit_ends_the_connection (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GDBusConnection) connection = connect_to (fixture->path, WAIT_MS, NULL, NULL);
  g_autofree char *text = g_strnfill (PV_PEER_MAX_MESSAGE_BYTES + 1, 'a');
  gboolean is_closed = FALSE;

  assert_non_null (connection);
  g_signal_connect (connection, "closed", G_CALLBACK (closed_record_cb), &is_closed);
  g_dbus_connection_call (connection, NULL, "/org/parvis/Printer1", "org.parvis.Printer1", "SessionEnded",
                          g_variant_new ("(s)", text), NULL, G_DBUS_CALL_FLAGS_NONE, 5000, NULL, NULL, NULL);
  assert_true (tst_pump_until (NULL, &is_closed, WAIT_MS));
  g_signal_handlers_disconnect_by_data (connection, &is_closed);
}

static gboolean
never_answer_cb (PvLinkPrinter1 *printer, GDBusMethodInvocation *invocation, const char *session, gpointer user_data)
{
  (void) printer;
  (void) session;
  g_ptr_array_add (user_data, invocation);
  return TRUE;
}

static void
closed_cb (GDBusConnection *connection, gboolean remote_vanished, GError *error, gpointer user_data)
{
  (void) connection;
  (void) remote_vanished;
  (void) error;
  *(gboolean *) user_data = TRUE;
}

static void
ignore_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  (void) result;
  (void) user_data;
}

static void
ask (GDBusConnection *connection, guint n)
{
  for (guint i = 0; i < n; i++)
    g_dbus_connection_call (connection, NULL, "/org/parvis/Printer1", "org.parvis.Printer1", "SessionEnded",
                            g_variant_new ("(s)", "x"), NULL, G_DBUS_CALL_FLAGS_NONE, WAIT_MS, NULL, ignore_cb, NULL);
}

static void
whoever_asks_without_waiting_for_answers_is_cut_off (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  g_autoptr (GDBusConnection) connection = connect_to (fixture->path, WAIT_MS, NULL, NULL);
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  gboolean is_closed = FALSE;

  g_signal_connect (fixture->printer, "handle-session-ended", G_CALLBACK (never_answer_cb), asked);
  g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), &is_closed);
  /* As many as are allowed, twice, as the first ones are answered. */
  for (guint round = 0; round < 2; round++) {
    ask (connection, PV_PEER_MAX_CALLS);
    while (asked->len < PV_PEER_MAX_CALLS && g_get_monotonic_time () < end)
      g_main_context_iteration (NULL, TRUE);
    assert_int_equal (asked->len, PV_PEER_MAX_CALLS);
    for (guint i = 0; i < asked->len; i++)
      pv_link_printer1_complete_session_ended (fixture->printer, asked->pdata[i], TRUE);
    g_ptr_array_set_size (asked, 0);
    g_dbus_connection_flush_sync (connection, NULL, NULL);
  }
  assert_false (is_closed);
  ask (connection, PV_PEER_MAX_CALLS + 1);
  assert_true (tst_pump_until (NULL, &is_closed, WAIT_MS));
  for (guint i = 0; i < asked->len; i++)
    pv_link_printer1_complete_session_ended (fixture->printer, asked->pdata[i], TRUE);
}

static void
a_socket_left_by_a_crash_is_replaced_but_no_other_file (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autoptr (PvPeerServer) second = NULL;
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  second = pv_peer_server_new (fixture->path, NULL, connected_cb, fixture, NULL);
  assert_non_null (second);
  connection = connect_to (fixture->path, WAIT_MS, NULL, NULL);
  assert_non_null (connection);
  assert_true (g_file_set_contents (file, "x", 1, NULL));
  assert_null (pv_peer_server_new (file, NULL, connected_cb, fixture, &error));
  assert_true (g_file_test (file, G_FILE_TEST_IS_REGULAR));
  g_unlink (file);
}

static void
connect_pair (GDBusConnection **ret_server, GDBusConnection **ret_client)
{
  Answer client = { 0 }, server = { 0 };
  int ends[2];

  assert_int_equal (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  pv_peer_connect_fd_async (ends[0], PV_PEER_SERVER, WAIT_MS, NULL, answer_cb, &server);
  pv_peer_connect_fd_async (ends[1], PV_PEER_CLIENT, WAIT_MS, NULL, answer_cb, &client);
  assert_true (tst_pump_until (NULL, &server.has_come, WAIT_MS));
  assert_true (tst_pump_until (NULL, &client.has_come, WAIT_MS));
  *ret_server = pv_peer_connect_finish (server.result, NULL);
  *ret_client = pv_peer_connect_finish (client.result, NULL);
  g_object_unref (server.result);
  g_object_unref (client.result);
  assert_non_null (*ret_server);
  assert_non_null (*ret_client);
}

static void
both_ends_of_a_socket_pair_speak (void **state)
{
  Answer call = { 0 };
  g_autoptr (GDBusConnection) client_end = NULL, server_end = NULL;
  g_autoptr (PvLinkPrinter1) printer = pv_link_printer1_skeleton_new ();
  g_autoptr (GVariant) value = NULL;

  (void) state;
  connect_pair (&server_end, &client_end);

  pv_link_printer1_set_media (printer, "a4");
  g_dbus_connection_call (client_end, NULL, "/org/parvis/Printer1", "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", "org.parvis.Printer1", "Media"), NULL, G_DBUS_CALL_FLAGS_NONE, 5000,
                          NULL, answer_cb, &call);
  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (printer), server_end, "/org/parvis/Printer1", NULL);
  g_dbus_connection_start_message_processing (server_end);
  g_dbus_connection_start_message_processing (client_end);
  assert_true (tst_pump_until (NULL, &call.has_come, WAIT_MS));
  value = g_dbus_connection_call_finish (client_end, call.result, NULL);
  g_object_unref (call.result);
  assert_non_null (value);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (printer));
}

static void
signal_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *name,
           GVariant *parameters, gpointer user_data)
{
  (void) connection;
  (void) sender;
  (void) path;
  (void) interface;
  (void) name;
  (void) parameters;
  *(gboolean *) user_data = TRUE;
}

/* A session says that it is ready as soon as the line is up. */
static void
a_signal_that_comes_before_anybody_listens_waits (void **state)
{
  g_autoptr (GDBusConnection) client_end = NULL, server_end = NULL;
  gboolean has_come = FALSE;
  guint subscription;

  (void) state;
  connect_pair (&server_end, &client_end);

  g_dbus_connection_start_message_processing (server_end);
  assert_true (g_dbus_connection_emit_signal (server_end, NULL, "/org/parvis/Session1", "org.parvis.Session1", "Ready",
                                              NULL, NULL));
  assert_true (g_dbus_connection_flush_sync (server_end, NULL, NULL));
  subscription = g_dbus_connection_signal_subscribe (client_end, NULL, "org.parvis.Session1", "Ready", NULL, NULL,
                                                     G_DBUS_SIGNAL_FLAGS_NONE, signal_cb, &has_come, NULL);
  g_dbus_connection_start_message_processing (client_end);
  assert_true (tst_pump_until (NULL, &has_come, WAIT_MS));
  g_dbus_connection_signal_unsubscribe (client_end, subscription);
}

static void
a_descriptor_that_is_no_socket_is_refused (void **state)
{
  int pipes[2];
  Answer answer = { 0 };
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_int_equal (pipe (pipes), 0);
  pv_peer_connect_fd_async (pipes[0], PV_PEER_CLIENT, WAIT_MS, NULL, answer_cb, &answer);
  assert_true (tst_pump_until (NULL, &answer.has_come, WAIT_MS));
  assert_null (pv_peer_connect_finish (answer.result, &error));
  assert_true (g_error_matches (error, PV_LINK_ERROR, PV_LINK_ERROR_OFFLINE));
  g_object_unref (answer.result);
  close (pipes[1]);
}

/* Debian's base-passwd: "nobody" is 65534, "daemon" is 1. */
static void
the_login_of_the_sessions_is_let_in_and_no_other (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->folder, "sub", "q.sock", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (PvPeerServer) server = NULL;
  g_autoptr (GError) error = NULL;
  mode_t mask;

  if (geteuid () != 0)
    skip ();
  g_chmod (fixture->folder, 0711);
  mask = umask (077);
  server = pv_peer_server_new (path, "nobody", connected_cb, fixture, NULL);
  umask (mask);
  assert_non_null (server);
  assert_int_equal (stranger_knocks (path, 65534), STRANGER_ADMITTED);
  assert_int_equal (stranger_knocks (path, 0), STRANGER_ADMITTED);
  assert_int_equal (stranger_knocks (path, 1), STRANGER_REFUSED);
  assert_int_equal (stranger_knocks (fixture->path, 65534), STRANGER_REFUSED);
  g_clear_pointer (&server, pv_peer_server_free);
  assert_null (pv_peer_server_new (path, "no-such-login-here", connected_cb, fixture, &error));
  assert_true (g_error_matches (error, PV_LINK_ERROR, PV_LINK_ERROR_FAILED));
  g_rmdir (folder);
}

#define WITH_SERVER(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_SERVER (a_call_with_a_memory_file_is_answered),
    WITH_SERVER (nobody_there_is_told_at_once),
    WITH_SERVER (a_server_that_stays_silent_is_given_up),
    WITH_SERVER (a_cancelled_connection_says_so),
    WITH_SERVER (only_so_many_peers_are_served),
    WITH_SERVER (a_message_over_the_limit_ends_the_connection),
    WITH_SERVER (whoever_asks_without_waiting_for_answers_is_cut_off),
    WITH_SERVER (a_socket_left_by_a_crash_is_replaced_but_no_other_file),
    cmocka_unit_test (both_ends_of_a_socket_pair_speak),
    cmocka_unit_test (a_signal_that_comes_before_anybody_listens_waits),
    WITH_SERVER (the_login_of_the_sessions_is_let_in_and_no_other),
    cmocka_unit_test (a_descriptor_that_is_no_socket_is_refused),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
