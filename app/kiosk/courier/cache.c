/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/cache.h"

#include <string.h>
#include <unistd.h>

#include "kiosk/courier/agenda-procedure.h"
#include "kiosk/courier/commune.h"
#include "link/stamp.h"
#include "platform/language.h"
#include "platform/log.h"

#define CATALOGUE_FILE   "catalogue"
#define PROCEDURE_PREFIX "procedure-"
#define OPTIONS_PREFIX   "options-"

typedef struct Options {
  GPtrArray *list;
  gint64 fetched_us;
} Options;

/* Nobody is told of a refresh that pv_cache_free() interrupts, so there is no GTask before its end. */
typedef struct Waiting {
  GAsyncReadyCallback callback;
  gpointer user_data;
} Waiting;

struct PvCache {
  /* owned */
  int folder;
  PvCatalogue *catalogue;
  GHashTable *procedures; /* (element-type utf8 PvProcedure) */
  GHashTable *options;    /* (element-type utf8 Options): by file name */
  GCancellable *closing;
  GArray *refreshing;     /* (element-type Waiting): who waits for the refresh under way */
  GPtrArray *to_describe; /* (element-type utf8): slugs left of it */
  gboolean has_changed;   /* catalogue or a procedure, since the last stamp */
  /* borrowed */
  PvDisk *disk;
  PvPortal *portal;
  const PvSettings *settings;
  const PvCacheHooks *hooks;
};

static void describe_next (PvCache *cache);

static void
options_free (gpointer data)
{
  Options *options = data;

  g_ptr_array_unref (options->list);
  g_free (options);
}

/* Returns: whether the file was another one */
static gboolean
save (PvCache *cache, const char *name, GVariant *variant)
{
  g_autoptr (GVariant) own = g_variant_ref_sink (variant);
  g_autoptr (GVariant) box = g_variant_ref_sink (g_variant_new_variant (own));
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (box), before = NULL;
  g_autoptr (GError) error = NULL;

  before = pv_disk_read (cache->folder, name, PV_CACHE_MAX_FILE_BYTES);
  if (before != NULL && g_bytes_equal (before, bytes))
    return FALSE;
  if (!pv_disk_replace (cache->disk, cache->folder, name, bytes, &error))
    pv_log_event (PV_LOG_WARNING, "cache-not-written", PV_LOG_CAUSE (error));
  return TRUE;
}

/* (transfer full) (nullable) */
static GVariant *
load (PvCache *cache, const char *name)
{
  g_autoptr (GBytes) bytes = pv_disk_read (cache->folder, name, PV_CACHE_MAX_FILE_BYTES);
  g_autoptr (GVariant) box = NULL;

  if (bytes == NULL)
    return NULL;
  box = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARIANT, bytes, FALSE));
  return g_variant_is_normal_form (box) ? g_variant_get_variant (box) : NULL;
}

/* Slugs come from the portal. */
static gboolean
is_file_name (const char *name)
{
  return *name != '\0' && *name != '.' && strlen (name) <= 200 && strchr (name, '/') == NULL;
}

static char *
options_name (const char *slug, const char *source)
{
  g_autofree char *key = g_strconcat (slug, "\n", source, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);

  return g_strconcat (OPTIONS_PREFIX, digest, NULL);
}

static void
load_procedure (PvCache *cache, const char *slug)
{
  g_autofree char *name = g_strconcat (PROCEDURE_PREFIX, slug, NULL);
  g_autoptr (GVariant) variant = is_file_name (slug) ? load (cache, name) : NULL;
  PvProcedure *procedure = variant != NULL ? pv_procedure_from_variant (variant, NULL) : NULL;

  if (procedure == NULL)
    return;
  pv_commune_complete_procedure (cache->settings, procedure);
  g_hash_table_insert (cache->procedures, g_strdup (slug), procedure);
}

/* A procedure of the settings: the portal knows nothing of it, and is not asked. */
static gboolean
is_own (const PvCache *cache, const char *slug)
{
  const PvProcedureSettings *own = pv_settings_find_procedure (cache->settings, slug);

  return own != NULL && own->is_appointment;
}

/* In the commune's language, as all that the portal says. */
static void
add_appointments (PvCache *cache)
{
  g_auto (GStrv) slugs = pv_settings_list_appointments (cache->settings);

  pv_language_set (pv_settings_get_list (cache->settings, PV_SETTING_COMMUNE_LANGUAGES)[0]);
  pv_agenda_complete_catalogue (cache->settings, cache->catalogue);
  for (guint i = 0; slugs[i] != NULL; i++) {
    PvProcedure *procedure = pv_agenda_make_procedure (cache->settings, slugs[i]);

    if (procedure == NULL)
      continue;
    pv_commune_complete_procedure (cache->settings, procedure);
    g_hash_table_insert (cache->procedures, g_strdup (slugs[i]), procedure);
  }
}

