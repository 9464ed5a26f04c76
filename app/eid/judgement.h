/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* judgement.h: what all the proofs of one card add up to. Pure but for OpenSSL below sod.h.
 *
 * A refusal goes before whatever is only missing; only when nothing contradicts and nothing is missing is a reading
 * genuine. */
#pragma once

#include "eid/pace.h"
#include "eid/reading.h"
#include "eid/sod.h"

/* The files of one reading, in locked memory. */
typedef struct PvCardFiles {
  PvCardBytes access;        /* EF.CardAccess */
  PvCardBytes card_security; /* EF.CardSecurity */
  PvCardBytes sod;
  PvCardBytes groups[PV_SOD_MAX_GROUPS + 1]; /* by number */
  gboolean has_bad_sod;                          /* there, and cut short or no such file */
  guint32 hidden;                            /* groups that are signed but absent, as bits */
  guint32 closed;                            /* signed, and could not be read */
} PvCardFiles;

void pv_card_files_clear (PvCardFiles *files);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvCardFiles, pv_card_files_clear)

typedef struct PvEvidence {
  const PvCardFiles *files;
  PvAccessKind access;
  const PvPaceInfo *pace; /* (nullable): what was used */
  PvPaceResult *pace_result;
  PvChipProof chip_auth, active_auth;
} PvEvidence;

/**
 * pv_judge_card:
 *
 * Fills identity, groups, announced, cam and face of @reading. Its identity keeps no text when it is refused.
 */
void pv_judge_card (const PvEvidence *evidence, const PvReadingOptions *options, PvCardReading *reading);
