/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shipped relay: nginx with njs, as it is set up for a town. */

#include "tst.h"

#include <string.h>

#include "core/drop.h"
#include "relay-rig.h"

enum { SKIPPED = 77, WAIT_MS = 20000, RACERS = 8, SMALL = 12 + 65536 + 16, ANSWERS_BYTES = 1024 * 1024 };

#define NEVER_OPENED "ffffffffffffffffffffffffffffffff"
#define POLICY                                                                                                         \
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src blob:; base-uri 'none'; "      \
  "form-action 'none'; frame-ancestors 'none'"

typedef struct Fixture {
  RelayRig *rig;
  PvHttpClient *phone, *kiosk;
  char *id, *path; /* a place of this test's own */
} Fixture;

static guint n_places;

static int
set_up (void **state)
{
  static RelayRig *rig;
  Fixture *fixture;

  if (rig == NULL)
    rig = relay_rig_new ();
  if (rig == NULL)
    return -1;
  fixture = g_new0 (Fixture, 1);
  fixture->rig = rig;
  fixture->phone = relay_rig_new_client (rig, NULL);
  fixture->kiosk = relay_rig_new_client (rig, "kiosk");
  fixture->id = g_strdup_printf ("cafe%028x", ++n_places);
  fixture->path = g_strconcat ("/drop/", fixture->id, NULL);
  *state = fixture;
  return 0;
}

static RelayRig *last_rig;

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  last_rig = fixture->rig;
  pv_http_client_unref (fixture->phone);
  pv_http_client_unref (fixture->kiosk);
  g_free (fixture->id);
  g_free (fixture->path);
  g_free (fixture);
  return 0;
}

static GBytes *
new_body (gsize size)
{
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 31 + i / 253);
  return g_bytes_new_take (data, size);
}

static guint
as_kiosk (Fixture *fixture, const char *method, GBytes **ret_body)
{
  return relay_rig_call (fixture->kiosk, method, fixture->rig->kiosks, fixture->path, NULL, ret_body);
}

static guint
put (Fixture *fixture, gsize size)
{
  g_autoptr (GBytes) body = new_body (size);

  return relay_rig_call (fixture->phone, "PUT", fixture->rig->phones, fixture->path, body, NULL);
}

static guint
ask (Fixture *fixture)
{
  return relay_rig_call (fixture->phone, "HEAD", fixture->rig->phones, fixture->path, NULL, NULL);
}

static void
a_document_is_put_once_and_taken_once (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) expected = new_body (PV_DROP_MAX_SEALED_BYTES), taken = NULL, nothing = NULL;

  assert_int_equal (as_kiosk (fixture, "POST", NULL), 201);
  assert_int_equal (as_kiosk (fixture, "POST", NULL), 409);
  assert_int_equal (as_kiosk (fixture, "GET", NULL), 204);
  assert_int_equal (ask (fixture), 204);
  assert_int_equal (put (fixture, PV_DROP_MAX_SEALED_BYTES), 204);
  assert_int_equal (ask (fixture), 409);
  assert_int_equal (put (fixture, SMALL), 409);
  assert_int_equal (as_kiosk (fixture, "GET", &taken), 200);
  assert_true (g_bytes_equal (taken, expected));
  assert_int_equal (as_kiosk (fixture, "GET", &nothing), 404);
  assert_int_equal (put (fixture, SMALL), 409);
  assert_int_equal (as_kiosk (fixture, "GET", NULL), 404);
  assert_int_equal (relay_rig_count_files (fixture->rig, "upload"), 0);
}

static void
nobody_puts_where_no_kiosk_waits (void **state)
{
  Fixture *fixture = *state;

  assert_int_equal (ask (fixture), 404);
  assert_int_equal (put (fixture, SMALL), 404);
  assert_int_equal (as_kiosk (fixture, "GET", NULL), 404);
}

static void
a_phone_can_only_ask_and_put (void **state)
{
  static const char *const methods[] = { "GET", "POST", "DELETE" };
  Fixture *fixture = *state;

  assert_int_equal (as_kiosk (fixture, "POST", NULL), 201);
  assert_int_equal (put (fixture, SMALL), 204);
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    assert_int_equal (relay_rig_call (fixture->phone, methods[i], fixture->rig->phones, fixture->path, NULL, NULL),
                      405);
  assert_int_equal (as_kiosk (fixture, "GET", NULL), 200);
}

