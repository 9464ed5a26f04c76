/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Screen 7, a time that is taken meanwhile, what is promised of it, and moving and cancelling. */

#include "journey-steps.h"

#define OTHER_REF "MLKJHGFDCB"
#define CHOSEN    "titres:2026-12-03-0920"

/* A name, then a time. @is_booking: with the agenda itself. */
static PvProcedure *
rendez_vous (const char *source, gboolean is_booking)
{
  PvProcedure *procedure = pv_procedure_new ("rdv", "Carte d’identité");
  PvPage *page = sample_page (procedure, "p1", "Le rendez-vous");
  PvQuestion *slot;

  sample_question (page->questions, PV_QUESTION_TEXT, "2", "surname", "Nom", PV_QUESTION_REQUIRED);
  slot = sample_question (page->questions, PV_QUESTION_CHOICE, "3", "creneau", "Quel jour vous convient ?",
                          PV_QUESTION_REQUIRED | PV_QUESTION_SLOT);
  slot->option_source = g_strdup (source);
  procedure->version = g_strdup ("1");
  procedure->place = g_strdup ("Hôtel de ville");
  procedure->bring = g_strdup ("Votre ancien titre");
  procedure->is_booking = is_booking;
  procedure->facts = (PvLegalFacts){ .silence = PV_SILENCE_NOT_A_REQUEST,
                                     .service = g_strdup ("Titres"),
                                     .address = g_strdup ("1 place de la Mairie"),
                                     .phone = g_strdup ("03 53 01 00 12") };
  return procedure;
}

static int
set_up_form (void **state)
{
  Fixture *fixture;

  set_up (state);
  fixture = *state;
  pv_procedure_unref (fixture->procedure);
  fixture->procedure = rendez_vous ("agenda:mairie/titres", FALSE);
  return 0;
}

static int
set_up_booking (void **state)
{
  Fixture *fixture;

  set_up (state);
  fixture = *state;
  pv_procedure_unref (fixture->procedure);
  fixture->procedure = rendez_vous ("agenda:mairie/titres", TRUE);
  return 0;
}

static int
set_up_events (void **state)
{
  Fixture *fixture;

  set_up (state);
  fixture = *state;
  pv_procedure_unref (fixture->procedure);
  fixture->procedure = rendez_vous ("events:sport", TRUE);
  return 0;
}

static void
add_slot (GPtrArray *options, const char *id, const char *label, const char *datetime, gboolean disabled)
{
  PvOption *option = pv_option_new (id, label);

  option->disabled = disabled;
  option->attributes = g_strdupv ((char **) (const char *[]){ "datetime", datetime, "duration", "20", NULL });
  g_ptr_array_add (options, option);
}

/* Five days with nine times each; @taken: (nullable): one that somebody else has. */
static GPtrArray *
free_times (const char *taken)
{
  GPtrArray *options = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_option_free);

  for (guint day = 1; day <= 5; day++)
    for (guint i = 0; i < 9; i++) {
      guint minutes = 9 * 60 + i * 20;
      g_autofree char *stamp = g_strdup_printf ("2026-12-%02u %02u:%02u:00", day, minutes / 60, minutes % 60);
      g_autofree char *id = g_strdup_printf ("titres:2026-12-%02u-%02u%02u", day, minutes / 60, minutes % 60);
      g_autofree char *label = g_strdup_printf ("%u décembre à %u h %02u", day, minutes / 60, minutes % 60);

      add_slot (options, id, label, stamp, g_strcmp0 (id, taken) == 0);
    }
  return options;
}

static void
open_procedure (Fixture *fixture)
{
  PvCatalogueEntry *entry = pv_catalogue_entry_new ("rdv", "Carte d’identité");

  entry->category = g_strdup ("rendez-vous");
  g_ptr_array_add (fixture->catalogue->entries, entry);
  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_CATEGORY, "rendez-vous", NULL);
  act (fixture, PV_DO_OPEN_PROCEDURE, "rdv", NULL);
  pv_journey_procedure_loaded (fixture->journey, "rdv", fixture->procedure, &fixture->now);
  act (fixture, PV_DO_BEGIN, NULL, NULL);
}

