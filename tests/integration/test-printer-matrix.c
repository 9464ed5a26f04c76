/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every fault of a printer, directly and through a queue of a real CUPS: what the session is told and when, that the end of
 * the session leaves no job, and that no sheet comes out after it, whatever comes back.
 *
 * Each row is a process of its own with a printer, a CUPS and a service of its own, so that rows wait side by side; the
 * table is printed at the end. A sample in a plain run, all of it under PV_TEST_FULL. "test-... --row N" runs one. */
#include <cairo-pdf.h>
#include <cups/cups.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cups-rig.h"

#include "ippeve.h"

enum {
  SIDE_BY_SIDE = 5,
  ROW_MAX_S = 110,
  /* Watched for a late sheet once everything works again: an engine that was let go prints within a tenth of it. */
  AFTER_MS = 1200,
};

/* What a citizen waits at most until the screen says it. */
enum {
  AT_ONCE_MS = 6000, /* it asks the printer before the job, and 4 times a second in it */
  BY_CUPS_MS = 8000, /* CUPS asks the printer every second, then less often */
  SILENT_MS = 18000, /* 8 s without an answer, after the last question */
  BUSY_MS = 26000,   /* 20 s for another job to end */
};

typedef enum { DIRECT, QUEUE, N_TRANSPORTS } Transport;

typedef struct {
  Transport transport;
  Ippeve *printer;
  Cups *cups; /* QUEUE */
  Kiosk *kiosk;
  gboolean has_session; /* FALSE: it is gone, nobody is told anything */
} Bench;

typedef enum {
  IDLE,     /* before the job */
  IN_JOB,   /* as soon as the engine works on it */
  HALF_WAY, /* when half of its sheet is out */
} Phase;

typedef struct {
  PvPrintState state;
  PvPrintReason reason;
  guint bound_ms;
} Expected;

typedef struct {
  const char *fault;
  const char *nearest[N_TRANSPORTS]; /* (nullable): what it is there, where the fault itself has no meaning */
  Phase phase;
  void (*break_it) (Bench *bench, const char *words);
  const char *words; /* for both */
  void (*mend) (Bench *bench);
  Expected told[N_TRANSPORTS];
  gboolean is_in_sample;
} Row;

static const char *const transports[] = { "direct", "queue" };
static const char *const states[] = { "preparing", "sending", "printing", "attention", "done", "failed", "unknown" };
static const char *const reasons[] = { "none",    "no-paper", "jam",     "open",      "take-paper",  "ink",
                                       "offline", "busy",     "service", "paper-low", "certificate", "other" };

static void
says (Bench *bench, const char *words)
{
  ippeve_tell_engine (bench->printer, "reasons", words);
}

static void
stops (Bench *bench, const char *words)
{
  if (words != NULL)
    says (bench, words);
  ippeve_tell_engine (bench->printer, "printer-state", "5");
}

static void
stands_still (Bench *bench, const char *words)
{
  ippeve_tell_engine (bench->printer, "state", words);
}

static void
gives_up (Bench *bench, const char *words)
{
  ippeve_tell_engine (bench->printer, "fail", words);
}

static void
is_slow (Bench *bench, const char *words)
{
  ippeve_tell_engine (bench->printer, "slow", words);
}

static void
loses_power (Bench *bench, const char *words)
{
  (void) words;
  ippeve_kill (bench->printer);
}

static void
comes_back (Bench *bench)
{
  assert_true (ippeve_start (bench->printer));
}

static void
restarts (Bench *bench, const char *words)
{
  loses_power (bench, words);
  comes_back (bench);
}

static void
is_mute (Bench *bench, const char *words)
{
  (void) words;
  ippeve_set_mute (bench->printer, TRUE);
}

static void
speaks_again (Bench *bench)
{
  ippeve_set_mute (bench->printer, FALSE);
}

static void
changes_certificate (Bench *bench, const char *words)
{
  (void) words;
  assert_true (ippeve_change_certificate (bench->printer));
}

/* Of the kiosk, unfinished: *ret_last is the number of one. */
static guint
count_jobs (Bench *bench, int *ret_last)
{
  return ippeve_count_jobs (bench->printer, "Parvis-", ret_last);
}

static guint
count_left (Bench *bench)
{
  return count_jobs (bench, NULL) + (bench->cups != NULL ? cups_count_spooled (bench->cups) : 0);
}

