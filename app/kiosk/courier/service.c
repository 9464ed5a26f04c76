/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/service.h"

#include <gio/gunixfdlist.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/courier/assist-line.h"
#include "kiosk/courier/drop-calls.h"
#include "kiosk/courier/health-line.h"
#include "kiosk/courier/proofs.h"
#include "link/memfd.h"
#include "link/outbox-format.h"
#include "link/peer.h"
#include "platform/clock.h"
#include "platform/log.h"
#include "pv-link-courier1.h"

#define OBJECT_PATH "/org/parvis/Courier1"

enum { MAX_REFS = 50 }; /* filings of one session */

struct PvService {
  /* owned */
  PvPeerServer *server;
  GPtrArray *sessions; /* (element-type Session) */
  GVariant *outbox_key;
  /* borrowed */
  PvCache *cache;
  PvRecords *records;
  PvDispatch *dispatch;          /* (nullable) */
  PvBroker *broker;              /* (nullable) */
  PvAssistAudit *audit;          /* (nullable) */
  PvPortal *portal;              /* (nullable) */
  PvLookUpDesk *desk;            /* (nullable) */
  const PvReceiptSigner *signer; /* (nullable) */
  PvFleet *fleet;                /* (nullable) */
  gboolean is_reachable, can_store;
};

/* One connection: an object of its own, so that an outcome goes to nobody else. */
typedef struct Session {
  PvService *service;
  GDBusConnection *connection;
  PvLinkCourier1 *skeleton;
  PvAssistLine *assist;
  PvHealthLine *health;
  GPtrArray *refs; /* (element-type utf8): what it stored */
  PvProofs *proofs;
  gboolean is_practising; /* until the connection ends */
  PvLookUps *look_ups;
} Session;

static void
session_free (gpointer data)
{
  Session *session = data;

  pv_assist_line_free (session->assist);
  pv_health_line_free (session->health);
  pv_look_ups_free (session->look_ups);
  g_signal_handlers_disconnect_by_data (session->connection, session);
  g_signal_handlers_disconnect_by_data (session->skeleton, session);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (session->skeleton));
  g_object_unref (session->skeleton);
  g_object_unref (session->connection);
  g_ptr_array_unref (session->refs);
  pv_proofs_free (session->proofs);
  g_free (session);
}

static void
refuse (GDBusMethodInvocation *invocation, const char *name, const char *message)
{
  g_autofree char *full = g_strconcat ("org.parvis.Error.", name, NULL);

  g_dbus_method_invocation_return_dbus_error (invocation, full, message);
}

static void
refuse_by_error (GDBusMethodInvocation *invocation, const GError *error)
{
  const char *name = "Offline";

  if (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_GONE)
      || g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_UNSUPPORTED))
    name = "NotFound";
  else if (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BUSY))
    name = "Busy";
  refuse (invocation, name, error->message);
}

/* To be asked first by every call that changes something anywhere. TRUE: @invocation has its answer. */
static gboolean
refuse_in_practice (const Session *session, GDBusMethodInvocation *invocation)
{
  if (session->is_practising)
    refuse (invocation, "Practice", "this connection practises: nothing is written");
  return session->is_practising;
}

static gboolean
begin_practice_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, gpointer user_data)
{
  Session *session = user_data;

  session->is_practising = TRUE;
  pv_link_courier1_complete_begin_practice (skeleton, invocation);
  return TRUE;
}

/* One document as a sealed memory file; NULL, and the call is refused, if the system has none left. */
static GUnixFDList *
new_document (GDBusMethodInvocation *invocation, GVariant *variant)
{
  g_autoptr (GError) error = NULL;
  int fd = pv_memfd_from_variant (variant, &error);

  if (fd >= 0)
    return g_unix_fd_list_new_from_array (&fd, 1);
  refuse (invocation, "Busy", error->message);
  return NULL;
}

static gboolean
get_catalogue_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds, gpointer user_data)
{
  Session *session = user_data;
  g_autoptr (GUnixFDList) document =
    new_document (invocation, pv_catalogue_to_variant (pv_cache_get_catalogue (session->service->cache)));

  (void) fds;
  if (document != NULL)
    pv_link_courier1_complete_get_catalogue (skeleton, invocation, document, g_variant_new_handle (0));
  return TRUE;
}

static void
procedure_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PvProcedure) procedure = pv_cache_get_procedure_finish (NULL, result, &error);
  g_autoptr (GUnixFDList) document = NULL;

  (void) source;
  if (procedure == NULL) {
    refuse_by_error (invocation, error);
    return;
  }
  document = new_document (invocation, pv_procedure_to_variant (procedure));
  if (document != NULL)
    g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0), document);
}

static gboolean
get_procedure_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds, const char *slug,
                  gpointer user_data)
{
  Session *session = user_data;

  (void) skeleton;
  (void) fds;
  pv_cache_get_procedure_async (session->service->cache, slug, procedure_cb, invocation);
  return TRUE;
}

