/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Practising, between a real courier and the demo portal: nothing is written, whoever asks for it. */

#include "tst.h"

#include <gio/gunixfdlist.h>
#include <string.h>

#include "citizen.h"
#include "core/drop.h"
#include "kiosk/session/capture-link.h"
#include "link/memfd.h"

enum {
  TIME_SCALE = 60,
  MAX_STEPS = 200,
  /* Long enough for a request that should not have been made to be seen. */
  AFTERWARDS_MS = 300,
};

/* Forms of the demo. */
static const char *const slugs[] = { "carte-bibliotheque", "encombrants", "signalement-rue", "acte-naissance",
                                     "question-facture" };

/* What a session is made of, without a window. */
typedef struct {
  Rig *rig;
  Citizen *citizen;
  PvCaptureLink *capture;
} Fixture;

static void
report_cb (const PvCaptureReport *report, gpointer user_data)
{
  Fixture *fixture = user_data;
  PvMoment moment = citizen_now (fixture->citizen);

  pv_journey_capture_report (fixture->citizen->journey, report, &moment);
}

static void
picture_cb (GdkTexture *texture, gpointer user_data)
{
  (void) texture;
  (void) user_data;
}

static void
document_cb (PvDocument *document, gpointer user_data)
{
  Fixture *fixture = user_data;
  PvMoment moment = citizen_now (fixture->citizen);

  pv_journey_document_came (fixture->citizen->journey, document, &moment);
}

static void
perform_other_cb (const PvEffect *effect, gpointer user_data)
{
  Fixture *fixture = user_data;

  pv_capture_link_perform (fixture->capture, effect);
}

static int
set_up (void **state)
{
  static const char *const languages[] = { "fr", NULL };
  const PvJourneyConfig config = { .commune = "Montclair",
                                   .languages = languages,
                                   .idle_seconds = 900,
                                   .warn_seconds = 60,
                                   .is_card_enabled = TRUE,
                                   .has_drop = TRUE,
                                   .is_printer_enabled = TRUE };
  static const PvCaptureLinkEvents capture_events = { report_cb, picture_cb, document_cb };
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (GString) settings = g_string_new (NULL);

  fixture->rig = rig_new (TIME_SCALE);
  if (fixture->rig == NULL)
    return 1;
  /* Most forms ask for documents. */
  for (gsize i = 0; i < G_N_ELEMENTS (slugs); i++)
    g_string_append_printf (settings, "[procedure %s]\ndocuments-later=true\n", slugs[i]);
  g_string_append (settings, "[appointment aide]\ntitle=Aide\nsource=agenda:mediateur/aide\nfields=name;phone;\n");
  rig_add_settings (fixture->rig, "20.conf", settings->str);
  if (!rig_start_courier (fixture->rig))
    return 1;
  fixture->citizen = citizen_new (fixture->rig, &config);
  fixture->citizen->perform_other = perform_other_cb;
  fixture->citizen->user_data = fixture;
  /* There are places for phones, but a practice has no need of them. */
  fixture->capture = pv_capture_link_new (&(PvCaptureLinkConfig){ .device = "none",
                                                                  .drop_url = "https://relais.example/d",
                                                                  .courier = fixture->citizen->courier },
                                          &capture_events, fixture);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;
  gboolean is_clean;

  pv_capture_link_free (fixture->capture);
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

/* Runs the loop until the screen has nothing that says "one moment". */
static gboolean
settle (Fixture *fixture)
{
  gint64 end = g_get_monotonic_time () + RIG_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end) {
    citizen_perform (fixture->citizen);
    if (pv_screen_state_find_field (screen (fixture), "loading") == NULL)
      return TRUE;
    rig_pump (fixture->rig, 10);
  }
  return FALSE;
}

static gboolean
wait_home (Fixture *fixture)
{
  gint64 end = g_get_monotonic_time () + RIG_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  act (fixture, PV_DO_START, NULL, NULL);
  while (pv_screen_state_find_field (screen (fixture), "life-events") == NULL && g_get_monotonic_time () < end) {
    citizen_perform (fixture->citizen);
    rig_pump (fixture->rig, 20);
    pv_courier_link_fetch_catalogue (fixture->citizen->courier);
  }
  return pv_screen_state_find_field (screen (fixture), "life-events") != NULL;
}

