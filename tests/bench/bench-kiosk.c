/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-kiosk: the compositor's own program, see kiosk. Sessions and bare windows in turn, then the supervisor. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "bench.h"
#include "link/peer.h"
#include "pv-link-session1.h"
#include "panel.h"

enum {
  WIDTH = 1080,
  HEIGHT = 1920,
  STARTS = 15,
  HAND_OVERS = 15,
  REPLACEMENTS = 3,
  PAUSE_MS = 300,
  SETTLE_MS = 3000, /* the catalogue has come, fonts are loaded */
  READY_MS = 30 * 1000,
  REPLACE_MS = 20 * 1000,
  WAKE_SECONDS = 30,
  SAMPLE_US = 500,
};

typedef struct {
  BenchChild *child;
  GDBusConnection *connection;
  PvLinkSession1 *proxy;
  gboolean is_ready, is_shown;
} Session;

static Panel *panel;

static void
fail (const char *what)
{
  fprintf (stderr, "bench-kiosk: %s\n", what);
  exit (EXIT_FAILURE);
}

static void
set_cb (PvLinkSession1 *proxy, gpointer flag)
{
  (void) proxy;
  *(gboolean *) flag = TRUE;
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Session *session = user_data;

  (void) source;
  session->connection = pv_peer_connect_finish (result, NULL);
  if (session->connection == NULL)
    fail ("a session did not connect");
  session->proxy = pv_link_session1_proxy_new_sync (
    session->connection, G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES | G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START, NULL,
    "/org/parvis/Session1", NULL, NULL);
  g_signal_connect (session->proxy, "ready", G_CALLBACK (set_cb), &session->is_ready);
  g_signal_connect (session->proxy, "shown", G_CALLBACK (set_cb), &session->is_shown);
  g_dbus_connection_start_message_processing (session->connection);
}

/* Hidden, and ready. */
static Session *
session_new (BenchFlags flags)
{
  const char *const arguments[] = {
    g_getenv ("PV_SESSION_PROGRAM"),    "--config", g_getenv ("PV_CONF"), "--supervisor-fd", "3", "--session-id",
    "0123456789abcdef0123456789abcdef", NULL
  };
  Session *session = g_new0 (Session, 1);
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    fail ("no socket pair");
  session->child = bench_child_new (arguments, flags, ends[1]);
  pv_peer_connect_fd_async (ends[0], PV_PEER_CLIENT, PV_PEER_HANDSHAKE_MS, NULL, connected_cb, session);
  if (!bench_pump_until (&session->is_ready, READY_MS))
    fail ("a session did not get ready");
  return session;
}

static void
session_show (Session *session)
{
  bench_child_restart_clock (session->child);
  pv_link_session1_call_show (session->proxy, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
  if (!bench_pump_until (&session->is_shown, READY_MS))
    fail ("a session did not show itself");
}

static void
session_free (Session *session)
{
  g_object_unref (session->proxy);
  g_dbus_connection_close_sync (session->connection, NULL, NULL);
  g_object_unref (session->connection);
  bench_child_free (session->child);
  g_free (session);
}

static double
time_start (const char *const *arguments)
{
  BenchChild *child = bench_child_new (arguments, BENCH_TIMED, -1);
  double ms;

  if (!bench_child_wait_painted (child))
    fail ("no first frame");
  ms = bench_child_get_paint_ms (child);
  bench_pump (PAUSE_MS);
  bench_child_free (child);
  bench_pump (PAUSE_MS);
  return ms;
}

static void
tell_starts (const char *name, GArray *values, const char *ratio_to)
{
  static const double percents[] = { 0.0, 50.0 };
  static const char *const words[] = { "best", "median" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autofree char *full = g_strdup_printf ("%s, %s", name, words[i]);
    g_autofree char *other = ratio_to != NULL ? g_strdup_printf ("%s, %s", ratio_to, words[i]) : NULL;
    bench_figure (full, bench_percentile (values, percents[i]), "ms", other, ratio_to != NULL ? 1.5 : BENCH_NO_GOAL);
  }
}

static void
measure_starts (void)
{
  const char *const bare[] = { g_getenv ("PV_BARE_WINDOW"), NULL };
  const char *const session[] = { g_getenv ("PV_SESSION_PROGRAM"), "--config", g_getenv ("PV_CONF"), NULL };
  g_autoptr (GArray) bare_ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) session_ms = g_array_new (FALSE, FALSE, sizeof (double));

  /* The first of each brings the files into memory. */
  for (guint i = 0; i <= STARTS; i++) {
    double a = time_start (bare);
    double b = time_start (session);
    if (i == 0)
      continue;
    g_array_append_val (bare_ms, a);
    g_array_append_val (session_ms, b);
  }
  tell_starts ("cold start to first frame, bare window", bare_ms, NULL);
  tell_starts ("cold start to first frame, session", session_ms, "cold start to first frame, bare window");
}

