/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a stolen kiosk, or somebody without one, may try at the relay: bytes as they are, over a TLS connection of our own. Of
 * all of it nothing may come to the portal, which counts at its door. */

#include "tst.h"

#include <string.h>

#include "relay-rig.h"

enum { SKIPPED = 77, MAX_WAIT_S = 25, MEGABYTE = 1024 * 1024, RATE_CALLS = 400 };

#define HOST    "Host: bornes\r\nConnection: close\r\n"
#define JSON    "Content-Type: application/json\r\n"
#define KIOSK   "kiosk"
#define REF     "BCDFGHJKLM"
#define UUID    "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b"
#define SUBMIT  "/api/formdefs/inscription-scolaire/submit"
#define FILL    "/api/agenda/mediateur/fillslot/aide:2026-12-03-1500/"
#define MOVE_TO "\"user_external_id\":\"" REF "\""

typedef struct Hostile {
  const char *identity; /* (nullable) */
  const char *method, *target;
  const char *headers; /* (nullable): besides those of every request */
  const char *body;    /* (nullable) */
} Hostile;

#define GET(target)                                                                                                    \
  {                                                                                                                    \
    KIOSK, "GET", target, NULL, NULL                                                                                   \
  }
#define WITH(target, headers)                                                                                          \
  {                                                                                                                    \
    KIOSK, "GET", target, headers, NULL                                                                                \
  }
#define VERB(verb, target)                                                                                             \
  {                                                                                                                    \
    KIOSK, verb, target, NULL, NULL                                                                                    \
  }
#define POST(target, body)                                                                                             \
  {                                                                                                                    \
    KIOSK, "POST", target, JSON, body                                                                                  \
  }
#define AS(identity, target)                                                                                           \
  {                                                                                                                    \
    identity, "GET", target, NULL, NULL                                                                                \
  }

