/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Against a hand-written printer that can be in any state, over real sockets and libcups. */
#include "print/ipp.h"

#include "print/receipt-pdf.h"

#include <cups/cups.h>
#include <cups/ipp.h>

#include "tst.h"

#include "ipp-printer.h"
#include "sample.h"

#define JOB_NAME "Parvis-0123abcd"

/* Above libcups' own second more than the limit of a request. */
enum { BOUND_MS = 5000 };

static FakeIpp *fake;

static int
set_up (void **state)
{
  (void) state;
  fake = fake_ipp_new ();
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  g_clear_pointer (&fake, fake_ipp_free);
  return 0;
}

static PvIpp *
open_printer (const char *uri)
{
  g_autoptr (GError) error = NULL;
  PvIpp *ipp = pv_ipp_new (&(PvIppTarget){ .uri = uri, .job_name = JOB_NAME }, &error);

  assert_non_null (ipp);
  return ipp;
}

static GBytes *
render (PvPrintMedia media)
{
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);
  GBytes *pdf = pv_receipt_render_pdf (&receipt, media, NULL);

  sample_clear (&receipt);
  assert_non_null (pdf);
  return pdf;
}

static void
reads_state_and_reasons_of_a_printer (void **state)
{
  g_autoptr (PvIpp) ipp = open_printer (fake_ipp_get_uri (fake));
  g_auto (PvIppPrinter) printer = { 0 };

  (void) state;
  fake_ipp_set_printer (fake, PV_IPP_PRINTER_STOPPED, "media-jam-error,offline-report", FALSE);
  assert_true (pv_ipp_read_printer (ipp, &printer, NULL));
  assert_int_equal (printer.state, PV_IPP_PRINTER_STOPPED);
  assert_false (printer.is_accepting);
  assert_int_equal (g_strv_length (printer.reasons), 2);
  assert_string_equal (printer.reasons[0], "media-jam-error");
}

static void
sends_the_whole_document_with_its_size_and_a_neutral_name (void **state)
{
  g_autoptr (PvIpp) ipp = open_printer (fake_ipp_get_uri (fake));
  g_autoptr (GBytes) pdf = render (PV_PRINT_MEDIA_ROLL_80MM);
  g_autofree char *name = NULL, *user = NULL, *media = NULL;
  int job = 0;

  (void) state;
  assert_true (pv_ipp_submit (ipp, pdf, PV_PRINT_MEDIA_ROLL_80MM, &job, NULL));
  assert_int_equal (job, 100);
  assert_int_equal (fake_ipp_get_document_size (fake), g_bytes_get_size (pdf));
  name = fake_ipp_get_asked (fake, "job-name");
  user = fake_ipp_get_asked (fake, "requesting-user-name");
  media = fake_ipp_get_asked (fake, "media-col");
  assert_string_equal (name, JOB_NAME);
  assert_string_equal (user, "parvis");
  assert_non_null (strstr (media, "x-dimension=8000"));
  assert_null (strstr (media, "y-dimension=29700"));
}

static void
asks_for_a4_by_its_name (void **state)
{
  g_autoptr (PvIpp) ipp = open_printer (fake_ipp_get_uri (fake));
  g_autoptr (GBytes) pdf = render (PV_PRINT_MEDIA_A4);
  g_autofree char *media = NULL;
  int job = 0;

  (void) state;
  assert_true (pv_ipp_submit (ipp, pdf, PV_PRINT_MEDIA_A4, &job, NULL));
  media = fake_ipp_get_asked (fake, "media");
  assert_string_equal (media, "iso_a4_210x297mm");
}

static void
follows_a_job_to_its_end (void **state)
{
  g_autoptr (PvIpp) ipp = open_printer (fake_ipp_get_uri (fake));
  g_autoptr (GBytes) pdf = render (PV_PRINT_MEDIA_A4);
  int number = 0;

  (void) state;
  assert_true (pv_ipp_submit (ipp, pdf, PV_PRINT_MEDIA_A4, &number, NULL));
  for (int job_state = PV_IPP_JOB_PENDING; job_state <= PV_IPP_JOB_COMPLETED; job_state++) {
    g_auto (PvIppJob) job = { 0 };
    fake_ipp_set_job (fake, job_state, "job-printing");
    assert_true (pv_ipp_read_job (ipp, number, &job, NULL));
    assert_int_equal (job.state, job_state);
    assert_string_equal (job.reasons[0], "job-printing");
    assert_int_equal (pv_ipp_job_is_over (&job), job_state >= PV_IPP_JOB_CANCELED);
  }
}

