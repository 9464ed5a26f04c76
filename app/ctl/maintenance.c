/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl maintenance: a notice on the screen, between two citizens. */

#include <string.h>

#include "ctl/ctl.h"
#include "ctl/say.h"
#include "ctl/until.h"
#include "platform/clock.h"
#include "platform/maintenance-file.h"

/* In the commune's time, as on the screen. (transfer full) */
static char *
format_local (const PvSettings *settings, gint64 us)
{
  g_autoptr (GTimeZone) zone =
    g_time_zone_new_identifier (pv_settings_get_text (settings, PV_SETTING_COMMUNE_TIMEZONE));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = zone != NULL && utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, pv_say ("%Y-%m-%d %H:%M", "%d/%m/%Y à %H:%M")) : g_strdup ("?");
}

int
pv_ctl_maintenance_on (const PvCtl *ctl, char **arguments)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now_us = pv_clock_get_wall_us (pv_clock_get_system ()), until_us = 0;
  gboolean has_until = g_strcmp0 (arguments[0], "--until") == 0 && arguments[1] != NULL;

  if (arguments[has_until ? 2 : 0] != NULL || (arguments[0] != NULL && !has_until)) {
    pv_ctl_fail ("use: parvisctl maintenance on [--until HH:MM|YYYY-MM-DDTHH:MM]");
    return PV_CTL_USAGE;
  }
  settings = pv_settings_load_what_is_right (ctl->config);
  zone = g_time_zone_new_identifier (pv_settings_get_text (settings, PV_SETTING_COMMUNE_TIMEZONE));
  if (has_until && !pv_until_parse (arguments[1], now_us, zone, &until_us)) {
    pv_ctl_fail (pv_say ("\"%s\" is no time to come: HH:MM, or YYYY-MM-DDTHH:MM within a year",
                         "« %s » n’est pas une heure à venir : HH:MM, ou AAAA-MM-JJTHH:MM dans l’année"),
                 arguments[1]);
    return PV_CTL_USAGE;
  }
  if (!pv_maintenance_file_write (ctl->config, until_us, &error))
    return pv_ctl_fail ("%s", error->message);
  if (until_us != 0) {
    g_autofree char *when = format_local (settings, until_us);

    g_print (pv_say ("The notice is shown until %s; it ends by itself.\n",
                     "L’avis s’affiche jusqu’au %s ; il disparaît seul.\n"),
             when);
  } else {
    g_print ("%s\n", pv_say ("The notice is shown until \"parvisctl maintenance off\".",
                             "L’avis s’affiche jusqu’à « parvisctl maintenance off »."));
  }
  g_print ("%s\n",
           pv_say ("Whoever is using the kiosk finishes first.", "Si quelqu’un utilise la borne, il finit d’abord."));
  return PV_CTL_OK;
}

int
pv_ctl_maintenance_off (const PvCtl *ctl, char **arguments)
{
  g_autoptr (GError) error = NULL;

  if (arguments[0] != NULL) {
    pv_ctl_fail ("use: parvisctl maintenance off");
    return PV_CTL_USAGE;
  }
  if (!pv_maintenance_file_remove (ctl->config, &error))
    return pv_ctl_fail ("%s", error->message);
  g_print ("%s\n", pv_say ("The kiosk serves citizens.", "La borne est en service."));
  return PV_CTL_OK;
}
