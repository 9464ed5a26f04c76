/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* proofs.h: SignReceipt of Courier1: what can be signed about the filings of one session.
 *
 * Nothing that a session says is signed: that something is registered, and when, is what the courier itself saw; that the town hall
 * received it, what its worker reported. Gone with the connection. Main thread. */
#pragma once

#include "link/receipt-key.h"
#include "pv-link-courier1.h"

enum { PV_PROOFS_MAX = 50 }; /* filings of one session */

typedef struct PvProofs PvProofs;

PvProofs *pv_proofs_new (void) G_GNUC_WARN_UNUSED_RESULT;
void pv_proofs_free (PvProofs *proofs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvProofs, pv_proofs_free)

/* The disk has it. The first time counts. */
void pv_proofs_note_stored (PvProofs *proofs, const char *ref, gint64 when_us, const char *form);
/* @digest: PV_RECEIPT_DIGEST_BYTES; what was not stored here is passed over. */
void pv_proofs_note_received (PvProofs *proofs, const char *ref, GBytes *digest);
/* Answers @invocation. @signer: (nullable): then there is nothing to be had */
void pv_proofs_sign (const PvProofs *proofs, const PvReceiptSigner *signer, GDBusMethodInvocation *invocation,
                     const char *ref);
