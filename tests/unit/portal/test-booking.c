/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/booking.h"

#include <string.h>

#include "portal/publik/judge.h"
#include "portal/publik/options.h"
#include "tst.h"

#define REF "BCDFGHJKLM"

static PvJson *
parse (const char *text)
{
  PvJson *json = pv_json_parse (text, strlen (text), NULL);

  assert_non_null (json);
  return json;
}

static PvSubmission *
sample (void)
{
  PvSubmission *submission = pv_submission_new ();
  static const char *const answers[][2] = { { "surname", "Quémener" },
                                            { "given-names", "Anne" },
                                            { "phone", "0199000000" },
                                            { "email", "" },
                                            { "predemande", "AB12CD34EF" } };

  submission->purpose = PV_SUBMISSION_BOOK;
  submission->slug = g_strdup ("aide");
  submission->ref = g_strdup (REF);
  submission->appointment = pv_appointment_new ("agenda:mairie/titres", "titres:2026-12-03-0920", 7);
  submission->appointment->label = g_strdup ("Carte d’identité");
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    PvSubmissionEntry *entry = pv_submission_entry_new (answers[i][0], answers[i][0], PV_QUESTION_TEXT);

    entry->value = pv_value_new_text (answers[i][1]);
    g_ptr_array_add (submission->entries, entry);
  }
  return submission;
}

static void
only_times_of_an_agenda_have_an_address (void **state)
{
  static const struct {
    const char *source, *slot, *path;
  } table[] = {
    { "agenda:mairie/titres", "titres:2026-12-03-0920", "/api/agenda/mairie/fillslot/titres:2026-12-03-0920/" },
    { "events:sport", "judo-20261202", "/api/agenda/sport/fillslot/judo-20261202/" },
    { "cards:ecoles", "1", NULL },
    { "agenda:../x/titres", "1", NULL },
    { "agenda:mairie/titres", "../../booking/1/cancel", NULL },
    { "agenda:mairie/titres", "a?b", NULL },
    { "agenda:mairie/titres", "", NULL },
    { "agenda:", "1", NULL },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *path = pv_publik_make_fillslot_path (table[i].source, table[i].slot);

    if (table[i].path == NULL)
      assert_null (path);
    else
      assert_string_equal (path, table[i].path);
  }
}

static void
only_numbers_can_be_given_up (void **state)
{
  static const char *const none[] = { "", "1/../2", "-1", "1x", "99999999999999999999" };
  g_autofree char *path = pv_publik_make_cancel_path ("41");

  (void) state;
  assert_string_equal (path, "/api/booking/41/cancel/");
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    assert_null (pv_publik_make_cancel_path (none[i]));
}

static void
a_booking_carries_the_person_and_the_reference_twice (void **state)
{
  g_autoptr (PvSubmission) submission = sample ();
  g_autoptr (PvJsonWriter) writer = NULL, moved = NULL;

  (void) state;
  writer = pv_publik_build_booking (submission);
  assert_string_equal (pv_json_writer_get_text (writer, NULL),
                       "{\"label\":\"Carte d’identité\",\"user_external_id\":\"BCDFGHJKLM\","
                       "\"parvis_ref\":\"BCDFGHJKLM\",\"user_last_name\":\"Quémener\",\"user_first_name\":\"Anne\","
                       "\"user_phone_number\":\"0199000000\",\"predemande\":\"AB12CD34EF\"}");
  submission->appointment->cancels = g_strdup ("41");
  moved = pv_publik_build_booking (submission);
  assert_non_null (strstr (pv_json_writer_get_text (moved, NULL), "\"cancel_booking_id\":\"41\""));
}

static void
a_booking_is_one_only_with_a_number_and_off_the_waiting_list (void **state)
{
  g_autoptr (PvSubmission) submission = sample ();
  g_autoptr (PvJson) booked = parse ("{\"err\":0,\"booking_id\":41,\"in_waiting_list\":false}");
  g_autoptr (PvJson) waiting = parse ("{\"err\":0,\"booking_id\":42,\"in_waiting_list\":true}");
  g_autoptr (PvJson) nothing = parse ("{\"err\":0}");
  g_autoptr (PvOutcome) one = pv_publik_read_booked (booked, submission, 9, NULL);
  g_autoptr (PvOutcome) other = pv_publik_read_booked (waiting, submission, 9, NULL);
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_string_equal (one->number, "41");
  assert_string_equal (one->booking->id, "41");
  assert_string_equal (one->booking->ref, REF);
  assert_int_equal (one->received_us, 9);
  assert_null (other->booking);
  assert_null (pv_publik_read_booked (nothing, submission, 9, &error));
  assert_true (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_AMBIGUOUS));
}

