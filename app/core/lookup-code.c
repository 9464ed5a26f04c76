/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/lookup-code.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/outcome.h"
#include "core/wipe.h"

/* w.c.s. tracking_code.py: no vowel, so that no word is made by chance, and nothing that looks like a digit. */
#define LETTERS "BCDFGHJKLMNPQRSTVWXZ"

enum {
  UUID_LENGTH = 36,
  MAX_EURO_DIGITS = 7,
};

/* Without spaces of any kind; ASCII letters as capitals if @is_upper. Allocated once, so that no half-grown copy stays. */
static GString *
compact (const char *text, gboolean is_upper)
{
  GString *result = g_string_sized_new (strlen (text) + 1);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isspace (c))
      continue;
    if (c < 0x80)
      g_string_append_c (result, is_upper ? g_ascii_toupper ((char) c) : (char) c);
    else
      g_string_append_unichar (result, c);
  }
  return result;
}

static gboolean
is_readable (const char *text)
{
  return text != NULL && strlen (text) <= PV_CODE_MAX_BYTES && g_utf8_validate (text, -1, NULL);
}

/* Of an address only the part after "/code/" counts; NULL: it is the address of something else. */
static const char *
find_code (const char *text, gsize *ret_length)
{
  const char *code = strstr (text, "/CODE/");

  if (code != NULL) {
    code += strlen ("/CODE/");
    *ret_length = strcspn (code, "/?#");
    return code;
  }
  *ret_length = strlen (text);
  return strstr (text, "://") == NULL ? text : NULL;
}

PvCodeVerdict
pv_code_read (const char *text, char **ret_code, guint *ret_length)
{
  PvCodeVerdict verdict = PV_CODE_BAD_CHARACTER;
  const char *code;
  GString *copy;
  gsize length;

  *ret_length = 0;
  if (text == NULL)
    return PV_CODE_EMPTY;
  if (!is_readable (text))
    return PV_CODE_BAD_CHARACTER;
  copy = compact (text, TRUE);
  code = find_code (copy->str, &length);
  if (code != NULL && strspn (code, LETTERS) >= length) {
    verdict = length == PV_TRACKING_CODE_LENGTH ? PV_CODE_TRACKING
              : length == PV_REF_LENGTH         ? PV_CODE_REFERENCE
              : length == 0                     ? PV_CODE_EMPTY
                                                : PV_CODE_BAD_LENGTH;
    *ret_length = (guint) length;
  }
  if (verdict == PV_CODE_TRACKING || verdict == PV_CODE_REFERENCE)
    *ret_code = g_strndup (code, length);
  pv_wipe_gstring (copy);
  return verdict;
}

/* Whether it can be a code: else it is an address that is being scanned, or a slip. */
static gboolean
is_letters (const GString *text)
{
  for (gsize i = 0; i < text->len; i++)
    if (!g_ascii_isalpha (text->str[i]))
      return FALSE;
  return TRUE;
}

char *
pv_code_tidy (const char *typed)
{
  GString *copy, *tidy;
  gsize group;

  if (!is_readable (typed))
    return g_strdup ("");
  copy = compact (typed, FALSE);
  if (!is_letters (copy))
    return g_string_free (copy, FALSE);
  tidy = g_string_sized_new (2 * copy->len + 1);
  group = copy->len <= PV_TRACKING_CODE_LENGTH ? 4 : 5;
  for (gsize i = 0; i < copy->len; i++) {
    if (i > 0 && i % group == 0)
      g_string_append_c (tidy, ' ');
    g_string_append_c (tidy, g_ascii_toupper (copy->str[i]));
  }
  pv_wipe_gstring (copy);
  return g_string_free (tidy, FALSE);
}

/* RFC 9562, 4: groups of 8, 4, 4, 4 and 12 hexadecimal digits. */
static gboolean
is_uuid_at (const char *text)
{
  for (guint i = 0; i < UUID_LENGTH; i++) {
    gboolean is_hyphen = i == 8 || i == 13 || i == 18 || i == 23;

    if (is_hyphen ? text[i] != '-' : !g_ascii_isxdigit (text[i]))
      return FALSE;
  }
  return TRUE;
}

gboolean
pv_uuid_find (const char *text, char **ret_uuid)
{
  gsize length;

  if (!is_readable (text))
    return FALSE;
  length = strlen (text);
  for (gsize i = 0; i + UUID_LENGTH <= length; i++) {
    if (!is_uuid_at (text + i) || g_ascii_isxdigit (text[i + UUID_LENGTH]) || (i > 0 && g_ascii_isxdigit (text[i - 1])))
      continue;
    *ret_uuid = g_ascii_strdown (text + i, UUID_LENGTH);
    return TRUE;
  }
  return FALSE;
}

/* Digits of @text, at most @max of them, into @ret_value; where they end. */
static const char *
read_digits (const char *text, guint max, guint64 *ret_value, guint *ret_n)
{
  *ret_value = 0;
  for (*ret_n = 0; *ret_n < max && g_ascii_isdigit (text[*ret_n]); (*ret_n)++)
    *ret_value = *ret_value * 10 + (guint64) g_ascii_digit_value (text[*ret_n]);
  return text + *ret_n;
}

gboolean
pv_cents_read (const char *text, guint64 *ret_cents)
{
  guint64 euros, cents = 0;
  guint n_euros, n_cents = 0;
  gboolean is_amount;
  const char *rest;
  GString *copy;

  if (!is_readable (text))
    return FALSE;
  copy = compact (text, FALSE);
  if (g_str_has_suffix (copy->str, "€"))
    g_string_truncate (copy, copy->len - strlen ("€"));
  rest = read_digits (copy->str, MAX_EURO_DIGITS, &euros, &n_euros);
  if (*rest == ',' || *rest == '.')
    rest = read_digits (rest + 1, 2, &cents, &n_cents);
  if (n_cents == 1)
    cents *= 10;
  is_amount = n_euros > 0 && *rest == '\0' && euros * 100 + cents > 0;
  pv_wipe_gstring (copy);
  if (is_amount)
    *ret_cents = euros * 100 + cents;
  return is_amount;
}

char *
pv_cents_display (guint64 cents)
{
  /* Translators: an amount: euros, and cents of two digits. */
  return g_strdup_printf (_ ("€%lu.%02lu"), (gulong) (cents / 100), (gulong) (cents % 100));
}