static void
without_a_certificate_of_the_authority_there_is_no_kiosk (void **state)
{
  static const char *const identities[] = { NULL, "stranger" };
  Fixture *fixture = *state;

  assert_int_equal (as_kiosk (fixture, "POST", NULL), 201);
  assert_int_equal (put (fixture, SMALL), 204);
  for (gsize i = 0; i < G_N_ELEMENTS (identities); i++) {
    g_autoptr (PvHttpClient) client = relay_rig_new_client (fixture->rig, identities[i]);
    g_autoptr (GBytes) words = NULL;
    g_autofree char *text = NULL;

    assert_int_equal (relay_rig_call (client, "GET", fixture->rig->kiosks, fixture->path, NULL, &words), 403);
    text = g_strndup (g_bytes_get_data (words, NULL), g_bytes_get_size (words));
    assert_non_null (strstr (text, "\"relay-certificate\""));
    assert_int_equal (relay_rig_call (client, "POST", fixture->rig->kiosks, "/drop/" NEVER_OPENED, NULL, NULL), 403);
  }
  assert_int_equal (as_kiosk (fixture, "GET", NULL), 200);
}

/* On either side of both limits; what is refused leaves the place free. */
static void
sizes_are_limited_and_leave_the_place_free (void **state)
{
  Fixture *fixture = *state;

  assert_int_equal (as_kiosk (fixture, "POST", NULL), 201);
  assert_int_equal (put (fixture, PV_DROP_MAX_SEALED_BYTES + 1), 413);
  assert_int_equal (put (fixture, SMALL - 1), 400);
  assert_int_equal (put (fixture, 0), 400);
  assert_int_equal (ask (fixture), 204);
  assert_int_equal (relay_rig_count_files (fixture->rig, "upload"), 0);
  assert_int_equal (put (fixture, SMALL), 204);
}

static void
everything_is_gone_ten_minutes_after_it_was_opened (void **state)
{
  Fixture *fixture = *state;

  relay_rig_age (fixture->rig, 3600); /* what other tests left */
  assert_int_equal (as_kiosk (fixture, "POST", NULL), 201);
  assert_int_equal (relay_rig_count_files (fixture->rig, "drop"), 1);
  relay_rig_age (fixture->rig, 590);
  assert_int_equal (put (fixture, SMALL), 204);
  relay_rig_age (fixture->rig, 11);
  assert_int_equal (as_kiosk (fixture, "GET", NULL), 404);
  assert_int_equal (put (fixture, SMALL), 404);
  assert_int_equal (ask (fixture), 404);
  assert_int_equal (relay_rig_count_files (fixture->rig, "drop"), 0);
}

static void
a_place_that_is_closed_is_no_more (void **state)
{
  Fixture *fixture = *state;

  relay_rig_age (fixture->rig, 3600);
  assert_int_equal (as_kiosk (fixture, "POST", NULL), 201);
  assert_int_equal (put (fixture, SMALL), 204);
  assert_int_equal (as_kiosk (fixture, "DELETE", NULL), 204);
  assert_int_equal (as_kiosk (fixture, "GET", NULL), 404);
  assert_int_equal (ask (fixture), 404);
  assert_int_equal (as_kiosk (fixture, "DELETE", NULL), 404);
  assert_int_equal (relay_rig_count_files (fixture->rig, "drop"), 0);
}

/* An empty place too; and opening another one sweeps out what nobody asked for any more. */
static void
what_is_over_is_removed_without_being_asked_for (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *other = g_strconcat (fixture->path, NULL);

  assert_int_equal (as_kiosk (fixture, "POST", NULL), 201);
  assert_int_equal (put (fixture, SMALL), 204);
  relay_rig_age (fixture->rig, 3600);
  other[strlen (other) - 32] = 'd';
  assert_int_equal (relay_rig_call (fixture->kiosk, "POST", fixture->rig->kiosks, other, NULL, NULL), 201);
  assert_int_equal (relay_rig_count_files (fixture->rig, "drop"), 1);
}

static GIOStream *
connect_as_phone (Fixture *fixture)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_tls (client, TRUE);
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  g_socket_client_set_tls_validation_flags (client, 0); /* whom it speaks to is another test's */
  G_GNUC_END_IGNORE_DEPRECATIONS
  return G_IO_STREAM (
    g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) fixture->rig->phones_port, NULL, NULL));
}