static void
is_cancelled_at_its_panel (Bench *bench, const char *words)
{
  const char *uri = ippeve_get_uri (bench->printer);
  http_t *http = httpConnect2 ("localhost", atoi (strrchr (uri, ':') + 1), NULL, AF_UNSPEC,
                               HTTP_ENCRYPTION_IF_REQUESTED, 1, 2000, NULL);
  ipp_t *request = ippNewRequest (IPP_OP_CANCEL_JOB);
  int job = 0;

  (void) words;
  assert_int_equal (count_jobs (bench, &job), 1);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, "neighbour");
  ippDelete (cupsDoRequest (http, request, "/ipp/print"));
  httpClose (http);
}

static gboolean
has_written (Bench *bench, const char *name)
{
  g_autoptr (GBytes) file = ippeve_read (bench->printer, name);

  return file != NULL;
}

static void
wait_for_engine (Bench *bench, const char *name)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (!has_written (bench, name) && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  assert_true (has_written (bench, name));
}

static void
wait_until_started (Bench *bench)
{
  wait_for_engine (bench, "job.pdf");
}

static void
prints_for_somebody_else (Bench *bench, const char *words)
{
  g_autofree char *command = g_strdup_printf (
    "printf '{ OPERATION Print-Job GROUP operation-attributes-tag ATTR charset attributes-charset utf-8 "
    "ATTR language attributes-natural-language fr ATTR uri printer-uri $uri ATTR name job-name other "
    "ATTR mimeMediaType document-format application/pdf FILE $filename }' >\"$PV_OTHER\".test;"
    "printf '%%%%PDF-1.4' >\"$PV_OTHER\"; ipptool -f \"$PV_OTHER\" %s \"$PV_OTHER\".test >/dev/null 2>&1",
    ippeve_get_uri (bench->printer));
  g_autofree char *file = g_build_filename (bench->kiosk->folder, "other.pdf", NULL);
  g_autofree char *test = g_strconcat (file, ".test", NULL);
  const char *const argv[] = { "sh", "-c", command, NULL };

  (void) words;
  g_setenv ("PV_OTHER", file, TRUE);
  ippeve_tell_engine (bench->printer, "hold", "");
  assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  wait_until_started (bench);
  remove (file);
  remove (test);
}

static void
is_told (Bench *bench, const char *words)
{
  if (bench->cups != NULL)
    cups_command (bench->cups, words);
  else
    stops (bench, g_str_has_prefix (words, "cupsdisable") ? "paused" : NULL);
}

static void
kills_child_or_scheduler (Bench *bench, const char *words)
{
  g_autofree char *path =
    g_strdup_printf ("/proc/%s/task/%s/children", g_subprocess_get_identifier (bench->kiosk->process),
                     g_subprocess_get_identifier (bench->kiosk->process));
  g_autofree char *child = NULL;

  (void) words;
  if (bench->cups != NULL) {
    cups_kill (bench->cups);
    return;
  }
  assert_true (g_file_get_contents (path, &child, NULL, NULL));
  assert_true (atoi (child) > 1);
  kill (atoi (child), SIGKILL);
}

static void
scheduler_comes_back (Bench *bench)
{
  if (bench->cups != NULL)
    cups_start_again (bench->cups);
}

static void
session_crashes (Bench *bench, const char *words)
{
  (void) words;
  g_dbus_connection_close_sync (bench->kiosk->connection, NULL, NULL);
  bench->has_session = FALSE;
}

static void
service_is_killed (Bench *bench, const char *words)
{
  (void) words;
  g_subprocess_force_exit (bench->kiosk->process);
  bench->has_session = FALSE;
}

static void
service_comes_back (Bench *bench)
{
  kiosk_restart (bench->kiosk);
}

#define NOTHING NULL
#define TELLS(state, reason, ms)                                                                                       \
  {                                                                                                                    \
    PV_PRINT_##state, PV_PRINT_REASON_##reason, ms                                                                     \
  }
#define STANDS(reason)                                                                                                 \
  {                                                                                                                    \
    TELLS (ATTENTION, reason, AT_ONCE_MS), TELLS (ATTENTION, reason, AT_ONCE_MS)                                       \
  }
#define STANDS_IN_JOB(reason)                                                                                          \
  {                                                                                                                    \
    TELLS (ATTENTION, reason, AT_ONCE_MS), TELLS (ATTENTION, reason, BY_CUPS_MS)                                       \
  }
