/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* keypad.h: everything done without a touch, with the few keys of a tactile pad.
 *
 * It moves the focus through every control in the order of reading, presses what has it, and sends what a touch would send.
 * There is no end and no trap: after the last control comes the first, and each key but those that walk the keyboard on the
 * screen leaves it.  While the pad is used a new screen begins with the focus on its first control, or on what is wrong. */
#pragma once

#include <gtk/gtk.h>

#include "core/keypad.h"
#include "core/screen-state.h"
#include "view/screen-view.h"

typedef struct PvKeypad PvKeypad;

/* A key that is not the window's to answer: REPEAT, LOUDER, SOFTER. */
typedef void (*PvKeypadFunc) (GtkWindow *window, PvKeypadMeaning meaning);

/* For a window that is locked down (lockdown.h), before it is watched (touch-watch.h); dormant until it has keys. Owned by the
 * window. */
PvKeypad *pv_keypad_new (GtkWindow *window, PvKeypadFunc heard);
/* @map is copied; @view: of the window, borrowed */
void pv_keypad_start (PvKeypad *keypad, const PvKeypadMap *map, PvScreenView *view);
/* After the view shows @state. */
void pv_keypad_show_state (PvKeypad *keypad, const PvScreenState *state);
/* TRUE once after a state that put the focus on a control. */
gboolean pv_keypad_take_placed (PvKeypad *keypad);
/* What a key of this window means; NOTHING: it is no key of a pad. */
PvKeypadMeaning pv_keypad_find (GtkWindow *window, guint keysym, guint keycode);
