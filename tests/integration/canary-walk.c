/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* canary-walk FOLDER WIDTH HEIGHT [HURRY]: does at the kiosk's screen what the lines of its standard input say, as a citizen does it.
 *
 *   begin                 touches until the first screen has gone
 *   touch|NAME            waits for a button of that name, and touches it
 *   choose|NAME           the same for a choice, until it is chosen
 *   touch-start|NAME      the same for a name that begins so
 *   wait|NAME             waits until something of that name is on the screen
 *   wait-start|NAME       the same for a name that begins so
 *   keys|ENTRY|TEXT       types into that entry with the keys of a keyboard that is plugged in; "\n" is a new line
 *   screen|ENTRY|TEXT     the same with the keyboard on the screen
 *   continue              touches "Continue" and waits for the next screen
 *   leaf-to|NAME          goes on from page to page of a screen until something of that name is there
 *   code                  prints the six digits that the citizen is to say
 *   tap|TEXT              types with the keyboard that is on the screen: it looks once where the keys are; no capitals
 *   program|NAME          looks at that program's screen from here on; at first at parvis-session's
 *   picture|NAME          keeps a picture of the screen as NAME.png in FOLDER
 *   look                  prints what is on the screen
 *
 * The compositor's window gets that size first. HURRY: so many times faster than a person, where the settings let the kiosk take
 * such touches ([touch] debounce-ms). FOLDER takes the picture of the screen that ended the walk. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../tour/walk.h"

enum {
  PAUSE_MS = 400,
  STILL_MS = 200,
  MAX_PAGES = 4,
  CODE_DIGITS = 6,
};

static guint hurry = 1;

static void
look (const TourWalk *walk)
{
  g_autoptr (GPtrArray) things = tour_look (walk->program);

  tour_print (things);
}

/* The last of that name is the one on the screen; one that is out of use may come before it. */
static const TourThing *
find_last (const GPtrArray *things, const char *name, gboolean is_start)
{
  for (guint i = things->len; i > 0; i--) {
    const TourThing *thing = things->pdata[i - 1];

    if (thing->is_enabled && thing->role != ATSPI_ROLE_LABEL
        && (is_start ? g_str_has_prefix (thing->name, name) : g_str_equal (thing->name, name)))
      return thing;
  }
  return NULL;
}

/* Once it stands still: what comes late from a service may still move it. */
static void
touch_still (TourWalk *walk, const char *name, gboolean is_start)
{
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;
  int x = -1, y = -1;

  while (g_get_monotonic_time () < end_us) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);
    const TourThing *thing = find_last (things, name, is_start);

    if (thing != NULL && thing->x == x && thing->y == y) {
      tour_say ("Touch \"%s\"", thing->name);
      tour_touch_thing (walk, thing);
      return;
    }
    x = thing != NULL ? thing->x : -1;
    y = thing != NULL ? thing->y : -1;
    g_usleep (STILL_MS * 1000 / hurry);
  }
  tour_fail (walk, "there is no \"%s\" to touch.", name);
}

/* The kiosk drops the second touch of a trembling hand. */
static void
pause_like_a_hand (void)
{
  g_usleep (PAUSE_MS * 1000 / hurry);
}

static void
go_on (TourWalk *walk)
{
  g_autoptr (GPtrArray) things = tour_look (walk->program);

  touch_still (walk, tour_word (walk, TOUR_WORD_CONTINUE), FALSE);
  g_ptr_array_unref (tour_wait_for_change (walk, things));
}

static void
leaf_to (TourWalk *walk, const char *name)
{
  for (guint i = 0; i < MAX_PAGES; i++) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);

    if (find_last (things, name, FALSE) != NULL)
      return;
    touch_still (walk, tour_word (walk, TOUR_WORD_NEXT_PAGE), FALSE);
    pause_like_a_hand ();
  }
  tour_fail (walk, "no page has a \"%s\".", name);
}

