/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/supervisor/restart.h"

#include <glib/gstdio.h>

enum { DAY_MINUTES = 24 * 60, MINUTE_MS = 60 * 1000 };

gboolean
pv_restart_is_due (int set_minute, guint now_minute, gint64 up_ms, gboolean is_idle)
{
  guint late_minutes;

  if (set_minute < 0 || !is_idle || up_ms < (gint64) PV_RESTART_MIN_UP_MINUTES * MINUTE_MS)
    return FALSE;
  late_minutes = (now_minute + DAY_MINUTES - (guint) set_minute) % DAY_MINUTES;
  return late_minutes < PV_RESTART_WINDOW_MINUTES;
}

gboolean
pv_restart_ask (const char *folder, GError **error)
{
  g_autofree char *path = folder != NULL ? g_build_filename (folder, PV_RESTART_FILE, NULL) : NULL;

  if (path == NULL) {
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "XDG_RUNTIME_DIR is not set");
    return FALSE;
  }
  return g_file_set_contents_full (path, "", 0, G_FILE_SET_CONTENTS_NONE, 0600, error);
}
