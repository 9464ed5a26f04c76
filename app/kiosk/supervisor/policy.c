/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/supervisor/policy.h"

#include <string.h>

typedef enum {
  STAGE_FREE,
  STAGE_STARTING, /* no frame yet */
  STAGE_WARM,     /* painted, hidden */
  STAGE_SHOWING,  /* asked to be shown, no frame yet */
  STAGE_SHOWN,
  STAGE_GOODBYE,   /* the citizen is done; stays until the next one is on the screen */
  STAGE_FINISHING, /* asked to exit */
  STAGE_KILLED,
} Stage;

typedef struct Session {
  guint id;
  Stage stage;
  guint generation; /* of settings, catalogue and day */
  gint64 started_ms;
  gint64 since_ms; /* of this stage */
  gint64 pinged_ms;
  gint64 alive_ms;    /* last sign of life */
  gint64 deadline_ms; /* 0: none */
  gboolean is_touched;
  gboolean is_out_of_order;
  gboolean is_service;
  gboolean had_devices; /* was asked to show itself: may have printed */
} Session;

struct PvPolicy {
  Session sessions[PV_POLICY_MAX_SESSIONS];
  Session *shown; /* covers the screen, until it is gone or the next one is shown */
  Session *next;  /* starting, warm or about to be shown */
  guint last_id;
  guint generation;
  gint64 crashes_ms[PV_POLICY_CRASHES]; /* ring; G_MININT64: none */
  guint n_failures;                     /* in a row, for the pause before a start */
  gint64 failed_ms;
  gint64 try_again_ms; /* while out of order */
  gint64 settled_ms;   /* last event */
  gboolean is_out_of_order;
  gboolean is_holding; /* what is new would be worse than what there is */
  gboolean wants_service;
  gboolean is_stopping;
  GArray *commands; /* (element-type PvPolicyCommand) */
};

static void
emit (PvPolicy *policy, PvPolicyVerb verb, guint session, PvPolicyReason reason)
{
  const PvPolicyCommand command = { verb, session, reason };

  g_array_append_val (policy->commands, command);
}

static Session *
find (PvPolicy *policy, guint id)
{
  for (guint i = 0; i < PV_POLICY_MAX_SESSIONS; i++)
    if (policy->sessions[i].stage != STAGE_FREE && policy->sessions[i].id == id)
      return &policy->sessions[i];
  return NULL;
}

static void
enter (Session *session, Stage stage, gint64 now_ms)
{
  session->stage = stage;
  session->since_ms = now_ms;
}

static gboolean
is_on_screen (const Session *session)
{
  return session != NULL && (session->stage == STAGE_SHOWN || session->stage == STAGE_GOODBYE);
}

static gboolean
is_outdated (const PvPolicy *policy, const Session *session, gint64 now_ms)
{
  if (policy->is_holding)
    return FALSE;
  return session->generation != policy->generation || now_ms - session->started_ms >= PV_POLICY_MAX_AGE_MS;
}

/* Nobody would miss it: shown, but nobody's. */
static gboolean
is_replaceable (const PvPolicy *policy, const Session *session, gint64 now_ms)
{
  return session->stage == STAGE_SHOWN && !session->is_touched && !session->is_out_of_order && !session->is_service
         && is_outdated (policy, session, now_ms);
}

/* As if all but one of the crashes that make it out of order had just been. */
static void
put_on_probation (PvPolicy *policy, gint64 now_ms)
{
  for (guint i = 1; i < PV_POLICY_CRASHES; i++)
    policy->crashes_ms[i] = now_ms;
  policy->crashes_ms[0] = G_MININT64;
}

