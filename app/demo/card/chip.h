/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip.h: the chip of a travel document, as software: what the virtual reader and the tests lay down.
 *
 * Its cryptography is libeac's where libeac has it (PACE with generic mapping over curves, BAC is OpenSSL's), so that two hands wrote
 * the two sides; integrated and chip-authentication mapping are its own. One thread at a time.
 */
#pragma once

#include <gio/gio.h>

typedef struct PvChip PvChip;

typedef enum {
  PV_CHIP_FAULT_NONE,
  PV_CHIP_FAULT_WRONG_MAC, /* of its answer */
  PV_CHIP_FAULT_NO_DO99,
  PV_CHIP_FAULT_SW_DIFFERS, /* DO 99 and the outer status word */
  PV_CHIP_FAULT_PLAIN,      /* answers without secure messaging */
  PV_CHIP_FAULT_REPLAY,     /* the answer before */
  PV_CHIP_FAULT_BAD_PADDING,
  PV_CHIP_FAULT_6988,        /* lost the channel */
  PV_CHIP_FAULT_REFLECT_KEY, /* PACE: the terminal's own key */
  PV_CHIP_FAULT_OFF_CURVE,
  PV_CHIP_FAULT_INFINITY,
  PV_CHIP_FAULT_WRONG_TOKEN,
  PV_CHIP_FAULT_GARBAGE,      /* random bytes with 9000 */
  PV_CHIP_FAULT_EMPTY,        /* 9000 alone */
  PV_CHIP_FAULT_ENDLESS,      /* always 61FF */
  PV_CHIP_FAULT_REPEAT_CHUNK, /* READ BINARY gives the first bytes again and again */
  PV_N_CHIP_FAULTS
} PvChipFault;

/**
 * pv_chip_new_from_card:
 * @card: text of a card, see app/demo/README.md
 * @state_folder: where issuers' keys and the master list are kept; made if missing
 */
PvChip *pv_chip_new_from_card (const char *card, const char *state_folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_chip_free (PvChip *chip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvChip, pv_chip_free)

/* Power off and on. */
void pv_chip_reset (PvChip *chip);
/* Answer with status word; returns its length, at least 2 and at most @size. */
gsize pv_chip_transmit (PvChip *chip, const guint8 *command, gsize length, guint8 *answer, gsize size);
/* ATS with its length byte first. */
const guint8 *pv_chip_get_ats (const PvChip *chip, gsize *ret_length);
gboolean pv_chip_is_type_b (const PvChip *chip);
/* @index: of the APDU, from 0, since the last reset; once. */
void pv_chip_set_fault (PvChip *chip, PvChipFault fault, guint index);
guint pv_chip_count_apdus (const PvChip *chip);
guint pv_chip_count_selects (const PvChip *chip);
guint pv_chip_count_reads (const PvChip *chip);
/* Wrong codes so far. */
guint pv_chip_count_wrong (const PvChip *chip);
/* The session keys that are in force, for tests that look for them in memory: NULL outside secure messaging. */
const guint8 *pv_chip_get_session_key (const PvChip *chip, gsize *ret_length);
