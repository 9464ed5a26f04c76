/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chip-transport.h"

#include <string.h>

typedef struct ChipTransport {
  PvCardTransport parent;
  PvChip *chip;
  gsize short_command, short_answer;
  guint left; /* APDUs until it goes; G_MAXUINT: never */
  gboolean is_gone;
  gint is_aborted; /* atomic */
  guint n_resets;
} ChipTransport;

static gboolean
set_lost (GError **error, const char *why)
{
  g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST, why);
  return FALSE;
}

static gboolean
is_usable (ChipTransport *self, GError **error)
{
  if (g_atomic_int_get (&self->is_aborted)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "aborted");
    return FALSE;
  }
  return !self->is_gone || set_lost (error, "the card is gone");
}

static gboolean
chip_transceive (PvCardTransport *transport, const guint8 *command, gsize command_length, guint8 *answer,
                 gsize answer_size, gsize *ret_length, guint timeout_ms, GError **error)
{
  ChipTransport *self = (ChipTransport *) transport;
  guint8 bytes[PV_APDU_MAX_ANSWER_BYTES];
  gsize length;

  (void) timeout_ms;
  if (self->left == 0)
    self->is_gone = TRUE;
  if (!is_usable (self, error))
    return FALSE;
  g_assert (command_length <= transport->max_command); /* libnfc ends the process */
  if (self->left != G_MAXUINT)
    self->left--;
  length = pv_chip_transmit (self->chip, command, command_length, bytes, sizeof bytes);
  if (length > transport->max_answer || length > answer_size)
    return set_lost (error, "the answer is too long for the reader");
  memcpy (answer, bytes, length);
  *ret_length = length;
  return TRUE;
}

static gboolean
chip_reset (PvCardTransport *transport, gboolean is_long, guint timeout_ms, GError **error)
{
  ChipTransport *self = (ChipTransport *) transport;

  (void) timeout_ms;
  if (!is_usable (self, error))
    return FALSE;
  g_assert (!is_long || transport->can_be_long);
  self->n_resets++;
  pv_chip_reset (self->chip);
  transport->max_command = is_long ? PV_APDU_MAX_COMMAND_BYTES : self->short_command;
  transport->max_answer = is_long ? PV_APDU_MAX_ANSWER_BYTES : self->short_answer;
  return TRUE;
}

static void
chip_abort (PvCardTransport *transport)
{
  g_atomic_int_set (&((ChipTransport *) transport)->is_aborted, TRUE);
}

static void
chip_free (PvCardTransport *transport)
{
  g_free (transport);
}

static const PvCardTransportOps ops = { chip_transceive, chip_reset, chip_abort, chip_free };

/* Behind TL, T0 and the interface bytes that T0 announces (ISO/IEC 14443-4, section 5.2). */
static void
read_historical (PvCardTransport *transport, const PvChip *chip)
{
  gsize length, start = 2;
  const guint8 *ats = pv_chip_get_ats (chip, &length);

  for (guint bit = 4; bit < 7; bit++)
    if ((ats[1] >> bit & 1) != 0)
      start++;
  transport->historical_length = MIN (length - start, sizeof transport->historical);
  memcpy (transport->historical, ats + start, transport->historical_length);
}

PvCardTransport *
chip_transport_new (PvChip *chip, gboolean can_be_long)
{
  ChipTransport *self = g_new0 (ChipTransport, 1);

  self->parent.ops = &ops;
  self->parent.can_be_long = can_be_long;
  self->chip = chip;
  self->left = G_MAXUINT;
  chip_transport_set_short (&self->parent, CHIP_TRANSPORT_SHORT_COMMAND, CHIP_TRANSPORT_SHORT_ANSWER);
  read_historical (&self->parent, chip);
  pv_chip_reset (chip);
  return &self->parent;
}

void
chip_transport_set_short (PvCardTransport *transport, gsize max_command, gsize max_answer)
{
  ChipTransport *self = (ChipTransport *) transport;

  transport->max_command = self->short_command = max_command;
  transport->max_answer = self->short_answer = max_answer;
}

void
chip_transport_lose_at (PvCardTransport *transport, guint index)
{
  ((ChipTransport *) transport)->left = index;
}

void
chip_transport_lay (PvCardTransport *transport)
{
  ChipTransport *self = (ChipTransport *) transport;

  self->left = G_MAXUINT;
  self->is_gone = FALSE;
  pv_chip_reset (self->chip);
}

guint
chip_transport_count_resets (const PvCardTransport *transport)
{
  return ((const ChipTransport *) transport)->n_resets;
}
