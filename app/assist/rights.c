/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/rights.h"

static void
forget_question (PvRights *rights)
{
  rights->has_question = rights->asks_handover = FALSE;
  rights->question = PV_RIGHT_SHOW;
  rights->question_until_ms = 0;
}

/* By a touch, or by silence. Who asks again and again is not heard for a while. */
static void
refuse_question (PvRights *rights, gint64 now_ms)
{
  if (!rights->has_question && !rights->asks_handover)
    return;
  forget_question (rights);
  if (++rights->n_refused < PV_RIGHTS_MAX_REFUSALS)
    return;
  rights->n_refused = 0;
  rights->quiet_until_ms = now_ms + PV_RIGHTS_QUIET_MS;
}

static void
drop (PvRights *rights, PvRight right)
{
  rights->is_granted[right] = FALSE;
  if (right == PV_RIGHT_HAND)
    rights->lease_until_ms = 0;
  /* Nobody proposes or acts without seeing, or is about to. */
  if (right == PV_RIGHT_SHOW) {
    if (rights->has_question && rights->question != PV_RIGHT_SHOW)
      forget_question (rights);
    drop (rights, PV_RIGHT_PROPOSE);
    drop (rights, PV_RIGHT_HAND);
  }
}

void
pv_rights_finish (PvRights *rights, PvEnd end)
{
  if (rights->state == PV_RIGHTS_ENDED)
    return;
  *rights = (PvRights){ .state = PV_RIGHTS_ENDED, .end = end };
}

void
pv_rights_open (PvRights *rights, gint64 now_ms)
{
  if (rights->state != PV_RIGHTS_CLOSED)
    return;
  *rights = (PvRights){ .state = PV_RIGHTS_OPEN, .idle_until_ms = now_ms + PV_RIGHTS_IDLE_MS };
}

static gboolean
may_ask (const PvRights *rights, gint64 now_ms)
{
  return rights->state == PV_RIGHTS_OPEN && !rights->has_question && !rights->asks_handover
         && now_ms >= rights->quiet_until_ms;
}

static void
start_question (PvRights *rights, gint64 now_ms)
{
  rights->question_until_ms = now_ms + PV_RIGHTS_QUESTION_MS;
  rights->idle_until_ms = now_ms + PV_RIGHTS_IDLE_MS;
}

gboolean
pv_rights_ask_handover (PvRights *rights, gint64 now_ms)
{
  if (!may_ask (rights, now_ms))
    return FALSE;
  rights->asks_handover = TRUE;
  start_question (rights, now_ms);
  return TRUE;
}

gboolean
pv_rights_ask (PvRights *rights, PvRight right, gint64 now_ms)
{
  if (!may_ask (rights, now_ms) || right >= PV_N_RIGHTS || rights->is_granted[right]
      || (right != PV_RIGHT_SHOW && !rights->is_granted[PV_RIGHT_SHOW])
      || (right == PV_RIGHT_HAND && rights->is_paused))
    return FALSE;
  rights->has_question = TRUE;
  rights->question = right;
  start_question (rights, now_ms);
  return TRUE;
}

static void
grant (PvRights *rights, gint64 now_ms)
{
  PvRight right = rights->question;

  /* A question whose time is over is refused, even if nobody ticked yet; and a private page lends no hand. */
  if ((!rights->has_question && !rights->asks_handover) || rights->state != PV_RIGHTS_OPEN
      || now_ms >= rights->question_until_ms || (right == PV_RIGHT_HAND && rights->is_paused)) {
    forget_question (rights);
    return;
  }
  if (rights->asks_handover) {
    pv_rights_finish (rights, PV_END_HANDOVER);
    return;
  }
  rights->n_refused = 0;
  rights->is_granted[right] = TRUE;
  if (right == PV_RIGHT_HAND)
    rights->lease_until_ms = now_ms + PV_RIGHTS_LEASE_MS;
  forget_question (rights);
}

static void
step_down (PvRights *rights)
{
  for (PvRight right = PV_N_RIGHTS; right > 0; right--)
    if (rights->is_granted[right - 1]) {
      drop (rights, right - 1);
      return;
    }
}

