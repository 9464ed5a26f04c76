/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "printer-rig.h"

#include "link/memfd.h"
#include "link/peer.h"
#include "print/receipt-pdf.h"

#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#include "ippeve.h"
#include "sample.h"

static void
job_state_cb (PvLinkPrinter1 *proxy, guint job, guint state, guint reason, gpointer user_data)
{
  Kiosk *kiosk = user_data;
  Told told = { job, (PvPrintState) state, (PvPrintReason) reason };

  (void) proxy;
  g_array_append_val (kiosk->told, told);
}

static void
async_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (GAsyncResult **result)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (*result == NULL && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  assert_non_null (*result);
  return *result;
}

/* Again and again: there may be a socket's file before anybody listens. */
static GDBusConnection *
connect_to (const char *socket)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  GDBusConnection *connection = NULL;

  while (connection == NULL && g_get_monotonic_time () < end) {
    g_autoptr (GAsyncResult) result = NULL;
    pv_peer_connect_async (socket, WAIT_MS, NULL, async_cb, &result);
    connection = pv_peer_connect_finish (wait_for_result (&result), NULL);
  }
  assert_non_null (connection);
  return connection;
}

static void
spawn_service (Kiosk *kiosk)
{
  /* It must not hold the test's output: that belongs to TAP. */
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);

  g_subprocess_launcher_set_child_setup (launcher, ippeve_die_with_test, NULL, NULL);
  if (kiosk->cups_server != NULL)
    g_subprocess_launcher_setenv (launcher, "CUPS_SERVER", kiosk->cups_server, TRUE);
  kiosk->process =
    g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("PV_PRINTER_PROGRAM"), "--config", kiosk->folder, NULL);
  assert_non_null (kiosk->process);
}

static void
start_service (Kiosk *kiosk)
{
  spawn_service (kiosk);
  kiosk->connection = connect_to (kiosk->socket);
  kiosk->proxy = pv_link_printer1_proxy_new_sync (kiosk->connection, G_DBUS_PROXY_FLAGS_NONE, NULL,
                                                  "/org/parvis/Printer1", NULL, NULL);
  assert_non_null (kiosk->proxy);
  g_signal_connect (kiosk->proxy, "job-state", G_CALLBACK (job_state_cb), kiosk);
}

static void
bury_service (Kiosk *kiosk)
{
  g_subprocess_wait (kiosk->process, NULL, NULL);
  g_clear_object (&kiosk->process);
  g_clear_object (&kiosk->proxy);
  g_clear_object (&kiosk->connection);
  g_unlink (kiosk->socket);
}

void
kiosk_restart (Kiosk *kiosk)
{
  bury_service (kiosk);
  start_service (kiosk);
}

void
kiosk_restart_unvisited (Kiosk *kiosk)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  bury_service (kiosk);
  spawn_service (kiosk);
  while (!g_file_test (kiosk->socket, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end)
    g_usleep (2000);
}

Kiosk *
kiosk_new (const char *printer, const char *cups_server)
{
  Kiosk *kiosk = g_new0 (Kiosk, 1);
  g_autofree char *file = NULL, *text = NULL;

  kiosk->folder = g_dir_make_tmp ("pv-printer-XXXXXX", NULL);
  kiosk->socket = g_build_filename (kiosk->folder, "printer.sock", NULL);
  file = g_build_filename (kiosk->folder, "50-test.conf", NULL);
  text = g_strdup_printf ("[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\nmode=relay\n"
                          "[paths]\nruntime=%s\nstate=%s/state\n[printer]\n%s\n",
                          kiosk->folder, kiosk->folder, printer);
  assert_true (g_file_set_contents (file, text, -1, NULL));
  kiosk->told = g_array_new (FALSE, FALSE, sizeof (Told));
  kiosk->cups_server = g_strdup (cups_server);
  start_service (kiosk);
  return kiosk;
}

