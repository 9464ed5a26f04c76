/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The real libnfc over a pseudo-terminal: what goes through when all is well, and which reader it is. */

#include "nfc-rig.h"

#include <string.h>

static void
finds_a_card_and_exchanges (void **state)
{
  Rig *rig = rig_new (FALSE);
  PvCardTransport *card = rig_take_card (rig);

  (void) state;
  assert_non_null (strstr (pv_nfc_reader_get_name (rig->reader), "pn532_uart"));
  assert_int_equal (card->max_command, 262);
  assert_int_equal (card->max_answer, 263);
  assert_true (card->can_be_long);
  assert_int_equal (card->historical_length, 0);
  for (gsize n = 0; n < 257; n += 16) {
    rig_talk (rig, card, 6, n);
    rig_talk (rig, card, 6 + n, 3);
  }
  pv_card_transport_free (card);
  rig_free (rig);
}

static void
takes_the_longest_that_libnfc_survives (void **state)
{
  Rig *rig = rig_new (FALSE);
  PvCardTransport *card = rig_take_card (rig);
  g_autoptr (GError) error = NULL;
  gint n_apdus;

  (void) state;
  rig_talk (rig, card, 262, 263 - 6);
  n_apdus = rig->n_apdus;
  assert_false (rig_ask (rig, card, 263, 0, 1000, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA));
  assert_int_equal (rig->n_apdus, n_apdus);
  g_clear_error (&error);
  pv_card_transport_free (card);

  card = rig_take_card (rig);
  assert_false (rig_ask (rig, card, 6, 264 - 6, 1000, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA));
  pv_card_transport_free (card);

  card = rig_take_card (rig);
  rig_talk (rig, card, 6, 10);
  pv_card_transport_free (card);
  rig_free (rig);
}

static void
becomes_long_and_short_again (void **state)
{
  Rig *rig = rig_new (FALSE);
  PvCardTransport *card = rig_take_card (rig);
  g_autoptr (GError) error = NULL;
  PvPn532Tally tally;

  (void) state;
  rig_talk (rig, card, 6, 20);
  assert_true (card->ops->reset (card, TRUE, 1000, &error));
  assert_int_equal (card->max_command, PV_APDU_MAX_COMMAND_BYTES);
  assert_int_equal (card->max_answer, PV_APDU_MAX_ANSWER_BYTES);
  pv_pn532_reset_tally (rig->emulator);
  rig_talk (rig, card, 6, 4098 - 6);
  tally = pv_pn532_get_tally (rig->emulator);
  assert_int_equal (tally.long_apdus, 1);
  assert_int_equal (tally.frames, 1 + 17);
  pv_pn532_reset_tally (rig->emulator);
  rig_talk (rig, card, 1031, 0);
  tally = pv_pn532_get_tally (rig->emulator);
  assert_int_equal (tally.frames, 5 + 1);
  rig_talk (rig, card, 4096, 4352 - 6);
  assert_true (card->ops->reset (card, FALSE, 1000, &error));
  assert_int_equal (card->max_command, 262);
  rig_talk (rig, card, 262, 200);
  assert_true (card->ops->reset (card, TRUE, 1000, &error));
  rig_talk (rig, card, 300, 300);
  pv_card_transport_free (card);
  rig_free (rig);
}

static void
reads_cards_of_type_b (void **state)
{
  Rig *rig = rig_new (TRUE);
  PvCardTransport *card = rig_take_card (rig);
  g_autoptr (GError) error = NULL;

  (void) state;
  rig_talk (rig, card, 200, 200);
  assert_true (card->ops->reset (card, TRUE, 1000, &error));
  rig_talk (rig, card, 1000, 1000);
  assert_true (card->ops->reset (card, FALSE, 1000, &error));
  rig_talk (rig, card, 200, 200);
  pv_card_transport_free (card);
  rig_free (rig);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (finds_a_card_and_exchanges),
    cmocka_unit_test (takes_the_longest_that_libnfc_survives),
    cmocka_unit_test (becomes_long_and_short_again),
    cmocka_unit_test (reads_cards_of_type_b),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
