/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/certificate.h"

#include <sodium.h>
#include <string.h>

#include "assist/wire.h"

static const char certificate_magic[4] = { 'P', 'V', 'A', 'C' };
static const char delegation_magic[4] = { 'P', 'V', 'A', 'D' };
static const char certificate_purpose[] = "Parvis assist certificate 1";
static const char delegation_purpose[] = "Parvis assist delegation 1";

G_STATIC_ASSERT (crypto_sign_PUBLICKEYBYTES == PV_CERTIFICATE_KEY_BYTES);
G_STATIC_ASSERT (crypto_sign_SECRETKEYBYTES == PV_CERTIFICATE_SECRET_BYTES);
G_STATIC_ASSERT (crypto_sign_BYTES == PV_CERTIFICATE_SIGNATURE_BYTES);

void
pv_certificate_free (PvCertificate *certificate)
{
  if (certificate == NULL)
    return;
  g_free (certificate->name);
  g_free (certificate->place);
  g_strfreev (certificate->communes);
  g_free (certificate);
}

void
pv_assist_sign (const char *purpose, const guint8 *bytes, gsize size, const guint8 *secret,
                guint8 ret_signature[PV_CERTIFICATE_SIGNATURE_BYTES])
{
  crypto_sign_state state;

  crypto_sign_init (&state);
  crypto_sign_update (&state, (const guint8 *) purpose, strlen (purpose) + 1);
  crypto_sign_update (&state, bytes, size);
  crypto_sign_final_create (&state, ret_signature, NULL, secret);
}

gboolean
pv_assist_is_signed (const char *purpose, const guint8 *bytes, gsize size, const guint8 *key, const guint8 *signature)
{
  guint8 copy[PV_CERTIFICATE_SIGNATURE_BYTES];
  crypto_sign_state state;

  memcpy (copy, signature, sizeof copy); /* libsodium 1.0.18 takes it without const */
  crypto_sign_init (&state);
  crypto_sign_update (&state, (const guint8 *) purpose, strlen (purpose) + 1);
  crypto_sign_update (&state, bytes, size);
  return crypto_sign_final_verify (&state, copy, key) == 0;
}

static gboolean
bad_data (GError **error, const char *what)
{
  g_set_error_literal (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_BAD_DATA, what);
  return FALSE;
}

static gboolean
untrusted (GError **error, const char *what)
{
  g_set_error_literal (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_UNTRUSTED, what);
  return FALSE;
}

/* Letters, digits and "-": a commune is a level of a topic at the carrier. */
static gboolean
is_commune (const char *text)
{
  gsize size = strlen (text);

  if (size == 0 || size > PV_CERTIFICATE_MAX_COMMUNE_BYTES)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-')
      return FALSE;
  return TRUE;
}

static gboolean
is_name (const char *text)
{
  return text != NULL && text[0] != '\0' && strlen (text) <= PV_CERTIFICATE_MAX_NAME_BYTES
         && strchr (text, '\n') == NULL;
}

static gboolean
is_well_formed (const PvCertificate *certificate)
{
  guint n = certificate->communes != NULL ? g_strv_length (certificate->communes) : 0;

  if (certificate->role >= PV_N_CERTIFICATE_ROLES || n == 0 || n > PV_CERTIFICATE_MAX_COMMUNES
      || (certificate->role == PV_CERTIFICATE_KIOSK && n != 1) || certificate->not_before > certificate->not_after
      || !is_name (certificate->name) || !is_name (certificate->place))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!is_commune (certificate->communes[i])
        || (i > 0 && strcmp (certificate->communes[i - 1], certificate->communes[i]) >= 0))
      return FALSE;
  return TRUE;
}

/* All but the signature. */
static PvWireWriter *
write_body (const PvCertificate *certificate)
{
  PvWireWriter *body = pv_wire_writer_new ();
  guint n = g_strv_length (certificate->communes);

  pv_wire_write_bytes (body, (const guint8 *) certificate_magic, sizeof certificate_magic);
  pv_wire_write_u8 (body, PV_CERTIFICATE_VERSION);
  pv_wire_write_u8 (body, certificate->role);
  pv_wire_write_bytes (body, certificate->id, sizeof certificate->id);
  pv_wire_write_u64 (body, certificate->not_before);
  pv_wire_write_u64 (body, certificate->not_after);
  pv_wire_write_bytes (body, certificate->key, sizeof certificate->key);
  pv_wire_write_text (body, certificate->name, PV_CERTIFICATE_MAX_NAME_BYTES);
  pv_wire_write_text (body, certificate->place, PV_CERTIFICATE_MAX_NAME_BYTES);
  pv_wire_write_u8 (body, n);
  for (guint i = 0; i < n; i++)
    pv_wire_write_text (body, certificate->communes[i], PV_CERTIFICATE_MAX_COMMUNE_BYTES);
  pv_wire_write_bytes (body, certificate->root, sizeof certificate->root);
  return body;
}