/* To the screen of the times, which are not there yet. */
static void
open_times (Fixture *fixture)
{
  open_procedure (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  act (fixture, PV_DO_NEXT, NULL, NULL);
}

static gboolean
is_asked (Fixture *fixture)
{
  PvEffect *effect = wait_effect (fixture, PV_EFFECT_FETCH_OPTIONS);
  gboolean found = effect != NULL;

  pv_effect_free (effect);
  return found;
}

static void
tell_times (Fixture *fixture, const char *taken)
{
  pv_journey_options_loaded (fixture->journey, "3", free_times (taken), &fixture->now);
}

static void
choose (Fixture *fixture)
{
  open_times (fixture);
  assert_true (is_asked (fixture));
  tell_times (fixture, NULL);
  act (fixture, PV_DO_CHOOSE_DAY, "3", "2026-12-03");
  act (fixture, PV_DO_CHOOSE, "3", CHOSEN);
  act (fixture, PV_DO_NEXT, NULL, NULL);
}

/* The reference that is sent. (transfer full) */
static PvSubmission *
send_it (Fixture *fixture)
{
  PvSubmission *submission;
  PvEffect *effect;

  assert_screen (fixture, "check");
  act (fixture, PV_DO_SEND, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_STORE);
  assert_non_null (effect);
  submission = g_steal_pointer (&effect->submission);
  pv_effect_free (effect);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  return submission;
}

static const PvField *
field (Fixture *fixture, const char *id)
{
  return pv_screen_state_find_field (screen (fixture), id);
}

static const PvChoice *
choice (const PvField *field, guint index)
{
  assert_true (field != NULL && field->choices != NULL && index < field->choices->len);
  return field->choices->pdata[index];
}

static gboolean
says (Fixture *fixture, const char *words)
{
  for (guint i = 0; i < screen (fixture)->notices->len; i++) {
    const PvNotice *notice = screen (fixture)->notices->pdata[i];

    if ((notice->text != NULL && strstr (notice->text, words) != NULL)
        || (notice->strong != NULL && strstr (notice->strong, words) != NULL))
      return TRUE;
  }
  return FALSE;
}

static void
days_are_side_by_side_and_the_first_one_is_open (void **state)
{
  Fixture *fixture = *state;
  const PvField *days, *times;

  open_times (fixture);
  assert_non_null (field (fixture, "loading"));
  assert_true (is_asked (fixture));
  tell_times (fixture, "titres:2026-12-01-0900");
  days = field (fixture, "days");
  assert_int_equal (days->kind, PV_FIELD_DAYS);
  assert_int_equal (days->choices->len, 3);
  assert_string_equal (choice (days, 0)->label, "Tuesday\n1\u00a0Dec");
  assert_true (choice (days, 0)->selected);
  times = field (fixture, "3");
  assert_int_equal (times->kind, PV_FIELD_TIMES);
  assert_string_equal (times->label, "Tuesday 1 December, Hôtel de ville");
  assert_string_equal (choice (times, 0)->label, "9:20"); /* 9:00 is somebody else's */
}

static void
a_day_is_opened_and_other_days_follow (void **state)
{
  Fixture *fixture = *state;

  open_times (fixture);
  tell_times (fixture, NULL);
  act (fixture, PV_DO_CHOOSE_DAY, "3", "2026-12-02");
  assert_string_equal (field (fixture, "3")->label, "Wednesday 2 December, Hôtel de ville");
  act (fixture, PV_DO_CHOOSE_DAY, "3", "tomorrow");
  assert_string_equal (field (fixture, "3")->label, "Wednesday 2 December, Hôtel de ville");
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE));
  act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  assert_int_equal (field (fixture, "days")->choices->len, 2);
  assert_string_equal (field (fixture, "3")->label, "Friday 4 December, Hôtel de ville");
  act (fixture, PV_DO_NEXT_PAGE, NULL, NULL); /* after the last comes the first */
  assert_int_equal (field (fixture, "days")->choices->len, 3);
}

/* Every free time can be reached, whatever the size of the screen, and nothing is beyond it. */
static void
all_times_can_be_reached_on_every_screen (void **state)
{
  Fixture *fixture = *state;
  static const PvCapacity capacities[] = { { 4, 12 }, { 9, 24 }, { 22, 42 } };

  open_times (fixture);
  tell_times (fixture, NULL);
  for (gsize c = 0; c < G_N_ELEMENTS (capacities); c++) {
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    pv_journey_set_capacity (fixture->journey, &capacities[c]);
    for (guint day = 1; day <= 5; day++)
      for (guint part = 0; part < 10; part++) {
        g_autofree char *value = g_strdup_printf ("2026-12-%02u/%u", day, part);
        const PvField *times = NULL;

        act (fixture, PV_DO_CHOOSE_DAY, "3", value);
        for (guint page = 0; page < 6; page++) {
          times = field (fixture, "3");
          for (guint i = 0; times != NULL && i < times->choices->len; i++)
            if (choice (times, i)->intention == PV_DO_CHOOSE)
              g_hash_table_add (seen, g_strdup (choice (times, i)->id));
          act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
        }
      }
    assert_int_equal (g_hash_table_size (seen), 45);
  }
}

