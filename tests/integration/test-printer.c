/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole printer service over its socket: with CUPS' own ippeveprinter, and with a hand-written printer for what that
 * cannot show. */
#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "link/memfd.h"
#include "print/pdf-file.h"

#include "printer-rig.h"

#include "ipp-printer.h"
#include "ippeve.h"
#include "stranger.h"

static void
prints_on_a_real_ipp_printer (void **state)
{
  static const PvPrintState order[] = { PV_PRINT_PREPARING, PV_PRINT_SENDING, PV_PRINT_PRINTING, PV_PRINT_ATTENTION,
                                        PV_PRINT_DONE };
  Ippeve *printer = ippeve_new ();
  Kiosk *kiosk = kiosk_new_for_uri (ippeve_get_uri (printer));
  g_autoptr (GBytes) pdf = render ();
  g_autoptr (GBytes) finished = pv_pdf_file_finish (pdf, "fr", NULL);
  g_autoptr (GBytes) printed = NULL;
  g_autoptr (GBytes) asked = NULL;
  g_autofree char *words = NULL;
  const char *media;
  gsize at = 0;

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  assert_string_equal (pv_link_printer1_get_media (kiosk->proxy), "roll-80mm");
  assert_int_equal (print_receipt (kiosk, SESSION, NULL), 1);
  assert_true (wait_for_state (kiosk, PV_PRINT_DONE, WAIT_MS));
  for (guint i = 0; i < kiosk->told->len; i++) {
    while (at < G_N_ELEMENTS (order) && order[at] != g_array_index (kiosk->told, Told, i).state)
      at++;
    assert_true (at < G_N_ELEMENTS (order));
  }
  printed = ippeve_read (printer, "job.pdf");
  assert_true (g_bytes_equal (printed, finished));
  asked = ippeve_read (printer, "job.env");
  words = g_strdup_printf ("\n%.*s", (int) g_bytes_get_size (asked), (const char *) g_bytes_get_data (asked, NULL));
  media = strstr (words, "\nIPP_MEDIA_COL=");
  assert_non_null (media);
  assert_non_null (strstr (media, "x-dimension=8000"));
  assert_null (g_strstr_len (media, strcspn (media + 1, "\n"), "y-dimension=29700"));
  assert_true (end_session (kiosk, SESSION));
  kiosk_free (kiosk);
  ippeve_free (printer);
}

static void
asks_for_help_when_the_paper_ends_and_goes_on_after (void **state)
{
  Ippeve *printer = ippeve_new ();
  Kiosk *kiosk = kiosk_new_for_uri (ippeve_get_uri (printer));

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  ippeve_tell_engine (printer, "state", "media-empty");
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_ATTENTION, WAIT_MS));
  assert_int_equal (get_last (kiosk)->reason, PV_PRINT_REASON_NO_PAPER);
  ippeve_tell_engine (printer, "state", NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_DONE, WAIT_MS));
  kiosk_free (kiosk);
  ippeve_free (printer);
}

static void
says_failed_when_the_engine_gives_up (void **state)
{
  Ippeve *printer = ippeve_new ();
  Kiosk *kiosk = kiosk_new_for_uri (ippeve_get_uri (printer));

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  ippeve_tell_engine (printer, "fail", "the knife is stuck");
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_FAILED, WAIT_MS));
  kiosk_free (kiosk);
  ippeve_free (printer);
}

static void
cancels_at_the_end_of_a_session_and_leaves_nothing (void **state)
{
  Ippeve *printer = ippeve_new ();
  Kiosk *kiosk = kiosk_new_for_uri (ippeve_get_uri (printer));
  g_autofree char *error = NULL;

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  ippeve_tell_engine (printer, "hold", "");
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  end_session (kiosk, SESSION);
  ippeve_tell_engine (printer, "hold", NULL);
  /* Who has ended prints no more. */
  assert_int_equal (print_receipt (kiosk, SESSION, &error), 0);
  kiosk_free (kiosk);
  ippeve_free (printer);
}

static void
is_clean_when_the_printer_was_switched_off_after_the_last_job (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  fake_ipp_set_job (printer, 9, "none");
  assert_true (wait_for_state (kiosk, PV_PRINT_DONE, WAIT_MS));
  fake_ipp_free (printer);
  assert_true (end_session (kiosk, SESSION));
  kiosk_free (kiosk);
}

