/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking for a procedure, at each key: the words of all entries are folded once, and only compared then. */

#include <string.h>

#include "core/catalogue-private.h"
#include "core/wipe.h"

enum {
  /* Where a word stands, of 4. */
  IN_TITLE = 4,
  IN_KEYWORDS = 3,
  IN_DESCRIPTION = 2,
  /* How well it is what was typed, of 100. */
  AS_IT_STANDS = 100,
  BUT_FOR_PLURAL = 95,
  ITS_BEGINNING = 80,
  ONE_SLIP = 60,
  TWO_SLIPS = 50,
  BEGINNING_WITH_SLIPS = 40,
  KNOWN = ITS_BEGINNING, /* from here on, slips are not looked for */
  EVERYDAY = 85,         /* percent that is left when it is another word for it */
  MIN_BEGINNING_CHARS = 5,
  MIN_TERM_CHARS = 3, /* unfinished everyday words */
  MAX_TYPED = 12,     /* words */
};

typedef struct {
  guint entry, weight;
} Posting;

typedef struct Known {
  char *word;
  char root[PV_WORDS_MAX_BYTES + 1];
  struct Known *same; /* (nullable): the next of that root */
  GArray *postings;   /* (element-type Posting) */
} Known;

struct PvCatalogueIndex {
  GPtrArray *words;    /* (element-type Known) */
  GHashTable *by_root; /* first Known of each */
  guint *places;       /* of the entries among all, most asked first: texts are compared once */
};

/* A word that was typed, or of a term. */
typedef struct {
  const char *word;
  char root[PV_WORDS_MAX_BYTES + 1];
} Wanted;

static void
known_free (gpointer pointer)
{
  Known *known = pointer;

  g_array_unref (known->postings);
  g_free (known->word);
  g_free (known);
}

void
pv_catalogue_index_free (PvCatalogueIndex *index)
{
  if (index == NULL)
    return;
  g_hash_table_unref (index->by_root);
  g_free (index->places);
  g_ptr_array_unref (index->words);
  g_free (index);
}

static Known *
add_word (PvCatalogueIndex *index, const char *word)
{
  Known *known = g_new0 (Known, 1);
  Known *first;

  known->word = g_strdup (word);
  pv_word_root (word, known->root);
  known->postings = g_array_new (FALSE, FALSE, sizeof (Posting));
  g_ptr_array_add (index->words, known);
  first = g_hash_table_lookup (index->by_root, known->root);
  if (first == NULL) {
    g_hash_table_insert (index->by_root, known->root, known);
  } else {
    known->same = first->same;
    first->same = known;
  }
  return known;
}

static void
add_text (PvCatalogueIndex *index, GHashTable *by_word, guint entry, guint weight, const char *text)
{
  g_autoptr (PvWords) words = pv_words_fold (text);

  for (guint i = 0; i < words->n; i++) {
    Known *known = g_hash_table_lookup (by_word, words->items[i]);
    const Posting posting = { entry, weight };

    if (known == NULL) {
      known = add_word (index, words->items[i]);
      g_hash_table_insert (by_word, known->word, known);
    }
    g_array_append_val (known->postings, posting);
  }
}

static int
compare_places_cb (gconstpointer left, gconstpointer right, gpointer user_data)
{
  const GPtrArray *entries = user_data;

  return pv_catalogue_compare (entries->pdata[*(const guint *) left], entries->pdata[*(const guint *) right]);
}

static guint *
order_entries (const GPtrArray *entries)
{
  g_autofree guint *order = g_new (guint, entries->len + 1);
  guint *places = g_new (guint, entries->len + 1);

  for (guint i = 0; i < entries->len; i++)
    order[i] = i;
  g_qsort_with_data (order, (gint) entries->len, sizeof *order, compare_places_cb, (gpointer) entries);
  for (guint i = 0; i < entries->len; i++)
    places[order[i]] = i;
  return places;
}

static PvCatalogueIndex *
make_index (const PvCatalogue *catalogue)
{
  PvCatalogueIndex *index = g_new0 (PvCatalogueIndex, 1);
  g_autoptr (GHashTable) by_word = g_hash_table_new (g_str_hash, g_str_equal);

  index->words = g_ptr_array_new_with_free_func (known_free);
  index->by_root = g_hash_table_new (g_str_hash, g_str_equal);
  index->places = order_entries (catalogue->entries);
  for (guint i = 0; i < catalogue->entries->len; i++) {
    const PvCatalogueEntry *entry = catalogue->entries->pdata[i];

    add_text (index, by_word, i, IN_TITLE, entry->title);
    for (guint k = 0; entry->keywords != NULL && entry->keywords[k] != NULL; k++)
      add_text (index, by_word, i, IN_KEYWORDS, entry->keywords[k]);
    add_text (index, by_word, i, IN_DESCRIPTION, entry->description);
  }
  return index;
}

