/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/file-reader.h"

#include <string.h>

#include "eid/tlv.h"
#include "tst.h"

/* A card with one file, without access control, with the habits of chips in the field. */
typedef struct FileCard {
  PvCardTransport transport;
  const guint8 *file;
  gsize length;
  gsize most;           /* plain bytes that it gives at once */
  guint16 above;        /* status word when more is asked for; 0: gives what it can, 9000 */
  gboolean is_dripping; /* one byte at a time */
  guint16 instead;      /* status word for everything; 0: none */
  guint reads;
} FileCard;

static gsize
put_status (guint8 *answer, gsize length, guint16 sw)
{
  answer[length] = (guint8) (sw >> 8);
  answer[length + 1] = (guint8) sw;
  return length + 2;
}

static gsize
give (FileCard *card, gsize offset, gsize wanted, gboolean is_odd, guint8 *answer)
{
  gsize header = is_odd ? 4 : 0;
  gsize there = offset < card->length ? card->length - offset : 0;
  gsize count = MIN (there, wanted - MIN (wanted, header));

  if (card->instead != 0)
    return put_status (answer, 0, card->instead);
  if (wanted > card->most && (card->above & 0xFF00) == 0x6C00)
    return put_status (answer, 0, (guint16) (0x6C00 | (card->most & 0xFF)));
  if (wanted > card->most && card->above != 0)
    return put_status (answer, 0, card->above);
  count = MIN (count, card->most);
  if (card->is_dripping)
    count = MIN (count, 1);
  if (is_odd) {
    answer[0] = 0x53;
    answer[1] = 0x82;
    answer[2] = (guint8) (count >> 8);
    answer[3] = (guint8) count;
  }
  memcpy (answer + header, card->file + offset, count);
  return put_status (answer, header + count, there < wanted ? PV_SW_END_OF_FILE : PV_SW_OK);
}

static gboolean
transceive (PvCardTransport *transport, const guint8 *command, gsize command_length, guint8 *answer, gsize answer_size,
            gsize *ret_length, guint timeout_ms, GError **error)
{
  FileCard *card = (FileCard *) transport;
  PvApdu apdu;
  gsize offset;

  (void) answer_size;
  (void) timeout_ms;
  (void) error;
  assert_true (pv_apdu_decode (command, command_length, &apdu));
  card->reads++;
  if (apdu.ins == 0xB1)
    offset = (gsize) apdu.data[2] << 16 | (gsize) apdu.data[3] << 8 | apdu.data[4];
  else
    offset = (apdu.p1 & 0x80) != 0 ? 0 : (gsize) apdu.p1 << 8 | apdu.p2;
  *ret_length = give (card, offset, apdu.expected, apdu.ins == 0xB1, answer);
  return TRUE;
}

static void
abort_nothing (PvCardTransport *transport)
{
  (void) transport;
}

static const PvCardTransportOps file_card_ops = { transceive, NULL, abort_nothing, abort_nothing };

static GBytes *
make_file (gsize inner)
{
  g_autofree guint8 *value = g_malloc (inner + 1);
  g_auto (PvCardBytes) bytes = { 0 };

  for (gsize i = 0; i < inner; i++)
    value[i] = (guint8) (i * 7 + i / 251);
  pv_tlv_add (&bytes, 0x75, value, inner);
  return g_bytes_new (bytes.data, bytes.length);
}

typedef struct Row {
  const char *what;
  gsize inner;   /* bytes of the object */
  gsize longest; /* of an answer, with SW */
  gsize most;
  guint16 above;
  gboolean is_dripping;
  guint16 instead;
  PvFileOutcome outcome;
  guint reads; /* at most */
} Row;

