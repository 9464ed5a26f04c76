/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What many citizens leave behind who printed one after the other: through a CUPS that is told to keep documents, and
 * directly. Everything that this test and all of its processes write is below one folder, which is searched. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/printer/child.h"
#include "kiosk/printer/pseudonym.h"
#include "print/page-count.h"
#include "print/pdf-file.h"
#include "print/receipt-pdf.h"

#include "printer-rig.h"

#include "ipp-printer.h"
#include "ippeve.h"
#include "private-cups.h"
#include "sample.h"

/* In the title of each receipt, which a PDF has in clear. */
#define WORD "MOTDUCITOYEN"

enum { SAMPLE = 10, ALL = 200, PIECE_BYTES = 24, PIECES_EACH = 3, HISTORY_MS = 5000 };

static char *root; /* TMPDIR and HOME of everything */

static guint
count_sessions (void)
{
  return g_getenv ("PV_TEST_FULL") != NULL ? ALL : SAMPLE;
}

static char *
make_session (void)
{
  return g_strdup_printf ("%08x%08x%08x%08x", g_random_int (), g_random_int (), g_random_int (), g_random_int ());
}

static GBytes *
render_with_word (guint number)
{
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);
  g_autofree char *title = g_strdup_printf (WORD "%u", number);
  g_autofree char *reference = g_strdup_printf ("%u-%u", g_random_int (), number);
  GBytes *pdf;

  receipt.title = title;
  receipt.reference = reference;
  pdf = pv_receipt_render_pdf (&receipt, PV_PRINT_MEDIA_ROLL_80MM, NULL);
  sample_clear (&receipt);
  assert_non_null (pdf);
  return pdf;
}

/* What of a document is looked for: its word, and bytes from its compressed insides. */
static void
note_pieces (GPtrArray *pieces, GBytes *pdf)
{
  g_autoptr (GBytes) sent = pv_pdf_file_finish (pdf, "fr", NULL);
  gsize size = g_bytes_get_size (sent);

  assert_non_null (sent);
  for (gsize i = 1; i <= PIECES_EACH; i++)
    g_ptr_array_add (pieces, g_bytes_new_from_bytes (sent, size * i / (PIECES_EACH + 1), PIECE_BYTES));
}

static gboolean
holds (const char *data, gsize size, const void *piece, gsize piece_size)
{
  return memmem (data, size, piece, piece_size) != NULL;
}

/* Files below @path that hold something of a document. The printers' own folders are the printers' business. */
static guint
search (const char *path, const GPtrArray *pieces, GString *where)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    g_autofree char *data = NULL;
    gboolean is_held;
    gsize size;

    if (g_str_has_prefix (name, "pv-ippeve-"))
      continue;
    if (g_file_test (inner, G_FILE_TEST_IS_DIR)) {
      n += search (inner, pieces, where);
      continue;
    }
    if (!g_file_test (inner, G_FILE_TEST_IS_REGULAR) || !g_file_get_contents (inner, &data, &size, NULL))
      continue;
    is_held = holds (data, size, WORD, strlen (WORD));
    for (guint i = 0; i < pieces->len && !is_held; i++) {
      GBytes *piece = g_ptr_array_index (pieces, i);
      is_held = holds (data, size, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece));
    }
    if (is_held) {
      n++;
      g_string_append_printf (where, "%s\n", inner);
    }
  }
  return n;
}

static void
assert_nothing_left (const GPtrArray *pieces)
{
  g_autoptr (GString) where = g_string_new (NULL);

  if (search (root, pieces, where) > 0)
    fail_msg ("left in:\n%s", where->str);
}

/* One citizen. */
static void
print_and_leave (Kiosk *kiosk, guint number, GPtrArray *pieces)
{
  g_autoptr (GBytes) pdf = render_with_word (number);
  g_autofree char *session = make_session ();

  note_pieces (pieces, pdf);
  g_array_set_size (kiosk->told, 0);
  assert_true (wait_until_available (kiosk, TRUE));
  print_bytes (kiosk, session, "fr", pdf, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_DONE, WAIT_MS));
  assert_true (end_session (kiosk, session));
}

static void
assert_counted (Kiosk *kiosk, guint n_jobs)
{
  g_autofree char *path = g_build_filename (kiosk->folder, "state", PV_PAGE_COUNT_FILE, NULL);
  g_autoptr (GArray) days = pv_page_count_read (path, NULL);
  guint n_pages = 0, n = 0;

  assert_non_null (days);
  for (guint i = 0; i < days->len; i++) { /* two at midnight */
    n_pages += g_array_index (days, PvPageDay, i).n_pages;
    n += g_array_index (days, PvPageDay, i).n_jobs;
  }
  assert_int_equal (n, n_jobs);
  assert_int_equal (n_pages, n_jobs);
}

