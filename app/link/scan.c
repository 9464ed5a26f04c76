/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/scan-private.h"

#include <string.h>
#include <unistd.h>

#include "link/memfd.h"

typedef struct Page {
  int fd;      /* owned: a sealed JPEG */
  guint turns; /* quarters, to the right: of the picture and in the document; the page itself stays */
  PvCaptureHint hint;
} Page;

struct PvScan {
  /* given */
  char *program, *device;
  PvCaptureRules *rules;
  PvScanLimits limits;
  PvScanEvents events;
  gpointer user_data;
  /* owned */
  char *found;           /* (nullable): "auto" has been resolved to it */
  PvScanChild *child;    /* (nullable): one at a time */
  GCancellable *showing; /* (nullable) */
  GArray *pages;         /* (element-type Page) */
  GSource *later;        /* (nullable) */
  /* state */
  PvCaptureReport report; /* for later */
  guint shown;
  gboolean is_upload;
};

static const PvScanLimits usual_limits = {
  PV_SCAN_PAGE_MS,
  PV_SCAN_SILENT_MS,
  PV_SCAN_LOOK_MS,
  PV_SCAN_JOIN_MS,
};

static void
page_clear (gpointer data)
{
  Page *page = data;

  close (page->fd);
}

static Page *
get_page (PvScan *scan, guint page)
{
  return &g_array_index (scan->pages, Page, page);
}

static PvCaptureRules *
copy_rules (const PvCaptureRules *rules)
{
  PvCaptureRules *copy = pv_capture_rules_new (rules->path);

  copy->mime_types = g_strdupv (rules->mime_types);
  copy->max_bytes = MIN (rules->max_bytes, PV_SCAN_MAX_DOCUMENT_BYTES);
  copy->max_pages = CLAMP (rules->max_pages, 1, PV_CAPTURE_MAX_PAGES);
  copy->is_sample = rules->is_sample;
  return copy;
}

static PvScan *
create (const char *program, const PvCaptureRules *rules, const PvScanEvents *events, gpointer user_data)
{
  PvScan *scan = g_new0 (PvScan, 1);

  scan->program = g_strdup (program);
  scan->rules = copy_rules (rules);
  scan->limits = usual_limits;
  scan->events = *events;
  scan->user_data = user_data;
  scan->pages = g_array_new (FALSE, FALSE, sizeof (Page));
  g_array_set_clear_func (scan->pages, page_clear);
  return scan;
}

/* --- What is told --- */

static void
cancel_later (PvScan *scan)
{
  if (scan->later == NULL)
    return;
  g_source_destroy (scan->later);
  g_clear_pointer (&scan->later, g_source_unref);
}

static void
tell (PvScan *scan, PvCaptureReport report)
{
  cancel_later (scan);
  report.n_pages = scan->pages->len;
  if (scan->events.report != NULL)
    scan->events.report (&report, scan->user_data);
}

static gboolean
later_cb (gpointer user_data)
{
  PvScan *scan = user_data;

  tell (scan, scan->report);
  return G_SOURCE_REMOVE;
}

/* From within a call. */
static void
tell_later (PvScan *scan, PvCaptureReport report)
{
  cancel_later (scan);
  scan->report = report;
  scan->later = g_idle_source_new ();
  g_source_set_priority (scan->later, G_PRIORITY_DEFAULT);
  g_source_set_callback (scan->later, later_cb, scan, NULL);
  g_source_attach (scan->later, g_main_context_get_thread_default ());
}

static void
tell_trouble (PvScan *scan, PvCaptureTrouble trouble)
{
  tell (scan, (PvCaptureReport){ .state = PV_CAPTURE_FAILED, .trouble = trouble });
}

static void
tell_trouble_later (PvScan *scan, PvCaptureTrouble trouble)
{
  tell_later (scan, (PvCaptureReport){ .state = PV_CAPTURE_FAILED, .trouble = trouble });
}

/* --- Pictures of pages --- */

static void
stop_showing (PvScan *scan)
{
  if (scan->showing != NULL)
    g_cancellable_cancel (scan->showing);
  g_clear_object (&scan->showing);
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  PvDecoded *picture = pv_decode_finish (result, &error);
  PvScan *scan = user_data;

  (void) source;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* and the scan may be gone */
  g_clear_object (&scan->showing);
  if (picture != NULL && scan->events.picture != NULL)
    scan->events.picture (picture, scan->user_data);
  else
    pv_decoded_free (picture);
}

