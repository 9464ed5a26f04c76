/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Appointments from the outbox to the agenda of the demo, through courier, worker and relay: taken meanwhile, lost answers,
 * moved, given up, without the network; and a whole journey whose time is taken between choice and booking. */

#include "tst.h"

#include <string.h>

#include "core/journey.h"
#include "demo/bookings.h"
#include "platform/http.h"
#include "portal/publik/publik.h"
#include "rig.h"

enum { TIME_SCALE = 60, CALL_DEADLINE_MS = 30 * 1000, LONG_AGO_S = 3600, MANY_STEPS = 60 };

#define TITLES "agenda:mairie/titres"
#define HELP   "agenda:mediateur/aide"

typedef struct {
  Rig *rig;
  PvPortal *portal; /* a reader of its own */
} Fixture;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->rig = rig_new (TIME_SCALE);
  *state = fixture;
  if (fixture->rig == NULL || !rig_start_courier (fixture->rig))
    return 1;
  {
    g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", fixture->rig->relay_port);
    g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
    g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
    const PvPublikConfig config = {
      .mode = PV_PUBLIK_RELAY, .base_url = url, .portal_url = "https://demarches.montclair.example", .sources = sources
    };

    g_hash_table_insert (sources, (gpointer) "chrono_ds_agenda_meetings_mairie_mt_titres", (gpointer) TITLES);
    fixture->portal = PV_PORTAL (pv_publik_new (&config, client, NULL));
  }
  return fixture->portal != NULL ? 0 : 1;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;
  gboolean is_clean;

  g_clear_object (&fixture->portal);
  is_clean = rig_free (fixture->rig);
  g_free (fixture);
  return is_clean ? 0 : 1;
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **kept)
{
  gint64 end = g_get_monotonic_time () + CALL_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  while (*kept == NULL && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  assert_non_null (*kept);
  return *kept;
}

static GPtrArray *
read_times (Fixture *fixture, const char *source)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *options;

  pv_portal_options_async (fixture->portal, "any", source, NULL, NULL, keep_cb, &result);
  options = pv_portal_options_finish (fixture->portal, wait_for (&result), NULL);
  assert_non_null (options);
  return options;
}

/* The @n-th that is free. (transfer full) */
static char *
find_free (Fixture *fixture, const char *source, guint n)
{
  g_autoptr (GPtrArray) options = read_times (fixture, source);

  for (guint i = 0; i < options->len; i++) {
    const PvOption *option = options->pdata[i];

    if (!option->disabled && n-- == 0)
      return g_strdup (option->id);
  }
  return NULL;
}

static gboolean
is_free (Fixture *fixture, const char *source, const char *slot)
{
  g_autoptr (GPtrArray) options = read_times (fixture, source);

  for (guint i = 0; i < options->len; i++) {
    const PvOption *option = options->pdata[i];

    if (g_str_equal (option->id, slot))
      return !option->disabled;
  }
  return FALSE;
}

static PvSubmission *
new_submission (PvSubmissionPurpose purpose, const char *slug, const char *source, const char *slot)
{
  PvSubmission *submission = pv_submission_new ();

  submission->purpose = purpose;
  submission->slug = g_strdup (slug);
  submission->version = g_strdup ("1");
  submission->ref = rig_make_ref ();
  submission->ref_field = g_strdup (purpose == PV_SUBMISSION_FILE ? "parvis_ref" : PV_BOOKING_REF_FIELD);
  submission->note = g_strdup_printf ("Borne %s", submission->ref);
  submission->created_us = g_get_real_time ();
  submission->appointment = pv_appointment_new (source, slot, G_GINT64_CONSTANT (1796286000000000));
  submission->appointment->label = g_strdup ("Essai");
  return submission;
}

static void
answer (PvSubmission *submission, const char *name, PvQuestionKind kind, PvValue *value)
{
  PvSubmissionEntry *entry = pv_submission_entry_new (name, name, kind);

  entry->value = value;
  g_ptr_array_add (submission->entries, entry);
}