static void
load_all (PvCache *cache)
{
  g_autoptr (GVariant) variant = load (cache, CATALOGUE_FILE);
  PvCatalogue *catalogue = variant != NULL ? pv_catalogue_from_variant (variant, NULL) : NULL;

  if (catalogue != NULL) {
    pv_catalogue_unref (cache->catalogue);
    cache->catalogue = catalogue;
    pv_commune_complete_catalogue (cache->settings, catalogue);
  }
  for (guint i = 0; i < cache->catalogue->entries->len; i++)
    load_procedure (cache, ((PvCatalogueEntry *) cache->catalogue->entries->pdata[i])->slug);
  add_appointments (cache);
}

PvCache *
pv_cache_new (const char *folder, PvDisk *disk, PvPortal *portal, const PvSettings *settings, const PvCacheHooks *hooks,
              GError **error)
{
  int fd = pv_disk_open_folder (folder, error);
  PvCache *cache;

  if (fd < 0)
    return NULL;
  cache = g_new0 (PvCache, 1);
  cache->folder = fd;
  cache->catalogue = pv_catalogue_new ();
  cache->procedures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pv_procedure_unref);
  cache->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, options_free);
  cache->closing = g_cancellable_new ();
  cache->refreshing = g_array_new (FALSE, FALSE, sizeof (Waiting));
  cache->to_describe = g_ptr_array_new_with_free_func (g_free);
  cache->disk = disk;
  cache->portal = portal;
  cache->settings = settings;
  cache->hooks = hooks;
  load_all (cache);
  return cache;
}

void
pv_cache_free (PvCache *cache)
{
  if (cache == NULL)
    return;
  g_cancellable_cancel (cache->closing);
  g_object_unref (cache->closing);
  close (cache->folder);
  pv_catalogue_unref (cache->catalogue);
  g_hash_table_unref (cache->procedures);
  g_hash_table_unref (cache->options);
  g_array_unref (cache->refreshing);
  g_ptr_array_unref (cache->to_describe);
  g_free (cache);
}

PvCatalogue *
pv_cache_get_catalogue (PvCache *cache)
{
  return cache->catalogue;
}

/* FALSE: the call was cancelled, so the cache is gone. */
static gboolean
note_answer (PvCache *cache, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  cache->hooks->reachable (!g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_OFFLINE)
                             && !g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CONFIGURATION),
                           cache->hooks->data);
  return TRUE;
}

static void
keep_procedure (PvCache *cache, const char *slug, PvProcedure *procedure)
{
  g_autofree char *name = g_strconcat (PROCEDURE_PREFIX, slug, NULL);

  if (is_file_name (slug) && save (cache, name, pv_procedure_to_variant (procedure)))
    cache->has_changed = TRUE;
  pv_commune_complete_procedure (cache->settings, procedure);
  g_hash_table_insert (cache->procedures, g_strdup (slug), pv_procedure_ref (procedure));
}

static void
forget_procedure (PvCache *cache, const char *slug)
{
  g_autofree char *name = g_strconcat (PROCEDURE_PREFIX, slug, NULL);

  if (is_file_name (slug))
    cache->disk->remove (cache->disk, cache->folder, name, NULL);
  if (g_hash_table_remove (cache->procedures, slug))
    cache->has_changed = TRUE;
}

/* But for the time when it was asked for. */
static void
keep_catalogue (PvCache *cache, const PvCatalogue *catalogue)
{
  g_autoptr (GVariant) after = g_variant_ref_sink (pv_catalogue_to_variant (catalogue));
  g_autoptr (GVariant) before = load (cache, CATALOGUE_FILE);
  g_autoptr (GVariant) list_after = g_variant_get_child_value (after, 1);
  g_autoptr (GVariant) list_before = NULL;

  if (before != NULL && g_variant_is_of_type (before, g_variant_get_type (after)))
    list_before = g_variant_get_child_value (before, 1);
  if (list_before == NULL || !g_variant_equal (list_before, list_after))
    cache->has_changed = TRUE;
  save (cache, CATALOGUE_FILE, after);
}

/* The supervisor sees it, and replaces the sessions that hold the old ones. */
static void
leave_stamp (PvCache *cache)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;

  if (!cache->has_changed)
    return;
  cache->has_changed = FALSE;
  if (!pv_disk_replace (cache->disk, cache->folder, PV_STAMP_FILE, nothing, &error))
    pv_log_event (PV_LOG_WARNING, "cache-not-written", PV_LOG_CAUSE (error));
}

