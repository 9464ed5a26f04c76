/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* domain-groups.h: the groups in which two sides agree on a key (ICAO Doc 9303-11, section 9.5.1): 0 to 2, numbers
 * modulo a prime (RFC 5114), and 8 to 18, elliptic curves, all of prime order. Pure. */
#pragma once

#include <openssl/bn.h>
#include <openssl/ec.h>

#include "eid/memory.h"

enum {
  PV_DOMAIN_MAX_KEY_BYTES = 256,  /* of a public key: 2048 bits; a point of P-521 has 133 */
  PV_DOMAIN_NO_INTEGRATED_ID = 10 /* P-224: the table of section 9.5.1 bars it from integrated mapping */
};

typedef struct PvDomain {
  gint id; /* -1: a curve that has none */
  gboolean is_ec;
  EC_GROUP *curve;   /* (nullable) */
  BIGNUM *prime;     /* of the field, or the modulus */
  BIGNUM *order;     /* of the group: q */
  BIGNUM *generator; /* (nullable): DH */
  gsize field_bytes; /* of a coordinate or number, and so of a shared secret */
  gsize key_bytes;   /* of a public key */
  BN_CTX *context;   /* scratch: hence one thread */
} PvDomain;

/* By the number of section 9.5.1; NULL if it stands for nothing. */
PvDomain *pv_domain_new (gint id) G_GNUC_WARN_UNUSED_RESULT;
/* The one with this curve, by OpenSSL's number. */
PvDomain *pv_domain_new_for_curve (int nid) G_GNUC_WARN_UNUSED_RESULT;
/* The one with this modulus and generator. */
PvDomain *pv_domain_new_for_dh (const BIGNUM *prime, const BIGNUM *generator) G_GNUC_WARN_UNUSED_RESULT;
void pv_domain_free (PvDomain *domain);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDomain, pv_domain_free)
/* Without making it: whether there is one, and of which kind. */
gboolean pv_domain_is_known (gint id, gboolean *ret_is_ec);

/* A private key: 1 to q - 1. */
BIGNUM *pv_domain_random (const PvDomain *domain) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_clear_free)

/* An element of a group: a point or a number. */
typedef struct PvElement {
  EC_POINT *point;
  BIGNUM *number;
} PvElement;

void pv_element_free (PvElement *element);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvElement, pv_element_free)

/* Those that make an element give NULL where there is none: out of memory, or a point where two do not add up to
 * one. */
PvElement *pv_element_new_generator (const PvDomain *domain) G_GNUC_WARN_UNUSED_RESULT;
/* A public key (section 9.4.4 and 9.5): an uncompressed point on the curve, not infinity; or a number from 2 to p - 2
 * in the subgroup. NULL if it is none. */
PvElement *pv_element_read (const PvDomain *domain, const guint8 *bytes, gsize length) G_GNUC_WARN_UNUSED_RESULT;
/* @ret_bytes: key_bytes of the domain. */
gboolean pv_element_write (const PvDomain *domain, const PvElement *element, guint8 *ret_bytes);
/* The coordinate x or the number, at full length (section 9.7.1): @ret_bytes: field_bytes of the domain. */
gboolean pv_element_write_secret (const PvDomain *domain, const PvElement *element, guint8 *ret_bytes);
/* base^exponent, exponent * base on a curve. Constant time in @exponent. */
PvElement *pv_element_raise (const PvDomain *domain, const PvElement *base,
                             const BIGNUM *exponent) G_GNUC_WARN_UNUSED_RESULT;
/* a * b, a + b on a curve. */
PvElement *pv_element_join (const PvDomain *domain, const PvElement *a, const PvElement *b) G_GNUC_WARN_UNUSED_RESULT;
/* Infinity, or 1. */
gboolean pv_element_is_neutral (const PvDomain *domain, const PvElement *element);
gboolean pv_element_equal (const PvDomain *domain, const PvElement *a, const PvElement *b);

/* A public key with its domain (SubjectPublicKeyInfo): by name, by number of section 9.5.1, or written out if what is
 * written is one of ours. FALSE if it is anything else. */
gboolean pv_public_key_read (const guint8 *key, gsize length, PvDomain **ret_domain, PvElement **ret_key);
