/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-print: from the press to the document's first byte at the printer, by the printer service and by two bare clients of
 * libcups, in turn: a small program that is started at the press, as lp is, and one that has been running all the while, in
 * this process. Directly and through a queue of a CUPS of its own. The printer is CUPS' ippeveprinter; a tap before it notes
 * the byte, on all sides alike. */

#include <cups/cups.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-print-tap.h"
#include "bench.h"
#include "print/pdf-file.h"
#include "printer-rig.h"

#include "ippeve.h"
#include "private-cups.h"

enum { TIMES = 20, WARM_UP = 2, BYTE_MS = 20000, SETTLE_US = 100000 };

typedef struct Bench {
  Ippeve *printer;
  PrivateCups *cups; /* (nullable): through a queue */
  BenchTap *tap;
  Kiosk *kiosk;
  char *uri, *file;        /* of the printer behind the tap; of the document */
  char *media, *media_col; /* the document's size for CUPS, and for the printer */
  GBytes *pdf;
} Bench;

static void
die (const char *what)
{
  fprintf (stderr, "bench-print: %s\n", what);
  exit (EXIT_FAILURE);
}

static double
wait_first_byte (Bench *bench, gint64 press_us)
{
  gint64 first_us = bench_tap_wait (bench->tap, BYTE_MS);

  if (first_us == 0)
    die ("no document came");
  return (double) (first_us - press_us) / 1000;
}

/* The session's side of it: its document, the call, the socket, the service and its child. */
static double
press_kiosk (Bench *bench)
{
  g_autofree char *session =
    g_strdup_printf ("%08x%08x%08x%08x", g_random_int (), g_random_int (), g_random_int (), g_random_int ());
  gint64 press_us;
  double ms;

  if (!wait_until_available (bench->kiosk, TRUE))
    die ("the printer service offers no printer");
  g_array_set_size (bench->kiosk->told, 0);
  bench_tap_reset (bench->tap);
  press_us = g_get_monotonic_time ();
  print_bytes (bench->kiosk, session, "fr", bench->pdf, NULL);
  ms = wait_first_byte (bench, press_us);
  if (!wait_for_state (bench->kiosk, PV_PRINT_DONE, BYTE_MS))
    die ("it was not printed");
  end_session (bench->kiosk, session);
  return ms;
}

static void
write_document (Bench *bench, http_t *http)
{
  if (cupsWriteRequestData (http, g_bytes_get_data (bench->pdf, NULL), g_bytes_get_size (bench->pdf))
      != HTTP_STATUS_CONTINUE)
    die ("the bare client cannot send");
}

/* What a program has to do that knows an address and uses libcups as its manual says. */
static int
send_to_printer (Bench *bench)
{
  cups_dest_t *dest = cupsGetDestWithURI ("roll", bench->uri);
  http_t *http = cupsConnectDest (dest, CUPS_DEST_FLAGS_DEVICE, 5000, NULL, NULL, 0, NULL, NULL);
  cups_dinfo_t *info = cupsCopyDestInfo (http, dest);
  cups_option_t *options = NULL;
  int n_options = cupsAddOption ("media-col", bench->media_col, 0, &options), job = 0;

  if (http == NULL || info == NULL
      || cupsCreateDestJob (http, dest, info, &job, "bench", n_options, options) != IPP_STATUS_OK
      || cupsStartDestDocument (http, dest, info, job, "bench", CUPS_FORMAT_PDF, 0, NULL, 1) != HTTP_STATUS_CONTINUE)
    die ("the bare client cannot begin");
  write_document (bench, http);
  if (cupsFinishDestDocument (http, dest, info) != IPP_STATUS_OK)
    die ("the bare client cannot end");
  cupsFreeOptions (n_options, options);
  cupsFreeDestInfo (info);
  cupsFreeDests (1, dest);
  httpClose (http);
  return job;
}

static int
send_to_queue (Bench *bench)
{
  cups_option_t *options = NULL;
  int n_options = cupsAddOption ("media", bench->media, 0, &options);
  int job = cupsPrintFile ("roll", bench->file, "bench", n_options, options);

  if (job == 0)
    die ("cupsPrintFile() fails");
  cupsFreeOptions (n_options, options);
  return job;
}

/* The queue's job must be over before the next one: the printer takes one at a time. */
static gboolean
is_queue_at_work (void)
{
  cups_job_t *jobs;
  int n_jobs = cupsGetJobs2 (CUPS_HTTP_DEFAULT, &jobs, "roll", 0, CUPS_WHICHJOBS_ACTIVE);

  cupsFreeJobs (n_jobs, jobs);
  return n_jobs > 0;
}

static gboolean
is_printer_at_work (Bench *bench)
{
  cups_dest_t *dest = cupsGetDestWithURI ("roll", bench->uri);
  http_t *http = cupsConnectDest (dest, CUPS_DEST_FLAGS_DEVICE, 5000, NULL, NULL, 0, NULL, NULL);
  ipp_t *request = ippNewRequest (IPP_OP_GET_PRINTER_ATTRIBUTES), *response;
  ipp_attribute_t *state;
  gboolean is_idle;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, bench->uri);
  response = cupsDoRequest (http, request, "/ipp/print");
  state = ippFindAttribute (response, "printer-state", IPP_TAG_ENUM);
  is_idle = state != NULL && ippGetInteger (state, 0) == IPP_PSTATE_IDLE;
  ippDelete (response);
  cupsFreeDests (1, dest);
  httpClose (http);
  return !is_idle;
}

