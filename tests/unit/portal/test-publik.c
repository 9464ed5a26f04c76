/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/publik.h"

#include <glib/gstdio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "portal/publik/sign.h"

#include "http-server.h"
#include "tst.h"

enum { DEADLINE_MS = 60000 };

/* 2026-11-23T21:00:00Z, a Monday */
#define NOW_S G_GINT64_CONSTANT (1795467600)
#define KEY   "1234"

static gint64
fixed_now_us (void)
{
  return NOW_S * G_USEC_PER_SEC;
}

/* What an operation ended with. */
typedef struct {
  gpointer (*finish) (PvPortal *portal, GAsyncResult *result, GError **error);
  gpointer result;
  GError *error;
  gboolean is_done;
} Ending;

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ending *ending = user_data;

  ending->result = ending->finish (PV_PORTAL (source), result, &ending->error);
  ending->is_done = TRUE;
}

#define FINISH(function) ((gpointer (*) (PvPortal *, GAsyncResult *, GError **)) (gpointer) (function))

static void
wait_for (Ending *ending)
{
  assert_true (tst_pump_until (NULL, &ending->is_done, DEADLINE_MS));
}

/* Waits for an error of the portal's domain. */
static void
assert_error (Ending *ending, int code)
{
  wait_for (ending);
  assert_null (ending->result);
  assert_non_null (ending->error);
  if (!g_error_matches (ending->error, PV_PORTAL_ERROR, code))
    print_error ("%s %d: %s\n", g_quark_to_string (ending->error->domain), ending->error->code, ending->error->message);
  assert_true (g_error_matches (ending->error, PV_PORTAL_ERROR, code));
  g_clear_error (&ending->error);
}

typedef struct {
  FakeHttpServer *server;
  PvPortal *portal;
} Fixture;

static PvPortal *
new_portal (PvPublikMode mode, const char *base_url, const PvHttpOptions *options)
{
  g_autoptr (PvHttpClient) client = pv_http_client_new (options);
  g_autoptr (GHashTable) categories = g_hash_table_new (g_str_hash, g_str_equal);
  PvPublikConfig config = { .mode = mode,
                            .base_url = base_url,
                            .portal_url = "https://demarches.example.fr/",
                            .orig = "borne",
                            .key = KEY, /* not for a relay, even if it is there */
                            .categories = categories,
                            .now_us = fixed_now_us };
  g_autoptr (GError) error = NULL;
  PvPublik *publik;

  g_hash_table_insert (categories, (gpointer) "etat-civil", (gpointer) "papiers");
  publik = pv_publik_new (&config, client, &error);
  assert_null (error);
  return PV_PORTAL (publik);
}

static int
set_up (void **state, PvPublikMode mode)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autofree char *url = NULL;

  fixture->server = fake_http_server_new (NULL);
  url = fake_http_server_get_url (fixture->server, "/");
  fixture->portal = new_portal (mode, url, NULL);
  *state = fixture;
  return 0;
}

static int
set_up_direct (void **state)
{
  return set_up (state, PV_PUBLIK_DIRECT);
}

static int
set_up_relay (void **state)
{
  return set_up (state, PV_PUBLIK_RELAY);
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  g_assert_finalize_object (fixture->portal);
  fake_http_server_free (fixture->server);
  g_free (fixture);
  return 0;
}

/* At @clock of that day, by the portal's clock. */
static void
push_at (Fixture *fixture, guint status, const char *clock, const char *body)
{
  char *text = g_strdup_printf ("HTTP/1.1 %u Fake\r\nDate: Mon, 23 Nov 2026 %s GMT\r\nContent-Length: %" G_GSIZE_FORMAT
                                "\r\n\r\n%s",
                                status, clock, strlen (body), body);
  FakeHttpStep step = { .kind = FAKE_HTTP_ANSWER, .bytes = g_bytes_new_take (text, strlen (text)) };

  fake_http_server_push (fixture->server, step);
}

static void
push (Fixture *fixture, guint status, const char *body)
{
  push_at (fixture, status, "21:00:00", body);
}

