/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* flow.h: boxes stacked one under the other, broken into pages and drawn with cairo.
 *
 * All measures are points; `start` counts from the edge where reading starts, so that right-to-left needs no second
 * layout. Black on white. Main thread only.
 */
#pragma once

#include "print/qr.h"

#include <pango/pangocairo.h>

typedef struct PvTextStyle {
  double size_pt;
  PangoWeight weight;
  PangoAlignment align; /* LEFT: where reading starts; RIGHT: where it ends */
} PvTextStyle;

/* What a text is to whoever has the file read aloud: the tags of PDF 1.7, 14.8.4. */
typedef enum {
  PV_TAG_P,
  PV_TAG_H1, /* the title, once */
  PV_TAG_H2,
  PV_TAG_LABEL, /* begins an item of a list */
  PV_TAG_VALUE, /* goes on with it */
  PV_TAG_NONE,  /* of the sheet, not of what it says: not read */
} PvTextTag;

typedef struct PvTextFlow PvTextFlow;
typedef struct PvBox PvBox; /* borrowed from its flow */

/* @width: of the column that the boxes fill. NULL with PV_PRINT_ERROR_BROKEN if there are no fonts. */
PvTextFlow *pv_text_flow_new (double width, const char *language, gboolean is_rtl,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_text_flow_free (PvTextFlow *flow);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvTextFlow, pv_text_flow_free)

double pv_text_flow_get_width (const PvTextFlow *flow);
/* Size of @text if it is set in one line. */
double pv_text_flow_measure_width (PvTextFlow *flow, const PvTextStyle *style, const char *text);

/* Of its longest word: what is narrower is broken in the middle of a word. */
double pv_text_flow_measure_word (PvTextFlow *flow, const PvTextStyle *style, const char *text);

/* @space_before: above the box, unless it is the first of a page. */
PvBox *pv_text_flow_add_box (PvTextFlow *flow, double space_before);
/* Texts that belong together: a page never ends after this box. */
void pv_box_keep_with_next (PvBox *box);
/* @text: (nullable): UTF-8 in one or more paragraphs. Returns: the height it takes, wrapped to @width. */
double pv_box_add_text (PvBox *box, const PvTextStyle *style, const char *text, double start, double y, double width);
/* Of the text that was added last; without it, a paragraph. */
void pv_box_set_tag (PvBox *box, PvTextTag tag);
/* What is said instead of the code that was added last. */
void pv_box_set_alternative (PvBox *box, const char *text);
/* A line over the whole width. */
void pv_box_add_rule (PvBox *box, double y, double thickness);
/* Around all of the box, within its height; grows the box to @height. */
void pv_box_add_frame (PvBox *box, double height, double thickness, double radius);
/**
 * pv_box_add_qr:
 * @qr: (transfer full)
 * @start: corner of its quiet zone, as @y
 * @dot: dot of the printer that the corner is moved onto, so that all modules come out alike
 * @module_dots: side of a module
 */
void pv_box_add_qr (PvBox *box, PvQr *qr, double start, double y, double dot, guint module_dots);
double pv_box_get_height (const PvBox *box);

/**
 * pv_text_flow_paginate:
 * @height: of a page; must hold any box that is not a plain text
 *
 * A box stays whole, only a text of four lines or more is broken, with two lines or more on each side.
 *
 * Returns: number of pages, 0 for none
 */
guint pv_text_flow_paginate (PvTextFlow *flow, double height);
/* Height that is used on @page after pagination. */
double pv_text_flow_get_used_height (const PvTextFlow *flow, guint page);
/* What is said instead of each code, one line each, in the order of reading. (transfer full): "" without codes */
char *pv_text_flow_join_alternatives (const PvTextFlow *flow) G_GNUC_WARN_UNUSED_RESULT;
/* With the column's top left corner at the origin. Boxes and what is in them are read in the order in which they were added. */
void pv_text_flow_draw_page (const PvTextFlow *flow, cairo_t *cr, guint page);
