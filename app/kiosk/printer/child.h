/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* child.h: what blocks: talking with the printer. Runs in a process of its own that does one task and exits. */
#pragma once

#include "kiosk/printer/report.h"
#include "platform/settings.h"

/* Does beforehand what needs no document and no printer: the citizen does not wait for it. */
void pv_printer_child_prepare (const PvSettings *settings);
/* FALSE: the service wants nothing any more. *ret_document_fd is the caller's. */
gboolean pv_printer_child_wait (PvPrinterOrder *ret_order, int *ret_document_fd);

/**
 * pv_printer_child_run:
 * @order: (nullable): of a job
 * @document_fd: of a job: taken over; else -1
 *
 * Tells what happens over PV_PRINTER_REPORT_FD.
 *
 * Returns: an exit status: 0 if a last report was sent
 */
int pv_printer_child_run (PvPrinterTask task, const PvPrinterOrder *order, int document_fd, const PvSettings *settings);

/* Name of all jobs of this kiosk: from the machine's identity, but telling nothing of it. (transfer full) */
char *pv_printer_child_job_name (void) G_GNUC_WARN_UNUSED_RESULT;
