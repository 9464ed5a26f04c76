/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session's card reader as a process of its own: started, told, ended, and what happens when it ends by itself. */

#include "tst.h"

#include <string.h>

#include "kiosk/session/card-link.h"

enum { WAIT_MS = 20000, QUIET_MS = 200 };

typedef struct {
  char *folder;
  GString *told; /* a word for each report */
  const char *wanted;
  gboolean is_there; /* the wanted word was told */
  PvCardLink *link;
} Fixture;

static void
report_cb (const PvCardReport *report, gpointer user_data)
{
  Fixture *fixture = user_data;
  const char *name = report->identity != NULL          ? report->identity->texts[PV_IDENTITY_SURNAME]
                     : report->state == PV_CARD_FAILED ? pv_card_trouble_name (report->trouble)
                                                       : pv_card_state_name (report->state);

  g_string_append_printf (fixture->told, "%s ", name);
  fixture->is_there |= fixture->wanted != NULL && g_str_equal (fixture->wanted, name);
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("pv-card-link-XXXXXX", NULL);
  fixture->told = g_string_new (NULL);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_card_link_free (fixture->link);
  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_string_free (fixture->told, TRUE);
  g_free (fixture);
  return 0;
}

static void
start (Fixture *fixture, const char *manners)
{
  g_autofree char *path = g_build_filename (fixture->folder, "manners", NULL);

  assert_true (g_file_set_contents (path, manners, -1, NULL));
  fixture->link = pv_card_link_new (g_getenv ("PV_FAKE_CARD_PROGRAM"), fixture->folder, report_cb, fixture);
  pv_card_link_watch (fixture->link);
}

static void
wait_for (Fixture *fixture, const char *word)
{
  fixture->wanted = word;
  fixture->is_there = FALSE;
  if (!tst_pump_until (NULL, &fixture->is_there, WAIT_MS))
    fail_msg ("no \"%s\" after: %s", word, fixture->told->str);
}

/* Nothing more is told. */
static void
assert_quiet (Fixture *fixture)
{
  gboolean never = FALSE;
  gsize before = fixture->told->len;

  tst_pump_until (NULL, &never, QUIET_MS);
  assert_int_equal (fixture->told->len, before);
}

static gsize
count_starts (const Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "starts", NULL);
  g_autofree char *starts = NULL;

  return g_file_get_contents (path, &starts, NULL, NULL) ? strlen (starts) : 0;
}

static void
digits_and_lines_go_out_and_what_was_read_comes_back (void **state)
{
  Fixture *fixture = *state;

  start (fixture, "read");
  wait_for (fixture, "waiting");
  pv_card_link_read (fixture->link, "481516");
  wait_for (fixture, "481516");
  assert_string_equal (fixture->told->str, "waiting opening reading 481516 ");
  pv_card_link_read (fixture->link, "IDFRA\nSECOND");
  wait_for (fixture, "IDFRA\nSECOND");
  pv_card_link_watch (fixture->link); /* forgets the code, in the same process */
  wait_for (fixture, "waiting");
  assert_int_equal (count_starts (fixture), 1);
}

static void
nothing_is_told_after_the_stop (void **state)
{
  Fixture *fixture = *state;

  start (fixture, "read");
  wait_for (fixture, "waiting");
  pv_card_link_read (fixture->link, "481516");
  pv_card_link_stop (fixture->link);
  assert_quiet (fixture);
  pv_card_link_read (fixture->link, "481516"); /* to nobody */
  assert_quiet (fixture);
  pv_card_link_watch (fixture->link);
  wait_for (fixture, "waiting");
  assert_int_equal (count_starts (fixture), 2);
}

static void
a_reader_that_crashes_is_started_once_more (void **state)
{
  Fixture *fixture = *state;

  start (fixture, "crash-first");
  wait_for (fixture, "waiting");
  pv_card_link_read (fixture->link, "481516");
  wait_for (fixture, "reader"); /* the trouble: whoever typed the code types it again, or the journey does */
  wait_for (fixture, "waiting");
  pv_card_link_read (fixture->link, "481516");
  wait_for (fixture, "481516");
  assert_int_equal (count_starts (fixture), 2);
}

static void
one_that_crashes_again_is_none (void **state)
{
  Fixture *fixture = *state;

  start (fixture, "crash");
  wait_for (fixture, "waiting");
  pv_card_link_read (fixture->link, "481516");
  wait_for (fixture, "waiting");
  pv_card_link_read (fixture->link, "481516");
  wait_for (fixture, "no-reader");
  assert_quiet (fixture);
  assert_int_equal (count_starts (fixture), 2);
}

static void
one_that_ends_at_once_is_none (void **state)
{
  Fixture *fixture = *state;

  start (fixture, "gone");
  wait_for (fixture, "no-reader");
  assert_int_equal (count_starts (fixture), 2);
}

static void
without_the_program_there_is_no_reader (void **state)
{
  static const char *const programs[] = { NULL, "/nonexistent/parvis-card" };

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++) {
    Fixture *fixture;

    tear_down (state);
    set_up (state);
    fixture = *state;
    fixture->link = pv_card_link_new (programs[i], fixture->folder, report_cb, fixture);
    pv_card_link_watch (fixture->link);
    assert_int_equal (fixture->told->len, 0); /* not from within the call */
    wait_for (fixture, "no-reader");
  }
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (digits_and_lines_go_out_and_what_was_read_comes_back),
    T (nothing_is_told_after_the_stop),
    T (a_reader_that_crashes_is_started_once_more),
    T (one_that_crashes_again_is_none),
    T (one_that_ends_at_once_is_none),
    T (without_the_program_there_is_no_reader),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