/* A program that is started for it. */
static void
send_by_program (Bench *bench)
{
  const char *const to_printer[] = { g_getenv ("PV_BARE_PRINT"), bench->uri,  "/ipp/print",
                                     bench->media_col,           bench->file, NULL };
  const char *const to_queue[] = { g_getenv ("PV_BARE_PRINT"), "queue", "roll", bench->media, bench->file, NULL };
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (bench->cups != NULL ? to_queue : to_printer, G_SUBPROCESS_FLAGS_NONE, NULL);

  if (process == NULL || !g_subprocess_wait_check (process, NULL, NULL))
    die ("the bare client fails");
}

static double
press_bare (Bench *bench, gboolean is_program)
{
  gint64 press_us;
  double ms;

  bench_tap_reset (bench->tap);
  press_us = g_get_monotonic_time ();
  if (is_program)
    send_by_program (bench);
  else if (bench->cups != NULL)
    send_to_queue (bench);
  else
    send_to_printer (bench);
  ms = wait_first_byte (bench, press_us);
  while (bench->cups != NULL && is_queue_at_work ())
    g_usleep (20000);
  while (is_printer_at_work (bench))
    g_usleep (20000);
  /* It says so a moment before it takes the next job. */
  g_usleep (SETTLE_US);
  return ms;
}

static void
tell (const char *way, GArray *const times[3])
{
  static const struct {
    double percent;
    const char *word;
  } rows[] = { { 50, "median" }, { 95, "95 of 100" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *by_program = g_strdup_printf ("press to first byte %s, bare program, %s", way, rows[i].word);
    g_autofree char *by_running =
      g_strdup_printf ("press to first byte %s, bare client that runs already, %s", way, rows[i].word);
    g_autofree char *by_kiosk = g_strdup_printf ("press to first byte %s, %s", way, rows[i].word);

    bench_figure (by_running, bench_percentile (times[2], rows[i].percent), "ms", NULL, BENCH_NO_GOAL);
    bench_figure (by_program, bench_percentile (times[1], rows[i].percent), "ms", NULL, BENCH_NO_GOAL);
    bench_figure (by_kiosk, bench_percentile (times[0], rows[i].percent), "ms", by_program, 1.5);
  }
}

static void
run (Bench *bench, const char *way)
{
  GArray *times[3];

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    times[i] = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < TIMES + WARM_UP; i++) {
    const double ms[] = { press_kiosk (bench), press_bare (bench, TRUE), press_bare (bench, FALSE) };

    for (guint k = 0; k < G_N_ELEMENTS (times) && i >= WARM_UP; k++)
      g_array_append_val (times[k], ms[k]);
  }
  tell (way, times);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    g_array_unref (times[i]);
}

static guint
get_port (const char *uri)
{
  char scheme[32], user[32], host[256], resource[256];
  int port = 0;

  httpSeparateURI (HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme, user, sizeof user, host, sizeof host, &port,
                   resource, sizeof resource);
  return (guint) port;
}

static void
bench_way (const char *way, gboolean is_through_cups)
{
  g_autofree char *lines = NULL;
  g_autoptr (GBytes) drawn = render ();
  PvPdfSize size;
  Bench bench = { .printer = ippeve_new () };
  int fd;

  if (bench.printer == NULL)
    die ("no printer");
  bench.tap = bench_tap_new (get_port (ippeve_get_uri (bench.printer)));
  bench.uri = g_strdup_printf ("ipp://localhost:%u/ipp/print", bench_tap_get_port (bench.tap));
  bench.pdf = pv_pdf_file_finish (drawn, "fr", NULL);
  if (bench.pdf == NULL || !pv_pdf_file_measure (bench.pdf, &size, NULL))
    die ("no document");
  bench.media = g_strdup_printf ("custom_80x%.0fmm_80x%.0fmm", size.height_mm, size.height_mm);
  bench.media_col =
    g_strdup_printf ("{media-size={x-dimension=8000 y-dimension=%.0f} media-bottom-margin=0 media-left-margin=0 "
                     "media-right-margin=0 media-top-margin=0}",
                     size.height_mm * 100);
  fd = g_file_open_tmp ("pv-bench-XXXXXX.pdf", &bench.file, NULL);
  close (fd);
  g_file_set_contents (bench.file, g_bytes_get_data (bench.pdf, NULL), (gssize) g_bytes_get_size (bench.pdf), NULL);
  if (is_through_cups) {
    bench.cups = private_cups_new (bench.uri);
    if (bench.cups == NULL)
      die ("no CUPS");
    cupsSetServer (private_cups_get_socket (bench.cups));
    g_setenv ("CUPS_SERVER", private_cups_get_socket (bench.cups), TRUE);
    bench.kiosk = kiosk_new ("queue=roll\nmedia=roll-80mm", private_cups_get_socket (bench.cups));
  } else {
    lines = g_strdup_printf ("uri=%s\nmedia=roll-80mm", bench.uri);
    bench.kiosk = kiosk_new (lines, NULL);
  }
  run (&bench, way);
  kiosk_free (bench.kiosk);
  if (bench.cups != NULL)
    private_cups_free (bench.cups);
  ippeve_free (bench.printer);
  g_unlink (bench.file);
  g_bytes_unref (bench.pdf);
  g_free (bench.file);
  g_free (bench.uri);
  g_free (bench.media);
  g_free (bench.media_col);
}

int
main (void)
{
  if (g_strcmp0 (g_getenv ("PV_BENCH_SANITIZED"), "yes") == 0 || !ippeve_is_installed ())
    return 77;
  bench_way ("directly", FALSE);
  if (private_cups_is_installed ())
    bench_way ("through CUPS", TRUE);
  return EXIT_SUCCESS;
}
