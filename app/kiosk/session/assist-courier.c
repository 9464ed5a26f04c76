/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/assist-courier.h"

#include <sodium.h>
#include <string.h>

#include "assist/presence.h"
#include "kiosk/session/assist-notes.h"
#include "link/line.h"
#include "platform/carrier-name.h"
#include "platform/log.h"
#include "pv-link-assist1.h"

struct PvAssistCourier {
  /* owned */
  GCancellable *cancellable;
  PvLine *line;
  PvAssistNotes *notes;
  /* borrowed */
  PvLinkAssist1 *proxy; /* NULL while the line is down */
  PvAssistCourierEvents events;
  gpointer user_data;
  /* handles */
  guint busy_id, closing_id;
  /* values */
  PvAssistReach told;
  guint8 key[PV_CERTIFICATE_KEY_BYTES], next_key[PV_CERTIFICATE_KEY_BYTES];
  gboolean wants_line, has_line;
  gboolean is_closing; /* nobody wants it any more; what must be kept is still being said */
  guint n_opens;       /* the answer to an earlier one is not for us */
  gint64 until_us;     /* of asking for the line */
  guint n_calls;       /* parcels without an answer */
};

/* An Open on its way. */
typedef struct Opening {
  PvAssistCourier *courier;
  guint number;
} Opening;

PvAssistReach
pv_assist_courier_get_reach (const PvAssistCourier *courier)
{
  if (courier->proxy == NULL)
    return PV_ASSIST_REACH_AWAY;
  switch (pv_link_assist1_get_link (courier->proxy)) {
  case 0:
    return PV_ASSIST_REACH_NONE;
  case 2:
    return PV_ASSIST_REACH_UP;
  default:
    return PV_ASSIST_REACH_AWAY;
  }
}

static void
tell_reach (PvAssistCourier *courier)
{
  PvAssistReach reach = pv_assist_courier_get_reach (courier);

  if (reach == courier->told)
    return;
  courier->told = reach;
  courier->events.reach (reach, courier->user_data);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* @variant: of bytes; NULL if it has none, or more than @max. (transfer full) */
static GBytes *
take_bytes (GVariant *variant, gsize max)
{
  gsize size = g_variant_get_size (variant);

  return size > 0 && size <= max ? g_variant_get_data_as_bytes (variant) : NULL;
}

static GVariant *
new_bytes (GBytes *bytes)
{
  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE);
}

/* Taking the line */

static void try_open (PvAssistCourier *courier);

static gboolean
may_open (const PvAssistCourier *courier)
{
  return courier->proxy != NULL && !courier->has_line && (courier->is_closing || courier->wants_line);
}

static gboolean
busy_cb (gpointer user_data)
{
  PvAssistCourier *courier = user_data;

  courier->busy_id = 0;
  try_open (courier);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) user_data;
  pv_link_assist1_call_close_finish (PV_LINK_ASSIST1 (source), result, NULL);
}

/* Behind all that was sent: the courier takes one call after the other. An Open without an answer may have succeeded. */
static void
give_back (PvAssistCourier *courier)
{
  courier->is_closing = courier->has_line = FALSE;
  g_clear_handle_id (&courier->closing_id, g_source_remove);
  g_clear_handle_id (&courier->busy_id, g_source_remove);
  pv_assist_notes_set_line (courier->notes, NULL);
  pv_assist_notes_clear (courier->notes);
  if (courier->proxy != NULL)
    pv_link_assist1_call_close (courier->proxy, G_DBUS_CALL_FLAGS_NONE, PV_ASSIST_COURIER_CALL_MS, NULL, closed_cb,
                                NULL);
  try_open (courier); /* it may be wanted again by now */
}

static gboolean
closing_cb (gpointer user_data)
{
  PvAssistCourier *courier = user_data;

  courier->closing_id = 0;
  give_back (courier);
  return G_SOURCE_REMOVE;
}

static void
notes_empty_cb (gpointer user_data)
{
  PvAssistCourier *courier = user_data;

  if (courier->is_closing)
    give_back (courier);
}

static void
give_up (PvAssistCourier *courier)
{
  gboolean was_wanted = courier->wants_line && !courier->is_closing;

  if (was_wanted)
    courier->wants_line = FALSE;
  give_back (courier);
  if (was_wanted)
    courier->events.opened (NULL, NULL, courier->user_data);
}

