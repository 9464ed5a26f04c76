/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* clock.h: the time, as something that is passed in, so that a test can turn it. */
#pragma once

#include <glib.h>

/* What a clock must answer; the tests have one that they turn by hand (tests/fakes/fake-clock.h). */
typedef struct PvClock PvClock;
struct PvClock {
  gint64 (*get_wall_us) (PvClock *clock);
  gint64 (*get_monotonic_ms) (PvClock *clock);
  gboolean (*is_synchronised) (PvClock *clock);
};

/* The clock of this machine; lives as long as the process. (transfer none) Any thread. */
PvClock *pv_clock_get_system (void);
/* What the settings say ([clock] trusted): that it is right without a time server of its own. */
void pv_clock_trust_system (gboolean is_trusted);

/* UTC, microseconds since 1970; may jump. */
gint64 pv_clock_get_wall_us (PvClock *clock);
/* Milliseconds since some moment; never goes back. */
gint64 pv_clock_get_monotonic_ms (PvClock *clock);
/* Whether the wall clock follows a time server: else the paper says "time not verified". */
gboolean pv_clock_is_synchronised (PvClock *clock);