/* 0: it is not. */
static guint
judge (const Wanted *wanted, const char *word, const char *root)
{
  if (strcmp (wanted->root, root) == 0)
    return strcmp (wanted->word, word) == 0 ? AS_IT_STANDS : BUT_FOR_PLURAL;
  return g_str_has_prefix (word, wanted->word) ? ITS_BEGINNING : 0;
}

static guint
judge_slips (const Wanted *wanted, const char *word, const char *root)
{
  const char *typed = wanted->word;
  guint slips = pv_word_slips (typed);
  guint n = slips > 0 ? pv_word_distance (typed, word, slips) : 1;

  (void) root;
  if (slips == 0)
    return 0;
  if (n <= slips)
    return n <= 1 ? ONE_SLIP : TWO_SLIPS;
  if (strlen (typed) < MIN_BEGINNING_CHARS || pv_word_prefix_distance (typed, word, slips) > slips)
    return 0;
  return BEGINNING_WITH_SLIPS;
}

typedef guint (*Judge) (const Wanted *wanted, const char *word, const char *root);

static void
set_wanted (Wanted *wanted, const char *word)
{
  wanted->word = word;
  pv_word_root (word, wanted->root);
}

static void
raise_by (const Known *known, guint quality, guint *scores)
{
  for (guint k = 0; quality > 0 && k < known->postings->len; k++) {
    const Posting *posting = &g_array_index (known->postings, Posting, k);

    scores[posting->entry] = MAX (scores[posting->entry], quality * posting->weight);
  }
}

/* @scores: of each entry, raised to what the word is worth there. Returns: the best of them. */
static guint
raise_scores (const PvCatalogueIndex *index, const Wanted *wanted, Judge judge_it, guint *scores)
{
  guint best = 0;

  for (guint i = 0; i < index->words->len; i++) {
    const Known *known = index->words->pdata[i];
    guint quality = judge_it (wanted, known->word, known->root);

    raise_by (known, quality, scores);
    best = MAX (best, quality);
  }
  return best;
}

typedef struct {
  const PvCatalogue *catalogue;
  const Wanted *typed;
  guint n_typed, n_entries;
  guint *scores; /* of each word in each entry, one row after the other */
  gboolean *is_known;
} Search;

/* What each entry has of all the words of @term. It is written in full in the file: only a plural may differ. */
static void
score_term (const Search *search, const PvWords *term, guint *scores)
{
  g_autofree guint *one = g_new (guint, search->n_entries + 1);

  for (guint i = 0; i < term->n; i++) {
    Wanted wanted;

    set_wanted (&wanted, term->items[i]);
    memset (one, 0, search->n_entries * sizeof *one);
    for (const Known *known = g_hash_table_lookup (search->catalogue->index->by_root, wanted.root); known != NULL;
         known = known->same)
      raise_by (known, judge (&wanted, known->word, known->root), one);
    for (guint entry = 0; entry < search->n_entries; entry++)
      scores[entry] = i == 0 ? one[entry] : MIN (scores[entry], one[entry]);
  }
}

static void
take_meaning (const Search *search, const PvMeaning *meaning, guint first, guint n_words, guint quality)
{
  g_autofree guint *scores = g_new (guint, search->n_entries + 1);

  for (guint t = 0; t < meaning->terms->len; t++) {
    score_term (search, meaning->terms->pdata[t], scores);
    for (guint entry = 0; entry < search->n_entries; entry++) {
      guint score = scores[entry] * quality / 100 * EVERYDAY / 100;

      for (guint i = first; i < first + n_words; i++) {
        guint *had = &search->scores[i * search->n_entries + entry];

        *had = MAX (*had, score);
      }
    }
  }
}

