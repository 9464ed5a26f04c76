/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* crawler-texts.h: what the portal says, in each language. */
#pragma once

#include "core/texts.h"

/* Read once. @language: "ar", or a pseudo-language of po/: English, longer or in Arabic letters. (nullable): French needs none.
 * (transfer none) */
PvTexts *crawler_get_texts (const char *language);
void crawler_free_texts (void);
