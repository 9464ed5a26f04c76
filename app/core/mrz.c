/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/mrz-private.h"

#include <string.h>

#include "core/wipe.h"

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

static gboolean
has_digits (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
has_letters (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isupper (text[i]) && text[i] != '<')
      return FALSE;
  return TRUE;
}

static gboolean
is_padded_word (const char *text, gsize length)
{
  gsize letters = 0;

  while (letters < length && text[letters] != '<')
    letters++;
  return has_letters (text, letters) && strspn (text + letters, "<") >= length - letters;
}

/* Two digits up to @max, or the first of them. */
static gboolean
is_part_of_date (const char *text, gsize length, guint max)
{
  if (!has_digits (text, MIN (length, 2)))
    return FALSE;
  if (length < 2)
    return length == 0 || (guint) g_ascii_digit_value (text[0]) <= max / 10;
  return (guint) (g_ascii_digit_value (text[0]) * 10 + g_ascii_digit_value (text[1])) <= max;
}

/* YYMMDD, as far as it is typed. */
static gboolean
may_be_date (const char *text, gsize length)
{
  return has_digits (text, MIN (length, 2)) && (length <= 2 || is_part_of_date (text + 2, MIN (length - 2, 2), 12))
         && (length <= 4 || is_part_of_date (text + 4, length - 4, 31));
}

/* Likewise; month and day, or the day, may be fillers. */
static gboolean
may_be_birth (const char *text, gsize length)
{
  gsize known = 0;

  while (known < length && text[known] != '<')
    known++;
  if (known == length)
    return may_be_date (text, length);
  return (known == 2 || known == 4) && may_be_date (text, known) && strspn (text + known, "<") >= length - known;
}

/* Whether @text, the beginning of a field or all of it, can be what stands there. */
static gboolean
may_hold (PvMrzClass holds, const char *text, gsize length)
{
  switch (holds) {
  case PV_MRZ_ANY:
    return TRUE;
  case PV_MRZ_CODE:
    return g_ascii_isupper (text[0]) && text[0] != 'V';
  case PV_MRZ_STATE:
  case PV_MRZ_NAMES:
    return text[0] != '<' && (holds == PV_MRZ_STATE ? is_padded_word (text, length) : has_letters (text, length));
  case PV_MRZ_STATE_OR_NONE:
    return is_padded_word (text, length);
  case PV_MRZ_NAMES_OR_NONE:
    return has_letters (text, length) && (text[0] != '<' || strspn (text, "<") >= length);
  case PV_MRZ_YEAR_MONTH:
    return may_be_date (text, length);
  case PV_MRZ_BIRTH_DATE:
    return may_be_birth (text, length);
  case PV_MRZ_EXPIRY_DATE:
    return strspn (text, "<") >= length || may_be_date (text, length);
  case PV_MRZ_SEX:
    return strchr ("MFX<", text[0]) != NULL;
  case PV_MRZ_DIGIT:
    return g_ascii_isdigit (text[0]);
  case PV_MRZ_DIGIT_OR_FILLER:
    return g_ascii_isdigit (text[0]) || text[0] == '<';
  }
  return FALSE;
}

static gboolean
is_typed (const PvMrzZone *zone, const PvMrzCheck *check)
{
  for (guint i = 0; i < PV_MRZ_MAX_RANGES && check->ranges[i].line > 0; i++)
    if (zone->lengths[check->ranges[i].line - 1] < check->ranges[i].last)
      return FALSE;
  return zone->lengths[check->line - 1] >= check->position;
}

/* What the check digit covers. Returns: its length. */
static gsize
gather (const PvMrzZone *zone, const PvMrzCheck *check, gsize more, char covered[PV_MRZ_MAX_CHECKED])
{
  gsize length = 0;

  for (guint i = 0; i < PV_MRZ_MAX_RANGES && check->ranges[i].line > 0; i++) {
    const PvMrzRange *range = &check->ranges[i];
    gsize size = (gsize) (range->last - range->first) + 1;

    memcpy (covered + length, zone->lines[range->line - 1] + range->first - 1, size);
    length += size;
  }
  if (more > 0) {
    const PvMrzRange *optional = pv_mrz_find_range (zone->kind, PV_MRZ_F_OPTIONAL);

    memcpy (covered + length, zone->lines[optional->line - 1] + optional->first - 1, more);
    length += more;
  }
  return length;
}

