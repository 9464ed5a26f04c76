/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A scanner that goes wrong costs one page: what it was is told, the pages before it stay, and nothing is left. */

#include "scan-rig.h"

#include <string.h>

enum { SHORT_MS = 700 };

static void
tells_what_sane_tells (void **state)
{
  static const struct {
    const char *status;
    PvCaptureTrouble trouble;
  } rows[] = {
    { "SANE_STATUS_UNSUPPORTED", PV_CAPTURE_TROUBLE_BROKEN },
    { "SANE_STATUS_CANCELLED", PV_CAPTURE_TROUBLE_BROKEN },
    { "SANE_STATUS_DEVICE_BUSY", PV_CAPTURE_TROUBLE_BUSY },
    { "SANE_STATUS_INVAL", PV_CAPTURE_TROUBLE_BROKEN },
    { "SANE_STATUS_JAMMED", PV_CAPTURE_TROUBLE_JAM },
    { "SANE_STATUS_NO_DOCS", PV_CAPTURE_TROUBLE_NO_PAPER },
    { "SANE_STATUS_COVER_OPEN", PV_CAPTURE_TROUBLE_OPEN },
    { "SANE_STATUS_IO_ERROR", PV_CAPTURE_TROUBLE_NO_SCANNER },
    { "SANE_STATUS_NO_MEM", PV_CAPTURE_TROUBLE_BROKEN },
    { "SANE_STATUS_EOF", PV_CAPTURE_TROUBLE_BROKEN },
    { "SANE_STATUS_ACCESS_DENIED", PV_CAPTURE_TROUBLE_BROKEN },
  };
  Rig *rig = *state;

  rig_open (rig, "auto");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *setting = g_strdup_printf ("read-status-code \"%s\"", rows[i].status);

    rig_settings (rig, setting);
    rig_take (rig);
    if (rig_last (rig)->state != PV_CAPTURE_FAILED || rig_last (rig)->trouble != rows[i].trouble)
      fail_msg ("%s: state %d, trouble %d", rows[i].status, (int) rig_last (rig)->state, (int) rig_last (rig)->trouble);
  }
  rig_settings (rig, "");
  rig_take (rig);
  rig_expect_state (rig, PV_CAPTURE_PAGE);
}

static void
tells_that_there_is_no_scanner (void **state)
{
  Rig *rig = *state;

  rig_open (rig, "test:7");
  rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_NO_SCANNER);
  rig_open (rig, "nonsense:0");
  rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_NO_SCANNER);
  rig_open (rig, "--help");
  rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_NO_SCANNER);
  rig_write (rig, "dll.conf", "\n");
  rig_open (rig, "auto");
  rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_NO_SCANNER);
  rig_open_fake (rig, "is not there", &rig_limits);
  rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_NO_SCANNER);
  rig_open_fake (rig, "is busy", &rig_limits);
  rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_BUSY);
}

static void
a_driver_that_goes_wrong_costs_one_page (void **state)
{
  static const struct {
    const char *way;
    PvCaptureTrouble trouble;
  } rows[] = {
    { "crashes", PV_CAPTURE_TROUBLE_BROKEN },
    { "is unplugged", PV_CAPTURE_TROUBLE_NO_SCANNER },
    { "crashes at once", PV_CAPTURE_TROUBLE_BROKEN },
    { "exits as if all was well", PV_CAPTURE_TROUBLE_BROKEN },
    { "tells nonsense", PV_CAPTURE_TROUBLE_BROKEN },
    { "writes too much", PV_CAPTURE_TROUBLE_BROKEN },
    { "stops early", PV_CAPTURE_TROUBLE_BROKEN },
    { "goes on for ever", PV_CAPTURE_TROUBLE_BROKEN },
    { "never ends", PV_CAPTURE_TROUBLE_BROKEN },
    { "reads more than it may", PV_CAPTURE_TROUBLE_BROKEN },
    { "has a line of no bytes", PV_CAPTURE_TROUBLE_BROKEN },
    { "has short lines", PV_CAPTURE_TROUBLE_BROKEN },
    { "has huge lines", PV_CAPTURE_TROUBLE_BROKEN },
    { "has negative lines", PV_CAPTURE_TROUBLE_BROKEN },
    { "has endless lines", PV_CAPTURE_TROUBLE_BROKEN },
    { "has an odd depth", PV_CAPTURE_TROUBLE_BROKEN },
    { "has an odd format", PV_CAPTURE_TROUBLE_BROKEN },
    { "is not there", PV_CAPTURE_TROUBLE_NO_SCANNER },
    { "is busy", PV_CAPTURE_TROUBLE_BUSY },
  };
  Rig *rig = *state;

  rig_open_fake (rig, "works", &rig_limits);
  rig_take (rig);
  rig_expect_state (rig, PV_CAPTURE_PAGE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    rig_go (rig, rows[i].way);
    rig_take (rig);
    if (rig_last (rig)->state != PV_CAPTURE_FAILED || rig_last (rig)->trouble != rows[i].trouble
        || rig_last (rig)->n_pages != 1)
      fail_msg ("%s: state %d, trouble %d", rows[i].way, (int) rig_last (rig)->state, (int) rig_last (rig)->trouble);
  }
  /* And the page of before is still there, as is the scanner. */
  rig_go (rig, "works");
  rig_take (rig);
  rig_expect_state (rig, PV_CAPTURE_PAGE);
  assert_int_equal (rig_last (rig)->n_pages, 2);
  rig_finish (rig);
  assert_non_null (rig->document);
  assert_int_equal (rig->document->n_pages, 2);
}