/* However they are grouped. */
static void
print_code (TourWalk *walk)
{
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;

  while (g_get_monotonic_time () < end_us) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);

    for (guint i = 0; i < things->len; i++) {
      g_auto (GStrv) groups = g_strsplit (((const TourThing *) things->pdata[i])->name, " ", -1);
      g_autofree char *digits = g_strjoinv (NULL, groups);

      if (strlen (digits) == CODE_DIGITS && strspn (digits, "0123456789") == CODE_DIGITS) {
        printf ("CODE %s\n", digits);
        return;
      }
    }
    g_usleep (STILL_MS * 1000);
  }
  tour_fail (walk, "the screen shows no code of six digits.");
}

static void
type (TourWalk *walk, const char *entry, TourWay way, const char *escaped)
{
  g_autofree char *text = g_strcompress (escaped);

  tour_type (walk, entry, way, text, text);
}

/* Keys stay where they are while one page of them is shown. */
static void
tap (TourWalk *walk, const char *text)
{
  g_autoptr (GPtrArray) things = tour_look (walk->program);

  tour_say ("Tap \"%s\"", text);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    g_autofree char *name = tour_key_name (walk, g_utf8_get_char (at));
    const TourThing *thing = tour_find (things, TOUR_BUTTON, name);

    if (thing == NULL)
      tour_fail (walk, "the keyboard on the screen has no key \"%s\".", name);
    tour_touch_thing (walk, thing);
    g_usleep (PAUSE_MS * 1000);
  }
}

static gboolean
do_line (TourWalk *walk, char **words)
{
  const TourThing *thing;
  guint count = g_strv_length (words);
  const char *verb = count > 0 ? words[0] : "";

  pause_like_a_hand ();
  if (g_str_equal (verb, "begin") && count == 1)
    tour_begin (walk);
  else if (g_str_equal (verb, "touch") && count == 2)
    touch_still (walk, words[1], FALSE);
  else if (g_str_equal (verb, "choose") && count == 2)
    tour_choose (walk, words[1]);
  else if (g_str_equal (verb, "touch-start") && count == 2)
    touch_still (walk, words[1], TRUE);
  else if (g_str_equal (verb, "wait") && count == 2)
    g_ptr_array_unref (tour_wait (walk, TOUR_ANY, words[1], &thing));
  else if (g_str_equal (verb, "wait-start") && count == 2)
    g_ptr_array_unref (tour_wait_beginning (walk, TOUR_ANY, words[1], &thing));
  else if (g_str_equal (verb, "leaf-to") && count == 2)
    leaf_to (walk, words[1]);
  else if (g_str_equal (verb, "keys") && count == 3)
    type (walk, words[1], TOUR_BY_KEYBOARD, words[2]);
  else if (g_str_equal (verb, "screen") && count == 3)
    type (walk, words[1], TOUR_BY_SCREEN, words[2]);
  else if (g_str_equal (verb, "continue") && count == 1)
    go_on (walk);
  else if (g_str_equal (verb, "code") && count == 1)
    print_code (walk);
  else if (g_str_equal (verb, "look") && count == 1)
    look (walk);
  else if (g_str_equal (verb, "tap") && count == 2)
    tap (walk, words[1]);
  else if (g_str_equal (verb, "program") && count == 2)
    walk->program = g_intern_string (words[1]);
  else
    return FALSE;
  return TRUE;
}

int
main (int argc, char **argv)
{
  TourWalk walk = { .program = "parvis-session" };
  char line[1024];

  if (argc < 4 || argc > 5 || atspi_init () > 1)
    return 2;
  walk.hand =
    tour_hand_new (NULL, (guint) g_ascii_strtoull (argv[2], NULL, 10), (guint) g_ascii_strtoull (argv[3], NULL, 10));
  if (walk.hand == NULL)
    return EXIT_FAILURE;
  if (argc == 5) {
    hurry = (guint) CLAMP (g_ascii_strtoull (argv[4], NULL, 10), 1, 20);
    tour_hand_hurry (walk.hand, hurry);
  }
  walk.folder = argv[1];
  walk.has_contact = TRUE;
  while (fgets (line, sizeof line, stdin) != NULL) {
    g_auto (GStrv) words = g_strsplit (g_strchomp (line), "|", 3);

    if (!do_line (&walk, words)) {
      fprintf (stderr, "canary-walk: not understood: %s\n", line);
      return 2;
    }
  }
  tour_hand_free (walk.hand);
  return EXIT_SUCCESS;
}
