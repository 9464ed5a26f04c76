/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "private-cups.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>

#include "ippeve.h"

enum { START_MS = 20000 };

struct PrivateCups {
  char *folder, *socket;
  GSubprocess *process; /* (nullable) */
};

gboolean
private_cups_is_installed (void)
{
  return g_file_test ("/usr/sbin/cupsd", G_FILE_TEST_IS_EXECUTABLE)
         && g_file_test ("/usr/lib/cups/filter/pdftopdf", G_FILE_TEST_EXISTS);
}

PrivateCups *
private_cups_new (const char *uri)
{
  PrivateCups *cups = g_new0 (PrivateCups, 1);
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *ready = NULL;
  gint64 end = g_get_monotonic_time () + START_MS * G_TIME_SPAN_MILLISECOND;

  cups->folder = g_dir_make_tmp ("pv-cups-XXXXXX", NULL);
  cups->socket = g_build_filename (cups->folder, "cups.sock", NULL);
  ready = g_build_filename (cups->folder, "ready", NULL);
  g_subprocess_launcher_set_child_setup (launcher, ippeve_die_with_test, NULL, NULL);
  cups->process = g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("PV_CUPS_SCHEDULER"), cups->folder, uri, NULL);
  while (cups->process != NULL && g_get_monotonic_time () < end) {
    if (g_file_test (ready, G_FILE_TEST_EXISTS))
      return cups;
    g_usleep (10000);
  }
  private_cups_free (cups);
  return NULL;
}

void
private_cups_stop (PrivateCups *cups)
{
  if (cups->process == NULL)
    return;
  g_subprocess_send_signal (cups->process, SIGTERM);
  g_subprocess_wait (cups->process, NULL, NULL);
  g_clear_object (&cups->process);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    if (g_file_test (inner, G_FILE_TEST_IS_DIR) && !g_file_test (inner, G_FILE_TEST_IS_SYMLINK))
      remove_tree (inner);
    else
      g_remove (inner);
  }
  g_rmdir (path);
}

void
private_cups_free (PrivateCups *cups)
{
  private_cups_stop (cups);
  remove_tree (cups->folder);
  g_free (cups->folder);
  g_free (cups->socket);
  g_free (cups);
}

const char *
private_cups_get_folder (const PrivateCups *cups)
{
  return cups->folder;
}

const char *
private_cups_get_socket (const PrivateCups *cups)
{
  return cups->socket;
}