void
kiosk_free (Kiosk *kiosk)
{
  g_autofree char *file = g_build_filename (kiosk->folder, "50-test.conf", NULL);
  g_autofree char *counted = g_build_filename (kiosk->folder, "state", NULL);

  g_clear_object (&kiosk->proxy);
  g_clear_object (&kiosk->connection);
  g_subprocess_send_signal (kiosk->process, SIGTERM);
  g_subprocess_wait (kiosk->process, NULL, NULL);
  assert_true (g_subprocess_get_if_exited (kiosk->process));
  assert_int_equal (g_subprocess_get_exit_status (kiosk->process), 0);
  g_clear_object (&kiosk->process);
  g_array_unref (kiosk->told);
  g_unlink (file);
  tst_remove_folder (counted);
  assert_int_equal (g_rmdir (kiosk->folder), 0); /* the socket is gone too */
  g_free (kiosk->folder);
  g_free (kiosk->socket);
  g_free (kiosk->cups_server);
  g_free (kiosk);
}

Kiosk *
kiosk_new_for_uri (const char *uri)
{
  g_autofree char *lines = g_strdup_printf ("uri=%s\nmedia=roll-80mm", uri);

  return kiosk_new (lines, NULL);
}

gboolean
wait_until_available (Kiosk *kiosk, gboolean is_available)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (pv_link_printer1_get_is_available (kiosk->proxy) != is_available && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  return pv_link_printer1_get_is_available (kiosk->proxy) == is_available;
}

guint
print_bytes (Kiosk *kiosk, const char *session, const char *language, GBytes *bytes, char **ret_error)
{
  int fd = pv_memfd_from_bytes (bytes, NULL);
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint job = 0;

  assert_true (fd >= 0);
  g_unix_fd_list_append (fds, fd, NULL);
  close (fd);
  pv_link_printer1_call_print (kiosk->proxy, session, language, g_variant_new_handle (0), G_DBUS_CALL_FLAGS_NONE,
                               WAIT_MS, fds, NULL, async_cb, &result);
  if (!pv_link_printer1_call_print_finish (kiosk->proxy, &job, NULL, wait_for_result (&result), &error)) {
    if (ret_error != NULL)
      *ret_error = g_dbus_error_get_remote_error (error);
    else
      fail_msg ("print: %s", error->message);
  }
  return job;
}

GBytes *
render (void)
{
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);
  GBytes *pdf = pv_receipt_render_pdf (&receipt, PV_PRINT_MEDIA_ROLL_80MM, NULL);

  sample_clear (&receipt);
  assert_non_null (pdf);
  return pdf;
}

guint
print_receipt (Kiosk *kiosk, const char *session, char **ret_error)
{
  g_autoptr (GBytes) pdf = render ();

  return print_bytes (kiosk, session, "fr", pdf, ret_error);
}

const Told *
get_last (Kiosk *kiosk)
{
  return kiosk->told->len > 0 ? &g_array_index (kiosk->told, Told, kiosk->told->len - 1) : NULL;
}

gboolean
wait_for_state (Kiosk *kiosk, PvPrintState state, guint max_ms)
{
  gint64 end = g_get_monotonic_time () + max_ms * G_TIME_SPAN_MILLISECOND;

  do {
    if (get_last (kiosk) != NULL && get_last (kiosk)->state == state)
      return TRUE;
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  } while (g_get_monotonic_time () < end);
  return FALSE;
}

gboolean
end_session (Kiosk *kiosk, const char *session)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 start = g_get_monotonic_time ();
  gboolean is_clean = FALSE;

  pv_link_printer1_call_session_ended (kiosk->proxy, session, G_DBUS_CALL_FLAGS_NONE, WAIT_MS, NULL, async_cb, &result);
  assert_true (pv_link_printer1_call_session_ended_finish (kiosk->proxy, &is_clean, wait_for_result (&result), NULL));
  assert_true (g_get_monotonic_time () - start < END_MS * G_TIME_SPAN_MILLISECOND);
  return is_clean;
}
