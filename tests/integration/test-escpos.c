/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A receipt through a real CUPS, our filter and our backend to a thermal printer on a terminal, which shows what it has
 * printed and tells what is wrong with it. */
#include <cups/cups.h>
#include <gio/gio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "escpos-rig.h"
#include "printer-rig.h"

#include "picture-qr.h"

enum {
  DOTS = 576,
  HALF_MM = 4,           /* dots */
  REASON_MS = 1500,      /* from a fault to the queue */
  LEFT_MARGIN_DOTS = 32, /* of 80 mm, outside the head */
  GIVEN_UP_MS = 8000,    /* wait=2, patience=4 of the address, and the start of the job */
  LOOK_US = 10000,
};

typedef struct {
  EscposQueue *queue;
  PvDemoRollDevice *printer; /* of the queue */
  http_t *http;
} Bench;

static Bench bench;

static void
wait_a_moment (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_usleep (LOOK_US);
}

static int
set_up (void **state)
{
  (void) state;
  bench.queue = escpos_queue_new (80, DOTS);
  bench.printer = bench.queue->printer;
  cupsSetServer (bench.queue->socket);
  bench.http = httpConnect2 (bench.queue->socket, 631, NULL, AF_LOCAL, HTTP_ENCRYPTION_NEVER, 1, 2000, NULL);
  assert_non_null (bench.http);
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  httpClose (bench.http);
  escpos_queue_free (bench.queue);
  return 0;
}

/* --- the queue ------------------------------------------------------------------------------------------------------ */

static ipp_t *
ask_queue (ipp_op_t operation, const char *attribute, int job)
{
  ipp_t *request = ippNewRequest (operation);
  ipp_t *answer;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, "ipp://localhost/printers/roll");
  if (job != 0)
    ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser ());
  if (attribute != NULL)
    ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", NULL, attribute);
  answer = cupsDoRequest (bench.http, request, job != 0 ? "/jobs/" : "/printers/roll");
  assert_non_null (answer);
  return answer;
}

static gboolean
has_reason (const char *reason)
{
  ipp_t *answer = ask_queue (IPP_OP_GET_PRINTER_ATTRIBUTES, "printer-state-reasons", 0);
  ipp_attribute_t *reasons = ippFindAttribute (answer, "printer-state-reasons", IPP_TAG_KEYWORD);
  gboolean has = reasons != NULL && ippContainsString (reasons, reason);

  ippDelete (answer);
  return has;
}

static gboolean
wait_for_reason (const char *reason, gboolean is_there, guint max_ms)
{
  gint64 end = g_get_monotonic_time () + max_ms * G_TIME_SPAN_MILLISECOND;

  while (has_reason (reason) != is_there && g_get_monotonic_time () < end)
    wait_a_moment ();
  return has_reason (reason) == is_there;
}

/* Returns: the job */
static int
send_document (const char *media, const char *resolution, const char *type, GBytes *document)
{
  cups_option_t *options = NULL;
  int n = cupsAddOption ("print-scaling", "none", 0, &options), job;

  if (media != NULL)
    n = cupsAddOption ("media", media, n, &options);
  if (resolution != NULL)
    n = cupsAddOption ("Resolution", resolution, n, &options);
  job = cupsCreateJob (bench.http, "roll", "recu", n, options);
  cupsFreeOptions (n, options);
  assert_true (job > 0);
  assert_int_equal (cupsStartDocument (bench.http, "roll", job, "recu", type, 1), HTTP_STATUS_CONTINUE);
  assert_int_equal (cupsWriteRequestData (bench.http, g_bytes_get_data (document, NULL), g_bytes_get_size (document)),
                    HTTP_STATUS_CONTINUE);
  assert_int_equal (cupsFinishDocument (bench.http, "roll"), IPP_STATUS_OK);
  return job;
}

/* Drawn once. */
static GBytes *
get_receipt (void)
{
  static GBytes *receipt;

  if (receipt == NULL)
    receipt = render ();
  return receipt;
}

