/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/report.h"

#include <string.h>

#include "core/receipt-code.h"
#include "link/follow.h"

#define REPORT_TYPE "(ymsubaysaysayay)"

enum { SIZE_BYTES = 8 };

static const char *const task_names[PV_N_WORKER_TASKS] = { "send", "search-and-send", "search", "tell-unknown" };

/* Everything that may stand in the log, on the disk and in front of an administrator about an attempt. */
static const char *const reasons[] = {
  "offline",   "busy",       "clock",       "configuration", "denied", "gone",
  "ambiguous", "bad-answer", "unsupported", "key",           "lost",   "slot-taken",
};

PvWorkerReport *
pv_worker_report_new (PvDeliveryEvent event, const char *reason)
{
  PvWorkerReport *report = g_new0 (PvWorkerReport, 1);

  report->event = event;
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reason, reasons[i]) == 0)
      report->reason = reasons[i];
  return report;
}

void
pv_worker_report_free (PvWorkerReport *report)
{
  if (report == NULL)
    return;
  g_clear_pointer (&report->outcome, g_bytes_unref);
  g_clear_pointer (&report->record, g_bytes_unref);
  g_clear_pointer (&report->old_record, g_bytes_unref);
  g_clear_pointer (&report->receipt_digest, g_bytes_unref);
  g_free (report->record_name);
  g_free (report->old_record_name);
  g_free (report);
}

static const char *
text_of (const char *name)
{
  return name != NULL ? name : "";
}

static GVariant *
bytes_to_variant (GBytes *bytes)
{
  gsize size = 0;
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, size, 1);
}

static GBytes *
bytes_from_variant (GVariant *variant)
{
  return g_variant_get_size (variant) > 0 ? g_variant_get_data_as_bytes (variant) : NULL;
}

GBytes *
pv_worker_report_to_bytes (const PvWorkerReport *report)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (
    g_variant_new ("(ymsub@ays@ays@ay@ay)", (guchar) report->event, report->reason, report->retry_after_s,
                   report->is_reachable, bytes_to_variant (report->outcome), text_of (report->record_name),
                   bytes_to_variant (report->record), text_of (report->old_record_name),
                   bytes_to_variant (report->old_record), bytes_to_variant (report->receipt_digest)));
  gsize size = g_variant_get_size (variant);
  guint64 little = GUINT64_TO_LE ((guint64) size);
  guint8 *data = g_malloc (SIZE_BYTES + size);

  memcpy (data, &little, SIZE_BYTES);
  g_variant_store (variant, data + SIZE_BYTES);
  return g_bytes_new_take (data, SIZE_BYTES + size);
}

static gboolean
may_be_name (const char *name)
{
  return *name == '\0' || pv_follow_name_is_valid (name);
}

/* (transfer full) (nullable) */
static GVariant *
read_whole (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GVariant) variant = NULL;
  guint64 little;

  if (size <= SIZE_BYTES || size > PV_WORKER_MAX_REPORT_BYTES)
    return NULL;
  memcpy (&little, data, SIZE_BYTES);
  if (GUINT64_FROM_LE (little) != size - SIZE_BYTES)
    return NULL;
  content = g_bytes_new_from_bytes (bytes, SIZE_BYTES, size - SIZE_BYTES);
  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (REPORT_TYPE), content, FALSE));
  return g_variant_is_normal_form (variant) ? g_steal_pointer (&variant) : NULL;
}

PvWorkerReport *
pv_worker_report_from_bytes (GBytes *bytes)
{
  g_autoptr (GVariant) variant = read_whole (bytes);
  g_autoptr (GVariant) outcome = NULL, record = NULL, old_record = NULL, digest = NULL;
  g_autoptr (PvWorkerReport) report = NULL;
  const char *reason, *name, *old_name;
  gboolean is_reachable;
  guint retry_after_s;
  guchar event;

  if (variant == NULL)
    return NULL;
  g_variant_get (variant, "(ym&sub@ay&s@ay&s@ay@ay)", &event, &reason, &retry_after_s, &is_reachable, &outcome, &name,
                 &record, &old_name, &old_record, &digest);
  if (event >= PV_N_DELIVERY_EVENTS || !may_be_name (name) || !may_be_name (old_name)
      || (g_variant_get_size (digest) != 0 && g_variant_get_size (digest) != PV_RECEIPT_DIGEST_BYTES))
    return NULL;
  report = pv_worker_report_new (event, reason);
  report->retry_after_s = retry_after_s;
  report->is_reachable = is_reachable;
  report->outcome = bytes_from_variant (outcome);
  report->receipt_digest = bytes_from_variant (digest);
  if (*name != '\0') {
    report->record_name = g_strdup (name);
    report->record = bytes_from_variant (record);
  }
  if (*old_name != '\0') {
    report->old_record_name = g_strdup (old_name);
    report->old_record = bytes_from_variant (old_record);
  }
  return g_steal_pointer (&report);
}

const char *
pv_worker_task_name (PvWorkerTask task)
{
  return task < PV_N_WORKER_TASKS ? task_names[task] : "none";
}

gboolean
pv_worker_task_from_name (const char *name, PvWorkerTask *ret_task)
{
  for (guint i = 0; i < PV_N_WORKER_TASKS; i++)
    if (g_strcmp0 (name, task_names[i]) == 0) {
      *ret_task = (PvWorkerTask) i;
      return TRUE;
    }
  return FALSE;
}
