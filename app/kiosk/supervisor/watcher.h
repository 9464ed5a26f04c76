/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* watcher.h: notices that settings, catalogue, day or opening have changed, after which the sessions are replaced. Main thread. */
#pragma once

#include <gio/gio.h>

#include "core/opening.h"
#include "platform/clock.h"

typedef enum {
  PV_WATCHER_SETTINGS,
  PV_WATCHER_CATALOGUE,
  PV_WATCHER_DAY,
  PV_WATCHER_HOURS,
  PV_WATCHER_SETUP, /* a first start is wanted, or over */
  PV_WATCHER_SERVICE,
} PvWatcherCause;

typedef void (*PvWatcherChanged) (PvWatcherCause cause, gpointer user_data);

typedef struct PvWatcher PvWatcher;

/**
 * pv_watcher_new:
 * @settings_folder: as programs are given it (platform/file-watch.h)
 * @clock: outlives it
 */
PvWatcher *pv_watcher_new (const char *settings_folder, PvClock *clock, PvWatcherChanged changed,
                           gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_watcher_free (PvWatcher *watcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvWatcher, pv_watcher_free)

/* Before the first one, neither catalogue nor day are watched. @cache_folder: holds the stamp of link/stamp.h. @opening: (nullable):
 * referenced: at each opening and closing, so that who comes in the morning has a fresh session */
void pv_watcher_aim (PvWatcher *watcher, const char *cache_folder, const char *zone_name, PvOpening *opening);
/* As it was looked at last; a clock that follows nobody opens. */
gboolean pv_watcher_is_open (const PvWatcher *watcher);
/* Minutes after midnight of the commune's clock, and which day it is (as of g_date_get_julian()); FALSE: nobody knows. */
gboolean pv_watcher_get_time (PvWatcher *watcher, guint *ret_minutes, guint32 *ret_day);
/* @file: whose coming and going is told: the service screen is wanted. */
void pv_watcher_aim_service (PvWatcher *watcher, const char *file);
/* Likewise: a first start is wanted. */
void pv_watcher_aim_setup (PvWatcher *watcher, const char *file);
/* Looks at the clock: to be called several times a minute, as the wall clock may jump. */
void pv_watcher_tick (PvWatcher *watcher);
