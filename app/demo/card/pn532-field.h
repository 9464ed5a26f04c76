/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pn532-field.h: what is between the PN532's antenna and the card: selection, APDUs by the reader's own ISO-DEP or by raw
 * blocks, the faults, and the count of what goes over the air. Pure. */
#pragma once

#include "demo/card/pn532.h"

enum {
  PV_FIELD_MAX_COMMAND_BYTES = 8192,
  PV_FIELD_MAX_ANSWER_BYTES = 16 * 1024,
  PV_FIELD_MAX_FRAME_BYTES = 254, /* without CRC */
};

/* Status bytes of the PN532, UM0701-02, section 7.1. */
enum {
  PV_PN532_OK = 0x00,
  PV_PN532_TIMEOUT = 0x01,
  PV_PN532_CRC = 0x02,
  PV_PN532_WRONG_CONTEXT = 0x27,
  PV_PN532_RELEASED = 0x29,
  PV_PN532_MORE = 0x40,
  PV_PN532_NAD = 0x80,
};

typedef struct PvField {
  PvPn532Card card;
  gboolean has_card;
  gboolean is_lost;     /* LOST, until laid again */
  gboolean is_on;       /* RF */
  gboolean is_selected; /* the card answers exchanges */
  guint index;          /* of the next APDU since the card was laid */
  PvPn532Fault fault;
  guint fault_index, fault_ms;
  PvPn532Tally tally;
  guint8 last[PV_FIELD_MAX_COMMAND_BYTES]; /* APDU, for repeats */
  gsize last_length;
  guint8 command[PV_FIELD_MAX_COMMAND_BYTES]; /* what came of a chained one */
  gsize command_length;
  guint8 answer[PV_FIELD_MAX_ANSWER_BYTES]; /* what is left of it: from answer_at on */
  gsize answer_length, answer_at;
  /* raw blocks: */
  guint8 block[PV_FIELD_MAX_FRAME_BYTES]; /* the last one sent */
  gsize block_length;
  gsize reader_frame;     /* FSD */
  guint8 number;          /* of the card's last block */
  guint extensions;       /* S(WTX) before each answer */
  guint extensions_to_go; /* now */
} PvField;

/* What the chip does after an exchange. */
typedef struct PvFieldResult {
  PvPn532Fault fault; /* NONE: an answer; MUTE, LATE, GARBAGE, ERROR_FRAME, DIE: how it goes to the host */
  guint8 status;
  guint8 data[PV_FIELD_MAX_FRAME_BYTES + 16];
  gsize length;
} PvFieldResult;

void pv_field_lay (PvField *field, const PvPn532Card *card);
void pv_field_remove (PvField *field);
/* Off, the card forgets everything. */
void pv_field_switch (PvField *field, gboolean is_on);
/* FALSE: no such card there. */
gboolean pv_field_select (PvField *field, gboolean is_type_b);
/* InDataExchange; @has_more: the host chains; @length 0: the rest of the answer. */
void pv_field_exchange (PvField *field, const guint8 *data, gsize length, gboolean has_more, PvFieldResult *ret_result);
/* InCommunicateThru. */
void pv_field_raw (PvField *field, const guint8 *data, gsize length, PvFieldResult *ret_result);
