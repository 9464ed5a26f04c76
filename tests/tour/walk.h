/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* walk.h: the steps of the tour: look, touch, type, take a picture. Whatever is not as it should be ends the program
 * with a sentence and a picture. */
#pragma once

#include "answers.h"
#include "eye.h"
#include "hand.h"
#include "people.h"
#include "tongue.h"

/* In what was filed: not told by the tour which; a time that was free, a document. */
#define TOUR_SOMETHING "*"

typedef struct TourWalk {
  TourHand *hand;
  const char *program; /* as the accessibility bus names it */
  const char *folder;  /* of the pictures */
  guint n_pictures;
  gboolean is_english;
  gboolean has_contact;                   /* e-mail and telephone are given */
  gboolean may_be_filled;                 /* entries of this screen, by an offer or a postcode */
  gboolean has_typed_phone;               /* on this screen, by who has no other */
  gboolean has_card;                      /* a card was read: what it says stands in the answers */
  const TourTongue *tongue;               /* (nullable): NULL: French, or English */
  const TourPerson *person;               /* (nullable): NULL: the one of the main tour */
  void (*expect) (struct TourWalk *walk); /* (nullable): of each screen of which a picture is taken */
  GHashTable *filed;                      /* variable -> what the portal must hold */
  const char *roll;                       /* (nullable): the demo's control, when its thermal printer has the paper */
  GBytes *last_sheet;                     /* (nullable): of it, owned */
} TourWalk;

/* Words of the kiosk itself, in the language of the walk. */
typedef enum {
  TOUR_WORD_TOUCH_TO_BEGIN,
  TOUR_WORD_HOME,
  TOUR_WORD_CATEGORY,
  TOUR_WORD_BEGIN,
  TOUR_WORD_WITHOUT_CARD,
  TOUR_WORD_WHICH_DOCUMENT,
  TOUR_WORD_IS_THIS_YOU,
  TOUR_WORD_YES_CONTINUE,
  TOUR_WORD_OTHER_DOCUMENT,
  TOUR_WORD_PASSPORT,
  TOUR_WORD_TYPE_LINES,
  TOUR_WORD_LINE,
  TOUR_WORD_GENUINE,
  TOUR_WORD_CONTINUE,
  TOUR_WORD_CHECK,
  TOUR_WORD_CHANGE,
  TOUR_WORD_NEXT_PAGE,
  TOUR_WORD_PAGE,
  TOUR_WORD_OTHER_ANSWERS,
  TOUR_WORD_SEND,
  TOUR_WORD_RECEIVED,
  TOUR_WORD_NOTHING_MORE,
  TOUR_WORD_NUMBER,
  TOUR_WORD_PRINT,
  TOUR_WORD_PRINTED,
  TOUR_WORD_FINISHED,
  TOUR_WORD_GOODBYE,
  TOUR_WORD_LOOK,
  TOUR_WORD_CLOSE,
  TOUR_WORD_LANGUAGE,
  TOUR_WORD_LANGUAGES,
  TOUR_WORD_NONE,
  TOUR_WORD_LATER,
  TOUR_WORD_YES,
  TOUR_WORD_NO,
  TOUR_WORD_CAPITAL,
  TOUR_WORD_CAPITAL_ON,
  TOUR_WORD_DIGITS,
  TOUR_WORD_ACCENTS,
  TOUR_WORD_LETTERS,
  TOUR_WORD_SPACE,
  TOUR_WORD_SCAN_HERE,
  TOUR_WORD_SCAN,
  TOUR_WORD_COMPLETE,
  TOUR_WORD_DAY,
  TOUR_WORD_MONTH,
  TOUR_WORD_YEAR,
  TOUR_WORD_SEARCH_LIST,
  TOUR_WORD_DIGIT_MISSING,
  TOUR_WORD_POSTCODE,
  TOUR_WORD_LATIN,
  TOUR_WORD_LOWER,
  TOUR_WORD_HIGHER,
  TOUR_WORD_VERY_LARGE,
  TOUR_WORD_WHITE_ON_BLACK,
  TOUR_WORD_CALL,
  TOUR_WORD_AFAR,
  TOUR_WORD_SAY_CODE,
  TOUR_WORD_MAY_SEE,
  TOUR_WORD_MAY_PROPOSE,
  TOUR_WORD_MAY_FILL_IN,
  TOUR_WORD_SHOWS_THIS,
  TOUR_WORD_REPLY,
  TOUR_WORD_NOT_UNDERSTOOD,
  TOUR_WORD_ACCEPT,
  TOUR_WORD_HAS_HAND,
  TOUR_WORD_SEES_AND_PROPOSES,
  TOUR_WORD_STOP_HELP,
  TOUR_WORD_HELP_OVER,
  TOUR_N_WORDS
} TourWord;

/* What a word of the kiosk or of the portal in French is in the language of the walk; any other word itself, and two sentences
 * as one by one. (transfer none) */
const char *tour_translate (const TourWalk *walk, const char *french);
const char *tour_word (const TourWalk *walk, TourWord word);
/* The same in French, whatever the language of a walk. */
const char *tour_french (TourWord word);
/* Whether @name is @word, which may have places that are filled in: "Page %u of %u". */
gboolean tour_fits (const char *word, const char *name);
/* The first thing whose name is that word. (transfer none) (nullable) */
const TourThing *tour_find_fitting (const GPtrArray *things, int role, const char *word);

/* What the key of the keyboard on the screen for it is called. (transfer full) */
char *tour_key_name (const TourWalk *walk, gunichar character);

void tour_fail (TourWalk *walk, const char *format, ...) G_GNUC_PRINTF (2, 3) G_GNUC_NORETURN;
void tour_say (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* "07-name.png" */
void tour_picture (TourWalk *walk, const char *name);
/* The same at once, for a screen that will not stay. */
void tour_picture_now (TourWalk *walk, const char *name);
/* The same with a name made of the words of a title. */
void tour_picture_of (TourWalk *walk, const char *title);

/* Waits until there is such a thing, that can be touched. (transfer container): things that hold @ret_thing */
GPtrArray *tour_wait (TourWalk *walk, int role, const char *name, const TourThing **ret_thing);
/* The same for a name that begins so. */
GPtrArray *tour_wait_beginning (TourWalk *walk, int role, const char *start, const TourThing **ret_thing);
/* The same for a word with places that are filled in. */
GPtrArray *tour_wait_fitting (TourWalk *walk, int role, const char *word, const TourThing **ret_thing);
/* Title of the screen, or NULL while there is none. */
char *tour_get_title (const GPtrArray *things);
/* Waits for a screen other than the one in @things. (transfer container) */
GPtrArray *tour_wait_for_change (TourWalk *walk, const GPtrArray *things);
gboolean tour_is_same_screen (const GPtrArray *a, const GPtrArray *b);

void tour_touch_thing (TourWalk *walk, const TourThing *thing);
void tour_touch (TourWalk *walk, int role, const char *name);
void tour_touch_beginning (TourWalk *walk, int role, const char *start);
/* Leaves the first screen; touches again, as a person would, if it is still there: while it is replaced by another session
 * a touch can be lost. */
void tour_begin (TourWalk *walk);
/* Touches a choice or a box, which must then be marked. */
void tour_choose (TourWalk *walk, const char *name);
/* Types into the entry of that name, after touching it: it then is to hold @whole. Only the portal tells whether it did; no
 * program is told what a citizen types. */
void tour_type (TourWalk *walk, const char *entry, TourWay way, const char *text, const char *whole);
/* Waits until everything has its place. */
void tour_settle (TourWalk *walk);