static void
choose_first (Fixture *fixture)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) kinds = g_array_new (FALSE, FALSE, sizeof (PvIntentionKind));

  for (guint i = 0; i < screen (fixture)->fields->len; i++) {
    const PvField *field = screen (fixture)->fields->pdata[i];
    gboolean is_choice =
      field->kind == PV_FIELD_CHOICE || field->kind == PV_FIELD_CHOICES || field->kind == PV_FIELD_TIMES;
    PvIntentionKind kind = field->kind == PV_FIELD_CHOICES ? PV_DO_TOGGLE : PV_DO_CHOOSE;

    if (!is_choice || field->choices == NULL)
      continue;
    for (guint k = 0; k < field->choices->len; k++) {
      const PvChoice *choice = field->choices->pdata[k];

      if (!choice->enabled)
        continue;
      g_ptr_array_add (ids, g_strdup (field->id));
      g_ptr_array_add (values, g_strdup (choice->id));
      g_array_append_val (kinds, kind);
      break;
    }
  }
  for (guint i = 0; i < ids->len; i++)
    act (fixture, g_array_index (kinds, PvIntentionKind, i), ids->pdata[i], values->pdata[i]);
}

/* One screen of questions further; FALSE: it stays where it is. */
static gboolean
answer_screen (Fixture *fixture)
{
  g_autofree char *before = g_strdup (screen (fixture)->key);

  choose_first (fixture);
  if (pv_screen_state_find_action (screen (fixture), PV_DO_USE_SAMPLE) != NULL)
    act (fixture, PV_DO_USE_SAMPLE, NULL, NULL);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  if (g_str_equal (screen (fixture)->key, before)) {
    const PvAction *add = pv_screen_state_find_action (screen (fixture), PV_DO_ADD_ROW);
    const PvAction *later = pv_screen_state_find_action (screen (fixture), PV_DO_LATER);
    const PvAction *decline = pv_screen_state_find_action (screen (fixture), PV_DO_DECLINE);
    const PvAction *way = later != NULL ? later : decline != NULL ? decline : add;
    g_autofree char *target = way != NULL ? g_strdup (way->target) : NULL;

    if (way != NULL)
      act (fixture, way->intention, target, NULL);
  }
  return settle (fixture) && !g_str_equal (screen (fixture)->key, before);
}

static void
tick_every_statement (Fixture *fixture)
{
  for (guint i = 0; i < screen (fixture)->fields->len; i++) {
    const PvField *field = screen (fixture)->fields->pdata[i];
    g_autofree char *id = g_strdup (field->id);

    if (field->kind == PV_FIELD_STATEMENT && !((PvChoice *) field->choices->pdata[0])->selected)
      act (fixture, PV_DO_TOGGLE, id, NULL);
  }
}

/* What the courier could not tell yet is asked for again, as a person would. */
static gboolean
open_procedure (Fixture *fixture, const char *slug)
{
  gint64 end = g_get_monotonic_time () + RIG_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  act (fixture, PV_DO_OPEN_SEARCH, NULL, NULL);
  act (fixture, PV_DO_OPEN_PROCEDURE, slug, NULL);
  while (g_get_monotonic_time () < end) {
    if (!settle (fixture))
      return FALSE;
    if (pv_screen_state_find_action (screen (fixture), PV_DO_BEGIN) != NULL)
      return TRUE;
    rig_pump (fixture->rig, 100);
    act (fixture, PV_DO_BACK, NULL, NULL);
    act (fixture, PV_DO_OPEN_PROCEDURE, slug, NULL);
  }
  return FALSE;
}

