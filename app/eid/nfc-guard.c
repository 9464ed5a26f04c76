/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/nfc-guard.h"

enum { AGAIN_MS = 25 }; /* between two interruptions of one call */

struct PvNfcGuard {
  nfc_device *device; /* borrowed */
  GThread *thread;
  GMutex lock; /* all below, and the device against being closed */
  GCond changed;
  gboolean is_in_call, is_cancelled, was_late, is_ending;
  gint64 deadline; /* of the call; monotonic, µs */
};

/* With the lock held; returns when something may have changed. */
static void
watch (PvNfcGuard *guard)
{
  gint64 now = g_get_monotonic_time ();

  if (!guard->is_in_call) {
    g_cond_wait (&guard->changed, &guard->lock);
  } else if (guard->is_cancelled || now >= guard->deadline) {
    guard->was_late = guard->was_late || !guard->is_cancelled;
    nfc_abort_command (guard->device);
    (void) g_cond_wait_until (&guard->changed, &guard->lock, now + AGAIN_MS * G_TIME_SPAN_MILLISECOND);
  } else {
    (void) g_cond_wait_until (&guard->changed, &guard->lock, guard->deadline);
  }
}

static gpointer
guard_thread (gpointer data)
{
  PvNfcGuard *guard = data;

  g_mutex_lock (&guard->lock);
  while (!guard->is_ending)
    watch (guard);
  g_mutex_unlock (&guard->lock);
  return NULL;
}

PvNfcGuard *
pv_nfc_guard_new (nfc_device *device)
{
  PvNfcGuard *guard = g_new0 (PvNfcGuard, 1);

  guard->device = device;
  g_mutex_init (&guard->lock);
  g_cond_init (&guard->changed);
  guard->thread = g_thread_new ("nfc-guard", guard_thread, guard);
  return guard;
}

void
pv_nfc_guard_free (PvNfcGuard *guard)
{
  if (guard == NULL)
    return;
  g_mutex_lock (&guard->lock);
  guard->is_ending = TRUE;
  g_cond_broadcast (&guard->changed);
  g_mutex_unlock (&guard->lock);
  g_thread_join (guard->thread);
  g_mutex_clear (&guard->lock);
  g_cond_clear (&guard->changed);
  g_free (guard);
}

gboolean
pv_nfc_guard_enter (PvNfcGuard *guard, guint limit_ms)
{
  gboolean may_go;

  g_mutex_lock (&guard->lock);
  may_go = !guard->is_cancelled;
  guard->is_in_call = may_go;
  guard->was_late = FALSE;
  guard->deadline = g_get_monotonic_time () + (gint64) limit_ms * G_TIME_SPAN_MILLISECOND;
  g_cond_broadcast (&guard->changed);
  g_mutex_unlock (&guard->lock);
  return may_go;
}

PvNfcEnd
pv_nfc_guard_leave (PvNfcGuard *guard)
{
  PvNfcEnd end;

  g_mutex_lock (&guard->lock);
  guard->is_in_call = FALSE;
  end = guard->is_cancelled ? PV_NFC_END_CANCELLED : guard->was_late ? PV_NFC_END_TIMED_OUT : PV_NFC_END_BY_ITSELF;
  g_mutex_unlock (&guard->lock);
  return end;
}

gboolean
pv_nfc_guard_wait (PvNfcGuard *guard, guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * G_TIME_SPAN_MILLISECOND;
  gboolean may_go;

  g_mutex_lock (&guard->lock);
  while (!guard->is_cancelled && g_cond_wait_until (&guard->changed, &guard->lock, end))
    ;
  may_go = !guard->is_cancelled;
  g_mutex_unlock (&guard->lock);
  return may_go;
}

void
pv_nfc_guard_cancel (PvNfcGuard *guard)
{
  g_mutex_lock (&guard->lock);
  guard->is_cancelled = TRUE;
  g_cond_broadcast (&guard->changed);
  g_mutex_unlock (&guard->lock);
}

void
pv_nfc_guard_rearm (PvNfcGuard *guard)
{
  g_mutex_lock (&guard->lock);
  guard->is_cancelled = FALSE;
  g_mutex_unlock (&guard->lock);
}

gboolean
pv_nfc_guard_is_cancelled (PvNfcGuard *guard)
{
  gboolean is_cancelled;

  g_mutex_lock (&guard->lock);
  is_cancelled = guard->is_cancelled;
  g_mutex_unlock (&guard->lock);
  return is_cancelled;
}
