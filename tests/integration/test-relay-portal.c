/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shipped relay before the portal of the demo: what a kiosk is answered, whose kiosk it may be, and what is left of it. */

#include "tst.h"

#include <string.h>

#include "platform/json.h"
#include "relay-rig.h"

enum { SKIPPED = 77, WAIT_MS = 20000 };

#define SUBMIT     "/api/formdefs/inscription-scolaire/submit"
#define INVOICE    "regie=periscolaire&uuid=0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b&amount="
#define SLOTS      "/api/agenda/mediateur/meetings/aide/datetimes/"
#define CANARY     "CANARIQUE-ZWYX"
#define LETTERS    "BCDFGHJKLMNPQRSTVWXZ"
#define NOT_FOUND  "\"err_code\":\"not-found\""
#define CODE(code) "\"err_code\":\"" code "\""

typedef struct Fixture {
  RelayRig *rig;
  PvHttpClient *kiosk, *other;
} Fixture;

static RelayRig *rig;
static guint n_refs;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  if (rig == NULL)
    rig = relay_rig_new_with_portal ();
  if (rig == NULL)
    return -1;
  fixture->rig = rig;
  fixture->kiosk = relay_rig_new_client (rig, "kiosk");
  fixture->other = relay_rig_new_client (rig, "autre");
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_http_client_unref (fixture->kiosk);
  pv_http_client_unref (fixture->other);
  g_free (fixture);
  return 0;
}

/* Asking ----------------------------------------------------------------------------------------------------------- */

/* Without spaces, in which the two that write an answer differ. */
static char *
call_at (PvHttpClient *client, const char *base, const char *path, const char *body, guint *ret_status)
{
  g_autoptr (GBytes) sent = body != NULL ? g_bytes_new (body, strlen (body)) : NULL, received = NULL;
  g_autoptr (GString) text = NULL;

  *ret_status = relay_rig_call (client, body != NULL ? "POST" : "GET", base, path, sent, &received);
  text = g_string_new_len (received != NULL ? g_bytes_get_data (received, NULL) : "",
                           received != NULL ? (gssize) g_bytes_get_size (received) : 0);
  g_string_replace (text, " ", "", 0);
  g_string_replace (text, "\n", "", 0);
  return g_strdup (text->str);
}

static void
assert_answer (PvHttpClient *client, const char *base, const char *path, const char *body, guint status,
               const char *words)
{
  guint its_status;
  g_autofree char *text = call_at (client, base, path, body, &its_status);

  if (its_status != status || strstr (text, words) == NULL)
    print_error ("%s\n%u %s\n", path, its_status, text);
  assert_int_equal (its_status, status);
  assert_non_null (strstr (text, words));
}

static char *
new_ref (void)
{
  char *ref = g_strdup ("BBBBBBBBBB");
  guint n = ++n_refs;

  for (guint i = 0; i < 10; i++, n /= 20)
    ref[i] = LETTERS[n % 20];
  return ref;
}

static char *
pick (const char *text, const char *key)
{
  g_autofree char *start = g_strdup_printf ("\"%s\":", key);
  const char *at = strstr (text, start);
  gsize skipped = strlen (start);

  if (at == NULL)
    return NULL;
  at += skipped + (at[skipped] == '"' ? 1 : 0);
  return g_strndup (at, strcspn (at, "\",}"));
}

/* Files, and gives the tracking code. */
static char *
file (Fixture *fixture, const char *base, const char *ref)
{
  g_autofree char *body = g_strdup_printf ("{\"data\":{\"enfant_nom\":\"" CANARY "\",\"parvis_ref\":\"%s\"},"
                                           "\"meta\":{\"draft\":false},\"context\":{\"channel\":\"counter\"}}",
                                           ref);
  guint status;
  g_autofree char *text = call_at (fixture->kiosk, base, SUBMIT, body, &status);
  char *code = pick (text, "tracking_code");

  if (code == NULL)
    print_error ("%u %s\n", status, text);
  assert_int_equal (status, 200);
  assert_non_null (code);
  return code;
}

