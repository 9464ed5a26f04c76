/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "ctl/printer-cups.h"

#include <string.h>

#define FINE_QUEUE                                                                                                     \
  "<Printer roll>\nDeviceURI ipp://192.0.2.7/ipp/print?contimeout=3\nAccepting Yes\nShared No\nErrorPolicy "           \
  "abort-job\n</Printer>\n"

static char *
read_shipped (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("PV_SHIPPED_CUPS"), name, NULL);
  char *text = NULL;

  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* How many findings begin with @start; all of them for "". */
static guint
count (const GPtrArray *findings, const char *start)
{
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    n += g_str_has_prefix (g_ptr_array_index (findings, i), start) ? 1 : 0;
  return n;
}

static void
finds_nothing_in_what_is_shipped (void **state)
{
  g_autofree char *cupsd = read_shipped ("cupsd.conf");
  g_autofree char *files = read_shipped ("cups-files.conf");
  g_autoptr (GPtrArray) findings = pv_cups_judge (&(PvCupsFiles){ cupsd, files, FINE_QUEUE }, "roll");
  g_autofree char *spool = pv_cups_get_folder (files, "RequestRoot");
  g_autofree char *cache = pv_cups_get_folder (files, "CacheDir");

  (void) state;
  assert_int_equal (findings->len, 0);
  assert_true (g_str_has_prefix (spool, "/run/"));
  assert_true (g_str_has_prefix (cache, "/run/"));
}

/* CUPS' own values, with which Debian installs it. */
static void
finds_what_is_wrong_where_nothing_is_said (void **state)
{
  static const char *const directives[] = { "PreserveJobFiles",   "PreserveJobHistory", "MaxJobTime",  "MaxHoldTime",
                                            "DirtyCleanInterval", "Browsing",           "WebInterface" };
  g_autoptr (GPtrArray) findings = pv_cups_judge (&(PvCupsFiles){ "", "", FINE_QUEUE }, "roll");

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (directives); i++) {
    g_autofree char *start = g_strdup_printf ("cupsd.conf: %s is not set: ", directives[i]);
    assert_int_equal (count (findings, start), 1);
  }
  assert_int_equal (findings->len, G_N_ELEMENTS (directives));
}

static void
finds_each_line_that_is_wrong_and_no_other (void **state)
{
  static const char *const wrong[] = {
    "PreserveJobFiles Yes",
    "PreserveJobFiles 60",
    "PreserveJobHistory Yes",
    "PreserveJobHistory No", /* nobody would see how a job ended */
    "PreserveJobHistory 1d",
    "MaxJobTime 0",
    "MaxJobTime 3h",
    "MaxHoldTime 0",
    "DirtyCleanInterval 30",
    "LogLevel debug",
    "LogLevel debug2",
    "PageLogFormat %p %u %j",
    "PageLogFormat %j %{job-name}",
    "Browsing On",
    "WebInterface Yes",
    "JobPrivateAccess all",
    "JobPrivateValues none",
    "Listen localhost:631",
    "Listen *:631",
    "Port 631",
    "\tbrowsing\tyes",
  };
  g_autofree char *cupsd = read_shipped ("cupsd.conf");

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *text = g_strconcat (cupsd, "\n", wrong[i], "\n", NULL);
    g_autoptr (GPtrArray) findings = pv_cups_judge (&(PvCupsFiles){ text, NULL, NULL }, "roll");

    if (findings->len != 1)
      fail_msg ("%s: %u findings", wrong[i], findings->len);
  }
}

static void
takes_the_last_word_and_no_comment (void **state)
{
  g_autofree char *cupsd = read_shipped ("cupsd.conf");
  g_autofree char *text = g_strconcat ("PreserveJobFiles Yes\nMaxJobTime 3h\n", cupsd,
                                       "# Browsing Yes\n   # Listen *:631\nMaxJobTime 2m\n", NULL);
  g_autoptr (GPtrArray) findings = pv_cups_judge (&(PvCupsFiles){ text, NULL, NULL }, NULL);

  (void) state;
  assert_int_equal (findings->len, 0);
}

static void
finds_what_is_wrong_with_the_queue (void **state)
{
  static const struct {
    const char *printers;
    guint n;
  } rows[] = {
    { FINE_QUEUE, 0 },
    { "", 1 },
    { "<Printer rolls>\nDeviceURI ipp://a/\n</Printer>\n", 1 }, /* another one */
    { "<DefaultPrinter roll>\nDeviceURI usb://a/b\nErrorPolicy abort-job\n</DefaultPrinter>\n", 0 },
    { "<Printer roll>\nDeviceURI ipp://a/?contimeout=3\nErrorPolicy stop-printer\n</Printer>\n", 1 },
    { "<Printer roll>\nDeviceURI ipp://a/?contimeout=3\n</Printer>\n", 1 },
    { "<Printer roll>\nDeviceURI ipp://a/\nErrorPolicy abort-job\n</Printer>\n", 1 },
    { "<Printer roll>\nDeviceURI socket://a?contimeout=604800\nErrorPolicy abort-job\n</Printer>\n", 1 },
    { "<Printer roll>\nDeviceURI ipp://a/?contimeout=3\nErrorPolicy abort-job\nShared Yes\n</Printer>\n", 1 },
    { "<Printer roll>\nDeviceURI ipp://a/?contimeout=3\nErrorPolicy abort-job\nAccepting No\n</Printer>\n", 1 },
    /* What is said of another queue counts for that one. */
    { "<Printer a4>\nDeviceURI ipp://a/\nErrorPolicy retry-job\nShared Yes\n</Printer>\n" FINE_QUEUE, 0 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) findings = pv_cups_judge (&(PvCupsFiles){ NULL, NULL, rows[i].printers }, "roll");

    if (findings->len != rows[i].n)
      fail_msg ("row %" G_GSIZE_FORMAT ": %u findings", i, findings->len);
  }
}

static void
says_nothing_of_what_it_did_not_read (void **state)
{
  g_autoptr (GPtrArray) findings = pv_cups_judge (&(PvCupsFiles){ NULL, NULL, NULL }, "roll");
  g_autofree char *spool = pv_cups_get_folder ("", "RequestRoot");

  (void) state;
  assert_int_equal (findings->len, 0);
  assert_string_equal (spool, "/var/spool/cups");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (finds_nothing_in_what_is_shipped),
    cmocka_unit_test (finds_what_is_wrong_where_nothing_is_said),
    cmocka_unit_test (finds_each_line_that_is_wrong_and_no_other),
    cmocka_unit_test (takes_the_last_word_and_no_comment),
    cmocka_unit_test (finds_what_is_wrong_with_the_queue),
    cmocka_unit_test (says_nothing_of_what_it_did_not_read),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
