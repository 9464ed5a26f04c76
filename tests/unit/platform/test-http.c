/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/http.h"

#include <string.h>

#include "http-server.h"
#include "tst.h"

enum {
  DEADLINE_MS = 10000,
};

/* Where one request ends up. */
typedef struct {
  PvHttpClient *client;
  PvHttpResponse *response;
  GError *error;
  gboolean is_done;
} Ending;

static void
ending_clear (Ending *ending)
{
  g_clear_pointer (&ending->response, pv_http_response_free);
  g_clear_error (&ending->error);
  ending->is_done = FALSE;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ending, ending_clear)

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ending *ending = user_data;

  (void) source;
  if (ending->is_done)
    return;
  ending->response = pv_http_send_finish (ending->client, result, &ending->error);
  ending->is_done = TRUE;
}

static void
start (Ending *ending, PvHttpClient *client, const PvHttpRequest *request, GCancellable *cancellable)
{
  ending->client = client;
  pv_http_send_async (client, request, cancellable, ended_cb, ending);
  assert_false (ending->is_done);
}

static void
finish (Ending *ending)
{
  assert_true (tst_pump_until (NULL, &ending->is_done, DEADLINE_MS));
}

/* One request with limits short enough for a test. */
static void
send (Ending *ending, PvHttpClient *client, const char *method, const char *url)
{
  const PvHttpRequest request = { .method = method, .url = url, .total_timeout_ms = 5000 };

  start (ending, client, &request, NULL);
  finish (ending);
}

static void
assert_fails_with (const Ending *ending, PvHttpError code)
{
  if (ending->error == NULL)
    fail_msg ("answered with %u", pv_http_response_get_status (ending->response));
  assert_null (ending->response);
  if (!g_error_matches (ending->error, PV_HTTP_ERROR, (int) code))
    fail_msg ("code %d instead of %d: %s", ending->error->code, code, ending->error->message);
}

static void
assert_answered (const Ending *ending, guint status)
{
  if (ending->error != NULL)
    fail_msg ("%s", ending->error->message);
  assert_int_equal (pv_http_response_get_status (ending->response), status);
}

/* Answers and connections ------------------------------------------------------------------------------------------ */

static void
sends_the_request_and_gives_the_answer (void **state)
{
  static const char *const headers[] = { "Content-Type: application/json", "Accept: application/json", NULL };
  g_autoptr (FakeHttpServer) server = fake_http_server_new (NULL);
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  g_autofree char *url = fake_http_server_get_url (server, "/api/formdefs/x/submit?orig=k&signature=a%2Fb%3D");
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"data\":{}}", 11);
  const PvHttpRequest request = { .method = "POST", .url = url, .headers = headers, .body = body };
  const FakeHttpRequest *seen;
  g_autofree char *type = NULL;
  g_autofree char *expect = NULL;
  g_auto (Ending) ending = { 0 };
  gint64 date = 0;

  (void) state;
  fake_http_server_push_answer (server, 201, "X-One: 1\r\nx-one: 2\r\n", "Application/JSON; charset=utf-8",
                                "{\"err\":0}");
  start (&ending, client, &request, NULL);
  finish (&ending);
  assert_answered (&ending, 201);
  assert_int_equal (g_bytes_get_size (pv_http_response_get_body (ending.response)), 9);
  assert_memory_equal (g_bytes_get_data (pv_http_response_get_body (ending.response), NULL), "{\"err\":0}", 9);
  assert_string_equal (pv_http_response_get_content_type (ending.response), "application/json");
  assert_string_equal (pv_http_response_get_header (ending.response, "X-ONE"), "1");
  assert_null (pv_http_response_get_header (ending.response, "X-Two"));
  assert_true (pv_http_response_get_date (ending.response, &date));
  assert_int_equal (date, 1795514400); /* date -d '2026-11-24 10:00 UTC' +%s */

  seen = fake_http_server_get_request (server, 0);
  assert_string_equal (seen->method, "POST");
  assert_string_equal (seen->target, "/api/formdefs/x/submit?orig=k&signature=a%2Fb%3D");
  assert_true (g_bytes_equal (seen->body, body));
  type = fake_http_request_get_header (seen, "content-type");
  assert_string_equal (type, "application/json");
  expect = fake_http_request_get_header (seen, "expect");
  assert_null (expect);
}

