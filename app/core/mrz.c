/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/mrz.h"

#include <string.h>

#include "core/wipe.h"

enum {
  MAX_LINES = 3,
  MAX_RANGES = 4,
  SHORT_NUMBER = 9,
  MAX_CHECKED = 96, /* longer than what any check digit covers: 36 + 35 */
};

/* Positions count from 1, both ends included, as in the documents. */
typedef struct Range {
  guint8 line, first, last;
} Range;

typedef struct Check {
  PvMrzKind kind;
  PvMrzVerdict verdict;
  Range ranges[MAX_RANGES];
  guint8 line, position; /* of the check digit */
} Check;

static const Check checks[] = {
  { PV_MRZ_TD1, PV_MRZ_BAD_NUMBER, { { 1, 6, 14 } }, 1, 15 },
  { PV_MRZ_TD1, PV_MRZ_BAD_BIRTH, { { 2, 1, 6 } }, 2, 7 },
  { PV_MRZ_TD1, PV_MRZ_BAD_EXPIRY, { { 2, 9, 14 } }, 2, 15 },
  { PV_MRZ_TD1, PV_MRZ_BAD_COMPOSITE, { { 1, 6, 30 }, { 2, 1, 7 }, { 2, 9, 15 }, { 2, 19, 29 } }, 2, 30 },
  { PV_MRZ_TD2, PV_MRZ_BAD_NUMBER, { { 2, 1, 9 } }, 2, 10 },
  { PV_MRZ_TD2, PV_MRZ_BAD_BIRTH, { { 2, 14, 19 } }, 2, 20 },
  { PV_MRZ_TD2, PV_MRZ_BAD_EXPIRY, { { 2, 22, 27 } }, 2, 28 },
  { PV_MRZ_TD2, PV_MRZ_BAD_COMPOSITE, { { 2, 1, 10 }, { 2, 14, 20 }, { 2, 22, 35 } }, 2, 36 },
  { PV_MRZ_TD3, PV_MRZ_BAD_NUMBER, { { 2, 1, 9 } }, 2, 10 },
  { PV_MRZ_TD3, PV_MRZ_BAD_BIRTH, { { 2, 14, 19 } }, 2, 20 },
  { PV_MRZ_TD3, PV_MRZ_BAD_EXPIRY, { { 2, 22, 27 } }, 2, 28 },
  { PV_MRZ_TD3, PV_MRZ_BAD_PERSONAL, { { 2, 29, 42 } }, 2, 43 },
  { PV_MRZ_TD3, PV_MRZ_BAD_COMPOSITE, { { 2, 1, 10 }, { 2, 14, 20 }, { 2, 22, 43 } }, 2, 44 },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_BAD_NUMBER, { { 2, 1, 12 } }, 2, 13 },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_BAD_BIRTH, { { 2, 28, 33 } }, 2, 34 },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_BAD_COMPOSITE, { { 1, 1, 36 }, { 2, 1, 35 } }, 2, 36 },
};

static gboolean
value_of (char c, guint *ret_value)
{
  if (c == '<')
    *ret_value = 0;
  else if (g_ascii_isdigit (c))
    *ret_value = (guint) g_ascii_digit_value (c);
  else if (g_ascii_isupper (c))
    *ret_value = (guint) (c - 'A') + 10;
  else
    return FALSE;
  return TRUE;
}

gboolean
pv_mrz_check_digit (const char *text, gsize length, guint *ret_digit)
{
  static const guint weights[] = { 7, 3, 1 };
  guint sum = 0, value;

  for (gsize i = 0; i < length; i++) {
    if (!value_of (text[i], &value))
      return FALSE;
    sum = (sum + value * weights[i % G_N_ELEMENTS (weights)]) % 10;
  }
  *ret_digit = sum;
  return TRUE;
}

