/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "supervisor-rig.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "platform/service-files.h"

void
write_text (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

void
write_settings (const Fixture *fixture, const char *greeting)
{
  g_autofree char *text = g_strdup_printf ("[commune]\nname=Montclair\ngreeting=%s\n[portal]\nmode=relay\n"
                                           "url=http://127.0.0.1:1\n[paths]\nruntime=%s\ncache=%s\nstate=%s\n",
                                           greeting, fixture->runtime, fixture->cache, fixture->cache);

  write_text (fixture->config, "10-test.conf", text);
}

static gboolean
session_ended_cb (PvLinkPrinter1 *printer, GDBusMethodInvocation *invocation, const char *session, gpointer user_data)
{
  Fixture *fixture = user_data;
  FILE *journal = fopen (fixture->journal, "ae");

  if (journal != NULL) {
    fprintf (journal, "printer %s\n", session);
    fclose (journal);
  }
  pv_link_printer1_complete_session_ended (printer, invocation, TRUE);
  return TRUE;
}

static void
connected_cb (GDBusConnection *connection, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (fixture->printer), connection, "/org/parvis/Printer1",
                                    NULL);
}

void
start_printer (Fixture *fixture)
{
  fixture->server = pv_peer_server_new (fixture->socket_path, NULL, connected_cb, fixture, NULL);
  assert_non_null (fixture->server);
}

char *
make_folder (const Fixture *fixture, const char *name)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_mkdir (path, 0700);
  return path;
}

static void
listen_as_systemd (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "notify", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  fixture->systemd = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, 0, NULL);
  g_socket_set_blocking (fixture->systemd, FALSE);
  assert_true (g_socket_bind (fixture->systemd, address, FALSE, NULL));
}

int
supervisor_set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  *state = fixture;
  fixture->folder = g_dir_make_tmp ("pv-supervisor-XXXXXX", NULL);
  fixture->config = make_folder (fixture, "conf.d");
  fixture->cache = make_folder (fixture, "cache");
  fixture->runtime = make_folder (fixture, "run");
  fixture->service = make_folder (fixture, "run-service");
  fixture->service_program = g_build_filename (fixture->folder, "service", NULL);
  fixture->setup = make_folder (fixture, "run-setup");
  fixture->setup_program = g_build_filename (fixture->folder, "setup", NULL);
  fixture->sessions = make_folder (fixture, "sessions");
  fixture->journal = g_build_filename (fixture->sessions, "journal", NULL);
  fixture->log = g_build_filename (fixture->folder, "log", NULL);
  fixture->socket_path = g_build_filename (fixture->runtime, "printer.sock", NULL);
  write_text (fixture->sessions, "journal", "");
  assert_int_equal (symlink (g_getenv ("PV_FAKE_SESSION_PROGRAM"), fixture->service_program), 0);
  assert_int_equal (symlink (g_getenv ("PV_FAKE_SESSION_PROGRAM"), fixture->setup_program), 0);
  fixture->printer = pv_link_printer1_skeleton_new ();
  g_signal_connect (fixture->printer, "handle-session-ended", G_CALLBACK (session_ended_cb), fixture);
  write_settings (fixture, "Bonjour");
  listen_as_systemd (fixture);
  return 0;
}

int
supervisor_tear_down (void **state)
{
  Fixture *fixture = *state;

  if (fixture->supervisor != NULL) {
    g_subprocess_force_exit (fixture->supervisor);
    tst_pump_until (NULL, &fixture->has_exited, WAIT_MS);
    g_object_unref (fixture->supervisor);
  }
  pv_peer_server_free (fixture->server);
  g_clear_object (&fixture->printer);
  g_clear_object (&fixture->systemd);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->config);
  g_free (fixture->cache);
  g_free (fixture->runtime);
  g_free (fixture->service);
  g_free (fixture->service_program);
  g_free (fixture->setup);
  g_free (fixture->setup_program);
  g_free (fixture->sessions);
  g_free (fixture->journal);
  g_free (fixture->log);
  g_free (fixture->socket_path);
  g_free (fixture);
  return 0;
}

static void
exited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  fixture->has_exited = TRUE;
}

void
start_supervisor (Fixture *fixture, const char *time_scale)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *notify = g_build_filename (fixture->folder, "notify", NULL);

  g_subprocess_launcher_set_stderr_file_path (launcher, fixture->log);
  g_subprocess_launcher_setenv (launcher, "PV_FAKE_SESSION_FOLDER", fixture->sessions, TRUE);
  g_subprocess_launcher_setenv (launcher, "NOTIFY_SOCKET", notify, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", fixture->runtime, TRUE);
  fixture->supervisor = g_subprocess_launcher_spawn (
    launcher, NULL, g_getenv ("PV_SUPERVISOR_PROGRAM"), "--config", fixture->config, "--session-program",
    g_getenv ("PV_FAKE_SESSION_PROGRAM"), "--service-program", fixture->service_program, "--setup-program",
    fixture->setup_program, "--time-scale", time_scale, NULL);
  assert_non_null (fixture->supervisor);
  g_subprocess_wait_async (fixture->supervisor, NULL, exited_cb, fixture);
}