static void
keeps_one_connection_for_several_requests (void **state)
{
  g_autoptr (FakeHttpServer) server = fake_http_server_new (NULL);
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  g_autofree char *url = fake_http_server_get_url (server, "/");
  const PvHttpRequest request = { .method = "GET", .url = url, .total_timeout_ms = 5000 };
  Ending endings[4] = { 0 };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    start (&endings[i], client, &request, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    finish (&endings[i]);
    assert_answered (&endings[i], 404);
    ending_clear (&endings[i]);
  }
  send (&endings[0], client, "GET", url);
  assert_answered (&endings[0], 404);
  ending_clear (&endings[0]);
  assert_int_equal (fake_http_server_count_requests (server), 5);
  assert_int_equal (fake_http_server_count_connections (server), 1);
}

/* A second connection replaces the first: the portal never sees two at a time. */
static void
a_post_waits_its_turn_and_gets_a_new_connection (void **state)
{
  g_autoptr (FakeHttpServer) server = fake_http_server_new (NULL);
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  g_autofree char *url = fake_http_server_get_url (server, "/");
  const PvHttpRequest get = { .method = "GET", .url = url, .total_timeout_ms = 5000 };
  const PvHttpRequest post = { .method = "POST", .url = url, .total_timeout_ms = 5000 };
  FakeHttpStep slow = fake_http_answer (200, NULL, "text/plain", "");
  g_auto (Ending) first = { 0 };
  g_auto (Ending) second = { 0 };
  g_auto (Ending) third = { 0 };

  (void) state;
  slow.delay_ms = 50;
  fake_http_server_push (server, slow);
  start (&first, client, &get, NULL);
  start (&second, client, &post, NULL);
  start (&third, client, &get, NULL);
  finish (&first);
  finish (&second);
  finish (&third);
  assert_answered (&first, 200);
  assert_answered (&second, 404);
  assert_answered (&third, 404);
  assert_int_equal (fake_http_server_count_connections (server), 2);
}

/* Failures --------------------------------------------------------------------------------------------------------- */

/* The invariant "never filed twice" hangs on this: libcurl would send a POST again on its own. */
static void
never_repeats_a_post (void **state)
{
  g_autoptr (FakeHttpServer) server = fake_http_server_new (NULL);
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  g_autofree char *url = fake_http_server_get_url (server, "/");
  g_auto (Ending) ending = { 0 };

  (void) state;
  /* A connection that is kept, for a repetition to be possible. */
  send (&ending, client, "GET", url);
  assert_answered (&ending, 404);
  ending_clear (&ending);
  fake_http_server_push (server, (FakeHttpStep){ .kind = FAKE_HTTP_CLOSE_AFTER_REQUEST });
  send (&ending, client, "POST", url);
  assert_fails_with (&ending, PV_HTTP_ERROR_UNKNOWN);
  assert_int_equal (fake_http_server_count_requests (server), 2);
}

static void
repeats_a_get_on_a_stale_connection (void **state)
{
  g_autoptr (FakeHttpServer) server = fake_http_server_new (NULL);
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  g_autofree char *url = fake_http_server_get_url (server, "/");
  g_auto (Ending) ending = { 0 };

  (void) state;
  send (&ending, client, "GET", url);
  ending_clear (&ending);
  fake_http_server_push (server, (FakeHttpStep){ .kind = FAKE_HTTP_CLOSE_AFTER_REQUEST });
  send (&ending, client, "GET", url);
  assert_answered (&ending, 404);
  assert_int_equal (fake_http_server_count_requests (server), 3);
}