void
pv_rights_touch (PvRights *rights, PvTouch touch, gint64 now_ms)
{
  gboolean had_hand;

  if (rights->state != PV_RIGHTS_OPEN && rights->state != PV_RIGHTS_LOST)
    return;
  pv_rights_tick (rights, now_ms);
  if (rights->state == PV_RIGHTS_ENDED)
    return;
  had_hand = rights->is_granted[PV_RIGHT_HAND];
  rights->idle_until_ms = now_ms + PV_RIGHTS_IDLE_MS;
  if (touch != PV_TOUCH_RENEW)
    drop (rights, PV_RIGHT_HAND);
  switch (touch) {
  case PV_TOUCH_ELSEWHERE:
    break;
  case PV_TOUCH_GRANT:
    grant (rights, now_ms);
    break;
  case PV_TOUCH_REFUSE:
    refuse_question (rights, now_ms);
    break;
  case PV_TOUCH_RENEW:
    if (had_hand)
      rights->lease_until_ms = now_ms + PV_RIGHTS_LEASE_MS;
    break;
  case PV_TOUCH_STEP_DOWN:
    if (!had_hand)
      step_down (rights);
    break;
  case PV_TOUCH_STOP:
    pv_rights_finish (rights, PV_END_CITIZEN);
    break;
  case PV_N_TOUCHES:
    break;
  }
}

void
pv_rights_give_back (PvRights *rights, PvRight right)
{
  if (rights->state == PV_RIGHTS_OPEN && right < PV_N_RIGHTS)
    drop (rights, right);
}

void
pv_rights_note_activity (PvRights *rights, gint64 now_ms)
{
  if (rights->state == PV_RIGHTS_OPEN)
    rights->idle_until_ms = now_ms + PV_RIGHTS_IDLE_MS;
}

void
pv_rights_set_paused (PvRights *rights, gboolean is_paused)
{
  if (rights->state != PV_RIGHTS_OPEN && rights->state != PV_RIGHTS_LOST)
    return;
  rights->is_paused = is_paused;
  if (is_paused)
    drop (rights, PV_RIGHT_HAND);
}

/* What was granted to see and to propose waits for the same mediator; the hand does not, nor does a question. */
void
pv_rights_lose_link (PvRights *rights, gint64 now_ms)
{
  if (rights->state != PV_RIGHTS_OPEN)
    return;
  rights->state = PV_RIGHTS_LOST;
  rights->lost_until_ms = now_ms + PV_RIGHTS_RESUME_MS;
  rights->idle_until_ms = 0;
  drop (rights, PV_RIGHT_HAND);
  forget_question (rights);
}

void
pv_rights_regain_link (PvRights *rights, gint64 now_ms)
{
  pv_rights_tick (rights, now_ms);
  if (rights->state != PV_RIGHTS_LOST)
    return;
  rights->state = PV_RIGHTS_OPEN;
  rights->lost_until_ms = 0;
  rights->idle_until_ms = now_ms + PV_RIGHTS_IDLE_MS;
}

void
pv_rights_tick (PvRights *rights, gint64 now_ms)
{
  if ((rights->has_question || rights->asks_handover) && now_ms >= rights->question_until_ms)
    refuse_question (rights, now_ms);
  if (now_ms >= rights->quiet_until_ms)
    rights->quiet_until_ms = 0;
  if (rights->is_granted[PV_RIGHT_HAND] && now_ms >= rights->lease_until_ms)
    drop (rights, PV_RIGHT_HAND);
  if (rights->state == PV_RIGHTS_LOST && now_ms >= rights->lost_until_ms)
    pv_rights_finish (rights, PV_END_LOST);
  else if (rights->state == PV_RIGHTS_OPEN && now_ms >= rights->idle_until_ms)
    pv_rights_finish (rights, PV_END_IDLE);
}

gint64
pv_rights_next_deadline_ms (const PvRights *rights)
{
  const gint64 deadlines[] = { rights->question_until_ms, rights->lease_until_ms, rights->lost_until_ms,
                               rights->idle_until_ms, rights->quiet_until_ms };
  gint64 next = G_MAXINT64;

  for (gsize i = 0; i < G_N_ELEMENTS (deadlines); i++)
    if (deadlines[i] > 0)
      next = MIN (next, deadlines[i]);
  return next;
}

gboolean
pv_rights_has (const PvRights *rights, PvRight right)
{
  return rights->state == PV_RIGHTS_OPEN && rights->is_granted[right];
}

gboolean
pv_rights_mirror_flows (const PvRights *rights)
{
  return pv_rights_has (rights, PV_RIGHT_SHOW);
}

gboolean
pv_rights_banner_is_shown (const PvRights *rights)
{
  return rights->state == PV_RIGHTS_OPEN || rights->state == PV_RIGHTS_LOST;
}
