/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/supervisor/watcher.h"

#include "core/date.h"
#include "link/stamp.h"
#include "platform/file-watch.h"

struct PvWatcher {
  PvClock *clock;
  PvFileWatch *settings;
  PvFileWatch *stamp; /* (nullable) */
  char *cache_folder;
  GTimeZone *zone; /* NULL: days are not watched yet */
  guint32 day;     /* as of g_date_get_julian() */
  PvWatcherChanged changed;
  gpointer user_data;
};

static void
settings_changed_cb (gpointer user_data)
{
  PvWatcher *watcher = user_data;

  watcher->changed (PV_WATCHER_SETTINGS, watcher->user_data);
}

static void
stamp_changed_cb (gpointer user_data)
{
  PvWatcher *watcher = user_data;

  watcher->changed (PV_WATCHER_CATALOGUE, watcher->user_data);
}

PvWatcher *
pv_watcher_new (const char *settings_folder, PvClock *clock, PvWatcherChanged changed, gpointer user_data)
{
  PvWatcher *watcher = g_new0 (PvWatcher, 1);

  watcher->clock = clock;
  watcher->changed = changed;
  watcher->user_data = user_data;
  watcher->settings = pv_file_watch_new_for_settings (settings_folder, NULL, clock, settings_changed_cb, watcher);
  return watcher;
}

void
pv_watcher_free (PvWatcher *watcher)
{
  if (watcher == NULL)
    return;
  pv_file_watch_free (watcher->settings);
  pv_file_watch_free (watcher->stamp);
  g_clear_pointer (&watcher->zone, g_time_zone_unref);
  g_free (watcher->cache_folder);
  g_free (watcher);
}

/* 0 if the clock is beyond all calendars. */
static guint32
get_day (PvWatcher *watcher)
{
  GDate date;

  g_date_clear (&date, 1);
  if (!pv_moment_get_date (pv_clock_get_wall_us (watcher->clock), watcher->zone, &date))
    return 0;
  return g_date_get_julian (&date);
}

void
pv_watcher_aim (PvWatcher *watcher, const char *cache_folder, const char *zone_name)
{
  g_clear_pointer (&watcher->zone, g_time_zone_unref);
  watcher->zone = g_time_zone_new_identifier (zone_name);
  if (watcher->zone == NULL)
    watcher->zone = g_time_zone_new_utc ();
  watcher->day = get_day (watcher);
  if (g_strcmp0 (watcher->cache_folder, cache_folder) != 0) {
    g_autofree char *path = g_build_filename (cache_folder, PV_STAMP_FILE, NULL);

    g_free (watcher->cache_folder);
    watcher->cache_folder = g_strdup (cache_folder);
    pv_file_watch_free (watcher->stamp);
    watcher->stamp = pv_file_watch_new_for_file (path, watcher->clock, stamp_changed_cb, watcher);
  }
}

void
pv_watcher_tick (PvWatcher *watcher)
{
  guint32 day;

  if (watcher->zone == NULL)
    return;
  day = get_day (watcher);
  if (day == watcher->day)
    return;
  watcher->day = day;
  watcher->changed (PV_WATCHER_DAY, watcher->user_data);
}