static void
wait_for_uploads (Fixture *fixture, guint count)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (relay_rig_count_files (fixture->rig, "upload") != count && g_get_monotonic_time () < end)
    g_usleep (2000);
  assert_int_equal (relay_rig_count_files (fixture->rig, "upload"), count);
}

static void
an_upload_that_is_cut_leaves_nothing_and_can_be_sent_again (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GIOStream) stream = connect_as_phone (fixture);
  g_autofree char *head = g_strdup_printf ("PUT %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n",
                                           fixture->path, PV_DROP_MAX_SEALED_BYTES);
  g_autoptr (GBytes) half = new_body (PV_DROP_MAX_SEALED_BYTES / 2);
  GOutputStream *output;

  assert_non_null (stream);
  assert_int_equal (as_kiosk (fixture, "POST", NULL), 201);
  output = g_io_stream_get_output_stream (stream);
  assert_true (g_output_stream_write_all (output, head, strlen (head), NULL, NULL, NULL));
  assert_true (
    g_output_stream_write_all (output, g_bytes_get_data (half, NULL), g_bytes_get_size (half), NULL, NULL, NULL));
  wait_for_uploads (fixture, 1);
  assert_int_equal (as_kiosk (fixture, "GET", NULL), 204);
  g_io_stream_close (stream, NULL, NULL);
  wait_for_uploads (fixture, 0);
  assert_int_equal (as_kiosk (fixture, "GET", NULL), 204);
  assert_int_equal (put (fixture, SMALL), 204);
  assert_int_equal (as_kiosk (fixture, "GET", NULL), 200);
}

/* Two phones read the same code, and both have begun to send before either has ended. */
static void
of_several_that_put_at_once_one_is_heard (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *head = g_strdup_printf (
    "PUT %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: %d\r\n\r\n", fixture->path, SMALL);
  GIOStream *streams[RACERS];
  guint n_heard = 0, n_refused = 0;
  g_autoptr (GBytes) taken = NULL;

  assert_int_equal (as_kiosk (fixture, "POST", NULL), 201);
  for (guint i = 0; i < RACERS; i++) {
    g_autofree guint8 *body = g_malloc (SMALL - 1);

    streams[i] = connect_as_phone (fixture);
    assert_non_null (streams[i]);
    memset (body, (int) i + 1, SMALL - 1);
    assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (streams[i]), head, strlen (head), NULL, NULL, NULL));
    assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (streams[i]), body, SMALL - 1, NULL, NULL, NULL));
  }
  wait_for_uploads (fixture, RACERS);
  for (guint i = 0; i < RACERS; i++) {
    const guint8 last = (guint8) (i + 1);

    assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (streams[i]), &last, 1, NULL, NULL, NULL));
  }
  for (guint i = 0; i < RACERS; i++) {
    char answer[13] = "";

    g_input_stream_read_all (g_io_stream_get_input_stream (streams[i]), answer, sizeof answer - 1, NULL, NULL, NULL);
    n_heard += g_str_equal (answer, "HTTP/1.1 204");
    n_refused += g_str_equal (answer, "HTTP/1.1 409");
    g_object_unref (streams[i]);
  }
  assert_int_equal (n_heard, 1);
  assert_int_equal (n_refused, RACERS - 1);
  assert_int_equal (as_kiosk (fixture, "GET", &taken), 200);
  assert_int_equal (g_bytes_get_size (taken), SMALL);
  /* Of one of them, whole. */
  for (gsize i = 1; i < SMALL; i++)
    assert_int_equal (((const guint8 *) g_bytes_get_data (taken, NULL))[i],
                      ((const guint8 *) g_bytes_get_data (taken, NULL))[0]);
}

