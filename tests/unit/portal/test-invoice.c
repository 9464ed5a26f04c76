/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/invoice.h"

#include <string.h>

#include "portal/publik/publik.h"

#include "http-server.h"
#include "tst.h"

enum { DEADLINE_MS = 10000 };

#define UUID "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b"
#define DUE                                                                                                            \
  "{\"err\":0,\"data\":{\"found\":true,\"number\":\"F26-000104\",\"label\":\"Cantine\",\"total\":\"42.50\","           \
  "\"remaining\":\"12.5\",\"due\":\"2026-12-15\",\"has_pdf\":true,"                                                    \
  "\"payment_url\":\"https://demarches.example.fr/lingo/item/1/pay/\"}}"
#define NONE "{\"err\":0,\"data\":{\"found\":false}}"

static char *hosts[] = { (char *) "paiement.example.fr", NULL };

static PvInvoice *
read_answer (const char *text)
{
  const PvPublikInvoices invoices = { .portal = "https://demarches.example.fr", .payment_hosts = hosts };
  g_autoptr (PvJson) json = pv_json_parse (text, strlen (text), NULL);
  g_autoptr (GError) error = NULL;
  PvInvoice *invoice;

  assert_non_null (json);
  invoice = pv_publik_read_invoice (json, &invoices, UUID, &error);
  assert_int_equal (invoice == NULL, g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER));
  return invoice;
}

static void
what_is_due_is_read (void **state)
{
  g_autoptr (PvInvoice) invoice = read_answer (DUE), none = read_answer (NONE);

  (void) state;
  assert_int_equal (invoice->kind, PV_INVOICE_FOUND);
  assert_string_equal (invoice->uuid, UUID);
  assert_string_equal (invoice->number, "F26-000104");
  assert_int_equal (invoice->total_cents, 4250);
  assert_int_equal (invoice->remaining_cents, 1250);
  assert_int_equal (g_date_get_day (&invoice->due), 15);
  assert_true (invoice->has_pdf && !invoice->is_paid);
  assert_non_null (invoice->payment_url);
  assert_int_equal (none->kind, PV_INVOICE_NONE);
}

