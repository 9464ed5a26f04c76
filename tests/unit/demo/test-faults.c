/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "demo/faults.h"

static gboolean
set (PvDemoFaults *faults, const char *text)
{
  g_autoptr (PvJson) json = pv_json_parse (text, strlen (text), NULL);

  assert_non_null (json);
  return pv_demo_faults_set (faults, json, NULL);
}

static gboolean
has (PvDemoFaults *faults, const char *call, PvDemoFaultKind kind)
{
  g_autoptr (PvDemoTrouble) trouble = pv_demo_faults_take (faults, call);

  return trouble->has[kind];
}

static void
applies_to_its_call_as_often_as_told (void **state)
{
  g_autoptr (PvDemoFaults) faults = pv_demo_faults_new ();

  (void) state;
  assert_true (set (faults, "{\"faults\": [{\"kind\": \"cut\", \"on\": \"submit\", \"times\": 2}]}"));
  assert_false (has (faults, "list", PV_DEMO_FAULT_CUT));
  assert_true (has (faults, "submit", PV_DEMO_FAULT_CUT));
  assert_true (has (faults, "submit", PV_DEMO_FAULT_CUT));
  assert_false (has (faults, "submit", PV_DEMO_FAULT_CUT));
}

static void
applies_always_to_any_call_by_default (void **state)
{
  g_autoptr (PvDemoFaults) faults = pv_demo_faults_new ();

  (void) state;
  assert_true (set (faults, "{\"faults\": [{\"kind\": \"rubbish\"}]}"));
  for (guint i = 0; i < 5; i++)
    assert_true (has (faults, i % 2 == 0 ? "list" : "other", PV_DEMO_FAULT_RUBBISH));
  assert_true (set (faults, "{\"faults\": []}"));
  assert_false (has (faults, "list", PV_DEMO_FAULT_RUBBISH));
}

static void
carries_its_details (void **state)
{
  g_autoptr (PvDemoFaults) faults = pv_demo_faults_new ();
  g_autoptr (PvDemoTrouble) trouble = NULL;

  (void) state;
  assert_true (set (faults,
                    "{\"faults\": [{\"kind\": \"delay\", \"seconds\": 7}, {\"kind\": \"clock\", \"seconds\": -90},"
                    "{\"kind\": \"form-deleted\", \"slug\": \"a\"},"
                    "{\"kind\": \"refuse\", \"status\": 200, \"code\": \"c\", \"desc\": \"d\"}]}"));
  trouble = pv_demo_faults_take (faults, "schema");
  assert_int_equal (trouble->delay_s, 7);
  assert_int_equal (pv_demo_faults_get_clock_s (faults), -90);
  assert_string_equal (trouble->slug, "a");
  assert_int_equal (trouble->status, 200);
  assert_string_equal (trouble->code, "c");
  assert_string_equal (trouble->desc, "d");
}

static void
refuses_what_is_no_fault_and_keeps_the_old_ones (void **state)
{
  static const char *const texts[] = {
    "{}",
    "[]",
    "{\"faults\": [{\"kind\": \"explode\"}]}",
    "{\"faults\": [{\"kind\": \"cut\", \"on\": \"nothing\"}]}",
    "{\"faults\": [{\"kind\": \"form-deleted\"}]}",
    "{\"faults\": [{\"kind\": \"delay\", \"seconds\": \"7\"}]}",
    "{\"faults\": [{\"kind\": \"delay\", \"seconds\": 99999999}]}",
  };
  g_autoptr (PvDemoFaults) faults = pv_demo_faults_new ();

  (void) state;
  assert_true (set (faults, "{\"faults\": [{\"kind\": \"cut\"}]}"));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_false (set (faults, texts[i]));
  assert_true (has (faults, "list", PV_DEMO_FAULT_CUT));
}

static void
reads_the_word_of_a_command_line (void **state)
{
  static const struct {
    const char *word;
    gboolean is_right;
  } rows[] = {
    { "drop-after-store:submit:1", TRUE },
    { "delay:submit:0:30", TRUE },
    { "clock:any:0:-120", TRUE },
    { "form-disabled:submit:0:encombrants", TRUE },
    { "rubbish", TRUE },
    { "rubbish::1", TRUE },
    { "", FALSE },
    { "nothing", FALSE },
    { "delay:submit:x", FALSE },
    { "delay:submit:1:x", FALSE },
    { "form-disabled", FALSE },
  };
  g_autoptr (PvDemoFaults) faults = pv_demo_faults_new ();
  g_autofree char *json = NULL;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_int_equal (pv_demo_faults_add_word (faults, rows[i].word, NULL), rows[i].is_right);
  json = pv_demo_faults_to_json (faults);
  assert_true (set (faults, json));
  assert_int_equal (pv_demo_faults_get_clock_s (faults), -120);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (applies_to_its_call_as_often_as_told),
    cmocka_unit_test (applies_always_to_any_call_by_default),
    cmocka_unit_test (carries_its_details),
    cmocka_unit_test (refuses_what_is_no_fault_and_keeps_the_old_ones),
    cmocka_unit_test (reads_the_word_of_a_command_line),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
