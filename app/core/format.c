/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/format-internal.h"

#include <string.h>

#include "core/date.h"
#include "core/wipe.h"

/* max_chars is the length as people write it, separators included: a digit too many must be seen and told, not
 * swallowed by the keyboard. Rules: w.c.s. of September 2025, qommon/misc.py and qommon/form.py, unless a check says
 * otherwise. */
static const PvFormatRule rules[PV_N_FORMATS] = {
  [PV_FORMAT_FREE] = { .check = pv_format_check_free, .input = PV_INPUT_LETTERS },
  [PV_FORMAT_DIGITS] = { .text_class = PV_TEXT_DIGITS, .input = PV_INPUT_DIGITS },
  [PV_FORMAT_TIME] = { .check = pv_format_check_time, .input = PV_INPUT_DIGITS, .max_chars = 7 },
  [PV_FORMAT_URL] = { .check = pv_format_check_url, .input = PV_INPUT_EMAIL },
  [PV_FORMAT_EMAIL] = { .check = pv_format_check_email, .input = PV_INPUT_EMAIL, .max_chars = 254 },
  [PV_FORMAT_PHONE] = { .check = pv_format_check_phone, .input = PV_INPUT_PHONE, .max_chars = 30 },
  [PV_FORMAT_PHONE_FR] = { .check = pv_format_check_phone_fr, .input = PV_INPUT_PHONE, .max_chars = 20 },
  [PV_FORMAT_MOBILE_FR] = { .check = pv_format_check_mobile_fr, .input = PV_INPUT_PHONE, .max_chars = 20 },
  [PV_FORMAT_POSTCODE_FR] = { .text_class = PV_TEXT_DIGITS, .length = 5, .input = PV_INPUT_DIGITS, .max_chars = 6 },
  [PV_FORMAT_INSEE_COMMUNE] = { .text_class = PV_TEXT_MIXED,
                                .length = 5,
                                .check = pv_format_check_insee,
                                .input = PV_INPUT_MIXED,
                                .max_chars = 6 },
  [PV_FORMAT_NIR] = { .text_class = PV_TEXT_MIXED,
                      .separators = ".-",
                      .length = 15,
                      .check = pv_format_check_nir,
                      .groups = "1222332",
                      .is_masked = TRUE,
                      .input = PV_INPUT_MIXED,
                      .max_chars = 21 },
  [PV_FORMAT_SIREN] = { .text_class = PV_TEXT_DIGITS,
                        .separators = ".-",
                        .length = 9,
                        .check = pv_format_check_siren,
                        .groups = "333",
                        .input = PV_INPUT_DIGITS,
                        .max_chars = 11 },
  [PV_FORMAT_SIRET] = { .text_class = PV_TEXT_DIGITS,
                        .separators = ".-",
                        .length = 14,
                        .check = pv_format_check_siret,
                        .groups = "3335",
                        .input = PV_INPUT_DIGITS,
                        .max_chars = 17 },
  [PV_FORMAT_RNA] = { .text_class = PV_TEXT_MIXED,
                      .length = 10,
                      .check = pv_format_check_rna,
                      .input = PV_INPUT_MIXED,
                      .max_chars = 13 },
  [PV_FORMAT_ANTS_PREAPPLICATION] = { .text_class = PV_TEXT_MIXED,
                                      .length = 10,
                                      .groups = "55",
                                      .input = PV_INPUT_MIXED,
                                      .max_chars = 12 },
  [PV_FORMAT_CAF] = { .text_class = PV_TEXT_DIGITS, .length = 7, .input = PV_INPUT_DIGITS, .max_chars = 9 },
  [PV_FORMAT_TAX_NUMBER] = { .text_class = PV_TEXT_DIGITS,
                             .length = 13,
                             .groups = "22333",
                             .input = PV_INPUT_DIGITS,
                             .max_chars = 17 },
  [PV_FORMAT_FEE_STAMP] = { .text_class = PV_TEXT_DIGITS,
                            .separators = "-",
                            .length = 16,
                            .groups = "4",
                            .input = PV_INPUT_DIGITS,
                            .max_chars = 19 },
  [PV_FORMAT_PLATE] = { .text_class = PV_TEXT_MIXED,
                        .separators = ".-",
                        .length = 7,
                        .check = pv_format_check_plate,
                        .input = PV_INPUT_MIXED,
                        .max_chars = 9 },
  [PV_FORMAT_NRN_BE] = { .text_class = PV_TEXT_DIGITS,
                         .separators = ".-",
                         .length = 11,
                         .check = pv_format_check_nrn,
                         .input = PV_INPUT_DIGITS,
                         .max_chars = 15 },
  [PV_FORMAT_IBAN] = { .text_class = PV_TEXT_MIXED,
                       .separators = ".-",
                       .check = pv_format_check_iban,
                       .groups = "4",
                       .is_masked = TRUE,
                       .input = PV_INPUT_MIXED,
                       .max_chars = 42 },
  [PV_FORMAT_NAME] = { .check = pv_format_check_name, .input = PV_INPUT_LETTERS, .max_chars = 100 },
};

