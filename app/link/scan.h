/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* scan.h: making a document from a scanner, or from what a phone sent, by children that can do little else (kiosk/decode).
 *
 * Never blocks: one child for each page and one for the document, each killed after its limit, on pv_scan_free(), and when
 * our process ends. What a child leaves behind is only what it handed over whole: a driver that crashes or hangs costs one
 * page, and the pages before it stay. Pages live in sealed memory files.
 *
 * Main thread only. Callbacks are never called from within a call, nor after pv_scan_free().
 */
#pragma once

#include "core/capture.h"
#include "link/decode.h"

typedef struct PvScan PvScan;

typedef struct PvScanEvents {
  void (*report) (const PvCaptureReport *report, gpointer user_data);
  /* What is to be seen now: the page that grows, or the one that is shown. (transfer full) */
  void (*picture) (PvDecoded *picture, gpointer user_data);
  /* The end of pv_scan_finish(), or of an import; (transfer none). */
  void (*document) (PvDocument *document, gpointer user_data);
} PvScanEvents;

enum {
  PV_SCAN_PAGE_MS = 90 * 1000,   /* a slow scanner at 200 dpi takes half a minute */
  PV_SCAN_SILENT_MS = 20 * 1000, /* no line came for so long: it hangs */
  PV_SCAN_PICTURE_SIDE = 1000,   /* of the picture on the screen, in pixels */
};

/**
 * pv_scan_open:
 * @program: parvis-decode
 * @device: SANE's name of the scanner, or "auto"
 * @rules: copied
 *
 * Looks for the scanner and reports READY or FAILED.
 */
PvScan *pv_scan_open (const char *program, const char *device, const PvCaptureRules *rules, const PvScanEvents *events,
                      gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
/**
 * pv_scan_import:
 * @upload: what a phone sent, decrypted: PDF, JPEG or PNG by its first bytes, whatever it calls itself
 *
 * Decodes it, keeps what is on it and nothing else (no metadata, no scripts), and hands it over as the form accepts it.
 */
PvScan *pv_scan_import (const char *program, GBytes *upload, const PvCaptureRules *rules, const PvScanEvents *events,
                        gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_scan_free (PvScan *scan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvScan, pv_scan_free)

/* Takes the page that lies there, after the others. */
void pv_scan_take_page (PvScan *scan);
void pv_scan_turn_page (PvScan *scan, guint page);
void pv_scan_drop_page (PvScan *scan, guint page);
void pv_scan_show_page (PvScan *scan, guint page);
/* All pages in one document, under the limit of the rules. */
void pv_scan_finish (PvScan *scan);
