/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* screen-view.h: a PvScreenState drawn with everything that is around it: bands, banner, question, keyboard.
 *
 * The kiosk's window is filled by one; a mediator's console shows a small one, which nobody can touch.  It draws and
 * sends intentions; it owns no rule.  Main thread only.
 *
 * Signals:
 * - "intention" (PvIntention *): what somebody at the screen wants; borrowed, valid during the emission.
 * - "capacity-changed" (): size or look changed: show the state again
 */
#pragma once

#include <gtk/gtk.h>

#include "core/journey.h"
#include "core/screen-state.h"

#define PV_TYPE_SCREEN_VIEW (pv_screen_view_get_type ())
G_DECLARE_FINAL_TYPE (PvScreenView, pv_screen_view, PV, SCREEN_VIEW, GtkWidget)

/* @width, @height: what it is arranged for, in pixels; it follows its own size afterwards. */
GtkWidget *pv_screen_view_new (int width, int height);
void pv_screen_view_show_state (PvScreenView *view, const PvScreenState *state);
void pv_screen_view_set_look (PvScreenView *view, const PvLook *look);
void pv_screen_view_set_language (PvScreenView *view, const char *code, gboolean is_right_to_left);
/* The name of what is drawn at this point of the view: a field's id, or "action:" and the name of an intention, as a
 * mediator points at it; NULL: nothing that has one. (transfer full) */
char *pv_screen_view_name_at (PvScreenView *view, double x, double y) G_GNUC_WARN_UNUSED_RESULT;
/* Where it is drawn, in the view's own pixels. FALSE: not there. */
gboolean pv_screen_view_find (PvScreenView *view, const char *name, graphene_rect_t *ret_bounds);
