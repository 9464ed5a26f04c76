/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/catalogue.h"

PvCatalogueEntry *
pv_catalogue_entry_new (const char *slug, const char *title)
{
  PvCatalogueEntry *entry = g_new0 (PvCatalogueEntry, 1);

  entry->slug = g_strdup (slug);
  entry->title = g_strdup (title);
  return entry;
}

void
pv_catalogue_entry_free (PvCatalogueEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->slug);
  g_free (entry->title);
  g_free (entry->description);
  g_free (entry->category);
  g_strfreev (entry->keywords);
  g_free (entry->url);
  g_free (entry);
}

PvCatalogue *
pv_catalogue_new (void)
{
  PvCatalogue *catalogue = g_new0 (PvCatalogue, 1);

  g_atomic_ref_count_init (&catalogue->refs);
  catalogue->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_catalogue_entry_free);
  return catalogue;
}

PvCatalogue *
pv_catalogue_ref (PvCatalogue *catalogue)
{
  g_atomic_ref_count_inc (&catalogue->refs);
  return catalogue;
}

void
pv_catalogue_unref (PvCatalogue *catalogue)
{
  if (catalogue == NULL || !g_atomic_ref_count_dec (&catalogue->refs))
    return;
  g_ptr_array_unref (catalogue->entries);
  g_free (catalogue);
}

const PvCatalogueEntry *
pv_catalogue_find (const PvCatalogue *catalogue, const char *slug)
{
  for (guint i = 0; i < catalogue->entries->len; i++) {
    const PvCatalogueEntry *entry = catalogue->entries->pdata[i];

    if (g_str_equal (entry->slug, slug))
      return entry;
  }
  return NULL;
}

/* Words in lower case without accents: "École" and "ecole" are the same. */
static char **
split_words (const char *text)
{
  return text != NULL ? g_str_tokenize_and_fold (text, "fr", NULL) : g_new0 (char *, 1);
}

static gboolean
begins_one_of (const char *word, char **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], word))
      return TRUE;
  return FALSE;
}

static char *
fold_ascii (const char *word)
{
  g_auto (GStrv) alternates = NULL;
  g_auto (GStrv) tokens = g_str_tokenize_and_fold (word, "fr", &alternates);

  return g_strdup (alternates[0] != NULL ? alternates[0] : tokens[0] != NULL ? tokens[0] : "");
}

static char **
fold_words (const char *text)
{
  g_auto (GStrv) words = split_words (text);
  g_autoptr (GPtrArray) folded = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (folded, fold_ascii (words[i]));
  g_ptr_array_add (folded, NULL);
  return (char **) g_ptr_array_steal (folded, NULL);
}

/* 3: all words begin words of the title, 2: also keywords needed, 1: also the description; 0: not found. */
static guint
score_entry (const PvCatalogueEntry *entry, char **wanted)
{
  g_autofree char *keyword_text = entry->keywords != NULL ? g_strjoinv (" ", entry->keywords) : NULL;
  g_auto (GStrv) title = fold_words (entry->title);
  g_auto (GStrv) keywords = fold_words (keyword_text);
  g_auto (GStrv) description = fold_words (entry->description);
  guint score = 3;

  for (guint i = 0; wanted[i] != NULL; i++) {
    if (begins_one_of (wanted[i], title))
      continue;
    if (begins_one_of (wanted[i], keywords))
      score = MIN (score, 2);
    else if (begins_one_of (wanted[i], description))
      score = MIN (score, 1);
    else
      return 0;
  }
  return score;
}

typedef struct {
  const PvCatalogueEntry *entry;
  guint score;
} Found;

static int
compare_entries (const PvCatalogueEntry *a, const PvCatalogueEntry *b)
{
  if (a->popularity != b->popularity)
    return a->popularity > b->popularity ? -1 : 1;
  return g_utf8_collate (a->title, b->title);
}

static int
compare_found (gconstpointer left, gconstpointer right)
{
  const Found *a = left, *b = right;

  if (a->score != b->score)
    return a->score > b->score ? -1 : 1;
  return compare_entries (a->entry, b->entry);
}

GPtrArray *
pv_catalogue_search (const PvCatalogue *catalogue, const char *words)
{
  g_auto (GStrv) wanted = fold_words (words);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  GPtrArray *entries = g_ptr_array_new ();

  if (wanted[0] == NULL)
    return entries;
  for (guint i = 0; i < catalogue->entries->len; i++) {
    Found item = { catalogue->entries->pdata[i], 0 };

    item.score = score_entry (item.entry, wanted);
    if (item.score > 0)
      g_array_append_val (found, item);
  }
  g_array_sort (found, compare_found);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (entries, (gpointer) g_array_index (found, Found, i).entry);
  return entries;
}

static int
compare_pointers (gconstpointer left, gconstpointer right)
{
  return compare_entries (*(PvCatalogueEntry *const *) left, *(PvCatalogueEntry *const *) right);
}

GPtrArray *
pv_catalogue_list (const PvCatalogue *catalogue, const char *category)
{
  GPtrArray *entries = g_ptr_array_new ();

  for (guint i = 0; i < catalogue->entries->len; i++) {
    PvCatalogueEntry *entry = catalogue->entries->pdata[i];

    if (g_strcmp0 (entry->category, category) == 0)
      g_ptr_array_add (entries, entry);
  }
  g_ptr_array_sort (entries, compare_pointers);
  return entries;
}
