/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/drop.h"
#include "portal/publik/publik.h"

#include <string.h>

#include "http-server.h"
#include "tst.h"

#define ID "00112233445566778899aabbccddeeff"

enum { DEADLINE_MS = 20000, FINE = -1, NOTHING_YET = -2 };

typedef struct {
  FakeHttpServer *server;
  PvPortal *portal;
  /* how it ended */
  gboolean is_done, is_right;
  GBytes *sealed;
  GError *error;
} Fixture;

static int
set_up_mode (void **state, PvPublikMode mode)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  g_autofree char *url = NULL;
  PvPublikConfig config = { .mode = mode, .portal_url = "https://demarches.example/", .orig = "borne", .key = "1234" };

  fixture->server = fake_http_server_new (NULL);
  url = fake_http_server_get_url (fixture->server, "/");
  config.base_url = url;
  fixture->portal = PV_PORTAL (pv_publik_new (&config, client, NULL));
  *state = fixture;
  return fixture->portal != NULL ? 0 : -1;
}

static int
set_up (void **state)
{
  return set_up_mode (state, PV_PUBLIK_RELAY);
}

static int
set_up_direct (void **state)
{
  return set_up_mode (state, PV_PUBLIK_DIRECT);
}

static void
clear_ending (Fixture *fixture)
{
  fixture->is_done = fixture->is_right = FALSE;
  g_clear_pointer (&fixture->sealed, g_bytes_unref);
  g_clear_error (&fixture->error);
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  clear_ending (fixture);
  g_object_unref (fixture->portal);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  fake_http_server_free (fixture->server);
  g_free (fixture);
  return 0;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->is_right = pv_portal_open_drop_finish (PV_PORTAL (source), result, &fixture->error);
  fixture->is_done = TRUE;
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->is_right = pv_portal_take_drop_finish (PV_PORTAL (source), result, &fixture->sealed, &fixture->error);
  fixture->is_done = TRUE;
}

static void
open_place (Fixture *fixture, const char *id)
{
  clear_ending (fixture);
  pv_portal_open_drop_async (fixture->portal, id, NULL, opened_cb, fixture);
  assert_true (tst_pump_until (NULL, &fixture->is_done, DEADLINE_MS));
}

static void
take (Fixture *fixture, const char *id)
{
  clear_ending (fixture);
  pv_portal_take_drop_async (fixture->portal, id, NULL, taken_cb, fixture);
  assert_true (tst_pump_until (NULL, &fixture->is_done, DEADLINE_MS));
}

static void
assert_ending (Fixture *fixture, int expected)
{
  if (fixture->error != NULL && fixture->error->code != expected)
    print_error ("%d: %s\n", fixture->error->code, fixture->error->message);
  assert_int_equal (fixture->is_right, expected < 0);
  assert_int_equal (fixture->sealed != NULL, expected == FINE);
  if (expected >= 0) {
    assert_true (g_error_matches (fixture->error, PV_PORTAL_ERROR, expected));
    assert_null (strstr (fixture->error->message, ID));
  }
}

static const struct {
  guint status;
  const char *headers, *body;
  int open, take;
} answers[] = {
  { 200, NULL, "sealed", PV_PORTAL_ERROR_BAD_ANSWER, FINE },
  { 201, NULL, "", NOTHING_YET, PV_PORTAL_ERROR_BAD_ANSWER },
  { 204, NULL, "", PV_PORTAL_ERROR_BAD_ANSWER, NOTHING_YET },
  { 404, NULL, "", PV_PORTAL_ERROR_UNSUPPORTED, PV_PORTAL_ERROR_GONE },
  { 409, NULL, "", PV_PORTAL_ERROR_GONE, PV_PORTAL_ERROR_CONFIGURATION },
  { 403, NULL, "{\"err\": 1, \"err_code\": \"relay-certificate\"}", PV_PORTAL_ERROR_CONFIGURATION,
    PV_PORTAL_ERROR_CONFIGURATION },
  { 429, "Retry-After: 2\r\n", "{\"err\": 1, \"err_code\": \"relay-rate\"}", PV_PORTAL_ERROR_BUSY,
    PV_PORTAL_ERROR_BUSY },
  { 503, "Retry-After: 60\r\n", "", PV_PORTAL_ERROR_BUSY, PV_PORTAL_ERROR_BUSY },
  { 500, NULL, "<html>", PV_PORTAL_ERROR_BUSY, PV_PORTAL_ERROR_BUSY },
};

