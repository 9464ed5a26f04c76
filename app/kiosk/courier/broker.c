/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/broker.h"

#include <sodium.h>
#include <string.h>

#include "assist/presence.h"
#include "core/wipe.h"
#include "platform/clock.h"
#include "platform/log.h"
#include "platform/secret.h"

enum {
  BACKDATED_S = 300, /* clocks differ */
  MAX_TEXT_BYTES = 4096,
};

struct PvBroker {
  PvCarrier *carrier;
  PvSecret *key; /* PV_CERTIFICATE_SECRET_BYTES */
  PvCertificate *certificate;
  GBytes *certificate_bytes;
  GPtrArray *users;         /* (element-type PvBrokerUser), borrowed */
  const PvBrokerUser *user; /* (nullable): who has the line */
  char **revoked;           /* (nullable): peers that are not heard */
  gboolean is_told_away, is_told_refused;
};

static void
event_cb (PvMqttEvent event, int reason, gpointer data)
{
  PvBroker *broker = data;

  if (event == PV_MQTT_REFUSED) {
    if (!broker->is_told_refused)
      pv_log_event (PV_LOG_WARNING, "broker-refused", PV_LOG_INT ("reason", reason));
    broker->is_told_refused = TRUE;
    return;
  }
  if (event == PV_MQTT_UP)
    pv_log_event (PV_LOG_INFO, "broker", PV_LOG_INT ("reachable", 1));
  else if (!broker->is_told_away)
    pv_log_event (PV_LOG_WARNING, "broker", PV_LOG_INT ("reachable", 0), PV_LOG_INT ("reason", reason));
  broker->is_told_away = event != PV_MQTT_UP;
  broker->is_told_refused = FALSE;
  for (guint i = 0; event != PV_MQTT_FAILED && i < broker->users->len; i++) {
    const PvBrokerUser *user = broker->users->pdata[i];

    user->link (event == PV_MQTT_UP, user->data);
  }
}

static void
parcel_cb (const char *peer, gboolean is_call, GBytes *bytes, gpointer data)
{
  PvBroker *broker = data;

  /* The session does not believe the broker who somebody is, and looks at the certificate; this only keeps it quiet. */
  if (broker->revoked != NULL && g_strv_contains ((const char *const *) broker->revoked, peer))
    return;
  if (!is_call && broker->user != NULL)
    broker->user->received (peer, bytes, broker->user->data);
}

G_STATIC_ASSERT ((int) PV_CARRIER_MAX_PRESENCE_BYTES == (int) PV_PRESENCE_MAX_BYTES);

/* To all sessions: how many could help is told before anybody calls. */
static void
presence_cb (const char *peer, GBytes *bytes, gpointer data)
{
  PvBroker *broker = data;

  (void) peer; /* the signature tells */
  for (guint i = 0; i < broker->users->len; i++) {
    const PvBrokerUser *user = broker->users->pdata[i];

    user->presence (bytes, user->data);
  }
}

static PvCertificate *
read_certificate (const char *path, GBytes **ret_bytes, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree guchar *bytes = NULL;
  gsize length = 0, size = 0;
  PvCertificate *certificate;

  if (path == NULL || !g_file_get_contents (path, &text, &length, NULL) || length > MAX_TEXT_BYTES) {
    g_set_error (error, PV_MQTT_ERROR, PV_MQTT_ERROR_BAD, "[assist] certificate-file: cannot be read");
    return NULL;
  }
  bytes = g_base64_decode (text, &size);
  certificate = pv_certificate_parse (bytes, size, error);
  if (certificate != NULL && certificate->role != PV_CERTIFICATE_KIOSK) {
    g_set_error (error, PV_MQTT_ERROR, PV_MQTT_ERROR_BAD, "[assist] certificate-file: not of a kiosk");
    g_clear_pointer (&certificate, pv_certificate_free);
  }
  if (certificate != NULL)
    *ret_bytes = g_bytes_new (bytes, size);
  return certificate;
}

/* The secret half that belongs to @certificate. */
static PvSecret *
read_key (const char *path, const PvCertificate *certificate, GError **error)
{
  g_autoptr (PvSecret) text = pv_secret_read_text (path != NULL ? path : "", error);
  gsize size = 0;
  guchar *bytes = text != NULL ? g_base64_decode (pv_secret_get_text (text), &size) : NULL;
  guint8 key[PV_CERTIFICATE_KEY_BYTES];
  PvSecret *secret = NULL;

  if (bytes != NULL && size == PV_CERTIFICATE_SECRET_BYTES) {
    crypto_sign_ed25519_sk_to_pk (key, bytes);
    if (sodium_memcmp (key, certificate->key, sizeof key) == 0)
      secret = pv_secret_new (bytes, size);
  }
  if (secret == NULL && text != NULL)
    g_set_error (error, PV_MQTT_ERROR, PV_MQTT_ERROR_BAD, "[assist] key-file: not the key of the certificate");
  pv_wipe_bytes (bytes, size);
  g_free (bytes);
  return secret;
}

