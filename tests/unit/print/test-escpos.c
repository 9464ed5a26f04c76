/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dots as ESC/POS, read back by a printer that shares no line of code with it. */
#include "print/escpos.h"

#include <string.h>

#include "demo/escpos/roll.h"
#include "print/escpos-status.h"

#include "tst.h"

enum { DOTS = 576, DPI = 203, LINE_BYTES = DOTS / 8 };

static const PvEscposEnd partial = { .cut = PV_ESCPOS_CUT_PARTIAL };

static void
give (PvDemoRoll *roll, const GByteArray *bytes, GByteArray *answers)
{
  for (gsize i = 0; i < bytes->len;) {
    gsize n = MIN (pv_demo_roll_get_room (roll), bytes->len - i);

    assert_true (n > 0);
    pv_demo_roll_receive (roll, bytes->data + i, n, answers);
    pv_demo_roll_run (roll, n, answers);
    i += n;
  }
}

/* Ink that tells which line it is. */
static void
fill_line (guint8 *line, guint number)
{
  for (gsize i = 0; i < LINE_BYTES; i++)
    line[i] = (guint8) ((number * 31 + i * 7) ^ (i << 3) ^ 0x40);
  line[0] |= 1;
}

/* Returns: bytes that it took */
static guint
print_sheet (PvDemoRoll *roll, const guint *ink, guint lines)
{
  g_autoptr (PvEscpos) escpos = pv_escpos_new (DOTS, DPI);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GByteArray) answers = g_byte_array_new ();

  pv_escpos_begin (escpos, out);
  for (guint y = 0; y < lines; y++) {
    guint8 line[LINE_BYTES] = { 0 };

    for (gsize i = 0; ink[i] != ink[i + 1]; i += 2)
      if (y >= ink[i] && y < ink[i + 1])
        fill_line (line, y);
    pv_escpos_add_line (escpos, line, sizeof line, out);
  }
  pv_escpos_end_sheet (escpos, &partial, out);
  give (roll, out, answers);
  return out->len;
}

static void
every_dot_arrives_where_it_was (void **state)
{
  /* Ranges with ink: short and long gaps, more than a band, more than a byte of feed. */
  static const guint sheets[][8] = {
    { 0, 1, 0, 0 }, { 3, 67, 80, 90, 300, 301, 0, 0 }, { 0, 200, 215, 400, 416, 417, 0, 0 }, { 999, 1000, 0, 0 },
    { 0, 0 },
  };
  g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, DPI);

  (void) state;
  for (gsize s = 0; s < G_N_ELEMENTS (sheets); s++) {
    const PvDemoRollSheet *sheet;

    print_sheet (roll, sheets[s], 1000);
    assert_int_equal (pv_demo_roll_count_cuts (roll), s + 1);
    assert_int_equal (pv_demo_roll_count_uncut_lines (roll), 0);
    sheet = g_ptr_array_index (pv_demo_roll_get_sheets (roll), s);
    assert_int_equal (sheet->lines, 1000);
    assert_int_equal (sheet->cut, PV_DEMO_ROLL_PARTIAL_CUT);
    for (guint y = 0; y < 1000; y++) {
      guint8 line[LINE_BYTES] = { 0 };

      for (gsize i = 0; sheets[s][i] != sheets[s][i + 1]; i += 2)
        if (y >= sheets[s][i] && y < sheets[s][i + 1])
          fill_line (line, y);
      assert_memory_equal (sheet->dots->data + (gsize) y * LINE_BYTES, line, sizeof line);
    }
  }
  assert_int_equal (pv_demo_roll_count_strange (roll), 0);
}

static void
white_is_fed_and_not_sent (void **state)
{
  static const guint ink[] = { 0, 10, 900, 910, 0, 0 };
  g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, DPI);

  (void) state;
  assert_true (print_sheet (roll, ink, 1000) < 21 * LINE_BYTES);
}

