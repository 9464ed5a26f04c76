/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* panel.h: the display around the compositor, which is a window there: its size, and what it shows. */
#pragma once

#include <glib.h>

typedef struct Panel Panel;

/* Gives the compositor, the only window of PV_BENCH_DISPLAY (the compositor gives its programs a DISPLAY of its own), its size. NULL: there is none. */
Panel *panel_open (int width, int height);
/* What is shown now is what the compositor shows without a program. */
void panel_learn_empty (Panel *panel);
/* At none of the points there is anything but that. */
gboolean panel_is_empty (Panel *panel);
