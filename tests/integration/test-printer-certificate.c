/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ipps:// with a printer that is known by its public key, against CUPS' own ippeveprinter and its certificate. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "print/ipp-certificate.h"
#include "print/ipp.h"

#include "printer-rig.h"

#include "ipp-printer.h"
#include "ippeve.h"

#define JOB_NAME "Parvis-0123abcd"
#define STRANGE  "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static char *home; /* of this test: libcups would remember printers in it */

static Kiosk *
kiosk_new_pinned (Ippeve *printer, const char *fingerprint)
{
  g_autofree char *uri = ippeve_get_secure_uri (printer);
  g_autofree char *lines = g_strdup_printf ("uri=%s\nmedia=roll-80mm\ncertificate=%s", uri, fingerprint);

  return kiosk_new (lines, NULL);
}

static gboolean
has_printed (Ippeve *printer)
{
  g_autoptr (GBytes) document = ippeve_read (printer, "job.pdf");

  return document != NULL;
}

static gboolean
wait_for_reason (Kiosk *kiosk, PvPrintReason reason)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (pv_link_printer1_get_reason (kiosk->proxy) != reason && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  return pv_link_printer1_get_reason (kiosk->proxy) == reason;
}

static void
reads_the_fingerprint_that_openssl_reads (void **state)
{
  Ippeve *printer = ippeve_new ();
  g_autofree char *uri = ippeve_get_secure_uri (printer);
  g_autofree char *expected = ippeve_get_fingerprint (printer);
  g_autofree char *fingerprint = pv_ipp_read_certificate (uri, NULL);
  g_autoptr (GError) plain = NULL;
  g_autoptr (GError) off = NULL;

  (void) state;
  assert_int_equal (strlen (expected), PV_IPP_FINGERPRINT_CHARS);
  assert_string_equal (fingerprint, expected);
  assert_null (pv_ipp_read_certificate (ippeve_get_uri (printer), &plain));
  assert_true (g_error_matches (plain, PV_PRINT_ERROR, PV_PRINT_ERROR_REFUSED));
  ippeve_kill (printer);
  assert_null (pv_ipp_read_certificate (uri, &off));
  assert_true (g_error_matches (off, PV_PRINT_ERROR, PV_PRINT_ERROR_OFFLINE));
  ippeve_free (printer);
}

static void
prints_on_the_printer_that_it_knows (void **state)
{
  Ippeve *printer = ippeve_new ();
  g_autofree char *fingerprint = ippeve_get_fingerprint (printer);
  Kiosk *kiosk = kiosk_new_pinned (printer, fingerprint);

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_DONE, WAIT_MS));
  assert_true (has_printed (printer));
  assert_true (end_session (kiosk, SESSION));
  kiosk_free (kiosk);
  ippeve_free (printer);
}

static void
offers_nothing_on_another_printer (void **state)
{
  Ippeve *printer = ippeve_new ();
  Kiosk *kiosk = kiosk_new_pinned (printer, STRANGE);

  (void) state;
  assert_true (wait_for_reason (kiosk, PV_PRINT_REASON_CERTIFICATE));
  assert_false (pv_link_printer1_get_is_available (kiosk->proxy));
  kiosk_free (kiosk);
  ippeve_free (printer);
}

static void
sends_no_document_to_a_printer_that_changed (void **state)
{
  Ippeve *printer = ippeve_new ();
  g_autofree char *fingerprint = ippeve_get_fingerprint (printer);
  Kiosk *kiosk = kiosk_new_pinned (printer, fingerprint);

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  assert_true (ippeve_change_certificate (printer));
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_FAILED, WAIT_MS));
  assert_int_equal (get_last (kiosk)->reason, PV_PRINT_REASON_CERTIFICATE);
  assert_false (has_printed (printer));
  end_session (kiosk, SESSION);
  kiosk_free (kiosk);
  ippeve_free (printer);
}

