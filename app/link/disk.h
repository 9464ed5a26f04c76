/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* disk.h: the few things that the outbox does to a disk, as a port.
 *
 * A promise to a citizen rests on their order, so tests cut the power between any two of them.
 */
#pragma once

#include <gio/gio.h>

typedef struct PvDisk PvDisk;

/* Each fails with G_IO_ERROR. Names are plain names inside @folder, an open directory. */
struct PvDisk {
  /* A new file with its content on the disk; whatever had that name is gone. */
  gboolean (*create) (PvDisk *disk, int folder, const char *name, GBytes *content, GError **error);
  gboolean (*rename) (PvDisk *disk, int folder, const char *from, const char *to, GError **error);
  /* Names that are not there are no error. */
  gboolean (*remove) (PvDisk *disk, int folder, const char *name, GError **error);
  /* Creations, renames and removals so far are on the disk. */
  gboolean (*sync_folder) (PvDisk *disk, int folder, GError **error);
  /* Bytes that we may still write. */
  guint64 (*get_free_bytes) (PvDisk *disk, int folder);
};

/* The real one (transfer none). */
PvDisk *pv_disk_get_default (void);

/* Replaces a file so that after a power cut there is the old one or the new one, whole; returns once the disk has it. */
gboolean pv_disk_replace (PvDisk *disk, int folder, const char *name, GBytes *content, GError **error);

/* Opens a folder, making it (0700) if need be; -1 with G_IO_ERROR. */
int pv_disk_open_folder (const char *path, GError **error);
/* Names in the folder without "." and "..", NULL-terminated. (transfer full) */
char **pv_disk_list (int folder) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): NULL if it is not there or larger than @max_bytes. */
GBytes *pv_disk_read (int folder, const char *name, gsize max_bytes) G_GNUC_WARN_UNUSED_RESULT;

/* What a crash left half-written begins with this. */
#define PV_DISK_TEMP_PREFIX ".new-"
