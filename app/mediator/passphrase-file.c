/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/passphrase-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/wipe.h"

static gboolean
is_private (int fd, const char *path, GError **error)
{
  struct stat facts;

  if (fstat (fd, &facts) != 0 || (!S_ISREG (facts.st_mode) && !S_ISFIFO (facts.st_mode))) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s: neither a file nor a pipe", path);
    return FALSE;
  }
  if (S_ISREG (facts.st_mode) && (facts.st_uid != geteuid () || (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s: others may read it", path);
    return FALSE;
  }
  return TRUE;
}

/* The number of bytes, or -1. A pipe gives them in pieces. */
static gssize
read_all (int fd, char *bytes, gsize size)
{
  gsize n = 0;
  gssize got;

  while (n < size && (got = read (fd, bytes + n, size - n)) != 0) {
    if (got < 0 && errno != EINTR)
      return -1;
    n += got > 0 ? (gsize) got : 0;
  }
  return (gssize) n;
}

char *
pv_passphrase_file_read (const char *path, GError **error)
{
  char bytes[PV_PASSPHRASE_FILE_MAX_BYTES + 2];
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  char *line = NULL;
  gssize n = -1;

  if (fd < 0) {
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
    return NULL;
  }
  if (!is_private (fd, path, error)) {
    close (fd);
    return NULL;
  }
  n = read_all (fd, bytes, sizeof bytes - 1);
  close (fd);
  bytes[MAX (n, 0)] = '\0';
  bytes[strcspn (bytes, "\n")] = '\0';
  if (n >= 0 && strlen (bytes) <= PV_PASSPHRASE_FILE_MAX_BYTES && *bytes != '\0' && g_utf8_validate (bytes, -1, NULL))
    line = g_strdup (bytes);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: no passphrase in its first line", path);
  pv_wipe_bytes (bytes, sizeof bytes);
  return line;
}
