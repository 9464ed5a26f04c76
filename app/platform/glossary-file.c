/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/glossary-file.h"

#include <string.h>

#include "core/language-code.h"
#include "platform/plain-file.h"

char *
pv_glossary_file_language (const char *path)
{
  const char *dash = strrchr (path, '-');
  const char *end = dash != NULL ? strchr (dash, '.') : NULL;
  g_autofree char *code = end != NULL ? g_strndup (dash + 1, (gsize) (end - dash - 1)) : NULL;

  return code != NULL && pv_language_is_code (code) ? g_steal_pointer (&code) : NULL;
}

gboolean
pv_glossary_file_read (PvGlossary *glossary, const char *path, GPtrArray *errors, GError **error)
{
  g_autofree char *language = pv_glossary_file_language (path);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (language == NULL) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "the name ends with a language, like glossary-fr.txt");
    return FALSE;
  }
  text = pv_plain_file_read (path, PV_GLOSSARY_MAX_BYTES, &length, error);
  if (text == NULL)
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
