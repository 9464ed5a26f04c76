/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kiosk's driver and the demo portal, each the real one, in both modes: they were written from the same document by
 * different people, and must understand each other. */

#include "tst.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>

#include "portal/publik/publik.h"

enum { DEADLINE_MS = 20000 };

#define SLUG "inscription-scolaire"

typedef struct Fixture {
  char *folder;
  GSubprocess *process;
  PvHttpClient *client;
  char *portal, *relay, *control;
  PvPortal *by_relay, *direct;
} Fixture;

static char *
read_url (const char *text, const char *name)
{
  return g_strdup_printf ("http://127.0.0.1:%d", (int) g_ascii_strtoll (strstr (text, name) + strlen (name), NULL, 10));
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *ports = NULL;
  g_autofree char *text = NULL;
  gint64 end = g_get_monotonic_time () + DEADLINE_MS * G_TIME_SPAN_MILLISECOND;
  PvPublikConfig config = { .sources = sources };

  fixture->folder = g_dir_make_tmp ("pv-driver-XXXXXX", NULL);
  ports = g_build_filename (fixture->folder, "ports", NULL);
  fixture->process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, g_getenv ("PV_DEMO_PROGRAM"), "--state", fixture->folder,
                      "--data", g_getenv ("PV_DEMO_DATA"), "--ports-file", ports, NULL);
  while (fixture->process != NULL && text == NULL && g_get_monotonic_time () < end)
    if (!g_file_get_contents (ports, &text, NULL, NULL))
      g_usleep (5000);
  if (text == NULL)
    return 1;
  fixture->portal = read_url (text, "PORTAL=");
  fixture->relay = read_url (text, "RELAY=");
  fixture->control = read_url (text, "CONTROL=");
  fixture->client = pv_http_client_new (NULL);
  g_hash_table_insert (sources, (gpointer) "chrono_ds_agenda_meetings_mairie_mt_titres",
                       (gpointer) "agenda:mairie/titres");
  config.mode = PV_PUBLIK_RELAY;
  config.base_url = fixture->relay;
  config.portal_url = fixture->portal;
  fixture->by_relay = PV_PORTAL (pv_publik_new (&config, fixture->client, NULL));
  config.mode = PV_PUBLIK_DIRECT;
  config.base_url = fixture->portal;
  config.orig = "borne";
  config.key = "cle-de-demonstration-de-la-borne";
  fixture->direct = PV_PORTAL (pv_publik_new (&config, fixture->client, NULL));
  *state = fixture;
  return fixture->by_relay == NULL || fixture->direct == NULL;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *ports = g_build_filename (fixture->folder, "ports", NULL);
  g_autofree char *database = g_build_filename (fixture->folder, "portal.sqlite", NULL);

  g_object_unref (fixture->by_relay);
  g_object_unref (fixture->direct);
  pv_http_client_unref (fixture->client);
  g_subprocess_send_signal (fixture->process, SIGTERM);
  g_subprocess_wait (fixture->process, NULL, NULL);
  g_object_unref (fixture->process);
  g_remove (ports);
  g_remove (database);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->portal);
  g_free (fixture->relay);
  g_free (fixture->control);
  g_free (fixture);
  return 0;
}

/* What an operation ended with. */
typedef struct Ending {
  GAsyncResult *result;
  gboolean is_done;
} Ending;

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ending *ending = user_data;

  (void) source;
  ending->result = g_object_ref (result);
  ending->is_done = TRUE;
}

/* Waits, finishes with @finish, and gives back the result; @error as usual. */
#define WAIT(ending, finish, portal, error)                                                                            \
  (assert_true (tst_pump_until (NULL, &(ending)->is_done, DEADLINE_MS)), finish (portal, (ending)->result, error))

static void
set_faults (Fixture *fixture, const char *faults)
{
  g_autofree char *text = g_strdup_printf ("{\"faults\": [%s]}", faults);
  g_autofree char *url = g_strconcat (fixture->control, "/demo/faults", NULL);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  const char *const headers[] = { "Content-Type: application/json", NULL };
  const PvHttpRequest request = { .method = "POST", .url = url, .headers = headers, .body = body };
  g_autoptr (PvHttpResponse) response = NULL;
  Ending ending = { 0 };

  pv_http_send_async (fixture->client, &request, NULL, ended_cb, &ending);
  response = WAIT (&ending, pv_http_send_finish, fixture->client, NULL);
  g_object_unref (ending.result);
  assert_non_null (response);
  assert_int_equal (pv_http_response_get_status (response), 200);
}

