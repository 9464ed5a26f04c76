/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-demo as a program: signatures, filings, the relay's calls and the faults, over real connections. */

#include "tst.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <signal.h>

#include "platform/json.h"
#include "signer.h"

enum {
  START_DEADLINE_MS = 20000,
  CALL_DEADLINE_S = 20,
};

typedef struct Demo {
  char *folder;
  GSubprocess *process;
  SoupSession *session;
  char *portal, *relay, *control; /* "http://127.0.0.1:N" */
} Demo;

typedef struct Answer {
  guint status; /* 0: none */
  char *text;
  gint64 date_us;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_free (answer->text);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static char *
read_port (const char *text, const char *name)
{
  const char *line = strstr (text, name);

  return line != NULL ? g_strdup_printf ("http://127.0.0.1:%d", (int) g_ascii_strtoll (line + strlen (name), NULL, 10))
                      : NULL;
}

static int
set_up (void **state)
{
  Demo *demo = g_new0 (Demo, 1);
  g_autofree char *ports = NULL;
  g_autofree char *text = NULL;
  gint64 end = g_get_monotonic_time () + START_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  demo->folder = g_dir_make_tmp ("pv-demo-XXXXXX", NULL);
  ports = g_build_filename (demo->folder, "ports", NULL);
  demo->process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, g_getenv ("PV_DEMO_PROGRAM"), "--state", demo->folder,
                      "--data", g_getenv ("PV_DEMO_DATA"), "--ports-file", ports, "--access", "coucou:1234", NULL);
  while (demo->process != NULL && text == NULL && g_get_monotonic_time () < end)
    if (!g_file_get_contents (ports, &text, NULL, NULL))
      g_usleep (5000);
  if (text == NULL)
    return 1;
  demo->portal = read_port (text, "PORTAL=");
  demo->relay = read_port (text, "RELAY=");
  demo->control = read_port (text, "CONTROL=");
  demo->session = soup_session_new_with_options ("timeout", CALL_DEADLINE_S, NULL);
  *state = demo;
  return 0;
}

static int
tear_down (void **state)
{
  Demo *demo = *state;
  g_autofree char *ports = g_build_filename (demo->folder, "ports", NULL);
  g_autofree char *database = g_build_filename (demo->folder, "portal.sqlite", NULL);
  gboolean ended_well;

  g_subprocess_send_signal (demo->process, SIGTERM);
  ended_well = g_subprocess_wait (demo->process, NULL, NULL) && g_subprocess_get_successful (demo->process);
  g_object_unref (demo->process);
  g_object_unref (demo->session);
  g_remove (ports);
  g_remove (database);
  g_rmdir (demo->folder);
  g_free (demo->folder);
  g_free (demo->portal);
  g_free (demo->relay);
  g_free (demo->control);
  g_free (demo);
  return ended_well ? 0 : 1;
}

