/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "finish.h"

enum { LOOKS_PER_TOUCH = 40, LOOK_AGAIN_MS = 100, MAX_WELCOME_DARKNESS = 50 };

/* The button that leads to another page of what is in @things. (nullable) */
static const char *
get_way_on (const TourWalk *walk, const GPtrArray *things)
{
  static const TourWord ways[] = { TOUR_WORD_NEXT_PAGE, TOUR_WORD_OTHER_ANSWERS };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    const TourThing *way = tour_find (things, TOUR_BUTTON, tour_word (walk, ways[i]));

    if (way != NULL && way->is_enabled)
      return tour_word (walk, ways[i]);
  }
  return NULL;
}

gboolean
tour_has_next_page (const TourWalk *walk, const GPtrArray *things)
{
  const TourThing *next = tour_find (things, TOUR_BUTTON, tour_word (walk, TOUR_WORD_NEXT_PAGE));

  return next != NULL && next->is_enabled;
}

/* "Page 1 of 4": of what is answered, and of what of it fits on the screen. (transfer full) */
static char *
list_pages (const TourWalk *walk, const GPtrArray *things)
{
  const char *word = tour_word (walk, TOUR_WORD_PAGE);
  GString *pages = g_string_new (NULL);

  for (guint i = 0; i < things->len; i++) {
    const TourThing *thing = things->pdata[i];

    if (thing->role == ATSPI_ROLE_LABEL && tour_fits (word, thing->name))
      g_string_append_printf (pages, "[%s]", thing->name);
  }
  return g_string_free (pages, FALSE);
}

void
tour_turn_page (TourWalk *walk, const GPtrArray *things)
{
  g_autofree char *before = list_pages (walk, things);
  const char *way_on = get_way_on (walk, things);
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;

  for (guint i = 0; way_on != NULL && g_get_monotonic_time () < end_us; i++) {
    g_autoptr (GPtrArray) now = NULL;
    g_autofree char *pages = NULL;

    /* Again, as a person would: the kiosk drops what looks like the same touch twice. */
    if (i % LOOKS_PER_TOUCH == 0)
      tour_touch (walk, TOUR_BUTTON, way_on);
    now = tour_look (walk->program);
    pages = list_pages (walk, now);
    if (pages[0] != '\0' && !g_str_equal (pages, before))
      return;
    g_usleep (LOOK_AGAIN_MS * 1000);
  }
  tour_fail (walk, "no other page comes after \"%s\".", before);
}

const TourThing *
tour_leaf_to (TourWalk *walk, int role, const char *word, GPtrArray **ret_things)
{
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;

  for (;;) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);
    const TourThing *thing = tour_find_fitting (things, role, word);

    if (thing != NULL) {
      *ret_things = g_steal_pointer (&things);
      return thing;
    }
    if (get_way_on (walk, things) != NULL)
      tour_turn_page (walk, things);
    else if (g_get_monotonic_time () > end_us)
      tour_fail (walk, "no page has \"%s\".", word);
    else
      g_usleep (LOOK_AGAIN_MS * 1000);
  }
}

/* To the last page, where the statements are ticked, and off. */
void
tour_tick_and_send (TourWalk *walk)
{
  while (TRUE) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);

    for (guint i = 0; i < things->len; i++) {
      const TourThing *thing = things->pdata[i];

      if (thing->role == TOUR_BOX && !thing->is_checked)
        tour_choose (walk, thing->name);
    }
    if (tour_find (things, TOUR_BUTTON, tour_word (walk, TOUR_WORD_SEND)) != NULL)
      break;
    tour_turn_page (walk, things);
  }
  tour_picture (walk, "check-last");
  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_SEND));
}

/* The number that the citizen is told. (transfer full) */
static char *
read_number (TourWalk *walk)
{
  g_autoptr (GPtrArray) things = NULL;
  const TourThing *thing = tour_leaf_to (walk, ATSPI_ROLE_LABEL, tour_word (walk, TOUR_WORD_NUMBER), &things);
  guint index = 0;

  for (guint i = 0; i < things->len; i++)
    if (things->pdata[i] == thing)
      index = i;
  if (index + 1 >= things->len)
    tour_fail (walk, "there is no number after \"%s\".", thing->name);
  return g_strdup (((const TourThing *) things->pdata[index + 1])->name);
}

char *
tour_receive_and_print (TourWalk *walk)
{
  const TourThing *thing;
  g_autofree char *number = NULL;
  g_autoptr (GPtrArray) things = NULL;

  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, tour_word (walk, TOUR_WORD_RECEIVED), &thing));
  number = read_number (walk);
  tour_say ("The town hall has received request number \"%s\"", number);
  tour_picture (walk, "received");
  tour_leaf_to (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_PRINT), &things);
  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_PRINT));
  g_ptr_array_unref (tour_wait (walk, TOUR_ANY, tour_word (walk, TOUR_WORD_PRINTED), &thing));
  tour_say ("The receipt is printed");
  tour_picture (walk, "printed");
  return g_steal_pointer (&number);
}

void
tour_leave (TourWalk *walk)
{
  const TourThing *thing;

  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_FINISHED));
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, tour_word (walk, TOUR_WORD_GOODBYE), &thing));
  tour_picture_now (walk, "goodbye");
  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, "Touchez pour commencer", &thing));
  walk->expect = NULL; /* what one citizen chose is not for the next */
  if (tour_hand_get_darkness (walk->hand) > MAX_WELCOME_DARKNESS)
    tour_fail (walk, "the next citizen finds the colours of the last.");
  tour_say ("The next citizen is welcome");
  tour_picture (walk, "welcome-again");
}
