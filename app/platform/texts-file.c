/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/texts-file.h"

#include "platform/plain-file.h"

gboolean
pv_texts_file_read (const char *path, PvTexts *texts, GPtrArray *errors, GError **error)
{
  gsize length = 0;
  g_autofree char *text = pv_plain_file_read (path, PV_TEXTS_MAX_BYTES, &length, error);

  if (text == NULL) {
    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }
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