static PvProcedure *
describe (PvPortal *portal, const char *slug, GError **error)
{
  Ending ending = { 0 };
  PvProcedure *procedure;

  pv_portal_describe_async (portal, slug, NULL, ended_cb, &ending);
  procedure = WAIT (&ending, pv_portal_describe_finish, portal, error);
  g_object_unref (ending.result);
  return procedure;
}

static guint
count_options (PvPortal *portal, const char *slug, const char *source)
{
  Ending ending = { 0 };
  g_autoptr (GPtrArray) options = NULL;

  pv_portal_options_async (portal, slug, source, NULL, NULL, ended_cb, &ending);
  options = WAIT (&ending, pv_portal_options_finish, portal, NULL);
  g_object_unref (ending.result);
  return options != NULL ? options->len : 0;
}

static PvOutcome *
submit (PvPortal *portal, const char *ref, PvSubmissionPurpose purpose, GError **error)
{
  PvSubmission *submission = pv_submission_new ();
  PvSubmissionEntry *name = pv_submission_entry_new ("3", "enfant_nom", PV_QUESTION_TEXT);
  PvOutcome *outcome;
  Ending ending = { 0 };

  name->value = pv_value_new_text ("Martin");
  submission->purpose = purpose;
  submission->slug = g_strdup (SLUG);
  submission->form_id = g_strdup ("18");
  submission->version = g_strdup ("1");
  submission->ref = g_strdup (ref);
  submission->ref_field = g_strdup ("parvis_ref");
  g_ptr_array_add (submission->entries, name);
  pv_portal_submit_async (portal, submission, NULL, ended_cb, &ending);
  outcome = WAIT (&ending, pv_portal_submit_finish, portal, error);
  g_object_unref (ending.result);
  pv_submission_free (submission);
  return outcome;
}

static PvFound *
find (PvPortal *portal, const char *ref)
{
  Ending ending = { 0 };
  PvFound *found;

  pv_portal_find_async (portal, SLUG, "parvis_ref", ref, NULL, ended_cb, &ending);
  found = WAIT (&ending, pv_portal_find_finish, portal, NULL);
  g_object_unref (ending.result);
  assert_non_null (found);
  return found;
}

static void
lists_and_describes_every_form (void **state)
{
  Fixture *fixture = *state;
  PvPortal *portals[] = { fixture->by_relay, fixture->direct };

  for (gsize i = 0; i < G_N_ELEMENTS (portals); i++) {
    g_autoptr (PvCatalogue) catalogue = NULL;
    Ending ending = { 0 };

    pv_portal_list_async (portals[i], NULL, ended_cb, &ending);
    catalogue = WAIT (&ending, pv_portal_list_finish, portals[i], NULL);
    g_object_unref (ending.result);
    assert_non_null (catalogue);
    assert_true (catalogue->entries->len >= 10);
    for (guint j = 0; j < catalogue->entries->len; j++) {
      const PvCatalogueEntry *entry = g_ptr_array_index (catalogue->entries, j);
      g_autoptr (PvProcedure) procedure = describe (portals[i], entry->slug, NULL);

      assert_non_null (procedure);
      assert_string_equal (procedure->title, entry->title);
    }
  }
}

static void
finds_the_options_of_every_source (void **state)
{
  static const struct {
    const char *slug, *source;
  } rows[] = { { SLUG, "cards:ecoles" },
               { "encombrants", "cards:tournees" },
               { "rendez-vous-identite", "agenda:mairie/titres" } };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    assert_true (count_options (fixture->by_relay, rows[i].slug, rows[i].source) >= 3);
    assert_true (count_options (fixture->direct, rows[i].slug, rows[i].source) >= 3);
  }
}

static void
files_and_finds_again (void **state)
{
  static const char *const refs[] = { "BCDFGHJKLM", "NPQRSTVWXZ" };
  Fixture *fixture = *state;
  PvPortal *portals[] = { fixture->by_relay, fixture->direct };

  for (gsize i = 0; i < G_N_ELEMENTS (portals); i++) {
    g_autoptr (PvFound) before = find (portals[i], refs[i]);
    g_autoptr (GError) error = NULL;
    g_autoptr (PvOutcome) outcome = submit (portals[i], refs[i], PV_SUBMISSION_FILE, &error);
    g_autoptr (PvFound) after = find (portals[i], refs[i]);

    assert_false (before->found);
    assert_null (error);
    assert_int_equal (outcome->kind, PV_OUTCOME_RECEIVED);
    assert_non_null (outcome->tracking_code);
    assert_true (ABS (outcome->received_us - g_get_real_time ()) < G_TIME_SPAN_MINUTE);
    assert_true (after->found);
    assert_string_equal (after->number, outcome->number);
  }
}

