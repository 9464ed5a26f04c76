/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Telephone numbers. Without the tables of a telephone library: the shape of the national plan, the country codes that
 * are French for w.c.s. (33, 262, 508, 590, 594, 596), and the first digits of the mobile ranges. */

#include "core/format-internal.h"

#include <string.h>

enum {
  NATIONAL_DIGITS = 10,
  MIN_DIGITS = 3,
  MAX_DIGITS = 15, /* ITU-T E.164, 6.1 */
};

/* Leaves digits and a leading "+". @drops_zero: the "(0)" that people write after a country code goes as well. */
static PvFormatVerdict
strip (GString *text, const char *separators, gboolean drops_zero)
{
  gsize length = 0;

  for (const char *p = text->str; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (drops_zero && g_str_has_prefix (p, "(0)"))
      p += 2;
    else if (g_unichar_isdigit (c))
      text->str[length++] = (char) ('0' + g_unichar_digit_value (c));
    else if (c == '+' && p == text->str)
      text->str[length++] = '+';
    else if (!g_unichar_isspace (c) && (c >= 0x80 || strchr (separators, (int) c) == NULL))
      return PV_FORMAT_BAD_CHARACTER;
  }
  g_string_truncate (text, length);
  return PV_FORMAT_OK;
}

PvFormatVerdict
pv_format_check_phone (GString *text, guint *ret_count)
{
  PvFormatVerdict verdict = strip (text, "-()./", text->str[0] == '+' || g_str_has_prefix (text->str, "00"));
  gsize digits;

  if (verdict != PV_FORMAT_OK)
    return verdict;
  digits = text->len - (text->str[0] == '+' ? 1 : 0);
  if (digits < MIN_DIGITS)
    return pv_format_check_length (digits, MIN_DIGITS, ret_count);
  if (digits > MAX_DIGITS)
    return pv_format_check_length (digits, MAX_DIGITS, ret_count);
  return PV_FORMAT_OK;
}

/* "+33123456789" becomes "0123456789", "00590..." becomes "+590...". */
static PvFormatVerdict
check_international (GString *text, guint *ret_count)
{
  static const char *const overseas[] = { "262", "508", "590", "594", "596" };
  const char *number = text->str;
  gsize length;

  if (number[0] == '+')
    g_string_erase (text, 0, 1);
  else
    g_string_erase (text, 0, 2);
  if (g_str_has_prefix (number, "33")) {
    if (number[2] == '0')
      return PV_FORMAT_BAD_SHAPE;
    g_string_erase (text, 0, 1);
    text->str[0] = '0';
    return pv_format_check_length (text->len, NATIONAL_DIGITS, ret_count);
  }
  for (guint i = 0; i < G_N_ELEMENTS (overseas); i++) {
    if (!g_str_has_prefix (number, overseas[i]))
      continue;
    if (number[3] == '0')
      return PV_FORMAT_BAD_SHAPE;
    length = text->len;
    g_string_insert_c (text, 0, '+');
    /* Saint-Pierre-et-Miquelon has numbers of six digits as well. */
    if (i == 1 && length == 3 + 6)
      return PV_FORMAT_OK;
    return pv_format_check_length (length, 3 + 9, ret_count);
  }
  return PV_FORMAT_BAD_SHAPE;
}

PvFormatVerdict
pv_format_check_phone_fr (GString *text, guint *ret_count)
{
  PvFormatVerdict verdict = strip (text, "().", FALSE);

  if (verdict != PV_FORMAT_OK)
    return verdict;
  if (text->str[0] == '+' || g_str_has_prefix (text->str, "00"))
    return check_international (text, ret_count);
  if (text->str[0] != '0')
    return PV_FORMAT_BAD_SHAPE;
  return pv_format_check_length (text->len, NATIONAL_DIGITS, ret_count);
}

/* Fixed and mobile numbers of Saint-Pierre-et-Miquelon cannot be told apart by a prefix: both pass. */
PvFormatVerdict
pv_format_check_mobile_fr (GString *text, guint *ret_count)
{
  static const char *const overseas[] = { "639", "690", "691", "692", "693", "694", "696", "697" };
  PvFormatVerdict verdict = pv_format_check_phone_fr (text, ret_count);

  if (verdict != PV_FORMAT_OK)
    return verdict;
  if (text->str[0] == '0')
    return text->str[1] == '6' || text->str[1] == '7' ? PV_FORMAT_OK : PV_FORMAT_BAD_SHAPE;
  if (g_str_has_prefix (text->str, "+508"))
    return PV_FORMAT_OK;
  for (guint i = 0; i < G_N_ELEMENTS (overseas); i++)
    if (g_str_has_prefix (text->str + 4, overseas[i]))
      return PV_FORMAT_OK;
  return PV_FORMAT_BAD_SHAPE;
}

/* "01 23 45 67 89", "+33 1 23 45 67 89", "+590 690 00 01 02", "+508 41 12 34"; others as they are. */
char *
pv_format_display_phone (const char *normalised)
{
  static const struct {
    const char *prefix;
    gsize odd_group; /* the first group, where the digits do not make pairs */
  } starts[] = { { "+33", 1 }, { "+262", 3 }, { "+508", 3 }, { "+590", 3 }, { "+594", 3 }, { "+596", 3 } };
  gsize length = strlen (normalised), position = 0, group = 2;
  GString *result;

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (normalised, starts[i].prefix)) {
      position = strlen (starts[i].prefix);
      group = (length - position) % 2 == 1 ? starts[i].odd_group : 2;
    }
  if (position == 0 && (normalised[0] != '0' || length != NATIONAL_DIGITS))
    return g_strdup (normalised);

  result = g_string_sized_new (2 * length + 1);
  g_string_append_len (result, normalised, (gssize) position);
  while (position < length) {
    group = MIN (group, length - position);
    if (result->len > 0)
      g_string_append_c (result, ' ');
    g_string_append_len (result, normalised + position, (gssize) group);
    position += group;
    group = 2;
  }
  return g_string_free (result, FALSE);
}
