/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* media.h: the two kinds of paper that Parvis lays out for. */
#pragma once

#include <glib.h>

#define PV_PRINT_ERROR (pv_print_error_quark ())
GQuark pv_print_error_quark (void);

typedef enum {
  PV_PRINT_ERROR_TOO_LARGE, /* over a limit of this folder: print less */
  PV_PRINT_ERROR_BAD_DATA,  /* not a document that Parvis makes */
  PV_PRINT_ERROR_BROKEN,    /* fonts or a library fail: call staff */
  PV_PRINT_ERROR_OFFLINE,   /* the printer cannot be reached */
  PV_PRINT_ERROR_BUSY,      /* the printer has another job: try again soon */
  PV_PRINT_ERROR_REFUSED,   /* the printer takes no job of this kind, or none at present */
  PV_PRINT_ERROR_STRANGER,  /* what answers is not the printer that the settings name */
} PvPrintError;

/* A receipt is below 200 kB; org.parvis.Printer1 promises the same limit. */
enum { PV_PDF_MAX_BYTES = 8 * 1024 * 1024 };
enum { PV_PDF_MAX_PAGES = 40 };

enum {
  PV_PRINT_MAX_ROLL_MM = 600, /* longest sheet that common roll printers accept; what is longer becomes pages */
  PV_PRINT_MIN_ROLL_MM = 60,
};

typedef enum {
  PV_PRINT_MEDIA_ROLL_80MM, /* receipt roll 80 mm wide, of which 72 mm can be printed; as long as needed */
  PV_PRINT_MEDIA_A4,
} PvPrintMedia;

/* "roll-80mm" or "a4": the words of the settings and of org.parvis.Printer1. */
const char *pv_print_media_to_string (PvPrintMedia media);
/* FALSE, and nothing written, for any other word. */
gboolean pv_print_media_from_string (const char *text, PvPrintMedia *ret_media);

/* Points of 1/72 inch, and back. */
double pv_print_mm_to_pt (double mm);
double pv_print_pt_to_mm (double pt);
