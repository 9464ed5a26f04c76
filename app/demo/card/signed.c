/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/signed.h"

#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#include "demo/card/der.h"
#include "demo/card/need.h"

static void
add_null_algorithm (GByteArray *out, const char *oid)
{
  static const guint8 null[] = { 0x05, 0x00 };
  guint from = out->len;

  pv_der_add_oid (out, oid);
  pv_der_add_raw (out, null, sizeof null);
  pv_der_wrap (out, 0x30, from);
}

static void
add_algorithm (GByteArray *out, const char *oid)
{
  guint from = out->len;

  pv_der_add_oid (out, oid);
  pv_der_wrap (out, 0x30, from);
}

static const struct {
  const char *name, *oid, *rsa, *ecdsa;
  guint8 bytes;
} hashes[] = {
  { "MD5", "1.2.840.113549.2.5", "1.2.840.113549.1.1.4", NULL, 16 },
  { "SHA1", "1.3.14.3.2.26", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1", 20 },
  { "SHA224", "2.16.840.1.101.3.4.2.4", "1.2.840.113549.1.1.14", "1.2.840.10045.4.3.1", 28 },
  { "SHA256", "2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2", 32 },
  { "SHA384", "2.16.840.1.101.3.4.2.2", "1.2.840.113549.1.1.12", "1.2.840.10045.4.3.3", 48 },
  { "SHA512", "2.16.840.1.101.3.4.2.3", "1.2.840.113549.1.1.13", "1.2.840.10045.4.3.4", 64 },
};

static gsize
find_hash (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hashes); i++)
    if (strcmp (hashes[i].name, name) == 0)
      return i;
  pv_need (FALSE, name);
  return 0;
}

static void
add_hash_algorithm (GByteArray *out, const PvSignedSpec *spec)
{
  const char *name = (spec->flags & PV_SIGNED_HASH_DIFFERS) != 0 ? "SHA224" : spec->signing.hash;

  add_algorithm (out, hashes[find_hash (name)].oid);
}

/* RSASSA-PSS-params of RFC 4055: hash, mask by the same hash, a salt as long as it. */
static void
add_pss (GByteArray *out, gsize hash)
{
  guint whole = out->len, parameters, inner;

  pv_der_add_oid (out, "1.2.840.113549.1.1.10");
  parameters = out->len;
  inner = out->len;
  add_null_algorithm (out, hashes[hash].oid);
  pv_der_wrap (out, 0xA0, inner);
  inner = out->len;
  pv_der_add_oid (out, "1.2.840.113549.1.1.8");
  add_null_algorithm (out, hashes[hash].oid);
  pv_der_wrap (out, 0x30, inner);
  pv_der_wrap (out, 0xA1, inner);
  inner = out->len;
  pv_der_add_number (out, hashes[hash].bytes);
  pv_der_wrap (out, 0xA2, inner);
  pv_der_wrap (out, 0x30, parameters);
  pv_der_wrap (out, 0x30, whole);
}

static void
add_signature_algorithm (GByteArray *out, const PvSignedSpec *spec)
{
  gsize hash = find_hash (spec->signing.hash);

  if ((spec->flags & PV_SIGNED_PLAIN_RSA) != 0)
    add_algorithm (out, "1.2.840.113549.1.1.1");
  else if (spec->signing.is_pss)
    add_pss (out, hash);
  else if (EVP_PKEY_is_a (spec->signing.key, "RSA"))
    add_null_algorithm (out, hashes[hash].rsa);
  else
    add_algorithm (out, hashes[hash].ecdsa);
}

static void
add_hash (GByteArray *out, const char *hash, const guint8 *data, gsize length)
{
  guint8 digest[EVP_MAX_MD_SIZE];
  gsize size = 0;

  pv_need (EVP_Q_digest (NULL, hash, NULL, data, length, digest, &size) == 1, hash);
  pv_der_add (out, 0x04, digest, size);
}

/* One attribute; from @value on stands what goes into its set. */
static void
end_attribute (GPtrArray *attributes, GByteArray *out, guint value)
{
  pv_der_wrap (out, 0x31, value);
  pv_der_wrap (out, 0x30, 0);
  g_ptr_array_add (attributes, g_byte_array_free_to_bytes (out));
}

static void
add_type_attribute (GPtrArray *attributes, const PvSignedSpec *spec)
{
  GByteArray *out = g_byte_array_new ();
  guint value;

  pv_der_add_oid (out, "1.2.840.113549.1.9.3");
  value = out->len;
  pv_der_add_oid (out, (spec->flags & PV_SIGNED_WRONG_TYPE) != 0 ? "1.2.840.113549.1.7.1" : spec->type);
  end_attribute (attributes, out, value);
}