static const FakeHttpRequest *
get_only_request (Fixture *fixture)
{
  assert_int_equal (fake_http_server_count_requests (fixture->server), 1);
  return fake_http_server_get_request (fixture->server, 0);
}

static PvSubmission *
make_submission (PvSubmissionPurpose purpose)
{
  PvSubmission *submission = pv_submission_new ();
  PvSubmissionEntry *entry = pv_submission_entry_new ("2", "nom", PV_QUESTION_TEXT);

  submission->purpose = purpose;
  submission->slug = g_strdup ("acte-naissance");
  submission->form_id = g_strdup ("18");
  submission->ref = g_strdup ("BCDFGHJKLM");
  entry->value = pv_value_new_text ("Martin");
  g_ptr_array_add (submission->entries, entry);
  return submission;
}

static void
submit (Fixture *fixture, Ending *ending)
{
  g_autoptr (PvSubmission) submission = make_submission (PV_SUBMISSION_FILE);

  ending->finish = FINISH (pv_portal_submit_finish);
  pv_portal_submit_async (fixture->portal, submission, NULL, ended_cb, ending);
}

/* The signature of a target, computed again over what stands before it. */
static void
assert_signed (const char *target)
{
  const char *query = strchr (target, '?');
  const char *timestamp = strstr (target, "&algo=sha256&timestamp=2026-11-23T21%3A00%3A00Z&nonce=");
  const char *nonce = timestamp != NULL ? strstr (timestamp, "nonce=") + strlen ("nonce=") : NULL;
  const char *signature = strstr (target, "&signature=");
  g_autofree char *before = NULL;
  g_autofree char *only_nonce = NULL;
  g_autofree char *expected = NULL;

  assert_non_null (query);
  assert_non_null (timestamp);
  assert_non_null (signature);
  before = g_strndup (query + 1, (gsize) (timestamp - query - 1));
  only_nonce = g_strndup (nonce, (gsize) (signature - nonce));
  expected = pv_publik_sign_query (before, KEY, fixed_now_us (), only_nonce);
  assert_string_equal (query + 1, expected);
}

#define LIST                                                                                                           \
  "{\"err\":0,\"data\":[{\"title\":\"Acte\",\"slug\":\"acte-naissance\",\"url\":\"https://x.example.fr/acte/\","       \
  "\"description\":\"<p>Une <b>copie</b></p>\",\"keywords\":[\"naissance\"],\"category\":\"État civil\","             \
  "\"category_slug\":\"etat-civil\",\"count\":12,\"redirection\":false},"                                              \
  "{\"title\":\"Ailleurs\",\"slug\":\"ailleurs\",\"redirection\":true,\"keywords\":[]},"                               \
  "{\"title\":\"Sans nom\",\"slug\":\"../x\"},{\"title\":\"Deux fois\",\"slug\":\"ailleurs\"},17]}"

static void
the_list_becomes_a_catalogue (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { .finish = FINISH (pv_portal_list_finish) };
  g_autoptr (PvCatalogue) catalogue = NULL;
  const PvCatalogueEntry *entry;

  push (fixture, 200, LIST);
  pv_portal_list_async (fixture->portal, NULL, ended_cb, &ending);
  wait_for (&ending);
  assert_null (ending.error);
  catalogue = ending.result;
  assert_int_equal (catalogue->entries->len, 2);
  assert_int_equal (catalogue->fetched_us, fixed_now_us ());
  entry = g_ptr_array_index (catalogue->entries, 0);
  assert_string_equal (entry->title, "Acte");
  assert_string_equal (entry->category, "papiers");
  assert_string_equal (entry->keywords[0], "naissance");
  assert_string_equal (entry->description, "Une copie");
  assert_int_equal (entry->popularity, 12);
  assert_int_equal (entry->fillable, PV_FILLABLE);
  entry = g_ptr_array_index (catalogue->entries, 1);
  assert_int_equal (entry->fillable, PV_FILLABLE_ON_PHONE);
  assert_int_equal (entry->beyond, PV_BEYOND_ELSEWHERE);
  assert_true (
    g_str_has_prefix (get_only_request (fixture)->target, "/api/formdefs/?NameID=&include-count=on&orig=borne&"));
  assert_signed (get_only_request (fixture)->target);
}

