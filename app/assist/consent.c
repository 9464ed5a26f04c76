/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/consent.h"

#include <string.h>

#include "assist/wire.h"

enum { CONSENT_VERSION = 1, ABOUT_HANDOVER = PV_N_RIGHTS, N_ABOUT };

static const char magic[4] = { 'P', 'V', 'C', 'R' };
static const char kiosk_purpose[] = "Parvis assist consent 1";
static const char mediator_purpose[] = "Parvis assist consent seen 1";

static PvWireWriter *
write_body (const PvConsent *consent)
{
  PvWireWriter *body = pv_wire_writer_new ();

  pv_wire_write_bytes (body, (const guint8 *) magic, sizeof magic);
  pv_wire_write_u8 (body, CONSENT_VERSION);
  pv_wire_write_bytes (body, consent->session, sizeof consent->session);
  pv_wire_write_bytes (body, consent->kiosk, sizeof consent->kiosk);
  pv_wire_write_bytes (body, consent->mediator, sizeof consent->mediator);
  pv_wire_write_u8 (body, consent->is_handover ? ABOUT_HANDOVER : consent->right);
  pv_wire_write_u8 (body, consent->is_granted ? 1 : 0);
  pv_wire_write_text (body, consent->text, PV_CONSENT_MAX_TEXT_BYTES);
  pv_wire_write_u64 (body, consent->at);
  return body;
}

void
pv_consent_sign (PvConsent *consent, const guint8 *session_secret)
{
  g_autoptr (PvWireWriter) body = write_body (consent);

  pv_assist_sign (kiosk_purpose, (const guint8 *) body->str, body->len, session_secret, consent->kiosk_signature);
}

static PvWireWriter *
write_kiosk_signed (const PvConsent *consent)
{
  PvWireWriter *body = write_body (consent);

  pv_wire_write_bytes (body, consent->kiosk_signature, sizeof consent->kiosk_signature);
  return body;
}

void
pv_consent_countersign (PvConsent *consent, const guint8 *mediator_secret)
{
  g_autoptr (PvWireWriter) body = write_kiosk_signed (consent);

  pv_assist_sign (mediator_purpose, (const guint8 *) body->str, body->len, mediator_secret,
                  consent->mediator_signature);
  consent->is_countersigned = TRUE;
}

GBytes *
pv_consent_write (const PvConsent *consent)
{
  g_autoptr (PvWireWriter) bytes = write_kiosk_signed (consent);

  pv_wire_write_u8 (bytes, consent->is_countersigned ? 1 : 0);
  if (consent->is_countersigned)
    pv_wire_write_bytes (bytes, consent->mediator_signature, sizeof consent->mediator_signature);
  return pv_wire_writer_finish (bytes);
}

gboolean
pv_consent_read (const guint8 *bytes, gsize size, PvConsent *ret_consent, GError **error)
{
  PvWireReader reader = pv_wire_reader (bytes, size);
  PvConsent consent = { 0 };
  const guint8 *first = pv_wire_read_bytes (&reader, sizeof magic);
  guint version = pv_wire_read_u8 (&reader), about;
  g_autofree char *text = NULL;

  pv_wire_copy_bytes (&reader, consent.session, sizeof consent.session);
  pv_wire_copy_bytes (&reader, consent.kiosk, sizeof consent.kiosk);
  pv_wire_copy_bytes (&reader, consent.mediator, sizeof consent.mediator);
  about = pv_wire_read_enum (&reader, N_ABOUT);
  consent.is_handover = about == ABOUT_HANDOVER;
  consent.right = consent.is_handover ? 0 : about;
  consent.is_granted = pv_wire_read_flag (&reader);
  text = pv_wire_read_text (&reader, PV_CONSENT_MAX_TEXT_BYTES);
  consent.at = pv_wire_read_u64 (&reader);
  pv_wire_copy_bytes (&reader, consent.kiosk_signature, sizeof consent.kiosk_signature);
  consent.is_countersigned = pv_wire_read_flag (&reader);
  if (consent.is_countersigned)
    pv_wire_copy_bytes (&reader, consent.mediator_signature, sizeof consent.mediator_signature);
  if (!pv_wire_is_done (&reader) || size > PV_CONSENT_MAX_BYTES || version != CONSENT_VERSION
      || memcmp (first, magic, sizeof magic) != 0) {
    g_set_error_literal (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_BAD_DATA, "not a consent record");
    return FALSE;
  }
  g_strlcpy (consent.text, text, sizeof consent.text);
  *ret_consent = consent;
  return TRUE;
}

gboolean
pv_consent_verify (const PvConsent *consent, const guint8 *session_key, const guint8 *mediator_key)
{
  g_autoptr (PvWireWriter) body = write_body (consent);
  g_autoptr (PvWireWriter) signed_body = write_kiosk_signed (consent);

  return pv_assist_is_signed (kiosk_purpose, (const guint8 *) body->str, body->len, session_key,
                              consent->kiosk_signature)
         && (mediator_key == NULL
             || (consent->is_countersigned
                 && pv_assist_is_signed (mediator_purpose, (const guint8 *) signed_body->str, signed_body->len,
                                         mediator_key, consent->mediator_signature)));
}
