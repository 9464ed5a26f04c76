/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/isodep.h"

#include <string.h>

#include "core/wipe.h"

/* Protocol control byte, section 7.1.2. */
enum {
  I_BLOCK = 0x02,
  I_MASK = 0xee, /* neither CID nor NAD: none was ever agreed on */
  R_ACK = 0xa2,
  R_NAK = 0xb2,
  R_MASK = 0xfe,
  S_WTX = 0xf2,
  CHAINING = 0x10,
  NUMBER = 0x01,
  OVERHEAD = 3, /* PCB and CRC */
  CRC = 2,
};

struct PvIsoDep {
  gsize frame_bytes; /* FSC */
  guint wait_ms;     /* FWT */
  guint8 number;     /* of the reader's current block */

  const guint8 *apdu; /* borrowed */
  gsize apdu_length;
  gsize sent;      /* of the APDU, with the block that is out */
  gsize sent_from; /* where that block begins */
  guint8 *answer;  /* borrowed */
  gsize answer_size, answer_length;
  gboolean is_receiving; /* the card chains: what is out is R(ACK) */
  guint repeats;         /* since the last progress */
  guint extensions, extended_ms;
  PvIsoDepFault fault;
  guint8 out[PV_ISODEP_MAX_FRAME_BYTES];
  gsize out_length;
};

/* --- answer to select ------------------------------------------------------------------------------------------- */

/* 256 * 16 / fc * 2^n, at 13.56 MHz: 302 µs at 0, 4949 ms at 14. 15 is reserved. */
static guint
frame_time_ms (guint exponent)
{
  return (guint) ((4096.0 * (double) (1u << exponent)) / 13560.0) + 1;
}

static gboolean
take_byte (const guint8 *ats, gsize length, gsize *at, guint8 *ret)
{
  if (*at >= length)
    return FALSE;
  *ret = ats[(*at)++];
  return TRUE;
}

static void
take_times (guint8 tb, PvIsoDepAts *ats)
{
  if (tb >> 4 < 15)
    ats->wait_ms = frame_time_ms (tb >> 4);
  if ((tb & 0x0f) > 0 && (tb & 0x0f) < 15)
    ats->guard_ms = frame_time_ms (tb & 0x0f);
}

gboolean
pv_isodep_parse_ats (const guint8 *ats, gsize length, PvIsoDepAts *ret_ats)
{
  static const guint16 sizes[] = { 16, 24, 32, 40, 48, 64, 96, 128, 256 };
  PvIsoDepAts parsed = { .frame_bytes = 32, .wait_ms = frame_time_ms (4) };
  guint8 t0, tb = 0, tc;
  gsize at = 1;

  if (length == 0 || ats[0] != length)
    return FALSE;
  if (take_byte (ats, length, &at, &t0)) {
    parsed.frame_bytes = sizes[MIN (t0 & 0x0f, G_N_ELEMENTS (sizes) - 1)];
    if (((t0 & 0x10) != 0 && !take_byte (ats, length, &at, &parsed.speeds))
        || ((t0 & 0x20) != 0 && !take_byte (ats, length, &at, &tb))
        || ((t0 & 0x40) != 0 && !take_byte (ats, length, &at, &tc)))
      return FALSE;
    if ((t0 & 0x20) != 0)
      take_times (tb, &parsed);
    parsed.historical = ats + at;
    parsed.historical_length = MIN (length - at, PV_ISODEP_MAX_HISTORICAL_BYTES);
  }
  *ret_ats = parsed;
  return TRUE;
}

PvIsoDep *
pv_isodep_new (const guint8 *ats, gsize length)
{
  PvIsoDepAts parsed;
  PvIsoDep *isodep;

  if (!pv_isodep_parse_ats (ats, length, &parsed))
    return NULL;
  isodep = g_new0 (PvIsoDep, 1);
  isodep->frame_bytes = parsed.frame_bytes;
  isodep->wait_ms = parsed.wait_ms;
  return isodep;
}

void
pv_isodep_free (PvIsoDep *isodep)
{
  if (isodep == NULL)
    return;
  pv_wipe_bytes (isodep, sizeof *isodep);
  g_free (isodep);
}

/* --- what goes out ---------------------------------------------------------------------------------------------- */

static PvIsoDepStep
break_off (PvIsoDep *isodep, PvIsoDepFault fault)
{
  isodep->fault = fault;
  isodep->apdu = NULL;
  isodep->answer = NULL;
  return PV_ISODEP_BROKEN;
}

/* The I-block that begins at sent_from, with the current number: for the first time or once more. */
static void
make_information (PvIsoDep *isodep)
{
  gsize n = MIN (isodep->apdu_length - isodep->sent_from, isodep->frame_bytes - OVERHEAD);

  isodep->sent = isodep->sent_from + n;
  isodep->out[0] = (guint8) (I_BLOCK | isodep->number | (isodep->sent < isodep->apdu_length ? CHAINING : 0));
  memcpy (isodep->out + 1, isodep->apdu + isodep->sent_from, n);
  isodep->out_length = 1 + n;
}

static void
make_receipt (PvIsoDep *isodep, guint8 kind)
{
  isodep->out[0] = (guint8) (kind | isodep->number);
  isodep->out_length = 1;
}

static PvIsoDepStep
send_out (PvIsoDep *isodep, guint wait_ms, const guint8 **ret_frame, gsize *ret_length, guint *ret_wait_ms)
{
  *ret_frame = isodep->out;
  *ret_length = isodep->out_length;
  *ret_wait_ms = wait_ms;
  return PV_ISODEP_SEND;
}