static void
add_digest_attribute (GPtrArray *attributes, const PvSignedSpec *spec, gboolean is_right)
{
  GByteArray *out = g_byte_array_new ();
  gsize length;
  const guint8 *content = g_bytes_get_data (spec->content, &length);
  guint value;

  pv_der_add_oid (out, "1.2.840.113549.1.9.4");
  value = out->len;
  add_hash (out, spec->signing.hash, content, is_right ? length : length - 1);
  end_attribute (attributes, out, value);
}

static void
add_time_attribute (GPtrArray *attributes, gint64 time)
{
  GByteArray *out = g_byte_array_new ();
  guint value;

  pv_der_add_oid (out, "1.2.840.113549.1.9.5");
  value = out->len;
  pv_der_add_time (out, time);
  end_attribute (attributes, out, value);
}

static int
compare_bytes_cb (gconstpointer a, gconstpointer b)
{
  return g_bytes_compare (*(GBytes *const *) a, *(GBytes *const *) b);
}

/* The set without its header, in the order of DER. (transfer full) */
static GByteArray *
make_attributes (const PvSignedSpec *spec)
{
  g_autoptr (GPtrArray) attributes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GByteArray *out = g_byte_array_new ();

  if ((spec->flags & PV_SIGNED_NO_TYPE) == 0)
    add_type_attribute (attributes, spec);
  if ((spec->flags & PV_SIGNED_DIGEST_TWICE) != 0)
    add_digest_attribute (attributes, spec, FALSE);
  add_digest_attribute (attributes, spec, (spec->flags & PV_SIGNED_WRONG_DIGEST) == 0);
  if (spec->time != 0)
    add_time_attribute (attributes, spec->time);
  g_ptr_array_sort (attributes, compare_bytes_cb);
  for (guint i = 0; i < attributes->len; i++)
    pv_der_add_raw (out, g_bytes_get_data (attributes->pdata[i], NULL), g_bytes_get_size (attributes->pdata[i]));
  return out;
}

static void
add_signer_name (GByteArray *out, const PvSignedSpec *spec)
{
  guint8 *name = NULL, *serial = NULL;
  guint from = out->len;
  int name_length, serial_length;

  if ((spec->flags & PV_SIGNED_BY_KEY_ID) != 0) {
    const ASN1_OCTET_STRING *id = X509_get0_subject_key_id (spec->signer);

    pv_der_add (out, 0x80, ASN1_STRING_get0_data (id), (gsize) ASN1_STRING_length (id));
    return;
  }
  name_length = i2d_X509_NAME (X509_get_issuer_name (spec->signer), &name);
  serial_length = i2d_ASN1_INTEGER (X509_get0_serialNumber (spec->signer), &serial);
  pv_need (name_length > 0 && serial_length > 0, "name of the signer");
  if ((spec->flags & PV_SIGNED_OTHER_SIGNER) != 0)
    serial[serial_length - 1] ^= 1;
  pv_der_add_raw (out, name, (gsize) name_length);
  pv_der_add_raw (out, serial, (gsize) serial_length);
  pv_der_wrap (out, 0x30, from);
  OPENSSL_free (name);
  OPENSSL_free (serial);
}

static GBytes *
sign_it (const PvSignedSpec *spec, const GByteArray *attributes)
{
  g_autoptr (GByteArray) set = g_byte_array_new ();
  gsize length;
  const guint8 *content = g_bytes_get_data (spec->content, &length);

  if ((spec->flags & PV_SIGNED_NO_ATTRIBUTES) != 0)
    return pv_signing_sign (&spec->signing, content, length);
  pv_der_add (set, 0x31, attributes->data, attributes->len);
  return pv_signing_sign (&spec->signing, set->data, set->len);
}

static void
add_signer_info (GByteArray *out, const PvSignedSpec *spec)
{
  g_autoptr (GByteArray) attributes = make_attributes (spec);
  g_autoptr (GBytes) signature = sign_it (spec, attributes);
  gsize length;
  const guint8 *data = g_bytes_get_data (signature, &length);
  g_autofree guint8 *copy = g_memdup2 (data, length);
  guint from = out->len;

  if ((spec->flags & PV_SIGNED_BAD_SIGNATURE) != 0)
    copy[length - 1] ^= 1;
  pv_der_add_number (out, (spec->flags & PV_SIGNED_BY_KEY_ID) != 0 ? 3 : 1);
  add_signer_name (out, spec);
  add_hash_algorithm (out, spec);
  if ((spec->flags & PV_SIGNED_NO_ATTRIBUTES) == 0)
    pv_der_add (out, 0xA0, attributes->data, attributes->len);
  add_signature_algorithm (out, spec);
  pv_der_add (out, 0x04, copy, (spec->flags & PV_SIGNED_EMPTY_SIGNATURE) != 0 ? 0 : length);
  pv_der_wrap (out, 0x30, from);
}