static void
who_comes_back_finds_the_day_that_was_chosen (void **state)
{
  Fixture *fixture = *state;

  choose (fixture);
  act (fixture, PV_DO_EDIT, "3", NULL);
  assert_screen (fixture, "question-3");
  assert_string_equal (field (fixture, "3")->label, "Thursday 3 December, Hôtel de ville");
  for (guint i = 0; i < field (fixture, "3")->choices->len; i++)
    if (g_str_equal (choice (field (fixture, "3"), i)->id, CHOSEN))
      assert_true (choice (field (fixture, "3"), i)->selected);
}

static void
an_old_list_is_read_again_and_says_when_the_choice_is_gone (void **state)
{
  Fixture *fixture = *state;

  open_times (fixture);
  assert_true (is_asked (fixture));
  tell_times (fixture, NULL);
  act (fixture, PV_DO_CHOOSE, "3", CHOSEN);
  pass_seconds (fixture, 59);
  assert_false (is_asked (fixture));
  assert_true (pv_journey_next_deadline_ms (fixture->journey) <= fixture->now.monotonic_ms + 1000);
  pass_seconds (fixture, 1);
  assert_true (is_asked (fixture));
  pass_seconds (fixture, 10);
  assert_false (is_asked (fixture)); /* one question at a time */
  tell_times (fixture, CHOSEN);
  assert_true (says (fixture, "This time was just taken"));
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-3");
  act (fixture, PV_DO_CHOOSE, "3", "titres:2026-12-03-0940");
  assert_false (says (fixture, "This time was just taken"));
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "check");
}

static void
nothing_free_says_what_to_do (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_option_free);

  open_times (fixture);
  pv_journey_options_loaded (fixture->journey, "3", g_steal_pointer (&none), &fixture->now);
  assert_true (says (fixture, "No time is free"));
  assert_true (says (fixture, "03\xc2\xa0"
                              "53\xc2\xa0"
                              "01\xc2\xa0"
                              "00\xc2\xa0"
                              "12"));
}

static void
an_agenda_that_does_not_answer_is_asked_again (void **state)
{
  Fixture *fixture = *state;

  open_times (fixture);
  assert_true (is_asked (fixture));
  pv_journey_options_loaded (fixture->journey, "3", NULL, &fixture->now);
  assert_true (says (fixture, "could not be loaded"));
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_true (is_asked (fixture));
  assert_non_null (field (fixture, "loading"));
  tell_times (fixture, NULL);
  pass_seconds (fixture, 60);
  assert_true (is_asked (fixture));
  pv_journey_options_loaded (fixture->journey, "3", NULL, &fixture->now);
  assert_true (says (fixture, "may be old"));
  assert_non_null (field (fixture, "days"));
}

static void
full_classes_are_shown_as_full (void **state)
{
  Fixture *fixture = *state;
  GPtrArray *options = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_option_free);
  static const struct {
    const char *id, *left, *full, *list;
  } classes[] = { { "judo", "2", "false", "false" },
                  { "yoga", "0", "true", "false" },
                  { "aqua", "0", "true", "true" } };
  const PvField *times;

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++) {
    PvOption *option = pv_option_new (classes[i].id, classes[i].id);

    option->attributes = g_strdupv ((char **) (const char *[]){ "datetime", "2026-12-02 14:00:00", "places_available",
                                                                classes[i].left, "places_full", classes[i].full,
                                                                "places_has_waiting_list", classes[i].list, NULL });
    option->disabled = i == 1;
    g_ptr_array_add (options, option);
  }
  open_times (fixture);
  pv_journey_options_loaded (fixture->journey, "3", options, &fixture->now);
  times = field (fixture, "3");
  assert_int_equal (times->kind, PV_FIELD_CHOICE);
  assert_string_equal (choice (times, 0)->label, "judo");
  assert_string_equal (choice (times, 0)->detail, "14:00 · 2 places left");
  assert_true (choice (times, 0)->enabled);
  assert_string_equal (choice (times, 1)->detail, "14:00 · Full");
  assert_false (choice (times, 1)->enabled);
  assert_string_equal (choice (times, 2)->detail, "14:00 · Waiting list");
  assert_true (choice (times, 2)->enabled);
}

