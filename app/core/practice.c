/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/practice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/date.h"
#include "core/filing-private.h"
#include "core/wipe.h"

/* By format: SIREN, SIRET, IBAN, NIR and the Belgian number have keys that agree; ARCEP keeps 01 99 00 and 06 39 98 for
 * films; the department 99 has no commune. */
static const struct {
  PvFormat format;
  const char *text;
} by_format[] = {
  { PV_FORMAT_DIGITS, "12345" },
  { PV_FORMAT_TIME, "10:30" },
  { PV_FORMAT_URL, "https://exemple.example/" },
  { PV_FORMAT_EMAIL, "camille@exemple.example" },
  { PV_FORMAT_PHONE, "01 99 00 00 00" },
  { PV_FORMAT_PHONE_FR, "01 99 00 00 00" },
  { PV_FORMAT_MOBILE_FR, "06 39 98 00 00" },
  { PV_FORMAT_POSTCODE_FR, "99123" },
  { PV_FORMAT_INSEE_COMMUNE, "99123" },
  { PV_FORMAT_NIR, "290019999999982" },
  { PV_FORMAT_SIREN, "100000009" },
  { PV_FORMAT_SIRET, "10000000900009" },
  { PV_FORMAT_RNA, "W000000000" },
  { PV_FORMAT_ANTS_PREAPPLICATION, "EXEMPLE001" },
  { PV_FORMAT_CAF, "0000000" },
  { PV_FORMAT_TAX_NUMBER, "0000000000000" },
  { PV_FORMAT_FEE_STAMP, "0000000000000000" },
  { PV_FORMAT_PLATE, "AA-001-AA" },
  { PV_FORMAT_NRN_BE, "90010100123" },
  { PV_FORMAT_IBAN, "FR7600000000000000000000097" },
};

/* By a word of the field's name, or of its label, without accents. */
static const struct {
  const char *word, *text;
} by_word[] = {
  { "prenom", "Camille" },
  { "prenoms", "Camille" },
  { "nom", "Exemple" },
  { "rue", "1 rue de l’Exemple" },
  { "voie", "1 rue de l’Exemple" },
  { "adresse", "1 rue de l’Exemple" },
  { "complement", "Bâtiment A" },
  { "cp", "99123" },
  { "postal", "99123" },
  { "ville", "Exempleville" },
  { "commune", "Exempleville" },
  { "lieu", "Exempleville" },
  { "localite", "Exempleville" },
  { "pays", "France" },
  { "ecole", "École de l’Exemple" },
  { "courriel", "camille@exemple.example" },
  { "email", "camille@exemple.example" },
  { "telephone", "01 99 00 00 00" },
  { "tel", "01 99 00 00 00" },
  { "numero", "1" },
};

/* For whatever a pattern of the form may want. */
static const char *const texts[] = { "Exemple", "EXEMPLE", "EXEMPLE001", "1",     "12",    "123",
                                     "1234",    "12345",   "123456",     "00000", "AB123", "Ceci est un exemple." };
static const char *const numbers[] = { "1", "2", "3", "10", "16", "100", "1000", "0" };

/* Days from today: a day of the week that is open, of this month or the next; then the ages at which forms ask. */
static const int days[] = { 30, 31, 32, 33, 34, 45, 60, 1, 2, 3, 7, 0, -1, -30, -365, -4 * 365, -9 * 365, -17 * 365 };

typedef struct {
  const PvFiling *filing;
  PvPlace place;
  const GDate *today;
  PvVisibility *visibility;
} Search;

/* Takes @value. (transfer full) (nullable) */
static PvValue *
if_it_fits (const Search *search, PvValue *value)
{
  const PvQuestion *question = search->place.question;
  g_autoptr (PvValue) own = value;
  g_autoptr (PvValue) normalised = pv_filing_normalise (search->filing, &search->place, value, search->today, NULL);

  if (normalised == NULL
      || (question->check != NULL
          && !pv_visibility_evaluate (search->visibility, question->check, &search->place, normalised)))
    return NULL;
  return g_steal_pointer (&own);
}

static PvValue *
if_text_fits (const Search *search, const char *text)
{
  return text != NULL ? if_it_fits (search, pv_value_new_text (text)) : NULL;
}

static PvValue *
first_of (const Search *search, const char *const *candidates, gsize n_candidates)
{
  PvValue *found = NULL;

  for (gsize i = 0; i < n_candidates && found == NULL; i++)
    found = if_text_fits (search, candidates[i]);
  return found;
}

static PvValue *
find_by_word (const Search *search, const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text != NULL ? text : "", "C");
  g_autofree char *lower = g_ascii_strdown (ascii, -1);
  g_auto (GStrv) words = g_strsplit_set (lower, " _-'.,()?:", -1);
  PvValue *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (by_word) && found == NULL; i++)
    if (g_strv_contains ((const char *const *) words, by_word[i].word))
      found = if_text_fits (search, by_word[i].text);
  return found;
}

