/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* line-drawing.h: reads the drawings of resources/icons, which use a small part of SVG 1.1, and draws them with cairo.
 *
 * A reader for all of SVG weighs more than half of a window, and would be loaded into each session for a few lines.
 * What is understood: <path> with M L l h v c s a (parts of circles) z, <circle>, and <rect> with round corners.
 */
#pragma once

#include <cairo.h>
#include <glib.h>

enum { PV_LINE_DRAWING_GRID = 48 };

/**
 * pv_line_drawing_draw:
 * @cr: its colour and place; one unit is one of the grid
 * @svg: of resources/icons
 *
 * Returns: FALSE if @svg holds anything else; then what came before it has been drawn. Any thread.
 */
gboolean pv_line_drawing_draw (cairo_t *cr, const char *svg, gsize size);
