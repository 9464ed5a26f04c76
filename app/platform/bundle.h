/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bundle.h: settings that a platform or a commune signed for many kiosks, in one file.
 *
 *   parvis-settings-bundle FORMAT SERIAL SCOPE EXPIRES COUNT
 *   file NAME LENGTH                  for each of COUNT files, names in strictly ascending order
 *   LENGTH bytes, and a line end
 *   signature BASE64                  the last line; nothing follows
 *
 * FORMAT is 1. SERIAL grows with each bundle of a scope. SCOPE is "platform", or the INSEE code of a commune. EXPIRES is a day,
 * 2027-01-31, the last on which a kiosk accepts it. The signature is Ed25519 (RFC 8032) over every byte in front of its line; no
 * other signature of Parvis is over bytes that begin like that.
 *
 * A writer writes the newest format, a reader takes that one and the one before it. There is only one so far. */
#pragma once

#include <glib.h>

#define PV_BUNDLE_ERROR (pv_bundle_error_quark ())
GQuark pv_bundle_error_quark (void);

typedef enum {
  PV_BUNDLE_ERROR_BAD,       /* no bundle, or a damaged one */
  PV_BUNDLE_ERROR_FORMAT,    /* of a format that this program does not know */
  PV_BUNDLE_ERROR_SIGNATURE, /* none of the keys signed it */
  PV_BUNDLE_ERROR_SCOPE,     /* for somebody else */
  PV_BUNDLE_ERROR_TIME,      /* expired, or good for too long */
  PV_BUNDLE_ERROR_OLD,       /* older than one that was there, or another one of the same serial */
  PV_BUNDLE_ERROR_NETWORK,   /* not fetched */
  PV_BUNDLE_ERROR_DISK,      /* not written */
} PvBundleError;

enum {
  PV_BUNDLE_FORMAT = 1,
  PV_BUNDLE_KEY_BYTES = 32,
  PV_BUNDLE_MAX_BYTES = 1024 * 1024,
  PV_BUNDLE_MAX_FILES = 50,
  PV_BUNDLE_MAX_NAME_BYTES = 64,
  PV_BUNDLE_MAX_LINE_BYTES = 160, /* of the header, and of the line before a file */
  PV_BUNDLE_MAX_DAYS = 400,       /* that one is good for: a lost key and a stopped clock do not count for ever */
};
/* Twelve digits. */
#define PV_BUNDLE_MAX_SERIAL G_GINT64_CONSTANT (999999999999)

#define PV_BUNDLE_SCOPE_PLATFORM "platform"

typedef struct {
  char *name;
  GBytes *bytes;
} PvBundleFile;

typedef struct {
  guint format;
  gint64 serial;
  char *scope;
  char *expires;    /* "2027-01-31" */
  gint64 end_s;     /* seconds UTC, the first that is too late */
  GPtrArray *files; /* of PvBundleFile */
  char *digest;     /* SHA-256 of all that is signed, hexadecimal */
} PvBundle;

/**
 * pv_bundle_open:
 * @keys: (nullable): who may sign, as in the settings
 * @scope: whose it has to be
 * @now_s: seconds UTC; the clock decides whether it has expired
 *
 * The signature is checked before anything but the format is read.
 *
 * Returns: (transfer full): NULL with a PV_BUNDLE_ERROR
 */
PvBundle *pv_bundle_open (GBytes *bytes, const char *const *keys, const char *scope, gint64 now_s,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The form only, not who signed it: of what was opened before. (transfer full): NULL with a PV_BUNDLE_ERROR */
PvBundle *pv_bundle_parse (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_bundle_free (PvBundle *bundle);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvBundle, pv_bundle_free)

/**
 * pv_bundle_sign:
 * @files: of PvBundleFile, in any order
 * @secret: 64 hexadecimal digits, as pv_bundle_keys_new() made them
 * @now_s: seconds UTC; what would be refused today is not signed
 *
 * Returns: (transfer full): a whole bundle; NULL with a PV_BUNDLE_ERROR
 */
GBytes *pv_bundle_sign (const GPtrArray *files, const char *scope, gint64 serial, const char *expires,
                        const char *secret, gint64 now_s, GError **error) G_GNUC_WARN_UNUSED_RESULT;
PvBundleFile *pv_bundle_file_new (const char *name, GBytes *bytes) G_GNUC_WARN_UNUSED_RESULT;
void pv_bundle_file_free (gpointer file);

/* A new pair. *ret_secret: (transfer full): the seed, to be wiped; *ret_public: (transfer full): base64 */
void pv_bundle_keys_new (char **ret_secret, char **ret_public);
/* FALSE: @text is not the base64 of a public key. */
gboolean pv_bundle_key_parse (const char *text, guint8 ret_key[PV_BUNDLE_KEY_BYTES]);
/* Whether @text has the form of an INSEE code: five digits, or 2A, 2B and three. */
gboolean pv_bundle_is_commune (const char *text);
/* "platform", or such a code. */
gboolean pv_bundle_is_scope (const char *text);
/* Names that are the same everywhere, stay in their folder, and are read as settings: small letters, digits, hyphens and dots, not
 * a dot first, and .conf at the end. */
gboolean pv_bundle_is_name (const char *text);