#define PRINTS                                                                                                         \
  {                                                                                                                    \
    TELLS (DONE, NONE, BY_CUPS_MS), TELLS (DONE, NONE, 14000)                                                          \
  }

static const Row rows[] = {
  { "absent",
    { NULL },
    IDLE,
    loses_power,
    NULL,
    comes_back,
    { TELLS (FAILED, OFFLINE, SILENT_MS), TELLS (FAILED, OFFLINE, SILENT_MS) },
    TRUE },
  { "mute",
    { NULL },
    IDLE,
    is_mute,
    NULL,
    speaks_again,
    { TELLS (FAILED, OFFLINE, SILENT_MS), TELLS (FAILED, OFFLINE, SILENT_MS) },
    FALSE },
  { "paper out before the job", { NULL }, IDLE, says, "media-empty-report", NOTHING, STANDS (NO_PAPER), TRUE },
  { "paper out in the job", { NULL }, IDLE, stands_still, "media-empty", NOTHING, STANDS_IN_JOB (NO_PAPER), TRUE },
  { "wrong paper", { NULL }, IDLE, says, "media-needed-report", NOTHING, STANDS (NO_PAPER), FALSE },
  { "paper low", { NULL }, IDLE, says, "media-low-report", NOTHING, PRINTS, TRUE },
  { "paper jam in the job", { NULL }, IN_JOB, says, "media-jam-warning", NOTHING, STANDS_IN_JOB (JAM), TRUE },
  { "cover open before the job", { NULL }, IDLE, says, "cover-open-report", NOTHING, STANDS (OPEN), FALSE },
  { "cover opened in the job", { NULL }, IN_JOB, says, "cover-open-warning", NOTHING, STANDS_IN_JOB (OPEN), FALSE },
  { "door open", { NULL }, IDLE, stops, "door-open-error", NOTHING, STANDS (OPEN), FALSE },
  { "interlock open", { NULL }, IDLE, stops, "interlock-open-error", NOTHING, STANDS (OPEN), FALSE },
  { "tray missing", { NULL }, IDLE, says, "input-tray-missing-report", NOTHING, STANDS (OPEN), FALSE },
  { "output full in the job",
    { NULL },
    IN_JOB,
    says,
    "output-area-full-warning",
    NOTHING,
    STANDS_IN_JOB (TAKE_PAPER),
    FALSE },
  { "output almost full", { NULL }, IDLE, says, "output-area-almost-full-report", NOTHING, PRINTS, FALSE },
  { "toner empty", { NULL }, IDLE, says, "toner-empty-report", NOTHING, STANDS (INK), FALSE },
  { "ink empty", { NULL }, IDLE, says, "marker-supply-empty-report", NOTHING, STANDS (INK), FALSE },
  { "waste box full", { NULL }, IDLE, says, "marker-waste-full-report", NOTHING, STANDS (OTHER), FALSE },
  { "knife stuck in the job", { NULL }, IN_JOB, says, "other-warning", NOTHING, STANDS_IN_JOB (OTHER), FALSE },
  { "printer paused", { NULL }, IDLE, stops, "paused", NOTHING, STANDS (SERVICE), FALSE },
  { "printer pauses in the job",
    { NULL },
    IN_JOB,
    says,
    "moving-to-paused-warning",
    NOTHING,
    STANDS_IN_JOB (SERVICE),
    FALSE },
  { "printer shuts down", { NULL }, IDLE, says, "shutdown-report", NOTHING, STANDS (SERVICE), FALSE },
  { "printer says it is offline", { NULL }, IDLE, says, "offline-report", NOTHING, STANDS (OFFLINE), FALSE },
  { "queue paused", { "printer paused by hand" }, IDLE, is_told, "cupsdisable roll", NOTHING, STANDS (SERVICE), TRUE },
  { "queue rejecting",
    { "printer stopped without a word" },
    IDLE,
    is_told,
    "cupsreject roll",
    NOTHING,
    STANDS (SERVICE),
    FALSE },
  { "disk full",
    { "spool of the printer full" },
    IDLE,
    says,
    "spool-area-full-report",
    NOTHING,
    { TELLS (ATTENTION, SERVICE, AT_ONCE_MS), TELLS (FAILED, SERVICE, AT_ONCE_MS) },
    TRUE },
  { "TLS certificate changed",
    { NULL },
    IDLE,
    changes_certificate,
    NULL,
    NOTHING,
    { TELLS (FAILED, CERTIFICATE, BY_CUPS_MS), TELLS (FAILED, CERTIFICATE, BY_CUPS_MS) },
    TRUE },
  { "aborted by the engine",
    { NULL },
    IDLE,
    gives_up,
    "the knife is stuck",
    NOTHING,
    { TELLS (FAILED, OTHER, BY_CUPS_MS), TELLS (FAILED, OTHER, 14000) },
    TRUE },
  { "cancelled at its panel",
    { NULL },
    IN_JOB,
    is_cancelled_at_its_panel,
    NULL,
    NOTHING,
    { TELLS (FAILED, OTHER, AT_ONCE_MS), TELLS (FAILED, OTHER, BY_CUPS_MS) },
    FALSE },
  { "slow", { NULL }, IDLE, is_slow, "5", NOTHING, { TELLS (DONE, NONE, 14000), TELLS (DONE, NONE, 14000) }, FALSE },
  { "busy with another's job",
    { NULL, "queue waits for its printer" },
    IDLE,
    prints_for_somebody_else,
    NULL,
    NOTHING,
    { TELLS (FAILED, BUSY, BUSY_MS), TELLS (PRINTING, NONE, AT_ONCE_MS) },
    FALSE },
  { "too long for the paper",
    { NULL },
    IDLE,
    NULL,
    "long",
    NOTHING,
    { TELLS (FAILED, SERVICE, AT_ONCE_MS), TELLS (FAILED, SERVICE, AT_ONCE_MS) },
    FALSE },
  { "killed in the job",
    { NULL },
    HALF_WAY,
    loses_power,
    NULL,
    comes_back,
    { TELLS (UNKNOWN, OFFLINE, SILENT_MS), TELLS (UNKNOWN, OFFLINE, SILENT_MS) },
    FALSE },
  { "mute in the job",
    { NULL },
    HALF_WAY,
    is_mute,
    NULL,
    speaks_again,
    { TELLS (UNKNOWN, OFFLINE, SILENT_MS), TELLS (UNKNOWN, OFFLINE, SILENT_MS) },
    FALSE },
  { "job lost on a restart",
    { NULL },
    IN_JOB,
    restarts,
    NULL,
    NOTHING,
    { TELLS (UNKNOWN, OFFLINE, AT_ONCE_MS), TELLS (UNKNOWN, NONE, 30000) },
    FALSE },
  { "scheduler killed in the job",
    { "child of the service killed" },
    IN_JOB,
    kills_child_or_scheduler,
    NULL,
    scheduler_comes_back,
    { TELLS (UNKNOWN, OTHER, AT_ONCE_MS), TELLS (UNKNOWN, OFFLINE, SILENT_MS) },
    FALSE },
  { "session crashes in the job",
    { NULL },
    IN_JOB,
    session_crashes,
    NULL,
    NOTHING,
    { TELLS (PRINTING, NONE, END_MS), TELLS (PRINTING, NONE, END_MS) },
    TRUE },
  { "service killed in the job",
    { NULL },
    IN_JOB,
    service_is_killed,
    NULL,
    service_comes_back,
    { TELLS (PRINTING, NONE, END_MS), TELLS (PRINTING, NONE, END_MS) },
    FALSE },
};