static void
set_fault (Fixture *fixture, const char *kind, const char *on)
{
  g_autofree char *json =
    g_strdup_printf ("{\"faults\":[%s%s%s%s%s]}", kind != NULL ? "{\"kind\":\"" : "", kind != NULL ? kind : "",
                     kind != NULL ? "\",\"on\":\"" : "", kind != NULL ? on : "", kind != NULL ? "\"}" : "");

  assert_answer (fixture->kiosk, fixture->rig->control, "/demo/faults", json, 200, "");
}

/* Answers ---------------------------------------------------------------------------------------------------------- */

/* One table for the relay that is shipped and the one of the demo: what the driver of app/portal was made against. */
static void
the_relay_answers_what_its_stand_in_does (void **state)
{
  static const struct {
    const char *path;
    guint status;
    const char *words;
  } rows[] = {
    { "/api/formdefs/", 200, "\"slug\":\"inscription-scolaire\"" },
    { "/api/formdefs/?include-count=on", 200, "\"slug\":\"inscription-scolaire\"" },
    { "/api/formdefs/inscription-scolaire/schema?include-id=true", 200, "\"id\":\"1" },
    { "/api/formdefs/inscription-scolaire/schema", 200, "\"fields\":" },
    { "/api/formdefs/nothing/schema?include-id=true", 404, NOT_FOUND },
    { "/api/cards/ecoles/list", 200, "\"text\":" },
    { "/api/agenda/mairie/meetings/titres/datetimes/", 200, "titres:20" },
    { "/api/agenda/cours-d-essai/datetimes/", 200, "\"places\":" },
    { "/api/agenda/nothing/datetimes/", 404, NOT_FOUND },
    { "/relay/find?form=inscription-scolaire&ref=ZZZZZZZZZZ", 200, "{\"err\":0,\"data\":{\"found\":false}}" },
    { "/relay/find?form=question-facture&ref=ZZZZZZZZZZ", 400, "\"err_code\":\"invalid-request\"" },
    { "/relay/find?form=nothing&ref=ZZZZZZZZZZ", 404, NOT_FOUND },
    { "/relay/follow?code=BBBBBBBB", 404, "" },
    { "/relay/invoice?" INVOICE "4250", 200, "\"total\":\"42.50\"" },
    { "/relay/invoice?" INVOICE "4251", 200, "{\"err\":0,\"data\":{\"found\":false}}" },
    { "/relay/invoice?regie=culture&uuid=0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b&amount=4250", 200,
      "{\"err\":0,\"data\":{\"found\":false}}" },
    { "/relay/invoice?regie=culture&uuid=0f8b6c1e-0000-4c0e-9d3b-6a1f2e3d4c5b&amount=1", 200, "{\"found\":false}" },
    { "/relay/invoice/pdf?" INVOICE "4251", 404, NOT_FOUND },
    { "/relay/booking/find?ref=ZZZZZZZZZZ", 200, "{\"err\":0,\"data\":{\"found\":false}}" },
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint status, its_status;
    g_autofree char *ours = call_at (fixture->kiosk, fixture->rig->kiosks, rows[i].path, NULL, &status);
    g_autofree char *theirs = call_at (fixture->kiosk, fixture->rig->stand_in, rows[i].path, NULL, &its_status);

    if (status != rows[i].status || its_status != status || strstr (ours, rows[i].words) == NULL)
      print_error ("%s\n%u %s\n%u %s\n", rows[i].path, status, ours, its_status, theirs);
    assert_int_equal (status, rows[i].status);
    assert_int_equal (its_status, rows[i].status);
    assert_non_null (strstr (ours, rows[i].words));
    if (status == 200)
      assert_string_equal (ours, theirs);
  }
}

