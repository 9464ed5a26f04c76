/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ipp-reasons.h: what a printer says of itself and of a job, as the citizen can be told.
 *
 * Pure: the attributes of RFC 8011 and of CUPS go in. Any thread.
 */
#pragma once

#include "core/journey.h"

/* RFC 8011, 5.4.11 */
typedef enum { PV_IPP_PRINTER_IDLE = 3, PV_IPP_PRINTER_PROCESSING = 4, PV_IPP_PRINTER_STOPPED = 5 } PvIppPrinterState;

/* RFC 8011, 5.3.7 */
typedef enum {
  PV_IPP_JOB_PENDING = 3,
  PV_IPP_JOB_HELD = 4,
  PV_IPP_JOB_PROCESSING = 5,
  PV_IPP_JOB_STOPPED = 6,
  PV_IPP_JOB_CANCELED = 7,
  PV_IPP_JOB_ABORTED = 8,
  PV_IPP_JOB_COMPLETED = 9,
} PvIppJobState;

typedef struct PvIppPrinter {
  int state;
  gboolean is_accepting;
  GStrv reasons; /* printer-state-reasons; empty for "none" */
  int up_s;      /* printer-up-time: since it was switched on; -1: not told */
} PvIppPrinter;

typedef struct PvIppJob {
  int state;
  GStrv reasons;         /* job-state-reasons */
  GStrv printer_reasons; /* job-printer-state-reasons: CUPS only, else empty */
  int impressions;       /* job-impressions-completed, 0 if not told */
} PvIppJob;

void pv_ipp_printer_clear (PvIppPrinter *printer);
void pv_ipp_job_clear (PvIppJob *job);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvIppPrinter, pv_ipp_printer_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvIppJob, pv_ipp_job_clear)

/**
 * pv_ipp_judge_printer:
 * @ret_is_available: (out): whether a job may be sent now
 *
 * Suffixes (-report, -warning, -error) do not decide: an empty tray is "-report" while idle and "-warning" in the middle
 * of a job.
 *
 * Returns: the worst reason: why not, or what needs care
 */
PvPrintReason pv_ipp_judge_printer (const PvIppPrinter *printer, gboolean *ret_is_available);

/**
 * pv_ipp_judge_job:
 * @printer: (nullable): at the same moment
 * @before: (nullable): printer-state-reasons before the job; those of CUPS stick to later jobs
 * @ret_reason: (out)
 *
 * "completed" is believed unless CUPS adds that it lost sight of the job at the printer: then UNKNOWN.
 */
PvPrintState pv_ipp_judge_job (const PvIppJob *job, const PvIppPrinter *printer, const char *const *before,
                               PvPrintReason *ret_reason);
/* Why a call of ipp.h failed, as far as it can be told. */
PvPrintReason pv_ipp_judge_error (const GError *error);
/* TRUE from canceled, aborted or completed on. */
gboolean pv_ipp_job_is_over (const PvIppJob *job);
