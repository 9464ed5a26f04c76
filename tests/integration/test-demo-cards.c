/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The virtual reader of parvis-demo: cards are laid through its third port and read by the real libnfc. */

#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

#include "eid/reading.h"
#include "eid/transport-nfc.h"
#include "platform/json.h"
#include "tst.h"

enum {
  START_DEADLINE_MS = 60000, /* the States of the cards make their keys */
  CALL_DEADLINE_S = 20,
  CARD_MS = 3000,
};

typedef struct Demo {
  char *folder;
  GSubprocess *process;
  SoupSession *session;
  char *control; /* "http://127.0.0.1:N" */
} Demo;

static int
set_up (void **state)
{
  Demo *demo = g_new0 (Demo, 1);
  g_autofree char *ports = NULL;
  g_autofree char *link = NULL;
  g_autofree char *text = NULL;
  gint64 end = g_get_monotonic_time () + START_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  demo->folder = g_dir_make_tmp ("pv-demo-XXXXXX", NULL);
  ports = g_build_filename (demo->folder, "ports", NULL);
  link = g_build_filename (demo->folder, "reader", NULL);
  demo->process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, g_getenv ("PV_DEMO_PROGRAM"), "--state", demo->folder,
                      "--data", g_getenv ("PV_DEMO_DATA"), "--ports-file", ports, "--reader", link, NULL);
  while (demo->process != NULL && text == NULL && g_get_monotonic_time () < end)
    if (!g_file_get_contents (ports, &text, NULL, NULL))
      g_usleep (5000);
  if (text == NULL)
    return 1;
  demo->control = g_strdup_printf ("http://127.0.0.1:%d",
                                   (int) g_ascii_strtoll (strstr (text, "CONTROL=") + strlen ("CONTROL="), NULL, 10));
  demo->session = soup_session_new_with_options ("timeout", CALL_DEADLINE_S, NULL);
  *state = demo;
  return 0;
}

static int
tear_down (void **state)
{
  Demo *demo = *state;
  gboolean ended_well;

  g_subprocess_send_signal (demo->process, SIGTERM);
  ended_well = g_subprocess_wait (demo->process, NULL, NULL) && g_subprocess_get_successful (demo->process);
  g_object_unref (demo->process);
  g_object_unref (demo->session);
  tst_remove_folder (demo->folder);
  g_free (demo->folder);
  g_free (demo->control);
  g_free (demo);
  return ended_well ? 0 : 1;
}

/* The answer's text; @body NULL: GET. */
static char *
call (Demo *demo, const char *path, const char *type, const char *body, guint expected)
{
  g_autofree char *uri = g_strconcat (demo->control, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (body != NULL ? "POST" : "GET", uri);
  g_autoptr (GBytes) sent = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GBytes) received = NULL;
  gsize length;
  const char *text;

  if (sent != NULL)
    soup_message_set_request_body_from_bytes (message, type, sent);
  received = soup_session_send_and_read (demo->session, message, NULL, NULL);
  assert_non_null (received);
  assert_int_equal (soup_message_get_status (message), expected);
  text = g_bytes_get_data (received, &length);
  return g_strndup (text, length);
}

static char *
do_with_cards (Demo *demo, const char *path)
{
  return call (demo, path, "text/plain", "", 200);
}

static void
assert_says (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    print_error ("not in %s\n", text);
  assert_non_null (strstr (text, part));
}

static PvTrust *
load_trust (Demo *demo)
{
  g_autofree char *list = g_build_filename (demo->folder, "issuers", "masterlist.ml", NULL);
  g_autofree char *signer = g_build_filename (demo->folder, "issuers", "masterlist-signer.pem", NULL);
  g_autofree char *crls = g_build_filename (demo->folder, "issuers", "crl", NULL);
  g_autoptr (GError) error = NULL;
  PvTrust *trust = pv_trust_load (list, signer, crls, g_get_real_time () / G_USEC_PER_SEC, &error);

  if (trust == NULL)
    print_error ("%s\n", error->message);
  assert_non_null (trust);
  return trust;
}

static PvNfcReader *
open_reader (Demo *demo)
{
  g_autofree char *name = g_strdup_printf ("pn532_uart:%s/reader", demo->folder);
  g_autoptr (GError) error = NULL;
  PvNfcReader *reader = pv_nfc_reader_open (name, NULL, &error);

  if (reader == NULL)
    print_error ("%s\n", error->message);
  assert_non_null (reader);
  return reader;
}

