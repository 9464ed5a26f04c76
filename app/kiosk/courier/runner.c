/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/runner.h"

#include <signal.h>
#include <unistd.h>

#include "platform/log.h"

typedef struct ProcessRunner {
  PvRunner runner; /* must stay first */
  char **arguments;
} ProcessRunner;

/* One worker that runs. */
typedef struct Run {
  GSubprocess *process;
  GCancellable *reading;
  guint deadline_id;
  guint8 buffer[4096];
  GByteArray *collected;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_handle_id (&run->deadline_id, g_source_remove);
  g_object_unref (run->process);
  g_object_unref (run->reading);
  g_byte_array_unref (run->collected);
  g_free (run);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Run *run = user_data;

  run->deadline_id = 0;
  pv_log_event (PV_LOG_WARNING, "worker-killed");
  g_subprocess_force_exit (run->process);
  g_cancellable_cancel (run->reading);
  return G_SOURCE_REMOVE;
}

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = g_bytes_new (run->collected->data, run->collected->len);

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  /* A whole report counts even if the process died afterwards: what it says has happened. */
  g_task_return_pointer (task, pv_worker_report_from_bytes (bytes), (GDestroyNotify) pv_worker_report_free);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  gssize size = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (size > 0 && run->collected->len + (gsize) size <= PV_WORKER_MAX_REPORT_BYTES) {
    g_byte_array_append (run->collected, run->buffer, (guint) size);
    g_input_stream_read_async (G_INPUT_STREAM (source), run->buffer, sizeof run->buffer, G_PRIORITY_DEFAULT,
                               run->reading, read_cb, task);
    return;
  }
  if (size > 0) {
    g_byte_array_set_size (run->collected, 0);
    g_subprocess_force_exit (run->process);
  }
  g_subprocess_wait_async (run->process, NULL, waited_cb, task);
}

static void
run (PvRunner *runner, int filing_fd, PvWorkerTask task, GAsyncReadyCallback callback, gpointer user_data)
{
  ProcessRunner *self = (ProcessRunner *) runner;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *option = g_strconcat ("--worker=", pv_worker_task_name (task), NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = NULL;
  GTask *waiting = g_task_new (NULL, NULL, callback, user_data);
  GSubprocess *process;
  Run *state;

  g_strv_builder_add_many (builder, "/proc/self/exe", option, NULL);
  for (guint i = 0; self->arguments != NULL && self->arguments[i] != NULL; i++)
    g_strv_builder_add (builder, self->arguments[i]);
  arguments = g_strv_builder_end (builder);
  g_subprocess_launcher_take_stdin_fd (launcher, filing_fd);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments, &error);
  if (process == NULL) {
    /* It never ran, so it sent nothing. */
    pv_log_event (PV_LOG_ERROR, "worker-not-started", PV_LOG_CAUSE (error));
    g_task_return_pointer (
      waiting, pv_worker_report_new (task == PV_WORKER_SEND ? PV_DELIVERY_NOT_SENT : PV_DELIVERY_SEARCH_FAILED, "lost"),
      (GDestroyNotify) pv_worker_report_free);
    g_object_unref (waiting);
    return;
  }
  state = g_new0 (Run, 1);
  state->process = process;
  state->reading = g_cancellable_new ();
  state->collected = g_byte_array_new ();
  state->deadline_id = g_timeout_add (PV_RUNNER_MAX_MS, deadline_cb, state);
  g_task_set_task_data (waiting, state, run_free);
  g_input_stream_read_async (g_subprocess_get_stdout_pipe (process), state->buffer, sizeof state->buffer,
                             G_PRIORITY_DEFAULT, state->reading, read_cb, waiting);
}

static PvWorkerReport *
finish (PvRunner *runner, GAsyncResult *result)
{
  (void) runner;
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

PvRunner *
pv_runner_new (const char *const *arguments)
{
  ProcessRunner *self = g_new0 (ProcessRunner, 1);

  self->runner.run = run;
  self->runner.finish = finish;
  self->arguments = g_strdupv ((char **) arguments);
  return &self->runner;
}

void
pv_runner_free (PvRunner *runner)
{
  ProcessRunner *self = (ProcessRunner *) runner;

  if (self == NULL)
    return;
  g_strfreev (self->arguments);
  g_free (self);
}