static void
show (PvScan *scan, guint page)
{
  g_autoptr (GBytes) bytes = pv_memfd_map (get_page (scan, page)->fd, PV_SCAN_MAX_PAGE_BYTES, NULL);

  stop_showing (scan);
  scan->shown = page;
  if (bytes == NULL)
    return;
  scan->showing = g_cancellable_new ();
  pv_decode_turned_async (scan->program, bytes, PV_SCAN_PICTURE_SIDE, get_page (scan, page)->turns, scan->showing,
                          shown_cb, scan);
}

static PvCaptureReport
report_page (PvScan *scan, guint page)
{
  return (PvCaptureReport){ .state = PV_CAPTURE_PAGE, .page = page, .hint = get_page (scan, page)->hint };
}

static void
show_later (PvScan *scan, guint page)
{
  show (scan, page);
  tell_later (scan, report_page (scan, page));
}

/* --- Children --- */

static void
end_child (PvScan *scan)
{
  g_clear_pointer (&scan->child, pv_scan_child_free);
}

/* The name of a scanner on USB changes when it is plugged in again. */
static void
fail_child (PvScan *scan, PvCaptureTrouble trouble)
{
  g_clear_pointer (&scan->found, g_free);
  tell_trouble (scan, trouble);
}

static gboolean
remember_name (PvScan *scan, int fd)
{
  g_autoptr (GBytes) name = pv_memfd_map (fd, PV_SCAN_MAX_NAME_BYTES, NULL);
  gsize length;
  const char *data = name != NULL ? g_bytes_get_data (name, &length) : NULL;

  close (fd);
  if (data == NULL || !pv_scan_is_name (data, length))
    return FALSE;
  g_free (scan->found);
  scan->found = g_strndup (data, length);
  return TRUE;
}

static void
looked_cb (PvScanOutcome *outcome, gpointer user_data)
{
  PvScan *scan = user_data;

  end_child (scan);
  if (outcome->trouble != PV_CAPTURE_TROUBLE_NONE)
    fail_child (scan, outcome->trouble);
  else if (!remember_name (scan, outcome->fd))
    fail_child (scan, PV_CAPTURE_TROUBLE_BROKEN);
  else
    tell (scan, (PvCaptureReport){ .state = PV_CAPTURE_READY });
}

static void
look (PvScan *scan)
{
  const char *const arguments[] = { scan->program, "look", scan->device, NULL };
  const PvScanTask task = {
    .arguments = arguments,
    .kind = PV_SCAN_NAME,
    .max_bytes = PV_SCAN_MAX_NAME_BYTES,
    .max_pages = 0,
    .max_ms = scan->limits.look_ms,
  };

  scan->child = pv_scan_child_new (&task, &(PvScanChildEvents){ .ended = looked_cb }, scan);
}

static void
page_step_cb (const PvScanStep *step, gpointer user_data)
{
  PvScan *scan = user_data;
  PvDecoded *picture = pv_scan_child_copy_preview (scan->child);

  if (picture != NULL && scan->events.picture != NULL)
    scan->events.picture (picture, scan->user_data);
  else
    pv_decoded_free (picture);
  tell (scan, (PvCaptureReport){ .state = PV_CAPTURE_SCANNING, .percent = step->percent });
}

static void
add_page (PvScan *scan, const PvScanOutcome *outcome)
{
  const Page page = { .fd = outcome->fd, .hint = (PvCaptureHint) outcome->facts.hint };

  g_array_append_val (scan->pages, page);
}

static void
page_ended_cb (PvScanOutcome *outcome, gpointer user_data)
{
  PvScan *scan = user_data;

  end_child (scan);
  if (outcome->trouble != PV_CAPTURE_TROUBLE_NONE) {
    fail_child (scan, outcome->trouble);
    return;
  }
  add_page (scan, outcome);
  show (scan, scan->pages->len - 1);
  tell (scan, report_page (scan, scan->shown));
}

/* --- The document --- */

/* FALSE: the form takes nothing that could be made of so many pages. A photo stays one where it may. */
static gboolean
choose_kind (const PvScan *scan, PvScanKind *ret_kind)
{
  static const PvScanKind of_scan[] = { PV_SCAN_PDF, PV_SCAN_JPEG, PV_SCAN_PNG };
  static const PvScanKind of_upload[] = { PV_SCAN_JPEG, PV_SCAN_PDF, PV_SCAN_PNG };
  const PvScanKind *kinds = scan->is_upload ? of_upload : of_scan;

  for (guint i = 0; i < G_N_ELEMENTS (of_scan); i++)
    if (pv_scan_takes (scan->rules, kinds[i]) && (kinds[i] == PV_SCAN_PDF || scan->pages->len == 1)) {
      *ret_kind = kinds[i];
      return TRUE;
    }
  return FALSE;
}

