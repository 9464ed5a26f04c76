/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/activity.h"

#include <glib/gstdio.h>
#include <string.h>

#define FILE_NAME "activity.csv"
#include "file-in-folder.h"

#define HEADER "date,time,minutes,place,kiosk,themes,autonomy,redirected_to,age_band,used_hand\r\n"
#define FIRST  "2026-11-23,14:32:00,12,remote,Borne 1,papers housing,partly,counter,60-,yes\r\n"

enum { NOW = 1795440720 /* 23 November 2026, 14:32 in Paris */, HOUR = 3600 };

static PvActivity *
open_file (void)
{
  g_autoptr (GError) error = NULL;
  PvActivity *activity = pv_activity_open (path, &error);

  if (activity == NULL)
    fail_msg ("%s", error->message);
  return activity;
}

static void
write_file (const char *text)
{
  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
expect_file (const char *text)
{
  g_autofree char *found = NULL;

  assert_true (g_file_get_contents (path, &found, NULL, NULL));
  assert_string_equal (found, text);
}

static PvActivityLine
make_line (gint64 began_utc)
{
  static char *themes[] = { (char *) "papers", (char *) "housing", NULL };

  return (PvActivityLine){
    .began_utc = began_utc,
    .minutes = 12,
    .kiosk = (char *) "Borne 1",
    .place = PV_PLACE_REMOTE,
    .themes = themes,
    .autonomy = PV_AUTONOMY_PARTLY,
    .redirected_to = (char *) "counter",
    .age_band = (char *) "60-",
    .used_hand = TRUE,
  };
}

static void
writes_a_line_and_reads_it_again (void **state)
{
  PvActivityLine line = make_line (NOW);
  const PvActivityLine *again;

  (void) state;
  {
    g_autoptr (PvActivity) activity = open_file ();

    assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    assert_int_equal (pv_activity_add (activity, &line), 0);
    expect_file (HEADER FIRST);
  }
  {
    g_autoptr (PvActivity) activity = open_file ();

    assert_int_equal (pv_activity_get_today (activity, NOW + HOUR)->len, 1);
    again = pv_activity_get_today (activity, NOW + HOUR)->pdata[0];
    assert_true (again->began_utc == NOW);
    assert_int_equal (again->minutes, 12);
    assert_string_equal (again->kiosk, "Borne 1");
    assert_int_equal (again->place, PV_PLACE_REMOTE);
    assert_string_equal (again->themes[1], "housing");
    assert_null (again->themes[2]);
    assert_int_equal (again->autonomy, PV_AUTONOMY_PARTLY);
    assert_string_equal (again->redirected_to, "counter");
    assert_string_equal (again->age_band, "60-");
    assert_true (again->used_hand);
  }
}

static void
quotes_what_would_break_a_line (void **state)
{
  g_autoptr (PvActivity) activity = open_file ();
  PvActivityLine line = make_line (NOW);
  const PvActivityLine *again;

  (void) state;
  line.kiosk = (char *) "Borne, \"hall\"\nbas";
  pv_activity_add (activity, &line);
  expect_file (HEADER
               "2026-11-23,14:32:00,12,remote,\"Borne, \"\"hall\"\"\nbas\",papers housing,partly,counter,60-,yes\r\n");
  g_clear_pointer (&activity, pv_activity_free);
  activity = open_file ();
  again = pv_activity_get_today (activity, NOW)->pdata[0];
  assert_string_equal (again->kiosk, line.kiosk);
}

static void
a_name_is_no_formula (void **state)
{
  static const char *const names[] = { "=1+1", "+33", "-1", "@a", "'b" };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (PvActivity) activity = open_file ();
    PvActivityLine line = make_line (NOW);
    g_autofree char *text = NULL, *cell = g_strdup_printf (",'%s,", names[i]);

    line.kiosk = (char *) names[i];
    pv_activity_add (activity, &line);
    assert_true (g_file_get_contents (path, &text, NULL, NULL));
    assert_non_null (strstr (text, cell));
    g_clear_pointer (&activity, pv_activity_free);
    activity = open_file ();
    assert_string_equal (((const PvActivityLine *) pv_activity_get_today (activity, NOW)->pdata[0])->kiosk, names[i]);
    g_remove (path);
  }
}

static void
lists_today_only_and_the_oldest_first (void **state)
{
  g_autoptr (PvActivity) activity = pv_activity_open (NULL, NULL);
  PvActivityLine late = make_line (NOW + HOUR), early = make_line (NOW - HOUR), before = make_line (NOW - 24 * HOUR);
  const GPtrArray *today;

  (void) state;
  pv_activity_add (activity, &before);
  assert_int_equal (pv_activity_add (activity, &late), 0);
  assert_int_equal (pv_activity_add (activity, &early), 0);
  today = pv_activity_get_today (activity, NOW);
  assert_int_equal (today->len, 2);
  assert_true (((const PvActivityLine *) today->pdata[0])->began_utc == early.began_utc);
  assert_int_equal (pv_activity_get_today (activity, NOW + 24 * HOUR)->len, 0);
}