static void
name_root (const guint8 *key, guint8 ret_name[PV_CERTIFICATE_ID_BYTES])
{
  guint8 hash[32];

  crypto_generichash (hash, sizeof hash, key, PV_CERTIFICATE_KEY_BYTES, NULL, 0);
  memcpy (ret_name, hash, PV_CERTIFICATE_ID_BYTES);
}

GBytes *
pv_certificate_sign (PvCertificate *certificate, const guint8 *root_secret, GError **error)
{
  g_autoptr (PvWireWriter) body = NULL;
  guint8 root_key[PV_CERTIFICATE_KEY_BYTES];

  if (!is_well_formed (certificate)) {
    bad_data (error, "a certificate with a member over its limit");
    return NULL;
  }
  crypto_sign_ed25519_sk_to_pk (root_key, root_secret);
  name_root (root_key, certificate->root);
  body = write_body (certificate);
  pv_assist_sign (certificate_purpose, (const guint8 *) body->str, body->len, root_secret, certificate->signature);
  pv_wire_write_bytes (body, certificate->signature, sizeof certificate->signature);
  return pv_wire_writer_finish (body);
}

static gboolean
read_magic (PvWireReader *reader, const char magic[4])
{
  const guint8 *bytes = pv_wire_read_bytes (reader, 4);

  return bytes != NULL && memcmp (bytes, magic, 4) == 0 && pv_wire_read_u8 (reader) == PV_CERTIFICATE_VERSION;
}

static char **
read_communes (PvWireReader *reader)
{
  guint n = pv_wire_read_u8 (reader);
  char **communes = g_new0 (char *, PV_CERTIFICATE_MAX_COMMUNES + 1);

  if (n > PV_CERTIFICATE_MAX_COMMUNES)
    reader->has_failed = TRUE;
  for (guint i = 0; i < n && !reader->has_failed; i++)
    communes[i] = pv_wire_read_text (reader, PV_CERTIFICATE_MAX_COMMUNE_BYTES);
  return communes;
}

PvCertificate *
pv_certificate_parse (const guint8 *bytes, gsize size, GError **error)
{
  PvWireReader reader = pv_wire_reader (bytes, size);
  g_autoptr (PvCertificate) certificate = g_new0 (PvCertificate, 1);

  if (size > PV_CERTIFICATE_MAX_BYTES || !read_magic (&reader, certificate_magic)) {
    bad_data (error, "no certificate of this version");
    return NULL;
  }
  certificate->role = pv_wire_read_enum (&reader, PV_N_CERTIFICATE_ROLES);
  pv_wire_copy_bytes (&reader, certificate->id, sizeof certificate->id);
  certificate->not_before = pv_wire_read_u64 (&reader);
  certificate->not_after = pv_wire_read_u64 (&reader);
  pv_wire_copy_bytes (&reader, certificate->key, sizeof certificate->key);
  certificate->name = pv_wire_read_text (&reader, PV_CERTIFICATE_MAX_NAME_BYTES);
  certificate->place = pv_wire_read_text (&reader, PV_CERTIFICATE_MAX_NAME_BYTES);
  certificate->communes = read_communes (&reader);
  pv_wire_copy_bytes (&reader, certificate->root, sizeof certificate->root);
  pv_wire_copy_bytes (&reader, certificate->signature, sizeof certificate->signature);
  if (!pv_wire_is_done (&reader) || !is_well_formed (certificate)) {
    bad_data (error, "a certificate cut short or over its limits");
    return NULL;
  }
  return g_steal_pointer (&certificate);
}

gboolean
pv_certificate_has_commune (const PvCertificate *certificate, const char *commune)
{
  return g_strv_contains ((const char *const *) certificate->communes, commune);
}

