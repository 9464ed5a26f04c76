/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mask.h: what a mirror says of an answer that a mediator may not read. The answer itself never came: there are dots. */
#pragma once

#include "core/screen-state.h"

/* What stands for the answer of a field: its dots, or those of the first part that has some; NULL: it is empty. */
const char *pv_mask_dots (const PvField *field);
/* In words, for eyes and ears: "Masked: a short answer". @dots: (nullable): empty; NULL for an empty masked answer, which
 * looks as any empty one. */
const char *pv_mask_words (PvAssistClass assist, const char *dots);
/* The same of what is chosen: which one it is does not come here, nor whether there is one. */
const char *pv_mask_words_of_choice (void);
