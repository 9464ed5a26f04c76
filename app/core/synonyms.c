/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/synonyms.h"

#include <stdarg.h>
#include <string.h>

#define MISSING_WORD "a word is missing beside a comma or “=”"

struct PvSynonyms {
  gatomicrefcount refs;
  GPtrArray *meanings;
  GString *text;
};

static void
meaning_free (gpointer pointer)
{
  PvMeaning *meaning = pointer;

  g_ptr_array_unref (meaning->terms);
  g_ptr_array_unref (meaning->said);
  g_free (meaning);
}

G_GNUC_PRINTF (3, 4)
static void
add_error (GPtrArray *errors, guint line, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list values;

  if (errors == NULL || errors->len >= PV_SYNONYMS_MAX_ERRORS)
    return;
  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_ptr_array_add (errors, g_strdup_printf ("line %u: %s", line, text));
}

/* Terms parted by commas. FALSE: @ret_error says why. */
static gboolean
read_side (const char *side, PvMeaning *meaning, gboolean is_said, const char **ret_error)
{
  g_auto (GStrv) terms = g_strsplit (side, ",", PV_SYNONYMS_MAX_TERMS + 2);

  if (terms[0] == NULL)
    *ret_error = MISSING_WORD;
  for (guint i = 0; terms[i] != NULL; i++) {
    PvWords *words = pv_words_fold (terms[i]);

    *ret_error = words->n == 0                                  ? MISSING_WORD
                 : words->n > PV_SYNONYMS_MAX_WORDS             ? "too many words in one term"
                 : meaning->terms->len >= PV_SYNONYMS_MAX_TERMS ? "too many terms in one line"
                                                                : NULL;
    if (*ret_error != NULL) {
      pv_words_free (words);
      return FALSE;
    }
    pv_words_drop_small (words);
    g_ptr_array_add (meaning->terms, words);
    if (is_said)
      g_ptr_array_add (meaning->said, words);
  }
  return terms[0] != NULL;
}

static void
read_line (PvSynonyms *self, const char *line, guint number, GPtrArray *errors)
{
  g_auto (GStrv) sides = g_strsplit (line, "=", 3);
  PvMeaning *meaning;
  const char *error = NULL;

  if (g_strv_length (sides) != 2) {
    add_error (errors, number, "expected WORD, WORD = WORD, WORD");
    return;
  }
  meaning = g_new0 (PvMeaning, 1);
  meaning->said = g_ptr_array_new ();
  meaning->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_words_free);
  if (read_side (sides[0], meaning, TRUE, &error) && read_side (sides[1], meaning, FALSE, &error)) {
    g_ptr_array_add (self->meanings, meaning);
    g_string_append_printf (self->text, "%s\n", line);
  } else {
    add_error (errors, number, "%s", error);
    meaning_free (meaning);
  }
}

static void
read_lines (PvSynonyms *self, const char *text, GPtrArray *errors)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    char *line = g_strstrip (lines[i]);

    if (line[0] == '\0' || line[0] == '#')
      continue;
    if (self->meanings->len >= PV_SYNONYMS_MAX_MEANINGS) {
      add_error (errors, i + 1, "more than %d meanings", PV_SYNONYMS_MAX_MEANINGS);
      return;
    }
    read_line (self, line, i + 1, errors);
  }
}

static guint
count_lines (const char *text, gsize length)
{
  guint n = 1;

  for (gsize i = 0; i < length; i++)
    n += text[i] == '\n' ? 1 : 0;
  return n;
}

PvSynonyms *
pv_synonyms_parse (const char *text, gsize length, GPtrArray *errors)
{
  PvSynonyms *self = g_new0 (PvSynonyms, 1);
  const char *end = text;

  g_atomic_ref_count_init (&self->refs);
  self->meanings = g_ptr_array_new_with_free_func (meaning_free);
  self->text = g_string_new (NULL);
  if (length > PV_SYNONYMS_MAX_BYTES) {
    add_error (errors, 1, "%" G_GSIZE_FORMAT " bytes, at most %d are read", length, PV_SYNONYMS_MAX_BYTES);
  } else if (!g_utf8_validate (text, (gssize) length, &end)) {
    add_error (errors, count_lines (text, (gsize) (end - text)), "not UTF-8");
  } else {
    g_autofree char *copy = g_strndup (text, length);

    read_lines (self, copy, errors);
  }
  return self;
}

PvSynonyms *
pv_synonyms_ref (PvSynonyms *synonyms)
{
  g_atomic_ref_count_inc (&synonyms->refs);
  return synonyms;
}

void
pv_synonyms_unref (PvSynonyms *synonyms)
{
  if (synonyms == NULL || !g_atomic_ref_count_dec (&synonyms->refs))
    return;
  g_ptr_array_unref (synonyms->meanings);
  g_string_free (synonyms->text, TRUE);
  g_free (synonyms);
}

const GPtrArray *
pv_synonyms_get_meanings (const PvSynonyms *synonyms)
{
  return synonyms->meanings;
}

const char *
pv_synonyms_get_text (const PvSynonyms *synonyms)
{
  return synonyms->text->str;
}
