/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/signed-text.h"

#include <sodium.h>
#include <string.h>

enum { FIRST_DAY = 719163 }; /* 1970-01-01, as g_date_get_julian() counts */

/* libsodium 1.0.18 takes some bytes beyond ASCII for letters; so what was read must be what would have been written. */
gboolean
pv_signed_decode (const char *text, gsize letters, guint8 *ret_bytes, gsize size)
{
  char again[PV_SIGNED_SIGNATURE_LETTERS + 1];
  const char *end = NULL;
  gsize length = 0;

  if (letters > PV_SIGNED_SIGNATURE_LETTERS || strlen (text) != letters
      || sodium_base642bin (ret_bytes, size, text, letters, NULL, &length, &end, sodium_base64_VARIANT_ORIGINAL) != 0
      || length != size || end != text + letters)
    return FALSE;
  sodium_bin2base64 (again, sizeof again, ret_bytes, size, sodium_base64_VARIANT_ORIGINAL);
  return strcmp (text, again) == 0;
}

gboolean
pv_signed_read_number (const char *text, gint64 max, gint64 *ret_number)
{
  gsize length = strlen (text);

  if (length == 0 || length > PV_SIGNED_SERIAL_DIGITS || strspn (text, "0123456789") != length
      || (text[0] == '0' && length > 1))
    return FALSE;
  *ret_number = g_ascii_strtoll (text, NULL, 10);
  return *ret_number <= max;
}

gboolean
pv_signed_read_day (const char *text, gint64 *ret_end_s)
{
  static const char form[] = "dddd-dd-dd";
  guint year, month, day;
  GDate date;

  if (strlen (text) != strlen (form))
    return FALSE;
  for (gsize i = 0; form[i] != '\0'; i++)
    if (form[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != form[i])
      return FALSE;
  year = (guint) g_ascii_strtoull (text, NULL, 10);
  month = (guint) g_ascii_strtoull (text + 5, NULL, 10);
  day = (guint) g_ascii_strtoull (text + 8, NULL, 10);
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  *ret_end_s = ((gint64) g_date_get_julian (&date) - FIRST_DAY + 1) * PV_SIGNED_SECONDS_A_DAY;
  return TRUE;
}
