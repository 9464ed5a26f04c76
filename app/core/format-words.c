/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a citizen reads and hears about a wrong answer: what is wrong, then how it is written or where to look. */

#include "core/format-internal.h"

#include <glib/gi18n-lib.h>

/* The second sentence: how the answer is written. */
static const char *
describe (PvFormat format)
{
  switch (format) {
  case PV_FORMAT_DIGITS:
    return _ ("Write digits only.");
  case PV_FORMAT_TIME:
    return _ ("Write the hour and the minutes, like 14:30.");
  case PV_FORMAT_URL:
    return _ ("A web address is written like www.example.fr.");
  case PV_FORMAT_EMAIL:
    return _ ("An e-mail address is written like name@example.fr, without accents.");
  case PV_FORMAT_PHONE:
    return _ ("Write the phone number with digits only, like 01 23 45 67 89.");
  case PV_FORMAT_PHONE_FR:
    return _ ("A French phone number has 10 digits and begins with 0.");
  case PV_FORMAT_MOBILE_FR:
    return _ ("A mobile number has 10 digits and begins with 06 or 07.");
  case PV_FORMAT_POSTCODE_FR:
    return _ ("A postcode has 5 digits.");
  case PV_FORMAT_INSEE_COMMUNE:
    return _ ("The code of a commune has 5 digits, like 35238 or 2A004.");
  case PV_FORMAT_NIR:
    return _ ("A social security number has 15 digits. The last 2 are the key.");
  case PV_FORMAT_SIREN:
    return _ ("A SIREN number has 9 digits.");
  case PV_FORMAT_SIRET:
    return _ ("A SIRET number has 14 digits.");
  case PV_FORMAT_RNA:
    return _ ("The number of an association is W and 9 digits.");
  case PV_FORMAT_ANTS_PREAPPLICATION:
    return _ ("The pre-application number has 10 letters and digits.");
  case PV_FORMAT_CAF:
    return _ ("The CAF number has 7 digits. Leave out the letter, if there is one.");
  case PV_FORMAT_TAX_NUMBER:
    return _ ("This tax number has 13 digits.");
  case PV_FORMAT_FEE_STAMP:
    return _ ("The number of a fee stamp has 16 digits.");
  case PV_FORMAT_PLATE:
    return _ ("A number plate is written like AB-123-CD, without I, O or U.");
  case PV_FORMAT_NRN_BE:
    return _ ("A Belgian national number has 11 digits.");
  case PV_FORMAT_IBAN:
    return _ ("A French IBAN begins with FR and has 27 letters and digits.");
  case PV_FORMAT_NAME:
    return _ ("A name has letters, spaces, apostrophes and hyphens.");
  case PV_FORMAT_FREE:
  case PV_N_FORMATS:
    break;
  }
  return _ ("Write your answer with the keyboard.");
}

/* The second sentence when a check key does not agree: where the right number stands. */
static const char *
tell_where (PvFormat format)
{
  if (format == PV_FORMAT_NIR)
    return _ ("Compare it with your health insurance card.");
  if (format == PV_FORMAT_IBAN)
    return _ ("Compare it with your bank details (RIB).");
  if (format == PV_FORMAT_NRN_BE)
    return _ ("Compare it with your identity card.");
  return _ ("Compare it with the paper that shows this number.");
}

static gboolean
is_counted_in_digits (PvFormat format)
{
  return pv_format_get_rule (format)->text_class == PV_TEXT_DIGITS || format == PV_FORMAT_NIR
         || format == PV_FORMAT_INSEE_COMMUNE || format == PV_FORMAT_RNA || format == PV_FORMAT_PHONE
         || format == PV_FORMAT_PHONE_FR || format == PV_FORMAT_MOBILE_FR;
}

static char *
describe_missing (PvFormat format, guint count)
{
  if (count == 0)
    return g_strdup (_ ("This is too short."));
  if (is_counted_in_digits (format))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "One digit is missing.", "%u digits are missing.", count),
                            count);
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "One letter or digit is missing.", "%u letters or digits are missing.", count),
    count);
}

static char *
describe_excess (PvFormat format, guint count)
{
  if (count == 0)
    return g_strdup (_ ("This is too long."));
  if (is_counted_in_digits (format))
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "There is one digit too many.", "There are %u digits too many.", count), count);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "There is one letter or digit too many.",
                                       "There are %u letters or digits too many.", count),
                          count);
}

char *
pv_format_error_sentence (PvFormat format, PvFormatVerdict verdict, guint count)
{
  g_autofree char *first = NULL;

  g_return_val_if_fail ((guint) format < PV_N_FORMATS, NULL);
  /* An impossible month in the right number of digits is a wrong digit for who reads it off the card. */
  if (format == PV_FORMAT_NIR && verdict == PV_FORMAT_BAD_SHAPE)
    verdict = PV_FORMAT_BAD_KEY;
  switch (verdict) {
  case PV_FORMAT_OK:
    return NULL;
  case PV_FORMAT_EMPTY:
    first = g_strdup (_ ("You have not written anything."));
    break;
  case PV_FORMAT_TOO_SHORT:
    first = describe_missing (format, count);
    break;
  case PV_FORMAT_TOO_LONG:
    first = describe_excess (format, count);
    if (format == PV_FORMAT_FREE || format == PV_FORMAT_NAME || format == PV_FORMAT_EMAIL || format == PV_FORMAT_URL)
      return g_strdup_printf ("%s %s", first, _ ("Please write less."));
    break;
  case PV_FORMAT_BAD_CHARACTER:
    if (pv_format_get_rule (format)->text_class == PV_TEXT_DIGITS)
      first = g_strdup (_ ("There is something other than digits."));
    else
      first = g_strdup (_ ("A letter or a sign does not fit here."));
    break;
  case PV_FORMAT_BAD_SHAPE:
    first = g_strdup (_ ("This does not look right."));
    break;
  case PV_FORMAT_BAD_KEY:
    if (format == PV_FORMAT_IBAN)
      first = g_strdup (_ ("A letter or a digit seems to be wrong."));
    else
      first = g_strdup (_ ("A digit seems to be wrong."));
    return g_strdup_printf ("%s %s", first, tell_where (format));
  }
  return g_strdup_printf ("%s %s", first, describe (format));
}
