/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Messages name the kind of file only: a name can be a kiosk reference. */
static gboolean
fail (GError **error, const char *what)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (code), "%s: %s", what, g_strerror (code));
  return FALSE;
}

static gboolean
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0) {
    ssize_t written = write (fd, data, size);

    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return FALSE;
    data += written;
    size -= (gsize) written;
  }
  return TRUE;
}

static gboolean
real_create (PvDisk *disk, int folder, const char *name, GBytes *content, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);
  int fd = openat (folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean is_written;

  (void) disk;
  if (fd < 0)
    return fail (error, "creating a file");
  is_written = write_all (fd, data, size) && fsync (fd) == 0;
  if (!is_written) {
    fail (error, "writing a file");
    close (fd);
    unlinkat (folder, name, 0);
    return FALSE;
  }
  close (fd);
  return TRUE;
}

static gboolean
real_rename (PvDisk *disk, int folder, const char *from, const char *to, GError **error)
{
  (void) disk;
  return renameat (folder, from, folder, to) == 0 || fail (error, "renaming a file");
}

static gboolean
real_remove (PvDisk *disk, int folder, const char *name, GError **error)
{
  (void) disk;
  return unlinkat (folder, name, 0) == 0 || errno == ENOENT || fail (error, "removing a file");
}

static gboolean
real_sync_folder (PvDisk *disk, int folder, GError **error)
{
  (void) disk;
  return fsync (folder) == 0 || fail (error, "syncing a folder");
}

static guint64
real_get_free_bytes (PvDisk *disk, int folder)
{
  struct statvfs info;

  (void) disk;
  return fstatvfs (folder, &info) == 0 ? (guint64) info.f_bavail * info.f_frsize : 0;
}

PvDisk *
pv_disk_get_default (void)
{
  static PvDisk real = { real_create, real_rename, real_remove, real_sync_folder, real_get_free_bytes };

  return &real;
}

gboolean
pv_disk_replace (PvDisk *disk, int folder, const char *name, GBytes *content, GError **error)
{
  g_autofree char *temp = g_strconcat (PV_DISK_TEMP_PREFIX, name, NULL);

  return disk->create (disk, folder, temp, content, error) && disk->rename (disk, folder, temp, name, error)
         && disk->sync_folder (disk, folder, error);
}

int
pv_disk_open_folder (const char *path, GError **error)
{
  int fd;

  if (g_mkdir_with_parents (path, 0700) < 0) {
    fail (error, path);
    return -1;
  }
  fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    fail (error, path);
  return fd;
}

char **
pv_disk_list (int folder)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  int fd = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  const struct dirent *entry;

  while (dir != NULL && (entry = readdir (dir)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      g_ptr_array_add (names, g_strdup (entry->d_name));
  if (dir != NULL)
    closedir (dir);
  else if (fd >= 0)
    close (fd);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

GBytes *
pv_disk_read (int folder, const char *name, gsize max_bytes)
{
  int fd = openat (folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  g_autoptr (GMappedFile) file = NULL;
  struct stat info;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && (guint64) info.st_size <= max_bytes)
    file = g_mapped_file_new_from_fd (fd, FALSE, NULL);
  close (fd);
  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}
