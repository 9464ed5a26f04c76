/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The driver of démarche numérique over real HTTP, and the commune's portal with it beside. */

#include "portal/demarche/demarche.h"

#include <string.h>

#include "platform/json.h"
#include "portal/composite.h"
#include "portal/publik/publik.h"

#include "http-server.h"
#include "tst.h"

enum { DEADLINE_MS = 10000 };

#define NOW_S G_GINT64_CONSTANT (1795467600)

static const char *const fields[] = { "Votre nom:identite_nom:text",
                                      "Né le:champ_Q2hhbXAtMTAx:date",
                                      "Étudiant ?:champ_Q2hhbXAtMTAz:yes-no",
                                      "Jours:champ_Q2hhbXAtMTA1:choices?:Lundi|Mardi|Jeudi",
                                      "Quartier:champ_Q2hhbXAtMTA2:choice?:Centre|Gare",
                                      "E-mail:champ_Q2hhbXAtMTA0:email",
                                      NULL };

static gint64
fixed_now_us (void)
{
  return NOW_S * G_USEC_PER_SEC;
}

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

typedef struct {
  FakeHttpServer *server; /* of the site */
  FakeHttpServer *wcs;    /* of the commune's portal */
  char *url;
  PvPortal *demarche;
  PvPortal *composite;
} Fixture;

static PvPortal *
new_publik (FakeHttpServer *server, PvHttpClient *client)
{
  g_autofree char *url = fake_http_server_get_url (server, "/");
  static const char *const regies[] = { "periscolaire", NULL };
  const PvPublikConfig config = { .mode = PV_PUBLIK_RELAY,
                                  .base_url = url,
                                  .portal_url = "https://demarches.example.fr",
                                  .regies = regies,
                                  .now_us = fixed_now_us };

  return PV_PORTAL (pv_publik_new (&config, client, NULL));
}

static int
set_up (void **state)
{
  static const char *const slugs[] = { "bourse", NULL };
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  g_autoptr (PvPortal) publik = NULL;
  g_autofree char *base = NULL;
  PvDemarcheForm form = { .slug = "bourse",
                          .title = "Bourse pour les jeunes",
                          .category = "famille-ecole",
                          .path = "bourse-jeunes",
                          .number = 104242,
                          .fields = fields };
  PvComposite *composite;

  fixture->server = fake_http_server_new (NULL);
  fixture->wcs = fake_http_server_new (NULL);
  base = fake_http_server_get_url (fixture->server, "/");
  form.base_url = base;
  fixture->url = g_strndup (base, strlen (base) - 1);
  fixture->demarche = PV_PORTAL (pv_demarche_new (client, fixed_now_us));
  if (!pv_demarche_add (PV_DEMARCHE (fixture->demarche), &form, NULL))
    return 1;
  publik = new_publik (fixture->wcs, client);
  composite = pv_composite_new (publik);
  pv_composite_add (composite, fixture->demarche, slugs);
  fixture->composite = PV_PORTAL (composite);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  g_assert_finalize_object (fixture->composite);
  g_assert_finalize_object (fixture->demarche);
  fake_http_server_free (fixture->server);
  fake_http_server_free (fixture->wcs);
  g_free (fixture->url);
  g_free (fixture);
  return 0;
}

static void
add_entry (PvSubmission *submission, const char *id, PvQuestionKind kind, PvValue *value)
{
  PvSubmissionEntry *entry = pv_submission_entry_new (id, id, kind);

  entry->value = value;
  g_ptr_array_add (submission->entries, entry);
}

