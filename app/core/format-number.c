/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers with a check key or a fixed shape. Their class and length are checked before (format.c). */

#include "core/format-internal.h"

#include <string.h>

#include "core/wipe.h"

static gboolean
is_all_digits (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

static guint
two_digits (const char *text)
{
  return pv_format_digits_mod (text, 2, 100);
}

/* A department is two digits, 2A or 2B. */
static gboolean
is_department (const char *text)
{
  return is_all_digits (text, 2) || (text[0] == '2' && (text[1] == 'A' || text[1] == 'B'));
}

/* Months beyond 12 are given out where the month of birth is not known or the ranges are used up. */
static gboolean
is_nir_month (guint month)
{
  return (month >= 1 && month <= 12) || month == 20 || (month >= 30 && month <= 42) || month >= 50;
}

/* S YY MM DD CCC OOO KK; key = 97 - (first 13 digits mod 97), where 2A counts as 19 and 2B as 18. */
PvFormatVerdict
pv_format_check_nir (GString *text, guint *ret_count)
{
  enum { DEPARTMENT = 5, COMMUNE = 7, ORDER = 10, KEY = 13 };
  char digits[16];
  PvFormatVerdict verdict = PV_FORMAT_OK;

  (void) ret_count;
  if (!is_department (text->str + DEPARTMENT))
    return PV_FORMAT_BAD_CHARACTER;
  memcpy (digits, text->str, sizeof digits);
  if (!g_ascii_isdigit (digits[DEPARTMENT + 1]))
    memcpy (digits + DEPARTMENT, digits[DEPARTMENT + 1] == 'A' ? "19" : "18", 2);

  if (!is_all_digits (digits, KEY + 2))
    verdict = PV_FORMAT_BAD_CHARACTER;
  else if (digits[0] == '0' || !is_nir_month (two_digits (digits + 3)) || memcmp (digits + COMMUNE, "000", 3) == 0
           || memcmp (digits + ORDER, "000", 3) == 0)
    verdict = PV_FORMAT_BAD_SHAPE;
  else if (two_digits (digits + KEY) != 97 - pv_format_digits_mod (digits, KEY, 97))
    verdict = PV_FORMAT_BAD_KEY;
  pv_wipe_bytes (digits, sizeof digits);
  return verdict;
}

/* ISO/IEC 7812-1: from the right, every second digit is doubled and its digits summed; the total ends in 0. */
static gboolean
is_luhn (const GString *text)
{
  guint sum = 0;

  for (gsize i = 0; i < text->len; i++) {
    guint digit = (guint) g_ascii_digit_value (text->str[text->len - 1 - i]) << (i % 2);

    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 == 0;
}

PvFormatVerdict
pv_format_check_siren (GString *text, guint *ret_count)
{
  (void) ret_count;
  return is_luhn (text) ? PV_FORMAT_OK : PV_FORMAT_BAD_KEY;
}

/* La Poste has more offices than its numbers could hold: there the plain sum of the digits may be a multiple of 5. */
PvFormatVerdict
pv_format_check_siret (GString *text, guint *ret_count)
{
  guint sum = 0;

  (void) ret_count;
  if (is_luhn (text))
    return PV_FORMAT_OK;
  for (gsize i = 0; i < text->len; i++)
    sum += (guint) g_ascii_digit_value (text->str[i]);
  return g_str_has_prefix (text->str, "356000000") && sum % 5 == 0 ? PV_FORMAT_OK : PV_FORMAT_BAD_KEY;
}

/* W and nine digits; W2A or W2B and seven digits; W9, a letter or digit, and seven digits. */
PvFormatVerdict
pv_format_check_rna (GString *text, guint *ret_count)
{
  (void) ret_count;
  if (text->str[0] != 'W' || !is_all_digits (text->str + 3, 7))
    return PV_FORMAT_BAD_SHAPE;
  return is_department (text->str + 1) || text->str[1] == '9' ? PV_FORMAT_OK : PV_FORMAT_BAD_SHAPE;
}

PvFormatVerdict
pv_format_check_insee (GString *text, guint *ret_count)
{
  (void) ret_count;
  return is_department (text->str) && is_all_digits (text->str + 2, 3) ? PV_FORMAT_OK : PV_FORMAT_BAD_SHAPE;
}

static gboolean
is_plate_letter (char c)
{
  return c >= 'A' && c <= 'Z' && c != 'I' && c != 'O' && c != 'U';
}

/* AB-123-CD; sent with its hyphens. */
PvFormatVerdict
pv_format_check_plate (GString *text, guint *ret_count)
{
  static const gsize letters[] = { 0, 1, 5, 6 };

  (void) ret_count;
  if (!is_all_digits (text->str + 2, 3))
    return PV_FORMAT_BAD_SHAPE;
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++) {
    if (g_ascii_isdigit (text->str[letters[i]]))
      return PV_FORMAT_BAD_SHAPE;
    if (!is_plate_letter (text->str[letters[i]]))
      return PV_FORMAT_BAD_CHARACTER;
  }
  g_string_insert_c (text, 5, '-');
  g_string_insert_c (text, 2, '-');
  return PV_FORMAT_OK;
}

/* Key = 97 - (first nine digits mod 97), with a 2 before them for births from 2000; nothing else tells the century. */
PvFormatVerdict
pv_format_check_nrn (GString *text, guint *ret_count)
{
  guint rest = pv_format_digits_mod (text->str, 9, 97);
  guint rest_2000 = (guint) ((G_GUINT64_CONSTANT (2000000000) + rest) % 97);
  guint key = two_digits (text->str + 9);

  (void) ret_count;
  return key == 97 - rest || key == 97 - rest_2000 ? PV_FORMAT_OK : PV_FORMAT_BAD_KEY;
}
