/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-words.h: what the protocol's enumerations are called in the console's windows. */
#pragma once

#include "mediator/console.h"

/* (transfer none), all of them. */
const char *pv_words_presence (PvPresence presence);
const char *pv_words_refusal (PvRefusal refusal);
const char *pv_words_end (PvEnd end);
const char *pv_words_result (PvResult result);
const char *pv_words_quick (PvQuick quick);
const char *pv_words_right (PvRight right);
/* A line of the log: @verb as the console notes it; what is not known stays as it is. (transfer full) */
char *pv_words_verb (const char *verb) G_GNUC_WARN_UNUSED_RESULT;
const char *pv_words_place (PvActivityPlace place);
const char *pv_words_autonomy (PvAutonomy autonomy);

/* Redirections and age bands: machine names, NULL-terminated; the first is "", for none or not said. */
extern const char *const pv_words_redirections[];
extern const char *const pv_words_ages[];
const char *pv_words_redirection (const char *name);
const char *pv_words_age (const char *name);

/* "2 min": how long something has lasted. (transfer full) */
char *pv_words_duration (gint64 ms) G_GNUC_WARN_UNUSED_RESULT;
