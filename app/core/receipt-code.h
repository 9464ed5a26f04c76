/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* receipt-code.h: what the code on a receipt says to whoever doubts the paper: a few facts, and a signature over them.
 *
 *   PARVIS1/KIND/REF/NUMBER/TIME/FORM/SIGNATURE
 *
 * KIND: A the town hall has received it, G it is registered at the kiosk. TIME: 20261130T143205Z. NUMBER is empty for G. NUMBER and
 * FORM are escaped as in an address. SIGNATURE: base 32 of 64 bytes, Ed25519 over pv_receipt_facts_to_digest(). Capitals and digits
 * where possible: a QR code has a short form for them. No name and no answer: the paper may lie anywhere.
 *
 * Pure; the signature itself is made and checked by link/receipt-key.h. */
#pragma once

#include "core/outcome.h"

enum {
  PV_RECEIPT_SIGNATURE_BYTES = 64,
  PV_RECEIPT_DIGEST_BYTES = 32,
  PV_RECEIPT_CODE_MAX_BYTES = 400,  /* what a QR code of a receipt takes */
  PV_RECEIPT_NUMBER_MAX_BYTES = 60, /* longer ones are left out of the facts, as the form is */
};

typedef enum {
  PV_RECEIPT_FACT_RECEIVED,
  PV_RECEIPT_FACT_REGISTERED,
} PvReceiptFactKind;

typedef struct PvReceiptFacts {
  PvReceiptFactKind kind;
  char *ref;     /* kiosk reference */
  char *number;  /* (nullable): the portal's */
  gint64 when_s; /* seconds UTC: RECEIVED by the portal's clock, REGISTERED by the kiosk's */
  char *form;    /* slug */
} PvReceiptFacts;

void pv_receipt_facts_free (PvReceiptFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvReceiptFacts, pv_receipt_facts_free)

/* Of what the portal has received; NULL for every other outcome, and for one without a reference. */
PvReceiptFacts *pv_receipt_facts_of_outcome (const PvOutcome *outcome, const char *form) G_GNUC_WARN_UNUSED_RESULT;
/* Of what was stored at the kiosk at @when_us. */
PvReceiptFacts *pv_receipt_facts_of_storing (const char *ref, gint64 when_us,
                                             const char *form) G_GNUC_WARN_UNUSED_RESULT;

/* SHA-256 of what the code says before the signature: this is signed, so that whoever signs learns nothing. */
void pv_receipt_facts_to_digest (const PvReceiptFacts *facts, guint8 ret_digest[PV_RECEIPT_DIGEST_BYTES]);

/* The text of the code. (transfer full) */
char *pv_receipt_code_make (const PvReceiptFacts *facts,
                            const guint8 signature[PV_RECEIPT_SIGNATURE_BYTES]) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_receipt_code_parse:
 * @code: as scanned or typed; space around it is allowed
 *
 * Returns: (transfer full): NULL if it is no such code; whether it is genuine is another question
 */
PvReceiptFacts *pv_receipt_code_parse (const char *code,
                                       guint8 ret_signature[PV_RECEIPT_SIGNATURE_BYTES]) G_GNUC_WARN_UNUSED_RESULT;
