/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-print-tap.h: a way to a printer on loopback that notes when the first byte of a document passes. Threads of its
 * own. */
#pragma once

#include <glib.h>

typedef struct BenchTap BenchTap;

/* @port: of the printer */
BenchTap *bench_tap_new (guint port);
guint bench_tap_get_port (const BenchTap *tap);
/* From now on the next document counts. */
void bench_tap_reset (BenchTap *tap);
/* Monotonic time in microseconds of the next document's first byte; 0 if none came. */
gint64 bench_tap_wait (BenchTap *tap, guint max_ms);