static PvSubmission *
new_submission (PvSubmissionPurpose purpose)
{
  PvSubmission *submission = pv_submission_new ();

  submission->purpose = purpose;
  submission->slug = g_strdup ("bourse");
  submission->ref = g_strdup ("BCDFGHJKLM");
  submission->note = g_strdup ("Borne BCDFG HJKLM");
  add_entry (submission, "identite_nom", PV_QUESTION_TEXT, pv_value_new_text ("Quémener"));
  add_entry (submission, "champ_Q2hhbXAtMTAx", PV_QUESTION_DATE, pv_value_new_text ("2008-07-13"));
  add_entry (submission, "champ_Q2hhbXAtMTAz", PV_QUESTION_YES_NO, pv_value_new_bool (TRUE));
  add_entry (
    submission, "champ_Q2hhbXAtMTA1", PV_QUESTION_CHOICES,
    pv_value_new_options ((const char *[]){ "Lundi", "Jeudi", NULL }, (const char *[]){ "Lundi", "Jeudi", NULL }));
  add_entry (submission, "champ_Q2hhbXAtMTA2", PV_QUESTION_CHOICE,
             pv_value_new_options ((const char *[]){ "Gare", NULL }, (const char *[]){ "Gare", NULL }));
  add_entry (submission, "champ_Q2hhbXAtMTA0", PV_QUESTION_EMAIL, pv_value_new_declined ());
  return submission;
}

static void
submit (PvPortal *portal, PvSubmissionPurpose purpose, Ending *ending)
{
  g_autoptr (PvSubmission) submission = new_submission (purpose);

  *ending = (Ending){ .finish = FINISH (pv_portal_submit_finish) };
  pv_portal_submit_async (portal, submission, NULL, ended_cb, ending);
  wait_for (ending);
}

static void
push_created (Fixture *fixture)
{
  g_autofree char *body = g_strdup_printf (
    "{\"dossier_url\":\"%s/commencer/bourse-jeunes?prefill_token=W3LFL68v\",\"state\":\"prefilled\","
    "\"dossier_id\":\"RG9zc2llci0x\",\"dossier_number\":21075665,\"dossier_prefill_token\":\"W3LFL68v\"}",
    fixture->url);

  fake_http_server_push_answer (fixture->server, 201, NULL, "application/json", body);
}

static void
the_answers_are_sent_ahead_as_the_site_wants_them (void **state)
{
  Fixture *fixture = *state;
  Ending ending;
  g_autoptr (PvOutcome) outcome = NULL;
  const FakeHttpRequest *request;
  g_autofree char *type = NULL;
  g_autofree char *body = NULL;

  push_created (fixture);
  submit (fixture->demarche, PV_SUBMISSION_DRAFT, &ending);
  assert_null (ending.error);
  outcome = ending.result;
  assert_int_equal (outcome->kind, PV_OUTCOME_DRAFT);
  assert_string_equal (outcome->ref, "BCDFGHJKLM");
  assert_string_equal (outcome->number, "21075665");
  assert_true (g_str_has_prefix (outcome->resume_url, fixture->url));
  assert_true (g_str_has_suffix (outcome->resume_url, "/commencer/bourse-jeunes?prefill_token=W3LFL68v"));
  request = fake_http_server_get_request (fixture->server, 0);
  assert_string_equal (request->method, "POST");
  assert_string_equal (request->target, "/api/public/v1/demarches/104242/dossiers");
  type = fake_http_request_get_header (request, "content-type");
  assert_string_equal (type, "application/json");
  body = g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body));
  /* Neither the note for the agents nor what was declined. */
  assert_string_equal (body, "{\"identite_nom\":\"Quémener\",\"champ_Q2hhbXAtMTAx\":\"2008-07-13\","
                             "\"champ_Q2hhbXAtMTAz\":\"true\",\"champ_Q2hhbXAtMTA1\":[\"Lundi\",\"Jeudi\"],"
                             "\"champ_Q2hhbXAtMTA2\":\"Gare\"}");
}

