/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/assist-class.h"

#include <string.h>

/* Folded as by fold_words(): lower case, no accents, one space between words. A final "s" is accepted. */

/* Hidden whatever the kind of question. */
static const char *const hidden_words[] = {
  /* identity numbers */
  "agdref",
  "allocataire",
  "carte vitale",
  "identifiant national",
  "ine",
  "matricule",
  "nir",
  "nosecu",
  "nss",
  "numsecu",
  "numero caf",
  "numero d allocataire",
  "numero d identification",
  "numero d identite",
  "numero de carte",
  "numero de document",
  "numero de la carte",
  "numero de la piece",
  "numero de passeport",
  "numero de piece",
  "numero de titre",
  "numero du document",
  "numero du passeport",
  "numero du titre",
  "numero etranger",
  "numero fiscal",
  "reference de l avis",
  "secu",
  "securite sociale",
  "card number",
  "document number",
  "id number",
  "identity number",
  "national insurance",
  "national number",
  "passport number",
  "permit number",
  "social insurance",
  "social security",
  "ssn",
  "tax number",
  "tax reference",
  /* bank */
  "bancaire",
  "banque",
  "bic",
  "carte bleue",
  "cryptogramme",
  "cvc",
  "cvv",
  "iban",
  "numero de compte",
  "rib",
  "account number",
  "bank",
  "credit card",
  "debit card",
  "sort code",
  "swift",
  /* codes */
  "confidentiel",
  "identifiant",
  "login",
  "mdp",
  "mot de passe",
  "otp",
  "passcode",
  "passphrase",
  "password",
  "pin",
  "secret",
  "code",
};

/* Hidden where the answer is typed: the question whether somebody has a passport is not its number. */
static const char *const hidden_typed_words[] = {
  "carte d identite",
  "carte nationale d identite",
  "cni",
  "passeport",
  "permis de conduire",
  "titre de sejour",
  "driving licence",
  "identity card",
  "residence permit",
  "passport",
};

/* Codes that everybody may know. */
static const char *const open_codes[] = {
  "code ape",    "code commune", "code de la route", "code insee", "code naf", "code officiel",
  "code postal", "postal code",  "postcode",         "post code",  "zip code",
};

static const char *const birth_words[] = {
  "anniversaire", "birth", "birthday", "birthdate", "born", "datenaissance",
  "ddn",          "dob",   "nait",     "naissance", "ne",   "nee",
};

static const PvFormat hidden_formats[] = {
  PV_FORMAT_NIR, PV_FORMAT_NRN_BE,     PV_FORMAT_IBAN,      PV_FORMAT_ANTS_PREAPPLICATION,
  PV_FORMAT_CAF, PV_FORMAT_TAX_NUMBER, PV_FORMAT_FEE_STAMP,
};

static gboolean
is_accent (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK
         || type == G_UNICODE_FORMAT;
}

/* " numero de securite sociale ": what is neither letter nor digit separates words, at both ends as well.
 * Compatibility forms (full-width letters, "№") fold too, or a form could hide a word from the list by accident. */
static char *
fold_words (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *plain = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  GString *words = g_string_new (" ");

  for (const char *at = plain; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_unichar_tolower (g_utf8_get_char (at));

    if (is_accent (c))
      continue;
    if (g_unichar_isalnum (c))
      g_string_append_unichar (words, c);
    else if (words->str[words->len - 1] != ' ')
      g_string_append_c (words, ' ');
  }
  if (words->str[words->len - 1] != ' ')
    g_string_append_c (words, ' ');
  /* "n° de passeport" and "no. de carte" say "numéro". */
  g_string_replace (words, " no de ", " numero de ", 0);
  g_string_replace (words, " n de ", " numero de ", 0);
  g_string_replace (words, " n d ", " numero d ", 0);
  g_string_replace (words, " no d ", " numero d ", 0);
  g_string_replace (words, " num ", " numero ", 0);
  g_string_replace (words, " numeros ", " numero ", 0);
  return g_string_free (words, FALSE);
}