static void
note_failure (PvPolicy *policy, gint64 now_ms)
{
  const Session *shown = policy->shown;

  if (policy->n_failures > 0 && now_ms - policy->failed_ms >= PV_POLICY_FORGIVE_MS)
    policy->n_failures = 0;
  policy->n_failures++;
  policy->failed_ms = now_ms;
  memmove (&policy->crashes_ms[0], &policy->crashes_ms[1], sizeof policy->crashes_ms - sizeof policy->crashes_ms[0]);
  policy->crashes_ms[PV_POLICY_CRASHES - 1] = now_ms;
  if (policy->is_out_of_order)
    policy->try_again_ms = now_ms + PV_POLICY_TRY_AGAIN_MS;
  /* A session that serves somebody is not disturbed because the next ones do not start. */
  else if (policy->crashes_ms[0] != G_MININT64 && now_ms - policy->crashes_ms[0] < PV_POLICY_CRASHES_MS
           && !(shown != NULL && shown->stage == STAGE_SHOWN)) {
    policy->is_out_of_order = TRUE;
    policy->try_again_ms = now_ms + PV_POLICY_TRY_AGAIN_MS;
  }
}

static gint64
earliest_start_ms (const PvPolicy *policy, gint64 now_ms)
{
  gint64 pause_ms = PV_POLICY_BACKOFF_MS;

  if (policy->n_failures < 2 || now_ms - policy->failed_ms >= PV_POLICY_FORGIVE_MS)
    return G_MININT64;
  for (guint i = 2; i < policy->n_failures && pause_ms < PV_POLICY_MAX_BACKOFF_MS; i++)
    pause_ms *= 2;
  return policy->failed_ms + MIN (pause_ms, PV_POLICY_MAX_BACKOFF_MS);
}

static void
kill_session (PvPolicy *policy, Session *session, PvPolicyReason reason, gint64 now_ms)
{
  emit (policy, PV_POLICY_KILL, session->id, reason);
  enter (session, STAGE_KILLED, now_ms);
  if (session == policy->next)
    policy->next = NULL;
}

static void
finish_session (PvPolicy *policy, Session *session, gint64 now_ms)
{
  emit (policy, PV_POLICY_FINISH, session->id, PV_POLICY_BECAUSE_NOTHING);
  enter (session, STAGE_FINISHING, now_ms);
  if (session == policy->next)
    policy->next = NULL;
}

static void
forget (PvPolicy *policy, Session *session)
{
  if (session->is_service)
    policy->wants_service = FALSE; /* until it is asked for anew */
  if (session->had_devices)
    emit (policy, PV_POLICY_TELL_PRINTER, session->id, PV_POLICY_BECAUSE_NOTHING);
  if (session == policy->shown)
    policy->shown = NULL;
  if (session == policy->next)
    policy->next = NULL;
  session->stage = STAGE_FREE;
}

/* Since when it is waited for, and until when at most; G_MAXINT64: it is not waited for. */
static gint64
bound_of (const PvPolicy *policy, const Session *session, PvPolicyReason *ret_reason)
{
  gint64 silent_ms = session->alive_ms + PV_POLICY_SILENT_MS;
  gint64 overdue_ms = session->deadline_ms != 0 ? session->deadline_ms + PV_POLICY_DEADLINE_GRACE_MS : G_MAXINT64;

  switch (session->stage) {
  case STAGE_STARTING:
    *ret_reason = PV_POLICY_BECAUSE_NOT_READY;
    return session->since_ms + PV_POLICY_READY_MS;
  case STAGE_SHOWING:
    *ret_reason = PV_POLICY_BECAUSE_NOT_SHOWN;
    return session->since_ms + PV_POLICY_SHOW_MS;
  case STAGE_SHOWN:
  case STAGE_GOODBYE:
    *ret_reason = overdue_ms < silent_ms ? PV_POLICY_BECAUSE_DEADLINE : PV_POLICY_BECAUSE_SILENT;
    return MIN (overdue_ms, silent_ms);
  case STAGE_FINISHING:
    *ret_reason = policy->is_stopping ? PV_POLICY_BECAUSE_STOPPING : PV_POLICY_BECAUSE_NOT_FINISHED;
    return session->since_ms + (policy->is_stopping ? PV_POLICY_STOP_MS : PV_POLICY_FINISH_MS);
  case STAGE_KILLED:
    return session->since_ms + (policy->is_stopping ? PV_POLICY_STOP_STUCK_MS : PV_POLICY_STUCK_MS);
  case STAGE_FREE:
  case STAGE_WARM:
    break;
  }
  return G_MAXINT64;
}

