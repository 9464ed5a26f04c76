/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cups-rig.h"

#include <signal.h>

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

Cups *
cups_new (const char *uri)
{
  Cups *cups = g_new0 (Cups, 1);
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *ready = NULL;
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  cups->folder = g_dir_make_tmp ("pv-cups-XXXXXX", NULL);
  ready = g_build_filename (cups->folder, "ready", NULL);
  g_subprocess_launcher_set_child_setup (launcher, ippeve_die_with_test, NULL, NULL);
  cups->process = g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("PV_CUPS_SCHEDULER"), cups->folder, uri, NULL);
  assert_non_null (cups->process);
  while (!g_file_test (ready, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end)
    g_usleep (10000);
  assert_true (g_file_test (ready, G_FILE_TEST_EXISTS));
  return cups;
}

void
cups_free (Cups *cups)
{
  g_subprocess_send_signal (cups->process, SIGTERM);
  g_subprocess_wait (cups->process, NULL, NULL);
  g_object_unref (cups->process);
  tst_remove_folder (cups->folder);
  g_free (cups->folder);
  g_free (cups);
}

Kiosk *
kiosk_new_for_cups (Cups *cups, const char *media)
{
  g_autofree char *socket = g_build_filename (cups->folder, "cups.sock", NULL);
  g_autofree char *lines = g_strdup_printf ("queue=roll\nmedia=%s", media);

  return kiosk_new (lines, socket);
}
