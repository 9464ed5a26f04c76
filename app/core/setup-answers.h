/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* setup-answers.h: what the first-start assistant is told, and which words it takes for it. Pure.
 *
 * The screen and parvis-provision check with the same table: the one so that a slip is told at once, the other because it believes
 * nobody. A value is one line of printable UTF-8; where a "one of" is given, nothing else counts. */
#pragma once

#include <glib.h>

typedef enum {
  PV_SETUP_NETWORK, /* "automatic" or "fixed" */
  PV_SETUP_ADDRESS, /* of fixed: 192.168.1.20/24 */
  PV_SETUP_GATEWAY, /* an address */
  PV_SETUP_NAMES,   /* of the name server */
  PV_SETUP_WAY,     /* "portal" or "relay" */
  PV_SETUP_URL,     /* of the portal: https, or http on this machine */
  PV_SETUP_ORIGIN,  /* name of the access */
  PV_SETUP_KEY,     /* of the access: secret, never kept with the others */
  PV_SETUP_SERVER,  /* folder of the enrolments: https */
  PV_SETUP_CODE,    /* of the enrolment: secret */
  PV_SETUP_COMMUNE,
  PV_SETUP_PLACE,    /* may be empty */
  PV_SETUP_PHONE,    /* may be empty */
  PV_SETUP_PRINTER,  /* "none", "uri" or "queue" */
  PV_SETUP_TARGET,   /* ipp:// or ipps://, or the name of a queue */
  PV_SETUP_PAPER,    /* "roll-58mm", "roll-80mm" or "a4" */
  PV_SETUP_DIAGONAL, /* mm */
  PV_SETUP_HEIGHT,   /* of the lower edge, mm */
  PV_SETUP_SOUND,    /* "yes" or "no" */
  PV_SETUP_READER,   /* "yes" or "no" */
  PV_SETUP_DISK,     /* of an installation from a stick: its name, like sda or nvme0n1 */
  PV_N_SETUP_ANSWERS
} PvSetupAnswer;

enum {
  PV_SETUP_MAX_URL_BYTES = 200,
  PV_SETUP_MAX_ORIGIN_BYTES = 64,
  PV_SETUP_MAX_KEY_BYTES = 256,
  PV_SETUP_MAX_CODE_BYTES = 64, /* as typed, with spaces */
  PV_SETUP_MAX_NAME_CHARS = 60,
  PV_SETUP_MAX_PHONE_BYTES = 24,
  PV_SETUP_MAX_QUEUE_BYTES = 127,
  PV_SETUP_MAX_ADDRESS_BYTES = 18,
  PV_SETUP_MAX_DISK_BYTES = 32,
  PV_SETUP_MIN_DIAGONAL_MM = 150,
  PV_SETUP_MAX_DIAGONAL_MM = 2000,
  PV_SETUP_MAX_HEIGHT_MM = 2000,
  PV_SETUP_MAX_VALUE_BYTES = 256, /* of any of them */
};

/* Zeroed at first; wiped when cleared. */
typedef struct PvSetupAnswers {
  char *texts[PV_N_SETUP_ANSWERS]; /* (nullable) */
} PvSetupAnswers;

void pv_setup_answers_clear (PvSetupAnswers *answers);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvSetupAnswers, pv_setup_answers_clear)
/* @text: (nullable): NULL: it is not answered any more. Not checked. */
void pv_setup_answers_set (PvSetupAnswers *answers, PvSetupAnswer answer, const char *text);
/* NULL: not answered. */
const char *pv_setup_answers_get (const PvSetupAnswers *answers, PvSetupAnswer answer);
gboolean pv_setup_answers_is (const PvSetupAnswers *answers, PvSetupAnswer answer, const char *text);

/* "network", "address", ...: in requests and on the disk */
const char *pv_setup_answer_name (PvSetupAnswer answer);
gboolean pv_setup_answer_find (const char *name, PvSetupAnswer *ret_answer);
/* Key and code: kept nowhere but where they belong. */
gboolean pv_setup_answer_is_secret (PvSetupAnswer answer);
/* As what was typed is meant: without space around it, and https:// where an address has no scheme. (transfer full): wipe */
char *pv_setup_answer_tidy (PvSetupAnswer answer, const char *typed) G_GNUC_WARN_UNUSED_RESULT;
/* Whether it may be taken, tidied. */
gboolean pv_setup_answer_check (PvSetupAnswer answer, const char *text);

/* One line "name=value" for each that is no secret. (transfer full) */
char *pv_setup_answers_to_text (const PvSetupAnswers *answers) G_GNUC_WARN_UNUSED_RESULT;
/* What is right of @text; whatever else it holds is passed over. */
void pv_setup_answers_from_text (PvSetupAnswers *answers, const char *text);
