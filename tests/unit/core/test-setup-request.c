/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the first-start assistant may say, and which words it may say it with. */
#include "tst.h"

#include <string.h>

#include "core/setup-request.h"

static void
values_are_what_the_table_takes_and_nothing_else (void **state)
{
  static const struct {
    PvSetupAnswer answer;
    const char *text;
    gboolean is_taken;
  } rows[] = {
    { PV_SETUP_NETWORK, "automatic", TRUE },
    { PV_SETUP_NETWORK, "fixed", TRUE },
    { PV_SETUP_NETWORK, "", FALSE },
    { PV_SETUP_NETWORK, "automatic fixed", FALSE },
    { PV_SETUP_NETWORK, "auto", FALSE },
    { PV_SETUP_ADDRESS, "192.168.1.20/24", TRUE },
    { PV_SETUP_ADDRESS, "192.168.1.20", FALSE },
    { PV_SETUP_ADDRESS, "192.168.1.20/0", FALSE },
    { PV_SETUP_ADDRESS, "192.168.1.20/31", FALSE },
    { PV_SETUP_ADDRESS, "192.168.1.256/24", FALSE },
    { PV_SETUP_ADDRESS, "192.168.01.2/24", FALSE },
    { PV_SETUP_ADDRESS, "127.0.0.1/8", FALSE },
    { PV_SETUP_ADDRESS, "192.168.1.20/24\nGateway=1.1.1.1", FALSE },
    { PV_SETUP_GATEWAY, "10.0.0.1", TRUE },
    { PV_SETUP_GATEWAY, "10.0.0.1/8", FALSE },
    { PV_SETUP_GATEWAY, "10.0.0", FALSE },
    { PV_SETUP_URL, "https://demarches.example", TRUE },
    { PV_SETUP_URL, "https://demarches.example:8443/sous", TRUE },
    { PV_SETUP_URL, "http://127.0.0.1:4000", TRUE },
    { PV_SETUP_URL, "http://demarches.example", FALSE },
    { PV_SETUP_URL, "http://127.0.0.1.example", FALSE },
    { PV_SETUP_URL, "https://", FALSE },
    { PV_SETUP_URL, "https://a@b", FALSE },
    { PV_SETUP_URL, "https://a?b", FALSE },
    { PV_SETUP_URL, "https://a:0", FALSE },
    { PV_SETUP_URL, "https://a:70000", FALSE },
    { PV_SETUP_URL, "https://a/../b", FALSE },
    { PV_SETUP_URL, "file:///etc/passwd", FALSE },
    { PV_SETUP_ORIGIN, "borne-mairie", TRUE },
    { PV_SETUP_ORIGIN, "borne mairie", FALSE },
    { PV_SETUP_ORIGIN, "../borne", FALSE },
    { PV_SETUP_KEY, "aB3$&", TRUE },
    { PV_SETUP_KEY, "a b", FALSE },
    { PV_SETUP_KEY, "a\tb", FALSE },
    { PV_SETUP_KEY, "clé", FALSE },
    { PV_SETUP_COMMUNE, "L’Haÿ-les-Roses", TRUE },
    { PV_SETUP_COMMUNE, "", FALSE },
    { PV_SETUP_COMMUNE, "a\nb", FALSE },
    { PV_SETUP_PLACE, "", TRUE },
    { PV_SETUP_PHONE, "+33 3 53 01 00 00", TRUE },
    { PV_SETUP_PHONE, "tel:03", FALSE },
    { PV_SETUP_TARGET, "ipp://192.168.1.50/ipp/print", TRUE },
    { PV_SETUP_TARGET, "ipps://imprimante.local:631/ipp/print", TRUE },
    { PV_SETUP_TARGET, "caisse-1", TRUE },
    { PV_SETUP_TARGET, "-o", FALSE },
    { PV_SETUP_TARGET, "http://a", FALSE },
    { PV_SETUP_TARGET, "ipp://a;b", FALSE },
    { PV_SETUP_PRINTER, "none", TRUE },
    { PV_SETUP_PAPER, "a4", TRUE },
    { PV_SETUP_PAPER, "a3", FALSE },
    { PV_SETUP_DIAGONAL, "610", TRUE },
    { PV_SETUP_DIAGONAL, "149", FALSE },
    { PV_SETUP_DIAGONAL, "2001", FALSE },
    { PV_SETUP_HEIGHT, "850", TRUE },
    { PV_SETUP_HEIGHT, "-1", FALSE },
    { PV_SETUP_SOUND, "yes", TRUE },
    { PV_SETUP_READER, "maybe", FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (pv_setup_answer_check (rows[i].answer, rows[i].text) != rows[i].is_taken)
      fail_msg ("%s \"%s\" is %staken", pv_setup_answer_name (rows[i].answer), rows[i].text,
                rows[i].is_taken ? "not " : "");
}

static void
what_is_longer_than_its_limit_is_not_taken (void **state)
{
  g_autofree char *long_text = g_strnfill (PV_SETUP_MAX_VALUE_BYTES + 1, 'a');

  (void) state;
  for (guint i = 0; i < PV_N_SETUP_ANSWERS; i++)
    assert_false (pv_setup_answer_check (i, long_text));
}

static void
an_address_gets_the_scheme_that_nobody_types (void **state)
{
  static const struct {
    const char *typed, *meant;
  } rows[] = { { " demarches.example/ ", "https://demarches.example" },
               { "http://127.0.0.1:80", "http://127.0.0.1:80" },
               { "", "" },
               { "///", "https://" } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *meant = pv_setup_answer_tidy (PV_SETUP_URL, rows[i].typed);

    assert_string_equal (meant, rows[i].meant);
  }
}

static void
a_request_that_was_made_is_understood (void **state)
{
  g_auto (PvSetupAnswers) answers = { 0 };
  g_auto (PvSetupRequest) request = { 0 };
  g_autofree char *line = NULL;

  (void) state;
  pv_setup_answers_set (&answers, PV_SETUP_URL, "https://demarches.example");
  pv_setup_answers_set (&answers, PV_SETUP_ORIGIN, "borne");
  pv_setup_answers_set (&answers, PV_SETUP_KEY, "a=b");
  pv_setup_answers_set (&answers, PV_SETUP_COMMUNE, "Montclair"); /* not of this verb */
  line = pv_setup_request_make (PV_SETUP_TRY_PORTAL, &answers);
  assert_string_equal (line, "portal\turl=https://demarches.example\torigin=borne\tkey=a=b\n");
  line[strlen (line) - 1] = '\0';
  assert_true (pv_setup_request_parse (line, &request));
  assert_int_equal (request.verb, PV_SETUP_TRY_PORTAL);
  assert_string_equal (request.answers.texts[PV_SETUP_KEY], "a=b");
}

static void
lines_that_are_no_requests_are_refused (void **state)
{
  static const char *const lines[] = {
    "",
    "unknown",
    "network\tnetwork",
    "network\tnetwork=elsewhere",
    "network\tnetwork=fixed\tnetwork=fixed",
    "network\tcommune=Montclair",
    "finish\tnetwork=automatic",
    "network network=automatic",
    "network\t\t",
    "commune\tcommune=a\rb",
    "commune\tcommune=\xff",
    "screen\tdiagonal=610;height=850",
  };
  g_autofree char *long_line = g_strnfill (PV_SETUP_MAX_LINE_BYTES + 1, 'a');
  g_auto (PvSetupRequest) request = { 0 };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (pv_setup_request_parse (lines[i], &request))
      fail_msg ("\"%s\" is taken", lines[i]);
  assert_false (pv_setup_request_parse (long_line, &request));
  for (guint i = 0; i < PV_N_SETUP_ANSWERS; i++)
    assert_null (request.answers.texts[i]);
}

static void
a_reply_comes_back_as_it_was_meant (void **state)
{
  const char *const texts[] = { "192.168.1.20", "two\tparts", NULL };
  g_autofree char *ok = pv_setup_reply_make (PV_SETUP_BECAUSE_NOTHING, texts);
  g_auto (GStrv) read = NULL;

  (void) state;
  assert_int_equal (pv_setup_reply_parse (ok, &read), PV_SETUP_BECAUSE_NOTHING);
  assert_string_equal (read[0], "192.168.1.20");
  assert_string_equal (read[1], "two parts");
  assert_null (read[2]);
  for (PvSetupReason reason = PV_SETUP_BECAUSE_AWAY; reason < PV_N_SETUP_REASONS; reason++) {
    g_autofree char *no = pv_setup_reply_make (reason, NULL);
    g_auto (GStrv) nothing = NULL;

    assert_int_equal (pv_setup_reply_parse (no, &nothing), reason);
    assert_null (nothing[0]);
  }
}

static void
what_is_no_reply_is_none (void **state)
{
  static const char *const texts[] = { "",       "\n",       "ok",     "no\n",         "no\tway\n",
                                       "okay\n", "ok\nok\n", "\xff\n", "no\tnothing\n" };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_auto (GStrv) read = NULL;

    assert_int_equal (pv_setup_reply_parse (texts[i], &read), PV_SETUP_BECAUSE_AWAY);
    assert_non_null (read);
  }
}

static void
kept_answers_come_back_without_the_secrets (void **state)
{
  g_auto (PvSetupAnswers) answers = { 0 }, again = { 0 };
  g_autofree char *text = NULL;

  (void) state;
  pv_setup_answers_set (&answers, PV_SETUP_COMMUNE, "Montclair = ville");
  pv_setup_answers_set (&answers, PV_SETUP_KEY, "secret");
  pv_setup_answers_set (&answers, PV_SETUP_CODE, "BCDF");
  text = pv_setup_answers_to_text (&answers);
  assert_null (strstr (text, "secret"));
  assert_null (strstr (text, "BCDF"));
  pv_setup_answers_from_text (&again, text);
  assert_string_equal (again.texts[PV_SETUP_COMMUNE], "Montclair = ville");
  pv_setup_answers_from_text (&again, "key=stolen\nheight=tall\nnonsense\ncommune=Autre\n");
  assert_null (again.texts[PV_SETUP_KEY]);
  assert_null (again.texts[PV_SETUP_HEIGHT]);
  assert_string_equal (again.texts[PV_SETUP_COMMUNE], "Autre");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (values_are_what_the_table_takes_and_nothing_else),
    cmocka_unit_test (what_is_longer_than_its_limit_is_not_taken),
    cmocka_unit_test (an_address_gets_the_scheme_that_nobody_types),
    cmocka_unit_test (a_request_that_was_made_is_understood),
    cmocka_unit_test (lines_that_are_no_requests_are_refused),
    cmocka_unit_test (a_reply_comes_back_as_it_was_meant),
    cmocka_unit_test (what_is_no_reply_is_none),
    cmocka_unit_test (kept_answers_come_back_without_the_secrets),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
