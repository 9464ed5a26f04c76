/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/channel.h"

#include <string.h>

#include "eid/memory.h"

enum {
  CLA_CHAINED = 0x10,
  INS_SELECT = 0xA4,
  INS_READ = 0xB0,
  INS_READ_ODD = 0xB1,
  INS_GET_RESPONSE = 0xC0,
  P1_APPLICATION = 0x04,
  SW1_MORE = 0x61,
  SHORT_MAX_DATA = 255,
  SHORT_MAX_EXPECTED = 256,
  SHORT_MAX_ANSWER = 263, /* the longest that a reader's own ISO-DEP brings, see transport-nfc.h */
  MAX_RESPONSES = 64,     /* GET RESPONSE for one command: the longest answer has 17 of 256 bytes */
};

struct PvChannel {
  PvCardTransport *transport; /* borrowed */
  PvSm *sm;                   /* (nullable), owned */
  PvChannelTally tally;
  GError *ending;  /* (nullable), owned: what ended it */
  guint8 *command; /* locked: PV_APDU_MAX_COMMAND_BYTES */
  guint8 *answer;  /* locked: PV_APDU_MAX_ANSWER_BYTES */
  gboolean was_dropped;
};

PvChannel *
pv_channel_new (PvCardTransport *transport)
{
  PvChannel *channel = g_new0 (PvChannel, 1);

  channel->transport = transport;
  channel->command = pv_card_alloc (PV_APDU_MAX_COMMAND_BYTES);
  channel->answer = pv_card_alloc (PV_APDU_MAX_ANSWER_BYTES);
  return channel;
}

void
pv_channel_free (PvChannel *channel)
{
  if (channel == NULL)
    return;
  pv_sm_free (channel->sm);
  g_clear_error (&channel->ending);
  pv_card_free (channel->command);
  pv_card_free (channel->answer);
  g_free (channel);
}

void
pv_channel_set_sm (PvChannel *channel, PvSm *sm)
{
  pv_sm_free (channel->sm);
  channel->sm = sm;
}

gboolean
pv_channel_is_secured (const PvChannel *channel)
{
  return channel->sm != NULL;
}

gboolean
pv_channel_was_dropped (const PvChannel *channel)
{
  return channel->was_dropped;
}

PvCardTransport *
pv_channel_get_transport (PvChannel *channel)
{
  return channel->transport;
}

const PvChannelTally *
pv_channel_get_tally (const PvChannel *channel)
{
  return &channel->tally;
}

gsize
pv_channel_max_read (const PvChannel *channel)
{
  gsize answer = MIN (channel->transport->max_answer, (gsize) PV_APDU_MAX_ANSWER_BYTES);

  if (channel->sm != NULL)
    return pv_sm_max_data_in_answer (pv_sm_get_cipher (channel->sm), answer);
  return answer <= SHORT_MAX_ANSWER ? MIN (answer - 2, SHORT_MAX_EXPECTED) : answer - 2;
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA, message);
  return FALSE;
}

/* One APDU that the transport can carry; the answer goes to channel->answer + @at. */
static gboolean
exchange (PvChannel *channel, const guint8 *command, gsize length, gsize at, gsize *ret_length, guint timeout_ms,
          GError **error)
{
  gsize room = PV_APDU_MAX_ANSWER_BYTES - at;

  if (room < 2)
    return fail (error, "an answer of the card is too long");
  channel->tally.commands++;
  channel->tally.sent_bytes += length;
  if (!channel->transport->ops->transceive (channel->transport, command, length, channel->answer + at, room, ret_length,
                                            timeout_ms, error))
    return FALSE;
  if (*ret_length < 2 || *ret_length > room)
    return fail (error, "an answer of the card has no status word");
  channel->tally.received_bytes += *ret_length;
  return TRUE;
}

static gboolean
is_bare_ok (const PvChannel *channel, gsize length)
{
  return length == 2 && channel->answer[0] == 0x90 && channel->answer[1] == 0x00;
}