static void
each_answer_means_something_that_can_be_done (void **state)
{
  static const struct {
    guint status;
    const char *headers, *body;
    int code;
    guint retry_after_s;
  } rows[] = {
    { 429, "RateLimit-Reset: 7\r\n", "Retry later\n", PV_PORTAL_ERROR_BUSY, 7 },
    { 429, "RateLimit-Reset: 1795467612\r\n", "Retry later\n", PV_PORTAL_ERROR_BUSY, 12 },
    { 429, "RateLimit-Reset: 1795467000\r\n", "Retry later\n", PV_PORTAL_ERROR_BUSY, 1 },
    { 429, "RateLimit-Reset: 999999\r\n", "Retry later\n", PV_PORTAL_ERROR_BUSY, 3600 },
    { 429, "RateLimit-Reset: soon\r\n", "Retry later\n", PV_PORTAL_ERROR_BUSY, 0 },
    { 429, NULL, "Retry later\n", PV_PORTAL_ERROR_BUSY, 0 },
    { 404, NULL, "{\"error\":\"procedure 104242 is not found\"}", PV_PORTAL_ERROR_GONE, 0 },
    { 400, NULL, "{\"error\":\"Content-Type should be json\"}", PV_PORTAL_ERROR_DENIED, 0 },
    { 500, NULL, "<html>", PV_PORTAL_ERROR_OFFLINE, 0 },
    { 503, NULL, "", PV_PORTAL_ERROR_OFFLINE, 0 },
    { 302, "Location: https://elsewhere.example/\r\n", "", PV_PORTAL_ERROR_DENIED, 0 },
    { 201, NULL, "{\"state\":\"prefilled\"}", PV_PORTAL_ERROR_OFFLINE, 0 },
    { 201, NULL, "{\"dossier_url\":17}", PV_PORTAL_ERROR_OFFLINE, 0 },
    { 201, NULL, "{\"dossier_url\":\"https://elsewhere.example/commencer/x\"}", PV_PORTAL_ERROR_OFFLINE, 0 },
    { 201, NULL, "{\"dossier_url\":\"javascript:alert(1)\"}", PV_PORTAL_ERROR_OFFLINE, 0 },
    { 201, NULL, "[]", PV_PORTAL_ERROR_OFFLINE, 0 },
    { 201, NULL, "<html>", PV_PORTAL_ERROR_OFFLINE, 0 },
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    Ending ending;

    fake_http_server_push_answer (fixture->server, rows[i].status, rows[i].headers, "application/json", rows[i].body);
    submit (fixture->demarche, PV_SUBMISSION_DRAFT, &ending);
    if (ending.result != NULL || !g_error_matches (ending.error, PV_PORTAL_ERROR, rows[i].code)
        || pv_portal_error_get_retry_after_s (ending.error) != rows[i].retry_after_s)
      fail_msg ("row %zu: %s, %u s", i, ending.error != NULL ? ending.error->message : "no error",
                pv_portal_error_get_retry_after_s (ending.error));
    assert_null (strstr (ending.error->message, "Quémener"));
    g_clear_error (&ending.error);
  }
}

/* An address that only begins like the site's own. */
static void
an_address_beside_the_site_is_not_believed (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *body = g_strdup_printf ("{\"dossier_url\":\"%s.elsewhere.example/x\"}", fixture->url);
  g_autofree char *blank = g_strdup_printf ("{\"dossier_url\":\"%s/x y\"}", fixture->url);
  const char *bodies[] = { body, blank };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++) {
    Ending ending;

    fake_http_server_push_answer (fixture->server, 201, NULL, "application/json", bodies[i]);
    submit (fixture->demarche, PV_SUBMISSION_DRAFT, &ending);
    assert_true (g_error_matches (ending.error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_OFFLINE));
    g_clear_error (&ending.error);
  }
}

/* It may have arrived: that hurts nobody, so it is not for an agent. */
static void
a_lost_answer_may_be_tried_again (void **state)
{
  Fixture *fixture = *state;
  Ending ending;

  fake_http_server_push (fixture->server, (FakeHttpStep){ .kind = FAKE_HTTP_CLOSE_AFTER_REQUEST });
  submit (fixture->demarche, PV_SUBMISSION_DRAFT, &ending);
  assert_true (g_error_matches (ending.error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_OFFLINE));
  g_clear_error (&ending.error);
}