/* The place of a line in the journal, the first one being 0; -1: it is not there. */
int
find_line (const Fixture *fixture, const char *wanted)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  assert_true (g_file_get_contents (fixture->journal, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    if (strcmp (lines[i], wanted) == 0)
      return i;
  return -1;
}

void
wait_for (const Fixture *fixture, const char *line)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (find_line (fixture, line) < 0) {
    if (g_get_monotonic_time () > end) {
      g_autofree char *text = NULL, *log = NULL;

      g_file_get_contents (fixture->journal, &text, NULL, NULL);
      g_file_get_contents (fixture->log, &log, NULL, NULL);
      fail_msg ("\"%s\" did not come; the journal:\n%s\nthe log:\n%s", line, text, log);
    }
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  }
}

/* Process and name of a session that has started. */
void
look_up (const Fixture *fixture, guint number, pid_t *ret_pid, char **ret_name)
{
  g_autofree char *pattern = g_strdup_printf ("^%u pid ([0-9]+) name ([0-9a-f]{32})$", number);
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *text = NULL, *pid = NULL;

  assert_true (g_file_get_contents (fixture->journal, &text, NULL, NULL));
  assert_true (g_regex_match (regex, text, 0, &match));
  pid = g_match_info_fetch (match, 1);
  *ret_pid = (pid_t) g_ascii_strtoll (pid, NULL, 10);
  if (ret_name != NULL)
    *ret_name = g_match_info_fetch (match, 2);
}

void
signal_session (const Fixture *fixture, guint number, int signal_number)
{
  pid_t pid;

  look_up (fixture, number, &pid, NULL);
  assert_int_equal (kill (pid, signal_number), 0);
}

void
wait_for_printer (const Fixture *fixture, guint number)
{
  g_autofree char *name = NULL, *line = NULL;
  pid_t pid;

  look_up (fixture, number, &pid, &name);
  line = g_strconcat ("printer ", name, NULL);
  wait_for (fixture, line);
}

guint
count_lines (const Fixture *fixture, const char *part)
{
  g_autofree char *text = NULL;
  guint n = 0;

  assert_true (g_file_get_contents (fixture->journal, &text, NULL, NULL));
  for (const char *at = text; (at = strstr (at, part)) != NULL; at += strlen (part))
    n++;
  return n;
}

void
assert_order (const Fixture *fixture, const char *first, const char *second)
{
  wait_for (fixture, first);
  wait_for (fixture, second);
  if (find_line (fixture, first) >= find_line (fixture, second))
    fail_msg ("\"%s\" came after \"%s\"", first, second);
}

/* Whether systemd was told it, among all that has come since. */
gboolean
systemd_has_heard (const Fixture *fixture, const char *word)
{
  gboolean has_heard = FALSE;
  char message[256];
  gssize length;

  while ((length = g_socket_receive (fixture->systemd, message, sizeof message - 1, NULL, NULL)) > 0) {
    message[length] = '\0';
    has_heard = has_heard || strstr (message, word) != NULL;
  }
  return has_heard;
}

void
wait_for_systemd (const Fixture *fixture, const char *word)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  gboolean has_heard = FALSE;

  while (!(has_heard = systemd_has_heard (fixture, word)) && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  assert_true (has_heard);
}

/* Gone, or dead and not yet collected by whoever inherits orphans. */
gboolean
is_dead (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) pid);
  g_autofree char *text = NULL;
  const char *end;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return TRUE;
  end = strrchr (text, ')');
  return end != NULL && (end[2] == 'Z' || end[2] == 'X');
}

void
begin_with_two (Fixture *fixture, const char *time_scale)
{
  start_printer (fixture);
  start_supervisor (fixture, time_scale);
  wait_for (fixture, "1 shown");
  wait_for (fixture, "2 ready");
}
void
wait_for_log (const Fixture *fixture, const char *words)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  gboolean was_seen = FALSE;

  while (!was_seen && g_get_monotonic_time () < end) {
    g_autofree char *log = NULL;

    was_seen = g_file_get_contents (fixture->log, &log, NULL, NULL) && strstr (log, words) != NULL;
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  }
  if (!was_seen)
    fail_msg ("\"%s\" was not told", words);
}