static void
end_waits (PvPolicy *policy, gint64 now_ms)
{
  for (guint i = 0; i < PV_POLICY_MAX_SESSIONS; i++) {
    Session *session = &policy->sessions[i];
    PvPolicyReason reason = PV_POLICY_BECAUSE_NOTHING;

    if (now_ms < bound_of (policy, session, &reason))
      continue;
    if (session->stage == STAGE_KILLED)
      forget (policy, session);
    else {
      gboolean was_asked = session->stage == STAGE_FINISHING;

      kill_session (policy, session, reason, now_ms);
      if (!was_asked && !session->is_service)
        note_failure (policy, now_ms);
    }
  }
}

/* The warm one that became old while somebody is at the other one. Who waits for it takes it as it is. */
static void
drop_outdated_next (PvPolicy *policy, gint64 now_ms)
{
  Session *next = policy->next;

  if (next == NULL || policy->shown == NULL || policy->shown->stage != STAGE_SHOWN
      || !is_outdated (policy, next, now_ms))
    return;
  if (next->stage == STAGE_WARM)
    finish_session (policy, next, now_ms);
  else if (next->stage == STAGE_STARTING)
    kill_session (policy, next, PV_POLICY_BECAUSE_OUTDATED, now_ms);
}

static gboolean
is_leaving (const Session *session)
{
  return session->stage == STAGE_FINISHING || session->stage == STAGE_KILLED;
}

/* The service screen comes when nobody is served: not over what somebody does, and a goodbye is there to be read. */
static gboolean
may_make_way (const Session *session, gint64 now_ms)
{
  if (session->is_service)
    return FALSE;
  if (session->stage == STAGE_GOODBYE)
    return now_ms - session->since_ms >= PV_POLICY_GOODBYE_MS || session->is_out_of_order;
  return session->stage == STAGE_WARM
         || (session->stage == STAGE_SHOWN && (!session->is_touched || session->is_out_of_order));
}

static void
make_way (PvPolicy *policy, gint64 now_ms)
{
  if (!policy->wants_service)
    return;
  for (guint i = 0; i < PV_POLICY_MAX_SESSIONS; i++) {
    Session *session = &policy->sessions[i];

    if (session->stage == STAGE_STARTING && !session->is_service)
      kill_session (policy, session, PV_POLICY_BECAUSE_OUTDATED, now_ms);
    else if (may_make_way (session, now_ms))
      finish_session (policy, session, now_ms);
  }
}

/* Nothing of a session is left, nor another one of its kind. */
static gboolean
may_start_service (const PvPolicy *policy)
{
  for (guint i = 0; i < PV_POLICY_MAX_SESSIONS; i++)
    if (policy->sessions[i].stage != STAGE_FREE)
      return FALSE;
  return TRUE;
}

static gboolean
may_start (const PvPolicy *policy)
{
  const Session *shown = policy->shown;
  gboolean has_room = FALSE;

  for (guint i = 0; i < PV_POLICY_MAX_SESSIONS; i++)
    has_room |= policy->sessions[i].stage == STAGE_FREE;
  if (policy->wants_service)
    return may_start_service (policy);
  for (guint i = 0; i < PV_POLICY_MAX_SESSIONS; i++)
    if (policy->sessions[i].is_service && policy->sessions[i].stage != STAGE_FREE)
      return FALSE;
  if (policy->next != NULL || !has_room)
    return FALSE;
  if (shown == NULL)
    return TRUE;
  if (!is_on_screen (shown) || (policy->is_holding && shown->stage == STAGE_SHOWN))
    return FALSE;
  /* The one that leaves has its memory until it is gone. */
  for (guint i = 0; i < PV_POLICY_MAX_SESSIONS; i++)
    if (is_leaving (&policy->sessions[i]))
      return FALSE;
  return TRUE;
}