/* Rules 4 and 5: ask again, R(ACK) while the card chains and R(NAK) otherwise. FALSE: too often. */
static gboolean
ask_again (PvIsoDep *isodep)
{
  if (++isodep->repeats > PV_ISODEP_MAX_REPEATS)
    return FALSE;
  make_receipt (isodep, isodep->is_receiving ? R_ACK : R_NAK);
  return TRUE;
}

/* --- what comes in ---------------------------------------------------------------------------------------------- */

typedef enum {
  TAKEN,    /* send what is in out */
  FINISHED, /* the answer is whole */
  WRONG,    /* not what the rules allow here */
  OVERFULL,
} Taken;

static Taken
take_information (PvIsoDep *isodep, const guint8 *frame, gsize length)
{
  gboolean is_chained = (frame[0] & CHAINING) != 0;

  if (isodep->sent < isodep->apdu_length || (frame[0] & NUMBER) != isodep->number || (is_chained && length == 1))
    return WRONG;
  if (length - 1 > isodep->answer_size - isodep->answer_length)
    return OVERFULL;
  memcpy (isodep->answer + isodep->answer_length, frame + 1, length - 1);
  isodep->answer_length += length - 1;
  isodep->number ^= NUMBER; /* rule B */
  isodep->repeats = 0;
  if (!is_chained)
    return FINISHED;
  isodep->is_receiving = TRUE;
  make_receipt (isodep, R_ACK);
  return TAKEN;
}

static Taken
take_receipt (PvIsoDep *isodep, guint8 pcb)
{
  if (isodep->is_receiving)
    return WRONG;
  if ((pcb & NUMBER) != isodep->number) { /* rule 6: it has not seen the block that is out */
    if (++isodep->repeats > PV_ISODEP_MAX_REPEATS)
      return WRONG;
    make_information (isodep);
    return TAKEN;
  }
  if (isodep->sent == isodep->apdu_length)
    return WRONG;
  isodep->number ^= NUMBER; /* rules B and 7 */
  isodep->repeats = 0;
  isodep->sent_from = isodep->sent;
  make_information (isodep);
  return TAKEN;
}

/* Rule 3. The time that is asked for, bounded in number and sum. */
static Taken
take_extension (PvIsoDep *isodep, guint8 multiplier, guint *ret_wait_ms)
{
  guint wait_ms;

  multiplier &= 0x3f; /* the other bits tell of the field's strength */
  if (multiplier == 0 || multiplier > 59 || ++isodep->extensions > PV_ISODEP_MAX_EXTENSIONS)
    return WRONG;
  wait_ms = MIN (isodep->wait_ms * multiplier, frame_time_ms (14));
  isodep->extended_ms += wait_ms;
  if (isodep->extended_ms > PV_ISODEP_MAX_EXTENDED_MS)
    return WRONG;
  isodep->out[0] = S_WTX;
  isodep->out[1] = multiplier;
  isodep->out_length = 2;
  *ret_wait_ms = wait_ms;
  return TAKEN;
}

static Taken
take_frame (PvIsoDep *isodep, const guint8 *frame, gsize length, guint *ret_wait_ms)
{
  if (length == 0 || length > PV_ISODEP_MAX_FRAME_BYTES - CRC)
    return WRONG;
  if ((frame[0] & I_MASK) == I_BLOCK)
    return take_information (isodep, frame, length);
  if ((frame[0] & R_MASK) == R_ACK && length == 1)
    return take_receipt (isodep, frame[0]);
  if (frame[0] == S_WTX && length == 2)
    return take_extension (isodep, frame[1], ret_wait_ms);
  return WRONG;
}

PvIsoDepStep
pv_isodep_start (PvIsoDep *isodep, const guint8 *apdu, gsize length, guint8 *answer, gsize answer_size,
                 const guint8 **ret_frame, gsize *ret_length, guint *ret_wait_ms)
{
  if (isodep->fault != PV_ISODEP_FAULT_NONE)
    return PV_ISODEP_BROKEN;
  isodep->apdu = apdu;
  isodep->apdu_length = length;
  isodep->sent_from = 0;
  isodep->answer = answer;
  isodep->answer_size = answer_size;
  isodep->answer_length = 0;
  isodep->is_receiving = FALSE;
  isodep->repeats = isodep->extensions = isodep->extended_ms = 0;
  make_information (isodep);
  return send_out (isodep, isodep->wait_ms, ret_frame, ret_length, ret_wait_ms);
}

PvIsoDepStep
pv_isodep_step (PvIsoDep *isodep, const guint8 *frame, gsize length, const guint8 **ret_frame, gsize *ret_length,
                guint *ret_wait_ms)
{
  guint wait_ms = isodep->wait_ms;
  Taken taken;

  if (isodep->fault != PV_ISODEP_FAULT_NONE || isodep->apdu == NULL)
    return PV_ISODEP_BROKEN;
  taken = frame != NULL ? take_frame (isodep, frame, length, &wait_ms) : WRONG;
  if (taken == OVERFULL)
    return break_off (isodep, PV_ISODEP_FAULT_TOO_LONG);
  if (taken == FINISHED) {
    isodep->apdu = NULL;
    isodep->answer = NULL;
    return PV_ISODEP_DONE;
  }
  if (taken == WRONG && !ask_again (isodep))
    return break_off (isodep, frame != NULL ? PV_ISODEP_FAULT_RULES : PV_ISODEP_FAULT_SILENT);
  return send_out (isodep, wait_ms, ret_frame, ret_length, ret_wait_ms);
}

gsize
pv_isodep_get_answer_length (const PvIsoDep *isodep)
{
  return isodep->answer_length;
}

PvIsoDepFault
pv_isodep_get_fault (const PvIsoDep *isodep)
{
  return isodep->fault;
}