static void
describing_asks_for_ids_and_names_the_page_of_the_form (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { .finish = FINISH (pv_portal_describe_finish) };
  g_autoptr (PvProcedure) procedure = NULL;

  push (fixture, 200,
        "{\"name\":\"Acte\",\"id\":\"18\",\"fields\":[{\"id\":\"1\",\"type\":\"string\",\"label\":\"Nom\","
        "\"varname\":\"nom\"}]}");
  pv_portal_describe_async (fixture->portal, "acte-naissance", NULL, ended_cb, &ending);
  wait_for (&ending);
  assert_null (ending.error);
  procedure = ending.result;
  assert_int_equal (procedure->fillable, PV_FILLABLE);
  assert_string_equal (procedure->url, "https://demarches.example.fr/acte-naissance/");
  assert_true (g_str_has_prefix (get_only_request (fixture)->target,
                                 "/api/formdefs/acte-naissance/schema?include-id=true&orig=borne&algo="));
  assert_signed (get_only_request (fixture)->target);
}

static void
options_come_from_cards_and_are_searched (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { .finish = FINISH (pv_portal_options_finish) };
  g_autoptr (GPtrArray) options = NULL;
  const PvOption *option;

  push (
    fixture, 200,
    "{\"data\":[{\"id\":1,\"text\":\"École Jean-Moulin\",\"adresse\":\"12 rue\"},{\"id\":2,\"text\":\"Les Tilleuls\"},"
    "{\"id\":\"\",\"text\":\"x\"}]}");
  pv_portal_options_async (fixture->portal, "inscription", "cards:ecoles/nord", "ecole", NULL, ended_cb, &ending);
  wait_for (&ending);
  assert_null (ending.error);
  options = ending.result;
  assert_int_equal (options->len, 1);
  option = g_ptr_array_index (options, 0);
  assert_string_equal (option->id, "1");
  assert_string_equal (option->attributes[0], "adresse");
  assert_string_equal (option->attributes[1], "12 rue");
  assert_true (g_str_has_prefix (get_only_request (fixture)->target, "/api/cards/ecoles/list/nord?orig=borne&"));
}

static void
a_source_that_is_none_is_not_asked (void **state)
{
  static const char *const sources[] = {
    "", "cards:", "cards:../x", "cards:a/b/c", "agenda:x", "http://x", "cardsx:a"
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++) {
    Ending ending = { .finish = FINISH (pv_portal_options_finish) };

    pv_portal_options_async (fixture->portal, "x", sources[i], NULL, NULL, ended_cb, &ending);
    assert_error (&ending, PV_PORTAL_ERROR_CONFIGURATION);
  }
  assert_int_equal (fake_http_server_count_requests (fixture->server), 0);
}

static void
filing_is_one_signed_post_and_gives_the_portals_time (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { 0 };
  g_autoptr (PvOutcome) outcome = NULL;
  const FakeHttpRequest *request;

  push_at (fixture, 200, "21:00:05", "{\"err\":0,\"data\":{\"id\":\"17\"},\"tracking_code\":\"BCDFGHJK\"}");
  submit (fixture, &ending);
  wait_for (&ending);
  assert_null (ending.error);
  outcome = ending.result;
  assert_int_equal (outcome->kind, PV_OUTCOME_RECEIVED);
  assert_string_equal (outcome->number, "18-17");
  assert_int_equal (outcome->received_us, (NOW_S + 5) * G_USEC_PER_SEC);
  request = get_only_request (fixture);
  assert_string_equal (request->method, "POST");
  assert_true (g_str_has_prefix (request->target, "/api/formdefs/acte-naissance/submit?NameID=&orig=borne&"));
  assert_signed (request->target);
  assert_non_null (strstr (request->headers, "content-type: application/json\n"));
  assert_non_null (g_strstr_len (g_bytes_get_data (request->body, NULL), (gssize) g_bytes_get_size (request->body),
                                 "\"nom\":\"Martin\""));
}