/* A question about paper, or the document's own request: the first that meets the other one is the last. */
static void
sends_no_document_when_the_printer_changes_under_an_open_connection (void **state)
{
  Ippeve *printer = ippeve_new ();
  g_autofree char *uri = ippeve_get_secure_uri (printer);
  g_autofree char *fingerprint = ippeve_get_fingerprint (printer);
  PvIppTarget target = { .uri = uri, .job_name = JOB_NAME, .fingerprint = fingerprint };
  g_autoptr (PvIpp) ipp = pv_ipp_new (&target, NULL);
  g_auto (PvIppPrinter) known = { 0 };
  g_autoptr (GBytes) pdf = render ();
  g_autoptr (GError) error = NULL;
  int job = 0;

  (void) state;
  assert_non_null (ipp);
  assert_true (pv_ipp_read_printer (ipp, &known, NULL));
  assert_true (ippeve_change_certificate (printer));
  assert_false (pv_ipp_submit (ipp, pdf, PV_PRINT_MEDIA_ROLL_80MM, &job, &error));
  assert_true (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_STRANGER)
               || g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_OFFLINE));
  /* And a second try, which makes a new connection. */
  g_clear_error (&error);
  assert_false (pv_ipp_submit (ipp, pdf, PV_PRINT_MEDIA_ROLL_80MM, &job, &error));
  assert_true (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_STRANGER));
  assert_false (has_printed (printer));
  ippeve_free (printer);
}

static void
never_falls_back_to_a_plain_connection (void **state)
{
  FakeIpp *plain = fake_ipp_new ();
  g_autofree char *uri = g_strconcat ("ipps", fake_ipp_get_uri (plain) + strlen ("ipp"), NULL);
  PvIppTarget target = { .uri = uri, .job_name = JOB_NAME, .fingerprint = STRANGE };
  PvIppTarget unencrypted = { .uri = fake_ipp_get_uri (plain), .job_name = JOB_NAME, .fingerprint = STRANGE };
  g_autoptr (PvIpp) ipp = pv_ipp_new (&target, NULL);
  g_autoptr (GBytes) pdf = render ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;
  int job = 0;

  (void) state;
  assert_false (pv_ipp_submit (ipp, pdf, PV_PRINT_MEDIA_ROLL_80MM, &job, &error));
  assert_true (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_OFFLINE));
  assert_int_equal (fake_ipp_get_document_size (plain), 0);
  assert_null (pv_ipp_new (&unencrypted, &refusal));
  assert_true (g_error_matches (refusal, PV_PRINT_ERROR, PV_PRINT_ERROR_REFUSED));
  fake_ipp_free (plain);
}

/* It would trust, from then on, whatever it saw first. */
static void
leaves_nothing_in_the_trust_of_libcups (void **state)
{
  g_autofree char *trust = g_build_filename (home, ".cups", NULL);

  (void) state;
  assert_false (g_file_test (trust, G_FILE_TEST_EXISTS));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_the_fingerprint_that_openssl_reads),
    cmocka_unit_test (prints_on_the_printer_that_it_knows),
    cmocka_unit_test (offers_nothing_on_another_printer),
    cmocka_unit_test (sends_no_document_to_a_printer_that_changed),
    cmocka_unit_test (sends_no_document_when_the_printer_changes_under_an_open_connection),
    cmocka_unit_test (never_falls_back_to_a_plain_connection),
    cmocka_unit_test (leaves_nothing_in_the_trust_of_libcups), /* after the others */
  };
  int failed;

  tst_init ();
  if (!ippeve_is_installed ()) {
    fputs ("1..0 # SKIP no ippeveprinter\n", stdout);
    return 0;
  }
  home = g_dir_make_tmp ("pv-home-XXXXXX", NULL);
  g_setenv ("HOME", home, TRUE);
  failed = cmocka_run_group_tests (tests, NULL, NULL);
  tst_remove_folder (home);
  g_free (home);
  return failed;
}
