/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The real libnfc over a pseudo-terminal: what goes through when all is well, and which reader it is. */

#include "nfc-rig.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* Whether the bytes stand anywhere in the 32 kB of the stack that are free now. */
static gboolean __attribute__ ((noinline, no_sanitize ("address"))) is_left_on_stack (const guint8 *bytes, gsize length)
{
  const guint8 *here = __builtin_frame_address (0);

  for (const guint8 *at = here - 32 * 1024; at < here - 256; at++) {
    gsize n = 0;

    while (n < length && ((const volatile guint8 *) at)[n] == bytes[n])
      n++;
    if (n == length)
      return TRUE;
  }
  return FALSE;
}

static void
leaves_nothing_of_an_answer_on_the_stack (void **state)
{
  Rig *rig = rig_new (FALSE);
  g_autoptr (GError) error = NULL;
  PvCardTransport *card = rig_take_card (rig);
  guint8 *answer = g_malloc0 (300);

  (void) state;
  for (guint is_long = 0; is_long < 2; is_long++) {
    const guint8 command[] = { 0x31, 0x41, 0x59, (guint8) (0x26 + is_long), 0, 200 };
    gsize length = 0;

    if (is_long)
      assert_true (card->ops->reset (card, TRUE, 1000, &error));
    assert_true (card->ops->transceive (card, command, sizeof command, answer, 300, &length, 1000, &error));
    assert_int_equal (length, 206);
    assert_false (is_left_on_stack (answer + 60, 40));
  }
  g_free (answer);
  pv_card_transport_free (card);
  rig_free (rig);
}

/* What the card can, and what the reader makes of it. */
static void
takes_the_fastest_that_both_can (void **state)
{
  static const struct {
    guint8 ats[8];
    guint kbit_per_s;
  } cases[] = {
    { { 8, 0x78, 0x80, 0x70, 0x02, 'a', 'b', 'c' }, 106 }, { { 8, 0x78, 0x77, 0x70, 0x02, 'a', 'b', 'c' }, 424 },
    { { 8, 0x78, 0x33, 0x70, 0x02, 'a', 'b', 'c' }, 424 }, { { 8, 0x78, 0x91, 0x70, 0x02, 'a', 'b', 'c' }, 212 },
    { { 8, 0x78, 0x44, 0x70, 0x02, 'a', 'b', 'c' }, 106 }, /* 848 only */
    { { 8, 0x78, 0x70, 0x70, 0x02, 'a', 'b', 'c' }, 106 }, /* one direction */
    { { 8, 0x78, 0x3b, 0x70, 0x02, 'a', 'b', 'c' }, 106 }, /* reserved bit */
  };
  Rig *rig = rig_new (FALSE);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    PvPn532Card variant = rig->card;
    PvCardTransport *card;

    variant.ats = cases[i].ats;
    variant.ats_length = cases[i].ats[0];
    pv_pn532_lay (rig->emulator, &variant);
    card = rig_take_card (rig);
    assert_int_equal (pv_pn532_get_tally (rig->emulator).kbit_per_s, cases[i].kbit_per_s);
    assert_int_equal (card->historical_length, 3);
    assert_memory_equal (card->historical, "abc", 3);
    rig_talk (rig, card, 100, 100);
    assert_true (card->ops->reset (card, TRUE, 1000, &error));
    rig_talk (rig, card, 1000, 1000);
    assert_int_equal (pv_pn532_get_tally (rig->emulator).kbit_per_s, 106);
    pv_card_transport_free (card);
  }
  rig_free (rig);
}

static void
lets_a_card_ask_for_more_time (void **state)
{
  Rig *rig = rig_new (FALSE);
  PvCardTransport *card = rig_take_card (rig);
  g_autoptr (GError) error = NULL;

  (void) state;
  pv_pn532_set_extensions (rig->emulator, 5);
  assert_true (card->ops->reset (card, TRUE, 1000, &error));
  for (guint i = 0; i < 5; i++)
    rig_talk (rig, card, 400, 400);
  assert_int_equal (pv_pn532_get_tally (rig->emulator).repeats, 0);
  pv_card_transport_free (card);
  rig_free (rig);
}

static void
tells_a_card_that_only_stores (void **state)
{
  Rig *rig = rig_new (FALSE);
  PvPn532Card ticket = rig->card;
  g_autoptr (GError) error = NULL;

  (void) state;
  ticket.ats_length = 0;
  pv_pn532_lay (rig->emulator, &ticket);
  assert_null (pv_nfc_reader_wait_card (rig->reader, 1000, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_UNSUPPORTED));
  pv_pn532_lay (rig->emulator, &rig->card);
  pv_card_transport_free (rig_take_card (rig));
  rig_free (rig);
}

