/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/assist-line.h"

#include <string.h>

#include "assist/consent.h"
#include "platform/log.h"
#include "pv-link-assist1.h"

#define OBJECT_PATH "/org/parvis/Assist1"

enum { LINK_NONE, LINK_AWAY, LINK_UP };

struct PvAssistLine {
  PvBroker *broker;     /* (nullable), borrowed */
  PvAssistAudit *audit; /* (nullable), borrowed */
  GBytes *delegation;   /* (nullable): of the key that the line was opened with */
  PvLinkAssist1 *skeleton;
  PvBrokerUser user;
};

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

  if (g_error_matches (error, PV_MQTT_ERROR, PV_MQTT_ERROR_FULL))
    name = "Busy";
  else if (g_error_matches (error, PV_MQTT_ERROR, PV_MQTT_ERROR_LARGE))
    name = "BadRequest";
  else if (g_error_matches (error, PV_ASSIST_AUDIT_ERROR, PV_ASSIST_AUDIT_ERROR_BAD))
    name = "BadRequest";
  else if (g_error_matches (error, PV_ASSIST_AUDIT_ERROR, PV_ASSIST_AUDIT_ERROR_BUSY))
    name = "Busy";
  else if (g_error_matches (error, PV_ASSIST_AUDIT_ERROR, PV_ASSIST_AUDIT_ERROR_FULL))
    name = "Full";
  refuse (invocation, name, error->message);
}

/* FALSE, and the call is refused, if this session may not speak now. */
static gboolean
may_speak (PvAssistLine *line, GDBusMethodInvocation *invocation)
{
  if (line->broker == NULL)
    refuse (invocation, "Offline", "no assistance here");
  else if (!pv_broker_has (line->broker, &line->user))
    refuse (invocation, "BadRequest", "the line is not open");
  else
    return TRUE;
  return FALSE;
}

/* NULL, and the call is refused, if it has no byte or too many. */
static GBytes *
take_bytes (GVariant *variant, gsize max, GDBusMethodInvocation *invocation)
{
  gsize size = g_variant_get_size (variant);

  if (size > 0 && size <= max)
    return g_variant_get_data_as_bytes (variant);
  refuse (invocation, "BadRequest", "over the limit, or nothing");
  return NULL;
}

static GVariant *
new_bytes (GBytes *bytes)
{
  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE);
}

static gboolean
open_cb (PvLinkAssist1 *skeleton, GDBusMethodInvocation *invocation, GVariant *key, gpointer user_data)
{
  PvAssistLine *line = user_data;
  g_autoptr (GBytes) bytes = NULL;

  if (line->broker == NULL) {
    refuse (invocation, "Offline", "no assistance here");
  } else if (g_variant_get_size (key) != PV_CERTIFICATE_KEY_BYTES) {
    refuse (invocation, "BadRequest", "not a key");
  } else if (!pv_broker_take (line->broker, &line->user)) {
    refuse (invocation, "Busy", "another session has the line");
  } else {
    bytes = g_variant_get_data_as_bytes (key);
    g_clear_pointer (&line->delegation, g_bytes_unref);
    line->delegation = pv_broker_delegate (line->broker, g_bytes_get_data (bytes, NULL));
    pv_link_assist1_complete_open (skeleton, invocation, new_bytes (pv_broker_get_certificate (line->broker)),
                                   new_bytes (line->delegation));
  }
  return TRUE;
}

static gboolean
call_cb (PvLinkAssist1 *skeleton, GDBusMethodInvocation *invocation, GVariant *call, gpointer user_data)
{
  PvAssistLine *line = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!may_speak (line, invocation))
    return TRUE;
  bytes = take_bytes (call, PV_CARRIER_MAX_CALL_BYTES, invocation);
  if (bytes == NULL)
    return TRUE;
  if (pv_broker_call (line->broker, bytes, &error))
    pv_link_assist1_complete_call (skeleton, invocation);
  else
    refuse_by_error (invocation, error);
  return TRUE;
}

static gboolean
send_cb (PvLinkAssist1 *skeleton, GDBusMethodInvocation *invocation, const char *peer, GVariant *parcel,
         gboolean is_beat, gpointer user_data)
{
  PvAssistLine *line = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!may_speak (line, invocation))
    return TRUE;
  if (!pv_carrier_is_id (peer)) {
    refuse (invocation, "BadRequest", "not a peer");
    return TRUE;
  }
  bytes = take_bytes (parcel, PV_CARRIER_MAX_PARCEL_BYTES, invocation);
  if (bytes == NULL)
    return TRUE;
  if (pv_broker_send (line->broker, peer, bytes, is_beat, &error))
    pv_link_assist1_complete_send (skeleton, invocation);
  else
    refuse_by_error (invocation, error);
  return TRUE;
}

