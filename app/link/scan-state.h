/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* scan-state.h: between scan.c (a scanner and its pages) and scan-document.c (what is made of them, or of an upload). */
#pragma once

#include "link/scan-private.h"

typedef struct PvScanPage {
  int fd;      /* owned: a sealed JPEG */
  guint turns; /* quarters, to the right: of the picture and in the document; the page itself stays */
  PvCaptureHint hint;
} PvScanPage;

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
  GArray *pages;         /* (element-type PvScanPage) */
  GSource *later;        /* (nullable) */
  /* state */
  PvCaptureReport report; /* for later */
  guint shown;
  gboolean is_upload;
};

PvScan *pv_scan_create (const char *program, const PvCaptureRules *rules, const PvScanEvents *events,
                        gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
PvScanPage *pv_scan_get_page (PvScan *scan, guint page);
/* The outcome's file becomes a page, behind the others. */
void pv_scan_add_page (PvScan *scan, const PvScanOutcome *outcome);
/* Its picture follows. */
void pv_scan_show (PvScan *scan, guint page);
void pv_scan_stop_showing (PvScan *scan);

/* The last of a callback: the scan may be freed by it. */
void pv_scan_tell_trouble (PvScan *scan, PvCaptureTrouble trouble);
/* From within a call. */
void pv_scan_tell_later (PvScan *scan, PvCaptureReport report);
void pv_scan_tell_trouble_later (PvScan *scan, PvCaptureTrouble trouble);