/* The receipt, as the printer service would send it. Returns: the job */
static int
submit (void)
{
  GBytes *pdf = get_receipt ();
  g_autofree char *size = NULL;
  double width = 0, height = 0;
  static const char *const argv[] = { "pdfinfo", "-", NULL };
  g_autoptr (GBytes) facts = sample_run (argv, pdf);
  g_autofree char *text = g_strndup (g_bytes_get_data (facts, NULL), g_bytes_get_size (facts));

  assert_int_equal (sscanf (strstr (text, "Page size:"), "Page size: %lf x %lf", &width, &height), 2);
  size = g_strdup_printf ("custom_80x%.0fmm_80x%.0fmm", height / 72 * 25.4, height / 72 * 25.4);
  return send_document (size, NULL, CUPS_FORMAT_PDF, pdf);
}

static ipp_jstate_t
get_job_state (int job)
{
  ipp_t *answer = ask_queue (IPP_OP_GET_JOB_ATTRIBUTES, "job-state", job);
  ipp_attribute_t *state = ippFindAttribute (answer, "job-state", IPP_TAG_ENUM);
  ipp_jstate_t value = state != NULL ? (ipp_jstate_t) ippGetInteger (state, 0) : 0;

  ippDelete (answer);
  return value;
}

static gboolean
wait_for_job (int job, ipp_jstate_t wanted, guint max_ms)
{
  gint64 end = g_get_monotonic_time () + max_ms * G_TIME_SPAN_MILLISECOND;

  while (get_job_state (job) < IPP_JSTATE_CANCELED && g_get_monotonic_time () < end)
    wait_a_moment ();
  return get_job_state (job) == wanted;
}

static gboolean
wait_for_stop (int job)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (get_job_state (job) < IPP_JSTATE_STOPPED && g_get_monotonic_time () < end)
    wait_a_moment ();
  return get_job_state (job) == IPP_JSTATE_STOPPED;
}

static gboolean
wait_for_ink (void)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (pv_demo_roll_device_count_uncut_lines (bench.printer) < 50 && g_get_monotonic_time () < end)
    wait_a_moment ();
  return pv_demo_roll_device_count_uncut_lines (bench.printer) >= 50;
}

static gboolean
wait_for_cuts (guint n)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (pv_demo_roll_device_count_cuts (bench.printer) < n && g_get_monotonic_time () < end)
    wait_a_moment ();
  return pv_demo_roll_device_count_cuts (bench.printer) >= n;
}

/* --- pictures ------------------------------------------------------------------------------------------------------- */

typedef struct {
  guint left, right, top, bottom; /* the first and last with ink */
  guint width, height;
  gsize ink;
} Box;

static void
grow (Box *box, guint x, guint y)
{
  if (box->ink++ == 0)
    *box = (Box){ x, x, y, y, box->width, box->height, 1 };
  box->left = MIN (box->left, x);
  box->right = MAX (box->right, x);
  box->bottom = y;
}

static Box
measure_sheet (const PvDemoRollSheet *sheet)
{
  Box box = { .width = sheet->width, .height = sheet->lines };

  for (guint y = 0; y < sheet->lines; y++)
    for (guint x = 0; x < sheet->width; x++)
      if (pv_demo_roll_sheet_is_black (sheet, x, y))
        grow (&box, x, y);
  return box;
}

/* What poppler makes of it, in one bit: P4, width, height, lines of whole bytes. */
static Box
measure_reference (void)
{
  static const char *const argv[] = { "pdftoppm", "-mono", "-singlefile", "-r", "203", "-", NULL };
  g_autoptr (GBytes) picture = sample_run (argv, get_receipt ());
  gsize size;
  const guint8 *data = g_bytes_get_data (picture, &size);
  Box box = { 0 };
  int at = 0;

  assert_int_equal (sscanf ((const char *) data, "P4 %u %u%n", &box.width, &box.height, &at), 2);
  data += at + 1;
  assert_true (size >= (gsize) at + 1 + (gsize) box.height * ((box.width + 7) / 8));
  for (guint y = 0; y < box.height; y++)
    for (guint x = 0; x < box.width; x++)
      if ((data[(gsize) y * ((box.width + 7) / 8) + x / 8] & (0x80 >> x % 8)) != 0)
        grow (&box, x, y);
  return box;
}

