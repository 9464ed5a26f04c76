/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "assist/message.h"

static gboolean
reads (GBytes *bytes, PvAssistSide from, PvMessage *ret)
{
  return pv_message_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), from, ret, NULL);
}

static void
every_member_of_a_command_arrives (void **state)
{
  PvMessage sent = { .kind = PV_MESSAGE_COMMAND,
                     .id = 7,
                     .command = PV_COMMAND_PROPOSE,
                     .base = 3,
                     .target = (char *) "street",
                     .text = (char *) "4 rue\ndes Tilleuls" };
  g_auto (PvMessage) read = { 0 };
  g_autoptr (GBytes) bytes = pv_message_write (&sent);

  (void) state;
  assert_true (reads (bytes, PV_SIDE_MEDIATOR, &read));
  assert_int_equal (read.id, 7);
  assert_int_equal (read.command, PV_COMMAND_PROPOSE);
  assert_int_equal (read.base, 3);
  assert_string_equal (read.target, "street");
  assert_string_equal (read.text, "4 rue\ndes Tilleuls");
}

static void
the_language_of_a_mediator_is_short_and_may_be_absent (void **state)
{
  static const struct {
    const char *sent, *read;
  } rows[] = { { NULL, "" }, { "fr", "fr" }, { "fr@facile", "fr@facile" }, { "0123456789abcdefg", "0123456789abcde" } };
  static const guint8 longer[] = "\x13\0\x10"
                                 "0123456789abcdef";
  PvMessage none = { 0 };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PvMessage sent = { .kind = PV_MESSAGE_WANT_SNAPSHOT, .language = (char *) rows[i].sent, .is_as_read = i % 2 == 1 };
    g_auto (PvMessage) read = { 0 };
    g_autoptr (GBytes) bytes = pv_message_write (&sent);

    assert_true (reads (bytes, PV_SIDE_MEDIATOR, &read));
    assert_string_equal (read.language, rows[i].read);
    assert_int_equal (read.is_as_read, i % 2 == 1);
  }
  assert_false (pv_message_read (longer, sizeof longer, PV_SIDE_MEDIATOR, &none, NULL)); /* with its zero as the flag */
}

static void
a_kind_of_the_other_side_is_refused (void **state)
{
  (void) state;
  for (guint kind = 0; kind < PV_N_MESSAGES + 3; kind++) {
    PvMessage sent = { .kind = kind };
    g_autoptr (GBytes) bytes = pv_message_write (&sent);
    guint n_readers = 0;

    for (PvAssistSide side = PV_SIDE_KIOSK; bytes != NULL && side <= PV_SIDE_MEDIATOR; side++) {
      g_auto (PvMessage) read = { 0 };

      n_readers += reads (bytes, side, &read) ? 1 : 0;
    }
    if (bytes != NULL)
      assert_int_equal (n_readers, kind == PV_MESSAGE_HEARTBEAT || kind == PV_MESSAGE_END ? 2 : 1);
  }
}

static void
values_out_of_range_cut_or_longer_bytes_are_refused (void **state)
{
  PvMessage sent = { .kind = PV_MESSAGE_RIGHTS, .granted = 5, .has_question = TRUE, .right = PV_RIGHT_HAND };
  g_autoptr (GBytes) bytes = pv_message_write (&sent);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint8 copy[32] = { 0 };
  PvMessage read = { 0 };

  (void) state;
  memcpy (copy, data, size);
  assert_true (pv_message_read (copy, size, PV_SIDE_KIOSK, &read, NULL));
  assert_false (pv_message_read (copy, size + 1, PV_SIDE_KIOSK, &read, NULL));
  for (gsize cut = 0; cut < size; cut++)
    assert_false (pv_message_read (copy, cut, PV_SIDE_KIOSK, &read, NULL));
  copy[1] = 8; /* a fourth right */
  assert_false (pv_message_read (copy, size, PV_SIDE_KIOSK, &read, NULL));
}

static void
long_texts_are_cut_at_a_character (void **state)
{
  g_autofree char *accents = g_strnfill (2 * PV_MESSAGE_MAX_TEXT_BYTES, ' ');
  PvMessage sent = { .kind = PV_MESSAGE_COMMAND, .text = accents };
  g_auto (PvMessage) read = { 0 };
  g_autoptr (GBytes) bytes = NULL;

  (void) state;
  accents[0] = 'x';
  for (gsize i = 1; i + 1 < 2 * PV_MESSAGE_MAX_TEXT_BYTES; i += 2)
    memcpy (accents + i, "é", 2);
  bytes = pv_message_write (&sent);
  assert_true (reads (bytes, PV_SIDE_MEDIATOR, &read));
  assert_int_equal (strlen (read.text), PV_MESSAGE_MAX_TEXT_BYTES - 1);
}

static void
a_block_over_its_limit_is_not_written (void **state)
{
  PvMessage sent = { .kind = PV_MESSAGE_SNAPSHOT };
  g_autoptr (GBytes) large =
    g_bytes_new_take (g_malloc0 (PV_MESSAGE_MAX_BLOCK_BYTES + 1), PV_MESSAGE_MAX_BLOCK_BYTES + 1);

  (void) state;
  sent.block = large;
  assert_null (pv_message_write (&sent));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_member_of_a_command_arrives),
    cmocka_unit_test (the_language_of_a_mediator_is_short_and_may_be_absent),
    cmocka_unit_test (a_kind_of_the_other_side_is_refused),
    cmocka_unit_test (values_out_of_range_cut_or_longer_bytes_are_refused),
    cmocka_unit_test (long_texts_are_cut_at_a_character),
    cmocka_unit_test (a_block_over_its_limit_is_not_written),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
