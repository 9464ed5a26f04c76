/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/outcome.h"

static void
an_outcome_survives_the_wire (void **state)
{
  g_autoptr (PvOutcome) outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, "BCDFGHJKLM");
  g_autoptr (PvOutcome) back = NULL;
  g_autoptr (GVariant) variant = NULL;

  (void) state;
  outcome->number = g_strdup ("18-2047");
  outcome->received_us = 1234567890;
  variant = g_variant_ref_sink (pv_outcome_to_variant (outcome));
  back = pv_outcome_from_variant (variant);
  assert_non_null (back);
  assert_int_equal (back->kind, PV_OUTCOME_RECEIVED);
  assert_string_equal (back->ref, "BCDFGHJKLM");
  assert_string_equal (back->number, "18-2047");
  assert_null (back->tracking_code);
  assert_int_equal (back->received_us, 1234567890);
}

static void
an_unknown_kind_of_outcome_is_refused (void **state)
{
  g_autoptr (GVariant) variant =
    g_variant_ref_sink (g_variant_new ("(ysmsmsxms)", 9, "BCDFGHJKLM", NULL, NULL, (gint64) 0, NULL));

  (void) state;
  assert_null (pv_outcome_from_variant (variant));
}

static void
a_reference_uses_every_letter_alike (void **state)
{
  guint8 random[PV_REF_LENGTH];
  guint counts[256] = { 0 };

  (void) state;
  for (guint byte = 0; byte < 240; byte++) {
    g_autofree char *ref = NULL;

    for (guint i = 0; i < G_N_ELEMENTS (random); i++)
      random[i] = (guint8) byte;
    ref = pv_ref_from_random (random, sizeof random);
    assert_true (pv_ref_is_valid (ref));
    counts[(guchar) ref[0]]++;
  }
  for (const char *letter = "BCDFGHJKLMNPQRSTVWXZ"; *letter != '\0'; letter++)
    assert_int_equal (counts[(guchar) *letter], 12);
}

static void
a_reference_needs_enough_fair_bytes (void **state)
{
  guint8 random[PV_REF_LENGTH + 1] = { 255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
  g_autofree char *ref = pv_ref_from_random (random, sizeof random);

  (void) state;
  assert_string_equal (ref, "BCDFGHJKLM");
  assert_null (pv_ref_from_random (random, sizeof random - 1));
}

static void
only_ten_letters_of_the_set_are_a_reference (void **state)
{
  const char *wrong[] = { "", "BCDFGHJKL", "BCDFGHJKLMN", "BCDFGHJKLA", "bcdfghjklm", "BCDFG HJKL" };

  (void) state;
  assert_false (pv_ref_is_valid (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_false (pv_ref_is_valid (wrong[i]));
}

static void
a_reference_is_read_in_two_groups (void **state)
{
  g_autofree char *text = pv_ref_display ("BCDFGHJKLM");

  (void) state;
  assert_string_equal (text, "BCDFG\xc2\xa0HJKLM");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_outcome_survives_the_wire),
    cmocka_unit_test (an_unknown_kind_of_outcome_is_refused),
    cmocka_unit_test (a_reference_uses_every_letter_alike),
    cmocka_unit_test (a_reference_needs_enough_fair_bytes),
    cmocka_unit_test (only_ten_letters_of_the_set_are_a_reference),
    cmocka_unit_test (a_reference_is_read_in_two_groups),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
