/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* scan-private.h: between scan.c and the program parvis-decode; and shorter waits, for tests.
 *
 *     parvis-decode look DEVICE                     the scanner's name, to OUTPUT
 *     parvis-decode scan DEVICE grey|colour         one page as JPEG, to OUTPUT; steps to STEPS; rows to PREVIEW
 *     parvis-decode sample                          a made-up page as JPEG, to OUTPUT
 *     parvis-decode import KINDS MAX-BYTES MAX-PAGES  from INPUT: a page as JPEG, or a PDF, to OUTPUT
 *     parvis-decode join KIND MAX-BYTES TURNS...    pages from PAGES and behind it: the document, to OUTPUT
 *
 * OUTPUT is a memory file: what was made and, behind it, PvScanFacts. Neither facts nor steps are believed.
 */
#pragma once

#include "link/decode-private.h"
#include "link/scan.h"

enum {
  PV_SCAN_INPUT_FD = PV_DECODE_INPUT_FD,
  PV_SCAN_OUTPUT_FD = PV_DECODE_OUTPUT_FD,
  PV_SCAN_STEPS_FD = 5,   /* a pipe: PvScanStep */
  PV_SCAN_PREVIEW_FD = 6, /* an empty memory file: pixels as of PvDecoded, row by row */
  PV_SCAN_PAGES_FD = 10,  /* the first page of a document */
};

enum {
  PV_SCAN_MAX_NAME_BYTES = 256,                  /* of a scanner; those of USB have 30 */
  PV_SCAN_MAX_PAGE_BYTES = 4 * 1000 * 1000,      /* of a page as JPEG; one in colour has 600 kB */
  PV_SCAN_MAX_DOCUMENT_BYTES = 50 * 1000 * 1000, /* whatever the rules say */
  PV_SCAN_MAX_UPLOAD_BYTES = PV_DECODE_MAX_BYTES,
  PV_SCAN_JOIN_MS = PV_DECODE_MAX_MS, /* of 20 pages, made smaller several times; the child's own alarm is as long */
  PV_SCAN_LOOK_MS = 30 * 1000,        /* every driver is asked */
};

/* How a child ends, besides PV_DECODE_EXIT_DONE: this and the number of a PvCaptureTrouble. */
enum { PV_SCAN_EXIT_TROUBLE = 32 };

/* What lies in OUTPUT, or is wanted there. */
typedef enum { PV_SCAN_NAME, PV_SCAN_JPEG, PV_SCAN_PDF, PV_SCAN_PNG, PV_N_SCAN_KINDS } PvScanKind;

/* The letters of KINDS, in the order of PvScanKind. */
#define PV_SCAN_KIND_LETTERS "-jfp"

enum { PV_SCAN_FACTS_MAGIC = 0x50764633 };

/* Behind what was made. */
typedef struct PvScanFacts {
  guint32 magic;
  guint32 kind;          /* PvScanKind */
  guint32 hint;          /* PvCaptureHint */
  guint32 n_pages;       /* at least 1, but of a name */
  guint32 width, height; /* of a picture, in pixels */
} PvScanFacts;

/* The preview has so many rows of so many pixels; these many are there. Also told when nothing is new: it lives. */
typedef struct PvScanStep {
  guint32 width, height, rows;
  guint32 percent;
} PvScanStep;

/* Reads PvScanFacts as a child left them. @size: of all that it wrote. FALSE: not what was wanted, or nonsense. */
gboolean pv_scan_facts_read (const void *data, gsize size, PvScanKind kind, guint max_pages, PvScanFacts *ret_facts,
                             gsize *ret_content_size);
/* @before: (nullable): the one before it. FALSE: nonsense. */
gboolean pv_scan_step_is_right (const PvScanStep *step, const PvScanStep *before);
/* FALSE: no name that could be given to a program. */
gboolean pv_scan_is_name (const char *name, gsize length);
/* NULL: of any kind. */
gboolean pv_scan_takes (const PvCaptureRules *rules, PvScanKind kind);
const char *pv_scan_kind_type (PvScanKind kind);
const char *pv_scan_kind_filename (PvScanKind kind);

/* Waits of a scan. */
typedef struct PvScanLimits {
  guint page_ms, silent_ms, look_ms, join_ms;
} PvScanLimits;

PvScan *pv_scan_open_within (const char *program, const char *device, const PvCaptureRules *rules,
                             const PvScanLimits *limits, const PvScanEvents *events, gpointer user_data);

/* One child: started, watched, ended, its output sealed. */
typedef struct PvScanChild PvScanChild;

typedef struct PvScanOutcome {
  PvCaptureTrouble trouble; /* NONE: what follows is there */
  PvScanFacts facts;
  int fd; /* (transfer full): a sealed memory file of what was made, without facts; -1 */
} PvScanOutcome;

typedef struct PvScanChildEvents {
  void (*step) (const PvScanStep *step, gpointer user_data); /* (nullable) */
  void (*ended) (PvScanOutcome *outcome, gpointer user_data);
} PvScanChildEvents;

typedef struct PvScanTask {
  const char *const *arguments;
  const int *inputs; /* sealed memory files; duplicated */
  guint n_inputs;
  int first_input; /* the descriptor of the first in the child */
  PvScanKind kind; /* expected */
  gsize max_bytes;
  guint max_pages;
  gboolean has_preview;    /* and steps */
  guint max_ms, silent_ms; /* silent_ms: 0 = no limit */
} PvScanTask;

PvScanChild *pv_scan_child_new (const PvScanTask *task, const PvScanChildEvents *events, gpointer user_data);
/* A copy of the preview as far as it got, sealed; NULL: nothing yet. */
PvDecoded *pv_scan_child_copy_preview (PvScanChild *child);
/* Kills it; no event comes any more. */
void pv_scan_child_free (PvScanChild *child);
