/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>
#include <unistd.h>

#include "platform/line-io.h"

static void
a_line_is_taken_whole_or_not_at_all (void **state)
{
  static const struct {
    const char *sent;
    gsize size;
    const char *line; /* NULL: none */
    const char *left; /* what nobody has taken */
  } rows[] = {
    { "open 12\n", 8, "open 12", "" },
    { "open 12\nagain\n", 14, "open 12", "again\n" },
    { "\n", 1, "", "" },
    { "1234567\n", 8, "1234567", "" },
    { "12345678\n", 9, NULL, "\n" },
    { "open", 4, NULL, "" },
    { "", 0, NULL, "" },
    { "op\0en\n", 6, NULL, "en\n" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    static const char nothing[9];
    char line[9] = { 0 }, left[16] = { 0 };
    int ends[2];

    assert_int_equal (pipe (ends), 0);
    assert_int_equal (write (ends[1], rows[i].sent, rows[i].size), rows[i].size);
    close (ends[1]);
    assert_int_equal (pv_line_read (ends[0], line, sizeof line), rows[i].line != NULL);
    if (rows[i].line != NULL)
      assert_string_equal (line, rows[i].line);
    else
      assert_memory_equal (line, nothing, sizeof line);
    assert_true (read (ends[0], left, sizeof left - 1) >= 0);
    assert_string_equal (left, rows[i].left);
    close (ends[0]);
  }
}

static void
a_text_is_said_to_its_end (void **state)
{
  char heard[16] = { 0 };
  int ends[2];

  (void) state;
  assert_int_equal (pipe (ends), 0);
  pv_line_say (ends[1], "ok\nand more\n");
  close (ends[1]);
  assert_int_equal (read (ends[0], heard, sizeof heard - 1), 12);
  assert_string_equal (heard, "ok\nand more\n");
  close (ends[0]);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_line_is_taken_whole_or_not_at_all),
    cmocka_unit_test (a_text_is_said_to_its_end),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
