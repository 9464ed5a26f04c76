/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/mrz.h"

#include <string.h>

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
