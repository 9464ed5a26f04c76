/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* spelling.h: codes and letters as they are said aloud, so that they can be written down. */
#pragma once

#include <glib.h>

enum {
  PV_SPELLED_MAX_CHARS = 64, /* what is longer is no code; the rest is left out */
};

/* "B as in Bravo", "B comme Bernard" (the names usual in the language of the texts); figures, signs and letters of other
 * scripts by themselves, with a word where a voice may have none: "dash", "space". (transfer full): wipe */
char *pv_spell_character (gunichar character) G_GNUC_WARN_UNUSED_RESULT;
/* The name alone, as a key that was pressed is named: "b", "capital B", "space". (transfer full): wipe */
char *pv_name_character (gunichar character) G_GNUC_WARN_UNUSED_RESULT;
/* Each character of a code by pv_spell_character(), without its spaces. (transfer full) (element-type utf8): wiped */
GPtrArray *pv_spell_out (const char *code) G_GNUC_WARN_UNUSED_RESULT;
/* "482 913" is no number, "BCDFG HJKLM" no word: "4 8 2, 9 1 3". NULL for what is neither figures nor capital letters.
 * (transfer full) (nullable): wipe */
char *pv_spell_apart (const char *code) G_GNUC_WARN_UNUSED_RESULT;
/* A text with the codes in it said like that: "Code: BCDF GHJK" becomes "Code: B C D F, G H J K". A code has at least
 * four characters. (transfer full): wipe */
char *pv_spell_codes_in (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* The codes in a text, each in the form it has there. (transfer full) (element-type utf8): wiped */
GPtrArray *pv_list_codes_in (const char *text) G_GNUC_WARN_UNUSED_RESULT;
