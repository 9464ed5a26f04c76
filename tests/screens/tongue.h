/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tongue.h: the words of the samples, in the language that is looked at. */
#pragma once

typedef enum { TONGUE_FR, TONGUE_EN, TONGUE_QPS, TONGUE_QPA, N_TONGUES } Tongue;

const char *tongue_name (Tongue tongue);
void tongue_set (Tongue tongue);
/* In that language; kept as long as the program, or one of the two. */
const char *t (const char *en, const char *fr);
