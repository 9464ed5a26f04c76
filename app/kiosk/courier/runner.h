/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* runner.h: running a worker child for one filing, as a port. */
#pragma once

#include "kiosk/courier/report.h"

typedef struct PvRunner PvRunner;

struct PvRunner {
  /* @filing_fd: the sealed container, for reading; taken over. @callback comes later, exactly once. */
  void (*run) (PvRunner *runner, int filing_fd, PvWorkerTask task, GAsyncReadyCallback callback, gpointer user_data);
  /* NULL: it ended without a report, and may have done anything. (transfer full) */
  PvWorkerReport *(*finish) (PvRunner *runner, GAsyncResult *result);
};

enum {
  /* One search (20 s) and one submission (180 s) as the driver bounds them, and the start of a process on a slow
   * machine. */
  PV_RUNNER_MAX_MS = 240 * 1000,
};

/**
 * pv_runner_new:
 * @arguments: (nullable): further arguments of the worker, NULL-terminated
 *
 * The real one: this program again, with --worker. A worker that takes longer than PV_RUNNER_MAX_MS is killed; it dies
 * with us in any case.
 */
PvRunner *pv_runner_new (const char *const *arguments) G_GNUC_WARN_UNUSED_RESULT;
void pv_runner_free (PvRunner *runner);