static void
goes_on_with_another_printer_at_the_same_address (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  fake_ipp_set_job (printer, 9, "none");
  assert_true (wait_for_state (kiosk, PV_PRINT_DONE, WAIT_MS));
  assert_true (end_session (kiosk, SESSION));
  printer = fake_ipp_swap (printer);
  assert_true (wait_until_available (kiosk, TRUE));
  print_receipt (kiosk, NEXT_SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  assert_true (fake_ipp_get_document_size (printer) > 0);
  fake_ipp_set_job (printer, 9, "none");
  assert_true (wait_for_state (kiosk, PV_PRINT_DONE, WAIT_MS));
  assert_true (end_session (kiosk, NEXT_SESSION));
  kiosk_free (kiosk);
  fake_ipp_free (printer);
}

typedef struct {
  int state;
  const char *reasons;
  gboolean is_accepting;
  PvPrintReason reason;
} ReadyRow;

static void
says_why_it_is_not_available (void **state)
{
  static const ReadyRow rows[] = {
    { 5, "cover-open-error", TRUE, PV_PRINT_REASON_OPEN },
    { 3, "media-empty-report", TRUE, PV_PRINT_REASON_NO_PAPER },
    { 5, "offline-report", TRUE, PV_PRINT_REASON_OFFLINE },
    { 3, "none", FALSE, PV_PRINT_REASON_SERVICE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    FakeIpp *printer = fake_ipp_new ();
    Kiosk *kiosk;
    gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
    fake_ipp_set_printer (printer, rows[i].state, rows[i].reasons, rows[i].is_accepting);
    kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));
    while (pv_link_printer1_get_reason (kiosk->proxy) != rows[i].reason && g_get_monotonic_time () < end)
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    assert_int_equal (pv_link_printer1_get_reason (kiosk->proxy), rows[i].reason);
    assert_false (pv_link_printer1_get_is_available (kiosk->proxy));
    kiosk_free (kiosk);
    fake_ipp_free (printer);
  }
}

static void
sweeps_what_a_service_before_it_left (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  assert_int_equal (fake_ipp_count_unfinished (printer), 1);
  /* The service dies; its child cancels, or else the next service finds the job by its name. */
  g_subprocess_force_exit (kiosk->process);
  kiosk_restart (kiosk);
  assert_true (wait_until_available (kiosk, TRUE));
  assert_int_equal (fake_ipp_count_unfinished (printer), 0);
  kiosk_free (kiosk);
  fake_ipp_free (printer);
}

static void
cancels_when_the_session_is_gone_without_a_word (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  g_dbus_connection_close_sync (kiosk->connection, NULL, NULL);
  while (fake_ipp_count_unfinished (printer) > 0 && g_get_monotonic_time () < end)
    g_usleep (2000);
  assert_int_equal (fake_ipp_count_unfinished (printer), 0);
  kiosk_free (kiosk);
  fake_ipp_free (printer);
}

static void
prints_for_one_session_and_one_job_at_a_time (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));
  g_autofree char *same = NULL, *other = NULL, *nameless = NULL, *unsaid = NULL;
  g_autoptr (GBytes) pdf = render ();

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  print_receipt (kiosk, SESSION, NULL);
  print_receipt (kiosk, SESSION, &same);
  assert_string_equal (same, "org.parvis.Error.Busy");
  print_receipt (kiosk, NEXT_SESSION, &other);
  assert_string_equal (other, "org.parvis.Error.Busy");
  print_receipt (kiosk, "", &nameless);
  assert_string_equal (nameless, "org.parvis.Error.BadRequest");
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  fake_ipp_set_job (printer, 9, "job-completed-successfully");
  assert_true (wait_for_state (kiosk, PV_PRINT_DONE, WAIT_MS));
  assert_true (end_session (kiosk, SESSION));
  print_bytes (kiosk, NEXT_SESSION, "fr --sweep", pdf, &unsaid);
  assert_string_equal (unsaid, "org.parvis.Error.BadRequest");
  assert_true (print_receipt (kiosk, NEXT_SESSION, NULL) > 0);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  /* Told once more, the end of the first does not touch the second. */
  assert_true (end_session (kiosk, SESSION));
  assert_int_equal (fake_ipp_count_unfinished (printer), 1);
  kiosk_free (kiosk);
  fake_ipp_free (printer);
}

static void
limits_the_jobs_of_a_session (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));
  g_autoptr (GBytes) words = g_bytes_new_static ("Bonjour", 7);
  g_autofree char *error = NULL;
  guint n = 0;

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  for (; error == NULL && n < 50; n++) {
    g_array_set_size (kiosk->told, 0);
    /* Not a receipt: fails in the child. */
    if (print_bytes (kiosk, SESSION, "fr", words, &error) > 0)
      assert_true (wait_for_state (kiosk, PV_PRINT_FAILED, WAIT_MS));
  }
  assert_string_equal (error, "org.parvis.Error.Full");
  assert_true (n > 3 && n < 20);
  assert_int_equal (fake_ipp_count_unfinished (printer), 0);
  kiosk_free (kiosk);
  fake_ipp_free (printer);
}