static Bench *
bench_new (const Row *row, Transport transport)
{
  Bench *bench = g_new0 (Bench, 1);
  gboolean is_secure = row->break_it == changes_certificate;
  g_autofree char *uri = NULL, *fingerprint = NULL, *pin = NULL, *lines = NULL;

  bench->transport = transport;
  bench->has_session = TRUE;
  bench->printer = ippeve_new ();
  assert_non_null (bench->printer);
  uri = is_secure ? ippeve_get_secure_uri (bench->printer) : g_strdup (ippeve_get_uri (bench->printer));
  fingerprint = is_secure ? ippeve_get_fingerprint (bench->printer) : NULL;
  pin = is_secure ? g_strdup_printf ("certificate=%s\n", fingerprint) : g_strdup ("");
  if (transport == QUEUE) {
    gboolean is_full = g_strcmp0 (row->fault, "disk full") == 0;
    bench->cups = is_full ? cups_new_with_full_spool (uri) : cups_new (uri);
    bench->kiosk = kiosk_new_for_cups (bench->cups, pin);
  } else {
    lines = g_strdup_printf ("uri=%s\nmedia=roll-80mm\n%s", uri, pin);
    bench->kiosk = kiosk_new (lines, NULL);
  }
  assert_true (wait_until_available (bench->kiosk, TRUE));
  return bench;
}

