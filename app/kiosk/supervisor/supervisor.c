/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/supervisor/supervisor.h"

#include <sys/wait.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include "kiosk/supervisor/child.h"
#include "kiosk/supervisor/health-teller.h"
#include "kiosk/supervisor/policy.h"
#include "kiosk/supervisor/restart.h"
#include "kiosk/supervisor/teller.h"
#include "kiosk/supervisor/watcher.h"
#include "platform/clock.h"
#include "platform/log.h"
#include "platform/served.h"
#include "platform/service-files.h"
#include "platform/settings-opening.h"
#include "platform/settings.h"
#include "platform/setup-files.h"

/* Where the settings cannot be read; as settings-table.c has them. */
#define FALLBACK_RUNTIME  "/run/parvis"
#define FALLBACK_SERVICE  FALLBACK_RUNTIME "-service"
#define FALLBACK_CACHE    "/var/cache/parvis"
#define FALLBACK_TIMEZONE "Europe/Paris"

#define DAY_MS G_GINT64_CONSTANT (86400000)

enum {
  MAX_CRASHES = 1000, /* of a day, that are counted */
  SETUP_PAUSE_MS = 2000,
};

struct PvSupervisor {
  char *config;
  char *session_program, *service_program, *setup_program;
  char *asked;           /* is there while the service screen is wanted */
  char *wanted;          /* is there while a first start is */
  gboolean is_setup;     /* one is: its assistant is shown instead of sessions, and of the service screen */
  guint setup_id;        /* of the assistant that lives; 0: none does */
  gint64 setup_ended_ms; /* the last one */
  guint time_scale;
  PvClock *clock;
  PvPolicy *policy;
  PvWatcher *watcher;
  PvTeller *teller;
  PvHealthTeller *health;
  GArray *crashes;      /* (element-type gint64): when, in the last day */
  gint64 frame_ms;      /* when the shown session drew, as it said last */
  GHashTable *children; /* (element-type guint PvChild) */
  GSource *timer;       /* (nullable) */
  GSource *stop_timer;  /* (nullable) */
  char *runtime;
  int served_fd;        /* the lock of platform/served.h; -1: not held */
  gboolean is_printing; /* there is a printer to tell */
  int restart_minute;   /* of the day; -1: never */
  guint32 asked_day;    /* on which the machine's restart was asked for; 0: none */
  gboolean has_fed;
  gboolean was_out_of_order;
  gboolean has_ended;
  void (*ended) (gpointer user_data);
  gpointer user_data;
};

static void carry_out (PvSupervisor *supervisor);

static gint64
get_now_ms (PvSupervisor *supervisor)
{
  return pv_clock_get_monotonic_ms (supervisor->clock) * supervisor->time_scale;
}

static void
clear_timer (GSource **timer)
{
  if (*timer == NULL)
    return;
  g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}

static GSource *
set_timer (guint ms, GSourceFunc callback, PvSupervisor *supervisor)
{
  GSource *timer = g_timeout_source_new (ms);

  g_source_set_callback (timer, callback, supervisor, NULL);
  g_source_attach (timer, g_main_context_get_thread_default ());
  return timer;
}

static void
told_all_cb (gpointer user_data)
{
  carry_out (user_data);
}

/* What the fleet is told of the screen. */
static PvHealthTellerFacts
look_cb (gpointer user_data)
{
  PvSupervisor *supervisor = user_data;
  gint64 now_ms = get_now_ms (supervisor);
  PvHealthTellerFacts facts = { .screen = PV_KIOSK_SCREEN_SERVING };

  while (supervisor->crashes->len > 0 && now_ms - g_array_index (supervisor->crashes, gint64, 0) > DAY_MS)
    g_array_remove_index (supervisor->crashes, 0);
  facts.n_crashes = supervisor->crashes->len;
  if (pv_policy_get_shown (supervisor->policy) == 0)
    facts.screen = PV_KIOSK_SCREEN_DARK;
  else if (pv_policy_is_out_of_order (supervisor->policy))
    facts.screen = PV_KIOSK_SCREEN_OUT_OF_ORDER;
  if (facts.screen != PV_KIOSK_SCREEN_DARK)
    facts.frame_age_ms = (guint) CLAMP (now_ms - supervisor->frame_ms, 0, G_MAXINT);
  return facts;
}