static void
call (Demo *demo, const char *base, const char *path, const char *body, const char *basic, Answer *ret_answer)
{
  g_autofree char *uri = g_strconcat (base, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (body != NULL ? "POST" : "GET", uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GBytes) sent = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GBytes) received = NULL;
  g_autoptr (GDateTime) date = NULL;
  const char *date_text;

  if (sent != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", sent);
  if (basic != NULL) {
    g_autofree char *base64 = g_base64_encode ((const guchar *) basic, strlen (basic));
    g_autofree char *value = g_strconcat ("Basic ", base64, NULL);

    soup_message_headers_append (headers, "Authorization", value);
  }
  soup_message_add_flags (message, SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  received = soup_session_send_and_read (demo->session, message, NULL, NULL);
  if (received == NULL)
    return;
  ret_answer->status = soup_message_get_status (message);
  ret_answer->text = g_strndup (g_bytes_get_data (received, NULL), g_bytes_get_size (received));
  date_text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  date = date_text != NULL ? soup_date_time_new_from_http_string (date_text) : NULL;
  ret_answer->date_us = date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : 0;
}

/* A member of the answer, "a/b/0/c", as text.  (transfer full) (nullable) */
static char *
pick (const Answer *answer, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (PvJson) json = answer->text != NULL ? pv_json_parse (answer->text, strlen (answer->text), NULL) : NULL;

  for (char **part = parts; *part != NULL && json != NULL; part++) {
    PvJson *inner = pv_json_get_type (json) == PV_JSON_ARRAY
                      ? pv_json_get_item (json, (gsize) g_ascii_strtoull (*part, NULL, 10))
                      : pv_json_get_member (json, *part);

    pv_json_unref (json);
    json = inner;
  }
  return json != NULL ? pv_json_as_text (json) : NULL;
}

/* @wanted: (nullable): the member must be missing */
static void
assert_member (const Answer *answer, const char *path, const char *wanted)
{
  g_autofree char *found = pick (answer, path);

  if (g_strcmp0 (found, wanted) != 0)
    fail_msg ("%s is %s, not %s", path, found != NULL ? found : "missing", wanted != NULL ? wanted : "missing");
}

static void
set_faults (Demo *demo, const char *faults)
{
  g_autofree char *body = g_strdup_printf ("{\"faults\": [%s]}", faults);
  g_auto (Answer) answer = { 0 };

  call (demo, demo->control, "/demo/faults", body, NULL, &answer);
  assert_int_equal (answer.status, 200);
}

/* "PATH?orig=coucou&...": signed with the key "1234" at the moment @offset_s from now */
static char *
sign (const char *path, const char *parameters, gint64 offset_s, const char *nonce)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (g_get_real_time () / G_USEC_PER_SEC + offset_s);
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%dT%H%%3A%M%%3A%SZ");
  g_autofree char *query =
    g_strdup_printf ("%sorig=coucou&algo=sha256&timestamp=%s&nonce=%s", parameters, stamp, nonce);
  g_autofree char *signed_query = signer_sign (query);

  return g_strconcat (path, "?", signed_query, NULL);
}

#define FILING(ref)                                                                                                    \
  "{\"data\": {\"enfant_nom\": \"Martin\", \"naissance\": \"2020-07-13\", \"niveau\": \"cp\", \"ecole\": \"1\","       \
  " \"derogation\": false, \"parvis_ref\": \"" ref "\", \"inconnu\": 1,"                                               \
  " \"contacts\": [{\"nom\": \"Zoé\", \"peut_chercher\": true}]},"                                                    \
  " \"meta\": {\"draft\": false}, \"context\": {\"channel\": \"counter\", \"comments\": \"borne\"}}"
#define SUBMIT "/api/formdefs/inscription-scolaire/submit"
#define FIND   "/relay/find?form=inscription-scolaire&ref="
#define BORNE  "borne:cle-de-demonstration-de-la-borne"

static void
refuses_the_unsigned_the_old_and_the_repeated (void **state)
{
  static const struct {
    gint64 offset_s;
    guint status;
    const char *problem;
  } rows[] = {
    { 0, 200, NULL },
    { -25, 200, NULL },
    { -45, 403, "timestamp is more than 30 seconds in the past" },
    { 45, 403, "timestamp is more than 30 seconds in the future" },
  };
  Demo *demo = *state;
  g_auto (Answer) unsigned_answer = { 0 };
  g_auto (Answer) repeated = { 0 };
  g_auto (Answer) wrong = { 0 };
  g_autofree char *used = NULL;

  call (demo, demo->portal, "/api/formdefs/", NULL, NULL, &unsigned_answer);
  assert_int_equal (unsigned_answer.status, 403);
  assert_member (&unsigned_answer, "err", "1");
  assert_member (&unsigned_answer, "err_class", "Access denied");
  assert_member (&unsigned_answer, "err_code", "access-denied");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *nonce = g_strdup_printf ("nonce%zu", i);
    g_autofree char *path = sign ("/api/formdefs/", "NameID=&", rows[i].offset_s, nonce);
    g_autofree char *desc = NULL;
    g_auto (Answer) answer = { 0 };

    call (demo, demo->portal, path, NULL, NULL, &answer);
    assert_int_equal (answer.status, rows[i].status);
    desc = pick (&answer, "err_desc");
    assert_true (rows[i].problem == NULL ? desc == NULL : g_str_has_prefix (desc, rows[i].problem));
    if (i == 0)
      used = g_steal_pointer (&path);
  }
  call (demo, demo->portal, used, NULL, NULL, &repeated);
  assert_int_equal (repeated.status, 403);
  assert_member (&repeated, "err_desc", "Nonce already used.");
  call (demo, demo->portal, "/api/formdefs/", NULL, "borne:wrong", &wrong);
  assert_int_equal (wrong.status, 401);
}