/* Where each line begins; the kind follows from their number and length. */
static gboolean
split (const char *text, const char *ret_lines[MAX_LINES], PvMrzKind *ret_kind)
{
  static const struct {
    guint lines, length;
    PvMrzKind kind;
  } kinds[] = { { 3, 30, PV_MRZ_TD1 }, { 2, 36, PV_MRZ_TD2 }, { 2, 44, PV_MRZ_TD3 } };
  const char *p = text;
  guint lines = 0;
  gsize length = strcspn (text, "\n");
  guint value;

  while (*p != '\0') {
    if (lines == MAX_LINES || strcspn (p, "\n") != length)
      return FALSE;
    ret_lines[lines++] = p;
    for (gsize i = 0; i < length; i++)
      if (!value_of (p[i], &value))
        return FALSE;
    p += length;
    if (*p == '\n')
      p++;
  }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (lines == kinds[i].lines && length == kinds[i].length) {
      *ret_kind =
        kinds[i].kind == PV_MRZ_TD2 && g_str_has_prefix (text, "IDFRA") ? PV_MRZ_OLD_FRENCH_CARD : kinds[i].kind;
      return TRUE;
    }
  return FALSE;
}

/* Where the number stands: its first nine characters, its check digit, and where it may go on. */
static const struct {
  guint8 line, first, optional, optional_length;
} numbers[] = {
  [PV_MRZ_TD1] = { 1, 6, 16, 15 },
  [PV_MRZ_TD2] = { 2, 1, 29, 7 },
  [PV_MRZ_TD3] = { 2, 1, 0, 0 },
};

/* The characters of the number, and its check digit. FALSE if it goes on where it cannot. */
static gboolean
read_number (PvMrzKind kind, const char *const lines[MAX_LINES], char ret_number[PV_MRZ_MAX_NUMBER], gsize *ret_length,
             char *ret_digit)
{
  const char *line = lines[numbers[kind].line - 1];
  const char *number = line + numbers[kind].first - 1;
  const char *more = line + numbers[kind].optional - 1;
  gsize length = 0;

  memcpy (ret_number, number, SHORT_NUMBER);
  *ret_length = SHORT_NUMBER;
  *ret_digit = number[SHORT_NUMBER];
  if (*ret_digit != '<' || numbers[kind].optional == 0)
    return TRUE;
  while (length < numbers[kind].optional_length && more[length] != '<')
    length++;
  /* One character of the number and the check digit at least, and a filler behind them. */
  if (length < 2 || length == numbers[kind].optional_length)
    return FALSE;
  memcpy (ret_number + SHORT_NUMBER, more, length - 1);
  *ret_length += length - 1;
  *ret_digit = more[length - 1];
  return TRUE;
}

static gboolean
has_right_number (PvMrzKind kind, const char *const lines[MAX_LINES])
{
  char number[PV_MRZ_MAX_NUMBER], c = '<';
  gsize length = 0;
  guint digit = 0;
  gboolean is_right = read_number (kind, lines, number, &length, &c) && pv_mrz_check_digit (number, length, &digit)
                      && g_ascii_isdigit (c) && (guint) g_ascii_digit_value (c) == digit;

  pv_wipe_bytes (number, sizeof number);
  return is_right;
}

static gboolean
agrees (const Check *check, const char *const lines[MAX_LINES])
{
  char covered[MAX_CHECKED];
  char c = lines[check->line - 1][check->position - 1];
  gsize length = 0;
  guint digit = 0;

  if (check->verdict == PV_MRZ_BAD_NUMBER && check->kind != PV_MRZ_OLD_FRENCH_CARD)
    return has_right_number (check->kind, lines);
  for (guint i = 0; i < MAX_RANGES && check->ranges[i].line > 0; i++) {
    const Range *range = &check->ranges[i];
    gsize size = (gsize) (range->last - range->first) + 1;

    memcpy (covered + length, lines[range->line - 1] + range->first - 1, size);
    length += size;
  }
  pv_mrz_check_digit (covered, length, &digit);
  /* ICAO Doc 9303-4, data elements of the lower line: the check digit of an empty personal number may be left out. */
  if (c == '<' && check->verdict == PV_MRZ_BAD_PERSONAL)
    c = strspn (covered, "<") >= length ? '0' : c;
  pv_wipe_bytes (covered, sizeof covered);
  return g_ascii_isdigit (c) && (guint) g_ascii_digit_value (c) == digit;
}