static char *
decode_qr (const PvDemoRollSheet *sheet)
{
  gsize size = (gsize) sheet->width * sheet->lines;
  g_autofree guint8 *pixels = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    pixels[i] = pv_demo_roll_sheet_is_black (sheet, (guint) (i % sheet->width), (guint) (i / sheet->width)) ? 0 : 255;
  return picture_read_qr (&(Picture){ .width = sheet->width, .height = sheet->lines, .pixels = pixels });
}

/* A developer may look at the paper: PV_TEST_KEEP names a folder. */
static void
keep (const PvDemoRollSheet *sheet, const char *name)
{
  g_autofree char *path = NULL;
  g_autoptr (GString) picture = g_string_new (NULL);

  if (g_getenv ("PV_TEST_KEEP") == NULL)
    return;
  path = g_build_filename (g_getenv ("PV_TEST_KEEP"), name, NULL);
  g_string_append_printf (picture, "P4 %u %u\n", sheet->width, sheet->lines);
  g_string_append_len (picture, (const char *) sheet->dots->data, sheet->dots->len);
  g_file_set_contents (path, picture->str, (gssize) picture->len, NULL);
}

static void
assert_near (guint a, guint b)
{
  if (MAX (a, b) - MIN (a, b) > HALF_MM)
    fail_msg ("%u and %u dots differ by more than half a millimetre", a, b);
}

/* One whole receipt, without jobs before it. */
static void
assert_is_receipt (const PvDemoRollSheet *sheet)
{
  static Box wanted;
  Box printed = measure_sheet (sheet);

  if (wanted.ink == 0)
    wanted = measure_reference ();

  assert_int_equal (printed.width, DOTS);
  assert_near (printed.height, wanted.height);
  assert_near (printed.left + LEFT_MARGIN_DOTS, wanted.left);
  assert_near (printed.right + LEFT_MARGIN_DOTS, wanted.right);
  assert_near (printed.top, wanted.top);
  assert_near (printed.bottom, wanted.bottom);
}

/* --- tests ---------------------------------------------------------------------------------------------------------- */

static void
make_well (void)
{
  pv_demo_roll_device_set_habits (bench.printer, 0);
  pv_demo_roll_device_set_faults (bench.printer, 0);
}

static void
the_receipt_arrives_as_it_was_drawn_and_is_cut (void **state)
{
  PvReceipt receipt = sample_receipt (PV_RECEIPT_RECEIVED);
  guint cuts = pv_demo_roll_device_count_cuts (bench.printer);
  int job = submit ();
  g_autoptr (PvDemoRollSheet) sheet = NULL;
  g_autofree char *text = NULL;

  (void) state;
  assert_true (wait_for_job (job, IPP_JSTATE_COMPLETED, WAIT_MS));
  /* Completed means printed. */
  assert_int_equal (pv_demo_roll_device_count_cuts (bench.printer), cuts + 1);
  assert_int_equal (pv_demo_roll_device_count_uncut_lines (bench.printer), 0);
  assert_int_equal (pv_demo_roll_device_count_strange (bench.printer), 0);
  sheet = pv_demo_roll_device_dup_sheet (bench.printer);
  keep (sheet, "escpos.pbm");
  assert_int_equal (sheet->cut, PV_DEMO_ROLL_PARTIAL_CUT);
  assert_is_receipt (sheet);
  text = decode_qr (sheet);
  assert_non_null (text);
  assert_string_equal (text, receipt.qr_text);
  sample_clear (&receipt);
}

