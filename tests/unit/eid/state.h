/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* state.h: a fictional State with its master list and revocation lists in a folder of its own, for the tests of proofs. */
#pragma once

#include "demo/card/issuer-private.h"
#include "eid/sod.h"

/* 1 June 2020 and 1 September 2026. */
#define STATE_ISSUED G_GINT64_CONSTANT (1590969600)
#define STATE_NOW    G_GINT64_CONSTANT (1788220800)

typedef struct State {
  char *folder;
  PvIssuer *issuers[PV_N_ISSUER_KINDS]; /* of Utopia; NULL: not asked for */
  PvIssuer *other;                      /* of another State in the list, with ECDSA_P256 */
  PvTrust *trust;
  GPtrArray *groups; /* of one document: 1 and 2 */
} State;

/* @kinds: as bits. ECDSA_P256 is always among them. */
State *state_new (guint kinds);
void state_free (State *state);
/* Reads the list again, which the issuers wrote. */
void state_load_trust (State *state);
/* A document of Utopia, issued at STATE_ISSUED, all that is needed at hand. */
PvSodContext state_get_context (const State *state);
/* What becomes of a document with this EF.SOD: parsing, signature and signer, then the groups. */
PvReason state_judge (const State *state, GBytes *sod, const PvSodContext *context);
/* (transfer full): a folder's file. */
char *state_path (const State *state, const char *name);
