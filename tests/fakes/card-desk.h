/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* card-desk.h: a virtual reader with a card of the demo on it, for the real libnfc, and the master list of its State. */
#pragma once

#include "demo/card/chip.h"
#include "demo/card/pn532.h"
#include "eid/trust.h"

/* 29 November 2026, noon, UTC. */
#define CARD_DESK_NOW G_GINT64_CONSTANT (1795953600)

typedef struct CardDesk {
  char *folder; /* all that it writes */
  PvPn532 *reader;
  PvChip *chip;        /* (nullable): that lies there */
  guint8 last_key[64]; /* of the last secured answer; written while a card lies there, read when none does */
  gsize last_key_length;
} CardDesk;

CardDesk *card_desk_new (void);
void card_desk_free (CardDesk *desk);

/* Text of a card of app/demo/cards, with @changes: (nullable) "group/key=value", one a line; an empty value removes. */
char *card_desk_read_card (const char *name, const char *changes) G_GNUC_WARN_UNUSED_RESULT;
/* A chip of it, in @folder. */
PvChip *card_desk_make_chip (const char *folder, const char *name, const char *changes) G_GNUC_WARN_UNUSED_RESULT;
/* Makes the list of all issuers that were used, and reads it. */
PvTrust *card_desk_make_trust (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

/* Lays a new card; the one before goes. */
void card_desk_lay (CardDesk *desk, const char *name, const char *changes);
/* The same card again. */
void card_desk_lay_again (CardDesk *desk);
void card_desk_remove (CardDesk *desk);
