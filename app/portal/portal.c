/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/portal.h"

#include "core/wipe.h"

typedef struct {
  gint64 offset_s;
  guint retry_after_s;
} PvPortalErrorPrivate;

/* The macro of GLib 2.74 counts back from the error, which is aligned, through a pointer to bytes; and an optimizing gcc
 * does not see that its private part is there whenever the domain is this one. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-align"
#pragma GCC diagnostic ignored "-Wnull-dereference"

static void
pv_portal_error_private_init (PvPortalErrorPrivate *priv)
{
  priv->offset_s = 0;
  priv->retry_after_s = 0;
}

static void
pv_portal_error_private_copy (const PvPortalErrorPrivate *source, PvPortalErrorPrivate *target)
{
  *target = *source;
}

static void
pv_portal_error_private_clear (PvPortalErrorPrivate *priv)
{
  (void) priv;
}

G_DEFINE_EXTENDED_ERROR (PvPortalError, pv_portal_error)

GError *
pv_portal_error_new (PvPortalError code, gint64 offset_s, guint retry_after_s, const char *format, ...)
{
  GError *error;
  va_list arguments;

  va_start (arguments, format);
  error = g_error_new_valist (PV_PORTAL_ERROR, (int) code, format, arguments);
  va_end (arguments);
  pv_portal_error_get_private (error)->offset_s = offset_s;
  pv_portal_error_get_private (error)->retry_after_s = retry_after_s;
  return error;
}

gint64
pv_portal_error_get_offset_s (const GError *error)
{
  return error != NULL && error->domain == PV_PORTAL_ERROR ? pv_portal_error_get_private (error)->offset_s : 0;
}

guint
pv_portal_error_get_retry_after_s (const GError *error)
{
  return error != NULL && error->domain == PV_PORTAL_ERROR ? pv_portal_error_get_private (error)->retry_after_s : 0;
}
#pragma GCC diagnostic pop

PvFound *
pv_found_new (void)
{
  return g_new0 (PvFound, 1);
}

void
pv_found_free (PvFound *found)
{
  if (found == NULL)
    return;
  pv_wipe_str (found->number);
  pv_wipe_str (found->tracking_code);
  g_free (found);
}

PvPortalFault *
pv_portal_fault_new (const char *reason)
{
  PvPortalFault *fault = g_new0 (PvPortalFault, 1);

  fault->reason = g_strdup (reason);
  return fault;
}

void
pv_portal_fault_free (PvPortalFault *fault)
{
  if (fault == NULL)
    return;
  g_free (fault->page);
  g_free (fault->field);
  g_free (fault->name);
  g_free (fault->label);
  g_free (fault->type);
  g_free (fault->reason);
  g_free (fault->source);
  g_free (fault);
}

void
pv_portal_survey_free (PvPortalSurvey *survey)
{
  if (survey == NULL)
    return;
  g_clear_pointer (&survey->procedure, pv_procedure_unref);
  g_ptr_array_unref (survey->faults);
  g_free (survey);
}

G_DEFINE_INTERFACE (PvPortal, pv_portal, G_TYPE_OBJECT)

static void
pv_portal_default_init (PvPortalInterface *iface)
{
  (void) iface;
}

/* The tag tells the operations apart, so that a _finish given the result of another one is refused. */
static GTask *
new_task (PvPortal *portal, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data, gpointer tag)
{
  GTask *task = g_task_new (portal, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

static gpointer
finish (PvPortal *portal, GAsyncResult *result, gpointer tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, portal), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
finish_boolean (PvPortal *portal, GAsyncResult *result, gpointer tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, portal), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

PvPortalFeatures
pv_portal_get_features (PvPortal *portal)
{
  return PV_PORTAL_GET_IFACE (portal)->get_features (portal);
}

void
pv_portal_list_async (PvPortal *portal, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  PV_PORTAL_GET_IFACE (portal)->list (portal,
                                      new_task (portal, cancellable, callback, user_data, pv_portal_list_async));
}

PvCatalogue *
pv_portal_list_finish (PvPortal *portal, GAsyncResult *result, GError **error)
{
  return finish (portal, result, pv_portal_list_async, error);
}

void
pv_portal_describe_async (PvPortal *portal, const char *slug, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  PV_PORTAL_GET_IFACE (portal)->describe (
    portal, slug, new_task (portal, cancellable, callback, user_data, pv_portal_describe_async));
}

PvProcedure *
pv_portal_describe_finish (PvPortal *portal, GAsyncResult *result, GError **error)
{
  return finish (portal, result, pv_portal_describe_async, error);
}

void
pv_portal_options_async (PvPortal *portal, const char *slug, const char *source, const char *query,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  PV_PORTAL_GET_IFACE (portal)->options (portal, slug, source, query,
                                         new_task (portal, cancellable, callback, user_data, pv_portal_options_async));
}

GPtrArray *
pv_portal_options_finish (PvPortal *portal, GAsyncResult *result, GError **error)
{
  return finish (portal, result, pv_portal_options_async, error);
}

void
pv_portal_submit_async (PvPortal *portal, const PvSubmission *submission, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = new_task (portal, cancellable, callback, user_data, pv_portal_submit_async);

  /* The driver tells "cancelled before" from "cancelled in between", which GTask would not. */
  g_task_set_check_cancellable (task, FALSE);
  PV_PORTAL_GET_IFACE (portal)->submit (portal, submission, task);
}

PvOutcome *
pv_portal_submit_finish (PvPortal *portal, GAsyncResult *result, GError **error)
{
  return finish (portal, result, pv_portal_submit_async, error);
}

void
pv_portal_find_async (PvPortal *portal, const char *slug, const char *ref_field, const char *ref,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  PV_PORTAL_GET_IFACE (portal)->find (portal, slug, ref_field, ref,
                                      new_task (portal, cancellable, callback, user_data, pv_portal_find_async));
}

PvFound *
pv_portal_find_finish (PvPortal *portal, GAsyncResult *result, GError **error)
{
  return finish (portal, result, pv_portal_find_async, error);
}

void
pv_portal_follow_async (PvPortal *portal, const char *code, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  PV_PORTAL_GET_IFACE (portal)->follow (portal, code,
                                        new_task (portal, cancellable, callback, user_data, pv_portal_follow_async));
}

PvFollowed *
pv_portal_follow_finish (PvPortal *portal, GAsyncResult *result, GError **error)
{
  return finish (portal, result, pv_portal_follow_async, error);
}

void
pv_portal_open_drop_async (PvPortal *portal, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  PV_PORTAL_GET_IFACE (portal)->open_drop (
    portal, id, new_task (portal, cancellable, callback, user_data, pv_portal_open_drop_async));
}

gboolean
pv_portal_open_drop_finish (PvPortal *portal, GAsyncResult *result, GError **error)
{
  return finish_boolean (portal, result, pv_portal_open_drop_async, error);
}

void
pv_portal_take_drop_async (PvPortal *portal, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  PV_PORTAL_GET_IFACE (portal)->take_drop (
    portal, id, new_task (portal, cancellable, callback, user_data, pv_portal_take_drop_async));
}

gboolean
pv_portal_take_drop_finish (PvPortal *portal, GAsyncResult *result, GBytes **ret_sealed, GError **error)
{
  g_autoptr (GError) failure = NULL;

  *ret_sealed = finish (portal, result, pv_portal_take_drop_async, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Takes @task. Not every kind of portal has invoices. */
static void
refuse (GTask *task)
{
  g_task_return_error (task, pv_portal_error_new (PV_PORTAL_ERROR_UNSUPPORTED, 0, 0, "this portal has no invoices"));
  g_object_unref (task);
}

void
pv_portal_invoice_async (PvPortal *portal, const char *uuid, guint64 cents, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = new_task (portal, cancellable, callback, user_data, pv_portal_invoice_async);

  if (PV_PORTAL_GET_IFACE (portal)->invoice != NULL)
    PV_PORTAL_GET_IFACE (portal)->invoice (portal, uuid, cents, task);
  else
    refuse (task);
}

PvInvoice *
pv_portal_invoice_finish (PvPortal *portal, GAsyncResult *result, GError **error)
{
  return finish (portal, result, pv_portal_invoice_async, error);
}

void
pv_portal_invoice_pdf_async (PvPortal *portal, const char *uuid, guint64 cents, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = new_task (portal, cancellable, callback, user_data, pv_portal_invoice_pdf_async);

  if (PV_PORTAL_GET_IFACE (portal)->invoice_pdf != NULL)
    PV_PORTAL_GET_IFACE (portal)->invoice_pdf (portal, uuid, cents, task);
  else
    refuse (task);
}

GBytes *
pv_portal_invoice_pdf_finish (PvPortal *portal, GAsyncResult *result, GError **error)
{
  return finish (portal, result, pv_portal_invoice_pdf_async, error);
}

void
pv_portal_close_drop_async (PvPortal *portal, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  PV_PORTAL_GET_IFACE (portal)->close_drop (
    portal, id, new_task (portal, cancellable, callback, user_data, pv_portal_close_drop_async));
}

gboolean
pv_portal_close_drop_finish (PvPortal *portal, GAsyncResult *result, GError **error)
{
  return finish_boolean (portal, result, pv_portal_close_drop_async, error);
}

void
pv_portal_find_booking_async (PvPortal *portal, const char *ref, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = new_task (portal, cancellable, callback, user_data, pv_portal_find_booking_async);

  if (PV_PORTAL_GET_IFACE (portal)->find_booking != NULL) {
    PV_PORTAL_GET_IFACE (portal)->find_booking (portal, ref, task);
    return;
  }
  g_task_return_new_error (task, PV_PORTAL_ERROR, PV_PORTAL_ERROR_UNSUPPORTED, "this portal has no agendas");
  g_object_unref (task);
}

PvFound *
pv_portal_find_booking_finish (PvPortal *portal, GAsyncResult *result, GError **error)
{
  return finish (portal, result, pv_portal_find_booking_async, error);
}

void
pv_portal_survey_async (PvPortal *portal, const char *slug, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = new_task (portal, cancellable, callback, user_data, pv_portal_survey_async);

  if (PV_PORTAL_GET_IFACE (portal)->survey != NULL) {
    PV_PORTAL_GET_IFACE (portal)->survey (portal, slug, task);
    return;
  }
  g_task_return_new_error (task, PV_PORTAL_ERROR, PV_PORTAL_ERROR_UNSUPPORTED, "this portal has no forms to look into");
  g_object_unref (task);
}

PvPortalSurvey *
pv_portal_survey_finish (PvPortal *portal, GAsyncResult *result, GError **error)
{
  return finish (portal, result, pv_portal_survey_async, error);
}
