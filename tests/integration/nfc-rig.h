/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nfc-rig.h: the real libnfc, a virtual reader, and a card that says which command it answers: first the four bytes that
 * the command begins with, then as many bytes as the next two ask for, made from the four, then 9000. */
#pragma once

#include "tst.h"

#include "demo/card/pn532.h"
#include "eid/transport-nfc.h"

enum { RIG_MAX_ANSWER = 5000 };

typedef struct Rig {
  PvPn532 *emulator;
  PvNfcReader *reader;
  PvPn532Card card;
  char *folder;
  guint32 tag; /* of the next command */
  gint n_apdus, n_resets;
} Rig;

/* Plugged in, with a card, and open. */
Rig *rig_new (gboolean is_type_b);
void rig_free (Rig *rig);
void rig_reopen (Rig *rig);

/* The card that lies there, within a second. */
PvCardTransport *rig_take_card (Rig *rig);
/* Asks for @n bytes by a command of @command_length bytes (at least 6) and asserts that a right answer is of that command.
 * FALSE with the error. */
gboolean rig_ask (Rig *rig, PvCardTransport *card, gsize command_length, gsize n, guint timeout_ms, GError **error);
/* The same, where no error may come. */
void rig_talk (Rig *rig, PvCardTransport *card, gsize command_length, gsize n);
