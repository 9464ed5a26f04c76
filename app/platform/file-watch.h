/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* file-watch.h: tells once that files have changed, some time after the last of several changes. */
#pragma once

#include <gio/gio.h>

#include "platform/clock.h"

enum {
  PV_FILE_WATCH_QUIET_MS = 500,      /* after the last change of files, since several come together */
  PV_FILE_WATCH_MAX_QUIET_MS = 5000, /* but a file that never rests does not put it off for ever */
};

typedef struct PvFileWatch PvFileWatch;

/**
 * pv_file_watch_new_for_settings:
 * @config: as programs are given it; any file of each of its layers counts, as settings name files beside them; those of
 *   editors do not, nor what is written beside bundles (bundle-store.h)
 * @ignored: (nullable): name of a file that does not count either
 * @clock: outlives it
 *
 * Tells on the thread's default main context. What cannot be watched is logged.
 */
PvFileWatch *pv_file_watch_new_for_settings (const char *config, const char *ignored, PvClock *clock,
                                             void (*changed) (gpointer user_data),
                                             gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
/* One file, which need not be there. */
PvFileWatch *pv_file_watch_new_for_file (const char *path, PvClock *clock, void (*changed) (gpointer user_data),
                                         gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_file_watch_free (PvFileWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvFileWatch, pv_file_watch_free)
