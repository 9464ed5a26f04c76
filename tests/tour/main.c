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
#include "chosen.h"
#include "core/texts.h"
#include "finish.h"
#include "identity.h"
#include "proof.h"
#include "walk.h"

static const char PROCEDURE[] = "Inscription scolaire";
/* Where the language is changed and changed back, and where "Read better" is opened. */
static const char LANGUAGE_AT[] = "Où habite l’enfant ?";
static const char LOOK_AT[] = "Quel repas ?";
/* Where names are asked for. */
static const char NAMES_AT[] = "Quel est le nom de l’enfant ?";
static const char PARENTS_AT[] = "Les parents ou responsables";
/* What is scanned by who does it with --as. */
static const char SCANNED_AT[] = "Livret de famille ou acte de naissance";
static const char SCANNED_VARIABLE[] = "livret";
/* What is changed from the check. */
static const char CHANGED_TITLE[] = "Quel repas ?";
static const char CHANGED_ANSWER[] = "Végétarien";
static const char CHANGED_VARIABLE[] = "repas";

typedef struct Options {
  char *folder, *demo_program, *demo_state, *printer_folder, *variant, *language, *size, *control, *card,
    *console_display, *forms, *only, *as, *texts, *voice, *plug;
  gboolean is_thermal;
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
    { "thermal", 0, 0, G_OPTION_ARG_NONE, &options->is_thermal, "The kiosk prints on the demo's thermal printer",
      NULL },
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
  if (options->control == NULL && (options->card != NULL || options->is_thermal)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "a card is laid, and dots are seen, with --control: see --help");
    return FALSE;
  }
  if (options->folder == NULL || options->demo_program == NULL || options->demo_state == NULL
      || options->printer_folder == NULL) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "four folders and programs are needed: see --help");
    return FALSE;
  }
  return TRUE;
}

/* A button that begins so; those with what they are for say that, too. */
static void
leaf_and_touch (TourWalk *walk, const char *picture, const char *start)
{
  g_autofree char *any_end = g_strconcat (start, "%s", NULL);
  g_autoptr (GPtrArray) things = NULL;

  tour_leaf_to (walk, TOUR_BUTTON, any_end, &things);
  tour_picture (walk, picture);
  tour_touch_beginning (walk, TOUR_BUTTON, start);
}

static void
leaf_to_begin (TourWalk *walk)
{
  g_autoptr (GPtrArray) things = NULL;

  tour_picture (walk, "procedure");
  tour_leaf_to (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_BEGIN), &things);
}

static void
go_to_procedure (TourWalk *walk)
{
  const TourThing *thing;

  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, "Touchez pour commencer", &thing));
  tour_picture (walk, "welcome");
  if (walk->person != NULL)
    tour_choose_own (walk);
  if (walk->is_english) {
    tour_touch (walk, TOUR_BUTTON, "English");
    g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, "Touch to begin", &thing));
    tour_picture (walk, "welcome-english");
  }
  tour_begin (walk);
  leaf_and_touch (walk, "home", tour_word (walk, TOUR_WORD_CATEGORY));
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, tour_word (walk, TOUR_WORD_CATEGORY), &thing));
  leaf_and_touch (walk, "family-and-school", tour_translate (walk, PROCEDURE));
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, tour_translate (walk, PROCEDURE), &thing));
  leaf_to_begin (walk);
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

