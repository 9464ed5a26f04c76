/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl printer: with CUPS' own ippeveprinter, with none, and with the settings of CUPS as they are shipped. */
#include "tst.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "ippeve.h"
#include "private-cups.h"

typedef struct {
  char *folder, *cups;
  char *said;         /* (nullable): by the last run, on both outputs */
  const char *server; /* (nullable): a CUPS of the test's own */
} Fixture;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("pv-ctl-printer-XXXXXX", NULL);
  fixture->cups = g_build_filename (fixture->folder, "cups", NULL);
  g_mkdir (fixture->cups, 0700);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->cups);
  g_free (fixture->said);
  g_free (fixture);
  return 0;
}

static void
put (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  assert_int_equal (g_mkdir_with_parents (parent, 0700), 0);
  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_printer (Fixture *fixture, const char *lines)
{
  g_autofree char *text = g_strdup_printf ("[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\nmode=relay\n"
                                           "[paths]\nstate=%s/state\n[printer]\n%s\n",
                                           fixture->folder, lines);

  put (fixture->folder, "50-test.conf", text);
}

/* Its exit status; what it said is in fixture->said. */
static int
run (Fixture *fixture, const char *command, const char *option, const char *value)
{
  const char *const argv[] = {
    g_getenv ("PV_CTL_PROGRAM"), "--config", fixture->folder, "printer", command, option, value, NULL
  };
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GSubprocess) process = NULL;

  /* The CUPS of this machine is not the test's. */
  g_subprocess_launcher_setenv (launcher, "CUPS_SERVER",
                                fixture->server != NULL ? fixture->server : "/nonexistent/cups.sock", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, argv, NULL);
  assert_non_null (process);
  g_clear_pointer (&fixture->said, g_free);
  assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &fixture->said, NULL, NULL));
  assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static void
assert_said (Fixture *fixture, const char *words)
{
  if (strstr (fixture->said, words) == NULL)
    fail_msg ("\"%s\" is not in:\n%s", words, fixture->said);
}

static void
tells_how_the_printer_is_and_prints_a_sample (void **state)
{
  Fixture *fixture = *state;
  Ippeve *printer = ippeve_new ();
  g_autofree char *lines = NULL;
  g_autoptr (GBytes) printed = NULL;

  lines = g_strdup_printf ("uri=%s\nmedia=roll-80mm", ippeve_get_uri (printer));
  set_printer (fixture, lines);
  assert_int_equal (run (fixture, "status", NULL, NULL), 0);
  assert_said (fixture, "idle: the kiosk offers to print");
  assert_said (fixture, "application/pdf");
  assert_said (fixture, "79-81 x 50-600 mm");
  assert_int_equal (run (fixture, "test", NULL, NULL), 0);
  assert_said (fixture, "printed");
  printed = ippeve_read (printer, "job.pdf");
  assert_non_null (printed);
  ippeve_tell_engine (printer, "fail", "the knife is stuck");
  assert_int_equal (run (fixture, "test", NULL, NULL), 1);
  assert_said (fixture, "not printed");
  ippeve_free (printer);
}

static void
reads_by_which_key_the_printer_will_be_known (void **state)
{
  Fixture *fixture = *state;
  Ippeve *printer = ippeve_new ();
  g_autofree char *uri = ippeve_get_secure_uri (printer), *fingerprint = ippeve_get_fingerprint (printer);
  g_autofree char *lines = g_strdup_printf ("uri=%s", uri), *line = g_strdup_printf ("certificate=%s\n", fingerprint);

  set_printer (fixture, lines);
  assert_int_equal (run (fixture, "certificate", NULL, NULL), 0);
  assert_string_equal (fixture->said, line);
  assert_int_equal (run (fixture, "certificate", ippeve_get_uri (printer), NULL), 1);
  ippeve_kill (printer);
  assert_int_equal (run (fixture, "certificate", uri, NULL), 1);
  ippeve_free (printer);
}