/* "En haut à droite, par exemple F26-004512." */
static PvValue *
find_own_example (const Search *search, const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text != NULL ? text : "", " \n,;:()", -1);
  PvValue *found = NULL;

  for (guint i = 0; words[i] != NULL && found == NULL; i++) {
    gsize length = strlen (words[i]);

    while (length > 0 && g_ascii_ispunct (words[i][length - 1]))
      words[i][--length] = '\0';
    if (length > 0)
      found = if_text_fits (search, words[i]);
  }
  return found;
}

/* One thing of a simple pattern: a character, a class, a digit. Returns: what comes after it; NULL: too much for us */
static const char *
read_atom (const char *pattern, char *ret_char)
{
  const char *end = pattern[0] == '[' && pattern[1] != '^' ? strchr (pattern, ']') : NULL;

  if (end != NULL) {
    *ret_char = pattern[1];
    return end + 1;
  }
  if (pattern[0] == '\\' && pattern[1] != '\0') {
    *ret_char = pattern[1] == 'd' ? '0' : pattern[1];
    return pattern + 2;
  }
  *ret_char = pattern[0];
  return strchr ("[](){}|.*+?^$\\", pattern[0]) == NULL ? pattern + 1 : NULL;
}

/* "F\\d{2}-\\d{6}": "F00-000000". (transfer full) (nullable) */
static char *
make_of_pattern (const char *pattern)
{
  enum { MAX_CHARS = 40 };
  g_autoptr (GString) text = g_string_new (NULL);

  while (*pattern != '\0') {
    guint64 times = 1;
    char *end;
    char c;

    pattern = read_atom (pattern, &c);
    if (pattern == NULL)
      return NULL;
    if (*pattern == '{') {
      times = g_ascii_strtoull (pattern + 1, &end, 10);
      end = strchr (end, '}');
      if (end == NULL)
        return NULL;
      pattern = end + 1;
    } else if (*pattern == '+' || *pattern == '*' || *pattern == '?') {
      times = *pattern++ == '+' ? 1 : 0;
    }
    if (times > MAX_CHARS || text->len + times > MAX_CHARS)
      return NULL;
    for (guint64 i = 0; i < times; i++)
      g_string_append_c (text, c);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static PvValue *
find_by_pattern (const Search *search)
{
  const PvQuestion *question = search->place.question;
  g_autofree char *made = question->pattern != NULL ? make_of_pattern (question->pattern) : NULL;
  PvValue *found = NULL;

  if (question->pattern == NULL)
    return NULL;
  found = find_own_example (search, question->help);
  if (found == NULL)
    found = find_own_example (search, question->error_text);
  return found != NULL ? found : if_text_fits (search, made);
}

static PvValue *
find_text (const Search *search)
{
  const PvQuestion *question = search->place.question;
  PvFormat format = question->format;
  PvValue *found = NULL;

  if (format == PV_FORMAT_FREE && question->kind == PV_QUESTION_EMAIL)
    format = PV_FORMAT_EMAIL;
  if (format == PV_FORMAT_FREE && question->kind == PV_QUESTION_PHONE)
    format = PV_FORMAT_PHONE;
  for (gsize i = 0; i < G_N_ELEMENTS (by_format) && found == NULL; i++)
    if (by_format[i].format == format)
      found = if_text_fits (search, by_format[i].text);
  if (found == NULL && question->kind == PV_QUESTION_LONG_TEXT)
    found = if_text_fits (search, _ ("This is an example."));
  if (found == NULL)
    found = find_by_word (search, question->name);
  if (found == NULL)
    found = find_by_word (search, question->label);
  if (found == NULL)
    found = first_of (search, texts, G_N_ELEMENTS (texts));
  return found != NULL ? found : find_by_pattern (search);
}

static PvValue *
if_day_fits (const Search *search, const GDate *date)
{
  g_autofree char *typed =
    g_strdup_printf ("%02u/%02u/%04u", g_date_get_day (date), (guint) g_date_get_month (date), g_date_get_year (date));

  return if_text_fits (search, typed);
}

static gboolean
is_birth (const PvQuestion *question)
{
  const char *texts_of[] = { question->name, question->label };

  for (gsize i = 0; i < G_N_ELEMENTS (texts_of); i++) {
    g_autofree char *ascii = g_str_to_ascii (texts_of[i] != NULL ? texts_of[i] : "", "C");
    g_autofree char *lower = g_ascii_strdown (ascii, -1);

    if (strstr (lower, "naissance") != NULL)
      return TRUE;
  }
  return FALSE;
}

static PvValue *
find_date (const Search *search)
{
  const PvQuestion *question = search->place.question;
  PvValue *found = is_birth (question) ? if_text_fits (search, "01/01/1990") : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (days) && found == NULL; i++) {
    gsize at = is_birth (question) ? G_N_ELEMENTS (days) - 1 - i : i;
    GDate date = *search->today;

    if (days[at] >= 0)
      g_date_add_days (&date, (guint) days[at]);
    else
      g_date_subtract_days (&date, (guint) -days[at]);
    found = if_day_fits (search, &date);
  }
  if (found == NULL)
    found = if_text_fits (search, "01/01/1990");
  if (found == NULL)
    found = if_text_fits (search, question->min);
  return found != NULL ? found : if_text_fits (search, question->max);
}

static PvValue *
find_number (const Search *search)
{
  const PvQuestion *question = search->place.question;
  PvValue *found = first_of (search, numbers, G_N_ELEMENTS (numbers));

  if (found == NULL)
    found = if_text_fits (search, question->min);
  return found != NULL ? found : if_text_fits (search, question->max);
}

static PvValue *
find_options (const Search *search)
{
  const PvQuestion *question = search->place.question;
  g_autofree char *path = pv_filing_path (question, search->place.block, search->place.row);
  const GPtrArray *options = pv_filing_get_options (search->filing, path);
  guint wanted = question->kind == PV_QUESTION_CHOICES ? MAX (question->min_choices, 1) : 1;
  g_autoptr (GPtrArray) ids = g_ptr_array_new (), labels = g_ptr_array_new ();

  for (guint i = 0; options != NULL && i < options->len && ids->len < wanted; i++) {
    const PvOption *option = options->pdata[i];

    if (option->disabled)
      continue;
    g_ptr_array_add (ids, option->id);
    g_ptr_array_add (labels, option->label);
  }
  g_ptr_array_add (ids, NULL);
  g_ptr_array_add (labels, NULL);
  return if_it_fits (search,
                     pv_value_new_options ((const char *const *) ids->pdata, (const char *const *) labels->pdata));
}

/* One blank page: what matters is that nothing of anybody is on it. */
static PvValue *
find_document (const Search *search)
{
  static const char pdf[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                            "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                            "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
                            "trailer<</Root 1 0 R>>\n%%EOF\n";
  g_autoptr (GBytes) content = g_bytes_new_static (pdf, sizeof pdf - 1);
  PvValue *files = pv_value_new_files ();

  pv_value_add_file (files, "exemple.pdf", "application/pdf", content);
  return if_it_fits (search, files);
}

static PvValue *
find_yes_or_no (const Search *search)
{
  PvValue *found = if_it_fits (search, pv_value_new_bool (FALSE));

  return found != NULL ? found : if_it_fits (search, pv_value_new_bool (TRUE));
}

static PvValue *
find_answer (const Search *search)
{
  switch (search->place.question->kind) {
  case PV_QUESTION_TEXT:
  case PV_QUESTION_LONG_TEXT:
  case PV_QUESTION_EMAIL:
  case PV_QUESTION_PHONE:
    return find_text (search);
  case PV_QUESTION_NUMBER:
  case PV_QUESTION_AMOUNT:
    return find_number (search);
  case PV_QUESTION_DATE:
    return find_date (search);
  case PV_QUESTION_YES_NO:
    return find_yes_or_no (search);
  case PV_QUESTION_CHOICE:
  case PV_QUESTION_CHOICES:
  case PV_QUESTION_PLACE:
    return find_options (search);
  case PV_QUESTION_FILE:
    return find_document (search);
  case PV_QUESTION_STATEMENT: /* ticked on the check */
  case PV_QUESTION_INFO:
  case PV_QUESTION_BLOCK:
  case PV_N_QUESTION_KINDS:
    return NULL;
  }
  return NULL;
}

PvValue *
pv_practice_new_answer (const PvFiling *filing, const char *path, const GDate *today)
{
  g_autoptr (PvVisibility) visibility = pv_visibility_new (filing, today);
  Search search = { .filing = filing, .today = today, .visibility = visibility };

  if (!pv_filing_find_place (filing, path, &search.place) || !pv_question_is_asked (search.place.question)
      || (search.place.question->flags & PV_QUESTION_LOCKED) != 0)
    return NULL;
  return find_answer (&search);
}

PvIdentity *
pv_practice_new_identity (void)
{
  static const struct {
    PvIdentityField field;
    const char *text;
  } card[] = {
    { PV_IDENTITY_SURNAME, "EXEMPLE" },
    { PV_IDENTITY_GIVEN_NAMES, "Camille" },
    { PV_IDENTITY_BIRTH_DATE, "1990-01-01" },
    { PV_IDENTITY_BIRTH_PLACE, "Exempleville" },
    { PV_IDENTITY_SEX, "F" },
    { PV_IDENTITY_NATIONALITY, "FRA" },
    { PV_IDENTITY_ADDRESS, "1 rue de l’Exemple\n99123 Exempleville" },
    { PV_IDENTITY_NUMBER, "EXEMPLE01" },
    { PV_IDENTITY_EXPIRY, "2099-12-31" },
    { PV_IDENTITY_ISSUER, "FRA" },
  };
  PvIdentity *identity = pv_identity_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (card); i++)
    pv_identity_set (identity, card[i].field, card[i].text);
  identity->verdict = PV_VERDICT_NOT_PROVEN;
  identity->reason = PV_REASON_TYPED;
  return identity;
}
