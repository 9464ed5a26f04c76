/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* reading.h: one card, read and judged: access, files, proof. Blocks; on the reader's thread, or a test's.
 *
 * Order (ICAO Doc 9303-11, section 4.2): EF.CardAccess, PACE (or BAC where no PACE is announced, never after it), chip
 * authentication, EF.SOD, the groups, passive authentication of all that was read, active authentication where the chip was
 * not proven before. DG3 and DG4 are never asked for.
 */
#pragma once

#include "core/identity.h"
#include "eid/channel.h"
#include "eid/chip-auth.h"
#include "eid/groups.h"
#include "eid/password.h"
#include "eid/trust.h"

typedef enum {
  PV_READING_ACCESS, /* the code is being tried */
  PV_READING_FILES,
  PV_READING_PROOF,
} PvReadingPhase;

typedef enum {
  PV_ACCESS_NONE,
  PV_ACCESS_BAC,
  PV_ACCESS_PACE_GM,
  PV_ACCESS_PACE_IM,
  PV_ACCESS_PACE_CAM,
} PvAccessKind;

typedef struct PvReadingOptions {
  const PvCardPassword *password;
  const PvTrust *trust; /* (nullable) */
  gboolean wants_face;
  gboolean wants_com;   /* nothing is decided by it: for diagnosis and measuring */
  gboolean avoids_long; /* after a long APDU failed on this card: only short ones */
  gint64 now;           /* seconds, UTC */
  gboolean is_clock_verified;
  GDate today;
  /* (nullable): on the reading thread; @done and @whole in bytes, 0 while unknown */
  void (*progress) (PvReadingPhase phase, gsize done, gsize whole, gpointer user_data);
  gpointer user_data;
} PvReadingOptions;

typedef struct PvCardReading {
  PvIdentity *identity; /* verdict and reason are in it; no text when refused */
  PvAccessKind access;
  PvCipher cipher;
  PvChipProof chip_auth, active_auth, cam;
  guint32 groups;    /* read, as bits 1 to 16 */
  guint32 announced; /* by the signed list */
  PvFaceKind face_kind;
  PvCardBytes face; /* picture as it was in DG2; empty: none */
  PvChannelTally tally;
} PvCardReading;

void pv_card_reading_free (PvCardReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvCardReading, pv_card_reading_free)

/**
 * pv_card_reading_run:
 *
 * May reset the card (long APDUs). An error says that nothing could be read; a reading that contradicts itself is a
 * reading, REFUSED.
 */
PvCardReading *pv_card_reading_run (PvCardTransport *transport, const PvReadingOptions *options,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *pv_access_kind_name (PvAccessKind kind);