/* CUPS does not look at a printer that has nothing to print. */
static void
tells_what_is_wrong_with_the_printer_behind_a_queue (void **state)
{
  Fixture *fixture = *state;
  Ippeve *printer = ippeve_new ();
  PrivateCups *cups;

  if (!private_cups_is_installed ()) {
    ippeve_free (printer);
    return;
  }
  cups = private_cups_new (ippeve_get_uri (printer));
  assert_non_null (cups);
  fixture->server = private_cups_get_socket (cups);
  set_printer (fixture, "queue=roll\nmedia=roll-80mm");
  assert_int_equal (run (fixture, "status", NULL, NULL), 0);
  assert_said (fixture, "idle: the kiosk offers to print");
  ippeve_tell_engine (printer, "reasons", "media-empty-report");
  assert_int_equal (run (fixture, "status", NULL, NULL), 1);
  assert_said (fixture, "idle: the kiosk does not offer to print");
  assert_said (fixture, "behind it there is no paper");
  ippeve_kill (printer);
  assert_int_equal (run (fixture, "status", NULL, NULL), 1);
  assert_said (fixture, "no connection to the printer");
  private_cups_free (cups);
  ippeve_free (printer);
}

static void
speaks_to_the_printer_of_the_settings_and_to_no_other (void **state)
{
  Fixture *fixture = *state;
  Ippeve *printer = ippeve_new ();
  g_autofree char *uri = ippeve_get_secure_uri (printer);
  g_autofree char *fingerprint = ippeve_get_fingerprint (printer);
  g_autofree char *lines = g_strdup_printf ("uri=%s\nmedia=roll-80mm\ncertificate=%s", uri, fingerprint);
  g_autoptr (GBytes) printed = NULL;

  set_printer (fixture, lines);
  assert_int_equal (run (fixture, "status", NULL, NULL), 0);
  assert_true (ippeve_change_certificate (printer));
  assert_int_equal (run (fixture, "status", NULL, NULL), 1);
  assert_said (fixture, "another certificate");
  assert_int_equal (run (fixture, "test", NULL, NULL), 1);
  assert_said (fixture, "another certificate");
  printed = ippeve_read (printer, "job.pdf");
  assert_null (printed);
  ippeve_free (printer);
}

static void
finds_the_queue_of_a_cups_and_prints_through_it (void **state)
{
  Fixture *fixture = *state;
  Ippeve *printer = ippeve_new ();
  PrivateCups *cups = private_cups_is_installed () ? private_cups_new (ippeve_get_uri (printer)) : NULL;
  g_autofree char *direct = g_strdup_printf ("  uri=%s\n", ippeve_get_uri (printer));

  set_printer (fixture, "queue=roll\nmedia=roll-80mm");
  if (cups != NULL) {
    fixture->server = private_cups_get_socket (cups);
    assert_int_equal (run (fixture, "list", NULL, NULL), 0);
    assert_said (fixture, direct);
    assert_said (fixture, "queue=roll\n");
    assert_int_equal (run (fixture, "status", NULL, NULL), 0);
    assert_int_equal (run (fixture, "test", NULL, NULL), 0);
    assert_said (fixture, "\nprinted\n");
    private_cups_free (cups);
  }
  ippeve_free (printer);
}

static void
says_which_paper_the_printer_lacks (void **state)
{
  Fixture *fixture = *state;
  Ippeve *printer = ippeve_new ();
  g_autofree char *lines = g_strdup_printf ("uri=%s\nmedia=a4", ippeve_get_uri (printer));

  set_printer (fixture, lines);
  assert_int_equal (run (fixture, "status", NULL, NULL), 1);
  assert_said (fixture, "[printer] media is a4, and the printer has no such paper");
  ippeve_free (printer);
}

static void
says_that_there_is_no_printer_or_that_it_does_not_answer (void **state)
{
  Fixture *fixture = *state;

  set_printer (fixture, "");
  assert_int_equal (run (fixture, "status", NULL, NULL), 1);
  assert_said (fixture, "[printer] uri and queue are not set");
  set_printer (fixture, "uri=ipp://127.0.0.1:1/ipp/print");
  assert_int_equal (run (fixture, "status", NULL, NULL), 1);
  assert_said (fixture, "no connection to the printer");
  assert_int_equal (run (fixture, "test", NULL, NULL), 1);
  assert_int_equal (run (fixture, "status", "now", NULL), 2);
}

static void
shows_the_pages_of_each_day (void **state)
{
  Fixture *fixture = *state;

  set_printer (fixture, "");
  assert_int_equal (run (fixture, "pages", NULL, NULL), 0);
  assert_said (fixture, "in all            0       0");
  put (fixture->folder, "state/printer/pages", "2026-11-29;12;9\n2026-11-30;4;2\n");
  assert_int_equal (run (fixture, "pages", NULL, NULL), 0);
  assert_said (fixture, "2026-11-29       12       9\n2026-11-30        4       2\nin all           16      11\n");
  assert_int_equal (run (fixture, "pages", "--csv", NULL), 0);
  assert_string_equal (fixture->said, "date;pages;jobs\n2026-11-29;12;9\n2026-11-30;4;2\n");
}

