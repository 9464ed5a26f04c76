/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* outbox-format.h: the sealed container of a filing, from the session over the courier's disk to a worker.
 *
 *   0  4  "PVOB"
 *   4  1  version of the format that wrote it
 *   5  1  oldest version that can read it
 *   6  2  zero
 *   8  4  H: size of the clear header          (all numbers little-endian)
 *  12  4  S: size of the sealed part
 *  16  H  clear header: a{sv}, little-endian; unknown keys are ignored
 *  +   S  crypto_box_seal (32 bytes: reply public key; 32 bytes: BLAKE2b-256 of all before the sealed part;
 *         a serialised GVariant "v": the submission) to the outbox's public key
 *
 * A release reads its own version and the one before, and what a newer one marks as readable by it, so that an update
 * can be taken back with a full outbox.  The clear header says only what the courier needs to decide: nothing of the
 * citizen.  The digest binds it to the sealed part: a worker refuses a header that was changed on the disk.
 *
 * The answer goes back sealed to the reply key, which the session makes for one filing.
 *
 * Errors: PV_LINK_ERROR.  Any thread after pv_outbox_init().
 */
#pragma once

#include "link/error.h"

enum {
  PV_OUTBOX_VERSION = 1,
  PV_OUTBOX_KEY_BYTES = 32,
  PV_OUTBOX_MAX_HEADER_BYTES = 4096,
  PV_OUTBOX_MAX_BYTES = 49 * 1024 * 1024, /* PV_SUBMISSION_MAX_BYTES and what surrounds it */
  PV_OUTBOX_MAX_REPLY_BYTES = 64 * 1024,
  PV_OUTBOX_MAX_SLUG_BYTES = 250,
};

typedef enum { PV_OUTBOX_FILE, PV_OUTBOX_DRAFT } PvOutboxPurpose;

/* What the courier may know of a filing. */
typedef struct PvOutboxHeader {
  char *ref;
  char *slug;
  PvOutboxPurpose purpose;
  gboolean has_ref_field; /* find(ref) can prove absence */
  gint64 created_us;      /* UTC */
} PvOutboxHeader;

void pv_outbox_header_free (PvOutboxHeader *header);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvOutboxHeader, pv_outbox_header_free)

/* A key pair; the secret half is wiped when freed. */
typedef struct PvOutboxKeys {
  guint8 public_key[PV_OUTBOX_KEY_BYTES];
  guint8 secret_key[PV_OUTBOX_KEY_BYTES];
} PvOutboxKeys;

/* Prepares libsodium; the functions below do it too, this one only tells early that there is no randomness. */
gboolean pv_outbox_init (GError **error);

PvOutboxKeys *pv_outbox_keys_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* The public half is computed. */
PvOutboxKeys *pv_outbox_keys_from_secret (const guint8 *secret_key) G_GNUC_WARN_UNUSED_RESULT;
void pv_outbox_keys_free (PvOutboxKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvOutboxKeys, pv_outbox_keys_free)

/* Keys as text: 64 hexadecimal digits, space around them allowed. FALSE, and @ret_key wiped, if it is none. */
char *pv_outbox_key_to_text (const guint8 *key) G_GNUC_WARN_UNUSED_RESULT;
gboolean pv_outbox_key_from_text (const char *text, guint8 ret_key[PV_OUTBOX_KEY_BYTES]);

/**
 * pv_outbox_seal:
 * @submission: pv_submission_to_variant(); a floating one is consumed
 * @outbox_key: the courier's public key
 * @reply_key: public half of the session's one-shot pair
 *
 * Returns: (transfer full): the container
 */
GBytes *pv_outbox_seal (const PvOutboxHeader *header, GVariant *submission, const guint8 *outbox_key,
                        const guint8 *reply_key, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_outbox_parse:
 *
 * The clear header of a container from outside; the sealed part is only measured.
 *
 * Returns: (transfer full)
 */
PvOutboxHeader *pv_outbox_parse (GBytes *container, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_outbox_open:
 * @ret_reply_key: (out): the session's public reply key
 *
 * Returns: (transfer full): the submission, in memory that is wiped when the variant is freed
 */
GVariant *pv_outbox_open (GBytes *container, const PvOutboxKeys *keys, guint8 ret_reply_key[PV_OUTBOX_KEY_BYTES],
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What became of it (pv_outcome_to_variant()), for the session that filed; @outcome as for pv_outbox_seal(). */
GBytes *pv_outbox_seal_reply (GVariant *outcome, const guint8 *reply_key, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GVariant *pv_outbox_open_reply (GBytes *reply, const PvOutboxKeys *keys, GError **error) G_GNUC_WARN_UNUSED_RESULT;