/* What a program says; the test fails if it cannot. (transfer full) */
static char *
ask_cups (const PrivateCups *cups, const char *command)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  char *said = NULL;

  g_subprocess_launcher_setenv (launcher, "CUPS_SERVER", private_cups_get_socket (cups), TRUE);
  process = g_subprocess_launcher_spawn (launcher, NULL, "sh", "-c", command, NULL);
  assert_non_null (process);
  assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, NULL));
  assert_true (g_subprocess_get_successful (process));
  return said;
}

/* Of a job that was cancelled in the middle, CUPS may list the number for a moment, when all of its files are gone. */
static void
assert_no_history (const PrivateCups *cups)
{
  gint64 end = g_get_monotonic_time () + HISTORY_MS * G_TIME_SPAN_MILLISECOND;
  g_autofree char *jobs = ask_cups (cups, "lpstat -W all -o");

  while (*jobs != '\0' && g_get_monotonic_time () < end) {
    g_free (jobs);
    jobs = ask_cups (cups, "lpstat -W all -o");
  }
  assert_string_equal (jobs, "");
}

static guint
count_jobs_in_cache (const PrivateCups *cups)
{
  g_autofree char *path = g_build_filename (private_cups_get_folder (cups), "cache", "job.cache", NULL);
  g_autofree char *text = NULL;
  guint n = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    for (const char *at = text; (at = strstr (at, "<Job ")) != NULL; at++)
      n++;
  return n;
}

static void
sessions_through_cups_leave_nothing (void **state)
{
  Ippeve *printer = ippeve_new ();
  PrivateCups *cups = private_cups_new (ippeve_get_uri (printer));
  Kiosk *kiosk = kiosk_new ("queue=roll\nmedia=roll-80mm", private_cups_get_socket (cups));
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  (void) state;
  for (guint i = 0; i < count_sessions (); i++)
    print_and_leave (kiosk, i, pieces);
  assert_no_history (cups);
  assert_nothing_left (pieces);
  assert_counted (kiosk, count_sessions ());
  /* CUPS writes its history when it ends. */
  kiosk_free (kiosk);
  private_cups_stop (cups);
  assert_nothing_left (pieces);
  assert_int_equal (count_jobs_in_cache (cups), 0);
  private_cups_free (cups);
  ippeve_free (printer);
}

static void
sessions_that_print_directly_leave_nothing (void **state)
{
  Ippeve *printer = ippeve_new ();
  Kiosk *kiosk = kiosk_new_for_uri (ippeve_get_uri (printer));
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  (void) state;
  for (guint i = 0; i < count_sessions (); i++)
    print_and_leave (kiosk, i, pieces);
  assert_nothing_left (pieces);
  assert_counted (kiosk, count_sessions ());
  kiosk_free (kiosk);
  ippeve_free (printer);
}

/* The newest document at the printer is that of citizen @number: its first page says so. */
static void
assert_paper_of (Ippeve *printer, guint number)
{
  static const char *const argv[] = { "pdftotext", "-", "-", NULL };
  g_autoptr (GBytes) paper = ippeve_read (printer, "job.pdf");
  g_autoptr (GBytes) said = NULL;
  g_autofree char *text = NULL, *word = g_strdup_printf (WORD "%u\n", number);

  assert_non_null (paper);
  said = sample_run (argv, paper);
  assert_non_null (said);
  text = g_strndup (g_bytes_get_data (said, NULL), g_bytes_get_size (said));
  assert_non_null (strstr (text, word));
}

