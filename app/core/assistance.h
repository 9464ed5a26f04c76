/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assistance.h: what the journey knows of a mediator's help: told by whoever runs the protocol, shown to the citizen.
 *
 * A plain value, replaced as a whole. Its texts come from certificates that were checked, or from the mediator under a
 * right that the citizen granted. */
#pragma once

#include <glib.h>

typedef enum {
  PV_ASSISTANCE_OFF,   /* the settings have none: an address and a phone number are all there is */
  PV_ASSISTANCE_AWAY,  /* the broker cannot be reached now */
  PV_ASSISTANCE_READY, /* somebody can be called */
  PV_ASSISTANCE_CALLING,
  PV_ASSISTANCE_NO_ANSWER,
  PV_ASSISTANCE_JOINED, /* a verified mediator is there */
  PV_ASSISTANCE_LOST,   /* the link; it comes back by itself, or ends */
  PV_ASSISTANCE_ENDED,
  PV_N_ASSISTANCE_STATES
} PvAssistanceState;

typedef enum {
  PV_ASKS_NOTHING,
  PV_ASKS_SHOW,     /* see and show */
  PV_ASKS_PROPOSE,  /* fill in, for the citizen to accept */
  PV_ASKS_HAND,     /* take the hand for a minute */
  PV_ASKS_HANDOVER, /* pass to a colleague */
  PV_N_ASSISTANCE_QUESTIONS
} PvAssistanceQuestion;

typedef enum {
  PV_ENDED_NONE,
  PV_ENDED_BY_CITIZEN,
  PV_ENDED_BY_MEDIATOR,
  PV_ENDED_LOST,
  PV_ENDED_IDLE,
  PV_ENDED_PROCEDURE, /* it is over, or the citizen left */
  PV_ENDED_HANDOVER,  /* a colleague is called */
} PvAssistanceEnd;

typedef struct PvAssistance {
  PvAssistanceState state;
  guint n_free; /* mediators who say that they are free now; 0: not known */
  /* CALLING */
  gboolean is_here;    /* a mediator in the room is wanted */
  guint group;         /* who hears the call: 1, then 2 */
  char *code;          /* (nullable): six digits; NULL: used up, a new one needs a touch */
  guint n_wrong_codes; /* how often a wrong one was typed for the last code */
  /* JOINED, LOST */
  char *mediator, *place; /* verified: "Claire M.", "Ville de Montclair" */
  gboolean may_show, may_propose, has_hand;
  gint64 hand_until_ms; /* monotonic */
  PvAssistanceQuestion question;
  gint64 question_until_ms;
  char *colleague;                       /* (nullable): HANDOVER: to whom */
  char *proposal_field, *proposal_value; /* (nullable): waits for the citizen's answer; wiped */
  /* ENDED */
  PvAssistanceEnd end;
} PvAssistance;

/* Frees what @assistance owns and makes it empty (OFF). */
void pv_assistance_clear (PvAssistance *assistance);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvAssistance, pv_assistance_clear)
/* @to is empty, or is cleared first. */
void pv_assistance_copy (PvAssistance *to, const PvAssistance *from);
/* Who helps is verified, and shown until the end. */
gboolean pv_assistance_is_on (const PvAssistance *assistance);