/* "None" is a proof of absence: whatever could hide one is an error. */
static void
absence_is_proven_only_by_an_answer_that_was_filtered (void **state)
{
  enum { NONE, FOUND, NO_PROOF };
  static const struct {
    const char *json;
    int expected;
  } table[] = {
    { "{\"err\":0,\"data\":[]}", NONE },
    { "{\"data\":[{\"id\":41,\"user_external_id\":\"" REF "\"}]}", FOUND },
    { "{\"data\":[{\"id\":41,\"extra_data\":{\"parvis_ref\":\"" REF "\"}}]}", FOUND },
    { "{\"data\":[{\"id\":41,\"user_external_id\":\"" REF "\",\"cancellation_datetime\":\"2026-12-01\"}]}", NONE },
    { "{\"data\":[{\"id\":41,\"user_external_id\":\"MLKJHGFDCB\"}]}", NO_PROOF },
    { "{\"data\":[{\"id\":41}]}", NO_PROOF },
    { "{\"data\":[\"41\"]}", NO_PROOF },
    { "{\"data\":{}}", NO_PROOF },
    { "{}", NO_PROOF },
    { "[]", NO_PROOF },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PvJson) json = parse (table[i].json);
    g_autoptr (GError) error = NULL;
    g_autoptr (PvFound) found = pv_publik_read_bookings (json, REF, &error);

    assert_int_equal (found == NULL ? NO_PROOF : found->found ? FOUND : NONE, table[i].expected);
    if (table[i].expected == FOUND)
      assert_string_equal (found->number, "41");
  }
}

static void
the_agenda_s_words_say_whether_a_time_is_taken (void **state)
{
  static const struct {
    const char *body;
    int expected;
  } table[] = {
    { "{\"err\":1,\"err_class\":\"sold out\",\"err_desc\":\"sold out\"}", PV_PORTAL_ERROR_TAKEN },
    { "{\"err\":1,\"err_class\":\"no more desk available\"}", PV_PORTAL_ERROR_TAKEN },
    { "{\"err\":1,\"err_class\":\"invalid payload\"}", PV_PORTAL_ERROR_DENIED },
    { "<html>sold out</html>", PV_PORTAL_ERROR_AMBIGUOUS },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    const PvPublikAnswer answer = { 200, table[i].body, strlen (table[i].body), 0, 0, -1 };
    g_autoptr (GError) error = NULL;

    assert_null (pv_publik_judge (PV_PUBLIK_CALL_BOOK, &answer, &error));
    assert_true (g_error_matches (error, PV_PORTAL_ERROR, table[i].expected));
  }
  {
    const char *body = "{\"err\":1,\"err_class\":\"sold out\"}";
    const PvPublikAnswer answer = { 200, body, strlen (body), 0, 0, -1 };
    g_autoptr (GError) error = NULL;

    /* A form says no such thing: its refusal is for good. */
    assert_null (pv_publik_judge (PV_PUBLIK_CALL_SUBMIT, &answer, &error));
    assert_true (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_DENIED));
  }
}

static const char *
attribute (const PvOption *option, const char *key)
{
  for (guint i = 0; option->attributes[i] != NULL; i += 2)
    if (g_str_equal (option->attributes[i], key))
      return option->attributes[i + 1];
  return NULL;
}

static void
times_places_and_a_single_agenda_become_attributes (void **state)
{
  g_autoptr (PvJson) json =
    parse ("{\"data\":[{\"id\":\"a\",\"text\":\"A\",\"datetime\":\"2026-12-02 14:00:00\",\"duration\":60,"
           "\"places\":{\"available\":2,\"full\":false,\"has_waiting_list\":true},"
           "\"agendas\":[{\"id\":\"m\",\"text\":\"Mairie\"}]},"
           "{\"id\":\"b\",\"text\":\"B\",\"agendas\":[{\"id\":\"m\",\"text\":\"M\"},{\"id\":\"n\",\"text\":\"N\"}]}]}");
  g_autoptr (GPtrArray) options = pv_publik_read_options (json, NULL);

  (void) state;
  assert_int_equal (options->len, 2);
  assert_string_equal (attribute (options->pdata[0], "datetime"), "2026-12-02 14:00:00");
  assert_string_equal (attribute (options->pdata[0], "duration"), "60");
  assert_string_equal (attribute (options->pdata[0], "places_available"), "2");
  assert_non_null (attribute (options->pdata[0], "places_full"));
  assert_string_equal (attribute (options->pdata[0], "place"), "Mairie");
  assert_null (((PvOption *) options->pdata[1])->attributes);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (only_times_of_an_agenda_have_an_address),
    cmocka_unit_test (only_numbers_can_be_given_up),
    cmocka_unit_test (a_booking_carries_the_person_and_the_reference_twice),
    cmocka_unit_test (a_booking_is_one_only_with_a_number_and_off_the_waiting_list),
    cmocka_unit_test (absence_is_proven_only_by_an_answer_that_was_filtered),
    cmocka_unit_test (the_agenda_s_words_say_whether_a_time_is_taken),
    cmocka_unit_test (times_places_and_a_single_agenda_become_attributes),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
