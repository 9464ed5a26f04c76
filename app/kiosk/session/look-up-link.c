/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/look-up-link.h"

#include <string.h>
#include <unistd.h>

#include "core/wipe.h"
#include "link/follow.h"
#include "link/memfd.h"
#include "link/scan.h"
#include "pv-link-courier1.h"

struct PvLookUpLink {
  PvCourierLink *courier; /* borrowed */
  char *decode_program;
  PvLookUpEvents events;
  gpointer user_data;
  GCancellable *cancellable; /* of the present question */
  char *ref;                 /* (nullable): that is being looked up; wiped */
  guint n_moves;             /* followed on the way to it */
  PvFollowKey *key;          /* (nullable): of it */
  PvOutcome *known;          /* (nullable): what the kiosk itself knows of it */
  PvScan *import;            /* (nullable): an invoice that is being decoded */
};

PvLookUpLink *
pv_look_up_link_new (PvCourierLink *courier, const char *decode_program, const PvLookUpEvents *events,
                     gpointer user_data)
{
  PvLookUpLink *link = g_new0 (PvLookUpLink, 1);

  link->courier = courier;
  link->decode_program = g_strdup (decode_program);
  link->events = *events;
  link->user_data = user_data;
  link->cancellable = g_cancellable_new ();
  return link;
}

void
pv_look_up_link_forget (PvLookUpLink *link)
{
  g_cancellable_cancel (link->cancellable);
  g_object_unref (link->cancellable);
  link->cancellable = g_cancellable_new ();
  g_clear_pointer (&link->ref, pv_wipe_str);
  link->n_moves = 0;
  g_clear_pointer (&link->key, pv_follow_key_free);
  g_clear_pointer (&link->known, pv_outcome_free);
  g_clear_pointer (&link->import, pv_scan_free);
}

void
pv_look_up_link_free (PvLookUpLink *link)
{
  if (link == NULL)
    return;
  pv_look_up_link_forget (link);
  g_object_unref (link->cancellable);
  g_free (link->decode_program);
  g_free (link);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static GVariant *
read_document (GUnixFDList *list, GVariant *handle, const GVariantType *type)
{
  int fd = pv_memfd_take (list, handle);
  GVariant *document = fd >= 0 ? pv_memfd_read_variant (fd, type, PV_LOOK_UP_MAX_BYTES, NULL) : NULL;

  if (fd >= 0)
    close (fd);
  return document;
}

/* Follow ----------------------------------------------------------------------------------------------------------- */

/* What the portal says, or else what the kiosk knows. */
static void
tell_followed (PvLookUpLink *link, const PvFollowed *followed)
{
  g_autoptr (PvOutcome) known = g_steal_pointer (&link->known);
  g_autoptr (PvFollowed) joined = pv_followed_join (known, followed);

  link->events.followed (joined, link->user_data);
}

static void
followed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) handle = NULL, document = NULL;
  g_autoptr (GUnixFDList) list = NULL;
  g_autoptr (PvFollowed) followed = NULL;

  pv_link_courier1_call_follow_finish (PV_LINK_COURIER1 (source), &handle, &list, result, &error);
  if (is_cancelled (error))
    return;
  if (error == NULL)
    document = read_document (list, handle, pv_followed_type ());
  if (document != NULL)
    followed = pv_followed_from_variant (document);
  tell_followed (user_data, followed);
}

static void
ask_portal (PvLookUpLink *link, const char *code)
{
  PvLinkCourier1 *proxy = (PvLinkCourier1 *) pv_courier_link_get_proxy (link->courier);

  if (proxy == NULL)
    tell_followed (link, NULL);
  else
    pv_link_courier1_call_follow (proxy, code, G_DBUS_CALL_FLAGS_NONE, PV_LOOK_UP_CALL_MS, NULL, link->cancellable,
                                  followed_cb, link);
}

