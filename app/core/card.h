/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* card.h: what the card reader tells while a citizen lays a card: from parvis-card through the session to the journey. */
#pragma once

#include "core/identity.h"

typedef enum {
  PV_CARD_NO_READER, /* none, or out of order */
  PV_CARD_BUSY,      /* the session before still holds it: "a moment" */
  PV_CARD_WAITING,   /* ready, nothing lies there */
  PV_CARD_PLACED,    /* a card lies there, no code yet */
  PV_CARD_OPENING,   /* the code is being tried */
  PV_CARD_READING,   /* percent tells how far */
  PV_CARD_PROVING,
  PV_CARD_READ,   /* identity is set: verdict and reason are in it */
  PV_CARD_FAILED, /* trouble tells why; a new code or a new card begins again */
  PV_N_CARD_STATES
} PvCardState;

typedef enum {
  PV_CARD_TROUBLE_NONE,
  PV_CARD_TROUBLE_LOST, /* moved: lay it again; the reading goes on by itself with the same code */
  PV_CARD_TROUBLE_WRONG_CODE,
  PV_CARD_TROUBLE_BLOCKED,
  PV_CARD_TROUBLE_REFUSED, /* the card keeps its data for others */
  PV_CARD_TROUBLE_NO_CHIP, /* something else than an identity document: a bank or bus card */
  PV_CARD_TROUBLE_BAD_DATA,
  PV_CARD_TROUBLE_READER,
  PV_CARD_TROUBLE_LOST_AT_CODE, /* moved while the code was tried: lay it again, and type it again */
  PV_N_CARD_TROUBLES
} PvCardTrouble;

typedef struct PvCardReport {
  PvCardState state;
  PvCardTrouble trouble;
  guint percent;        /* 0 to 100 */
  PvIdentity *identity; /* (nullable), owned: READ. No text in it when REFUSED */
} PvCardReport;

void pv_card_report_clear (PvCardReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvCardReport, pv_card_report_clear)
const char *pv_card_state_name (PvCardState state);
const char *pv_card_trouble_name (PvCardTrouble trouble);