static void
lists_and_describes_forms (void **state)
{
  Demo *demo = *state;
  g_auto (Answer) list = { 0 };
  g_auto (Answer) categories = { 0 };
  g_auto (Answer) schema = { 0 };
  g_auto (Answer) bare = { 0 };
  g_auto (Answer) cards = { 0 };
  g_auto (Answer) slots = { 0 };
  g_auto (Answer) missing = { 0 };
  g_autofree char *url = NULL;
  g_autofree char *items_url = NULL;

  call (demo, demo->relay, "/api/categories/famille/formdefs/", NULL, NULL, &list);
  assert_member (&list, "err", "0");
  assert_member (&list, "data/0/slug", "cantine-periscolaire");
  assert_member (&list, "data/1/slug", "inscription-scolaire");
  url = pick (&list, "data/0/url");
  assert_true (g_str_has_prefix (url, demo->portal));
  call (demo, demo->relay, "/api/categories/", NULL, NULL, &categories);
  assert_member (&categories, "data/0/slug", "papiers");
  assert_member (&categories, "data/4/slug", NULL); /* a category without forms is left out */
  call (demo, demo->relay, "/api/formdefs/inscription-scolaire/schema?include-id=true", NULL, NULL, &schema);
  assert_member (&schema, "url_name", "inscription-scolaire");
  assert_member (&schema, "id", "18");
  assert_member (&schema, "fields/0/id", "1");
  assert_member (&schema, "workflow/statuses/0/id", "recu");
  call (demo, demo->relay, "/api/formdefs/inscription-scolaire/schema", NULL, NULL, &bare);
  assert_member (&bare, "id", NULL);
  assert_member (&bare, "fields/0/id", NULL);
  assert_member (&bare, "fields/0/type", "page");
  assert_member (&bare, "workflow/statuses/0/id", "recu");
  call (demo, demo->relay, "/api/cards/ecoles/list", NULL, NULL, &cards);
  assert_member (&cards, "data/0/id", "1");
  call (demo, demo->relay, "/api/agenda/mairie/meetings/titres/datetimes/", NULL, NULL, &slots);
  items_url = pick (&slots, "data/0/id");
  assert_true (g_str_has_prefix (items_url, "titres:20"));
  call (demo, demo->relay, "/api/formdefs/nothing/schema", NULL, NULL, &missing);
  assert_int_equal (missing.status, 404);
  assert_member (&missing, "err_code", "not-found");
}

static void
keeps_a_filing_as_the_portal_does (void **state)
{
  Demo *demo = *state;
  g_autofree char *path = sign (SUBMIT, "", 0, "n1");
  g_auto (Answer) filed = { 0 };
  g_auto (Answer) read = { 0 };
  g_auto (Answer) list = { 0 };
  g_auto (Answer) ignored = { 0 };
  g_autofree char *code = NULL;

  call (demo, demo->portal, path, FILING ("BCDFGHJKLM"), NULL, &filed);
  assert_int_equal (filed.status, 200);
  assert_member (&filed, "err", "0");
  assert_member (&filed, "data/id", "1");
  code = pick (&filed, "tracking_code");
  assert_int_equal (strlen (code), 8);
  call (demo, demo->portal, "/api/forms/inscription-scolaire/1/", NULL, BORNE, &read);
  assert_member (&read, "display_id", "18-1");
  assert_member (&read, "fields/enfant_nom", "Martin");
  assert_member (&read, "fields/ecole", "École Jean-Moulin");
  assert_member (&read, "fields/ecole_raw", "1");
  assert_member (&read, "fields/niveau_structured/cycle", "elementaire");
  assert_member (&read, "fields/derogation", "false");
  assert_member (&read, "fields/contacts/0/nom", "Zoé");
  assert_member (&read, "fields/inconnu", NULL);
  assert_member (&read, "submission/channel", "counter");
  call (demo, demo->portal, "/api/forms/inscription-scolaire/list?filter-parvis_ref=BCDFGHJKLM&full=on", NULL, BORNE,
        &list);
  assert_member (&list, "data/0/fields/parvis_ref", "BCDFGHJKLM");
  assert_member (&list, "data/1/id", NULL);
  call (demo, demo->portal, "/api/forms/inscription-scolaire/list?filter-parvis_ref=NOTHING", NULL, BORNE, &ignored);
  assert_member (&ignored, "data/0/id", NULL);
}

