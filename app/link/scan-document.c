/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is made of the pages, or of what a phone sent. */

#include "link/scan-state.h"

#include <string.h>
#include <unistd.h>

#include "link/memfd.h"

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
    pv_scan_tell_trouble (scan, PV_CAPTURE_TROUBLE_BROKEN);
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

  g_clear_pointer (&scan->child, pv_scan_child_free);
  if (outcome->trouble != PV_CAPTURE_TROUBLE_NONE)
    pv_scan_tell_trouble (scan, outcome->trouble);
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

    inputs[i] = pv_scan_get_page (scan, i)->fd;
    g_ptr_array_add (arguments, (gpointer) turns[pv_scan_get_page (scan, i)->turns]);
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
  g_clear_pointer (&scan->child, pv_scan_child_free);
  pv_scan_add_page (scan, outcome);
  pv_scan_show (scan, 0);
  if (choose_kind (scan, &kind))
    join (scan, kind);
  else
    pv_scan_tell_trouble (scan, PV_CAPTURE_TROUBLE_TYPE);
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

PvScan *
pv_scan_import (const char *program, GBytes *upload, const PvCaptureRules *rules, const PvScanEvents *events,
                gpointer user_data)
{
  PvScan *scan = pv_scan_create (program, rules, events, user_data);
  gsize size;
  const char *data = g_bytes_get_data (upload, &size);
  gboolean is_pdf = size >= 5 && memcmp (data, "%PDF-", 5) == 0;
  int fd;

  scan->is_upload = TRUE;
  if (size == 0 || size > PV_SCAN_MAX_UPLOAD_BYTES) {
    pv_scan_tell_trouble_later (scan, size == 0 ? PV_CAPTURE_TROUBLE_UNREADABLE : PV_CAPTURE_TROUBLE_TOO_LARGE);
    return scan;
  }
  fd = pv_memfd_from_bytes (upload, NULL);
  if (fd < 0) {
    pv_scan_tell_trouble_later (scan, PV_CAPTURE_TROUBLE_BROKEN);
    return scan;
  }
  import (scan, fd, is_pdf ? PV_SCAN_PDF : PV_SCAN_JPEG);
  close (fd);
  pv_scan_tell_later (scan, (PvCaptureReport){ .state = PV_CAPTURE_RECEIVING });
  return scan;
}

void
pv_scan_finish (PvScan *scan)
{
  PvScanKind kind;

  if (scan->child != NULL || scan->pages->len == 0 || scan->is_upload)
    return;
  pv_scan_stop_showing (scan);
  if (!choose_kind (scan, &kind)) {
    pv_scan_tell_trouble_later (scan,
                                scan->pages->len > 1 ? PV_CAPTURE_TROUBLE_TOO_MANY_PAGES : PV_CAPTURE_TROUBLE_TYPE);
    return;
  }
  join (scan, kind);
  pv_scan_tell_later (scan, (PvCaptureReport){ .state = PV_CAPTURE_FINISHING });
}