/* 80 x 30 mm, with a black bar of 8 mm across. */
static int
submit_bar (const char *resolution)
{
  static const char bar[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                            "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                            "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 226.77 85.04]/Contents 4 0 R>>endobj\n"
                            "4 0 obj<</Length 25>>stream\n0 30 227 22.68 re f      \nendstream endobj\n"
                            "trailer<</Root 1 0 R>>\n%%EOF\n";
  g_autoptr (GBytes) pdf = g_bytes_new_static (bar, strlen (bar));

  return send_document ("custom_80x30mm_80x30mm", resolution, CUPS_FORMAT_PDF, pdf);
}

/* Not when its last byte is in the line. */
static void
a_job_is_completed_only_when_it_is_printed (void **state)
{
  guint cuts = pv_demo_roll_device_count_cuts (bench.printer);
  int job;

  (void) state;
  pv_demo_roll_device_set_habits (bench.printer, PV_DEMO_ROLL_SLOW);
  job = submit_bar (NULL);
  assert_true (wait_for_job (job, IPP_JSTATE_COMPLETED, WAIT_MS));
  assert_int_equal (pv_demo_roll_device_count_cuts (bench.printer), cuts + 1);
  make_well ();
}

/* Bytes that are no answers, and one that looks like the proof of a job. */
static void
noise_on_the_line_neither_stops_nor_proves_a_job (void **state)
{
  static const guint8 noise[] = { 0x00, 0x7f, 0x11, 0xff, 0x01 };
  guint cuts = pv_demo_roll_device_count_cuts (bench.printer);
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  int job;

  (void) state;
  pv_demo_roll_device_set_habits (bench.printer, PV_DEMO_ROLL_SLOW);
  job = submit_bar (NULL);
  while (pv_demo_roll_device_count_uncut_lines (bench.printer) == 0 && g_get_monotonic_time () < end) {
    pv_demo_roll_device_make_noise (bench.printer, noise, sizeof noise);
    wait_a_moment ();
  }
  assert_true (wait_for_job (job, IPP_JSTATE_COMPLETED, WAIT_MS));
  assert_int_equal (pv_demo_roll_device_count_cuts (bench.printer), cuts + 1);
  make_well ();
}

/* The same millimetres in fewer dots, on a head that has fewer. */
static void
the_other_resolution_is_asked_of_the_queue (void **state)
{
  static const struct {
    const char *resolution;
    guint dots, lines, bar;
  } cases[] = { { "203dpi", 576, 240, 64 }, { "180dpi", 512, 213, 57 } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    int job = submit_bar (cases[i].resolution);
    g_autoptr (PvDemoRollSheet) sheet = NULL;
    Box box;

    assert_true (wait_for_job (job, IPP_JSTATE_COMPLETED, WAIT_MS));
    sheet = pv_demo_roll_device_dup_sheet (bench.printer);
    box = measure_sheet (sheet);
    assert_near (box.right + 1, cases[i].dots);
    assert_true (box.right < cases[i].dots);
    assert_near (box.bottom - box.top + 1, cases[i].bar);
    /* The printer of the bench feeds at 203 dpi, in the units that it is told. */
    if (i == 0)
      assert_near (box.height, cases[i].lines);
  }
}

static const struct {
  PvDemoRollFaults fault;
  const char *reason;
} faults[] = {
  { PV_DEMO_ROLL_OUT, "media-empty-error" },
  { PV_DEMO_ROLL_COVER, "cover-open-error" },
  { PV_DEMO_ROLL_CUTTER, "separation-cutter-jam-error" },
  { PV_DEMO_ROLL_HOT, "other-warning" },
  { PV_DEMO_ROLL_BROKEN, "other-error" },
};

