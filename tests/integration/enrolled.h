/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* enrolled.h: the certificates of parvisctl in place of those that the unit tests make for themselves. */
#pragma once

#include "broker-end.h"
#include "pair.h"

#include <string.h>

/* What was enrolled takes the place of what the unit tests make for themselves. */
static inline void
enrolled_become (Person *person, const BrokerPerson *enrolled, PvCertificateRoot *root)
{
  g_autoptr (GBytes) secret = end_read_base64 (enrolled, "assist.key"), key = end_read_base64 (enrolled, "root.pub");

  assert_int_equal (g_bytes_get_size (secret), PV_CERTIFICATE_SECRET_BYTES);
  memcpy (person->secret, g_bytes_get_data (secret, NULL), PV_CERTIFICATE_SECRET_BYTES);
  memcpy (root->key, g_bytes_get_data (key, NULL), PV_CERTIFICATE_KEY_BYTES);
  g_bytes_unref (person->certificate);
  person->certificate = end_read_base64 (enrolled, "assist.cert");
  person->identity.certificate = person->certificate;
}

/* As the courier does for a session. */
static inline void
enrolled_delegate (Person *kiosk, guint64 now)
{
  g_autoptr (PvCertificate) certificate =
    pv_certificate_parse (g_bytes_get_data (kiosk->certificate, NULL), g_bytes_get_size (kiosk->certificate), NULL);
  PvDelegation delegation = { .not_before = now - 60, .not_after = now + 3600 };
  guint8 bytes[PV_DELEGATION_BYTES], session_secret[PV_CERTIFICATE_SECRET_BYTES];

  assert_non_null (certificate);
  memcpy (delegation.kiosk, certificate->id, sizeof delegation.kiosk);
  crypto_sign_keypair (delegation.key, session_secret);
  pv_delegation_sign (&delegation, kiosk->secret, bytes);
  memcpy (kiosk->secret, session_secret, sizeof session_secret);
  g_bytes_unref (kiosk->delegation);
  kiosk->delegation = g_bytes_new (bytes, sizeof bytes);
  kiosk->identity.delegation = kiosk->delegation;
}
