/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/transport-nfc-internal.h"

#include <string.h>

#include "core/wipe.h"
#include "eid/isodep.h"

enum {
  LIBRARY_MS = 400, /* libnfc's own limit beyond ours: the guard interrupts first, so that the chip stops as well */
  READER_MS = 200,  /* for a reader to hand over what it has */
  RESELECT_MS = 30,
  CHIP_DEFAULT_MS = 52, /* how long a PN53x waits for a frame by itself */
  CHIP_MAX_MS = 3200,   /* at most: NP_TIMEOUT_COM ends at 3280 */
  RATS_MS = 200,
  RATS = 0xe0,
};

typedef struct NfcCard {
  PvCardTransport base;
  PvNfcReader *reader; /* borrowed */
  PvNfcTarget target;
  PvIsoDep *isodep; /* owned; NULL: the reader does the blocks */
  guint serial;
  guint chip_ms;                      /* NP_TIMEOUT_COM as set */
  gint is_aborted;                    /* atomic */
  guint8 in[PV_NFC_MAX_ANSWER_BYTES]; /* what the reader gave; wiped after each exchange */
} NfcCard;

typedef struct Outcome {
  int code; /* of libnfc: length, or an error */
  PvNfcEnd end;
} Outcome;

static void
tell_cancelled (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "card: cancelled");
}

static void
tell (GError **error, PvCardError code, const char *what)
{
  g_set_error_literal (error, PV_CARD_ERROR, code, what);
}

static guint
left_ms (gint64 end)
{
  gint64 left = end - g_get_monotonic_time ();

  return left > 0 ? (guint) ((left + G_TIME_SPAN_MILLISECOND - 1) / G_TIME_SPAN_MILLISECOND) : 0;
}

/* The card is not the reader's any more, here or there. */
static gboolean
may_exchange (NfcCard *card, GError **error)
{
  if (g_atomic_int_get (&card->is_aborted)) {
    tell_cancelled (error);
    return FALSE;
  }
  if (card->reader->mode == PV_NFC_MODE_NONE || card->serial != card->reader->serial) {
    tell (error, PV_CARD_ERROR_LOST, "the contact with this card is over");
    return FALSE;
  }
  return TRUE;
}

/* libnfc leaves what it copied where its frames were. */
static void __attribute__ ((noinline, no_sanitize ("address"))) wipe_stack (void)
{
  guint8 depths[8192];

  pv_wipe_bytes (depths, sizeof depths);
}

/* One frame to the reader and one back, into card->in. */
static Outcome
exchange (NfcCard *card, const guint8 *out, gsize length, guint limit_ms)
{
  PvNfcReader *reader = card->reader;
  Outcome outcome = { NFC_EOPABORTED, PV_NFC_END_CANCELLED };

  if (!pv_nfc_guard_enter (reader->guard, limit_ms))
    return outcome;
  outcome.code = nfc_initiator_transceive_bytes (reader->device, out, length, card->in, sizeof card->in,
                                                 (int) (limit_ms + LIBRARY_MS));
  outcome.end = pv_nfc_guard_leave (reader->guard);
  wipe_stack ();
  return outcome;
}

/* --- the reader does the blocks --------------------------------------------------------------------------------- */

static gboolean
transceive_frames (NfcCard *card, const guint8 *command, gsize length, guint8 *answer, gsize answer_size,
                   gsize *ret_length, guint timeout_ms, GError **error)
{
  Outcome outcome = exchange (card, command, length, timeout_ms);

  if (outcome.end != PV_NFC_END_BY_ITSELF || outcome.code < 0) {
    pv_nfc_reader_tell (card->reader, outcome.code, outcome.end, error);
    return FALSE;
  }
  if ((gsize) outcome.code > answer_size) {
    tell (error, PV_CARD_ERROR_BAD_DATA, "an answer that is too long");
    return FALSE;
  }
  memcpy (answer, card->in, (gsize) outcome.code);
  *ret_length = (gsize) outcome.code;
  return TRUE;
}

/* --- we do the blocks ------------------------------------------------------------------------------------------- */

/* How long the chip waits for the card before it says that nothing came. Never shortened: each change is a command. */
static gboolean
let_chip_wait (NfcCard *card, guint wait_ms, GError **error)
{
  PvNfcEnd end;
  int code;

  wait_ms = MIN (wait_ms, CHIP_MAX_MS);
  if (wait_ms <= card->chip_ms)
    return TRUE;
  if (!pv_nfc_guard_enter (card->reader->guard, READER_MS + LIBRARY_MS)) {
    tell_cancelled (error);
    return FALSE;
  }
  code = nfc_device_set_property_int (card->reader->device, NP_TIMEOUT_COM, (int) wait_ms);
  end = pv_nfc_guard_leave (card->reader->guard);
  if (code < 0 || end != PV_NFC_END_BY_ITSELF) {
    pv_nfc_reader_tell (card->reader, code, end, error);
    return FALSE;
  }
  card->chip_ms = wait_ms;
  return TRUE;
}

