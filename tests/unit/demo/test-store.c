/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <glib/gstdio.h>

#include "demo/store.h"

typedef struct Fixture {
  char *folder;
  PvDemoStore *store;
} Fixture;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("pv-demo-XXXXXX", NULL);
  fixture->store = pv_demo_store_open (fixture->folder, NULL);
  *state = fixture;
  return fixture->store == NULL;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->folder, "portal.sqlite", NULL);

  pv_demo_store_close (fixture->store);
  g_remove (path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture);
  return 0;
}

static PvDemoFiling *
add (PvDemoStore *store, const char *slug, const char *ref, gboolean is_draft)
{
  g_autoptr (GError) error = NULL;
  PvDemoFiling *filing = pv_demo_filing_new (slug, "18");

  filing->is_draft = is_draft;
  filing->received_us = filing->updated_us = 1000;
  filing->status = g_strdup ("recu");
  filing->fields = g_strdup_printf ("{\"parvis_ref\":\"%s\",\"prenom\":\"Maëlys\"}", ref);
  assert_true (pv_demo_store_add (store, filing, TRUE, &error));
  assert_null (error);
  return filing;
}

static void
counts_for_each_form (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvDemoFiling) first = add (fixture->store, "a", "R1", FALSE);
  g_autoptr (PvDemoFiling) other = add (fixture->store, "b", "R2", FALSE);
  g_autoptr (PvDemoFiling) second = add (fixture->store, "a", "R3", FALSE);
  g_autofree char *number = pv_demo_filing_dup_number (second);

  assert_int_equal (first->id, 1);
  assert_int_equal (other->id, 1);
  assert_int_equal (second->id, 2);
  assert_string_equal (number, "18-2");
}

static void
makes_codes_of_the_twenty_letters (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvDemoFiling) filing = add (fixture->store, "a", "R1", FALSE);
  g_autofree char *small = g_ascii_strdown (filing->tracking_code, -1);
  g_autoptr (PvDemoFiling) found = pv_demo_store_find_code (fixture->store, small);

  assert_int_equal (strlen (filing->tracking_code), PV_DEMO_CODE_LENGTH);
  assert_int_equal (strspn (filing->tracking_code, "BCDFGHJKLMNPQRSTVWXZ"), PV_DEMO_CODE_LENGTH);
  assert_non_null (found);
  assert_string_equal (found->uuid, filing->uuid);
  assert_null (pv_demo_store_find_code (fixture->store, "BBBBBBB"));
}

static void
finds_by_the_value_of_a_field (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvDemoFiling) wanted = add (fixture->store, "a", "R1", FALSE);
  g_autoptr (PvDemoFiling) other = add (fixture->store, "a", "R2", FALSE);
  g_autoptr (PvDemoFiling) draft = add (fixture->store, "a", "R1", TRUE);
  g_autoptr (GPtrArray) found = pv_demo_store_list (fixture->store, "a", "parvis_ref", "R1", FALSE, 10, 0);
  g_autoptr (GPtrArray) none = pv_demo_store_list (fixture->store, "a", "parvis_ref", "R9", FALSE, 10, 0);
  g_autoptr (GPtrArray) hostile = pv_demo_store_list (fixture->store, "a", "x\" = 1 --", "R1", FALSE, 10, 0);
  g_autoptr (GPtrArray) all = pv_demo_store_list (fixture->store, NULL, NULL, NULL, TRUE, 2, 1);

  assert_true (draft->is_draft);
  assert_int_equal (found->len, 1);
  assert_int_equal (((PvDemoFiling *) found->pdata[0])->id, wanted->id);
  assert_int_equal (none->len, 0);
  assert_int_equal (hostile->len, 0);
  assert_int_equal (all->len, 2);
  assert_int_equal (((PvDemoFiling *) all->pdata[0])->id, other->id);
}

static void
keeps_everything_over_a_restart (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvDemoFiling) filing = add (fixture->store, "a", "R1", FALSE);
  g_autoptr (PvDemoFiling) newest = NULL;

  assert_true (pv_demo_store_set_status (fixture->store, "a", filing->id, "piece", "Un justificatif", 2000));
  assert_false (pv_demo_store_set_status (fixture->store, "a", 99, "piece", NULL, 2000));
  pv_demo_store_close (fixture->store);
  fixture->store = pv_demo_store_open (fixture->folder, NULL);
  newest = pv_demo_store_get_newest (fixture->store);
  assert_non_null (newest);
  assert_string_equal (newest->fields, filing->fields);
  assert_string_equal (newest->context, "{}");
  assert_string_equal (newest->tracking_code, filing->tracking_code);
  assert_string_equal (newest->status, "piece");
  assert_string_equal (newest->expected, "Un justificatif");
  assert_int_equal (newest->received_us, 1000);
  assert_int_equal (newest->updated_us, 2000);
}

static void
says_when_the_folder_is_missing (void **state)
{
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_null (pv_demo_store_open ("/nonexistent/folder", &error));
  assert_true (g_error_matches (error, PV_DEMO_STORE_ERROR, PV_DEMO_STORE_ERROR_FAILED));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (counts_for_each_form, set_up, tear_down),
    cmocka_unit_test_setup_teardown (makes_codes_of_the_twenty_letters, set_up, tear_down),
    cmocka_unit_test_setup_teardown (finds_by_the_value_of_a_field, set_up, tear_down),
    cmocka_unit_test_setup_teardown (keeps_everything_over_a_restart, set_up, tear_down),
    cmocka_unit_test (says_when_the_folder_is_missing),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