static void
a_draft_is_marked_and_can_be_resumed (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { .finish = FINISH (pv_portal_submit_finish) };
  g_autoptr (PvSubmission) submission = make_submission (PV_SUBMISSION_DRAFT);
  g_autoptr (PvOutcome) outcome = NULL;

  push (fixture, 200, "{\"err\":0,\"data\":{\"id\":\"17\"},\"tracking_code\":\"BCDFGHJK\"}");
  pv_portal_submit_async (fixture->portal, submission, NULL, ended_cb, &ending);
  g_clear_pointer (&submission, pv_submission_free); /* read before the call returned */
  wait_for (&ending);
  outcome = ending.result;
  assert_int_equal (outcome->kind, PV_OUTCOME_DRAFT);
  assert_string_equal (outcome->resume_url, "https://demarches.example.fr/code/BCDFGHJK/load");
  assert_non_null (g_strstr_len (g_bytes_get_data (get_only_request (fixture)->body, NULL),
                                 (gssize) g_bytes_get_size (get_only_request (fixture)->body), "\"draft\":true"));
}

/* Each end of a filing that is no clear answer, after the request went out. */
static void
an_unclear_end_is_ambiguous_and_never_repeated (void **state)
{
  static const struct {
    FakeHttpKind kind;
    const char *bytes;
  } table[] = {
    { FAKE_HTTP_CLOSE_AFTER_REQUEST, "" },
    { FAKE_HTTP_ANSWER_THEN_CLOSE, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"err\":0" },
    { FAKE_HTTP_ANSWER_THEN_CLOSE, "HTTP/1.1 200 OK\r\nConte" },
    { FAKE_HTTP_ANSWER, "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{\"err\":0" },
    { FAKE_HTTP_ANSWER, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"err\":0}" },
    { FAKE_HTTP_ANSWER, "HTTP/1.1 500 X\r\nContent-Length: 6\r\n\r\n<html>" },
    { FAKE_HTTP_ANSWER, "HTTP/1.1 302 X\r\nLocation: /\r\nContent-Length: 0\r\n\r\n" },
  };
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    Ending ending = { 0 };
    FakeHttpStep step = { .kind = table[i].kind,
                          .bytes = g_bytes_new_static (table[i].bytes, strlen (table[i].bytes)) };

    fake_http_server_push (fixture->server, step);
    submit (fixture, &ending);
    assert_error (&ending, PV_PORTAL_ERROR_AMBIGUOUS);
    assert_int_equal (fake_http_server_count_requests (fixture->server), i + 1);
  }
}