/* The answers must still be there: the portal tells at the end. */
static void
change_language_and_back (TourWalk *walk)
{
  change_language (walk, walk->is_english ? "Français" : "English");
  tour_settle (walk);
  tour_picture (walk, "other-language");
  change_language (walk, walk->is_english ? "Français" : "English");
  tour_settle (walk);
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

/* What the card has answered stays, and the portal must hold something there. */
static gboolean
keep_answer (TourWalk *walk, const TourAnswer *answer, const TourThing *entry)
{
  if (!walk->has_card || !answer->is_on_card)
    return FALSE;
  tour_say ("\"%s\" is left as the card filled it in", entry->name);
  g_hash_table_insert (walk->filed, g_strdup (answer->variable), g_strdup (TOUR_SOMETHING));
  return TRUE;
}

/* A number of another country is as good as any. */
static void
type_phone (TourWalk *walk, const TourAnswer *answer, const char *entry)
{
  const char *phone = walk->person->phone;

  tour_type (walk, entry, TOUR_BY_KEYBOARD, phone, phone);
  g_hash_table_insert (walk->filed, g_strdup (answer->variable), g_strdup (phone));
  walk->has_typed_phone = TRUE;
}

/* Names are written as documents of the country write them, and the kiosk says so where the letters are others. */
static void
expect_latin_hint (TourWalk *walk)
{
  const char *hint = tour_word (walk, TOUR_WORD_LATIN);
  const TourThing *thing;

  if (walk->tongue == NULL || pv_texts_is_latin (tour_tongue_get_language (walk->tongue)))
    return;
  g_ptr_array_unref (tour_wait (walk, ATSPI_ROLE_LABEL, hint, &thing));
  tour_say ("The kiosk says \"%s\"", hint);
}

static void
answer_entry (TourWalk *walk, const char *title, const TourThing *place)
{
  const char *entry = place->name;
  const TourAnswer *answer = tour_answer_for (walk, title, entry);
  const TourThing *thing;

  if (answer == NULL)
    tour_fail (walk, "nobody told me what to type into \"%s\" on the screen \"%s\".", entry, title);
  if (answer->is_required_phone && walk->person != NULL && walk->person->phone != NULL) {
    type_phone (walk, answer, entry);
    return;
  }
  if (answer->way == TOUR_LEFT_EMPTY || (answer->is_contact && !walk->has_contact) || keep_answer (walk, answer, place))
    return;
  if (answer->wrong != NULL && !walk->is_english) {
    const char *error = tour_translate (walk, answer->error);

    tour_type (walk, entry, answer->way, answer->wrong, answer->wrong);
    tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE));
    g_ptr_array_unref (tour_wait (walk, ATSPI_ROLE_LABEL, error, &thing));
    tour_say ("The kiosk says \"%s\"", error);
    tour_picture (walk, "error");
    tour_type (walk, entry, answer->way, answer->answer + strlen (answer->wrong), answer->answer);
  } else {
    tour_type (walk, entry, answer->way, answer->answer, answer->answer);
  }
  /* The kiosk knows which town that is. */
  if (g_strcmp0 (answer->variable, "code_postal") == 0)
    walk->may_be_filled = TRUE;
  note_answer (walk, answer);
}

/* Those of the pages of this screen, each once. */
static void
answer_entries (TourWalk *walk, const char *title, const GPtrArray *things)
{
  g_autoptr (GHashTable) answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) now = g_ptr_array_ref ((GPtrArray *) things);

  walk->may_be_filled = FALSE;
  for (;;) {
    for (guint i = 0; i < now->len; i++) {
      const TourThing *thing = now->pdata[i];

      if (tour_is_entry (thing) && g_hash_table_add (answered, g_strdup (thing->name)))
        answer_entry (walk, title, thing);
    }
    g_ptr_array_unref (now);
    now = tour_look (walk->program);
    if (g_hash_table_size (answered) == 0 || !tour_has_next_page (walk, now))
      return;
    tour_turn_page (walk, now);
    g_ptr_array_unref (now);
    now = tour_look (walk->program);
  }
}

/* Touches what is chosen; TRUE if that led on to the next screen. */
static gboolean
touch_answers (TourWalk *walk, const char *title, const GPtrArray *things)
{
  const char *french = tour_answer_title (walk, title);

  for (const TourAnswer *answer = tour_answer_touched (walk, title, NULL); answer != NULL;
       answer = tour_answer_touched (walk, title, answer)) {
    if (answer->way == TOUR_BY_CHOICE) {
      g_autoptr (GPtrArray) page = NULL;

      tour_leaf_to (walk, TOUR_ANY, tour_translate (walk, answer->answer), &page);
      tour_choose (walk, tour_translate (walk, answer->answer));
    }
    note_answer (walk, answer);
    if (answer->way == TOUR_BY_BUTTON) {
      tour_picture_of (walk, french);
      tour_touch (walk, TOUR_BUTTON, tour_translate (walk, answer->answer));
      return TRUE;
    }
  }
  if (walk->has_typed_phone) {
    walk->has_typed_phone = FALSE;
    return FALSE;
  }
  if (!walk->has_contact && tour_find_beginning (things, TOUR_BUTTON, tour_word (walk, TOUR_WORD_NONE)) != NULL) {
    tour_picture_of (walk, french);
    tour_touch_beginning (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_NONE));
    return TRUE;
  }
  return FALSE;
}

static void
scan (TourWalk *walk)
{
  const TourThing *thing;

  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_SCAN_HERE));
  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_SCAN), &thing));
  tour_picture (walk, "scanner");
  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_SCAN));
  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_COMPLETE), &thing));
  tour_picture (walk, "scanned");
  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_COMPLETE));
  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE), &thing));
  tour_picture (walk, "document");
  g_hash_table_insert (walk->filed, g_strdup (SCANNED_VARIABLE), g_strdup (TOUR_SOMETHING));
}

