/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* setup-request.h: the one line that the first-start assistant says to parvis-provision, and the one that comes back. Pure.
 *
 *   VERB[\tNAME=VALUE]...\n     names and values of setup-answers.h; each verb takes its own and no others
 *   ok[\tTEXT]...\n             it is done, and proved where it says so
 *   no\tREASON\n                a word of the table in setup-request.c
 *   at\tPERCENT\n               before one of these: how far it is
 *
 * Nothing of a line reaches a shell; values reach files and programs as they passed the table of the answers. */
#pragma once

#include "core/setup-answers.h"

enum { PV_SETUP_MAX_LINE_BYTES = 2048, PV_SETUP_MAX_ANSWER_BYTES = 64 * 1024, PV_SETUP_MAX_WORDS = 200 };

typedef enum {
  PV_SETUP_RESUME,      /* what was answered before: ok, and NAME=VALUE of each */
  PV_SETUP_TRY_NETWORK, /* written, and an address is there: ok ADDRESS */
  PV_SETUP_TRY_PORTAL,  /* the catalogue was fetched: ok NUMBER */
  PV_SETUP_TRY_RELAY,   /* the enrolment was fetched and opened, the catalogue came through the relay: ok NUMBER */
  PV_SETUP_SAY_COMMUNE,
  PV_SETUP_LIST_PRINTERS, /* ok, and TARGET|TITLE of each */
  PV_SETUP_PRINT_PAGE,    /* a test page: ok: the printer says that it came out */
  PV_SETUP_SAY_PRINTER,   /* somebody saw it come out, or there is none */
  PV_SETUP_SAY_SCREEN,
  PV_SETUP_SAY_SOUND,
  PV_SETUP_SAY_READER,
  PV_SETUP_PRINT_RECEIPT, /* with the settings as they will be */
  PV_SETUP_FINISH,        /* checked, put in place, the marker written: the kiosk serves */
  PV_SETUP_LIST_DISKS,    /* of an installation from a stick, like the next two, and nothing else is done then: ok, and
                            NAME|BYTES|MODEL|empty or full of each */
  PV_SETUP_WRITE_DISK,    /* at N, from 0 to 100, as it goes on; then ok */
  PV_SETUP_RESTART,       /* the machine */
  PV_N_SETUP_VERBS
} PvSetupVerb;

typedef enum {
  PV_SETUP_BECAUSE_NOTHING,
  PV_SETUP_BECAUSE_AWAY,      /* no answer at all */
  PV_SETUP_BECAUSE_REFUSED,   /* a request that is none, or the first start is over */
  PV_SETUP_BECAUSE_FAILED,    /* it could not be written or started */
  PV_SETUP_BECAUSE_NO_LINK,   /* no cable, or nobody gives an address */
  PV_SETUP_BECAUSE_OFFLINE,   /* nobody answers there */
  PV_SETUP_BECAUSE_STRANGER,  /* a certificate that is not believed */
  PV_SETUP_BECAUSE_DENIED,    /* name or key of the access are not known there */
  PV_SETUP_BECAUSE_CLOCK,     /* the two clocks differ */
  PV_SETUP_BECAUSE_NO_PORTAL, /* somebody answers, and it is no portal */
  PV_SETUP_BECAUSE_NO_CODE,   /* nothing lies there under this code */
  PV_SETUP_BECAUSE_EXPIRED,   /* the enrolment's time is over */
  PV_SETUP_BECAUSE_BROKEN,    /* it cannot be opened, or says what it may not */
  PV_SETUP_BECAUSE_NO_PRINTER,
  PV_SETUP_BECAUSE_NOT_PRINTED,
  PV_SETUP_BECAUSE_MISSING,     /* FINISH: a step was not proved */
  PV_SETUP_BECAUSE_WRONG,       /* FINISH: the settings would be wrong */
  PV_SETUP_BECAUSE_NOT_WRITTEN, /* WRITE_DISK */
  PV_N_SETUP_REASONS
} PvSetupReason;

typedef struct PvSetupRequest {
  PvSetupVerb verb;
  PvSetupAnswers answers;
} PvSetupRequest;

void pv_setup_request_clear (PvSetupRequest *request);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvSetupRequest, pv_setup_request_clear)
const char *pv_setup_verb_name (PvSetupVerb verb);
/* Whether a request of @verb may bear @answer. */
gboolean pv_setup_verb_takes (PvSetupVerb verb, PvSetupAnswer answer);
/* With what @answers has of that which @verb takes; with its line end. (transfer full): wipe */
char *pv_setup_request_make (PvSetupVerb verb, const PvSetupAnswers *answers) G_GNUC_WARN_UNUSED_RESULT;
/* @line: without its end. @ret_request: zeroed. FALSE: it is none, and nothing is done. */
gboolean pv_setup_request_parse (const char *line, PvSetupRequest *ret_request);

const char *pv_setup_reason_word (PvSetupReason reason);
/* (transfer full) */
char *pv_setup_reply_make (PvSetupReason reason, const char *const *texts) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full) */
char *pv_setup_reply_make_progress (guint percent) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE: @line, without its end, tells no progress. */
gboolean pv_setup_reply_read_progress (const char *line, guint *ret_percent);
/* @ret_texts: (transfer full): of "ok"; never NULL. Whatever is no reply is AWAY. */
PvSetupReason pv_setup_reply_parse (const char *text, char ***ret_texts);