static void
note_crash (PvSupervisor *supervisor, gint64 now_ms)
{
  if (supervisor->crashes->len < MAX_CRASHES)
    g_array_append_val (supervisor->crashes, now_ms);
  pv_health_teller_hurry (supervisor->health);
}

/* @settings: (nullable) */
static void
aim_health (PvSupervisor *supervisor, const PvSettings *settings, const char *printer_path)
{
  g_autofree char *courier_path = NULL;

  if (settings == NULL)
    return;
  if (pv_settings_get_bool (settings, PV_SETTING_FLEET_ENABLED)
      || pv_settings_get_text (settings, PV_SETTING_FLEET_METRICS_FILE) != NULL)
    courier_path = g_build_filename (pv_settings_get_text (settings, PV_SETTING_PATHS_RUNTIME), "courier.sock", NULL);
  pv_health_teller_aim (supervisor->health, courier_path, supervisor->is_printing ? printer_path : NULL);
}

/* Also without settings that can be used: that is when it is wanted. */
static void
aim_setup (PvSupervisor *supervisor)
{
  g_autoptr (PvSettings) settings = pv_settings_load_what_is_right (supervisor->config);
  g_autofree char *runtime = pv_setup_files_runtime (settings);

  g_free (supervisor->wanted);
  supervisor->wanted = g_build_filename (runtime, PV_SETUP_WANTED, NULL);
  pv_watcher_aim_setup (supervisor->watcher, supervisor->wanted);
}

/* FALSE: they cannot be used. */
static gboolean
read_settings (PvSupervisor *supervisor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSettings) settings = pv_settings_load (supervisor->config, &error);
  g_autoptr (PvOpening) opening = settings != NULL ? pv_settings_read_opening (settings) : NULL;
  g_autofree char *socket_path = NULL, *service = NULL;
  const char *runtime;

  if (settings != NULL)
    pv_clock_trust_system (pv_settings_get_bool (settings, PV_SETTING_CLOCK_TRUSTED));
  if (settings == NULL) {
    pv_log_bad_settings (error);
    if (supervisor->teller != NULL)
      return FALSE;
  }
  runtime = settings != NULL ? pv_settings_get_text (settings, PV_SETTING_PATHS_RUNTIME) : FALLBACK_RUNTIME;
  g_free (supervisor->runtime);
  supervisor->runtime = g_strdup (runtime);
  socket_path = g_build_filename (runtime, "printer.sock", NULL);
  supervisor->restart_minute = settings != NULL ? pv_settings_read_restart (settings) : -1;
  supervisor->is_printing = settings == NULL || pv_settings_get_bool (settings, PV_SETTING_PRINTER_ENABLED);
  if (supervisor->teller != NULL)
    pv_teller_aim (supervisor->teller, socket_path);
  else
    supervisor->teller = pv_teller_new (socket_path, supervisor->time_scale, told_all_cb, supervisor);
  aim_health (supervisor, settings, socket_path);
  pv_watcher_aim (
    supervisor->watcher, settings != NULL ? pv_settings_get_text (settings, PV_SETTING_PATHS_CACHE) : FALLBACK_CACHE,
    settings != NULL ? pv_settings_get_text (settings, PV_SETTING_COMMUNE_TIMEZONE) : FALLBACK_TIMEZONE, opening);
  service = settings != NULL ? pv_service_files_runtime (settings) : g_strdup (FALLBACK_SERVICE);
  g_free (supervisor->asked);
  supervisor->asked = g_build_filename (service, PV_SERVICE_ASKED, NULL);
  pv_watcher_aim_service (supervisor->watcher, supervisor->asked);
  return settings != NULL;
}

