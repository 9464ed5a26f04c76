/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/scan-state.h"

#include <string.h>
#include <unistd.h>

#include "link/memfd.h"

static const PvScanLimits usual_limits = {
  PV_SCAN_PAGE_MS,
  PV_SCAN_SILENT_MS,
  PV_SCAN_LOOK_MS,
  PV_SCAN_JOIN_MS,
};

static void
page_clear (gpointer data)
{
  PvScanPage *page = data;

  close (page->fd);
}

PvScanPage *
pv_scan_get_page (PvScan *scan, guint page)
{
  return &g_array_index (scan->pages, PvScanPage, page);
}

static PvCaptureRules *
copy_rules (const PvCaptureRules *rules)
{
  PvCaptureRules *copy = pv_capture_rules_new (rules->path);

  copy->mime_types = g_strdupv (rules->mime_types);
  copy->max_bytes = MIN (rules->max_bytes, PV_SCAN_MAX_DOCUMENT_BYTES);
  copy->max_pages = CLAMP (rules->max_pages, 1, PV_CAPTURE_MAX_PAGES);
  return copy;
}

PvScan *
pv_scan_create (const char *program, const PvCaptureRules *rules, const PvScanEvents *events, gpointer user_data)
{
  PvScan *scan = g_new0 (PvScan, 1);

  scan->program = g_strdup (program);
  scan->rules = copy_rules (rules);
  scan->limits = usual_limits;
  scan->events = *events;
  scan->user_data = user_data;
  scan->pages = g_array_new (FALSE, FALSE, sizeof (PvScanPage));
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
void
pv_scan_tell_later (PvScan *scan, PvCaptureReport report)
{
  cancel_later (scan);
  scan->report = report;
  scan->later = g_idle_source_new ();
  g_source_set_priority (scan->later, G_PRIORITY_DEFAULT);
  g_source_set_callback (scan->later, later_cb, scan, NULL);
  g_source_attach (scan->later, g_main_context_get_thread_default ());
}

void
pv_scan_tell_trouble (PvScan *scan, PvCaptureTrouble trouble)
{
  tell (scan, (PvCaptureReport){ .state = PV_CAPTURE_FAILED, .trouble = trouble });
}

void
pv_scan_tell_trouble_later (PvScan *scan, PvCaptureTrouble trouble)
{
  pv_scan_tell_later (scan, (PvCaptureReport){ .state = PV_CAPTURE_FAILED, .trouble = trouble });
}

/* --- Pictures of pages --- */

void
pv_scan_stop_showing (PvScan *scan)
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

void
pv_scan_show (PvScan *scan, guint page)
{
  g_autoptr (GBytes) bytes = pv_memfd_map (pv_scan_get_page (scan, page)->fd, PV_SCAN_MAX_PAGE_BYTES, NULL);

  pv_scan_stop_showing (scan);
  scan->shown = page;
  if (bytes == NULL)
    return;
  scan->showing = g_cancellable_new ();
  pv_decode_turned_async (scan->program, bytes, PV_SCAN_PICTURE_SIDE, pv_scan_get_page (scan, page)->turns,
                          scan->showing, shown_cb, scan);
}

static PvCaptureReport
report_page (PvScan *scan, guint page)
{
  return (PvCaptureReport){ .state = PV_CAPTURE_PAGE, .page = page, .hint = pv_scan_get_page (scan, page)->hint };
}

static void
show_later (PvScan *scan, guint page)
{
  pv_scan_show (scan, page);
  pv_scan_tell_later (scan, report_page (scan, page));
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
  pv_scan_tell_trouble (scan, trouble);
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

void
pv_scan_add_page (PvScan *scan, const PvScanOutcome *outcome)
{
  const PvScanPage page = { .fd = outcome->fd, .hint = (PvCaptureHint) outcome->facts.hint };

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
  pv_scan_add_page (scan, outcome);
  pv_scan_show (scan, scan->pages->len - 1);
  tell (scan, report_page (scan, scan->shown));
}

/* --- Public --- */

PvScan *
pv_scan_open_within (const char *program, const char *device, const PvCaptureRules *rules, const PvScanLimits *limits,
                     const PvScanEvents *events, gpointer user_data)
{
  PvScan *scan = pv_scan_create (program, rules, events, user_data);

  scan->device = g_strdup (device);
  scan->limits = *limits;
  if (!pv_scan_is_name (device, strlen (device)))
    pv_scan_tell_trouble_later (scan, PV_CAPTURE_TROUBLE_NO_SCANNER);
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

void
pv_scan_free (PvScan *scan)
{
  if (scan == NULL)
    return;
  pv_scan_stop_showing (scan);
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
  const PvScanTask task = {
    .arguments = scanning,
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
    pv_scan_tell_trouble_later (scan, PV_CAPTURE_TROUBLE_TOO_MANY_PAGES);
    return;
  }
  pv_scan_stop_showing (scan);
  scan->child = pv_scan_child_new (&task, &(PvScanChildEvents){ .step = page_step_cb, .ended = page_ended_cb }, scan);
  pv_scan_tell_later (scan, (PvCaptureReport){ .state = PV_CAPTURE_SCANNING });
}

void
pv_scan_turn_page (PvScan *scan, guint page)
{
  if (page >= scan->pages->len || scan->child != NULL)
    return;
  pv_scan_get_page (scan, page)->turns = (pv_scan_get_page (scan, page)->turns + 1) % 4;
  show_later (scan, page);
}

void
pv_scan_drop_page (PvScan *scan, guint page)
{
  if (page >= scan->pages->len || scan->child != NULL)
    return;
  pv_scan_stop_showing (scan);
  g_array_remove_index (scan->pages, page);
  if (scan->pages->len > 0)
    show_later (scan, MIN (page, scan->pages->len - 1));
  else
    pv_scan_tell_later (scan, (PvCaptureReport){ .state = PV_CAPTURE_READY });
}

void
pv_scan_show_page (PvScan *scan, guint page)
{
  if (page < scan->pages->len && scan->child == NULL)
    show_later (scan, page);
}
