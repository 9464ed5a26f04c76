/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* glossary-file.h: the files of [glossary] file. The language of a file stands at the end of its name: "glossary-fr.txt". */
#pragma once

#include "core/glossary.h"

/* "fr" of "/etc/parvis/words-fr.txt"; NULL: the name does not say it. (transfer full) */
char *pv_glossary_file_language (const char *path);

/**
 * pv_glossary_file_read:
 * @errors: (nullable) (element-type utf8): gets a sentence for each slip in it, see pv_glossary_add()
 *
 * Adds its words to @glossary.
 *
 * Returns: FALSE with a G_FILE_ERROR if there is no plain file that can be read, or its name has no language
 */
gboolean pv_glossary_file_read (PvGlossary *glossary, const char *path, GPtrArray *errors, GError **error);

/**
 * pv_glossary_files_read:
 * @paths: (nullable): as in the settings; beyond PV_GLOSSARY_MAX_FILES they are left out
 * @errors: (nullable) (element-type utf8): gets "PATH: line 3: …" for each slip and "PATH: …" for each file that is not read
 *
 * Returns: (transfer full): NULL if no word is explained
 */
PvGlossary *pv_glossary_files_read (const char *const *paths, GPtrArray *errors) G_GNUC_WARN_UNUSED_RESULT;
