/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The card's side of ISO/IEC 14443-4 (section 7.5.5, rules for the PICC), for a host that sends its own blocks. */

#include "demo/card/pn532-field-internal.h"

#include <string.h>

enum {
  CRC_BYTES = 2,
  PCB_CHAIN = 0x10,
  PCB_CID = 0x08,
  PCB_NAD = 0x04,
  PCB_NUMBER = 0x01,
  PCB_NAK = 0x10,
  RATS = 0xe0,
  DESELECT = 0xc2,
  WTX = 0xf2,
};

static void
count_frame (PvField *field, const guint8 *frame, gsize length)
{
  field->tally.air_bytes += length + CRC_BYTES;
  if (length > 0 && (frame[0] & 0xe2) == 0x02)
    field->tally.frames++;
}

/* Kept, for the reader may ask for it again. */
static void
send_block (PvField *field, guint8 pcb, const guint8 *data, gsize length, PvFieldResult *result)
{
  field->block[0] = pcb;
  if (length > 0)
    memcpy (field->block + 1, data, length);
  field->block_length = 1 + length;
  memcpy (result->data, field->block, field->block_length);
  result->length = field->block_length;
  count_frame (field, field->block, field->block_length);
}

static void
send_answer (PvField *field, PvFieldResult *result)
{
  gsize n = MIN (field->answer_length - field->answer_at, field->reader_frame - 3);
  guint8 pcb = (guint8) (0x02 | field->number);
  const guint8 one = 1;

  if (field->extensions_to_go > 0) {
    field->extensions_to_go--;
    send_block (field, WTX, &one, 1, result);
    return;
  }
  if (field->answer_at + n < field->answer_length)
    pcb |= PCB_CHAIN;
  send_block (field, pcb, field->answer + field->answer_at, n, result);
  field->answer_at += n;
}

/* A card that addresses nodes, which the reader never asked for; also when it is asked again. */
static void
add_nad (PvField *field, PvFieldResult *result)
{
  if (field->block_length == sizeof field->block)
    return;
  memmove (field->block + 2, field->block + 1, field->block_length - 1);
  field->block[0] |= PCB_NAD;
  field->block[1] = 0x00;
  field->block_length++;
  memcpy (result->data, field->block, field->block_length);
  result->length = field->block_length;
  field->tally.air_bytes++;
}

static void
take_whole (PvField *field, PvFieldResult *result)
{
  PvPn532Fault fault = pv_field_run (field, field->command, field->command_length);

  field->tally.long_apdus++;
  field->command_length = 0;
  if (fault == PV_PN532_FAULT_LOST || fault == PV_PN532_FAULT_RELEASED) {
    result->status = fault == PV_PN532_FAULT_LOST ? PV_PN532_TIMEOUT : PV_PN532_RELEASED;
    return;
  }
  field->extensions_to_go = field->extensions;
  send_answer (field, result);
  if (fault == PV_PN532_FAULT_CRC) {
    result->status = PV_PN532_CRC;
    result->length = 0;
  } else if (fault == PV_PN532_FAULT_NAD)
    add_nad (field, result);
  else
    result->fault = fault;
}

static void
take_information (PvField *field, const guint8 *data, gsize length, PvFieldResult *result)
{
  if ((data[0] & (PCB_CID | PCB_NAD)) != 0 || length > pv_field_card_frame (field) - CRC_BYTES
      || length - 1 > sizeof field->command - field->command_length) {
    result->status = PV_PN532_TIMEOUT; /* not for this card: it keeps silent */
    return;
  }
  field->number ^= 1; /* rule D: whatever the number of the block */
  memcpy (field->command + field->command_length, data + 1, length - 1);
  field->command_length += length - 1;
  if ((data[0] & PCB_CHAIN) != 0)
    send_block (field, (guint8) (0xa2 | field->number), NULL, 0, result);
  else
    take_whole (field, result);
}

static void
take_receipt (PvField *field, guint8 pcb, PvFieldResult *result)
{
  if ((pcb & PCB_NUMBER) == field->number && field->block_length > 0) { /* rule 11: once more */
    memcpy (result->data, field->block, field->block_length);
    result->length = field->block_length;
    count_frame (field, result->data, result->length);
  } else if ((pcb & PCB_NAK) != 0) { /* rule 12 */
    send_block (field, (guint8) (0xa2 | field->number), NULL, 0, result);
  } else if (field->answer_at < field->answer_length) { /* rules E and 13 */
    field->number ^= 1;
    send_answer (field, result);
  } else {
    result->status = PV_PN532_TIMEOUT;
  }
}

static void
take_supervisory (PvField *field, const guint8 *data, gsize length, PvFieldResult *result)
{
  if (data[0] == DESELECT && length == 1) {
    send_block (field, DESELECT, NULL, 0, result);
    field->is_selected = FALSE;
  } else if (data[0] == WTX && length == 2 && field->block_length == 2 && field->block[0] == WTX) {
    send_answer (field, result);
  } else {
    result->status = PV_PN532_TIMEOUT;
  }
}

/* Before the block protocol: request for answer to select. */
static void
activate (PvField *field, const guint8 *data, gsize length, PvFieldResult *result)
{
  static const guint16 sizes[] = { 16, 24, 32, 40, 48, 64, 96, 128, 256 };

  if (data[0] != RATS || length != 2 || field->card.is_type_b || field->card.ats_length == 0
      || field->card.ats_length > sizeof field->block) {
    result->status = PV_PN532_TIMEOUT;
    return;
  }
  field->reader_frame = sizes[MIN (data[1] >> 4, G_N_ELEMENTS (sizes) - 1)];
  memcpy (result->data, field->card.ats, field->card.ats_length);
  result->length = field->card.ats_length;
  field->tally.air_bytes += result->length + CRC_BYTES;
}

void
pv_field_raw (PvField *field, const guint8 *data, gsize length, PvFieldResult *ret_result)
{
  *ret_result = (PvFieldResult){ .status = PV_PN532_OK };
  if (!field->is_on || !field->has_card || field->is_lost || !field->is_selected || length == 0
      || length > PV_FIELD_MAX_FRAME_BYTES) {
    ret_result->status = PV_PN532_TIMEOUT;
    return;
  }
  count_frame (field, data, length);
  if ((data[0] & 0xe2) == 0x02)
    take_information (field, data, length, ret_result);
  else if ((data[0] & 0xe6) == 0xa2 && length == 1)
    take_receipt (field, data[0], ret_result);
  else if ((data[0] & 0xc7) == 0xc2)
    take_supervisory (field, data, length, ret_result);
  else
    activate (field, data, length, ret_result);
}
