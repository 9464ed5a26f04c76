/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/texts-file.h"

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
gboolean
pv_texts_file_read (const char *path, PvTexts *texts, GPtrArray *errors, GError **error)
{
  int fd = open_plain (path, error);
  g_autofree char *text = fd >= 0 ? g_malloc (PV_TEXTS_MAX_BYTES + 1) : NULL;
  gsize length = 0;
  gssize count;

  if (fd < 0)
    return FALSE;
  while ((count = read (fd, text + length, PV_TEXTS_MAX_BYTES + 1 - length)) > 0)
    length += (gsize) count;
  if (count < 0)
    g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
  close (fd);
  if (count < 0)
    return FALSE;
  pv_texts_parse (texts, text, length, path, errors);
  return TRUE;
}

PvTexts *
pv_texts_file_read_all (const char *const *folders, const char *language, GPtrArray *errors)
{
  g_autoptr (PvTexts) texts = NULL;
  g_autofree char *name = NULL;

  if (folders == NULL || !pv_texts_is_code (language))
    return NULL;
  name = g_strdup_printf ("texts-%s.txt", language);
  for (guint i = 0; folders[i] != NULL; i++) {
    g_autofree char *path = g_build_filename (folders[i], name, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (PvTexts) wanted = texts != NULL ? pv_texts_ref (texts) : pv_texts_new (language);

    if (pv_texts_file_read (path, wanted, errors, &error)) {
      if (texts == NULL)
        texts = g_steal_pointer (&wanted);
    } else if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT) && errors != NULL) {
      g_ptr_array_add (errors, g_strdup (error->message));
    }
  }
  return g_steal_pointer (&texts);
}
