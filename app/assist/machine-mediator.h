/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* machine-mediator.h: the mediator's side of one assistance, as a pure machine: join, see, command, come back, end.
 *
 * It believes only what the kiosk sealed, and knows only what the kiosk let through.  Commands go one at a time and are
 * sent again until they are answered; the kiosk carries each out at most once.
 */
#pragma once

#include "assist/consent.h"
#include "assist/handshake.h"
#include "assist/message.h"
#include "assist/mirror.h"
#include "assist/output.h"

enum {
  PV_MEDIATOR_RETRY_MS = 1000,
  PV_MEDIATOR_MAX_COMMANDS = 16, /* that wait */
};

typedef enum {
  PV_MEDIATOR_IDLE,
  PV_MEDIATOR_JOINING,
  PV_MEDIATOR_REFUSED, /* see the refusal */
  PV_MEDIATOR_SESSION,
  PV_MEDIATOR_LOST, /* the link; it tries to come back */
  PV_MEDIATOR_ENDED,
} PvMediatorState;

/* What the kiosk last said. */
typedef struct PvMediatorRights {
  gboolean is_granted[PV_N_RIGHTS];
  gboolean has_question, asks_handover, is_paused;
  PvRight question;
  gint64 lease_until_ms;
  gint64 quiet_until_ms; /* refused too often just now: until then nothing can be asked */
} PvMediatorRights;

typedef struct PvAssistMediator PvAssistMediator;

PvAssistMediator *pv_assist_mediator_new (const PvAssistIdentity *identity,
                                          PvAssistRandom random) G_GNUC_WARN_UNUSED_RESULT;
void pv_assist_mediator_free (PvAssistMediator *mediator);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvAssistMediator, pv_assist_mediator_free)

/* Answers a call with the digits that the citizen told; FALSE: not a call, not for us, or another version. */
gboolean pv_assist_mediator_join (PvAssistMediator *mediator, GBytes *call, const char *digits, PvAssistTime now,
                                  GError **error);
void pv_assist_mediator_receive (PvAssistMediator *mediator, const guint8 *bytes, gsize size, PvAssistTime now);
void pv_assist_mediator_tick (PvAssistMediator *mediator, PvAssistTime now);
gint64 pv_assist_mediator_next_deadline_ms (const PvAssistMediator *mediator);
/* The carrier lost its connection, or has a new one: then the session comes back under a new epoch. */
void pv_assist_mediator_link_down (PvAssistMediator *mediator, PvAssistTime now);
void pv_assist_mediator_link_up (PvAssistMediator *mediator, PvAssistTime now);

/* In which the mirror is wanted, from the next joining on: "fr"; NULL: the first one of the commune. */
void pv_assist_mediator_set_language (PvAssistMediator *mediator, const char *language);
/* The mirror in the citizen's language instead, or back again; forgotten with the session. */
void pv_assist_mediator_show_as_read (PvAssistMediator *mediator, gboolean is_as_read, PvAssistTime now);
void pv_assist_mediator_ask (PvAssistMediator *mediator, PvRight right, PvAssistTime now);
void pv_assist_mediator_give_back (PvAssistMediator *mediator, PvRight right, PvAssistTime now);
/* The citizen is asked to be passed to @colleague (a name, at most 64 bytes). Agreed, the session ends with
 * PV_END_HANDOVER, and the kiosk calls again. */
void pv_assist_mediator_hand_over (PvAssistMediator *mediator, const char *colleague, PvAssistTime now);
/* The id, which comes back with its answer; 0 if it cannot be sent. */
guint32 pv_assist_mediator_command (PvAssistMediator *mediator, PvCommandKind kind, const char *target,
                                    const char *text, PvAssistTime now);
/* Feed and tick it for two minutes more: the end is said until it is heard. */
void pv_assist_mediator_end (PvAssistMediator *mediator, PvAssistTime now);
PvOutput *pv_assist_mediator_pop (PvAssistMediator *mediator) G_GNUC_WARN_UNUSED_RESULT;

PvMediatorState pv_assist_mediator_get_state (const PvAssistMediator *mediator);
PvRefusal pv_assist_mediator_get_refusal (const PvAssistMediator *mediator);
PvEnd pv_assist_mediator_get_end (const PvAssistMediator *mediator);
const PvMediatorRights *pv_assist_mediator_get_rights (const PvAssistMediator *mediator);
/* NULL while nothing is shared. (transfer none) */
const PvMirror *pv_assist_mediator_get_mirror (const PvAssistMediator *mediator);
guint32 pv_assist_mediator_get_revision (const PvAssistMediator *mediator);
/* Which kiosk, once joined, or NULL. (transfer none) */
const PvCertificate *pv_assist_mediator_get_kiosk (const PvAssistMediator *mediator);
