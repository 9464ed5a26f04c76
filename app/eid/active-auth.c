/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/objects.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <string.h>

#include "eid/chip-auth-internal.h"

enum {
  INS_INTERNAL_AUTHENTICATE = 0x88,
  CHALLENGE = 8,
  MIN_RSA_BITS = 1024,
  MAX_RSA_BITS = 8192,
  BIG_RSA_BITS = 3072, /* from here on a long exponent would take long: OpenSSL draws the same line */
  BIG_RSA_MAX_EXPONENT_BITS = 64,
  MAX_SIGNATURE = MAX_RSA_BITS / 8,
  SHORT_MAX_SIGNATURE = 223, /* more does not fit in a short answer under secure messaging */
  HEADER_PARTIAL = 0x6A,     /* part of the message is in the signature */
  TRAILER_SHA1 = 0xBC,
  TRAILER_LAST = 0xCC, /* of two bytes, the first of which names the hash */
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)

static const struct {
  guint8 trailer; /* ISO/IEC 10118 */
  int nid;
} hashes[] = {
  { 0x33, NID_sha1 }, { 0x38, NID_sha224 }, { 0x34, NID_sha256 }, { 0x36, NID_sha384 }, { 0x35, NID_sha512 },
};

static EVP_PKEY *
read_rsa (const guint8 *key, gsize length)
{
  const guint8 *at = key;
  EVP_PKEY *made = length <= G_MAXINT ? d2i_PUBKEY (NULL, &at, (long) length) : NULL;

  if (made != NULL && (EVP_PKEY_get_base_id (made) != EVP_PKEY_RSA || at != key + length)) {
    EVP_PKEY_free (made);
    return NULL;
  }
  return made;
}

/* H (M1 || RND.IFD) against what is in @message, between M1 and the trailer. */
static gboolean
has_right_hash (const guint8 *message, gsize length, const guint8 challenge[CHALLENGE])
{
  const EVP_MD *method = NULL;
  gsize of_trailer = message[length - 1] == TRAILER_SHA1 ? 1 : 2, of_hash, of_m1;
  guint8 input[MAX_SIGNATURE + CHALLENGE], hash[EVP_MAX_MD_SIZE];

  if (message[0] != HEADER_PARTIAL)
    return FALSE;
  if (of_trailer == 1)
    method = EVP_sha1 ();
  else if (message[length - 1] == TRAILER_LAST)
    for (gsize i = 0; i < G_N_ELEMENTS (hashes); i++)
      if (hashes[i].trailer == message[length - 2])
        method = EVP_get_digestbynid (hashes[i].nid);
  if (method == NULL)
    return FALSE;
  of_hash = (gsize) EVP_MD_get_size (method);
  of_m1 = length - 1 - of_hash - of_trailer;
  memcpy (input, message + 1, of_m1);
  memcpy (input + of_m1, challenge, CHALLENGE);
  return EVP_Digest (input, of_m1 + CHALLENGE, hash, NULL, method, NULL) == 1
         && pv_bytes_equal (hash, message + 1 + of_m1, of_hash);
}

typedef struct RsaKey {
  BIGNUM *n, *e;
} RsaKey;

static void
rsa_key_clear (RsaKey *key)
{
  BN_free (key->n);
  BN_free (key->e);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RsaKey, rsa_key_clear)

/* Whether a signature under it says anything, and is reckoned in a short time. */
static gboolean
get_rsa (EVP_PKEY *key, RsaKey *ret_key)
{
  int bits = EVP_PKEY_get_bits (key);

  return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS && bits % 8 == 0
         && EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_RSA_N, &ret_key->n) == 1
         && EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_RSA_E, &ret_key->e) == 1 && BN_is_odd (ret_key->n)
         && BN_is_odd (ret_key->e) && !BN_is_one (ret_key->e)
         && (bits <= BIG_RSA_BITS || BN_num_bits (ret_key->e) <= BIG_RSA_MAX_EXPONENT_BITS);
}