static void
waits_for_a_reader_that_another_holds (void **state)
{
  Rig *rig = rig_new (FALSE);
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_null (pv_nfc_reader_open (pv_pn532_get_connection (rig->emulator), rig->folder, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BUSY));
  g_clear_error (&error);
  rig_reopen (rig); /* after it was closed */
  pv_card_transport_free (rig_take_card (rig));
  g_clear_pointer (&rig->reader, pv_nfc_reader_close);
  assert_null (pv_nfc_reader_open (pv_pn532_get_connection (rig->emulator), "/nowhere", &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_READER));
  rig_free (rig);
}

static void
refuses_names_that_libnfc_would_misread (void **state)
{
  g_autofree char *too_long = g_strnfill (1024, 'a');
  const char *const names[] = {
    "",
    "pn532_uart:/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0",
    "pn532_uart:/dev/ttyUSB0:fast",
    "pn532_uart:/dev/ttyUSB0:",
    "pn532_uart:/dev/ttyUSB0:115200:1",
    "pn532_uart:/dev/tty USB0",
    "pn532_uart:/dev/tty\nUSB0",
    "pn532_uart:/dev/there-is-none",
    "pn532_uart:/dev/null",
    "no_such_driver:1",
    too_long,
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (pv_nfc_reader_open (names[i], NULL, &error));
    assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_READER));
    if (i == 1)
      assert_non_null (strstr (error->message, "by-id"));
  }
}

/* A serial line with nothing, or something else, at its end. */
static void
gives_up_on_a_line_that_does_not_answer (void **state)
{
  int master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  (void) state;
  assert_true (master >= 0);
  assert_int_equal (grantpt (master), 0);
  assert_int_equal (unlockpt (master), 0);
  name = g_strconcat ("pn532_uart:", ptsname (master), NULL);
  assert_null (pv_nfc_reader_open (name, NULL, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_READER));
  assert_true (g_get_monotonic_time () - start < 3 * G_TIME_SPAN_SECOND);
  close (master);
}

/* --- in a process of its own ------------------------------------------------------------------------------------ */

enum { CHILD_RIGHT = 0, CHILD_ERROR = 10, CHILD_OTHER = 99 };

/* One exchange. */
static int
child (const char *name, const char *mode)
{
  const guint8 command[] = { 1, 2, 3, 4, 0, 4 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PvNfcReader) reader = pv_nfc_reader_open (strcmp (name, "none") == 0 ? NULL : name, NULL, &error);
  g_autoptr (PvCardTransport) card = reader != NULL ? pv_nfc_reader_wait_card (reader, 500, &error) : NULL;
  guint8 answer[300];
  gsize length;
  gboolean is_right =
    card != NULL && (strcmp (mode, "long") != 0 || card->ops->reset (card, TRUE, 500, &error))
    && card->ops->transceive (card, command, sizeof command, answer, sizeof answer, &length, 500, &error);

  return is_right                                          ? CHILD_RIGHT
         : error != NULL && error->domain == PV_CARD_ERROR ? CHILD_ERROR + error->code
                                                           : CHILD_OTHER;
}

/* @variable: (nullable): "NAME=VALUE" more in its environment. Returns the wait status. */
static int
run_child (const char *name, const char *mode, const char *variable, char **ret_stderr)
{
  const char *const argv[] = { "/proc/self/exe", "--child", name, mode, NULL };
  g_auto (GStrv) environment = g_get_environ ();
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status = -1;

  if (variable != NULL) {
    const char *equal = strchr (variable, '=');
    g_autofree char *key = g_strndup (variable, (gsize) (equal - variable));

    environment = g_environ_setenv (environment, key, equal + 1, TRUE);
  }
  assert_true (g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &output, ret_stderr,
                             &status, &error));
  return status;
}

static void
assert_child (const char *name, const char *mode, const char *variable, int expected)
{
  g_autofree char *errors = NULL;
  int status = run_child (name, mode, variable, &errors);

  if (!WIFEXITED (status) || WEXITSTATUS (status) != expected)
    print_error ("%s\n", errors);
  assert_true (WIFEXITED (status));
  assert_int_equal (WEXITSTATUS (status), expected);
}

