/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* capture.h: making a document at the kiosk: from a scanner or from a phone.
 *
 * The journey knows states, page numbers and hints; pictures are the window's only, and bytes come once, whole, as a
 * PvDocument.
 */
#pragma once

#include <glib.h>

enum {
  PV_CAPTURE_MAX_PAGES = 20,
  PV_CAPTURE_MAX_BYTES = 10 * 1000 * 1000, /* formats-fr 8, where the form says nothing */
};

/* What the form accepts. */
typedef struct PvCaptureRules {
  char *path;        /* of the question */
  char **mime_types; /* (nullable): any of PDF, JPEG, PNG */
  guint64 max_bytes; /* never 0 */
  guint max_pages;
  gboolean is_sample; /* practice: a made-up page comes instead of what lies there */
} PvCaptureRules;

typedef enum {
  PV_CAPTURE_STARTING,  /* the scanner is being opened, or the phone's place at the relay */
  PV_CAPTURE_READY,     /* lay a page, or read the code with the phone */
  PV_CAPTURE_SCANNING,  /* percent; the picture grows */
  PV_CAPTURE_PAGE,      /* a page is there: n_pages, page, hint */
  PV_CAPTURE_RECEIVING, /* from the phone; being decoded */
  PV_CAPTURE_FINISHING, /* the document is being made */
  PV_CAPTURE_FAILED,    /* trouble */
} PvCaptureState;

typedef enum { PV_CAPTURE_CLEAR, PV_CAPTURE_BLURRED, PV_CAPTURE_DARK, PV_CAPTURE_EMPTY } PvCaptureHint;

/* What to do about it differs, so it is told apart. */
typedef enum {
  PV_CAPTURE_TROUBLE_NONE,
  PV_CAPTURE_TROUBLE_NO_SCANNER, /* none there, or unplugged */
  PV_CAPTURE_TROUBLE_BUSY,       /* somebody else has it */
  PV_CAPTURE_TROUBLE_JAM,
  PV_CAPTURE_TROUBLE_OPEN,     /* its cover */
  PV_CAPTURE_TROUBLE_NO_PAPER, /* of a feeder */
  PV_CAPTURE_TROUBLE_BROKEN,   /* its driver crashed, hung, or told nonsense */
  PV_CAPTURE_TROUBLE_OFFLINE,  /* phone: the relay cannot be reached */
  PV_CAPTURE_TROUBLE_EXPIRED,  /* phone: ten minutes are over */
  PV_CAPTURE_TROUBLE_CUT,      /* phone: not whole, or not for this kiosk */
  PV_CAPTURE_TROUBLE_TYPE,     /* not a kind of document that the form takes */
  PV_CAPTURE_TROUBLE_TOO_LARGE,
  PV_CAPTURE_TROUBLE_TOO_MANY_PAGES,
  PV_CAPTURE_TROUBLE_UNREADABLE, /* broken, or locked with a password */
  PV_N_CAPTURE_TROUBLES
} PvCaptureTrouble;

typedef struct PvCaptureReport {
  PvCaptureState state;
  PvCaptureTrouble trouble; /* FAILED */
  guint percent;            /* SCANNING */
  guint n_pages;            /* so far; they stay after a failure */
  guint page;               /* PAGE: which one is shown, from 0 */
  PvCaptureHint hint;       /* PAGE: of that one */
  const char *url;          /* (nullable): READY of the phone: what the QR code says; a secret */
} PvCaptureReport;

/* A finished document. Immutable. */
typedef struct PvDocument {
  gatomicrefcount refs;
  char *filename;     /* ASCII, no personal data: "document-1.pdf" (formats-fr 8) */
  char *content_type; /* application/pdf, image/jpeg, image/png */
  GBytes *content;    /* personal */
  guint n_pages;      /* 0 = not told */
} PvDocument;

PvCaptureRules *pv_capture_rules_new (const char *path);
PvCaptureRules *pv_capture_rules_copy (const PvCaptureRules *rules);
void pv_capture_rules_free (PvCaptureRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvCaptureRules, pv_capture_rules_free)

/* @content: (transfer none): referenced; its free function is to wipe it */
PvDocument *pv_document_new (const char *filename, const char *content_type, GBytes *content, guint n_pages);
PvDocument *pv_document_ref (PvDocument *document);
void pv_document_unref (PvDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDocument, pv_document_unref)