static const Row rows[] = {
  { "a small file in one read", 90, 263, 256, 0, FALSE, 0, PV_FILE_READ, 1 },
  { "an empty object", 0, 263, 256, 0, FALSE, 0, PV_FILE_READ, 1 },
  { "20 kB in the largest short blocks", 20000, 263, 256, 0, FALSE, 0, PV_FILE_READ, 79 },
  { "20 kB in blocks of 2000", 20000, 4352, 2000, 0, FALSE, 0, PV_FILE_READ, 11 },
  { "beyond 32 kB the offset is an object", 60000, 4352, 4000, 0, FALSE, 0, PV_FILE_READ, 17 },
  { "beyond 32 kB in short blocks", 60000, 263, 256, 0, FALSE, 0, PV_FILE_READ, 240 },
  { "6700 above 160 bytes is remembered", 4000, 263, 160, PV_SW_WRONG_LENGTH, FALSE, 0, PV_FILE_READ, 29 },
  { "6Cxx tells the size", 4000, 263, 200, 0x6C00, FALSE, 0, PV_FILE_READ, 22 },
  { "fewer bytes than asked for are remembered", 4000, 263, 112, 0, FALSE, 0, PV_FILE_READ, 37 },
  { "a chip that gives 64 bytes and no more", 4000, 263, 64, 0, FALSE, 0, PV_FILE_READ, 63 },
  { "one byte at a time is given up", 4000, 263, 256, 0, TRUE, 0, PV_FILE_BAD, 12 },
  { "no size is right", 4000, 263, 20, PV_SW_WRONG_LENGTH, FALSE, 0, PV_FILE_ABSENT, 7 },
  { "not there", 90, 263, 256, 0, FALSE, PV_SW_NOT_FOUND, PV_FILE_ABSENT, 1 },
  { "for others", 90, 263, 256, 0, FALSE, PV_SW_SECURITY_STATUS, PV_FILE_FORBIDDEN, 1 },
  { "over the limit", 70000, 263, 256, 0, FALSE, 0, PV_FILE_BAD, 1 },
};

static void
reads_whole_files_whatever_the_habits_of_the_chip (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Row *row = &rows[i];
    g_autoptr (GBytes) file = make_file (row->inner);
    FileCard card = { .transport = { .ops = &file_card_ops, .max_command = 4096, .max_answer = row->longest },
                      .file = g_bytes_get_data (file, NULL),
                      .length = g_bytes_get_size (file),
                      .most = row->most,
                      .above = row->above,
                      .is_dripping = row->is_dripping,
                      .instead = row->instead };
    g_autoptr (PvChannel) channel = pv_channel_new (&card.transport);
    PvFileReader reader = { .channel = channel, .block = pv_channel_max_read (channel) };
    g_auto (PvCardBytes) got = { 0 };
    PvFileOutcome outcome;

    assert_true (pv_file_read (&reader, 2, 0x75, 65536, &got, &outcome, NULL));
    if (outcome != row->outcome || card.reads > row->reads)
      fail_msg ("%s: outcome %d after %u reads", row->what, (int) outcome, card.reads);
    if (outcome != PV_FILE_READ)
      continue;
    assert_int_equal (got.length, card.length);
    assert_memory_equal (got.data, card.file, got.length);
  }
}

static void
another_tag_is_no_file (void **state)
{
  g_autoptr (GBytes) file = make_file (40);
  FileCard card = { .transport = { .ops = &file_card_ops, .max_command = 4096, .max_answer = 263 },
                    .file = g_bytes_get_data (file, NULL),
                    .length = g_bytes_get_size (file),
                    .most = 256 };
  g_autoptr (PvChannel) channel = pv_channel_new (&card.transport);
  PvFileReader reader = { .channel = channel };
  g_auto (PvCardBytes) got = { 0 };
  PvFileOutcome outcome;

  (void) state;
  assert_true (pv_file_read (&reader, 1, 0x61, 65536, &got, &outcome, NULL));
  assert_int_equal (outcome, PV_FILE_BAD);
}

static void
a_time_that_is_over_ends_the_reading (void **state)
{
  g_autoptr (GBytes) file = make_file (4000);
  FileCard card = { .transport = { .ops = &file_card_ops, .max_command = 4096, .max_answer = 263 },
                    .file = g_bytes_get_data (file, NULL),
                    .length = g_bytes_get_size (file),
                    .most = 256 };
  g_autoptr (PvChannel) channel = pv_channel_new (&card.transport);
  PvFileReader reader = { .channel = channel, .deadline_us = 1 };
  g_auto (PvCardBytes) got = { 0 };
  g_autoptr (GError) error = NULL;
  PvFileOutcome outcome;

  (void) state;
  assert_false (pv_file_read (&reader, 1, 0x75, 65536, &got, &outcome, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST));
  assert_int_equal (card.reads, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_whole_files_whatever_the_habits_of_the_chip),
    cmocka_unit_test (another_tag_is_no_file),
    cmocka_unit_test (a_time_that_is_over_ends_the_reading),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