/* What stands around a line that is corrected, each byte of it. */
#define BEFORE   "2026-11-20,09:00,5,home,\"B\"\"x\",,helped,,,no\n"
#define NONSENSE "somebody wrote, \"this\r\n"
#define AFTER    "2026-11-23,16:00:00,3,work,Borne 2,,autonomous,,,no"

static void
corrects_a_line_and_keeps_the_others_byte_by_byte (void **state)
{
  g_autoptr (PvActivity) activity = NULL;
  PvActivityLine line = make_line (NOW);

  (void) state;
  write_file (HEADER BEFORE FIRST "\r\n2026-13-40,1:1:1,x\n" AFTER);
  activity = open_file ();
  assert_int_equal (pv_activity_get_today (activity, NOW)->len, 2);
  line.minutes = 20;
  line.redirected_to = NULL;
  line.place = PV_PLACE_WORK;
  assert_true (pv_activity_replace (activity, 0, &line, NULL));
  expect_file (HEADER BEFORE "2026-11-23,14:32:00,20,work,Borne 1,papers housing,partly,,60-,yes\r\n"
                             "\r\n2026-13-40,1:1:1,x\n" AFTER);
  assert_false (pv_activity_replace (activity, 2, &line, NULL));
}

static void
a_quote_without_its_other_loses_nothing (void **state)
{
  g_autoptr (PvActivity) activity = NULL;
  PvActivityLine line = make_line (NOW);

  (void) state;
  write_file (HEADER NONSENSE FIRST);
  activity = open_file ();
  assert_int_equal (pv_activity_get_today (activity, NOW)->len, 1);
  line.minutes = 1;
  assert_true (pv_activity_replace (activity, 0, &line, NULL));
  expect_file (HEADER NONSENSE "2026-11-23,14:32:00,1,remote,Borne 1,papers housing,partly,counter,60-,yes\r\n");
}

static void
reads_what_a_spreadsheet_made_of_it (void **state)
{
  static const char *const files[] = {
    /* semicolons, French dates, no seconds, a byte order mark, columns in another order and one of somebody's own */
    "\357\273\277minutes;date;time;remark;place;kiosk;themes;autonomy;used_hand\n"
    "12;23/11/2026;14:32;à voir;remote;Borne 1;papers housing;partly;yes\n",
    "date\ttime\tminutes\tplace\tkiosk\tthemes\tautonomy\tused_hand\r\n"
    "2026-11-23\t14:32:00\t12\tREMOTE\tBorne 1\tpapers,housing\tPartly\tYES\r\n",
    "\"Date\",\"Time\",\"Minutes\",\"place\",\"kiosk\",\"themes\",\"autonomy\",\"used_hand\"\n"
    "\"2026-11-23\",\"14:32\",\"12\",\"remote\",\"Borne 1\",\"papers; housing; papers; unknown\",\"partly\",\"yes\"\n",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (PvActivity) activity = NULL;
    const PvActivityLine *line;

    write_file (files[i]);
    activity = open_file ();
    if (pv_activity_get_today (activity, NOW)->len != 1)
      fail_msg ("file %zu", i);
    line = pv_activity_get_today (activity, NOW)->pdata[0];
    assert_true (line->began_utc == NOW);
    assert_int_equal (line->minutes, 12);
    assert_int_equal (line->place, PV_PLACE_REMOTE);
    assert_string_equal (line->kiosk, "Borne 1");
    assert_int_equal (g_strv_length (line->themes), 2);
    assert_int_equal (line->autonomy, PV_AUTONOMY_PARTLY);
    assert_true (line->used_hand);
  }
}

static void
writes_as_the_file_is_laid_out (void **state)
{
  g_autoptr (PvActivity) activity = NULL;
  PvActivityLine line = make_line (NOW), second = make_line (NOW + HOUR);

  (void) state;
  write_file ("minutes;date;time;remark\n5;23/11/2026;14:32;\"a;b\"\n");
  activity = open_file ();
  assert_int_equal (pv_activity_get_today (activity, NOW)->len, 1);
  assert_true (pv_activity_replace (activity, 0, &line, NULL));
  assert_int_equal (pv_activity_add (activity, &second), 1);
  expect_file ("minutes;date;time;remark\n12;2026-11-23;14:32:00;\"a;b\"\r\n12;2026-11-23;15:32:00;\r\n");
}

