/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A journey with the session's own links, a courier and the demo: the list of procedures as it comes over the line, with what
 * the search knows of everyday words; and an appointment that is booked, followed, moved and given up. */

#include "tst.h"

#include <string.h>

#include "citizen.h"
#include "demo/bookings.h"
#include "kiosk/session/look-up-link.h"

enum { TIME_SCALE = 60, MAX_STEPS = 60, PAUSE_MS = 10 };

#define SLUG "aide-numerique"

typedef struct {
  Rig *rig;
  Citizen *citizen;
  PvLookUpLink *look_ups;
} Fixture;

static void
followed_cb (const PvFollowed *followed, gpointer user_data)
{
  Fixture *fixture = user_data;
  PvMoment moment = citizen_now (fixture->citizen);

  pv_journey_followed (fixture->citizen->journey, followed, &moment);
}

static void
perform_other_cb (const PvEffect *effect, gpointer user_data)
{
  Fixture *fixture = user_data;

  if (effect->kind == PV_EFFECT_FOLLOW)
    pv_look_up_link_follow (fixture->look_ups, effect->text);
}

static int
set_up (void **state)
{
  static const char *const languages[] = { "en", NULL };
  static const PvLookUpEvents look_up_events = { .followed = followed_cb };
  const PvJourneyConfig config = {
    .commune = "Montclair", .languages = languages, .idle_seconds = 900, .can_follow = TRUE
  };
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autofree char *synonyms = NULL, *settings = NULL;

  *state = fixture;
  fixture->rig = rig_new (TIME_SCALE);
  if (fixture->rig == NULL)
    return 1;
  synonyms = g_build_filename (fixture->rig->folder, "synonyms.txt", NULL);
  if (!g_file_set_contents (synonyms, "ordinateur, clavier = aide numérique\n", -1, NULL))
    return 1;
  settings = g_strdup_printf ("[search]\nsynonyms-file=%s\n[appointment " SLUG "]\ntitle=Aide numérique\n"
                              "source=agenda:mediateur/aide\nfields=name;phone;\n",
                              synonyms);
  rig_add_settings (fixture->rig, "20.conf", settings);
  if (!rig_start_courier (fixture->rig))
    return 1;
  fixture->citizen = citizen_new (fixture->rig, &config);
  fixture->citizen->perform_other = perform_other_cb;
  fixture->citizen->user_data = fixture;
  fixture->look_ups = pv_look_up_link_new (fixture->citizen->courier, "/dev/null", &look_up_events, fixture);
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;
  gboolean is_clean;

  pv_look_up_link_free (fixture->look_ups);
  citizen_free (fixture->citizen);
  is_clean = rig_free (fixture->rig);
  g_free (fixture);
  return is_clean ? 0 : 1;
}

static const PvScreenState *
screen (Fixture *fixture)
{
  return citizen_screen (fixture->citizen);
}

static void
act (Fixture *fixture, PvIntentionKind kind, const char *target, const char *value)
{
  citizen_act (fixture->citizen, kind, target, value);
}

/* Runs the loop until the screen has this key. */
static void
wait_screen (Fixture *fixture, const char *key)
{
  gint64 end = g_get_monotonic_time () + RIG_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  while (!g_str_equal (screen (fixture)->key, key) && g_get_monotonic_time () < end) {
    citizen_perform (fixture->citizen);
    rig_pump (fixture->rig, PAUSE_MS);
  }
  assert_string_equal (screen (fixture)->key, key);
}

static void
wait_catalogue (Fixture *fixture)
{
  gint64 end = g_get_monotonic_time () + RIG_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  /* What the courier has before it heard of the portal is short. */
  while ((fixture->citizen->catalogue == NULL || pv_catalogue_find (fixture->citizen->catalogue, SLUG) == NULL)
         && g_get_monotonic_time () < end) {
    pv_courier_link_fetch_catalogue (fixture->citizen->courier);
    rig_pump (fixture->rig, 10 * PAUSE_MS);
  }
  assert_non_null (fixture->citizen->catalogue);
  assert_non_null (pv_catalogue_find (fixture->citizen->catalogue, SLUG));
}

static const PvField *
find_field (Fixture *fixture, PvFieldKind kind)
{
  for (guint i = 0; i < screen (fixture)->fields->len; i++) {
    const PvField *field = screen (fixture)->fields->pdata[i];

    if (field->kind == kind)
      return field;
  }
  return NULL;
}

/* The first free time, and who comes. Ends at the check. */
static void
answer (Fixture *fixture)
{
  static const char *const person[][2] = { { "surname", "Quémener" },
                                           { "given-names", "Camille" },
                                           { "phone", "0199000000" } };

  for (guint i = 0; i < MAX_STEPS && screen (fixture)->id == PV_SCREEN_QUESTION; i++) {
    const PvField *times = find_field (fixture, PV_FIELD_TIMES);
    g_autofree char *id = NULL, *slot = NULL;

    if (pv_screen_state_find_field (screen (fixture), "loading") != NULL) {
      rig_pump (fixture->rig, PAUSE_MS);
      i--;
      continue;
    }
    if (times != NULL) {
      id = g_strdup (times->id);
      slot = g_strdup (((PvChoice *) times->choices->pdata[0])->id);
      act (fixture, PV_DO_CHOOSE, id, slot);
    }
    for (gsize k = 0; k < G_N_ELEMENTS (person); k++)
      if (pv_screen_state_find_field (screen (fixture), person[k][0]) != NULL)
        act (fixture, PV_DO_TYPE, person[k][0], person[k][1]);
    act (fixture, PV_DO_NEXT, NULL, NULL);
    rig_pump (fixture->rig, PAUSE_MS);
  }
  assert_int_equal (screen (fixture)->id, PV_SCREEN_CHECK);
}

