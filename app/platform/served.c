/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/served.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

static int
open_file (const char *runtime, int more)
{
  g_autofree char *path = g_build_filename (runtime, PV_SERVED_FILE, NULL);

  return open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | more, 0644);
}

int
pv_served_hold (const char *runtime)
{
  /* On a kiosk it is root's, and there beforehand: the kernel (fs.protected_regular) lets nobody make or open another's file so. */
  int fd = open_file (runtime, 0);

  if (fd < 0 && errno == ENOENT)
    fd = open_file (runtime, O_CREAT);
  if (fd >= 0 && flock (fd, LOCK_SH | LOCK_NB) == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

gboolean
pv_served_is_held (const char *runtime)
{
  int fd = open_file (runtime, 0);
  gboolean is_held = fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;

  if (fd >= 0)
    close (fd);
  return is_held;
}
