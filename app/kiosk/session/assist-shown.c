/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/assist-shown.h"

static PvAssistanceState
state_of (const PvAssistKiosk *kiosk)
{
  switch (pv_assist_kiosk_get_state (kiosk)) {
  case PV_KIOSK_CALLING:
    return PV_ASSISTANCE_CALLING;
  case PV_KIOSK_NO_ANSWER:
    return PV_ASSISTANCE_NO_ANSWER;
  case PV_KIOSK_SESSION:
    return pv_assist_kiosk_get_rights (kiosk)->state == PV_RIGHTS_LOST ? PV_ASSISTANCE_LOST : PV_ASSISTANCE_JOINED;
  case PV_KIOSK_ENDED:
    return PV_ASSISTANCE_ENDED;
  case PV_KIOSK_IDLE:
    break;
  }
  return PV_ASSISTANCE_READY;
}

static PvAssistanceEnd
end_of (PvEnd end)
{
  static const PvAssistanceEnd ends[PV_N_ENDS] = {
    [PV_END_NONE] = PV_ENDED_NONE,
    [PV_END_CITIZEN] = PV_ENDED_BY_CITIZEN,
    [PV_END_MEDIATOR] = PV_ENDED_BY_MEDIATOR,
    [PV_END_LOST] = PV_ENDED_LOST,
    [PV_END_IDLE] = PV_ENDED_IDLE,
    [PV_END_PROCEDURE] = PV_ENDED_PROCEDURE,
    [PV_END_HANDOVER] = PV_ENDED_HANDOVER,
  };

  return end < PV_N_ENDS ? ends[end] : PV_ENDED_NONE;
}

static void
show_rights (PvAssistance *shown, const PvRights *rights)
{
  static const PvAssistanceQuestion questions[PV_N_RIGHTS] = {
    [PV_RIGHT_SHOW] = PV_ASKS_SHOW,
    [PV_RIGHT_PROPOSE] = PV_ASKS_PROPOSE,
    [PV_RIGHT_HAND] = PV_ASKS_HAND,
  };

  shown->may_show = rights->is_granted[PV_RIGHT_SHOW];
  shown->may_propose = rights->is_granted[PV_RIGHT_PROPOSE];
  shown->has_hand = rights->is_granted[PV_RIGHT_HAND];
  shown->hand_until_ms = rights->lease_until_ms;
  if (rights->has_question)
    shown->question = questions[rights->question];
  else if (rights->asks_handover)
    shown->question = PV_ASKS_HANDOVER;
  shown->question_until_ms = rights->question_until_ms;
}

void
pv_assist_shown_from_kiosk (PvAssistance *shown, const PvAssistKiosk *kiosk, PvAssistTime now)
{
  const PvCertificate *mediator = pv_assist_kiosk_get_mediator (kiosk);
  const PvRights *rights = pv_assist_kiosk_get_rights (kiosk);
  const char *value = NULL;

  shown->state = state_of (kiosk);
  shown->code = g_strdup (pv_assist_kiosk_get_code (kiosk, now));
  shown->n_wrong_codes = pv_assist_kiosk_get_wrong_codes (kiosk);
  if (mediator != NULL) {
    shown->mediator = g_strdup (mediator->name);
    shown->place = g_strdup (mediator->place);
  }
  if (pv_assistance_is_on (shown)) {
    show_rights (shown, rights);
    shown->proposal_field = g_strdup (pv_assist_kiosk_get_proposal (kiosk, &value));
    shown->proposal_value = g_strdup (value);
  }
  shown->colleague = g_strdup (pv_assist_kiosk_get_colleague (kiosk));
  shown->end = end_of (rights->end);
}

gboolean
pv_assist_shown_equal (const PvAssistance *one, const PvAssistance *other)
{
  return one->state == other->state && one->n_free == other->n_free && one->is_here == other->is_here
         && one->group == other->group && one->n_wrong_codes == other->n_wrong_codes
         && g_strcmp0 (one->code, other->code) == 0 && g_strcmp0 (one->mediator, other->mediator) == 0
         && g_strcmp0 (one->place, other->place) == 0 && one->may_show == other->may_show
         && one->may_propose == other->may_propose && one->has_hand == other->has_hand
         && one->hand_until_ms == other->hand_until_ms && one->question == other->question
         && one->question_until_ms == other->question_until_ms && g_strcmp0 (one->colleague, other->colleague) == 0
         && g_strcmp0 (one->proposal_field, other->proposal_field) == 0
         && g_strcmp0 (one->proposal_value, other->proposal_value) == 0 && one->end == other->end;
}
