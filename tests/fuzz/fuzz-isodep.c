/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The block protocol, with the card's side as input: two bytes for the command's length, then pieces of a length byte and as
 * many bytes: the answer to select first, then one frame after another; an empty piece is silence. Where the input ends,
 * silence. */

#include <stdint.h>
#include <string.h>

#include "eid/isodep.h"

enum { MAX_COMMAND = 600, ANSWER_SIZE = 700, EXCHANGES = 3 };

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

typedef struct Input {
  const guint8 *data;
  gsize length;
} Input;

static const guint8 *
next_piece (Input *input, gsize *ret_length)
{
  const guint8 *piece;

  *ret_length = input->length > 0 ? MIN (input->data[0], input->length - 1) : 0;
  if (input->length == 0)
    return NULL;
  piece = input->data + 1;
  input->data += 1 + *ret_length;
  input->length -= 1 + *ret_length;
  return *ret_length > 0 ? piece : NULL;
}

static gboolean
exchange (PvIsoDep *isodep, gsize frame_bytes, gsize command_length, Input *input)
{
  guint8 command[MAX_COMMAND] = { 0 }, answer[ANSWER_SIZE + 1];
  const guint8 *out = NULL;
  gsize out_length = 0;
  guint wait_ms = 0, n = 0;
  PvIsoDepStep step;

  answer[ANSWER_SIZE] = 0x5a;
  step = pv_isodep_start (isodep, command, command_length, answer, ANSWER_SIZE, &out, &out_length, &wait_ms);
  for (; step == PV_ISODEP_SEND; n++) {
    gsize length;
    const guint8 *piece = next_piece (input, &length);

    g_assert (out_length >= 1 && out_length <= frame_bytes - 2 && wait_ms > 0 && wait_ms <= 4950);
    step = pv_isodep_step (isodep, piece, length, &out, &out_length, &wait_ms);
  }
  g_assert (n <= (1 + PV_ISODEP_MAX_REPEATS) * (ANSWER_SIZE + MAX_COMMAND) + PV_ISODEP_MAX_EXTENSIONS + 3);
  g_assert (answer[ANSWER_SIZE] == 0x5a && pv_isodep_get_answer_length (isodep) <= ANSWER_SIZE);
  g_assert ((step == PV_ISODEP_BROKEN) == (pv_isodep_get_fault (isodep) != PV_ISODEP_FAULT_NONE));
  return step == PV_ISODEP_DONE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Input input;
  g_autoptr (PvIsoDep) isodep = NULL;
  PvIsoDepAts parsed;
  const guint8 *ats;
  gsize length;

  if (size < 2)
    return 0;
  input = (Input){ data + 2, size - 2 };
  ats = next_piece (&input, &length);
  if (ats == NULL || (isodep = pv_isodep_new (ats, length)) == NULL)
    return 0;
  g_assert (pv_isodep_parse_ats (ats, length, &parsed));
  g_assert (parsed.frame_bytes >= 16 && parsed.frame_bytes <= PV_ISODEP_MAX_FRAME_BYTES);
  g_assert (parsed.historical_length == 0
            || (parsed.historical >= ats && parsed.historical + parsed.historical_length <= ats + length));
  for (guint i = 0; i < EXCHANGES; i++)
    if (!exchange (isodep, parsed.frame_bytes, 1 + ((gsize) data[0] << 8 | data[1]) % MAX_COMMAND, &input))
      break;
  return 0;
}
