/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* media.h: the kinds of paper that Parvis lays out for, and what can go wrong with paper. */
#pragma once

#include <glib.h>

#define PV_PRINT_ERROR (pv_print_error_quark ())
GQuark pv_print_error_quark (void);

typedef enum {
  PV_PRINT_ERROR_TOO_LARGE, /* over a limit of this folder: print less */
  PV_PRINT_ERROR_BAD_DATA,  /* not a document that Parvis makes */
  PV_PRINT_ERROR_BROKEN,    /* fonts or a library fail: call staff */
  PV_PRINT_ERROR_OFFLINE,   /* the printer cannot be reached */
  PV_PRINT_ERROR_LOST,      /* the same in the midst of a document: it may have been taken all the same */
  PV_PRINT_ERROR_BUSY,      /* the printer has another job: try again soon */
  PV_PRINT_ERROR_REFUSED,   /* the printer takes no job of this kind, or none at present */
  PV_PRINT_ERROR_MEDIA,     /* the printer has no such paper, or cannot print up to its margins: see the settings */
  PV_PRINT_ERROR_STRANGER,  /* what answers is not the printer that the settings name */
} PvPrintError;

/* A receipt is below 200 kB; org.parvis.Printer1 promises the same limit. */
enum { PV_PDF_MAX_BYTES = 8 * 1024 * 1024 };
enum { PV_PDF_MAX_PAGES = 40 };
/* Keywords of a drawn paper begin with it: behind it a line for each of its codes, for pv_pdf_file_finish(). */
#define PV_PAPER_ALTERNATIVES "parvis-alternatives:"

enum {
  PV_PRINT_MAX_ROLL_MM = 600,     /* longest sheet that common roll printers accept; what is longer becomes pages */
  PV_PRINT_SHORTEST_MAX_MM = 150, /* a card with its code must fit on each */
  PV_PRINT_MIN_ROLL_MM = 60,
};

typedef enum {
  PV_PRINT_MEDIA_ROLL_58MM, /* receipt rolls, as long as needed */
  PV_PRINT_MEDIA_ROLL_80MM,
  PV_PRINT_MEDIA_ROLL_112MM,
  PV_PRINT_MEDIA_A4,
  PV_PRINT_MEDIA_A5,
} PvPrintMedia;
enum { PV_PRINT_N_MEDIA = PV_PRINT_MEDIA_A5 + 1 };

typedef struct PvPrintSheet {
  double width_mm;
  double height_mm;                  /* 0: a roll, cut where the text ends */
  double side_mm, top_mm, bottom_mm; /* margins, in which there is never any ink */
} PvPrintSheet;

const PvPrintSheet *pv_print_media_get_sheet (PvPrintMedia media);
gboolean pv_print_media_is_roll (PvPrintMedia media);

/* How long a sheet of a roll may be on the printer of this process; for all that is laid out from now on. 0: not known.
 * Main thread only. */
void pv_print_media_set_longest_mm (guint longest_mm);
guint pv_print_media_get_longest_mm (void);

/* "roll-58mm", "roll-80mm", "roll-112mm", "a4", "a5": the words of the settings and of org.parvis.Printer1. */
const char *pv_print_media_to_string (PvPrintMedia media);
/* FALSE, and nothing written, for any other word. */
gboolean pv_print_media_from_string (const char *text, PvPrintMedia *ret_media);

/* Points of 1/72 inch, and back. */
double pv_print_mm_to_pt (double mm);
double pv_print_pt_to_mm (double pt);
