/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAINT_TIMEOUT_MS = 20 * 1000, END_TIMEOUT_MS = 10 * 1000, SESSION_FD = 3 };

void
bench_figure (const char *name, double value, const char *unit, const char *ratio_to, double goal)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  printf ("{\"name\": \"%s\", \"value\": %s, \"unit\": \"%s\"", name,
          g_ascii_formatd (number, sizeof number, "%.3f", value), unit);
  if (ratio_to != NULL)
    printf (", \"ratio_to\": \"%s\"", ratio_to);
  if (goal >= 0.0)
    printf (", \"goal\": %s", g_ascii_formatd (number, sizeof number, "%g", goal));
  printf ("}\n");
  fflush (stdout);
}

static int
compare_cb (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

double
bench_percentile (GArray *values, double percent)
{
  guint index;

  if (values->len == 0)
    return 0.0;
  qsort (values->data, values->len, sizeof (double), compare_cb);
  index = (guint) (percent / 100.0 * (double) (values->len - 1) + 0.5);
  return g_array_index (values, double, index);
}

/* "[ 123456.789] ": milliseconds of the wall clock, in 32 bits of microseconds; newer releases write as many digits. */
static gboolean
parse_time (const char *line, guint32 *ret_us)
{
  char *end;
  guint64 ms, us;

  if (*line++ != '[')
    return FALSE;
  ms = g_ascii_strtoull (line, &end, 10);
  if (*end != '.')
    return FALSE;
  us = g_ascii_strtoull (end + 1, &end, 10);
  if (*end != ']')
    return FALSE;
  *ret_us = (guint32) (ms * 1000 + us);
  return TRUE;
}

/* Requests are marked by an arrow; 1.23 writes "wl_surface#17". */
static void
note_request (BenchChild *child, char *line)
{
  const char *request = strstr (line, " -> ");
  guint32 us;

  g_strdelimit (line, "#", '@');
  if (request == NULL || !parse_time (line, &us))
    return;
  request += strlen (" -> ");
  if (strstr (request, ".get_xdg_surface(") != NULL && strstr (request, "wl_surface@") != NULL) {
    const char *surface = strstr (request, "wl_surface@");
    g_free (child->surface);
    child->surface = g_strndup (surface, strcspn (surface, ",) "));
    return;
  }
  if (child->surface == NULL || !g_str_has_prefix (request, child->surface))
    return;
  request += strlen (child->surface);
  if (g_str_has_prefix (request, ".attach("))
    child->has_buffer = strstr (request, "wl_buffer@") != NULL;
  else if (g_str_has_prefix (request, ".commit(") && child->has_buffer && !child->is_painted) {
    child->painted_us = us;
    child->is_painted = TRUE;
  }
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BenchChild *child = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  child->n_reading--;
  if (line == NULL)
    return;
  note_request (child, line);
  child->n_reading++;
  g_data_input_stream_read_line_async (child->log, G_PRIORITY_DEFAULT, child->ending, line_cb, child);
}

BenchChild *
bench_child_new (const char *const *arguments, BenchFlags flags, int fd)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_SILENCE
    | (flags & BENCH_TIMED ? G_SUBPROCESS_FLAGS_STDERR_PIPE : G_SUBPROCESS_FLAGS_STDERR_SILENCE));
  g_autoptr (GError) error = NULL;
  BenchChild *child = g_new0 (BenchChild, 1);

  child->ending = g_cancellable_new ();
  if (fd >= 0)
    g_subprocess_launcher_take_fd (launcher, fd, SESSION_FD);
  if (flags & BENCH_TIMED)
    g_subprocess_launcher_setenv (launcher, "WAYLAND_DEBUG", "client", TRUE);
  if (flags & BENCH_READABLE)
    g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", g_getenv ("PV_KEEP_READABLE"), TRUE);
  child->started_us = (guint32) g_get_real_time ();
  child->process = g_subprocess_launcher_spawnv (launcher, arguments, &error);
  if (child->process == NULL)
    g_error ("%s: %s", arguments[0], error->message);
  if (flags & BENCH_TIMED) {
    child->log = g_data_input_stream_new (g_subprocess_get_stderr_pipe (child->process));
    g_buffered_input_stream_set_buffer_size (G_BUFFERED_INPUT_STREAM (child->log), 64 * 1024);
    child->n_reading++;
    g_data_input_stream_read_line_async (child->log, G_PRIORITY_DEFAULT, child->ending, line_cb, child);
  }
  return child;
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BenchChild *child = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  child->n_reading--;
  child->has_ended = TRUE;
}

