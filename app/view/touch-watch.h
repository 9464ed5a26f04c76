/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* touch-watch.h: tells of every press of a finger, a pointer or a key in a window, before anything comes of it.
 *
 * Any touch takes back the hand that was lent to a mediator; that must not depend on what the touch hits, nor wait for
 * the finger to leave. */
#pragma once

#include <gtk/gtk.h>

/* @is_renewal: the press is on the button that lends the hand for longer; @is_button: on any button, or of a key that presses
 * one, or leads to one: Tab, an arrow, Escape */
typedef void (*PvTouchedFunc) (GtkWidget *window, gboolean is_renewal, gboolean is_button);

/* To be called after everything else of the window that looks at events first: the last one added is asked first. */
void pv_watch_touches (GtkWindow *window, PvTouchedFunc touched);