static void
bench_free (Bench *bench)
{
  kiosk_free (bench->kiosk);
  if (bench->cups != NULL)
    cups_free (bench->cups);
  ippeve_free (bench->printer);
  g_free (bench);
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* A receipt of 1.1 m, which no layout of Parvis makes. */
static GBytes *
render_long (void)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, 80 * 72 / 25.4, 1100 * 72 / 25.4);
  cairo_t *cr = cairo_create (surface);

  cairo_rectangle (cr, 10, 10, 100, 100);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static gint64
elapsed_ms (gint64 since_us)
{
  return (g_get_monotonic_time () - since_us) / G_TIME_SPAN_MILLISECOND;
}

static gboolean
is_told_now (Bench *bench, const Expected *expected)
{
  const Told *last = get_last (bench->kiosk);

  /* Without a session nobody is told: it counts when nothing is left. */
  if (!bench->has_session)
    return count_left (bench) == 0;
  return last != NULL && last->state == expected->state && last->reason == expected->reason;
}

static gint64
wait_until_told (Bench *bench, const Expected *expected, gint64 since_us)
{
  while (!is_told_now (bench, expected) && elapsed_ms (since_us) < expected->bound_ms + 5000) {
    const Told *last = get_last (bench->kiosk);
    if (bench->has_session && last != NULL && last->state >= PV_PRINT_DONE)
      break;
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (bench->has_session ? 1000 : 20000);
  }
  return elapsed_ms (since_us);
}

/* Everything works again; what was not clean is found to be. */
static void
mend (Bench *bench, const Row *row, gboolean is_clean)
{
  static const char *const files[] = { "reasons", "printer-state", "state", "fail", "slow" };

  /* The answer to the end of a session may overtake the word that nothing is accepted. */
  if (!is_clean)
    assert_true (wait_until_available (bench->kiosk, FALSE));
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    ippeve_tell_engine (bench->printer, files[i], NULL);
  if (row->mend != NULL)
    row->mend (bench);
  /* Another printer stays another printer. */
  if (!is_clean && row->break_it != changes_certificate)
    assert_true (wait_until_available (bench->kiosk, TRUE));
  ippeve_tell_engine (bench->printer, "hold", NULL);
}

static int
run_row (const Row *row, Transport transport)
{
  Bench *bench = bench_new (row, transport);
  const Expected *expected = &row->told[transport];
  const char *name = row->nearest[transport] != NULL ? row->nearest[transport] : row->fault;
  gboolean is_full = transport == QUEUE && g_strcmp0 (row->fault, "disk full") == 0;
  g_autoptr (GBytes) document = g_strcmp0 (row->words, "long") == 0 ? render_long () : render ();
  gboolean is_clean = TRUE;
  gint64 start, told_ms, end_ms = 0;
  guint at_end, after, left;
  Told last = { 0 };
  gboolean is_right;

  if (row->phase == IDLE && row->break_it != NULL && !is_full)
    row->break_it (bench, row->words);
  if (row->phase != IDLE)
    ippeve_tell_engine (bench->printer, "hold", "");
  start = g_get_monotonic_time ();
  print_bytes (bench->kiosk, SESSION, "fr", document, NULL);
  if (row->phase != IDLE) {
    wait_for_engine (bench, row->phase == HALF_WAY ? "half" : "job.pdf");
    assert_true (wait_for_state (bench->kiosk, PV_PRINT_PRINTING, WAIT_MS));
    start = g_get_monotonic_time ();
    row->break_it (bench, row->words);
  }
  told_ms = wait_until_told (bench, expected, start);
  is_right = is_told_now (bench, expected) && told_ms <= expected->bound_ms;
  if (get_last (bench->kiosk) != NULL)
    last = *get_last (bench->kiosk);
  if (bench->has_session) {
    start = g_get_monotonic_time ();
    is_clean = end_session (bench->kiosk, SESSION); /* asserts 3 s */
    end_ms = elapsed_ms (start);
  }
  at_end = ippeve_count_sheets (bench->printer);
  mend (bench, row, is_clean);
  start = g_get_monotonic_time ();
  while (elapsed_ms (start) < AFTER_MS)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (5000);
  after = ippeve_count_sheets (bench->printer) - at_end;
  if (g_strcmp0 (row->fault, "busy with another's job") == 0 && after > 0)
    after--; /* the other's own */
  left = count_left (bench);
  if (left > 0)
    fprintf (stderr, "%s, %s: %u at the printer, %u in the spool\n", transports[transport], name,
             count_jobs (bench, NULL), bench->cups != NULL ? cups_count_spooled (bench->cups) : 0);
  printf ("%s\t%s\t%s, %s\t%u\t%u\t%u\t%s\t%u\t%u\t%s\n", transports[transport], name,
          bench->has_session ? states[last.state] : "session gone", bench->has_session ? reasons[last.reason] : "swept",
          (guint) told_ms, expected->bound_ms, (guint) end_ms, is_clean ? "yes" : "later", left, after,
          is_right && left == 0 && after == 0 ? "ok" : "WRONG");
  fflush (stdout);
  bench_free (bench);
  return is_right && left == 0 && after == 0 ? 0 : 1;
}

