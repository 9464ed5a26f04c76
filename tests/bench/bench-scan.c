/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-scan: what scanning five pages costs in memory, in this process, in parvis-decode and in memory files; and when the
 * first piece of a page can be seen. SANE's test backend, A4, 200 dpi, grey, with the pace of a scanner. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bench.h"
#include "link/scan.h"

enum { PAGES = 5, WAIT_MS = 120 * 1000 };

typedef struct Scan {
  PvScan *scan;
  gboolean is_settled;
  gint64 first_picture; /* of the page, 0: none yet */
  PvDecoded *picture;
  gsize document_bytes;
  double files_mb;  /* at most, in memory files of ours */
  double parent_mb; /* at most, proportional */
} Scan;

static void
fail (const char *what)
{
  fprintf (stderr, "bench-scan: %s\n", what);
  exit (EXIT_FAILURE);
}

/* What this process holds in files that are not mapped: its descriptors. */
static double
measure_files (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  double bytes = 0;

  for (const char *name; (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *path = g_build_filename ("/proc/self/fd", name, NULL);
    g_autofree char *target = g_file_read_link (path, NULL);
    g_autoptr (GMappedFile) file = NULL;

    if (target == NULL || !g_str_has_prefix (target, "/memfd:"))
      continue;
    file = g_mapped_file_new_from_fd (atoi (name), FALSE, NULL);
    bytes += file != NULL ? (double) g_mapped_file_get_length (file) : 0;
  }
  return bytes / 1e6;
}

static void
look (Scan *scan)
{
  double private_mb, pss_mb;

  if (!bench_get_memory ((guint) getpid (), &private_mb, &pss_mb))
    fail ("no memory of this process");
  scan->parent_mb = MAX (scan->parent_mb, pss_mb);
  scan->files_mb = MAX (scan->files_mb, measure_files ());
}

static void
report_cb (const PvCaptureReport *report, gpointer user_data)
{
  Scan *scan = user_data;

  look (scan);
  if (report->state == PV_CAPTURE_FAILED)
    fail ("the scanner fails");
  if (report->state == PV_CAPTURE_READY || report->state == PV_CAPTURE_PAGE)
    scan->is_settled = TRUE;
}

static void
picture_cb (PvDecoded *picture, gpointer user_data)
{
  Scan *scan = user_data;

  if (scan->first_picture == 0)
    scan->first_picture = g_get_monotonic_time ();
  pv_decoded_free (scan->picture);
  scan->picture = picture;
}

static void
document_cb (PvDocument *document, gpointer user_data)
{
  Scan *scan = user_data;

  scan->document_bytes = g_bytes_get_size (document->content);
  look (scan);
  scan->is_settled = TRUE;
}

static void
wait_settled (Scan *scan)
{
  if (!bench_pump_until (&scan->is_settled, WAIT_MS))
    fail ("nothing comes");
  scan->is_settled = FALSE;
}

static char *
make_settings (void)
{
  char *folder = g_dir_make_tmp ("parvis-bench-scan-XXXXXX", NULL);
  g_autofree char *dll = g_build_filename (folder, "dll.conf", NULL);
  g_autofree char *test = g_build_filename (folder, "test.conf", NULL);

  g_file_set_contents (dll, "test\n", -1, NULL);
  g_file_set_contents (test,
                       "number_of_devices 1\ngeometry_max 300.0\ntest-picture \"Color pattern\"\nread-delay true\n"
                       "read-delay-duration 20000\n",
                       -1, NULL);
  g_setenv ("SANE_CONFIG_DIR", folder, TRUE);
  return folder;
}

static void
remove_settings (const char *folder)
{
  g_autofree char *dll = g_build_filename (folder, "dll.conf", NULL);
  g_autofree char *test = g_build_filename (folder, "test.conf", NULL);

  unlink (dll);
  unlink (test);
  rmdir (folder);
}

int
main (void)
{
  static const PvScanEvents events = { report_cb, picture_cb, document_cb };
  const char *program = g_getenv ("PV_DECODE_PROGRAM");
  g_autofree char *folder = NULL;
  g_autoptr (PvCaptureRules) rules = pv_capture_rules_new ("document");
  struct rusage children;
  double private_mb, before_mb, child_mb, first_ms = 0, page_ms = 0;
  Scan scan = { 0 };

  if (g_strcmp0 (g_getenv ("PV_BENCH_SANITIZED"), "yes") == 0)
    return 77;
  folder = make_settings ();
  scan.scan = pv_scan_open (program, "auto", rules, &events, &scan);
  wait_settled (&scan);
  if (!bench_get_memory ((guint) getpid (), &private_mb, &before_mb))
    fail ("no memory of this process");
  for (guint i = 0; i < PAGES; i++) {
    const gint64 start = g_get_monotonic_time ();

    scan.first_picture = 0;
    pv_scan_take_page (scan.scan);
    wait_settled (&scan);
    first_ms = MAX (first_ms, (double) (scan.first_picture - start) / 1000);
    page_ms = MAX (page_ms, (double) (g_get_monotonic_time () - start) / 1000);
    bench_pump (300); /* for the picture of the page */
  }
  pv_scan_finish (scan.scan);
  wait_settled (&scan);
  pv_scan_free (scan.scan);
  pv_decoded_free (scan.picture);
  remove_settings (folder);
  if (getrusage (RUSAGE_CHILDREN, &children) != 0)
    fail ("no memory of the children");
  child_mb = (double) children.ru_maxrss * 1024 / 1e6;
  bench_figure ("scan of five pages, additional memory of the session", scan.parent_mb - before_mb, "MB", NULL,
                BENCH_NO_GOAL);
  bench_figure ("scan of five pages, in memory files", scan.files_mb, "MB", NULL, BENCH_NO_GOAL);
  bench_figure ("scan of five pages, largest child with all its libraries", child_mb, "MB", NULL, BENCH_NO_GOAL);
  bench_figure ("scan of five pages, additional memory in all", scan.parent_mb - before_mb + scan.files_mb + child_mb,
                "MB", NULL, 64);
  bench_figure ("scan of five pages, the document", (double) scan.document_bytes / 1e6, "MB", NULL, BENCH_NO_GOAL);
  bench_figure ("scan, first piece of a page on the screen, latest", first_ms, "ms", NULL, BENCH_NO_GOAL);
  bench_figure ("scan, whole page, slowest", page_ms, "ms", NULL, BENCH_NO_GOAL);
  return EXIT_SUCCESS;
}