/* Another make of agenda, which tells its times in words only. */
static void
times_in_words_are_a_list (void **state)
{
  Fixture *fixture = *state;
  GPtrArray *options = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_option_free);
  g_autoptr (PvSubmission) submission = NULL;

  g_ptr_array_add (options, pv_option_new ("a", "Jeudi matin"));
  g_ptr_array_add (options, pv_option_new ("b", "Jeudi soir"));
  open_times (fixture);
  pv_journey_options_loaded (fixture->journey, "3", options, &fixture->now);
  assert_int_equal (field (fixture, "3")->kind, PV_FIELD_CHOICE);
  act (fixture, PV_DO_CHOOSE, "3", "b");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  submission = send_it (fixture);
  assert_string_equal (submission->appointment->slot, "b");
  pass_seconds (fixture, 16);
  assert_screen (fixture, "done-registered");
}

/* Back on the list, the name is kept, and what is sent next has another reference. */
static void
a_slot_taken_leads_back_to_the_list_with_all_other_answers (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) taken = pv_outcome_new (PV_OUTCOME_SLOT_TAKEN, ref);
  g_autoptr (PvSubmission) first = NULL, second = NULL;
  PvEffect *effect;

  choose (fixture);
  first = send_it (fixture);
  assert_string_equal (first->ref, ref);
  assert_string_equal (first->appointment->slot, CHOSEN);
  assert_string_equal (first->appointment->source, "agenda:mairie/titres");
  assert_int_equal (first->appointment->starts_us, G_GINT64_CONSTANT (1796286000000000));
  pv_journey_outcome (fixture->journey, taken, &fixture->now);
  assert_screen (fixture, "question-3");
  effect = wait_effect (fixture, PV_EFFECT_GIVE_REF);
  assert_non_null (effect);
  pv_effect_free (effect);
  assert_true (is_asked (fixture));
  assert_true (says (fixture, "This time was just taken"));
  tell_times (fixture, CHOSEN);
  pv_journey_set_ref (fixture->journey, OTHER_REF);
  act (fixture, PV_DO_CHOOSE, "3", "titres:2026-12-03-0940");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  second = send_it (fixture);
  assert_string_equal (second->ref, OTHER_REF);
  assert_string_equal (pv_value_get_text (((PvSubmissionEntry *) second->entries->pdata[0])->value), "Martin");
  assert_string_equal (second->appointment->slot, "titres:2026-12-03-0940");
  /* A late word about the first one is nobody's any more. */
  pv_journey_outcome (fixture->journey, taken, &fixture->now);
  assert_screen (fixture, "sending");
}

static void
without_another_reference_nothing_is_sent (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) taken = pv_outcome_new (PV_OUTCOME_SLOT_TAKEN, ref);
  g_autoptr (PvSubmission) first = NULL;

  choose (fixture);
  first = send_it (fixture);
  pv_journey_outcome (fixture->journey, taken, &fixture->now);
  tell_times (fixture, CHOSEN);
  act (fixture, PV_DO_CHOOSE, "3", "titres:2026-12-03-0940");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
  assert_screen (fixture, "check");
  assert_null (wait_effect (fixture, PV_EFFECT_STORE));
}

/* The word came after the session had given up waiting: nothing may stay that says that it was filed. */
static void
a_late_word_takes_the_promise_back (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) taken = pv_outcome_new (PV_OUTCOME_SLOT_TAKEN, ref);
  g_autoptr (PvSubmission) first = NULL;

  choose (fixture);
  first = send_it (fixture);
  pass_seconds (fixture, 16);
  assert_screen (fixture, "done-registered");
  pv_journey_outcome (fixture->journey, taken, &fixture->now);
  assert_screen (fixture, "question-3");
}

static PvReceipt *
print (Fixture *fixture)
{
  PvReceipt *receipt;
  PvEffect *effect;

  act (fixture, PV_DO_PRINT, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_PRINT);
  assert_non_null (effect);
  receipt = g_steal_pointer (&effect->receipt);
  pv_effect_free (effect);
  return receipt;
}

