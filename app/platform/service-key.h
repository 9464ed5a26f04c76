/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service-key.h: what stands on the stick that opens the service screen, and where.
 *
 *   parvis-service-key FORMAT SERIAL SCOPE EXPIRES
 *   pin HASH
 *   signature BASE64
 *
 * FORMAT is 1. SERIAL is the number of this key, by which a lost one is revoked. SCOPE is "platform", the INSEE code of a commune,
 * or CODE/NAME for one kiosk of it. EXPIRES is a day, 2027-01-31, the last on which it opens. HASH is of the PIN (Argon2id, as
 * libsodium writes it). The signature is Ed25519 (RFC 8032) over every byte in front of its line.
 *
 * The stick has no file system: the text stands in its first bytes, zeros follow up to PV_SERVICE_KEY_BLOCK_BYTES, and behind that a
 * file for support may be written. So nothing is ever mounted, and what reads a stranger's stick reads 4096 bytes and judges
 * a signature before anything else. What is written is one file behind another, found by a line of its own:
 *
 *   parvis-support-file FORMAT LENGTH SHA256      and zeros up to PV_SERVICE_FILE_HEAD_BYTES, then LENGTH bytes
 */
#pragma once

#include <glib.h>

#define PV_SERVICE_KEY_ERROR (pv_service_key_error_quark ())
GQuark pv_service_key_error_quark (void);

typedef enum {
  PV_SERVICE_KEY_ERROR_BAD,       /* no key, or a damaged one */
  PV_SERVICE_KEY_ERROR_FORMAT,    /* of a format that this program does not know */
  PV_SERVICE_KEY_ERROR_SIGNATURE, /* none of the keys signed it */
  PV_SERVICE_KEY_ERROR_SCOPE,     /* another kiosk's */
  PV_SERVICE_KEY_ERROR_TIME,      /* expired, or good for too long */
  PV_SERVICE_KEY_ERROR_REVOKED,
} PvServiceKeyError;

enum {
  PV_SERVICE_KEY_FORMAT = 1,
  PV_SERVICE_KEY_BLOCK_BYTES = 4096, /* of the stick; the text is shorter */
  PV_SERVICE_KEY_MAX_NAME_BYTES = 32,
  PV_SERVICE_KEY_MAX_DAYS = 400, /* that one is good for */
  PV_SERVICE_PIN_LENGTH = 8,     /* digits */
  PV_SERVICE_FILE_FORMAT = 1,
  PV_SERVICE_FILE_HEAD_BYTES = 512,
  PV_SERVICE_FILE_MAX_BYTES = 64 * 1024 * 1024,
};

typedef struct PvServiceKey {
  gint64 serial;
  char *scope;
  char *expires;
  gint64 end_s; /* seconds UTC, the first that is too late */
  char *pin;    /* its hash */
} PvServiceKey;

/* Which kiosk this is, and whom it trusts. */
typedef struct PvServiceLockPlate {
  const char *const *keys;    /* (nullable): who may sign, base64 */
  const char *const *revoked; /* (nullable): serials */
  const char *commune;        /* (nullable): INSEE code */
  const char *kiosk;          /* (nullable): its name in the commune */
} PvServiceLockPlate;

/**
 * pv_service_key_open:
 * @block: the first bytes of a stick, or a file: the text, and nothing but zeros behind it
 * @now_s: seconds UTC; the clock decides whether it has expired
 *
 * The signature is checked before anything but the format is read.
 *
 * Returns: (transfer full): NULL with a PV_SERVICE_KEY_ERROR
 */
PvServiceKey *pv_service_key_open (GBytes *block, const PvServiceLockPlate *plate, gint64 now_s,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_service_key_free (PvServiceKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvServiceKey, pv_service_key_free)

/* Whether it begins like one: another stick is of no interest to anybody. */
gboolean pv_service_key_is_one (GBytes *block);
/* Takes a fifth of a second and 64 MiB, on purpose. */
gboolean pv_service_key_check_pin (const PvServiceKey *key, const char *pin);

/**
 * pv_service_key_sign:
 * @pin: eight digits
 * @secret: 64 hexadecimal digits, as pv_bundle_keys_new() makes them
 *
 * Returns: (transfer full): the text; NULL with a PV_SERVICE_KEY_ERROR: what no kiosk would take is not made
 */
GBytes *pv_service_key_sign (gint64 serial, const char *scope, const char *expires, const char *pin, const char *secret,
                             gint64 now_s, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* "platform", 12345, 12345/name */
gboolean pv_service_key_is_scope (const char *text);
gboolean pv_service_key_is_pin (const char *text);

/* What stands before a file for support on the stick: PV_SERVICE_FILE_HEAD_BYTES. (transfer full) */
GBytes *pv_service_file_head (GBytes *file) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE: there is none. @ret_sha256: 64 hexadecimal digits (transfer full) */
gboolean pv_service_file_read_head (GBytes *head, gsize *ret_length, char **ret_sha256);