static void
what_is_missing_or_wrong_is_no_invoice (void **state)
{
  static const struct {
    const char *members;
    gboolean is_invoice;
  } rows[] = {
    { "\"total\":\"42.50\",\"remaining\":\"0.00\"", TRUE },
    { "\"total\":\"42\",\"remaining\":\"42\",\"due\":\"bientôt\",\"payment_url\":7", TRUE },
    { "\"total\":\"42.50\"", FALSE },
    { "\"remaining\":\"42.50\"", FALSE },
    { "\"total\":\"42.505\",\"remaining\":\"0\"", FALSE },
    { "\"total\":\"42.\",\"remaining\":\"0\"", FALSE },
    { "\"total\":\"-1\",\"remaining\":\"0\"", FALSE },
    { "\"total\":\"1\",\"remaining\":\"2\"", FALSE },
    { "\"total\":\"99999999999\",\"remaining\":\"0\"", FALSE },
    { "\"total\":[],\"remaining\":\"0\"", FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf ("{\"data\":{\"found\":true,%s}}", rows[i].members);
    g_autoptr (PvInvoice) invoice = read_answer (text);

    if ((invoice != NULL) != rows[i].is_invoice)
      fail_msg ("row %zu", i);
  }
}

/* A square that leads somebody with a bank card to another site is the worst that an answer could do. */
static void
only_the_portal_and_the_settings_say_where_to_pay (void **state)
{
  static const struct {
    const char *url;
    gboolean is_good;
  } rows[] = {
    { "https://demarches.example.fr/pay/", TRUE },
    { "https://DEMARCHES.example.fr/pay/", TRUE },
    { "https://paiement.example.fr/x?y=1", TRUE },
    { "http://demarches.example.fr/pay/", FALSE },
    { "https://demarches.example.fr.evil.example/", FALSE },
    { "https://evil.example/demarches.example.fr/", FALSE },
    { "https://demarches.example.fr@evil.example/", FALSE },
    { "https://somebody@demarches.example.fr/", FALSE },
    { "https://somebody:word@demarches.example.fr/", FALSE },
    { "//demarches.example.fr/pay/", FALSE },
    { "javascript:alert(1)", FALSE },
    { "https:///pay/", FALSE },
    { "", FALSE },
  };
  const PvPublikInvoices far = { .portal = "https://demarches.example.fr", .payment_hosts = hosts };
  const PvPublikInvoices near = { .portal = "http://127.0.0.1:8080" };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (pv_publik_is_payment_url (rows[i].url, &far) != rows[i].is_good)
      fail_msg ("row %zu: %s", i, rows[i].url);
  assert_true (pv_publik_is_payment_url ("http://127.0.0.1:8080/pay/", &near));
  assert_false (pv_publik_is_payment_url ("http://127.0.0.1:8080/pay/", &far));
  assert_false (pv_publik_is_payment_url ("http://localhost/pay/", &near));
}

/* Over HTTP -------------------------------------------------------------------------------------------------------- */

typedef struct {
  FakeHttpServer *server;
  PvPortal *portal;
  gpointer result;
  GError *error;
  gboolean is_done;
} Fixture;

static PvPortal *
new_portal (FakeHttpServer *server, PvPublikMode mode, const char *const *regies)
{
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  g_autofree char *url = fake_http_server_get_url (server, "/");
  const PvPublikConfig config = { .mode = mode,
                                  .base_url = url,
                                  .portal_url = "https://demarches.example.fr/",
                                  .orig = "borne",
                                  .key = "1234",
                                  .regies = regies };
  PvPublik *publik = pv_publik_new (&config, client, NULL);

  assert_non_null (publik);
  return PV_PORTAL (publik);
}

static int
set_up (void **state)
{
  static const char *const regies[] = { "periscolaire", "culture", NULL };
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->server = fake_http_server_new (NULL);
  fixture->portal = new_portal (fixture->server, PV_PUBLIK_RELAY, regies);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  g_assert_finalize_object (fixture->portal);
  fake_http_server_free (fixture->server);
  g_clear_error (&fixture->error);
  g_free (fixture);
  return 0;
}

static void
invoice_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = pv_portal_invoice_finish (PV_PORTAL (source), result, &fixture->error);
  fixture->is_done = TRUE;
}

static void
pdf_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = pv_portal_invoice_pdf_finish (PV_PORTAL (source), result, &fixture->error);
  fixture->is_done = TRUE;
}

static gpointer
ask (Fixture *fixture, const char *uuid)
{
  g_clear_error (&fixture->error);
  fixture->is_done = FALSE;
  pv_portal_invoice_async (fixture->portal, uuid, 4250, NULL, invoice_cb, fixture);
  assert_true (tst_pump_until (NULL, &fixture->is_done, DEADLINE_MS));
  return fixture->result;
}

static gpointer
ask_pdf (Fixture *fixture)
{
  g_clear_error (&fixture->error);
  fixture->is_done = FALSE;
  pv_portal_invoice_pdf_async (fixture->portal, UUID, 4250, NULL, pdf_cb, fixture);
  assert_true (tst_pump_until (NULL, &fixture->is_done, DEADLINE_MS));
  return fixture->result;
}

static void
each_regie_is_asked_in_turn (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvInvoice) invoice = NULL;

  assert_true (pv_portal_get_features (fixture->portal) & PV_PORTAL_CAN_INVOICE);
  fake_http_server_push_answer (fixture->server, 200, NULL, "application/json", NONE);
  fake_http_server_push_answer (fixture->server, 200, NULL, "application/json", DUE);
  invoice = ask (fixture, UUID);
  assert_non_null (invoice);
  assert_int_equal (invoice->kind, PV_INVOICE_FOUND);
  assert_string_equal (fake_http_server_get_request (fixture->server, 0)->target,
                       "/relay/invoice?regie=periscolaire&uuid=" UUID "&amount=4250");
  assert_string_equal (fake_http_server_get_request (fixture->server, 1)->target,
                       "/relay/invoice?regie=culture&uuid=" UUID "&amount=4250");
}

