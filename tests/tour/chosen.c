/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chosen.h"

#include "core/language-code.h"
#include "core/reach.h"

enum {
  REFERENCE_HEIGHT = 1920,
  DARK_PERCENT = 60,   /* of the screen, at least, in white on black */
  GROWN_PERCENT = 150, /* of its height before, at least, a button's words take at 200 % */
};

/* Tells what is chosen for the letters and the colours: the names of some say more than their labels. */
static void
choose_tile (TourWalk *walk, TourWord word)
{
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;
  const char *label = tour_word (walk, word);

  tour_touch_beginning (walk, TOUR_ANY, label);
  for (;;) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);
    const TourThing *tile = tour_find_beginning (things, TOUR_ANY, label);

    if (tile != NULL && tile->is_checked)
      return;
    if (g_get_monotonic_time () > end_us)
      tour_fail (walk, "\"%s\" is not marked after it was touched.", label);
    g_usleep (100 * 1000);
  }
}

static int
height_of_title (TourWalk *walk, TourWord word)
{
  const TourThing *title;
  GPtrArray *things = tour_wait (walk, TOUR_TITLE, tour_word (walk, word), &title);
  int height = title->height;

  g_ptr_array_unref (things);
  return height;
}

static void
make_large (TourWalk *walk)
{
  const TourThing *thing;
  int before, after;

  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_LOOK));
  before = height_of_title (walk, TOUR_WORD_LOOK);
  tour_picture_now (walk, "read-better");
  choose_tile (walk, TOUR_WORD_WHITE_ON_BLACK);
  choose_tile (walk, TOUR_WORD_VERY_LARGE);
  after = height_of_title (walk, TOUR_WORD_LOOK);
  if (after * 100 < before * GROWN_PERCENT)
    tour_fail (walk, "the title was %d pixels high, and is %d.", before, after);
  tour_say ("The title was %d pixels high, and is %d", before, after);
  tour_picture (walk, "read-better-chosen");
  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CLOSE));
  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_TOUCH_TO_BEGIN), &thing));
}

static void
come_down (TourWalk *walk)
{
  const TourThing *thing;

  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_LOWER));
  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_HIGHER), &thing));
}

static void
choose_language (TourWalk *walk)
{
  const TourThing *thing;

  tour_touch (walk, TOUR_ANY, pv_language_own_name (walk->person->language));
  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_TOUCH_TO_BEGIN), &thing));
}

void
tour_choose_own (TourWalk *walk)
{
  if (walk->person->language != NULL)
    choose_language (walk);
  if (walk->person->needs_large)
    make_large (walk);
  if (walk->person->sits_low)
    come_down (walk);
  walk->expect = tour_expect_own;
  tour_picture (walk, "welcome-chosen");
}

/* Not an entry: who types touches the keyboard. */
static gboolean
is_touched (const TourThing *thing)
{
  return thing->role == TOUR_BUTTON || thing->role == TOUR_CHOICE || thing->role == TOUR_BOX;
}

static void
expect_in_reach (TourWalk *walk)
{
  g_autoptr (GPtrArray) things = tour_look (walk->program);
  int highest = REFERENCE_HEIGHT - (int) (PV_REACH_LOW_MM / PV_REACH_REFERENCE_MM_PER_PX);

  for (guint i = 0; i < things->len; i++) {
    const TourThing *thing = things->pdata[i];

    if (is_touched (thing) && thing->y < highest)
      tour_fail (walk, "\"%s\" is %d pixels from the top: out of reach.", thing->name, thing->y);
  }
}

void
tour_expect_own (TourWalk *walk)
{
  if (walk->person->needs_large && tour_hand_get_darkness (walk->hand) < DARK_PERCENT)
    tour_fail (walk, "the screen is %u %% dark: not in high contrast.", tour_hand_get_darkness (walk->hand));
  if (walk->person->sits_low)
    expect_in_reach (walk);
}
