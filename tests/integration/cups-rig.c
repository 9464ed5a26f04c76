/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cups-rig.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>

#include "ippeve.h"

gboolean
cups_is_installed (void)
{
  return g_file_test ("/usr/sbin/cupsd", G_FILE_TEST_IS_EXECUTABLE)
         && g_file_test ("/usr/lib/cups/filter/pdftopdf", G_FILE_TEST_EXISTS);
}

gboolean
cups_can_rasterize (void)
{
  g_autofree char *ghostscript = g_find_program_in_path ("gs");

  return cups_is_installed () && ghostscript != NULL
         && g_file_test ("/usr/lib/cups/filter/gstoraster", G_FILE_TEST_EXISTS);
}

static void
start (Cups *cups, const char *how)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *ready = g_build_filename (cups->folder, "ready", NULL);
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  g_unlink (ready);
  g_subprocess_launcher_set_child_setup (launcher, ippeve_die_with_test, NULL, NULL);
  cups->process =
    g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("PV_CUPS_SCHEDULER"), cups->folder, cups->uri, how, NULL);
  assert_non_null (cups->process);
  while (!g_file_test (ready, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end)
    g_usleep (10000);
  assert_true (g_file_test (ready, G_FILE_TEST_EXISTS));
}

static Cups *new (const char *uri, const char *how)
{
  Cups *cups = g_new0 (Cups, 1);

  cups->folder = g_dir_make_tmp ("pv-cups-XXXXXX", NULL);
  cups->uri = g_strdup (uri);
  start (cups, how);
  return cups;
}

Cups *
cups_new (const char *uri)
{
  return new (uri, NULL);
}

Cups *
cups_new_with_full_spool (const char *uri)
{
  return new (uri, "full");
}

static void
bury (Cups *cups)
{
  g_subprocess_wait (cups->process, NULL, NULL);
  g_clear_object (&cups->process);
}

void
cups_free (Cups *cups)
{
  if (cups->process != NULL) {
    g_subprocess_send_signal (cups->process, SIGTERM);
    bury (cups);
  }
  tst_remove_folder (cups->folder);
  g_free (cups->folder);
  g_free (cups->uri);
  g_free (cups);
}

static void
kill_tree (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/children", pid, pid);
  g_autofree char *text = NULL;
  g_auto (GStrv) children = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    children = g_strsplit (text, " ", -1);
  kill (pid, SIGKILL);
  for (guint i = 0; children != NULL && children[i] != NULL; i++)
    if (atoi (children[i]) > 1)
      kill_tree (atoi (children[i]));
}

void
cups_kill (Cups *cups)
{
  kill_tree (atoi (g_subprocess_get_identifier (cups->process)));
  bury (cups);
}

void
cups_start_again (Cups *cups)
{
  start (cups, "again");
}

void
cups_command (Cups *cups, const char *command)
{
  g_autofree char *line =
    g_strdup_printf ("CUPS_SERVER='%s/cups.sock' PATH=$PATH:/usr/sbin:/sbin %s >/dev/null 2>&1", cups->folder, command);
  const char *const argv[] = { "sh", "-c", line, NULL };
  int status = -1;

  assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
  assert_int_equal (status, 0);
}

guint
cups_count_spooled (Cups *cups)
{
  g_autofree char *path = g_build_filename (cups->folder, "spool", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  assert_non_null (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    n += name[0] == 'c' || name[0] == 'd';
  return n;
}

Kiosk *
kiosk_new_for_cups (Cups *cups, const char *lines)
{
  g_autofree char *socket = g_build_filename (cups->folder, "cups.sock", NULL);
  g_autofree char *all = g_strdup_printf ("queue=roll\n%s", lines);

  return kiosk_new (all, socket);
}