PvMrzVerdict
pv_mrz_check (const char *text, PvMrzKind *ret_kind)
{
  const char *lines[MAX_LINES] = { NULL, NULL, NULL };
  PvMrzKind kind;

  if (text == NULL || !split (text, lines, &kind))
    return PV_MRZ_BAD_SHAPE;
  *ret_kind = kind;
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    if (checks[i].kind == kind && !agrees (&checks[i], lines))
      return checks[i].verdict;
  return PV_MRZ_OK;
}

gboolean
pv_mrz_get_key (const char *text, PvMrzKey *ret_key)
{
  const char *lines[MAX_LINES] = { NULL, NULL, NULL };
  PvMrzKey key = { 0 };
  PvMrzKind kind;
  gsize length;
  char digit;

  if (text == NULL || !split (text, lines, &kind) || kind == PV_MRZ_OLD_FRENCH_CARD
      || !read_number (kind, lines, key.number, &length, &digit))
    return FALSE;
  memcpy (key.birth, lines[1] + (kind == PV_MRZ_TD1 ? 0 : 13), 6);
  memcpy (key.expiry, lines[1] + (kind == PV_MRZ_TD1 ? 8 : 21), 6);
  *ret_key = key;
  pv_wipe_bytes (&key, sizeof key);
  return TRUE;
}

static gboolean
read_two (const char *text, guint *ret_number)
{
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return FALSE;
  *ret_number = (guint) (g_ascii_digit_value (text[0]) * 10 + g_ascii_digit_value (text[1]));
  return TRUE;
}

/* As read_two(), with "<<" for unknown. */
static gboolean
read_two_or_unknown (const char *text, guint *ret_number)
{
  if (text[0] == '<' && text[1] == '<') {
    *ret_number = 0;
    return TRUE;
  }
  return read_two (text, ret_number);
}

gboolean
pv_mrz_parse_birth (const char *yymmdd, const GDate *today, PvPartialDate *ret_date)
{
  guint year, month, day, century;
  GDate first; /* the earliest day it can be */

  g_return_val_if_fail (g_date_valid (today), FALSE);
  if (yymmdd == NULL || strlen (yymmdd) < 6 || !read_two (yymmdd, &year) || !read_two_or_unknown (yymmdd + 2, &month)
      || !read_two_or_unknown (yymmdd + 4, &day) || month > 12 || (month == 0 && day != 0))
    return FALSE;
  century = g_date_get_year (today) / 100 * 100;
  for (guint tries = 0; tries < 2; tries++, century -= 100) {
    if (!g_date_valid_dmy ((GDateDay) MAX (day, 1), (GDateMonth) MAX (month, 1), (GDateYear) (century + year)))
      continue;
    g_date_set_dmy (&first, (GDateDay) MAX (day, 1), (GDateMonth) MAX (month, 1), (GDateYear) (century + year));
    if (g_date_compare (&first, today) > 0)
      continue;
    *ret_date = (PvPartialDate){ .year = (guint16) (century + year), .month = (guint8) month, .day = (guint8) day };
    return TRUE;
  }
  return FALSE;
}

gboolean
pv_mrz_parse_expiry (const char *yymmdd, GDate *ret_date)
{
  enum { CENTURY = 2000 };
  guint year, month, day;

  if (yymmdd == NULL || strlen (yymmdd) < 6 || !read_two (yymmdd, &year) || !read_two (yymmdd + 2, &month)
      || !read_two (yymmdd + 4, &day) || month > 12
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) (CENTURY + year)))
    return FALSE;
  g_date_set_dmy (ret_date, (GDateDay) day, (GDateMonth) month, (GDateYear) (CENTURY + year));
  return TRUE;
}
