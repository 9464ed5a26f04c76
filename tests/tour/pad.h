/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pad.h: hands and ears of somebody who sees nothing: the keys of the pad, and what is said. What to do next is decided by
 * that alone. Whatever is not said as it should be ends the program. */
#pragma once

#include "ear.h"
#include "walk.h"

/* The keys by what they mean, as [keypad] has them without a setting. */
typedef enum {
  TOUR_PAD_NEXT,
  TOUR_PAD_PREVIOUS,
  TOUR_PAD_UP,
  TOUR_PAD_DOWN,
  TOUR_PAD_LEFT,
  TOUR_PAD_RIGHT,
  TOUR_PAD_VALIDATE,
  TOUR_PAD_HELP,
  TOUR_PAD_REPEAT,
  TOUR_PAD_LOUDER,
  TOUR_PAD_YES,
  TOUR_PAD_STOP_HELP,
  TOUR_PAD_N_KEYS
} TourPadKey;

typedef struct TourPad {
  TourWalk *walk;
  TourEar *ear;
  guint n_presses, n_questions;
  guint next;          /* number of the sentence that was not taken yet */
  gboolean is_reading; /* a screen may be read aloud: what is said next need not be of the key that was pressed */
  gint64 pressed_us[TOUR_PAD_N_KEYS];
  GHashTable *pages; /* of the keyboard on the screen, as they were walked through once */
} TourPad;

void tour_pad_press (TourPad *pad, TourPadKey key);
/* The next sentence. (transfer none) */
const char *tour_pad_hear (TourPad *pad);
/* The next one that begins so, whatever is said before. (transfer none) */
const char *tour_pad_hear_beginning (TourPad *pad, const char *start);
/* These one after the other, whatever is said between. @sentences: ends with NULL */
void tour_pad_hear_all (TourPad *pad, const char *const *sentences);
/* To another control; returns what is said of it. (transfer none) */
const char *tour_pad_move (TourPad *pad, TourPadKey key);
/* From control to control until one is called so; returns what is said of it. (transfer none) */
const char *tour_pad_find (TourPad *pad, const char *start);
/* Finds it and presses it. */
void tour_pad_choose (TourPad *pad, const char *start);
/* On a new screen, whose first control has the keys: to before it, so that the next one is the first. */
void tour_pad_go_to_first (TourPad *pad);
/* TRUE for what is said of a control of the screen, not of a key of the keyboard on the screen or of a screen that is read. */
gboolean tour_pad_is_control (const char *sentence);
/* Prints what was heard last, and fails. */
void tour_pad_fail (TourPad *pad, const char *format, ...) G_GNUC_PRINTF (2, 3) G_GNUC_NORETURN;

/* pad-keys.c: onto the keyboard on the screen from the entry that the keys are on, by its keys to @text, and back to the
 * entry: which must then say @whole. */
void tour_pad_type (TourPad *pad, const char *text, const char *whole);
