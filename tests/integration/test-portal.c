/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The driver of Publik against the portal of the demo, directly and through its relay, faults included. */

#include "tst.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "portal/publik/publik.h"

enum {
  START_DEADLINE_MS = 20 * 1000,
  CALL_DEADLINE_MS = 60 * 1000,
  START_POLL_US = 5000,
};

#define REF   "BCDFGHJKLM"
#define OTHER "MLKJHGFDCB"

typedef struct {
  char *folder, *ports;
  GSubprocess *process;
  PvPortal *portal;
} Demo;

static char *
read_url (const char *text, const char *name)
{
  return g_strdup_printf ("http://127.0.0.1:%d", (int) g_ascii_strtoll (strstr (text, name) + strlen (name), NULL, 10));
}

/* @fault: (nullable): a word of --fault */
static void
start_demo (Demo *demo, PvPublikMode mode, const char *fault)
{
  g_autofree char *text = NULL;
  g_autofree char *url = NULL;
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
  PvPublikConfig config = { .mode = mode, .portal_url = "https://demarches.montclair.example", .sources = sources };
  gint64 end = g_get_monotonic_time () + START_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  demo->folder = g_dir_make_tmp ("pv-portal-XXXXXX", NULL);
  demo->ports = g_build_filename (demo->folder, "ports", NULL);
  demo->process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, g_getenv ("PV_DEMO_PROGRAM"), "--state", demo->folder,
                      "--data", g_getenv ("PV_DEMO_DATA"), "--ports-file", demo->ports, "--access",
                      "essai:cle-d-essai:bornes", fault != NULL ? "--fault" : NULL, fault, NULL);
  assert_non_null (demo->process);
  while (text == NULL && g_get_monotonic_time () < end)
    if (!g_file_get_contents (demo->ports, &text, NULL, NULL))
      g_usleep (START_POLL_US);
  assert_non_null (text);
  g_hash_table_insert (sources, (gpointer) "chrono_ds_agenda_meetings_mairie_mt_titres",
                       (gpointer) "agenda:mairie/titres");
  url = read_url (text, mode == PV_PUBLIK_RELAY ? "RELAY=" : "PORTAL=");
  config.base_url = url;
  if (mode == PV_PUBLIK_DIRECT) {
    config.orig = "essai";
    config.key = "cle-d-essai";
  }
  demo->portal = PV_PORTAL (pv_publik_new (&config, client, NULL));
  assert_non_null (demo->portal);
}

static void
stop_demo (Demo *demo)
{
  g_autofree char *database = g_build_filename (demo->folder, "portal.sqlite", NULL);

  g_assert_finalize_object (demo->portal);
  g_subprocess_send_signal (demo->process, SIGTERM);
  g_subprocess_wait (demo->process, NULL, NULL);
  g_object_unref (demo->process);
  g_remove (demo->ports);
  g_remove (database);
  g_rmdir (demo->folder);
  g_free (demo->folder);
  g_free (demo->ports);
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  (void) source;
  *kept = g_object_ref (result);
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

static PvCatalogue *
list (Demo *demo)
{
  g_autoptr (GAsyncResult) result = NULL;

  pv_portal_list_async (demo->portal, NULL, keep_cb, &result);
  return pv_portal_list_finish (demo->portal, wait_for (&result), NULL);
}

static PvProcedure *
describe (Demo *demo, const char *slug)
{
  g_autoptr (GAsyncResult) result = NULL;

  pv_portal_describe_async (demo->portal, slug, NULL, keep_cb, &result);
  return pv_portal_describe_finish (demo->portal, wait_for (&result), NULL);
}

static GPtrArray *
ask_options (Demo *demo, const char *slug, const char *source)
{
  g_autoptr (GAsyncResult) result = NULL;

  pv_portal_options_async (demo->portal, slug, source, NULL, NULL, keep_cb, &result);
  return pv_portal_options_finish (demo->portal, wait_for (&result), NULL);
}

static PvFound *
find (Demo *demo, const char *ref)
{
  g_autoptr (GAsyncResult) result = NULL;

  pv_portal_find_async (demo->portal, "signalement-rue", "parvis_ref", ref, NULL, keep_cb, &result);
  return pv_portal_find_finish (demo->portal, wait_for (&result), NULL);
}

static PvFollowed *
follow (Demo *demo, const char *code)
{
  g_autoptr (GAsyncResult) result = NULL;

  pv_portal_follow_async (demo->portal, code, NULL, keep_cb, &result);
  return pv_portal_follow_finish (demo->portal, wait_for (&result), NULL);
}

static PvOutcome *
file (Demo *demo, PvSubmissionPurpose purpose, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PvSubmission) submission = pv_submission_new ();

  submission->purpose = purpose;
  submission->slug = g_strdup ("signalement-rue");
  submission->form_id = g_strdup ("2");
  submission->ref = g_strdup (REF);
  submission->ref_field = g_strdup ("parvis_ref");
  pv_portal_submit_async (demo->portal, submission, NULL, keep_cb, &result);
  return pv_portal_submit_finish (demo->portal, wait_for (&result), error);
}

