/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* receipt-key.h: the signature on a receipt (core/receipt-code.h): made by the courier, checked by parvisctl.
 *
 * Ed25519 (RFC 8032) over "Parvis receipt 1", a zero, and the digest of the facts. A private key is its 32-byte seed, as text 64
 * hexadecimal digits. A public key is a file of two lines at most:
 *
 *   64 hexadecimal digits
 *   until 2027-01-31        what says a later time is not genuine: for a key that was replaced, or stolen
 */
#pragma once

#include "core/receipt-code.h"

enum { PV_RECEIPT_KEY_BYTES = 32, PV_RECEIPT_KEY_FILE_MAX_BYTES = 256 };

/* The private half; locked memory, wiped when freed. */
typedef struct PvReceiptSigner PvReceiptSigner;

/* A new one, for a new kiosk. */
PvReceiptSigner *pv_receipt_signer_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* NULL: @text is no key. */
PvReceiptSigner *pv_receipt_signer_from_text (const char *text) G_GNUC_WARN_UNUSED_RESULT;
void pv_receipt_signer_free (PvReceiptSigner *signer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvReceiptSigner, pv_receipt_signer_free)

/* (transfer full): to be wiped */
char *pv_receipt_signer_to_text (const PvReceiptSigner *signer) G_GNUC_WARN_UNUSED_RESULT;
/* What a public file holds, without the end. (transfer full) */
char *pv_receipt_signer_to_public_text (const PvReceiptSigner *signer) G_GNUC_WARN_UNUSED_RESULT;
void pv_receipt_signer_sign (const PvReceiptSigner *signer, const guint8 digest[PV_RECEIPT_DIGEST_BYTES],
                             guint8 ret_signature[PV_RECEIPT_SIGNATURE_BYTES]);

typedef struct PvReceiptKey {
  guint8 bytes[PV_RECEIPT_KEY_BYTES];
  gint64 until_s; /* seconds UTC, the first that is too late; G_MAXINT64: no end */
} PvReceiptKey;

/* FALSE: @text is no public file. */
gboolean pv_receipt_key_parse (const char *text, PvReceiptKey *ret_key);
/* Whether @signature over @facts was made with that key, at a time when it was good. */
gboolean pv_receipt_key_verify (const PvReceiptKey *key, const PvReceiptFacts *facts,
                                const guint8 signature[PV_RECEIPT_SIGNATURE_BYTES]);