static const Hostile table[] = {
  /* Calls of the portal that are none of a kiosk's. */
  GET ("/api/formdefs/inscription-scolaire/"),
  GET ("/api/categories/"),
  GET ("/api/forms/"),
  GET ("/api/forms/inscription-scolaire/list"),
  GET ("/api/forms/inscription-scolaire/list?filter-parvis_ref=" REF "&include-fields=on"),
  GET ("/api/forms/inscription-scolaire/1/"),
  GET ("/api/code/BCDFGHJK"),
  GET ("/api/users/"),
  GET ("/api/user/?NameID=0123"),
  GET ("/api/users/0123/forms"),
  GET ("/api/bookings/?user_external_id=" REF),
  GET ("/api/booking/1/"),
  GET ("/api/regies/"),
  GET ("/api/regie/periscolaire/invoices/?payer_external_id=famille-martin"),
  GET ("/api/regie/periscolaire/invoice/" UUID "/"),
  GET ("/api/agenda/"),
  GET ("/api/cards/"),
  GET ("/backoffice/management/"),
  GET ("/"),
  POST ("/api/booking/1/cancel/", "{}"),
  POST ("/api/forms/inscription-scolaire/1/", "{\"data\":{}}"),
  POST ("/api/users/", "{}"),
  /* A register that the map does not name. */
  GET ("/api/cards/personnes/list"),
  GET ("/api/cards/ecoles/list/personnes"),
  /* The same in other letters. */
  GET ("/api/formdefs/../forms/inscription-scolaire/list"),
  GET ("/api/formdefs/%2e%2e/forms/inscription-scolaire/list"),
  GET ("/api/formdefs/..%2fforms%2finscription-scolaire%2flist"),
  GET ("/api/formdefs/x/..;/schema"),
  GET ("/api/formdefs/%69nscription-scolaire/schema"),
  GET ("//api//formdefs//"),
  GET ("/API/FORMDEFS/"),
  GET ("/api/formdefs"),
  GET ("/api/formdefs/%00/schema"),
  GET ("/api/formdefs/a%0d%0aHost:%20x/schema"),
  GET ("/api/formdefs/a%3Fb/schema"),
  GET ("/api/formdefs/a\\b/schema"),
  GET ("/api/formdefs/é/schema"),
  GET ("/api/formdefs/;/schema"),
  GET ("/api/formdefs/#/schema"),
  GET ("http://portal.example/api/code/BCDFGHJK"),
  GET ("http://bornes/api/users/"),
  GET ("/-/ask"),
  GET ("/-/send"),
  GET ("/%2d/ask"),
  GET ("/./-/ask"),
  /* Parameters around the signed text. */
  GET ("/api/formdefs/?NameID=0123456789abcdef"),
  GET ("/api/formdefs/?email=x@example.org"),
  GET ("/api/formdefs/?include-disabled=on"),
  GET ("/api/formdefs/?backoffice-submission=on"),
  GET ("/api/formdefs/?include-count=on&include-count=on"),
  GET ("/api/formdefs/?include-count=on&NameID="),
  GET ("/api/formdefs/?include-count=on%26NameID%3Dx"),
  GET ("/api/formdefs/?include-count=on;NameID=x"),
  GET ("/api/formdefs/?orig=autre"),
  GET ("/api/formdefs/?signature=x"),
  GET ("/api/formdefs/?include-count=on&signature=x"),
  GET ("/api/formdefs/?&"),
  GET ("/api/formdefs/?__proto__=on"),
  GET ("/api/formdefs/?constructor=on"),
  GET ("/api/formdefs/inscription-scolaire/schema?include-id=true&full=on"),
  GET ("/relay/find?form=inscription-scolaire"),
  GET ("/relay/find?form=inscription-scolaire&ref=%"),
  GET ("/relay/find?form=inscription-scolaire&ref=" REF "&ref=" REF),
  GET ("/relay/find?form=../users&ref=" REF),
  GET ("/relay/find?form=inscription-scolaire&field=parvis_ref%26full&ref=" REF),
  GET ("/relay/find?form=inscription-scolaire&field=parvis_ref-operator%3Dne&ref=" REF),
  GET ("/relay/find?form=inscription-scolaire&ref=" REF "&limit=500"),
  GET ("/relay/follow"),
  GET ("/relay/follow?code="),
  GET ("/relay/follow?code=../users/"),
  GET ("/relay/follow?code=BCDFGHJK/"),
  GET ("/relay/follow?code=BCDFGHJK&backoffice=on"),
  GET ("/relay/follow?code=BCDFGHJ%4B"),
  GET ("/relay/invoice?regie=periscolaire&uuid=" UUID),
  GET ("/relay/invoice?regie=periscolaire&uuid=" UUID "&amount=-1"),
  GET ("/relay/invoice?regie=periscolaire&uuid=" UUID "&amount=4250.0"),
  GET ("/relay/invoice?regie=periscolaire&uuid=../invoices/&amount=4250"),
  GET ("/relay/invoice?regie=autre-regie&uuid=" UUID "&amount=4250"),
  GET ("/relay/booking/find?ref="),
  GET ("/relay/booking/find?ref=B%25"),
  GET ("/relay/booking/cancel?booking=1&ref=" REF),
  POST ("/relay/booking/cancel?booking=1", "{}"),
  POST ("/relay/booking/cancel?booking=1/../2&ref=" REF, "{}"),
  POST ("/relay/booking/cancel?booking=1&ref=" REF, "{\"x\":1}"),
  POST ("/relay/follow?code=BCDFGHJK", "{}"),
  /* Other verbs. */
  VERB ("POST", "/api/formdefs/"),
  VERB ("PUT", SUBMIT),
  VERB ("DELETE", "/api/formdefs/inscription-scolaire/schema"),
  VERB ("HEAD", "/api/formdefs/"),
  VERB ("OPTIONS", "/api/formdefs/"),
  VERB ("TRACE", "/api/formdefs/"),
  VERB ("PATCH", "/api/formdefs/"),
  VERB ("CONNECT", "portal.example:443"),
  VERB ("GET", SUBMIT),
  VERB ("get", "/api/formdefs/"),
  WITH ("/relay/booking/cancel?booking=1&ref=" REF, "X-HTTP-Method-Override: POST\r\n"),
  WITH ("/api/code/BCDFGHJK", "X-Original-URL: /api/formdefs/\r\nX-Rewrite-URL: /api/formdefs/\r\n"),
  /* Filing in somebody's name, as an agent, or what is no filing. */
  POST (SUBMIT, "{\"data\":{},\"user\":{\"NameID\":[\"0123\"]}}"),
  POST (SUBMIT, "{\"data\":{},\"user\":null}"),
  POST (SUBMIT, "{\"data\":{},\"meta\":{\"backoffice-submission\":true}}"),
  POST (SUBMIT, "{\"data\":{},\"meta\":{\"draft\":\"no\"}}"),
  POST (SUBMIT, "{\"data\":{},\"context\":{\"user_id\":\"1\"}}"),
  POST (SUBMIT, "{\"data\":{},\"context\":{\"channel\":\"mail\"}}"),
  POST (SUBMIT, "{\"data\":{},\"workflow\":{\"fields\":{}}}"),
  POST (SUBMIT, "{\"fields\":{}}"),
  POST (SUBMIT, "{\"data\":[]}"),
  POST (SUBMIT, "{\"data\":{}} {\"user\":{}}"),
  POST (SUBMIT, "\xef\xbb\xbf{\"data\":{}}"),
  POST (SUBMIT, "[]"),
  POST (SUBMIT, "null"),
  POST (SUBMIT, "{\"data\":"),
  POST (SUBMIT, ""),
  POST (SUBMIT "?NameID=0123", "{\"data\":{}}"),
  { KIOSK, "POST", SUBMIT, "Content-Type: application/x-www-form-urlencoded\r\n", "{\"data\":{}}" },
  { KIOSK, "POST", SUBMIT, NULL, "{\"data\":{}}" },
  POST ("/api/formdefs/inscription-scolaire/../../users/submit", "{\"data\":{}}"),
  /* Agendas: a time beyond the rules, mail to others, an address that Chrono would call. */
  POST (FILL, "{" MOVE_TO ",\"bypass_delays\":\"1\"}"),
  POST (FILL, "{" MOVE_TO ",\"cancel_callback_url\":\"https://example.org/\"}"),
  POST (FILL, "{" MOVE_TO ",\"extra_emails\":\"x@example.org\"}"),
  POST (FILL, "{" MOVE_TO ",\"count\":\"50\"}"),
  POST (FILL, "{" MOVE_TO ",\"user_last_name\":{\"a\":1}}"),
  POST (FILL, "{" MOVE_TO ",\"parvis_ref\":\"ZZZZZZZZZZ\"}"),
  POST (FILL, "{\"user_external_id\":\"famille-martin\"}"),
  POST (FILL, "{}"),
  POST (FILL "?bypass=1", "{" MOVE_TO "}"),
  POST ("/api/agenda/mediateur/fillslots/", "{" MOVE_TO ",\"slots\":\"a,b\"}"),
  /* Who is no kiosk of this commune. */
  AS (NULL, "/api/formdefs/"),
  AS ("stranger", "/api/formdefs/"),
  AS ("revoked", "/api/formdefs/"),
  AS ("expired", "/api/formdefs/"),
  AS ("claims", "/api/formdefs/"),
  AS ("nameless", "/api/formdefs/"),
  AS ("unmapped", "/api/formdefs/"),
  AS ("odd", "/api/formdefs/"),
  AS ("autre", "/api/cards/ecoles/list"),
  AS ("autre", "/relay/invoice?regie=periscolaire&uuid=" UUID "&amount=4250"),
};