/* A printer with a small buffer must be able to work off what it has. */
static void
a_band_is_never_higher_than_its_limit (void **state)
{
  g_autoptr (PvEscpos) escpos = pv_escpos_new (DOTS, DPI);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint8 line[LINE_BYTES];
  guint lines = 0;

  (void) state;
  memset (line, 0xff, sizeof line);
  for (guint y = 0; y < 150; y++)
    pv_escpos_add_line (escpos, line, sizeof line, out);
  pv_escpos_end_sheet (escpos, &(PvEscposEnd){ 0 }, out);
  for (gsize i = 0; i < out->len;) {
    guint n = out->data[i + 6] | (guint) out->data[i + 7] << 8;

    assert_memory_equal (out->data + i, "\x1dv0", 4);
    assert_int_equal (out->data[i + 4] | out->data[i + 5] << 8, LINE_BYTES);
    assert_in_range (n, 1, PV_ESCPOS_BAND_LINES);
    lines += n;
    i += 8 + (gsize) n * LINE_BYTES;
  }
  assert_int_equal (lines, 150);
}

static void
what_is_wider_than_the_head_is_cut_off (void **state)
{
  g_autoptr (PvEscpos) escpos = pv_escpos_new (20, DPI);
  g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (24, DPI);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GByteArray) answers = g_byte_array_new ();
  const guint8 wide[] = { 0xff, 0xff, 0xff, 0xff }, narrow[] = { 0x80 };
  const PvDemoRollSheet *sheet;

  (void) state;
  pv_escpos_add_line (escpos, wide, sizeof wide, out);
  pv_escpos_add_line (escpos, narrow, sizeof narrow, out);
  pv_escpos_end_sheet (escpos, &partial, out);
  give (roll, out, answers);
  sheet = g_ptr_array_index (pv_demo_roll_get_sheets (roll), 0);
  assert_int_equal (sheet->lines, 2);
  assert_memory_equal (sheet->dots->data, "\xff\xff\xf0\x80\0\0", 6);
}

static void
the_sheet_ends_as_the_printer_needs_it (void **state)
{
  static const struct {
    PvEscposEnd end;
    const char *bytes;
    gsize length;
  } cases[] = {
    { { .cut = PV_ESCPOS_CUT_NONE }, "", 0 },
    { { .cut = PV_ESCPOS_CUT_PARTIAL }, "\x1dVB\0", 4 },
    { { .cut = PV_ESCPOS_CUT_FULL }, "\x1dVA\0", 4 },
    { { .cut = PV_ESCPOS_CUT_OLD }, "\x1bi", 2 },
    { { .cut = PV_ESCPOS_CUT_OLD, .present_steps = 12 }, "\x1bi\x1d\x65\x03\x0c", 6 },
    { { .cut = PV_ESCPOS_CUT_NONE, .present_steps = 12, .present_s = 30 }, "\x1d\x65\x20\x0c\x1e", 5 },
  };
  g_autoptr (PvEscpos) escpos = pv_escpos_new (DOTS, DPI);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GByteArray) out = g_byte_array_new ();

    pv_escpos_end_sheet (escpos, &cases[i].end, out);
    assert_int_equal (out->len, cases[i].length);
    if (out->len > 0)
      assert_memory_equal (out->data, cases[i].bytes, out->len);
  }
}

static PvEscposFlags
ask_all (PvEscposReader *reader, PvDemoRoll *roll)
{
  for (guint question = PV_ESCPOS_FIRST_QUESTION; question <= PV_ESCPOS_LAST_QUESTION; question++) {
    guint8 bytes[PV_ESCPOS_QUESTION_BYTES];
    g_autoptr (GByteArray) answers = g_byte_array_new ();

    pv_escpos_reader_ask (reader, question, bytes);
    pv_demo_roll_receive (roll, bytes, sizeof bytes, answers);
    pv_demo_roll_run (roll, sizeof bytes, answers);
    assert_int_equal (answers->len, 1);
    assert_int_equal (pv_escpos_reader_take (reader, answers->data[0]), PV_ESCPOS_STATUS);
  }
  return reader->flags;
}

