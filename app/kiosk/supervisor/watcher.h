/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* watcher.h: notices that settings, catalogue or day have changed, after which the sessions are replaced. Main thread. */
#pragma once

#include <gio/gio.h>

#include "platform/clock.h"

enum {
  PV_WATCHER_QUIET_MS = 500,      /* after the last change of files, since several come together */
  PV_WATCHER_MAX_QUIET_MS = 5000, /* but a file that never rests does not put it off for ever */
};

typedef enum { PV_WATCHER_SETTINGS, PV_WATCHER_CATALOGUE, PV_WATCHER_DAY, PV_WATCHER_SERVICE } PvWatcherCause;

typedef void (*PvWatcherChanged) (PvWatcherCause cause, gpointer user_data);

typedef struct PvWatcher PvWatcher;

/**
 * pv_watcher_new:
 * @settings_folder: as programs are given it; any file of each of its layers counts, as settings name files beside them; those of
 *   editors do not, nor what is written beside bundles (platform/bundle-store.h)
 * @clock: outlives it
 */
PvWatcher *pv_watcher_new (const char *settings_folder, PvClock *clock, PvWatcherChanged changed,
                           gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_watcher_free (PvWatcher *watcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvWatcher, pv_watcher_free)

/* Before the first one, neither catalogue nor day are watched. @cache_folder: holds the stamp of link/stamp.h */
void pv_watcher_aim (PvWatcher *watcher, const char *cache_folder, const char *zone_name);
/* @file: whose coming and going is told: the service screen is wanted. */
void pv_watcher_aim_service (PvWatcher *watcher, const char *file);
/* Looks at the clock: to be called several times a minute, as the wall clock may jump. */
void pv_watcher_tick (PvWatcher *watcher);