static void
tell_memory (guint pid, const char *name, double goal)
{
  g_autofree char *private_name = g_strdup_printf ("private memory, %s", name);
  g_autofree char *pss_name = g_strdup_printf ("proportional memory, %s", name);
  double private_mb, pss_mb;

  if (!bench_get_memory (pid, &private_mb, &pss_mb))
    fail ("memory cannot be read");
  bench_figure (private_name, private_mb, "MB", goal > 0.0 ? "private memory, bare window" : NULL, goal);
  bench_figure (pss_name, pss_mb, "MB", goal > 0.0 ? "proportional memory, bare window" : NULL, BENCH_NO_GOAL);
}

/* Of each kind a shown and a hidden one, which share what a program's file holds: as it is on a kiosk. */
static void
measure_memory (void)
{
  const char *const arguments[] = { g_getenv ("PV_BARE_WINDOW"), NULL };
  const char *const hidden_arguments[] = { arguments[0], "--hidden", NULL };
  BenchChild *bare = bench_child_new (arguments, BENCH_READABLE, -1);
  BenchChild *hidden_bare = bench_child_new (hidden_arguments, BENCH_READABLE, -1);
  Session *shown = session_new (BENCH_READABLE), *hidden;

  session_show (shown);
  hidden = session_new (BENCH_READABLE);
  bench_pump (SETTLE_MS);
  tell_memory (bench_child_get_pid (bare), "bare window", BENCH_NO_GOAL);
  tell_memory (bench_child_get_pid (hidden_bare), "hidden bare window", BENCH_NO_GOAL);
  tell_memory (bench_child_get_pid (hidden->child), "hidden session", 0.6);
  tell_memory (bench_child_get_pid (shown->child), "session on Welcome", 1.5);
  session_free (hidden);
  session_free (shown);
  bench_child_free (hidden_bare);
  bench_child_free (bare);
}

static void
measure_hand_over (void)
{
  g_autoptr (GArray) paints = g_array_new (FALSE, FALSE, sizeof (double));
  Session *shown = session_new (BENCH_TIMED);

  session_show (shown);
  for (guint i = 0; i < HAND_OVERS; i++) {
    Session *next = session_new (BENCH_TIMED);
    double ms;
    bench_pump (SETTLE_MS / 2);
    session_show (next);
    if (!bench_child_wait_painted (next->child))
      fail ("no frame after Show");
    ms = bench_child_get_paint_ms (next->child);
    g_array_append_val (paints, ms);
    session_free (shown);
    shown = next;
  }
  session_free (shown);
  bench_figure ("hand-over, go to paint, best", bench_percentile (paints, 0.0), "ms", NULL, BENCH_NO_GOAL);
  bench_figure ("hand-over, go to paint, median", bench_percentile (paints, 50.0), "ms", NULL, 100.0);
  bench_figure ("hand-over, go to paint, worst", bench_percentile (paints, 100.0), "ms", NULL, 100.0);
}

/* (element-type guint): in the order of their start */
static GArray *
children_of (guint parent)
{
  GArray *pids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *path = g_strdup_printf ("/proc/%u/task/%u/children", parent, parent);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return pids;
  words = g_strsplit (g_strstrip (text), " ", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    guint pid = (guint) g_ascii_strtoull (words[i], NULL, 10);
    if (pid != 0)
      g_array_append_val (pids, pid);
  }
  return pids;
}

typedef struct {
  const char *name;
  guint pid;
  double goal;
  BenchSleeper sleeper;
} Waker;

static guint
pid_of_environment (const char *name)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
}