/* The rules of the service screen hold for the assistant as well: it lives alone. */
static void
look_for_setup (PvSupervisor *supervisor)
{
  gboolean is_wanted = g_file_test (supervisor->wanted, G_FILE_TEST_EXISTS);

  if (is_wanted == supervisor->is_setup)
    return;
  supervisor->is_setup = is_wanted;
  if (is_wanted)
    pv_log_event (PV_LOG_INFO, "setup-wanted");
  else
    pv_log_event (PV_LOG_INFO, "setup-over");
  pv_policy_service (supervisor->policy, is_wanted, get_now_ms (supervisor));
}

/* One that crashed comes again, after a pause: there is nothing else that this kiosk could show. */
static void
consider_setup (PvSupervisor *supervisor)
{
  gint64 now_ms = get_now_ms (supervisor);

  if (supervisor->is_setup && supervisor->setup_id == 0 && now_ms - supervisor->setup_ended_ms >= SETUP_PAUSE_MS)
    pv_policy_service (supervisor->policy, TRUE, now_ms);
}

static void
look_for_service (PvSupervisor *supervisor)
{
  gboolean is_wanted = g_file_test (supervisor->asked, G_FILE_TEST_EXISTS);

  if (supervisor->is_setup)
    return;
  if (is_wanted)
    pv_log_event (PV_LOG_INFO, "service-wanted");
  else
    pv_log_event (PV_LOG_INFO, "service-not-wanted");
  pv_policy_service (supervisor->policy, is_wanted, get_now_ms (supervisor));
}

static void
changed_cb (PvWatcherCause cause, gpointer user_data)
{
  static const char *const words[] = {
    [PV_WATCHER_SETTINGS] = "settings", [PV_WATCHER_CATALOGUE] = "catalogue", [PV_WATCHER_DAY] = "day",
    [PV_WATCHER_HOURS] = "hours",       [PV_WATCHER_SERVICE] = "service",     [PV_WATCHER_SETUP] = "setup",
  };
  PvSupervisor *supervisor = user_data;
  gint64 now_ms = get_now_ms (supervisor);

  if (cause == PV_WATCHER_SERVICE || cause == PV_WATCHER_SETUP) {
    if (cause == PV_WATCHER_SETUP)
      look_for_setup (supervisor);
    else
      look_for_service (supervisor);
    carry_out (supervisor);
    return;
  }
  /* Sessions with the settings that were good are worth more than new ones that are out of order. */
  if (cause == PV_WATCHER_SETTINGS && !read_settings (supervisor)) {
    pv_policy_hold (supervisor->policy, TRUE, now_ms);
    return;
  }
  pv_log_event (PV_LOG_INFO, "replace", PV_LOG_WORD ("because", words[cause]));
  pv_policy_replace (supervisor->policy, now_ms);
  if (cause == PV_WATCHER_SETTINGS)
    pv_policy_hold (supervisor->policy, FALSE, now_ms);
  carry_out (supervisor);
}

static void
child_cb (guint id, PvChildEvent event, guint value, gpointer user_data)
{
  PvSupervisor *supervisor = user_data;
  gint64 now_ms = get_now_ms (supervisor);

  switch (event) {
  case PV_CHILD_READY:
    pv_policy_ready (supervisor->policy, id, now_ms);
    break;
  case PV_CHILD_SHOWN:
    supervisor->frame_ms = now_ms;
    pv_policy_shown (supervisor->policy, id, now_ms);
    break;
  case PV_CHILD_TOUCHED:
    pv_policy_touched (supervisor->policy, id, now_ms);
    break;
  case PV_CHILD_GOODBYE:
    pv_policy_goodbye (supervisor->policy, id, now_ms);
    break;
  case PV_CHILD_DEADLINE:
    pv_policy_deadline (supervisor->policy, id, value, now_ms);
    break;
  case PV_CHILD_ANSWERED:
    if (id == pv_policy_get_shown (supervisor->policy))
      supervisor->frame_ms = now_ms - (gint64) value;
    pv_policy_answered (supervisor->policy, id, value, now_ms);
    break;
  case PV_CHILD_EXITED:
    if (id == supervisor->setup_id) {
      supervisor->setup_id = 0;
      supervisor->setup_ended_ms = now_ms;
    }
    if (pv_policy_exited (supervisor->policy, id, now_ms)) {
      pv_log_event (PV_LOG_ERROR, "session-crashed", PV_LOG_INT ("session", id),
                    PV_LOG_INT ("signal", WIFSIGNALED (value) ? WTERMSIG (value) : 0),
                    PV_LOG_INT ("status", WIFEXITED (value) ? WEXITSTATUS (value) : 0));
      note_crash (supervisor, now_ms);
    }
    break;
  }
  carry_out (supervisor);
  /* Its name was still needed. */
  if (event == PV_CHILD_EXITED)
    g_hash_table_remove (supervisor->children, GUINT_TO_POINTER (id));
}