static void
options_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) options = pv_cache_get_options_finish (NULL, result, &error);
  g_autoptr (GUnixFDList) document = NULL;

  (void) source;
  if (options == NULL) {
    refuse_by_error (invocation, error);
    return;
  }
  document = new_document (invocation, pv_options_to_variant (options));
  if (document != NULL)
    g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0), document);
}

static gboolean
get_options_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds, const char *slug,
                const char *question, gpointer user_data)
{
  Session *session = user_data;

  (void) skeleton;
  (void) fds;
  pv_cache_get_options_async (session->service->cache, slug, question, options_cb, invocation);
  return TRUE;
}

static void
note_ref (Session *session, const char *ref)
{
  if (g_ptr_array_find_with_equal_func (session->refs, ref, g_str_equal, NULL))
    return;
  if (session->refs->len >= MAX_REFS)
    g_ptr_array_remove_index (session->refs, 0);
  g_ptr_array_add (session->refs, g_strdup (ref));
}

static const char *
store_error_name (const GError *error)
{
  switch ((PvOutboxStoreError) error->code) {
  case PV_OUTBOX_STORE_ERROR_BAD_DATA:
  case PV_OUTBOX_STORE_ERROR_CONFLICT:
    return "BadRequest";
  case PV_OUTBOX_STORE_ERROR_FULL:
  case PV_OUTBOX_STORE_ERROR_DISK:
  case PV_OUTBOX_STORE_ERROR_BUSY:
    break;
  }
  return "Full";
}

/* Drafts have no receipt. */
static void
note_stored (Session *session, GBytes *container)
{
  g_autoptr (PvOutboxHeader) header = pv_outbox_parse (container, NULL);

  if (header != NULL && header->purpose == PV_OUTBOX_FILE)
    pv_proofs_note_stored (session->proofs, header->ref, pv_clock_get_wall_us (pv_clock_get_system ()), header->slug);
}

static gboolean
store_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds, const char *ref,
          GVariant *sealed, gpointer user_data)
{
  Session *session = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) container = NULL;
  int fd;

  if (refuse_in_practice (session, invocation))
    return TRUE;
  fd = pv_memfd_take (fds, sealed);
  container = fd >= 0 ? pv_memfd_map (fd, PV_OUTBOX_MAX_BYTES, &error) : NULL;
  if (fd >= 0)
    close (fd);
  if (!pv_ref_is_valid (ref))
    refuse (invocation, "BadRequest", "no reference");
  else if (container == NULL)
    refuse (invocation, "BadRequest", error != NULL ? error->message : "no descriptor");
  else if (session->service->dispatch == NULL)
    refuse (invocation, "Busy", "starting or ending");
  else {
    /* Before: what is known of it already is told at once. */
    note_ref (session, ref);
    if (pv_dispatch_store (session->service->dispatch, ref, container, &error)) {
      note_stored (session, container);
      pv_link_courier1_complete_store (skeleton, invocation, NULL);
    } else
      refuse (invocation, store_error_name (error), error->message);
  }
  return TRUE;
}

static gboolean
sign_receipt_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, const char *ref, gpointer user_data)
{
  Session *session = user_data;

  (void) skeleton;
  pv_proofs_sign (session->proofs, session->service->signer, invocation, ref);
  return TRUE;
}

static gboolean
find_record_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, const char *name, gpointer user_data)
{
  Session *session = user_data;
  guint wait_s = pv_look_ups_get_wait_s (session->look_ups);
  g_autoptr (GBytes) record = wait_s == 0 ? pv_records_get (session->service->records, name) : NULL;
  g_autofree char *wait = g_strdup_printf ("%u", wait_s);

  if (wait_s > 0) {
    refuse (invocation, "Limited", wait);
  } else if (record == NULL) {
    pv_look_ups_note_wrong (session->look_ups);
    refuse (invocation, "NotFound", "no such record");
  } else
    pv_link_courier1_complete_find_record (skeleton, invocation,
                                           g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, record, TRUE));
  return TRUE;
}

/* A place at the relay is written, emptied and given up: none of the three is anything for who practises. */
static gboolean
open_drop_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, const char *id, gpointer user_data)
{
  Session *session = user_data;

  (void) skeleton;
  if (!refuse_in_practice (session, invocation))
    pv_drop_calls_open (session->service->portal, invocation, id);
  return TRUE;
}

static gboolean
take_drop_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds, const char *id,
              gpointer user_data)
{
  Session *session = user_data;

  (void) skeleton;
  (void) fds;
  if (!refuse_in_practice (session, invocation))
    pv_drop_calls_take (session->service->portal, invocation, id);
  return TRUE;
}

static gboolean
close_drop_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, const char *id, gpointer user_data)
{
  Session *session = user_data;

  (void) skeleton;
  if (!refuse_in_practice (session, invocation))
    pv_drop_calls_close (session->service->portal, invocation, id);
  return TRUE;
}

static void
closed_cb (GDBusConnection *connection, gboolean remote_vanished, GError *error, gpointer user_data)
{
  Session *session = user_data;

  (void) connection;
  (void) remote_vanished;
  (void) error;
  g_ptr_array_remove (session->service->sessions, session);
}

