/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/file-reader.h"

#include <string.h>

#include "core/wipe.h"
#include "eid/tlv.h"

/* What chips of the field are known to manage, largest first; A block below the
 * last is refused: a hostile chip would otherwise have us read byte by byte. */
static const gsize ladder[] = { 4000, 2000, 1000, 239, 223, 160, 112, 96 };

enum {
  LARGEST_EVEN_OFFSET = 0x7FFF, /* READ BINARY with an even INS has 15 bits */
  ODD_HEADER_BYTES = 4,         /* 53 82 xx xx, which Le counts too */
  FIRST_PLAIN_BYTES = 256,
  LEAST_BLOCK_BYTES = 64,
  MAX_SHORT_ANSWERS = 8, /* of one file: a chip that goes on so has us read byte by byte */
  OFFSET_TAG = 0x54,
  CONTENT_TAG = 0x53,
};

typedef struct Block {
  guint8 data[PV_APDU_MAX_ANSWER_BYTES];
  gsize length;
  gsize asked; /* bytes of the file */
  guint16 sw;
} Block;

static gsize
step_down (gsize block)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ladder); i++)
    if (ladder[i] < block)
      return ladder[i];
  return 0;
}

static gboolean
is_about_length (guint16 sw)
{
  return sw == PV_SW_WRONG_LENGTH || sw == PV_SW_BAD_OFFSET || (sw & 0xFF00) == 0x6C00;
}

static gboolean
ask_even (PvFileReader *reader, guint8 sfi, gsize offset, gsize wanted, Block *block, GError **error)
{
  PvApdu apdu = { .ins = 0xB0, .p1 = (guint8) (offset >> 8), .p2 = (guint8) offset, .expected = (guint) wanted };

  if (sfi != 0)
    apdu.p1 = 0x80 | sfi;
  return pv_channel_send (reader->channel, &apdu, block->data, sizeof block->data, &block->length, &block->sw,
                          PV_CARD_TIMEOUT_MS, error);
}

/* Beyond 32 kB the offset is an object of the command, and the bytes are one of the answer. */
static gboolean
ask_odd (PvFileReader *reader, gsize offset, gsize wanted, Block *block, GError **error)
{
  const guint8 data[] = { OFFSET_TAG, 3, (guint8) (offset >> 16), (guint8) (offset >> 8), (guint8) offset };
  PvApdu apdu = { .ins = 0xB1, .data = data, .length = sizeof data, .expected = (guint) wanted + ODD_HEADER_BYTES };
  PvTlv content;

  if (!pv_channel_send (reader->channel, &apdu, block->data, sizeof block->data, &block->length, &block->sw,
                        PV_CARD_TIMEOUT_MS, error))
    return FALSE;
  if (pv_tlv_find (block->data, block->length, CONTENT_TAG, &content)) {
    memmove (block->data, content.value, content.length);
    block->length = content.length;
  } else {
    block->length = 0;
  }
  return TRUE;
}

static gboolean
ask (PvFileReader *reader, guint8 sfi, gsize offset, gsize wanted, Block *block, GError **error)
{
  if (reader->deadline_us != 0 && g_get_monotonic_time () > reader->deadline_us) {
    g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST, "reading the card takes too long");
    return FALSE;
  }
  if (offset > LARGEST_EVEN_OFFSET)
    return ask_odd (reader, offset, wanted, block, error);
  return ask_even (reader, offset == 0 ? sfi : 0, offset, wanted, block, error);
}

static gsize
first_block (const PvFileReader *reader)
{
  gsize most = pv_channel_max_read (reader->channel);

  if (!pv_channel_is_secured (reader->channel))
    return MIN (most, FIRST_PLAIN_BYTES);
  return MIN (most, ladder[0]);
}

/* One block, with the ladder: a chip that does not like the size is asked for less, and remembered. Not OK and no bytes: the
 * status word says why there are none. */
