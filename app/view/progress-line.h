/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* progress-line.h: how far the citizen is, as one line above the question. */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_PROGRESS_LINE (pv_progress_line_get_type ())
G_DECLARE_FINAL_TYPE (PvProgressLine, pv_progress_line, PV, PROGRESS_LINE, GtkWidget)

/* 0..1; below 0: not shown. */
void pv_progress_line_set_fraction (PvProgressLine *line, double fraction);