static void
a_filing_is_made_found_and_followed (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *ref = new_ref ();
  g_autofree char *code = file (fixture, fixture->rig->kiosks, ref);
  g_autofree char *find = g_strconcat ("/relay/find?form=inscription-scolaire&ref=", ref, NULL);
  g_autofree char *follow = g_strconcat ("/relay/follow?code=", code, NULL);
  g_autofree char *small = g_ascii_strdown (follow, -1);
  g_autofree char *number = NULL, *id = NULL, *status_body = NULL, *first = NULL, *second = NULL;
  guint status, its_status;

  first = call_at (fixture->kiosk, fixture->rig->kiosks, find, NULL, &status);
  number = pick (first, "number");
  assert_int_equal (status, 200);
  assert_true (g_str_has_prefix (number, "18-"));
  assert_non_null (strstr (first, "\"found\":true"));
  assert_null (strstr (first, CANARY));
  status_body = g_strdup_printf ("{\"form\":\"inscription-scolaire\",\"id\":%s,\"status\":\"piece\","
                                 "\"expected\":\"Un justificatif\"}",
                                 number + 3);
  assert_answer (fixture->kiosk, fixture->rig->control, "/demo/status", status_body, 200, "");
  g_free (first);
  first = call_at (fixture->kiosk, fixture->rig->kiosks, follow, NULL, &status);
  second = call_at (fixture->kiosk, fixture->rig->stand_in, follow, NULL, &its_status);
  assert_int_equal (status, 200);
  assert_string_equal (first, second);
  assert_non_null (strstr (first, "\"expected\":\"Unjustificatif\""));
  assert_null (strstr (first, "http"));
  assert_answer (fixture->kiosk, fixture->rig->kiosks, small, NULL, 200, "\"closed\":false");
}

/* "Without it, status and dates come from anonymised data": nobody's comment, and nothing of who filed. */
static void
a_relay_without_a_reader_tells_the_status_alone (void **state)
{
  static const char map[] =
    "{\"22050\":{\"authority\":\"Montclair-\xc3\xa9, kiosks\",\"portal\":{\"url\":\"https://portal.example\","
    "\"orig\":\"relais\"}}}";
  Fixture *fixture = *state;
  g_autoptr (RelayRig) copy = relay_rig_new_copy (fixture->rig, map, NULL);
  g_autoptr (PvHttpClient) client = NULL;
  g_autofree char *ref = new_ref (), *code = file (fixture, fixture->rig->kiosks, ref);
  g_autofree char *find = g_strconcat ("/relay/find?form=inscription-scolaire&ref=", ref, NULL);
  g_autofree char *follow = g_strconcat ("/relay/follow?code=", code, NULL);
  g_autofree char *found = NULL, *number = NULL, *change = NULL, *told = NULL;
  guint status;

  assert_non_null (copy);
  client = relay_rig_new_client (copy, "kiosk");
  found = call_at (fixture->kiosk, fixture->rig->kiosks, find, NULL, &status);
  number = pick (found, "number");
  assert_non_null (number);
  change = g_strdup_printf ("{\"form\":\"inscription-scolaire\",\"id\":%s,\"status\":\"piece\","
                            "\"expected\":\"Un justificatif de " CANARY "\"}",
                            number + 3);
  assert_answer (fixture->kiosk, fixture->rig->control, "/demo/status", change, 200, "");
  told = call_at (client, copy->kiosks, follow, NULL, &status);
  if (status != 200)
    print_error ("%u %s\n", status, told);
  assert_int_equal (status, 200);
  assert_non_null (strstr (told, "\"status\":\""));
  assert_non_null (strstr (told, "\"changed\":\""));
  assert_non_null (strstr (told, "\"closed\":false"));
  assert_null (strstr (told, "\"expected\""));
  assert_null (strstr (told, CANARY));
  assert_true (relay_rig_has_come_with (copy, "anonymise=true"));
}

static void
an_invoice_has_its_pdf_for_who_names_its_amount (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) pdf = NULL, same = NULL;

  assert_int_equal (
    relay_rig_call (fixture->kiosk, "GET", fixture->rig->kiosks, "/relay/invoice/pdf?" INVOICE "4250", NULL, &pdf),
    200);
  assert_true (g_bytes_get_size (pdf) > 1000);
  assert_memory_equal (g_bytes_get_data (pdf, NULL), "%PDF-", 5);
  assert_int_equal (
    relay_rig_call (fixture->kiosk, "GET", fixture->rig->stand_in, "/relay/invoice/pdf?" INVOICE "4250", NULL, &same),
    200);
  assert_int_equal (g_bytes_get_size (pdf), g_bytes_get_size (same));
}