/* (transfer full) (nullable): it is not offered */
static PvAppointmentSheet *
print_appointment (Fixture *fixture)
{
  PvAppointmentSheet *sheet;
  PvEffect *effect;

  act (fixture, PV_DO_OPEN_PAPERS, NULL, NULL);
  act (fixture, PV_DO_PRINT_PAPER, NULL, PV_PAPER_APPOINTMENT);
  effect = wait_effect (fixture, PV_EFFECT_PRINT_APPOINTMENT);
  if (effect == NULL)
    return NULL;
  sheet = g_steal_pointer (&effect->appointment);
  pv_effect_free (effect);
  return sheet;
}

/* When, where, how to get there, with what; and that it can be moved here only where the agenda itself keeps it. */
static void
check_paper_of_appointment (Fixture *fixture, gboolean is_here)
{
  g_autoptr (PvOutcome) outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, ref);
  g_autoptr (PvSubmission) submission = NULL;
  g_autoptr (PvAppointmentSheet) sheet = NULL;

  choose (fixture);
  submission = send_it (fixture);
  outcome->received_us = fixture->now.utc_us;
  outcome->booking = pv_submission_make_booking (submission, "41");
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  sheet = print_appointment (fixture);
  assert_non_null (sheet);
  assert_string_equal (sheet->when, "Thursday 3 December 2026 at 9:20");
  assert_string_equal (sheet->where, "Hôtel de ville, 1 place de la Mairie");
  assert_string_equal (sheet->directions, "Bus 3, arrêt Mairie.");
  assert_string_equal (sheet->bring, "Votre ancien titre");
  assert_null (sheet->to_confirm);
  assert_non_null (strstr (sheet->calendar, "DTSTART:20261203T082000Z"));
  assert_non_null (strstr (sheet->change, "Call 03"));
  assert_int_equal (strstr (sheet->change, "At a kiosk") != NULL, is_here);
}

static void
the_appointment_of_a_form_has_a_paper_and_is_moved_by_telephone (void **state)
{
  check_paper_of_appointment (*state, FALSE);
}

static void
a_booking_has_a_paper_and_is_moved_here (void **state)
{
  check_paper_of_appointment (*state, TRUE);
}

static void
a_time_is_promised_only_when_the_agenda_has_it (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, ref);
  g_autoptr (PvSubmission) submission = NULL;
  g_autoptr (PvReceipt) receipt = NULL;

  choose (fixture);
  submission = send_it (fixture);
  outcome->number = g_strdup ("7-12");
  outcome->received_us = fixture->now.utc_us;
  outcome->booking = pv_submission_make_booking (submission, "41");
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  assert_screen (fixture, "done-received");
  assert_true (says (fixture, "Thursday 3 December 2026 at 9:20"));
  assert_false (says (fixture, "To be confirmed"));
  receipt = print (fixture);
  assert_string_equal (receipt->appointment, "Thursday 3 December 2026 at 9:20");
  assert_string_equal (receipt->meeting_place, "Hôtel de ville, 1 place de la Mairie");
  assert_string_equal (receipt->bring, "Votre ancien titre");
  assert_null (receipt->to_confirm);
  assert_non_null (strstr (receipt->calendar, "DTSTART:20261203T082000Z"));
  assert_non_null (strstr (receipt->calendar, "SUMMARY:Carte d’identité"));
  act (fixture, PV_DO_SHOW_QR, NULL, NULL);
  act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  assert_string_equal (field (fixture, "qr")->value, receipt->calendar);
}

static void
a_time_that_was_not_seen_is_to_be_confirmed (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, ref);
  g_autoptr (PvSubmission) submission = NULL;
  g_autoptr (PvReceipt) receipt = NULL;
  g_autoptr (PvAppointmentSheet) sheet = NULL;

  choose (fixture);
  submission = send_it (fixture);
  outcome->received_us = fixture->now.utc_us;
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  assert_true (says (fixture, "To be confirmed: Thursday 3 December 2026 at 9:20"));
  receipt = print (fixture);
  assert_non_null (strstr (receipt->to_confirm, "03\xc2\xa0"
                                                "53\xc2\xa0"
                                                "01\xc2\xa0"
                                                "00\xc2\xa0"
                                                "12"));
  assert_non_null (strstr (receipt->calendar, "SUMMARY:To be confirmed"));
  pv_journey_print_state (fixture->journey, PV_PRINT_DONE, PV_PRINT_REASON_NONE, &fixture->now);
  sheet = print_appointment (fixture);
  assert_non_null (strstr (sheet->to_confirm, "not certain"));
}