static void
refuses_what_is_no_filing (void **state)
{
  static const struct {
    const char *body;
    guint status;
    const char *desc;
  } rows[] = {
    { "{\"data\": null}", 400, "Invalid data parameter." },
    { "{\"data\": []}", 400, "Invalid data parameter." },
    { "{}", 400, "Missing data entry in payload." },
    { "[]", 400, "Payload is not a dict." },
    { "{", 400, "Invalid json payload (Expecting value)." },
    { "{\"data\": {}, \"meta\": {\"backoffice-submission\": true}}", 403,
      "User is not allowed to submit in backoffice." },
  };
  Demo *demo = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Answer) answer = { 0 };

    call (demo, demo->relay, SUBMIT, rows[i].body, NULL, &answer);
    assert_int_equal (answer.status, rows[i].status);
    assert_member (&answer, "err_desc", rows[i].desc);
  }
}

static void
answers_the_relays_own_calls (void **state)
{
  Demo *demo = *state;
  g_auto (Answer) before = { 0 };
  g_auto (Answer) filed = { 0 };
  g_auto (Answer) found = { 0 };
  g_auto (Answer) changed = { 0 };
  g_auto (Answer) followed = { 0 };
  g_auto (Answer) unknown = { 0 };
  g_auto (Answer) no_field = { 0 };
  g_auto (Answer) forbidden = { 0 };
  g_autofree char *code = NULL;
  g_autofree char *path = NULL;

  call (demo, demo->relay, FIND "BCDFGHJKLM", NULL, NULL, &before);
  assert_member (&before, "err", "0");
  assert_member (&before, "data/found", "false");
  call (demo, demo->relay, SUBMIT, FILING ("BCDFGHJKLM"), NULL, &filed);
  code = pick (&filed, "tracking_code");
  call (demo, demo->relay, FIND "BCDFGHJKLM", NULL, NULL, &found);
  assert_member (&found, "data/found", "true");
  assert_member (&found, "data/number", "18-1");
  assert_member (&found, "data/tracking_code", code);
  call (demo, demo->control, "/demo/status",
        "{\"form\": \"inscription-scolaire\", \"id\": 1, \"status\": \"piece\", \"expected\": \"Un justificatif\"}",
        NULL, &changed);
  assert_int_equal (changed.status, 200);
  path = g_strconcat ("/relay/follow?code=", code, NULL);
  call (demo, demo->relay, path, NULL, NULL, &followed);
  assert_member (&followed, "data/status", "Un document est attendu");
  assert_member (&followed, "data/title", "Inscription scolaire");
  assert_member (&followed, "data/expected", "Un justificatif");
  assert_member (&followed, "data/closed", "false");
  assert_null (strstr (followed.text, "http"));
  call (demo, demo->relay, "/relay/follow?code=BBBBBBBB", NULL, NULL, &unknown);
  assert_int_equal (unknown.status, 404);
  /* A form without the field can never prove that nothing was filed. */
  call (demo, demo->relay, "/relay/find?form=question-facture&ref=BCDFGHJKLM", NULL, NULL, &no_field);
  assert_int_equal (no_field.status, 400);
  call (demo, demo->relay, "/api/forms/inscription-scolaire/1/", NULL, NULL, &forbidden);
  assert_int_equal (forbidden.status, 403);
  assert_member (&forbidden, "err_code", "relay-denied");
}

static void
stores_a_draft_apart (void **state)
{
  Demo *demo = *state;
  g_auto (Answer) draft = { 0 };
  g_auto (Answer) list = { 0 };
  g_auto (Answer) page = { 0 };
  g_autofree char *code = NULL;
  g_autofree char *path = NULL;

  call (demo, demo->relay, SUBMIT, "{\"data\": {\"enfant_nom\": \"Martin\"}, \"meta\": {\"draft\": true}}", NULL,
        &draft);
  code = pick (&draft, "tracking_code");
  assert_non_null (code);
  call (demo, demo->portal, "/api/forms/inscription-scolaire/list", NULL, BORNE, &list);
  assert_member (&list, "data/0/id", NULL);
  path = g_strconcat ("/code/", code, "/load", NULL);
  call (demo, demo->portal, path, NULL, NULL, &page);
  assert_int_equal (page.status, 200);
  assert_non_null (strstr (page.text, "Continuer votre demande"));
}