/* The list does not know which forms are beyond the kiosk; their descriptions do. */
static void
note_fillable (PvCache *cache)
{
  for (guint i = 0; i < cache->catalogue->entries->len; i++) {
    PvCatalogueEntry *entry = cache->catalogue->entries->pdata[i];
    const PvProcedure *procedure = g_hash_table_lookup (cache->procedures, entry->slug);

    if (procedure == NULL || procedure->fillable != PV_FILLABLE_ON_PHONE)
      continue;
    entry->fillable = PV_FILLABLE_ON_PHONE;
    if (entry->beyond == PV_BEYOND_NOTHING)
      entry->beyond = procedure->beyond;
  }
}

static void
end_refresh (PvCache *cache, const GError *error)
{
  g_autoptr (GArray) waiting = g_steal_pointer (&cache->refreshing);

  cache->refreshing = g_array_new (FALSE, FALSE, sizeof (Waiting));
  for (guint i = 0; i < waiting->len; i++) {
    const Waiting *one = &g_array_index (waiting, Waiting, i);
    g_autoptr (GTask) task = g_task_new (NULL, NULL, one->callback, one->user_data);

    if (error != NULL)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_boolean (task, TRUE);
  }
}

static void
described_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PvCache *cache = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PvProcedure) procedure = pv_portal_describe_finish (PV_PORTAL (source), result, &error);
  g_autofree char *slug = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  slug = g_ptr_array_steal_index (cache->to_describe, cache->to_describe->len - 1);
  note_answer (cache, error);
  if (procedure != NULL)
    keep_procedure (cache, slug, procedure);
  else if (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_GONE))
    forget_procedure (cache, slug);
  else if (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_OFFLINE))
    g_ptr_array_set_size (cache->to_describe, 0);
  describe_next (cache);
}

static void
describe_next (PvCache *cache)
{
  if (cache->to_describe->len > 0) {
    pv_portal_describe_async (cache->portal, cache->to_describe->pdata[cache->to_describe->len - 1], cache->closing,
                              described_cb, cache);
    return;
  }
  note_fillable (cache);
  leave_stamp (cache);
  end_refresh (cache, NULL);
}