static void
a_fault_in_mid_print_is_told_and_the_receipt_goes_on_after_it (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    guint cuts = pv_demo_roll_device_count_cuts (bench.printer);
    g_autoptr (PvDemoRollSheet) sheet = NULL;
    int job;

    pv_demo_roll_device_set_habits (bench.printer, PV_DEMO_ROLL_SLOW);
    job = submit ();
    assert_true (wait_for_ink ());
    pv_demo_roll_device_set_faults (bench.printer, faults[i].fault);
    if (!wait_for_reason (faults[i].reason, TRUE, REASON_MS))
      fail_msg ("%s is not told", faults[i].reason);
    assert_int_equal (get_job_state (job), IPP_JSTATE_PROCESSING);
    make_well ();
    assert_true (wait_for_reason (faults[i].reason, FALSE, REASON_MS));
    assert_true (wait_for_job (job, IPP_JSTATE_COMPLETED, WAIT_MS));
    assert_int_equal (pv_demo_roll_device_count_cuts (bench.printer), cuts + 1);
    sheet = pv_demo_roll_device_dup_sheet (bench.printer);
    assert_is_receipt (sheet);
  }
}

static void
a_fault_before_a_job_holds_all_of_it_back (void **state)
{
  guint cuts = pv_demo_roll_device_count_cuts (bench.printer);
  int job;

  (void) state;
  pv_demo_roll_device_set_faults (bench.printer, PV_DEMO_ROLL_OUT);
  job = submit ();
  assert_true (wait_for_reason ("media-empty-error", TRUE, REASON_MS));
  /* Cancelled now, nothing of it is in the printer. */
  assert_int_equal (cupsCancelJob2 (bench.http, "roll", job, 0), IPP_STATUS_OK);
  assert_true (wait_for_job (job, IPP_JSTATE_CANCELED, WAIT_MS));
  make_well ();
  job = submit ();
  assert_true (wait_for_job (job, IPP_JSTATE_COMPLETED, WAIT_MS));
  assert_int_equal (pv_demo_roll_device_count_cuts (bench.printer), cuts + 1);
  assert_true (wait_for_reason ("media-empty-error", FALSE, REASON_MS));
}

static void
little_paper_is_told_and_stays_told (void **state)
{
  int job;

  (void) state;
  pv_demo_roll_device_set_faults (bench.printer, PV_DEMO_ROLL_LOW);
  job = submit ();
  assert_true (wait_for_job (job, IPP_JSTATE_COMPLETED, WAIT_MS));
  assert_true (has_reason ("media-low-warning"));
  make_well ();
  job = submit ();
  assert_true (wait_for_job (job, IPP_JSTATE_COMPLETED, WAIT_MS));
  assert_false (has_reason ("media-low-warning"));
}

/* CUPS does not look at a printer that has nothing to print: it can be told to. */
static void
a_command_asks_and_prints_nothing (void **state)
{
  static const char command[] = "#CUPS-COMMAND\nReportStatus\n";
  static const struct {
    PvDemoRollFaults fault;
    PvDemoRollHabits habit;
    const char *reason;
  } cases[] = {
    { PV_DEMO_ROLL_OUT, 0, "media-empty-error" },
    { PV_DEMO_ROLL_COVER, 0, "cover-open-error" },
    { 0, PV_DEMO_ROLL_OFF, NULL },
    { 0, 0, "none" },
  };
  g_autoptr (GBytes) document = g_bytes_new_static (command, strlen (command));
  guint cuts = pv_demo_roll_device_count_cuts (bench.printer);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    int job;

    pv_demo_roll_device_set_faults (bench.printer, cases[i].fault);
    pv_demo_roll_device_set_habits (bench.printer, cases[i].habit);
    job = send_document (NULL, NULL, "application/vnd.cups-command", document);
    /* CUPS itself takes "offline-report" back at the end of a job. */
    assert_true (wait_for_job (job, cases[i].reason != NULL ? IPP_JSTATE_COMPLETED : IPP_JSTATE_ABORTED, WAIT_MS));
    if (cases[i].reason != NULL && !has_reason (cases[i].reason))
      fail_msg ("%s is not told", cases[i].reason);
    make_well ();
  }
  assert_int_equal (pv_demo_roll_device_count_cuts (bench.printer), cuts);
  assert_int_equal (pv_demo_roll_device_count_uncut_lines (bench.printer), 0);
}