static void
what_breaks_after_sending_is_unknown (void **state)
{
  static const char cut[] = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc";
  static const char cut_head[] = "HTTP/1.1 200 OK\r\nContent-Le";
  static const char cut_chunk[] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n";
  static const char garbage[] = "SSH-2.0-OpenSSH_9.2\r\n\r\n";
  const FakeHttpStep steps[] = {
    { .kind = FAKE_HTTP_CLOSE_ON_ACCEPT },
    { .kind = FAKE_HTTP_CLOSE_AFTER_REQUEST },
    { .kind = FAKE_HTTP_SILENCE },
    { .kind = FAKE_HTTP_ANSWER_THEN_CLOSE, .bytes = g_bytes_new_static (cut, sizeof cut - 1) },
    { .kind = FAKE_HTTP_ANSWER_THEN_CLOSE, .bytes = g_bytes_new_static (cut_chunk, sizeof cut_chunk - 1) },
    { .kind = FAKE_HTTP_ANSWER_THEN_CLOSE, .bytes = g_bytes_new_static (garbage, sizeof garbage - 1) },
    { .kind = FAKE_HTTP_ANSWER, .bytes = g_bytes_new_static (cut, sizeof cut - 1) },
    { .kind = FAKE_HTTP_ANSWER, .bytes = g_bytes_new_static (cut_head, sizeof cut_head - 1) },
    { .kind = FAKE_HTTP_ANSWER, .drip_ms = 20, .bytes = g_bytes_new_static (cut, sizeof cut - 1) },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (FakeHttpServer) server = fake_http_server_new (NULL);
    g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
    g_autofree char *url = fake_http_server_get_url (server, "/?secret=1");
    const PvHttpRequest request = { .method = "POST", .url = url, .total_timeout_ms = 250 };
    g_auto (Ending) ending = { 0 };

    fake_http_server_push (server, steps[i]);
    start (&ending, client, &request, NULL);
    finish (&ending);
    if (!g_error_matches (ending.error, PV_HTTP_ERROR, PV_HTTP_ERROR_UNKNOWN))
      fail_msg ("step %zu: %s", i, ending.error != NULL ? ending.error->message : "answered");
    assert_true (pv_http_error_may_have_arrived (ending.error));
    assert_null (strstr (ending.error->message, "secret"));
    assert_int_equal (fake_http_server_count_requests (server), steps[i].kind == FAKE_HTTP_CLOSE_ON_ACCEPT ? 0 : 1);
  }
}

static void
what_never_got_a_connection_is_offline (void **state)
{
  g_autoptr (FakeHttpServer) server = fake_http_server_new (NULL);
  g_autofree char *refused = fake_http_server_get_url (server, "/tracking/ABCD?q=secret");
  static const char *const unresolved = "https://parvis-test.invalid/";

  (void) state;
  g_clear_pointer (&server, fake_http_server_free);
  for (int i = 0; i < 2; i++) {
    g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
    g_auto (Ending) ending = { 0 };

    send (&ending, client, "POST", i == 0 ? refused : unresolved);
    assert_fails_with (&ending, PV_HTTP_ERROR_OFFLINE);
    assert_false (pv_http_error_may_have_arrived (ending.error));
    assert_null (strstr (ending.error->message, "secret"));
    assert_null (strstr (ending.error->message, "ABCD"));
  }
}

/* Waiting for the host's only connection is waiting too, and nothing was sent. */
static void
a_timeout_in_the_queue_is_offline (void **state)
{
  g_autoptr (FakeHttpServer) server = fake_http_server_new (NULL);
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  g_autofree char *url = fake_http_server_get_url (server, "/");
  const PvHttpRequest first_request = { .method = "GET", .url = url, .total_timeout_ms = 600 };
  const PvHttpRequest second_request = { .method = "POST", .url = url, .total_timeout_ms = 150 };
  g_auto (Ending) first = { 0 };
  g_auto (Ending) second = { 0 };

  (void) state;
  fake_http_server_push (server, (FakeHttpStep){ .kind = FAKE_HTTP_SILENCE });
  start (&first, client, &first_request, NULL);
  start (&second, client, &second_request, NULL);
  finish (&second);
  assert_fails_with (&second, PV_HTTP_ERROR_OFFLINE);
  assert_false (first.is_done);
  finish (&first);
  assert_fails_with (&first, PV_HTTP_ERROR_UNKNOWN);
  assert_int_equal (fake_http_server_count_requests (server), 1);
}