/* When the next session may be started; G_MAXINT64: not as things are. */
static gint64
next_start_ms (const PvPolicy *policy, gint64 now_ms)
{
  gint64 start_ms = earliest_start_ms (policy, now_ms);

  if (!may_start (policy))
    return G_MAXINT64;
  if (policy->wants_service)
    return G_MININT64;
  if (policy->is_out_of_order && policy->shown != NULL)
    start_ms = MAX (start_ms, policy->try_again_ms);
  return start_ms;
}

static void
start_next (PvPolicy *policy, gint64 now_ms)
{
  Session *session = policy->sessions;

  if (now_ms < next_start_ms (policy, now_ms))
    return;
  while (session->stage != STAGE_FREE)
    session++;
  *session = (Session){
    .id = ++policy->last_id, .generation = policy->generation, .started_ms = now_ms, .is_service = policy->wants_service
  };
  enter (session, STAGE_STARTING, now_ms);
  policy->next = session;
  emit (policy, session->is_service ? PV_POLICY_START_SERVICE : PV_POLICY_START, session->id,
        PV_POLICY_BECAUSE_NOTHING);
}

static void
set_out_of_order (PvPolicy *policy, Session *session)
{
  session->is_out_of_order = TRUE;
  emit (policy, PV_POLICY_OUT_OF_ORDER, session->id, PV_POLICY_BECAUSE_NOTHING);
}

static void
show_next (PvPolicy *policy, gint64 now_ms)
{
  Session *next = policy->next, *shown = policy->shown;

  if (next == NULL || next->stage != STAGE_WARM)
    return;
  /* One that was killed covers the screen and holds the devices until it is gone. */
  if (shown != NULL && shown->stage != STAGE_GOODBYE && !is_replaceable (policy, shown, now_ms)
      && !(is_on_screen (shown) && shown->is_out_of_order))
    return;
  if (policy->is_out_of_order && shown == NULL && !next->is_service)
    set_out_of_order (policy, next);
  next->had_devices = TRUE;
  enter (next, STAGE_SHOWING, now_ms);
  emit (policy, PV_POLICY_SHOW, next->id, PV_POLICY_BECAUSE_NOTHING);
}

static void
ping_shown (PvPolicy *policy, gint64 now_ms)
{
  Session *shown = policy->shown;

  if (!is_on_screen (shown) || now_ms < shown->pinged_ms + PV_POLICY_PING_MS)
    return;
  shown->pinged_ms = now_ms;
  emit (policy, PV_POLICY_PING, shown->id, PV_POLICY_BECAUSE_NOTHING);
}

/* It was us who slept (a machine that was paused), not the session: what it answered is not read yet. */
static void
allow_for_own_sleep (PvPolicy *policy, gint64 now_ms)
{
  gint64 slept_ms = now_ms - policy->settled_ms - PV_POLICY_PING_MS;

  policy->settled_ms = now_ms;
  if (is_on_screen (policy->shown) && slept_ms > 0)
    policy->shown->alive_ms += slept_ms;
}

/* Whatever follows from the state as it is now. */
static void
settle (PvPolicy *policy, gint64 now_ms)
{
  allow_for_own_sleep (policy, now_ms);
  end_waits (policy, now_ms);
  if (policy->is_stopping)
    return;
  /* A goodbye that nothing can follow would be a dead end. */
  if (policy->is_out_of_order && policy->shown != NULL && policy->shown->stage == STAGE_GOODBYE
      && !policy->shown->is_out_of_order)
    set_out_of_order (policy, policy->shown);
  drop_outdated_next (policy, now_ms);
  make_way (policy, now_ms);
  start_next (policy, now_ms);
  show_next (policy, now_ms);
  ping_shown (policy, now_ms);
}