static char *
find_free_slot (Fixture *fixture)
{
  guint status;
  g_autofree char *text = call_at (fixture->kiosk, fixture->rig->kiosks, SLOTS, NULL, &status);
  g_auto (GStrv) slots = g_strsplit (text, "},{", -1);

  assert_int_equal (status, 200);
  for (guint i = 0; slots[i] != NULL; i++)
    if (strstr (slots[i], "\"disabled\":true") == NULL)
      return pick (slots[i], "id");
  fail_msg ("%s", "no free time");
  return NULL;
}

/* Booked under a reference, moved and given up by it, and by nobody who only guesses a number. */
static void
a_booking_is_moved_and_given_up_by_its_reference (void **state)
{
  Fixture *fixture = *state;
  const char *base = fixture->rig->kiosks;
  g_autofree char *ref = new_ref (), *next_ref = new_ref (), *stranger = new_ref (), *slot = find_free_slot (fixture);
  g_autofree char *fill = g_strdup_printf ("/api/agenda/mediateur/fillslot/%s/", slot);
  g_autofree char *body = g_strdup_printf ("{\"label\":\"Aide\",\"user_external_id\":\"%s\",\"parvis_ref\":\"%s\","
                                           "\"user_last_name\":\"" CANARY "\"}",
                                           ref, ref);
  g_autofree char *find = g_strconcat ("/relay/booking/find?ref=", ref, NULL);
  g_autofree char *booked = NULL, *number = NULL, *second = NULL, *move = NULL, *fill_2 = NULL, *owned = NULL,
                  *stolen = NULL, *moved = NULL, *moved_number = NULL, *give_up = NULL, *guess = NULL, *found = NULL;
  guint status;

  booked = call_at (fixture->kiosk, base, fill, body, &status);
  assert_int_equal (status, 200);
  number = pick (booked, "booking_id");
  if (number == NULL)
    print_error ("%s %s\n", fill, booked);
  assert_non_null (number);
  found = g_strdup_printf ("{\"found\":true,\"number\":\"%s\"}", number);
  assert_answer (fixture->kiosk, base, find, NULL, 200, found);
  assert_answer (fixture->kiosk, fixture->rig->stand_in, find, NULL, 200, found);
  second = find_free_slot (fixture);
  assert_string_not_equal (slot, second);
  fill_2 = g_strdup_printf ("/api/agenda/mediateur/fillslot/%s/", second);
  move = g_strdup_printf ("{\"user_external_id\":\"%s\",\"parvis_ref\":\"%s\",\"cancel_booking_id\":\"%s\"}", next_ref,
                          next_ref, number);
  owned = g_strdup_printf ("%s?owner=%s", fill_2, ref);
  stolen = g_strdup_printf ("%s?owner=%s", fill_2, stranger);
  assert_answer (fixture->kiosk, base, fill_2, move, 403, CODE ("relay-denied"));
  assert_answer (fixture->kiosk, base, stolen, move, 403, CODE ("relay-denied"));
  moved = call_at (fixture->kiosk, base, owned, move, &status);
  assert_int_equal (status, 200);
  moved_number = pick (moved, "booking_id");
  assert_answer (fixture->kiosk, base, find, NULL, 200, "{\"found\":false}");
  guess = g_strdup_printf ("/relay/booking/cancel?booking=%s&ref=%s", moved_number, ref);
  give_up = g_strdup_printf ("/relay/booking/cancel?booking=%s&ref=%s", moved_number, next_ref);
  assert_answer (fixture->kiosk, base, guess, "{}", 404, "");
  assert_answer (fixture->kiosk, base, give_up, "{}", 200, "\"err\":0");
  assert_answer (fixture->kiosk, base, give_up, "{}", 404, "");
}

/* Communes --------------------------------------------------------------------------------------------------------- */

