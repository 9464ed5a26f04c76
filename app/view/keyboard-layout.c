/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/keyboard-layout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One row as words: each word is a key's text, or a kind in capitals; "*6" after it is its width in quarters. */
typedef const char *const RowTexts[PV_KEYS_MAX_ROWS];

static RowTexts azerty = {
  "a z e r t y u i o p",
  "q s d f g h j k l m",
  "SHIFT*6 w x c v b n é ' - BACK*6",
  "DIGITS*7 ACCENTS*7 SPACE*19 ORDER*7",
};
static RowTexts alphabet = {
  "a b c d e f g h i j",
  "k l m n o p q r s t",
  "SHIFT*6 u v w x y z é ' - BACK*6",
  "DIGITS*7 ACCENTS*7 SPACE*19 ORDER*7",
};
static RowTexts accents = {
  "é è ê ë à â ä ç î ï",
  "ô ö ù û ü ÿ œ æ ñ á",
  "SHIFT*6 ã å í ó õ ø ú ý ß BACK*6",
  "LETTERS*10 SPACE*23 ' -",
};
static RowTexts digits = {
  "1 2 3 4 5 6 7 8 9 0",
  ". , ; : ! ? ' - ( )",
  "/ @ & + * = % € \" BACK*4",
  "LETTERS*10 SPACE*30",
};
static RowTexts email_azerty = {
  "1 2 3 4 5 6 7 8 9 0",
  "a z e r t y u i o p",
  "q s d f g h j k l m",
  "@*6 w x c v b n - _ BACK*6",
  ".*6 .fr*8 .com*8 orange.fr*11 ORDER*7",
};
static RowTexts email_alphabet = {
  "1 2 3 4 5 6 7 8 9 0",
  "a b c d e f g h i j",
  "k l m n o p q r s t",
  "@*6 u v w x y z - _ BACK*6",
  ".*6 .fr*8 .com*8 orange.fr*11 ORDER*7",
};
static RowTexts mixed_azerty = {
  "1 2 3 4 5 6 7 8 9 0", "a z e r t y u i o p", "q s d f g h j k l m", "ORDER*6 w x c v b n - BACK*6", "SPACE*40",
};
static RowTexts mixed_alphabet = {
  "1 2 3 4 5 6 7 8 9 0", "a b c d e f g h i j", "k l m n o p q r s t", "ORDER*6 u v w x y z - BACK*6", "SPACE*40",
};
static RowTexts web_azerty = {
  "1 2 3 4 5 6 7 8 9 0",        "a z e r t y u i o p",          "q s d f g h j k l m",
  "/*6 w x c v b n - _ BACK*6", ".*7 :*7 .fr*8 ://*8 ORDER*10",
};
static RowTexts web_alphabet = {
  "1 2 3 4 5 6 7 8 9 0",        "a b c d e f g h i j",          "k l m n o p q r s t",
  "/*6 u v w x y z - _ BACK*6", ".*7 :*7 .fr*8 ://*8 ORDER*10",
};
static RowTexts zone_azerty = {
  "1 2 3 4 5 6 7 8 9 0",
  "a z e r t y u i o p",
  "q s d f g h j k l m",
  "ORDER*6 w x c v b n <*8 BACK*6",
};
static RowTexts zone_alphabet = {
  "1 2 3 4 5 6 7 8 9 0",
  "a b c d e f g h i j",
  "k l m n o p q r s t",
  "ORDER*6 u v w x y z <*8 BACK*6",
};
static RowTexts code_azerty = {
  "z r t p q s d",
  "f g h j k l m",
  "w x c v b n BACK",
  "ORDER*14 DONE*14",
};
static RowTexts code_alphabet = {
  "b c d f g h j",
  "k l m n p q r",
  "s t v w x z BACK",
  "ORDER*14 DONE*14",
};
static RowTexts pad = { "1 2 3", "4 5 6", "7 8 9", "BACK 0 DONE" };
static RowTexts pad_decimal = { "1 2 3", "4 5 6", "7 8 9", "BACK 0 ," };
static RowTexts pad_phone = { "1 2 3", "4 5 6", "7 8 9", "BACK 0 +" };

