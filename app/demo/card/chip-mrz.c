/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-mrz.h"

#include <string.h>

#include "demo/card/chip-text.h"

enum { TD1_LINE = 30, TD2_LINE = 36, TD3_LINE = 44, NUMBER = 9, DATE = 6 };

/* Letters that are not one with a mark on it (Doc 9303-3, section 6 A). */
static const struct {
  gunichar letter;
  const char *written;
} letters[] = {
  { 0x00C6, "AE" }, { 0x0152, "OE" }, { 0x00D8, "OE" }, { 0x00DF, "SS" },
  { 0x00DE, "TH" }, { 0x00D0, "D" },  { 0x0141, "L" },
};

char *
pv_chip_mrz_date (const char *date)
{
  if (date == NULL || strlen (date) != 10 || date[4] != '-' || date[7] != '-')
    return NULL;
  for (gsize i = 0; i < 10; i++)
    if (i != 4 && i != 7 && !g_ascii_isdigit (date[i]))
      return NULL;
  return g_strdup_printf ("%.2s%.2s%.2s", date + 2, strncmp (date + 5, "00", 2) == 0 ? "<<" : date + 5,
                          strncmp (date + 8, "00", 2) == 0 ? "<<" : date + 8);
}

static void
add_letter (GString *name, gunichar letter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i].letter == letter) {
      g_string_append (name, letters[i].written);
      return;
    }
  if (letter < 0x80 && g_ascii_isalnum ((char) letter))
    g_string_append_c (name, (char) letter);
  else if ((letter == ' ' || letter == '-') && name->len > 0 && name->str[name->len - 1] != '<')
    g_string_append_c (name, '<');
}

