/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* message.h: what a record holds: one message.  A table says which members each kind has; PROTOCOL.md, section 6. */
#pragma once

#include "assist/error.h"
#include "assist/record.h"
#include "assist/rights.h"

enum {
  PV_MESSAGE_MAX_TARGET_BYTES = 256,
  PV_MESSAGE_MAX_TEXT_BYTES = 2048,
  PV_MESSAGE_MAX_NAME_BYTES = 64,
  PV_MESSAGE_MAX_LANGUAGE_BYTES = 15,
  PV_MESSAGE_MAX_BLOCK_BYTES = PV_RECORD_MAX_PAYLOAD_BYTES - 64,
};

typedef enum {
  /* kiosk to mediator */
  PV_MESSAGE_SNAPSHOT = 1,
  PV_MESSAGE_DIFFERENCE = 2,
  PV_MESSAGE_RIGHTS = 3,
  PV_MESSAGE_ANSWER = 4, /* to a command */
  PV_MESSAGE_QUICK = 5,
  PV_MESSAGE_CONSENT = 8,
  /* both */
  PV_MESSAGE_HEARTBEAT = 6,
  PV_MESSAGE_END = 7,
  /* mediator to kiosk */
  PV_MESSAGE_COMMAND = 16,
  PV_MESSAGE_ASK = 17,
  PV_MESSAGE_GIVE_BACK = 18,
  PV_MESSAGE_WANT_SNAPSHOT = 19,
  PV_MESSAGE_COUNTERSIGNED = 20,
  PV_MESSAGE_HAND_OVER = 21,
  PV_MESSAGE_HEARD = 22, /* a QUICK */
  PV_N_MESSAGES
} PvMessageKind;

typedef enum {
  PV_COMMAND_POINT,   /* target: field, or "action:NAME" */
  PV_COMMAND_EXPLAIN, /* text: plain sentences */
  PV_COMMAND_PROPOSE, /* target: field; base; text: value */
  PV_COMMAND_SET,     /* as PROPOSE, under a lease */
  PV_COMMAND_ACT,     /* target: name of an intention, under a lease */
  PV_N_COMMANDS
} PvCommandKind;

typedef enum {
  PV_RESULT_DONE,
  PV_RESULT_SHOWN,    /* proposed: the citizen decides */
  PV_RESULT_ACCEPTED, /* the proposal was, by the citizen */
  PV_RESULT_DECLINED,
  PV_RESULT_NO_RIGHT,
  PV_RESULT_STALE,     /* the field changed since: look again */
  PV_RESULT_FORBIDDEN, /* never possible: hidden field, sending, paying ... */
  PV_RESULT_NO_TARGET,
  PV_N_RESULTS
} PvResult;

/* For who cannot speak or hear. */
typedef enum {
  PV_QUICK_YES,
  PV_QUICK_NO,
  PV_QUICK_NOT_UNDERSTOOD,
  PV_QUICK_REPEAT,
  PV_QUICK_WAIT,
  PV_N_QUICKS
} PvQuick;

/* Members that the kind does not have are zero. */
typedef struct PvMessage {
  PvMessageKind kind;
  guint32 id;             /* COMMAND, ANSWER; QUICK, HEARD: grows with each */
  PvCommandKind command;  /* COMMAND */
  PvRight right;          /* ASK, GIVE_BACK; RIGHTS: the question, with has_question */
  gboolean has_question;  /* RIGHTS */
  gboolean asks_handover; /* RIGHTS */
  gboolean is_paused;     /* RIGHTS */
  guint granted;          /* RIGHTS: one bit a right */
  guint code;             /* ANSWER: PvResult, QUICK: PvQuick, END: PvEnd */
  guint32 lease_ms;       /* RIGHTS: what remains */
  guint32 quiet_ms;       /* RIGHTS: for so long nothing can be asked */
  guint32 base, revision; /* of the mirror */
  guint64 hash;           /* of the mirror at @revision */
  char *target;
  char *name;          /* HAND_OVER: of the colleague */
  char *language;      /* WANT_SNAPSHOT: of the mediator; may be absent */
  gboolean is_as_read; /* WANT_SNAPSHOT: in the language of the citizen */
  char *text;          /* may be a citizen's words: wiped */
  GBytes *block;       /* SNAPSHOT, DIFFERENCE, CONSENT, COUNTERSIGNED */
} PvMessage;

void pv_message_clear (PvMessage *message);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvMessage, pv_message_clear)

/* Texts over their limit are cut. NULL if the block is over its own. (transfer full) */
GBytes *pv_message_write (const PvMessage *message) G_GNUC_WARN_UNUSED_RESULT;
/* @from: who sent it: a kind of the other direction is refused. @ret_message is untouched on failure. */
gboolean pv_message_read (const guint8 *bytes, gsize size, PvAssistSide from, PvMessage *ret_message, GError **error);
const char *pv_command_name (PvCommandKind command);
