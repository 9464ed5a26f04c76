/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/judge.h"

#include <string.h>

#include "tst.h"

#define NOW_US (G_GINT64_CONSTANT (1795467600) * G_USEC_PER_SEC)
#define DENIED_AS(desc)                                                                                                \
  "{\"err\": 1, \"err_class\": \"Access denied\", \"err_code\": \"access-denied\", \"err_desc\": \"" desc "\"}"
#define REFUSED_AS(code) "{\"err\": 1, \"err_class\": \"x\", \"err_code\": \"" code "\", \"err_desc\": \"x\"}"
#define HTML             "<html><body>Une erreur est survenue</body></html>"

enum { FINE = -1 };

static PvPublikAnswer
make_answer (guint status, const char *body)
{
  PvPublikAnswer answer = {
    .status = status, .body = body, .size = strlen (body), .date_us = NOW_US, .now_us = NOW_US, .retry_after_s = -1
  };

  return answer;
}

static void
assert_verdict (PvPublikCall call, const PvPublikAnswer *answer, int expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvJson) json = pv_publik_judge (call, answer, &error);

  if (expected == FINE) {
    assert_non_null (json);
    assert_null (error);
    return;
  }
  assert_null (json);
  assert_non_null (error);
  if (error->domain != PV_PORTAL_ERROR || error->code != expected)
    print_error ("call %d status %u body %s: %s (%d), expected %d\n", (int) call, answer->status, answer->body,
                 error->message, error->code, expected);
  assert_true (error->domain == PV_PORTAL_ERROR);
  assert_int_equal (error->code, expected);
}

/* Every shape of publik-api 1.4, and what stands in front of a portal. */
static void
each_documented_answer_has_its_error (void **state)
{
  static const struct {
    guint status;
    const char *body;
    int read, submit;
  } table[] = {
    { 200, "{\"err\": 0, \"data\": {}}", FINE, FINE },
    { 200, "{\"data\": []}", FINE, FINE },
    { 200, "[]", FINE, PV_PORTAL_ERROR_AMBIGUOUS },
    { 403, DENIED_AS ("Missing/multiple orig field."), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 403, DENIED_AS ("Invalid orig."), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 403, DENIED_AS ("Missing/multiple algo field."), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 403, DENIED_AS ("Invalid algo."), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 403, DENIED_AS ("Invalid signature."), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 403, DENIED_AS ("Missing/multiple timestamp field."), PV_PORTAL_ERROR_CONFIGURATION,
      PV_PORTAL_ERROR_CONFIGURATION },
    { 403, DENIED_AS ("timestamp is more than 30 seconds in the past: 0:01:05"), PV_PORTAL_ERROR_CLOCK,
      PV_PORTAL_ERROR_CLOCK },
    { 403, DENIED_AS ("timestamp is more than 30 seconds in the future: 0:01:05"), PV_PORTAL_ERROR_CLOCK,
      PV_PORTAL_ERROR_CLOCK },
    { 403, DENIED_AS ("Nonce already used."), PV_PORTAL_ERROR_BUSY, PV_PORTAL_ERROR_AMBIGUOUS },
    { 403, DENIED_AS ("Unknown email."), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 403, DENIED_AS ("User not authenticated."), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 403, DENIED_AS ("Unsufficient roles."), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 403, DENIED_AS ("Disabled form."), PV_PORTAL_ERROR_GONE, PV_PORTAL_ERROR_DENIED },
    { 403, DENIED_AS ("Unsigned API call."), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 403, DENIED_AS ("Restricted API access."), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 403, DENIED_AS ("Only one formdata by user is allowed."), PV_PORTAL_ERROR_DENIED, PV_PORTAL_ERROR_DENIED },
    { 403, DENIED_AS ("Une phrase que personne ne connaît."), PV_PORTAL_ERROR_CONFIGURATION,
      PV_PORTAL_ERROR_CONFIGURATION },
    { 403, REFUSED_AS ("unknown-name-id"), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 403, REFUSED_AS ("no-backoffice-submission-role"), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 403, REFUSED_AS ("user-not-allowed-backoffice-submission"), PV_PORTAL_ERROR_CONFIGURATION,
      PV_PORTAL_ERROR_CONFIGURATION },
    { 400, REFUSED_AS ("invalid-request"), PV_PORTAL_ERROR_DENIED, PV_PORTAL_ERROR_DENIED },
    { 401, REFUSED_AS ("access-unauthorized"), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 404, REFUSED_AS ("not-found"), PV_PORTAL_ERROR_GONE, PV_PORTAL_ERROR_GONE },
    { 405, REFUSED_AS ("method-not-allowed"), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 200, REFUSED_AS ("unknown-name-id"), PV_PORTAL_ERROR_DENIED, PV_PORTAL_ERROR_DENIED },
    { 200, "{\"err\": \"1\"}", PV_PORTAL_ERROR_DENIED, PV_PORTAL_ERROR_DENIED },
    { 500, "{\"err\": 1}", PV_PORTAL_ERROR_BUSY, PV_PORTAL_ERROR_AMBIGUOUS },
    { 501, "{\"err\": 1}", PV_PORTAL_ERROR_BUSY, PV_PORTAL_ERROR_AMBIGUOUS },
    { 500, HTML, PV_PORTAL_ERROR_BUSY, PV_PORTAL_ERROR_AMBIGUOUS },
    { 502, HTML, PV_PORTAL_ERROR_BUSY, PV_PORTAL_ERROR_AMBIGUOUS },
    { 503, HTML, PV_PORTAL_ERROR_BUSY, PV_PORTAL_ERROR_AMBIGUOUS },
    { 504, HTML, PV_PORTAL_ERROR_BUSY, PV_PORTAL_ERROR_AMBIGUOUS },
    { 429, HTML, PV_PORTAL_ERROR_BUSY, PV_PORTAL_ERROR_BUSY },
    { 413, HTML, PV_PORTAL_ERROR_DENIED, PV_PORTAL_ERROR_DENIED },
    { 401, HTML, PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 302, "", PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_AMBIGUOUS },
    { 404, HTML, PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_AMBIGUOUS },
    { 200, HTML, PV_PORTAL_ERROR_BAD_ANSWER, PV_PORTAL_ERROR_AMBIGUOUS },
    { 200, "", PV_PORTAL_ERROR_BAD_ANSWER, PV_PORTAL_ERROR_AMBIGUOUS },
    { 200, "{\"err\": 0, \"data\": {\"id\": \"17\"", PV_PORTAL_ERROR_BAD_ANSWER, PV_PORTAL_ERROR_AMBIGUOUS },
    { 403, REFUSED_AS ("relay-certificate"), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 403, REFUSED_AS ("relay-denied"), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 502, REFUSED_AS ("relay-key"), PV_PORTAL_ERROR_CONFIGURATION, PV_PORTAL_ERROR_CONFIGURATION },
    { 429, REFUSED_AS ("relay-rate"), PV_PORTAL_ERROR_BUSY, PV_PORTAL_ERROR_BUSY },
    { 502, REFUSED_AS ("relay-unreachable"), PV_PORTAL_ERROR_OFFLINE, PV_PORTAL_ERROR_OFFLINE },
    { 502, REFUSED_AS ("relay-answer"), PV_PORTAL_ERROR_BAD_ANSWER, PV_PORTAL_ERROR_AMBIGUOUS },
    { 502, REFUSED_AS ("relay-lost"), PV_PORTAL_ERROR_OFFLINE, PV_PORTAL_ERROR_AMBIGUOUS },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    PvPublikAnswer answer = make_answer (table[i].status, table[i].body);

    assert_verdict (PV_PUBLIK_CALL_READ, &answer, table[i].read);
    assert_verdict (PV_PUBLIK_CALL_SUBMIT, &answer, table[i].submit);
  }
}

