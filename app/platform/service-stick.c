/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/service-stick.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/service-key.h"

static gboolean
fail (GError **error, int number)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "the key: %s", g_strerror (number));
  return FALSE;
}

/* Not a pipe, a terminal or a folder, whatever is named. -1 with an error */
static int
open_stick (const char *path, int flags, GError **error)
{
  int fd = open (path, flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0600);
  struct stat facts;

  if (fd >= 0 && fstat (fd, &facts) == 0 && (S_ISBLK (facts.st_mode) || S_ISREG (facts.st_mode)))
    return fd;
  fail (error, fd < 0 ? errno : EINVAL);
  if (fd >= 0)
    close (fd);
  return -1;
}

/* Up to @size bytes at @offset. (transfer full) (nullable) */
static GBytes *
read_at (int fd, gsize offset, gsize size, GError **error)
{
  g_autofree char *bytes = g_malloc (size);
  gsize length = 0;

  while (length < size) {
    gssize n = pread (fd, bytes + length, size - length, (off_t) (offset + length));

    if (n < 0 && errno != EINTR) {
      fail (error, errno);
      return NULL;
    }
    if (n == 0)
      break;
    length += n > 0 ? (gsize) n : 0;
  }
  return g_bytes_new_take (g_steal_pointer (&bytes), length);
}

static gboolean
write_at (int fd, gsize offset, GBytes *bytes, GError **error)
{
  gsize size = 0, done = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  while (done < size) {
    gssize n = pwrite (fd, data + done, size - done, (off_t) (offset + done));

    if (n < 0 && errno != EINTR)
      return fail (error, errno);
    if (n == 0)
      return fail (error, ENOSPC);
    done += n > 0 ? (gsize) n : 0;
  }
  return TRUE;
}

GBytes *
pv_service_stick_read (const char *path, GError **error)
{
  int fd = open_stick (path, O_RDONLY, error);
  GBytes *block;

  if (fd < 0)
    return NULL;
  block = read_at (fd, 0, PV_SERVICE_KEY_BLOCK_BYTES, error);
  close (fd);
  return block;
}

/* Whole blocks: what the device had there is gone. */
static GBytes *
pad (GBytes *bytes, gsize size)
{
  char *block = g_malloc0 (size);

  memcpy (block, g_bytes_get_data (bytes, NULL), MIN (size, g_bytes_get_size (bytes)));
  return g_bytes_new_take (block, size);
}

gboolean
pv_service_stick_write (const char *path, GBytes *key, GError **error)
{
  /* No file for support of before either. */
  g_autoptr (GBytes) block = pad (key, PV_SERVICE_KEY_BLOCK_BYTES + PV_SERVICE_FILE_HEAD_BYTES);
  struct stat facts;
  gboolean is_device = stat (path, &facts) == 0 && S_ISBLK (facts.st_mode), is_written;
  int fd = open_stick (path, is_device ? O_WRONLY | O_EXCL : O_WRONLY | O_CREAT, error); /* EBUSY: it is mounted */

  if (fd < 0)
    return FALSE;
  is_written = write_at (fd, 0, block, error) && (fsync (fd) == 0 || fail (error, errno));
  close (fd);
  return is_written;
}

static GBytes *
read_file (int fd, GError **error)
{
  g_autoptr (GBytes) head = read_at (fd, PV_SERVICE_KEY_BLOCK_BYTES, PV_SERVICE_FILE_HEAD_BYTES, error);
  g_autoptr (GBytes) file = NULL;
  g_autofree char *wanted = NULL, *sha256 = NULL;
  gsize length = 0;

  if (head == NULL)
    return NULL;
  if (!pv_service_file_read_head (head, &length, &wanted)) {
    fail (error, ENOENT);
    return NULL;
  }
  file = read_at (fd, PV_SERVICE_KEY_BLOCK_BYTES + PV_SERVICE_FILE_HEAD_BYTES, length, error);
  if (file == NULL)
    return NULL;
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  if (g_bytes_get_size (file) != length || strcmp (sha256, wanted) != 0) {
    fail (error, EIO);
    return NULL;
  }
  return g_steal_pointer (&file);
}

GBytes *
pv_service_stick_read_file (const char *path, GError **error)
{
  int fd = open_stick (path, O_RDONLY, error);
  GBytes *file;

  if (fd < 0)
    return NULL;
  file = read_file (fd, error);
  close (fd);
  return file;
}

gboolean
pv_service_stick_write_file (const char *path, GBytes *file, GError **error)
{
  g_autoptr (GBytes) head = pv_service_file_head (file);
  g_autoptr (GBytes) again = NULL;
  int fd;
  gboolean is_written;

  if (g_bytes_get_size (file) > PV_SERVICE_FILE_MAX_BYTES)
    return fail (error, EFBIG);
  fd = open_stick (path, O_RDWR, error);
  if (fd < 0)
    return FALSE;
  /* What says that it is there comes last. */
  is_written = write_at (fd, PV_SERVICE_KEY_BLOCK_BYTES + PV_SERVICE_FILE_HEAD_BYTES, file, error)
               && (fsync (fd) == 0 || fail (error, errno)) && write_at (fd, PV_SERVICE_KEY_BLOCK_BYTES, head, error)
               && (fsync (fd) == 0 || fail (error, errno));
  /* From the stick, not from memory. */
  if (is_written)
    (void) posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  again = is_written ? read_file (fd, error) : NULL;
  close (fd);
  return again != NULL;
}