/* One whose session ends while the paper is on its way: at once, when the service says that it prints, or when the engine has it. */
static void
leave_while_printing (Kiosk *kiosk, Ippeve *printer, guint number, GPtrArray *pieces)
{
  g_autoptr (GBytes) pdf = render_with_word (number);
  g_autofree char *session = make_session ();
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  GBytes *begun = NULL;

  note_pieces (pieces, pdf);
  g_array_set_size (kiosk->told, 0);
  assert_true (wait_until_available (kiosk, TRUE));
  ippeve_tell_engine (printer, "half", NULL);
  ippeve_tell_engine (printer, "hold", "");
  print_bytes (kiosk, session, "fr", pdf, NULL);
  if (number % 3 > 0)
    assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  while (number % 3 > 1 && begun == NULL && g_get_monotonic_time () < end) {
    begun = ippeve_read (printer, "half");
    g_usleep (2000);
  }
  assert_true (number % 3 < 2 || begun != NULL);
  if (begun != NULL)
    g_bytes_unref (begun);
  /* Within 3 s; or it says that it cannot be sure, and nobody prints until it is. */
  if (!end_session (kiosk, session)) {
    assert_true (wait_until_available (kiosk, FALSE));
    assert_true (wait_until_available (kiosk, TRUE));
  }
  /* ippeveprinter begins a job that was cancelled in the moment before; its engine then does not. */
  end = g_get_monotonic_time () + END_MS * G_TIME_SPAN_MILLISECOND;
  while (ippeve_count_jobs (printer, "", NULL) > 0 && g_get_monotonic_time () < end)
    g_usleep (20000);
  assert_int_equal (ippeve_count_jobs (printer, "", NULL), 0);
  ippeve_tell_engine (printer, "hold", NULL);
}

/* Every other citizen leaves while the paper is on its way; nothing of them comes out for the next one. */
static void
nothing_of_who_left_comes_out_for_the_next (Kiosk *kiosk, Ippeve *printer, const char *way)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  guint n = count_sessions ();

  for (guint i = 0; i < n; i++) {
    leave_while_printing (kiosk, printer, i, pieces);
    print_and_leave (kiosk, n + i, pieces);
    assert_int_equal (ippeve_count_sheets (printer), i + 1);
    assert_paper_of (printer, n + i);
    assert_int_equal (ippeve_count_jobs (printer, "", NULL), 0);
  }
  assert_nothing_left (pieces);
  assert_counted (kiosk, n);
  printf ("# %s: %u sessions ended while they printed, %u printed after them: %u sheets came out, each of who waited "
          "for it; 0 jobs "
          "left\n",
          way, n, n, ippeve_count_sheets (printer));
}

static void
who_leaves_while_printing_directly_leaves_nothing_to_the_next (void **state)
{
  Ippeve *printer = ippeve_new ();
  Kiosk *kiosk = kiosk_new_for_uri (ippeve_get_uri (printer));

  (void) state;
  nothing_of_who_left_comes_out_for_the_next (kiosk, printer, "direct");
  kiosk_free (kiosk);
  ippeve_free (printer);
}

static void
who_leaves_while_printing_through_cups_leaves_nothing_to_the_next (void **state)
{
  Ippeve *printer = ippeve_new ();
  PrivateCups *cups = private_cups_new (ippeve_get_uri (printer));
  Kiosk *kiosk = kiosk_new ("queue=roll\nmedia=roll-80mm", private_cups_get_socket (cups));

  (void) state;
  nothing_of_who_left_comes_out_for_the_next (kiosk, printer, "queue");
  assert_no_history (cups);
  kiosk_free (kiosk);
  private_cups_stop (cups);
  assert_int_equal (count_jobs_in_cache (cups), 0);
  private_cups_free (cups);
  ippeve_free (printer);
}

/* Or the search could find nothing. Also: what has not begun to come out never does. */
static void
the_search_finds_a_receipt_that_waits_and_none_once_the_session_has_ended (void **state)
{
  Ippeve *printer = ippeve_new ();
  PrivateCups *cups = private_cups_new (ippeve_get_uri (printer));
  Kiosk *kiosk = kiosk_new ("queue=roll\nmedia=roll-80mm", private_cups_get_socket (cups));
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GBytes) pdf = render_with_word (0);
  g_autoptr (GString) by_word = g_string_new (NULL);
  g_autofree char *stopped = NULL, *enabled = NULL;

  (void) state;
  note_pieces (pieces, pdf);
  assert_true (wait_until_available (kiosk, TRUE));
  stopped = ask_cups (cups, "cupsdisable roll");
  print_bytes (kiosk, SESSION, "fr", pdf, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_ATTENTION, WAIT_MS));
  assert_true (end_session (kiosk, SESSION));
  ippeve_tell_engine (printer, "hold", "");
  enabled = ask_cups (cups, "cupsenable roll");
  assert_no_history (cups);
  assert_true (wait_until_available (kiosk, TRUE));
  g_array_set_size (kiosk->told, 0);
  print_bytes (kiosk, NEXT_SESSION, "fr", pdf, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  assert_true (search (root, pieces, by_word) > 0);
  assert_true (end_session (kiosk, NEXT_SESSION));
  assert_nothing_left (pieces);
  assert_no_history (cups);
  ippeve_tell_engine (printer, "hold", NULL);
  kiosk_free (kiosk);
  private_cups_free (cups);
  ippeve_free (printer);
}