char *
pv_chip_mrz_name (const char *name)
{
  g_autofree char *upper = g_utf8_strup (name, -1);
  g_autofree char *apart = g_utf8_normalize (upper, -1, G_NORMALIZE_NFD);
  GString *result = g_string_new (NULL);

  for (const char *p = apart; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    add_letter (result, g_utf8_get_char (p));
  return g_string_free (result, FALSE);
}

static void
fill (GString *zone, gsize width)
{
  while (zone->len < width)
    g_string_append_c (zone, '<');
}

static void
add_filled (GString *zone, const char *text, gsize width)
{
  gsize end = zone->len + width;

  g_string_append (zone, text != NULL ? text : "");
  fill (zone, end);
}

static guint
value_of (char character)
{
  if (g_ascii_isdigit (character))
    return (guint) g_ascii_digit_value (character);
  return character == '<' ? 0 : (guint) (character - 'A') + 10;
}

static char
check_digit (const char *text, gsize length)
{
  static const guint weights[] = { 7, 3, 1 };
  guint sum = 0;

  for (gsize i = 0; i < length; i++)
    sum += value_of (text[i]) * weights[i % 3];
  return (char) ('0' + sum % 10);
}

void
pv_chip_mrz_add_checked (GString *zone, const char *text, gsize width)
{
  gsize start = zone->len;

  add_filled (zone, text, width);
  g_string_append_c (zone, check_digit (zone->str + start, zone->len - start));
}

/* A number longer than nine characters goes on in the optional field, behind a '<' (Doc 9303-5, note j). */
static void
add_number (GString *zone, const PvChipText *text, const char *optional)
{
  g_autofree char *head = NULL;
  gsize end = zone->len + NUMBER + 1 + 15;

  if (strlen (text->number) <= NUMBER) {
    pv_chip_mrz_add_checked (zone, text->number, NUMBER);
    add_filled (zone, optional, 15);
    return;
  }
  head = g_strndup (text->number, NUMBER);
  g_string_append_printf (zone, "%s<%s%c", head, text->number + NUMBER,
                          check_digit (text->number, strlen (text->number)));
  g_string_append (zone, optional != NULL ? optional : "");
  fill (zone, end);
}

static void
add_names (GString *zone, const char *surname, const char *given, gsize width)
{
  g_autofree char *first = pv_chip_mrz_name (surname != NULL ? surname : "");
  g_autofree char *second = pv_chip_mrz_name (given != NULL ? given : "");
  gsize end = zone->len + width;

  g_string_append_printf (zone, "%s<<%s", first, second);
  if (zone->len > end)
    g_string_truncate (zone, end);
  fill (zone, end);
}

static void
add_composite (GString *zone, const gsize *spans)
{
  g_autoptr (GString) input = g_string_new (NULL);

  for (; spans[1] != 0; spans += 2)
    g_string_append_len (input, zone->str + spans[0], (gssize) spans[1]);
  g_string_append_c (zone, check_digit (input->str, input->len));
}

typedef struct Words {
  char *code, *issuer, *surname, *given, *sex, *nationality, *optional;
} Words;

static void
words_clear (Words *words)
{
  g_free (words->code);
  g_free (words->issuer);
  g_free (words->surname);
  g_free (words->given);
  g_free (words->sex);
  g_free (words->nationality);
  g_free (words->optional);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static void
add_holder (GString *zone, const PvChipText *text, const Words *words, gboolean is_td1)
{
  if (!is_td1)
    add_filled (zone, words->nationality, 3);
  pv_chip_mrz_add_checked (zone, text->birth, DATE);
  add_filled (zone, words->sex, 1);
  pv_chip_mrz_add_checked (zone, text->expiry, DATE);
  if (is_td1)
    add_filled (zone, words->nationality, 3);
}

static void
add_td1 (GString *zone, const PvChipText *text, const Words *words)
{
  /* of line 1: 6 to 30; of line 2: 1 to 7, 9 to 15, 19 to 29 */
  static const gsize composite[] = { 5, 25, 30, 7, 38, 7, 48, 11, 0, 0 };

  add_filled (zone, words->code, 2);
  add_filled (zone, words->issuer, 3);
  add_number (zone, text, words->optional);
  add_holder (zone, text, words, TRUE);
  fill (zone, 2 * TD1_LINE - 1);
  add_composite (zone, composite);
  add_names (zone, words->surname, words->given, TD1_LINE);
}

static void
add_book (GString *zone, const PvChipText *text, const Words *words)
{
  /* of line 2: 1 to 10, 14 to 20, 22 to 43 or 35 */
  static const gsize td2[] = { 36, 10, 49, 7, 57, 14, 0, 0 };
  static const gsize td3[] = { 44, 10, 57, 7, 65, 22, 0, 0 };
  gboolean is_td3 = text->kind == PV_CHIP_TD3;
  gsize line = is_td3 ? TD3_LINE : TD2_LINE;

  add_filled (zone, words->code, 2);
  add_filled (zone, words->issuer, 3);
  add_names (zone, words->surname, words->given, line - 5);
  pv_chip_mrz_add_checked (zone, text->number, NUMBER);
  add_holder (zone, text, words, FALSE);
  if (is_td3)
    pv_chip_mrz_add_checked (zone, words->optional, 14);
  else
    add_filled (zone, words->optional, 7);
  add_composite (zone, is_td3 ? td3 : td2);
}

char *
pv_chip_mrz_new (const PvChipText *text)
{
  static const gsize lengths[] = {
    [PV_CHIP_TD1] = 3 * TD1_LINE, [PV_CHIP_TD2] = 2 * TD2_LINE, [PV_CHIP_TD3] = 2 * TD3_LINE
  };
  g_auto (Words) words = {
    pv_chip_text_get (text, "card", "code"),     pv_chip_text_get (text, "card", "issuer"),
    pv_chip_text_get (text, "card", "surname"),  pv_chip_text_get (text, "card", "given"),
    pv_chip_text_get (text, "card", "sex"),      pv_chip_text_get (text, "card", "nationality"),
    pv_chip_text_get (text, "card", "optional"),
  };
  g_autoptr (GString) zone = g_string_new (NULL);

  if (text->kind == PV_CHIP_TD1)
    add_td1 (zone, text, &words);
  else
    add_book (zone, text, &words);
  if (zone->len != lengths[text->kind])
    return NULL;
  return g_string_free (g_steal_pointer (&zone), FALSE);
}
