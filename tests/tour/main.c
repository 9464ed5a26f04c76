/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-tour: does the main job of the kiosk as a citizen does, by what is on the screen, and compares what was typed
 * with what the town hall and the person then hold. See README.md. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "all.h"
#include "assisted.h"
#include "blind.h"
#include "finish.h"
#include "identity.h"
#include "people.h"
#include "proof.h"
#include "walk.h"

static const char PROCEDURE[] = "Inscription scolaire";
/* Where the language is changed and changed back, and where "Read better" is opened. */
static const char LANGUAGE_AT[] = "Où habite l’enfant ?";
static const char LOOK_AT[] = "Quel repas ?";
/* What is changed from the check. */
static const char CHANGED_TITLE[] = "Quel repas ?";
static const char CHANGED_ANSWER[] = "Végétarien";
static const char CHANGED_VARIABLE[] = "repas";

typedef struct Options {
  char *folder, *demo_program, *demo_state, *printer_folder, *variant, *language, *size, *control, *card,
    *console_display, *forms, *only, *as, *texts, *voice, *plug;
} Options;

static gboolean
parse_options (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "dir", 0, 0, G_OPTION_ARG_FILENAME, &options->folder, "Where the pictures and the receipt go", "DIR" },
    { "demo-program", 0, 0, G_OPTION_ARG_FILENAME, &options->demo_program, "parvis-demo", "PATH" },
    { "demo-state", 0, 0, G_OPTION_ARG_FILENAME, &options->demo_state, "Folder of what was filed", "DIR" },
    { "printer-folder", 0, 0, G_OPTION_ARG_FILENAME, &options->printer_folder, "Folder of the virtual printer", "DIR" },
    { "variant", 0, 0, G_OPTION_ARG_STRING, &options->variant, "main (default), no-contact, or assisted", "NAME" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &options->size, "Makes the compositor's window so large", "WxH" },
    { "control", 0, 0, G_OPTION_ARG_STRING, &options->control, "Of the demo: where its cards and invoices are", "URL" },
    { "card", 0, 0, G_OPTION_ARG_STRING, &options->card, "Name of that card", "NAME" },
    { "console-display", 0, 0, G_OPTION_ARG_STRING, &options->console_display,
      "Display of the mediator's console, for the variant assisted", "DISPLAY" },
    { "forms", 0, 0, G_OPTION_ARG_FILENAME, &options->forms, "Does all ten procedures: folder of the portal's forms",
      "DIR" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &options->only, "Of them this one, or \"invoice\"", "SLUG" },
    { "as", 0, 0, G_OPTION_ARG_STRING, &options->as, "Who does it: keypad, large, arabic, ukrainian, or low", "NAME" },
    { "texts", 0, 0, G_OPTION_ARG_FILENAME, &options->texts, "Folder of the portal's texts in other languages", "DIR" },
    { "voice", 0, 0, G_OPTION_ARG_FILENAME, &options->voice, "For the keypad: socket that tells what is said", "PATH" },
    { "plug", 0, 0, G_OPTION_ARG_FILENAME, &options->plug, "Likewise: as long as it is there, a headset is", "PATH" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options->language, "fr (default), or en", "CODE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- what a citizen does at the kiosk");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (options->control == NULL && options->card != NULL) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "a card is laid with --control: see --help");
    return FALSE;
  }
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
  tour_begin (walk);
  g_ptr_array_unref (tour_wait_beginning (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CATEGORY), &thing));
  tour_picture (walk, "home");
  tour_touch_beginning (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CATEGORY));
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, tour_word (walk, TOUR_WORD_CATEGORY), &thing));
  tour_picture (walk, "family-and-school");
  tour_touch_beginning (walk, TOUR_BUTTON, PROCEDURE);
  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_BEGIN), &thing));
  tour_picture (walk, "procedure");
}

/* What stands in the entries, in their order; their names are in the language of the screen. (transfer full) */
static char *
join_entries (const GPtrArray *things)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < things->len; i++) {
    const TourThing *entry = things->pdata[i];

    if (tour_is_entry (entry))
      g_string_append_printf (all, "[%s]", entry->text != NULL ? entry->text : "");
  }
  return g_string_free (all, FALSE);
}

/* Every entry must hold what it held. */
static void
expect_entries (TourWalk *walk, const GPtrArray *before)
{
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;
  g_autofree char *wanted = join_entries (before);

  for (;;) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);
    g_autofree char *held = join_entries (things);

    if (g_str_equal (held, wanted))
      return;
    if (g_get_monotonic_time () > end_us)
      tour_fail (walk, "the entries hold %s, and not %s.", held, wanted);
    g_usleep (100 * 1000);
  }
}

