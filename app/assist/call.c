/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/call.h"

#include <string.h>

#include "assist/record.h"
#include "assist/wire.h"

static const char purpose[] = "Parvis assist call 1";

void
pv_call_free (PvCall *call)
{
  if (call == NULL)
    return;
  g_clear_pointer (&call->certificate, g_bytes_unref);
  g_clear_pointer (&call->delegation, g_bytes_unref);
  g_free (call->phone);
  g_free (call);
}

gboolean
pv_call_is_phone (const char *text)
{
  gsize size = strlen (text);

  return size > 0 && size <= PV_CALL_MAX_PHONE_BYTES && strspn (text, "0123456789 +-.()") == size;
}

static void
write_block (PvWireWriter *to, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  pv_wire_write_block (to, data, size);
}

GBytes *
pv_call_sign (const PvCall *call, const guint8 *secret)
{
  g_autoptr (PvWireWriter) bytes = pv_wire_writer_new ();
  guint8 signature[PV_CERTIFICATE_SIGNATURE_BYTES];

  if (call->phone != NULL && !pv_call_is_phone (call->phone))
    return NULL;
  pv_wire_write_u8 (bytes, PV_WIRE_CALL);
  pv_wire_write_u8 (bytes, call->newest);
  pv_wire_write_u8 (bytes, call->oldest);
  pv_wire_write_bytes (bytes, call->catalogue, sizeof call->catalogue);
  pv_wire_write_u8 (bytes, call->state);
  pv_wire_write_u8 (bytes, call->is_here ? 1 : 0);
  pv_wire_write_u8 (bytes, call->group);
  pv_wire_write_text (bytes, call->phone, PV_CALL_MAX_PHONE_BYTES);
  pv_wire_write_bytes (bytes, call->random, sizeof call->random);
  pv_wire_write_u64 (bytes, call->created);
  pv_wire_write_u64 (bytes, call->expires);
  write_block (bytes, call->certificate);
  write_block (bytes, call->delegation);
  pv_assist_sign (purpose, (const guint8 *) bytes->str, bytes->len, secret, signature);
  pv_wire_write_bytes (bytes, signature, sizeof signature);
  return pv_wire_writer_finish (bytes);
}

static PvCall *
parse (PvWireReader *reader)
{
  g_autoptr (PvCall) call = g_new0 (PvCall, 1);
  const guint8 *block;
  gsize size;

  if (pv_wire_read_u8 (reader) != PV_WIRE_CALL)
    return NULL;
  call->newest = pv_wire_read_u8 (reader);
  call->oldest = pv_wire_read_u8 (reader);
  pv_wire_copy_bytes (reader, call->catalogue, sizeof call->catalogue);
  call->state = pv_wire_read_enum (reader, PV_N_CALL_STATES);
  call->is_here = pv_wire_read_flag (reader);
  call->group = pv_wire_read_u8 (reader);
  call->phone = pv_wire_read_optional (reader, PV_CALL_MAX_PHONE_BYTES);
  pv_wire_copy_bytes (reader, call->random, sizeof call->random);
  call->created = pv_wire_read_u64 (reader);
  call->expires = pv_wire_read_u64 (reader);
  block = pv_wire_read_block (reader, PV_CERTIFICATE_MAX_BYTES, &size);
  call->certificate = g_bytes_new (block, size);
  block = pv_wire_read_block (reader, PV_DELEGATION_BYTES, &size);
  call->delegation = g_bytes_new (block, size);
  if (reader->has_failed || reader->left != PV_CERTIFICATE_SIGNATURE_BYTES || call->newest < call->oldest
      || (call->phone != NULL && !pv_call_is_phone (call->phone)))
    return NULL;
  return g_steal_pointer (&call);
}

/* A commune of the kiosk that the mediator serves: a kiosk has one. */
static gboolean
check_kiosk (const PvCall *call, const PvCertificate *kiosk, const PvCertificate *mediator,
             const PvCertificateRoot *roots, gsize n_roots, guint64 now, PvDelegation *ret_delegation, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (call->delegation, &size);

  if (!pv_certificate_has_commune (mediator, kiosk->communes[0])) {
    g_set_error_literal (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_UNTRUSTED, "a call from another commune");
    return FALSE;
  }
  return pv_certificate_verify (kiosk, roots, n_roots, PV_CERTIFICATE_KIOSK, kiosk->communes[0], now, error)
         && pv_delegation_parse (bytes, size, ret_delegation, error)
         && pv_delegation_verify (ret_delegation, kiosk, now, error);
}

PvCall *
pv_call_open (const guint8 *bytes, gsize size, const PvCertificate *mediator, const PvCertificateRoot *roots,
              gsize n_roots, guint64 now, PvCertificate **ret_kiosk, GError **error)
{
  PvWireReader reader = pv_wire_reader (bytes, size);
  g_autoptr (PvCall) call = size <= PV_CALL_MAX_BYTES ? parse (&reader) : NULL;
  g_autoptr (PvCertificate) kiosk = NULL;
  PvDelegation delegation;
  const guint8 *data;

  if (call == NULL) {
    g_set_error_literal (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_BAD_DATA, "not a call");
    return NULL;
  }
  data = g_bytes_get_data (call->certificate, &size);
  kiosk = pv_certificate_parse (data, size, error);
  if (kiosk == NULL || !check_kiosk (call, kiosk, mediator, roots, n_roots, now, &delegation, error))
    return NULL;
  if (!pv_assist_is_signed (purpose, bytes, (gsize) (reader.at - bytes), delegation.key, reader.at)) {
    g_set_error_literal (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_UNTRUSTED, "a call that its kiosk did not sign");
    return NULL;
  }
  if (call->expires < call->created || call->expires - call->created > PV_CALL_MAX_SECONDS
      || now > call->expires + PV_CALL_SLACK_SECONDS || now + PV_CALL_SLACK_SECONDS < call->created) {
    g_set_error_literal (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_UNTRUSTED, "a call that is over");
    return NULL;
  }
  if (ret_kiosk != NULL)
    *ret_kiosk = g_steal_pointer (&kiosk);
  return g_steal_pointer (&call);
}