/* What arrives, and what is stored nevertheless. */
static void
goes_wrong_on_demand (void **state)
{
  static const struct {
    const char *fault;
    guint status; /* 0: no answer */
    gboolean is_json, is_stored;
  } rows[] = {
    { "{\"kind\": \"drop-before-store\", \"on\": \"submit\", \"times\": 1}", 0, FALSE, FALSE },
    { "{\"kind\": \"drop-after-store\", \"on\": \"submit\", \"times\": 1}", 0, FALSE, TRUE },
    { "{\"kind\": \"cut\", \"on\": \"submit\", \"times\": 1}", 0, FALSE, TRUE },
    { "{\"kind\": \"truncated\", \"on\": \"submit\", \"times\": 1}", 200, FALSE, TRUE },
    { "{\"kind\": \"rubbish\", \"on\": \"submit\", \"times\": 1}", 200, FALSE, TRUE },
    { "{\"kind\": \"error-500\", \"on\": \"submit\", \"times\": 1}", 500, FALSE, FALSE },
    { "{\"kind\": \"error-500-after-store\", \"on\": \"submit\", \"times\": 1}", 500, FALSE, TRUE },
    { "{\"kind\": \"refuse\", \"on\": \"submit\", \"times\": 1, \"status\": 200}", 200, TRUE, FALSE },
    { "{\"kind\": \"form-deleted\", \"slug\": \"inscription-scolaire\", \"on\": \"submit\"}", 404, TRUE, FALSE },
    { "{\"kind\": \"form-disabled\", \"slug\": \"inscription-scolaire\", \"on\": \"submit\"}", 403, TRUE, FALSE },
    { "{\"kind\": \"delay\", \"on\": \"submit\", \"seconds\": 1}", 200, TRUE, TRUE },
  };
  Demo *demo = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *body = g_strdup_printf ("{\"data\": {\"parvis_ref\": \"REF%zu\"}}", i);
    g_autofree char *path = g_strdup_printf (FIND "REF%zu", i);
    g_autofree char *err = NULL;
    g_auto (Answer) answer = { 0 };
    g_auto (Answer) found = { 0 };

    set_faults (demo, rows[i].fault);
    call (demo, demo->relay, SUBMIT, body, NULL, &answer);
    assert_int_equal (answer.status, rows[i].status);
    err = pick (&answer, "err");
    assert_int_equal (err != NULL, rows[i].is_json);
    set_faults (demo, "");
    call (demo, demo->relay, path, NULL, NULL, &found);
    assert_member (&found, "data/found", rows[i].is_stored ? "true" : "false");
  }
}

static void
tells_the_time_of_a_wrong_clock (void **state)
{
  Demo *demo = *state;
  g_autofree char *path = sign ("/api/formdefs/", "", 0, "n1");
  g_auto (Answer) answer = { 0 };
  gint64 ahead_s;

  set_faults (demo, "{\"kind\": \"clock\", \"seconds\": 3600}");
  call (demo, demo->portal, path, NULL, NULL, &answer);
  assert_int_equal (answer.status, 403);
  ahead_s = (answer.date_us - g_get_real_time ()) / G_USEC_PER_SEC;
  assert_in_range (ahead_s, 3500, 3700);
}

static void
forgets_a_client_that_leaves_while_it_waits (void **state)
{
  Demo *demo = *state;
  g_auto (Answer) answer = { 0 };
  g_auto (Answer) after = { 0 };
  g_autoptr (SoupSession) hasty = soup_session_new_with_options ("timeout", 1, NULL);
  SoupSession *patient = demo->session;

  set_faults (demo, "{\"kind\": \"delay\", \"on\": \"list\", \"seconds\": 2, \"times\": 1}");
  demo->session = hasty;
  call (demo, demo->relay, "/api/formdefs/", NULL, NULL, &answer);
  demo->session = patient;
  assert_int_equal (answer.status, 0);
  call (demo, demo->relay, "/api/formdefs/", NULL, NULL, &after);
  assert_int_equal (after.status, 200);
}

