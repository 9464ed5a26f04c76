/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-keys.h"

#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>

#include "demo/card/chip-command.h"

enum { RSA_BITS_SMALL = 1024, RSA_BITS = 2048, AA_PARAMETER_ID = 13 };

static const guint8 id_ca_dh_key[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x01, 0x01 };
static const guint8 id_ca_ecdh_key[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x01, 0x02 };
static const guint8 id_standard_parameters[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x01, 0x02 };
static const guint8 id_aa[] = { 0x67, 0x81, 0x08, 0x01, 0x01, 0x05 };
static const guint8 id_ecdsa_plain_sha256[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x01, 0x01, 0x04, 0x01, 0x03 };

void
pv_chip_ca_oid (const PvChipCaOffer *offer, guint8 ret_oid[PV_CHIP_CA_OID_BYTES])
{
  const guint8 oid[PV_CHIP_CA_OID_BYTES] = {
    0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x03, offer->is_ecdh ? 2 : 1, (guint8) (offer->cipher + 1),
  };

  memcpy (ret_oid, oid, sizeof oid);
}

/* Of a named group. @is_explicit: its curve is written out where the key is. */
static EVP_PKEY *
make_group_key (int parameter_id, gboolean is_explicit)
{
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name (NULL, parameter_id >= 8 ? "EC" : "DHX", NULL);
  OSSL_PARAM parameters[3] = { OSSL_PARAM_construct_utf8_string (OSSL_PKEY_PARAM_GROUP_NAME,
                                                                 (char *) pv_chip_group_name (parameter_id), 0),
                               OSSL_PARAM_construct_end (), OSSL_PARAM_construct_end () };
  EVP_PKEY *key = NULL;

  if (parameter_id >= 8)
    parameters[1] = OSSL_PARAM_construct_utf8_string (
      OSSL_PKEY_PARAM_EC_ENCODING, (char *) (is_explicit ? "explicit" : OSSL_PKEY_EC_ENCODING_GROUP), 0);
  if (context == NULL || EVP_PKEY_keygen_init (context) != 1 || EVP_PKEY_CTX_set_params (context, parameters) != 1
      || EVP_PKEY_generate (context, &key) != 1)
    key = NULL;
  EVP_PKEY_CTX_free (context);
  return key;
}

static EVP_PKEY *
read_pem (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;
  BIO *bio;
  EVP_PKEY *key;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  bio = BIO_new_mem_buf (text, (int) length);
  key = PEM_read_bio_PrivateKey (bio, NULL, NULL, NULL);
  BIO_free (bio);
  return key;
}

static gboolean
write_pem (const char *path, EVP_PKEY *key, GError **error)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *text;
  long length;
  gboolean is_done;

  PEM_write_bio_PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL);
  length = BIO_get_mem_data (bio, &text);
  is_done = g_file_set_contents (path, text, length, error);
  BIO_free (bio);
  return is_done;
}

/* Kept in @folder: making one takes a second where everything is watched. */
static EVP_PKEY *
load_rsa (const char *folder, guint bits, const char *kind, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s/chip-%s-rsa%u.pem", folder, kind, bits);
  EVP_PKEY *key = read_pem (path);

  if (key != NULL)
    return key;
  key = EVP_RSA_gen (bits);
  if (key != NULL && write_pem (path, key, error))
    return key;
  EVP_PKEY_free (key);
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no RSA key can be made");
  return NULL;
}

static EVP_PKEY *
make_active (const PvChipText *text, const char *folder, const char *kind, GError **error)
{
  if (text->active == PV_CHIP_AA_ECDSA)
    return make_group_key (AA_PARAMETER_ID, FALSE);
  return load_rsa (folder, text->active == PV_CHIP_AA_RSA1024 ? RSA_BITS_SMALL : RSA_BITS, kind, error);
}