/* Each with its own portal, key, cards and offices; the demo plays both portals, and knows them by their names. */
static void
each_commune_has_its_own_portal_and_nothing_of_another (void **state)
{
  Fixture *fixture = *state;
  const char *base = fixture->rig->kiosks;
  guint before = relay_rig_count_at_portal (fixture->rig);

  assert_answer (fixture->other, base, "/api/formdefs/", NULL, 200, "inscription-scolaire");
  assert_int_equal (relay_rig_count_at_portal (fixture->rig), before + 1);
  assert_true (relay_rig_has_come (fixture->rig, "autre.example GET /api/formdefs/?NameID=&orig=autre&"));
  assert_answer (fixture->other, base, "/api/cards/ecoles/list", NULL, 403, CODE ("relay-denied"));
  assert_answer (fixture->other, base, "/relay/invoice?" INVOICE "4250", NULL, 200, "{\"found\":false}");
  assert_answer (fixture->other, base, "/relay/invoice/pdf?" INVOICE "4250", NULL, 404, NOT_FOUND);
  assert_int_equal (relay_rig_count_at_portal (fixture->rig), before + 1);
}

static void
a_kiosk_without_a_right_certificate_is_none (void **state)
{
  static const char *const identities[] = { NULL,       "stranger", "revoked", "expired",
                                            "nameless", "unmapped", "claims",  "odd" };
  Fixture *fixture = *state;
  guint before = relay_rig_count_at_portal (fixture->rig);

  for (gsize i = 0; i < G_N_ELEMENTS (identities); i++) {
    g_autoptr (PvHttpClient) client = relay_rig_new_client (fixture->rig, identities[i]);

    assert_answer (client, fixture->rig->kiosks, "/api/formdefs/", NULL, 403, CODE ("relay-certificate"));
  }
  assert_int_equal (relay_rig_count_at_portal (fixture->rig), before);
}

/* Faults ----------------------------------------------------------------------------------------------------------- */

/* What the driver makes of each is in tests/unit/portal/test-judge.c. */
static void
a_portal_that_fails_is_told_as_what_it_is (void **state)
{
  static const struct {
    const char *fault, *on, *path;
    gboolean files;
    guint status;
    const char *words;
  } rows[] = {
    { "drop-before-store", "list", "/api/formdefs/", FALSE, 502, CODE ("relay-lost") },
    { "drop-before-store", "submit", SUBMIT, TRUE, 502, CODE ("relay-lost") },
    { "drop-after-store", "submit", SUBMIT, TRUE, 502, CODE ("relay-lost") },
    { "cut", "submit", SUBMIT, TRUE, 502, CODE ("relay-lost") },
    { "truncated", "submit", SUBMIT, TRUE, 502, CODE ("relay-lost") },
    { "rubbish", "submit", SUBMIT, TRUE, 502, CODE ("relay-lost") },
    { "error-500", "submit", SUBMIT, TRUE, 500, "" },
    { "rubbish", "find", "/relay/find?form=inscription-scolaire&ref=ZZZZZZZZZZ", FALSE, 502, CODE ("relay-answer") },
    { "error-500", "follow", "/relay/follow?code=BBBBBBBB", FALSE, 502, CODE ("relay-unreachable") },
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    set_fault (fixture, rows[i].fault, rows[i].on);
    assert_answer (fixture->kiosk, fixture->rig->kiosks, rows[i].path, rows[i].files ? "{\"data\":{}}" : NULL,
                   rows[i].status, rows[i].words);
  }
  set_fault (fixture, NULL, NULL);
}

/* Somebody else in the portal's place gets nothing: no request, and so no signature to use again. */
static void
a_portal_that_is_not_the_portal_is_not_asked (void **state)
{
  static const char wrong[] =
    "{\"22050\":{\"authority\":\"Montclair-\xc3\xa9, kiosks\",\"portal\":{\"url\":\"https://faux.example\","
    "\"orig\":\"relais\"}}}";
  Fixture *fixture = *state;
  g_autoptr (RelayRig) copy = relay_rig_new_copy (fixture->rig, wrong, NULL);
  g_autoptr (PvHttpClient) client = NULL;

  assert_non_null (copy);
  client = relay_rig_new_client (copy, "kiosk");
  assert_answer (client, copy->kiosks, "/api/formdefs/", NULL, 502, CODE ("relay-unreachable"));
  assert_int_equal (relay_rig_count_at_portal (copy), 0);
}

