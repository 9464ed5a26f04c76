/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/pn532-field.h"

#include "demo/card/pn532-field-internal.h"

#include <string.h>

enum {
  BLOCK_OVERHEAD = 3, /* PCB and CRC */
  OWN_FRAME = 64,     /* FSD that a PN532 announces by itself */
  ANSWER_CHUNK = 262, /* of an answer in one frame to the host */
  SMALLEST_FRAME = 16,
};

void
pv_field_lay (PvField *field, const PvPn532Card *card)
{
  pv_field_remove (field);
  field->card = *card;
  field->has_card = TRUE;
  field->is_lost = FALSE;
  field->index = 0;
  field->last_length = 0;
}

static void
forget_exchange (PvField *field)
{
  field->is_selected = FALSE;
  field->command_length = 0;
  field->answer_length = field->answer_at = 0;
  field->block_length = 0;
  field->number = 1;
  field->extensions_to_go = 0;
}

void
pv_field_remove (PvField *field)
{
  forget_exchange (field);
  field->has_card = FALSE;
}

static void
reset_card (PvField *field)
{
  if (field->has_card && field->card.reset != NULL)
    field->card.reset (field->card.card);
}

void
pv_field_switch (PvField *field, gboolean is_on)
{
  if (field->is_on && !is_on) {
    forget_exchange (field);
    reset_card (field);
  }
  field->is_on = is_on;
}

gboolean
pv_field_select (PvField *field, gboolean is_type_b)
{
  forget_exchange (field);
  if (!field->is_on || !field->has_card || field->is_lost || field->card.is_type_b != is_type_b)
    return FALSE;
  reset_card (field);
  field->is_selected = TRUE;
  field->reader_frame = is_type_b ? OWN_FRAME : 256; /* type B: in the ATTRIB of the chip; type A: see RATS */
  field->tally.kbit_per_s = 106;
  return TRUE;
}

/* Frame size of the card: FSCI of its ATS (ISO/IEC 14443-4, section 5.2.3). */
static gsize
card_frame (const PvField *field)
{
  static const guint16 sizes[] = { 16, 24, 32, 40, 48, 64, 96, 128, 256 };
  guint fsci = field->card.ats_length > 1 ? field->card.ats[1] & 0x0f : 2;

  return sizes[MIN (fsci, G_N_ELEMENTS (sizes) - 1)];
}

/* Information blocks, each acknowledged but the last. */
static void
count_chain (PvPn532Tally *tally, gsize length, gsize frame)
{
  gsize size = frame - BLOCK_OVERHEAD;
  guint blocks = (guint) MAX ((length + size - 1) / size, 1);

  tally->frames += blocks;
  tally->air_bytes += length + (guint64) BLOCK_OVERHEAD * (2 * blocks - 1);
}

static void
note_apdu (PvField *field, const guint8 *command, gsize length)
{
  field->tally.apdus++;
  if (length == field->last_length && memcmp (command, field->last, length) == 0)
    field->tally.repeats++;
  memcpy (field->last, command, length);
  field->last_length = length;
}

PvPn532Fault
pv_field_run (PvField *field, const guint8 *command, gsize length)
{
  PvPn532Fault fault = PV_PN532_FAULT_NONE;

  if (field->fault != PV_PN532_FAULT_NONE && field->index == field->fault_index) {
    fault = field->fault;
    field->fault = PV_PN532_FAULT_NONE;
  }
  field->index++;
  note_apdu (field, command, length);
  field->answer_at = field->answer_length = 0;
  if (fault == PV_PN532_FAULT_LOST)
    field->is_lost = TRUE;
  if (fault == PV_PN532_FAULT_LOST || fault == PV_PN532_FAULT_RELEASED || fault == PV_PN532_FAULT_MUTE)
    return fault; /* it never reached the card */
  field->answer_length = field->card.transmit (field->card.card, command, length, field->answer, sizeof field->answer);
  return fault;
}

/* The next piece of the answer to the host. */
static void
give_chunk (PvField *field, PvFieldResult *result)
{
  gsize n = MIN (field->answer_length - field->answer_at, ANSWER_CHUNK);

  memcpy (result->data, field->answer + field->answer_at, n);
  result->length = n;
  field->answer_at += n;
  result->status = field->answer_at < field->answer_length ? PV_PN532_MORE : PV_PN532_OK;
}

static void
exchange_whole (PvField *field, PvFieldResult *result)
{
  PvPn532Fault fault = pv_field_run (field, field->command, field->command_length);

  count_chain (&field->tally, field->command_length, MIN (card_frame (field), 256));
  field->command_length = 0;
  if (fault == PV_PN532_FAULT_LOST || fault == PV_PN532_FAULT_RELEASED || fault == PV_PN532_FAULT_CRC) {
    result->status = fault == PV_PN532_FAULT_LOST  ? PV_PN532_TIMEOUT
                     : fault == PV_PN532_FAULT_CRC ? PV_PN532_CRC
                                                   : PV_PN532_RELEASED;
    return;
  }
  count_chain (&field->tally, field->answer_length, OWN_FRAME);
  give_chunk (field, result);
  if (fault == PV_PN532_FAULT_NAD)
    result->status |= PV_PN532_NAD;
  else
    result->fault = fault;
}

void
pv_field_exchange (PvField *field, const guint8 *data, gsize length, gboolean has_more, PvFieldResult *ret_result)
{
  *ret_result = (PvFieldResult){ .status = PV_PN532_OK };
  if (!field->has_card || field->is_lost || !field->is_on) {
    ret_result->status = PV_PN532_TIMEOUT;
    return;
  }
  if (!field->is_selected) {
    ret_result->status = PV_PN532_WRONG_CONTEXT;
    return;
  }
  if (length == 0 && field->answer_at < field->answer_length) {
    give_chunk (field, ret_result);
    return;
  }
  if (length > sizeof field->command - field->command_length) {
    field->command_length = 0;
    ret_result->status = PV_PN532_WRONG_CONTEXT;
    return;
  }
  memcpy (field->command + field->command_length, data, length);
  field->command_length += length;
  if (!has_more)
    exchange_whole (field, ret_result);
}

gsize
pv_field_card_frame (const PvField *field)
{
  return MAX (card_frame (field), SMALLEST_FRAME);
}