PvPolicy *
pv_policy_new (gint64 now_ms)
{
  PvPolicy *policy = g_new0 (PvPolicy, 1);

  policy->commands = g_array_new (FALSE, FALSE, sizeof (PvPolicyCommand));
  for (guint i = 0; i < PV_POLICY_CRASHES; i++)
    policy->crashes_ms[i] = G_MININT64;
  policy->settled_ms = now_ms;
  settle (policy, now_ms);
  return policy;
}

void
pv_policy_free (PvPolicy *policy)
{
  if (policy == NULL)
    return;
  g_array_unref (policy->commands);
  g_free (policy);
}

gboolean
pv_policy_take (PvPolicy *policy, PvPolicyCommand *ret_command)
{
  if (policy->commands->len == 0)
    return FALSE;
  *ret_command = g_array_index (policy->commands, PvPolicyCommand, 0);
  g_array_remove_index (policy->commands, 0);
  return TRUE;
}

void
pv_policy_ready (PvPolicy *policy, guint id, gint64 now_ms)
{
  Session *session = find (policy, id);

  if (session != NULL && session->stage == STAGE_STARTING)
    enter (session, STAGE_WARM, now_ms);
  settle (policy, now_ms);
}

void
pv_policy_shown (PvPolicy *policy, guint id, gint64 now_ms)
{
  Session *session = find (policy, id);

  if (session != NULL && session->stage == STAGE_SHOWING) {
    Session *old = policy->shown;

    enter (session, STAGE_SHOWN, now_ms);
    session->alive_ms = now_ms;
    session->pinged_ms = now_ms;
    policy->next = NULL;
    policy->shown = session;
    if (is_on_screen (old))
      finish_session (policy, old, now_ms);
    if (policy->is_out_of_order && !session->is_out_of_order && !session->is_service) {
      policy->is_out_of_order = FALSE;
      put_on_probation (policy, now_ms);
    }
    emit (policy, PV_POLICY_FEED, id, PV_POLICY_BECAUSE_NOTHING);
  }
  settle (policy, now_ms);
}

void
pv_policy_touched (PvPolicy *policy, guint id, gint64 now_ms)
{
  Session *session = find (policy, id);

  if (session != NULL)
    session->is_touched = TRUE;
  settle (policy, now_ms);
}

void
pv_policy_goodbye (PvPolicy *policy, guint id, gint64 now_ms)
{
  Session *session = find (policy, id);

  if (session != NULL && session->stage == STAGE_SHOWN) {
    enter (session, STAGE_GOODBYE, now_ms);
    session->deadline_ms = 0;
  }
  settle (policy, now_ms);
}

void
pv_policy_deadline (PvPolicy *policy, guint id, guint seconds, gint64 now_ms)
{
  Session *session = find (policy, id);

  if (session != NULL && session->stage != STAGE_GOODBYE)
    session->deadline_ms = seconds != 0 ? now_ms + (gint64) seconds * 1000 : 0;
  settle (policy, now_ms);
}

void
pv_policy_answered (PvPolicy *policy, guint id, guint frame_age_ms, gint64 now_ms)
{
  Session *session = find (policy, id);

  if (is_on_screen (session) && frame_age_ms <= PV_POLICY_FRAME_AGE_MS) {
    session->alive_ms = now_ms;
    if (session == policy->shown)
      emit (policy, PV_POLICY_FEED, id, PV_POLICY_BECAUSE_NOTHING);
  }
  settle (policy, now_ms);
}

gboolean
pv_policy_exited (PvPolicy *policy, guint id, gint64 now_ms)
{
  Session *session = find (policy, id);
  gboolean is_crash = session != NULL && !is_leaving (session) && !session->is_service;

  if (session != NULL)
    forget (policy, session);
  if (is_crash && !policy->is_stopping)
    note_failure (policy, now_ms);
  settle (policy, now_ms);
  return is_crash;
}