/* There is none, or not now. */
static void
tell_no_record (PvLookUpLink *link, GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);
  g_autoptr (PvFollowed) followed = NULL;

  if (g_strcmp0 (name, "org.parvis.Error.NotFound") == 0) {
    followed = pv_followed_new (PV_FOLLOWED_NONE, NULL);
  } else if (g_strcmp0 (name, "org.parvis.Error.Limited") == 0) {
    g_dbus_error_strip_remote_error (error);
    followed = pv_followed_new (PV_FOLLOWED_LIMITED, NULL);
    followed->retry_after_s = (guint) CLAMP (g_ascii_strtoll (error->message, NULL, 10), 1, 24 * 3600);
  }
  tell_followed (link, followed);
}

static void open_reference (PvLookUpLink *link, const char *ref);

/* An appointment that was moved is followed under its newest reference. */
static gboolean
was_moved (const PvLookUpLink *link, const PvOutcome *outcome)
{
  return outcome->booking != NULL && pv_ref_is_valid (outcome->booking->ref)
         && !g_str_equal (outcome->booking->ref, link->ref) && link->n_moves < PV_LOOK_UP_MAX_MOVES;
}

static void
record_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PvLookUpLink *link = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) record = NULL, variant = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PvOutcome) outcome = NULL;

  pv_link_courier1_call_find_record_finish (PV_LINK_COURIER1 (source), &record, result, &error);
  if (is_cancelled (error))
    return;
  if (record == NULL) {
    tell_no_record (link, error);
    return;
  }
  bytes = g_variant_get_data_as_bytes (record);
  variant = pv_follow_open (link->key, bytes, NULL);
  outcome = variant != NULL ? pv_outcome_from_variant (variant) : NULL;
  if (outcome == NULL) {
    tell_followed (link, NULL);
    return;
  }
  g_clear_pointer (&link->known, pv_outcome_free);
  link->known = g_steal_pointer (&outcome);
  if (was_moved (link, link->known)) {
    link->n_moves++;
    open_reference (link, link->known->booking->ref);
  } else if (link->known->tracking_code != NULL) {
    ask_portal (link, link->known->tracking_code);
  } else {
    tell_followed (link, NULL);
  }
}

typedef struct Reference {
  char *ref; /* wiped */
  guint8 outbox_key[PV_OUTBOX_KEY_BYTES];
} Reference;

static void
reference_free (gpointer data)
{
  Reference *reference = data;

  pv_wipe_str (reference->ref);
  g_free (reference);
}

/* Takes tens of milliseconds on purpose: the screen must not wait for it. */
static void
derive (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Reference *reference = task_data;

  (void) source;
  (void) cancellable;
  g_task_return_pointer (task, pv_follow_key_new (reference->ref, reference->outbox_key),
                         (GDestroyNotify) pv_follow_key_free);
}

static void
derived_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvFollowKey) key = g_task_propagate_pointer (G_TASK (result), &error);
  PvLookUpLink *link = user_data;
  PvLinkCourier1 *proxy;

  (void) source;
  if (is_cancelled (error))
    return;
  proxy = (PvLinkCourier1 *) pv_courier_link_get_proxy (link->courier);
  if (key == NULL || proxy == NULL) {
    tell_followed (link, NULL);
    return;
  }
  g_clear_pointer (&link->key, pv_follow_key_free);
  link->key = g_steal_pointer (&key);
  pv_link_courier1_call_find_record (proxy, pv_follow_key_get_name (link->key), G_DBUS_CALL_FLAGS_NONE,
                                     PV_COURIER_CALL_MS, link->cancellable, record_cb, link);
}

static void
open_reference (PvLookUpLink *link, const char *ref)
{
  PvLinkCourier1 *proxy = (PvLinkCourier1 *) pv_courier_link_get_proxy (link->courier);
  g_autoptr (GVariant) key = proxy != NULL ? pv_link_courier1_dup_outbox_key (proxy) : NULL;
  g_autoptr (GTask) task = NULL;
  Reference *reference;

  if (key == NULL || g_variant_get_size (key) != PV_OUTBOX_KEY_BYTES) {
    tell_followed (link, NULL);
    return;
  }
  pv_wipe_str (link->ref);
  link->ref = g_strdup (ref);
  reference = g_new0 (Reference, 1);
  reference->ref = g_strdup (ref);
  memcpy (reference->outbox_key, g_variant_get_data (key), PV_OUTBOX_KEY_BYTES);
  task = g_task_new (NULL, link->cancellable, derived_cb, link);
  g_task_set_task_data (task, reference, reference_free);
  g_task_run_in_thread (task, derive);
}