static void
measure_wakes (guint supervisor)
{
  g_autoptr (GArray) sessions = children_of (supervisor);
  Waker wakers[] = {
    { .name = "wake-ups, session on Welcome", .goal = 2.0 },
    { .name = "wake-ups, hidden session", .goal = BENCH_NO_GOAL },
    { .name = "wake-ups, supervisor", .goal = BENCH_NO_GOAL, .pid = supervisor },
    { .name = "wake-ups, courier", .goal = BENCH_NO_GOAL, .pid = pid_of_environment ("PV_COURIER_PID") },
    { .name = "wake-ups, printer service", .goal = BENCH_NO_GOAL, .pid = pid_of_environment ("PV_PRINTER_PID") },
  };

  if (sessions->len < 2)
    fail ("the supervisor does not keep two sessions");
  wakers[0].pid = g_array_index (sessions, guint, 0);
  wakers[1].pid = g_array_index (sessions, guint, 1);
  for (guint i = 0; i < G_N_ELEMENTS (wakers); i++)
    bench_sleeper_start (&wakers[i].sleeper, wakers[i].pid);
  for (guint second = 0; second < WAKE_SECONDS; second++) {
    bench_pump (1000);
    for (guint i = 0; i < G_N_ELEMENTS (wakers); i++)
      bench_sleeper_look (&wakers[i].sleeper);
  }
  for (guint i = 0; i < G_N_ELEMENTS (wakers); i++) {
    bench_figure (wakers[i].name, (double) wakers[i].sleeper.count / WAKE_SECONDS, "1/s", NULL, wakers[i].goal);
    bench_sleeper_clear (&wakers[i].sleeper);
  }
}

static gboolean
is_alive (guint pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%u/exe", pid);

  return g_file_test (path, G_FILE_TEST_IS_SYMLINK);
}

/* A change of the settings makes the supervisor replace both sessions, the shown one too, since nobody touched it. Looks
 * at the screen until the one that was shown is gone, and a while longer. */
static void
watch_replacement (guint supervisor, guint turn, guint *n_samples, guint *n_empty)
{
  g_autoptr (GArray) sessions = children_of (supervisor);
  g_autofree char *path = g_strdup_printf ("%s/95-bench.conf", g_getenv ("PV_CONF"));
  g_autofree char *text = g_strdup_printf ("# %u\n", turn);
  guint shown = sessions->len > 0 ? g_array_index (sessions, guint, 0) : 0;
  gint64 end_us = g_get_monotonic_time () + (gint64) REPLACE_MS * 1000;
  gint64 gone_us = 0;

  g_file_set_contents (path, text, -1, NULL);
  while (g_get_monotonic_time () < end_us) {
    (*n_samples)++;
    if (panel_is_empty (panel))
      (*n_empty)++;
    if (gone_us == 0 && !is_alive (shown)) {
      gone_us = g_get_monotonic_time ();
      end_us = gone_us + 1000 * 1000;
    }
    g_usleep (SAMPLE_US);
  }
  if (gone_us == 0)
    fail ("the supervisor did not replace the session");
}

static void
measure_supervisor (void)
{
  const char *const arguments[] = {
    g_getenv ("PV_SUPERVISOR_PROGRAM"), "--config", g_getenv ("PV_CONF"), "--session-program",
    g_getenv ("PV_SESSION_PROGRAM"),    NULL
  };
  BenchChild *supervisor;
  guint n_samples = 0, n_empty = 0;

  bench_pump (1000);
  panel_learn_empty (panel);
  supervisor = bench_child_new (arguments, 0, -1);
  bench_pump (3 * SETTLE_MS);
  if (panel_is_empty (panel))
    fail ("the supervisor shows nothing");
  measure_wakes (bench_child_get_pid (supervisor));
  for (guint turn = 0; turn < REPLACEMENTS; turn++) {
    watch_replacement (bench_child_get_pid (supervisor), turn, &n_samples, &n_empty);
    bench_pump (SETTLE_MS);
  }
  bench_figure ("hand-over, looks at the screen", n_samples, "1", NULL, BENCH_NO_GOAL);
  bench_figure ("hand-over, looks that saw no window", n_empty, "1", NULL, 0.0);
  bench_child_ask_to_end (supervisor);
  bench_child_free (supervisor);
}

int
main (void)
{
  panel = panel_open (WIDTH, HEIGHT);
  if (panel == NULL)
    fail ("no compositor");
  bench_pump (1000);
  measure_starts ();
  measure_memory ();
  measure_hand_over ();
  measure_supervisor ();
  return EXIT_SUCCESS;
}