static RelayRig *rig;

static int
set_up (void **state)
{
  rig = relay_rig_new_with_portal ();
  *state = rig;
  return rig != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  relay_rig_free (*state);
  return 0;
}

static guint
status_of (const char *answer)
{
  return answer != NULL && g_str_has_prefix (answer, "HTTP/1.1 ") ? (guint) g_ascii_strtoull (answer + 9, NULL, 10) : 0;
}

/* The demo's own count, at its portal, of all calls there were. */
static char *
count_calls (void)
{
  g_autoptr (PvHttpClient) client = relay_rig_new_client (rig, NULL);
  g_autoptr (GBytes) body = NULL;

  assert_int_equal (relay_rig_call (client, "GET", rig->control, "/demo/requests", NULL, &body), 200);
  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static char *
send_text (const char *identity, const char *text)
{
  return relay_rig_send_raw (rig, rig->kiosks_port, identity, text, strlen (text));
}

static char *
send_hostile (const Hostile *hostile)
{
  g_autofree char *length =
    hostile->body != NULL ? g_strdup_printf ("Content-Length: %zu\r\n", strlen (hostile->body)) : g_strdup ("");
  g_autofree char *text =
    g_strconcat (hostile->method, " ", hostile->target, " HTTP/1.1\r\n", HOST,
                 hostile->headers != NULL ? hostile->headers : "", length, "\r\n", hostile->body, NULL);

  return send_text (hostile->identity, text);
}

/* A right call comes through, so that what does not was refused. */
static void
assert_open (void)
{
  guint before = relay_rig_count_at_portal (rig);
  g_autofree char *answer = send_text (KIOSK, "GET /api/formdefs/ HTTP/1.1\r\n" HOST "\r\n");

  assert_int_equal (status_of (answer), 200);
  assert_int_equal (relay_rig_count_at_portal (rig), before + 1);
}

static void
nothing_hostile_comes_to_the_portal (void **state)
{
  guint before, refused = 0;
  g_autofree char *counted = NULL, *counted_after = NULL;

  (void) state;
  assert_open ();
  before = relay_rig_count_at_portal (rig);
  counted = count_calls ();
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *answer = send_hostile (&table[i]);
    guint status = status_of (answer);
    /* The one kind that is answered as if there were nothing: an invoice of an office that the commune does not have. */
    gboolean is_nothing = status == 200 && strstr (answer, "{\"found\":false}") != NULL;

    if ((status != 0 && status < 400 && !is_nothing) || relay_rig_count_at_portal (rig) != before)
      print_error ("%s %s %s\n%s\n", table[i].method, table[i].target, table[i].body != NULL ? table[i].body : "",
                   answer);
    assert_true (status == 0 || (status >= 400 && status != 429) || is_nothing);
    assert_int_equal (relay_rig_count_at_portal (rig), before);
    refused++;
  }
  counted_after = count_calls ();
  assert_string_equal (counted, counted_after);
  assert_open ();
  assert_true (refused >= 60);
  print_message ("# {\"name\": \"relay, hostile requests\", \"value\": %u, \"unit\": \"requests\"}\n", refused);
  print_message ("# {\"name\": \"relay, hostile requests that came to the portal\", \"value\": %u, \"unit\": "
                 "\"requests\", \"goal\": 0}\n",
                 relay_rig_count_at_portal (rig) - before - 1);
}