static void
refuses_answers_over_the_limit (void **state)
{
  static const struct {
    const char *head;
    gsize body_bytes;
    gsize header_bytes;
    gboolean is_accepted;
  } cases[] = {
    { "Content-Length: 1000\r\n", 1000, 0, TRUE }, { "Content-Length: 1001\r\n", 1001, 0, FALSE },
    { "Connection: close\r\n", 1000, 0, TRUE },    { "Connection: close\r\n", 1001, 0, FALSE },
    { "Connection: close\r\n", 500000, 0, FALSE }, { "Connection: close\r\n", 1, 60000, TRUE },
    { "Connection: close\r\n", 1, 70000, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (FakeHttpServer) server = fake_http_server_new (NULL);
    const PvHttpOptions options = { .max_response_bytes = 1000 };
    g_autoptr (PvHttpClient) client = pv_http_client_new (&options);
    g_autofree char *url = fake_http_server_get_url (server, "/");
    g_autoptr (GString) text = g_string_new ("HTTP/1.1 200 OK\r\n");
    FakeHttpStep step = { .kind = FAKE_HTTP_ANSWER_THEN_CLOSE };
    g_auto (Ending) ending = { 0 };

    g_string_append (text, cases[i].head);
    for (gsize n = 0; n < cases[i].header_bytes; n += 100)
      g_string_append_printf (text, "X-%05zu: %090d\r\n", n, 0);
    g_string_append (text, "\r\n");
    for (gsize n = 0; n < cases[i].body_bytes; n++)
      g_string_append_c (text, 'a');
    step.bytes = g_bytes_new (text->str, text->len);
    fake_http_server_push (server, step);
    send (&ending, client, "GET", url);
    if (cases[i].is_accepted)
      assert_answered (&ending, 200);
    else
      assert_fails_with (&ending, PV_HTTP_ERROR_TOO_LARGE);
  }
}

static void
refuses_what_is_against_the_rules (void **state)
{
  static const char *const bad_header[] = { "X: a\r\nHost: evil", NULL };
  static const struct {
    const char *method, *url;
    const char *const *headers;
  } cases[] = {
    { "GET", "http://portal.example/", NULL },
    { "GET", "http://127.0.0.1.example/", NULL },
    { "GET", "http://localhost@portal.example/", NULL },
    { "GET", "https://user:word@portal.example/", NULL },
    { "GET", "ftp://127.0.0.1/", NULL },
    { "GET", "file:///etc/passwd", NULL },
    { "GET", "/api/", NULL },
    { "GET", "", NULL },
    { "CONNECT", "http://127.0.0.1/", NULL },
    { "get", "http://127.0.0.1/", NULL },
    { "GET", "http://127.0.0.1/", bad_header },
  };
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const PvHttpRequest request = {
      .method = cases[i].method, .url = cases[i].url, .headers = cases[i].headers, .total_timeout_ms = 1000
    };
    g_auto (Ending) ending = { 0 };

    start (&ending, client, &request, NULL);
    finish (&ending);
    if (!g_error_matches (ending.error, PV_HTTP_ERROR, PV_HTTP_ERROR_NOT_ALLOWED))
      fail_msg ("case %zu: %s", i, ending.error != NULL ? ending.error->message : "answered");
  }
}

/* Redirects -------------------------------------------------------------------------------------------------------- */

