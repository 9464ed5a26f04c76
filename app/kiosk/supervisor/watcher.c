/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/supervisor/watcher.h"

#include <string.h>

#include "core/date.h"
#include "link/stamp.h"
#include "platform/log.h"
#include "platform/settings-layers.h"

/* Tells once, some time after the last of several changes. */
typedef struct Quiet {
  PvWatcher *watcher;
  PvWatcherCause cause;
  GSource *timer; /* (nullable) */
  gint64 first_ms;
} Quiet;

struct PvWatcher {
  PvClock *clock;
  GFileMonitor *settings[PV_N_LAYERS + 1]; /* (nullable): of each layer, and of where bundles are put */
  GFileMonitor *stamp, *service;           /* (nullable) */
  char *cache_folder, *service_file;
  Quiet settings_quiet, stamp_quiet, service_quiet;
  GTimeZone *zone; /* NULL: days are not watched yet */
  guint32 day;     /* as of g_date_get_julian() */
  PvWatcherChanged changed;
  gpointer user_data;
};

static void
end_timer (Quiet *quiet)
{
  if (quiet->timer == NULL)
    return;
  g_source_destroy (quiet->timer);
  g_clear_pointer (&quiet->timer, g_source_unref);
}

static gboolean
quiet_cb (gpointer user_data)
{
  Quiet *quiet = user_data;

  end_timer (quiet);
  quiet->watcher->changed (quiet->cause, quiet->watcher->user_data);
  return G_SOURCE_REMOVE;
}

static void
note_change (Quiet *quiet)
{
  gint64 now_ms = pv_clock_get_monotonic_ms (quiet->watcher->clock);
  gint64 left_ms;

  if (quiet->timer == NULL)
    quiet->first_ms = now_ms;
  end_timer (quiet);
  left_ms = MIN (PV_WATCHER_QUIET_MS, quiet->first_ms + PV_WATCHER_MAX_QUIET_MS - now_ms);
  quiet->timer = g_timeout_source_new ((guint) MAX (left_ms, 0));
  g_source_set_callback (quiet->timer, quiet_cb, quiet, NULL);
  g_source_attach (quiet->timer, g_main_context_get_thread_default ());
}

static gboolean
is_of_an_editor (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name == NULL || *name == '.' || g_str_has_suffix (name, "~");
}

static void
file_changed_cb (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer user_data)
{
  (void) monitor;
  /* A rename onto a setting: the temporary name first, then the one that counts. */
  if (is_of_an_editor (file) && (other == NULL || is_of_an_editor (other)))
    return;
  if (event != G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED && event != G_FILE_MONITOR_EVENT_PRE_UNMOUNT)
    note_change (user_data);
}

static gboolean
is_layer (GFile *file)
{
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;

  for (guint i = 0; name != NULL && i < PV_N_LAYERS; i++)
    if (strcmp (name, pv_layer_get_name (i)) == 0)
      return TRUE;
  return FALSE;
}

/* Beside the links that count there is what each fetching writes, and the folders of before. */
static void
store_changed_cb (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer user_data)
{
  if (is_layer (file) || is_layer (other))
    file_changed_cb (monitor, file, other, event, user_data);
}

static void
stop_monitor (GFileMonitor **monitor, Quiet *quiet)
{
  if (*monitor == NULL)
    return;
  g_signal_handlers_disconnect_by_data (*monitor, quiet);
  g_file_monitor_cancel (*monitor);
  g_clear_object (monitor);
}

typedef void (*Changed) (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer user_data);

static void
start_monitor (GFileMonitor **monitor, const char *path, gboolean is_folder, Changed changed, Quiet *quiet)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  stop_monitor (monitor, quiet);
  *monitor = is_folder ? g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error)
                       : g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (*monitor == NULL)
    pv_log_event (PV_LOG_ERROR, "not-watched", PV_LOG_CAUSE (error));
  else
    g_signal_connect (*monitor, "changed", G_CALLBACK (changed), quiet);
}

/* A layer that is not there yet is watched all the same; one out of a bundle changes where its link is. */
static void
watch_settings (PvWatcher *watcher, const char *config)
{
  g_autofree char *store = pv_layers_get_store (config);

  for (guint i = 0; i < PV_N_LAYERS; i++) {
    g_autofree char *folder = pv_layer_get_folder (config, i);
    gboolean is_linked = folder != NULL && pv_layer_is_bundled (i)
                         && (g_file_test (folder, G_FILE_TEST_IS_SYMLINK) || !g_file_test (folder, G_FILE_TEST_EXISTS));

    if (folder != NULL && !is_linked)
      start_monitor (&watcher->settings[i], folder, TRUE, file_changed_cb, &watcher->settings_quiet);
  }
  if (store != NULL)
    start_monitor (&watcher->settings[PV_N_LAYERS], store, TRUE, store_changed_cb, &watcher->settings_quiet);
}

PvWatcher *
pv_watcher_new (const char *settings_folder, PvClock *clock, PvWatcherChanged changed, gpointer user_data)
{
  PvWatcher *watcher = g_new0 (PvWatcher, 1);

  watcher->clock = clock;
  watcher->changed = changed;
  watcher->user_data = user_data;
  watcher->settings_quiet = (Quiet){ .watcher = watcher, .cause = PV_WATCHER_SETTINGS };
  watcher->stamp_quiet = (Quiet){ .watcher = watcher, .cause = PV_WATCHER_CATALOGUE };
  watcher->service_quiet = (Quiet){ .watcher = watcher, .cause = PV_WATCHER_SERVICE };
  watch_settings (watcher, settings_folder);
  return watcher;
}

void
pv_watcher_free (PvWatcher *watcher)
{
  if (watcher == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (watcher->settings); i++)
    stop_monitor (&watcher->settings[i], &watcher->settings_quiet);
  stop_monitor (&watcher->stamp, &watcher->stamp_quiet);
  stop_monitor (&watcher->service, &watcher->service_quiet);
  end_timer (&watcher->service_quiet);
  end_timer (&watcher->settings_quiet);
  end_timer (&watcher->stamp_quiet);
  g_clear_pointer (&watcher->zone, g_time_zone_unref);
  g_free (watcher->cache_folder);
  g_free (watcher->service_file);
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
    start_monitor (&watcher->stamp, path, FALSE, file_changed_cb, &watcher->stamp_quiet);
  }
}

void
pv_watcher_aim_service (PvWatcher *watcher, const char *file)
{
  if (g_strcmp0 (watcher->service_file, file) == 0)
    return;
  g_free (watcher->service_file);
  watcher->service_file = g_strdup (file);
  start_monitor (&watcher->service, file, FALSE, file_changed_cb, &watcher->service_quiet);
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
