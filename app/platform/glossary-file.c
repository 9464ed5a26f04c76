/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/glossary-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/language-code.h"

static int
open_plain (const char *path, GError **error)
{
  struct stat facts;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

  if (fd >= 0 && fstat (fd, &facts) == 0 && S_ISREG (facts.st_mode))
    return fd;
  g_set_error (error, G_FILE_ERROR, fd < 0 ? (gint) g_file_error_from_errno (errno) : (gint) G_FILE_ERROR_INVAL, "%s",
               fd < 0 ? g_strerror (errno) : "not a plain file");
  if (fd >= 0)
    close (fd);
  return -1;
}

char *
pv_glossary_file_language (const char *path)
{
  const char *dash = strrchr (path, '-');
  const char *end = dash != NULL ? strchr (dash, '.') : NULL;
  g_autofree char *code = end != NULL ? g_strndup (dash + 1, (gsize) (end - dash - 1)) : NULL;

  return code != NULL && pv_language_is_code (code) ? g_steal_pointer (&code) : NULL;
}

/* One byte more than is allowed tells that there are more. */
gboolean
pv_glossary_file_read (PvGlossary *glossary, const char *path, GPtrArray *errors, GError **error)
{
  g_autofree char *language = pv_glossary_file_language (path);
  g_autofree char *text = NULL;
  gsize length = 0;
  gssize count;
  int fd;

  if (language == NULL) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "the name ends with a language, like glossary-fr.txt");
    return FALSE;
  }
  fd = open_plain (path, error);
  if (fd < 0)
    return FALSE;
  text = g_malloc (PV_GLOSSARY_MAX_BYTES + 1);
  while ((count = read (fd, text + length, PV_GLOSSARY_MAX_BYTES + 1 - length)) > 0)
    length += (gsize) count;
  if (count < 0)
    g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (errno), "%s", g_strerror (errno));
  close (fd);
  if (count < 0)
    return FALSE;
  pv_glossary_add (glossary, language, text, length, errors);
  return TRUE;
}

PvGlossary *
pv_glossary_files_read (const char *const *paths, GPtrArray *errors)
{
  g_autoptr (PvGlossary) glossary = pv_glossary_new ();

  for (guint i = 0; paths != NULL && paths[i] != NULL && i < PV_GLOSSARY_MAX_FILES; i++) {
    g_autoptr (GPtrArray) slips = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GError) error = NULL;

    if (!pv_glossary_file_read (glossary, paths[i], slips, &error))
      g_ptr_array_add (slips, g_strdup (error->message));
    for (guint k = 0; errors != NULL && k < slips->len; k++)
      g_ptr_array_add (errors, g_strdup_printf ("%s: %s", paths[i], (const char *) slips->pdata[k]));
  }
  return pv_glossary_get_n_entries (glossary) > 0 ? g_steal_pointer (&glossary) : NULL;
}