static void
lives_with_drivers_that_are_only_odd (void **state)
{
  static const char *const ways[] = { "has odd options", "does not know its length", "crashes when closed",
                                      "hangs when closed" };
  Rig *rig = *state;

  rig_open_fake (rig, "works", &rig_limits);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    rig_go (rig, ways[i]);
    rig_take (rig);
    if (rig_last (rig)->state != PV_CAPTURE_PAGE)
      fail_msg ("%s: trouble %d", ways[i], (int) rig_last (rig)->trouble);
  }
}

static void
a_driver_that_hangs_is_ended (void **state)
{
  static const PvScanLimits rows[] = {
    { PV_SCAN_PAGE_MS, SHORT_MS, PV_SCAN_LOOK_MS, PV_SCAN_JOIN_MS }, /* no line comes */
    { 2 * SHORT_MS, PV_SCAN_SILENT_MS, PV_SCAN_LOOK_MS, PV_SCAN_JOIN_MS },
  };
  Rig *rig = *state;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gint64 start;

    rig_open_fake (rig, "hangs", &rows[i]);
    rig_expect_state (rig, PV_CAPTURE_READY);
    start = g_get_monotonic_time ();
    rig_take (rig);
    rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_BROKEN);
    assert_true (g_get_monotonic_time () - start >= SHORT_MS * G_TIME_SPAN_MILLISECOND);
    assert_true (g_get_monotonic_time () - start < PV_SCAN_SILENT_MS * G_TIME_SPAN_MILLISECOND);
  }
}

static void
a_driver_that_hangs_when_opened_is_ended (void **state)
{
  static const PvScanLimits short_look = { PV_SCAN_PAGE_MS, PV_SCAN_SILENT_MS, SHORT_MS, PV_SCAN_JOIN_MS };
  Rig *rig = *state;

  rig_open_fake (rig, "hangs when opened", &short_look);
  rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_BROKEN);
}

/* The tear-down looks for what is left. */
static void
leaving_in_mid_scan_ends_the_child (void **state)
{
  Rig *rig = *state;

  rig_open_fake (rig, "hangs", &rig_limits);
  rig->n_pictures = 0;
  rig->is_settled = FALSE;
  pv_scan_take_page (rig->scan);
  rig_wait_picture (rig);
  rig_close (rig);
  rig_open (rig, "auto");
  rig_close (rig);
}

/* --- When our own process ends without a word --- */

static void
tell_picture_cb (PvDecoded *picture, gpointer user_data)
{
  (void) user_data;
  pv_decoded_free (picture);
  g_print ("scanning\n");
}

static void
take_when_ready_cb (const PvCaptureReport *report, gpointer user_data)
{
  PvScan **scan = user_data;

  if (report->state == PV_CAPTURE_READY)
    pv_scan_take_page (*scan);
}

/* What this program does with an argument: it is killed meanwhile. */
G_NORETURN static void
scan_for_ever (const char *program)
{
  static const PvScanEvents events = { take_when_ready_cb, tell_picture_cb, NULL };
  g_autoptr (PvCaptureRules) rules = pv_capture_rules_new ("piece");
  PvScan *scan = NULL;

  scan = pv_scan_open (program, "auto", rules, &events, &scan);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_alive (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "stat", NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, ") Z ") == NULL;
}

