/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/intention.h"

#include "core/wipe.h"

/* clang-format off */
static const char *const names[PV_N_INTENTIONS] = {
  [PV_DO_NOTHING] = "nothing",
  [PV_DO_START] = "start",
  [PV_DO_HOME] = "home",
  [PV_DO_OPEN_CATEGORY] = "open-category",
  [PV_DO_OPEN_SEARCH] = "open-search",
  [PV_DO_OPEN_PROCEDURE] = "open-procedure",
  [PV_DO_BEGIN] = "begin",
  [PV_DO_NEXT] = "next",
  [PV_DO_BACK] = "back",
  [PV_DO_NEXT_PAGE] = "next-page",
  [PV_DO_PREVIOUS_PAGE] = "previous-page",
  [PV_DO_EDIT] = "edit",
  [PV_DO_TYPE] = "type",
  [PV_DO_TYPE_PART] = "type-part",
  [PV_DO_CHOOSE] = "choose",
  [PV_DO_TOGGLE] = "toggle",
  [PV_DO_DECLINE] = "decline",
  [PV_DO_LATER] = "later",
  [PV_DO_UNKNOWN_DAY] = "unknown-day",
  [PV_DO_ADD_ROW] = "add-row",
  [PV_DO_REMOVE_ROW] = "remove-row",
  [PV_DO_SEARCH] = "search",
  [PV_DO_JUMP] = "jump",
  [PV_DO_WITHOUT_CARD] = "without-card",
  [PV_DO_OTHER_DOCUMENT] = "other-document",
  [PV_DO_OPEN_DOCUMENT] = "open-document",
  [PV_DO_CONFIRM_IDENTITY] = "confirm-identity",
  [PV_DO_SCAN] = "scan",
  [PV_DO_SEND_FROM_PHONE] = "send-from-phone",
  [PV_DO_SCAN_PAGE] = "scan-page",
  [PV_DO_TURN_PAGE] = "turn-page",
  [PV_DO_DROP_PAGE] = "drop-page",
  [PV_DO_USE_DOCUMENT] = "use-document",
  [PV_DO_REMOVE_DOCUMENT] = "remove-document",
  [PV_DO_CHOOSE_DAY] = "choose-day",
  [PV_DO_MOVE_APPOINTMENT] = "move-appointment",
  [PV_DO_CANCEL_APPOINTMENT] = "cancel-appointment",
  [PV_DO_OPEN_FOLLOW] = "open-follow",
  [PV_DO_OPEN_PAY] = "open-pay",
  [PV_DO_LOOK_UP] = "look-up",
  [PV_DO_PRINT_INVOICE] = "print-invoice",
  [PV_DO_SHOW_PAYMENT] = "show-payment",
  [PV_DO_SHOW_SAFE] = "show-safe",
  [PV_DO_OPEN_PRACTICE] = "open-practice",
  [PV_DO_USE_SAMPLE] = "use-sample",
  [PV_DO_HAND_OVER] = "hand-over",
  [PV_DO_SEND] = "send",
  [PV_DO_PRINT] = "print",
  [PV_DO_OPEN_PAPERS] = "open-papers",
  [PV_DO_PRINT_PAPER] = "print-paper",
  [PV_DO_SHOW_QR] = "show-qr",
  [PV_DO_CONTINUE_ON_PHONE] = "continue-on-phone",
  [PV_DO_ANOTHER] = "another",
  [PV_DO_FINISH] = "finish",
  [PV_DO_NO_PAPER] = "no-paper",
  [PV_DO_QUIT] = "quit",
  [PV_DO_STAY] = "stay",
  [PV_DO_KEEP] = "keep",
  [PV_DO_ERASE] = "erase",
  [PV_DO_STILL_HERE] = "still-here",
  [PV_DO_MORE_TIME] = "more-time",
  [PV_DO_OPEN_LANGUAGES] = "open-languages",
  [PV_DO_SET_LANGUAGE] = "set-language",
  [PV_DO_OPEN_LOOK] = "open-look",
  [PV_DO_SET_TEXT_SIZE] = "set-text-size",
  [PV_DO_SET_THEME] = "set-theme",
  [PV_DO_SET_HAND] = "set-hand",
  [PV_DO_SLOW_TOUCH] = "slow-touch",
  [PV_DO_RESET_LOOK] = "reset-look",
  [PV_DO_LOWER] = "lower",
  [PV_DO_RAISE] = "raise",
  [PV_DO_LISTEN] = "listen",
  [PV_DO_SPEECH] = "speech",
  [PV_DO_OPEN_WORDS] = "open-words",
  [PV_DO_CALL_MEDIATOR] = "call-mediator",
  [PV_DO_CLOSE] = "close",
  [PV_DO_CALL_HERE] = "call-here",
  [PV_DO_CALL_AFAR] = "call-afar",
  [PV_DO_STOP_CALLING] = "stop-calling",
  [PV_DO_GRANT] = "grant",
  [PV_DO_REFUSE] = "refuse",
  [PV_DO_RENEW_HAND] = "renew-hand",
  [PV_DO_STEP_DOWN] = "step-down",
  [PV_DO_STOP_HELP] = "stop-help",
  [PV_DO_ACCEPT] = "accept",
  [PV_DO_KEEP_MINE] = "keep-mine",
  [PV_DO_LIFT] = "lift",
  [PV_DO_OPEN_REPLY] = "open-reply",
  [PV_DO_QUICK] = "quick",
  [PV_DO_PRINT_SHEET] = "print-sheet",
  [PV_DO_SERVICE] = "service",
};
/* clang-format on */

PvIntention *
pv_intention_new (PvIntentionKind kind, PvActor actor, const char *target, const char *value)
{
  PvIntention *intention = g_new0 (PvIntention, 1);

  intention->kind = kind;
  intention->actor = actor;
  intention->target = g_strdup (target);
  intention->value = g_strdup (value);
  return intention;
}

void
pv_intention_free (PvIntention *intention)
{
  if (intention == NULL)
    return;
  g_free (intention->target);
  pv_wipe_str (intention->value);
  g_free (intention);
}

/* What must never happen, 4: nobody acts in the citizen's place where it binds the citizen. What a mediator may is a
 * list, so that a new intention is the citizen's until somebody decides otherwise. A statement is a signature; whether a
 * TOGGLE is one is only known where the filing is: pv_filing_set() refuses it there. */
gboolean
pv_intention_is_allowed (const PvIntention *intention)
{
  static const PvIntentionKind helping[] = {
    PV_DO_NEXT,   PV_DO_BACK,   PV_DO_NEXT_PAGE, PV_DO_PREVIOUS_PAGE, PV_DO_TYPE,       PV_DO_TYPE_PART,
    PV_DO_CHOOSE, PV_DO_TOGGLE, PV_DO_SEARCH,    PV_DO_LISTEN,        PV_DO_CHOOSE_DAY, PV_DO_JUMP,
  };

  if (intention->kind <= PV_DO_NOTHING || intention->kind >= PV_N_INTENTIONS)
    return FALSE;
  if (intention->actor == PV_ACTOR_CITIZEN)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (helping); i++)
    if (intention->kind == helping[i])
      return TRUE;
  return FALSE;
}

const char *
pv_intention_kind_name (PvIntentionKind kind)
{
  return kind < PV_N_INTENTIONS ? names[kind] : names[PV_DO_NOTHING];
}