static void
nothing_is_filed_there (void **state)
{
  Fixture *fixture = *state;
  Ending ending;

  submit (fixture->demarche, PV_SUBMISSION_FILE, &ending);
  assert_true (g_error_matches (ending.error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_UNSUPPORTED));
  assert_int_equal (fake_http_server_count_requests (fixture->server), 0);
  g_clear_error (&ending.error);
}

static void
a_form_is_described_by_the_settings (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { .finish = FINISH (pv_portal_describe_finish) };
  g_autofree char *url = g_strconcat (fixture->url, "/commencer/bourse-jeunes", NULL);
  g_autoptr (PvProcedure) procedure = NULL, copy = NULL;
  g_autoptr (GVariant) variant = NULL;

  pv_portal_describe_async (fixture->composite, "bourse", NULL, ended_cb, &ending);
  wait_for (&ending);
  procedure = ending.result;
  variant = g_variant_ref_sink (pv_procedure_to_variant (procedure));
  copy = pv_procedure_from_variant (variant, NULL);
  assert_true (copy->is_handover);
  assert_int_equal (copy->draft_days, 5);
  assert_int_equal (copy->fillable, PV_FILLABLE);
  assert_string_equal (copy->url, url);
  assert_int_equal (((PvPage *) copy->pages->pdata[0])->questions->len, 6);
  assert_int_equal (fake_http_server_count_requests (fixture->server), 0);
}

static void
a_wrong_form_is_the_administrator_s (void **state)
{
  static const char *const none[] = { NULL };
  static const char *const bad[] = { "Votre nom", NULL };
  static const char *const twice[] = { "A:champ_a:text", "B:champ_a:text", NULL };
  static const char *const good[] = { "A:champ_a:text", NULL };
  static const char *const many[] = { "A:champ_a:text", "A:champ_b:text", "A:champ_c:text", "A:champ_d:text",
                                      "A:champ_e:text", "A:champ_f:text", "A:champ_g:text", "A:champ_h:text",
                                      "A:champ_i:text", "A:champ_j:text", "A:champ_k:text", NULL };
  const PvDemarcheForm forms[] = {
    { .slug = "a", .title = "A", .base_url = "https://x.example", .path = "a", .number = 1, .fields = none },
    { .slug = "a", .title = "A", .base_url = "https://x.example", .path = "a", .number = 1, .fields = bad },
    { .slug = "a", .title = "A", .base_url = "https://x.example", .path = "a", .number = 1, .fields = twice },
    { .slug = "a", .title = "A", .base_url = "https://x.example", .path = "a", .number = 1, .fields = many },
    { .slug = "a", .title = "A", .base_url = "ftp://x.example", .path = "a", .number = 1, .fields = good },
    { .slug = "a", .title = "A", .base_url = "https://x.example", .path = "../a", .number = 1, .fields = good },
    { .slug = "a", .title = "A", .base_url = "https://x.example", .path = "a", .number = 0, .fields = good },
    { .slug = "bourse", .title = "A", .base_url = "https://x.example", .path = "a", .number = 1, .fields = good },
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autoptr (GError) error = NULL;

    assert_false (pv_demarche_add (PV_DEMARCHE (fixture->demarche), &forms[i], &error));
    assert_true (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CONFIGURATION));
  }
}

static void
plain_http_goes_no_further_than_this_machine (void **state)
{
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  g_autoptr (PvDemarche) demarche = pv_demarche_new (client, NULL);
  static const char *const field[] = { "A:champ_a:text", NULL };
  const PvDemarcheForm form = {
    .slug = "bourse", .title = "A", .base_url = "http://x.example", .path = "a", .number = 1, .fields = field
  };
  Ending ending;

  (void) state;
  assert_true (pv_demarche_add (demarche, &form, NULL));
  submit (PV_PORTAL (demarche), PV_SUBMISSION_DRAFT, &ending);
  assert_true (g_error_matches (ending.error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CONFIGURATION));
  g_clear_error (&ending.error);
}