static char *
read_shipped (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("PV_SHIPPED_CUPS"), name, NULL);
  char *text = NULL;

  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static char *
replace (const char *text, const char *what, const char *with)
{
  g_auto (GStrv) parts = g_strsplit (text, what, -1);

  return g_strjoinv (with, parts);
}

static void
says_in_a_sentence_each_what_is_wrong_with_cups (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *cupsd = read_shipped ("cupsd.conf");
  g_autofree char *late = replace (cupsd, "MaxJobTime 120", "MaxJobTime 3h");

  set_printer (fixture, "queue=roll");
  put (fixture->cups, "cupsd.conf", cupsd);
  put (fixture->cups, "cups-files.conf", "RequestRoot /dev/shm\nCacheDir /dev/shm\n");
  put (fixture->cups, "printers.conf",
       "<Printer roll>\nDeviceURI ipp://192.0.2.7/ipp/print?contimeout=3\nErrorPolicy abort-job\n</Printer>\n");
  assert_int_equal (run (fixture, "check", "--cups", fixture->cups), 0);
  assert_string_equal (fixture->said, "CUPS is set up as it should be.\n");
  put (fixture->cups, "cupsd.conf", late);
  assert_int_equal (run (fixture, "check", "--cups", fixture->cups), 1);
  assert_string_equal (fixture->said,
                       "parvisctl: cupsd.conf: MaxJobTime 3h: a job may come out hours later, in front of "
                       "somebody else; write \"MaxJobTime 120\"\n");
  put (fixture->cups, "cupsd.conf", cupsd);
  put (fixture->cups, "cups-files.conf", "RequestRoot /proc\nCacheDir /dev/shm\n");
  assert_int_equal (run (fixture, "check", "--cups", fixture->cups), 1);
  assert_said (fixture, "RequestRoot /proc is on a disk");
}

/* The scheduler itself reads what is shipped, its folders put elsewhere. */
static void
cups_takes_the_shipped_files (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *cupsd = read_shipped ("cupsd.conf");
  g_autofree char *files = read_shipped ("cups-files.conf");
  g_autofree char *run_folder = g_build_filename (fixture->folder, "run", NULL);
  g_autofree char *cupsd_here = replace (cupsd, "/run/cups", run_folder);
  g_autofree char *files_here = replace (files, "/run/cups", run_folder);
  g_autofree char *cupsd_path = g_build_filename (fixture->cups, "cupsd.conf", NULL);
  g_autofree char *files_path = g_build_filename (fixture->cups, "cups-files.conf", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *said = NULL;

  if (!g_file_test ("/usr/sbin/cupsd", G_FILE_TEST_IS_EXECUTABLE))
    return;
  put (fixture->cups, "cupsd.conf", cupsd_here);
  put (fixture->cups, "cups-files.conf", files_here);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL, "/usr/sbin/cupsd",
                              "-t", "-c", cupsd_path, "-s", files_path, NULL);
  assert_non_null (process);
  assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, NULL));
  if (!g_subprocess_get_successful (process) || strstr (said, "cupsd.conf\" is OK") == NULL
      || strstr (said, "nknown") != NULL)
    fail_msg ("%s", said);
}

int
main (void)
{
#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    T (tells_how_the_printer_is_and_prints_a_sample),
    T (reads_by_which_key_the_printer_will_be_known),
    T (tells_what_is_wrong_with_the_printer_behind_a_queue),
    T (speaks_to_the_printer_of_the_settings_and_to_no_other),
    T (finds_the_queue_of_a_cups_and_prints_through_it),
    T (says_which_paper_the_printer_lacks),
    T (says_that_there_is_no_printer_or_that_it_does_not_answer),
    T (shows_the_pages_of_each_day),
    T (says_in_a_sentence_each_what_is_wrong_with_cups),
    T (cups_takes_the_shipped_files),
  };

  tst_init ();
  if (!ippeve_is_installed ()) {
    fputs ("1..0 # SKIP no ippeveprinter\n", stdout);
    return 0;
  }
  return cmocka_run_group_tests (tests, NULL, NULL);
}