static void
hand_over (PvScan *scan, const PvScanOutcome *outcome)
{
  const PvScanKind kind = (PvScanKind) outcome->facts.kind;
  g_autoptr (GBytes) content = pv_memfd_map (outcome->fd, scan->rules->max_bytes, NULL);
  g_autoptr (PvDocument) document = NULL;

  close (outcome->fd);
  if (content == NULL) {
    tell_trouble (scan, PV_CAPTURE_TROUBLE_BROKEN);
    return;
  }
  document = pv_document_new (pv_scan_kind_filename (kind), pv_scan_kind_type (kind), content, outcome->facts.n_pages);
  if (scan->events.document != NULL)
    scan->events.document (document, scan->user_data);
}

static void
document_ended_cb (PvScanOutcome *outcome, gpointer user_data)
{
  PvScan *scan = user_data;

  end_child (scan);
  if (outcome->trouble != PV_CAPTURE_TROUBLE_NONE)
    tell_trouble (scan, outcome->trouble);
  else
    hand_over (scan, outcome);
}

static void
join (PvScan *scan, PvScanKind kind)
{
  const char letter[] = { PV_SCAN_KIND_LETTERS[kind], '\0' };
  g_autofree char *max_bytes = g_strdup_printf ("%" G_GUINT64_FORMAT, scan->rules->max_bytes);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree int *inputs = g_new (int, scan->pages->len);
  PvScanTask task = {
    .inputs = inputs,
    .n_inputs = scan->pages->len,
    .first_input = PV_SCAN_PAGES_FD,
    .kind = kind,
    .max_bytes = scan->rules->max_bytes,
    .max_pages = scan->pages->len,
    .max_ms = scan->limits.join_ms,
  };

  g_ptr_array_add (arguments, scan->program);
  g_ptr_array_add (arguments, (gpointer) "join");
  g_ptr_array_add (arguments, (gpointer) letter);
  g_ptr_array_add (arguments, max_bytes);
  for (guint i = 0; i < scan->pages->len; i++) {
    static const char *const turns[] = { "0", "1", "2", "3" };

    inputs[i] = get_page (scan, i)->fd;
    g_ptr_array_add (arguments, (gpointer) turns[get_page (scan, i)->turns]);
  }
  g_ptr_array_add (arguments, NULL);
  task.arguments = (const char *const *) arguments->pdata;
  scan->child = pv_scan_child_new (&task, &(PvScanChildEvents){ .ended = document_ended_cb }, scan);
}

/* A photo of a phone is a page; the document is made of it at once. */
static void
imported_cb (PvScanOutcome *outcome, gpointer user_data)
{
  PvScan *scan = user_data;
  PvScanKind kind;

  if (outcome->trouble != PV_CAPTURE_TROUBLE_NONE || outcome->facts.kind == PV_SCAN_PDF) {
    document_ended_cb (outcome, user_data);
    return;
  }
  end_child (scan);
  add_page (scan, outcome);
  show (scan, 0);
  if (choose_kind (scan, &kind))
    join (scan, kind);
  else
    tell_trouble (scan, PV_CAPTURE_TROUBLE_TYPE);
}

static void
import (PvScan *scan, int upload, PvScanKind kind)
{
  g_autofree char *max_bytes = g_strdup_printf ("%" G_GUINT64_FORMAT, scan->rules->max_bytes);
  g_autofree char *max_pages = g_strdup_printf ("%u", scan->rules->max_pages);
  char letters[PV_N_SCAN_KINDS] = "";
  const char *const arguments[] = { scan->program, "import", letters, max_bytes, max_pages, NULL };
  const PvScanTask task = {
    .arguments = arguments,
    .inputs = &upload,
    .n_inputs = 1,
    .first_input = PV_SCAN_INPUT_FD,
    .kind = kind,
    .max_bytes = kind == PV_SCAN_PDF ? scan->rules->max_bytes : PV_SCAN_MAX_PAGE_BYTES,
    .max_pages = scan->rules->max_pages,
    .max_ms = scan->limits.join_ms,
  };

  for (PvScanKind taken = PV_SCAN_JPEG; taken < PV_N_SCAN_KINDS; taken++)
    if (pv_scan_takes (scan->rules, taken))
      letters[strlen (letters)] = PV_SCAN_KIND_LETTERS[taken];
  scan->child = pv_scan_child_new (&task, &(PvScanChildEvents){ .ended = imported_cb }, scan);
}

/* --- Public --- */

PvScan *
pv_scan_open_within (const char *program, const char *device, const PvCaptureRules *rules, const PvScanLimits *limits,
                     const PvScanEvents *events, gpointer user_data)
{
  PvScan *scan = create (program, rules, events, user_data);

  scan->device = g_strdup (device);
  scan->limits = *limits;
  if (rules->is_sample)
    tell_later (scan, (PvCaptureReport){ .state = PV_CAPTURE_READY });
  else if (!pv_scan_is_name (device, strlen (device)))
    tell_trouble_later (scan, PV_CAPTURE_TROUBLE_NO_SCANNER);
  else
    look (scan);
  return scan;
}

