/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-tour: does the main job of the kiosk as a citizen does, by what is on the screen, and compares what was typed
 * with what the town hall and the person then hold. See README.md. */

#include <stdlib.h>
#include <string.h>

#include "walk.h"

static const char PROCEDURE[] = "Inscription scolaire";

typedef struct Options {
  char *folder, *demo_program, *demo_state, *printer_folder, *variant, *language;
} Options;

static gboolean
parse_options (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "dir", 0, 0, G_OPTION_ARG_FILENAME, &options->folder, "Where the pictures and the receipt go", "DIR" },
    { "demo-program", 0, 0, G_OPTION_ARG_FILENAME, &options->demo_program, "parvis-demo", "PATH" },
    { "demo-state", 0, 0, G_OPTION_ARG_FILENAME, &options->demo_state, "Folder of what was filed", "DIR" },
    { "printer-folder", 0, 0, G_OPTION_ARG_FILENAME, &options->printer_folder, "Folder of the virtual printer", "DIR" },
    { "variant", 0, 0, G_OPTION_ARG_STRING, &options->variant, "main (default), or no-contact", "NAME" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options->language, "fr (default), or en", "CODE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- what a citizen does at the kiosk");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (options->folder == NULL || options->demo_program == NULL || options->demo_state == NULL
      || options->printer_folder == NULL) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "four folders and programs are needed: see --help");
    return FALSE;
  }
  return TRUE;
}

static void
go_to_procedure (TourWalk *walk)
{
  const TourThing *thing;

  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, "Touchez pour commencer", &thing));
  tour_picture (walk, "welcome");
  if (walk->is_english) {
    tour_touch (walk, TOUR_BUTTON, "English");
    g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, "Touch to begin", &thing));
    tour_picture (walk, "welcome-english");
  }
  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_TOUCH_TO_BEGIN));
  g_ptr_array_unref (tour_wait_beginning (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CATEGORY), &thing));
  tour_picture (walk, "home");
  tour_touch_beginning (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CATEGORY));
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, tour_word (walk, TOUR_WORD_CATEGORY), &thing));
  tour_picture (walk, "family-and-school");
  tour_touch_beginning (walk, TOUR_BUTTON, PROCEDURE);
  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_BEGIN), &thing));
  tour_picture (walk, "procedure");
}

static void
answer_entry (TourWalk *walk, const char *title, const char *entry)
{
  const TourAnswer *answer = tour_answer_for (title, entry);

  if (answer == NULL)
    tour_fail (walk, "nobody told me what to type into \"%s\" on the screen \"%s\".", entry, title);
  if (answer->way == TOUR_LEFT_EMPTY || (answer->is_contact && !walk->has_contact))
    return;
  if (answer->wrong != NULL) {
    const TourThing *thing;

    tour_type (walk, entry, answer->way, answer->wrong, answer->wrong);
    tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE));
    g_ptr_array_unref (tour_wait (walk, ATSPI_ROLE_LABEL, answer->error, &thing));
    tour_say ("The kiosk says \"%s\"", answer->error);
    tour_picture (walk, "error");
    tour_type (walk, entry, answer->way, answer->answer + strlen (answer->wrong), answer->answer);
  } else {
    tour_type (walk, entry, answer->way, answer->answer, answer->answer);
  }
  if (answer->variable != NULL)
    g_hash_table_insert (walk->filed, g_strdup (answer->variable),
                         g_strdup (answer->stored != NULL ? answer->stored : answer->answer));
}

static void
touch_answers (TourWalk *walk, const char *title)
{
  for (const TourAnswer *answer = tour_answer_touched (title, NULL); answer != NULL;
       answer = tour_answer_touched (title, answer)) {
    if (answer->way == TOUR_BY_CHOICE)
      tour_touch (walk, TOUR_ANY, answer->answer);
    if (answer->variable != NULL)
      g_hash_table_insert (walk->filed, g_strdup (answer->variable),
                           g_strdup (answer->stored != NULL ? answer->stored : answer->answer));
  }
}

/* Answers the screen in @things and goes on; returns the next one. */
static GPtrArray *
answer_question (TourWalk *walk, const GPtrArray *things)
{
  g_autofree char *title = tour_get_title (things);

  if (!tour_answer_is_known (title))
    tour_fail (walk, "nobody told me how to answer \"%s\".", title);
  tour_say ("The kiosk asks \"%s\"", title);
  for (guint i = 0; i < things->len; i++) {
    const TourThing *thing = things->pdata[i];

    if (tour_is_entry (thing))
      answer_entry (walk, title, thing->name);
  }
  touch_answers (walk, title);
  tour_picture_of (walk, title);
  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE));
  return tour_wait_for_change (walk, things);
}

static void
answer_all (TourWalk *walk)
{
  const TourThing *thing;
  g_autoptr (GPtrArray) things = NULL;

  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_BEGIN));
  things = tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE), &thing);
  while (tour_find (things, TOUR_TITLE, tour_word (walk, TOUR_WORD_CHECK)) == NULL) {
    GPtrArray *next = answer_question (walk, things);

    g_ptr_array_unref (things);
    things = next;
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Options options = { 0 };
  TourWalk walk = { 0 };

  if (!parse_options (&options, &argc, &argv, &error)) {
    g_printerr ("parvis-tour: %s\n", error->message);
    return 2;
  }
  if (atspi_init () > 1)
    return EXIT_FAILURE;
  walk.hand = tour_hand_new ();
  if (walk.hand == NULL)
    return EXIT_FAILURE;
  walk.folder = options.folder;
  walk.is_english = g_strcmp0 (options.language, "en") == 0;
  walk.has_contact = g_strcmp0 (options.variant, "no-contact") != 0;
  walk.filed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  go_to_procedure (&walk);
  answer_all (&walk);
  g_hash_table_unref (walk.filed);
  tour_hand_free (walk.hand);
  return EXIT_SUCCESS;
}
