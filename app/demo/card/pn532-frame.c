/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/pn532-frame.h"

#include <string.h>

enum { FROM_HOST = 0xd4, FROM_CHIP = 0xd5 };

const guint8 pv_pn532_ack[6] = { 0x00, 0x00, 0xff, 0x00, 0xff, 0x00 };
const guint8 pv_pn532_nack[6] = { 0x00, 0x00, 0xff, 0xff, 0x00, 0x00 };
const guint8 pv_pn532_error[8] = { 0x00, 0x00, 0xff, 0x01, 0xff, 0x7f, 0x81, 0x00 };

gsize
pv_pn532_input_feed (PvPn532Input *input, const guint8 *data, gsize length)
{
  gsize n = MIN (length, sizeof input->data - input->length);

  memcpy (input->data + input->length, data, n);
  input->length += n;
  return n;
}

static void
drop (PvPn532Input *input, gsize n)
{
  memmove (input->data, input->data + n, input->length - n);
  input->length -= n;
}

/* To the start code 00 FF; the preamble is optional. */
static gboolean
find_start (PvPn532Input *input)
{
  for (gsize i = 0; i + 1 < input->length; i++)
    if (input->data[i] == 0x00 && input->data[i + 1] == 0xff) {
      drop (input, i);
      return TRUE;
    }
  if (input->length > 1)
    drop (input, input->length - 1);
  return FALSE;
}

/* @header: bytes before TFI, @length: from TFI on. */
static PvPn532Event
take_frame (PvPn532Input *input, gsize header, gsize length, guint8 *ret_command, gsize *ret_length)
{
  const guint8 *body = input->data + header;
  guint8 sum = 0;

  if (length < 2 || length - 1 > PV_PN532_MAX_PAYLOAD_BYTES) {
    drop (input, header);
    return PV_PN532_EVENT_BAD;
  }
  if (input->length < header + length + 1)
    return PV_PN532_EVENT_NONE;
  for (gsize i = 0; i < length + 1; i++)
    sum = (guint8) (sum + body[i]);
  if (sum != 0 || body[0] != FROM_HOST) {
    drop (input, header + length + 1);
    return PV_PN532_EVENT_BAD;
  }
  memcpy (ret_command, body + 1, length - 1);
  *ret_length = length - 1;
  drop (input, header + length + 1);
  return PV_PN532_EVENT_COMMAND;
}

static PvPn532Event
take_extended (PvPn532Input *input, guint8 *ret_command, gsize *ret_length)
{
  const guint8 *data = input->data;

  if (input->length < 7)
    return PV_PN532_EVENT_NONE;
  if (((data[4] + data[5] + data[6]) & 0xff) != 0) {
    drop (input, 7);
    return PV_PN532_EVENT_BAD;
  }
  return take_frame (input, 7, (gsize) data[4] << 8 | data[5], ret_command, ret_length);
}

PvPn532Event
pv_pn532_input_step (PvPn532Input *input, guint8 *ret_command, gsize *ret_length)
{
  const guint8 *data = input->data;

  if (!find_start (input) || input->length < 4)
    return PV_PN532_EVENT_NONE;
  if (data[2] == 0x00 && data[3] == 0xff) {
    drop (input, 4);
    return PV_PN532_EVENT_ABORT;
  }
  if (data[2] == 0xff && data[3] == 0x00) {
    drop (input, 4);
    return PV_PN532_EVENT_REPEAT;
  }
  if (data[2] == 0xff && data[3] == 0xff)
    return take_extended (input, ret_command, ret_length);
  if (((data[2] + data[3]) & 0xff) != 0) {
    drop (input, 4);
    return PV_PN532_EVENT_BAD;
  }
  return take_frame (input, 4, data[2], ret_command, ret_length);
}

gsize
pv_pn532_frame_build (const guint8 *payload, gsize length, gboolean is_damaged, guint8 *ret_frame)
{
  guint8 *at = ret_frame;
  guint8 sum = FROM_CHIP;
  gsize whole = length + 1;

  g_return_val_if_fail (length <= PV_PN532_MAX_PAYLOAD_BYTES, 0);
  *at++ = 0x00;
  *at++ = 0x00;
  *at++ = 0xff;
  if (whole > 255) {
    *at++ = 0xff;
    *at++ = 0xff;
    *at++ = (guint8) (whole >> 8);
    *at++ = (guint8) whole;
    *at++ = (guint8) - (guint8) ((whole >> 8) + whole);
  } else {
    *at++ = (guint8) whole;
    *at++ = (guint8) - (guint8) whole;
  }
  *at++ = FROM_CHIP;
  memcpy (at, payload, length);
  at += length;
  for (gsize i = 0; i < length; i++)
    sum = (guint8) (sum + payload[i]);
  *at++ = (guint8) (is_damaged ? 1 - sum : -sum);
  *at++ = 0x00;
  return (gsize) (at - ret_frame);
}