static void
start (PvSupervisor *supervisor, const char *program, guint id)
{
  g_autoptr (GError) error = NULL;
  PvChild *child = pv_child_start (program, supervisor->config, id, child_cb, supervisor, &error);

  if (child != NULL) {
    g_hash_table_insert (supervisor->children, GUINT_TO_POINTER (id), child);
    return;
  }
  pv_log_event (PV_LOG_ERROR, "session-not-started", PV_LOG_CAUSE (error));
  pv_policy_exited (supervisor->policy, id, get_now_ms (supervisor));
}

/* What is shown alone, instead of sessions. */
static void
start_other (PvSupervisor *supervisor, guint id)
{
  if (supervisor->is_setup)
    supervisor->setup_id = id;
  start (supervisor, supervisor->is_setup ? supervisor->setup_program : supervisor->service_program, id);
  if (supervisor->setup_id == id && !g_hash_table_contains (supervisor->children, GUINT_TO_POINTER (id))) {
    supervisor->setup_id = 0;
    supervisor->setup_ended_ms = get_now_ms (supervisor);
  }
}

static void
kill_child (PvChild *child, const PvPolicyCommand *command)
{
  static const char *const words[] = {
    [PV_POLICY_BECAUSE_NOTHING] = "nothing",     [PV_POLICY_BECAUSE_NOT_READY] = "not-ready",
    [PV_POLICY_BECAUSE_NOT_SHOWN] = "not-shown", [PV_POLICY_BECAUSE_SILENT] = "silent",
    [PV_POLICY_BECAUSE_DEADLINE] = "deadline",   [PV_POLICY_BECAUSE_NOT_FINISHED] = "not-finished",
    [PV_POLICY_BECAUSE_OUTDATED] = "outdated",   [PV_POLICY_BECAUSE_STOPPING] = "stopping",
    [PV_POLICY_BECAUSE_SHOWN] = "shown",
  };
  gboolean is_routine = command->reason == PV_POLICY_BECAUSE_OUTDATED || command->reason == PV_POLICY_BECAUSE_STOPPING;

  pv_log_event (is_routine ? PV_LOG_INFO : PV_LOG_ERROR, "session-killed", PV_LOG_INT ("session", command->session),
                PV_LOG_WORD ("because", words[command->reason]));
  pv_child_kill (child);
}

/* A first frame comes without a screen as well: systemd is fed by those that follow, and starts the compositor again where none do.
 * One that was started without a screen would not notice when it is plugged in. sd_notify(3) does nothing where there is no systemd. */
static void
feed (PvSupervisor *supervisor, gboolean is_first_frame)
{
  if (!is_first_frame)
    sd_notify (0, "WATCHDOG=1");
  else if (!supervisor->has_fed)
    sd_notify (0, "READY=1");
  supervisor->has_fed = TRUE;
}