const PvFormatRule *
pv_format_get_rule (PvFormat format)
{
  g_return_val_if_fail ((guint) format < PV_N_FORMATS, &rules[PV_FORMAT_FREE]);
  return &rules[format];
}

PvFormatVerdict
pv_format_check_length (gsize length, gsize expected, guint *ret_count)
{
  if (length < expected) {
    *ret_count = (guint) (expected - length);
    return PV_FORMAT_TOO_SHORT;
  }
  if (length > expected) {
    *ret_count = (guint) (length - expected);
    return PV_FORMAT_TOO_LONG;
  }
  return PV_FORMAT_OK;
}

guint
pv_format_digits_mod (const char *digits, gsize length, guint modulus)
{
  guint rest = 0;

  for (gsize i = 0; i < length; i++)
    rest = (rest * 10 + (guint) g_ascii_digit_value (digits[i])) % modulus;
  return rest;
}

/* Without spaces and @separators, ASCII letters in upper case, digits of any script as 0 to 9. Allocated once at its
 * largest, so that no half-grown copy stays behind. */
static GString *
compact (const char *text, const char *separators)
{
  GString *result = g_string_sized_new (strlen (text) + 1);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isspace (c) || (separators != NULL && c < 0x80 && strchr (separators, (int) c) != NULL))
      continue;
    if (g_unichar_isdigit (c))
      g_string_append_c (result, (char) ('0' + g_unichar_digit_value (c)));
    else if (c < 0x80)
      g_string_append_c (result, g_ascii_toupper ((char) c));
    else
      g_string_append_unichar (result, c);
  }
  return result;
}

static GString *
trim (const char *text)
{
  const char *end = text + strlen (text);
  GString *result;

  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text) {
    const char *last = g_utf8_prev_char (end);

    if (!g_unichar_isspace (g_utf8_get_char (last)))
      break;
    end = last;
  }
  result = g_string_sized_new ((gsize) (end - text) + 16);
  return g_string_append_len (result, text, end - text);
}

static gboolean
is_of_class (const GString *text, PvTextClass text_class)
{
  for (gsize i = 0; i < text->len; i++) {
    if (text_class == PV_TEXT_DIGITS && !g_ascii_isdigit (text->str[i]))
      return FALSE;
    if (text_class == PV_TEXT_MIXED && !g_ascii_isdigit (text->str[i]) && !g_ascii_isupper (text->str[i]))
      return FALSE;
  }
  return TRUE;
}

static PvFormatVerdict
check_text (const PvFormatRule *rule, GString *text, guint *ret_count)
{
  PvFormatVerdict verdict = PV_FORMAT_OK;

  if (text->len == 0)
    return PV_FORMAT_EMPTY;
  if (!is_of_class (text, rule->text_class))
    return PV_FORMAT_BAD_CHARACTER;
  if (rule->length > 0)
    verdict = pv_format_check_length (text->len, rule->length, ret_count);
  if (verdict == PV_FORMAT_OK && rule->check != NULL)
    verdict = rule->check (text, ret_count);
  return verdict;
}

PvFormatVerdict
pv_format_check (PvFormat format, const char *text, char **ret_normalised, guint *ret_count)
{
  const PvFormatRule *rule = pv_format_get_rule (format);
  PvFormatVerdict verdict;
  GString *copy;
  guint count = 0;

  if (ret_count != NULL)
    *ret_count = 0;
  if (text == NULL)
    return PV_FORMAT_EMPTY;
  if (strlen (text) > PV_FORMAT_MAX_BYTES)
    return PV_FORMAT_TOO_LONG;
  if (!g_utf8_validate (text, -1, NULL))
    return PV_FORMAT_BAD_CHARACTER;

  copy = rule->text_class == PV_TEXT_AS_TYPED ? trim (text) : compact (text, rule->separators);
  verdict = check_text (rule, copy, &count);
  if (ret_count != NULL)
    *ret_count = count;
  if (verdict == PV_FORMAT_OK && ret_normalised != NULL)
    *ret_normalised = g_strdup (copy->str);
  pv_wipe_gstring (copy);
  return verdict;
}

