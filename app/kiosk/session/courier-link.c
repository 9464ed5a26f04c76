/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/courier-link.h"

#include <gio/gunixfdlist.h>
#include <string.h>
#include <unistd.h>

#include "link/line.h"
#include "link/memfd.h"
#include "link/outbox-format.h"
#include "pv-link-courier1.h"

struct PvCourierLink {
  PvCourierEvents events;
  gpointer user_data;
  GCancellable *cancellable;
  char *socket_path;
  PvLine *line;
  PvLinkCourier1 *proxy; /* borrowed; NULL while the line is down */
  gboolean is_practising;
  guint catalogue_source;
  gboolean wants_catalogue;
  /* what is being stored */
  GBytes *container;
  char *ref;
  PvOutboxKeys *reply_keys; /* to open the answers */
  GVariant *submission;     /* until it is sealed */
  PvOutboxHeader *header;
  guint store_source;
  gboolean is_storing;
};

/* A call on its way, with what its answer is about. */
typedef struct {
  PvCourierLink *link;
  char *about;
} Call;

static Call *
call_new (PvCourierLink *link, const char *about)
{
  Call *call = g_new0 (Call, 1);

  call->link = link;
  call->about = g_strdup (about);
  return call;
}

static void
call_free (Call *call)
{
  g_free (call->about);
  g_free (call);
}

static void try_store (PvCourierLink *link);

static gboolean
can_store (const PvCourierLink *link)
{
  g_autoptr (GVariant) key = NULL;

  if (link->proxy == NULL)
    return FALSE;
  key = pv_link_courier1_dup_outbox_key (link->proxy);
  return key != NULL && g_variant_get_size (key) == PV_OUTBOX_KEY_BYTES && pv_link_courier1_get_can_store (link->proxy);
}

static void
tell_state (PvCourierLink *link)
{
  link->events.state (link->proxy != NULL, can_store (link), link->user_data);
}

static GVariant *
read_document (GUnixFDList *list, GVariant *handle, const GVariantType *type, gsize max_bytes)
{
  int fd = pv_memfd_take (list, handle);
  GVariant *document = fd >= 0 ? pv_memfd_read_variant (fd, type, max_bytes, NULL) : NULL;

  if (fd >= 0)
    close (fd);
  return document;
}

static void
ask_for_proof (PvCourierLink *link, const PvOutcome *outcome)
{
  if (link->proxy != NULL && link->header != NULL && link->events.proof != NULL)
    pv_proof_ask (G_DBUS_PROXY (link->proxy), link->ref, link->header->slug, outcome, link->cancellable,
                  link->events.proof, link->user_data);
}

static void
outcome_cb (PvLinkCourier1 *proxy, const char *ref, GVariant *sealed, gpointer user_data)
{
  PvCourierLink *link = user_data;
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (PvOutcome) outcome = NULL;

  (void) proxy;
  if (link->reply_keys == NULL || g_strcmp0 (ref, link->ref) != 0
      || g_variant_get_size (sealed) > PV_OUTBOX_MAX_REPLY_BYTES)
    return;
  reply = g_variant_get_data_as_bytes (sealed);
  variant = pv_outbox_open_reply (reply, link->reply_keys, NULL);
  outcome = variant != NULL ? pv_outcome_from_variant (variant) : NULL;
  if (outcome == NULL)
    return;
  ask_for_proof (link, outcome);
  link->events.outcome (outcome, link->user_data);
}

static void
properties_cb (GDBusProxy *proxy, GVariant *changed, GStrv invalidated, gpointer user_data)
{
  (void) proxy;
  (void) changed;
  (void) invalidated;
  tell_state (user_data);
}

/* Nothing to do: what practises stores nothing anyway. */
static void
practice_begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) user_data;
  pv_link_courier1_call_begin_practice_finish (PV_LINK_COURIER1 (source), result, NULL);
}

/* What is called afterwards on this connection comes afterwards. The courier takes no call without an answer. */
static void
begin_practice (PvCourierLink *link)
{
  pv_link_courier1_call_begin_practice (link->proxy, G_DBUS_CALL_FLAGS_NONE, PV_COURIER_CALL_MS, link->cancellable,
                                        practice_begun_cb, NULL);
}

static void
up_cb (GDBusProxy *proxy, gpointer user_data)
{
  PvCourierLink *link = user_data;

  link->proxy = PV_LINK_COURIER1 (proxy);
  if (link->is_practising)
    begin_practice (link);
  g_signal_connect (proxy, "outcome", G_CALLBACK (outcome_cb), link);
  g_signal_connect (proxy, "g-properties-changed", G_CALLBACK (properties_cb), link);
  tell_state (link);
  if (link->wants_catalogue)
    pv_courier_link_fetch_catalogue (link);
  try_store (link);
}

static void
down_cb (gpointer user_data)
{
  PvCourierLink *link = user_data;

  link->proxy = NULL;
  tell_state (link);
}

