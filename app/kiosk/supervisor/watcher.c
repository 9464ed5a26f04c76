/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/supervisor/watcher.h"

#include "core/date.h"
#include "link/stamp.h"
#include "platform/file-watch.h"

struct PvWatcher {
  PvClock *clock;
  PvFileWatch *settings;
  PvFileWatch *stamp, *service, *setup; /* (nullable) */
  char *cache_folder, *service_file, *setup_file;
  GTimeZone *zone;    /* NULL: days are not watched yet */
  guint32 day;        /* as of g_date_get_julian() */
  PvOpening *opening; /* (nullable) */
  gboolean is_open;
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

static void
service_changed_cb (gpointer user_data)
{
  PvWatcher *watcher = user_data;

  watcher->changed (PV_WATCHER_SERVICE, watcher->user_data);
}

static void
setup_changed_cb (gpointer user_data)
{
  PvWatcher *watcher = user_data;

  watcher->changed (PV_WATCHER_SETUP, watcher->user_data);
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
  pv_file_watch_free (watcher->service);
  pv_file_watch_free (watcher->setup);
  g_clear_pointer (&watcher->zone, g_time_zone_unref);
  pv_opening_unref (watcher->opening);
  g_free (watcher->cache_folder);
  g_free (watcher->service_file);
  g_free (watcher->setup_file);
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

/* Whom nobody tells the time does not close (core/journey-opening.c). */
static gboolean
look_whether_open (PvWatcher *watcher)
{
  return !pv_clock_is_synchronised (watcher->clock)
         || pv_opening_is_open (watcher->opening, pv_clock_get_wall_us (watcher->clock), watcher->zone);
}

void
pv_watcher_aim (PvWatcher *watcher, const char *cache_folder, const char *zone_name, PvOpening *opening)
{
  PvOpening *before = watcher->opening;

  watcher->opening = opening != NULL ? pv_opening_ref (opening) : NULL;
  pv_opening_unref (before);
  g_clear_pointer (&watcher->zone, g_time_zone_unref);
  watcher->zone = g_time_zone_new_identifier (zone_name);
  if (watcher->zone == NULL)
    watcher->zone = g_time_zone_new_utc ();
  watcher->day = get_day (watcher);
  watcher->is_open = look_whether_open (watcher);
  if (g_strcmp0 (watcher->cache_folder, cache_folder) != 0) {
    g_autofree char *path = g_build_filename (cache_folder, PV_STAMP_FILE, NULL);

    g_free (watcher->cache_folder);
    watcher->cache_folder = g_strdup (cache_folder);
    pv_file_watch_free (watcher->stamp);
    watcher->stamp = pv_file_watch_new_for_file (path, watcher->clock, stamp_changed_cb, watcher);
  }
}

gboolean
pv_watcher_is_open (const PvWatcher *watcher)
{
  return watcher->is_open;
}

gboolean
pv_watcher_get_time (PvWatcher *watcher, guint *ret_minutes, guint32 *ret_day)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (pv_clock_get_wall_us (watcher->clock) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local =
    utc != NULL && watcher->zone != NULL ? g_date_time_to_timezone (utc, watcher->zone) : NULL;

  if (local == NULL)
    return FALSE;
  *ret_minutes = (guint) (g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local));
  *ret_day = get_day (watcher);
  return TRUE;
}

void
pv_watcher_aim_service (PvWatcher *watcher, const char *file)
{
  if (g_strcmp0 (watcher->service_file, file) == 0)
    return;
  g_free (watcher->service_file);
  watcher->service_file = g_strdup (file);
  pv_file_watch_free (watcher->service);
  watcher->service = pv_file_watch_new_for_file (file, watcher->clock, service_changed_cb, watcher);
}

void
pv_watcher_aim_setup (PvWatcher *watcher, const char *file)
{
  if (g_strcmp0 (watcher->setup_file, file) == 0)
    return;
  g_free (watcher->setup_file);
  watcher->setup_file = g_strdup (file);
  pv_file_watch_free (watcher->setup);
  watcher->setup = pv_file_watch_new_for_file (file, watcher->clock, setup_changed_cb, watcher);
}

void
pv_watcher_tick (PvWatcher *watcher)
{
  guint32 day;
  gboolean is_open;

  if (watcher->zone == NULL)
    return;
  day = get_day (watcher);
  is_open = look_whether_open (watcher);
  if (is_open != watcher->is_open) {
    watcher->is_open = is_open;
    watcher->day = day; /* once for both */
    watcher->changed (PV_WATCHER_HOURS, watcher->user_data);
  } else if (day != watcher->day) {
    watcher->day = day;
    watcher->changed (PV_WATCHER_DAY, watcher->user_data);
  }
}