/* Two requests in one, so that somebody in front and somebody behind would read different ones. */
static void
nothing_is_smuggled_within_a_request (void **state)
{
  static const char *const texts[] = {
    "GET /relay/follow HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST " SUBMIT " HTTP/1.1\r\n" HOST JSON "Transfer-Encoding: chunked\r\n\r\nb\r\n{\"data\":{}}\r\n0\r\n\r\n",
    "POST " SUBMIT " HTTP/1.1\r\n" HOST JSON "Content-Length: 11\r\nContent-Length: 2\r\n\r\n{\"data\":{}}",
    "POST " SUBMIT " HTTP/1.1\r\n" HOST JSON "Content-Length: 99\r\n\r\n{\"data\":{}}",
    "POST " SUBMIT " HTTP/1.1\r\n" HOST JSON "Content-Length: -1\r\n\r\n{\"data\":{}}",
    "POST " SUBMIT " HTTP/1.1\r\n" HOST JSON "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "GET /api/code/X HTTP/1.1\r\nHost: bornes\r\nHost: portal.example\r\n\r\n",
    "GET /api/formdefs/ HTTP/1.1\r\n\r\n",
    "GET /api/formdefs/ HTTP/9.9\r\n" HOST "\r\n",
    "GET /api/formdefs/\r\n",
    "GET  /api/code/X HTTP/1.1\r\n" HOST "\r\n",
    "GET /api/code/X HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
    "\r\n\r\n\r\n",
    "\x16\x03\x01\x02",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  };
  guint before = relay_rig_count_at_portal (rig);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GIOStream) stream = relay_rig_connect (rig, rig->kiosks_port, KIOSK);
    char answer[1024] = "";
    gsize size;

    assert_non_null (stream);
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), texts[i], strlen (texts[i]), NULL, NULL, NULL);
    /* Nothing more is coming: what waits for more is closed by who waits. */
    g_socket_shutdown (relay_rig_get_socket (stream), FALSE, TRUE, NULL);
    g_input_stream_read_all (g_io_stream_get_input_stream (stream), answer, sizeof answer - 1, &size, NULL, NULL);
    if (g_str_has_prefix (answer, "HTTP/1.1 2") || relay_rig_count_at_portal (rig) != before)
      print_error ("%s\n%s\n", texts[i], answer);
    assert_false (g_str_has_prefix (answer, "HTTP/1.1 2"));
    assert_int_equal (relay_rig_count_at_portal (rig), before);
  }
  assert_open ();
}

