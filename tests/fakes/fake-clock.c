/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-clock.h"

static gint64
get_wall_us (PvClock *clock)
{
  return ((FakeClock *) clock)->wall_us;
}

static gint64
get_monotonic_ms (PvClock *clock)
{
  return ((FakeClock *) clock)->monotonic_ms;
}

static gboolean
is_synchronised (PvClock *clock)
{
  return ((FakeClock *) clock)->is_synchronised;
}

void
fake_clock_init (FakeClock *fake, const char *utc)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (utc, NULL);

  g_assert (moment != NULL);
  *fake = (FakeClock){
    .clock = { get_wall_us, get_monotonic_ms, is_synchronised },
    .wall_us = g_date_time_to_unix (moment) * G_USEC_PER_SEC,
    .monotonic_ms = 1000,
    .is_synchronised = TRUE,
  };
}

void
fake_clock_advance_ms (FakeClock *fake, gint64 ms)
{
  g_assert (ms >= 0);
  fake->wall_us += ms * G_TIME_SPAN_MILLISECOND;
  fake->monotonic_ms += ms;
}
