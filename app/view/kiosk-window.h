/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kiosk-window.h: the one window of a session. It draws a PvScreenState and sends PvIntentions; it owns no rule.
 *
 * Main thread only. Nothing fails: what cannot be drawn is left out and warned about.
 *
 * Signals:
 * - "intention" (PvIntention *): what somebody at the screen wants; borrowed, valid during the emission. The handler may
 *   show another state.
 * - "touched" (gboolean, gboolean): a finger, a pointer or a key pressed, whatever it hits, before anything comes of it. The
 *   first one is TRUE only for the button that lends a mediator the hand for longer (PV_DO_RENEW_HAND), the second one for
 *   every button, and for keys that press one or lead to one
 * - "focus-moved" (const PvFocus *): keys moved the focus, or something is typed elsewhere now; borrowed
 * - "keypad" (guint): a PvKeypadMeaning of a pad that is about what is said: REPEAT, LOUDER, SOFTER
 * - "painted" (): the first frame after pv_kiosk_window_present() is on its way to the screen
 * - "capacity-changed" (): ask pv_kiosk_window_get_capacity() again, and show the state again: size or look changed
 */
#pragma once

#include <gtk/gtk.h>

#include "core/focus.h"
#include "core/journey.h"
#include "core/keypad.h"
#include "core/screen-state.h"
#include "view/touch-gate.h"

/* Copied. */
typedef struct PvViewConfig {
  const char *commune;        /* of the window's title; what is on the screen comes from the states */
  const char *emblem_file;    /* (nullable): SVG or PNG */
  const char *primary_colour; /* (nullable): "#RRGGBB"; refused when white on it does not reach 4.5:1 */
  const char *accent_colour;  /* (nullable): ground of "Touch to start"; refused when ink on it does not */
  double mm_per_px;           /* of the panel; 0 = 0.277 */
  PvTouchTimes touch;         /* which touches count */
  const PvKeypadMap *keypad;  /* (nullable): keys of a tactile pad; NULL: there is none */
  int width, height;          /* 0 = the monitor's, full screen */
  gboolean has_voice;         /* keys for the voice mean PV_DO_SPEECH */
  gboolean
    has_desk; /* an ordinary computer: a mouse that is seen and a keyboard, none on the screen; Escape goes back */
} PvViewConfig;

#define PV_TYPE_KIOSK_WINDOW (pv_kiosk_window_get_type ())
G_DECLARE_FINAL_TYPE (PvKioskWindow, pv_kiosk_window, PV, KIOSK_WINDOW, GtkWindow)

/**
 * pv_kiosk_window_new:
 * @application: (nullable)
 *
 * Makes the window, not shown. Loads resources, fonts and style sheets once in a process.
 */
PvKioskWindow *pv_kiosk_window_new (GtkApplication *application, const PvViewConfig *config);

/* Of the first monitor, in pixels; 1080 x 1920 where there is none. After gtk_init(). */
void pv_kiosk_get_screen_size (int *ret_width, int *ret_height);

/**
 * pv_kiosk_window_show_state:
 *
 * Shows @state and copies what it needs. May be called at any time, also from a handler of "intention". When the key is
 * that of the screen shown now, it is updated in place: focus and caret stay; else everything is built anew, and what
 * was typed is wiped.
 */
void pv_kiosk_window_show_state (PvKioskWindow *window, const PvScreenState *state);
/* TRUE once after each time that showing @state put the keys of a pad on a control. @ret_focus: borrowed */
gboolean pv_kiosk_window_get_placed (PvKioskWindow *window, const PvScreenState *state, PvFocus *ret_focus);

/* What is shown where a state has a place for a portrait. @texture: (nullable): none: the window, and what it shows from now
 * on, keeps nothing of it. */
void pv_kiosk_window_set_portrait (PvKioskWindow *window, GdkTexture *texture);

/* The field that is being said is marked. @field_id: (nullable): none is */
void pv_kiosk_window_set_spoken (PvKioskWindow *window, const char *field_id);

/* Text size, palette, low layout, curtain, hand, tremor. Call before showing the state again; @look's strings are copied. */
void pv_kiosk_window_set_look (PvKioskWindow *window, const PvLook *look);
/* After the language of the texts changed: texts that the view itself owns, direction, shaping. @code: "fr" */
void pv_kiosk_window_set_language (PvKioskWindow *window, const char *code, gboolean is_right_to_left);

/* Lines of body text that fit between a title of two lines and the action band, and characters in each, measured with
 * the font at the present size. A choice or an option needs 3 lines, with a detail 3.5; a row of the check 2.5 (two lines
 * of value 3.5); a tile 3.5 for each row of them; a notice its lines and 2; a statement its lines and 2. */
void pv_kiosk_window_get_capacity (PvKioskWindow *window, PvCapacity *ret_capacity);

/* Prepares the window without showing it, and measures the state if it has been shown one: the next citizen's session
 * waits like this. Under a compositor that shows the window presented last, nothing of it is seen. */
void pv_kiosk_window_warm_up (PvKioskWindow *window);
/* Shows it, above what is there. "painted" follows. */
void pv_kiosk_window_present (PvKioskWindow *window);

/* Milliseconds since the last frame was drawn, -1 if there was none. Asks for another frame, so that the next answer
 * tells whether drawing still works. */
gint64 pv_kiosk_window_get_last_frame_age_ms (PvKioskWindow *window);

/* TRUE if the last state fitted without anything cut off; tests look at it. */
gboolean pv_kiosk_window_fits (PvKioskWindow *window);
