/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A session without a screen, for the tests of the supervisor; called by the name "service" or "setup", the service screen or the assistant of a first start, which say so.
 *
 * In the folder PV_FAKE_SESSION_FOLDER it takes the next number (a file "N"), reads its manners from "manners.N" or
 * "manners", and writes what happens into "journal", a line "N WORD" each. Signals play the citizen: SIGUSR1 says
 * goodbye, SIGUSR2 touches. Manners, any of: "crash" (at the start), "crash-when-shown", "never-ready", "never-shown",
 * "never-finish", "frozen" (answers, but draws no more), "deadline" (of one second, told when shown). */

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "link/peer.h"
#include "pv-link-session1.h"

typedef struct Fake {
  GMainLoop *loop;
  PvLinkSession1 *skeleton;
  const char *folder;
  char *manners;
  guint number;
} Fake;

static void
note (const Fake *fake, const char *word)
{
  g_autofree char *path = g_build_filename (fake->folder, "journal", NULL);
  g_autofree char *line = g_strdup_printf ("%u %s\n", fake->number, word);
  int fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0 || write (fd, line, strlen (line)) != (gssize) strlen (line))
    abort ();
  close (fd);
}

static gboolean
is (const Fake *fake, const char *manner)
{
  g_auto (GStrv) words = g_strsplit (fake->manners, " ", -1);

  return g_strv_contains ((const char *const *) words, manner);
}

static void
take_number (Fake *fake)
{
  for (fake->number = 1;; fake->number++) {
    g_autofree char *name = g_strdup_printf ("%u", fake->number);
    g_autofree char *path = g_build_filename (fake->folder, name, NULL);
    int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd >= 0) {
      close (fd);
      return;
    }
    if (errno != EEXIST)
      abort ();
  }
}

static void
read_manners (Fake *fake)
{
  g_autofree char *name = g_strdup_printf ("manners.%u", fake->number);
  g_autofree char *own = g_build_filename (fake->folder, name, NULL);
  g_autofree char *common = g_build_filename (fake->folder, "manners", NULL);

  if (!g_file_get_contents (own, &fake->manners, NULL, NULL)
      && !g_file_get_contents (common, &fake->manners, NULL, NULL))
    fake->manners = g_strdup ("");
  g_strstrip (fake->manners);
}

static gboolean
show_cb (PvLinkSession1 *skeleton, GDBusMethodInvocation *invocation, gpointer user_data)
{
  Fake *fake = user_data;

  note (fake, "show");
  if (is (fake, "crash-when-shown"))
    raise (SIGKILL);
  pv_link_session1_complete_show (skeleton, invocation);
  if (is (fake, "never-shown"))
    return TRUE;
  note (fake, "shown");
  pv_link_session1_emit_shown (skeleton);
  if (is (fake, "deadline"))
    pv_link_session1_emit_deadline (skeleton, 1);
  return TRUE;
}

static gboolean
ping_cb (PvLinkSession1 *skeleton, GDBusMethodInvocation *invocation, gpointer user_data)
{
  pv_link_session1_complete_ping (skeleton, invocation, is (user_data, "frozen") ? 60 * 1000 : 20);
  return TRUE;
}

static gboolean
finish_cb (PvLinkSession1 *skeleton, GDBusMethodInvocation *invocation, gpointer user_data)
{
  Fake *fake = user_data;

  note (fake, "finish");
  pv_link_session1_complete_finish (skeleton, invocation);
  if (!is (fake, "never-finish"))
    g_main_loop_quit (fake->loop);
  return TRUE;
}

static gboolean
out_of_order_cb (PvLinkSession1 *skeleton, GDBusMethodInvocation *invocation, gpointer user_data)
{
  note (user_data, "out-of-order");
  pv_link_session1_complete_show_out_of_order (skeleton, invocation);
  return TRUE;
}

static gboolean
goodbye_cb (gpointer user_data)
{
  Fake *fake = user_data;

  note (fake, "goodbye");
  pv_link_session1_emit_goodbye (fake->skeleton);
  return G_SOURCE_CONTINUE;
}

static gboolean
touch_cb (gpointer user_data)
{
  Fake *fake = user_data;

  pv_link_session1_emit_touched (fake->skeleton);
  g_dbus_connection_flush_sync (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (fake->skeleton)),
                                NULL, NULL);
  note (fake, "touched");
  return G_SOURCE_CONTINUE;
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GDBusConnection) connection = pv_peer_connect_finish (result, NULL);
  Fake *fake = user_data;

  (void) source;
  if (connection == NULL)
    abort ();
  g_signal_connect (fake->skeleton, "handle-show", G_CALLBACK (show_cb), fake);
  g_signal_connect (fake->skeleton, "handle-ping", G_CALLBACK (ping_cb), fake);
  g_signal_connect (fake->skeleton, "handle-finish", G_CALLBACK (finish_cb), fake);
  g_signal_connect (fake->skeleton, "handle-show-out-of-order", G_CALLBACK (out_of_order_cb), fake);
  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (fake->skeleton), connection, "/org/parvis/Session1",
                                    NULL);
  g_dbus_connection_start_message_processing (connection);
  if (is (fake, "never-ready"))
    return;
  pv_link_session1_emit_ready (fake->skeleton);
  note (fake, "ready");
}

/* What a session must not have got from the supervisor. */
static void
note_leaks (const Fake *fake)
{
  int internet = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (internet >= 0)
    note (fake, "leak internet");
  if (g_getenv ("NOTIFY_SOCKET") != NULL)
    note (fake, "leak notify-socket");
  if (g_strcmp0 (g_getenv ("G_SLICE"), "always-malloc") != 0 || g_getenv ("GLIBC_TUNABLES") == NULL
      || strstr (g_getenv ("GLIBC_TUNABLES"), "glibc.malloc.perturb=") == NULL)
    note (fake, "leak memory that is freed");
  for (int fd = 4; fd < 64; fd++)
    if (fd != internet && fcntl (fd, F_GETFD) >= 0)
      note (fake, "leak descriptor");
  if (internet >= 0)
    close (internet);
}

int
main (int argc, char **argv)
{
  Fake fake = { .folder = g_getenv ("PV_FAKE_SESSION_FOLDER") };
  g_autofree char *config = NULL, *name = NULL, *who = NULL;
  int fd = -1;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config, NULL, NULL },
    { "supervisor-fd", 0, 0, G_OPTION_ARG_INT, &fd, NULL, NULL },
    { "session-id", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || config == NULL || fd < 0 || name == NULL
      || fake.folder == NULL)
    return 2;
  take_number (&fake);
  read_manners (&fake);
  note_leaks (&fake);
  who = g_strdup_printf ("pid %d name %s", (int) getpid (), name);
  note (&fake, who);
  if (g_str_has_suffix (argv[0], "/service"))
    note (&fake, "service");
  if (g_str_has_suffix (argv[0], "/setup"))
    note (&fake, "setup");
  if (is (&fake, "crash"))
    raise (SIGKILL);
  fake.loop = g_main_loop_new (NULL, FALSE);
  fake.skeleton = pv_link_session1_skeleton_new ();
  g_unix_signal_add (SIGUSR1, goodbye_cb, &fake);
  g_unix_signal_add (SIGUSR2, touch_cb, &fake);
  pv_peer_connect_fd_async (fd, PV_PEER_SERVER, PV_PEER_HANDSHAKE_MS, NULL, connected_cb, &fake);
  g_main_loop_run (fake.loop);
  note (&fake, "exit");
  /* At once: a sanitizer's look for leaks may take longer than the supervisor waits. */
  _exit (0);
}