void
pv_look_up_link_follow (PvLookUpLink *link, const char *code)
{
  pv_look_up_link_forget (link);
  if (pv_ref_is_valid (code))
    open_reference (link, code);
  else
    ask_portal (link, code);
}

/* Invoices --------------------------------------------------------------------------------------------------------- */

static void
invoice_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PvLookUpLink *link = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) handle = NULL, document = NULL;
  g_autoptr (GUnixFDList) list = NULL;
  g_autoptr (PvInvoice) invoice = NULL;

  pv_link_courier1_call_find_invoice_finish (PV_LINK_COURIER1 (source), &handle, &list, result, &error);
  if (is_cancelled (error))
    return;
  if (error == NULL)
    document = read_document (list, handle, pv_invoice_type ());
  if (document != NULL)
    invoice = pv_invoice_from_variant (document);
  link->events.invoice (invoice, link->user_data);
}

void
pv_look_up_link_find_invoice (PvLookUpLink *link, const char *uuid, guint64 cents)
{
  PvLinkCourier1 *proxy = (PvLinkCourier1 *) pv_courier_link_get_proxy (link->courier);

  pv_look_up_link_forget (link);
  if (proxy == NULL)
    link->events.invoice (NULL, link->user_data);
  else
    pv_link_courier1_call_find_invoice (proxy, uuid, cents, G_DBUS_CALL_FLAGS_NONE, PV_LOOK_UP_CALL_MS, NULL,
                                        link->cancellable, invoice_cb, link);
}

static void
imported_cb (PvDocument *document, gpointer user_data)
{
  PvLookUpLink *link = user_data;

  link->events.paper (document->content, link->user_data);
}

static void
import_report_cb (const PvCaptureReport *report, gpointer user_data)
{
  PvLookUpLink *link = user_data;

  if (report->state == PV_CAPTURE_FAILED)
    link->events.paper (NULL, link->user_data);
}

static void
import_picture_cb (PvDecoded *picture, gpointer user_data)
{
  (void) user_data;
  pv_decoded_free (picture);
}

/* It comes from outside: nothing of it reaches the printer before it was decoded and written anew. */
static void
import (PvLookUpLink *link, GBytes *pdf)
{
  static const PvScanEvents events = { import_report_cb, import_picture_cb, imported_cb };
  static const char *const types[] = { "application/pdf", NULL };
  g_autoptr (PvCaptureRules) rules = pv_capture_rules_new ("invoice");

  rules->mime_types = g_strdupv ((char **) types);
  rules->max_bytes = PV_LOOK_UP_MAX_PDF_BYTES;
  rules->max_pages = PV_LOOK_UP_MAX_PAGES;
  link->import = pv_scan_import (link->decode_program, pdf, rules, &events, link);
}

static void
pdf_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PvLookUpLink *link = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) handle = NULL;
  g_autoptr (GUnixFDList) list = NULL;
  g_autoptr (GBytes) pdf = NULL;
  int fd;

  pv_link_courier1_call_get_invoice_pdf_finish (PV_LINK_COURIER1 (source), &handle, &list, result, &error);
  if (is_cancelled (error))
    return;
  fd = error == NULL ? pv_memfd_take (list, handle) : -1;
  if (fd >= 0) {
    pdf = pv_memfd_map (fd, PV_LOOK_UP_MAX_PDF_BYTES, NULL);
    close (fd);
  }
  if (pdf != NULL)
    import (link, pdf);
  else
    link->events.paper (NULL, link->user_data);
}

void
pv_look_up_link_get_paper (PvLookUpLink *link, const char *uuid, guint64 cents)
{
  PvLinkCourier1 *proxy = (PvLinkCourier1 *) pv_courier_link_get_proxy (link->courier);

  pv_look_up_link_forget (link);
  if (proxy == NULL)
    link->events.paper (NULL, link->user_data);
  else
    pv_link_courier1_call_get_invoice_pdf (proxy, uuid, cents, G_DBUS_CALL_FLAGS_NONE, PV_LOOK_UP_CALL_MS, NULL,
                                           link->cancellable, pdf_cb, link);
}
