/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* enrolment.h: what one kiosk needs at its first start, sealed under a code, as a file of any web server.
 *
 *   parvis-enrolment 1\n              the format
 *   nonce, 24 bytes
 *   XChaCha20-Poly1305 of the rest    with the first line authenticated along
 *
 *   expires SECONDS\n                 UTC, in the clear text
 *   file NAME LENGTH\n                for each file, LENGTH bytes, and a line end
 *
 * Name of the file and key both come from the code by Argon2id with a salt that is the same for all: whoever has the file, or all
 * files of the server, can only try codes, each at that price, of 82 bits. The server keeps nothing and knows nobody; the file is
 * removed when the kiosk serves, or when it has expired.
 *
 * Names are those of a table: settings, what is public, and keys. A writer writes the newest format, a reader takes that one. */
#pragma once

#include <glib.h>

#define PV_ENROLMENT_ERROR (pv_enrolment_error_quark ())
GQuark pv_enrolment_error_quark (void);

typedef enum {
  PV_ENROLMENT_ERROR_BAD,     /* none, a damaged one, or one of another code */
  PV_ENROLMENT_ERROR_FORMAT,  /* of a format that this program does not know */
  PV_ENROLMENT_ERROR_EXPIRED, /* or good for too long */
  PV_ENROLMENT_ERROR_MEMORY,
} PvEnrolmentError;

enum {
  PV_ENROLMENT_KEY_BYTES = 32,
  PV_ENROLMENT_NAME_BYTES = 16,
  PV_ENROLMENT_MAX_BYTES = 64 * 1024,
  PV_ENROLMENT_MAX_FILES = 16,
  PV_ENROLMENT_MAX_DAYS = 30,
};

#define PV_ENROLMENT_SUFFIX   ".pve"
#define PV_ENROLMENT_SETTINGS "settings.conf"

typedef enum {
  PV_ENROLMENT_SETTINGS_FILE, /* a file of settings */
  PV_ENROLMENT_PUBLIC,        /* lies beside it: $SETTINGS_DIRECTORY/NAME */
  PV_ENROLMENT_SECRET,        /* goes into the credstore */
} PvEnrolmentKind;

typedef struct PvEnrolmentFile {
  const char *name; /* of the table */
  PvEnrolmentKind kind;
  GBytes *bytes;
} PvEnrolmentFile;

typedef struct PvEnrolment {
  gint64 end_s;     /* seconds UTC, the first that is too late */
  GPtrArray *files; /* (element-type PvEnrolmentFile) */
} PvEnrolment;

/* What a code opens. Wipe it. */
typedef struct PvEnrolmentLock {
  guint8 key[PV_ENROLMENT_KEY_BYTES];
  char name[2 * PV_ENROLMENT_NAME_BYTES + sizeof PV_ENROLMENT_SUFFIX]; /* of the file at the server */
} PvEnrolmentLock;

/* Names that may stand in one, in its order; NULL at the end. */
const char *const *pv_enrolment_list_names (void);
/* A new code: wipe. (transfer full) */
char *pv_enrolment_new_code (void) G_GNUC_WARN_UNUSED_RESULT;
/* @code: as pv_setup_code_read() gives it. Takes 64 MiB and most of a second. FALSE with an error: there is no memory. */
gboolean pv_enrolment_derive (const char *code, PvEnrolmentLock *ret_lock, GError **error);

PvEnrolment *pv_enrolment_new (gint64 end_s) G_GNUC_WARN_UNUSED_RESULT;
void pv_enrolment_free (PvEnrolment *enrolment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvEnrolment, pv_enrolment_free)
/* FALSE: @name is not in the table, or is there already. */
gboolean pv_enrolment_add (PvEnrolment *enrolment, const char *name, GBytes *bytes);
/* (transfer none) (nullable) */
const PvEnrolmentFile *pv_enrolment_find (const PvEnrolment *enrolment, const char *name);
/* (transfer full): NULL with an error: too large, or without settings */
GBytes *pv_enrolment_seal (const PvEnrolment *enrolment, const PvEnrolmentLock *lock,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @sealed: from anybody. NULL with a PV_ENROLMENT_ERROR. (transfer full) */
PvEnrolment *pv_enrolment_open (GBytes *sealed, const PvEnrolmentLock *lock, gint64 now_s,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of the clear text alone. (transfer full): NULL with a PV_ENROLMENT_ERROR */
PvEnrolment *pv_enrolment_parse (const char *text, gsize size, gint64 now_s, GError **error) G_GNUC_WARN_UNUSED_RESULT;