static gboolean
read_block (PvFileReader *reader, guint8 sfi, gsize offset, gsize left, Block *block, GError **error)
{
  gsize before = reader->block;

  while (TRUE) {
    gsize room = offset > LARGEST_EVEN_OFFSET ? reader->block - ODD_HEADER_BYTES : reader->block;
    gsize wanted = MIN (left, room);

    block->asked = wanted;
    if (!ask (reader, sfi, offset, wanted, block, error))
      return FALSE;
    if (block->length > wanted)
      block->length = wanted;
    if (block->length > 0 && (block->sw == PV_SW_OK || block->sw == PV_SW_END_OF_FILE))
      return TRUE;
    block->length = 0;
    if (!is_about_length (block->sw) && block->sw != PV_SW_OK && block->sw != PV_SW_END_OF_FILE)
      return TRUE;
    reader->block = (block->sw & 0xFF00) == 0x6C00 && (block->sw & 0xFF) != 0 && (block->sw & 0xFFu) < wanted
                      ? block->sw & 0xFFu
                      : step_down (wanted);
    if (reader->block < LEAST_BLOCK_BYTES) {
      reader->block = before; /* this file has nothing, whatever the size */
      return TRUE;
    }
  }
}

static PvFileOutcome
outcome_of (guint16 sw)
{
  if (sw == PV_SW_SECURITY_STATUS || sw == PV_SW_CONDITIONS || sw == PV_SW_BLOCKED || sw == PV_SW_UNUSABLE)
    return PV_FILE_FORBIDDEN;
  return PV_FILE_ABSENT;
}

/* What the first block says of the file. */
static gboolean
measure (const Block *block, guint32 tag, gsize limit, gsize *ret_whole)
{
  guint32 found;
  gsize header;

  return pv_tlv_peek (block->data, block->length, &found, &header, ret_whole) && (tag == 0 || found == tag)
         && *ret_whole <= limit;
}

static gboolean
read_rest (PvFileReader *reader, gsize whole, Block *block, PvCardBytes *file, gsize start, PvFileOutcome *ret_outcome,
           GError **error)
{
  guint shorts = 0;

  while (file->length - start < whole) {
    gsize got = file->length - start;

    if (!read_block (reader, 0, got, whole - got, block, error))
      return FALSE;
    if (block->length < block->asked)
      shorts++;
    if (block->length == 0 || shorts > MAX_SHORT_ANSWERS) {
      *ret_outcome = PV_FILE_BAD;
      return TRUE;
    }
    /* It will not manage more the next time either. */
    if (block->length < block->asked)
      reader->block = MAX (block->length, LEAST_BLOCK_BYTES);
    pv_card_bytes_add (file, block->data, block->length);
    if (reader->progress != NULL)
      reader->progress (file->length - start, whole, reader->user_data);
  }
  *ret_outcome = PV_FILE_READ;
  return TRUE;
}

gboolean
pv_file_read (PvFileReader *reader, guint8 sfi, guint32 tag, gsize limit, PvCardBytes *ret_file,
              PvFileOutcome *ret_outcome, GError **error)
{
  Block block;
  gsize whole, start = ret_file->length;
  gboolean goes_on = TRUE;

  if (reader->block == 0)
    reader->block = first_block (reader);
  if (!read_block (reader, sfi, 0, reader->block, &block, error)) {
    pv_wipe_bytes (&block, sizeof block);
    return FALSE;
  }
  if (block.length == 0) {
    *ret_outcome = outcome_of (block.sw);
  } else if (!measure (&block, tag, limit, &whole)) {
    *ret_outcome = PV_FILE_BAD;
  } else {
    pv_card_bytes_add (ret_file, block.data, MIN (block.length, whole));
    if (reader->progress != NULL)
      reader->progress (ret_file->length - start, whole, reader->user_data);
    if (block.length < whole && block.length < reader->block)
      reader->block = MAX (block.length, LEAST_BLOCK_BYTES);
    goes_on = read_rest (reader, whole, &block, ret_file, start, ret_outcome, error);
  }
  pv_wipe_bytes (&block, sizeof block);
  return goes_on;
}
