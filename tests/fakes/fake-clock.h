/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fake-clock.h: a clock that stands still until the test turns it. */
#pragma once

#include "platform/clock.h"

typedef struct {
  PvClock clock; /* must stay first; give &fake.clock away */
  gint64 wall_us;
  gint64 monotonic_ms;
  gboolean is_synchronised;
} FakeClock;

/* Synchronised, at this moment of UTC, "2026-11-24T10:00:00Z". */
void fake_clock_init (FakeClock *fake, const char *utc);

/* Both times go on together. */
void fake_clock_advance_ms (FakeClock *fake, gint64 ms);
