/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pn532-chip.h: the commands of a PN532 (NXP UM0701-02, section 7), as far as libnfc uses them. Pure. */
#pragma once

#include "demo/card/pn532-field.h"
#include "demo/card/pn532-frame.h"

typedef enum {
  PV_PN532_REPLY,
  PV_PN532_REPLY_DAMAGED,
  PV_PN532_REPLY_ERROR, /* application error frame */
  PV_PN532_REPLY_NONE,
  PV_PN532_REPLY_LATE, /* after delay_ms */
  PV_PN532_REPLY_DIE,
} PvPn532ReplyKind;

typedef struct PvPn532Reply {
  PvPn532ReplyKind kind;
  guint delay_ms;
  guint8 payload[PV_PN532_MAX_PAYLOAD_BYTES]; /* code of the command + 1 first */
  gsize length;
} PvPn532Reply;

typedef struct PvPn532Chip {
  PvField field;
  guint8 registers[0x10000];
  guint8 parameters; /* SetParameters */
  guint32 n_fields;  /* how often RF was switched off: what was pending then never comes */
} PvPn532Chip;

/* One command of the host. */
void pv_pn532_chip_run (PvPn532Chip *chip, const guint8 *command, gsize length, PvPn532Reply *ret_reply);
