/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* keypad-stops.h: where a pad moves the focus, in the order of reading: every control that can be used, and after each one that
 * is typed into the keyboard on the screen, as one. Private to keypad*.c. */
#pragma once

#include <gtk/gtk.h>

#include "view/keyboard.h"

typedef struct PvKeypadStop {
  GtkWidget *widget;
  gboolean is_keyboard; /* that types into @widget */
} PvKeypadStop;

/* (transfer full) (element-type PvKeypadStop) */
GArray *pv_keypad_list_stops (GtkWidget *root) G_GNUC_WARN_UNUSED_RESULT;
/* The keyboard that is drawn; NULL: none. */
PvKeyboard *pv_keypad_find_keyboard (GtkWidget *root);
/* The stop that @focus (nullable) is in, or -1. */
int pv_keypad_find_stop (const GArray *stops, PvKeyboard *keyboard, GtkWidget *focus);
/* The keyboard types into what is typed in @widget. */
void pv_keypad_aim (PvKeyboard *keyboard, GtkWidget *widget);
/* FALSE: it does not take the focus. */
gboolean pv_keypad_go (const PvKeypadStop *stop, PvKeyboard *keyboard, GtkWidget *focus);
/* What is typed into, rather than pressed. */
gboolean pv_keypad_is_typed (GtkWidget *widget);
/* TRUE while a step to the left, or to the right, moves the caret of what is typed in @widget. */
gboolean pv_keypad_moves_caret (GtkWidget *widget, GtkDirectionType direction);
