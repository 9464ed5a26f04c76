/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* hand.h: pointer, keys and pictures of the X display in which the compositor shows the kiosk. */
#pragma once

#include <glib.h>

typedef struct TourHand TourHand;

/* @name: of the display; NULL: DISPLAY. NULL and a sentence on stderr if there is no display, or one that takes no input, or no window within a time. With a
 * width, the window is made that large. */
TourHand *tour_hand_new (const char *name, guint width, guint height);
void tour_hand_free (TourHand *hand);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TourHand, tour_hand_free)

/* So many times faster than a person; the kiosk must be set to take such touches. */
void tour_hand_hurry (TourHand *hand, guint times);

/* Presses and lets go at a place of the kiosk's window. */
void tour_hand_touch (TourHand *hand, int x, int y);
guint tour_hand_count_touches (const TourHand *hand);
/* Types a character with the keys of a keyboard that is plugged in. FALSE: the layout has no key for it. */
gboolean tour_hand_type (TourHand *hand, gunichar character);
/* Presses a key by its name in X11: "Return"; "ISO_Left_Tab" is Tab with Shift. FALSE: there is none */
gboolean tour_hand_press (TourHand *hand, const char *name);
/* Writes what is on the screen, at once or when it has stopped changing. */
gboolean tour_hand_picture (TourHand *hand, const char *path, gboolean is_still);
/* How much of the screen is nearly black, in percent. */
guint tour_hand_get_darkness (TourHand *hand);