/* ---- beside the commune's portal ---- */

#define LIST                                                                                                           \
  "{\"err\":0,\"data\":[{\"title\":\"Acte\",\"slug\":\"acte\",\"url\":\"https://x.example.fr/acte/\"},"                \
  "{\"title\":\"Bourse, un simple lien\",\"slug\":\"bourse\",\"redirection\":true}]}"

static void
one_catalogue_has_them_all_and_each_once (void **state)
{
  Fixture *fixture = *state;

  /* Twice: the commune's driver keeps its own list. */
  for (guint i = 0; i < 2; i++) {
    Ending ending = { .finish = FINISH (pv_portal_list_finish) };
    g_autoptr (PvCatalogue) catalogue = NULL;

    fake_http_server_push_answer (fixture->wcs, 200, NULL, "application/json", LIST);
    pv_portal_list_async (fixture->composite, NULL, ended_cb, &ending);
    wait_for (&ending);
    assert_null (ending.error);
    catalogue = ending.result;
    assert_int_equal (catalogue->entries->len, 2);
    assert_non_null (pv_catalogue_find (catalogue, "acte"));
    assert_string_equal (pv_catalogue_find (catalogue, "bourse")->title, "Bourse pour les jeunes");
    assert_int_equal (pv_catalogue_find (catalogue, "bourse")->fillable, PV_FILLABLE);
  }
}

static void
each_filing_goes_to_whose_form_it_is (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvSubmission) submission = new_submission (PV_SUBMISSION_FILE);
  Ending to_site, to_portal = { .finish = FINISH (pv_portal_submit_finish) };

  push_created (fixture);
  submit (fixture->composite, PV_SUBMISSION_DRAFT, &to_site);
  assert_null (to_site.error);
  assert_int_equal (((PvOutcome *) to_site.result)->kind, PV_OUTCOME_DRAFT);
  pv_outcome_free (to_site.result);
  assert_int_equal (fake_http_server_count_requests (fixture->wcs), 0);
  g_free (submission->slug);
  submission->slug = g_strdup ("acte");
  fake_http_server_push_answer (fixture->wcs, 200, NULL, "application/json", "{\"err\":0,\"data\":{\"id\":\"17\"}}");
  pv_portal_submit_async (fixture->composite, submission, NULL, ended_cb, &to_portal);
  wait_for (&to_portal);
  assert_null (to_portal.error);
  assert_int_equal (((PvOutcome *) to_portal.result)->kind, PV_OUTCOME_RECEIVED);
  pv_outcome_free (to_portal.result);
  assert_int_equal (fake_http_server_count_requests (fixture->server), 1);
}

static void
what_is_about_no_form_is_the_commune_s (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { .finish = FINISH (pv_portal_follow_finish) };

  assert_int_equal (pv_portal_get_features (fixture->composite) & PV_PORTAL_CAN_FOLLOW, PV_PORTAL_CAN_FOLLOW);
  fake_http_server_push_answer (fixture->wcs, 200, NULL, "application/json",
                                "{\"err\":0,\"data\":{\"status\":\"En cours\"}}");
  pv_portal_follow_async (fixture->composite, "BCDFGHJK", NULL, ended_cb, &ending);
  wait_for (&ending);
  assert_null (ending.error);
  pv_followed_free (ending.result);
}

#define PLACE "00112233445566778899aabbccddeeff"
#define UUID  "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b"

/* What @finish has for a boolean. */
static gpointer
finish_opening (PvPortal *portal, GAsyncResult *result, GError **error)
{
  return GINT_TO_POINTER (pv_portal_open_drop_finish (portal, result, error));
}

static gpointer
finish_closing (PvPortal *portal, GAsyncResult *result, GError **error)
{
  return GINT_TO_POINTER (pv_portal_close_drop_finish (portal, result, error));
}

