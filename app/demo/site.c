/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/site.h"

#include <string.h>

struct PvDemoSite {
  PvJson *settings;
  GHashTable *forms; /* slug -> PvJson */
  char **slugs;
};

G_DEFINE_QUARK (pv_demo_site_error, pv_demo_site_error)

static PvJson *
load_file (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  PvJson *json;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  json = pv_json_parse (text, length, error);
  if (json == NULL)
    g_prefix_error (error, "%s: ", path);
  return json;
}

static int
compare_slugs (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
load_forms (PvDemoSite *self, const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  g_autoptr (GPtrArray) slugs = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *slug = NULL;
    PvJson *form;

    if (!g_str_has_suffix (name, ".json") || slugs->len >= PV_DEMO_SITE_MAX_FORMS)
      continue;
    form = load_file (path, error);
    if (form == NULL)
      return FALSE;
    slug = pv_demo_text (form, "url_name");
    if (strlen (slug) + strlen (".json") != strlen (name) || !g_str_has_prefix (name, slug)) {
      g_set_error (error, PV_DEMO_SITE_ERROR, PV_DEMO_SITE_ERROR_BAD_DATA, "%s: url_name is not the file's name", path);
      pv_json_unref (form);
      return FALSE;
    }
    g_ptr_array_add (slugs, g_strdup (slug));
    g_hash_table_insert (self->forms, g_steal_pointer (&slug), form);
  }
  g_ptr_array_sort (slugs, compare_slugs);
  g_ptr_array_add (slugs, NULL);
  self->slugs = (char **) g_ptr_array_free (g_steal_pointer (&slugs), FALSE);
  return TRUE;
}

