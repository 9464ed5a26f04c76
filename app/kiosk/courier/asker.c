/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/asker.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "link/memfd.h"
#include "platform/log.h"

struct PvAsker {
  char **arguments;
  GPtrArray *running; /* (element-type GSubprocess) */
};

/* One question that is being asked. */
typedef struct Ask {
  GPtrArray *running; /* of the asker, which may go first */
  GSubprocess *process;
  GCancellable *reading;
  guint deadline_id;
  int answer_fd; /* owned until it is taken */
  char letter;
  PvAskEnd end;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_clear_handle_id (&ask->deadline_id, g_source_remove);
  if (ask->process != NULL)
    g_ptr_array_remove (ask->running, ask->process);
  g_ptr_array_unref (ask->running);
  g_clear_object (&ask->process);
  g_object_unref (ask->reading);
  if (ask->answer_fd >= 0)
    close (ask->answer_fd);
  g_free (ask);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Ask *ask = user_data;

  ask->deadline_id = 0;
  pv_log_event (PV_LOG_WARNING, "ask-killed");
  g_subprocess_force_exit (ask->process);
  g_cancellable_cancel (ask->reading);
  return G_SOURCE_REMOVE;
}

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Ask *ask = g_task_get_task_data (task);
  gssize size = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  /* A worker that died says nothing. */
  ask->end =
    size == 1 && (ask->letter == PV_ASK_FOUND || ask->letter == PV_ASK_NONE) ? (PvAskEnd) ask->letter : PV_ASK_FAILED;
  g_subprocess_wait_async (ask->process, NULL, waited_cb, task);
}

static GSubprocess *
spawn (PvAsker *asker, int question_fd, int answer_fd, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;

  g_strv_builder_add_many (builder, "/proc/self/exe", "--worker=ask", NULL);
  for (guint i = 0; asker->arguments != NULL && asker->arguments[i] != NULL; i++)
    g_strv_builder_add (builder, asker->arguments[i]);
  arguments = g_strv_builder_end (builder);
  g_subprocess_launcher_take_stdin_fd (launcher, question_fd);
  g_subprocess_launcher_take_fd (launcher, fcntl (answer_fd, F_DUPFD_CLOEXEC, 0), PV_ASK_ANSWER_FD);
  return g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments, error);
}

void
pv_asker_ask_async (PvAsker *asker, PvAskKind kind, const char *text, guint64 cents, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Ask *ask = g_new0 (Ask, 1);
  GError *error = NULL;
  int question_fd;

  ask->running = g_ptr_array_ref (asker->running);
  ask->reading = g_cancellable_new ();
  ask->answer_fd = memfd_create ("parvis", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  ask->end = PV_ASK_FAILED;
  g_task_set_task_data (task, ask, ask_free);
  if (asker->running->len >= PV_ASKER_MAX_WORKERS || ask->answer_fd < 0) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "too many questions at once");
    g_object_unref (task);
    return;
  }
  question_fd = pv_memfd_from_variant (g_variant_new (PV_ASK_QUESTION_TYPE, (guint32) kind, text, cents), &error);
  if (question_fd >= 0)
    ask->process = spawn (asker, question_fd, ask->answer_fd, &error);
  if (ask->process == NULL) {
    pv_log_event (PV_LOG_ERROR, "ask-not-started", PV_LOG_CAUSE (error));
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  g_ptr_array_add (asker->running, ask->process);
  ask->deadline_id = g_timeout_add (PV_ASKER_MAX_MS, deadline_cb, ask);
  g_input_stream_read_async (g_subprocess_get_stdout_pipe (ask->process), &ask->letter, 1, G_PRIORITY_DEFAULT,
                             ask->reading, read_cb, task);
}

gboolean
pv_asker_ask_finish (GAsyncResult *result, PvAskEnd *ret_end, int *ret_answer, GError **error)
{
  Ask *ask = g_task_get_task_data (G_TASK (result));

  *ret_end = PV_ASK_FAILED;
  *ret_answer = -1;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *ret_end = ask->end;
  if (ask->end == PV_ASK_FOUND) {
    *ret_answer = ask->answer_fd;
    ask->answer_fd = -1;
  }
  return TRUE;
}

PvAsker *
pv_asker_new (const char *const *arguments)
{
  PvAsker *asker = g_new0 (PvAsker, 1);

  asker->arguments = g_strdupv ((char **) arguments);
  asker->running = g_ptr_array_new ();
  return asker;
}

void
pv_asker_free (PvAsker *asker)
{
  if (asker == NULL)
    return;
  for (guint i = 0; i < asker->running->len; i++)
    g_subprocess_force_exit (asker->running->pdata[i]);
  g_ptr_array_unref (asker->running);
  g_strfreev (asker->arguments);
  g_free (asker);
}