static RigFiling *
file (Fixture *fixture, const char *slot, gint64 age_s)
{
  g_autoptr (PvSubmission) submission = new_submission (PV_SUBMISSION_FILE, "rendez-vous-identite", TITLES, slot);

  submission->created_us -= age_s * G_USEC_PER_SEC;
  answer (submission, "creneau", PV_QUESTION_CHOICE,
          pv_value_new_options ((const char *[]){ slot, NULL }, (const char *[]){ slot, NULL }));
  answer (submission, "parvis_ref", PV_QUESTION_TEXT, pv_value_new_text (submission->ref));
  return rig_add_submission (fixture->rig, submission);
}

/* @moves: (nullable): what is replaced */
static RigFiling *
book (Fixture *fixture, const char *slot, const RigFiling *moves, gint64 age_s)
{
  g_autoptr (PvSubmission) submission = new_submission (PV_SUBMISSION_BOOK, "aide", HELP, slot);

  submission->created_us -= age_s * G_USEC_PER_SEC;
  answer (submission, "surname", PV_QUESTION_TEXT, pv_value_new_text ("Quémener"));
  answer (submission, "phone", PV_QUESTION_PHONE, pv_value_new_text ("0199000000"));
  if (moves != NULL) {
    submission->appointment->cancels = g_strdup (moves->outcome->booking->id);
    submission->appointment->cancels_ref = g_strdup (moves->ref);
  }
  return rig_add_submission (fixture->rig, submission);
}

static RigFiling *
give_up (Fixture *fixture, const RigFiling *booked, const char *ref)
{
  g_autoptr (PvSubmission) submission = new_submission (PV_SUBMISSION_CANCEL, "aide", HELP, "");

  submission->appointment->cancels = g_strdup (booked->outcome->booking->id);
  submission->appointment->cancels_ref = g_strdup (ref);
  return rig_add_submission (fixture->rig, submission);
}

/* That are not given up; @ref: (nullable): of anybody. */
static guint
count_bookings (Fixture *fixture, const char *ref)
{
  g_autoptr (PvDemoStore) store = rig_open_portal (fixture->rig);
  g_autoptr (GPtrArray) bookings = pv_demo_bookings_list (store, ref);

  return bookings->len;
}

static void
store_and_wait (Fixture *fixture, RigFiling *filing, PvOutcomeKind kind)
{
  assert_true (rig_store (fixture->rig, filing));
  assert_true (rig_wait_outcome (fixture->rig, filing, kind, RIG_DEADLINE_MS));
}

static void
a_form_s_time_is_confirmed_when_the_agenda_has_it (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *slot = find_free (fixture, TITLES, 0);
  RigFiling *filing = file (fixture, slot, 0);

  store_and_wait (fixture, filing, PV_OUTCOME_RECEIVED);
  assert_non_null (filing->outcome->booking);
  assert_false (filing->outcome->booking->may_cancel);
  assert_int_equal (count_bookings (fixture, filing->ref), 1);
  assert_false (is_free (fixture, TITLES, slot));
}

static void
a_time_that_the_workflow_did_not_get_is_not_confirmed (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *slot = find_free (fixture, TITLES, 0);
  RigFiling *filing = file (fixture, slot, 0);

  assert_true (rig_set_faults (fixture->rig, "{\"faults\":[{\"kind\":\"sold-out\",\"on\":\"submit\"}]}"));
  store_and_wait (fixture, filing, PV_OUTCOME_RECEIVED);
  assert_null (filing->outcome->booking);
  assert_int_equal (rig_count_filed (fixture->rig, filing), 1);
}

static void
a_form_whose_time_is_taken_is_not_filed_and_comes_back (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *slot = find_free (fixture, TITLES, 0);
  RigFiling *other = file (fixture, slot, 0), *filing;

  store_and_wait (fixture, other, PV_OUTCOME_RECEIVED);
  filing = file (fixture, slot, 0); /* it has ten seconds from now */
  store_and_wait (fixture, filing, PV_OUTCOME_SLOT_TAKEN);
  assert_true (rig_wait_settled (fixture->rig, RIG_DEADLINE_MS));
  assert_int_equal (rig_state_of (fixture->rig, filing), PV_DELIVERY_RETURNED);
  assert_int_equal (rig_count_filed (fixture->rig, filing), 0);
}

