/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl/ctl.h"

gboolean
pv_ctl_write_new (const char *path, const char *bytes, gsize size, mode_t mode)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
  gboolean is_written;

  if (fd < 0) {
    pv_ctl_fail ("%s: %s", path, g_strerror (errno));
    return FALSE;
  }
  is_written = write (fd, bytes, size) == (ssize_t) size && fchmod (fd, mode) == 0 && fsync (fd) == 0;
  if (!is_written) {
    pv_ctl_fail ("%s: %s", path, g_strerror (errno));
    unlink (path);
  }
  close (fd);
  return is_written;
}
