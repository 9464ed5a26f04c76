/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* paper-parts.h: what several papers have. Private to print. */
#pragma once

#include "print/paper.h"

/* Framed words that nobody overlooks. */
void pv_paper_add_mark (PvPaper *paper, const char *mark, const char *words);
/* "1 place de la Mairie, 99123 Montclair": the town in a line of its own, as on a letter. (transfer full) (nullable): as
 * @address */
char *pv_paper_break_address (const char *address);
