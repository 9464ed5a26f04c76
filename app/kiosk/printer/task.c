/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/printer/task.h"

#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct PvTask {
  /* owned */
  GSubprocess *process;
  GCancellable *waiting;
  int fd; /* our end; after a cancel only for reading */
  /* handles */
  guint read_id, deadline_id;
  /* borrowed */
  PvTaskReported reported;
  gpointer user_data;

  PvPrinterReport last; /* what it said at last, is_last when it said so */
};

static gboolean
deadline_cb (gpointer user_data)
{
  PvTask *task = user_data;

  task->deadline_id = 0;
  g_subprocess_force_exit (task->process);
  return G_SOURCE_REMOVE;
}

static gboolean
receive (PvTask *task, PvPrinterReport *ret_report)
{
  PvPrinterReport report;

  if (recv (task->fd, &report, sizeof report, MSG_DONTWAIT) != (ssize_t) sizeof report)
    return FALSE;
  /* From a child that read what a printer sent. */
  if (report.state > PV_PRINT_UNKNOWN || report.reason > PV_PRINT_REASON_OTHER)
    return FALSE;
  *ret_report = report;
  return TRUE;
}

static gboolean
readable_cb (int fd, GIOCondition condition, gpointer user_data)
{
  PvTask *task = user_data;
  PvPrinterReport report;

  (void) fd;
  (void) condition;
  if (!receive (task, &report)) {
    task->read_id = 0;
    return G_SOURCE_REMOVE;
  }
  task->last = report;
  /* The end of the process is the end; until then it may still hold the document. */
  if (!report.is_last)
    task->reported (task, &report, task->user_data);
  return G_SOURCE_CONTINUE;
}

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  PvTask *task = user_data;
  PvPrinterReport report;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the task is gone */
  g_clear_handle_id (&task->deadline_id, g_source_remove);
  g_clear_handle_id (&task->read_id, g_source_remove);
  while (receive (task, &report))
    task->last = report;
  if (!task->last.is_last)
    task->last = (PvPrinterReport){ TRUE, task->last.state, PV_PRINT_REASON_OTHER, FALSE, 0 };
  report = task->last;
  task->reported (task, &report, task->user_data);
}

PvTask *
pv_task_new (const char *const *arguments, guint max_ms, PvTaskReported reported, gpointer user_data, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  int ends[2];
  PvTask *task;

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no socket pair");
    return NULL;
  }
  g_ptr_array_add (argv, (char *) "/proc/self/exe");
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_take_fd (launcher, ends[1], PV_PRINTER_REPORT_FD);

  task = g_new0 (PvTask, 1);
  task->fd = ends[0];
  task->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, error);
  if (task->process == NULL) {
    close (task->fd);
    g_free (task);
    return NULL;
  }
  task->waiting = g_cancellable_new ();
  task->reported = reported;
  task->user_data = user_data;
  task->read_id = g_unix_fd_add (task->fd, G_IO_IN, readable_cb, task);
  task->deadline_id = g_timeout_add (max_ms, deadline_cb, task);
  g_subprocess_wait_async (task->process, task->waiting, waited_cb, task);
  return task;
}

gboolean
pv_task_order (PvTask *task, const PvPrinterOrder *order, int document_fd, guint max_ms)
{
  union {
    struct cmsghdr align;
    char bytes[CMSG_SPACE (sizeof (int))];
  } control = { .bytes = { 0 } };
  struct iovec data = { (void *) order, sizeof *order };
  struct msghdr message = {
    .msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes
  };
  struct cmsghdr *rights = CMSG_FIRSTHDR (&message);

  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN (sizeof (int));
  memcpy (CMSG_DATA (rights), &document_fd, sizeof document_fd);
  if (sendmsg (task->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t) sizeof *order)
    return FALSE;
  g_clear_handle_id (&task->deadline_id, g_source_remove);
  task->deadline_id = g_timeout_add (max_ms, deadline_cb, task);
  return TRUE;
}

void
pv_task_cancel (PvTask *task, guint max_ms)
{
  /* Half of the closing is enough for the child to notice, and leaves its last report readable. */
  shutdown (task->fd, SHUT_WR);
  g_clear_handle_id (&task->deadline_id, g_source_remove);
  task->deadline_id = g_timeout_add (max_ms, deadline_cb, task);
}

void
pv_task_free (PvTask *task)
{
  if (task == NULL)
    return;
  g_clear_handle_id (&task->deadline_id, g_source_remove);
  g_clear_handle_id (&task->read_id, g_source_remove);
  g_cancellable_cancel (task->waiting);
  g_subprocess_force_exit (task->process);
  g_object_unref (task->waiting);
  g_object_unref (task->process);
  close (task->fd);
  g_free (task);
}
