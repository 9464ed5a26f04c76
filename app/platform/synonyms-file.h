/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* synonyms-file.h: the file of [search] synonyms-file. */
#pragma once

#include "core/synonyms.h"

/**
 * pv_synonyms_file_read:
 * @errors: (nullable) (element-type utf8): gets a sentence for each slip in it, see pv_synonyms_parse()
 *
 * Returns: (transfer full): NULL with a G_FILE_ERROR if there is no plain file that can be read
 */
PvSynonyms *pv_synonyms_file_read (const char *path, GPtrArray *errors, GError **error) G_GNUC_WARN_UNUSED_RESULT;
