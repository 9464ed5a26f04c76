/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ISO 13616 and, for France and Monaco, the key of the "relevé d'identité bancaire". */

#include "core/format-internal.h"

#include <string.h>

enum {
  /* Of any country in the IBAN registry. */
  MIN_CHARS = 15,
  MAX_CHARS = 34,
};

/* Countries of the SEPA area. Others are held to the bounds above and to the key. */
static const struct {
  char country[3];
  guint8 length;
} lengths[] = {
  { "AD", 24 }, { "AT", 20 }, { "BE", 16 }, { "BG", 22 }, { "CH", 21 }, { "CY", 28 }, { "CZ", 24 }, { "DE", 22 },
  { "DK", 18 }, { "EE", 20 }, { "ES", 24 }, { "FI", 18 }, { "FR", 27 }, { "GB", 22 }, { "GI", 23 }, { "GR", 27 },
  { "HR", 21 }, { "HU", 28 }, { "IE", 22 }, { "IS", 26 }, { "IT", 27 }, { "LI", 21 }, { "LT", 20 }, { "LU", 20 },
  { "LV", 21 }, { "MC", 27 }, { "MT", 31 }, { "NL", 18 }, { "NO", 15 }, { "PL", 28 }, { "PT", 25 }, { "RO", 24 },
  { "SE", 24 }, { "SI", 19 }, { "SK", 24 }, { "SM", 27 }, { "VA", 22 },
};

static guint
length_of_country (const char *iban)
{
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (memcmp (iban, lengths[i].country, 2) == 0)
      return lengths[i].length;
  return 0;
}

static PvFormatVerdict
check_length (const GString *text, guint *ret_count)
{
  guint expected = length_of_country (text->str);

  if (expected > 0)
    return pv_format_check_length (text->len, expected, ret_count);
  if (text->len < MIN_CHARS)
    return PV_FORMAT_TOO_SHORT;
  return text->len > MAX_CHARS ? PV_FORMAT_TOO_LONG : PV_FORMAT_OK;
}

/* The first four characters go to the end, A is 10 and Z is 35. */
static guint
mod_97 (const GString *text)
{
  guint rest = 0;

  for (gsize i = 0; i < text->len; i++) {
    char c = text->str[(i + 4) % text->len];

    if (g_ascii_isdigit (c))
      rest = (rest * 10 + (guint) g_ascii_digit_value (c)) % 97;
    else
      rest = (rest * 100 + (guint) (c - 'A') + 10) % 97;
  }
  return rest;
}

/* A and J are 1, B, K and S are 2 ... I, R and Z are 9: the letters in rows of nine, the last beginning at 2. */
static guint
account_digit (char c)
{
  if (g_ascii_isdigit (c))
    return (guint) g_ascii_digit_value (c);
  if (c < 'J')
    return (guint) (c - 'A') + 1;
  return c < 'S' ? (guint) (c - 'J') + 1 : (guint) (c - 'S') + 2;
}

/* Bank 5 digits, branch 5 digits, account 11 characters, key 2 digits: the key is what makes
 * 89 bank + 15 branch + 3 account + key a multiple of 97. */
static PvFormatVerdict
check_rib (const char *rib)
{
  enum { BRANCH = 5, ACCOUNT = 10, KEY = 21, END = 23 };
  guint account = 0, sum;

  for (guint i = 0; i < END; i++)
    if (!g_ascii_isdigit (rib[i]) && (i < ACCOUNT || i >= KEY))
      return PV_FORMAT_BAD_SHAPE;
  for (guint i = ACCOUNT; i < KEY; i++)
    account = (account * 10 + account_digit (rib[i])) % 97;
  sum = 89 * pv_format_digits_mod (rib, 5, 97) + 15 * pv_format_digits_mod (rib + BRANCH, 5, 97) + 3 * account;
  return pv_format_digits_mod (rib + KEY, 2, 100) == 97 - sum % 97 ? PV_FORMAT_OK : PV_FORMAT_BAD_KEY;
}

PvFormatVerdict
pv_format_check_iban (GString *text, guint *ret_count)
{
  const char *iban = text->str;
  PvFormatVerdict verdict;

  /* Nothing can be counted before the country is known. */
  if (text->len < 2)
    return g_ascii_isalpha (iban[0]) ? PV_FORMAT_TOO_SHORT : PV_FORMAT_BAD_SHAPE;
  if (!g_ascii_isalpha (iban[0]) || !g_ascii_isalpha (iban[1]))
    return PV_FORMAT_BAD_SHAPE;
  verdict = check_length (text, ret_count);
  if (verdict != PV_FORMAT_OK)
    return verdict;
  if (!g_ascii_isdigit (iban[2]) || !g_ascii_isdigit (iban[3]))
    return PV_FORMAT_BAD_SHAPE;
  if (strspn (iban + 4, "0") == text->len - 4)
    return PV_FORMAT_BAD_SHAPE;
  if (mod_97 (text) != 1)
    return PV_FORMAT_BAD_KEY;
  if (g_str_has_prefix (iban, "FR") || g_str_has_prefix (iban, "MC"))
    return check_rib (iban + 4);
  return PV_FORMAT_OK;
}