/* What is no longer offered is not kept either. */
static void
forget_others (PvCache *cache)
{
  g_autofree gpointer *slugs = g_hash_table_get_keys_as_array (cache->procedures, NULL);

  for (guint i = 0; slugs[i] != NULL; i++)
    if (pv_catalogue_find (cache->catalogue, slugs[i]) == NULL) {
      g_autofree char *slug = g_strdup (slugs[i]);

      forget_procedure (cache, slug);
    }
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PvCache *cache = user_data;
  g_autoptr (GError) error = NULL;
  PvCatalogue *catalogue = pv_portal_list_finish (PV_PORTAL (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  note_answer (cache, error);
  if (catalogue == NULL) {
    end_refresh (cache, error);
    return;
  }
  keep_catalogue (cache, catalogue);
  pv_commune_complete_catalogue (cache->settings, catalogue);
  pv_catalogue_unref (cache->catalogue);
  cache->catalogue = catalogue;
  add_appointments (cache);
  note_fillable (cache);
  forget_others (cache);
  for (guint i = catalogue->entries->len; i > 0; i--) {
    const PvCatalogueEntry *entry = catalogue->entries->pdata[i - 1];

    if (is_own (cache, entry->slug))
      continue;
    if (entry->fillable == PV_FILLABLE || g_hash_table_contains (cache->procedures, entry->slug))
      g_ptr_array_add (cache->to_describe, g_strdup (entry->slug));
  }
  describe_next (cache);
}

void
pv_cache_refresh_async (PvCache *cache, GAsyncReadyCallback callback, gpointer user_data)
{
  const Waiting waiting = { callback, user_data };

  g_array_append_val (cache->refreshing, waiting);
  if (cache->refreshing->len == 1)
    pv_portal_list_async (cache->portal, cache->closing, listed_cb, cache);
}

gboolean
pv_cache_refresh_finish (PvCache *cache, GAsyncResult *result, GError **error)
{
  (void) cache;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* One call for a session. */
typedef struct Asking {
  PvCache *cache; /* only while the call is not cancelled by pv_cache_free() */
  char *slug;
  char *name; /* of the options' file */
  gboolean may_be_old;
  GCancellable *cancellable;
  gulong closing_id;
  guint deadline_id;
  gboolean has_timed_out;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_handle_id (&asking->deadline_id, g_source_remove);
  g_clear_object (&asking->cancellable);
  g_free (asking->slug);
  g_free (asking->name);
  g_free (asking);
}

static GTask *
new_asking (PvCache *cache, const char *slug, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  asking->cache = cache;
  asking->slug = g_strdup (slug);
  g_task_set_task_data (task, asking, asking_free);
  return task;
}

static void
procedure_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  PvProcedure *procedure = pv_portal_describe_finish (PV_PORTAL (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  note_answer (asking->cache, error);
  if (procedure == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  keep_procedure (asking->cache, asking->slug, procedure);
  g_task_return_pointer (task, procedure, (GDestroyNotify) pv_procedure_unref);
}

void
pv_cache_get_procedure_async (PvCache *cache, const char *slug, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = new_asking (cache, slug, callback, user_data);
  PvProcedure *kept = g_hash_table_lookup (cache->procedures, slug);

  if (kept != NULL) {
    g_task_return_pointer (task, pv_procedure_ref (kept), (GDestroyNotify) pv_procedure_unref);
    g_object_unref (task);
  } else if (pv_catalogue_find (cache->catalogue, slug) == NULL) {
    g_task_return_new_error (task, PV_PORTAL_ERROR, PV_PORTAL_ERROR_GONE, "not in the catalogue");
    g_object_unref (task);
  } else
    pv_portal_describe_async (cache->portal, slug, cache->closing, procedure_cb, task);
}

PvProcedure *
pv_cache_get_procedure_finish (PvCache *cache, GAsyncResult *result, GError **error)
{
  (void) cache;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
options_late_cb (gpointer user_data)
{
  Asking *asking = user_data;

  asking->deadline_id = 0;
  asking->has_timed_out = TRUE;
  g_cancellable_cancel (asking->cancellable);
  return G_SOURCE_REMOVE;
}

static void
closing_cb (GCancellable *closing, gpointer user_data)
{
  (void) closing;
  g_cancellable_cancel (user_data);
}

/* (transfer full) (nullable) */
static GPtrArray *
kept_options (PvCache *cache, const char *name)
{
  const Options *kept = g_hash_table_lookup (cache->options, name);
  g_autoptr (GVariant) variant = NULL, list = NULL;
  gint64 fetched_us, now_us = g_get_real_time ();

  if (kept != NULL)
    return now_us - kept->fetched_us < PV_CACHE_OPTIONS_HOURS * G_TIME_SPAN_HOUR ? g_ptr_array_ref (kept->list) : NULL;
  variant = load (cache, name);
  if (variant == NULL || !g_variant_is_of_type (variant, G_VARIANT_TYPE ("(xv)")))
    return NULL;
  g_variant_get (variant, "(xv)", &fetched_us, &list);
  return now_us - fetched_us < PV_CACHE_OPTIONS_HOURS * G_TIME_SPAN_HOUR ? pv_options_from_variant (list, NULL) : NULL;
}

static void
keep_options (PvCache *cache, const char *name, GPtrArray *list)
{
  Options *options = g_new0 (Options, 1);

  options->list = g_ptr_array_ref (list);
  options->fetched_us = g_get_real_time ();
  g_hash_table_insert (cache->options, g_strdup (name), options);
  save (cache, name, g_variant_new ("(xv)", options->fetched_us, pv_options_to_variant (list)));
}

static void
options_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GPtrArray *list = pv_portal_options_finish (PV_PORTAL (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    if (!asking->has_timed_out) {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
    g_clear_error (&error);
    error = pv_portal_error_new (PV_PORTAL_ERROR_OFFLINE, 0, 0, "no options in time");
  }
  g_cancellable_disconnect (asking->cache->closing, asking->closing_id);
  note_answer (asking->cache, error);
  if (list != NULL && asking->may_be_old)
    keep_options (asking->cache, asking->name, list);
  else if (list == NULL && asking->may_be_old)
    list = kept_options (asking->cache, asking->name);
  if (list != NULL)
    g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
pv_cache_get_options_async (PvCache *cache, const char *slug, const char *question, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = new_asking (cache, slug, callback, user_data);
  Asking *asking = g_task_get_task_data (task);
  const PvProcedure *procedure = g_hash_table_lookup (cache->procedures, slug);
  const PvQuestion *asked = procedure != NULL ? pv_procedure_find_question (procedure, question) : NULL;

  if (asked == NULL || asked->option_source == NULL) {
    g_task_return_new_error (task, PV_PORTAL_ERROR, PV_PORTAL_ERROR_GONE, "no such question with options elsewhere");
    g_object_unref (task);
    return;
  }
  asking->name = options_name (slug, asked->option_source);
  /* A time that is taken by now would send a person away with an appointment that does not exist. */
  asking->may_be_old = g_str_has_prefix (asked->option_source, "cards:");
  asking->cancellable = g_cancellable_new ();
  asking->closing_id =
    g_cancellable_connect (cache->closing, G_CALLBACK (closing_cb), g_object_ref (asking->cancellable), g_object_unref);
  asking->deadline_id = g_timeout_add (PV_CACHE_OPTIONS_WAIT_MS, options_late_cb, asking);
  pv_portal_options_async (cache->portal, slug, asked->option_source, NULL, asking->cancellable, options_cb, task);
}

GPtrArray *
pv_cache_get_options_finish (PvCache *cache, GAsyncResult *result, GError **error)
{
  (void) cache;
  return g_task_propagate_pointer (G_TASK (result), error);
}
