/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/pn532-chip.h"

#include <string.h>

enum {
  DIAGNOSE = 0x00,
  GET_FIRMWARE_VERSION = 0x02,
  GET_GENERAL_STATUS = 0x04,
  READ_REGISTER = 0x06,
  WRITE_REGISTER = 0x08,
  SET_PARAMETERS = 0x12,
  SAM_CONFIGURATION = 0x14,
  POWER_DOWN = 0x16,
  RF_CONFIGURATION = 0x32,
  IN_DATA_EXCHANGE = 0x40,
  IN_COMMUNICATE_THRU = 0x42,
  IN_DESELECT = 0x44,
  IN_LIST_PASSIVE_TARGET = 0x4a,
  IN_PSL = 0x4e,
  IN_RELEASE = 0x52,
  IN_SELECT = 0x54,
  IN_AUTO_POLL = 0x60,

  PARAMETER_AUTO_RATS = 0x10,
  CARD_PRESENCE = 0x06, /* of Diagnose */
  RF_FIELD = 0x01,      /* item of RFConfiguration */
  TYPE_A_106 = 0x00,
  TYPE_B_106 = 0x03,
  MAX_ATS_BYTES = 64,
};

static void
add (PvPn532Reply *reply, const void *data, gsize length)
{
  g_return_if_fail (length <= sizeof reply->payload - reply->length);
  memcpy (reply->payload + reply->length, data, length);
  reply->length += length;
}

static void
add_byte (PvPn532Reply *reply, guint8 byte)
{
  add (reply, &byte, 1);
}

static void
diagnose (PvPn532Chip *chip, const guint8 *data, gsize length, PvPn532Reply *reply)
{
  if (length > 0 && data[0] == CARD_PRESENCE)
    add_byte (reply, chip->field.is_selected && !chip->field.is_lost ? PV_PN532_OK : PV_PN532_TIMEOUT);
  else
    add (reply, data, length); /* communication test: the same back */
}

static void
read_registers (PvPn532Chip *chip, const guint8 *data, gsize length, PvPn532Reply *reply)
{
  for (gsize i = 0; i + 1 < length; i += 2)
    add_byte (reply, chip->registers[data[i] << 8 | data[i + 1]]);
}

static void
write_registers (PvPn532Chip *chip, const guint8 *data, gsize length)
{
  for (gsize i = 0; i + 2 < length; i += 3)
    chip->registers[data[i] << 8 | data[i + 1]] = data[i + 2];
}

static void
switch_field (PvPn532Chip *chip, gboolean is_on)
{
  if (!is_on)
    chip->n_fields++;
  pv_field_switch (&chip->field, is_on);
}

/* ATQB and the answer to ATTRIB. Frame size as the ATS says it; FWI 8 is 77 ms. */
static void
add_type_b (PvPn532Chip *chip, PvPn532Reply *reply)
{
  static const guint8 head[] = { 1, 1, 0x50, 0x11, 0x22, 0x33, 0x44, 0, 0, 0, 0, 0x00 };
  guint8 fsci = chip->field.card.ats_length > 1 ? chip->field.card.ats[1] & 0x0f : 8;

  add (reply, head, sizeof head);
  add_byte (reply, (guint8) (fsci << 4 | 1));
  add_byte (reply, 0x81);
  add_byte (reply, 1); /* of the answer to ATTRIB */
  add_byte (reply, 0);
}

static void
list_targets (PvPn532Chip *chip, const guint8 *data, gsize length, PvPn532Reply *reply)
{
  guint8 head[] = { 1, 1, 0x00, 0x08, 0x20, 4, 0x08, 0x11, 0x22, 0x33 };
  const PvPn532Card *card = &chip->field.card;

  if (length < 2 || (data[1] != TYPE_A_106 && data[1] != TYPE_B_106)
      || !pv_field_select (&chip->field, data[1] == TYPE_B_106)) {
    add_byte (reply, 0);
  } else if (data[1] == TYPE_B_106) {
    add_type_b (chip, reply);
  } else {
    if (card->ats_length == 0)
      head[4] = 0x08; /* SAK: a memory card */
    add (reply, head, sizeof head);
    if ((chip->parameters & PARAMETER_AUTO_RATS) != 0)
      add (reply, card->ats, MIN (card->ats_length, MAX_ATS_BYTES));
  }
}

static void
choose_speed (PvPn532Chip *chip, const guint8 *data, gsize length, PvPn532Reply *reply)
{
  if (length != 3 || data[1] > 2 || data[1] != data[2] || !chip->field.is_selected) {
    add_byte (reply, PV_PN532_WRONG_CONTEXT);
    return;
  }
  chip->field.tally.kbit_per_s = 106u << data[1];
  add_byte (reply, PV_PN532_OK);
}