static void
every_form_in_the_list_can_be_read (Demo *demo)
{
  g_autoptr (PvCatalogue) catalogue = list (demo);
  guint n_here = 0;

  assert_non_null (catalogue);
  assert_true (catalogue->entries->len >= 10);
  for (guint i = 0; i < catalogue->entries->len; i++) {
    const PvCatalogueEntry *entry = g_ptr_array_index (catalogue->entries, i);
    g_autoptr (PvProcedure) procedure = describe (demo, entry->slug);

    if (entry->fillable == PV_FILLABLE && procedure == NULL)
      print_error ("%s: cannot be read\n", entry->slug);
    assert_true (procedure != NULL || entry->fillable == PV_FILLABLE_ON_PHONE);
    n_here += procedure != NULL && procedure->fillable == PV_FILLABLE;
  }
  assert_true (n_here >= 8);
}

static void
options_and_slots_can_be_read (Demo *demo)
{
  g_autoptr (GPtrArray) schools = ask_options (demo, "inscription-scolaire", "cards:ecoles");
  g_autoptr (GPtrArray) slots = ask_options (demo, "rendez-vous-identite", "agenda:mairie/titres");

  assert_non_null (schools);
  assert_true (schools->len >= 2);
  assert_non_null (slots);
  assert_true (slots->len > 10);
}

static void
a_filing_is_found_again (Demo *demo, gboolean can_follow)
{
  g_autoptr (PvFound) before = find (demo, REF);
  g_autoptr (PvOutcome) outcome = file (demo, PV_SUBMISSION_FILE, NULL);
  g_autoptr (PvFound) after = find (demo, REF);
  g_autoptr (PvFound) other = find (demo, OTHER);
  gint64 now_us = g_get_real_time ();

  assert_false (before->found);
  assert_int_equal (outcome->kind, PV_OUTCOME_RECEIVED);
  assert_non_null (outcome->number);
  assert_true (ABS (outcome->received_us - now_us) < CALL_DEADLINE_MS * G_TIME_SPAN_MILLISECOND);
  assert_true (after->found);
  assert_true (ABS (after->received_us - now_us) < CALL_DEADLINE_MS * G_TIME_SPAN_MILLISECOND);
  assert_false (other->found);
  if (can_follow) {
    g_autoptr (PvFollowed) followed = follow (demo, outcome->tracking_code);

    assert_non_null (followed);
    assert_true (*followed->status != '\0');
    assert_string_equal (after->number, followed->number);
    assert_string_equal (after->tracking_code, outcome->tracking_code);
  }
}

static void
a_draft_is_kept_but_is_no_filing (Demo *demo)
{
  g_autoptr (PvOutcome) draft = file (demo, PV_SUBMISSION_DRAFT, NULL);
  g_autoptr (PvFound) found = find (demo, REF);

  assert_int_equal (draft->kind, PV_OUTCOME_DRAFT);
  assert_true (g_str_has_prefix (draft->resume_url, "https://demarches.montclair.example/code/"));
  assert_false (found->found);
}

