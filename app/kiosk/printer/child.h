/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* child.h: what blocks: talking with the printer. Runs in a process of its own that does one task and exits. */
#pragma once

#include "kiosk/printer/report.h"
#include "platform/settings.h"

/**
 * pv_printer_child_run:
 * @language: (nullable): of the document (JOB)
 * @user: (nullable): of the session (JOB), see pseudonym.h
 *
 * Takes the document from standard input (JOB) and tells what happens over PV_PRINTER_REPORT_FD.
 *
 * Returns: an exit status: 0 if a last report was sent
 */
int pv_printer_child_run (PvPrinterTask task, const char *language, const char *user, const PvSettings *settings);

/* Name of all jobs of this kiosk: from the machine's identity, but telling nothing of it. (transfer full) */
char *pv_printer_child_job_name (void) G_GNUC_WARN_UNUSED_RESULT;