static gboolean
make_ca (PvChipKeys *keys, const PvChipText *text, gboolean is_clone, GError **error)
{
  for (; keys->n_ca < text->n_ca; keys->n_ca++) {
    PvChipCaKey *ca = &keys->ca[keys->n_ca];
    const PvChipCaOffer *offer = &text->ca[keys->n_ca];

    ca->group = pv_chip_group_new (offer->parameter_id);
    ca->key = make_group_key (offer->parameter_id, (text->quirks & PV_CHIP_QUIRK_EXPLICIT) != 0);
    if (ca->group == NULL || ca->key == NULL
        || EVP_PKEY_get_bn_param (ca->key, OSSL_PKEY_PARAM_PRIV_KEY, &ca->secret) != 1) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no key for chip authentication can be made");
      keys->n_ca++;
      return FALSE;
    }
    if (is_clone)
      BN_add_word (ca->secret, 1);
  }
  return TRUE;
}

static void
make_cam (PvChipKeys *keys, const PvChipText *text, gboolean is_clone)
{
  for (guint i = 0; i < text->n_pace && keys->cam_group == NULL; i++)
    if (text->pace[i].mapping == PV_CHIP_ECDH_CAM)
      keys->cam_group = pv_chip_group_new (text->pace[i].parameter_id);
  if (keys->cam_group == NULL || !pv_chip_group_make_key (keys->cam_group, NULL, &keys->cam))
    return;
  keys->cam_secret = BN_dup (keys->cam.secret);
  if (is_clone)
    BN_add_word (keys->cam_secret, 1);
}

PvChipKeys *
pv_chip_keys_new (const PvChipText *text, const char *folder, const char *const *clones, GError **error)
{
  static const char *const none[] = { NULL };
  g_autoptr (PvChipKeys) keys = g_new0 (PvChipKeys, 1);

  if (clones == NULL)
    clones = none;
  if (!make_ca (keys, text, g_strv_contains (clones, "ca"), error))
    return NULL;
  make_cam (keys, text, g_strv_contains (clones, "cam"));
  if (text->active == PV_CHIP_AA_NONE)
    return g_steal_pointer (&keys);
  keys->active = make_active (text, folder, "own", error);
  if (keys->active == NULL)
    return NULL;
  if (g_strv_contains (clones, "aa"))
    keys->active_used = make_active (text, folder, "other", error);
  else if (EVP_PKEY_up_ref (keys->active) == 1)
    keys->active_used = keys->active;
  return keys->active_used != NULL ? g_steal_pointer (&keys) : NULL;
}

void
pv_chip_keys_free (PvChipKeys *keys)
{
  if (keys == NULL)
    return;
  for (guint i = 0; i < keys->n_ca; i++) {
    EVP_PKEY_free (keys->ca[i].key);
    pv_chip_group_free (keys->ca[i].group);
    BN_clear_free (keys->ca[i].secret);
  }
  EVP_PKEY_free (keys->active);
  EVP_PKEY_free (keys->active_used);
  pv_chip_group_free (keys->cam_group);
  pv_chip_key_clear (&keys->cam);
  BN_clear_free (keys->cam_secret);
  g_free (keys);
}

static void
add_integer (GByteArray *bytes, guint8 number)
{
  pv_chip_add_tlv (bytes, 0x02, &number, 1);
}

static void
add_pace_infos (GByteArray *set, const PvChipPaceOffer *offers, guint n_offers)
{
  for (guint i = 0; i < n_offers; i++) {
    GByteArray *info = g_byte_array_new ();
    guint8 oid[PV_CHIP_PACE_OID_BYTES];

    pv_chip_pace_oid (&offers[i], oid);
    pv_chip_add_tlv (info, 0x06, oid, sizeof oid);
    add_integer (info, 2);
    add_integer (info, (guint8) offers[i].parameter_id);
    pv_chip_add_tlv_of (set, 0x30, info);
  }
}

static GBytes *
set_of (GByteArray *infos)
{
  GByteArray *set;

  if (infos->len == 0) {
    g_byte_array_unref (infos);
    return NULL;
  }
  set = g_byte_array_new ();
  pv_chip_add_tlv_of (set, 0x31, infos);
  return g_byte_array_free_to_bytes (set);
}

GBytes *
pv_chip_keys_card_access (const PvChipPaceOffer *offers, guint n_offers)
{
  GByteArray *infos = g_byte_array_new ();

  add_pace_infos (infos, offers, n_offers);
  return set_of (infos);
}