/* Neither one that is off, nor one that takes everything and never says a word. */
static void
a_printer_that_does_not_answer_is_given_up_in_time (void **state)
{
  static const PvDemoRollHabits habits[] = { PV_DEMO_ROLL_OFF, PV_DEMO_ROLL_MUTE };
  guint cuts = pv_demo_roll_device_count_cuts (bench.printer);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (habits); i++) {
    int job;

    pv_demo_roll_device_set_habits (bench.printer, habits[i]);
    job = submit ();
    assert_true (wait_for_reason ("offline-report", TRUE, REASON_MS));
    assert_true (wait_for_job (job, IPP_JSTATE_ABORTED, GIVEN_UP_MS));
    make_well ();
  }
  assert_int_equal (pv_demo_roll_device_count_cuts (bench.printer), cuts);
  assert_int_equal (pv_demo_roll_device_count_uncut_lines (bench.printer), 0);
}

/* What the next citizen takes is his own. */
static void
a_job_cancelled_in_mid_print_is_cut_off_from_the_next (void **state)
{
  static const PvDemoRollFaults states[] = { 0, PV_DEMO_ROLL_OUT };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autoptr (PvDemoRollSheet) sheet = NULL;
    guint cuts = pv_demo_roll_device_count_cuts (bench.printer);
    int job;

    pv_demo_roll_device_set_habits (bench.printer, PV_DEMO_ROLL_SLOW);
    job = submit ();
    assert_true (wait_for_ink ());
    pv_demo_roll_device_set_faults (bench.printer, states[i]);
    if (states[i] != 0)
      assert_true (wait_for_reason ("media-empty-error", TRUE, REASON_MS));
    assert_int_equal (cupsCancelJob2 (bench.http, "roll", job, 0), IPP_STATUS_OK);
    assert_true (wait_for_job (job, IPP_JSTATE_CANCELED, WAIT_MS));
    if (states[i] == 0) {
      pv_demo_roll_device_set_habits (bench.printer, 0);
      assert_true (wait_for_cuts (cuts + 1));
    }
    make_well ();
    job = submit ();
    assert_true (wait_for_job (job, IPP_JSTATE_COMPLETED, WAIT_MS));
    assert_int_equal (pv_demo_roll_device_count_cuts (bench.printer), cuts + 2);
    sheet = pv_demo_roll_device_dup_sheet (bench.printer);
    keep (sheet, "escpos-after.pbm");
    assert_is_receipt (sheet);
  }
}

static void
a_fault_that_nobody_mends_ends_the_job (void **state)
{
  guint cuts = pv_demo_roll_device_count_cuts (bench.printer);
  g_autoptr (PvDemoRollSheet) sheet = NULL;
  int job;

  (void) state;
  pv_demo_roll_device_set_habits (bench.printer, PV_DEMO_ROLL_SLOW);
  job = submit ();
  assert_true (wait_for_ink ());
  pv_demo_roll_device_set_faults (bench.printer, PV_DEMO_ROLL_COVER);
  assert_true (wait_for_job (job, IPP_JSTATE_ABORTED, GIVEN_UP_MS));
  assert_true (has_reason ("cover-open-error"));
  make_well ();
  job = submit ();
  assert_true (wait_for_job (job, IPP_JSTATE_COMPLETED, WAIT_MS));
  assert_int_equal (pv_demo_roll_device_count_cuts (bench.printer), cuts + 2);
  sheet = pv_demo_roll_device_dup_sheet (bench.printer);
  assert_is_receipt (sheet);
  assert_false (has_reason ("cover-open-error"));
}

