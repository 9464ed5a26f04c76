/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/supervisor/child.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "link/peer.h"
#include "pv-link-session1.h"

enum { SESSION_FD = 3 };

struct PvChild {
  guint id;
  char *name;
  GSubprocess *process;
  GCancellable *cancellable; /* of everything under way; fires when the child is freed */
  PvLinkSession1 *proxy;     /* NULL until the line is up */
  PvChildCallback callback;
  gpointer user_data;
};

static void
tell (PvChild *child, PvChildEvent event, guint value)
{
  child->callback (child->id, event, value, child->user_data);
}

static void
ready_cb (PvLinkSession1 *proxy, gpointer user_data)
{
  (void) proxy;
  tell (user_data, PV_CHILD_READY, 0);
}

static void
shown_cb (PvLinkSession1 *proxy, gpointer user_data)
{
  (void) proxy;
  tell (user_data, PV_CHILD_SHOWN, 0);
}

static void
touched_cb (PvLinkSession1 *proxy, gpointer user_data)
{
  (void) proxy;
  tell (user_data, PV_CHILD_TOUCHED, 0);
}

static void
goodbye_cb (PvLinkSession1 *proxy, gpointer user_data)
{
  (void) proxy;
  tell (user_data, PV_CHILD_GOODBYE, 0);
}

static void
deadline_cb (PvLinkSession1 *proxy, guint seconds, gpointer user_data)
{
  (void) proxy;
  tell (user_data, PV_CHILD_DEADLINE, seconds);
}

/* A line that does not come up is a session that never gets ready. */
static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = pv_peer_connect_finish (result, &error);
  PvChild *child = user_data;

  (void) source;
  if (connection == NULL)
    return;
  /* Without properties to load it asks nothing, so it does not wait. */
  child->proxy = pv_link_session1_proxy_new_sync (connection, G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES, NULL,
                                                  "/org/parvis/Session1", child->cancellable, NULL);
  if (child->proxy == NULL)
    return;
  g_signal_connect (child->proxy, "ready", G_CALLBACK (ready_cb), child);
  g_signal_connect (child->proxy, "shown", G_CALLBACK (shown_cb), child);
  g_signal_connect (child->proxy, "touched", G_CALLBACK (touched_cb), child);
  g_signal_connect (child->proxy, "goodbye", G_CALLBACK (goodbye_cb), child);
  g_signal_connect (child->proxy, "deadline", G_CALLBACK (deadline_cb), child);
  g_dbus_connection_start_message_processing (connection);
}

static void
exited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *process = G_SUBPROCESS (source);

  if (!g_subprocess_wait_finish (process, result, &error) && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  tell (user_data, PV_CHILD_EXITED, (guint) g_subprocess_get_status (process));
}

/* Between fork and exec: only what signal-safety(7) allows. */
static void
die_with_parent_cb (gpointer user_data)
{
  (void) user_data;
  prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
}

static char *
new_name (void)
{
  guint8 bytes[PV_CHILD_NAME_BYTES];
  GString *name = g_string_sized_new (2 * sizeof bytes);

  /* getrandom(2): up to 256 bytes are never cut short. */
  if (getrandom (bytes, sizeof bytes, 0) != (gssize) sizeof bytes)
    g_assert_not_reached ();
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (name, "%02x", bytes[i]);
  return g_string_free (name, FALSE);
}

/* What is freed is overwritten at once, by the C library, for a twentieth more of computing: GTK and Pango leave copies of
 * what is typed in memory that is never wiped otherwise. GLib 2.74 has an allocator of its own, and the C library keeps
 * small pieces in a cache that it does not overwrite; both are off. */
static const struct {
  const char *name, *value;
} memory[] = {
  { "GLIBC_TUNABLES", "glibc.malloc.perturb=90:glibc.malloc.tcache_count=0" },
  { "G_SLICE", "always-malloc" },
};

static GSubprocess *
spawn (const char *program, const char *config, const char *name, int fd, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  const char *const arguments[] = { program, "--config", config, "--supervisor-fd", "3", "--session-id", name, NULL };

  g_subprocess_launcher_take_fd (launcher, fd, SESSION_FD);
  for (gsize i = 0; i < G_N_ELEMENTS (memory); i++)
    g_subprocess_launcher_setenv (launcher, memory[i].name, memory[i].value, TRUE);
  /* A session must not be able to say that all is well. */
  g_subprocess_launcher_unsetenv (launcher, "NOTIFY_SOCKET");
  g_subprocess_launcher_unsetenv (launcher, "WATCHDOG_USEC");
  g_subprocess_launcher_unsetenv (launcher, "WATCHDOG_PID");
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent_cb, NULL, NULL);
  return g_subprocess_launcher_spawnv (launcher, arguments, error);
}

PvChild *
pv_child_start (const char *program, const char *config, guint id, PvChildCallback callback, gpointer user_data,
                GError **error)
{
  g_autofree char *name = new_name ();
  GSubprocess *process;
  PvChild *child;
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), "no socket pair");
    return NULL;
  }
  process = spawn (program, config, name, ends[1], error);
  if (process == NULL) {
    close (ends[0]);
    return NULL;
  }
  child = g_new0 (PvChild, 1);
  child->id = id;
  child->name = g_steal_pointer (&name);
  child->process = process;
  child->cancellable = g_cancellable_new ();
  child->callback = callback;
  child->user_data = user_data;
  g_subprocess_wait_async (process, child->cancellable, exited_cb, child);
  /* As long as the session may take for its first frame; policy.h ends the wait. */
  pv_peer_connect_fd_async (ends[0], PV_PEER_CLIENT, PV_CHILD_CALL_MS, child->cancellable, connected_cb, child);
  return child;
}

void
pv_child_free (PvChild *child)
{
  if (child == NULL)
    return;
  g_cancellable_cancel (child->cancellable);
  if (child->proxy != NULL) {
    g_signal_handlers_disconnect_by_data (child->proxy, child);
    g_dbus_connection_close (g_dbus_proxy_get_connection (G_DBUS_PROXY (child->proxy)), NULL, NULL, NULL);
    g_object_unref (child->proxy);
  }
  g_subprocess_force_exit (child->process);
  g_object_unref (child->process);
  g_object_unref (child->cancellable);
  g_free (child->name);
  g_free (child);
}

const char *
pv_child_get_name (const PvChild *child)
{
  return child->name;
}

static void
call (PvChild *child, const char *method)
{
  if (child->proxy != NULL)
    g_dbus_proxy_call (G_DBUS_PROXY (child->proxy), method, NULL, G_DBUS_CALL_FLAGS_NONE, PV_CHILD_CALL_MS, NULL, NULL,
                       NULL);
}

void
pv_child_show (PvChild *child)
{
  call (child, "Show");
}

void
pv_child_show_out_of_order (PvChild *child)
{
  call (child, "ShowOutOfOrder");
}

void
pv_child_finish (PvChild *child)
{
  call (child, "Finish");
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint frame_age_ms = 0;

  /* No answer says itself. */
  if (pv_link_session1_call_ping_finish (PV_LINK_SESSION1 (source), &frame_age_ms, result, NULL))
    tell (user_data, PV_CHILD_ANSWERED, frame_age_ms);
}

void
pv_child_ping (PvChild *child)
{
  if (child->proxy != NULL)
    pv_link_session1_call_ping (child->proxy, G_DBUS_CALL_FLAGS_NONE, PV_CHILD_CALL_MS, child->cancellable, answered_cb,
                                child);
}

void
pv_child_kill (PvChild *child)
{
  g_subprocess_force_exit (child->process);
}