static PvCarrier *
open_carrier (PvBroker *broker, const PvSettings *settings, GError **error)
{
  char id[PV_CARRIER_ID_CHARS + 1];
  const PvCarrierOptions options = {
    .side = PV_CARRIER_KIOSK,
    .id = id,
    .communes = (const char *const *) broker->certificate->communes,
    .host = pv_settings_get_text (settings, PV_SETTING_ASSIST_BROKER_HOST),
    .port = (guint) pv_settings_get_int (settings, PV_SETTING_ASSIST_BROKER_PORT),
    .ca_file = pv_settings_get_text (settings, PV_SETTING_ASSIST_CA_FILE),
    .cert_file = pv_settings_get_text (settings, PV_SETTING_ASSIST_CLIENT_CERT_FILE),
    .key_file = pv_settings_get_text (settings, PV_SETTING_ASSIST_CLIENT_KEY_FILE),
  };
  const PvCarrierHooks hooks = { event_cb, parcel_cb, presence_cb, broker };

  sodium_bin2hex (id, sizeof id, broker->certificate->id, sizeof broker->certificate->id);
  return pv_carrier_new (&options, &hooks, error);
}

PvBroker *
pv_broker_new (const PvSettings *settings, GError **error)
{
  g_autoptr (PvBroker) broker = NULL;

  if (!pv_settings_get_bool (settings, PV_SETTING_ASSIST_ENABLED))
    return NULL;
  if (!pv_assist_init ()) {
    g_set_error (error, PV_MQTT_ERROR, PV_MQTT_ERROR_BAD, "no randomness");
    return NULL;
  }
  broker = g_new0 (PvBroker, 1);
  broker->users = g_ptr_array_new ();
  broker->revoked = g_strdupv ((char **) pv_settings_get_list (settings, PV_SETTING_ASSIST_REVOKED));
  broker->certificate = read_certificate (pv_settings_get_text (settings, PV_SETTING_ASSIST_CERTIFICATE_FILE),
                                          &broker->certificate_bytes, error);
  if (broker->certificate == NULL)
    return NULL;
  broker->key = read_key (pv_settings_get_text (settings, PV_SETTING_ASSIST_KEY_FILE), broker->certificate, error);
  if (broker->key == NULL)
    return NULL;
  broker->carrier = open_carrier (broker, settings, error);
  return broker->carrier != NULL ? g_steal_pointer (&broker) : NULL;
}

void
pv_broker_free (PvBroker *broker)
{
  if (broker == NULL)
    return;
  pv_carrier_free (broker->carrier);
  pv_secret_free (broker->key);
  pv_certificate_free (broker->certificate);
  g_clear_pointer (&broker->certificate_bytes, g_bytes_unref);
  g_ptr_array_unref (broker->users);
  g_strfreev (broker->revoked);
  g_free (broker);
}

void
pv_broker_add_user (PvBroker *broker, const PvBrokerUser *user)
{
  g_ptr_array_add (broker->users, (gpointer) user);
}

void
pv_broker_remove_user (PvBroker *broker, const PvBrokerUser *user)
{
  pv_broker_give_back (broker, user);
  g_ptr_array_remove (broker->users, (gpointer) user);
}

gboolean
pv_broker_is_up (const PvBroker *broker)
{
  return pv_carrier_is_up (broker->carrier);
}

gboolean
pv_broker_take (PvBroker *broker, const PvBrokerUser *user)
{
  if (broker->user != NULL && broker->user != user)
    return FALSE;
  broker->user = user;
  pv_carrier_set_urgent (broker->carrier, TRUE);
  return TRUE;
}

void
pv_broker_give_back (PvBroker *broker, const PvBrokerUser *user)
{
  if (broker->user != user)
    return;
  broker->user = NULL;
  pv_carrier_set_urgent (broker->carrier, FALSE);
}

gboolean
pv_broker_has (const PvBroker *broker, const PvBrokerUser *user)
{
  return broker->user == user;
}

GBytes *
pv_broker_get_certificate (const PvBroker *broker)
{
  return broker->certificate_bytes;
}

GBytes *
pv_broker_delegate (const PvBroker *broker, const guint8 *key)
{
  guint64 now = (guint64) (pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC);
  PvDelegation delegation = { .not_before = now - BACKDATED_S };
  guint8 bytes[PV_DELEGATION_BYTES];

  delegation.not_after = delegation.not_before + PV_DELEGATION_MAX_SECONDS;
  memcpy (delegation.kiosk, broker->certificate->id, sizeof delegation.kiosk);
  memcpy (delegation.key, key, sizeof delegation.key);
  pv_delegation_sign (&delegation, pv_secret_get_bytes (broker->key, NULL), bytes);
  return g_bytes_new (bytes, sizeof bytes);
}

gboolean
pv_broker_call (PvBroker *broker, GBytes *call, GError **error)
{
  return pv_carrier_call (broker->carrier, call, error);
}

gboolean
pv_broker_send (PvBroker *broker, const char *peer, GBytes *parcel, gboolean is_beat, GError **error)
{
  return pv_carrier_send (broker->carrier, peer, parcel, is_beat, error);
}