/* A real server of names, which knows portal.example and says of autre.example that there is none such. */
static GSubprocess *
start_names (guint port)
{
  g_autofree char *option = g_strdup_printf ("--port=%u", port);

  return g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, "dnsmasq",
                           "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts",
                           "--pid-file=", "--listen-address=127.0.0.1", "--bind-interfaces", option,
                           "--user=", "--group=", "--address=/portal.example/127.0.0.1", "--address=/autre.example/",
                           NULL);
}

static gboolean
names_are_told (guint port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  /* It listens for TCP, too. */
  while (connection == NULL && g_get_monotonic_time () < end) {
    connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, NULL);
    if (connection == NULL)
      g_usleep (10000);
  }
  return connection != NULL;
}

static void
a_portal_is_found_by_its_name_and_only_while_there_is_an_answer (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *text = g_strdup_printf ("%u", port);
  g_autoptr (GSubprocess) names = NULL;
  g_autoptr (RelayRig) copy = NULL;
  g_autoptr (PvHttpClient) client = NULL, other = NULL;

  g_socket_listener_close (listener);
  names = start_names (port);
  assert_non_null (names);
  assert_true (names_are_told (port));
  g_setenv ("PV_RELAY_RESOLVER", text, TRUE);
  copy = relay_rig_new_copy (fixture->rig, NULL, NULL);
  g_unsetenv ("PV_RELAY_RESOLVER");
  assert_non_null (copy);
  client = relay_rig_new_client (copy, "kiosk");
  other = relay_rig_new_client (copy, "autre");
  assert_answer (client, copy->kiosks, "/api/formdefs/", NULL, 200, "inscription-scolaire");
  assert_int_equal (relay_rig_count_at_portal (copy), 1);
  assert_answer (other, copy->kiosks, "/api/formdefs/", NULL, 502, CODE ("relay-unreachable"));
  g_subprocess_force_exit (names);
  assert_true (g_subprocess_wait (names, NULL, NULL));
  /* A name that is known is not asked for again for a minute: a short breakdown of the names is none of the kiosks. */
  assert_answer (client, copy->kiosks, "/api/formdefs/", NULL, 200, "inscription-scolaire");
  assert_int_equal (relay_rig_count_at_portal (copy), 2);
}

static void
a_key_that_the_portal_refuses_is_the_relays_fault (void **state)
{
  static const char wrong[] =
    "{\"22050\":{\"portal\":\"x\",\"reader\":\"x\",\"invoices\":\"x\"},\"22060\":{\"portal\":\"x\"}}";
  Fixture *fixture = *state;
  g_autoptr (RelayRig) copy = relay_rig_new_copy (fixture->rig, NULL, wrong);
  g_autoptr (PvHttpClient) client = NULL;

  assert_non_null (copy);
  client = relay_rig_new_client (copy, "kiosk");
  assert_answer (client, copy->kiosks, "/api/formdefs/", NULL, 403, CODE ("relay-key"));
  assert_answer (client, copy->kiosks, SUBMIT, "{\"data\":{}}", 403, CODE ("relay-key"));
}

/* Operation -------------------------------------------------------------------------------------------------------- */

