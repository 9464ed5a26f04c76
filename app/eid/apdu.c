/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/apdu.h"

#include <string.h>

enum {
  HEADER = 4,
  SHORT_MAX_DATA = 255,
  SHORT_MAX_EXPECTED = 256,
  EXTENDED_MAX = 65536,
};

static gboolean
is_extended (const PvApdu *apdu)
{
  return apdu->length > SHORT_MAX_DATA || apdu->expected > SHORT_MAX_EXPECTED;
}

gboolean
pv_apdu_encode (const PvApdu *apdu, guint8 *ret_bytes, gsize size, gsize *ret_length)
{
  gboolean extended = is_extended (apdu);
  gsize of_lc = apdu->length == 0 ? 0 : extended ? 3 : 1;
  /* The zero that announces extended length is written once, with Lc or, without data, with Le. */
  gsize of_le = apdu->expected == 0 ? 0 : !extended ? 1 : of_lc > 0 ? 2 : 3;
  gsize at = HEADER;

  if (apdu->length >= EXTENDED_MAX || apdu->expected > EXTENDED_MAX || HEADER + of_lc + apdu->length + of_le > size)
    return FALSE;
  memcpy (ret_bytes, (const guint8[]){ apdu->cla, apdu->ins, apdu->p1, apdu->p2 }, HEADER);
  if (of_lc == 3) {
    ret_bytes[at++] = 0;
    ret_bytes[at++] = (guint8) (apdu->length >> 8);
  }
  if (of_lc > 0)
    ret_bytes[at++] = (guint8) apdu->length;
  if (apdu->length > 0)
    memcpy (ret_bytes + at, apdu->data, apdu->length);
  at += apdu->length;
  if (of_le == 3)
    ret_bytes[at++] = 0;
  if (of_le >= 2)
    ret_bytes[at++] = (guint8) (apdu->expected >> 8);
  if (of_le > 0)
    ret_bytes[at++] = (guint8) apdu->expected;
  *ret_length = at;
  return TRUE;
}

static guint
read_two (const guint8 *bytes)
{
  return (guint) bytes[0] << 8 | bytes[1];
}

/* @body: what follows the header, at least one byte. */
static gboolean
decode_short (const guint8 *body, gsize length, PvApdu *apdu)
{
  if (length == 1) {
    apdu->expected = body[0] == 0 ? SHORT_MAX_EXPECTED : body[0];
    return TRUE;
  }
  apdu->length = body[0];
  apdu->data = body + 1;
  if (apdu->length == 0)
    return FALSE;
  if (length == 1 + apdu->length)
    return TRUE;
  if (length != 2 + apdu->length)
    return FALSE;
  apdu->expected = body[length - 1] == 0 ? SHORT_MAX_EXPECTED : body[length - 1];
  return TRUE;
}

static gboolean
decode_extended (const guint8 *body, gsize length, PvApdu *apdu)
{
  guint first = read_two (body + 1), last;

  if (length == 3) {
    apdu->expected = first == 0 ? EXTENDED_MAX : first;
    return TRUE;
  }
  apdu->length = first;
  apdu->data = body + 3;
  if (apdu->length == 0)
    return FALSE;
  if (length == 3 + apdu->length)
    return TRUE;
  if (length != 5 + apdu->length)
    return FALSE;
  last = read_two (body + length - 2);
  apdu->expected = last == 0 ? EXTENDED_MAX : last;
  return TRUE;
}

gboolean
pv_apdu_decode (const guint8 *bytes, gsize length, PvApdu *ret_apdu)
{
  PvApdu apdu = { 0 };

  if (length < HEADER)
    return FALSE;
  apdu = (PvApdu){ .cla = bytes[0], .ins = bytes[1], .p1 = bytes[2], .p2 = bytes[3] };
  if (length >= HEADER + 3 && bytes[HEADER] == 0) {
    if (!decode_extended (bytes + HEADER, length - HEADER, &apdu))
      return FALSE;
  } else if (length > HEADER && !decode_short (bytes + HEADER, length - HEADER, &apdu))
    return FALSE;
  *ret_apdu = apdu;
  return TRUE;
}