/* Every state of the printer, asked and reported, comes out the same. */
static void
both_ways_of_telling_a_state_say_the_same (void **state)
{
  static const struct {
    PvDemoRollFaults fault;
    PvEscposFlags flags;
  } table[] = {
    { PV_DEMO_ROLL_LOW, PV_ESCPOS_PAPER_LOW },
    { PV_DEMO_ROLL_OUT, PV_ESCPOS_PAPER_OUT | PV_ESCPOS_OFFLINE },
    { PV_DEMO_ROLL_COVER, PV_ESCPOS_COVER_OPEN | PV_ESCPOS_OFFLINE },
    { PV_DEMO_ROLL_CUTTER, PV_ESCPOS_CUTTER | PV_ESCPOS_OFFLINE },
    { PV_DEMO_ROLL_HOT, PV_ESCPOS_HOT | PV_ESCPOS_OFFLINE },
    { PV_DEMO_ROLL_BROKEN, PV_ESCPOS_BROKEN | PV_ESCPOS_OFFLINE },
  };
  const guint8 report_all[] = { 0x1d, 'a', PV_ESCPOS_REPORT_ALL };
  g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, DPI);
  g_autoptr (GByteArray) first = g_byte_array_new ();
  PvEscposReader asking = { 0 }, listening = { 0 };

  (void) state;
  pv_demo_roll_receive (roll, report_all, sizeof report_all, first);
  pv_demo_roll_run (roll, sizeof report_all, first);
  assert_int_equal (first->len, PV_ESCPOS_REPORT_BYTES);
  for (guint set = 63; set < 64; set--) {
    g_autoptr (GByteArray) report = g_byte_array_new ();
    PvEscposFlags flags = 0;
    PvEscposEvent event = PV_ESCPOS_NOTHING;

    for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
      if ((set & (1u << i)) != 0)
        flags |= table[i].flags;
    pv_demo_roll_set_faults (roll, (PvDemoRollFaults) set, report);
    for (guint i = 0; i < report->len; i++)
      event = pv_escpos_reader_take (&listening, report->data[i]);
    assert_int_equal (event, PV_ESCPOS_STATUS);
    assert_int_equal (listening.flags, flags);
    /* While it is blocked, all else waits in its buffer. */
    assert_int_equal (ask_all (&asking, roll), flags);
    assert_int_equal (pv_escpos_is_blocked (flags), (flags & ~(guint) PV_ESCPOS_PAPER_LOW) != 0);
  }
}

static void
the_sensor_answers_when_what_is_before_it_is_printed (void **state)
{
  static const guint8 bytes[] = { 0x1b, 'J', 9, 0x1d, 'r', 1 };
  g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, DPI);
  g_autoptr (GByteArray) answers = g_byte_array_new ();
  PvEscposReader reader = { 0 };

  (void) state;
  pv_demo_roll_set_faults (roll, PV_DEMO_ROLL_COVER | PV_DEMO_ROLL_LOW, answers);
  pv_demo_roll_receive (roll, bytes, sizeof bytes, answers);
  pv_demo_roll_run (roll, 100, answers);
  assert_int_equal (answers->len, 0);
  pv_demo_roll_set_faults (roll, PV_DEMO_ROLL_LOW, answers);
  pv_demo_roll_run (roll, 100, answers);
  assert_int_equal (answers->len, 1);
  assert_int_equal (pv_demo_roll_count_uncut_lines (roll), 9);
  assert_int_equal (pv_escpos_reader_take (&reader, answers->data[0]), PV_ESCPOS_SENSOR);
  assert_int_equal (reader.flags, PV_ESCPOS_PAPER_LOW);
}

static void
noise_tells_nothing (void **state)
{
  /* XON, XOFF, a letter with its highest bit, an answer nobody asked for, half a report before a whole one */
  static const guint8 noise[] = { 0x11, 0x13, 0xe9, 0x1e, 0x12, 0x38, 0x0f };
  static const guint8 whole[] = { 0x38, 0, 0 };
  PvEscposReader reader = { 0 };

  (void) state;
  for (gsize i = 0; i < sizeof noise; i++)
    assert_int_equal (pv_escpos_reader_take (&reader, noise[i]), PV_ESCPOS_NOTHING);
  for (gsize i = 0; i < sizeof whole; i++)
    assert_int_equal (pv_escpos_reader_take (&reader, whole[i]), PV_ESCPOS_NOTHING);
  assert_int_equal (reader.flags, 0);
  assert_int_equal (pv_escpos_reader_take (&reader, 0x0f), PV_ESCPOS_STATUS);
  assert_int_equal (reader.flags, PV_ESCPOS_OFFLINE | PV_ESCPOS_COVER_OPEN);
}