/* Nobody stands there any more: the request is worth more than its time. */
static void
a_form_that_waited_is_filed_and_the_agents_are_told (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *slot = find_free (fixture, TITLES, 0);
  RigFiling *other = file (fixture, slot, 0), *filing = file (fixture, slot, LONG_AGO_S);
  g_autoptr (PvDemoStore) store = NULL;
  g_autoptr (PvDemoFiling) newest = NULL;

  store_and_wait (fixture, other, PV_OUTCOME_RECEIVED);
  store_and_wait (fixture, filing, PV_OUTCOME_RECEIVED);
  assert_null (filing->outcome->booking);
  assert_int_equal (rig_count_filed (fixture->rig, filing), 1);
  store = rig_open_portal (fixture->rig);
  newest = pv_demo_store_get_newest (store);
  /* In the commune's language. */
  assert_non_null (strstr (newest->context, "plus libre"));
}

static void
a_booking_has_a_number_and_the_time_is_gone_for_others (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *slot = find_free (fixture, HELP, 0);
  RigFiling *filing = book (fixture, slot, NULL, 0), *second;

  store_and_wait (fixture, filing, PV_OUTCOME_RECEIVED);
  assert_non_null (filing->outcome->number);
  assert_true (filing->outcome->booking->may_cancel);
  assert_string_equal (filing->outcome->booking->ref, filing->ref);
  assert_false (is_free (fixture, HELP, slot));
  second = book (fixture, slot, NULL, 0);
  store_and_wait (fixture, second, PV_OUTCOME_SLOT_TAKEN);
  assert_int_equal (count_bookings (fixture, NULL), 1);
}

/* Every way in which an answer may be lost: in the end there is one booking, and it is known. */
static void
a_lost_answer_never_books_twice (void **state)
{
  static const char *const faults[] = {
    "drop-after-store", "cut", "truncated", "rubbish", "error-500-after-store", "drop-before-store", "error-500"
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *slot = find_free (fixture, HELP, 0);
    RigFiling *filing = book (fixture, slot, NULL, 0);
    g_autofree char *json = g_strdup_printf ("{\"faults\":[{\"kind\":\"%s\",\"on\":\"book\",\"times\":1}]}", faults[i]);

    assert_true (rig_set_faults (fixture->rig, json));
    store_and_wait (fixture, filing, PV_OUTCOME_RECEIVED);
    assert_non_null (filing->outcome->booking);
    assert_int_equal (count_bookings (fixture, filing->ref), 1);
  }
}

