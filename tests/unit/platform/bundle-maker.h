/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bundle-maker.h: bundles for tests, right ones and whatever else somebody with a key could sign. */
#pragma once

#include <sodium.h>
#include <string.h>

#include "platform/bundle.h"

/* 2026-12-01 04:00 UTC. */
#define MAKER_NOW_S G_GINT64_CONSTANT (1796097600)
#define MAKER_DAY_S G_GINT64_CONSTANT (86400)

/* Any bytes, signed. @secret: as pv_bundle_keys_new() makes it. (transfer full) */
static inline GBytes *
maker_sign (const char *text, gssize length, const char *secret)
{
  guint8 key[crypto_sign_PUBLICKEYBYTES], pair[crypto_sign_SECRETKEYBYTES], seed[crypto_sign_SEEDBYTES];
  guint8 signature[crypto_sign_BYTES];
  char encoded[89];
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  GByteArray *all = g_byte_array_new ();

  assert_true (sodium_init () >= 0);
  assert_int_equal (sodium_hex2bin (seed, sizeof seed, secret, strlen (secret), NULL, NULL, NULL), 0);
  crypto_sign_seed_keypair (key, pair, seed);
  crypto_sign_detached (signature, NULL, (const guint8 *) text, size, pair);
  sodium_bin2base64 (encoded, sizeof encoded, signature, sizeof signature, sodium_base64_VARIANT_ORIGINAL);
  g_byte_array_append (all, (const guint8 *) text, (guint) size);
  g_byte_array_append (all, (const guint8 *) "signature ", 10);
  g_byte_array_append (all, (const guint8 *) encoded, 88);
  g_byte_array_append (all, (const guint8 *) "\n", 1);
  return g_byte_array_free_to_bytes (all);
}

/* A right one with one file, 10.conf. (transfer full) */
static inline GBytes *
maker_bundle (const char *scope, gint64 serial, const char *expires, const char *content, const char *secret)
{
  g_autofree char *text =
    g_strdup_printf ("parvis-settings-bundle 1 %" G_GINT64_FORMAT " %s %s 1\nfile 10.conf %zu\n%s\n", serial, scope,
                     expires, strlen (content), content);

  return maker_sign (text, -1, secret);
}