/* How far a command is from its end, at each byte of a stream: never more than what follows. */
static void
the_scan_knows_where_a_command_ends (void **state)
{
  g_autoptr (PvEscpos) escpos = pv_escpos_new (DOTS, DPI);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  static const PvEscposEnd end = { .cut = PV_ESCPOS_CUT_PARTIAL, .present_steps = 12, .present_s = 30 };
  PvEscposScan whole = { 0 };
  guint8 line[LINE_BYTES];

  (void) state;
  pv_escpos_begin (escpos, out);
  for (guint y = 0; y < 100; y++) {
    fill_line (line, y);
    pv_escpos_add_line (escpos, line, sizeof line, out);
  }
  pv_escpos_end_sheet (escpos, &end, out);
  pv_escpos_scan (&whole, out->data, out->len);
  assert_int_equal (pv_escpos_scan_get_missing (&whole), 0);
  for (guint cut = 1; cut < out->len; cut += 7) {
    g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, DPI);
    g_autoptr (GByteArray) half = g_byte_array_new ();
    g_autoptr (GByteArray) answers = g_byte_array_new ();
    PvEscposScan scan = { 0 };
    gsize missing;

    pv_escpos_scan (&scan, out->data, cut);
    missing = pv_escpos_scan_get_missing (&scan);
    g_byte_array_append (half, out->data, cut);
    g_byte_array_set_size (half, cut + (guint) missing);
    memset (half->data + cut, 0, missing);
    /* A command that follows is understood as one: so nothing is missing any more, and nothing was too much. */
    g_byte_array_append (half, (const guint8 *) "\x1b@\x1bJ\x05\x1dVA\0", 9);
    give (roll, half, answers);
    assert_int_equal (pv_demo_roll_count_uncut_lines (roll), 0);
    assert_true (pv_demo_roll_count_cuts (roll) >= 1);
  }
}

static char *
tell (PvEscposFlags before, PvEscposFlags after)
{
  GString *lines = g_string_new (NULL);

  pv_escpos_append_changes (before, after, lines);
  return g_string_free (lines, FALSE);
}

static void
cups_is_told_what_changes (void **state)
{
  static const struct {
    PvEscposFlags before, after;
    const char *lines;
  } cases[] = {
    { 0, 0, "" },
    { 0, PV_ESCPOS_PAPER_LOW, "STATE: +media-low-warning\n" },
    { PV_ESCPOS_PAPER_LOW, PV_ESCPOS_PAPER_LOW | PV_ESCPOS_PAPER_OUT, "STATE: +media-empty-error\n" },
    { PV_ESCPOS_COVER_OPEN, PV_ESCPOS_CUTTER | PV_ESCPOS_BROKEN,
      "STATE: +separation-cutter-jam-error,other-error\nSTATE: -cover-open-error\n" },
    /* Off line because of the cover: told once, as the cover. */
    { 0, PV_ESCPOS_OFFLINE | PV_ESCPOS_COVER_OPEN, "STATE: +cover-open-error\n" },
    { PV_ESCPOS_OFFLINE | PV_ESCPOS_COVER_OPEN, 0, "STATE: -cover-open-error\n" },
    { 0, PV_ESCPOS_OFFLINE, "STATE: +offline-report\n" },
    /* What an earlier job left at the queue goes. */
    { PV_ESCPOS_ALL, PV_ESCPOS_HOT,
      "STATE: +other-warning\n"
      "STATE: -cover-open-error,media-low-warning,media-empty-error,separation-cutter-jam-error,other-error,"
      "offline-report\n" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *lines = tell (cases[i].before, cases[i].after);

    assert_string_equal (lines, cases[i].lines);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_dot_arrives_where_it_was),
    cmocka_unit_test (white_is_fed_and_not_sent),
    cmocka_unit_test (a_band_is_never_higher_than_its_limit),
    cmocka_unit_test (what_is_wider_than_the_head_is_cut_off),
    cmocka_unit_test (the_sheet_ends_as_the_printer_needs_it),
    cmocka_unit_test (both_ways_of_telling_a_state_say_the_same),
    cmocka_unit_test (the_sensor_answers_when_what_is_before_it_is_printed),
    cmocka_unit_test (noise_tells_nothing),
    cmocka_unit_test (the_scan_knows_where_a_command_ends),
    cmocka_unit_test (cups_is_told_what_changes),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
