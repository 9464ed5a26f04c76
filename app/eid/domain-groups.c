/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/domain-groups.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>

static const struct {
  gint id;
  const char *dh; /* (nullable): OpenSSL's name of a group of RFC 5114 */
  int nid;        /* of a curve */
} groups[] = {
  { 0, "dh_1024_160", NID_undef },   { 1, "dh_2048_224", NID_undef },    { 2, "dh_2048_256", NID_undef },
  { 8, NULL, NID_X9_62_prime192v1 }, { 9, NULL, NID_brainpoolP192r1 },   { 10, NULL, NID_secp224r1 },
  { 11, NULL, NID_brainpoolP224r1 }, { 12, NULL, NID_X9_62_prime256v1 }, { 13, NULL, NID_brainpoolP256r1 },
  { 14, NULL, NID_brainpoolP320r1 }, { 15, NULL, NID_secp384r1 },        { 16, NULL, NID_brainpoolP384r1 },
  { 17, NULL, NID_brainpoolP512r1 }, { 18, NULL, NID_secp521r1 },
};

gboolean
pv_domain_is_known (gint id, gboolean *ret_is_ec)
{
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (groups[i].id == id) {
      *ret_is_ec = groups[i].dh == NULL;
      return TRUE;
    }
  return FALSE;
}

static gboolean
fill_curve (PvDomain *domain, int nid)
{
  domain->is_ec = TRUE;
  domain->curve = EC_GROUP_new_by_curve_name (nid);
  if (domain->curve == NULL || EC_GROUP_get_curve (domain->curve, domain->prime, NULL, NULL, domain->context) != 1
      || EC_GROUP_get_order (domain->curve, domain->order, domain->context) != 1)
    return FALSE;
  domain->field_bytes = (gsize) BN_num_bytes (domain->prime);
  domain->key_bytes = 1 + 2 * domain->field_bytes;
  return TRUE;
}

/* OpenSSL gives the numbers of RFC 5114 away only with a key. */
static EVP_PKEY *
new_dh_parameters (const char *name)
{
  EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_from_name (NULL, "DHX", NULL);
  OSSL_PARAM parameters[2] = { OSSL_PARAM_construct_utf8_string (OSSL_PKEY_PARAM_GROUP_NAME, (char *) name, 0),
                               OSSL_PARAM_construct_end () };
  EVP_PKEY *key = NULL;

  if (maker != NULL && EVP_PKEY_paramgen_init (maker) == 1 && EVP_PKEY_CTX_set_params (maker, parameters) == 1)
    (void) EVP_PKEY_generate (maker, &key);
  EVP_PKEY_CTX_free (maker);
  return key;
}

static gboolean
fill_dh (PvDomain *domain, const char *name)
{
  EVP_PKEY *key = new_dh_parameters (name);
  gboolean is_done = key != NULL && EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_FFC_P, &domain->prime) == 1
                     && EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_FFC_Q, &domain->order) == 1
                     && EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_FFC_G, &domain->generator) == 1;

  EVP_PKEY_free (key);
  if (is_done)
    domain->field_bytes = domain->key_bytes = (gsize) BN_num_bytes (domain->prime);
  return is_done;
}

static PvDomain *
new_domain (gint id, const char *dh, int nid)
{
  g_autoptr (PvDomain) domain = g_new0 (PvDomain, 1);

  domain->id = id;
  domain->context = BN_CTX_secure_new ();
  domain->prime = BN_new ();
  domain->order = BN_new ();
  if (domain->context == NULL || domain->prime == NULL || domain->order == NULL)
    return NULL;
  if (dh != NULL ? !fill_dh (domain, dh) : !fill_curve (domain, nid))
    return NULL;
  return g_steal_pointer (&domain);
}

PvDomain *
pv_domain_new (gint id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (groups[i].id == id)
      return new_domain (id, groups[i].dh, groups[i].nid);
  return NULL;
}

PvDomain *
pv_domain_new_for_curve (int nid)
{
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (groups[i].dh == NULL && groups[i].nid == nid)
      return new_domain (groups[i].id, NULL, nid);
  return NULL;
}

PvDomain *
pv_domain_new_for_dh (const BIGNUM *prime, const BIGNUM *generator)
{
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++) {
    g_autoptr (PvDomain) domain = groups[i].dh != NULL ? new_domain (groups[i].id, groups[i].dh, NID_undef) : NULL;

    if (domain != NULL && BN_cmp (domain->prime, prime) == 0 && BN_cmp (domain->generator, generator) == 0)
      return g_steal_pointer (&domain);
  }
  return NULL;
}

void
pv_domain_free (PvDomain *domain)
{
  if (domain == NULL)
    return;
  EC_GROUP_free (domain->curve);
  BN_free (domain->prime);
  BN_free (domain->order);
  BN_free (domain->generator);
  BN_CTX_free (domain->context);
  g_free (domain);
}

BIGNUM *
pv_domain_random (const PvDomain *domain)
{
  g_autoptr (BIGNUM) key = BN_secure_new ();

  if (key == NULL)
    return NULL;
  do {
    if (BN_priv_rand_range (key, domain->order) != 1)
      return NULL;
  } while (BN_is_zero (key));
  BN_set_flags (key, BN_FLG_CONSTTIME);
  return g_steal_pointer (&key);
}