/* @sizes: "3335"; the last size is repeated. Only for ASCII. */
static char *
group (const char *text, const char *sizes)
{
  GString *result = g_string_sized_new (2 * strlen (text) + 1);
  guint in_group = 0;

  for (const char *p = text; *p != '\0'; p++) {
    if (in_group == (guint) (*sizes - '0')) {
      g_string_append_c (result, ' ');
      in_group = 0;
      if (sizes[1] != '\0')
        sizes++;
    }
    g_string_append_c (result, *p);
    in_group++;
  }
  return g_string_free (result, FALSE);
}

static char *
display_nrn (const char *text)
{
  if (strlen (text) != 11)
    return g_strdup (text);
  return g_strdup_printf ("%.2s.%.2s.%.2s-%.3s.%.2s", text, text + 2, text + 4, text + 6, text + 9);
}

char *
pv_format_display (PvFormat format, const char *normalised)
{
  const PvFormatRule *rule = pv_format_get_rule (format);
  guint hour, minute;

  g_return_val_if_fail (normalised != NULL, NULL);
  if (rule->groups != NULL)
    return group (normalised, rule->groups);
  if (format == PV_FORMAT_PHONE || format == PV_FORMAT_PHONE_FR || format == PV_FORMAT_MOBILE_FR)
    return pv_format_display_phone (normalised);
  if (format == PV_FORMAT_NRN_BE)
    return display_nrn (normalised);
  if (format == PV_FORMAT_TIME && pv_time_parse (normalised, &hour, &minute))
    return pv_time_display (hour, minute);
  return g_strdup (normalised);
}

char *
pv_format_display_masked (PvFormat format, const char *normalised)
{
  enum { SHOWN_CHARS = 4 };
  char *clear = pv_format_display (format, normalised);
  GString *masked;
  gsize hidden;

  if (clear == NULL || !pv_format_get_rule (format)->is_masked)
    return clear;
  hidden = strlen (normalised) > SHOWN_CHARS ? strlen (normalised) - SHOWN_CHARS : 0;
  masked = g_string_sized_new (3 * strlen (clear) + 1);
  for (const char *p = clear; *p != '\0'; p++) {
    if (hidden == 0 || *p == ' ') {
      g_string_append_c (masked, *p);
      continue;
    }
    g_string_append (masked, "•");
    hidden--;
  }
  pv_wipe_str (clear);
  return g_string_free (masked, FALSE);
}

gboolean
pv_format_from_publik (const char *name, PvFormat *ret_format)
{
  static const struct {
    const char *name;
    PvFormat format;
  } names[] = {
    { "ants-predemand-fr", PV_FORMAT_ANTS_PREAPPLICATION },
    { "caf-beneficiary-number-fr", PV_FORMAT_CAF },
    { "digits", PV_FORMAT_DIGITS },
    { "iban", PV_FORMAT_IBAN },
    { "mobile-local", PV_FORMAT_MOBILE_FR },
    { "nir-fr", PV_FORMAT_NIR },
    { "nrn-be", PV_FORMAT_NRN_BE },
    { "phone", PV_FORMAT_PHONE },
    { "phone-fr", PV_FORMAT_PHONE_FR },
    { "rna-number-fr", PV_FORMAT_RNA },
    { "siren-fr", PV_FORMAT_SIREN },
    { "siret-fr", PV_FORMAT_SIRET },
    { "tax-assessment-fiscal-number-fr", PV_FORMAT_TAX_NUMBER },
    { "tax-assessment-reference-fr", PV_FORMAT_TAX_NUMBER },
    { "time", PV_FORMAT_TIME },
    { "url", PV_FORMAT_URL },
    { "zipcode-fr", PV_FORMAT_POSTCODE_FR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (name, names[i].name) == 0) {
      *ret_format = names[i].format;
      return TRUE;
    }
  return FALSE;
}

PvInput
pv_format_input (PvFormat format)
{
  return pv_format_get_rule (format)->input;
}

guint
pv_format_max_chars (PvFormat format)
{
  return pv_format_get_rule (format)->max_chars;
}