void
bench_child_ask_to_end (BenchChild *child)
{
  g_subprocess_send_signal (child->process, SIGTERM);
  child->n_reading++;
  g_subprocess_wait_async (child->process, child->ending, ended_cb, child);
  bench_pump_until (&child->has_ended, END_TIMEOUT_MS);
}

void
bench_child_free (BenchChild *child)
{
  g_subprocess_force_exit (child->process);
  g_subprocess_wait (child->process, NULL, NULL);
  /* Its own children may still hold the other end of the log. */
  g_cancellable_cancel (child->ending);
  while (child->n_reading > 0)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&child->log);
  g_object_unref (child->ending);
  g_object_unref (child->process);
  g_free (child->surface);
  g_free (child);
}

guint
bench_child_get_pid (const BenchChild *child)
{
  return (guint) g_ascii_strtoull (g_subprocess_get_identifier (child->process), NULL, 10);
}

void
bench_child_restart_clock (BenchChild *child)
{
  child->is_painted = FALSE;
  child->has_buffer = FALSE;
  child->started_us = (guint32) g_get_real_time ();
}

gboolean
bench_child_wait_painted (BenchChild *child)
{
  return bench_pump_until (&child->is_painted, PAINT_TIMEOUT_MS);
}

double
bench_child_get_paint_ms (const BenchChild *child)
{
  return (double) (guint32) (child->painted_us - child->started_us) / 1000.0;
}

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

gboolean
bench_pump_until (const gboolean *flag, guint timeout_ms)
{
  gboolean is_over = FALSE;
  guint source = g_timeout_add (timeout_ms, wake_cb, &is_over);

  while (!*flag && !is_over)
    g_main_context_iteration (NULL, TRUE);
  if (!is_over)
    g_source_remove (source);
  return *flag;
}

void
bench_pump (guint ms)
{
  const gboolean never = FALSE;

  bench_pump_until (&never, ms);
}

static double
line_mb (const char *text, const char *name)
{
  const char *line = strstr (text, name);

  return line != NULL ? (double) g_ascii_strtoull (line + strlen (name), NULL, 10) / 1024.0 : 0.0;
}

gboolean
bench_get_memory (guint pid, double *ret_private_mb, double *ret_pss_mb)
{
  g_autofree char *path = g_strdup_printf ("/proc/%u/smaps_rollup", pid);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  *ret_private_mb = line_mb (text, "\nPrivate_Clean:") + line_mb (text, "\nPrivate_Dirty:");
  *ret_pss_mb = line_mb (text, "\nPss:");
  return TRUE;
}

void
bench_sleeper_look (BenchSleeper *sleeper)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%u/task", sleeper->pid);
  g_autoptr (GDir) tasks = g_dir_open (folder, 0, NULL);
  const char *name;

  while (tasks != NULL && (name = g_dir_read_name (tasks)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, "status", NULL);
    g_autofree char *text = NULL;
    const char *line;
    guint64 *known = g_hash_table_lookup (sleeper->threads, name);
    guint64 count;
    if (!g_file_get_contents (path, &text, NULL, NULL))
      continue;
    line = strstr (text, "\nvoluntary_ctxt_switches:");
    if (line == NULL)
      continue;
    count = g_ascii_strtoull (line + strlen ("\nvoluntary_ctxt_switches:"), NULL, 10);
    if (known == NULL) {
      known = g_new0 (guint64, 1);
      g_hash_table_insert (sleeper->threads, g_strdup (name), known);
    }
    sleeper->count += count - *known;
    *known = count;
  }
}

void
bench_sleeper_start (BenchSleeper *sleeper, guint pid)
{
  sleeper->pid = pid;
  sleeper->threads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  bench_sleeper_look (sleeper);
  sleeper->count = 0;
}

void
bench_sleeper_clear (BenchSleeper *sleeper)
{
  g_hash_table_unref (sleeper->threads);
}
