/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* say.h: what an administrator of a town hall reads, in French where the machine speaks French, else in English.
 *
 * Both stand side by side in the code: an administrator's tool in two languages would make each of the citizens' other
 * languages incomplete, if its sentences were in po/. Any thread, after pv_say_in(). */
#pragma once

#include <glib.h>

typedef enum { PV_SAY_ENGLISH, PV_SAY_FRENCH } PvSayLanguage;

/* What LANGUAGE, LC_ALL, LC_MESSAGES and LANG ask for. */
PvSayLanguage pv_say_get_wanted (void);
void pv_say_in (PvSayLanguage language);
/* The one of the two that is read here. */
const char *pv_say (const char *english, const char *french) G_GNUC_FORMAT (1) G_GNUC_FORMAT (2);
