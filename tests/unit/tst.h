/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tst.h: the one way to include cmocka, and the few helpers that every test needs. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

/* First line of every main(): TAP reads stdout, so log lines must not land there. */
static inline void
tst_init (void)
{
  g_log_writer_default_set_use_stderr (TRUE);
}

/* Pump @context until *@flag or @timeout_ms; the assert stays in the test's own frame, because a failed assert inside
 * a callback would jump out of the main loop's dispatch. */
static inline gboolean
tst_pump_until (GMainContext *context, const gboolean *flag, guint timeout_ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) timeout_ms * G_TIME_SPAN_MILLISECOND;

  while (!*flag && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (context, FALSE))
      g_usleep (500);
  return *flag;
}

/* With all that is in it; links are not followed. Nothing if there is none. */
static inline void
tst_remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    if (g_file_test (inner, G_FILE_TEST_IS_DIR) && !g_file_test (inner, G_FILE_TEST_IS_SYMLINK))
      tst_remove_folder (inner);
    else
      g_remove (inner);
  }
  g_rmdir (path);
}