static void
send_and_wait (Fixture *fixture)
{
  while (pv_screen_state_find_action (screen (fixture), PV_DO_SEND) == NULL)
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
  wait_screen (fixture, "done-received");
}

/* From Home on, as whoever comes back. */
static void
follow (Fixture *fixture, const char *ref)
{
  act (fixture, PV_DO_OPEN_FOLLOW, NULL, NULL);
  act (fixture, PV_DO_TYPE, "code", ref);
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  wait_screen (fixture, "follow-found");
}

static const char *
value_of_row (Fixture *fixture, const char *label)
{
  const PvField *summary = pv_screen_state_find_field (screen (fixture), "found");

  for (guint i = 0; summary != NULL && i < summary->rows->len; i++)
    if (g_str_equal (((PvSummaryRow *) summary->rows->pdata[i])->label, label))
      return ((PvSummaryRow *) summary->rows->pdata[i])->value;
  return NULL;
}

/* What the agenda has and nobody gave up; @ret_slot: (nullable): of the only one. */
static guint
count_bookings (Fixture *fixture, const char *ref, char **ret_slot)
{
  g_autoptr (PvDemoStore) store = rig_open_portal (fixture->rig);
  g_autoptr (GPtrArray) bookings = pv_demo_bookings_list (store, ref);

  if (ret_slot != NULL)
    *ret_slot = bookings->len == 1 ? g_strdup (((PvDemoBooking *) bookings->pdata[0])->slot) : NULL;
  return bookings->len;
}

static void
open_procedure (Fixture *fixture)
{
  gint64 end = g_get_monotonic_time () + RIG_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  act (fixture, PV_DO_OPEN_SEARCH, NULL, NULL);
  act (fixture, PV_DO_OPEN_PROCEDURE, SLUG, NULL);
  while (pv_screen_state_find_action (screen (fixture), PV_DO_BEGIN) == NULL && g_get_monotonic_time () < end)
    rig_pump (fixture->rig, PAUSE_MS);
  act (fixture, PV_DO_BEGIN, NULL, NULL);
}

static void
begin_moving (Fixture *fixture)
{
  gint64 end = g_get_monotonic_time () + RIG_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  act (fixture, PV_DO_MOVE_APPOINTMENT, NULL, NULL);
  while (pv_screen_state_find_action (screen (fixture), PV_DO_BEGIN) == NULL && g_get_monotonic_time () < end)
    rig_pump (fixture->rig, PAUSE_MS);
  act (fixture, PV_DO_BEGIN, NULL, NULL);
  answer (fixture);
  send_and_wait (fixture);
}

static void
the_list_brings_what_the_search_knows (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) found = NULL;

  wait_catalogue (fixture);
  assert_true (fixture->citizen->catalogue->entries->len > 5); /* the portal's own, too */
  assert_non_null (fixture->citizen->catalogue->synonyms);
  found = pv_catalogue_search (fixture->citizen->catalogue, "clavier");
  assert_true (found->len > 0);
  assert_string_equal (((PvCatalogueEntry *) found->pdata[0])->slug, SLUG);
}

static void
an_appointment_is_booked_followed_moved_and_given_up (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *first = NULL, *second = NULL, *third = NULL, *slot = NULL, *moved_slot = NULL, *again_slot = NULL;

  wait_catalogue (fixture);
  act (fixture, PV_DO_START, NULL, NULL);
  open_procedure (fixture);
  answer (fixture);
  send_and_wait (fixture);
  first = g_strdup (fixture->citizen->ref);
  assert_int_equal (count_bookings (fixture, first, &slot), 1);
  act (fixture, PV_DO_ANOTHER, NULL, NULL);

  follow (fixture, first);
  assert_non_null (value_of_row (fixture, "Appointment"));
  begin_moving (fixture);
  second = g_strdup (fixture->citizen->ref);
  assert_int_equal (count_bookings (fixture, NULL, &moved_slot), 1);
  assert_int_equal (count_bookings (fixture, second, NULL), 1);
  assert_string_not_equal (moved_slot, slot);
  act (fixture, PV_DO_ANOTHER, NULL, NULL);

  /* The receipt that they still have leads to it as well, and on to the one after it. */
  follow (fixture, first);
  begin_moving (fixture);
  third = g_strdup (fixture->citizen->ref);
  assert_int_equal (count_bookings (fixture, NULL, &again_slot), 1);
  assert_int_equal (count_bookings (fixture, third, NULL), 1);
  assert_string_not_equal (again_slot, moved_slot);
  act (fixture, PV_DO_ANOTHER, NULL, NULL);

  follow (fixture, first);
  act (fixture, PV_DO_CANCEL_APPOINTMENT, NULL, NULL);
  wait_screen (fixture, "cancel-appointment");
  act (fixture, PV_DO_CANCEL_APPOINTMENT, NULL, NULL);
  wait_screen (fixture, "done-received");
  assert_int_equal (count_bookings (fixture, NULL, NULL), 0);
  act (fixture, PV_DO_ANOTHER, NULL, NULL);

  /* By none of their references is there anything left to give up. */
  for (guint i = 0; i < 4; i++) {
    const char *const refs[] = { first, second, third, fixture->citizen->ref };

    follow (fixture, refs[i]);
    assert_string_equal (value_of_row (fixture, "State"), "Your appointment is cancelled");
    assert_null (value_of_row (fixture, "Appointment"));
    assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_CANCEL_APPOINTMENT));
    act (fixture, PV_DO_HOME, NULL, NULL);
  }
}

#define WITH_RIG(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_RIG (the_list_brings_what_the_search_knows),
    WITH_RIG (an_appointment_is_booked_followed_moved_and_given_up),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
