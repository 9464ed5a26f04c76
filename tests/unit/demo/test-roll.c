/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The virtual thermal printer, alone and on its terminal. */
#include "demo/escpos/roll-device.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "tst.h"

enum { DOTS = 576, DPI = 203, WAIT_MS = 5000, SILENCE_MS = 300 };

static const guint8 black_line[] = { 0x1d, 'v', '0', 0, 1, 0, 1, 0, 0xff };
static const guint8 full_cut[] = { 0x1d, 'V', 65, 0 };
static const guint8 is_it_online[] = { 0x10, 0x04, 1 };

static void
give (PvDemoRoll *roll, const guint8 *bytes, gsize length, GByteArray *answers)
{
  pv_demo_roll_receive (roll, bytes, length, answers);
  pv_demo_roll_run (roll, length, answers);
}

static void
takes_no_more_than_its_buffer_while_it_is_blocked (void **state)
{
  g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, DPI);
  g_autoptr (GByteArray) answers = g_byte_array_new ();
  guint n = 0;

  (void) state;
  pv_demo_roll_set_faults (roll, PV_DEMO_ROLL_OUT, answers);
  for (; pv_demo_roll_get_room (roll) >= sizeof black_line; n++)
    give (roll, black_line, sizeof black_line, answers);
  assert_int_equal (n, PV_DEMO_ROLL_BUFFER_BYTES / sizeof black_line);
  assert_int_equal (pv_demo_roll_count_uncut_lines (roll), 0);
  assert_int_equal (answers->len, 0);
  /* It still says what is wrong. */
  give (roll, is_it_online, pv_demo_roll_get_room (roll), answers);
  assert_int_equal (answers->len, PV_DEMO_ROLL_BUFFER_BYTES % sizeof black_line >= 3 ? 1 : 0);
  pv_demo_roll_set_faults (roll, 0, answers);
  assert_false (pv_demo_roll_run (roll, PV_DEMO_ROLL_BUFFER_BYTES, answers));
  assert_int_equal (pv_demo_roll_count_uncut_lines (roll), n);
}

static void
answers_in_the_midst_of_a_picture (void **state)
{
  static const guint8 head[] = { 0x1d, 'v', '0', 0, 3, 0, 1, 0 };
  g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, DPI);
  g_autoptr (GByteArray) answers = g_byte_array_new ();

  (void) state;
  give (roll, head, sizeof head, answers);
  give (roll, is_it_online, sizeof is_it_online, answers);
  assert_int_equal (answers->len, 1);
  assert_int_equal (answers->data[0], 0x12);
  /* And takes it as dots, too: why nobody asks there. */
  assert_int_equal (pv_demo_roll_count_uncut_lines (roll), 1);
}

static void
forgets_when_it_is_switched_off (void **state)
{
  static const guint8 half[] = { 0x1d, 'v', '0', 0, 200, 0, 200, 0, 0xff };
  g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, DPI);
  g_autoptr (GByteArray) answers = g_byte_array_new ();
  const PvDemoRollSheet *sheet;

  (void) state;
  give (roll, half, sizeof half, answers);
  pv_demo_roll_reset (roll);
  give (roll, black_line, sizeof black_line, answers);
  give (roll, full_cut, sizeof full_cut, answers);
  assert_int_equal (pv_demo_roll_count_cuts (roll), 1);
  sheet = g_ptr_array_index (pv_demo_roll_get_sheets (roll), 0);
  assert_int_equal (sheet->lines, 1);
  assert_int_equal (sheet->cut, PV_DEMO_ROLL_FULL_CUT);
  assert_true (pv_demo_roll_sheet_is_black (sheet, 7, 0));
  assert_false (pv_demo_roll_sheet_is_black (sheet, 8, 0));
  assert_false (pv_demo_roll_sheet_is_black (sheet, 7, 1));
}

static void
counts_what_is_no_command (void **state)
{
  static const guint8 bytes[] = { 'a', 0x1b, 'x', 0x1d, 'v', '1', 0x0a };
  g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, DPI);
  g_autoptr (GByteArray) answers = g_byte_array_new ();

  (void) state;
  give (roll, bytes, sizeof bytes, answers);
  assert_int_equal (pv_demo_roll_count_strange (roll), 6);
  assert_true (pv_demo_roll_count_uncut_lines (roll) > 0);
}

static void
cuts_nothing_where_nothing_hangs_out (void **state)
{
  g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, DPI);
  g_autoptr (GByteArray) answers = g_byte_array_new ();

  (void) state;
  give (roll, full_cut, sizeof full_cut, answers);
  assert_int_equal (pv_demo_roll_count_cuts (roll), 0);
}

/* One byte of the terminal; -1: none within @ms. */
static int
read_byte (int fd, int ms)
{
  struct pollfd wait = { fd, POLLIN, 0 };
  guint8 byte;

  if (poll (&wait, 1, ms) != 1 || read (fd, &byte, 1) != 1)
    return -1;
  return byte;
}

static int
open_device (const PvDemoRollDevice *device)
{
  int fd = open (pv_demo_roll_device_get_path (device), O_RDWR | O_NOCTTY | O_CLOEXEC);

  assert_true (fd >= 0);
  return fd;
}

static void
ask (int fd)
{
  assert_int_equal (write (fd, is_it_online, sizeof is_it_online), sizeof is_it_online);
}

static void
answers_on_its_terminal_unless_it_is_mute_or_off (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("pv-roll-XXXXXX", NULL);
  g_autofree char *link = g_build_filename (folder, "roll", NULL);
  g_autoptr (GError) error = NULL;
  PvDemoRollDevice *device = pv_demo_roll_device_new (link, DOTS, DPI, &error);
  int fd;

  (void) state;
  assert_non_null (device);
  assert_string_equal (pv_demo_roll_device_get_path (device), link);
  fd = open_device (device);
  ask (fd);
  assert_int_equal (read_byte (fd, WAIT_MS), 0x12);
  pv_demo_roll_device_set_faults (device, PV_DEMO_ROLL_COVER);
  ask (fd);
  assert_int_equal (read_byte (fd, WAIT_MS), 0x1a);
  pv_demo_roll_device_set_faults (device, 0);

  pv_demo_roll_device_set_habits (device, PV_DEMO_ROLL_MUTE);
  ask (fd);
  assert_int_equal (read_byte (fd, SILENCE_MS), -1);
  pv_demo_roll_device_set_habits (device, PV_DEMO_ROLL_OFF);
  ask (fd);
  assert_int_equal (read_byte (fd, SILENCE_MS), -1);
  /* What was sent to a printer that is off is not answered when it is on again. */
  pv_demo_roll_device_set_habits (device, 0);
  assert_int_equal (read_byte (fd, SILENCE_MS), -1);
  ask (fd);
  assert_int_equal (read_byte (fd, WAIT_MS), 0x12);
  close (fd);
  pv_demo_roll_device_free (device);
  assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_rmdir (folder);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (takes_no_more_than_its_buffer_while_it_is_blocked),
    cmocka_unit_test (answers_in_the_midst_of_a_picture),
    cmocka_unit_test (forgets_when_it_is_switched_off),
    cmocka_unit_test (counts_what_is_no_command),
    cmocka_unit_test (cuts_nothing_where_nothing_hangs_out),
    cmocka_unit_test (answers_on_its_terminal_unless_it_is_mute_or_off),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