/* Name of the verdict on the card that lies there. */
static const char *
read_card (Demo *demo, PvNfcReader *reader)
{
  g_autoptr (PvTrust) trust = load_trust (demo);
  g_autoptr (PvCardPassword) can = pv_card_password_new_can ("123456");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PvCardTransport) transport = pv_nfc_reader_wait_card (reader, CARD_MS, &error);
  PvReadingOptions options = {
    .password = can, .trust = trust, .now = g_date_time_to_unix (now), .is_clock_verified = TRUE
  };
  g_autoptr (PvCardReading) reading = NULL;

  assert_non_null (transport);
  g_date_clear (&options.today, 1);
  g_date_set_dmy (&options.today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  reading = pv_card_reading_run (transport, &options, &error);
  if (reading == NULL)
    print_error ("%s\n", error->message);
  assert_non_null (reading);
  return pv_verdict_name (reading->identity->verdict);
}

static void
lays_cards_and_has_them_proven_or_refused (void **state)
{
  Demo *demo = *state;
  g_autofree char *before = call (demo, "/demo/cards", NULL, NULL, 200);
  g_autofree char *laid = do_with_cards (demo, "/card/lay?name=cnie");
  g_autofree char *other = NULL;
  g_autofree char *removed = NULL;
  g_autoptr (PvNfcReader) reader = open_reader (demo);

  assert_says (before, "\"laid\":null");
  assert_says (before, "\"name\":\"passport\"");
  assert_says (laid, "\"laid\":\"cnie\"");
  assert_string_equal (read_card (demo, reader), "genuine");
  other = do_with_cards (demo, "/card/lay?name=cloned");
  assert_string_equal (read_card (demo, reader), "refused");
  removed = do_with_cards (demo, "/card/remove");
  assert_says (removed, "\"laid\":null");
  assert_true (pv_nfc_reader_wait_removal (reader, CARD_MS));
}

static void
unplugs_the_reader_and_plugs_it_in_again (void **state)
{
  Demo *demo = *state;
  g_autofree char *laid = do_with_cards (demo, "/card/lay?name=cnie");
  g_autofree char *unplugged = do_with_cards (demo, "/card/unplug");
  g_autofree char *name = g_strdup_printf ("pn532_uart:%s/reader", demo->folder);
  g_autofree char *plugged = NULL;
  g_autoptr (PvNfcReader) reader = NULL;

  assert_says (unplugged, "\"plugged\":false");
  assert_null (pv_nfc_reader_open (name, NULL, NULL));
  plugged = do_with_cards (demo, "/card/plug");
  assert_says (plugged, "\"plugged\":true");
  reader = open_reader (demo);
  assert_string_equal (read_card (demo, reader), "genuine");
}

static void
lays_cards_by_hand_on_its_page (void **state)
{
  Demo *demo = *state;
  g_autofree char *home = call (demo, "/", NULL, NULL, 200);
  g_autofree char *page = call (demo, "/cards", NULL, NULL, 200);
  g_autofree char *laid = call (demo, "/cards", "application/x-www-form-urlencoded", "card=passport&do=lay", 200);
  g_autofree char *json = call (demo, "/demo/cards", NULL, NULL, 200);
  g_autofree char *wrong = call (demo, "/cards", "application/x-www-form-urlencoded", "card=none&do=lay", 200);

  assert_says (home, "href=\"/cards\"");
  assert_says (page, "Carte nationale d’identité");
  assert_says (page, "value=\"lay\"");
  assert_says (laid, "value=\"remove\"");
  assert_says (json, "\"laid\":\"passport\"");
  assert_says (wrong, "role=\"alert\"");
}

static void
refuses_what_cannot_be_done_with_cards (void **state)
{
  static const char *const paths[] = {
    "/card/",
    "/card/lay",
    "/card/lay?name=",
    "/card/lay?name=nobody",
    "/card/lay?name=..%2Fcnie",
    "/card/burn?name=cnie",
  };
  Demo *demo = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    g_free (call (demo, paths[i], "text/plain", "", 400));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (lays_cards_and_has_them_proven_or_refused),
    cmocka_unit_test (unplugs_the_reader_and_plugs_it_in_again),
    cmocka_unit_test (lays_cards_by_hand_on_its_page),
    cmocka_unit_test (refuses_what_cannot_be_done_with_cards),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