static void
cancelling_a_filing_under_way_is_ambiguous (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { .finish = FINISH (pv_portal_submit_finish) };
  g_autoptr (PvSubmission) submission = make_submission (PV_SUBMISSION_FILE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 end = g_get_monotonic_time () + DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  fake_http_server_push (fixture->server, (FakeHttpStep){ .kind = FAKE_HTTP_SILENCE, .bytes = g_bytes_new (NULL, 0) });
  pv_portal_submit_async (fixture->portal, submission, cancellable, ended_cb, &ending);
  while (fake_http_server_count_requests (fixture->server) == 0 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  assert_error (&ending, PV_PORTAL_ERROR_AMBIGUOUS);
}

static void
cancelling_before_is_no_filing (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { .finish = FINISH (pv_portal_submit_finish) };
  g_autoptr (PvSubmission) submission = make_submission (PV_SUBMISSION_FILE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  pv_portal_submit_async (fixture->portal, submission, cancellable, ended_cb, &ending);
  wait_for (&ending);
  assert_true (g_error_matches (ending.error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  g_clear_error (&ending.error);
  assert_int_equal (fake_http_server_count_requests (fixture->server), 0);
}

static void
nobody_listening_is_offline (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { 0 };

  fake_http_server_free (fixture->server);
  submit (fixture, &ending);
  assert_error (&ending, PV_PORTAL_ERROR_OFFLINE);
  fixture->server = fake_http_server_new (NULL);
}

static void
a_wrong_clock_is_named_and_measured (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { 0 };

  push_at (fixture, 403, "21:02:00",
           "{\"err\":1,\"err_code\":\"access-denied\",\"err_desc\":\"timestamp is more than 30 "
           "seconds in the past: 0:02:00\"}");
  submit (fixture, &ending);
  wait_for (&ending);
  assert_true (g_error_matches (ending.error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CLOCK));
  assert_int_equal (pv_portal_error_get_offset_s (ending.error), 120);
  g_clear_error (&ending.error);
}

static void
busy_keeps_the_time_to_wait (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { 0 };

  fake_http_server_push_answer (fixture->server, 503, "Retry-After: 90\r\n", "text/html", "<html>");
  submit (fixture, &ending);
  wait_for (&ending);
  assert_true (g_error_matches (ending.error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BUSY));
  assert_int_equal (pv_portal_error_get_retry_after_s (ending.error), 90);
  g_clear_error (&ending.error);
}

static void
find (Fixture *fixture, Ending *ending, const char *field)
{
  ending->finish = FINISH (pv_portal_find_finish);
  pv_portal_find_async (fixture->portal, "acte-naissance", field, "BCDFGHJKLM", NULL, ended_cb, ending);
}

static void
finding_directly_filters_the_list (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { 0 };
  g_autoptr (PvFound) found = NULL;

  push (fixture, 200, "[{\"id\":\"17\",\"fields\":{\"parvis_ref\":\"BCDFGHJKLM\"}}]");
  find (fixture, &ending, "parvis_ref");
  wait_for (&ending);
  found = ending.result;
  assert_true (found->found);
  assert_true (g_str_has_prefix (get_only_request (fixture)->target,
                                 "/api/forms/acte-naissance/list?filter-parvis_ref=BCDFGHJKLM&include-fields=on&"));
  assert_signed (get_only_request (fixture)->target);
}

static void
following_directly_is_not_offered (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { .finish = FINISH (pv_portal_follow_finish) };

  assert_false (pv_portal_get_features (fixture->portal) & PV_PORTAL_CAN_FOLLOW);
  pv_portal_follow_async (fixture->portal, "BCDFGHJK", NULL, ended_cb, &ending);
  assert_error (&ending, PV_PORTAL_ERROR_UNSUPPORTED);
  assert_int_equal (fake_http_server_count_requests (fixture->server), 0);
}

static void
the_relay_gets_no_signature_and_answers_for_itself (void **state)
{
  Fixture *fixture = *state;
  Ending found_ending = { 0 };
  Ending other_ending = { 0 };
  Ending follow_ending = { .finish = FINISH (pv_portal_follow_finish) };
  Ending submit_ending = { 0 };
  g_autoptr (PvFound) found = NULL;
  g_autoptr (PvFound) other = NULL;
  g_autoptr (PvFollowed) followed = NULL;
  g_autoptr (PvOutcome) outcome = NULL;
  static const char *const targets[] = { "/relay/find?form=acte-naissance&ref=BCDFGHJKLM",
                                         "/relay/find?form=acte-naissance&field=ref_borne&ref=BCDFGHJKLM",
                                         "/relay/follow?code=BCDFGHJK", "/api/formdefs/acte-naissance/submit" };

  push (fixture, 200, "{\"err\":0,\"data\":{\"found\":true,\"number\":\"18-17\"}}");
  find (fixture, &found_ending, "parvis_ref");
  wait_for (&found_ending);
  push (fixture, 200, "{\"err\":0,\"data\":{\"found\":false}}");
  find (fixture, &other_ending, "ref_borne");
  wait_for (&other_ending);
  push (fixture, 200, "{\"err\":0,\"data\":{\"status\":\"En cours\"}}");
  pv_portal_follow_async (fixture->portal, "BCDFGHJK", NULL, ended_cb, &follow_ending);
  wait_for (&follow_ending);
  push (fixture, 200, "{\"err\":0,\"data\":{\"id\":\"17\"}}");
  submit (fixture, &submit_ending);
  wait_for (&submit_ending);
  found = found_ending.result;
  other = other_ending.result;
  followed = follow_ending.result;
  outcome = submit_ending.result;
  assert_true (found->found);
  assert_false (other->found);
  assert_string_equal (followed->status, "En cours");
  assert_int_equal (outcome->kind, PV_OUTCOME_RECEIVED);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    assert_string_equal (fake_http_server_get_request (fixture->server, i)->target, targets[i]);
}

static void
names_that_cannot_stand_in_an_address_are_gone (void **state)
{
  Fixture *fixture = *state;
  Ending describe = { .finish = FINISH (pv_portal_describe_finish) };
  Ending follow = { .finish = FINISH (pv_portal_follow_finish) };

  pv_portal_describe_async (fixture->portal, "../users", NULL, ended_cb, &describe);
  assert_error (&describe, PV_PORTAL_ERROR_GONE);
  pv_portal_follow_async (fixture->portal, "A/../B", NULL, ended_cb, &follow);
  assert_error (&follow, PV_PORTAL_ERROR_GONE);
  assert_int_equal (fake_http_server_count_requests (fixture->server), 0);
}

/* A relay's own Date says when the relay answered. */
static void
behind_a_relay_the_portals_time_is_what_the_relay_says_of_it (void **state)
{
  static const char answer[] = "HTTP/1.1 200 Fake\r\nDate: Mon, 23 Nov 2026 21:00:09 GMT\r\n"
                               "Parvis-Date: Mon, 23 Nov 2026 21:00:05 GMT\r\nContent-Length: 28\r\n\r\n"
                               "{\"err\":0,\"data\":{\"id\":\"17\"}}";
  Fixture *fixture = *state;
  Ending ending = { 0 };
  g_autoptr (PvOutcome) outcome = NULL;

  fake_http_server_push (
    fixture->server, (FakeHttpStep){ .kind = FAKE_HTTP_ANSWER, .bytes = g_bytes_new_static (answer, strlen (answer)) });
  submit (fixture, &ending);
  wait_for (&ending);
  assert_null (ending.error);
  outcome = ending.result;
  assert_int_equal (outcome->received_us, (NOW_S + 5) * G_USEC_PER_SEC);
}

static void
configuration_faults_are_named (void **state)
{
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  static const struct {
    PvPublikConfig config;
    const char *word;
  } table[] = {
    { { .mode = PV_PUBLIK_DIRECT, .orig = "a", .key = "b" }, "address" },
    { { .mode = PV_PUBLIK_DIRECT, .base_url = "ftp://x", .orig = "a", .key = "b" }, "address" },
    { { .mode = PV_PUBLIK_DIRECT, .base_url = "https://x", .orig = "a" }, "key" },
    { { .mode = PV_PUBLIK_RELAY, .base_url = "https://x" }, "for people" },
    { { .mode = PV_PUBLIK_RELAY, .base_url = "https://x", .portal_url = "https://y", .agenda_url = "https://z" },
      "agendas" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (pv_publik_new (&table[i].config, client, &error));
    assert_true (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CONFIGURATION));
    assert_non_null (strstr (error->message, table[i].word));
  }
}

/* A key and a certificate that it signs itself, for 127.0.0.1, in @folder/NAME.pem and NAME.key. */
static void
write_certificate (const char *folder, const char *name)
{
  g_autofree char *certificate_path = g_strdup_printf ("%s/%s.pem", folder, name);
  g_autofree char *key_path = g_strdup_printf ("%s/%s.key", folder, name);
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *certificate = X509_new ();
  X509_NAME *subject = X509_get_subject_name (certificate);
  X509_EXTENSION *address = X509V3_EXT_conf_nid (NULL, NULL, NID_subject_alt_name, "IP:127.0.0.1");
  FILE *file;

  X509_set_version (certificate, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (certificate), 1);
  X509_gmtime_adj (X509_getm_notBefore (certificate), -3600);
  X509_gmtime_adj (X509_getm_notAfter (certificate), 3600);
  X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_ASC, (const unsigned char *) name, -1, -1, 0);
  X509_set_issuer_name (certificate, subject);
  X509_add_ext (certificate, address, -1);
  X509_set_pubkey (certificate, key);
  X509_sign (certificate, key, EVP_sha256 ());
  file = fopen (certificate_path, "w");
  PEM_write_X509 (file, certificate);
  fclose (file);
  file = fopen (key_path, "w");
  PEM_write_PrivateKey (file, key, NULL, NULL, 0, NULL, NULL);
  fclose (file);
  X509_EXTENSION_free (address);
  X509_free (certificate);
  EVP_PKEY_free (key);
}

static void
the_relay_sees_the_certificate_of_the_kiosk (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("pv-publik-XXXXXX", NULL);
  g_autofree char *ca = g_build_filename (folder, "relay.pem", NULL);
  g_autofree char *relay_key = g_build_filename (folder, "relay.key", NULL);
  g_autofree char *certificate = g_build_filename (folder, "kiosk.pem", NULL);
  g_autofree char *key = g_build_filename (folder, "kiosk.key", NULL);
  /* With sanitizers, the server's TLS reads the authorities of the system for seconds. */
  PvHttpOptions options = {
    .ca_file = ca, .client_cert_file = certificate, .client_key_file = key, .connect_timeout_ms = DEADLINE_MS
  };
  PvHttpOptions stranger = { .ca_file = certificate, .connect_timeout_ms = DEADLINE_MS };
  g_autoptr (GTlsCertificate) tls = NULL;
  g_autofree char *url = NULL;
  Fixture fixture;
  Ending ending = { 0 };
  Ending refused = { 0 };
  g_autoptr (PvFound) found = NULL;

  (void) state;
  write_certificate (folder, "relay");
  write_certificate (folder, "kiosk");
  tls = g_tls_certificate_new_from_files (ca, relay_key, NULL);
  assert_non_null (tls);
  fixture.server = fake_http_server_new (tls);
  url = fake_http_server_get_url (fixture.server, "");
  fixture.portal = new_portal (PV_PUBLIK_RELAY, url, &options);
  push (&fixture, 200, "{\"err\":0,\"data\":{\"found\":false}}");
  find (&fixture, &ending, "parvis_ref");
  wait_for (&ending);
  if (ending.error != NULL)
    fail_msg ("%s", ending.error->message);
  found = ending.result;
  assert_false (found->found);
  assert_true (get_only_request (&fixture)->has_client_certificate);
  g_assert_finalize_object (fixture.portal);

  /* A relay that is not who it should be gets nothing, not even a filing that could be lost. */
  fixture.portal = new_portal (PV_PUBLIK_RELAY, url, &stranger);
  submit (&fixture, &refused);
  assert_error (&refused, PV_PORTAL_ERROR_CONFIGURATION);
  assert_int_equal (fake_http_server_count_requests (fixture.server), 1);
  g_assert_finalize_object (fixture.portal);
  fake_http_server_free (fixture.server);
  tst_remove_folder (folder);
}

#define DIRECT(test) cmocka_unit_test_setup_teardown (test, set_up_direct, tear_down)
#define RELAY(test)  cmocka_unit_test_setup_teardown (test, set_up_relay, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    DIRECT (the_list_becomes_a_catalogue),
    DIRECT (describing_asks_for_ids_and_names_the_page_of_the_form),
    DIRECT (options_come_from_cards_and_are_searched),
    DIRECT (a_source_that_is_none_is_not_asked),
    DIRECT (filing_is_one_signed_post_and_gives_the_portals_time),
    DIRECT (a_draft_is_marked_and_can_be_resumed),
    DIRECT (an_unclear_end_is_ambiguous_and_never_repeated),
    DIRECT (cancelling_a_filing_under_way_is_ambiguous),
    DIRECT (cancelling_before_is_no_filing),
    DIRECT (nobody_listening_is_offline),
    DIRECT (a_wrong_clock_is_named_and_measured),
    DIRECT (busy_keeps_the_time_to_wait),
    DIRECT (finding_directly_filters_the_list),
    DIRECT (following_directly_is_not_offered),
    RELAY (the_relay_gets_no_signature_and_answers_for_itself),
    RELAY (names_that_cannot_stand_in_an_address_are_gone),
    RELAY (behind_a_relay_the_portals_time_is_what_the_relay_says_of_it),
    cmocka_unit_test (configuration_faults_are_named),
    cmocka_unit_test (the_relay_sees_the_certificate_of_the_kiosk),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