typedef struct {
  FakeIppMood mood;
  PvPrintError code;
} MoodRow;

static void
names_what_failed_by_what_can_be_done (void **state)
{
  static const MoodRow rows[] = {
    { FAKE_IPP_IS_MUTE, PV_PRINT_ERROR_OFFLINE },
    { FAKE_IPP_HANGS_UP_ON_PRINT, PV_PRINT_ERROR_LOST },
    { FAKE_IPP_REFUSES_JOBS, PV_PRINT_ERROR_REFUSED },
  };
  g_autoptr (GBytes) pdf = render (PV_PRINT_MEDIA_A4);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvIpp) ipp = open_printer (fake_ipp_get_uri (fake));
    g_autoptr (GError) error = NULL;
    gint64 start = g_get_monotonic_time ();
    int job = 77;
    fake_ipp_set_mood (fake, rows[i].mood);
    assert_false (pv_ipp_submit (ipp, pdf, PV_PRINT_MEDIA_A4, &job, &error));
    assert_true (g_error_matches (error, PV_PRINT_ERROR, (int) rows[i].code));
    assert_int_equal (job, 77);
    assert_true (g_get_monotonic_time () - start < BOUND_MS * G_TIME_SPAN_MILLISECOND);
  }
}

/* The fake in the place of CUPS. */
static PvIpp *
open_queue (void)
{
  g_autofree char *server = g_strdup (fake_ipp_get_uri (fake) + strlen ("ipp://"));
  PvIpp *ipp;

  *strchr (server, '/') = '\0';
  cupsSetServer (server);
  ipp = pv_ipp_new (&(PvIppTarget){ .queue = "roll", .job_name = JOB_NAME }, NULL);
  cupsSetServer (NULL);
  assert_non_null (ipp);
  return ipp;
}

/* "Not printed" is said of a broken answer only where it is sure: CUPS lists all that it has taken. */
static void
a_queue_that_breaks_off_has_refused_what_it_does_not_list (void **state)
{
  static const struct {
    FakeIppMood mood;
    gboolean is_queue;
    int before; /* state of a job of the kiosk that is listed; 0: none */
    PvPrintError code;
  } rows[] = {
    { FAKE_IPP_HAS_NO_ROOM, TRUE, 0, PV_PRINT_ERROR_REFUSED },
    { FAKE_IPP_HAS_NO_ROOM, TRUE, PV_IPP_JOB_ABORTED, PV_PRINT_ERROR_REFUSED },
    { FAKE_IPP_HAS_NO_ROOM, TRUE, PV_IPP_JOB_CANCELED, PV_PRINT_ERROR_REFUSED },
    { FAKE_IPP_HAS_NO_ROOM, TRUE, PV_IPP_JOB_COMPLETED, PV_PRINT_ERROR_LOST },
    { FAKE_IPP_HAS_NO_ROOM, FALSE, 0, PV_PRINT_ERROR_LOST },
    { FAKE_IPP_HANGS_UP_ON_PRINT, TRUE, 0, PV_PRINT_ERROR_LOST },
    /* It may read the document when nobody waits any more. */
    { FAKE_IPP_IS_MUTE_ON_PRINT, TRUE, 0, PV_PRINT_ERROR_LOST },
  };
  g_autoptr (GBytes) pdf = render (PV_PRINT_MEDIA_A4);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvIpp) ipp = NULL;
    g_autoptr (GError) error = NULL;
    int job = 0;

    tear_down (state);
    set_up (state);
    ipp = rows[i].is_queue ? open_queue () : open_printer (fake_ipp_get_uri (fake));
    if (rows[i].before != 0) {
      fake_ipp_add_job (fake, JOB_NAME);
      fake_ipp_set_job (fake, rows[i].before, "none");
    }
    fake_ipp_set_mood (fake, rows[i].mood);
    assert_false (pv_ipp_submit (ipp, pdf, PV_PRINT_MEDIA_A4, &job, &error));
    if (!g_error_matches (error, PV_PRINT_ERROR, (int) rows[i].code))
      fail_msg ("row %zu: %s (%d)", i, error->message, error->code);
  }
}