static void
follows_only_what_it_may (void **state)
{
  static const struct {
    const char *method;
    guint max_redirects, redirects;
    gboolean is_elsewhere;
    guint status, requests;
  } cases[] = {
    { "GET", 0, 1, FALSE, 302, 1 }, { "GET", 2, 2, FALSE, 200, 3 },  { "GET", 2, 3, FALSE, 302, 3 },
    { "GET", 2, 1, TRUE, 302, 1 },  { "POST", 2, 1, FALSE, 302, 1 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (FakeHttpServer) server = fake_http_server_new (NULL);
    g_autoptr (FakeHttpServer) other = fake_http_server_new (NULL);
    const PvHttpOptions options = { .max_redirects = cases[i].max_redirects };
    g_autoptr (PvHttpClient) client = pv_http_client_new (&options);
    g_autofree char *url = fake_http_server_get_url (server, "/");
    g_autofree char *target = fake_http_server_get_url (cases[i].is_elsewhere ? other : server, "/there");
    g_autofree char *location = g_strdup_printf ("Location: %s\r\n", target);
    g_auto (Ending) ending = { 0 };

    for (guint n = 0; n < cases[i].redirects; n++)
      fake_http_server_push_answer (server, 302, location, "text/plain", "moved");
    fake_http_server_push_answer (server, 200, NULL, "text/plain", "there");
    send (&ending, client, cases[i].method, url);
    assert_answered (&ending, cases[i].status);
    assert_int_equal (g_bytes_get_size (pv_http_response_get_body (ending.response)), 5);
    assert_int_equal (fake_http_server_count_requests (server), cases[i].requests);
    assert_int_equal (fake_http_server_count_requests (other), 0);
  }
}

/* Cancelling ------------------------------------------------------------------------------------------------------- */

static void
cancelling_tells_whether_it_may_have_been_sent (void **state)
{
  g_autoptr (FakeHttpServer) server = fake_http_server_new (NULL);
  g_autoptr (PvHttpClient) client = pv_http_client_new (NULL);
  g_autofree char *url = fake_http_server_get_url (server, "/");
  const PvHttpRequest request = { .method = "POST", .url = url };
  g_autoptr (GCancellable) before = g_cancellable_new ();
  g_autoptr (GCancellable) queued = g_cancellable_new ();
  g_autoptr (GCancellable) sent = g_cancellable_new ();
  g_auto (Ending) first = { 0 };
  g_auto (Ending) second = { 0 };
  g_auto (Ending) third = { 0 };
  gint64 end = g_get_monotonic_time () + DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  (void) state;
  fake_http_server_push (server, (FakeHttpStep){ .kind = FAKE_HTTP_SILENCE });
  g_cancellable_cancel (before);
  start (&first, client, &request, before);
  finish (&first);
  assert_fails_with (&first, PV_HTTP_ERROR_CANCELLED);
  assert_int_equal (fake_http_server_count_requests (server), 0);

  start (&second, client, &request, sent);
  while (fake_http_server_count_requests (server) == 0 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  start (&third, client, &request, queued);
  g_cancellable_cancel (queued);
  finish (&third);
  assert_fails_with (&third, PV_HTTP_ERROR_CANCELLED);
  assert_false (second.is_done);
  g_cancellable_cancel (sent);
  finish (&second);
  assert_fails_with (&second, PV_HTTP_ERROR_CANCELLED_UNKNOWN);
  assert_true (pv_http_error_may_have_arrived (second.error));
  assert_false (pv_http_error_may_have_arrived (first.error));
  assert_int_equal (fake_http_server_count_requests (server), 1);
}

typedef struct {
  PvHttpClient *client;
  const char *url;
  guint left;
  gboolean is_done;
} Chain;

static void
chain_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Chain *chain = user_data;
  const PvHttpRequest request = { .method = "GET", .url = chain->url };

  (void) source;
  pv_http_response_free (pv_http_send_finish (chain->client, result, NULL));
  chain->is_done = --chain->left == 0;
  if (chain->is_done)
    g_clear_pointer (&chain->client, pv_http_client_unref);
  else
    pv_http_send_async (chain->client, &request, NULL, chain_cb, chain);
}

static void
a_callback_may_send_again_and_drop_the_client (void **state)
{
  g_autoptr (FakeHttpServer) server = fake_http_server_new (NULL);
  g_autofree char *url = fake_http_server_get_url (server, "/");
  Chain chain = { .client = pv_http_client_new (NULL), .url = url, .left = 5 };
  const PvHttpRequest request = { .method = "GET", .url = url };

  (void) state;
  pv_http_send_async (chain.client, &request, NULL, chain_cb, &chain);
  assert_true (tst_pump_until (NULL, &chain.is_done, DEADLINE_MS));
  assert_int_equal (fake_http_server_count_requests (server), 5);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (sends_the_request_and_gives_the_answer),
    cmocka_unit_test (keeps_one_connection_for_several_requests),
    cmocka_unit_test (a_post_waits_its_turn_and_gets_a_new_connection),
    cmocka_unit_test (never_repeats_a_post),
    cmocka_unit_test (repeats_a_get_on_a_stale_connection),
    cmocka_unit_test (what_breaks_after_sending_is_unknown),
    cmocka_unit_test (what_never_got_a_connection_is_offline),
    cmocka_unit_test (a_timeout_in_the_queue_is_offline),
    cmocka_unit_test (refuses_answers_over_the_limit),
    cmocka_unit_test (refuses_what_is_against_the_rules),
    cmocka_unit_test (follows_only_what_it_may),
    cmocka_unit_test (cancelling_tells_whether_it_may_have_been_sent),
    cmocka_unit_test (a_callback_may_send_again_and_drop_the_client),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