static void
reply_with (const PvFieldResult *result, guint fault_ms, PvPn532Reply *reply)
{
  add_byte (reply, result->status);
  add (reply, result->data, result->length);
  switch (result->fault) {
  case PV_PN532_FAULT_MUTE:
    reply->kind = PV_PN532_REPLY_NONE;
    break;
  case PV_PN532_FAULT_LATE:
    reply->kind = PV_PN532_REPLY_LATE;
    reply->delay_ms = fault_ms;
    break;
  case PV_PN532_FAULT_GARBAGE:
    reply->kind = PV_PN532_REPLY_DAMAGED;
    break;
  case PV_PN532_FAULT_ERROR_FRAME:
    reply->kind = PV_PN532_REPLY_ERROR;
    break;
  case PV_PN532_FAULT_DIE:
    reply->kind = PV_PN532_REPLY_DIE;
    break;
  case PV_PN532_FAULT_NONE:
  case PV_PN532_FAULT_LOST:
  case PV_PN532_FAULT_RELEASED:
  case PV_PN532_FAULT_CRC:
  case PV_PN532_FAULT_NAD:
  case PV_N_PN532_FAULTS:
    break;
  }
}

static void
exchange (PvPn532Chip *chip, const guint8 *command, gsize length, PvPn532Reply *reply)
{
  PvFieldResult result;

  if (command[0] == IN_COMMUNICATE_THRU)
    pv_field_raw (&chip->field, command + 1, length - 1, &result);
  else if (length < 2 || (command[1] & 0x3f) != 1)
    result = (PvFieldResult){ .status = PV_PN532_WRONG_CONTEXT };
  else
    pv_field_exchange (&chip->field, command + 2, length - 2, (command[1] & PV_PN532_MORE) != 0, &result);
  reply_with (&result, chip->field.fault_ms, reply);
}

static void
configure_field (PvPn532Chip *chip, const guint8 *data, gsize length)
{
  if (length >= 2 && data[0] == RF_FIELD)
    switch_field (chip, (data[1] & 1) != 0);
}

/* Commands about targets. FALSE: not one of them. */
static gboolean
run_target_command (PvPn532Chip *chip, const guint8 *command, gsize length, PvPn532Reply *reply)
{
  switch (command[0]) {
  case IN_DATA_EXCHANGE:
  case IN_COMMUNICATE_THRU:
    exchange (chip, command, length, reply);
    return TRUE;
  case IN_LIST_PASSIVE_TARGET:
    list_targets (chip, command + 1, length - 1, reply);
    return TRUE;
  case IN_PSL:
    choose_speed (chip, command + 1, length - 1, reply);
    return TRUE;
  case IN_DESELECT:
  case IN_RELEASE:
    chip->field.is_selected = FALSE;
    add_byte (reply, PV_PN532_OK);
    return TRUE;
  case IN_SELECT:
    add_byte (reply, chip->field.is_selected ? PV_PN532_OK : PV_PN532_WRONG_CONTEXT);
    return TRUE;
  case IN_AUTO_POLL:
    add_byte (reply, 0);
    return TRUE;
  default:
    return FALSE;
  }
}

void
pv_pn532_chip_run (PvPn532Chip *chip, const guint8 *command, gsize length, PvPn532Reply *ret_reply)
{
  static const guint8 firmware[] = { 0x32, 0x01, 0x06, 0x07 };

  *ret_reply = (PvPn532Reply){ .kind = PV_PN532_REPLY };
  chip->field.tally.commands++;
  add_byte (ret_reply, (guint8) (command[0] + 1));
  if (run_target_command (chip, command, length, ret_reply))
    return;
  switch (command[0]) {
  case DIAGNOSE:
    diagnose (chip, command + 1, length - 1, ret_reply);
    break;
  case GET_FIRMWARE_VERSION:
    add (ret_reply, firmware, sizeof firmware);
    break;
  case GET_GENERAL_STATUS:
    add_byte (ret_reply, 0);
    add_byte (ret_reply, chip->field.is_on);
    add_byte (ret_reply, 0);
    add_byte (ret_reply, 0);
    break;
  case READ_REGISTER:
    read_registers (chip, command + 1, length - 1, ret_reply);
    break;
  case WRITE_REGISTER:
    write_registers (chip, command + 1, length - 1);
    break;
  case SET_PARAMETERS:
    chip->parameters = length > 1 ? command[1] : 0;
    break;
  case SAM_CONFIGURATION:
    break;
  case POWER_DOWN:
    switch_field (chip, FALSE);
    add_byte (ret_reply, PV_PN532_OK);
    break;
  case RF_CONFIGURATION:
    configure_field (chip, command + 1, length - 1);
    break;
  default:
    ret_reply->kind = PV_PN532_REPLY_ERROR;
    break;
  }
}
