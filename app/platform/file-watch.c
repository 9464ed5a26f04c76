/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/file-watch.h"

#include <string.h>

#include "platform/log.h"
#include "platform/settings-layers.h"

struct PvFileWatch {
  PvClock *clock;
  GPtrArray *monitors; /* (element-type GFileMonitor) */
  char *ignored;       /* (nullable) */
  GSource *timer;      /* (nullable) */
  gint64 first_ms;
  void (*changed) (gpointer user_data);
  gpointer user_data;
};

static void
end_timer (PvFileWatch *watch)
{
  if (watch->timer == NULL)
    return;
  g_source_destroy (watch->timer);
  g_clear_pointer (&watch->timer, g_source_unref);
}

static gboolean
quiet_cb (gpointer user_data)
{
  PvFileWatch *watch = user_data;

  end_timer (watch);
  watch->changed (watch->user_data);
  return G_SOURCE_REMOVE;
}

static void
note_change (PvFileWatch *watch)
{
  gint64 now_ms = pv_clock_get_monotonic_ms (watch->clock);
  gint64 left_ms;

  if (watch->timer == NULL)
    watch->first_ms = now_ms;
  end_timer (watch);
  left_ms = MIN (PV_FILE_WATCH_QUIET_MS, watch->first_ms + PV_FILE_WATCH_MAX_QUIET_MS - now_ms);
  watch->timer = g_timeout_source_new ((guint) MAX (left_ms, 0));
  g_source_set_callback (watch->timer, quiet_cb, watch, NULL);
  g_source_attach (watch->timer, g_main_context_get_thread_default ());
}

/* The one that does not count, or what becomes it: g_file_set_contents() writes "NAME.XXXXXX" first. */
static gboolean
is_ignored (const PvFileWatch *watch, const char *name)
{
  gsize length = watch->ignored != NULL ? strlen (watch->ignored) : 0;

  if (length == 0 || strncmp (name, watch->ignored, length) != 0)
    return FALSE;
  return name[length] == '\0' || (name[length] == '.' && strlen (name + length) == strlen (".XXXXXX"));
}

/* No file, or one that is no setting. */
static gboolean
is_nothing (const PvFileWatch *watch, GFile *file)
{
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;

  return name == NULL || *name == '.' || g_str_has_suffix (name, "~") || is_ignored (watch, name);
}

static void
file_changed_cb (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer user_data)
{
  (void) monitor;
  /* A rename onto a setting: the temporary name first, then the one that counts. */
  if (is_nothing (user_data, file) && is_nothing (user_data, other))
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

typedef void (*Changed) (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer user_data);

static void
add_monitor (PvFileWatch *watch, const char *path, gboolean is_folder, Changed changed)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GFileMonitor *monitor = is_folder ? g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error)
                                    : g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);

  if (monitor == NULL) {
    pv_log_event (PV_LOG_ERROR, "not-watched", PV_LOG_CAUSE (error));
    return;
  }
  g_signal_connect (monitor, "changed", G_CALLBACK (changed), watch);
  g_ptr_array_add (watch->monitors, monitor);
}

static PvFileWatch *
new_watch (PvClock *clock, void (*changed) (gpointer), gpointer user_data)
{
  PvFileWatch *watch = g_new0 (PvFileWatch, 1);

  watch->clock = clock;
  watch->monitors = g_ptr_array_new_with_free_func (g_object_unref);
  watch->changed = changed;
  watch->user_data = user_data;
  return watch;
}

/* A layer that is not there yet is watched all the same; one out of a bundle changes where its link is. */
PvFileWatch *
pv_file_watch_new_for_settings (const char *config, const char *ignored, PvClock *clock, void (*changed) (gpointer),
                                gpointer user_data)
{
  PvFileWatch *watch = new_watch (clock, changed, user_data);
  g_autofree char *store = pv_layers_get_store (config);

  watch->ignored = g_strdup (ignored);
  for (guint i = 0; i < PV_N_LAYERS; i++) {
    g_autofree char *folder = pv_layer_get_folder (config, i);
    gboolean is_linked = folder != NULL && pv_layer_is_bundled (i)
                         && (g_file_test (folder, G_FILE_TEST_IS_SYMLINK) || !g_file_test (folder, G_FILE_TEST_EXISTS));

    if (folder != NULL && !is_linked)
      add_monitor (watch, folder, TRUE, file_changed_cb);
  }
  if (store != NULL)
    add_monitor (watch, store, TRUE, store_changed_cb);
  return watch;
}

PvFileWatch *
pv_file_watch_new_for_file (const char *path, PvClock *clock, void (*changed) (gpointer), gpointer user_data)
{
  PvFileWatch *watch = new_watch (clock, changed, user_data);

  add_monitor (watch, path, FALSE, file_changed_cb);
  return watch;
}

void
pv_file_watch_free (PvFileWatch *watch)
{
  if (watch == NULL)
    return;
  for (guint i = 0; i < watch->monitors->len; i++) {
    g_signal_handlers_disconnect_by_data (watch->monitors->pdata[i], watch);
    g_file_monitor_cancel (watch->monitors->pdata[i]);
  }
  g_ptr_array_unref (watch->monitors);
  end_timer (watch);
  g_free (watch->ignored);
  g_free (watch);
}
