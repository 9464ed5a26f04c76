/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/synonyms-file.h"

#include "platform/plain-file.h"

PvSynonyms *
pv_synonyms_file_read (const char *path, GPtrArray *errors, GError **error)
{
  gsize length = 0;
  g_autofree char *text = pv_plain_file_read (path, PV_SYNONYMS_MAX_BYTES, &length, error);

  if (text != NULL)
    return pv_synonyms_parse (text, length, errors);
  g_prefix_error (error, "%s: ", path);
  return NULL;
}