static void
run_mode (PvPublikMode mode)
{
  Demo demo = { 0 };

  start_demo (&demo, mode, NULL);
  every_form_in_the_list_can_be_read (&demo);
  options_and_slots_can_be_read (&demo);
  a_draft_is_kept_but_is_no_filing (&demo);
  a_filing_is_found_again (&demo, mode == PV_PUBLIK_RELAY);
  stop_demo (&demo);
}

static void
the_portal_is_used_directly (void **state)
{
  (void) state;
  run_mode (PV_PUBLIK_DIRECT);
}

static void
the_portal_is_used_through_the_relay (void **state)
{
  (void) state;
  run_mode (PV_PUBLIK_RELAY);
}

/* After each fault: what is told, and what is true. Wherever something was stored, the error must not say otherwise. */
static void
what_is_told_after_a_fault_is_true (void **state)
{
  static const struct {
    const char *fault;
    int direct, relay;
    gboolean is_stored;
  } table[] = {
    { "drop-before-store:submit:1", PV_PORTAL_ERROR_AMBIGUOUS, PV_PORTAL_ERROR_AMBIGUOUS, FALSE },
    { "drop-after-store:submit:1", PV_PORTAL_ERROR_AMBIGUOUS, PV_PORTAL_ERROR_AMBIGUOUS, TRUE },
    { "cut:submit:1", PV_PORTAL_ERROR_AMBIGUOUS, PV_PORTAL_ERROR_AMBIGUOUS, TRUE },
    { "truncated:submit:1", PV_PORTAL_ERROR_AMBIGUOUS, PV_PORTAL_ERROR_AMBIGUOUS, TRUE },
    { "rubbish:submit:1", PV_PORTAL_ERROR_AMBIGUOUS, PV_PORTAL_ERROR_AMBIGUOUS, TRUE },
    { "error-500:submit:1", PV_PORTAL_ERROR_AMBIGUOUS, PV_PORTAL_ERROR_AMBIGUOUS, FALSE },
    { "error-500-after-store:submit:1", PV_PORTAL_ERROR_AMBIGUOUS, PV_PORTAL_ERROR_AMBIGUOUS, TRUE },
    { "form-disabled:submit:1:signalement-rue", PV_PORTAL_ERROR_DENIED, PV_PORTAL_ERROR_DENIED, FALSE },
    { "form-deleted:submit:1:signalement-rue", PV_PORTAL_ERROR_GONE, PV_PORTAL_ERROR_GONE, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < 2 * G_N_ELEMENTS (table); i++) {
    PvPublikMode mode = i % 2 == 0 ? PV_PUBLIK_DIRECT : PV_PUBLIK_RELAY;
    int expected = mode == PV_PUBLIK_DIRECT ? table[i / 2].direct : table[i / 2].relay;
    g_autoptr (GError) error = NULL;
    g_autoptr (PvOutcome) outcome = NULL;
    g_autoptr (PvFound) found = NULL;
    Demo demo = { 0 };

    start_demo (&demo, mode, table[i / 2].fault);
    outcome = file (&demo, PV_SUBMISSION_FILE, &error);
    found = find (&demo, REF);
    stop_demo (&demo);
    if (!g_error_matches (error, PV_PORTAL_ERROR, expected))
      print_error ("%s: %s\n", table[i / 2].fault, error != NULL ? error->message : "filed");
    assert_null (outcome);
    assert_true (g_error_matches (error, PV_PORTAL_ERROR, expected));
    assert_non_null (found);
    assert_int_equal (found->found, table[i / 2].is_stored);
  }
}

static void
a_wrong_clock_is_measured (void **state)
{
  enum { AHEAD_S = 300 };
  g_autoptr (GError) error = NULL;
  Demo demo = { 0 };

  (void) state;
  start_demo (&demo, PV_PUBLIK_DIRECT, "clock:any:0:300");
  assert_null (file (&demo, PV_SUBMISSION_FILE, &error));
  stop_demo (&demo);
  assert_true (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CLOCK));
  assert_true (ABS (pv_portal_error_get_offset_s (error) - AHEAD_S) <= 2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_portal_is_used_directly),
    cmocka_unit_test (the_portal_is_used_through_the_relay),
    cmocka_unit_test (what_is_told_after_a_fault_is_true),
    cmocka_unit_test (a_wrong_clock_is_measured),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
