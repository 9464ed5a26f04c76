/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* paper.h: what all papers of the kiosk have in common: the looks of the media, headings and pairs, sheets.
 *
 * Black on white, texts in the present language of gettext. Roll: 10 pt or more, as long as needed, in whole millimetres. A4
 * and A5: 12 pt or more, numbered pages. Nothing is written to a disk. Main thread only. Private to print. */
#pragma once

#include "print/flow.h"
#include "print/media.h"

/* What differs between the media; points where nothing else is said. */
typedef struct PvPaperLook {
  double footer_mm;
  double body, heading, procedure, title, commune, reference, code; /* text sizes at 100 % */
  double line, frame, radius;
  double padding_mm, gap_mm, section_mm, qr_column_mm;
  double dot_mm; /* of the printer: 203 dpi = 8 dots a mm, and 300 dpi */
  guint module_dots;
  guint max_percent;    /* beyond it, words no longer fit into a line */
  gboolean has_columns; /* as long as the text is not large */
} PvPaperLook;

typedef struct PvPaper PvPaper;
struct PvPaper {
  gconstpointer content; /* what @compose puts on it */
  void (*compose) (PvPaper *paper);
  PvPrintMedia media;
  const PvPrintSheet *sheet;
  const PvPaperLook *look;
  const char *language, *title, *footer;
  guint text_percent;
  PvTextFlow *flow;
  double scale;  /* chosen text size, 1 to 2 */
  double growth; /* of what is already large */
  double gaps;   /* room between texts; 1 is the usual */
};

typedef struct PvPaperOrder {
  void (*compose) (PvPaper *paper); /* may be called more than once */
  gconstpointer content;
  PvPrintMedia media;
  const char *language; /* (nullable) */
  guint text_percent;
  const char *title;  /* in the file: nothing about a person */
  const char *footer; /* of each sheet, if there are numbers on them */
} PvPaperOrder;

/* (transfer full): a PDF, wiped when freed; NULL with PV_PRINT_ERROR_TOO_LARGE or BROKEN */
GBytes *pv_paper_render (const PvPaperOrder *order, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Room between texts grows with them. */
double pv_paper_gap (const PvPaper *paper, double at_100_percent_mm);
PvTextStyle pv_paper_body_style (const PvPaper *paper, PangoWeight weight);
/* Large text grows less than the body, and is never smaller than it. */
PvTextStyle pv_paper_large_style (const PvPaper *paper, double size, PangoWeight weight);
/* As large as wished, as long as @text stays in one line of @width; no smaller than the body. */
PvTextStyle pv_paper_fit_style (const PvPaper *paper, PvTextStyle style, const char *text, double width);
/* Smaller, if that keeps the longest word in one piece, but by no more than a fifth of the body. */
PvTextStyle pv_paper_fit_words (const PvPaper *paper, PvTextStyle style, const char *text, double width);
/* Whether there is room for columns beside each other. */
gboolean pv_paper_is_beside (const PvPaper *paper);

/* @text: (nullable), and then nothing is added and NULL returned. */
PvBox *pv_paper_add_text (PvPaper *paper, double before_mm, PvTextStyle style, const char *text);
/* What the paper is, once. @title: (nullable) */
void pv_paper_add_title (PvPaper *paper, double before_mm, const char *title);
void pv_paper_add_rule (PvPaper *paper, double before_mm);
void pv_paper_add_heading (PvPaper *paper, const char *heading);
/* Nothing, if @text is NULL or empty. */
void pv_paper_add_section (PvPaper *paper, const char *heading, const char *text);
/* Beside each other where there is room. @value: (nullable) */
void pv_paper_add_pair (PvPaper *paper, const char *label, const char *value);
/* The last line, which proves that nothing was cut off. @note: (nullable): beside it */
void pv_paper_add_end (PvPaper *paper, const char *note);
