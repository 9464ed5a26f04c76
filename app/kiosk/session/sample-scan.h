/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sample-scan.h: link/scan.h for practising: made-up pages come, no device is opened, and everything is told as if there
 * were one. Main thread only. Callbacks are never called from within a call, nor after pv_sample_scan_free(). */
#pragma once

#include "link/scan.h"

typedef struct PvSampleScan PvSampleScan;

enum { PV_SAMPLE_STEP_MS = 400 }; /* so that a person sees what happens */

PvSampleScan *pv_sample_scan_open (const PvCaptureRules *rules, const PvScanEvents *events,
                                   gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
/* As from a phone: nothing is asked for, a document comes. */
PvSampleScan *pv_sample_scan_receive (const PvCaptureRules *rules, const PvScanEvents *events,
                                      gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_sample_scan_free (PvSampleScan *scan);

void pv_sample_scan_take_page (PvSampleScan *scan);
void pv_sample_scan_turn_page (PvSampleScan *scan, guint page);
void pv_sample_scan_drop_page (PvSampleScan *scan, guint page);
void pv_sample_scan_show_page (PvSampleScan *scan, guint page);
void pv_sample_scan_finish (PvSampleScan *scan);