static gboolean
note_cb (PvLinkAssist1 *skeleton, GDBusMethodInvocation *invocation, const char *verb, const char *subject,
         gpointer user_data)
{
  PvAssistLine *line = user_data;
  g_autoptr (GError) error = NULL;

  if (!may_speak (line, invocation))
    return TRUE;
  if (pv_assist_audit_note (line->audit, verb, subject, &error))
    pv_link_assist1_complete_note (skeleton, invocation);
  else
    refuse_by_error (invocation, error);
  return TRUE;
}

/* Of this kiosk, and signed by the key that it lent its name to. */
static gboolean
is_ours (const PvAssistLine *line, GBytes *record)
{
  PvDelegation delegation;
  PvConsent consent;

  return pv_consent_read (g_bytes_get_data (record, NULL), g_bytes_get_size (record), &consent, NULL)
         && pv_delegation_parse (g_bytes_get_data (line->delegation, NULL), g_bytes_get_size (line->delegation),
                                 &delegation, NULL)
         && memcmp (consent.kiosk, delegation.kiosk, sizeof consent.kiosk) == 0
         && pv_consent_verify (&consent, delegation.key, NULL);
}

static gboolean
consent_cb (PvLinkAssist1 *skeleton, GDBusMethodInvocation *invocation, GVariant *record, gpointer user_data)
{
  PvAssistLine *line = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!may_speak (line, invocation))
    return TRUE;
  bytes = take_bytes (record, PV_CONSENT_MAX_BYTES, invocation);
  if (bytes == NULL)
    return TRUE;
  if (!is_ours (line, bytes))
    refuse (invocation, "BadRequest", "not a consent record of this session");
  else if (pv_assist_audit_keep_consent (line->audit, bytes, line->delegation, &error))
    pv_link_assist1_complete_consent (skeleton, invocation);
  else
    refuse_by_error (invocation, error);
  return TRUE;
}

static gboolean
close_cb (PvLinkAssist1 *skeleton, GDBusMethodInvocation *invocation, gpointer user_data)
{
  PvAssistLine *line = user_data;

  if (line->broker != NULL)
    pv_broker_give_back (line->broker, &line->user);
  pv_link_assist1_complete_close (skeleton, invocation);
  return TRUE;
}

static void
link_cb (gboolean is_up, gpointer data)
{
  pv_link_assist1_set_link (((PvAssistLine *) data)->skeleton, is_up ? LINK_UP : LINK_AWAY);
}

static void
received_cb (const char *peer, GBytes *parcel, gpointer data)
{
  pv_link_assist1_emit_received (((PvAssistLine *) data)->skeleton, peer, new_bytes (parcel));
}

static void
presence_cb (GBytes *presence, gpointer data)
{
  pv_link_assist1_emit_presence (((PvAssistLine *) data)->skeleton, new_bytes (presence));
}

PvAssistLine *
pv_assist_line_new (GDBusConnection *connection, PvBroker *broker, PvAssistAudit *audit)
{
  PvAssistLine *line = g_new0 (PvAssistLine, 1);
  g_autoptr (GError) error = NULL;

  line->broker = broker;
  line->audit = audit;
  line->skeleton = pv_link_assist1_skeleton_new ();
  line->user = (PvBrokerUser){ link_cb, received_cb, presence_cb, line };
  if (broker != NULL) {
    pv_broker_add_user (broker, &line->user);
    link_cb (pv_broker_is_up (broker), line);
  }
  g_signal_connect (line->skeleton, "handle-open", G_CALLBACK (open_cb), line);
  g_signal_connect (line->skeleton, "handle-call", G_CALLBACK (call_cb), line);
  g_signal_connect (line->skeleton, "handle-send", G_CALLBACK (send_cb), line);
  g_signal_connect (line->skeleton, "handle-note", G_CALLBACK (note_cb), line);
  g_signal_connect (line->skeleton, "handle-consent", G_CALLBACK (consent_cb), line);
  g_signal_connect (line->skeleton, "handle-close", G_CALLBACK (close_cb), line);
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (line->skeleton), connection, OBJECT_PATH, &error))
    pv_log_event (PV_LOG_ERROR, "assist-not-served", PV_LOG_CAUSE (error));
  return line;
}

void
pv_assist_line_free (PvAssistLine *line)
{
  if (line == NULL)
    return;
  if (line->broker != NULL)
    pv_broker_remove_user (line->broker, &line->user);
  g_signal_handlers_disconnect_by_data (line->skeleton, line);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (line->skeleton));
  g_object_unref (line->skeleton);
  g_clear_pointer (&line->delegation, g_bytes_unref);
  g_free (line);
}
