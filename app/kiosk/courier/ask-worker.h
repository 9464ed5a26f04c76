/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ask-worker.h: the child that asks the portal one question about one request or one invoice, and ends.
 *
 * What the answer says is in clear here and in the session that asked, nowhere else: it goes into a memory file that the
 * courier only passes on. The courier learns one letter: found, none, or not answered. */
#pragma once

#include "platform/settings.h"

typedef enum {
  PV_ASK_FOLLOW,      /* text: tracking code; answer: pv_followed_to_variant() */
  PV_ASK_INVOICE,     /* text: uuid, cents; answer: pv_invoice_to_variant() */
  PV_ASK_INVOICE_PDF, /* likewise; answer: the PDF */
  PV_N_ASKS
} PvAskKind;

typedef enum { PV_ASK_FOUND = 'F', PV_ASK_NONE = 'N', PV_ASK_FAILED = 'X' } PvAskEnd;

/* A question, as a memory file on the worker's standard input: kind, text, cents. */
#define PV_ASK_QUESTION_TYPE "(ust)"

enum {
  PV_ASK_MAX_QUESTION_BYTES = 1024,
  PV_ASK_ANSWER_FD = 3, /* in the worker: an empty memory file, which it fills and seals */
};

/**
 * pv_ask_worker_run:
 * @report_fd: gets the letter of a PvAskEnd
 *
 * Runs the default main context until the answer came. Returns: the exit status of the process
 */
int pv_ask_worker_run (const PvSettings *settings, int question_fd, int answer_fd, int report_fd);