/* Of the process of this bench, by its file. */
static GPid
find_backend (void)
{
  g_autofree char *program = g_build_filename (bench.queue->folder, "serverbin/backend/parvis-escpos", NULL);
  g_autoptr (GDir) processes = g_dir_open ("/proc", 0, NULL);

  for (const char *name; (name = g_dir_read_name (processes)) != NULL;) {
    g_autofree char *link = g_build_filename ("/proc", name, "exe", NULL);
    g_autofree char *target = g_file_read_link (link, NULL);

    if (g_strcmp0 (target, program) == 0)
      return (GPid) g_ascii_strtoll (name, NULL, 10);
  }
  return 0;
}

/* No process is left that could clean up; the next one does. */
static void
what_a_killed_backend_left_is_cut_off_from_the_next (void **state)
{
  guint cuts = pv_demo_roll_device_count_cuts (bench.printer);
  g_autoptr (PvDemoRollSheet) sheet = NULL;
  GPid backend;
  int job;

  (void) state;
  pv_demo_roll_device_set_habits (bench.printer, PV_DEMO_ROLL_SLOW);
  job = submit ();
  assert_true (wait_for_ink ());
  backend = find_backend ();
  assert_true (backend > 0);
  assert_int_equal (kill (backend, SIGKILL), 0);
  /* Kept by CUPS, and not tried again; never "completed". */
  assert_true (wait_for_stop (job));
  assert_int_equal (cupsCancelJob2 (bench.http, "roll", job, 0), IPP_STATUS_OK);
  make_well ();
  job = submit ();
  assert_true (wait_for_job (job, IPP_JSTATE_COMPLETED, WAIT_MS));
  assert_int_equal (pv_demo_roll_device_count_cuts (bench.printer), cuts + 2);
  sheet = pv_demo_roll_device_dup_sheet (bench.printer);
  assert_is_receipt (sheet);
}

static void
the_printer_service_prints_and_tells_a_fault_through_it (void **state)
{
  guint cuts = pv_demo_roll_device_count_cuts (bench.printer);
  g_autoptr (PvDemoRollSheet) sheet = NULL;
  Kiosk *kiosk = kiosk_new ("queue=roll\nmedia=roll-80mm", bench.queue->socket);

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_DONE, WAIT_MS));
  assert_int_equal (pv_demo_roll_device_count_cuts (bench.printer), cuts + 1);
  sheet = pv_demo_roll_device_dup_sheet (bench.printer);
  assert_is_receipt (sheet);

  pv_demo_roll_device_set_faults (bench.printer, PV_DEMO_ROLL_OUT);
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_ATTENTION, WAIT_MS));
  assert_int_equal (get_last (kiosk)->reason, PV_PRINT_REASON_NO_PAPER);
  assert_true (end_session (kiosk, SESSION));
  make_well ();
  kiosk_free (kiosk);
  assert_int_equal (pv_demo_roll_device_count_cuts (bench.printer), cuts + 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_receipt_arrives_as_it_was_drawn_and_is_cut),
    cmocka_unit_test (a_job_is_completed_only_when_it_is_printed),
    cmocka_unit_test (noise_on_the_line_neither_stops_nor_proves_a_job),
    cmocka_unit_test (the_other_resolution_is_asked_of_the_queue),
    cmocka_unit_test (a_fault_in_mid_print_is_told_and_the_receipt_goes_on_after_it),
    cmocka_unit_test (a_fault_before_a_job_holds_all_of_it_back),
    cmocka_unit_test (little_paper_is_told_and_stays_told),
    cmocka_unit_test (a_command_asks_and_prints_nothing),
    cmocka_unit_test (a_printer_that_does_not_answer_is_given_up_in_time),
    cmocka_unit_test (a_job_cancelled_in_mid_print_is_cut_off_from_the_next),
    cmocka_unit_test (a_fault_that_nobody_mends_ends_the_job),
    cmocka_unit_test (what_a_killed_backend_left_is_cut_off_from_the_next),
    cmocka_unit_test (the_printer_service_prints_and_tells_a_fault_through_it),
  };

  tst_init ();
  if (!escpos_queue_is_possible ()) {
    fputs ("1..0 # SKIP no CUPS with its filters\n", stdout);
    return 0;
  }
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
