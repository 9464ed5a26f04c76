/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/local-facts.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "platform/maintenance-file.h"
#include "platform/plain-file.h"

char *
pv_local_facts_list_path (const PvSettings *settings)
{
  return g_build_filename (pv_settings_get_text (settings, PV_SETTING_PATHS_CACHE), "portal", "catalogue", NULL);
}

static void
read_refused (const PvSettings *settings, PvLocalFacts *facts)
{
  g_autofree char *path =
    g_build_filename (pv_settings_get_text (settings, PV_SETTING_PATHS_RUNTIME), PV_UPDATE_REFUSED_FILE, NULL);
  gsize size = 0;
  g_autofree char *bytes = pv_plain_file_read (path, sizeof facts->update_refused, &size, NULL);

  while (bytes != NULL && size > 0 && bytes[size - 1] == '\n')
    size--;
  /* Told to others: nothing but what a version is made of. */
  for (gsize i = 0; i < size; i++)
    if (bytes == NULL || (!g_ascii_isdigit (bytes[i]) && bytes[i] != '.'))
      return;
  if (bytes != NULL && size < sizeof facts->update_refused)
    memcpy (facts->update_refused, bytes, size);
}

void
pv_local_facts_read (const PvSettings *settings, const char *config, gint64 now_us, PvLocalFacts *ret_facts)
{
  g_autofree char *list = pv_local_facts_list_path (settings);
  struct stat list_facts;
  struct statvfs disk_facts;

  *ret_facts = (PvLocalFacts){ 0 };
  ret_facts->is_in_maintenance = pv_maintenance_file_read (config, now_us, &ret_facts->maintenance_until_us);
  if (stat (list, &list_facts) == 0)
    ret_facts->portal_answered_s = (gint64) list_facts.st_mtime;
  if (statvfs (pv_settings_get_text (settings, PV_SETTING_PATHS_STATE), &disk_facts) == 0)
    ret_facts->disk_free_bytes = (guint64) disk_facts.f_bavail * disk_facts.f_frsize;
  read_refused (settings, ret_facts);
}