/* The session before may be about to give it back; all else does not change by asking again. */
static void
not_opened (PvAssistCourier *courier, const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);
  gboolean is_busy = g_strcmp0 (name, "org.parvis.Error.Busy") == 0;

  if (courier->proxy == NULL)
    return; /* asked again when it is up */
  if (is_busy && g_get_monotonic_time () < courier->until_us) {
    if (courier->busy_id == 0)
      courier->busy_id = g_timeout_add (PV_ASSIST_COURIER_BUSY_MS, busy_cb, courier);
    return;
  }
  pv_log_event (PV_LOG_WARNING, "assist-not-opened", PV_LOG_CAUSE (error));
  give_up (courier);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) certificate = NULL, delegation = NULL;
  g_autoptr (GBytes) certificate_bytes = NULL, delegation_bytes = NULL;
  g_autofree Opening *opening = user_data;
  PvAssistCourier *courier = opening->courier;

  pv_link_assist1_call_open_finish (PV_LINK_ASSIST1 (source), &certificate, &delegation, result, &error);
  if (is_cancelled (error) || opening->number != courier->n_opens || !may_open (courier))
    return;
  if (error != NULL) {
    not_opened (courier, error);
    return;
  }
  certificate_bytes = take_bytes (certificate, PV_CERTIFICATE_MAX_BYTES);
  delegation_bytes = take_bytes (delegation, PV_DELEGATION_BYTES);
  if (certificate_bytes == NULL || delegation_bytes == NULL) {
    give_up (courier);
    return;
  }
  courier->has_line = TRUE;
  if (!courier->is_closing)
    courier->events.opened (certificate_bytes, delegation_bytes, courier->user_data);
  pv_assist_notes_set_line (courier->notes, courier->has_line ? courier->proxy : NULL);
}

static void
try_open (PvAssistCourier *courier)
{
  g_autoptr (GBytes) key = NULL;
  Opening *opening;

  if (!may_open (courier))
    return;
  if (!courier->is_closing)
    memcpy (courier->key, courier->next_key, sizeof courier->key);
  key = g_bytes_new (courier->key, sizeof courier->key);
  opening = g_new0 (Opening, 1);
  *opening = (Opening){ courier, ++courier->n_opens };
  pv_link_assist1_call_open (courier->proxy, new_bytes (key), G_DBUS_CALL_FLAGS_NONE, PV_ASSIST_COURIER_CALL_MS,
                             courier->cancellable, opened_cb, opening);
}

void
pv_assist_courier_open (PvAssistCourier *courier, const guint8 *key)
{
  memcpy (courier->next_key, key, sizeof courier->next_key);
  courier->wants_line = TRUE;
  courier->until_us = g_get_monotonic_time () + PV_ASSIST_COURIER_OPEN_MS * G_TIME_SPAN_MILLISECOND;
  try_open (courier);
}

void
pv_assist_courier_close (PvAssistCourier *courier)
{
  if (!courier->wants_line)
    return;
  courier->wants_line = FALSE;
  if (courier->is_closing)
    return;
  if (pv_assist_notes_count (courier->notes) == 0) {
    give_back (courier);
    return;
  }
  courier->is_closing = TRUE;
  courier->closing_id = g_timeout_add (PV_ASSIST_COURIER_CLOSE_MS, closing_cb, courier);
}

/* Parcels */

static gboolean
is_open (const PvAssistCourier *courier)
{
  return courier->has_line && courier->wants_line && !courier->is_closing;
}

static void
carried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GVariant *nothing = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  PvAssistCourier *courier = user_data;

  g_clear_pointer (&nothing, g_variant_unref);
  /* Those of a line that is gone do not count any more. */
  if (!is_cancelled (error) && (gpointer) courier->proxy == (gpointer) source)
    courier->n_calls--;
}

/* Takes @arguments, which float. */
static void
carry (PvAssistCourier *courier, const char *method, GVariant *arguments)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (arguments);

  if (!is_open (courier) || courier->n_calls >= PV_ASSIST_COURIER_MAX_CALLS)
    return;
  courier->n_calls++;
  g_dbus_proxy_call (G_DBUS_PROXY (courier->proxy), method, owned, G_DBUS_CALL_FLAGS_NONE, PV_ASSIST_COURIER_CALL_MS,
                     courier->cancellable, carried_cb, courier);
}