/* Command chaining of ISO/IEC 7816-4: pieces of the data, all but the last marked in CLA. */
static gboolean
exchange_chained (PvChannel *channel, gsize length, gsize *ret_length, guint timeout_ms, GError **error)
{
  guint8 piece[SHORT_MAX_DATA + 6];
  gsize most = MIN (channel->transport->max_command - 6, SHORT_MAX_DATA), piece_length;
  PvApdu whole;

  if (channel->transport->max_command <= 6 || !pv_apdu_decode (channel->command, length, &whole))
    return fail (error, "the transport is too short for a command");
  for (gsize from = 0; from < whole.length; from += most) {
    PvApdu part = whole;
    gboolean is_last = whole.length - from <= most;

    part.data = whole.data + from;
    part.length = is_last ? whole.length - from : most;
    part.expected = is_last ? MIN (whole.expected, SHORT_MAX_EXPECTED) : 0;
    if (!is_last)
      part.cla |= CLA_CHAINED;
    if (!pv_apdu_encode (&part, piece, sizeof piece, &piece_length)
        || !exchange (channel, piece, piece_length, 0, ret_length, timeout_ms, error))
      return FALSE;
    if (!is_last && !is_bare_ok (channel, *ret_length))
      break;
  }
  return TRUE;
}

/* 61xx: the rest is fetched until there is none; channel->answer becomes one answer. */
static gboolean
collect (PvChannel *channel, gsize *length, guint timeout_ms, GError **error)
{
  for (guint rounds = 0; channel->answer[*length - 2] == SW1_MORE; rounds++) {
    const guint8 command[5] = { 0x00, INS_GET_RESPONSE, 0x00, 0x00, channel->answer[*length - 1] };
    gsize more;

    if (rounds == MAX_RESPONSES || *length + SHORT_MAX_EXPECTED > PV_APDU_MAX_ANSWER_BYTES)
      return fail (error, "an answer of the card does not end");
    if (!exchange (channel, command, sizeof command, *length - 2, &more, timeout_ms, error))
      return FALSE;
    *length += more - 2;
  }
  return TRUE;
}

static void
tally (PvChannel *channel, const PvApdu *apdu)
{
  if (apdu->ins == INS_READ || apdu->ins == INS_READ_ODD)
    channel->tally.reads++;
  if (apdu->ins == INS_SELECT && apdu->p1 != P1_APPLICATION)
    channel->tally.selects++;
}

static gboolean
unpack (PvChannel *channel, const PvApdu *apdu, gsize length, guint8 *ret_data, gsize size, gsize *ret_length,
        guint16 *ret_sw, GError **error)
{
  if (channel->sm != NULL) {
    if (pv_sm_unwrap (channel->sm, (apdu->ins & 1) != 0, channel->answer, length, ret_data, size, ret_length, ret_sw,
                      error))
      return TRUE;
    channel->was_dropped = g_error_matches (*error, PV_CARD_ERROR, PV_CARD_ERROR_LOST);
    return FALSE;
  }
  if (length - 2 > size)
    return fail (error, "an answer of the card is longer than asked for");
  if (length > 2)
    memcpy (ret_data, channel->answer, length - 2);
  *ret_length = length - 2;
  *ret_sw = (guint16) (channel->answer[length - 2] << 8 | channel->answer[length - 1]);
  return TRUE;
}

static gboolean
run (PvChannel *channel, const PvApdu *apdu, guint8 *ret_data, gsize size, gsize *ret_length, guint16 *ret_sw,
     guint timeout_ms, GError **error)
{
  gsize length;

  tally (channel, apdu);
  if (channel->sm != NULL) {
    if (!pv_sm_wrap (channel->sm, apdu, channel->command, PV_APDU_MAX_COMMAND_BYTES, &length, error))
      return FALSE;
  } else if (!pv_apdu_encode (apdu, channel->command, PV_APDU_MAX_COMMAND_BYTES, &length))
    return fail (error, "no room for a command");
  if (length <= channel->transport->max_command) {
    if (!exchange (channel, channel->command, length, 0, &length, timeout_ms, error))
      return FALSE;
  } else if (!exchange_chained (channel, length, &length, timeout_ms, error))
    return FALSE;
  return collect (channel, &length, timeout_ms, error)
         && unpack (channel, apdu, length, ret_data, size, ret_length, ret_sw, error);
}

gboolean
pv_channel_send (PvChannel *channel, const PvApdu *apdu, guint8 *ret_data, gsize size, gsize *ret_length,
                 guint16 *ret_sw, guint timeout_ms, GError **error)
{
  if (channel->ending == NULL && run (channel, apdu, ret_data, size, ret_length, ret_sw, timeout_ms, &channel->ending))
    return TRUE;
  pv_channel_set_sm (channel, NULL);
  g_propagate_error (error, g_error_copy (channel->ending));
  return FALSE;
}