/* A GBytes; NULL without an error: nothing yet. */
static gpointer
finish_taking (PvPortal *portal, GAsyncResult *result, GError **error)
{
  GBytes *sealed = NULL;

  if (!pv_portal_take_drop_finish (portal, result, &sealed, error))
    assert_true (error == NULL || *error != NULL);
  return sealed;
}

static void
assert_line (Fixture *fixture, const char *method, const char *target)
{
  const FakeHttpRequest *request =
    fake_http_server_get_request (fixture->wcs, fake_http_server_count_requests (fixture->wcs) - 1);

  assert_string_equal (request->method, method);
  assert_string_equal (request->target, target);
  assert_int_equal (fake_http_server_count_requests (fixture->server), 0);
}

static void
a_phone_s_place_is_at_the_commune_s_relay (void **state)
{
  Fixture *fixture = *state;
  Ending opened = { .finish = finish_opening }, empty = { .finish = finish_taking },
         taken = { .finish = finish_taking }, gone = { .finish = finish_taking }, closed = { .finish = finish_closing };

  assert_int_equal (pv_portal_get_features (fixture->composite) & PV_PORTAL_CAN_DROP, PV_PORTAL_CAN_DROP);
  fake_http_server_push_answer (fixture->wcs, 201, NULL, "text/plain", "");
  pv_portal_open_drop_async (fixture->composite, PLACE, NULL, ended_cb, &opened);
  wait_for (&opened);
  assert_null (opened.error);
  assert_true (GPOINTER_TO_INT (opened.result));
  assert_line (fixture, "POST", "/drop/" PLACE);
  fake_http_server_push_answer (fixture->wcs, 204, NULL, "text/plain", "");
  pv_portal_take_drop_async (fixture->composite, PLACE, NULL, ended_cb, &empty);
  wait_for (&empty);
  assert_null (empty.error);
  assert_null (empty.result);
  fake_http_server_push_answer (fixture->wcs, 200, NULL, "application/octet-stream", "sealed");
  pv_portal_take_drop_async (fixture->composite, PLACE, NULL, ended_cb, &taken);
  wait_for (&taken);
  assert_null (taken.error);
  assert_int_equal (g_bytes_get_size (taken.result), strlen ("sealed"));
  g_bytes_unref (taken.result);
  assert_line (fixture, "GET", "/drop/" PLACE);
  fake_http_server_push_answer (fixture->wcs, 404, NULL, "text/plain", "");
  pv_portal_take_drop_async (fixture->composite, PLACE, NULL, ended_cb, &gone);
  wait_for (&gone);
  assert_true (g_error_matches (gone.error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_GONE));
  g_clear_error (&gone.error);
  fake_http_server_push_answer (fixture->wcs, 204, NULL, "text/plain", "");
  pv_portal_close_drop_async (fixture->composite, PLACE, NULL, ended_cb, &closed);
  wait_for (&closed);
  assert_null (closed.error);
  assert_line (fixture, "DELETE", "/drop/" PLACE);
}

static void
invoices_are_the_commune_s (void **state)
{
  Fixture *fixture = *state;
  Ending found = { .finish = FINISH (pv_portal_invoice_finish) };
  Ending paper = { .finish = FINISH (pv_portal_invoice_pdf_finish) };
  gsize before;

  fake_http_server_push_answer (fixture->wcs, 200, NULL, "application/json", "{\"err\":0,\"data\":{\"found\":false}}");
  pv_portal_invoice_async (fixture->composite, UUID, 4250, NULL, ended_cb, &found);
  wait_for (&found);
  assert_null (found.error);
  assert_int_equal (((PvInvoice *) found.result)->kind, PV_INVOICE_NONE);
  pv_invoice_free (found.result);
  before = fake_http_server_count_requests (fixture->wcs);
  assert_true (before > 0);
  fake_http_server_push_answer (fixture->wcs, 200, NULL, "application/pdf", "%PDF-1.7 x");
  pv_portal_invoice_pdf_async (fixture->composite, UUID, 4250, NULL, ended_cb, &paper);
  wait_for (&paper);
  assert_null (paper.error);
  assert_int_equal (g_bytes_get_size (paper.result), strlen ("%PDF-1.7 x"));
  g_bytes_unref (paper.result);
  assert_true (fake_http_server_count_requests (fixture->wcs) > before);
  assert_int_equal (fake_http_server_count_requests (fixture->server), 0);
}