static void
connect_line (PvCourierLink *link)
{
  static const PvLineEvents line_events = { up_cb, down_cb };
  const PvLineTarget target = {
    .socket_path = link->socket_path,
    .object_path = "/org/parvis/Courier1",
    .interface = "org.parvis.Courier1",
    .proxy_type = PV_LINK_TYPE_COURIER1_PROXY,
    .retry_ms = PV_COURIER_RETRY_MS,
  };

  link->line = pv_line_new (&target, &line_events, link);
}

PvCourierLink *
pv_courier_link_new (const char *socket_path, const PvCourierEvents *events, gpointer user_data)
{
  PvCourierLink *link = g_new0 (PvCourierLink, 1);

  link->events = *events;
  link->user_data = user_data;
  link->cancellable = g_cancellable_new ();
  link->socket_path = g_strdup (socket_path);
  connect_line (link);
  return link;
}

void
pv_courier_link_set_practice (PvCourierLink *link, gboolean is_practising)
{
  if (link->is_practising == is_practising)
    return;
  link->is_practising = is_practising;
  if (is_practising) {
    pv_courier_link_forget (link);
    if (link->proxy != NULL)
      begin_practice (link);
    return;
  }
  /* The courier lets nothing out of a practice but a new connection. */
  link->proxy = NULL;
  pv_line_free (link->line);
  connect_line (link);
}

void
pv_courier_link_free (PvCourierLink *link)
{
  if (link == NULL)
    return;
  g_cancellable_cancel (link->cancellable);
  pv_courier_link_forget (link);
  g_clear_handle_id (&link->catalogue_source, g_source_remove);
  pv_line_free (link->line);
  g_free (link->socket_path);
  g_object_unref (link->cancellable);
  g_free (link);
}

GDBusProxy *
pv_courier_link_get_proxy (PvCourierLink *link)
{
  return link->proxy != NULL ? G_DBUS_PROXY (link->proxy) : NULL;
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
fetch_again_cb (gpointer user_data)
{
  PvCourierLink *link = user_data;

  link->catalogue_source = 0;
  if (link->wants_catalogue)
    pv_courier_link_fetch_catalogue (link);
  return G_SOURCE_REMOVE;
}

static void
catalogue_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) handle = NULL, document = NULL;
  g_autoptr (GUnixFDList) list = NULL;
  g_autoptr (PvCatalogue) catalogue = NULL;
  PvCourierLink *link;

  pv_link_courier1_call_get_catalogue_finish (PV_LINK_COURIER1 (source), &handle, &list, result, &error);
  if (is_cancelled (error))
    return;
  link = user_data;
  if (error == NULL)
    document = read_document (list, handle, G_VARIANT_TYPE (PV_CATALOGUE_DOCUMENT), PV_COURIER_MAX_CATALOGUE_BYTES);
  if (document != NULL)
    catalogue = pv_catalogue_from_variant (document, NULL);
  link->wants_catalogue = catalogue == NULL;
  link->events.catalogue (catalogue, link->user_data);
  if (catalogue == NULL && link->catalogue_source == 0)
    link->catalogue_source = g_timeout_add (PV_COURIER_RETRY_MS, fetch_again_cb, link);
}

void
pv_courier_link_fetch_catalogue (PvCourierLink *link)
{
  link->wants_catalogue = TRUE;
  if (link->proxy != NULL)
    pv_link_courier1_call_get_catalogue (link->proxy, G_DBUS_CALL_FLAGS_NONE, PV_COURIER_CALL_MS, NULL,
                                         link->cancellable, catalogue_cb, link);
}

static void
procedure_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) handle = NULL, document = NULL;
  g_autoptr (GUnixFDList) list = NULL;
  g_autoptr (PvProcedure) procedure = NULL;
  Call *call = user_data;

  pv_link_courier1_call_get_procedure_finish (PV_LINK_COURIER1 (source), &handle, &list, result, &error);
  if (!is_cancelled (error)) {
    if (error == NULL)
      document = read_document (list, handle, G_VARIANT_TYPE_VARDICT, PV_COURIER_MAX_PROCEDURE_BYTES);
    if (document != NULL)
      procedure = pv_procedure_from_variant (document, NULL);
    call->link->events.procedure (call->about, procedure, call->link->user_data);
  }
  call_free (call);
}

void
pv_courier_link_fetch_procedure (PvCourierLink *link, const char *slug)
{
  if (link->proxy == NULL)
    link->events.procedure (slug, NULL, link->user_data);
  else
    pv_link_courier1_call_get_procedure (link->proxy, slug, G_DBUS_CALL_FLAGS_NONE, PV_COURIER_CALL_MS, NULL,
                                         link->cancellable, procedure_cb, call_new (link, slug));
}

