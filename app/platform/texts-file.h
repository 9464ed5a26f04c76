/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* texts-file.h: the files texts-LANGUAGE.txt in the folders of [texts] folder. */
#pragma once

#include "core/texts.h"

/**
 * pv_texts_file_read_all:
 * @folders: (nullable): what a later one says counts more; one without a file for this language is passed over
 * @language: "en", "fr@facile"
 * @errors: (nullable) (element-type utf8): gets a sentence for each slip, see pv_texts_parse(), and for each file that is there
 * and cannot be read
 *
 * Blocks while it reads: some milliseconds for a language.
 *
 * Returns: (transfer full) (nullable): NULL: there is no file for this language, or it is none
 */
PvTexts *pv_texts_file_read_all (const char *const *folders, const char *language,
                                 GPtrArray *errors) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_texts_file_read:
 *
 * Adds what @path says to @texts.
 *
 * Returns: FALSE with a G_FILE_ERROR if there is no plain file that can be read
 */
gboolean pv_texts_file_read (const char *path, PvTexts *texts, GPtrArray *errors, GError **error);
