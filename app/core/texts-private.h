/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* texts-private.h: what texts.c and texts-parse.c share. */
#pragma once

#include "core/texts.h"

/* Takes nothing. FALSE: there are as many as may be. @ret_before: (nullable): line of the same text in the same file; 0: none */
gboolean pv_texts_add (PvTexts *texts, const PvTextEntry *entry, guint *ret_before);
