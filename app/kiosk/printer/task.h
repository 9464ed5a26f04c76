/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* task.h: one child of the printer service, seen from the service. Never blocks. Main thread. */
#pragma once

#include <gio/gio.h>

#include "kiosk/printer/report.h"

typedef struct PvTask PvTask;

/* @report: borrowed. The last one comes exactly once, as the end of the child: is_last is set, and if the child said
 * nothing of that kind itself, is_fine is not. The task may be freed in it. Never comes inside pv_task_new(). */
typedef void (*PvTaskReported) (PvTask *task, const PvPrinterReport *report, gpointer user_data);

/**
 * pv_task_new:
 * @arguments: of this program itself, run again; NULL-terminated
 * @max_ms: after it the child is killed
 *
 * Returns: (transfer full): NULL if there can be no child
 */
PvTask *pv_task_new (const char *const *arguments, guint max_ms, PvTaskReported reported, gpointer user_data,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* To a task that waits for one, once: what to print. @document_fd stays the caller's. @max_ms: after it the child is killed.
 * FALSE: it cannot be told, and is to be freed. */
gboolean pv_task_order (PvTask *task, const PvPrinterOrder *order, int document_fd, guint max_ms);
/* Asks it to cancel and to exit, and kills it @max_ms later. */
void pv_task_cancel (PvTask *task, guint max_ms);
/* Kills the child if there still is one; nothing is reported any more. */
void pv_task_free (PvTask *task);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvTask, pv_task_free)