/* TRUE also while it cannot be told. */
static gboolean
agrees (const PvMrzZone *zone, const PvMrzCheck *check)
{
  char covered[PV_MRZ_MAX_CHECKED];
  gsize length, more = 0;
  guint digit = 0;
  char c;

  if (!is_typed (zone, check))
    return TRUE;
  c = zone->lines[check->line - 1][check->position - 1];
  if (check->verdict == PV_MRZ_BAD_NUMBER) {
    PvMrzNumberEnd end = pv_mrz_find_number (zone, &more, &c);

    if (end != PV_MRZ_NUMBER_WHOLE)
      return end == PV_MRZ_NUMBER_OPEN;
  }
  length = gather (zone, check, more, covered);
  pv_mrz_check_digit (covered, length, &digit);
  /* ICAO Doc 9303-4, data elements of the lower line: the check digit of an empty personal number may be left out. */
  if (c == '<' && check->verdict == PV_MRZ_BAD_PERSONAL)
    c = strspn (covered, "<") >= length ? '0' : c;
  pv_wipe_bytes (covered, sizeof covered);
  return g_ascii_isdigit (c) && (guint) g_ascii_digit_value (c) == digit;
}

static PvMrzVerdict
find_fault (const PvMrzZone *zone, PvMrzFault *ret_fault)
{
  for (guint i = 0; i < pv_mrz_n_places; i++) {
    const PvMrzPlace *place = &pv_mrz_places[i];
    const PvMrzRange *range = &place->range;
    gsize typed = place->kind == zone->kind ? MIN (zone->lengths[range->line - 1], range->last) : 0;

    if (typed >= range->first
        && !may_hold (place->holds, zone->lines[range->line - 1] + range->first - 1, typed - range->first + 1)) {
      *ret_fault = (PvMrzFault){ place->verdict, range->line, range->first, range->last };
      return place->verdict;
    }
  }
  for (guint i = 0; i < pv_mrz_n_checks; i++) {
    const PvMrzCheck *check = &pv_mrz_checks[i];

    if (check->kind == zone->kind && !agrees (zone, check)) {
      guint first = check->verdict == PV_MRZ_BAD_COMPOSITE ? check->position : check->ranges[0].first;

      *ret_fault = (PvMrzFault){ check->verdict, check->line, first, check->position };
      return check->verdict;
    }
  }
  return PV_MRZ_OK;
}

PvMrzVerdict
pv_mrz_check (const char *text, PvMrzKind *ret_kind)
{
  PvMrzZone zone;
  PvMrzFault fault;

  if (text == NULL || !pv_mrz_split (text, &zone))
    return PV_MRZ_BAD_SHAPE;
  *ret_kind = zone.kind;
  return find_fault (&zone, &fault);
}

void
pv_mrz_get_shape (PvMrzKind kind, guint *ret_lines, guint *ret_length)
{
  *ret_lines = pv_mrz_kind_lines (kind);
  *ret_length = pv_mrz_kind_length (kind);
}

/* What is typed as a zone; @ret_fault is where a line is no line. */
static PvMrzVerdict
take_lines (PvMrzKind kind, const char *text, PvMrzZone *ret_zone, PvMrzFault *ret_fault)
{
  const guint lines = pv_mrz_kind_lines (kind), length = pv_mrz_kind_length (kind);
  const char *p = text;
  guint value;

  *ret_zone = (PvMrzZone){ .kind = kind };
  for (guint line = 0; *p != '\0'; line++, p += *p == '\n') {
    const char *end = p + strcspn (p, "\n");
    guint typed = 0;

    if (line < lines)
      ret_zone->lines[line] = p;
    for (; p < end && line < lines && typed < length && value_of (*p, &value); p++)
      typed++;
    if (p < end || line >= lines || (*end == '\n' && typed < length)) {
      *ret_fault = (PvMrzFault){ PV_MRZ_BAD_SHAPE, line + 1, typed + 1, typed + 1 };
      return PV_MRZ_BAD_SHAPE;
    }
    ret_zone->lengths[line] = (guint8) typed;
  }
  return PV_MRZ_OK;
}

PvMrzVerdict
pv_mrz_check_prefix (PvMrzKind kind, const char *text, PvMrzFault *ret_fault)
{
  PvMrzZone zone;
  PvMrzFault fault = { 0 };
  PvMrzVerdict verdict = take_lines (kind, text, &zone, &fault);

  if (verdict == PV_MRZ_OK)
    verdict = find_fault (&zone, &fault);
  if (verdict != PV_MRZ_OK)
    *ret_fault = fault;
  return verdict;
}
