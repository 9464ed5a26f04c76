/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* report.h: what a worker child is asked to do, and what it says about it: facts without anything of the citizen, and
 * sealed parts that the courier cannot read. */
#pragma once

#include "core/delivery.h"

#include <gio/gio.h>

typedef enum {
  PV_WORKER_SEND,
  PV_WORKER_SEARCH_AND_SEND,
  PV_WORKER_SEARCH,
  PV_WORKER_TELL_UNKNOWN, /* only seal the outcome "unknown" for the session and the record */
  PV_N_WORKER_TASKS
} PvWorkerTask;

enum { PV_WORKER_MAX_REPORT_BYTES = 256 * 1024 };

typedef struct PvWorkerReport {
  PvDeliveryEvent event;
  const char *reason; /* (nullable): one of a fixed set of words, static */
  guint retry_after_s;
  gboolean is_reachable; /* the portal answered, and can be filed at as far as is known */
  GBytes *outcome;       /* (nullable): sealed to the session */
  char *record_name;     /* (nullable): follow record, with: */
  GBytes *record;
  char *old_record_name; /* (nullable): of the appointment that was moved or given up, with: */
  GBytes *old_record;
  GBytes *receipt_digest; /* (nullable): of what the portal received, to be signed: pv_receipt_facts_to_digest() */
} PvWorkerReport;

PvWorkerReport *pv_worker_report_new (PvDeliveryEvent event, const char *reason) G_GNUC_WARN_UNUSED_RESULT;
void pv_worker_report_free (PvWorkerReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvWorkerReport, pv_worker_report_free)

/* What a worker writes: the size, 8 bytes, little-endian, then a serialised GVariant. (transfer full) */
GBytes *pv_worker_report_to_bytes (const PvWorkerReport *report) G_GNUC_WARN_UNUSED_RESULT;
/* NULL if they are not a whole report: a worker can die at any byte. */
PvWorkerReport *pv_worker_report_from_bytes (GBytes *bytes) G_GNUC_WARN_UNUSED_RESULT;

/* "send" ...: on the worker's command line. */
const char *pv_worker_task_name (PvWorkerTask task);
gboolean pv_worker_task_from_name (const char *name, PvWorkerTask *ret_task);