static void
prints_the_newest_filing (void **state)
{
  Demo *demo = *state;
  g_autoptr (GSubprocess) dump = NULL;
  g_autofree char *text = NULL;
  g_auto (Answer) filed = { 0 };
  g_auto (Answer) dumped = { 0 };
  g_auto (Answer) page = { 0 };
  g_autofree char *code = NULL;

  call (demo, demo->relay, SUBMIT, FILING ("BCDFGHJKLM"), NULL, &filed);
  code = pick (&filed, "tracking_code");
  dump = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, g_getenv ("PV_DEMO_PROGRAM"), "--state", demo->folder,
                           "--dump-newest", NULL);
  assert_true (g_subprocess_communicate_utf8 (dump, NULL, NULL, &text, NULL, NULL));
  assert_true (g_subprocess_get_successful (dump));
  dumped.text = g_steal_pointer (&text);
  assert_member (&dumped, "form", "inscription-scolaire");
  assert_member (&dumped, "number", "18-1");
  assert_member (&dumped, "tracking_code", code);
  assert_member (&dumped, "values/enfant_nom", "Martin");
  assert_member (&dumped, "context/comments", "borne");
  call (demo, demo->control, "/inscription-scolaire/1/", NULL, NULL, &page);
  assert_int_equal (page.status, 200);
  assert_non_null (strstr (page.text, "École Jean-Moulin"));
}

static void
counts_what_was_asked_of_it (void **state)
{
  Demo *demo = *state;
  g_auto (Answer) list = { 0 };
  g_auto (Answer) again = { 0 };
  g_auto (Answer) refused = { 0 };
  g_auto (Answer) page = { 0 };
  g_auto (Answer) counts = { 0 };

  call (demo, demo->relay, "/api/categories/", NULL, NULL, &list);
  call (demo, demo->portal, "/api/formdefs/", NULL, BORNE, &again);
  call (demo, demo->portal, SUBMIT, FILING ("R-1"), "borne:wrong", &refused);
  call (demo, demo->portal, "/", NULL, NULL, &page);
  call (demo, demo->control, "/demo/requests", NULL, NULL, &counts);
  assert_member (&counts, "list", "2");
  assert_member (&counts, "submit", "1");
  assert_member (&counts, "schema", NULL);
  assert_member (&counts, "total", "3");
}

#define UUID         "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b"
#define OFFLINE_UUID "3c47a8e2-9b15-4d60-a3f7-1e8b2c6d0945"
#define NO_PDF_UUID  "4d60c9b3-7e28-4f1a-9c54-82a1d3e5f706"

static void
tells_what_is_due_to_who_has_uuid_and_amount (void **state)
{
  static const char *const wrong[] = {
    "/relay/invoice?regie=periscolaire&uuid=" UUID "&amount=4251",
    "/relay/invoice?regie=periscolaire&uuid=" UUID,
    "/relay/invoice?regie=culture&uuid=" UUID "&amount=4250",
    "/relay/invoice?regie=periscolaire&uuid=00000000-0000-4000-8000-000000000000&amount=4250",
  };
  Demo *demo = *state;
  g_auto (Answer) right = { 0 }, offline = { 0 };
  g_autofree char *none = NULL;

  call (demo, demo->relay, "/relay/invoice?regie=periscolaire&uuid=" UUID "&amount=4250", NULL, NULL, &right);
  assert_member (&right, "data/total", "42.50");
  assert_member (&right, "data/remaining", "42.50");
  assert_member (&right, "data/number", "F26-000104");
  assert_null (strstr (right.text, "famille-martin")); /* nothing of an account */
  call (demo, demo->relay, "/relay/invoice?regie=culture&uuid=" OFFLINE_UUID "&amount=12000", NULL, NULL, &offline);
  assert_member (&offline, "data/payment_url", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_auto (Answer) answer = { 0 };

    call (demo, demo->relay, wrong[i], NULL, NULL, &answer);
    assert_int_equal (answer.status, 200);
    assert_member (&answer, "data/found", "false");
    if (none == NULL)
      none = g_strdup (answer.text);
    assert_string_equal (answer.text, none);
  }
}

static void
gives_an_invoice_as_a_pdf (void **state)
{
  static const struct {
    const char *path;
    guint status;
  } rows[] = {
    { "/relay/invoice/pdf?regie=periscolaire&uuid=" UUID "&amount=4250", 200 },
    { "/relay/invoice/pdf?regie=periscolaire&uuid=" UUID "&amount=4251", 404 },
    { "/relay/invoice/pdf?regie=periscolaire&uuid=" NO_PDF_UUID "&amount=9000", 404 },
  };
  Demo *demo = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Answer) answer = { 0 };

    call (demo, demo->relay, rows[i].path, NULL, NULL, &answer);
    assert_int_equal (answer.status, rows[i].status);
    assert_int_equal (g_str_has_prefix (answer.text, "%PDF-"), rows[i].status == 200);
  }
}