PvDemoSite *
pv_demo_site_load (const char *folder, GError **error)
{
  g_autofree char *settings = g_build_filename (folder, "site.json", NULL);
  g_autofree char *procedures = g_build_filename (folder, "procedures", NULL);
  g_autoptr (PvDemoSite) self = g_new0 (PvDemoSite, 1);

  self->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pv_json_unref);
  self->settings = load_file (settings, error);
  if (self->settings == NULL || !load_forms (self, procedures, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
pv_demo_site_free (PvDemoSite *self)
{
  if (self == NULL)
    return;
  pv_json_unref (self->settings);
  g_hash_table_unref (self->forms);
  g_strfreev (self->slugs);
  g_free (self);
}

const PvJson *
pv_demo_site_get_settings (const PvDemoSite *self)
{
  return self->settings;
}

const char *const *
pv_demo_site_get_slugs (const PvDemoSite *self)
{
  return (const char *const *) self->slugs;
}

const PvJson *
pv_demo_site_find_form (const PvDemoSite *self, const char *slug)
{
  return g_hash_table_lookup (self->forms, slug);
}

char *
pv_demo_text (const PvJson *object, const char *key)
{
  char *text = NULL;

  if (pv_json_find_text (object, key, PV_DEMO_MAX_TEXT_BYTES, &text, NULL) && text != NULL)
    return text;
  return g_strdup ("");
}

PvJson *
pv_demo_find_item (const PvJson *object, const char *key, const char *member, const char *value)
{
  g_autoptr (PvJson) array = pv_json_get_member (object, key);

  for (gsize i = 0; array != NULL && i < pv_json_get_length (array); i++) {
    g_autoptr (PvJson) item = pv_json_get_item (array, i);
    g_autofree char *found = pv_demo_text (item, member);

    if (g_str_equal (found, value))
      return g_steal_pointer (&item);
  }
  return NULL;
}

char *
pv_demo_site_dup_status_name (const PvJson *form, const char *status, gboolean *ret_is_end)
{
  g_autoptr (PvJson) workflow = pv_json_get_member (form, "workflow");
  g_autoptr (PvJson) item = workflow != NULL ? pv_demo_find_item (workflow, "statuses", "id", status) : NULL;

  if (item == NULL)
    return g_strdup (status);
  if (ret_is_end != NULL)
    pv_json_find_bool (item, "endpoint", ret_is_end, NULL);
  return pv_demo_text (item, "name");
}

static PvJson *
find_category (const PvDemoSite *self, const PvJson *form)
{
  g_autofree char *id = pv_demo_text (form, "category_id");

  return pv_demo_find_item (self->settings, "categories", "id", id);
}

static void
write_form (PvJsonWriter *writer, const PvJson *form, const PvJson *category)
{
  g_autofree char *slug = pv_demo_text (form, "url_name");
  g_autofree char *title = pv_demo_text (form, "name");
  g_autofree char *description = pv_demo_text (form, "description");
  g_autofree char *keywords = pv_demo_text (form, "keywords");
  g_autofree char *category_title = pv_demo_text (category, "title");
  g_autofree char *category_slug = pv_demo_text (category, "slug");
  g_autofree char *url = g_strconcat (PV_DEMO_BASE, category_slug, "/", slug, "/", NULL);
  g_auto (GStrv) words = g_strsplit (keywords, ",", -1);
  g_autoptr (PvJson) contexts = pv_json_get_member (form, "required_authentication_contexts");
  gboolean always = FALSE;

  pv_json_find_bool (form, "always_advertise", &always, NULL);
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "title", title);
  pv_json_writer_text (writer, "slug", slug);
  pv_json_writer_text (writer, "url", url);
  pv_json_writer_text (writer, "description", description);
  pv_json_writer_begin_array (writer, "keywords");
  for (char **word = words; *word != NULL; word++)
    pv_json_writer_text (writer, NULL, g_strstrip (*word));
  pv_json_writer_end_array (writer);
  pv_json_writer_bool (writer, "authentication_required", contexts != NULL);
  pv_json_writer_bool (writer, "always_advertise", always);
  pv_json_writer_bool (writer, "redirection", FALSE);
  pv_json_writer_text (writer, "category", category_title);
  pv_json_writer_text (writer, "category_slug", category_slug);
  pv_json_writer_begin_object (writer, "functions");
  pv_json_writer_begin_object (writer, "_receiver");
  pv_json_writer_text (writer, "label", "Destinataire");
  pv_json_writer_end_object (writer);
  pv_json_writer_end_object (writer);
  if (contexts != NULL)
    pv_json_writer_value (writer, "required_authentication_contexts", contexts);
  pv_json_writer_end_object (writer);
}

void
pv_demo_site_write_forms (const PvDemoSite *self, PvJsonWriter *writer, const char *key, const char *category_slug,
                          const char *skipped)
{
  pv_json_writer_begin_array (writer, key);
  for (char **slug = self->slugs; *slug != NULL; slug++) {
    const PvJson *form = pv_demo_site_find_form (self, *slug);
    g_autoptr (PvJson) category = find_category (self, form);
    g_autofree char *its_slug = category != NULL ? pv_demo_text (category, "slug") : NULL;

    if (category != NULL && g_strcmp0 (*slug, skipped) != 0
        && (category_slug == NULL || g_str_equal (its_slug, category_slug)))
      write_form (writer, form, category);
  }
  pv_json_writer_end_array (writer);
}

static gboolean
is_used (const PvDemoSite *self, const char *category_id)
{
  for (char **slug = self->slugs; *slug != NULL; slug++) {
    g_autofree char *id = pv_demo_text (pv_demo_site_find_form (self, *slug), "category_id");

    if (g_str_equal (id, category_id))
      return TRUE;
  }
  return FALSE;
}

/* Empty categories are omitted, as w.c.s. does. */
void
pv_demo_site_write_categories (const PvDemoSite *self, PvJsonWriter *writer, const char *key)
{
  g_autoptr (PvJson) categories = pv_json_get_member (self->settings, "categories");

  pv_json_writer_begin_array (writer, key);
  for (gsize i = 0; categories != NULL && i < pv_json_get_length (categories); i++) {
    g_autoptr (PvJson) category = pv_json_get_item (categories, i);
    g_autofree char *id = pv_demo_text (category, "id");
    g_autofree char *title = pv_demo_text (category, "title");
    g_autofree char *slug = pv_demo_text (category, "slug");
    g_autofree char *description = pv_demo_text (category, "description");
    g_autofree char *url = g_strconcat (PV_DEMO_BASE, slug, "/", NULL);

    if (!is_used (self, id))
      continue;
    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "title", title);
    pv_json_writer_text (writer, "slug", slug);
    pv_json_writer_text (writer, "url", url);
    if (*description != '\0')
      pv_json_writer_text (writer, "description", description);
    pv_json_writer_begin_array (writer, "keywords");
    pv_json_writer_end_array (writer);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
}

/* Copies @value; an object with a "type" or a workflow's own loses its id. */
static void
write_without_ids (PvJsonWriter *writer, const char *key, const PvJson *value)
{
  g_autoptr (PvJson) type = NULL;
  g_auto (GStrv) keys = NULL;

  switch (pv_json_get_type (value)) {
  case PV_JSON_ARRAY:
    pv_json_writer_begin_array (writer, key);
    for (gsize i = 0; i < pv_json_get_length (value); i++) {
      g_autoptr (PvJson) item = pv_json_get_item (value, i);

      write_without_ids (writer, NULL, item);
    }
    pv_json_writer_end_array (writer);
    break;
  case PV_JSON_OBJECT:
    type = pv_json_get_member (value, "type");
    keys = pv_json_list_keys (value);
    pv_json_writer_begin_object (writer, key);
    for (char **name = keys; *name != NULL; name++) {
      g_autoptr (PvJson) member = pv_json_get_member (value, *name);

      if (!g_str_equal (*name, "id") || (type == NULL && g_strcmp0 (key, "workflow") != 0))
        write_without_ids (writer, *name, member);
    }
    pv_json_writer_end_object (writer);
    break;
  case PV_JSON_NULL:
  case PV_JSON_BOOL:
  case PV_JSON_INTEGER:
  case PV_JSON_REAL:
  case PV_JSON_TEXT:
    pv_json_writer_value (writer, key, value);
    break;
  }
}

void
pv_demo_site_write_schema (PvJsonWriter *writer, const PvJson *form, gboolean with_ids)
{
  g_auto (GStrv) keys = pv_json_list_keys (form);

  pv_json_writer_begin_object (writer, NULL);
  for (char **key = keys; *key != NULL; key++) {
    g_autoptr (PvJson) value = pv_json_get_member (form, *key);

    if (with_ids)
      pv_json_writer_value (writer, *key, value);
    else if (!g_str_equal (*key, "id") && !g_str_equal (*key, "category_id"))
      write_without_ids (writer, *key, value);
  }
  pv_json_writer_end_object (writer);
}