/* Why a reading runs in a process of its own. */
static void
loses_the_process_to_a_card_that_addresses_nodes (void **state)
{
  Rig *rig = rig_new (FALSE);
  g_autofree char *name = g_strdup (pv_pn532_get_connection (rig->emulator));
  g_autofree char *errors = NULL;
  int status;

  (void) state;
  g_clear_pointer (&rig->reader, pv_nfc_reader_close);
  assert_child (name, "short", NULL, CHILD_RIGHT);
  pv_pn532_lay (rig->emulator, &rig->card);
  pv_pn532_set_fault (rig->emulator, PV_PN532_FAULT_NAD, 0, 0);
  status = run_child (name, "short", NULL, &errors);
  assert_true (WIFSIGNALED (status));
  assert_int_equal (WTERMSIG (status), SIGABRT);

  /* The reader is free again, and our own blocks refuse it. */
  pv_pn532_lay (rig->emulator, &rig->card);
  pv_pn532_set_fault (rig->emulator, PV_PN532_FAULT_NAD, 0, 0);
  assert_child (name, "long", NULL, CHILD_ERROR + PV_CARD_ERROR_BAD_DATA);
  pv_pn532_lay (rig->emulator, &rig->card);
  assert_child (name, "short", NULL, CHILD_RIGHT);
  rig_free (rig);
}

/* An answer to select that says it has no length: libnfc copies as many bytes less one. */
static void
loses_the_process_to_an_answer_of_no_length (void **state)
{
  static const guint8 none[2] = { 0 };
  Rig *rig = rig_new (FALSE);
  g_autofree char *name = g_strdup (pv_pn532_get_connection (rig->emulator));
  PvPn532Card hostile = rig->card;
  g_autofree char *errors = NULL;
  int status;

  (void) state;
  g_clear_pointer (&rig->reader, pv_nfc_reader_close);
  hostile.ats = none;
  hostile.ats_length = sizeof none;
  pv_pn532_lay (rig->emulator, &hostile);
  status = run_child (name, "short", NULL, &errors);
  /* With the sanitizer it ends by itself, with a status of its own. */
  assert_true (WIFSIGNALED (status) || (WEXITSTATUS (status) > CHILD_RIGHT && WEXITSTATUS (status) < CHILD_ERROR));
  pv_pn532_lay (rig->emulator, &rig->card);
  assert_child (name, "short", NULL, CHILD_RIGHT);
  rig_free (rig);
}

static void
asks_the_environment_only_when_it_is_to_find_one (void **state)
{
  Rig *rig = rig_new (FALSE);
  g_autofree char *name = g_strdup (pv_pn532_get_connection (rig->emulator));
  g_autofree char *variable = g_strconcat ("LIBNFC_DEVICE=", name, NULL);

  (void) state;
  g_clear_pointer (&rig->reader, pv_nfc_reader_close);
  assert_child ("none", "short", variable, CHILD_RIGHT);
  assert_child ("auto", "short", variable, CHILD_RIGHT);
  assert_child ("auto", "short", "LIBNFC_DEVICE=pn532_uart:/dev/null", CHILD_ERROR + PV_CARD_ERROR_READER);
  assert_child (name, "short", "LIBNFC_DEVICE=pn532_uart:/dev/null", CHILD_RIGHT);
  assert_child ("pn532_uart:/dev/null", "short", variable, CHILD_ERROR + PV_CARD_ERROR_READER);
  rig_free (rig);
}

static void
says_nothing_of_what_the_card_says (void **state)
{
  Rig *rig = rig_new (FALSE);
  g_autofree char *name = g_strdup (pv_pn532_get_connection (rig->emulator));
  g_autofree char *errors = NULL;

  (void) state;
  g_clear_pointer (&rig->reader, pv_nfc_reader_close);
  assert_int_equal (run_child (name, "short", "LIBNFC_LOG_LEVEL=3", &errors), 0);
  assert_string_equal (errors, "");
  rig_free (rig);
}

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (finds_a_card_and_exchanges),
    cmocka_unit_test (takes_the_longest_that_libnfc_survives),
    cmocka_unit_test (becomes_long_and_short_again),
    cmocka_unit_test (reads_cards_of_type_b),
    cmocka_unit_test (leaves_nothing_of_an_answer_on_the_stack),
    cmocka_unit_test (takes_the_fastest_that_both_can),
    cmocka_unit_test (lets_a_card_ask_for_more_time),
    cmocka_unit_test (tells_a_card_that_only_stores),
    cmocka_unit_test (waits_for_a_reader_that_another_holds),
    cmocka_unit_test (refuses_names_that_libnfc_would_misread),
    cmocka_unit_test (gives_up_on_a_line_that_does_not_answer),
    cmocka_unit_test (loses_the_process_to_a_card_that_addresses_nodes),
    cmocka_unit_test (loses_the_process_to_an_answer_of_no_length),
    cmocka_unit_test (asks_the_environment_only_when_it_is_to_find_one),
    cmocka_unit_test (says_nothing_of_what_the_card_says),
  };

  tst_init ();
  if (argc == 4 && strcmp (argv[1], "--child") == 0)
    return child (argv[2], argv[3]);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