static char *
get_user (FakeIpp *printer)
{
  char *user = fake_ipp_get_asked (printer, "requesting-user-name");

  assert_non_null (user);
  return user;
}

static void
print_for (Kiosk *kiosk, FakeIpp *printer, const char *session)
{
  g_array_set_size (kiosk->told, 0);
  assert_true (wait_until_available (kiosk, TRUE));
  print_receipt (kiosk, session, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  fake_ipp_set_job (printer, 9, "job-completed-successfully");
  assert_true (wait_for_state (kiosk, PV_PRINT_DONE, WAIT_MS));
}

static void
a_printer_is_told_another_name_for_each_session_and_one_title_for_all (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));
  g_autofree char *first = NULL, *again = NULL, *other = NULL, *title = NULL, *other_title = NULL, *written = NULL;
  g_autofree char *folder = g_build_filename (kiosk->folder, "state", NULL);

  (void) state;
  print_for (kiosk, printer, SESSION);
  first = get_user (printer);
  title = fake_ipp_get_asked (printer, "job-name");
  print_for (kiosk, printer, SESSION);
  again = get_user (printer);
  assert_true (end_session (kiosk, SESSION));
  print_for (kiosk, printer, NEXT_SESSION);
  other = get_user (printer);
  other_title = fake_ipp_get_asked (printer, "job-name");
  assert_string_equal (first, again);
  assert_string_not_equal (first, other);
  assert_string_equal (title, other_title);
  assert_true (g_str_has_prefix (first, "parvis-"));
  assert_null (strstr (SESSION, first + strlen ("parvis-")));
  /* What the next service sweeps by. */
  written = pv_pseudonym_recall (folder);
  assert_string_equal (written, other);
  kiosk_free (kiosk);
  fake_ipp_free (printer);
}

static void
a_name_that_cannot_be_written_down_is_not_used (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));
  g_autofree char *in_the_way = g_build_filename (kiosk->folder, "state", NULL);
  g_autofree char *user = NULL;

  (void) state;
  assert_true (g_file_set_contents (in_the_way, "", -1, NULL));
  print_for (kiosk, printer, SESSION);
  user = get_user (printer);
  assert_string_equal (user, "parvis");
  g_unlink (in_the_way);
  kiosk_free (kiosk);
  fake_ipp_free (printer);
}

/* The session ends while the printer has the document and says nothing; it makes a job of it when nobody waits any more. */
static void
a_document_that_was_under_way_is_looked_for_again (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));
  g_autofree char *name = pv_printer_child_job_name ();

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  fake_ipp_set_mood (printer, FAKE_IPP_IS_MUTE_ON_PRINT);
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_SENDING, WAIT_MS));
  while (fake_ipp_get_document_size (printer) == 0)
    g_main_context_iteration (NULL, FALSE);
  /* It lists no job, which proves nothing. */
  assert_false (end_session (kiosk, SESSION));
  assert_true (wait_until_available (kiosk, FALSE));
  fake_ipp_add_job (printer, name);
  assert_true (wait_until_available (kiosk, TRUE));
  assert_int_equal (fake_ipp_count_unfinished (printer), 0);
  kiosk_free (kiosk);
  fake_ipp_free (printer);
}

/* The service's child that runs with "--job", or 0; two of them fail the test. */
static int
find_job_child (Kiosk *kiosk)
{
  const char *parent = g_subprocess_get_identifier (kiosk->process);
  g_autoptr (GDir) folder = g_dir_open ("/proc", 0, NULL);
  int found = 0;

  for (const char *name; (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *stat_path = g_build_filename ("/proc", name, "stat", NULL);
    g_autofree char *words_path = g_build_filename ("/proc", name, "cmdline", NULL);
    g_autofree char *stat = NULL, *words = NULL;
    g_auto (GStrv) fields = NULL;
    gsize size = 0;

    if (!g_ascii_isdigit (*name) || !g_file_get_contents (stat_path, &stat, NULL, NULL)
        || !g_file_get_contents (words_path, &words, &size, NULL) || strrchr (stat, ')') == NULL)
      continue;
    fields = g_strsplit (strrchr (stat, ')') + 2, " ", 3); /* state, parent */
    if (g_strcmp0 (fields[1], parent) != 0 || !holds (words, size, "--job", strlen ("--job") + 1))
      continue;
    assert_int_equal (found, 0);
    found = (int) g_ascii_strtoll (name, NULL, 10);
  }
  return found;
}

static int
wait_for_job_child (Kiosk *kiosk)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  int child = 0;

  while ((child = find_job_child (kiosk)) == 0 && g_get_monotonic_time () < end)
    g_usleep (5000);
  assert_true (child > 0);
  return child;
}