static void
bookings_are_the_commune_s (void **state)
{
  Fixture *fixture = *state;
  Ending found = { .finish = FINISH (pv_portal_find_booking_finish) };
  Ending alone = { .finish = FINISH (pv_portal_find_booking_finish) };

  fake_http_server_push_answer (fixture->wcs, 200, NULL, "application/json", "{\"err\":0,\"data\":{\"found\":false}}");
  pv_portal_find_booking_async (fixture->composite, "BCDFGHJKLM", NULL, ended_cb, &found);
  wait_for (&found);
  assert_null (found.error);
  assert_false (((PvFound *) found.result)->found);
  pv_found_free (found.result);
  assert_int_equal (fake_http_server_count_requests (fixture->wcs), 1);
  /* The other site has no agenda, and says so. */
  pv_portal_find_booking_async (fixture->demarche, "BCDFGHJKLM", NULL, ended_cb, &alone);
  wait_for (&alone);
  assert_true (g_error_matches (alone.error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_UNSUPPORTED));
  g_clear_error (&alone.error);
}

static void
a_survey_asks_whose_form_it_is (void **state)
{
  Fixture *fixture = *state;
  Ending commune = { .finish = FINISH (pv_portal_survey_finish) };
  Ending site = { .finish = FINISH (pv_portal_survey_finish) };

  fake_http_server_push_answer (fixture->wcs, 200, NULL, "application/json",
                                "{\"name\":\"Acte\",\"url_name\":\"acte\",\"fields\":[]}");
  pv_portal_survey_async (fixture->composite, "acte", NULL, ended_cb, &commune);
  wait_for (&commune);
  assert_null (commune.error);
  assert_non_null (((PvPortalSurvey *) commune.result)->procedure);
  pv_portal_survey_free (commune.result);
  pv_portal_survey_async (fixture->composite, "bourse", NULL, ended_cb, &site);
  wait_for (&site);
  assert_true (g_error_matches (site.error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_UNSUPPORTED));
  g_clear_error (&site.error);
  assert_int_equal (fake_http_server_count_requests (fixture->server), 0);
}

static void
an_error_comes_through (void **state)
{
  Fixture *fixture = *state;
  Ending ending = { .finish = FINISH (pv_portal_list_finish) };

  fake_http_server_push (fixture->wcs, (FakeHttpStep){ .kind = FAKE_HTTP_CLOSE_ON_ACCEPT });
  fake_http_server_push (fixture->wcs, (FakeHttpStep){ .kind = FAKE_HTTP_CLOSE_ON_ACCEPT });
  pv_portal_list_async (fixture->composite, NULL, ended_cb, &ending);
  wait_for (&ending);
  assert_non_null (ending.error);
  assert_int_equal (ending.error->domain, PV_PORTAL_ERROR);
  g_clear_error (&ending.error);
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (the_answers_are_sent_ahead_as_the_site_wants_them),
    T (each_answer_means_something_that_can_be_done),
    T (an_address_beside_the_site_is_not_believed),
    T (a_lost_answer_may_be_tried_again),
    T (nothing_is_filed_there),
    T (a_form_is_described_by_the_settings),
    T (a_wrong_form_is_the_administrator_s),
    cmocka_unit_test (plain_http_goes_no_further_than_this_machine),
    T (one_catalogue_has_them_all_and_each_once),
    T (each_filing_goes_to_whose_form_it_is),
    T (what_is_about_no_form_is_the_commune_s),
    T (a_phone_s_place_is_at_the_commune_s_relay),
    T (invoices_are_the_commune_s),
    T (bookings_are_the_commune_s),
    T (a_survey_asks_whose_form_it_is),
    T (an_error_comes_through),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