/* ISO/IEC 9796-2, scheme 1: s^e mod n, or n less that: whichever ends in C. */
static gboolean
recover (const RsaKey *key, const guint8 *signature, gsize length, guint8 *ret_message)
{
  BN_CTX *context = BN_CTX_new ();
  BIGNUM *s = BN_bin2bn (signature, (int) length, NULL);
  gboolean is_done;

  is_done = context != NULL && s != NULL && BN_cmp (s, key->n) < 0 && BN_mod_exp (s, s, key->e, key->n, context) == 1;
  if (is_done && BN_mod_word (s, 16) != 0x0C)
    is_done = BN_sub (s, key->n, s) == 1 && BN_mod_word (s, 16) == 0x0C;
  is_done = is_done && BN_bn2binpad (s, ret_message, (int) length) == (int) length;
  BN_free (s);
  BN_CTX_free (context);
  return is_done;
}

static PvChipProof
check_rsa (EVP_PKEY *key, const guint8 challenge[CHALLENGE], const guint8 *signature, gsize length)
{
  g_auto (RsaKey) rsa = { NULL, NULL };
  guint8 message[MAX_SIGNATURE];

  if (!get_rsa (key, &rsa))
    return PV_CHIP_UNKNOWN;
  if (length != (gsize) BN_num_bytes (rsa.n) || !recover (&rsa, signature, length, message))
    return PV_CHIP_FAILED;
  return has_right_hash (message, length, challenge) ? PV_CHIP_PROVEN : PV_CHIP_FAILED;
}