PvScan *
pv_scan_open (const char *program, const char *device, const PvCaptureRules *rules, const PvScanEvents *events,
              gpointer user_data)
{
  return pv_scan_open_within (program, device, rules, &usual_limits, events, user_data);
}

PvScan *
pv_scan_import (const char *program, GBytes *upload, const PvCaptureRules *rules, const PvScanEvents *events,
                gpointer user_data)
{
  PvScan *scan = create (program, rules, events, user_data);
  gsize size;
  const char *data = g_bytes_get_data (upload, &size);
  gboolean is_pdf = size >= 5 && memcmp (data, "%PDF-", 5) == 0;
  int fd;

  scan->is_upload = TRUE;
  if (size == 0 || size > PV_SCAN_MAX_UPLOAD_BYTES) {
    tell_trouble_later (scan, size == 0 ? PV_CAPTURE_TROUBLE_UNREADABLE : PV_CAPTURE_TROUBLE_TOO_LARGE);
    return scan;
  }
  fd = pv_memfd_from_bytes (upload, NULL);
  if (fd < 0) {
    tell_trouble_later (scan, PV_CAPTURE_TROUBLE_BROKEN);
    return scan;
  }
  import (scan, fd, is_pdf ? PV_SCAN_PDF : PV_SCAN_JPEG);
  close (fd);
  tell_later (scan, (PvCaptureReport){ .state = PV_CAPTURE_RECEIVING });
  return scan;
}

void
pv_scan_free (PvScan *scan)
{
  if (scan == NULL)
    return;
  stop_showing (scan);
  cancel_later (scan);
  end_child (scan);
  g_array_unref (scan->pages);
  pv_capture_rules_free (scan->rules);
  g_free (scan->program);
  g_free (scan->device);
  g_free (scan->found);
  g_free (scan);
}

void
pv_scan_take_page (PvScan *scan)
{
  const char *device = scan->found != NULL ? scan->found : scan->device;
  const char *const scanning[] = { scan->program, "scan", device, "grey", NULL };
  const char *const sampling[] = { scan->program, "sample", NULL };
  const PvScanTask task = {
    .arguments = scan->rules->is_sample ? sampling : scanning,
    .kind = PV_SCAN_JPEG,
    .max_bytes = PV_SCAN_MAX_PAGE_BYTES,
    .max_pages = 1,
    .has_preview = TRUE,
    .max_ms = scan->limits.page_ms,
    .silent_ms = scan->limits.silent_ms,
  };

  if (scan->child != NULL || scan->is_upload)
    return;
  if (scan->pages->len >= scan->rules->max_pages) {
    tell_trouble_later (scan, PV_CAPTURE_TROUBLE_TOO_MANY_PAGES);
    return;
  }
  stop_showing (scan);
  scan->child = pv_scan_child_new (&task, &(PvScanChildEvents){ .step = page_step_cb, .ended = page_ended_cb }, scan);
  tell_later (scan, (PvCaptureReport){ .state = PV_CAPTURE_SCANNING });
}

void
pv_scan_turn_page (PvScan *scan, guint page)
{
  if (page >= scan->pages->len || scan->child != NULL)
    return;
  get_page (scan, page)->turns = (get_page (scan, page)->turns + 1) % 4;
  show_later (scan, page);
}

void
pv_scan_drop_page (PvScan *scan, guint page)
{
  if (page >= scan->pages->len || scan->child != NULL)
    return;
  stop_showing (scan);
  g_array_remove_index (scan->pages, page);
  if (scan->pages->len > 0)
    show_later (scan, MIN (page, scan->pages->len - 1));
  else
    tell_later (scan, (PvCaptureReport){ .state = PV_CAPTURE_READY });
}

void
pv_scan_show_page (PvScan *scan, guint page)
{
  if (page < scan->pages->len && scan->child == NULL)
    show_later (scan, page);
}

void
pv_scan_finish (PvScan *scan)
{
  PvScanKind kind;

  if (scan->child != NULL || scan->pages->len == 0 || scan->is_upload)
    return;
  stop_showing (scan);
  if (!choose_kind (scan, &kind)) {
    tell_trouble_later (scan, scan->pages->len > 1 ? PV_CAPTURE_TROUBLE_TOO_MANY_PAGES : PV_CAPTURE_TROUBLE_TYPE);
    return;
  }
  join (scan, kind);
  tell_later (scan, (PvCaptureReport){ .state = PV_CAPTURE_FINISHING });
}