static void
keeps_a_draft_for_later (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = submit (fixture->by_relay, "BCDFGHJKLM", PV_SUBMISSION_DRAFT, NULL);
  g_autoptr (PvFound) found = find (fixture->by_relay, "BCDFGHJKLM");

  assert_non_null (outcome);
  assert_int_equal (outcome->kind, PV_OUTCOME_DRAFT);
  assert_true (g_str_has_prefix (outcome->resume_url, fixture->portal));
  assert_false (found->found);
}

static void
follows_by_the_tracking_code (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = submit (fixture->by_relay, "BCDFGHJKLM", PV_SUBMISSION_FILE, NULL);
  g_autoptr (PvFollowed) followed = NULL;
  Ending ending = { 0 };

  pv_portal_follow_async (fixture->by_relay, outcome->tracking_code, NULL, ended_cb, &ending);
  followed = WAIT (&ending, pv_portal_follow_finish, fixture->by_relay, NULL);
  g_object_unref (ending.result);
  assert_non_null (followed);
  assert_string_equal (followed->status, "Reçue");
  assert_string_equal (followed->number, outcome->number);
  assert_true (followed->received_us != 0);
}

/* From outside, a filing that was stored and one that was not look the same; only find() tells. */
static void
takes_every_lost_answer_for_ambiguous (void **state)
{
  static const struct {
    const char *fault;
    gboolean is_stored;
  } rows[] = {
    { "drop-before-store", FALSE },
    { "drop-after-store", TRUE },
    { "cut", TRUE },
    { "truncated", TRUE },
    { "rubbish", TRUE },
    { "error-500", FALSE },
    { "error-500-after-store", TRUE },
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (rows); i++) {
    gsize row = i / 2;
    PvPortal *portal = i % 2 == 0 ? fixture->by_relay : fixture->direct;
    g_autofree char *fault = g_strdup_printf ("{\"kind\": \"%s\", \"on\": \"submit\"}", rows[row].fault);
    g_autofree char *ref = g_strdup_printf ("BCDFGHJK%c%c", 'B' + (char) row, i % 2 == 0 ? 'X' : 'Z');
    g_autoptr (GError) error = NULL;
    g_autoptr (PvOutcome) outcome = NULL;
    g_autoptr (PvFound) found = NULL;

    set_faults (fixture, fault);
    outcome = submit (portal, ref, PV_SUBMISSION_FILE, &error);
    set_faults (fixture, "");
    found = find (portal, ref);
    if (outcome != NULL || !g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_AMBIGUOUS))
      fail_msg ("%s: %s", rows[row].fault, error != NULL ? error->message : "no error");
    assert_int_equal (found->found, rows[row].is_stored);
  }
}

static void
measures_a_wrong_clock (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (PvProcedure) procedure = NULL;

  set_faults (fixture, "{\"kind\": \"clock\", \"seconds\": 600}");
  procedure = describe (fixture->direct, SLUG, &error);
  assert_null (procedure);
  assert_true (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CLOCK));
  assert_in_range (pv_portal_error_get_offset_s (error), 580, 620);
}

static void
notices_a_form_that_is_gone (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) filing_error = NULL;
  g_autoptr (PvProcedure) procedure = NULL;
  g_autoptr (PvOutcome) outcome = NULL;

  set_faults (fixture, "{\"kind\": \"form-deleted\", \"slug\": \"" SLUG "\"}");
  procedure = describe (fixture->by_relay, SLUG, &error);
  assert_true (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_GONE));
  outcome = submit (fixture->by_relay, "BCDFGHJKLM", PV_SUBMISSION_FILE, &filing_error);
  assert_true (g_error_matches (filing_error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_GONE));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (lists_and_describes_every_form, set_up, tear_down),
    cmocka_unit_test_setup_teardown (finds_the_options_of_every_source, set_up, tear_down),
    cmocka_unit_test_setup_teardown (files_and_finds_again, set_up, tear_down),
    cmocka_unit_test_setup_teardown (keeps_a_draft_for_later, set_up, tear_down),
    cmocka_unit_test_setup_teardown (follows_by_the_tracking_code, set_up, tear_down),
    cmocka_unit_test_setup_teardown (takes_every_lost_answer_for_ambiguous, set_up, tear_down),
    cmocka_unit_test_setup_teardown (measures_a_wrong_clock, set_up, tear_down),
    cmocka_unit_test_setup_teardown (notices_a_form_that_is_gone, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