static void
change_language (TourWalk *walk, const char *language)
{
  const TourThing *thing;

  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_LANGUAGE));
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, tour_word (walk, TOUR_WORD_LANGUAGES), &thing));
  tour_picture (walk, "languages");
  tour_touch (walk, TOUR_BUTTON, language);
  walk->is_english = !walk->is_english;
  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE), &thing));
}

static void
change_language_and_back (TourWalk *walk)
{
  g_autoptr (GPtrArray) before = tour_look (walk->program);

  change_language (walk, walk->is_english ? "Français" : "English");
  expect_entries (walk, before);
  tour_picture (walk, "other-language");
  change_language (walk, walk->is_english ? "Français" : "English");
  expect_entries (walk, before);
  tour_say ("The answers are still there");
}

static void
look_better (TourWalk *walk)
{
  const TourThing *thing;

  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_LOOK));
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, tour_word (walk, TOUR_WORD_LOOK), &thing));
  tour_picture (walk, "read-better");
  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CLOSE));
  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE), &thing));
}

static void
note_answer (TourWalk *walk, const TourAnswer *answer)
{
  if (answer->variable != NULL)
    g_hash_table_insert (walk->filed, g_strdup (answer->variable),
                         g_strdup (answer->stored != NULL ? answer->stored : answer->answer));
}

/* What the card has answered stays: the portal must hold it as it stands in the entry. */
static gboolean
keep_answer (TourWalk *walk, const TourAnswer *answer, const TourThing *entry)
{
  if (!walk->has_card || !answer->is_on_card || entry->text == NULL || entry->text[0] == '\0')
    return FALSE;
  tour_say ("\"%s\" is \"%s\", from the card", entry->name, entry->text);
  g_hash_table_insert (walk->filed, g_strdup (answer->variable), g_strdup (entry->text));
  return TRUE;
}

static void
answer_entry (TourWalk *walk, const char *title, const TourThing *place)
{
  const char *entry = place->name;
  const TourAnswer *answer = tour_answer_for (title, entry);
  const TourThing *thing;

  if (answer == NULL)
    tour_fail (walk, "nobody told me what to type into \"%s\" on the screen \"%s\".", entry, title);
  if (answer->way == TOUR_LEFT_EMPTY || (answer->is_contact && !walk->has_contact) || keep_answer (walk, answer, place))
    return;
  if (answer->wrong != NULL && !walk->is_english) {
    tour_type (walk, entry, answer->way, answer->wrong, answer->wrong);
    tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE));
    g_ptr_array_unref (tour_wait (walk, ATSPI_ROLE_LABEL, answer->error, &thing));
    tour_say ("The kiosk says \"%s\"", answer->error);
    tour_picture (walk, "error");
    tour_type (walk, entry, answer->way, answer->answer + strlen (answer->wrong), answer->answer);
  } else {
    tour_type (walk, entry, answer->way, answer->answer, answer->answer);
  }
  note_answer (walk, answer);
}

/* Touches what is chosen; TRUE if that led on to the next screen. */
static gboolean
touch_answers (TourWalk *walk, const char *title, const GPtrArray *things)
{
  for (const TourAnswer *answer = tour_answer_touched (title, NULL); answer != NULL;
       answer = tour_answer_touched (title, answer)) {
    if (answer->way == TOUR_BY_CHOICE)
      tour_choose (walk, tour_translate (walk, answer->answer));
    note_answer (walk, answer);
    if (answer->way == TOUR_BY_BUTTON) {
      tour_picture_of (walk, title);
      tour_touch (walk, TOUR_BUTTON, tour_translate (walk, answer->answer));
      return TRUE;
    }
  }
  if (!walk->has_contact && tour_find_beginning (things, TOUR_BUTTON, tour_word (walk, TOUR_WORD_NONE)) != NULL) {
    tour_picture_of (walk, title);
    tour_touch_beginning (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_NONE));
    return TRUE;
  }
  return FALSE;
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
      answer_entry (walk, title, thing);
  }
  if (!touch_answers (walk, title, things)) {
    tour_picture_of (walk, title);
    if (g_str_equal (title, LANGUAGE_AT))
      change_language_and_back (walk);
    if (g_str_equal (title, LOOK_AT))
      look_better (walk);
    tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE));
  }
  return tour_wait_for_change (walk, things);
}

static void
answer_all (TourWalk *walk, TourWalk *console, const Options *options)
{
  const TourThing *thing;
  g_autoptr (GPtrArray) things = NULL;

  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_BEGIN));
  walk->has_card = tour_say_who (walk, options->card != NULL ? options->control : NULL, options->card);
  if (console != NULL)
    tour_be_helped (walk, console);
  things = tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE), &thing);
  while (tour_find (things, TOUR_TITLE, tour_word (walk, TOUR_WORD_CHECK)) == NULL) {
    GPtrArray *next = answer_question (walk, things);

    g_ptr_array_unref (things);
    things = next;
  }
}

