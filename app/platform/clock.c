/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/clock.h"

#include <sys/timex.h>

/* Made by systemd-timesyncd, see systemd-timesyncd.service(8). */
#define TIMESYNC_FILE "/run/systemd/timesync/synchronized"

/* The kernel's NTP_PHASE_LIMIT: where the estimated error stops growing while nobody corrects the clock. */
#define MAX_ERROR_US 16000000L

static gint is_trusted; /* atomic */

static gint64
get_wall_us (PvClock *clock)
{
  (void) clock;
  return g_get_real_time ();
}

static gint64
get_monotonic_ms (PvClock *clock)
{
  (void) clock;
  return g_get_monotonic_time () / G_TIME_SPAN_MILLISECOND;
}

/* By the error and not by STA_UNSYNC, as systemd does: the flag may be set to keep the kernel off the hardware clock.
 * Where a unit's ProtectClock= forbids asking the kernel, the file answers. */
static gboolean
is_synchronised (PvClock *clock)
{
  struct timex state = { 0 };

  (void) clock;
  if (g_atomic_int_get (&is_trusted))
    return TRUE;
  if (adjtimex (&state) >= 0)
    return state.maxerror < MAX_ERROR_US;
  return g_file_test (TIMESYNC_FILE, G_FILE_TEST_EXISTS);
}

PvClock *
pv_clock_get_system (void)
{
  static PvClock system = { get_wall_us, get_monotonic_ms, is_synchronised };

  return &system;
}

void
pv_clock_trust_system (gboolean is)
{
  g_atomic_int_set (&is_trusted, is);
}

gint64
pv_clock_get_wall_us (PvClock *clock)
{
  return clock->get_wall_us (clock);
}

gint64
pv_clock_get_monotonic_ms (PvClock *clock)
{
  return clock->get_monotonic_ms (clock);
}

gboolean
pv_clock_is_synchronised (PvClock *clock)
{
  return clock->is_synchronised (clock);
}
