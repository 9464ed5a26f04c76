/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/composite.h"

struct _PvComposite {
  GObject parent;
  PvPortal *main;
  GPtrArray *others;  /* (element-type PvPortal) */
  GHashTable *owners; /* (element-type utf8 PvPortal): by slug; borrowed */
};

/* The list while it is gathered. */
typedef struct {
  PvCatalogue *catalogue;
  guint next; /* of the others */
} Gathering;

static void pv_composite_iface_init (PvPortalInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PvComposite, pv_composite, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PV_TYPE_PORTAL, pv_composite_iface_init))

static PvPortal *
find_owner (PvComposite *self, const char *slug)
{
  PvPortal *owner = slug != NULL ? g_hash_table_lookup (self->owners, slug) : NULL;

  return owner != NULL ? owner : self->main;
}

static PvPortalFeatures
composite_get_features (PvPortal *portal)
{
  return pv_portal_get_features (PV_COMPOSITE (portal)->main);
}

/* The list ---------------------------------------------------------------------------------------------------------- */

static void
gathering_free (gpointer data)
{
  Gathering *gathering = data;

  g_clear_pointer (&gathering->catalogue, pv_catalogue_unref);
  g_free (gathering);
}

/* What one of the others has stands for itself only. */
static void
drop_what_others_have (PvComposite *self, PvCatalogue *catalogue)
{
  for (guint i = catalogue->entries->len; i > 0; i--)
    if (g_hash_table_contains (self->owners, ((PvCatalogueEntry *) catalogue->entries->pdata[i - 1])->slug))
      g_ptr_array_remove_index (catalogue->entries, i - 1);
}

static void
move_entries (PvCatalogue *from, PvCatalogue *to)
{
  while (from->entries->len > 0) {
    PvCatalogueEntry *entry = g_ptr_array_steal_index (from->entries, 0);

    if (to->entries->len < PV_CATALOGUE_MAX_ENTRIES)
      g_ptr_array_add (to->entries, entry);
    else
      pv_catalogue_entry_free (entry);
  }
}

/* The commune's catalogue may be shared: its driver keeps it. */
static PvCatalogue *
copy_catalogue (PvCatalogue *catalogue)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (pv_catalogue_to_variant (catalogue));

  return pv_catalogue_from_variant (variant, NULL);
}

static void listed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* Takes @task. */
static void
list_next (PvComposite *self, GTask *task)
{
  Gathering *gathering = g_task_get_task_data (task);

  if (gathering->next < self->others->len) {
    pv_portal_list_async (self->others->pdata[gathering->next++], g_task_get_cancellable (task), listed_cb, task);
    return;
  }
  g_task_return_pointer (task, g_steal_pointer (&gathering->catalogue), (GDestroyNotify) pv_catalogue_unref);
  g_object_unref (task);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  PvComposite *self = g_task_get_source_object (task);
  Gathering *gathering = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PvCatalogue) catalogue = pv_portal_list_finish (PV_PORTAL (source), result, &error);

  if (catalogue == NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  if (gathering->catalogue == NULL) {
    gathering->catalogue = copy_catalogue (catalogue);
    drop_what_others_have (self, gathering->catalogue);
  } else {
    move_entries (catalogue, gathering->catalogue);
  }
  list_next (self, task);
}

static void
composite_list (PvPortal *portal, GTask *task)
{
  PvComposite *self = PV_COMPOSITE (portal);

  g_task_set_task_data (task, g_new0 (Gathering, 1), gathering_free);
  pv_portal_list_async (self->main, g_task_get_cancellable (task), listed_cb, task);
}

/* What is passed on -------------------------------------------------------------------------------------------------- */

typedef gpointer (*Finish) (PvPortal *portal, GAsyncResult *result, GError **error);

/* Takes @task. */
static void
pass_back (GTask *task, PvPortal *portal, GAsyncResult *result, Finish finish, GDestroyNotify free_func)
{
  GError *error = NULL;
  gpointer answer = finish (portal, result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, free_func);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

static void
described_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  pass_back (user_data, PV_PORTAL (source), result, (Finish) pv_portal_describe_finish,
             (GDestroyNotify) pv_procedure_unref);
}

static void
composite_describe (PvPortal *portal, const char *slug, GTask *task)
{
  pv_portal_describe_async (find_owner (PV_COMPOSITE (portal), slug), slug, g_task_get_cancellable (task), described_cb,
                            task);
}

static void
options_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  pass_back (user_data, PV_PORTAL (source), result, (Finish) pv_portal_options_finish,
             (GDestroyNotify) g_ptr_array_unref);
}

static void
composite_options (PvPortal *portal, const char *slug, const char *source, const char *query, GTask *task)
{
  pv_portal_options_async (find_owner (PV_COMPOSITE (portal), slug), slug, source, query, g_task_get_cancellable (task),
                           options_cb, task);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  pass_back (user_data, PV_PORTAL (source), result, (Finish) pv_portal_submit_finish, (GDestroyNotify) pv_outcome_free);
}

static void
composite_submit (PvPortal *portal, const PvSubmission *submission, GTask *task)
{
  pv_portal_submit_async (find_owner (PV_COMPOSITE (portal), submission->slug), submission,
                          g_task_get_cancellable (task), submitted_cb, task);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  pass_back (user_data, PV_PORTAL (source), result, (Finish) pv_portal_find_finish, (GDestroyNotify) pv_found_free);
}

