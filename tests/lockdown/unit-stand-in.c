/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* unit-stand-in SECONDS COMMAND...: does with a command what systemd does with parvis-kiosk.service: NOTIFY_SOCKET and WATCHDOG_USEC
 * in the environment, WATCHDOG_PID naming the main process, messages taken from any of its processes; silent for so many seconds, all
 * of it is killed (WatchdogSignal=SIGKILL, the whole group) and started again a second later. Tells on its standard output, with the
 * seconds since its own start:
 *
 *   1.234 started PID        3.456 ready        8.901 fed        20.123 silent        20.456 gone
 *
 * SIGTERM ends it, and what it started. */

#include <errno.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RESTART_MS = 1000, LOOK_MS = 20, MAX_MESSAGE = 4096 };

typedef struct Unit {
  char **command;
  char *path; /* of the socket */
  int fd;
  guint64 period_us;
  pid_t pid;
  gint64 began_us, fed_us;
  gboolean is_ready, is_over;
} Unit;

static Unit unit;

static void
tell (const char *what)
{
  printf ("%.3f %s\n", (double) (g_get_monotonic_time () - unit.began_us) / G_USEC_PER_SEC, what);
  fflush (stdout);
}

static void
end_cb (int number)
{
  (void) number;
  unit.is_over = TRUE;
}

static void
listen_there (void)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  unit.fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  g_strlcpy (address.sun_path, unit.path, sizeof address.sun_path);
  g_unlink (unit.path);
  if (unit.fd < 0 || bind (unit.fd, (struct sockaddr *) &address, sizeof address) != 0)
    exit (99);
}

/* A session of its own, which is what can be killed as a whole. */
static void
start (void)
{
  g_autofree char *told = NULL;

  unit.is_ready = FALSE;
  unit.pid = fork ();
  if (unit.pid == 0) {
    g_autofree char *period = g_strdup_printf ("%" G_GUINT64_FORMAT, unit.period_us);
    g_autofree char *self = g_strdup_printf ("%d", getpid ());

    setsid ();
    g_setenv ("NOTIFY_SOCKET", unit.path, TRUE);
    g_setenv ("WATCHDOG_USEC", period, TRUE);
    g_setenv ("WATCHDOG_PID", self, TRUE);
    execvp (unit.command[0], unit.command);
    _exit (127);
  }
  unit.fed_us = g_get_monotonic_time ();
  told = g_strdup_printf ("started %d", unit.pid);
  tell (told);
}

static void
hear (void)
{
  char message[MAX_MESSAGE + 1];
  ssize_t size;

  while ((size = recv (unit.fd, message, MAX_MESSAGE, 0)) > 0) {
    g_auto (GStrv) lines = NULL;

    message[size] = '\0';
    lines = g_strsplit (message, "\n", -1);
    if (g_strv_contains ((const char *const *) lines, "READY=1") && !unit.is_ready) {
      unit.is_ready = TRUE;
      unit.fed_us = g_get_monotonic_time ();
      tell ("ready");
    }
    if (g_strv_contains ((const char *const *) lines, "WATCHDOG=1")) {
      unit.fed_us = g_get_monotonic_time ();
      tell ("fed");
    }
  }
}

/* Whoever belongs to the session of the main process: systemd has a control group for that. */
static guint
kill_session (pid_t session)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc", 0, NULL);
  const char *entry;
  guint n = 0;

  while (folder != NULL && (entry = g_dir_read_name (folder)) != NULL) {
    pid_t pid = (pid_t) g_ascii_strtoll (entry, NULL, 10);

    if (pid > 0 && getsid (pid) == session && kill (pid, SIGKILL) == 0)
      n++;
  }
  return n;
}

static void
end (void)
{
  gint64 end_us = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (kill_session (unit.pid) > 0 && g_get_monotonic_time () < end_us) {
    while (waitpid (-1, NULL, WNOHANG) > 0)
      ;
    g_usleep (LOOK_MS * 1000);
  }
  while (waitpid (-1, NULL, WNOHANG) > 0)
    ;
  tell ("gone");
}

int
main (int argc, char **argv)
{
  if (argc < 3)
    return 2;
  unit.period_us = g_ascii_strtoull (argv[1], NULL, 10) * G_USEC_PER_SEC;
  unit.command = argv + 2;
  unit.path = g_strdup_printf ("%s/notify-%d", g_getenv ("XDG_RUNTIME_DIR"), getpid ());
  unit.began_us = g_get_monotonic_time ();
  signal (SIGTERM, end_cb);
  signal (SIGINT, end_cb);
  /* Orphans of the session come to us, to be waited for. */
  prctl (PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  listen_there ();
  start ();
  while (!unit.is_over) {
    pid_t gone;

    hear ();
    gone = waitpid (-1, NULL, WNOHANG);
    /* The watchdog counts once a service is ready, as systemd's does. */
    if (unit.is_ready && g_get_monotonic_time () - unit.fed_us > (gint64) unit.period_us)
      tell ("silent");
    else if (gone != unit.pid) {
      g_usleep (LOOK_MS * 1000);
      continue;
    } else {
      tell ("exited");
    }
    end ();
    g_usleep (RESTART_MS * 1000);
    hear ();
    start ();
  }
  end ();
  g_unlink (unit.path);
  return 0;
}
