/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* worker.h: the child that serves one filing and ends.
 *
 * The only place of the kiosk outside a session where a filing is in clear, for seconds. It gets the container as a
 * descriptor and reads the outbox's private key itself, sends or searches, seals what became of it to the session, and
 * writes a report without anything of the citizen.
 */
#pragma once

#include "kiosk/courier/report.h"
#include "platform/settings.h"

/**
 * pv_worker_run:
 * @filing_fd: the container
 * @report_fd: where the report goes
 *
 * Runs the default main context until the task is done.
 *
 * Returns: the exit status of the process
 */
int pv_worker_run (const PvSettings *settings, PvWorkerTask task, int filing_fd, int report_fd);

/* To be called first in the child: it is gone when @parent is. */
void pv_worker_follow (int parent);
