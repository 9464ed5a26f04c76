/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* voice-text.h: what every voice does with a sentence before it says it; pure. */
#pragma once

#include "core/narrator.h"

/* Characters of one sentence; longer ones fail. The longest of a screen has some 300. */
enum { PV_VOICE_MAX_TEXT = 4000 };
/* Decibels between the softest and the loudest: more than the 18 dB of EN 301 549, 8.2.1.1, also
 * between the softest and the loudest that a person can choose. */
enum { PV_VOICE_RANGE_DB = 24 };

/* A copy in which whatever would be a command to an engine, or is for the eye only (direction marks), is a blank, so that
 * characters keep their numbers. NULL: no UTF-8, or too long. (transfer full): pv_wipe_str() */
char *pv_voice_clean_text (const char *text);
/* Engines tell where a word begins, and of "l’école" or "234,50" only a piece. The whole word that has character
 * @position of @text, without the marks around it. FALSE: there is none, or only marks. */
gboolean pv_voice_find_word (const char *text, guint position, guint *ret_offset, guint *ret_length);
/* Of @percent, at most 100: a factor, 1 = as loud as the engine makes it. */
double pv_voice_gain (guint percent);
/* What is personal goes to a headset only, and without a route nothing is heard. */
gboolean pv_voice_may_be_heard (PvSpeechRoute route, gboolean is_personal);