static void
clock_error_tells_the_measured_difference (void **state)
{
  PvPublikAnswer answer = make_answer (403, DENIED_AS ("timestamp is more than 30 seconds in the past: 0:01:05"));
  g_autoptr (GError) error = NULL;

  (void) state;
  answer.date_us = NOW_US + 65 * G_USEC_PER_SEC;
  assert_null (pv_publik_judge (PV_PUBLIK_CALL_READ, &answer, &error));
  assert_true (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CLOCK));
  assert_int_equal (pv_portal_error_get_offset_s (error), 65);
  assert_non_null (strstr (error->message, "65 s"));
}

/* A translated sentence about a timestamp counts when the clocks really differ. */
static void
clock_error_is_seen_in_another_language (void **state)
{
  PvPublikAnswer answer = make_answer (403, DENIED_AS ("Champ timestamp invalide."));

  (void) state;
  assert_verdict (PV_PUBLIK_CALL_READ, &answer, PV_PORTAL_ERROR_CONFIGURATION);
  answer.date_us = NOW_US - 31 * G_USEC_PER_SEC;
  assert_verdict (PV_PUBLIK_CALL_READ, &answer, PV_PORTAL_ERROR_CLOCK);
}

static void
busy_tells_how_long (void **state)
{
  PvPublikAnswer answer = make_answer (503, HTML);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;

  (void) state;
  answer.retry_after_s = 120;
  assert_verdict (PV_PUBLIK_CALL_SUBMIT, &answer, PV_PORTAL_ERROR_BUSY);
  assert_null (pv_publik_judge (PV_PUBLIK_CALL_READ, &answer, &error));
  assert_int_equal (pv_portal_error_get_retry_after_s (error), 120);
  copy = g_error_copy (error);
  assert_int_equal (pv_portal_error_get_retry_after_s (copy), 120);
}

/* The portal may quote what was sent when it refuses it: that is a citizen's. */
static void
error_never_quotes_what_the_portal_says_about_a_filing (void **state)
{
  static const char *const bodies[] = {
    "{\"err\": 1, \"err_code\": \"invalid-request\", \"err_desc\": \"Invalid json payload (Dupont).\"}",
    "{\"err\": 1, \"err_code\": \"Dupont a dit\", \"err_desc\": \"x\"}",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++) {
    PvPublikAnswer answer = make_answer (400, bodies[i]);
    g_autoptr (GError) error = NULL;

    assert_null (pv_publik_judge (PV_PUBLIK_CALL_SUBMIT, &answer, &error));
    assert_null (strstr (error->message, "Dupont"));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_documented_answer_has_its_error),
    cmocka_unit_test (clock_error_tells_the_measured_difference),
    cmocka_unit_test (clock_error_is_seen_in_another_language),
    cmocka_unit_test (busy_tells_how_long),
    cmocka_unit_test (error_never_quotes_what_the_portal_says_about_a_filing),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