GBytes *
pv_chip_keys_card_security (const PvChipKeys *keys, const PvChipText *text)
{
  GByteArray *infos, *info, *key, *algorithm, *bits;
  const guint8 unused = 0;
  gsize length;
  const guint8 *point;

  if (keys->cam_group == NULL)
    return NULL;
  algorithm = g_byte_array_new ();
  pv_chip_add_tlv (algorithm, 0x06, id_standard_parameters, sizeof id_standard_parameters);
  add_integer (algorithm, (guint8) keys->cam_group->parameter_id);
  bits = g_byte_array_new ();
  point = g_bytes_get_data (keys->cam.public, &length);
  g_byte_array_append (bits, &unused, 1);
  g_byte_array_append (bits, point, (guint) length);
  key = g_byte_array_new ();
  pv_chip_add_tlv_of (key, 0x30, algorithm);
  pv_chip_add_tlv_of (key, 0x03, bits);
  info = g_byte_array_new ();
  pv_chip_add_tlv (info, 0x06, id_ca_ecdh_key, sizeof id_ca_ecdh_key);
  pv_chip_add_tlv_of (info, 0x30, key);
  infos = g_byte_array_new ();
  add_pace_infos (infos, text->pace, text->n_signed_pace);
  pv_chip_add_tlv_of (infos, 0x30, info);
  return set_of (infos);
}

static void
add_public_key (GByteArray *bytes, EVP_PKEY *key)
{
  unsigned char *der = NULL;
  int length = i2d_PUBKEY (key, &der);

  if (length > 0)
    g_byte_array_append (bytes, der, (guint) length);
  OPENSSL_free (der);
}

/* Key identifiers only where there are several. */
static void
add_ca_infos (GByteArray *set, const PvChipKeys *keys, const PvChipText *text)
{
  for (guint i = 0; i < text->n_ca; i++) {
    gboolean is_ecdh = text->ca[i].is_ecdh;
    GByteArray *info;
    guint8 oid[PV_CHIP_CA_OID_BYTES];

    if ((text->quirks & PV_CHIP_QUIRK_NO_CA_INFO) == 0) {
      info = g_byte_array_new ();
      pv_chip_ca_oid (&text->ca[i], oid);
      pv_chip_add_tlv (info, 0x06, oid, sizeof oid);
      add_integer (info, 1);
      if (text->n_ca > 1)
        add_integer (info, (guint8) (i + 1));
      pv_chip_add_tlv_of (set, 0x30, info);
    }
    info = g_byte_array_new ();
    pv_chip_add_tlv (info, 0x06, is_ecdh ? id_ca_ecdh_key : id_ca_dh_key, sizeof id_ca_dh_key);
    add_public_key (info, keys->ca[i].key);
    if (text->n_ca > 1)
      add_integer (info, (guint8) (i + 1));
    pv_chip_add_tlv_of (set, 0x30, info);
  }
}

GBytes *
pv_chip_keys_dg14 (const PvChipKeys *keys, const PvChipText *text)
{
  GByteArray *infos = g_byte_array_new ();
  GByteArray *file;
  g_autoptr (GBytes) set = NULL;
  gsize length;
  const guint8 *data;

  add_pace_infos (infos, text->pace, text->n_signed_pace);
  add_ca_infos (infos, keys, text);
  if (text->active == PV_CHIP_AA_ECDSA) {
    GByteArray *info = g_byte_array_new ();

    pv_chip_add_tlv (info, 0x06, id_aa, sizeof id_aa);
    add_integer (info, 1);
    pv_chip_add_tlv (info, 0x06, id_ecdsa_plain_sha256, sizeof id_ecdsa_plain_sha256);
    pv_chip_add_tlv_of (infos, 0x30, info);
  }
  set = set_of (infos);
  if (set == NULL)
    return NULL;
  file = g_byte_array_new ();
  data = g_bytes_get_data (set, &length);
  pv_chip_add_tlv (file, 0x6E, data, length);
  return g_byte_array_free_to_bytes (file);
}

GBytes *
pv_chip_keys_dg15 (const PvChipKeys *keys)
{
  GByteArray *file, *key;

  if (keys->active == NULL)
    return NULL;
  key = g_byte_array_new ();
  add_public_key (key, keys->active);
  file = g_byte_array_new ();
  pv_chip_add_tlv_of (file, 0x6F, key);
  return g_byte_array_free_to_bytes (file);
}
