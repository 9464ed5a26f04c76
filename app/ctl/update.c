/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl update: for the scripts of the image (kiosk-config/image/root): when, whence, and what became of it. */

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/stored-format.h"
#include "ctl/ctl.h"
#include "ctl/update-hawkbit.h"
#include "ctl/update-hour.h"
#include "link/disk.h"
#include "link/release.h"
#include "platform/clock.h"
#include "platform/plain-file.h"

/* When it was looked last: the script touches it. */
#define LOOKED_FILE "looked"
#define ITSELF_FILE "/etc/machine-id"

enum { NOT_DUE = 1, MAX_ID_BYTES = 128 };

/* The release of this program is the one to which stored formats are written from now on. */
int
pv_ctl_update_confirm (const PvCtl *ctl, char **arguments)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_strdup_printf ("%s\n", pv_release_get_name ());
  g_autoptr (GBytes) bytes = g_bytes_new (line, strlen (line));
  gboolean is_written;
  int folder;

  if (arguments[0] != NULL) {
    pv_ctl_fail ("use: parvisctl update confirm");
    return PV_CTL_USAGE;
  }
  settings = pv_settings_load_what_is_right (ctl->config);
  folder = pv_disk_open_folder (pv_settings_get_text (settings, PV_SETTING_PATHS_STATE), &error);
  if (folder < 0)
    return pv_ctl_fail ("%s", error->message);
  is_written = pv_disk_replace (pv_disk_get_default (), folder, PV_STORED_CONFIRMED_FILE, bytes, &error);
  /* Each service reads it. */
  if (is_written && fchmodat (folder, PV_STORED_CONFIRMED_FILE, 0644, 0) != 0) {
    is_written = FALSE;
    error = g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  }
  close (folder);
  if (!is_written)
    return pv_ctl_fail ("%s", error->message);
  return PV_CTL_OK;
}

int
pv_ctl_update_due (const PvCtl *ctl, char **arguments)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *looked = arguments[0] != NULL ? g_build_filename (arguments[0], LOOKED_FILE, NULL) : NULL;
  gsize size = 0;
  g_autofree char *bytes = pv_plain_file_read (ITSELF_FILE, MAX_ID_BYTES, &size, NULL);
  g_autofree char *itself = g_strndup (bytes != NULL ? bytes : "", size);
  struct stat facts;
  PvUpdateHour hour;
  gint64 left_s = 0;

  if (looked == NULL || arguments[1] != NULL) {
    pv_ctl_fail ("use: parvisctl update due FOLDER");
    return PV_CTL_USAGE;
  }
  settings = pv_settings_load_what_is_right (ctl->config);
  if (pv_settings_get_text (settings, PV_SETTING_UPDATE_URL) == NULL
      && pv_settings_get_text (settings, PV_SETTING_UPDATE_HAWKBIT_URL) == NULL)
    return NOT_DUE;
  zone = g_time_zone_new_identifier (pv_settings_get_text (settings, PV_SETTING_COMMUNE_TIMEZONE));
  hour = (PvUpdateHour){
    .at_min = MAX (pv_update_hour_parse (pv_settings_get_text (settings, PV_SETTING_UPDATE_AT)), 0),
    .spread_min = (guint) pv_settings_get_int (settings, PV_SETTING_UPDATE_SPREAD_MINUTES),
    .itself = itself,
  };
  if (zone == NULL
      || !pv_update_hour_is_due (&hour, pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC, zone,
                                 stat (looked, &facts) == 0 ? (gint64) facts.st_mtime : 0, &left_s))
    return NOT_DUE;
  g_print ("%" G_GINT64_FORMAT "\n", left_s);
  return PV_CTL_OK;
}

/* Prints where systemd-sysupdate is to look; nothing: there is nothing to look for. */
int
pv_ctl_update_fetch (const PvCtl *ctl, char **arguments)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_there = FALSE;
  const char *url;

  if (arguments[0] == NULL || arguments[1] != NULL || !g_path_is_absolute (arguments[0])) {
    pv_ctl_fail ("use: parvisctl update fetch FOLDER");
    return PV_CTL_USAGE;
  }
  settings = pv_settings_load_what_is_right (ctl->config);
  url = pv_settings_get_text (settings, PV_SETTING_UPDATE_URL);
  if (pv_settings_get_text (settings, PV_SETTING_UPDATE_HAWKBIT_URL) == NULL) {
    if (url != NULL)
      g_print ("%s%s\n", url, g_str_has_suffix (url, "/") ? "" : "/");
    return PV_CTL_OK;
  }
  if (!pv_update_hawkbit_fetch (settings, arguments[0], &is_there, &error))
    return pv_ctl_fail ("%s", error->message);
  if (is_there)
    g_print ("file://%s/" PV_HAWKBIT_FILES_FOLDER "/\n", arguments[0]);
  return PV_CTL_OK;
}

int
pv_ctl_update_tell (const PvCtl *ctl, char **arguments)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_all = g_strv_length (arguments) == 3;
  gboolean is_success = has_all && strcmp (arguments[1], "success") == 0;

  if (!has_all || (!is_success && strcmp (arguments[1], "failure") != 0)) {
    pv_ctl_fail ("use: parvisctl update tell FOLDER success|failure WORDS");
    return PV_CTL_USAGE;
  }
  settings = pv_settings_load_what_is_right (ctl->config);
  if (!pv_update_hawkbit_tell (settings, arguments[0], is_success, arguments[2], &error))
    return pv_ctl_fail ("%s", error->message);
  return PV_CTL_OK;
}
