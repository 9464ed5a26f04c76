/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "escpos-rig.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "printer-rig.h"

#include "ippeve.h"

gboolean
escpos_queue_is_possible (void)
{
  return g_file_test ("/usr/sbin/cupsd", G_FILE_TEST_IS_EXECUTABLE)
         && g_file_test ("/usr/lib/cups/filter/gstoraster", G_FILE_TEST_EXISTS);
}

EscposQueue *
escpos_queue_new (guint width_mm, guint dots)
{
  EscposQueue *queue = g_new0 (EscposQueue, 1);
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *ready = NULL, *uri = NULL;
  g_autofree char *ppd = g_strdup_printf ("%s/parvis-escpos-%u.ppd", g_getenv ("PV_CUPS_PPDS"), width_mm);
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  queue->printer = pv_demo_roll_device_new (NULL, dots, ESCPOS_DPI, NULL);
  assert_non_null (queue->printer);
  /* CUPS' account has to open it, as it opens a printer's device. */
  assert_int_equal (chmod (pv_demo_roll_device_get_path (queue->printer), 0666), 0);
  queue->folder = g_dir_make_tmp ("pv-escpos-XXXXXX", NULL);
  queue->socket = g_build_filename (queue->folder, "cups.sock", NULL);
  ready = g_build_filename (queue->folder, "ready", NULL);
  uri = g_strdup_printf ("parvis-escpos:%s?wait=2&patience=4", pv_demo_roll_device_get_path (queue->printer));
  g_subprocess_launcher_set_child_setup (launcher, ippeve_die_with_test, NULL, NULL);
  queue->process = g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("PV_VIRTUAL_QUEUE"), queue->folder, uri, ppd,
                                                g_getenv ("PV_CUPS_BACKEND"), g_getenv ("PV_CUPS_FILTER"), NULL);
  while (!g_file_test (ready, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end)
    g_usleep (10000);
  assert_true (g_file_test (ready, G_FILE_TEST_EXISTS));
  return queue;
}

void
escpos_queue_free (EscposQueue *queue)
{
  g_subprocess_send_signal (queue->process, SIGTERM);
  g_subprocess_wait (queue->process, NULL, NULL);
  g_object_unref (queue->process);
  if (g_getenv ("PV_TEST_KEEP") == NULL)
    tst_remove_folder (queue->folder);
  g_free (queue->folder);
  g_free (queue->socket);
  pv_demo_roll_device_free (queue->printer);
  g_free (queue);
}
