/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* public-key.h: a key of a certificate (SubjectPublicKeyInfo), for proving signatures.
 *
 * EC parameters that are written out are compared, number by number, with the curves known here, and the known curve is
 * used: arithmetic is never done on parameters that somebody sent (CVE-2020-0601).
 */
#pragma once

#include <glib.h>
#include <openssl/evp.h>

enum {
  PV_PUBLIC_KEY_MAX_RSA_BITS = 8192,
  PV_PUBLIC_KEY_NAME_BYTES = 48,
};

typedef enum {
  PV_KEY_USABLE,
  PV_KEY_UNKNOWN_CURVE,
  PV_KEY_UNSUPPORTED, /* neither RSA nor EC, or too long */
  PV_KEY_MALFORMED,
} PvKeyFate;

/* Zero-initialized is empty. */
typedef struct PvPublicKey {
  EVP_PKEY *key; /* owned; NULL unless usable */
  PvKeyFate fate;
  gboolean is_ec, is_explicit;
  guint bits;
  char name[PV_PUBLIC_KEY_NAME_BYTES]; /* "RSA-4096", "EC brainpoolP384r1 (explicit)" */
} PvPublicKey;

/* @info: DER, the whole of it. */
void pv_public_key_parse (const guint8 *info, gsize length, PvPublicKey *ret_key);
void pv_public_key_clear (PvPublicKey *key);
/* Proves nothing today: RSA below 1024 bits, EC below 160. */
gboolean pv_public_key_is_weak (const PvPublicKey *key);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvPublicKey, pv_public_key_clear)
