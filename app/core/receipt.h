/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* receipt.h: what the citizen leaves with, on paper or as a QR.  Pure data: print lays it out, Done shows it. */
#pragma once

#include "core/outcome.h"
#include "core/procedure.h"

/* procedures-fr 4.2 in the terms of the law (CRPA L112-11, R112-11-1). */
typedef enum {
  PV_RECEIPT_RECEIVED,   /* "Accusé de réception électronique": positive answer and the legal facts are configured */
  PV_RECEIPT_REGISTERED, /* "Accusé d'enregistrement" */
  PV_RECEIPT_TO_CHECK,   /* "Accusé d'enregistrement", marked "à vérifier" */
  PV_RECEIPT_TICKET,     /* draft or hand-over, no legal value */
} PvReceiptKind;

typedef struct PvReceiptLine {
  char *label, *value; /* already masked where it must be */
} PvReceiptLine;

typedef struct PvReceipt {
  PvReceiptKind kind;
  gboolean practice; /* marked on the paper, no reference */
  char *title;
  char *commune, *place;
  char *service, *address, *email, *phone; /* (nullable) */
  char *procedure, *procedure_version;
  char *reference_label; /* "Numéro de demande" or "Référence de la borne" */
  char *reference;       /* for reading: grouped */
  char *tracking_code;   /* (nullable), grouped */
  char *qr_text;         /* (nullable): tracking address or reference */
  char *proof;           /* (nullable): receipt-code.h */
  char *datetime;        /* "23 novembre 2026 à 14 h 32 (heure de Paris)", or with "heure non vérifiée" */
  GPtrArray *lines;      /* (element-type PvReceiptLine): summary */
  GPtrArray *documents;  /* (element-type PvReceiptLine): name; pages and size */
  char *next;            /* what happens next, in one or two sentences */
  char *appointment;     /* (nullable): "jeudi 3 décembre 2026 à 9 h 20" */
  char *meeting_place;   /* (nullable): where it is */
  char *bring;           /* (nullable): what to bring to it */
  char *to_confirm;      /* (nullable): it is not certain yet, and what to do about it */
  char *calendar;        /* (nullable): iCalendar, for a QR code */
  char *silence;         /* (nullable): what silence will mean, with its date */
  char *appeal;          /* (nullable) */
  char *privacy;         /* (nullable): short notice and DPO */
  /* (nullable), each: the same in French, on a paper in another language: what the commune stands by */
  char *official_title, *official_procedure, *official_next, *official_silence, *official_appeal;
  char *language;     /* "fr", "en": for the PDF's /Lang */
  guint text_percent; /* 100, 125, 150, 200: chosen on screen, carried to the paper */
} PvReceipt;

PvReceipt *pv_receipt_new (PvReceiptKind kind);
void pv_receipt_free (PvReceipt *receipt);
PvReceiptLine *pv_receipt_line_new (const char *label, const char *value);
void pv_receipt_line_free (PvReceiptLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvReceipt, pv_receipt_free)

/**
 * pv_receipt_kind_for:
 *
 * The title rule: never claims more than is proven and printed.
 */
PvReceiptKind pv_receipt_kind_for (const PvOutcome *outcome, const PvLegalFacts *facts);
const char *pv_receipt_title (PvReceiptKind kind); /* translated */

/**
 * pv_silence_date:
 * @received: the day of receipt in the commune
 *
 * Day of receipt plus the configured delay: same day of the month or the last day of a shorter month, never moved for
 * week-ends. Returns: FALSE if there is no delay configured or silence has no meaning.
 */
gboolean pv_silence_date (const PvLegalFacts *facts, const GDate *received, GDate *ret_date);