/* What went wrong on the air, or between chip and us, may be asked for again; a reader that says nothing has failed. */
static gboolean
can_ask_again (Outcome outcome)
{
  return outcome.end == PV_NFC_END_BY_ITSELF
         && (outcome.code >= 0 || outcome.code == NFC_ERFTRANS || outcome.code == NFC_EIO);
}

static void
tell_broken (NfcCard *card, Outcome outcome, GError **error)
{
  switch (pv_isodep_get_fault (card->isodep)) {
  case PV_ISODEP_FAULT_RULES:
    tell (error, PV_CARD_ERROR_BAD_DATA, "the card breaks the block protocol");
    break;
  case PV_ISODEP_FAULT_TOO_LONG:
    tell (error, PV_CARD_ERROR_BAD_DATA, "an answer that is too long");
    break;
  case PV_ISODEP_FAULT_SILENT:
  case PV_ISODEP_FAULT_NONE:
    pv_nfc_reader_tell (card->reader, outcome.code, outcome.end, error);
    break;
  }
}

static gboolean
transceive_blocks (NfcCard *card, const guint8 *command, gsize length, guint8 *answer, gsize answer_size,
                   gsize *ret_length, guint timeout_ms, GError **error)
{
  const gint64 deadline = g_get_monotonic_time () + (gint64) timeout_ms * G_TIME_SPAN_MILLISECOND;
  Outcome outcome = { NFC_ERFTRANS, PV_NFC_END_BY_ITSELF };
  const guint8 *out = NULL;
  gsize out_length = 0;
  guint wait_ms = 0;
  PvIsoDepStep step = pv_isodep_start (card->isodep, command, length, answer, answer_size, &out, &out_length, &wait_ms);

  while (step == PV_ISODEP_SEND) {
    if (!let_chip_wait (card, wait_ms, error))
      return FALSE;
    /* The chip's clock has steps of a factor of two. */
    outcome = exchange (card, out, out_length, MIN (2 * wait_ms + READER_MS, left_ms (deadline)));
    if (!can_ask_again (outcome)) {
      pv_nfc_reader_tell (card->reader, outcome.code, outcome.end, error);
      return FALSE;
    }
    step = pv_isodep_step (card->isodep, outcome.code >= 0 ? card->in : NULL, (gsize) MAX (outcome.code, 0), &out,
                           &out_length, &wait_ms);
  }
  if (step == PV_ISODEP_BROKEN) {
    tell_broken (card, outcome, error);
    return FALSE;
  }
  *ret_length = pv_isodep_get_answer_length (card->isodep);
  return TRUE;
}

/* --- finding the card again ------------------------------------------------------------------------------------- */

static void
take_ats (NfcCard *card, const PvNfcTarget *target)
{
  PvIsoDepAts ats;

  card->target = *target;
  card->base.historical_length = 0;
  if (target->is_type_b || !pv_isodep_parse_ats (target->ats, target->ats_length, &ats))
    return;
  card->base.historical_length = MIN (ats.historical_length, sizeof card->base.historical);
  if (card->base.historical_length > 0)
    memcpy (card->base.historical, ats.historical, card->base.historical_length);
}

/* Not by its number, for travel documents make up a new one each time. */
static gboolean
is_same_card (const PvNfcTarget *a, const PvNfcTarget *b)
{
  return a->is_type_b == b->is_type_b && a->ats_length == b->ats_length && memcmp (a->ats, b->ats, a->ats_length) == 0;
}

static gboolean
find_again (NfcCard *card, PvNfcTarget *ret_target, guint timeout_ms, GError **error)
{
  const gint64 deadline = g_get_monotonic_time () + (gint64) timeout_ms * G_TIME_SPAN_MILLISECOND;
  int n;

  while ((n = pv_nfc_reader_find (card->reader, ret_target, error)) == 0) {
    if (left_ms (deadline) == 0) {
      tell (error, PV_CARD_ERROR_LOST, "the card is not there any more");
      return FALSE;
    }
    if (!pv_nfc_guard_wait (card->reader->guard, RESELECT_MS)) {
      tell_cancelled (error);
      return FALSE;
    }
  }
  return n > 0;
}

/* Request for answer to select, which announces the frames that we can take. */
static gboolean
request_ats (NfcCard *card, PvNfcTarget *target, GError **error)
{
  const guint8 rats[] = { RATS, (guint8) (card->reader->limits.frame_code << 4) };
  Outcome outcome = exchange (card, rats, sizeof rats, RATS_MS + READER_MS);

  if (outcome.end != PV_NFC_END_BY_ITSELF || outcome.code < 0) {
    pv_nfc_reader_tell (card->reader, outcome.code, outcome.end, error);
    return FALSE;
  }
  if (outcome.code == 0 || outcome.code > PV_NFC_MAX_ATS_BYTES) {
    tell (error, PV_CARD_ERROR_BAD_DATA, "no answer to select");
    return FALSE;
  }
  target->ats_length = (gsize) outcome.code;
  memcpy (target->ats, card->in, target->ats_length);
  return TRUE;
}