static void
obey (PvSupervisor *supervisor, const PvPolicyCommand *command)
{
  PvChild *child = g_hash_table_lookup (supervisor->children, GUINT_TO_POINTER (command->session));

  if (command->verb == PV_POLICY_START) {
    start (supervisor, supervisor->session_program, command->session);
    return;
  }
  if (command->verb == PV_POLICY_START_SERVICE) {
    start_other (supervisor, command->session);
    return;
  }
  if (command->verb == PV_POLICY_FEED) {
    feed (supervisor, command->reason == PV_POLICY_BECAUSE_SHOWN);
    return;
  }
  if (child == NULL)
    return;
  switch (command->verb) {
  case PV_POLICY_SHOW:
    pv_child_show (child);
    break;
  case PV_POLICY_OUT_OF_ORDER:
    pv_child_show_out_of_order (child);
    break;
  case PV_POLICY_PING:
    pv_child_ping (child);
    break;
  case PV_POLICY_FINISH:
    pv_child_finish (child);
    break;
  case PV_POLICY_KILL:
    kill_child (child, command);
    break;
  case PV_POLICY_TELL_PRINTER:
    if (supervisor->is_printing)
      pv_teller_tell (supervisor->teller, pv_child_get_name (child));
    break;
  case PV_POLICY_START:
  case PV_POLICY_START_SERVICE:
  case PV_POLICY_FEED:
    break;
  }
}

/* Once a day at most; parvis-restart.path has systemd do it. */
static void
consider_restart (PvSupervisor *supervisor)
{
  g_autoptr (GError) error = NULL;
  guint minute;
  guint32 day;

  if (!pv_watcher_get_time (supervisor->watcher, &minute, &day) || day == supervisor->asked_day
      || !pv_restart_is_due (supervisor->restart_minute, minute, get_now_ms (supervisor),
                             pv_policy_is_idle (supervisor->policy)))
    return;
  supervisor->asked_day = day;
  if (pv_restart_ask (g_getenv ("XDG_RUNTIME_DIR"), &error))
    pv_log_event (PV_LOG_INFO, "planned-restart");
  else
    pv_log_event (PV_LOG_ERROR, "restart-not-asked", PV_LOG_CAUSE (error));
}

static gboolean
tick_cb (gpointer user_data)
{
  PvSupervisor *supervisor = user_data;

  clear_timer (&supervisor->timer);
  pv_policy_tick (supervisor->policy, get_now_ms (supervisor));
  pv_watcher_tick (supervisor->watcher);
  consider_setup (supervisor);
  consider_restart (supervisor);
  carry_out (supervisor);
  return G_SOURCE_REMOVE;
}

static void
plan_tick (PvSupervisor *supervisor)
{
  gint64 wake_ms = pv_policy_get_wake_ms (supervisor->policy);
  gint64 now_ms = get_now_ms (supervisor);
  gint64 left_ms = PV_SUPERVISOR_TICK_MS;

  if (wake_ms <= now_ms)
    left_ms = 1;
  else if (wake_ms != G_MAXINT64)
    left_ms = MIN (left_ms, (wake_ms - now_ms) / supervisor->time_scale + 1);
  if (supervisor->is_setup && supervisor->setup_id == 0)
    left_ms = MIN (left_ms, SETUP_PAUSE_MS / supervisor->time_scale + 1);
  clear_timer (&supervisor->timer);
  supervisor->timer = set_timer ((guint) left_ms, tick_cb, supervisor);
}

static void
note_order (PvSupervisor *supervisor)
{
  gboolean is_out_of_order = pv_policy_is_out_of_order (supervisor->policy);

  if (is_out_of_order && !supervisor->was_out_of_order)
    pv_log_event (PV_LOG_ERROR, "out-of-order");
  else if (!is_out_of_order && supervisor->was_out_of_order)
    pv_log_event (PV_LOG_INFO, "in-order-again");
  if (is_out_of_order != supervisor->was_out_of_order)
    pv_health_teller_hurry (supervisor->health);
  supervisor->was_out_of_order = is_out_of_order;
}

/* Whoever waits until nobody stands at the kiosk looks at the lock. */
static void
note_serving (PvSupervisor *supervisor)
{
  gboolean is_serving = pv_policy_is_serving (supervisor->policy);

  if (is_serving && supervisor->served_fd < 0)
    supervisor->served_fd = pv_served_hold (supervisor->runtime);
  else if (!is_serving && supervisor->served_fd >= 0) {
    close (supervisor->served_fd);
    supervisor->served_fd = -1;
  }
}