/* One byte more than is taken is refused before it is read, for every call and the head of every request. */
static void
what_is_too_large_is_refused (void **state)
{
  const struct {
    const char *target;
    gsize size;
  } bodies[] = {
    { SUBMIT, (gsize) 66 * MEGABYTE + 1 },
    { FILL, 16 * 1024 + 1 },
    { "/relay/booking/cancel?booking=1&ref=" REF, 16 * 1024 + 1 },
    { "/api/formdefs/", 16 * 1024 + 1 },
    { "/drop/cafe0000000000000000000000000001", 1025 },
  };
  g_autofree char *filler = g_strnfill (20000, 'x');
  g_autofree char *long_target = g_strdup_printf ("GET /api/formdefs/%.700s/schema HTTP/1.1\r\n" HOST "\r\n", filler);
  g_autofree char *long_line = g_strdup_printf ("GET /%s HTTP/1.1\r\n" HOST "\r\n", filler);
  g_autofree char *long_head = g_strdup_printf ("GET /api/formdefs/ HTTP/1.1\r\n" HOST "X: %s\r\n\r\n", filler);
  g_autofree char *answers[3] = { send_text (KIOSK, long_target), send_text (KIOSK, long_line),
                                  send_text (KIOSK, long_head) };
  guint before = relay_rig_count_at_portal (rig);

  (void) state;
  assert_int_equal (status_of (answers[0]), 403);
  assert_int_equal (status_of (answers[1]), 414);
  assert_int_equal (status_of (answers[2]), 400);
  for (gsize i = 0; i < 3; i++)
    g_clear_pointer (&answers[i], g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autofree char *text = g_strdup_printf ("POST %s HTTP/1.1\r\n" HOST JSON "Content-Length: %zu\r\n\r\n{\"data\"",
                                             bodies[i].target, bodies[i].size);
    g_autofree char *answer = send_text (KIOSK, text);

    if (status_of (answer) != 413)
      print_error ("%s %s\n", bodies[i].target, answer != NULL ? answer : "");
    assert_int_equal (status_of (answer), 413);
  }
  assert_int_equal (relay_rig_count_at_portal (rig), before);
  assert_open ();
}

