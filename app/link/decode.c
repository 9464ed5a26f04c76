/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/decode-private.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "link/memfd.h"

enum { BYTES_A_PIXEL = 4 };

/* One child. */
typedef struct Job {
  /* owned */
  GSubprocess *process;
  GSource *deadline, *cancelled; /* (nullable) */
  int output;
  /* state */
  guint max_side, turns;
  gboolean is_late;
} Job;

G_DEFINE_QUARK (pv_decode_error, pv_decode_error)

void
pv_decoded_free (PvDecoded *decoded)
{
  if (decoded == NULL)
    return;
  close (decoded->fd);
  g_free (decoded);
}

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  drop_source (&job->deadline);
  drop_source (&job->cancelled);
  g_clear_object (&job->process);
  if (job->output >= 0)
    close (job->output);
  g_free (job);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Job *job = user_data;

  job->is_late = TRUE;
  g_subprocess_force_exit (job->process);
  return G_SOURCE_REMOVE;
}

/* What comes back comes when the child is gone. */
static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Job *job = user_data;

  (void) cancellable;
  g_subprocess_force_exit (job->process);
  return G_SOURCE_REMOVE;
}

/* The child is gone: nobody can write any more. The trailer is cut off, and the rest sealed. */
static PvDecoded *
take_output (Job *job)
{
  PvDecodeTrailer trailer;
  struct stat info;
  gsize size, stride;
  PvDecoded *decoded;

  if (fstat (job->output, &info) != 0 || info.st_size < (off_t) sizeof trailer)
    return NULL;
  size = (gsize) info.st_size - sizeof trailer;
  if (pread (job->output, &trailer, sizeof trailer, (off_t) size) != (ssize_t) sizeof trailer || trailer.width == 0
      || trailer.height == 0 || trailer.width > job->max_side || trailer.height > job->max_side)
    return NULL;
  stride = (gsize) trailer.width * BYTES_A_PIXEL;
  if (size != stride * trailer.height || ftruncate (job->output, (off_t) size) != 0
      || fcntl (job->output, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0)
    return NULL;
  decoded = g_new0 (PvDecoded, 1);
  *decoded = (PvDecoded){ trailer.width, trailer.height, (guint) stride, job->output };
  job->output = -1;
  return decoded;
}

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  PvDecoded *decoded = NULL;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  drop_source (&job->deadline);
  drop_source (&job->cancelled);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (job->is_late) {
    g_task_return_new_error (task, PV_DECODE_ERROR, PV_DECODE_ERROR_FAILED, "not decoded in time");
    return;
  }
  if (!g_subprocess_get_if_exited (job->process)) {
    g_task_return_new_error (task, PV_DECODE_ERROR, PV_DECODE_ERROR_FAILED, "killed by signal %d",
                             g_subprocess_get_term_sig (job->process));
    return;
  }
  if (g_subprocess_get_exit_status (job->process) == PV_DECODE_EXIT_BAD_DATA) {
    g_task_return_new_error (task, PV_DECODE_ERROR, PV_DECODE_ERROR_BAD_DATA, "no picture that is decoded here");
    return;
  }
  if (g_subprocess_get_exit_status (job->process) == PV_DECODE_EXIT_DONE)
    decoded = take_output (job);
  if (decoded != NULL)
    g_task_return_pointer (task, decoded, (GDestroyNotify) pv_decoded_free);
  else
    g_task_return_new_error (task, PV_DECODE_ERROR, PV_DECODE_ERROR_FAILED, "no pixels, exit status %d",
                             g_subprocess_get_exit_status (job->process));
}

static GSource *
attach (GSource *source, GSourceFunc callback, Job *job)
{
  g_source_set_callback (source, callback, job, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/* FALSE: there is no child. Nothing of ours but the two files reaches it: no environment, no standard streams. */
static gboolean
spawn (Job *job, const char *program, GBytes *picture, GError **error)
{
  static const char *const no_environment[] = { NULL };
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *side = g_strdup_printf ("%u", job->max_side);
  g_autofree char *turns = g_strdup_printf ("%u", job->turns);
  const char *const arguments[] = { program, side, job->turns > 0 ? turns : NULL, NULL };
  int input = pv_memfd_from_bytes (picture, error);
  int output;

  if (input < 0)
    return FALSE;
  g_subprocess_launcher_take_fd (launcher, input, PV_DECODE_INPUT_FD);
  job->output = memfd_create ("parvis-pixels", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  output = job->output >= 0 ? fcntl (job->output, F_DUPFD_CLOEXEC, 0) : -1;
  if (output < 0) {
    g_set_error_literal (error, PV_DECODE_ERROR, PV_DECODE_ERROR_FAILED, "no memory file");
    return FALSE;
  }
  g_subprocess_launcher_take_fd (launcher, output, PV_DECODE_OUTPUT_FD);
  g_subprocess_launcher_set_environ (launcher, (char **) no_environment);
  job->process = g_subprocess_launcher_spawnv (launcher, arguments, error);
  return job->process != NULL;
}

static void
decode (const char *program, GBytes *picture, guint max_side, guint turns, guint max_ms, GCancellable *cancellable,
        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  gsize size = g_bytes_get_size (picture);
  Job *job = g_new0 (Job, 1);

  g_return_if_fail (max_side >= 1 && max_side <= PV_DECODE_MAX_SIDE);

  g_task_set_source_tag (task, pv_decode_async);
  job->output = -1;
  job->max_side = max_side;
  job->turns = turns;
  g_task_set_task_data (task, job, job_free);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (size == 0 || size > PV_DECODE_MAX_BYTES) {
    g_task_return_new_error (task, PV_DECODE_ERROR, PV_DECODE_ERROR_BAD_DATA, "%" G_GSIZE_FORMAT " bytes", size);
    return;
  }
  if (!spawn (job, program, picture, &error)) {
    g_task_return_new_error (task, PV_DECODE_ERROR, PV_DECODE_ERROR_FAILED, "%s", error->message);
    return;
  }
  job->deadline = attach (g_timeout_source_new (max_ms), deadline_cb, job);
  if (cancellable != NULL)
    job->cancelled = attach (g_cancellable_source_new (cancellable), G_SOURCE_FUNC (cancelled_cb), job);
  g_subprocess_wait_async (job->process, NULL, waited_cb, g_object_ref (task));
}

void
pv_decode_within_async (const char *program, GBytes *picture, guint max_side, guint max_ms, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  decode (program, picture, max_side, 0, max_ms, cancellable, callback, user_data);
}

void
pv_decode_turned_async (const char *program, GBytes *picture, guint max_side, guint turns, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  decode (program, picture, max_side, turns % 4, PV_DECODE_MAX_MS, cancellable, callback, user_data);
}

void
pv_decode_async (const char *program, GBytes *picture, guint max_side, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  pv_decode_within_async (program, picture, max_side, PV_DECODE_MAX_MS, cancellable, callback, user_data);
}

PvDecoded *
pv_decode_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