void
pv_assist_courier_call (PvAssistCourier *courier, GBytes *call)
{
  carry (courier, "Call", g_variant_new ("(@ay)", new_bytes (call)));
}

void
pv_assist_courier_send (PvAssistCourier *courier, const guint8 *peer, GBytes *parcel, gboolean is_beat)
{
  char id[PV_CARRIER_ID_CHARS + 1];

  sodium_bin2hex (id, sizeof id, peer, PV_CERTIFICATE_ID_BYTES);
  carry (courier, "Send", g_variant_new ("(s@ayb)", id, new_bytes (parcel), is_beat));
}

static void
received_cb (PvLinkAssist1 *proxy, const char *peer, GVariant *parcel, gpointer user_data)
{
  PvAssistCourier *courier = user_data;
  g_autoptr (GBytes) bytes = take_bytes (parcel, PV_CARRIER_MAX_PARCEL_BYTES);

  (void) proxy;
  if (is_open (courier) && bytes != NULL && pv_carrier_is_id (peer))
    courier->events.received (bytes, courier->user_data);
}

static void
presence_cb (PvLinkAssist1 *proxy, GVariant *presence, gpointer user_data)
{
  PvAssistCourier *courier = user_data;
  g_autoptr (GBytes) bytes = take_bytes (presence, PV_PRESENCE_MAX_BYTES);

  (void) proxy;
  if (bytes != NULL)
    courier->events.presence (bytes, courier->user_data);
}

void
pv_assist_courier_note (PvAssistCourier *courier, const char *verb, const char *field)
{
  pv_assist_notes_add (courier->notes, verb, field);
}

void
pv_assist_courier_keep_consent (PvAssistCourier *courier, GBytes *record)
{
  pv_assist_notes_add_consent (courier->notes, record);
}

/* The line itself */

static void
link_cb (GObject *proxy, GParamSpec *property, gpointer user_data)
{
  (void) proxy;
  (void) property;
  tell_reach (user_data);
}

static void
up_cb (GDBusProxy *proxy, gpointer user_data)
{
  PvAssistCourier *courier = user_data;

  courier->proxy = PV_LINK_ASSIST1 (proxy);
  courier->n_calls = 0;
  g_signal_connect (proxy, "received", G_CALLBACK (received_cb), courier);
  g_signal_connect (proxy, "presence", G_CALLBACK (presence_cb), courier);
  g_signal_connect (proxy, "notify::link", G_CALLBACK (link_cb), courier);
  try_open (courier);
  tell_reach (courier);
}

static void
down_cb (gpointer user_data)
{
  PvAssistCourier *courier = user_data;

  courier->proxy = NULL;
  courier->has_line = FALSE;
  pv_assist_notes_set_line (courier->notes, NULL);
  courier->until_us = g_get_monotonic_time () + PV_ASSIST_COURIER_OPEN_MS * G_TIME_SPAN_MILLISECOND;
  g_clear_handle_id (&courier->busy_id, g_source_remove);
  tell_reach (courier);
}

PvAssistCourier *
pv_assist_courier_new (const char *socket_path, const PvAssistCourierEvents *events, gpointer user_data)
{
  static const PvLineEvents line_events = { up_cb, down_cb };
  const PvLineTarget target = {
    .socket_path = socket_path,
    .object_path = "/org/parvis/Assist1",
    .interface = "org.parvis.Assist1",
    .proxy_type = PV_LINK_TYPE_ASSIST1_PROXY,
    .retry_ms = PV_ASSIST_COURIER_RETRY_MS,
  };
  PvAssistCourier *courier = g_new0 (PvAssistCourier, 1);

  courier->events = *events;
  courier->user_data = user_data;
  courier->told = PV_ASSIST_REACH_NONE; /* that it is away is told once, too */
  courier->cancellable = g_cancellable_new ();
  courier->notes = pv_assist_notes_new (notes_empty_cb, courier);
  courier->line = pv_line_new (&target, &line_events, courier);
  return courier;
}

void
pv_assist_courier_free (PvAssistCourier *courier)
{
  if (courier == NULL)
    return;
  courier->wants_line = FALSE;
  give_back (courier);
  g_cancellable_cancel (courier->cancellable);
  pv_line_free (courier->line);
  pv_assist_notes_free (courier->notes);
  g_object_unref (courier->cancellable);
  g_free (courier);
}