static void
no_regie_has_it (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvInvoice) invoice = NULL, no_uuid = NULL;

  fake_http_server_push_answer (fixture->server, 200, NULL, "application/json", NONE);
  fake_http_server_push_answer (fixture->server, 200, NULL, "application/json", NONE);
  invoice = ask (fixture, UUID);
  assert_int_equal (invoice->kind, PV_INVOICE_NONE);
  no_uuid = ask (fixture, "../" UUID);
  assert_int_equal (no_uuid->kind, PV_INVOICE_NONE);
  assert_int_equal (fake_http_server_count_requests (fixture->server), 2);
}

static void
each_failure_says_what_can_be_done (void **state)
{
  static const struct {
    guint status;
    const char *body;
    PvPortalError code;
  } rows[] = {
    { 429, "{\"err\":1,\"err_code\":\"relay-rate\"}", PV_PORTAL_ERROR_BUSY },
    { 403, "{\"err\":1,\"err_code\":\"relay-denied\"}", PV_PORTAL_ERROR_CONFIGURATION },
    { 502, "{\"err\":1,\"err_code\":\"relay-unreachable\"}", PV_PORTAL_ERROR_OFFLINE },
    { 200, "{\"err\":0,\"data\":{}}", PV_PORTAL_ERROR_BAD_ANSWER },
    { 200, "<html>", PV_PORTAL_ERROR_BAD_ANSWER },
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    fake_http_server_push_answer (fixture->server, rows[i].status, NULL, "application/json", rows[i].body);
    assert_null (ask (fixture, UUID));
    if (!g_error_matches (fixture->error, PV_PORTAL_ERROR, (int) rows[i].code))
      fail_msg ("row %zu: %s", i, fixture->error->message);
  }
}

static void
a_pdf_comes_as_it_is_or_not_at_all (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) pdf = NULL;

  fake_http_server_push_answer (fixture->server, 404, NULL, "application/json",
                                "{\"err\":1,\"err_code\":\"not-found\"}");
  fake_http_server_push_answer (fixture->server, 200, NULL, "application/pdf", "%PDF-1.5\n...");
  pdf = ask_pdf (fixture);
  assert_non_null (pdf);
  assert_int_equal (g_bytes_get_size (pdf), strlen ("%PDF-1.5\n..."));
  fake_http_server_push_answer (fixture->server, 200, NULL, "text/html", "%PDF-1.5\n...");
  assert_null (ask_pdf (fixture));
  fake_http_server_push_answer (fixture->server, 200, NULL, "application/pdf", "<html>");
  assert_null (ask_pdf (fixture));
  fake_http_server_push_answer (fixture->server, 200, NULL, "application/json", DUE);
  assert_null (ask_pdf (fixture));
  assert_true (g_error_matches (fixture->error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER));
  fake_http_server_push_answer (fixture->server, 404, NULL, "application/json",
                                "{\"err\":1,\"err_code\":\"not-found\"}");
  fake_http_server_push_answer (fixture->server, 404, NULL, "application/json",
                                "{\"err\":1,\"err_code\":\"not-found\"}");
  assert_null (ask_pdf (fixture));
  assert_true (g_error_matches (fixture->error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_GONE));
}

/* A key that reads one invoice reads everybody's. */
static void
without_a_relay_there_are_no_invoices (void **state)
{
  static const char *const regies[] = { "periscolaire", NULL };
  static const struct {
    PvPublikMode mode;
    gboolean has_regies;
  } rows[] = { { PV_PUBLIK_DIRECT, TRUE }, { PV_PUBLIK_RELAY, FALSE } };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_object_unref (fixture->portal);
    fixture->portal = new_portal (fixture->server, rows[i].mode, rows[i].has_regies ? regies : NULL);
    assert_false (pv_portal_get_features (fixture->portal) & PV_PORTAL_CAN_INVOICE);
    assert_null (ask (fixture, UUID));
    assert_true (g_error_matches (fixture->error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_UNSUPPORTED));
  }
  assert_int_equal (fake_http_server_count_requests (fixture->server), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_is_due_is_read),
    cmocka_unit_test (what_is_missing_or_wrong_is_no_invoice),
    cmocka_unit_test (only_the_portal_and_the_settings_say_where_to_pay),
    TEST (each_regie_is_asked_in_turn),
    TEST (no_regie_has_it),
    TEST (each_failure_says_what_can_be_done),
    TEST (a_pdf_comes_as_it_is_or_not_at_all),
    TEST (without_a_relay_there_are_no_invoices),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
