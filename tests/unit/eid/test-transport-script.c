/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/transport-script.h"

#include "hex.h"
#include "tst.h"

enum { TIMEOUT_MS = 1000 };

static gboolean
send (PvCardTransport *transport, const char *command, guint8 *answer, gsize size, gsize *ret_length, GError **error)
{
  guint8 bytes[64];

  return transport->ops->transceive (transport, bytes, unhex (command, bytes), answer, size, ret_length, TIMEOUT_MS,
                                     error);
}

static void
plays_what_was_written_down (void **state)
{
  const char *text = "# a chip\n> 0084000008\n< 4608F91988702212 9000\n\n* long\n> 00B0000000\n! lost\n";
  g_autoptr (PvCardTransport) played = pv_card_script_play (text, NULL);
  g_autoptr (GString) record = g_string_new (NULL);
  g_autoptr (PvCardTransport) recorder = NULL;
  g_autoptr (GError) error = NULL;
  PvCardTransport *script = played;
  guint8 answer[16];
  gsize length = 0;

  (void) state;
  assert_non_null (played);
  recorder = pv_card_script_record (g_steal_pointer (&played), record);
  assert_true (send (recorder, "0084000008", answer, sizeof answer, &length, NULL));
  assert_int_equal (length, 10);
  assert_int_equal (answer[0], 0x46);
  assert_false (pv_card_script_is_done (script));
  assert_true (recorder->ops->reset (recorder, TRUE, TIMEOUT_MS, NULL));
  assert_false (send (recorder, "00B0000000", answer, sizeof answer, &length, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST));
  assert_true (pv_card_script_is_done (script));
  assert_string_equal (record->str, "> 0084000008\n< 4608F919887022129000\n* long\n> 00B0000000\n! lost\n");
}

static void
names_the_line_where_a_command_differs (void **state)
{
  g_autoptr (PvCardTransport) script = pv_card_script_play ("# first\n> 0084000008\n< 9000\n", NULL);
  g_autoptr (GError) error = NULL;
  guint8 answer[16];
  gsize length;

  (void) state;
  assert_false (send (script, "0084000000", answer, sizeof answer, &length, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA));
  assert_non_null (strstr (error->message, "line 2"));
}

static void
ends_with_the_script_and_with_an_abort (void **state)
{
  g_autoptr (PvCardTransport) script = pv_card_script_play ("> 0084000008\n< 9000\n> 00\n! reader\n", NULL);
  g_autoptr (GError) error = NULL;
  guint8 answer[16];
  gsize length;

  (void) state;
  assert_true (send (script, "0084000008", answer, sizeof answer, &length, NULL));
  assert_false (send (script, "00", answer, sizeof answer, &length, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_READER));
  g_clear_error (&error);
  assert_false (send (script, "00", answer, sizeof answer, &length, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA));
  g_clear_error (&error);
  script->ops->abort (script);
  assert_false (send (script, "00", answer, sizeof answer, &length, &error));
  assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

static void
refuses_lines_that_are_none (void **state)
{
  static const char *const wrong[] = { "> 008", "> 00G0", "0084", "? 00", "! gone", "* lost", "! long", ">", "> " };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PvCardTransport) script = pv_card_script_play (wrong[i], &error);

    if (script != NULL)
      fail_msg ("row %zu", i);
    assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (plays_what_was_written_down),
    cmocka_unit_test (names_the_line_where_a_command_differs),
    cmocka_unit_test (ends_with_the_script_and_with_an_abort),
    cmocka_unit_test (refuses_lines_that_are_none),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
