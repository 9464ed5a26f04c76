/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/synonyms-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static int
open_plain (const char *path, GError **error)
{
  struct stat facts;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

  if (fd >= 0 && fstat (fd, &facts) == 0 && S_ISREG (facts.st_mode))
    return fd;
  g_set_error (error, G_FILE_ERROR, fd < 0 ? (gint) g_file_error_from_errno (errno) : (gint) G_FILE_ERROR_INVAL,
               "%s: %s", path, fd < 0 ? g_strerror (errno) : "not a plain file");
  if (fd >= 0)
    close (fd);
  return -1;
}

/* One byte more than is allowed tells that there are more. */
PvSynonyms *
pv_synonyms_file_read (const char *path, GPtrArray *errors, GError **error)
{
  g_autofree char *text = g_malloc (PV_SYNONYMS_MAX_BYTES + 1);
  int fd = open_plain (path, error);
  gsize length = 0;
  gssize count;

  if (fd < 0)
    return NULL;
  while ((count = read (fd, text + length, PV_SYNONYMS_MAX_BYTES + 1 - length)) > 0)
    length += (gsize) count;
  if (count < 0)
    g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
  close (fd);
  return count < 0 ? NULL : pv_synonyms_parse (text, length, errors);
}
