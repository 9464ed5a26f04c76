/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-parts.h: what the files of the chip share: its state since power on, and who answers which instruction. */
#pragma once

#include "demo/card/chip-command.h"
#include "demo/card/chip-files.h"
#include "demo/card/chip-pace.h"
#include "demo/card/chip-sm.h"
#include "demo/card/chip.h"

enum { PV_CHIP_BAC_RANDOM = 8, PV_CHIP_MAX_ATS = 20 };

struct PvChip {
  PvChipText *text;
  PvChipKeys *keys;
  PvChipFiles *files;
  GBytes *can_secret; /* (nullable) */
  GBytes *mrz_secret; /* SHA-1 of the zone's three fields */
  guint8 ats[PV_CHIP_MAX_ATS];
  gsize ats_length;
  guint n_wrong, n_wrong_in_row;
  PvChipFault text_fault; /* of the card's text: at each power on */
  guint text_fault_index;

  /* since power on */
  guint n_apdus, n_selects, n_reads;
  PvChipFault fault;
  guint fault_index;
  PvChipFault fault_now;     /* of this APDU */
  PvChipFault fault_lasting; /* since one of those that stay */
  gboolean is_in_application;
  int current; /* PvChipFileName; -1: none */
  PvChipSm *sm;
  PvChipSm *next_sm; /* from the next command on */
  PvChipPace *pace;
  int ca; /* chosen offer of chip authentication; -1: none */
  guint8 challenge[PV_CHIP_BAC_RANDOM];
  gboolean has_challenge;
  GByteArray *chain; /* of commands */
  GByteArray *rest;  /* of an answer, for GET RESPONSE */
  guint16 rest_sw;   /* with its last part */
  GByteArray *last;  /* whole answer before */
};

gboolean pv_chip_has_quirk (const PvChip *chip, PvChipQuirk quirk);
/* Each appends to answer->data and returns the status word. */
guint16 pv_chip_select (PvChip *chip, const PvChipCommand *command);
guint16 pv_chip_read_binary (PvChip *chip, const PvChipCommand *command, GByteArray *data);
guint16 pv_chip_get_challenge (PvChip *chip, const PvChipCommand *command, GByteArray *data);
guint16 pv_chip_external_authenticate (PvChip *chip, const PvChipCommand *command, GByteArray *data);
guint16 pv_chip_manage_environment (PvChip *chip, const PvChipCommand *command);
guint16 pv_chip_general_authenticate (PvChip *chip, const PvChipCommand *command, GByteArray *data);
guint16 pv_chip_internal_authenticate (PvChip *chip, const PvChipCommand *command, GByteArray *data);
/* The parts of the two above that are chip authentication. */
guint16 pv_chip_set_chip_authentication (PvChip *chip, const PvChipCommand *command);
guint16 pv_chip_set_key_agreement (PvChip *chip, const PvChipCommand *command);
guint16 pv_chip_agree_key (PvChip *chip, const guint8 *key, gsize length);
/* 6300 or 63Cx. */
guint16 pv_chip_note_wrong_code (PvChip *chip);
