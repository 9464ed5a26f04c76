/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/card-link.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "link/card-words.h"
#include "platform/log.h"

enum { CAN_DIGITS = 6 };

struct PvCardLink {
  char *program; /* (nullable) */
  char *config;
  PvCardReportCallback callback;
  gpointer user_data;
  GSubprocess *process; /* (nullable): between watch and stop */
  int fd;               /* -1: no process */
  guint fd_source;
  guint failure_source; /* tells from the main loop that there is none */
  guint n_starts;       /* of this watch */
};

static void start (PvCardLink *link);

static void
tell (PvCardLink *link, PvCardState state, PvCardTrouble trouble)
{
  link->callback (&(PvCardReport){ state, trouble, 0, NULL }, link->user_data);
}

static void
end_process (PvCardLink *link)
{
  g_clear_handle_id (&link->fd_source, g_source_remove);
  if (link->fd >= 0)
    close (link->fd);
  link->fd = -1;
  if (link->process != NULL)
    g_subprocess_force_exit (link->process);
  g_clear_object (&link->process);
}

static gboolean
no_reader_cb (gpointer user_data)
{
  PvCardLink *link = user_data;

  link->failure_source = 0;
  tell (link, PV_CARD_NO_READER, PV_CARD_TROUBLE_NONE);
  return G_SOURCE_REMOVE;
}

static void
say_no_reader (PvCardLink *link)
{
  if (link->failure_source == 0)
    link->failure_source = g_idle_add (no_reader_cb, link);
}

/* Its end of the line is gone. The next one knows no code: whoever typed it is told that the reader stopped. */
static void
lost (PvCardLink *link)
{
  end_process (link);
  pv_log_event (PV_LOG_WARNING, "card-reader-ended");
  if (link->n_starts >= PV_CARD_LINK_STARTS) {
    say_no_reader (link);
    return;
  }
  start (link);
  if (link->process != NULL)
    tell (link, PV_CARD_FAILED, PV_CARD_TROUBLE_READER);
}

static gboolean
line_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  PvCardLink *link = user_data;
  gboolean is_gone = FALSE;

  (void) condition;
  while (link->fd == fd) { /* what is told may stop the link */
    g_auto (PvCardReport) report = { 0 };

    if (!pv_card_receive_report (fd, &report, &is_gone))
      break;
    link->callback (&report, link->user_data);
  }
  if (link->fd != fd)
    return G_SOURCE_REMOVE;
  if (!is_gone)
    return G_SOURCE_CONTINUE;
  link->fd_source = 0;
  lost (link);
  return G_SOURCE_REMOVE;
}

/* Between fork and exec: only what signal-safety(7) allows. */
static void
die_with_parent_cb (gpointer user_data)
{
  (void) user_data;
  prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
}

static GSubprocess *
spawn (const PvCardLink *link, int fd)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  const char *const arguments[] = { link->program, "--config", link->config, NULL };
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_take_fd (launcher, fd, PV_CARD_FD);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent_cb, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, arguments, &error);
  if (process == NULL)
    pv_log_event (PV_LOG_ERROR, "no-card-reader", PV_LOG_CAUSE (error));
  return process;
}

static void
start (PvCardLink *link)
{
  int ends[2];

  link->n_starts++;
  if (link->program == NULL || socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    say_no_reader (link);
    return;
  }
  link->process = spawn (link, ends[1]); /* takes its end */
  if (link->process == NULL) {
    close (ends[0]);
    say_no_reader (link);
    return;
  }
  link->fd = ends[0];
  link->fd_source = g_unix_fd_add (link->fd, G_IO_IN | G_IO_HUP | G_IO_ERR, line_cb, link);
}

PvCardLink *
pv_card_link_new (const char *program, const char *config, PvCardReportCallback callback, gpointer user_data)
{
  PvCardLink *link = g_new0 (PvCardLink, 1);

  link->program = g_strdup (program);
  link->config = g_strdup (config);
  link->callback = callback;
  link->user_data = user_data;
  link->fd = -1;
  return link;
}

void
pv_card_link_free (PvCardLink *link)
{
  if (link == NULL)
    return;
  pv_card_link_stop (link);
  g_free (link->program);
  g_free (link->config);
  g_free (link);
}

/* A line that does not take a word has an end that is gone: line_cb() learns it from the main loop. */
static void
ask (PvCardLink *link, PvCardRequestKind kind, const char *text)
{
  if (link->fd >= 0 && !pv_card_send_request (link->fd, kind, text))
    pv_log_event (PV_LOG_WARNING, "card-request-not-taken");
}

void
pv_card_link_watch (PvCardLink *link)
{
  if (link->process != NULL) {
    ask (link, PV_CARD_DO_STOP, "");
    return;
  }
  if (link->failure_source == 0)
    start (link);
}

void
pv_card_link_read (PvCardLink *link, const char *text)
{
  ask (link, strlen (text) == CAN_DIGITS ? PV_CARD_DO_CAN : PV_CARD_DO_MRZ, text);
}

void
pv_card_link_stop (PvCardLink *link)
{
  link->n_starts = 0;
  g_clear_handle_id (&link->failure_source, g_source_remove);
  end_process (link);
}

char *
pv_card_find_program (void)
{
  const char *named = g_getenv ("PV_CARD_PROGRAM");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, "parvis-card", NULL) : NULL;
  const char *const places[] = { named, beside, PV_LIBEXECDIR "/parvis-card" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i] != NULL && g_file_test (places[i], G_FILE_TEST_IS_EXECUTABLE))
      return g_strdup (places[i]);
  return NULL;
}
