/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a name with accents is the one of the machine-readable zone (ICAO Doc 9303-3, section 6). */

#include "eid/groups-private.h"

#include <string.h>

/* Letters that are written out, or that lose more than an accent. What decomposes to a letter and marks is not here,
 * unless there is a second way to write it. Upper case. */
static const struct {
  gunichar letter;
  const char *written[2];
} letters[] = {
  { 0x00C4, { "AE", "A" } },  /* Ä */
  { 0x00C5, { "AA", "A" } },  /* Å */
  { 0x00C6, { "AE" } },       /* Æ */
  { 0x00D0, { "D" } },        /* Ð */
  { 0x00D1, { "NXX", "N" } }, /* Ñ */
  { 0x00D6, { "OE", "O" } },  /* Ö */
  { 0x00D8, { "OE", "O" } },  /* Ø */
  { 0x00DC, { "UE", "U" } },  /* Ü, also UXX */
  { 0x00DE, { "TH" } },       /* Þ */
  { 0x00DF, { "SS" } },       /* ß */
  { 0x0110, { "D" } },        /* Đ */
  { 0x0126, { "H" } },        /* Ħ */
  { 0x0131, { "I" } },        /* dotless i */
  { 0x0132, { "IJ" } },       /* Dutch IJ */
  { 0x0138, { "Q" } },        /* kra */
  { 0x013F, { "L" } },        /* Ŀ */
  { 0x0141, { "L" } },        /* Ł */
  { 0x014A, { "N" } },        /* Ŋ */
  { 0x0152, { "OE" } },       /* Œ */
  { 0x0166, { "T" } },        /* Ŧ */
  { 0x1E9E, { "SS" } },       /* capital ß */
};

/* Past blanks of the zone. */
static const char *
skip_blanks (const char *mrz)
{
  return mrz + strspn (mrz, " ");
}

/* What parts the words of a name: a hyphen or a blank is a filler in the zone. An apostrophe is nothing at all, or a
 * filler. */
static gboolean
is_parting (gunichar c)
{
  return c == '<' || c == ',' || c == '.' || c == '\'' || c == 0x2019 || g_unichar_isspace (c)
         || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

/* Takes the letter from *@mrz. FALSE: it is another one. */
static gboolean
take_letter (gunichar c, const char **mrz)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  c = g_unichar_toupper (c);
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    for (guint j = 0; letters[i].letter == c && j < G_N_ELEMENTS (letters[i].written); j++)
      if (letters[i].written[j] != NULL && g_str_has_prefix (*mrz, letters[i].written[j])) {
        *mrz += strlen (letters[i].written[j]);
        return TRUE;
      }
  g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));
  if (parts[0] != (guchar) * *mrz || !g_ascii_isupper (**mrz))
    return FALSE;
  (*mrz)++;
  return TRUE;
}

gboolean
pv_name_agrees (const char *name, const char *mrz, gboolean may_be_cut)
{
  gboolean has_letters = FALSE;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (is_parting (c) || g_unichar_ismark (c))
      continue;
    mrz = skip_blanks (mrz);
    if (*mrz == '\0')
      return may_be_cut && has_letters;
    if (!take_letter (c, &mrz))
      return FALSE;
    has_letters = TRUE;
  }
  return has_letters && *skip_blanks (mrz) == '\0';
}
