/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* request.h: the one line that the service screen says to the door. Pure.
 *
 *   open PIN                 eight digits; answered by "ok TOKEN", "wrong N", "locked SECONDS", "refused"
 *   VERB TOKEN [ARGUMENT]    TOKEN: 32 hexadecimal digits, as "open" gave it
 *
 *   look [PART...]    what is wrong: JSON of parvisctl doctor        count             how much waits in the outbox
 *   paper             somebody changed the paper                     close SECONDS     until then; 0: until "reopen"
 *   reopen            the kiosk is open again                        restart           the machine
 *   save              the file for support, onto the key             end               the screen closes
 *
 * Words, digits and small letters only: nothing of it reaches a shell, a path or a program but out of tables. */
#pragma once

#include <glib.h>

enum {
  PV_DOOR_MAX_LINE_BYTES = 128,
  PV_DOOR_TOKEN_DIGITS = 32,
  PV_DOOR_MAX_PARTS = 4,
  PV_DOOR_MAX_CLOSED_S = 366 * 24 * 60 * 60,
};

typedef enum {
  PV_DOOR_OPEN,
  PV_DOOR_LOOK,
  PV_DOOR_COUNT,
  PV_DOOR_PAPER,
  PV_DOOR_CLOSE,
  PV_DOOR_REOPEN,
  PV_DOOR_RESTART,
  PV_DOOR_SAVE,
  PV_DOOR_END,
  PV_N_DOOR_VERBS
} PvDoorVerb;

typedef struct PvDoorRequest {
  PvDoorVerb verb;
  char secret[PV_DOOR_TOKEN_DIGITS + 1];    /* the PIN, or the token */
  const char *parts[PV_DOOR_MAX_PARTS + 1]; /* of LOOK: out of a table; none: all */
  gint64 until_s;                           /* of CLOSE */
} PvDoorRequest;

/* @line: without its end. FALSE: it is none, and nothing is done. */
gboolean pv_door_request_parse (const char *line, PvDoorRequest *ret_request);
const char *pv_door_verb_name (PvDoorVerb verb);