static void
connected_cb (GDBusConnection *connection, gpointer user_data)
{
  PvService *service = user_data;
  Session *session = g_new0 (Session, 1);
  PvLinkCourier1 *skeleton = pv_link_courier1_skeleton_new ();
  g_autoptr (GError) error = NULL;

  session->service = service;
  session->connection = g_object_ref (connection);
  session->skeleton = skeleton;
  session->refs = g_ptr_array_new_with_free_func (g_free);
  session->proofs = pv_proofs_new ();
  pv_link_courier1_set_outbox_key (skeleton, service->outbox_key);
  pv_link_courier1_set_portal_reachable (skeleton, service->is_reachable);
  pv_link_courier1_set_can_store (skeleton, service->can_store);
  g_signal_connect (skeleton, "handle-get-catalogue", G_CALLBACK (get_catalogue_cb), session);
  g_signal_connect (skeleton, "handle-get-procedure", G_CALLBACK (get_procedure_cb), session);
  g_signal_connect (skeleton, "handle-get-options", G_CALLBACK (get_options_cb), session);
  g_signal_connect (skeleton, "handle-store", G_CALLBACK (store_cb), session);
  g_signal_connect (skeleton, "handle-begin-practice", G_CALLBACK (begin_practice_cb), session);
  g_signal_connect (skeleton, "handle-sign-receipt", G_CALLBACK (sign_receipt_cb), session);
  g_signal_connect (skeleton, "handle-find-record", G_CALLBACK (find_record_cb), session);
  g_signal_connect (skeleton, "handle-open-drop", G_CALLBACK (open_drop_cb), session);
  g_signal_connect (skeleton, "handle-take-drop", G_CALLBACK (take_drop_cb), session);
  g_signal_connect (skeleton, "handle-close-drop", G_CALLBACK (close_drop_cb), session);
  g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), session);
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (skeleton), connection, OBJECT_PATH, &error))
    pv_log_event (PV_LOG_ERROR, "session-not-served", PV_LOG_CAUSE (error));
  session->look_ups = pv_look_ups_new (skeleton, service->desk);
  session->assist = pv_assist_line_new (connection, service->broker, service->audit);
  session->health = pv_health_line_new (connection, service->fleet);
  g_ptr_array_add (service->sessions, session);
}

PvService *
pv_service_new (const char *path, const guint8 *outbox_key, const char *session_user, PvCache *cache,
                PvRecords *records, GError **error)
{
  PvService *service = g_new0 (PvService, 1);

  service->cache = cache;
  service->records = records;
  service->sessions = g_ptr_array_new_with_free_func (session_free);
  service->outbox_key =
    g_variant_ref_sink (g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, outbox_key, PV_OUTBOX_KEY_BYTES, 1));
  /* Nobody is told that something is wrong before anything was tried. */
  service->is_reachable = TRUE;
  service->server = pv_peer_server_new (path, session_user, connected_cb, service, error);
  if (service->server == NULL)
    g_clear_pointer (&service, pv_service_free);
  return service;
}

void
pv_service_free (PvService *service)
{
  if (service == NULL)
    return;
  g_ptr_array_unref (service->sessions);
  pv_peer_server_free (service->server);
  g_variant_unref (service->outbox_key);
  g_free (service);
}

void
pv_service_set_assist (PvService *service, PvBroker *broker, PvAssistAudit *audit)
{
  service->broker = broker;
  service->audit = audit;
}

void
pv_service_set_portal (PvService *service, PvPortal *portal)
{
  service->portal = portal;
}

void
pv_service_set_look_ups (PvService *service, PvLookUpDesk *desk)
{
  service->desk = desk;
}

void
pv_service_set_dispatch (PvService *service, PvDispatch *dispatch)
{
  service->dispatch = dispatch;
}

void
pv_service_set_reachable (PvService *service, gboolean is_reachable)
{
  service->is_reachable = is_reachable;
  for (guint i = 0; i < service->sessions->len; i++)
    pv_link_courier1_set_portal_reachable (((Session *) service->sessions->pdata[i])->skeleton, is_reachable);
}

void
pv_service_set_can_store (PvService *service, gboolean can_store)
{
  service->can_store = can_store;
  for (guint i = 0; i < service->sessions->len; i++)
    pv_link_courier1_set_can_store (((Session *) service->sessions->pdata[i])->skeleton, can_store);
}

void
pv_service_set_signer (PvService *service, const PvReceiptSigner *signer)
{
  service->signer = signer;
}

void
pv_service_set_fleet (PvService *service, PvFleet *fleet)
{
  service->fleet = fleet;
}

void
pv_service_tell_outcome (PvService *service, const char *ref, GBytes *sealed, GBytes *digest)
{
  for (guint i = 0; i < service->sessions->len; i++) {
    const Session *session = service->sessions->pdata[i];

    if (!g_ptr_array_find_with_equal_func (session->refs, ref, g_str_equal, NULL))
      continue;
    /* Before: who is told may ask at once. */
    if (digest != NULL)
      pv_proofs_note_received (session->proofs, ref, digest);
    pv_link_courier1_emit_outcome (session->skeleton, ref,
                                   g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, sealed, TRUE));
  }
}