/* For a card that takes longer frames than the reader can send. */
static PvIsoDep *
make_blocks (const NfcCard *card, const PvNfcTarget *target)
{
  PvNfcTarget shorter = *target;

  if (shorter.ats_length > 1 && (shorter.ats[1] & 0x0f) > card->reader->limits.frame_code)
    shorter.ats[1] = (guint8) ((shorter.ats[1] & 0xf0) | card->reader->limits.frame_code);
  return pv_isodep_new (shorter.ats, shorter.ats_length);
}

static gboolean
begin_blocks (NfcCard *card, PvNfcTarget *target, GError **error)
{
  PvIsoDepAts ats;

  if (nfc_device_set_property_bool (card->reader->device, NP_EASY_FRAMING, FALSE) < 0) { /* a flag of libnfc's */
    tell (error, PV_CARD_ERROR_READER, "a reader without raw frames");
    return FALSE;
  }
  card->chip_ms = CHIP_DEFAULT_MS;
  if (!target->is_type_b && !request_ats (card, target, error))
    return FALSE;
  card->isodep = make_blocks (card, target);
  if (card->isodep == NULL || !pv_isodep_parse_ats (target->ats, target->ats_length, &ats)) {
    tell (error, PV_CARD_ERROR_BAD_DATA, "an answer to select that breaks the rules");
    return FALSE;
  }
  if (!pv_nfc_guard_wait (card->reader->guard, ats.guard_ms)) {
    tell_cancelled (error);
    return FALSE;
  }
  return TRUE;
}

static void
set_limits (NfcCard *card)
{
  gboolean is_long = card->isodep != NULL;

  card->base.max_command = is_long ? PV_APDU_MAX_COMMAND_BYTES : card->reader->limits.max_command;
  card->base.max_answer = is_long ? PV_APDU_MAX_ANSWER_BYTES : card->reader->limits.max_answer;
}

static gboolean
start_over (NfcCard *card, gboolean is_long, guint timeout_ms, GError **error)
{
  PvNfcTarget target;

  g_clear_pointer (&card->isodep, pv_isodep_free);
  set_limits (card);
  if (!pv_nfc_reader_prepare (card->reader, is_long ? PV_NFC_MODE_RAW : PV_NFC_MODE_FRAMES, error)
      || !find_again (card, &target, timeout_ms, error) || (is_long && !begin_blocks (card, &target, error)))
    return FALSE;
  if (!is_same_card (&target, &card->target)) {
    tell (error, PV_CARD_ERROR_LOST, "another card lies there");
    return FALSE;
  }
  card->serial = card->reader->serial;
  set_limits (card);
  return TRUE;
}

/* --- the seam --------------------------------------------------------------------------------------------------- */

static gboolean
card_transceive (PvCardTransport *transport, const guint8 *command, gsize command_length, guint8 *answer,
                 gsize answer_size, gsize *ret_length, guint timeout_ms, GError **error)
{
  NfcCard *card = (NfcCard *) transport;
  gsize length = 0;
  gboolean is_answered;

  if (!may_exchange (card, error))
    return FALSE;
  if (command_length == 0 || command_length > transport->max_command) { /* before libnfc, which would not survive it */
    tell (error, PV_CARD_ERROR_BAD_DATA, "a command that is empty or too long");
    return FALSE;
  }
  answer_size = MIN (answer_size, transport->max_answer);
  is_answered = card->isodep != NULL
                  ? transceive_blocks (card, command, command_length, answer, answer_size, &length, timeout_ms, error)
                  : transceive_frames (card, command, command_length, answer, answer_size, &length, timeout_ms, error);
  pv_wipe_bytes (card->in, sizeof card->in);
  if (is_answered && length < 2) {
    tell (error, PV_CARD_ERROR_BAD_DATA, "an answer without a status");
    is_answered = FALSE;
  }
  if (is_answered)
    *ret_length = length;
  else
    card->serial = 0;
  return is_answered;
}

static gboolean
card_reset (PvCardTransport *transport, gboolean is_long, guint timeout_ms, GError **error)
{
  NfcCard *card = (NfcCard *) transport;
  gboolean is_there;

  if (g_atomic_int_get (&card->is_aborted)) {
    tell_cancelled (error);
    return FALSE;
  }
  is_there = start_over (card, is_long, timeout_ms, error);
  if (!is_there)
    card->serial = 0;
  return is_there;
}

static void
card_abort (PvCardTransport *transport)
{
  NfcCard *card = (NfcCard *) transport;

  g_atomic_int_set (&card->is_aborted, TRUE);
  pv_nfc_reader_abort (card->reader);
}

static void
card_free (PvCardTransport *transport)
{
  NfcCard *card = (NfcCard *) transport;

  pv_isodep_free (card->isodep);
  pv_wipe_bytes (card, sizeof *card);
  g_free (card);
}

PvCardTransport *
pv_nfc_card_new (PvNfcReader *reader, const PvNfcTarget *target)
{
  static const PvCardTransportOps ops = { card_transceive, card_reset, card_abort, card_free };
  NfcCard *card = g_new0 (NfcCard, 1);

  card->base.ops = &ops;
  card->base.can_be_long = TRUE;
  card->reader = reader;
  card->serial = reader->serial;
  take_ats (card, target);
  set_limits (card);
  return &card->base;
}