static const RowTexts *const pages[PV_N_KEYS][2] = {
  [PV_KEYS_LETTERS] = { &azerty, &alphabet },
  [PV_KEYS_ACCENTS] = { &accents, &accents },
  [PV_KEYS_DIGITS] = { &digits, &digits },
  [PV_KEYS_EMAIL] = { &email_azerty, &email_alphabet },
  [PV_KEYS_WEB] = { &web_azerty, &web_alphabet },
  [PV_KEYS_MIXED] = { &mixed_azerty, &mixed_alphabet },
  [PV_KEYS_ZONE] = { &zone_azerty, &zone_alphabet },
  [PV_KEYS_CODE] = { &code_azerty, &code_alphabet },
  [PV_KEYS_PAD] = { &pad, &pad },
  [PV_KEYS_PAD_DECIMAL] = { &pad_decimal, &pad_decimal },
  [PV_KEYS_PAD_PHONE] = { &pad_phone, &pad_phone },
};

static const struct {
  const char *word;
  PvKeyKind kind;
} kinds[] = {
  { "BACK", PV_KEY_BACKSPACE },     { "SHIFT", PV_KEY_SHIFT },        { "SPACE", PV_KEY_SPACE },
  { "LETTERS", PV_KEY_GO_LETTERS }, { "ACCENTS", PV_KEY_GO_ACCENTS }, { "DIGITS", PV_KEY_GO_DIGITS },
  { "ORDER", PV_KEY_SWITCH_ORDER }, { "DONE", PV_KEY_DONE },
};

PvKeysPage
pv_keys_first_page (PvInput input)
{
  switch (input) {
  case PV_INPUT_DIGITS:
  case PV_INPUT_DATE:
    return PV_KEYS_PAD;
  case PV_INPUT_DECIMAL:
    return PV_KEYS_PAD_DECIMAL;
  case PV_INPUT_PHONE:
    return PV_KEYS_PAD_PHONE;
  case PV_INPUT_EMAIL:
    return PV_KEYS_EMAIL;
  case PV_INPUT_WEB:
    return PV_KEYS_WEB;
  case PV_INPUT_MIXED:
    return PV_KEYS_MIXED;
  case PV_INPUT_ZONE:
    return PV_KEYS_ZONE;
  case PV_INPUT_CODE:
    return PV_KEYS_CODE;
  case PV_INPUT_LETTERS:
  case PV_INPUT_EXACT:
  case PV_INPUT_SCANNED:
  default:
    return PV_KEYS_LETTERS;
  }
}

gboolean
pv_keys_is_pad (PvKeysPage page)
{
  return page == PV_KEYS_PAD || page == PV_KEYS_PAD_DECIMAL || page == PV_KEYS_PAD_PHONE;
}

static PvKey
key_from_word (const char *word)
{
  PvKey key = { PV_KEY_TEXT, NULL, 4 };
  /* A width is two characters or more after the text: the key "*" itself is not mistaken for one. */
  const char *star = strlen (word) > 2 ? strchr (word + 1, '*') : NULL;
  gsize length = star != NULL ? (gsize) (star - word) : strlen (word);

  if (star != NULL)
    key.width = (guint) g_ascii_strtoull (star + 1, NULL, 10);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strlen (kinds[i].word) == length && strncmp (kinds[i].word, word, length) == 0) {
      key.kind = kinds[i].kind;
      return key;
    }
  if (star != NULL) {
    g_autofree char *text = g_strndup (word, length);
    key.text = g_intern_string (text);
  } else {
    key.text = g_intern_string (word);
  }
  return key;
}

/* Takes the row of digits away, and gives the key that changes the order to them. */
static void
shorten (PvKeys *keys)
{
  keys->n_rows--;
  for (guint row = 0; row < keys->n_rows; row++) {
    keys->n_keys[row] = keys->n_keys[row + 1];
    memcpy (keys->rows[row], keys->rows[row + 1], sizeof keys->rows[row]);
    for (guint column = 0; column < keys->n_keys[row]; column++)
      if (keys->rows[row][column].kind == PV_KEY_SWITCH_ORDER)
        keys->rows[row][column].kind = PV_KEY_GO_DIGITS;
  }
}