static void
a_killed_worker_never_books_twice (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *slot = find_free (fixture, HELP, 0);
  RigFiling *filing = book (fixture, slot, NULL, 0);

  assert_true (
    rig_set_faults (fixture->rig, "{\"faults\":[{\"kind\":\"delay\",\"on\":\"book\",\"times\":1,\"seconds\":20}]}"));
  assert_true (rig_store (fixture->rig, filing));
  for (guint i = 0; i < 200 && count_bookings (fixture, filing->ref) == 0; i++)
    rig_pump (fixture->rig, 50);
  assert_true (rig_kill_worker (fixture->rig));
  assert_true (rig_wait_outcome (fixture->rig, filing, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  assert_int_equal (count_bookings (fixture, filing->ref), 1);
}

static void
sold_out_goes_back_to_who_is_there_and_else_to_an_agent (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *slot = find_free (fixture, HELP, 0);
  RigFiling *now = book (fixture, slot, NULL, 0), *before = book (fixture, slot, NULL, LONG_AGO_S);

  assert_true (rig_set_faults (fixture->rig, "{\"faults\":[{\"kind\":\"sold-out\",\"on\":\"book\"}]}"));
  store_and_wait (fixture, now, PV_OUTCOME_SLOT_TAKEN);
  store_and_wait (fixture, before, PV_OUTCOME_REFUSED);
  assert_true (rig_wait_settled (fixture->rig, RIG_DEADLINE_MS));
  assert_int_equal (rig_state_of (fixture->rig, now), PV_DELIVERY_RETURNED);
  assert_int_equal (rig_state_of (fixture->rig, before), PV_DELIVERY_REFUSED);
  assert_int_equal (count_bookings (fixture, NULL), 0);
}

static void
a_move_is_both_or_neither (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *first = find_free (fixture, HELP, 0);
  g_autofree char *second = find_free (fixture, HELP, 1);
  g_autofree char *third = find_free (fixture, HELP, 2);
  RigFiling *booked = book (fixture, first, NULL, 0), *others = book (fixture, second, NULL, 0), *refused, *moved;

  store_and_wait (fixture, booked, PV_OUTCOME_RECEIVED);
  store_and_wait (fixture, others, PV_OUTCOME_RECEIVED);
  refused = book (fixture, second, booked, 0);
  store_and_wait (fixture, refused, PV_OUTCOME_SLOT_TAKEN);
  assert_int_equal (count_bookings (fixture, booked->ref), 1); /* still theirs */
  moved = book (fixture, third, booked, 0);
  store_and_wait (fixture, moved, PV_OUTCOME_RECEIVED);
  assert_int_equal (count_bookings (fixture, booked->ref), 0);
  assert_int_equal (count_bookings (fixture, moved->ref), 1);
  assert_true (is_free (fixture, HELP, first));
}

static void
giving_up_is_done_once_whatever_is_lost (void **state)
{
  static const char *const faults[] = { "clock", "drop-after-store", "drop-before-store", "error-500-after-store" };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *slot = find_free (fixture, HELP, 0);
    g_autofree char *json = g_strdup_printf ("{\"faults\":[{\"kind\":\"%s\",\"on\":\"book\",\"times\":1}]}", faults[i]);
    RigFiling *booked = book (fixture, slot, NULL, 0), *cancelled;

    assert_true (rig_set_faults (fixture->rig, "{\"faults\":[]}"));
    store_and_wait (fixture, booked, PV_OUTCOME_RECEIVED);
    assert_true (rig_set_faults (fixture->rig, json));
    cancelled = give_up (fixture, booked, booked->ref);
    store_and_wait (fixture, cancelled, PV_OUTCOME_RECEIVED);
    assert_int_equal (count_bookings (fixture, booked->ref), 0);
    assert_true (is_free (fixture, HELP, slot));
  }
}

/* Numbers of bookings follow one another; the reference is the proof. */
static void
nobody_gives_up_or_moves_what_is_not_theirs (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *slot = find_free (fixture, HELP, 0);
  g_autofree char *second = find_free (fixture, HELP, 1);
  RigFiling *booked = book (fixture, slot, NULL, 0), *thief, *mover;
  g_autofree char *own = NULL;

  store_and_wait (fixture, booked, PV_OUTCOME_RECEIVED);
  thief = give_up (fixture, booked, "BCDFGHJKLM");
  store_and_wait (fixture, thief, PV_OUTCOME_REFUSED);
  own = g_steal_pointer (&booked->ref);
  booked->ref = g_strdup ("BCDFGHJKLM");
  mover = book (fixture, second, booked, 0);
  assert_true (rig_store (fixture->rig, mover));
  assert_true (rig_wait_outcome (fixture->rig, mover, PV_OUTCOME_PENDING, RIG_DEADLINE_MS));
  assert_int_equal (count_bookings (fixture, own), 1);
  assert_int_equal (count_bookings (fixture, mover->ref), 0);
}

static void
without_the_network_nothing_is_promised_and_nothing_lost (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *title = find_free (fixture, TITLES, 0);
  g_autofree char *help = find_free (fixture, HELP, 0);
  RigFiling *form = file (fixture, title, 0), *booking = book (fixture, help, NULL, 0);

  rig_stop_demo (fixture->rig);
  store_and_wait (fixture, form, PV_OUTCOME_PENDING);
  store_and_wait (fixture, booking, PV_OUTCOME_PENDING);
  assert_null (form->outcome->booking);
  assert_true (rig_start_demo (fixture->rig));
  assert_true (rig_wait_outcome (fixture->rig, form, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  assert_true (rig_wait_outcome (fixture->rig, booking, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  assert_int_equal (rig_count_filed (fixture->rig, form), 1);
  assert_int_equal (count_bookings (fixture, booking->ref), 1);
}

/* A journey ------------------------------------------------------------------------------------------------------- */

static PvProcedure *
describe (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  PvProcedure *procedure;

  pv_portal_describe_async (fixture->portal, "rendez-vous-identite", NULL, keep_cb, &result);
  procedure = pv_portal_describe_finish (fixture->portal, wait_for (&result), NULL);
  assert_non_null (procedure);
  return procedure;
}

static void
act (PvJourney *journey, PvMoment *now, PvIntentionKind kind, const char *target, const char *value)
{
  g_autoptr (PvIntention) intention = pv_intention_new (kind, PV_ACTOR_CITIZEN, target, value);

  pv_journey_handle (journey, intention, now);
}

/* Answers what the form of an identity card asks; times are chosen by the caller. */
static void
answer_screen (PvJourney *journey, PvMoment *now)
{
  const PvScreenState *state = pv_journey_get_state (journey);
  g_autoptr (GPtrArray) todo = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];

    if (field->kind == PV_FIELD_CHOICE && field->choices != NULL && field->choices->len > 0)
      g_ptr_array_add (todo,
                       g_strdup_printf ("choose\n%s\n%s", field->id, ((PvChoice *) field->choices->pdata[0])->id));
    else if (field->kind == PV_FIELD_DATE)
      g_ptr_array_add (todo, g_strdup_printf ("date\n%s\n", field->id));
    else if (field->kind == PV_FIELD_INPUT && field->input == PV_INPUT_PHONE)
      g_ptr_array_add (todo, g_strdup_printf ("type\n%s\n0199000000", field->id));
    else if (field->kind == PV_FIELD_INPUT && field->value == NULL && field->input == PV_INPUT_LETTERS)
      g_ptr_array_add (todo, g_strdup_printf ("type\n%s\nQuémener", field->id));
  }
  for (guint i = 0; i < todo->len; i++) {
    g_auto (GStrv) parts = g_strsplit (todo->pdata[i], "\n", 3);

    if (g_str_equal (parts[0], "choose")) {
      act (journey, now, PV_DO_CHOOSE, parts[1], parts[2]);
    } else if (g_str_equal (parts[0], "type")) {
      act (journey, now, PV_DO_TYPE, parts[1], parts[2]);
    } else {
      static const char *const boxes[][2] = { { "day", "13" }, { "month", "7" }, { "year", "1990" } };

      for (gsize k = 0; k < G_N_ELEMENTS (boxes); k++) {
        g_autofree char *box = g_strconcat (parts[1], "/", boxes[k][0], NULL);

        act (journey, now, PV_DO_TYPE_PART, box, boxes[k][1]);
      }
    }
  }
}

static const PvField *
find_times (PvJourney *journey)
{
  const PvScreenState *state = pv_journey_get_state (journey);

  for (guint i = 0; i < state->fields->len; i++)
    if (((PvField *) state->fields->pdata[i])->kind == PV_FIELD_TIMES)
      return state->fields->pdata[i];
  return NULL;
}

/* Performs what the journey wants: lists are read from the demo, and what is sent goes through the courier. */
static RigFiling *
perform (Fixture *fixture, PvJourney *journey, PvMoment *now)
{
  RigFiling *filing = NULL;

  for (PvEffect *effect = pv_journey_pop_effect (journey); effect != NULL; effect = pv_journey_pop_effect (journey)) {
    if (effect->kind == PV_EFFECT_FETCH_OPTIONS)
      pv_journey_options_loaded (journey, effect->path, read_times (fixture, TITLES), now);
    if (effect->kind == PV_EFFECT_GIVE_REF || effect->kind == PV_EFFECT_FETCH_PROCEDURE) {
      g_autofree char *ref = rig_make_ref ();

      pv_journey_set_ref (journey, ref);
    }
    if (effect->kind == PV_EFFECT_STORE) {
      g_free (effect->submission->note);
      effect->submission->note = g_strdup_printf ("Borne %s", effect->submission->ref);
      effect->submission->created_us = g_get_real_time ();
      filing = rig_add_submission (fixture->rig, effect->submission);
    }
    pv_effect_free (effect);
  }
  return filing;
}

/* Up to the check, through every screen; stops at the times with @stop. */
static void
walk (Fixture *fixture, PvJourney *journey, PvMoment *now)
{
  for (guint i = 0; i < MANY_STEPS && pv_journey_get_state (journey)->id == PV_SCREEN_QUESTION; i++) {
    const PvField *times;

    perform (fixture, journey, now);
    answer_screen (journey, now);
    times = find_times (journey);
    if (times != NULL) {
      g_autofree char *id = g_strdup (times->id);
      g_autofree char *slot = g_strdup (((PvChoice *) times->choices->pdata[0])->id);

      act (journey, now, PV_DO_CHOOSE, id, slot);
    }
    act (journey, now, PV_DO_NEXT, NULL, NULL);
  }
}

static void
send_check (PvJourney *journey, PvMoment *now)
{
  for (guint i = 0; i < MANY_STEPS && pv_journey_get_state (journey)->id == PV_SCREEN_CHECK; i++) {
    const PvScreenState *state = pv_journey_get_state (journey);
    g_autofree char *statement = NULL;

    for (guint k = 0; k < state->fields->len; k++) {
      const PvField *field = state->fields->pdata[k];

      if (field->kind == PV_FIELD_STATEMENT && !((PvChoice *) field->choices->pdata[0])->selected)
        statement = g_strdup (field->id);
    }
    if (statement != NULL)
      act (journey, now, PV_DO_TOGGLE, statement, NULL);
    act (journey, now,
         pv_screen_state_find_action (pv_journey_get_state (journey), PV_DO_SEND) != NULL ? PV_DO_SEND
                                                                                          : PV_DO_NEXT_PAGE,
         NULL, NULL);
  }
}

/* The choice of the first one, as it stands in the submission. (transfer full) */
static char *
chosen_slot (Fixture *fixture, const RigFiling *filing)
{
  guint8 reply_key[PV_OUTBOX_KEY_BYTES];
  g_autoptr (GVariant) variant = pv_outbox_open (filing->container, fixture->rig->keys, reply_key, NULL);
  g_autoptr (PvSubmission) submission = pv_submission_from_variant (variant, NULL);

  return g_strdup (submission->appointment->slot);
}

static guint
count_answers (Fixture *fixture, const RigFiling *filing)
{
  guint8 reply_key[PV_OUTBOX_KEY_BYTES];
  g_autoptr (GVariant) variant = pv_outbox_open (filing->container, fixture->rig->keys, reply_key, NULL);
  g_autoptr (PvSubmission) submission = pv_submission_from_variant (variant, NULL);

  return submission->entries->len;
}

static void
a_time_taken_between_choice_and_booking_leads_back_with_all_answers (void **state)
{
  static const char *const languages[] = { "en", NULL };
  Fixture *fixture = *state;
  const PvJourneyConfig config = {
    .commune = "Montclair", .languages = languages, .idle_seconds = 90, .warn_seconds = 60
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr (PvProcedure) procedure = describe (fixture);
  g_autoptr (PvCatalogue) catalogue = pv_catalogue_new ();
  PvCatalogueEntry *entry = pv_catalogue_entry_new ("rendez-vous-identite", "Rendez-vous");
  PvJourney *journey = pv_journey_new (&config);
  PvMoment now = { .zone = zone, .utc_us = g_get_real_time (), .monotonic_ms = 1000 };
  g_autofree char *slot = NULL, *second_slot = NULL;
  RigFiling *first, *rival, *second;

  entry->category = g_strdup ("papiers");
  g_ptr_array_add (catalogue->entries, entry);
  pv_journey_catalogue_loaded (journey, catalogue, &now);
  act (journey, &now, PV_DO_START, NULL, NULL);
  act (journey, &now, PV_DO_OPEN_CATEGORY, "papiers", NULL);
  act (journey, &now, PV_DO_OPEN_PROCEDURE, "rendez-vous-identite", NULL);
  perform (fixture, journey, &now);
  pv_journey_procedure_loaded (journey, "rendez-vous-identite", procedure, &now);
  act (journey, &now, PV_DO_BEGIN, NULL, NULL);
  walk (fixture, journey, &now);
  assert_int_equal (pv_journey_get_state (journey)->id, PV_SCREEN_CHECK);
  send_check (journey, &now);
  first = perform (fixture, journey, &now);
  assert_non_null (first);
  slot = chosen_slot (fixture, first);
  /* Somebody else is faster. */
  rival = file (fixture, slot, 0);
  store_and_wait (fixture, rival, PV_OUTCOME_RECEIVED);
  assert_true (rig_store (fixture->rig, first));
  pv_journey_stored (journey, TRUE, &now);
  assert_true (rig_wait_outcome (fixture->rig, first, PV_OUTCOME_SLOT_TAKEN, RIG_DEADLINE_MS));
  pv_journey_outcome (journey, first->outcome, &now);
  perform (fixture, journey, &now);
  assert_int_equal (pv_journey_get_state (journey)->id, PV_SCREEN_QUESTION);
  assert_non_null (find_times (journey));
  assert_true (pv_journey_get_state (journey)->notices->len > 0);
  walk (fixture, journey, &now); /* one screen: the rest is still answered */
  assert_int_equal (pv_journey_get_state (journey)->id, PV_SCREEN_CHECK);
  send_check (journey, &now);
  second = perform (fixture, journey, &now);
  assert_non_null (second);
  assert_string_not_equal (second->ref, first->ref);
  assert_int_equal (count_answers (fixture, second), count_answers (fixture, first));
  second_slot = chosen_slot (fixture, second);
  assert_string_not_equal (second_slot, slot);
  pv_journey_stored (journey, TRUE, &now);
  store_and_wait (fixture, second, PV_OUTCOME_RECEIVED);
  pv_journey_outcome (journey, second->outcome, &now);
  assert_string_equal (pv_journey_get_state (journey)->key, "done-received");
  assert_int_equal (count_bookings (fixture, second->ref), 1);
  assert_int_equal (rig_count_filed (fixture->rig, first), 0);
  pv_journey_free (journey);
}

int
main (void)
{
#define WITH_RIG(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    WITH_RIG (a_form_s_time_is_confirmed_when_the_agenda_has_it),
    WITH_RIG (a_time_that_the_workflow_did_not_get_is_not_confirmed),
    WITH_RIG (a_form_whose_time_is_taken_is_not_filed_and_comes_back),
    WITH_RIG (a_form_that_waited_is_filed_and_the_agents_are_told),
    WITH_RIG (a_booking_has_a_number_and_the_time_is_gone_for_others),
    WITH_RIG (a_lost_answer_never_books_twice),
    WITH_RIG (a_killed_worker_never_books_twice),
    WITH_RIG (sold_out_goes_back_to_who_is_there_and_else_to_an_agent),
    WITH_RIG (a_move_is_both_or_neither),
    WITH_RIG (giving_up_is_done_once_whatever_is_lost),
    WITH_RIG (nobody_gives_up_or_moves_what_is_not_theirs),
    WITH_RIG (without_the_network_nothing_is_promised_and_nothing_lost),
    WITH_RIG (a_time_taken_between_choice_and_booking_leads_back_with_all_answers),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
