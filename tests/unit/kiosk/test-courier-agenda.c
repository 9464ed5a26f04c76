/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Procedures that only book a time, and what a worker decides about a time that is gone. */

#include "tst.h"

#include <glib/gstdio.h>
#include <string.h>

#include "kiosk/courier/agenda-procedure.h"
#include "kiosk/courier/commune.h"
#include "kiosk/courier/worker-booking.h"

#define SETTINGS                                                                                                       \
  "[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\n"                                                      \
  "[appointment aide]\ntitle=Un médiateur\nsource=agenda:mediateur/aide\nfields=name;phone;email;ants;\n"             \
  "place=Espace numérique\nphone=03 53 01 00 51\nbring=Vos papiers\n"                                                 \
  "[procedure carte]\ncategory=papiers\nplace=Hôtel de ville\n"

static PvSettings *
load_settings (void)
{
  g_autofree char *folder = g_dir_make_tmp ("pv-agenda-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "10.conf", NULL);
  PvSettings *settings = NULL;

  if (g_file_set_contents (file, SETTINGS, -1, NULL))
    settings = pv_settings_load (folder, NULL);
  g_unlink (file);
  g_rmdir (folder);
  assert_non_null (settings);
  return settings;
}

static void
an_appointment_stands_in_the_catalogue_beside_the_forms (void **state)
{
  g_autoptr (PvSettings) settings = load_settings ();
  g_autoptr (PvCatalogue) catalogue = pv_catalogue_new ();

  (void) state;
  g_ptr_array_add (catalogue->entries, pv_catalogue_entry_new ("carte", "Carte"));
  pv_agenda_complete_catalogue (settings, catalogue);
  pv_agenda_complete_catalogue (settings, catalogue);
  assert_int_equal (catalogue->entries->len, 2);
  assert_string_equal (pv_catalogue_find (catalogue, "aide")->title, "Un médiateur");
  assert_string_equal (pv_catalogue_find (catalogue, "aide")->category, "rendez-vous");
}

static void
a_form_of_the_portal_goes_before (void **state)
{
  g_autoptr (PvSettings) settings = load_settings ();
  g_autoptr (PvCatalogue) catalogue = pv_catalogue_new ();

  (void) state;
  g_ptr_array_add (catalogue->entries, pv_catalogue_entry_new ("aide", "Le formulaire"));
  pv_agenda_complete_catalogue (settings, catalogue);
  assert_int_equal (catalogue->entries->len, 1);
  assert_string_equal (pv_catalogue_find (catalogue, "aide")->title, "Le formulaire");
}

static void
it_asks_for_a_time_and_for_who_comes (void **state)
{
  g_autoptr (PvSettings) settings = load_settings ();
  g_autoptr (PvProcedure) procedure = pv_agenda_make_procedure (settings, "aide"), back = NULL;
  g_autoptr (GVariant) variant = NULL;
  const PvQuestion *slot;

  (void) state;
  assert_null (pv_agenda_make_procedure (settings, "carte"));
  assert_null (pv_agenda_make_procedure (settings, "absent"));
  pv_commune_complete_procedure (settings, procedure);
  variant = g_variant_ref_sink (pv_procedure_to_variant (procedure));
  back = pv_procedure_from_variant (variant, NULL);
  assert_non_null (back);
  assert_true (back->is_booking);
  assert_string_equal (back->place, "Espace numérique");
  assert_int_equal (back->facts.silence, PV_SILENCE_NOT_A_REQUEST);
  slot = pv_procedure_find_question (back, "slot");
  assert_string_equal (slot->option_source, "agenda:mediateur/aide");
  assert_true ((slot->flags & PV_QUESTION_SLOT) != 0);
  assert_true ((pv_procedure_find_question (back, "surname")->flags & PV_QUESTION_REQUIRED) != 0);
  /* "I have none" is offered. */
  assert_false (pv_procedure_needs_phone (back));
  assert_true ((pv_procedure_find_question (back, "email")->flags & PV_QUESTION_REQUIRED) == 0);
  assert_int_equal (pv_procedure_find_question (back, "predemande")->format, PV_FORMAT_ANTS_PREAPPLICATION);
}

static void
only_who_just_sent_it_can_choose_again (void **state)
{
  g_autoptr (PvSubmission) submission = pv_submission_new ();

  (void) state;
  submission->created_us = 1000 * G_USEC_PER_SEC;
  assert_true (pv_worker_may_return (submission, 1000 * G_USEC_PER_SEC));
  assert_true (pv_worker_may_return (submission, 1009 * G_USEC_PER_SEC));
  assert_false (pv_worker_may_return (submission, 1010 * G_USEC_PER_SEC));
  assert_false (pv_worker_may_return (submission, 999 * G_USEC_PER_SEC)); /* the clock was set back */
}

static void
a_slot_is_there_only_while_it_is_free (void **state)
{
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_option_free);
  PvOption *taken = pv_option_new ("b", "b");

  (void) state;
  taken->disabled = TRUE;
  g_ptr_array_add (options, pv_option_new ("a", "a"));
  g_ptr_array_add (options, taken);
  assert_true (pv_worker_has_slot (options, "a"));
  assert_false (pv_worker_has_slot (options, "b"));
  assert_false (pv_worker_has_slot (options, "c"));
}

