/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/list.h"

#include <string.h>

#include "portal/portal.h"
#include "portal/publik/answer.h"
#include "portal/publik/schema-reader.h"

static char **
read_keywords (const PvJson *item)
{
  g_autoptr (PvJson) list = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize n_items;

  if (!pv_json_find_array (item, "keywords", PV_PUBLIK_MAX_KEYWORDS, &list, NULL) || list == NULL)
    return NULL;
  n_items = pv_json_get_length (list);
  for (gsize i = 0; i < n_items; i++) {
    g_autoptr (PvJson) keyword = pv_json_get_item (list, i);
    const char *text = pv_json_get_text (keyword);

    if (text != NULL && *text != '\0' && strlen (text) <= PV_PUBLIK_MAX_NAME_BYTES)
      g_strv_builder_add (builder, text);
  }
  return g_strv_builder_end (builder);
}

static PvBeyond
read_beyond (const PvJson *item)
{
  g_autoptr (PvJson) contexts = pv_json_get_member (item, "required_authentication_contexts");

  if (pv_publik_read_flag (item, "redirection", FALSE))
    return PV_BEYOND_ELSEWHERE;
  if (pv_publik_read_flag (item, "authentication_required", FALSE)
      || (contexts != NULL && pv_json_get_length (contexts) > 0))
    return PV_BEYOND_LOGIN;
  return PV_BEYOND_NOTHING;
}

static PvCatalogueEntry *
read_entry (const PvJson *item, GHashTable *categories)
{
  g_autofree char *slug = NULL;
  g_autofree char *title = NULL;
  g_autofree char *category = NULL;
  const char *life_event = NULL;
  PvCatalogueEntry *entry;

  if (pv_json_get_type (item) != PV_JSON_OBJECT)
    return NULL;
  slug = pv_publik_read_text (item, "slug", PV_PUBLIK_MAX_SLUG_BYTES);
  title = pv_publik_read_plain (item, "title");
  if (slug == NULL || title == NULL || !pv_publik_is_slug (slug))
    return NULL;
  category = pv_publik_read_text (item, "category_slug", PV_PUBLIK_MAX_SLUG_BYTES);
  if (category != NULL && categories != NULL)
    life_event = g_hash_table_lookup (categories, category);
  entry = pv_catalogue_entry_new (slug, title);
  entry->description = pv_publik_read_plain (item, "description");
  g_free (entry->category);
  entry->category = g_strdup (life_event != NULL ? life_event : category != NULL ? category : "");
  entry->keywords = read_keywords (item);
  entry->url = pv_publik_read_text (item, "url", PV_PUBLIK_MAX_URL_BYTES);
  entry->beyond = read_beyond (item);
  entry->fillable = entry->beyond != PV_BEYOND_NOTHING ? PV_FILLABLE_ON_PHONE : PV_FILLABLE;
  pv_publik_read_count (item, "count", G_MAXINT, &entry->popularity);
  return entry;
}

PvCatalogue *
pv_publik_read_list (const PvJson *json, GHashTable *categories, gint64 fetched_us, GError **error)
{
  g_autoptr (PvCatalogue) catalogue = pv_catalogue_new ();
  g_autoptr (PvJson) list = NULL;
  gsize n_items;

  if (pv_json_get_type (json) == PV_JSON_ARRAY)
    list = pv_json_ref ((PvJson *) json);
  else if (pv_json_get_type (json) != PV_JSON_OBJECT
           || !pv_json_read_array (json, "data", PV_CATALOGUE_MAX_ENTRIES, &list, NULL))
    list = NULL;
  n_items = list != NULL ? pv_json_get_length (list) : 0;
  if (list == NULL || n_items > PV_CATALOGUE_MAX_ENTRIES) {
    g_set_error (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER, "no list of forms, or more than %d",
                 PV_CATALOGUE_MAX_ENTRIES);
    return NULL;
  }
  catalogue->fetched_us = fetched_us;
  for (gsize i = 0; i < n_items; i++) {
    g_autoptr (PvJson) item = pv_json_get_item (list, i);
    PvCatalogueEntry *entry = read_entry (item, categories);

    if (entry == NULL)
      continue;
    if (pv_catalogue_find (catalogue, entry->slug) == NULL)
      g_ptr_array_add (catalogue->entries, entry);
    else
      pv_catalogue_entry_free (entry);
  }
  return g_steal_pointer (&catalogue);
}
