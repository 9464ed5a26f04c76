/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people type to find something: up to the first zero the words, behind it a file of everyday words. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/catalogue.h"
#include "core/street-words.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean holds)
{
  if (!holds)
    abort ();
}

/* Folding is done once: what was folded stays. */
static void
check_folding (const char *text)
{
  g_autoptr (PvWords) words = pv_words_fold (text);

  check (words->n <= PV_WORDS_MAX && words->items[words->n] == NULL);
  for (guint i = 0; i < words->n && i < 8; i++) {
    g_autoptr (PvWords) again = pv_words_fold (words->items[i]);
    const char *word = words->items[i];

    check (strlen (word) <= PV_WORDS_MAX_BYTES && g_utf8_validate (word, -1, NULL));
    check (again->n == 1 && strcmp (again->items[0], word) == 0);
    check (pv_word_is_same (word, word));
    check (pv_word_distance (word, word, 2) == 0 && pv_word_prefix_distance (word, word, 2) == 0);
    for (guint k = 0; k < i; k++) {
      guint there = pv_word_distance (word, words->items[k], 2);

      check (there == pv_word_distance (words->items[k], word, 2));
      check (pv_word_prefix_distance (word, words->items[k], 2) <= there);
    }
  }
}

static void
check_street (const char *text)
{
  g_autoptr (PvStreetQuery) query = pv_street_query_parse (text);
  g_autofree char *number = pv_street_format_number (query->number, query->repetition);
  g_autofree char *label = pv_street_label (number, text);

  check (strlen (label) >= strlen (number));
  check (query->number <= PV_STREET_MAX_NUMBER && query->words->items[query->words->n] == NULL);
  check (pv_street_is_same_repetition (query->repetition, query->repetition));
  pv_street_query_take_last_number (query);
}

/* What is kept of a file is read again as it is. */
static PvSynonyms *
check_synonyms (const char *text, gsize length)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  PvSynonyms *synonyms = pv_synonyms_parse (text, length, errors);
  const char *kept = pv_synonyms_get_text (synonyms);
  g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvSynonyms) again = pv_synonyms_parse (kept, strlen (kept), none);

  check (errors->len <= PV_SYNONYMS_MAX_ERRORS && none->len == 0);
  check (pv_synonyms_get_meanings (again)->len == pv_synonyms_get_meanings (synonyms)->len);
  return synonyms;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  gsize length = size > 0 ? strnlen (text, size) : 0;
  g_autofree char *words = g_strndup (text, length);
  g_autoptr (PvCatalogue) catalogue = pv_catalogue_new ();
  g_autoptr (GPtrArray) found = NULL;

  check_folding (words);
  if (!g_utf8_validate (words, -1, NULL))
    return 0;
  check_street (words);
  catalogue->synonyms = length < size ? check_synonyms (text + length + 1, size - length - 1) : NULL;
  g_ptr_array_add (catalogue->entries, pv_catalogue_entry_new ("cantine", "Restauration scolaire"));
  g_ptr_array_add (catalogue->entries, pv_catalogue_entry_new ("typed", words));
  found = pv_catalogue_search (catalogue, words);
  check (found->len <= catalogue->entries->len);
  return 0;
}