static void
each_answer_of_the_relay_says_what_to_do (void **state)
{
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    fake_http_server_push_answer (fixture->server, answers[i].status, answers[i].headers, "text/plain",
                                  answers[i].body);
    open_place (fixture, ID);
    assert_ending (fixture, answers[i].open);
    fake_http_server_push_answer (fixture->server, answers[i].status, answers[i].headers, "text/plain",
                                  answers[i].body);
    take (fixture, ID);
    assert_ending (fixture, answers[i].take);
  }
}

static void
a_place_is_opened_by_a_post_and_emptied_by_a_get (void **state)
{
  Fixture *fixture = *state;

  fake_http_server_push_answer (fixture->server, 201, NULL, "text/plain", "");
  open_place (fixture, ID);
  fake_http_server_push_answer (fixture->server, 200, NULL, "application/octet-stream", "whatever it is");
  take (fixture, ID);
  assert_int_equal (g_bytes_get_size (fixture->sealed), strlen ("whatever it is"));
  assert_string_equal (fake_http_server_get_request (fixture->server, 0)->method, "POST");
  assert_string_equal (fake_http_server_get_request (fixture->server, 1)->method, "GET");
  for (guint i = 0; i < 2; i++)
    assert_string_equal (fake_http_server_get_request (fixture->server, i)->target, "/drop/" ID);
}

static void
an_answer_cut_short_is_no_document (void **state)
{
  static const char text[] = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";
  Fixture *fixture = *state;

  fake_http_server_push (fixture->server, (FakeHttpStep){ .kind = FAKE_HTTP_ANSWER_THEN_CLOSE,
                                                          .bytes = g_bytes_new_static (text, strlen (text)) });
  take (fixture, ID);
  assert_ending (fixture, PV_PORTAL_ERROR_OFFLINE);
}

static void
more_than_a_phone_may_send_is_not_read (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *text =
    g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", PV_DROP_MAX_SEALED_BYTES + 1);

  fake_http_server_push (
    fixture->server, (FakeHttpStep){ .kind = FAKE_HTTP_ANSWER_THEN_CLOSE, .bytes = g_bytes_new (text, strlen (text)) });
  take (fixture, ID);
  assert_ending (fixture, PV_PORTAL_ERROR_BAD_ANSWER);
}

static void
what_is_no_id_is_not_asked (void **state)
{
  Fixture *fixture = *state;

  open_place (fixture, "../relay/find");
  assert_ending (fixture, PV_PORTAL_ERROR_GONE);
  take (fixture, "");
  assert_ending (fixture, PV_PORTAL_ERROR_GONE);
  assert_int_equal (fake_http_server_count_requests (fixture->server), 0);
}

static void
only_a_relay_offers_it (void **state)
{
  Fixture *fixture = *state;

  assert_false (pv_portal_get_features (fixture->portal) & PV_PORTAL_CAN_DROP);
  open_place (fixture, ID);
  assert_ending (fixture, PV_PORTAL_ERROR_UNSUPPORTED);
  take (fixture, ID);
  assert_ending (fixture, PV_PORTAL_ERROR_UNSUPPORTED);
  assert_int_equal (fake_http_server_count_requests (fixture->server), 0);
}

static void
a_relay_says_that_it_does (void **state)
{
  Fixture *fixture = *state;

  assert_true (pv_portal_get_features (fixture->portal) & PV_PORTAL_CAN_DROP);
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (each_answer_of_the_relay_says_what_to_do),
    T (a_place_is_opened_by_a_post_and_emptied_by_a_get),
    T (an_answer_cut_short_is_no_document),
    T (more_than_a_phone_may_send_is_not_read),
    T (what_is_no_id_is_not_asked),
    cmocka_unit_test_setup_teardown (only_a_relay_offers_it, set_up_direct, tear_down),
    T (a_relay_says_that_it_does),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
