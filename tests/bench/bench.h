/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench.h: what the benchmarks share: figures, programs whose first frame is timed, memory, wake-ups.
 *
 * The time of a frame comes from outside: libwayland writes each request with its time (WAYLAND_DEBUG), and a frame is the
 * first commit of a window's surface with a buffer. Both sides of a ratio are timed so. */
#pragma once

#include <gio/gio.h>

/* For information only. */
#define BENCH_NO_GOAL (-1.0)

/* One line of JSON. @ratio_to: (nullable): a figure of the same run; @goal: the most it may be, or BENCH_NO_GOAL */
void bench_figure (const char *name, double value, const char *unit, const char *ratio_to, double goal);
/* @values: (element-type double): get sorted; @percent: 0 = the least, 50 = the median */
double bench_percentile (GArray *values, double percent);

/* A program under the compositor. */
typedef struct BenchChild {
  GSubprocess *process;
  GDataInputStream *log;
  char *surface; /* (nullable): "wl_surface@17": of its window */
  gboolean has_buffer;
  guint32 started_us; /* wall clock, as libwayland writes it: in 32 bits */
  guint32 painted_us;
  gboolean is_painted;
  gboolean has_ended;
  GCancellable *ending; /* of what goes on */
  guint n_reading;      /* how much goes on */
} BenchChild;

typedef enum { BENCH_TIMED = 1 << 0, BENCH_READABLE = 1 << 1 } BenchFlags;

/* TIMED: its log is read. READABLE: /proc shows its memory, although a session forbids it.
 * @fd: for the program as 3; taken over; -1: none */
BenchChild *bench_child_new (const char *const *arguments, BenchFlags flags, int fd);
/* SIGTERM, and up to ten seconds for it. */
void bench_child_ask_to_end (BenchChild *child);
/* Ends it at once. */
void bench_child_free (BenchChild *child);
guint bench_child_get_pid (const BenchChild *child);
/* From now on the next frame counts as the first. */
void bench_child_restart_clock (BenchChild *child);
gboolean bench_child_wait_painted (BenchChild *child);
double bench_child_get_paint_ms (const BenchChild *child);

void bench_pump (guint ms);
gboolean bench_pump_until (const gboolean *flag, guint timeout_ms);

/* Of smaps_rollup, in MB: private pages, clean and dirty; each page divided by those who share it. FALSE: not readable. */
gboolean bench_get_memory (guint pid, double *ret_private_mb, double *ret_pss_mb);
/* How often the threads of a process went to sleep by themselves, which is how often they were woken. A thread takes its
 * count with it when it ends: looked at now and then, little is lost. */
typedef struct BenchSleeper {
  guint pid;
  GHashTable *threads; /* (element-type utf8 guint64): counts so far */
  guint64 count;       /* since the start */
} BenchSleeper;

void bench_sleeper_start (BenchSleeper *sleeper, guint pid);
void bench_sleeper_look (BenchSleeper *sleeper);
void bench_sleeper_clear (BenchSleeper *sleeper);
