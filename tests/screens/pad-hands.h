/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pad-hands.h: somebody with a tactile keypad and nothing else; every press comes from the X server. */
#pragma once

#include <gtk/gtk.h>

#include "core/intention.h"
#include "view/kiosk-window.h"

typedef struct PadHands {
  PvKioskWindow *window;
  GPtrArray *said;  /* (element-type char): "kind|target|value" of each intention */
  GPtrArray *heard; /* (element-type char): meanings that the window passes on */
  guint n_presses;
  guint n_pushed, n_released; /* of keys, as the window tells */
  guint n_unseen;             /* keys that went down, and of which the window does not tell that they went up */
  gboolean is_painted;
  void (*obey) (const PvIntention *intention, gpointer user_data); /* (nullable) */
  gpointer user_data;
} PadHands;

/* A window of this size with a pad; the same key may follow at once if @debounce_ms is 0. */
PadHands *pad_hands_new (int width, int height, guint debounce_ms);
void pad_hands_free (PadHands *hands);
/* Shows the window and gives it the keys. FALSE: nothing was painted */
gboolean pad_hands_present (PadHands *hands);
/* @state is shown and laid out. */
void pad_hands_show (PadHands *hands, const PvScreenState *state);
void pad_hands_run_for (guint ms);

/* A key goes down and up, and the window has seen both. FALSE: there is no such key, or it has not */
gboolean pad_hands_press (PadHands *hands, const char *key);
/* Likewise, with this one held meanwhile. */
gboolean pad_hands_press_with (PadHands *hands, const char *key, const char *held);
/* Only down, or only up; the window may not have seen it yet. */
gboolean pad_hands_push (PadHands *hands, const char *key, gboolean is_down);

/* Where the focus is: the name of its place, "keys:" and that name on the keyboard on the screen; "": nowhere. (transfer full) */
char *pad_hands_where (PadHands *hands);
/* By moving to the next control until it is there. FALSE: it was not met on the way round */
gboolean pad_hands_go (PadHands *hands, const char *focus_id);
/* With the keys on the screen, which have the focus. FALSE: a letter of it cannot be typed */
gboolean pad_hands_type (PadHands *hands, const char *text);
gboolean pad_hands_erase (PadHands *hands);
const char *pad_hands_last_said (PadHands *hands);

/* Every control that @state offers, in its order, the actions role by role as they stand. (transfer full) (element-type char) */
GPtrArray *pad_hands_list_controls (const PvScreenState *state);
/* The control that sends this; NULL: none. (transfer full) */
char *pad_hands_find_control (const PvScreenState *state, PvIntentionKind kind, const char *target, const char *value);