static void
without_the_portal_no_time_is_promised (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvSubmission) submission = NULL;
  g_autoptr (PvReceipt) receipt = NULL;

  choose (fixture);
  submission = send_it (fixture);
  pass_seconds (fixture, 16);
  assert_screen (fixture, "done-registered");
  assert_true (says (fixture, "To be confirmed: Thursday 3 December 2026 at 9:20"));
  receipt = print (fixture);
  assert_int_equal (receipt->kind, PV_RECEIPT_REGISTERED);
  assert_non_null (receipt->to_confirm);
  assert_null (receipt->calendar);
}

static void
a_booking_goes_to_the_agenda_and_is_told_as_one (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, ref);
  g_autoptr (PvSubmission) submission = NULL;

  choose (fixture);
  submission = send_it (fixture);
  assert_int_equal (submission->purpose, PV_SUBMISSION_BOOK);
  assert_non_null (submission->ref_field);
  outcome->number = g_strdup ("41");
  outcome->received_us = fixture->now.utc_us;
  outcome->booking = pv_submission_make_booking (submission, "41");
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  assert_string_equal (screen (fixture)->title, "Your appointment is booked");
  assert_string_equal (field (fixture, "reference")->value, "BCDFG\xc2\xa0HJKLM");
}

/* As "Follow" has it. */
static void
follow (Fixture *fixture, gboolean may_cancel)
{
  g_autoptr (PvFollowed) followed = pv_followed_new (PV_FOLLOWED_FOUND, "Rendez-vous pris");
  PvCatalogueEntry *entry = pv_catalogue_entry_new ("rdv", "Carte d’identité");

  entry->category = g_strdup ("rendez-vous");
  g_ptr_array_add (fixture->catalogue->entries, entry);
  followed->booking = pv_booking_new ("41", "agenda:mairie/titres", G_GINT64_CONSTANT (1796286000000000));
  followed->booking->label = g_strdup ("Carte d’identité");
  followed->booking->slug = g_strdup ("rdv");
  followed->booking->ref = g_strdup (OTHER_REF);
  followed->booking->may_cancel = may_cancel;
  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_FOLLOW, NULL, NULL);
  act (fixture, PV_DO_TYPE, "code", OTHER_REF);
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  pv_journey_followed (fixture->journey, followed, &fixture->now);
}

static void
cancelling_asks_first_and_only_the_citizen_does_it (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, ref);
  PvEffect *effect;

  follow (fixture, TRUE);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_CANCEL_APPOINTMENT, NULL, NULL);
  assert_screen (fixture, "follow-found");
  act (fixture, PV_DO_CANCEL_APPOINTMENT, NULL, NULL);
  assert_screen (fixture, "cancel-appointment");
  act (fixture, PV_DO_STAY, NULL, NULL);
  assert_screen (fixture, "follow-found");
  assert_null (wait_effect (fixture, PV_EFFECT_STORE));
  act (fixture, PV_DO_CANCEL_APPOINTMENT, NULL, NULL);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_CANCEL_APPOINTMENT, NULL, NULL);
  assert_screen (fixture, "cancel-appointment");
  act (fixture, PV_DO_CANCEL_APPOINTMENT, NULL, NULL);
  assert_screen (fixture, "sending");
  effect = wait_effect (fixture, PV_EFFECT_STORE);
  assert_non_null (effect);
  assert_int_equal (effect->submission->purpose, PV_SUBMISSION_CANCEL);
  assert_string_equal (effect->submission->appointment->cancels, "41");
  assert_string_equal (effect->submission->appointment->cancels_ref, OTHER_REF);
  assert_string_equal (effect->submission->ref, ref);
  pv_effect_free (effect);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  outcome->received_us = fixture->now.utc_us;
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  assert_screen (fixture, "done-received");
  assert_string_equal (screen (fixture)->title, "Your appointment is cancelled");
}

static void
what_a_form_booked_is_not_given_up_here (void **state)
{
  Fixture *fixture = *state;

  follow (fixture, FALSE);
  act (fixture, PV_DO_CANCEL_APPOINTMENT, NULL, NULL);
  assert_screen (fixture, "follow-found");
  act (fixture, PV_DO_MOVE_APPOINTMENT, NULL, NULL);
  assert_screen (fixture, "follow-found");
}