/* From the question that is open to the end. Returns: how far it came */
static const char *
finish (Fixture *fixture)
{
  for (guint i = 0; i < MAX_STEPS && settle (fixture) && screen (fixture)->id == PV_SCREEN_QUESTION; i++)
    if (!answer_screen (fixture))
      break;
  while (screen (fixture)->id == PV_SCREEN_CHECK
         && pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL) {
    tick_every_statement (fixture);
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  }
  tick_every_statement (fixture);
  act (fixture, PV_DO_SEND, NULL, NULL);
  fixture->citizen->ahead_ms += 5000;
  {
    PvMoment moment = citizen_now (fixture->citizen);

    pv_journey_tick (fixture->citizen->journey, &moment);
  }
  citizen_perform (fixture->citizen);
  return screen (fixture)->key;
}

/* What can be done of the form with made-up answers alone. Returns: how far it came */
static const char *
walk (Fixture *fixture, const char *slug)
{
  if (!open_procedure (fixture, slug))
    return "not loaded";
  act (fixture, PV_DO_BEGIN, NULL, NULL);
  if (screen (fixture)->id == PV_SCREEN_IDENTITY) {
    act (fixture, PV_DO_USE_SAMPLE, NULL, NULL);
    act (fixture, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
  }
  return finish (fixture);
}

static guint
count_outbox (const Rig *rig)
{
  g_autofree char *path = g_build_filename (rig->folder, "state", "outbox", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
assert_nothing_was_written (Fixture *fixture, guint outbox_before)
{
  rig_pump (fixture->rig, AFTERWARDS_MS);
  assert_int_equal (rig_count_requests (fixture->rig, "submit"), 0);
  assert_int_equal (rig_count_requests (fixture->rig, "prefill"), 0);
  assert_int_equal (rig_count_requests (fixture->rig, "other"), 0);
  assert_int_equal (count_outbox (fixture->rig), outbox_before);
}

static void
a_whole_practice_writes_nothing_anywhere (void **state)
{
  Fixture *fixture = *state;
  guint outbox_before, n_done = 0;

  assert_true (wait_home (fixture));
  outbox_before = count_outbox (fixture->rig);
  act (fixture, PV_DO_OPEN_PRACTICE, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (slugs); i++) {
    const char *key = walk (fixture, slugs[i]);

    assert_true (screen (fixture)->is_practice);
    if (strcmp (key, "done-practice") != 0)
      fail_msg ("%s ends on %s", slugs[i], key);
    n_done++;
    act (fixture, PV_DO_ANOTHER, NULL, NULL);
  }
  assert_int_equal (n_done, G_N_ELEMENTS (slugs));
  assert_int_equal (fixture->citizen->n_stores, 0);
  assert_nothing_was_written (fixture, outbox_before);
}

static void
wait_screen (Fixture *fixture, const char *key)
{
  gint64 end = g_get_monotonic_time () + RIG_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  while (!g_str_equal (screen (fixture)->key, key) && g_get_monotonic_time () < end) {
    citizen_perform (fixture->citizen);
    rig_pump (fixture->rig, 10);
  }
  assert_string_equal (screen (fixture)->key, key);
}

/* Of the question that is open, by the scanner that is not there, and by the phone. */
static void
give_documents (Fixture *fixture, const char *path)
{
  g_autofree char *key = g_strdup (screen (fixture)->key);

  act (fixture, PV_DO_SEND_FROM_PHONE, path, NULL);
  wait_screen (fixture, "document-code");
  wait_screen (fixture, "document-arrived");
  act (fixture, PV_DO_BACK, NULL, NULL);
  wait_screen (fixture, key);
  act (fixture, PV_DO_SCAN, path, NULL);
  wait_screen (fixture, "document-lay");
  act (fixture, PV_DO_SCAN_PAGE, NULL, NULL);
  wait_screen (fixture, "document-page");
  assert_true (screen (fixture)->is_practice);
  act (fixture, PV_DO_USE_DOCUMENT, NULL, NULL);
  wait_screen (fixture, key);
}

/* Documents, an appointment of the agenda itself, and going on at home. */
static void
what_else_would_write_is_practised_without_writing (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = NULL;
  guint outbox_before;

  assert_true (wait_home (fixture));
  outbox_before = count_outbox (fixture->rig);
  act (fixture, PV_DO_OPEN_PRACTICE, NULL, NULL);
  assert_true (open_procedure (fixture, "signalement-rue"));
  act (fixture, PV_DO_BEGIN, NULL, NULL);
  if (screen (fixture)->id == PV_SCREEN_IDENTITY) {
    act (fixture, PV_DO_USE_SAMPLE, NULL, NULL);
    act (fixture, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
  }
  for (guint i = 0; i < MAX_STEPS && path == NULL && screen (fixture)->id == PV_SCREEN_QUESTION; i++) {
    const PvAction *scan = pv_screen_state_find_action (screen (fixture), PV_DO_SCAN);

    path = scan != NULL ? g_strdup (scan->target) : NULL;
    if (path == NULL && !answer_screen (fixture))
      break;
  }
  assert_non_null (path);
  give_documents (fixture, path);
  act (fixture, PV_DO_HAND_OVER, NULL, NULL); /* not offered, and does nothing */
  assert_int_equal (screen (fixture)->id, PV_SCREEN_QUESTION);
  assert_string_equal (finish (fixture), "done-practice");
  assert_true (screen (fixture)->is_practice);
  act (fixture, PV_DO_PRINT, NULL, NULL);
  assert_non_null (fixture->citizen->receipt);
  assert_true (fixture->citizen->receipt->practice);
  assert_int_equal (fixture->citizen->receipt->documents->len, 1);
  act (fixture, PV_DO_ANOTHER, NULL, NULL);
  assert_string_equal (walk (fixture, "aide"), "done-practice");
  assert_int_equal (fixture->citizen->n_stores, 0);
  assert_nothing_was_written (fixture, outbox_before);
  assert_int_equal (rig_count_requests (fixture->rig, "book"), 0);
  assert_int_equal (rig_count_requests (fixture->rig, "drop"), 0);
}

static char *
error_of (GError *error)
{
  return error != NULL ? g_dbus_error_get_remote_error (error) : NULL;
}

/* A place is opened, emptied and given up at the relay; what only reads is answered. */
static void
a_connection_that_practises_opens_no_place_for_a_phone (void **state)
{
  static const char id[] = "00112233445566778899aabbccddeeff";
  Fixture *fixture = *state;
  PvLinkCourier1 *proxy;
  g_autoptr (GError) opened = NULL, taken = NULL, closed = NULL, followed = NULL;
  g_autofree char *open_name = NULL, *take_name = NULL, *close_name = NULL;
  g_autoptr (GVariant) handle = NULL;

  assert_true (rig_connect (fixture->rig));
  proxy = fixture->rig->proxy;
  assert_true (pv_link_courier1_call_begin_practice_sync (proxy, G_DBUS_CALL_FLAGS_NONE, 20000, NULL, NULL));
  pv_link_courier1_call_open_drop_sync (proxy, id, G_DBUS_CALL_FLAGS_NONE, 20000, NULL, &opened);
  open_name = error_of (opened);
  assert_string_equal (open_name, "org.parvis.Error.Practice");
  pv_link_courier1_call_take_drop_sync (proxy, id, G_DBUS_CALL_FLAGS_NONE, 20000, NULL, NULL, NULL, NULL, &taken);
  take_name = error_of (taken);
  assert_string_equal (take_name, "org.parvis.Error.Practice");
  pv_link_courier1_call_close_drop_sync (proxy, id, G_DBUS_CALL_FLAGS_NONE, 20000, NULL, &closed);
  close_name = error_of (closed);
  assert_string_equal (close_name, "org.parvis.Error.Practice");
  assert_int_equal (rig_count_requests (fixture->rig, "drop"), 0);
  assert_true (pv_link_courier1_call_follow_sync (proxy, "BCDFGHJK", G_DBUS_CALL_FLAGS_NONE, 40000, NULL, &handle, NULL,
                                                  NULL, &followed));
}

/* Whatever a session would do wrong, the courier does not. */
static void
a_connection_that_practises_stores_nothing (void **state)
{
  Fixture *fixture = *state;
  Rig *rig = fixture->rig;
  RigFiling *filing = rig_new_filing (rig, "encombrants", "parvis_ref", PV_OUTBOX_FILE);
  RigFiling *draft = rig_new_filing (rig, "encombrants", "parvis_ref", PV_OUTBOX_DRAFT);
  g_autofree char *refused = NULL, *refused_draft = NULL, *again = NULL;
  guint outbox_before;

  assert_true (rig_connect (rig));
  outbox_before = count_outbox (rig);
  assert_true (pv_link_courier1_call_begin_practice_sync (rig->proxy, G_DBUS_CALL_FLAGS_NONE, 20000, NULL, NULL));
  refused = rig_try_store (rig, filing);
  assert_string_equal (refused, "org.parvis.Error.Practice");
  refused_draft = rig_try_store (rig, draft);
  assert_string_equal (refused_draft, "org.parvis.Error.Practice");
  assert_nothing_was_written (fixture, outbox_before);
  /* There is no way back but a new connection, and there it is real. */
  assert_true (pv_link_courier1_call_begin_practice_sync (rig->proxy, G_DBUS_CALL_FLAGS_NONE, 20000, NULL, NULL));
  again = rig_try_store (rig, filing);
  assert_string_equal (again, "org.parvis.Error.Practice");
  rig_disconnect (rig);
  assert_true (rig_store (rig, filing));
  assert_true (rig_wait_outcome (rig, filing, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS));
  assert_int_equal (rig_count_filed (rig, filing), 1);
}

/* The courier died meanwhile, and does not know of the practice any more. */
static void
a_practice_goes_on_practising_with_another_courier (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvSubmission) submission = pv_submission_new ();
  guint outbox_before;

  assert_true (wait_home (fixture));
  act (fixture, PV_DO_OPEN_PRACTICE, NULL, NULL);
  rig_kill_courier (fixture->rig);
  assert_true (rig_start_courier (fixture->rig));
  assert_string_equal (walk (fixture, "encombrants") != NULL ? "walked" : "", "walked");
  outbox_before = count_outbox (fixture->rig);
  assert_int_equal (fixture->citizen->n_stores, 0);
  /* The link itself refuses, too. */
  submission->slug = g_strdup ("encombrants");
  submission->ref = g_strdup ("BCDFGHJKLM");
  submission->version = g_strdup ("1");
  pv_courier_link_store (fixture->citizen->courier, submission);
  assert_nothing_was_written (fixture, outbox_before);
}

static void
what_is_real_afterwards_arrives (void **state)
{
  Fixture *fixture = *state;
  gint64 end = g_get_monotonic_time () + RIG_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  assert_true (wait_home (fixture));
  act (fixture, PV_DO_OPEN_PRACTICE, NULL, NULL);
  assert_string_equal (walk (fixture, "encombrants"), "done-practice");
  act (fixture, PV_DO_HOME, NULL, NULL);
  assert_true (open_procedure (fixture, "encombrants")); /* once the new line is up */
  act (fixture, PV_DO_BEGIN, NULL, NULL);
  if (screen (fixture)->id == PV_SCREEN_IDENTITY)
    act (fixture, PV_DO_WITHOUT_CARD, NULL, NULL);
  act (fixture, PV_DO_HAND_OVER, NULL, NULL);
  assert_int_equal (fixture->citizen->n_stores, 1);
  while (strcmp (screen (fixture)->key, "done-kept") != 0 && g_get_monotonic_time () < end)
    rig_pump (fixture->rig, 20);
  assert_string_equal (screen (fixture)->key, "done-kept");
  assert_int_equal (rig_count_requests (fixture->rig, "submit"), 1);
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (a_whole_practice_writes_nothing_anywhere),           T (what_else_would_write_is_practised_without_writing),
    T (a_connection_that_practises_stores_nothing),         T (a_connection_that_practises_opens_no_place_for_a_phone),
    T (a_practice_goes_on_practising_with_another_courier), T (what_is_real_afterwards_arrives),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
