/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* catalogue.h: the list of procedures that home, search and the procedure screen show; no questions inside. */
#pragma once

#include "core/procedure.h"
#include "core/synonyms.h"

enum { PV_CATALOGUE_MAX_ENTRIES = 500 };

typedef struct PvCatalogueEntry {
  char *slug, *title;
  char *official;      /* (nullable): the French title beside a translated one; never stored */
  char *description;   /* (nullable) */
  char *category;      /* life event, see PvProcedure.category */
  char **keywords;     /* (nullable) */
  char *url;           /* (nullable) */
  PvFillable fillable; /* ON_PHONE for redirections and for forms known to be beyond the kiosk */
  PvBeyond beyond;     /* why, then */
  guint popularity;
} PvCatalogueEntry;

typedef struct PvCatalogue {
  gatomicrefcount refs;
  gint64 fetched_us;              /* UTC; 0 = never */
  GPtrArray *entries;             /* (element-type PvCatalogueEntry) */
  PvSynonyms *synonyms;           /* (nullable): everyday words */
  struct PvCatalogueIndex *index; /* (nullable): made by the first search; entries and synonyms then stay as they are */
} PvCatalogue;

PvCatalogueEntry *pv_catalogue_entry_new (const char *slug, const char *title);
void pv_catalogue_entry_free (PvCatalogueEntry *entry);
PvCatalogue *pv_catalogue_new (void);
PvCatalogue *pv_catalogue_ref (PvCatalogue *catalogue);
void pv_catalogue_unref (PvCatalogue *catalogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvCatalogueEntry, pv_catalogue_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvCatalogue, pv_catalogue_unref)

const PvCatalogueEntry *pv_catalogue_find (const PvCatalogue *catalogue, const char *slug);

/**
 * pv_catalogue_search:
 * @words: what was typed, so far
 *
 * Forgives accents, case, plurals, unfinished words, and slips (pv_word_slips(), two swapped letters are one) where the
 * word is not known as it stands; leaves out small words ("je voudrais"); takes everyday words for what they mean. Each
 * word must be found in title, keywords or description. Where no entry has them all, those that have most are found.
 *
 * Returns: (transfer container) (element-type PvCatalogueEntry): best first, then most asked first
 */
GPtrArray *pv_catalogue_search (PvCatalogue *catalogue, const char *words) G_GNUC_WARN_UNUSED_RESULT;
/* Entries of one life event, most asked first. (transfer container) */
GPtrArray *pv_catalogue_list (const PvCatalogue *catalogue, const char *category) G_GNUC_WARN_UNUSED_RESULT;

/* Entries, when they were fetched, and the text of the synonyms; those of a release before, without them, are read too. */
#define PV_CATALOGUE_DOCUMENT "(xaa{sv}s)"
GVariant *pv_catalogue_to_variant (const PvCatalogue *catalogue);
PvCatalogue *pv_catalogue_from_variant (GVariant *variant, GError **error) G_GNUC_WARN_UNUSED_RESULT;
