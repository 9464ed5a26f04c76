/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mirror-frame.h: the citizen's screen in a mediator's window: drawn as the kiosk draws it, as large as there is room
 * for, never larger.  Nothing on it can be used.  A click on a part that has a name points at it; what is pointed at is
 * outlined.  Who works with keys alone needs a list of the names beside it; a screen reader reads the screen here.
 *
 * After pv_theme_start_embedded().  Main thread only.
 *
 * Signal "picked" (char *name): somebody clicked on the part that a mediator calls so: a field's id, or "action:" and the
 * name of an intention. The outline is the caller's to move.
 */
#pragma once

#include "view/screen-view.h"

#define PV_TYPE_MIRROR_FRAME (pv_mirror_frame_get_type ())
G_DECLARE_FINAL_TYPE (PvMirrorFrame, pv_mirror_frame, PV, MIRROR_FRAME, GtkWidget)

/* @width, @height: of the kiosk's screen, in its pixels */
GtkWidget *pv_mirror_frame_new (int width, int height);
/* For look, language and emblem of the kiosk. */
PvScreenView *pv_mirror_frame_get_view (PvMirrorFrame *frame);
/* As the mirror of the assistance gives it: masked answers are dots. What is pointed at stays so while it is there.
 * @state: (nullable): nothing is drawn, and nothing kept of what was */
void pv_mirror_frame_show_state (PvMirrorFrame *frame, const PvScreenState *state);
/* Outlines it, on the page where it is. @name: (nullable): nothing */
void pv_mirror_frame_set_target (PvMirrorFrame *frame, const char *name);
/* Pixels of the window for one of the kiosk's, 0..1. */
double pv_mirror_frame_get_scale (PvMirrorFrame *frame);