/* Answers the screen in @things and goes on; returns the next one. */
static GPtrArray *
answer_question (TourWalk *walk, const GPtrArray *things)
{
  g_autofree char *title = tour_get_title (things);
  const char *french = tour_answer_title (walk, title);

  if (french == NULL)
    tour_fail (walk, "nobody told me how to answer \"%s\".", title);
  tour_say ("The kiosk asks \"%s\"", title);
  if (g_str_equal (french, PARENTS_AT))
    expect_latin_hint (walk);
  answer_entries (walk, title, things);
  if (!touch_answers (walk, title, things)) {
    tour_picture_of (walk, french);
    if (walk->person != NULL && g_str_equal (french, SCANNED_AT))
      scan (walk);
    if (walk->person == NULL && g_str_equal (french, LANGUAGE_AT))
      change_language_and_back (walk);
    if (walk->person == NULL && g_str_equal (french, LOOK_AT))
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
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, tour_translate (walk, NAMES_AT), &thing));
  expect_latin_hint (walk);
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
  const char *title = tour_translate (walk, CHANGED_TITLE);
  const char *answer = tour_translate (walk, CHANGED_ANSWER);
  g_auto (GStrv) around = g_strsplit (tour_word (walk, TOUR_WORD_CHANGE), "%s", 2);
  g_autofree char *button = g_strjoinv (title, around);
  const TourThing *thing;
  g_autoptr (GPtrArray) things = NULL, choices = NULL;

  tour_picture (walk, "check");
  tour_leaf_to (walk, TOUR_BUTTON, button, &things);
  tour_picture (walk, "check");
  tour_touch (walk, TOUR_BUTTON, button);
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, title, &thing));
  tour_leaf_to (walk, TOUR_ANY, answer, &choices);
  tour_choose (walk, answer);
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

/* Besides the receipt: what the citizen wrote, for themselves. */
static void
print_answers (TourWalk *walk, const Options *options)
{
  static const char CHILD_IS_CALLED[] = "Lina";
  const TourThing *thing;

  tour_touch (walk, TOUR_BUTTON, "Autres papiers");
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, "Que voulez-vous sur papier ?", &thing));
  tour_picture (walk, "papers");
  tour_touch (walk, TOUR_BUTTON, "Imprimer mes réponses");
  g_ptr_array_unref (tour_wait_beginning (walk, TOUR_ANY, "Votre papier est imprimé", &thing));
  tour_say ("The answers are printed");
  tour_picture (walk, "answers-printed");
  tour_prove_paper (walk, options->printer_folder, "answers.pdf", CHILD_IS_CALLED);
}

static void
finish (TourWalk *walk, const Options *options, const char *number)
{
  tour_prove_filing (walk, options->demo_program, options->demo_state, number);
  if (!walk->has_contact)
    tour_prove_note (walk, options->demo_program, options->demo_state);
  if (walk->tongue != NULL)
    tour_prove_languages (walk, "receipt.pdf");
  g_hash_table_unref (walk->filed);
  g_clear_pointer (&walk->last_sheet, g_bytes_unref);
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
  walk.roll = options.is_thermal ? options.control : NULL;
  walk.is_english = g_strcmp0 (options.language, "en") == 0;
  walk.has_contact = walk.person != NULL ? walk.person->has_email : g_strcmp0 (options.variant, "no-contact") != 0;
  if (walk.person != NULL && walk.person->language != NULL)
    walk.tongue = tour_tongue_new (walk.person->language, options.texts);
  if (walk.person != NULL)
    options.card = g_strdup (walk.person->card);
  walk.filed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (options.forms != NULL) {
    const TourPlaces places = { options.forms,          options.demo_program, options.demo_state,
                                options.printer_folder, options.control,      options.only };

    tour_do_all (&walk, &places);
    return EXIT_SUCCESS;
  }
  if (walk.person != NULL && walk.person->has_keypad) {
    number = tour_do_blind (&walk, console.hand != NULL ? &console : NULL, options.voice, options.plug);
    tour_prove_paper (&walk, options.printer_folder, "receipt.pdf", number);
    finish (&walk, &options, number);
    return EXIT_SUCCESS;
  }
  go_to_procedure (&walk);
  answer_all (&walk, console.hand != NULL ? &console : NULL, &options);
  check_and_send (&walk);
  number = tour_receive_and_print (&walk);
  tour_prove_paper (&walk, options.printer_folder, "receipt.pdf", number);
  if (walk.person == NULL)
    print_answers (&walk, &options);
  tour_leave (&walk);
  finish (&walk, &options, number);
  return EXIT_SUCCESS;
}
