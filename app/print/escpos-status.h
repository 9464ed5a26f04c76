/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* escpos-status.h: what an ESC/POS printer sends back, and what CUPS is told of it.
 *
 * Three answers share the line, and only their fixed bits tell them apart: to DLE EOT n (one byte, 0xx1xx10), to GS r 1
 * (one byte, 0xx0xxxx), and the report of GS a, unasked (four bytes, 0xx1xx00 and three of 0xx0xxxx). A printer answers
 * GS r 1 when it comes to it: sent behind a document, it proves that the document is printed. Pure.
 */
#pragma once

#include <glib.h>

enum {
  PV_ESCPOS_FIRST_QUESTION = 1, /* DLE EOT n: printer, why offline, errors, roll */
  PV_ESCPOS_LAST_QUESTION = 4,
  PV_ESCPOS_QUESTION_BYTES = 3,
  PV_ESCPOS_REPORT_BYTES = 4,
  PV_ESCPOS_REPORT_ALL = 0x0e, /* GS a: on or off line, errors, roll; not the drawer */
};

typedef enum {
  PV_ESCPOS_OFFLINE = 1 << 0,
  PV_ESCPOS_COVER_OPEN = 1 << 1,
  PV_ESCPOS_PAPER_LOW = 1 << 2,
  PV_ESCPOS_PAPER_OUT = 1 << 3,
  PV_ESCPOS_CUTTER = 1 << 4,
  PV_ESCPOS_HOT = 1 << 5,    /* goes on by itself */
  PV_ESCPOS_BROKEN = 1 << 6, /* mechanical, or not to be mended by the user */
  PV_ESCPOS_ALL = (1 << 7) - 1,
} PvEscposFlags;

typedef enum {
  PV_ESCPOS_NOTHING, /* noise, or half of a report */
  PV_ESCPOS_STATUS,  /* flags are as told now */
  PV_ESCPOS_SENSOR,  /* the answer to GS r 1; flags are as told now */
} PvEscposEvent;

/* Zero is the beginning. */
typedef struct {
  PvEscposFlags flags;
  guint question; /* DLE EOT n that has no answer yet; 0: none */
  guint8 report[PV_ESCPOS_REPORT_BYTES];
  guint n_report;
} PvEscposReader;

/* Asks. One at a time: the answers do not say to what. */
void pv_escpos_reader_ask (PvEscposReader *reader, guint question, guint8 ret_bytes[PV_ESCPOS_QUESTION_BYTES]);
PvEscposEvent pv_escpos_reader_take (PvEscposReader *reader, guint8 byte);

/* Whether it prints nothing until somebody, or time, has helped. */
gboolean pv_escpos_is_blocked (PvEscposFlags flags);
/* Appends the lines "STATE: +..." and "STATE: -..." of a CUPS backend. @before: PV_ESCPOS_ALL where nothing is known, as
 * when an earlier job may have left its reasons at the queue. */
void pv_escpos_append_changes (PvEscposFlags before, PvEscposFlags after, GString *lines);
