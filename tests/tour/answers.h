/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* answers.h: what the person of the tour answers, by the words on the screen: the one place to change with a form. */
#pragma once

#include <glib.h>

struct TourWalk;

typedef enum {
  TOUR_BY_KEYBOARD, /* types with the keys of a keyboard that is plugged in */
  TOUR_BY_SCREEN,   /* touches the keys of the keyboard on the screen */
  TOUR_BY_CHOICE,   /* touches the answer */
  TOUR_BY_BUTTON,   /* touches a button, and is led on by that */
  TOUR_LEFT_EMPTY,
} TourWay;

typedef struct TourAnswer {
  const char *title; /* of the screen; NULL: any */
  const char *label; /* (nullable): accessible name of the entry, without the title for a part of a date */
  TourWay way;
  const char *answer;
  const char *variable; /* (nullable): name of the field in the portal */
  const char *stored;   /* (nullable): what the portal holds, if that is not the answer itself */
  gboolean is_contact;  /* an e-mail or a telephone: not given in the variant without */
  gboolean is_required_phone;
  gboolean is_on_card; /* an identity card answers it */
  const char *wrong;   /* (nullable): typed first; "Continue" must then say @error */
  const char *error;
} TourAnswer;

/* The answer for an entry, or with @label NULL the next after @last that is not for an entry. Titles and labels are as they stand
 * on the screen. (nullable) */
const TourAnswer *tour_answer_for (const struct TourWalk *walk, const char *title, const char *label);
const TourAnswer *tour_answer_touched (const struct TourWalk *walk, const char *title, const TourAnswer *last);
/* The French of a title about which anything is known. (transfer none) (nullable) */
const char *tour_answer_title (const struct TourWalk *walk, const char *title);
