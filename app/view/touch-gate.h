/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* touch-gate.h: which touches count, in one place, before any button learns of them.
 *
 * A finger that touches the same place again within the debounce time meant it once (EN 301 549, 5.8); the next key of the
 * keyboard is another place. A touch that was shorter than the press time was not meant. A pointer that rests on a button
 * for the dwell time presses it, once, and not again before it has moved away. Keys of a keyboard are not touches. */
#pragma once

#include <gtk/gtk.h>

typedef struct PvTouchTimes {
  guint debounce_ms;
  guint press_ms; /* 0 = every touch counts */
  guint dwell_ms; /* 0 = resting does nothing */
} PvTouchTimes;

/* For a hand that trembles: at least these. */
enum { PV_TREMOR_DEBOUNCE_MS = 700, PV_TREMOR_PRESS_MS = 400 };

/* Watches @window as long as it lives. Main thread. */
void pv_touch_gate_set_up (GtkWindow *window);
/* From the next touch on. */
void pv_touch_gate_set_times (GtkWindow *window, const PvTouchTimes *times);
/* TRUE within "clicked" of what was touched: the gate has judged it, by the times of the events. */
gboolean pv_touch_gate_is_counting (void);
/* Of @times, what counts while somebody chose "I tremble". */
PvTouchTimes pv_touch_times_for_tremor (const PvTouchTimes *times);