static void
the_child_ends_with_our_process (void **state)
{
  Rig *rig = *state;
  g_autofree char *program = rig_write_program (rig);
  const char *const arguments[] = { "/proc/self/exe", program, NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *path = NULL;
  g_autofree char *child = NULL;
  gint64 end = g_get_monotonic_time () + RIG_PATIENCE_MS * G_TIME_SPAN_MILLISECOND;
  char line[9];

  rig_go (rig, "hangs");
  process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  assert_non_null (process);
  assert_true (g_input_stream_read_all (g_subprocess_get_stdout_pipe (process), line, sizeof line, NULL, NULL, NULL));
  path = g_strdup_printf ("/proc/%s/task/%s/children", g_subprocess_get_identifier (process),
                          g_subprocess_get_identifier (process));
  assert_true (g_file_get_contents (path, &child, NULL, NULL));
  g_strstrip (child);
  assert_true (is_alive (child));
  g_subprocess_force_exit (process);
  while (is_alive (child) && g_get_monotonic_time () < end)
    g_usleep (1000);
  assert_false (is_alive (child));
  g_subprocess_wait (process, NULL, NULL);
}

static void
tells_of_a_program_that_is_not_there (void **state)
{
  Rig *rig = *state;

  rig_open_within (rig, "/nonexistent/parvis-decode", "auto", &rig_limits);
  rig_wait (rig);
  rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_BROKEN);
}

/* Whatever a child tells: scripts stand in for it. */
static void
does_not_believe_the_child (void **state)
{
  static const char *const rows[] = {
    "exit 0",
    "exit 33; #",                        /* below */
    "printf 'test:0' >&4",               /* without facts */
    "printf '\\063\\106\\166\\120' >&4", /* a magic alone */
    "kill -SEGV $$",
    "exit 100",
    "exit 32",
  };
  Rig *rig = *state;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *script = g_strconcat ("#!/bin/sh\n", rows[i], "\n", NULL);
    g_autofree char *path = g_build_filename (rig->folder, "program", NULL);

    rig_write (rig, "program", script);
    rig_open_within (rig, path, "auto", &rig_limits);
    rig_wait (rig);
    rig_expect_trouble (rig, i == 1 ? PV_CAPTURE_TROUBLE_NO_SCANNER : PV_CAPTURE_TROUBLE_BROKEN);
  }
}

static void
gives_the_child_nothing_of_ours (void **state)
{
  Rig *rig = *state;
  g_autofree char *path = g_build_filename (rig->folder, "program", NULL);

  /* One variable; descriptors 0 to 4. Exit status 34 is BUSY. */
  rig_write (rig, "program",
             "#!/bin/sh\nfor fd in 5 6 7 8 9; do [ -e /proc/self/fd/$fd ] && exit 1; done\n"
             "[ \"$(/usr/bin/env | /bin/grep -vE '^(PWD|_|OLDPWD|SHLVL)=')\" = \"SANE_CONFIG_DIR=$SANE_CONFIG_DIR\" ]"
             " && exit 34\nexit 1\n");
  g_setenv ("PV_TEST_SECRET", "x", TRUE);
  rig_open_within (rig, path, "auto", &rig_limits);
  rig_wait (rig);
  g_unsetenv ("PV_TEST_SECRET");
  rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_BUSY);
}

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (tells_what_sane_tells, rig_set_up, rig_tear_down),
    cmocka_unit_test_setup_teardown (tells_that_there_is_no_scanner, rig_set_up, rig_tear_down),
    cmocka_unit_test_setup_teardown (a_driver_that_goes_wrong_costs_one_page, rig_set_up, rig_tear_down),
    cmocka_unit_test_setup_teardown (lives_with_drivers_that_are_only_odd, rig_set_up, rig_tear_down),
    cmocka_unit_test_setup_teardown (a_driver_that_hangs_is_ended, rig_set_up, rig_tear_down),
    cmocka_unit_test_setup_teardown (a_driver_that_hangs_when_opened_is_ended, rig_set_up, rig_tear_down),
    cmocka_unit_test_setup_teardown (leaving_in_mid_scan_ends_the_child, rig_set_up, rig_tear_down),
    cmocka_unit_test_setup_teardown (the_child_ends_with_our_process, rig_set_up, rig_tear_down),
    cmocka_unit_test_setup_teardown (tells_of_a_program_that_is_not_there, rig_set_up, rig_tear_down),
    cmocka_unit_test_setup_teardown (does_not_believe_the_child, rig_set_up, rig_tear_down),
    cmocka_unit_test_setup_teardown (gives_the_child_nothing_of_ours, rig_set_up, rig_tear_down),
  };

  tst_init ();
  if (argc > 1)
    scan_for_ever (argv[1]);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
