/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* keyboard.h: the keyboard drawn by the application, docked below or beside the question.
 *
 * It types into the last focused PvAnswerEntry or text view (pv_keyboard_set_target) by the ordinary editing calls, and
 * never takes the focus when touched. With the keys of a pad it is one stop of Tab, and arrows move inside.  A key acts
 * on release; the same key again within the debounce time is taken for a trembling hand. */
#pragma once

#include <gtk/gtk.h>

#include "view/keyboard-layout.h"

#define PV_TYPE_KEYBOARD (pv_keyboard_get_type ())
G_DECLARE_FINAL_TYPE (PvKeyboard, pv_keyboard, PV, KEYBOARD, GtkWidget)

GtkWidget *pv_keyboard_new (void);
/* @target: (nullable): a GtkEditable or GtkTextView, borrowed until the next call or its end */
void pv_keyboard_set_target (PvKeyboard *keyboard, GtkWidget *target, PvInput input);
GtkWidget *pv_keyboard_get_target (PvKeyboard *keyboard);
/* After a change of the language or the look: the keys are made anew for the next target. */
void pv_keyboard_forget (PvKeyboard *keyboard);
void pv_keyboard_set_debounce_ms (PvKeyboard *keyboard, guint debounce_ms);
/* @is_compact: keys of 15 mm, for screens of little height; @is_narrow: drawings instead of words on narrow keys */
void pv_keyboard_set_shape (PvKeyboard *keyboard, gboolean is_compact, gboolean is_narrow);
/* AZERTY at first. In the order of the alphabet keys are found one by one, by who does not see them. */
void pv_keyboard_set_order (PvKeyboard *keyboard, PvKeysOrder order);
/* With a pad: the focus onto the first key. FALSE: there is none */
gboolean pv_keyboard_enter (PvKeyboard *keyboard);
/* Presses the key that has the focus, at once; what is meant and what trembles was judged by the pad already. */
void pv_keyboard_press (PvKeyboard *keyboard);
/* From the key that has the focus to the one beside it, to the left and right around the row. FALSE: there is none above or
 * below, or none has the focus. */
gboolean pv_keyboard_walk (PvKeyboard *keyboard, GtkDirectionType direction);
/* Signal "done" (no arguments): the key that means Enter. */