/* CUPS says "completed" as well when its connection to the printer broke. */
static void
what_a_queue_calls_completed_is_believed_as_far_as_its_printer_proves_it (void **state)
{
  static const struct {
    const char *what;
    int up_before, up_after;
    int job; /* its state at the printer; 0: it knows none */
    FakeIppMood mood;
    PvIppEnd end;
  } rows[] = {
    { "printed", 50, 52, PV_IPP_JOB_COMPLETED, FAKE_IPP_ANSWERS, PV_IPP_END_BELIEVED },
    { "keeps no history", 50, 52, 0, FAKE_IPP_ANSWERS, PV_IPP_END_BELIEVED },
    { "tells no time", -1, -1, 0, FAKE_IPP_ANSWERS, PV_IPP_END_BELIEVED },
    { "stops its clock", 1, 1, PV_IPP_JOB_COMPLETED, FAKE_IPP_ANSWERS, PV_IPP_END_BELIEVED },
    { "still prints", 50, 52, PV_IPP_JOB_PROCESSING, FAKE_IPP_ANSWERS, PV_IPP_END_AT_WORK },
    { "aborted", 50, 52, PV_IPP_JOB_ABORTED, FAKE_IPP_ANSWERS, PV_IPP_END_GAVE_UP },
    { "cancelled", 50, 52, PV_IPP_JOB_CANCELED, FAKE_IPP_ANSWERS, PV_IPP_END_GAVE_UP },
    { "was off", 50, 0, 0, FAKE_IPP_ANSWERS, PV_IPP_END_RESTARTED },
    { "is mute", 50, 52, PV_IPP_JOB_COMPLETED, FAKE_IPP_IS_MUTE, PV_IPP_END_SILENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    FakeIpp *device = fake_ipp_new ();
    g_autoptr (PvIpp) ipp = NULL;
    PvPrintReason reason;
    PvIppEnd end;

    tear_down (state);
    set_up (state);
    fake_ipp_set_device (fake, fake_ipp_get_uri (device));
    fake_ipp_set_up_time (device, rows[i].up_before);
    ipp = open_queue ();
    assert_true (pv_ipp_check_ready (ipp, &reason, NULL, NULL));
    fake_ipp_set_up_time (device, rows[i].up_after);
    if (rows[i].job != 0) {
      fake_ipp_add_job (device, JOB_NAME);
      fake_ipp_set_job (device, rows[i].job, "none");
    }
    fake_ipp_set_mood (device, rows[i].mood);
    end = pv_ipp_confirm_end (ipp);
    if (end != rows[i].end)
      fail_msg ("%s: %d", rows[i].what, (int) end);
    fake_ipp_free (device);
  }
}

static void
says_offline_when_nobody_listens (void **state)
{
  g_autofree char *uri = g_strdup (fake_ipp_get_uri (fake));
  g_autoptr (PvIpp) ipp = open_printer (uri);
  g_autoptr (GError) error = NULL;
  g_auto (PvIppPrinter) printer = { 0 };
  gint64 start = g_get_monotonic_time ();

  (void) state;
  g_clear_pointer (&fake, fake_ipp_free);
  assert_false (pv_ipp_read_printer (ipp, &printer, &error));
  assert_true (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_OFFLINE));
  assert_true (g_get_monotonic_time () - start < BOUND_MS * G_TIME_SPAN_MILLISECOND);
}

static void
tells_a_forgotten_job_from_a_lost_connection (void **state)
{
  g_autoptr (PvIpp) ipp = open_printer (fake_ipp_get_uri (fake));
  g_autoptr (GBytes) pdf = render (PV_PRINT_MEDIA_A4);
  g_autoptr (GError) error = NULL;
  g_auto (PvIppJob) job = { 0 };
  int number = 0;

  (void) state;
  assert_true (pv_ipp_submit (ipp, pdf, PV_PRINT_MEDIA_A4, &number, NULL));
  fake_ipp_set_mood (fake, FAKE_IPP_FORGETS_JOBS);
  assert_false (pv_ipp_read_job (ipp, number, &job, &error));
  assert_true (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_BAD_DATA));
}

static void
cancels_a_job_and_does_not_mind_one_that_is_over (void **state)
{
  g_autoptr (PvIpp) ipp = open_printer (fake_ipp_get_uri (fake));
  g_autoptr (GBytes) pdf = render (PV_PRINT_MEDIA_A4);
  int number = 0;

  (void) state;
  assert_true (pv_ipp_submit (ipp, pdf, PV_PRINT_MEDIA_A4, &number, NULL));
  assert_int_equal (fake_ipp_count_unfinished (fake), 1);
  assert_true (pv_ipp_cancel (ipp, number, NULL));
  assert_int_equal (fake_ipp_count_unfinished (fake), 0);
  assert_true (pv_ipp_cancel (ipp, number, NULL));
  assert_true (pv_ipp_cancel (ipp, 4711, NULL));
}

