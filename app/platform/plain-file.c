/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/plain-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void
set_error (GError **error, int code)
{
  g_set_error_literal (error, G_FILE_ERROR, (gint) g_file_error_from_errno (code), g_strerror (code));
}

static int
open_plain (const char *path, GError **error)
{
  struct stat facts;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

  if (fd >= 0 && fstat (fd, &facts) == 0 && S_ISREG (facts.st_mode))
    return fd;
  if (fd < 0)
    set_error (error, errno);
  else
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "not a plain file");
  if (fd >= 0)
    close (fd);
  return -1;
}

char *
pv_plain_file_read (const char *path, gsize max, gsize *ret_length, GError **error)
{
  int fd = open_plain (path, error);
  g_autofree char *text = fd >= 0 ? g_malloc (max + 1) : NULL;
  gsize length = 0;
  gssize count;

  if (fd < 0)
    return NULL;
  while ((count = read (fd, text + length, max + 1 - length)) > 0)
    length += (gsize) count;
  if (count < 0)
    set_error (error, errno);
  close (fd);
  if (count < 0)
    return NULL;
  *ret_length = length;
  return g_steal_pointer (&text);
}
