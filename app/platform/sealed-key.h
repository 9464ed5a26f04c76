/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sealed-key.h: a secret key at rest, sealed by a passphrase.
 *
 * One line of base64:
 *
 *     "PVSK"  u8 version = 1  u32 passes  u32 memory in KiB  salt[16]  nonce[24]
 *     ciphertext and tag      XChaCha20-Poly1305 (IETF), the 53 bytes before as associated data
 *
 * The sealing key is Argon2id 1.3 of the passphrase; numbers are big-endian.  A file names its own cost, so that a later
 * version may ask for more; it is believed within limits only.  About a second and 256 MiB for each try: never on the
 * main thread of a window. */
#pragma once

#include "platform/secret.h"

#define PV_SEALED_KEY_ERROR (pv_sealed_key_error_quark ())
GQuark pv_sealed_key_error_quark (void);

typedef enum {
  PV_SEALED_KEY_ERROR_UNREADABLE, /* no such file, or not for us */
  PV_SEALED_KEY_ERROR_BAD,        /* no sealed key, of a later version, or of a cost that is refused */
  PV_SEALED_KEY_ERROR_PASSPHRASE, /* not this one; or the file was changed, which cannot be told apart */
  PV_SEALED_KEY_ERROR_WEAK,       /* to seal with: too short or too long */
  PV_SEALED_KEY_ERROR_MEMORY,     /* this machine has not enough */
} PvSealedKeyError;

enum {
  PV_SEALED_KEY_MIN_PASSPHRASE = 8, /* characters */
  PV_SEALED_KEY_MAX_PASSPHRASE_BYTES = 1024,
  PV_SEALED_KEY_MAX_BYTES = 256, /* of the key */
  PV_SEALED_KEY_MAX_FILE_BYTES = 1024,
  PV_SEALED_KEY_MAX_PASSES = 16,
  PV_SEALED_KEY_MIN_MEMORY_KIB = 64 * 1024, /* less would be easy to guess through */
  PV_SEALED_KEY_MAX_MEMORY_KIB = 1024 * 1024,
};

/* Enough characters, and not too many. */
gboolean pv_sealed_key_is_passphrase (const char *passphrase);

/* The line, its end included. (transfer full) Any thread. */
char *pv_sealed_key_seal (const guint8 *key, gsize size, const char *passphrase,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @size: of the key, as it must be. Any thread. */
PvSecret *pv_sealed_key_open (const char *text, gsize size, const char *passphrase,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* From a file that not everybody may read; the errors name the file. Any thread. */
PvSecret *pv_sealed_key_read (const char *path, gsize size, const char *passphrase,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A new file takes the place of the old one, for its owner only. Any thread. */
gboolean pv_sealed_key_write (const char *path, const guint8 *key, gsize size, const char *passphrase, GError **error);