/* A printer on the network has other people's jobs. */
static void
sweeps_its_own_jobs_and_no_others (void **state)
{
  g_autoptr (PvIpp) ipp = open_printer (fake_ipp_get_uri (fake));
  guint n_left = 7;

  (void) state;
  fake_ipp_add_job (fake, "Compte rendu");
  fake_ipp_add_job (fake, JOB_NAME);
  fake_ipp_add_job (fake, "Parvis-ffffffff");
  fake_ipp_add_job (fake, JOB_NAME);
  assert_true (pv_ipp_sweep (ipp, &n_left, NULL));
  assert_int_equal (n_left, 0);
  assert_int_equal (fake_ipp_count_unfinished (fake), 2);
}

static void
says_how_many_could_not_be_swept (void **state)
{
  g_autoptr (PvIpp) ipp = open_printer (fake_ipp_get_uri (fake));
  guint n_left = 7;

  (void) state;
  fake_ipp_add_job (fake, JOB_NAME);
  fake_ipp_set_mood (fake, FAKE_IPP_CANNOT_STOP);
  assert_true (pv_ipp_sweep (ipp, &n_left, NULL));
  assert_int_equal (n_left, 1);
}

static void
takes_up_the_connection_again (void **state)
{
  g_autoptr (PvIpp) ipp = open_printer (fake_ipp_get_uri (fake));
  g_autoptr (GBytes) pdf = render (PV_PRINT_MEDIA_A4);
  guint n_left = 7;
  int job = 0;

  (void) state;
  fake_ipp_set_mood (fake, FAKE_IPP_HANGS_UP_ON_PRINT);
  assert_false (pv_ipp_submit (ipp, pdf, PV_PRINT_MEDIA_A4, &job, NULL));
  fake_ipp_set_mood (fake, FAKE_IPP_ANSWERS);
  /* The printer has it, we have no number: the sweep finds it by its name. */
  assert_int_equal (fake_ipp_count_unfinished (fake), 1);
  assert_true (pv_ipp_sweep (ipp, &n_left, NULL));
  assert_int_equal (n_left, 0);
  assert_int_equal (fake_ipp_count_unfinished (fake), 0);
}

static void
refuses_what_is_no_document_or_no_printer (void **state)
{
  static const PvIppTarget targets[] = {
    { "http://localhost/printer", NULL, JOB_NAME, NULL },
    { "", NULL, JOB_NAME, NULL },
    { "file:///dev/usb/lp0", NULL, JOB_NAME, NULL },
    { NULL, NULL, JOB_NAME, NULL },
    { NULL, "two words", JOB_NAME, NULL },
    { NULL, "../admin", JOB_NAME, NULL },
  };
  g_autoptr (PvIpp) ipp = open_printer (fake_ipp_get_uri (fake));
  g_autoptr (GBytes) words = g_bytes_new_static ("Bonjour", 7);
  g_autoptr (GError) error = NULL;
  int job = 0;

  (void) state;
  assert_false (pv_ipp_submit (ipp, words, PV_PRINT_MEDIA_A4, &job, &error));
  assert_true (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_BAD_DATA));
  assert_int_equal (fake_ipp_count_unfinished (fake), 0);
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++) {
    g_autoptr (GError) refusal = NULL;
    assert_null (pv_ipp_new (&targets[i], &refusal));
    assert_true (g_error_matches (refusal, PV_PRINT_ERROR, PV_PRINT_ERROR_REFUSED));
  }
}

#define WITH_PRINTER(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_PRINTER (reads_state_and_reasons_of_a_printer),
    WITH_PRINTER (sends_the_whole_document_with_its_size_and_a_neutral_name),
    WITH_PRINTER (asks_for_a4_by_its_name),
    WITH_PRINTER (follows_a_job_to_its_end),
    WITH_PRINTER (names_what_failed_by_what_can_be_done),
    WITH_PRINTER (a_queue_that_breaks_off_has_refused_what_it_does_not_list),
    WITH_PRINTER (what_a_queue_calls_completed_is_believed_as_far_as_its_printer_proves_it),
    WITH_PRINTER (says_offline_when_nobody_listens),
    WITH_PRINTER (tells_a_forgotten_job_from_a_lost_connection),
    WITH_PRINTER (cancels_a_job_and_does_not_mind_one_that_is_over),
    WITH_PRINTER (sweeps_its_own_jobs_and_no_others),
    WITH_PRINTER (says_how_many_could_not_be_swept),
    WITH_PRINTER (takes_up_the_connection_again),
    WITH_PRINTER (refuses_what_is_no_document_or_no_printer),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