static void
the_page_may_load_and_call_nothing_but_its_own (void **state)
{
  static const char *const promises[] = {
    "HTTP/1.1 200",
    "\r\nContent-Type: text/html; charset=utf-8\r\n",
    "\r\nContent-Security-Policy: " POLICY "\r\n",
    "\r\nReferrer-Policy: no-referrer\r\n",
    "\r\nX-Content-Type-Options: nosniff\r\n",
    "\r\nCache-Control: no-store\r\n",
    "<html lang=\"fr\">",
  };
  static const char request[] = "GET /d HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
  g_autoptr (GIOStream) stream = connect_as_phone (*state);
  g_autofree char *answer = g_malloc0 (ANSWERS_BYTES);
  gsize size;

  assert_non_null (stream);
  assert_true (
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), request, strlen (request), NULL, NULL, NULL));
  g_input_stream_read_all (g_io_stream_get_input_stream (stream), answer, ANSWERS_BYTES - 1, &size, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (promises); i++) {
    if (strstr (answer, promises[i]) == NULL)
      print_error ("%s\n%s\n", promises[i], answer);
    assert_non_null (strstr (answer, promises[i]));
  }
  assert_null (strstr (answer, "Set-Cookie"));
}

static void
what_is_no_place_is_not_there (void **state)
{
  static const char *const paths[] = {
    "/drop/",
    "/drop/cafe",
    "/drop/CAFE0000000000000000000000000001",
    "/drop/cafe0000000000000000000000000001.open",
    "/drop/%2e%2e%2fetc%2fkiosks.key",
    "/d/../etc/kiosks.key",
    "/d/drop.js",
    "/etc/passwd",
    "/",
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    assert_int_equal (relay_rig_call (fixture->phone, "GET", fixture->rig->phones, paths[i], NULL, NULL), 404);
    assert_int_equal (relay_rig_call (fixture->kiosk, "GET", fixture->rig->kiosks, paths[i], NULL, NULL), 403);
  }
}

static void
too_many_questions_are_refused_for_a_while (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GIOStream) stream = connect_as_phone (fixture);
  GString *questions = g_string_new (NULL);
  g_autofree char *answers = g_malloc0 (ANSWERS_BYTES);
  gsize size = 0;

  assert_non_null (stream);
  assert_int_equal (as_kiosk (fixture, "POST", NULL), 201);
  for (guint i = 0; i < 200; i++)
    g_string_append_printf (questions, "HEAD %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n", fixture->path,
                            i == 199 ? "Connection: close\r\n" : "");
  assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (stream), questions->str, questions->len, NULL,
                                          NULL, NULL));
  g_string_free (questions, TRUE);
  g_input_stream_read_all (g_io_stream_get_input_stream (stream), answers, ANSWERS_BYTES - 1, &size, NULL, NULL);
  assert_non_null (strstr (answers, "HTTP/1.1 204"));
  assert_non_null (strstr (answers, "HTTP/1.1 429"));
}

/* The last test: after everything that went wrong above. */
static void
nothing_of_it_is_in_any_log (void **state)
{
  Fixture *fixture = *state;

  assert_int_equal (put (fixture, PV_DROP_MAX_SEALED_BYTES + 1), 413);
  assert_true (relay_rig_has_logged (fixture->rig, "start worker process")); /* there is a log, and it is read */
  assert_false (relay_rig_has_logged (fixture->rig, "/drop"));
  assert_false (relay_rig_has_logged (fixture->rig, "/d/"));
  assert_false (relay_rig_has_logged (fixture->rig, "cafe0"));
  assert_false (relay_rig_has_logged (fixture->rig, "PUT"));
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (a_document_is_put_once_and_taken_once),
    T (nobody_puts_where_no_kiosk_waits),
    T (a_phone_can_only_ask_and_put),
    T (without_a_certificate_of_the_authority_there_is_no_kiosk),
    T (sizes_are_limited_and_leave_the_place_free),
    T (everything_is_gone_ten_minutes_after_it_was_opened),
    T (a_place_that_is_closed_is_no_more),
    T (what_is_over_is_removed_without_being_asked_for),
    T (an_upload_that_is_cut_leaves_nothing_and_can_be_sent_again),
    T (of_several_that_put_at_once_one_is_heard),
    T (the_page_may_load_and_call_nothing_but_its_own),
    T (what_is_no_place_is_not_there),
    T (too_many_questions_are_refused_for_a_while),
    T (nothing_of_it_is_in_any_log),
  };
  int result;

  tst_init ();
  if (!relay_rig_is_possible ())
    return SKIPPED;
  result = cmocka_run_group_tests (tests, NULL, NULL);
  if (last_rig != NULL)
    relay_rig_free (last_rig);
  return result;
}