static void
shows_the_portal_invoices_of_a_payer_and_the_kiosk_none (void **state)
{
  Demo *demo = *state;
  g_auto (Answer) list = { 0 }, nobody = { 0 }, item = { 0 }, refused = { 0 }, account = { 0 };

  call (demo, demo->portal, "/api/regie/periscolaire/invoices/?payer_external_id=famille-martin", NULL, BORNE, &list);
  assert_member (&list, "data/0/display_id", "F26-000088");
  assert_member (&list, "data/0/has_pdf", "true");
  call (demo, demo->portal, "/api/regie/periscolaire/invoices/", NULL, BORNE, &nobody);
  assert_int_equal (nobody.status, 400);
  call (demo, demo->portal, "/api/regie/periscolaire/invoice/" UUID "/", NULL, BORNE, &item);
  assert_member (&item, "data/remaining_amount", "42.50");
  call (demo, demo->portal, "/api/regie/periscolaire/invoices/?NameID=x", NULL, BORNE, &account);
  assert_int_equal (account.status, 403);
  call (demo, demo->relay, "/api/regie/periscolaire/invoices/?payer_external_id=famille-martin", NULL, NULL, &refused);
  assert_member (&refused, "err_code", "relay-denied");
}

static void
an_invoice_can_be_paid_on_the_portals_page (void **state)
{
  Demo *demo = *state;
  g_auto (Answer) before = { 0 }, page = { 0 }, paid = { 0 }, after = { 0 }, list = { 0 };
  g_autofree char *payment = NULL;

  call (demo, demo->relay, "/relay/invoice?regie=periscolaire&uuid=" UUID "&amount=4250", NULL, NULL, &before);
  payment = pick (&before, "data/payment_url");
  assert_true (g_str_has_prefix (payment, demo->portal));
  call (demo, "", payment, NULL, NULL, &page);
  assert_int_equal (page.status, 200);
  assert_non_null (strstr (page.text, "42,50"));
  call (demo, "", payment, "", NULL, &paid);
  call (demo, demo->relay, "/relay/invoice?regie=periscolaire&uuid=" UUID "&amount=4250", NULL, NULL, &after);
  assert_member (&after, "data/remaining", "0.00");
  assert_member (&after, "data/payment_url", NULL);
  call (demo, demo->control, "/demo/invoices", NULL, NULL, &list);
  assert_non_null (strstr (list.text, UUID));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (refuses_the_unsigned_the_old_and_the_repeated, set_up, tear_down),
    cmocka_unit_test_setup_teardown (lists_and_describes_forms, set_up, tear_down),
    cmocka_unit_test_setup_teardown (keeps_a_filing_as_the_portal_does, set_up, tear_down),
    cmocka_unit_test_setup_teardown (refuses_what_is_no_filing, set_up, tear_down),
    cmocka_unit_test_setup_teardown (answers_the_relays_own_calls, set_up, tear_down),
    cmocka_unit_test_setup_teardown (stores_a_draft_apart, set_up, tear_down),
    cmocka_unit_test_setup_teardown (goes_wrong_on_demand, set_up, tear_down),
    cmocka_unit_test_setup_teardown (tells_the_time_of_a_wrong_clock, set_up, tear_down),
    cmocka_unit_test_setup_teardown (forgets_a_client_that_leaves_while_it_waits, set_up, tear_down),
    cmocka_unit_test_setup_teardown (prints_the_newest_filing, set_up, tear_down),
    cmocka_unit_test_setup_teardown (counts_what_was_asked_of_it, set_up, tear_down),
    cmocka_unit_test_setup_teardown (tells_what_is_due_to_who_has_uuid_and_amount, set_up, tear_down),
    cmocka_unit_test_setup_teardown (gives_an_invoice_as_a_pdf, set_up, tear_down),
    cmocka_unit_test_setup_teardown (shows_the_portal_invoices_of_a_payer_and_the_kiosk_none, set_up, tear_down),
    cmocka_unit_test_setup_teardown (an_invoice_can_be_paid_on_the_portals_page, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