typedef struct {
  guint row;
  Transport transport;
  char *line;
  gboolean is_over, is_right;
} Run;

static guint n_running;

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GSubprocess *process = G_SUBPROCESS (source);
  Run *run = user_data;

  g_subprocess_communicate_utf8_finish (process, result, &run->line, NULL, NULL);
  run->is_right = g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) == 0;
  run->is_over = TRUE;
  n_running--;
  g_object_unref (process);
}

static void
start_run (const char *program, Run *run)
{
  g_autofree char *number = g_strdup_printf ("%u", run->row * N_TRANSPORTS + run->transport);
  g_autofree char *limit = g_strdup_printf ("%d", ROW_MAX_S);
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "timeout", "-k", "5", limit, program,
                                           "--row", number, NULL);

  g_assert (process != NULL);
  n_running++;
  g_subprocess_communicate_utf8_async (process, NULL, NULL, ran_cb, run);
}

static void
print_table (const Run *runs, guint n)
{
  printf ("# %-6s | %-32s | %-22s | %6s | %6s | %6s | %-5s | %4s | %5s |\n", "way", "fault", "told", "ms", "bound",
          "end ms", "clean", "left", "after");
  for (guint i = 0; i < n; i++) {
    g_auto (GStrv) cells = g_strsplit (runs[i].line != NULL ? g_strchomp (runs[i].line) : "", "\t", -1);
    if (g_strv_length (cells) != 10)
      printf ("# %-6s | %-32s | died or took too long\n", transports[runs[i].transport], rows[runs[i].row].fault);
    else
      printf ("# %-6s | %-32s | %-22s | %6s | %6s | %6s | %-5s | %4s | %5s | %s\n", cells[0], cells[1], cells[2],
              cells[3], cells[4], cells[5], cells[6], cells[7], cells[8], cells[9]);
  }
}

static int
run_all (const char *program)
{
  gboolean is_full = g_getenv ("PV_TEST_FULL") != NULL;
  Run runs[G_N_ELEMENTS (rows) * N_TRANSPORTS] = { 0 };
  guint n = 0, n_wrong = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int transport = DIRECT; (is_full || rows[i].is_in_sample) && transport < N_TRANSPORTS; transport++)
      runs[n++] = (Run){ .row = i, .transport = (Transport) transport };
  printf ("1..%u\n", n);
  for (guint i = 0; i < n; i++) {
    while (n_running >= SIDE_BY_SIDE)
      g_main_context_iteration (NULL, TRUE);
    start_run (program, &runs[i]);
  }
  while (n_running > 0)
    g_main_context_iteration (NULL, TRUE);
  print_table (runs, n);
  for (guint i = 0; i < n; i++) {
    printf ("%s %u - %s: %s\n", runs[i].is_right ? "ok" : "not ok", i + 1, transports[runs[i].transport],
            rows[runs[i].row].fault);
    n_wrong += !runs[i].is_right;
    g_free (runs[i].line);
  }
  return n_wrong == 0 ? 0 : 1;
}

int
main (int argc, char **argv)
{
  tst_init ();
  if (!ippeve_is_installed () || !cups_is_installed ()) {
    fputs ("1..0 # SKIP no CUPS with its filters\n", stdout);
    return 0;
  }
  if (argc == 3 && strcmp (argv[1], "--row") == 0) {
    guint number = (guint) atoi (argv[2]);
    g_assert (number < G_N_ELEMENTS (rows) * N_TRANSPORTS);
    return run_row (&rows[number / N_TRANSPORTS], (Transport) (number % N_TRANSPORTS));
  }
  return run_all (argv[0]);
}
