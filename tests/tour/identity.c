/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "identity.h"

#include <string.h>

#include "control.h"
#include "platform/json.h"

enum { LOOK_AGAIN_MS = 100, SETTLE_LOOKS = 30, ANSWER_BYTES = 65536, SAME_TOUCH_MS = 380, MAX_CARDS = 100 };

/* Lays the card. (transfer full): what the demo says of its cards then */
static char *
lay_card (TourWalk *walk, const char *control, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/card/lay?name=%s", name);

  tour_say ("Lay the card \"%s\"", name);
  return tour_control (walk, control, "POST", path);
}

/* (transfer full): the six digits that are printed on it */
static char *
read_digits (TourWalk *walk, const char *text, const char *name)
{
  g_autoptr (PvJson) answer = pv_json_parse (text, strlen (text), NULL);
  g_autoptr (PvJson) cards = NULL;

  if (answer == NULL || !pv_json_read_array (answer, "cards", MAX_CARDS, &cards, NULL))
    tour_fail (walk, "the demo does not tell its cards.");
  for (gsize i = 0; i < pv_json_get_length (cards); i++) {
    g_autoptr (PvJson) card = pv_json_get_item (cards, i);
    g_autofree char *other = NULL, *digits = NULL;

    if (pv_json_read_text (card, "name", ANSWER_BYTES, &other, NULL) && g_str_equal (other, name)
        && pv_json_read_text (card, "can", ANSWER_BYTES, &digits, NULL))
      return g_steal_pointer (&digits);
  }
  tour_fail (walk, "no card of the demo with six digits is called \"%s\".", name);
}

/* A reader says within a moment whether it is there: the screen about the card stays, or goes. */
static gboolean
has_reader (TourWalk *walk)
{
  for (guint i = 0; i < SETTLE_LOOKS; i++) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);

    if (tour_find (things, TOUR_TITLE, tour_word (walk, TOUR_WORD_WHICH_DOCUMENT)) != NULL)
      return FALSE;
    g_usleep (LOOK_AGAIN_MS * 1000);
  }
  return TRUE;
}

static void
type_digits (TourWalk *walk, const char *digits)
{
  for (const char *digit = digits; *digit != '\0'; digit++) {
    const char name[] = { *digit, '\0' };

    tour_touch (walk, TOUR_BUTTON, name);
    g_usleep (SAME_TOUCH_MS * 1000);
  }
}

/* An entry whose name is that of a line, or says how much of it is missing. */
static void
type_line (TourWalk *walk, guint number, const char *line)
{
  g_auto (GStrv) around = g_strsplit (tour_word (walk, TOUR_WORD_LINE), "%u", 2);
  g_autofree char *number_text = g_strdup_printf ("%u", number);
  g_autofree char *name = g_strjoinv (number_text, around);

  tour_type (walk, name, TOUR_BY_KEYBOARD, line, line);
}

/* A passport: what stands under its photo is typed. */
static void
type_lines (TourWalk *walk, const char *const *lines)
{
  const TourThing *thing;

  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_OTHER_DOCUMENT));
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, tour_word (walk, TOUR_WORD_WHICH_DOCUMENT), &thing));
  tour_picture (walk, "which-document");
  tour_touch_beginning (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_PASSPORT));
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, tour_word (walk, TOUR_WORD_TYPE_LINES), &thing));
  tour_picture (walk, "type-lines");
  type_line (walk, 1, lines[0]);
  type_line (walk, 2, lines[1]);
  tour_picture (walk, "lines-typed");
  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE));
}

static void
be_known (TourWalk *walk)
{
  const TourThing *thing;
  g_autoptr (GPtrArray) things = NULL;

  things = tour_wait (walk, TOUR_TITLE, tour_word (walk, TOUR_WORD_IS_THIS_YOU), &thing);
  tour_say ("The card is read");
  tour_picture (walk, "identity-read");
  if (tour_find_beginning (things, TOUR_ANY, tour_word (walk, TOUR_WORD_GENUINE)) == NULL)
    tour_fail (walk, "the card is not proven to be genuine.");
  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_YES_CONTINUE));
}

gboolean
tour_say_who (TourWalk *walk, const char *control, const char *card)
{
  const TourThing *thing;
  g_autofree char *cards = NULL, *digits = NULL;

  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_WITHOUT_CARD), &thing));
  if (control == NULL || !has_reader (walk)) {
    tour_picture (walk, "identity");
    tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_WITHOUT_CARD));
    return FALSE;
  }
  tour_picture (walk, "identity");
  cards = lay_card (walk, control, card);
  if (walk->person != NULL && walk->person->lines[0] != NULL) {
    type_lines (walk, walk->person->lines);
  } else {
    digits = read_digits (walk, cards, card);
    type_digits (walk, digits);
  }
  be_known (walk);
  return TRUE;
}