static gboolean
is_signed_by (const PvCertificate *certificate, const PvCertificateRoot *root)
{
  g_autoptr (PvWireWriter) body = NULL;
  guint8 name[PV_CERTIFICATE_ID_BYTES];

  name_root (root->key, name);
  if (memcmp (name, certificate->root, sizeof name) != 0)
    return FALSE;
  body = write_body (certificate);
  return pv_assist_is_signed (certificate_purpose, (const guint8 *) body->str, body->len, root->key,
                              certificate->signature);
}

gboolean
pv_certificate_verify (const PvCertificate *certificate, const PvCertificateRoot *roots, gsize n_roots,
                       PvCertificateRole role, const char *commune, guint64 now, GError **error)
{
  gboolean has_root = FALSE;

  if (certificate->role != role)
    return untrusted (error, "a certificate for another role");
  if (!pv_certificate_has_commune (certificate, commune))
    return untrusted (error, "a certificate for another commune");
  if (now < certificate->not_before || now > certificate->not_after)
    return untrusted (error, "a certificate that is not valid now");
  for (gsize i = 0; i < n_roots && !has_root; i++)
    has_root = (roots[i].communes == NULL || g_strv_contains (roots[i].communes, commune))
               && is_signed_by (certificate, &roots[i]);
  return has_root || untrusted (error, "a certificate that no known root signed");
}

static PvWireWriter *
write_delegation (const PvDelegation *delegation)
{
  PvWireWriter *body = pv_wire_writer_new ();

  pv_wire_write_bytes (body, (const guint8 *) delegation_magic, sizeof delegation_magic);
  pv_wire_write_u8 (body, PV_CERTIFICATE_VERSION);
  pv_wire_write_bytes (body, delegation->kiosk, sizeof delegation->kiosk);
  pv_wire_write_u64 (body, delegation->not_before);
  pv_wire_write_u64 (body, delegation->not_after);
  pv_wire_write_bytes (body, delegation->key, sizeof delegation->key);
  return body;
}

void
pv_delegation_sign (PvDelegation *delegation, const guint8 *kiosk_secret, guint8 ret_bytes[PV_DELEGATION_BYTES])
{
  g_autoptr (PvWireWriter) body = write_delegation (delegation);

  pv_assist_sign (delegation_purpose, (const guint8 *) body->str, body->len, kiosk_secret, delegation->signature);
  pv_wire_write_bytes (body, delegation->signature, sizeof delegation->signature);
  g_assert (body->len == PV_DELEGATION_BYTES);
  memcpy (ret_bytes, body->str, PV_DELEGATION_BYTES);
}

gboolean
pv_delegation_parse (const guint8 *bytes, gsize size, PvDelegation *ret_delegation, GError **error)
{
  PvWireReader reader = pv_wire_reader (bytes, size);
  PvDelegation delegation = { 0 };

  if (!read_magic (&reader, delegation_magic))
    return bad_data (error, "no delegation of this version");
  pv_wire_copy_bytes (&reader, delegation.kiosk, sizeof delegation.kiosk);
  delegation.not_before = pv_wire_read_u64 (&reader);
  delegation.not_after = pv_wire_read_u64 (&reader);
  pv_wire_copy_bytes (&reader, delegation.key, sizeof delegation.key);
  pv_wire_copy_bytes (&reader, delegation.signature, sizeof delegation.signature);
  if (!pv_wire_is_done (&reader) || delegation.not_before > delegation.not_after)
    return bad_data (error, "a delegation cut short");
  *ret_delegation = delegation;
  return TRUE;
}

gboolean
pv_delegation_verify (const PvDelegation *delegation, const PvCertificate *kiosk, guint64 now, GError **error)
{
  g_autoptr (PvWireWriter) body = write_delegation (delegation);

  if (memcmp (delegation->kiosk, kiosk->id, sizeof kiosk->id) != 0)
    return untrusted (error, "a session of another kiosk");
  if (now < delegation->not_before || now > delegation->not_after
      || delegation->not_after - delegation->not_before > PV_DELEGATION_MAX_SECONDS)
    return untrusted (error, "a session whose key is not valid now");
  return pv_assist_is_signed (delegation_purpose, (const guint8 *) body->str, body->len, kiosk->key,
                              delegation->signature)
         || untrusted (error, "a session that its kiosk did not sign");
}
