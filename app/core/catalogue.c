/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/catalogue-private.h"

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
  g_free (entry->official);
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
  pv_catalogue_index_free (catalogue->index);
  pv_synonyms_unref (catalogue->synonyms);
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

int
pv_catalogue_compare (const PvCatalogueEntry *a, const PvCatalogueEntry *b)
{
  if (a->popularity != b->popularity)
    return a->popularity > b->popularity ? -1 : 1;
  return g_utf8_collate (a->title, b->title);
}

static int
compare_pointers (gconstpointer left, gconstpointer right)
{
  return pv_catalogue_compare (*(PvCatalogueEntry *const *) left, *(PvCatalogueEntry *const *) right);
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
