/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/records.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "link/follow.h"

struct PvRecords {
  int folder;   /* owned */
  PvDisk *disk; /* borrowed */
};

PvRecords *
pv_records_open (const char *folder, PvDisk *disk, GError **error)
{
  int fd = pv_disk_open_folder (folder, error);
  PvRecords *records;

  if (fd < 0)
    return NULL;
  records = g_new0 (PvRecords, 1);
  records->folder = fd;
  records->disk = disk;
  return records;
}

void
pv_records_free (PvRecords *records)
{
  if (records == NULL)
    return;
  close (records->folder);
  g_free (records);
}

gboolean
pv_records_put (PvRecords *records, const char *name, GBytes *record, GError **error)
{
  if (!pv_follow_name_is_valid (name) || g_bytes_get_size (record) > PV_RECORDS_MAX_BYTES) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "not a follow record");
    return FALSE;
  }
  return pv_disk_replace (records->disk, records->folder, name, record, error);
}

GBytes *
pv_records_get (PvRecords *records, const char *name)
{
  return pv_follow_name_is_valid (name) ? pv_disk_read (records->folder, name, PV_RECORDS_MAX_BYTES) : NULL;
}

void
pv_records_tidy (PvRecords *records, gint64 now_us)
{
  g_auto (GStrv) names = pv_disk_list (records->folder);

  for (guint i = 0; names[i] != NULL; i++) {
    struct stat info;

    if (g_str_has_prefix (names[i], PV_DISK_TEMP_PREFIX)
        || (fstatat (records->folder, names[i], &info, AT_SYMLINK_NOFOLLOW) == 0
            && now_us / G_USEC_PER_SEC - (gint64) info.st_mtime > (gint64) PV_RECORDS_DAYS * 24 * 3600))
      records->disk->remove (records->disk, records->folder, names[i], NULL);
  }
}
