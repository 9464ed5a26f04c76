/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-group.h: the groups in which the chip computes: the standardized domain parameters of PACE (ICAO Doc 9303-11,
 * section 9.5.1), elliptic curves and fields alike. Elements are bytes as they go over the air: a point uncompressed, a
 * number at the length of the prime. */
#pragma once

#include <glib.h>
#include <openssl/bn.h>
#include <openssl/ec.h>

typedef struct PvChipGroup {
  int parameter_id;
  EC_GROUP *curve;   /* (nullable): a field */
  BIGNUM *p, *q, *g; /* of a curve: prime and order, no generator */
  BIGNUM *a, *b;     /* of a curve */
} PvChipGroup;

typedef struct PvChipKey {
  BIGNUM *secret;
  GBytes *public;
} PvChipKey;

void pv_chip_key_clear (PvChipKey *key);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvChipKey, pv_chip_key_clear)

/* NULL: no such parameters. */
PvChipGroup *pv_chip_group_new (int parameter_id) G_GNUC_WARN_UNUSED_RESULT;
void pv_chip_group_free (PvChipGroup *group);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvChipGroup, pv_chip_group_free)

/* Of OpenSSL, for keys made by EVP; NULL: none. */
const char *pv_chip_group_name (int parameter_id);
/* Bytes of the prime. */
gsize pv_chip_group_bytes (const PvChipGroup *group);
/* element * factor, or element ^ factor; @element NULL: the standard generator. NULL if it is none of the group, or the
 * result is neutral. */
GBytes *pv_chip_group_power (const PvChipGroup *group, GBytes *element, const BIGNUM *factor);
/* a + b, or a * b. */
GBytes *pv_chip_group_combine (const PvChipGroup *group, GBytes *a, GBytes *b);
GBytes *pv_chip_group_code (const PvChipGroup *group, const EC_POINT *point, const BIGNUM *number);
/* @generator: (nullable). FALSE if the generator is none. */
gboolean pv_chip_group_make_key (const PvChipGroup *group, GBytes *generator, PvChipKey *ret_key);
/* The shared secret: the x coordinate, or the number. NULL: @public is none of the group. */
GBytes *pv_chip_group_agree (const PvChipGroup *group, const BIGNUM *secret, GBytes *public);
