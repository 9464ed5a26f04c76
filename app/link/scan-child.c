/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One child of a scan. It may hang, crash or lie. */

#include "link/scan-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
  BYTES_A_PIXEL = 4,
  SEALS = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL,
};

struct PvScanChild {
  /* owned */
  GSubprocess *process; /* (nullable): none could be started */
  GCancellable *ending;
  GSource *deadline, *silence, *steps, *failure; /* (nullable) */
  int output, preview, pipe;                     /* -1: none */
  /* given */
  PvScanChildEvents events;
  gpointer user_data;
  PvScanKind kind;
  gsize max_bytes;
  guint max_pages, silent_ms;
  /* state */
  guint n_waiting; /* for the end of the process: it is freed after that */
  gboolean is_freed, is_lying, is_late;
  PvScanStep step;
  guint8 partial[sizeof (PvScanStep)]; /* of the next step */
  gsize n_partial;
};

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
drop_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static void
drop_sources (PvScanChild *child)
{
  drop_source (&child->deadline);
  drop_source (&child->silence);
  drop_source (&child->steps);
  drop_source (&child->failure);
  drop_fd (&child->pipe);
}

static void
free_at_last (PvScanChild *child)
{
  drop_sources (child);
  drop_fd (&child->output);
  drop_fd (&child->preview);
  g_clear_object (&child->process);
  g_object_unref (child->ending);
  g_free (child);
}

