/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/renewal.h"

#include "platform/file-watch.h"
#include "platform/log.h"
#include "platform/maintenance-file.h"
#include "platform/served.h"
#include "platform/settings.h"

struct PvRenewal {
  PvClock *clock;
  PvFileWatch *watch;
  PvRenewalHooks hooks;
  gpointer user_data;
  char *config;
  char *runtime;   /* (nullable): not aimed yet */
  gint64 since_ms; /* of the change that waits */
  guint look_id;   /* 0: nothing waits */
};

/* TRUE: it is over, one way or the other. */
static gboolean
look (PvRenewal *renewal)
{
  gint64 waited_ms = pv_clock_get_monotonic_ms (renewal->clock) - renewal->since_ms;

  if (renewal->runtime == NULL || !renewal->hooks.is_idle (renewal->user_data))
    return FALSE;
  if (pv_served_is_held (renewal->runtime) && waited_ms < PV_RENEWAL_SERVED_MAX_S * 1000)
    return FALSE;
  pv_log_event (PV_LOG_INFO, "renewal-now", PV_LOG_WORD ("because", "settings"));
  renewal->hooks.end (renewal->user_data);
  return TRUE;
}

static gboolean
look_cb (gpointer user_data)
{
  PvRenewal *renewal = user_data;

  if (!look (renewal))
    return G_SOURCE_CONTINUE;
  renewal->look_id = 0;
  return G_SOURCE_REMOVE;
}

static void
changed_cb (gpointer user_data)
{
  PvRenewal *renewal = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSettings) settings = pv_settings_load (renewal->config, &error);

  g_clear_handle_id (&renewal->look_id, g_source_remove);
  if (settings == NULL) {
    pv_log_bad_settings (error);
    return;
  }
  pv_log_event (PV_LOG_INFO, "renewal-due", PV_LOG_WORD ("because", "settings"));
  renewal->since_ms = pv_clock_get_monotonic_ms (renewal->clock);
  renewal->look_id = g_timeout_add_seconds (PV_RENEWAL_LOOK_S, look_cb, renewal);
}

PvRenewal *
pv_renewal_new (const char *config, PvClock *clock, const PvRenewalHooks *hooks, gpointer user_data)
{
  PvRenewal *renewal = g_new0 (PvRenewal, 1);

  renewal->clock = clock;
  renewal->config = g_strdup (config);
  renewal->hooks = *hooks;
  renewal->user_data = user_data;
  /* A notice of maintenance is the sessions' alone. */
  renewal->watch = pv_file_watch_new_for_settings (config, PV_MAINTENANCE_FILE, clock, changed_cb, renewal);
  return renewal;
}

void
pv_renewal_aim (PvRenewal *renewal, const char *runtime)
{
  g_free (renewal->runtime);
  renewal->runtime = g_strdup (runtime);
}

void
pv_renewal_free (PvRenewal *renewal)
{
  if (renewal == NULL)
    return;
  g_clear_handle_id (&renewal->look_id, g_source_remove);
  pv_file_watch_free (renewal->watch);
  g_free (renewal->config);
  g_free (renewal->runtime);
  g_free (renewal);
}
