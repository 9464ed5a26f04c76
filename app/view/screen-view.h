/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* screen-view.h: a PvScreenState drawn with everything that is around it: bands, banner, question, keyboard.
 *
 * The kiosk's window is filled by one; a mediator's console shows a small one, which nobody can touch.  It draws and
 * sends intentions; it owns no rule.  Main thread only.
 *
 * Of the window around it, it has the focus and what Enter presses: there is one of them in a window.
 *
 * Signals:
 * - "intention" (PvIntention *): what somebody at the screen wants; borrowed, valid during the emission. The handler may
 *   show another state.
 * - "capacity-changed" (): size or look changed: show the state again
 * - "focus-moved" (const PvFocus *): keys moved the focus, or something is typed elsewhere now; borrowed
 */
#pragma once

#include <gtk/gtk.h>

#include "core/focus.h"
#include "core/journey.h"
#include "core/screen-state.h"

#define PV_TYPE_SCREEN_VIEW (pv_screen_view_get_type ())
G_DECLARE_FINAL_TYPE (PvScreenView, pv_screen_view, PV, SCREEN_VIEW, GtkWidget)

/* @width, @height: what it is arranged for, in pixels; it follows its own size afterwards. */
GtkWidget *pv_screen_view_new (int width, int height);
/* A mirror: it takes neither focus nor Enter nor touches, sends nothing, and shows what is masked as masked.  Its keys are
 * drawn, a screen reader does not meet them. */
GtkWidget *pv_screen_view_new_inert (int width, int height);
gboolean pv_screen_view_is_inert (PvScreenView *view);

/**
 * pv_screen_view_show_state:
 *
 * Shows @state and copies what it needs. May be called at any time, also from a handler of "intention". When the key is
 * that of the screen shown now, it is updated in place: focus and caret stay; else everything is built anew, and what
 * was typed is wiped.
 */
void pv_screen_view_show_state (PvScreenView *view, const PvScreenState *state);

/* What is shown where a state has a place for a portrait. @texture: (nullable): none: the view, and what it shows from now
 * on, keeps nothing of it. */
void pv_screen_view_set_portrait (PvScreenView *view, GdkTexture *texture);
/* @emblem: (nullable): of the commune, in the top band and on Welcome */
void pv_screen_view_set_emblem (PvScreenView *view, GdkPaintable *emblem);

/* The field that is being said is marked, whatever is shown meanwhile. @field_id: (nullable): none is */
void pv_screen_view_set_spoken (PvScreenView *view, const char *field_id);

/* Text size, palette, low layout, curtain. Call before showing the state again; @look's strings are copied. */
void pv_screen_view_set_look (PvScreenView *view, const PvLook *look);
/* After the language of the texts changed: texts that the view itself owns, direction, shaping. @code: "fr" */
void pv_screen_view_set_language (PvScreenView *view, const char *code, gboolean is_right_to_left);
/* Whether keys are drawn on the screen where something is typed; they are, unless it is said. */
void pv_screen_view_set_has_keys (PvScreenView *view, gboolean has_keys);
/* What Escape means on this screen: back, or away with what was asked over it; nothing where there is neither. */
void pv_screen_view_escape (PvScreenView *view);
/* The same touch again within this time is not meant. */
void pv_screen_view_set_debounce_ms (PvScreenView *view, guint debounce_ms);

/* Lines of body text that fit between a title of two lines and the action band, and characters in each, measured with
 * the font at the present size. A choice or an option needs 3 lines, with a detail 3.5; a row of the check 2.5 (two lines
 * of value 3.5); a tile 3.5 for each row of them; a notice its lines and 2; a statement its lines and 2. */
void pv_screen_view_get_capacity (PvScreenView *view, PvCapacity *ret_capacity);
/* Measures what it shows, before anybody sees it: the window must be realized. */
void pv_screen_view_warm_up (PvScreenView *view);
/* TRUE if the last state fitted without anything cut off; tests look at it. */
gboolean pv_screen_view_fits (PvScreenView *view);

/* The name of what is drawn at this point of the view: a field's id, or "action:" and the name of an intention, as a
 * mediator points at it; NULL: nothing that has one. (transfer full) */
char *pv_screen_view_name_at (PvScreenView *view, double x, double y) G_GNUC_WARN_UNUSED_RESULT;
/* Where it is drawn, in the view's own pixels. FALSE: not there. */
gboolean pv_screen_view_find (PvScreenView *view, const char *name, graphene_rect_t *ret_bounds);
/* Turns to the page of a long answer that has it; without effect where all of it is seen. */
void pv_screen_view_reveal (PvScreenView *view, const char *name);
/* Turns the page if there is a button for it at this point: pages are the view's own. */
gboolean pv_screen_view_turn_at (PvScreenView *view, double x, double y);
