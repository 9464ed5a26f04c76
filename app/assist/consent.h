/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* consent.h: the record of one answer of the citizen to one question, signed by kiosk and mediator. No personal data.
 * PROTOCOL.md, section 9. */
#pragma once

#include "assist/certificate.h"
#include "assist/rights.h"

enum {
  PV_CONSENT_SESSION_BYTES = 16,
  PV_CONSENT_MAX_TEXT_BYTES = 32,
  PV_CONSENT_MAX_BYTES = 256,
};

typedef struct PvConsent {
  guint8 session[PV_CONSENT_SESSION_BYTES];
  guint8 kiosk[PV_CERTIFICATE_ID_BYTES], mediator[PV_CERTIFICATE_ID_BYTES];
  PvRight right;
  gboolean is_handover;                     /* not to a right: to be passed to a colleague; @right is 0 */
  gboolean is_granted;                      /* FALSE: refused, or no answer */
  char text[PV_CONSENT_MAX_TEXT_BYTES + 1]; /* version of the words that were shown */
  guint64 at;                               /* seconds UTC, of the touch */
  guint8 kiosk_signature[PV_CERTIFICATE_SIGNATURE_BYTES];
  gboolean is_countersigned;
  guint8 mediator_signature[PV_CERTIFICATE_SIGNATURE_BYTES];
} PvConsent;

/* Fills in the kiosk's signature. */
void pv_consent_sign (PvConsent *consent, const guint8 *session_secret);
/* Fills in the mediator's, over the kiosk's. */
void pv_consent_countersign (PvConsent *consent, const guint8 *mediator_secret);
GBytes *pv_consent_write (const PvConsent *consent) G_GNUC_WARN_UNUSED_RESULT;
gboolean pv_consent_read (const guint8 *bytes, gsize size, PvConsent *ret_consent, GError **error);
/* @mediator_key: NULL if the kiosk's signature is enough. */
gboolean pv_consent_verify (const PvConsent *consent, const guint8 *session_key, const guint8 *mediator_key);