/* Where @word stands in @words as whole words, or NULL. */
static const char *
find_word (const char *words, const char *word)
{
  gsize size = strlen (word);

  for (const char *at = strstr (words, word); at != NULL; at = strstr (at + 1, word)) {
    const char *end = at + size + (at[size] == 's' ? 1 : 0);

    if (at[-1] == ' ' && *end == ' ')
      return at;
  }
  return NULL;
}

static gboolean
has_word (const char *words, const char *const *list, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (find_word (words, list[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* The open codes, blotted out: "code" that remains is of another sort. */
static void
blot_open_codes (char *words)
{
  for (gsize i = 0; i < G_N_ELEMENTS (open_codes); i++)
    for (const char *at = find_word (words, open_codes[i]); at != NULL; at = find_word (words, open_codes[i]))
      memset (words + (at - words), '-', strlen (open_codes[i]));
}

static gboolean
is_typed (PvQuestionKind kind)
{
  return kind == PV_QUESTION_TEXT || kind == PV_QUESTION_LONG_TEXT || kind == PV_QUESTION_NUMBER
         || kind == PV_QUESTION_AMOUNT || kind == PV_QUESTION_EMAIL || kind == PV_QUESTION_PHONE;
}

static gboolean
says_hidden (const PvQuestion *question, const char *text)
{
  g_autofree char *words = fold_words (text);

  blot_open_codes (words);
  return has_word (words, hidden_words, G_N_ELEMENTS (hidden_words))
         || (is_typed (question->kind) && has_word (words, hidden_typed_words, G_N_ELEMENTS (hidden_typed_words)));
}

static gboolean
says_birth (const PvQuestion *question)
{
  g_autofree char *label = fold_words (question->label);
  g_autofree char *name = fold_words (question->name);

  /* A day that may be unknown is only asked of births. */
  return (question->flags & PV_QUESTION_UNKNOWN_DAY) != 0 || has_word (label, birth_words, G_N_ELEMENTS (birth_words))
         || has_word (name, birth_words, G_N_ELEMENTS (birth_words));
}

static gboolean
is_hidden (const PvQuestion *question)
{
  if (question->kind == PV_QUESTION_FILE || (question->flags & PV_QUESTION_HIDDEN) != 0)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (hidden_formats); i++)
    if (question->format == hidden_formats[i])
      return TRUE;
  /* A text to read and a statement ask for nothing. */
  if (question->kind == PV_QUESTION_INFO || question->kind == PV_QUESTION_STATEMENT)
    return FALSE;
  return says_hidden (question, question->label) || says_hidden (question, question->name);
}

PvAssistClass
pv_assist_class_of (const PvQuestion *question, const char *const *clear_names)
{
  if (is_hidden (question))
    return PV_ASSIST_HIDDEN;
  /* Of a block, each of its questions must be named: the block may hold what is hidden. */
  if (question->kind != PV_QUESTION_BLOCK && clear_names != NULL && question->name != NULL
      && g_strv_contains (clear_names, question->name))
    return PV_ASSIST_CLEAR;
  switch (question->kind) {
  case PV_QUESTION_YES_NO:
  case PV_QUESTION_CHOICE:
  case PV_QUESTION_CHOICES:
  case PV_QUESTION_INFO:
  case PV_QUESTION_STATEMENT:
    return PV_ASSIST_CLEAR;
  case PV_QUESTION_DATE:
    return says_birth (question) ? PV_ASSIST_TYPING : PV_ASSIST_CLEAR;
  case PV_QUESTION_TEXT:
  case PV_QUESTION_LONG_TEXT:
  case PV_QUESTION_EMAIL:
  case PV_QUESTION_PHONE:
  case PV_QUESTION_NUMBER:
  case PV_QUESTION_AMOUNT:
  case PV_QUESTION_FILE:
  case PV_QUESTION_BLOCK:
  case PV_QUESTION_PLACE: /* perhaps where somebody lives */
  case PV_N_QUESTION_KINDS:
    return PV_ASSIST_TYPING;
  }
  return PV_ASSIST_HIDDEN;
}

PvAssistClass
pv_assist_class_of_all (const GPtrArray *questions)
{
  PvAssistClass strictest = PV_ASSIST_CLEAR;

  for (guint i = 0; i < questions->len; i++) {
    const PvQuestion *question = questions->pdata[i];

    strictest = MAX (strictest, question->assist);
  }
  return strictest;
}