/* The key again, by the name of its curve: OpenSSL is wary of parameters that are written out. */
static EVP_PKEY *
make_ec (const PvDomain *domain, const PvElement *element)
{
  guint8 point[PV_DOMAIN_MAX_KEY_BYTES];
  const char *name = OBJ_nid2sn (EC_GROUP_get_curve_name (domain->curve));
  EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_from_name (NULL, "EC", NULL);
  EVP_PKEY *key = NULL;

  if (maker != NULL && pv_element_write (domain, element, point) && EVP_PKEY_fromdata_init (maker) == 1) {
    OSSL_PARAM parameters[] = { OSSL_PARAM_construct_utf8_string (OSSL_PKEY_PARAM_GROUP_NAME, (char *) name, 0),
                                OSSL_PARAM_construct_octet_string (OSSL_PKEY_PARAM_PUB_KEY, point, domain->key_bytes),
                                OSSL_PARAM_construct_end () };

    if (EVP_PKEY_fromdata (maker, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1)
      key = NULL;
  }
  EVP_PKEY_CTX_free (maker);
  return key;
}

static gboolean
verifies (EVP_PKEY *key, const guint8 *der, gsize length, int hash_nid, const guint8 challenge[CHALLENGE])
{
  const EVP_MD *method = EVP_get_digestbynid (hash_nid);
  EVP_PKEY_CTX *verifier = EVP_PKEY_CTX_new (key, NULL);
  guint8 hash[EVP_MAX_MD_SIZE];
  gboolean is_right;

  is_right = method != NULL && verifier != NULL && EVP_Digest (challenge, CHALLENGE, hash, NULL, method, NULL) == 1
             && EVP_PKEY_verify_init (verifier) == 1
             && EVP_PKEY_verify (verifier, der, length, hash, (gsize) EVP_MD_get_size (method)) == 1;
  EVP_PKEY_CTX_free (verifier);
  return is_right;
}

/* Plain ECDSA (BSI TR-03111): r || s, each as long as the order. As DER; NULL if it cannot be. */
static guint8 *
der_from_plain (const guint8 *signature, gsize length, gsize *ret_length)
{
  ECDSA_SIG *pair = ECDSA_SIG_new ();
  BIGNUM *r = BN_bin2bn (signature, (int) length / 2, NULL);
  BIGNUM *s = BN_bin2bn (signature + length / 2, (int) length / 2, NULL);
  guint8 *der = NULL;
  int der_length = -1;

  if (pair != NULL && r != NULL && s != NULL && ECDSA_SIG_set0 (pair, r, s) == 1) {
    r = s = NULL;
    der_length = i2d_ECDSA_SIG (pair, &der);
  }
  BN_free (r);
  BN_free (s);
  ECDSA_SIG_free (pair);
  *ret_length = der_length > 0 ? (gsize) der_length : 0;
  return der_length > 0 ? der : NULL;
}

static gboolean
verifies_with_any (EVP_PKEY *key, const guint8 *der, gsize length, int hash_nid, const guint8 challenge[CHALLENGE])
{
  for (gsize i = 0; i < G_N_ELEMENTS (hashes); i++)
    if ((hash_nid == NID_undef || hash_nid == hashes[i].nid) && verifies (key, der, length, hashes[i].nid, challenge))
      return TRUE;
  return FALSE;
}

static PvChipProof
check_ec (const guint8 *key, gsize key_length, int hash_nid, const guint8 challenge[CHALLENGE], const guint8 *signature,
          gsize length)
{
  g_autoptr (PvDomain) domain = NULL;
  g_autoptr (PvElement) element = NULL;
  g_autoptr (EVP_PKEY) ec = NULL;
  gboolean is_right = FALSE;

  if (!pv_public_key_read (key, key_length, &domain, &element) || !domain->is_ec
      || (ec = make_ec (domain, element)) == NULL)
    return PV_CHIP_UNKNOWN;
  if (length == 2 * (gsize) BN_num_bytes (domain->order)) {
    gsize der_length;
    guint8 *der = der_from_plain (signature, length, &der_length);

    is_right = der != NULL && verifies_with_any (ec, der, der_length, hash_nid, challenge);
    OPENSSL_free (der);
  }
  if (!is_right && length > 0)
    is_right = verifies_with_any (ec, signature, length, hash_nid, challenge);
  return is_right ? PV_CHIP_PROVEN : PV_CHIP_FAILED;
}

PvChipProof
pv_active_auth_check (const guint8 *key, gsize key_length, int hash_nid, const guint8 challenge[8],
                      const guint8 *signature, gsize signature_length)
{
  g_autoptr (EVP_PKEY) rsa = read_rsa (key, key_length);

  if (rsa != NULL)
    return check_rsa (rsa, challenge, signature, signature_length);
  return check_ec (key, key_length, hash_nid, challenge, signature, signature_length);
}

gboolean
pv_active_auth_needs_long (const guint8 *key, gsize key_length)
{
  g_autoptr (EVP_PKEY) rsa = read_rsa (key, key_length);

  return rsa != NULL && EVP_PKEY_get_bits (rsa) > SHORT_MAX_SIGNATURE * 8;
}

gboolean
pv_active_auth_run_with (PvChannel *channel, const guint8 *key, gsize key_length, const PvSecurityInfos *infos,
                         const guint8 challenge[8], PvChipProof *ret_proof, GError **error)
{
  gboolean is_long = pv_active_auth_needs_long (key, key_length);
  PvApdu apdu = { 0x00, INS_INTERNAL_AUTHENTICATE, 0x00, 0x00, challenge, CHALLENGE, is_long ? 65536 : 256 };
  guint8 signature[MAX_SIGNATURE];
  gsize length;
  guint16 sw;

  if (!pv_channel_send (channel, &apdu, signature, sizeof signature, &length, &sw, PV_CARD_SLOW_TIMEOUT_MS, error))
    return FALSE;
  /* Some chips know no extended length, and give a long answer piece by piece. */
  if (is_long && sw == PV_SW_WRONG_LENGTH) {
    apdu.expected = 256;
    if (!pv_channel_send (channel, &apdu, signature, sizeof signature, &length, &sw, PV_CARD_SLOW_TIMEOUT_MS, error))
      return FALSE;
  }
  *ret_proof = sw != PV_SW_OK
                 ? PV_CHIP_FAILED
                 : pv_active_auth_check (
                   key, key_length, infos != NULL && infos->has_active_auth_hash ? infos->active_auth_nid : NID_undef,
                   challenge, signature, length);
  return TRUE;
}

gboolean
pv_active_auth_run (PvChannel *channel, const guint8 *key, gsize key_length, const PvSecurityInfos *infos,
                    PvChipProof *ret_proof, GError **error)
{
  guint8 challenge[CHALLENGE];

  if (RAND_bytes (challenge, sizeof challenge) != 1) {
    g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_READER, "no randomness for a challenge");
    return FALSE;
  }
  return pv_active_auth_run_with (channel, key, key_length, infos, challenge, ret_proof, error);
}