static void
the_page_of_health_names_what_is_wrong_with_the_map (void **state)
{
  static const char faulty[] =
    "{\"22050\":{\"authority\":\"Montclair-\xc3\xa9, kiosks\",\"portal\":{\"url\":\"http://portal.example\","
    "\"orig\":\"relais\"}},\"22060\":{\"authority\":\"Autre, kiosks\",\"portal\":{\"url\":\"https://autre.example\","
    "\"orig\":\"autre\"},\"agenda\":{\"orig\":\"x\"}}}";
  Fixture *fixture = *state;
  g_autoptr (RelayRig) copy = relay_rig_new_copy (fixture->rig, faulty, NULL);
  g_autoptr (PvHttpClient) kiosk = NULL;

  assert_answer (fixture->kiosk, fixture->rig->health, "/health", NULL, 200,
                 "{\"status\":\"ok\",\"communes\":2,\"faults\":[]}");
  assert_non_null (copy);
  kiosk = relay_rig_new_client (copy, "kiosk");
  assert_answer (
    kiosk, copy->health, "/health", NULL, 503,
    "[{\"commune\":\"22050\",\"fault\":\"portal:url\"},{\"commune\":\"22060\",\"fault\":\"agenda:nokey\"}]");
  assert_answer (kiosk, copy->kiosks, "/api/formdefs/", NULL, 503, CODE ("relay-key"));
}

/* Nothing is shared: what one took in, the other finds. */
static void
two_relays_side_by_side_serve_the_same_kiosk (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (RelayRig) copy = relay_rig_new_copy (fixture->rig, NULL, NULL);

  assert_non_null (copy);
  for (guint i = 0; i < 6; i++) {
    const char *first = i % 2 == 0 ? fixture->rig->kiosks : copy->kiosks;
    const char *second = i % 2 == 0 ? copy->kiosks : fixture->rig->kiosks;
    g_autofree char *ref = new_ref ();
    g_autofree char *find = g_strconcat ("/relay/find?form=inscription-scolaire&ref=", ref, NULL);
    g_autofree char *code = NULL, *follow = NULL;

    assert_answer (fixture->kiosk, second, find, NULL, 200, "{\"found\":false}");
    code = file (fixture, first, ref);
    follow = g_strconcat ("/relay/follow?code=", code, NULL);
    assert_answer (fixture->kiosk, second, find, NULL, 200, "\"found\":true");
    assert_answer (fixture->kiosk, first, find, NULL, 200, "\"found\":true");
    assert_answer (fixture->kiosk, second, follow, NULL, 200, "\"status\":");
  }
}

typedef struct Slow {
  PvHttpClient *client;
  guint status;
  gboolean is_done;
} Slow;

static void
slow_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Slow *slow = user_data;
  g_autoptr (PvHttpResponse) response = pv_http_send_finish (slow->client, result, NULL);

  (void) source;
  slow->status = response != NULL ? pv_http_response_get_status (response) : 0;
  slow->is_done = TRUE;
}

/* Until the portal has begun with the call that its one fault is for. */
static gboolean
wait_fault_used (Fixture *fixture, gint64 end)
{
  while (g_get_monotonic_time () < end) {
    guint status;
    g_autofree char *text = call_at (fixture->kiosk, fixture->rig->control, "/demo/faults", NULL, &status);

    if (status == 200 && strstr (text, "\"faults\":[]") != NULL)
      return TRUE;
  }
  return FALSE;
}

/* A new list and a reload: the revoked kiosk is refused, also on the connection that it had; another one that waits for its
 * answer meanwhile gets it. */
static void
a_kiosk_is_taken_out_without_a_restart (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (RelayRig) copy = relay_rig_new_copy (fixture->rig, NULL, NULL);
  g_autoptr (PvHttpClient) gone = NULL, stays = NULL;
  g_autofree char *url = NULL;
  PvHttpRequest request = { .method = "GET" };
  gint64 end;
  guint status;
  Slow slow = { 0 };

  assert_non_null (copy);
  gone = relay_rig_new_client (copy, "kiosk-2");
  stays = relay_rig_new_client (copy, "kiosk");
  assert_answer (gone, copy->kiosks, "/api/formdefs/", NULL, 200, "");
  assert_answer (fixture->kiosk, fixture->rig->control, "/demo/faults",
                 "{\"faults\":[{\"kind\":\"delay\",\"on\":\"list\",\"seconds\":9,\"times\":1}]}", 200, "");
  request.url = url = g_strconcat (copy->kiosks, "/api/formdefs/", NULL);
  slow.client = stays;
  pv_http_send_async (stays, &request, NULL, slow_cb, &slow);
  end = g_get_monotonic_time () + 3 * WAIT_MS * G_TIME_SPAN_MILLISECOND;
  assert_true (wait_fault_used (fixture, end));
  assert_true (relay_rig_revoke (copy, "kiosk-2"));
  assert_false (slow.is_done);
  /* Its connection may be gone when it asks; it is never answered. */
  for (status = 0; status != 403 && g_get_monotonic_time () < end;) {
    g_autofree char *text = call_at (gone, copy->kiosks, "/api/cards/salles/list", NULL, &status);

    assert_true (status == 0 || status == 403);
    if (status == 403)
      assert_non_null (strstr (text, "relay-certificate"));
  }
  assert_int_equal (status, 403);
  assert_true (tst_pump_until (NULL, &slow.is_done, WAIT_MS));
  assert_int_equal (slow.status, 200);
  set_fault (fixture, NULL, NULL);
  assert_answer (stays, copy->kiosks, "/api/formdefs/", NULL, 200, "");
}