static void
says_that_there_is_no_printer (void **state)
{
  static const char *const settings[] = { "media=a4", "uri=ipp://127.0.0.1:1/ipp/print\nenabled=false" };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++) {
    Kiosk *kiosk = kiosk_new (settings[i], NULL);
    g_autofree char *error = NULL;
    assert_false (pv_link_printer1_get_is_available (kiosk->proxy));
    assert_int_equal (pv_link_printer1_get_reason (kiosk->proxy), PV_PRINT_REASON_OFFLINE);
    print_receipt (kiosk, SESSION, &error);
    assert_string_equal (error, "org.parvis.Error.Offline");
    assert_true (end_session (kiosk, SESSION));
    kiosk_free (kiosk);
  }
}

static void
lets_in_the_login_of_the_sessions_and_no_other (void **state)
{
  Kiosk *kiosk;

  (void) state;
  if (geteuid () != 0)
    skip ();
  kiosk = kiosk_new ("enabled=false\n[session]\nuser=nobody", NULL);
  g_chmod (kiosk->folder, 0711);
  /* Debian's base-passwd: "nobody" is 65534, "daemon" is 1. */
  assert_int_equal (stranger_knocks (kiosk->socket, 65534), STRANGER_ADMITTED);
  assert_int_equal (stranger_knocks (kiosk->socket, 1), STRANGER_REFUSED);
  kiosk_free (kiosk);
}

static void
refuses_a_descriptor_that_did_not_come (void **state)
{
  static const gint handles[] = { -1, 1, G_MAXINT32, G_MININT32 };
  Kiosk *kiosk = kiosk_new ("enabled=false", NULL);
  g_autoptr (GBytes) pdf = render ();

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (handles); i++) {
    int fd = pv_memfd_from_bytes (pdf, NULL);
    g_autoptr (GUnixFDList) fds = g_unix_fd_list_new_from_array (&fd, 1);
    g_autoptr (GError) error = NULL;
    g_autofree char *name = NULL;

    assert_false (pv_link_printer1_call_print_sync (kiosk->proxy, SESSION, "fr", g_variant_new_handle (handles[i]),
                                                    G_DBUS_CALL_FLAGS_NONE, WAIT_MS, fds, NULL, NULL, NULL, &error));
    name = g_dbus_error_get_remote_error (error);
    assert_non_null (name);
    assert_string_equal (name, "org.parvis.Error.BadRequest");
  }
  kiosk_free (kiosk);
}

/* Under the tests' settings a failed assertion of GLib would end it by a signal. */
static void
ends_well_when_nobody_ever_called (void **state)
{
  Kiosk *kiosk = kiosk_new ("media=a4", NULL);

  (void) state;
  g_subprocess_force_exit (kiosk->process);
  kiosk_restart_unvisited (kiosk);
  kiosk_free (kiosk);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (prints_on_a_real_ipp_printer),
    cmocka_unit_test (asks_for_help_when_the_paper_ends_and_goes_on_after),
    cmocka_unit_test (says_failed_when_the_engine_gives_up),
    cmocka_unit_test (cancels_at_the_end_of_a_session_and_leaves_nothing),
    cmocka_unit_test (is_clean_when_the_printer_was_switched_off_after_the_last_job),
    cmocka_unit_test (goes_on_with_another_printer_at_the_same_address),
    cmocka_unit_test (says_why_it_is_not_available),
    cmocka_unit_test (sweeps_what_a_service_before_it_left),
    cmocka_unit_test (cancels_when_the_session_is_gone_without_a_word),
    cmocka_unit_test (prints_for_one_session_and_one_job_at_a_time),
    cmocka_unit_test (limits_the_jobs_of_a_session),
    cmocka_unit_test (says_that_there_is_no_printer),
    cmocka_unit_test (lets_in_the_login_of_the_sessions_and_no_other),
    cmocka_unit_test (refuses_a_descriptor_that_did_not_come),
    cmocka_unit_test (ends_well_when_nobody_ever_called),
  };

  tst_init ();
  if (!ippeve_is_installed ()) {
    /* Debian's cups-ipp-utils */
    fputs ("1..0 # SKIP no ippeveprinter\n", stdout);
    return 0;
  }
  return cmocka_run_group_tests (tests, NULL, NULL);
}