/* How well the typed words from @first on say the term. */
static guint
judge_said (const Search *search, const PvWords *term, guint first, Judge judge_it)
{
  guint worst = AS_IT_STANDS;

  if (first + term->n > search->n_typed)
    return 0;
  for (guint i = 0; i < term->n && worst > 0; i++) {
    const Wanted *typed = &search->typed[first + i];
    gboolean may_be_unfinished = first + i + 1 == search->n_typed && strlen (typed->word) >= MIN_TERM_CHARS;
    char root[PV_WORDS_MAX_BYTES + 1];
    guint quality;

    pv_word_root (term->items[i], root);
    quality = judge (typed, term->items[i], root);
    if (quality == ITS_BEGINNING && !may_be_unfinished)
      quality = 0;
    if (quality == 0 && judge_it == judge_slips)
      quality = judge_slips (typed, term->items[i], root);
    worst = MIN (worst, quality);
  }
  return worst;
}

static void
add_everyday (Search *search, Judge judge_it)
{
  const GPtrArray *meanings = pv_synonyms_get_meanings (search->catalogue->synonyms);

  for (guint m = 0; m < meanings->len; m++) {
    const PvMeaning *meaning = meanings->pdata[m];

    for (guint s = 0; s < meaning->said->len; s++)
      for (guint first = 0; first < search->n_typed; first++) {
        const PvWords *term = meaning->said->pdata[s];
        guint quality =
          search->is_known[first] && judge_it == judge_slips ? 0 : judge_said (search, term, first, judge_it);

        if (quality == 0)
          continue;
        take_meaning (search, meaning, first, term->n, quality);
        for (guint i = first; judge_it != judge_slips && quality >= BUT_FOR_PLURAL && i < first + term->n; i++)
          search->is_known[i] = TRUE;
      }
  }
}

/* Slips are looked for in words that nothing bears. */
static void
score_words (Search *search)
{
  const PvCatalogueIndex *index = search->catalogue->index;

  for (guint i = 0; i < search->n_typed; i++)
    search->is_known[i] =
      raise_scores (index, &search->typed[i], judge, search->scores + i * search->n_entries) >= KNOWN;
  if (search->catalogue->synonyms != NULL)
    add_everyday (search, judge);
  for (guint i = 0; i < search->n_typed; i++)
    if (!search->is_known[i])
      raise_scores (index, &search->typed[i], judge_slips, search->scores + i * search->n_entries);
  if (search->catalogue->synonyms != NULL)
    add_everyday (search, judge_slips);
}

typedef struct {
  const PvCatalogueEntry *entry;
  guint n_words, score, place;
} Found;

static int
compare_found (gconstpointer left, gconstpointer right)
{
  const Found *a = left, *b = right;

  if (a->score != b->score)
    return a->score > b->score ? -1 : 1;
  return a->place < b->place ? -1 : a->place > b->place;
}

static GArray *
collect (const Search *search)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Found));
  guint most = 1;

  for (guint entry = 0; entry < search->n_entries; entry++) {
    Found item = { search->catalogue->entries->pdata[entry], 0, 0, search->catalogue->index->places[entry] };

    for (guint i = 0; i < search->n_typed; i++) {
      guint score = search->scores[i * search->n_entries + entry];

      item.n_words += score > 0 ? 1 : 0;
      item.score += score;
    }
    if (item.n_words > most)
      g_array_set_size (found, 0);
    most = MAX (most, item.n_words);
    if (item.n_words == most)
      g_array_append_val (found, item);
  }
  g_array_sort (found, compare_found);
  return found;
}

static void
search_words (PvCatalogue *catalogue, const PvWords *words, GPtrArray *entries)
{
  guint n_entries = catalogue->entries->len;
  g_autofree guint *scores = g_new0 (guint, (gsize) words->n * n_entries + 1);
  gboolean is_known[MAX_TYPED] = { FALSE };
  Wanted typed[MAX_TYPED];
  Search search = { catalogue, typed, words->n, n_entries, scores, is_known };
  g_autoptr (GArray) found = NULL;

  for (guint i = 0; i < words->n; i++)
    set_wanted (&typed[i], words->items[i]);
  score_words (&search);
  found = collect (&search);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (entries, (gpointer) g_array_index (found, Found, i).entry);
  pv_wipe_bytes (typed, sizeof typed);
}

GPtrArray *
pv_catalogue_search (PvCatalogue *catalogue, const char *words)
{
  g_autoptr (PvWords) typed = pv_words_fold (words);
  GPtrArray *entries = g_ptr_array_new ();

  pv_words_drop_small (typed);
  if (catalogue->index == NULL)
    catalogue->index = make_index (catalogue);
  if (typed->n > 0 && typed->n <= MAX_TYPED)
    search_words (catalogue, typed, entries);
  return entries;
}