/* What is left -------------------------------------------------------------------------------------------------------- */

/* The last test, after everything above: what was filed, by whom, under which code or reference, is in no file of nginx. */
static void
nothing_of_a_call_is_in_any_file_of_the_relay (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *ref = new_ref (), *code = file (fixture, fixture->rig->kiosks, ref);
  g_autofree char *follow = g_strconcat ("/relay/follow?code=", code, NULL);
  const char *const canaries[] = {
    CANARY,    code,     ref,        "0f8b6c1e-52a7",   "signature=", "/api/",
    "/relay/", "nonce=", "BBBBBBBB", "cle-de-demonstr", "user_last",  "Un justificatif"
  };
  g_autofree char *large = g_strnfill (3 * 1024 * 1024, 'A');
  g_autofree char *body = g_strdup_printf (
    "{\"data\":{\"enfant_nom\":\"" CANARY "\",\"f\":{\"filename\":\"" CANARY "\",\"content\":\"%s\"}}}", large);

  assert_answer (fixture->kiosk, fixture->rig->kiosks, follow, NULL, 200, "");
  assert_answer (fixture->kiosk, fixture->rig->kiosks, SUBMIT, body, 200, "tracking_code");
  assert_true (relay_rig_has_file_with (fixture->rig, " 22050 0123456789abcdef submit 200 - "));
  assert_true (relay_rig_has_file_with (fixture->rig, " 22050 0123456789abcdef follow 200 - "));
  assert_true (relay_rig_has_file_with (fixture->rig, " none 403 relay-certificate "));
  for (gsize i = 0; i < G_N_ELEMENTS (canaries); i++) {
    if (relay_rig_has_file_with (fixture->rig, canaries[i]))
      print_error ("%s\n", canaries[i]);
    assert_false (relay_rig_has_file_with (fixture->rig, canaries[i]));
  }
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (the_relay_answers_what_its_stand_in_does),
    T (a_filing_is_made_found_and_followed),
    T (a_relay_without_a_reader_tells_the_status_alone),
    T (an_invoice_has_its_pdf_for_who_names_its_amount),
    T (a_booking_is_moved_and_given_up_by_its_reference),
    T (each_commune_has_its_own_portal_and_nothing_of_another),
    T (a_kiosk_without_a_right_certificate_is_none),
    T (a_portal_that_fails_is_told_as_what_it_is),
    T (a_portal_that_is_not_the_portal_is_not_asked),
    T (a_portal_is_found_by_its_name_and_only_while_there_is_an_answer),
    T (a_key_that_the_portal_refuses_is_the_relays_fault),
    T (the_page_of_health_names_what_is_wrong_with_the_map),
    T (two_relays_side_by_side_serve_the_same_kiosk),
    T (a_kiosk_is_taken_out_without_a_restart),
    T (nothing_of_a_call_is_in_any_file_of_the_relay),
  };
  int result;

  tst_init ();
  if (!relay_rig_is_possible ())
    return SKIPPED;
  result = cmocka_run_group_tests (tests, NULL, NULL);
  if (rig != NULL)
    relay_rig_free (rig);
  return result;
}
