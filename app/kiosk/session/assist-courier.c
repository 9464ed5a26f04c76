/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/assist-courier.h"

#include <sodium.h>
#include <string.h>

#include "assist/certificate.h"
#include "link/line.h"
#include "platform/carrier-name.h"
#include "platform/log.h"
#include "pv-link-assist1.h"

struct PvAssistCourier {
  /* owned */
  GCancellable *cancellable;
  PvLine *line;
  /* borrowed */
  PvLinkAssist1 *proxy; /* NULL while the line is down */
  PvAssistCourierEvents events;
  gpointer user_data;
  /* handles */
  guint busy_id;
  /* values */
  PvAssistReach told;
  guint8 key[PV_CERTIFICATE_KEY_BYTES];
  gboolean wants_line, has_line;
  guint n_opens;   /* the answer to an earlier one is not for us */
  gint64 until_us; /* of asking for the line */
  guint n_calls;   /* parcels without an answer */
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
busy_cb (gpointer user_data)
{
  PvAssistCourier *courier = user_data;

  courier->busy_id = 0;
  try_open (courier);
  return G_SOURCE_REMOVE;
}

static void
give_up (PvAssistCourier *courier)
{
  pv_assist_courier_close (courier);
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
  if (is_cancelled (error) || opening->number != courier->n_opens || !courier->wants_line)
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
  courier->events.opened (certificate_bytes, delegation_bytes, courier->user_data);
}

static void
try_open (PvAssistCourier *courier)
{
  g_autoptr (GBytes) key = NULL;
  Opening *opening;

  if (courier->proxy == NULL || !courier->wants_line)
    return;
  key = g_bytes_new (courier->key, sizeof courier->key);
  opening = g_new0 (Opening, 1);
  *opening = (Opening){ courier, ++courier->n_opens };
  pv_link_assist1_call_open (courier->proxy, new_bytes (key), G_DBUS_CALL_FLAGS_NONE, PV_ASSIST_COURIER_CALL_MS,
                             courier->cancellable, opened_cb, opening);
}

void
pv_assist_courier_open (PvAssistCourier *courier, const guint8 *key)
{
  memcpy (courier->key, key, sizeof courier->key);
  courier->wants_line = TRUE;
  courier->has_line = FALSE;
  courier->until_us = g_get_monotonic_time () + PV_ASSIST_COURIER_OPEN_MS * G_TIME_SPAN_MILLISECOND;
  g_clear_handle_id (&courier->busy_id, g_source_remove);
  try_open (courier);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) user_data;
  pv_link_assist1_call_close_finish (PV_LINK_ASSIST1 (source), result, NULL);
}

/* Behind all that was sent: the courier takes one call after the other. An Open without an answer may have succeeded. */
void
pv_assist_courier_close (PvAssistCourier *courier)
{
  gboolean may_have_line = courier->wants_line;

  courier->wants_line = courier->has_line = FALSE;
  g_clear_handle_id (&courier->busy_id, g_source_remove);
  if (may_have_line && courier->proxy != NULL)
    pv_link_assist1_call_close (courier->proxy, G_DBUS_CALL_FLAGS_NONE, PV_ASSIST_COURIER_CALL_MS, NULL, closed_cb,
                                NULL);
}

/* Parcels */

static void
carried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) nothing = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  PvAssistCourier *courier = user_data;

  /* Those of a line that is gone do not count any more. */
  if (!is_cancelled (error) && (gpointer) courier->proxy == (gpointer) source)
    courier->n_calls--;
}

/* Takes @arguments, which float. */
static void
carry (PvAssistCourier *courier, const char *method, GVariant *arguments)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (arguments);

  if (!courier->has_line || courier->n_calls >= PV_ASSIST_COURIER_MAX_CALLS)
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
  if (courier->has_line && bytes != NULL && pv_carrier_is_id (peer))
    courier->events.received (bytes, courier->user_data);
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
  courier->line = pv_line_new (&target, &line_events, courier);
  return courier;
}

void
pv_assist_courier_free (PvAssistCourier *courier)
{
  if (courier == NULL)
    return;
  pv_assist_courier_close (courier);
  g_cancellable_cancel (courier->cancellable);
  pv_line_free (courier->line);
  g_object_unref (courier->cancellable);
  g_free (courier);
}