static void
options_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) handle = NULL, document = NULL;
  g_autoptr (GUnixFDList) list = NULL;
  GPtrArray *options = NULL;
  Call *call = user_data;

  pv_link_courier1_call_get_options_finish (PV_LINK_COURIER1 (source), &handle, &list, result, &error);
  if (!is_cancelled (error)) {
    if (error == NULL)
      document = read_document (list, handle, G_VARIANT_TYPE ("aa{sv}"), PV_COURIER_MAX_PROCEDURE_BYTES);
    if (document != NULL)
      options = pv_options_from_variant (document, NULL);
    call->link->events.options (call->about, options, call->link->user_data);
  }
  call_free (call);
}

void
pv_courier_link_fetch_options (PvCourierLink *link, const char *slug, const char *path)
{
  const char *last = strrchr (path, '/');

  if (link->proxy == NULL)
    link->events.options (path, NULL, link->user_data);
  else
    pv_link_courier1_call_get_options (link->proxy, slug, last != NULL ? last + 1 : path, G_DBUS_CALL_FLAGS_NONE,
                                       PV_COURIER_CALL_MS, NULL, link->cancellable, options_cb, call_new (link, path));
}

static gboolean
store_again_cb (gpointer user_data)
{
  PvCourierLink *link = user_data;

  link->store_source = 0;
  try_store (link);
  return G_SOURCE_REMOVE;
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUnixFDList) list = NULL;
  g_autofree char *name = NULL;
  Call *call = user_data;
  PvCourierLink *link = call->link;

  pv_link_courier1_call_store_finish (PV_LINK_COURIER1 (source), &list, result, &error);
  if (is_cancelled (error) || g_strcmp0 (call->about, link->ref) != 0) {
    call_free (call);
    return;
  }
  call_free (call);
  link->is_storing = FALSE;
  if (error == NULL) {
    g_clear_pointer (&link->container, g_bytes_unref);
    ask_for_proof (link, NULL);
    link->events.stored (TRUE, link->user_data);
    return;
  }
  name = g_dbus_error_get_remote_error (error);
  if (g_strcmp0 (name, "org.parvis.Error.Full") == 0 || g_strcmp0 (name, "org.parvis.Error.BadRequest") == 0) {
    g_clear_pointer (&link->container, g_bytes_unref);
    link->events.stored (FALSE, link->user_data);
  } else if (link->store_source == 0) {
    /* Nobody knows whether it is on the disk: the same reference again is the same filing. */
    link->store_source = g_timeout_add (PV_COURIER_RETRY_MS, store_again_cb, link);
  }
}

static gboolean
seal (PvCourierLink *link)
{
  g_autoptr (GVariant) key = NULL;

  if (link->container != NULL)
    return TRUE;
  if (link->submission == NULL || !can_store (link))
    return FALSE;
  key = pv_link_courier1_dup_outbox_key (link->proxy);
  link->container =
    pv_outbox_seal (link->header, link->submission, g_variant_get_data (key), link->reply_keys->public_key, NULL);
  if (link->container != NULL)
    g_clear_pointer (&link->submission, g_variant_unref);
  return link->container != NULL;
}

static void
try_store (PvCourierLink *link)
{
  g_autoptr (GUnixFDList) list = NULL;
  int fd;

  if (link->proxy == NULL || link->is_storing || !seal (link))
    return;
  fd = pv_memfd_from_bytes (link->container, NULL);
  if (fd < 0)
    return;
  list = g_unix_fd_list_new_from_array (&fd, 1); /* takes it */
  link->is_storing = TRUE;
  pv_link_courier1_call_store (link->proxy, link->ref, g_variant_new_handle (0), G_DBUS_CALL_FLAGS_NONE,
                               PV_COURIER_CALL_MS, list, link->cancellable, stored_cb, call_new (link, link->ref));
}

void
pv_courier_link_store (PvCourierLink *link, const PvSubmission *submission)
{
  if (link->is_practising)
    return;
  pv_courier_link_forget (link);
  link->ref = g_strdup (submission->ref);
  link->header = g_new0 (PvOutboxHeader, 1);
  link->header->ref = g_strdup (submission->ref);
  link->header->slug = g_strdup (submission->slug);
  link->header->purpose = submission->purpose == PV_SUBMISSION_DRAFT ? PV_OUTBOX_DRAFT : PV_OUTBOX_FILE;
  link->header->has_ref_field = submission->ref_field != NULL;
  link->header->created_us = submission->created_us;
  link->reply_keys = pv_outbox_keys_new ();
  link->submission = g_variant_ref_sink (pv_submission_to_variant (submission));
  try_store (link);
}

void
pv_courier_link_forget (PvCourierLink *link)
{
  g_clear_pointer (&link->container, g_bytes_unref);
  g_clear_pointer (&link->submission, g_variant_unref);
  g_clear_pointer (&link->header, pv_outbox_header_free);
  g_clear_pointer (&link->reply_keys, pv_outbox_keys_free);
  g_clear_pointer (&link->ref, g_free);
  g_clear_handle_id (&link->store_source, g_source_remove);
  link->is_storing = FALSE;
}
