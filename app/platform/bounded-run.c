/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/bounded-run.h"

#include <gio/gio.h>

typedef struct Run {
  GMainLoop *loop;
  GSubprocess *process;
  GCancellable *late; /* a child of the child may hold the pipe for ever */
  GString *said;
  gsize max_bytes;
  gboolean has_read, has_ended;
  char buffer[16384];
} Run;

static void read_on (Run *run);

static void
quit_if_done (Run *run)
{
  if (run->has_read && run->has_ended)
    g_main_loop_quit (run->loop);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0) {
    run->has_read = TRUE;
    quit_if_done (run);
    return;
  }
  g_string_append_len (run->said, run->buffer, n);
  if (run->said->len > run->max_bytes)
    g_string_erase (run->said, 0, (gssize) (run->said->len - run->max_bytes));
  read_on (run);
}

static void
read_on (Run *run)
{
  g_input_stream_read_async (g_subprocess_get_stdout_pipe (run->process), run->buffer, sizeof run->buffer,
                             G_PRIORITY_DEFAULT, run->late, read_cb, run);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  (void) g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  run->has_ended = TRUE;
  quit_if_done (run);
}

static gboolean
late_cb (gpointer user_data)
{
  Run *run = user_data;

  g_subprocess_force_exit (run->process);
  g_cancellable_cancel (run->late);
  return G_SOURCE_REMOVE;
}

char *
pv_run_bounded (const char *const *argv, guint seconds, gsize max_bytes)
{
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) late = g_cancellable_new ();
  g_autoptr (GSource) timer = g_timeout_source_new_seconds (seconds);
  Run run = { .loop = loop, .process = process, .late = late, .max_bytes = max_bytes };
  char *valid;

  if (process == NULL)
    return NULL;
  run.said = g_string_new (NULL);
  g_source_set_callback (timer, late_cb, &run, NULL);
  g_source_attach (timer, NULL);
  read_on (&run);
  g_subprocess_wait_async (process, NULL, ended_cb, &run);
  g_main_loop_run (loop);
  g_source_destroy (timer);
  valid = g_subprocess_get_successful (process) || run.said->len > 0
            ? g_utf8_make_valid (run.said->str, (gssize) run.said->len)
            : NULL;
  g_string_free (run.said, TRUE);
  return valid;
}