/* Heads and bodies that do not go on: all begun at once, each closed by the relay in its time. */
static void
who_is_slow_is_not_waited_for (void **state)
{
  static const char *const starts[] = {
    "",
    "GET /api/formdefs/ HT",
    "GET /api/formdefs/ HTTP/1.1\r\nHost: x\r\n",
    "POST " FILL " HTTP/1.1\r\n" HOST JSON "Content-Length: 500\r\n\r\n{",
  };
  GIOStream *streams[G_N_ELEMENTS (starts)];
  gint64 start = g_get_monotonic_time ();
  guint before = relay_rig_count_at_portal (rig);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++) {
    streams[i] = relay_rig_connect (rig, rig->kiosks_port, KIOSK);
    assert_non_null (streams[i]);
    if (*starts[i] != '\0')
      assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (streams[i]), starts[i], strlen (starts[i]),
                                              NULL, NULL, NULL));
  }
  assert_open ();
  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++) {
    char answer[1024] = "";
    gsize size;

    g_input_stream_read_all (g_io_stream_get_input_stream (streams[i]), answer, sizeof answer - 1, &size, NULL, NULL);
    assert_false (g_str_has_prefix (answer, "HTTP/1.1 2"));
    g_object_unref (streams[i]);
  }
  assert_true (g_get_monotonic_time () - start < MAX_WAIT_S * G_USEC_PER_SEC);
  assert_int_equal (relay_rig_count_at_portal (rig), before + 1);
}

static guint
count_words (const char *text, const char *words)
{
  guint count = 0;

  for (const char *at = text; at != NULL && (at = strstr (at, words)) != NULL; at++)
    count++;
  return count;
}

/* Who guesses tracking codes, or hammers: refused, told when to come again; another kiosk is served meanwhile. */
static void
who_asks_too_often_is_refused_for_a_while (void **state)
{
  g_autoptr (GString) codes = g_string_new (NULL);
  g_autofree char *answers = NULL;
  guint before = relay_rig_count_at_portal (rig);
  g_autoptr (PvHttpClient) other = relay_rig_new_client (rig, "autre");

  (void) state;
  for (guint i = 0; i < RATE_CALLS; i++)
    g_string_append_printf (codes, "GET /relay/follow?code=BCDFGH%c%c HTTP/1.1\r\nHost: x\r\n%s\r\n",
                            "BCDFGHJKLMNPQRSTVWXZ"[i / 20], "BCDFGHJKLMNPQRSTVWXZ"[i % 20],
                            i == RATE_CALLS - 1 ? "Connection: close\r\n" : "");
  answers = relay_rig_send_raw (rig, rig->kiosks_port, "kiosk-2", codes->str, codes->len);
  assert_true (count_words (answers, "HTTP/1.1 429") > RATE_CALLS - 100);
  assert_true (count_words (answers, "Retry-After: 10") == count_words (answers, "HTTP/1.1 429"));
  assert_true (count_words (answers, "\"relay-rate\"") == count_words (answers, "HTTP/1.1 429"));
  /* 21 at once, and one a second while it went on. */
  assert_true (relay_rig_count_at_portal (rig) - before < 100);
  assert_int_equal (relay_rig_call (other, "GET", rig->kiosks, "/relay/follow?code=BCDFGHJK", NULL, NULL), 404);
}

static void
nothing_of_it_is_in_any_file_of_the_relay (void **state)
{
  static const char *const canaries[] = { "/api/",       "/relay/", "signature", "famille-martin", "0123456789abcdef&",
                                          "example.org", "BCDFGH",  "filter-",   "GET ",           "POST ",
                                          UUID };

  (void) state;
  assert_true (relay_rig_has_file_with (rig, " none 403 relay-denied "));
  assert_true (relay_rig_has_file_with (rig, " 429 "));
  for (gsize i = 0; i < G_N_ELEMENTS (canaries); i++) {
    if (relay_rig_has_file_with (rig, canaries[i]))
      print_error ("%s\n", canaries[i]);
    assert_false (relay_rig_has_file_with (rig, canaries[i]));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (nothing_hostile_comes_to_the_portal),
    cmocka_unit_test (nothing_is_smuggled_within_a_request),
    cmocka_unit_test (what_is_too_large_is_refused),
    cmocka_unit_test (who_is_slow_is_not_waited_for),
    cmocka_unit_test (who_asks_too_often_is_refused_for_a_while),
    cmocka_unit_test (nothing_of_it_is_in_any_file_of_the_relay),
  };

  tst_init ();
  if (!relay_rig_is_possible ())
    return SKIPPED;
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