/* Another answer from the check: it must come back to it, with the new one. */
static void
change_an_answer (TourWalk *walk)
{
  g_autofree char *button = g_strconcat (tour_word (walk, TOUR_WORD_CHANGE), CHANGED_TITLE, NULL);
  const TourThing *thing;

  while (TRUE) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);

    if (tour_find (things, TOUR_BUTTON, button) != NULL)
      break;
    if (tour_find (things, TOUR_BUTTON, tour_word (walk, TOUR_WORD_NEXT_PAGE)) == NULL)
      tour_fail (walk, "the check does not show \"%s\".", button);
    tour_picture (walk, "check");
    tour_turn_page (walk, things);
  }
  tour_picture (walk, "check");
  tour_touch (walk, TOUR_BUTTON, button);
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, CHANGED_TITLE, &thing));
  tour_choose (walk, CHANGED_ANSWER);
  tour_picture (walk, "change");
  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE));
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, tour_word (walk, TOUR_WORD_CHECK), &thing));
  g_hash_table_insert (walk->filed, g_strdup (CHANGED_VARIABLE), g_strdup (CHANGED_ANSWER));
}

static void
check_and_send (TourWalk *walk)
{
  tour_say ("The kiosk asks to check");
  change_an_answer (walk);
  tour_tick_and_send (walk);
}

static void
finish (TourWalk *walk, const Options *options, const char *number)
{
  tour_prove_filing (walk, options->demo_program, options->demo_state, number);
  if (!walk->has_contact)
    tour_prove_note (walk, options->demo_program, options->demo_state);
  tour_prove_paper (walk, options->printer_folder, "receipt.pdf", number);
  g_hash_table_unref (walk->filed);
  tour_hand_free (walk->hand);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Options options = { 0 };
  TourWalk walk = { .program = "parvis-session" }, console = { .program = "org.parvis.Mediator" };
  g_autofree char *number = NULL;
  guint width = 0, height = 0;

  if (!parse_options (&options, &argc, &argv, &error)) {
    g_printerr ("parvis-tour: %s\n", error->message);
    return 2;
  }
  walk.person = options.as != NULL ? tour_person_find (options.as) : NULL;
  if (options.as != NULL && walk.person == NULL) {
    g_printerr ("parvis-tour: nobody is called \"%s\".\n", options.as);
    return 2;
  }
  if (walk.person != NULL && walk.person->has_keypad && (options.voice == NULL || options.plug == NULL)) {
    g_printerr ("parvis-tour: keys alone need ears: --voice and --plug.\n");
    return 2;
  }
  if (atspi_init () > 1)
    return EXIT_FAILURE;
  if (options.size != NULL && sscanf (options.size, "%4ux%4u", &width, &height) != 2)
    return 2;
  if (g_mkdir_with_parents (options.folder, 0755) != 0)
    return EXIT_FAILURE;
  walk.hand = tour_hand_new (NULL, width, height);
  if (walk.hand == NULL)
    return EXIT_FAILURE;
  if (options.console_display != NULL) {
    console.hand = tour_hand_new (options.console_display, 1280, 960);
    console.folder = g_build_filename (options.folder, "console", NULL);
    options.folder = g_build_filename (options.folder, "kiosk", NULL);
    if (console.hand == NULL || g_mkdir_with_parents (console.folder, 0755) != 0
        || g_mkdir_with_parents (options.folder, 0755) != 0)
      return EXIT_FAILURE;
  }
  walk.folder = options.folder;
  walk.is_english = g_strcmp0 (options.language, "en") == 0;
  walk.has_contact = g_strcmp0 (options.variant, "no-contact") != 0;
  walk.filed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (options.forms != NULL) {
    const TourPlaces places = { options.forms,          options.demo_program, options.demo_state,
                                options.printer_folder, options.control,      options.only };

    tour_do_all (&walk, &places);
    return EXIT_SUCCESS;
  }
  if (walk.person != NULL && walk.person->has_keypad) {
    number = tour_do_blind (&walk, console.hand != NULL ? &console : NULL, options.voice, options.plug);
    finish (&walk, &options, number);
    return EXIT_SUCCESS;
  }
  go_to_procedure (&walk);
  answer_all (&walk, console.hand != NULL ? &console : NULL, &options);
  check_and_send (&walk);
  number = tour_receive_and_print (&walk);
  tour_leave (&walk);
  finish (&walk, &options, number);
  return EXIT_SUCCESS;
}