void
pv_keys_fill (PvKeysPage page, PvKeysOrder order, gboolean is_short, PvKeys *ret_keys)
{
  const RowTexts *rows = pages[page][order == PV_KEYS_ABC];

  memset (ret_keys, 0, sizeof *ret_keys);
  for (guint row = 0; row < PV_KEYS_MAX_ROWS && (*rows)[row] != NULL; row++) {
    g_auto (GStrv) words = g_strsplit ((*rows)[row], " ", PV_KEYS_MAX_COLUMNS);
    ret_keys->n_rows = row + 1;
    for (guint column = 0; words[column] != NULL; column++) {
      ret_keys->rows[row][column] = key_from_word (words[column]);
      ret_keys->n_keys[row] = column + 1;
    }
  }
  if (is_short && ret_keys->n_rows == PV_KEYS_MAX_ROWS)
    shorten (ret_keys);
}

static const struct {
  const char *text, *name;
} spoken[] = {
  { "à", NC_ ("key", "a grave") },
  { "á", NC_ ("key", "a acute") },
  { "â", NC_ ("key", "a circumflex") },
  { "ã", NC_ ("key", "a tilde") },
  { "ä", NC_ ("key", "a with two dots") },
  { "å", NC_ ("key", "a with ring") },
  { "æ", NC_ ("key", "a and e joined") },
  { "ç", NC_ ("key", "c cedilla") },
  { "è", NC_ ("key", "e grave") },
  { "é", NC_ ("key", "e acute") },
  { "ê", NC_ ("key", "e circumflex") },
  { "ë", NC_ ("key", "e with two dots") },
  { "í", NC_ ("key", "i acute") },
  { "î", NC_ ("key", "i circumflex") },
  { "ï", NC_ ("key", "i with two dots") },
  { "ñ", NC_ ("key", "n tilde") },
  { "ó", NC_ ("key", "o acute") },
  { "ô", NC_ ("key", "o circumflex") },
  { "õ", NC_ ("key", "o tilde") },
  { "ö", NC_ ("key", "o with two dots") },
  { "ø", NC_ ("key", "o with stroke") },
  { "œ", NC_ ("key", "o and e joined") },
  { "ß", NC_ ("key", "sharp s") },
  { "ù", NC_ ("key", "u grave") },
  { "ú", NC_ ("key", "u acute") },
  { "û", NC_ ("key", "u circumflex") },
  { "ü", NC_ ("key", "u with two dots") },
  { "ý", NC_ ("key", "y acute") },
  { "ÿ", NC_ ("key", "y with two dots") },
  { "'", NC_ ("key", "apostrophe") },
  { "-", NC_ ("key", "hyphen") },
  { "_", NC_ ("key", "underscore") },
  { ".", NC_ ("key", "dot") },
  { ",", NC_ ("key", "comma") },
  { ";", NC_ ("key", "semicolon") },
  { ":", NC_ ("key", "colon") },
  { "!", NC_ ("key", "exclamation mark") },
  { "?", NC_ ("key", "question mark") },
  { "(", NC_ ("key", "opening bracket") },
  { ")", NC_ ("key", "closing bracket") },
  { "/", NC_ ("key", "slash") },
  { "@", NC_ ("key", "at sign") },
  { "&", NC_ ("key", "and sign") },
  { "+", NC_ ("key", "plus") },
  { "*", NC_ ("key", "star") },
  { "=", NC_ ("key", "equals") },
  { "%", NC_ ("key", "percent") },
  { "€", NC_ ("key", "euro") },
  { "\"", NC_ ("key", "quotation mark") },
  { "<", NC_ ("key", "sign that points to the left") },
};

const char *
pv_keys_spoken (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (spoken); i++)
    if (g_str_equal (spoken[i].text, text))
      return g_dpgettext2 (GETTEXT_PACKAGE, "key", spoken[i].name);
  return NULL;
}
