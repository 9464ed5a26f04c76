/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parsing and reckoning; the words are in date-words.c. */

#include "core/date.h"

#include <string.h>

enum {
  MIN_YEAR = 1000,
  MAX_YEAR = 9999,
  MIN_BIRTH_YEAR = 1900,
};

/* @size digits, nothing else. */
static gboolean
read_digits (const char *text, guint size, guint *ret_number)
{
  guint number = 0;

  for (guint i = 0; i < size; i++) {
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
    number = number * 10 + (guint) g_ascii_digit_value (text[i]);
  }
  *ret_number = number;
  return TRUE;
}

static gboolean
set_date (GDate *date, guint year, guint month, guint day)
{
  if (year < MIN_YEAR || year > MAX_YEAR || month > 12
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

gboolean
pv_date_parse (const char *text, GDate *ret_date)
{
  guint year, month, day;

  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  return read_digits (text, 4, &year) && read_digits (text + 5, 2, &month) && read_digits (text + 8, 2, &day)
         && set_date (ret_date, year, month, day);
}

gboolean
pv_date_parse_slashes (const char *text, GDate *ret_date)
{
  guint year, month, day;

  if (text == NULL || strlen (text) != 10 || text[2] != '/' || text[5] != '/')
    return FALSE;
  return read_digits (text, 2, &day) && read_digits (text + 3, 2, &month) && read_digits (text + 6, 4, &year)
         && set_date (ret_date, year, month, day);
}

gboolean
pv_date_parse_partial (const char *text, PvPartialDate *ret_date)
{
  guint year, month, day;
  GDate date;

  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-' || !read_digits (text, 4, &year)
      || !read_digits (text + 5, 2, &month) || !read_digits (text + 8, 2, &day))
    return FALSE;
  g_date_clear (&date, 1);
  /* What is unknown must not make the rest invalid. */
  if ((month == 0 && day != 0) || !set_date (&date, year, month == 0 ? 1 : month, day == 0 ? 1 : day))
    return FALSE;
  *ret_date = (PvPartialDate){ .year = (guint16) year, .month = (guint8) month, .day = (guint8) day };
  return TRUE;
}

char *
pv_date_print (const GDate *date)
{
  g_return_val_if_fail (g_date_valid (date), NULL);
  return g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (date), (guint) g_date_get_month (date),
                          g_date_get_day (date));
}

typedef enum { BOX_EMPTY, BOX_NUMBER, BOX_BAD } Box;

/* Digits of any script, at most four. */
static Box
read_box (const char *text, guint *ret_number, guint *ret_digits)
{
  enum { MAX_DIGITS = 4 };
  guint number = 0, digits = 0;
  gboolean is_over = FALSE;

  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    return BOX_BAD;
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isspace (c)) {
      is_over = digits > 0;
      continue;
    }
    if (!g_unichar_isdigit (c) || is_over || digits == MAX_DIGITS)
      return BOX_BAD;
    number = number * 10 + (guint) g_unichar_digit_value (c);
    digits++;
  }
  *ret_number = number;
  *ret_digits = digits;
  return digits > 0 ? BOX_NUMBER : BOX_EMPTY;
}

PvDateVerdict
pv_date_check_boxes (const char *day, const char *month, const char *year, gboolean may_be_partial, char **ret_text)
{
  guint d = 0, m = 0, y = 0, digits = 0;
  Box day_box = read_box (day, &d, &digits);
  Box month_box = read_box (month, &m, &digits);
  Box year_box = read_box (year, &y, &digits);
  GDate date;

  /* Civil records write 00 for what is unknown. */
  if (may_be_partial && day_box == BOX_NUMBER && d == 0)
    day_box = BOX_EMPTY;
  if (may_be_partial && month_box == BOX_NUMBER && m == 0)
    month_box = BOX_EMPTY;
  if (day_box == BOX_EMPTY && month_box == BOX_EMPTY && year_box == BOX_EMPTY)
    return PV_DATE_EMPTY;
  if (day_box == BOX_EMPTY && !may_be_partial)
    return PV_DATE_NO_DAY;
  if (day_box != BOX_EMPTY && (day_box == BOX_BAD || d < 1 || d > 31))
    return PV_DATE_BAD_DAY;
  if (month_box == BOX_EMPTY && (!may_be_partial || day_box != BOX_EMPTY))
    return PV_DATE_NO_MONTH;
  if (month_box != BOX_EMPTY && (month_box == BOX_BAD || m < 1 || m > 12))
    return PV_DATE_BAD_MONTH;
  if (year_box == BOX_EMPTY)
    return PV_DATE_NO_YEAR;
  if (year_box == BOX_BAD || digits != 4 || y < MIN_YEAR)
    return PV_DATE_BAD_YEAR;
  g_date_clear (&date, 1);
  if (!set_date (&date, y, m == 0 ? 1 : m, d == 0 ? 1 : d))
    return PV_DATE_NOT_IN_CALENDAR;
  if (ret_text != NULL)
    *ret_text = g_strdup_printf ("%04u-%02u-%02u", y, m, d);
  return PV_DATE_OK;
}

gboolean
pv_date_is_birth (const GDate *date, const GDate *today)
{
  g_return_val_if_fail (g_date_valid (date) && g_date_valid (today), FALSE);
  return g_date_get_year (date) >= MIN_BIRTH_YEAR && g_date_compare (date, today) <= 0;
}

void
pv_date_add_months (GDate *date, guint months)
{
  g_return_if_fail (g_date_valid (date));
  if (months / 12 + 1 > (guint) (MAX_YEAR - g_date_get_year (date)))
    return;
  /* g_date_add_months() takes the last day of a shorter month. */
  g_date_add_months (date, months);
}

gboolean
pv_time_parse (const char *text, guint *ret_hour, guint *ret_minute)
{
  enum { MAX_DIGITS = 4 };
  guint numbers[2] = { 0, 0 }, digits[2] = { 0, 0 }, at = 0;
  gboolean is_over = FALSE;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isspace (c)) {
      is_over = digits[at] > 0;
    } else if (c == ':' || c == '.' || c == 'h' || c == 'H') {
      if (at == 1 || digits[0] == 0)
        return FALSE;
      at = 1;
      is_over = FALSE;
    } else {
      if (!g_unichar_isdigit (c) || is_over || digits[at] == MAX_DIGITS)
        return FALSE;
      numbers[at] = numbers[at] * 10 + (guint) g_unichar_digit_value (c);
      digits[at]++;
    }
  }
  /* "1432" and "932", for keypads without a colon. */
  if (at == 0 && digits[0] >= 3) {
    numbers[1] = numbers[0] % 100;
    numbers[0] /= 100;
  } else if (at == 0 || digits[0] > 2 || (digits[1] != 0 && digits[1] != 2)) {
    return FALSE;
  } else if (digits[1] == 0 && strpbrk (text, "hH") == NULL) {
    return FALSE;
  }
  if (numbers[0] > 23 || numbers[1] > 59)
    return FALSE;
  *ret_hour = numbers[0];
  *ret_minute = numbers[1];
  return TRUE;
}

gboolean
pv_moment_get_date (gint64 utc_us, GTimeZone *zone, GDate *ret_date)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (utc_us / G_TIME_SPAN_SECOND);
  g_autoptr (GDateTime) local = utc == NULL ? NULL : g_date_time_to_timezone (utc, zone);

  if (local == NULL)
    return FALSE;
  return set_date (ret_date, (guint) g_date_time_get_year (local), (guint) g_date_time_get_month (local),
                   (guint) g_date_time_get_day_of_month (local));
}
