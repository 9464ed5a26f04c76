/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "voice-text.h"

#include <math.h>
#include <string.h>

enum { SOFT_HYPHEN = 0xad, NON_JOINER = 0x200c, JOINER = 0x200d };

/* espeak-ng takes control characters for commands; of the marks for the eye, these three belong to the spelling. */
static gboolean
is_silent (gunichar letter)
{
  if (letter == SOFT_HYPHEN || letter == NON_JOINER || letter == JOINER)
    return FALSE;
  return g_unichar_iscntrl (letter) || g_unichar_type (letter) == G_UNICODE_FORMAT;
}

char *
pv_voice_clean_text (const char *text)
{
  GString *clean;

  if (text == NULL || !g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > PV_VOICE_MAX_TEXT)
    return NULL;
  /* It never grows: nothing of it is left behind elsewhere. */
  clean = g_string_sized_new (strlen (text) + 1);
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar letter = g_utf8_get_char (text);

    g_string_append_unichar (clean, is_silent (letter) ? ' ' : letter);
  }
  return g_string_free (clean, FALSE);
}

/* Punctuation, but what is said as a word: "&", "@", "#", "%", "*". */
static gboolean
is_mark (gunichar letter)
{
  GUnicodeType type = g_unichar_type (letter);

  if (letter < 128 && strchr ("&@#%*", (int) letter) != NULL)
    return FALSE;
  return type >= G_UNICODE_CONNECT_PUNCTUATION && type <= G_UNICODE_OPEN_PUNCTUATION;
}

gboolean
pv_voice_find_word (const char *text, guint position, guint *ret_offset, guint *ret_length)
{
  guint begin = 0, end = 0, n = 0;

  /* Of the run of letters around it: [begin, end). */
  for (const char *at = text;; at = g_utf8_next_char (at), n++) {
    gunichar letter = g_utf8_get_char (at);

    end = n;
    if (letter != 0 && !g_unichar_isspace (letter))
      continue;
    if (n > position)
      break;
    if (n == position || letter == 0)
      return FALSE;
    begin = n + 1;
  }
  while (begin < end && is_mark (g_utf8_get_char (g_utf8_offset_to_pointer (text, (glong) begin))))
    begin++;
  while (begin < end && is_mark (g_utf8_get_char (g_utf8_offset_to_pointer (text, (glong) end - 1))))
    end--;
  if (begin == end)
    return FALSE;
  *ret_offset = begin;
  *ret_length = end - begin;
  return TRUE;
}

double
pv_voice_gain (guint percent)
{
  double db = ((double) MIN (percent, 100) / 100.0 - 1.0) * PV_VOICE_RANGE_DB;

  return pow (10.0, db / 20.0);
}

gboolean
pv_voice_may_be_heard (PvSpeechRoute route, gboolean is_personal)
{
  switch (route) {
  case PV_ROUTE_LOUDSPEAKER:
    return !is_personal;
  case PV_ROUTE_HEADSET:
    return TRUE;
  case PV_ROUTE_NONE:
    break;
  }
  return FALSE;
}