static void
takes_in_what_was_saved_meanwhile (void **state)
{
  g_autoptr (PvActivity) activity = open_file ();
  PvActivityLine line = make_line (NOW), second = make_line (NOW + HOUR);

  (void) state;
  pv_activity_add (activity, &line);
  write_file (HEADER BEFORE "2026-11-23,14:32:00,7,remote,Borne 1,taxes,partly,,,yes\r\n");
  pv_activity_add (activity, &second);
  assert_int_equal (pv_activity_get_today (activity, NOW)->len, 2);
  assert_int_equal (((const PvActivityLine *) pv_activity_get_today (activity, NOW)->pdata[0])->minutes, 7);
  expect_file (HEADER BEFORE "2026-11-23,14:32:00,7,remote,Borne 1,taxes,partly,,,yes\r\n"
                             "2026-11-23,15:32:00,12,remote,Borne 1,papers housing,partly,counter,60-,yes\r\n");
  /* A line that is gone there is not corrected here. */
  write_file (HEADER BEFORE);
  assert_false (pv_activity_replace (activity, 0, &line, NULL));
  expect_file (HEADER BEFORE);
}

static void
never_writes_over_what_it_does_not_know (void **state)
{
  g_autoptr (PvActivity) activity = open_file ();
  g_autoptr (GError) error = NULL;
  PvActivityLine line = make_line (NOW);

  (void) state;
  write_file ("letters of mine\n");
  assert_null (pv_activity_open (path, &error));
  assert_true (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_INVAL));
  assert_int_equal (pv_activity_add (activity, &line), 0);
  expect_file ("letters of mine\n");
  /* It is written as soon as it can be. */
  g_remove (path);
  line.began_utc += HOUR;
  assert_int_equal (pv_activity_add (activity, &line), 1);
  expect_file (HEADER FIRST "2026-11-23,15:32:00,12,remote,Borne 1,papers housing,partly,counter,60-,yes\r\n");
}

static void
keeps_lines_that_cannot_be_read (void **state)
{
  static const char *const lines[] = {
    "\r\n",
    "2026-11-23,14:32:00,x,remote,Borne 1,,partly,,,no\r\n",
    "2026-11-31,14:32:00,1,remote,Borne 1,,partly,,,no\r\n",
    "2026-11-23,25:32:00,1,remote,Borne 1,,partly,,,no\r\n",
    "2026-11-23,14:32:00,1,moon,Borne 1,,partly,,,no\r\n",
    "2026-11-23,14:32:00,1441,remote,Borne 1,,partly,,,no\r\n",
    "2026-11-23,14:32:00,-1,remote,Borne 1,,partly,,,no\r\n",
  };
  g_autoptr (GString) text = g_string_new (HEADER);
  g_autoptr (PvActivity) activity = NULL;
  PvActivityLine line = make_line (NOW);
  g_autofree char *found = NULL;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    g_string_append (text, lines[i]);
  write_file (text->str);
  activity = open_file ();
  assert_int_equal (pv_activity_get_today (activity, NOW)->len, 0);
  pv_activity_add (activity, &line);
  g_string_append (text, FIRST);
  assert_true (g_file_get_contents (path, &found, NULL, NULL));
  assert_string_equal (found, text->str);
}

static void
an_old_encoding_is_read_and_kept (void **state)
{
  g_autoptr (PvActivity) activity = NULL;
  PvActivityLine line = make_line (NOW + HOUR);
  g_autofree char *found = NULL;

  (void) state;
  write_file (HEADER "2026-11-23,14:32:00,12,remote,Borne \xe9,,partly,,,no\r\n");
  activity = open_file ();
  assert_string_equal (((const PvActivityLine *) pv_activity_get_today (activity, NOW)->pdata[0])->kiosk, "Borne é");
  pv_activity_add (activity, &line);
  assert_true (g_file_get_contents (path, &found, NULL, NULL));
  assert_non_null (strstr (found, "Borne \xe9,"));
}

static void
there_are_31_themes_with_words (void **state)
{
  const char *const *themes = pv_activity_themes ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  (void) state;
  assert_int_equal (g_strv_length ((char **) themes), 31);
  for (guint i = 0; themes[i] != NULL; i++) {
    assert_true (g_hash_table_add (seen, (gpointer) themes[i]));
    assert_true (g_hash_table_add (seen, (gpointer) pv_activity_theme_label (themes[i])));
    assert_int_equal (strspn (themes[i], "abcdefghijklmnopqrstuvwxyz-"), strlen (themes[i]));
  }
  assert_string_equal (pv_activity_theme_label ("unknown"), "unknown");
}

int
main (void)
{
#define T(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    T (writes_a_line_and_reads_it_again),
    T (quotes_what_would_break_a_line),
    T (a_name_is_no_formula),
    T (lists_today_only_and_the_oldest_first),
    T (corrects_a_line_and_keeps_the_others_byte_by_byte),
    T (a_quote_without_its_other_loses_nothing),
    T (reads_what_a_spreadsheet_made_of_it),
    T (writes_as_the_file_is_laid_out),
    T (takes_in_what_was_saved_meanwhile),
    T (never_writes_over_what_it_does_not_know),
    T (keeps_lines_that_cannot_be_read),
    T (an_old_encoding_is_read_and_kept),
    T (there_are_31_themes_with_words),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