static void
add_certificate (GByteArray *out, X509 *certificate)
{
  g_autoptr (GBytes) der = pv_certificate_to_der (certificate);

  pv_der_add_raw (out, g_bytes_get_data (der, NULL), g_bytes_get_size (der));
}

static void
add_certificates (GByteArray *out, const PvSignedSpec *spec)
{
  guint from = out->len;

  if ((spec->flags & PV_SIGNED_NO_CERTIFICATE) == 0)
    add_certificate (out, spec->signer);
  for (guint i = 0; spec->extra != NULL && i < spec->extra->len; i++)
    add_certificate (out, spec->extra->pdata[i]);
  if (out->len > from)
    pv_der_wrap (out, 0xA0, from);
}

static void
add_content (GByteArray *out, const PvSignedSpec *spec)
{
  guint from = out->len, inner;

  pv_der_add_oid (out, spec->type);
  if ((spec->flags & PV_SIGNED_DETACHED) == 0) {
    inner = out->len;
    pv_der_add (out, 0x04, g_bytes_get_data (spec->content, NULL), g_bytes_get_size (spec->content));
    pv_der_wrap (out, 0xA0, inner);
  }
  pv_der_wrap (out, 0x30, from);
}

static void
add_signed_data (GByteArray *out, const PvSignedSpec *spec)
{
  guint from = out->len, set;

  pv_der_add_number (out, 3);
  set = out->len;
  add_hash_algorithm (out, spec);
  pv_der_wrap (out, 0x31, set);
  add_content (out, spec);
  add_certificates (out, spec);
  set = out->len;
  if ((spec->flags & PV_SIGNED_NO_SIGNER_INFO) == 0)
    add_signer_info (out, spec);
  if ((spec->flags & PV_SIGNED_TWO_SIGNER_INFOS) != 0)
    add_signer_info (out, spec);
  pv_der_wrap (out, 0x31, set);
  pv_der_wrap (out, 0x30, from);
}

GBytes *
pv_signed_new (const PvSignedSpec *spec)
{
  static const guint8 ber[] = { 0x30, 0x80 }, end[] = { 0x00, 0x00 };
  GByteArray *out = g_byte_array_new ();
  guint inner;

  if ((spec->flags & PV_SIGNED_INDEFINITE) != 0)
    pv_der_add_raw (out, ber, sizeof ber);
  pv_der_add_oid (out, "1.2.840.113549.1.7.2");
  inner = out->len;
  add_signed_data (out, spec);
  pv_der_wrap (out, 0xA0, inner);
  if ((spec->flags & PV_SIGNED_INDEFINITE) != 0)
    pv_der_add_raw (out, end, sizeof end);
  else
    pv_der_wrap (out, 0x30, 0);
  if ((spec->flags & PV_SIGNED_TRAILING) != 0)
    pv_der_add_raw (out, end, sizeof end);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
pv_signed_new_lds (const GPtrArray *groups, const char *hash, guint8 version)
{
  GByteArray *out = g_byte_array_new ();
  guint list, one;

  pv_der_add_number (out, version);
  add_algorithm (out, hashes[find_hash (hash)].oid);
  list = out->len;
  for (guint i = 1; i < groups->len; i++) {
    if (groups->pdata[i] == NULL)
      continue;
    one = out->len;
    pv_der_add_number (out, (guint8) i);
    add_hash (out, hash, g_bytes_get_data (groups->pdata[i], NULL), g_bytes_get_size (groups->pdata[i]));
    pv_der_wrap (out, 0x30, one);
  }
  pv_der_wrap (out, 0x30, list);
  if (version == 1) {
    list = out->len;
    pv_der_add (out, 0x13, (const guint8 *) "0108", 4);
    pv_der_add (out, 0x13, (const guint8 *) "040000", 6);
    pv_der_wrap (out, 0x30, list);
  }
  pv_der_wrap (out, 0x30, 0);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
pv_signed_wrap (GBytes *content, guint8 tag)
{
  GByteArray *out = g_byte_array_new ();

  pv_der_add (out, tag, g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  return g_byte_array_free_to_bytes (out);
}