static void
a_cancellation_is_done_when_its_booking_is_gone (void **state)
{
  g_autoptr (PvSubmission) submission = pv_submission_new ();
  g_autoptr (PvFound) found = pv_found_new ();
  g_autoptr (PvOutcome) outcome = NULL;

  (void) state;
  submission->purpose = PV_SUBMISSION_CANCEL;
  submission->ref = g_strdup ("BCDFGHJKLM");
  submission->appointment = pv_appointment_new ("agenda:a/b", "", 0);
  submission->appointment->cancels = g_strdup ("41");
  submission->appointment->cancels_ref = g_strdup ("MLKJHGFDCB");
  assert_string_equal (pv_worker_get_searched_ref (submission), "MLKJHGFDCB");
  assert_true (pv_worker_is_done (submission, found));
  found->found = TRUE;
  found->number = g_strdup ("41");
  assert_false (pv_worker_is_done (submission, found));
  submission->purpose = PV_SUBMISSION_BOOK;
  assert_string_equal (pv_worker_get_searched_ref (submission), "BCDFGHJKLM");
  assert_true (pv_worker_is_done (submission, found));
  outcome = pv_worker_make_outcome (submission, found, 7);
  assert_int_equal (outcome->kind, PV_OUTCOME_RECEIVED);
  assert_string_equal (outcome->booking->id, "41");
  assert_int_equal (outcome->received_us, 7);
}

/* Whoever comes back with the older reference must not find what is no more. */
static void
what_is_moved_or_given_up_is_kept_under_its_old_reference_too (void **state)
{
  static const struct {
    PvSubmissionPurpose purpose;
    PvOutcomeKind outcome, kept;
    const char *cancels_ref, *old_ref;
  } table[] = {
    { PV_SUBMISSION_BOOK, PV_OUTCOME_RECEIVED, PV_OUTCOME_RECEIVED, NULL, NULL },
    { PV_SUBMISSION_BOOK, PV_OUTCOME_RECEIVED, PV_OUTCOME_RECEIVED, "MLKJHGFDCB", "MLKJHGFDCB" },
    { PV_SUBMISSION_BOOK, PV_OUTCOME_PENDING, PV_OUTCOME_PENDING, "MLKJHGFDCB", NULL },
    { PV_SUBMISSION_CANCEL, PV_OUTCOME_RECEIVED, PV_OUTCOME_GIVEN_UP, "MLKJHGFDCB", "MLKJHGFDCB" },
    { PV_SUBMISSION_CANCEL, PV_OUTCOME_REFUSED, PV_OUTCOME_REFUSED, "MLKJHGFDCB", NULL },
    { PV_SUBMISSION_CANCEL, PV_OUTCOME_RECEIVED, PV_OUTCOME_RECEIVED, "no reference", NULL },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PvSubmission) submission = pv_submission_new ();
    g_autoptr (PvOutcome) outcome = pv_outcome_new (table[i].outcome, "BCDFGHJKLM"), kept = NULL;
    const char *old_ref;

    submission->purpose = table[i].purpose;
    submission->appointment = pv_appointment_new ("agenda:a/b", "", 0);
    submission->appointment->cancels_ref = g_strdup (table[i].cancels_ref);
    kept = pv_worker_make_kept (submission, outcome, &old_ref);
    assert_int_equal (kept->kind, table[i].kept);
    assert_int_equal (g_strcmp0 (old_ref, table[i].old_ref), 0);
  }
}

static void
the_agents_are_told_below_the_note (void **state)
{
  g_autoptr (PvSubmission) submission = pv_submission_new ();

  (void) state;
  submission->note = g_strdup ("Borne BCDFGHJKLM");
  pv_worker_note_taken (submission);
  assert_true (g_str_has_prefix (submission->note, "Borne BCDFGHJKLM\n"));
  assert_non_null (strstr (submission->note, "no longer free"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_appointment_stands_in_the_catalogue_beside_the_forms),
    cmocka_unit_test (a_form_of_the_portal_goes_before),
    cmocka_unit_test (it_asks_for_a_time_and_for_who_comes),
    cmocka_unit_test (only_who_just_sent_it_can_choose_again),
    cmocka_unit_test (a_slot_is_there_only_while_it_is_free),
    cmocka_unit_test (a_cancellation_is_done_when_its_booking_is_gone),
    cmocka_unit_test (what_is_moved_or_given_up_is_kept_under_its_old_reference_too),
    cmocka_unit_test (the_agents_are_told_below_the_note),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
