/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* contrast.h: contrast as it is drawn: each word against its ground, each icon, picture and edge of a control against what is
 * beside it, and the ring of the focus against both of its sides (EN 301 549, 11.1.4.3, 11.1.4.11).
 *
 * The ground is the most frequent colour of a box, the ink the one of the others that differs most from it; stray pixels of
 * smoothed edges do not count. Disabled controls are exempt. */
#pragma once

#include "survey.h"

/* Measures the page that is drawn; findings and counts go to survey.h. @min_text: bar for words */
void contrast_measure (GtkWidget *window, GtkWidget *root, double min_text);
/* Gives each kind of control the focus, once in a @palette: the page is another one afterwards. */
void contrast_measure_rings (GtkWidget *window, GtkWidget *root, const char *palette);
/* Frees what is kept. */
void contrast_end (void);