static void
composite_find (PvPortal *portal, const char *slug, const char *ref_field, const char *ref, GTask *task)
{
  pv_portal_find_async (find_owner (PV_COMPOSITE (portal), slug), slug, ref_field, ref, g_task_get_cancellable (task),
                        found_cb, task);
}

static void
followed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  pass_back (user_data, PV_PORTAL (source), result, (Finish) pv_portal_follow_finish,
             (GDestroyNotify) pv_followed_free);
}

static void
composite_follow (PvPortal *portal, const char *code, GTask *task)
{
  pv_portal_follow_async (PV_COMPOSITE (portal)->main, code, g_task_get_cancellable (task), followed_cb, task);
}

static void
invoice_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  pass_back (user_data, PV_PORTAL (source), result, (Finish) pv_portal_invoice_finish,
             (GDestroyNotify) pv_invoice_free);
}

static void
composite_invoice (PvPortal *portal, const char *uuid, guint64 cents, GTask *task)
{
  pv_portal_invoice_async (PV_COMPOSITE (portal)->main, uuid, cents, g_task_get_cancellable (task), invoice_cb, task);
}

static void
invoice_pdf_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  pass_back (user_data, PV_PORTAL (source), result, (Finish) pv_portal_invoice_pdf_finish,
             (GDestroyNotify) g_bytes_unref);
}

static void
composite_invoice_pdf (PvPortal *portal, const char *uuid, guint64 cents, GTask *task)
{
  pv_portal_invoice_pdf_async (PV_COMPOSITE (portal)->main, uuid, cents, g_task_get_cancellable (task), invoice_pdf_cb,
                               task);
}

static void
found_booking_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  pass_back (user_data, PV_PORTAL (source), result, (Finish) pv_portal_find_booking_finish,
             (GDestroyNotify) pv_found_free);
}

static void
composite_find_booking (PvPortal *portal, const char *ref, GTask *task)
{
  pv_portal_find_booking_async (PV_COMPOSITE (portal)->main, ref, g_task_get_cancellable (task), found_booking_cb,
                                task);
}

/* Takes @task. */
static void
pass_back_boolean (GTask *task, gboolean is_done, GError *error)
{
  if (is_done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

static void
opened_drop_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  gboolean is_done = pv_portal_open_drop_finish (PV_PORTAL (source), result, &error);

  pass_back_boolean (user_data, is_done, error);
}

static void
composite_open_drop (PvPortal *portal, const char *id, GTask *task)
{
  pv_portal_open_drop_async (PV_COMPOSITE (portal)->main, id, g_task_get_cancellable (task), opened_drop_cb, task);
}

/* "Nothing yet" is an answer, too. */
static void
taken_drop_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *sealed = NULL;

  if (pv_portal_take_drop_finish (PV_PORTAL (source), result, &sealed, &error))
    g_task_return_pointer (task, sealed, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
composite_take_drop (PvPortal *portal, const char *id, GTask *task)
{
  pv_portal_take_drop_async (PV_COMPOSITE (portal)->main, id, g_task_get_cancellable (task), taken_drop_cb, task);
}

static void
closed_drop_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  gboolean is_done = pv_portal_close_drop_finish (PV_PORTAL (source), result, &error);

  pass_back_boolean (user_data, is_done, error);
}

static void
composite_close_drop (PvPortal *portal, const char *id, GTask *task)
{
  pv_portal_close_drop_async (PV_COMPOSITE (portal)->main, id, g_task_get_cancellable (task), closed_drop_cb, task);
}

static void
surveyed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  pass_back (user_data, PV_PORTAL (source), result, (Finish) pv_portal_survey_finish,
             (GDestroyNotify) pv_portal_survey_free);
}

static void
composite_survey (PvPortal *portal, const char *slug, GTask *task)
{
  pv_portal_survey_async (find_owner (PV_COMPOSITE (portal), slug), slug, g_task_get_cancellable (task), surveyed_cb,
                          task);
}

static void
pv_composite_iface_init (PvPortalInterface *iface)
{
  iface->get_features = composite_get_features;
  iface->list = composite_list;
  iface->describe = composite_describe;
  iface->options = composite_options;
  iface->submit = composite_submit;
  iface->find = composite_find;
  iface->follow = composite_follow;
  iface->open_drop = composite_open_drop;
  iface->take_drop = composite_take_drop;
  iface->close_drop = composite_close_drop;
  iface->invoice = composite_invoice;
  iface->invoice_pdf = composite_invoice_pdf;
  iface->find_booking = composite_find_booking;
  iface->survey = composite_survey;
}

static void
pv_composite_finalize (GObject *object)
{
  PvComposite *self = PV_COMPOSITE (object);

  g_hash_table_unref (self->owners);
  g_ptr_array_unref (self->others);
  g_clear_object (&self->main);
  G_OBJECT_CLASS (pv_composite_parent_class)->finalize (object);
}

static void
pv_composite_class_init (PvCompositeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pv_composite_finalize;
}

static void
pv_composite_init (PvComposite *self)
{
  self->others = g_ptr_array_new_with_free_func (g_object_unref);
  self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

PvComposite *
pv_composite_new (PvPortal *portal)
{
  PvComposite *self = g_object_new (PV_TYPE_COMPOSITE, NULL);

  self->main = g_object_ref (portal);
  return self;
}

void
pv_composite_add (PvComposite *self, PvPortal *portal, const char *const *slugs)
{
  g_ptr_array_add (self->others, g_object_ref (portal));
  for (guint i = 0; slugs[i] != NULL; i++)
    g_hash_table_insert (self->owners, g_strdup (slugs[i]), portal);
}