static GSource *
attach (GSource *source, GSourceFunc callback, PvScanChild *child)
{
  g_source_set_callback (source, callback, child, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
kill_child (PvScanChild *child)
{
  if (child->process != NULL)
    g_subprocess_force_exit (child->process);
}

static gboolean
late_cb (gpointer user_data)
{
  PvScanChild *child = user_data;

  child->is_late = TRUE;
  kill_child (child);
  return G_SOURCE_REMOVE;
}

static void
restart_silence (PvScanChild *child)
{
  drop_source (&child->silence);
  if (child->silent_ms > 0)
    child->silence = attach (g_timeout_source_new (child->silent_ms), late_cb, child);
}

/* FALSE: nonsense. */
static gboolean
take_step (PvScanChild *child)
{
  PvScanStep step;

  memcpy (&step, child->partial, sizeof step);
  child->n_partial = 0;
  if (!pv_scan_step_is_right (&step, &child->step))
    return FALSE;
  child->step = step;
  restart_silence (child);
  return TRUE;
}

static gboolean
steps_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  PvScanChild *child = user_data;
  gboolean is_new = FALSE, goes_on;
  ssize_t got;

  (void) condition;
  while ((got = read (fd, child->partial + child->n_partial, sizeof child->partial - child->n_partial)) > 0) {
    child->n_partial += (gsize) got;
    if (child->n_partial < sizeof child->partial)
      continue;
    if (!take_step (child)) {
      child->is_lying = TRUE;
      kill_child (child);
      return G_SOURCE_REMOVE;
    }
    is_new = TRUE;
  }
  goes_on = got < 0 && (errno == EAGAIN || errno == EINTR);
  if (is_new && child->events.step != NULL)
    child->events.step (&child->step, child->user_data);
  return goes_on ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* The child is gone: nobody can write any more. */
static gboolean
take_output (PvScanChild *child, PvScanOutcome *outcome)
{
  guint8 tail[sizeof (PvScanFacts) + 1];
  struct stat info;
  gsize size, content_size, tail_size;

  if (fstat (child->output, &info) != 0 || info.st_size <= 0)
    return FALSE;
  size = (gsize) info.st_size;
  tail_size = MIN (size, sizeof tail);
  if (pread (child->output, tail, tail_size, (off_t) (size - tail_size)) != (ssize_t) tail_size
      || !pv_scan_facts_read (tail, tail_size, child->kind, child->max_pages, &outcome->facts, &content_size))
    return FALSE;
  content_size = size - sizeof (PvScanFacts);
  if (content_size > child->max_bytes || ftruncate (child->output, (off_t) content_size) != 0
      || fcntl (child->output, F_ADD_SEALS, SEALS) != 0)
    return FALSE;
  outcome->fd = child->output;
  child->output = -1;
  return TRUE;
}

static PvCaptureTrouble
trouble_of_exit (const PvScanChild *child)
{
  int status;

  if (child->process == NULL || child->is_late || child->is_lying || !g_subprocess_get_if_exited (child->process))
    return PV_CAPTURE_TROUBLE_BROKEN;
  status = g_subprocess_get_exit_status (child->process);
  if (status == PV_DECODE_EXIT_DONE)
    return PV_CAPTURE_TROUBLE_NONE;
  status -= PV_SCAN_EXIT_TROUBLE;
  return status > PV_CAPTURE_TROUBLE_NONE && status < PV_N_CAPTURE_TROUBLES ? (PvCaptureTrouble) status
                                                                            : PV_CAPTURE_TROUBLE_BROKEN;
}

static void
tell_end (PvScanChild *child)
{
  PvScanOutcome outcome = { .trouble = trouble_of_exit (child), .fd = -1 };

  drop_sources (child);
  if (outcome.trouble == PV_CAPTURE_TROUBLE_NONE && !take_output (child, &outcome))
    outcome.trouble = PV_CAPTURE_TROUBLE_BROKEN;
  /* The last: it frees. */
  child->events.ended (&outcome, child->user_data);
}

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PvScanChild *child = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  child->n_waiting--;
  if (child->is_freed)
    free_at_last (child);
  else
    tell_end (child);
}

static gboolean
failed_cb (gpointer user_data)
{
  PvScanChild *child = user_data;

  g_clear_pointer (&child->failure, g_source_unref);
  tell_end (child);
  return G_SOURCE_REMOVE;
}

/* A memory file of which the child has a descriptor, and so do we. */
static int
share_file (GSubprocessLauncher *launcher, int child_fd)
{
  int file = memfd_create ("parvis-scan", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  int other = file >= 0 ? fcntl (file, F_DUPFD_CLOEXEC, 0) : -1;

  if (other >= 0)
    g_subprocess_launcher_take_fd (launcher, other, child_fd);
  else
    drop_fd (&file);
  return file;
}

static gboolean
share_pipe (PvScanChild *child, GSubprocessLauncher *launcher)
{
  int ends[2];

  if (!g_unix_open_pipe (ends, FD_CLOEXEC, NULL))
    return FALSE;
  child->pipe = ends[0];
  g_subprocess_launcher_take_fd (launcher, ends[1], PV_SCAN_STEPS_FD);
  if (!g_unix_set_fd_nonblocking (child->pipe, TRUE, NULL))
    return FALSE;
  child->steps = g_unix_fd_source_new (child->pipe, G_IO_IN | G_IO_HUP | G_IO_ERR);
  g_source_set_callback (child->steps, G_SOURCE_FUNC (steps_cb), child, NULL);
  g_source_attach (child->steps, g_main_context_get_thread_default ());
  return TRUE;
}

static gboolean
share (PvScanChild *child, GSubprocessLauncher *launcher, const PvScanTask *task)
{
  for (guint i = 0; i < task->n_inputs; i++) {
    int input = fcntl (task->inputs[i], F_DUPFD_CLOEXEC, 0);

    if (input < 0)
      return FALSE;
    g_subprocess_launcher_take_fd (launcher, input, task->first_input + (int) i);
  }
  child->output = share_file (launcher, PV_SCAN_OUTPUT_FD);
  if (child->output < 0)
    return FALSE;
  if (!task->has_preview)
    return TRUE;
  child->preview = share_file (launcher, PV_SCAN_PREVIEW_FD);
  return child->preview >= 0 && share_pipe (child, launcher);
}

/* Nothing of our environment but where SANE's settings are. */
static gboolean
spawn (PvScanChild *child, const PvScanTask *task)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  const char *config = g_getenv ("SANE_CONFIG_DIR");
  g_autofree char *variable = config != NULL ? g_strconcat ("SANE_CONFIG_DIR=", config, NULL) : NULL;
  char *environment[] = { variable, NULL };

  if (!share (child, launcher, task))
    return FALSE;
  g_subprocess_launcher_set_environ (launcher, environment);
  child->process = g_subprocess_launcher_spawnv (launcher, task->arguments, NULL);
  return child->process != NULL;
}

PvScanChild *
pv_scan_child_new (const PvScanTask *task, const PvScanChildEvents *events, gpointer user_data)
{
  PvScanChild *child = g_new0 (PvScanChild, 1);

  child->output = child->preview = child->pipe = -1;
  child->events = *events;
  child->user_data = user_data;
  child->kind = task->kind;
  child->max_bytes = task->max_bytes;
  child->max_pages = task->max_pages;
  child->silent_ms = task->silent_ms;
  child->ending = g_cancellable_new ();
  if (!spawn (child, task)) {
    child->failure = attach (g_idle_source_new (), failed_cb, child);
    return child;
  }
  child->deadline = attach (g_timeout_source_new (task->max_ms), late_cb, child);
  restart_silence (child);
  child->n_waiting++;
  g_subprocess_wait_async (child->process, child->ending, waited_cb, child);
  return child;
}

PvDecoded *
pv_scan_child_copy_preview (PvScanChild *child)
{
  const gsize stride = (gsize) child->step.width * BYTES_A_PIXEL;
  const gsize size = stride * child->step.height;
  const gsize there = stride * child->step.rows;
  PvDecoded *decoded;
  guint8 *pixels;
  gboolean is_read;
  int fd;

  if (there == 0)
    return NULL;
  fd = memfd_create ("parvis-preview", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0)
    return NULL;
  pixels =
    ftruncate (fd, (off_t) size) == 0 ? mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;
  is_read = pixels != MAP_FAILED && pread (child->preview, pixels, there, 0) == (ssize_t) there;
  if (is_read)
    memset (pixels + there, 0xFF, size - there); /* paper that is not read yet */
  if (pixels != MAP_FAILED)
    munmap (pixels, size);
  if (!is_read || fcntl (fd, F_ADD_SEALS, SEALS) != 0) {
    close (fd);
    return NULL;
  }
  decoded = g_new0 (PvDecoded, 1);
  *decoded = (PvDecoded){ child->step.width, child->step.height, (guint) stride, fd };
  return decoded;
}

void
pv_scan_child_free (PvScanChild *child)
{
  if (child == NULL)
    return;
  drop_sources (child);
  kill_child (child);
  child->is_freed = TRUE;
  if (child->n_waiting > 0)
    g_cancellable_cancel (child->ending);
  else
    free_at_last (child);
}