static void
moving_fills_the_form_once_more_and_replaces_the_booking (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvSubmission) submission = NULL;

  follow (fixture, TRUE);
  act (fixture, PV_DO_MOVE_APPOINTMENT, NULL, NULL);
  assert_screen (fixture, "procedure");
  pv_journey_procedure_loaded (fixture->journey, "rdv", fixture->procedure, &fixture->now);
  act (fixture, PV_DO_BEGIN, NULL, NULL);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  tell_times (fixture, NULL);
  assert_true (says (fixture, "You have an appointment"));
  act (fixture, PV_DO_CHOOSE, "3", "titres:2026-12-02-0900");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  submission = send_it (fixture);
  assert_int_equal (submission->purpose, PV_SUBMISSION_BOOK);
  assert_string_equal (submission->appointment->cancels, "41");
  assert_string_equal (submission->appointment->cancels_ref, OTHER_REF);
  assert_string_equal (submission->appointment->slot, "titres:2026-12-02-0900");
}

static void
an_appointment_travels_with_its_submission (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvSubmission) submission = NULL, back = NULL;
  g_autoptr (GVariant) variant = NULL;

  choose (fixture);
  submission = send_it (fixture);
  variant = g_variant_ref_sink (pv_submission_to_variant (submission));
  back = pv_submission_from_variant (variant, NULL);
  assert_non_null (back);
  assert_string_equal (back->appointment->slot, CHOSEN);
  assert_string_equal (back->appointment->bring, "Votre ancien titre");
  assert_int_equal (back->entries->len, submission->entries->len);
}

static void
an_outcome_carries_the_booking (void **state)
{
  g_autoptr (PvOutcome) outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, ref), back = NULL;
  g_autoptr (GVariant) variant = NULL;

  (void) state;
  outcome->booking = pv_booking_new ("41", "agenda:mairie/titres", 7);
  outcome->booking->ref = g_strdup (ref);
  variant = g_variant_ref_sink (pv_outcome_to_variant (outcome));
  back = pv_outcome_from_variant (variant);
  assert_non_null (back);
  assert_string_equal (back->booking->id, "41");
  assert_string_equal (back->booking->ref, ref);
}

int
main (void)
{
#define WITH_FORM(test)    cmocka_unit_test_setup_teardown (test, set_up_form, tear_down)
#define WITH_BOOKING(test) cmocka_unit_test_setup_teardown (test, set_up_booking, tear_down)
  const struct CMUnitTest tests[] = {
    WITH_FORM (days_are_side_by_side_and_the_first_one_is_open),
    WITH_FORM (a_day_is_opened_and_other_days_follow),
    WITH_FORM (all_times_can_be_reached_on_every_screen),
    WITH_FORM (who_comes_back_finds_the_day_that_was_chosen),
    WITH_FORM (an_old_list_is_read_again_and_says_when_the_choice_is_gone),
    WITH_FORM (nothing_free_says_what_to_do),
    WITH_FORM (an_agenda_that_does_not_answer_is_asked_again),
    cmocka_unit_test_setup_teardown (full_classes_are_shown_as_full, set_up_events, tear_down),
    WITH_FORM (times_in_words_are_a_list),
    WITH_FORM (a_slot_taken_leads_back_to_the_list_with_all_other_answers),
    WITH_FORM (without_another_reference_nothing_is_sent),
    WITH_FORM (a_late_word_takes_the_promise_back),
    WITH_FORM (a_time_is_promised_only_when_the_agenda_has_it),
    WITH_FORM (the_appointment_of_a_form_has_a_paper_and_is_moved_by_telephone),
    WITH_BOOKING (a_booking_has_a_paper_and_is_moved_here),
    WITH_FORM (a_time_that_was_not_seen_is_to_be_confirmed),
    WITH_FORM (without_the_portal_no_time_is_promised),
    WITH_BOOKING (a_booking_goes_to_the_agenda_and_is_told_as_one),
    WITH_BOOKING (cancelling_asks_first_and_only_the_citizen_does_it),
    WITH_BOOKING (what_a_form_booked_is_not_given_up_here),
    WITH_BOOKING (moving_fills_the_form_once_more_and_replaces_the_booking),
    WITH_FORM (an_appointment_travels_with_its_submission),
    WITH_FORM (an_outcome_carries_the_booking),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