static void
a_job_is_done_by_the_child_that_waits_and_the_next_by_another (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));
  int first, next;

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  first = wait_for_job_child (kiosk);
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  assert_int_equal (find_job_child (kiosk), first);
  fake_ipp_set_job (printer, 9, "job-completed-successfully");
  assert_true (wait_for_state (kiosk, PV_PRINT_DONE, WAIT_MS));
  next = wait_for_job_child (kiosk);
  assert_int_not_equal (next, first);
  kiosk_free (kiosk);
  fake_ipp_free (printer);
}

static void
prints_when_the_child_that_waited_is_dead (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  assert_int_equal (kill (wait_for_job_child (kiosk), SIGKILL), 0);
  print_for (kiosk, printer, SESSION);
  assert_true (end_session (kiosk, SESSION));
  kiosk_free (kiosk);
  fake_ipp_free (printer);
}

/* Power off in the midst of a job: neither the child nor the service cancels anything. */
static void
assert_found_by_the_next_service (FakeIppMood mood)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));
  int child;

  fake_ipp_set_mood (printer, mood);
  assert_true (wait_until_available (kiosk, TRUE));
  child = wait_for_job_child (kiosk);
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  assert_int_equal (find_job_child (kiosk), child);
  kill (child, SIGSTOP);
  g_subprocess_force_exit (kiosk->process);
  kill (child, SIGKILL);
  assert_int_equal (fake_ipp_count_unfinished (printer), 1);
  kiosk_restart (kiosk);
  assert_true (wait_until_available (kiosk, TRUE));
  assert_int_equal (fake_ipp_count_unfinished (printer), 0);
  kiosk_free (kiosk);
  fake_ipp_free (printer);
}

static void
the_next_service_cancels_what_a_crash_left_also_where_only_its_owner_may (void **state)
{
  (void) state;
  assert_found_by_the_next_service (FAKE_IPP_ANSWERS);
  assert_found_by_the_next_service (FAKE_IPP_KEEPS_SECRETS);
}

static void
the_child_that_waits_ends_with_a_service_that_is_killed (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  int child;

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  child = wait_for_job_child (kiosk);
  g_subprocess_force_exit (kiosk->process);
  while (kill (child, 0) == 0 && g_get_monotonic_time () < end)
    g_usleep (5000);
  assert_int_not_equal (kill (child, 0), 0);
  kiosk_restart (kiosk);
  kiosk_free (kiosk);
  fake_ipp_free (printer);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_printer_is_told_another_name_for_each_session_and_one_title_for_all),
    cmocka_unit_test (a_name_that_cannot_be_written_down_is_not_used),
    cmocka_unit_test (a_document_that_was_under_way_is_looked_for_again),
    cmocka_unit_test (a_job_is_done_by_the_child_that_waits_and_the_next_by_another),
    cmocka_unit_test (prints_when_the_child_that_waited_is_dead),
    cmocka_unit_test (the_next_service_cancels_what_a_crash_left_also_where_only_its_owner_may),
    cmocka_unit_test (the_child_that_waits_ends_with_a_service_that_is_killed),
    cmocka_unit_test (sessions_that_print_directly_leave_nothing),
    cmocka_unit_test (the_search_finds_a_receipt_that_waits_and_none_once_the_session_has_ended),
    cmocka_unit_test (sessions_through_cups_leave_nothing),
    cmocka_unit_test (who_leaves_while_printing_directly_leaves_nothing_to_the_next),
    cmocka_unit_test (who_leaves_while_printing_through_cups_leaves_nothing_to_the_next),
  };
  int status;

  tst_init ();
  if (!ippeve_is_installed () || !private_cups_is_installed ()) {
    fputs ("1..0 # SKIP no CUPS with its filters\n", stdout);
    return 0;
  }
  /* GLib asks for TMPDIR once only, so not by g_dir_make_tmp(). */
  root = g_strdup_printf ("%s/pv-sessions-XXXXXX", g_getenv ("TMPDIR") != NULL ? g_getenv ("TMPDIR") : "/tmp");
  if (g_mkdtemp (root) == NULL)
    return 1;
  /* The scheduler's own login goes through it. */
  g_chmod (root, 0711);
  g_setenv ("TMPDIR", root, TRUE);
  g_setenv ("HOME", root, TRUE);
  status = cmocka_run_group_tests (tests, NULL, NULL);
  tst_remove_folder (root);
  g_free (root);
  return status;
}