static gboolean
end_cb (gpointer user_data)
{
  PvSupervisor *supervisor = user_data;

  clear_timer (&supervisor->stop_timer);
  supervisor->ended (supervisor->user_data);
  return G_SOURCE_REMOVE;
}

static void
carry_out (PvSupervisor *supervisor)
{
  PvPolicyCommand command;

  while (pv_policy_take (supervisor->policy, &command))
    obey (supervisor, &command);
  note_order (supervisor);
  note_serving (supervisor);
  if (pv_policy_is_done (supervisor->policy) && pv_teller_is_idle (supervisor->teller) && !supervisor->has_ended) {
    /* From the loop, since whoever called may still hold a session. */
    supervisor->has_ended = TRUE;
    clear_timer (&supervisor->stop_timer);
    supervisor->stop_timer = set_timer (0, end_cb, supervisor);
  }
  plan_tick (supervisor);
}

PvSupervisor *
pv_supervisor_new (const PvSupervisorOptions *options, void (*ended) (gpointer user_data), gpointer user_data)
{
  PvSupervisor *supervisor = g_new0 (PvSupervisor, 1);
  gboolean are_right;

  supervisor->config = g_strdup (options->config);
  supervisor->session_program = g_strdup (options->session_program);
  supervisor->service_program = g_strdup (options->service_program);
  supervisor->setup_program = g_strdup (options->setup_program);
  supervisor->time_scale = CLAMP (options->time_scale, 1, PV_SUPERVISOR_MAX_TIME_SCALE);
  supervisor->clock = pv_clock_get_system ();
  supervisor->served_fd = -1;
  supervisor->ended = ended;
  supervisor->user_data = user_data;
  supervisor->children = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) pv_child_free);
  supervisor->health = pv_health_teller_new (supervisor->time_scale, look_cb, supervisor);
  supervisor->crashes = g_array_new (FALSE, FALSE, sizeof (gint64));
  supervisor->watcher = pv_watcher_new (supervisor->config, supervisor->clock, changed_cb, supervisor);
  aim_setup (supervisor);
  are_right = read_settings (supervisor);
  supervisor->policy = pv_policy_new (get_now_ms (supervisor));
  pv_policy_hold (supervisor->policy, !are_right, get_now_ms (supervisor));
  look_for_setup (supervisor);
  if (g_file_test (supervisor->asked, G_FILE_TEST_EXISTS))
    look_for_service (supervisor);
  carry_out (supervisor);
  return supervisor;
}

void
pv_supervisor_free (PvSupervisor *supervisor)
{
  if (supervisor == NULL)
    return;
  clear_timer (&supervisor->timer);
  clear_timer (&supervisor->stop_timer);
  g_hash_table_unref (supervisor->children);
  pv_watcher_free (supervisor->watcher);
  pv_teller_free (supervisor->teller);
  pv_health_teller_free (supervisor->health);
  g_array_unref (supervisor->crashes);
  pv_policy_free (supervisor->policy);
  if (supervisor->served_fd >= 0)
    close (supervisor->served_fd);
  g_free (supervisor->runtime);
  g_free (supervisor->session_program);
  g_free (supervisor->service_program);
  g_free (supervisor->setup_program);
  g_free (supervisor->wanted);
  g_free (supervisor->asked);
  g_free (supervisor->config);
  g_free (supervisor);
}

void
pv_supervisor_stop (PvSupervisor *supervisor)
{
  if (supervisor->stop_timer != NULL)
    return;
  pv_log_event (PV_LOG_INFO, "stopping");
  sd_notify (0, "STOPPING=1");
  supervisor->stop_timer = set_timer (PV_SUPERVISOR_STOP_MS, end_cb, supervisor);
  pv_policy_stop (supervisor->policy, get_now_ms (supervisor));
  carry_out (supervisor);
}