void
pv_policy_replace (PvPolicy *policy, gint64 now_ms)
{
  policy->generation++;
  /* What was wrong may be mended. */
  if (policy->is_out_of_order)
    policy->try_again_ms = now_ms;
  settle (policy, now_ms);
}

void
pv_policy_hold (PvPolicy *policy, gboolean is_holding, gint64 now_ms)
{
  policy->is_holding = is_holding;
  settle (policy, now_ms);
}

void
pv_policy_service (PvPolicy *policy, gboolean is_wanted, gint64 now_ms)
{
  policy->wants_service = is_wanted;
  for (guint i = 0; i < PV_POLICY_MAX_SESSIONS && !is_wanted; i++) {
    Session *session = &policy->sessions[i];

    if (!session->is_service || session->stage == STAGE_FREE || is_leaving (session))
      continue;
    if (session->stage == STAGE_STARTING)
      kill_session (policy, session, PV_POLICY_BECAUSE_OUTDATED, now_ms);
    else
      finish_session (policy, session, now_ms);
  }
  settle (policy, now_ms);
}

void
pv_policy_stop (PvPolicy *policy, gint64 now_ms)
{
  if (!policy->is_stopping) {
    policy->is_stopping = TRUE;
    for (guint i = 0; i < PV_POLICY_MAX_SESSIONS; i++) {
      Session *session = &policy->sessions[i];

      if (session->stage == STAGE_FREE || session->stage == STAGE_KILLED)
        continue;
      if (session->stage == STAGE_STARTING)
        kill_session (policy, session, PV_POLICY_BECAUSE_STOPPING, now_ms);
      else if (session->stage != STAGE_FINISHING)
        finish_session (policy, session, now_ms);
    }
  }
  settle (policy, now_ms);
}

void
pv_policy_tick (PvPolicy *policy, gint64 now_ms)
{
  settle (policy, now_ms);
}

gint64
pv_policy_get_wake_ms (const PvPolicy *policy)
{
  gint64 wake_ms = G_MAXINT64;
  PvPolicyReason reason;

  for (guint i = 0; i < PV_POLICY_MAX_SESSIONS; i++)
    wake_ms = MIN (wake_ms, bound_of (policy, &policy->sessions[i], &reason));
  if (policy->is_stopping)
    return wake_ms;
  if (is_on_screen (policy->shown))
    wake_ms = MIN (wake_ms, policy->shown->pinged_ms + PV_POLICY_PING_MS);
  if (policy->wants_service && policy->shown != NULL && policy->shown->stage == STAGE_GOODBYE)
    wake_ms = MIN (wake_ms, policy->shown->since_ms + PV_POLICY_GOODBYE_MS);
  return MIN (wake_ms, next_start_ms (policy, policy->failed_ms));
}

gboolean
pv_policy_is_done (const PvPolicy *policy)
{
  for (guint i = 0; i < PV_POLICY_MAX_SESSIONS; i++)
    if (policy->sessions[i].stage != STAGE_FREE)
      return FALSE;
  return policy->is_stopping;
}

gboolean
pv_policy_is_out_of_order (const PvPolicy *policy)
{
  return policy->is_out_of_order;
}

gboolean
pv_policy_is_serving (const PvPolicy *policy)
{
  return policy->shown != NULL && policy->shown->stage == STAGE_SHOWN && policy->shown->is_touched;
}

gboolean
pv_policy_is_idle (const PvPolicy *policy)
{
  for (guint i = 0; i < PV_POLICY_MAX_SESSIONS; i++) {
    const Session *session = &policy->sessions[i];

    if (session->stage == STAGE_GOODBYE || session->stage == STAGE_SHOWING
        || (session->stage == STAGE_SHOWN && session->is_touched))
      return FALSE;
  }
  return !policy->is_stopping;
}

guint
pv_policy_get_shown (const PvPolicy *policy)
{
  return is_on_screen (policy->shown) ? policy->shown->id : 0;
}
