/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/sample-scan.h"

#include "link/memfd.h"
#include "print/sample-page.h"

struct PvSampleScan {
  PvCaptureRules *rules;
  PvScanEvents events;
  gpointer user_data;
  GArray *turns; /* (element-type guint): of each page, quarters */
  guint page;
  PvCaptureState next; /* what is told by the timer */
  guint timer;
};

static void
show (PvSampleScan *scan)
{
  guint n_turns = scan->page < scan->turns->len ? g_array_index (scan->turns, guint, scan->page) : 0;
  cairo_surface_t *surface = pv_sample_page_draw (PV_SCAN_PICTURE_SIDE, n_turns);
  PvDecoded *picture = g_new0 (PvDecoded, 1);
  g_autoptr (GBytes) pixels = NULL;

  picture->width = (guint) cairo_image_surface_get_width (surface);
  picture->height = (guint) cairo_image_surface_get_height (surface);
  picture->stride = (guint) cairo_image_surface_get_stride (surface);
  pixels = g_bytes_new (cairo_image_surface_get_data (surface), (gsize) picture->stride * picture->height);
  picture->fd = pv_memfd_from_bytes (pixels, NULL);
  cairo_surface_destroy (surface);
  if (picture->fd >= 0)
    scan->events.picture (picture, scan->user_data);
  else
    g_free (picture);
}

static void
tell (PvSampleScan *scan, PvCaptureState state, guint percent)
{
  const PvCaptureReport report = {
    .state = state, .percent = percent, .n_pages = scan->turns->len, .page = scan->page
  };

  scan->events.report (&report, scan->user_data);
}

/* It never leaves this process: what a form takes and cairo does not write may call itself so. */
static void
hand_over (PvSampleScan *scan)
{
  const char *type = scan->rules->mime_types != NULL && scan->rules->mime_types[0] != NULL ? scan->rules->mime_types[0]
                                                                                           : "application/pdf";
  guint n_pages = MAX (scan->turns->len, 1);
  g_autoptr (GBytes) content = pv_sample_page_render (type, n_pages);
  g_autoptr (PvDocument) document = pv_document_new ("document-1.pdf", type, content, n_pages);

  scan->events.document (document, scan->user_data);
}

static gboolean step_cb (gpointer user_data);

static void
plan (PvSampleScan *scan, PvCaptureState next, guint wait_ms)
{
  g_clear_handle_id (&scan->timer, g_source_remove);
  scan->next = next;
  scan->timer = g_timeout_add (wait_ms, step_cb, scan);
}

/* What is told may free the scan: it comes last. */
static gboolean
step_cb (gpointer user_data)
{
  PvSampleScan *scan = user_data;

  scan->timer = 0;
  switch (scan->next) {
  case PV_CAPTURE_SCANNING:
    plan (scan, PV_CAPTURE_PAGE, PV_SAMPLE_STEP_MS);
    show (scan);
    tell (scan, PV_CAPTURE_SCANNING, 50);
    break;
  case PV_CAPTURE_PAGE:
    show (scan);
    tell (scan, PV_CAPTURE_PAGE, 0);
    break;
  case PV_CAPTURE_RECEIVING:
    plan (scan, PV_CAPTURE_FINISHING, PV_SAMPLE_STEP_MS);
    show (scan);
    tell (scan, PV_CAPTURE_RECEIVING, 0);
    break;
  case PV_CAPTURE_FINISHING:
    hand_over (scan);
    break;
  case PV_CAPTURE_STARTING:
  case PV_CAPTURE_READY:
  case PV_CAPTURE_FAILED:
    tell (scan, PV_CAPTURE_READY, 0);
    break;
  }
  return G_SOURCE_REMOVE;
}

static gboolean
ready_to_receive_cb (gpointer user_data)
{
  PvSampleScan *scan = user_data;

  scan->timer = 0;
  plan (scan, PV_CAPTURE_RECEIVING, 3 * PV_SAMPLE_STEP_MS);
  tell (scan, PV_CAPTURE_READY, 0);
  return G_SOURCE_REMOVE;
}

static PvSampleScan *
new_scan (const PvCaptureRules *rules, const PvScanEvents *events, gpointer user_data)
{
  PvSampleScan *scan = g_new0 (PvSampleScan, 1);

  scan->rules = pv_capture_rules_copy (rules);
  scan->events = *events;
  scan->user_data = user_data;
  scan->turns = g_array_new (FALSE, TRUE, sizeof (guint));
  return scan;
}

PvSampleScan *
pv_sample_scan_open (const PvCaptureRules *rules, const PvScanEvents *events, gpointer user_data)
{
  PvSampleScan *scan = new_scan (rules, events, user_data);

  plan (scan, PV_CAPTURE_READY, PV_SAMPLE_STEP_MS);
  return scan;
}

PvSampleScan *
pv_sample_scan_receive (const PvCaptureRules *rules, const PvScanEvents *events, gpointer user_data)
{
  PvSampleScan *scan = new_scan (rules, events, user_data);

  scan->timer = g_timeout_add (PV_SAMPLE_STEP_MS, ready_to_receive_cb, scan);
  return scan;
}

void
pv_sample_scan_free (PvSampleScan *scan)
{
  if (scan == NULL)
    return;
  g_clear_handle_id (&scan->timer, g_source_remove);
  g_array_unref (scan->turns);
  pv_capture_rules_free (scan->rules);
  g_free (scan);
}

void
pv_sample_scan_take_page (PvSampleScan *scan)
{
  const guint upright = 0;

  if (scan->timer != 0 || scan->turns->len >= scan->rules->max_pages)
    return;
  g_array_append_val (scan->turns, upright);
  scan->page = scan->turns->len - 1;
  plan (scan, PV_CAPTURE_SCANNING, PV_SAMPLE_STEP_MS);
}

void
pv_sample_scan_turn_page (PvSampleScan *scan, guint page)
{
  if (page >= scan->turns->len)
    return;
  g_array_index (scan->turns, guint, page)++;
  pv_sample_scan_show_page (scan, page);
}

void
pv_sample_scan_drop_page (PvSampleScan *scan, guint page)
{
  if (page >= scan->turns->len)
    return;
  g_array_remove_index (scan->turns, page);
  scan->page = scan->turns->len > 0 ? MIN (page, scan->turns->len - 1) : 0;
  plan (scan, scan->turns->len > 0 ? PV_CAPTURE_PAGE : PV_CAPTURE_READY, 0);
}

void
pv_sample_scan_show_page (PvSampleScan *scan, guint page)
{
  if (page >= scan->turns->len)
    return;
  scan->page = page;
  plan (scan, PV_CAPTURE_PAGE, 0);
}

void
pv_sample_scan_finish (PvSampleScan *scan)
{
  if (scan->turns->len > 0)
    plan (scan, PV_CAPTURE_FINISHING, PV_SAMPLE_STEP_MS);
}
