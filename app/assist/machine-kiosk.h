/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* machine-kiosk.h: the citizen's side of an assistance, from the call to the end, as a pure machine.
 *
 * Bytes from the carrier, touches of the citizen, screens and the clock go in; outputs come out and are carried out by
 * the session.  It decides alone: the mediator only asks, and the carrier is believed nothing.  Every rule of consent
 * is in rights.h.
 */
#pragma once

#include "assist/consent.h"
#include "assist/handshake.h"
#include "assist/message.h"
#include "assist/output.h"
#include "core/screen-state.h"

enum {
  PV_ASSIST_TICK_MS = 50,        /* changes of the screen leave at this rhythm, the first one at once */
  PV_ASSIST_BEAT_MS = 5000,      /* heartbeat */
  PV_ASSIST_BEAT_HAND_MS = 2000, /* while the hand is lent */
  PV_ASSIST_SILENCE_MS = 12500,  /* then the link is lost */
  PV_ASSIST_SILENCE_HAND_MS = 5000,
  PV_ASSIST_GROUP_MS = 90 * 1000,      /* no answer: the second group hears it */
  PV_ASSIST_RETRY_MS = 1000,           /* of a quick answer that was not heard */
  PV_ASSIST_MAX_EXPLAIN_BYTES = 600,   /* of what is shown and read aloud */
  PV_ASSIST_MAX_QUICKS = 8,            /* that wait */
  PV_ASSIST_NO_ANSWER_MS = 180 * 1000, /* nobody: other ways are offered */
};

typedef enum {
  PV_KIOSK_IDLE,
  PV_KIOSK_CALLING,
  PV_KIOSK_NO_ANSWER,
  PV_KIOSK_SESSION, /* see the rights */
  PV_KIOSK_ENDED,
} PvKioskState;

typedef struct PvAssistKiosk PvAssistKiosk;

/* @identity is borrowed; @text_version names the words of the questions, for the consent records. */
PvAssistKiosk *pv_assist_kiosk_new (const PvAssistIdentity *identity, PvAssistRandom random,
                                    const char *text_version) G_GNUC_WARN_UNUSED_RESULT;
void pv_assist_kiosk_free (PvAssistKiosk *kiosk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvAssistKiosk, pv_assist_kiosk_free)

/* Of the room, for the mediator to call; NULL, or what is no number: none. From the next call on. */
void pv_assist_kiosk_set_phone (PvAssistKiosk *kiosk, const char *phone);
/* The citizen calls, or asks for a new code while the call goes on. */
void pv_assist_kiosk_call (PvAssistKiosk *kiosk, gboolean is_here, PvAssistTime now);
void pv_assist_kiosk_withdraw (PvAssistKiosk *kiosk, PvAssistTime now);
void pv_assist_kiosk_receive (PvAssistKiosk *kiosk, const guint8 *bytes, gsize size, PvAssistTime now);
void pv_assist_kiosk_tick (PvAssistKiosk *kiosk, PvAssistTime now);
gint64 pv_assist_kiosk_next_deadline_ms (const PvAssistKiosk *kiosk);
/* The carrier lost its connection. That it is back is for the mediator to prove. */
void pv_assist_kiosk_link_down (PvAssistKiosk *kiosk, PvAssistTime now);
/* Every change of the screen; borrowed until the next one. NULL: a private one. */
void pv_assist_kiosk_screen (PvAssistKiosk *kiosk, const PvScreenState *state, PvAssistTime now);
void pv_assist_kiosk_touch (PvAssistKiosk *kiosk, PvTouch touch, PvAssistTime now);
/* The citizen's answer to what is proposed. */
void pv_assist_kiosk_decide (PvAssistKiosk *kiosk, gboolean is_accepted, PvAssistTime now);
/* Said until it is heard, and shown once. */
void pv_assist_kiosk_quick (PvAssistKiosk *kiosk, PvQuick quick, PvAssistTime now);
/* "Montrer ce champ": FALSE if it is hidden or not there. Forgotten with the session. */
gboolean pv_assist_kiosk_lift (PvAssistKiosk *kiosk, const char *field, PvAssistTime now);
void pv_assist_kiosk_end (PvAssistKiosk *kiosk, PvEnd end, PvAssistTime now);
/* Feed and tick it for two minutes more after the end: it is said until it is heard. */
PvOutput *pv_assist_kiosk_pop (PvAssistKiosk *kiosk) G_GNUC_WARN_UNUSED_RESULT;

PvKioskState pv_assist_kiosk_get_state (const PvAssistKiosk *kiosk);
/* The six digits while they can be used, or NULL. (transfer none) */
const char *pv_assist_kiosk_get_code (const PvAssistKiosk *kiosk, PvAssistTime now);
/* How often a mediator typed a wrong one for the last code, while the call goes on: after the second time it is burned,
 * and the citizen is told each time. */
guint pv_assist_kiosk_get_wrong_codes (const PvAssistKiosk *kiosk);
const PvRights *pv_assist_kiosk_get_rights (const PvAssistKiosk *kiosk);
/* Who helps, once verified, or NULL. (transfer none) */
const PvCertificate *pv_assist_kiosk_get_mediator (const PvAssistKiosk *kiosk);
/* What waits for the citizen's answer: field and value, or NULL. (transfer none) */
const char *pv_assist_kiosk_get_proposal (const PvAssistKiosk *kiosk, const char **ret_value);
/* To whom the mediator asks to pass, and who is called after the citizen agreed, as the mediator wrote it; or NULL.
 * While that call goes on, the end in the rights is PV_END_HANDOVER. (transfer none) */
const char *pv_assist_kiosk_get_colleague (const PvAssistKiosk *kiosk);
/* Revision and hash of what was mirrored last; 0 while nothing flows. */
guint32 pv_assist_kiosk_get_revision (const PvAssistKiosk *kiosk, guint64 *ret_hash);
