/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  LOOK_AGAIN_MS = 100,
  BEGIN_LOOKS = 30,
  KEY_LOOKS = 3,
  LONG_CHARS = 30,       /* a text to read: two screens in a row may have nothing else */
  MAX_FILLED_CHARS = 40, /* of what the form may have put into an entry */
  SAME_TOUCH_MS = 380,   /* the kiosk drops the second touch of a trembling hand, up to 300 ms */
};

static const struct {
  TourWord word;
  const char *french, *english;
} words[] = {
  { TOUR_WORD_TOUCH_TO_BEGIN, "Touchez pour commencer", "Touch to begin" },
  { TOUR_WORD_HOME, "Que voulez-vous faire ?", "What would you like to do?" },
  { TOUR_WORD_CATEGORY, "Famille et école", "Family and school" },
  { TOUR_WORD_BEGIN, "Commencer", "Begin" },
  { TOUR_WORD_WITHOUT_CARD, "Sans carte", "Without a card" },
  { TOUR_WORD_WHICH_DOCUMENT, "Quel document avez-vous ?", "Which document do you have?" },
  { TOUR_WORD_IS_THIS_YOU, "Est-ce bien vous ?", "Is this you?" },
  { TOUR_WORD_YES_CONTINUE, "Oui, continuer", "Yes, continue" },
  { TOUR_WORD_OTHER_DOCUMENT, "Autre document", "Other document" },
  { TOUR_WORD_PASSPORT, "Passeport", "Passport" },
  { TOUR_WORD_TYPE_LINES, "Tapez ces lignes comme elles sont écrites", "Type these lines as they stand" },
  { TOUR_WORD_LINE, "Ligne %u", "Line %u" },
  { TOUR_WORD_GENUINE, "Votre carte est authentique.", "Your card is genuine." },
  { TOUR_WORD_CONTINUE, "Continuer", "Continue" },
  { TOUR_WORD_CHECK, "Vérifiez, puis envoyez", "Check, then send" },
  { TOUR_WORD_CHANGE, "Modifier : %s", "Change: %s" },
  { TOUR_WORD_NEXT_PAGE, "Suite", "Next page" },
  { TOUR_WORD_OTHER_ANSWERS, "Autres réponses", "Other answers" },
  { TOUR_WORD_PAGE, "Page %u sur %u", "Page %u of %u" },
  { TOUR_WORD_SEND, "Envoyer ma demande", "Send my request" },
  { TOUR_WORD_RECEIVED, "Votre demande est reçue par la mairie", "The town hall has received your request" },
  { TOUR_WORD_NOTHING_MORE, "La mairie a reçu votre demande. Vous n’avez rien d’autre à faire.",
    "The town hall has received your request. You have nothing more to do." },
  { TOUR_WORD_NUMBER, "Numéro de demande", "Number of the request" },
  { TOUR_WORD_PRINT, "Imprimer", "Print" },
  { TOUR_WORD_PRINTED, "Votre reçu est imprimé. Prenez-le.", "Your receipt is printed. Take it." },
  { TOUR_WORD_FINISHED, "J’ai fini", "I have finished" },
  { TOUR_WORD_GOODBYE, "Au revoir", "Goodbye" },
  { TOUR_WORD_LOOK, "Lire mieux", "Read better" },
  { TOUR_WORD_CLOSE, "Fermer", "Close" },
  { TOUR_WORD_LANGUAGE, "Français, changer de langue", "English, change the language" },
  { TOUR_WORD_LANGUAGES, "Choisissez votre langue", "Choose your language" },
  { TOUR_WORD_NONE, "Je n’en ai pas", "I have none" },
  { TOUR_WORD_LATER, "Je l’apporterai plus tard", "I will bring it later" },
  { TOUR_WORD_YES, "Oui", "Yes" },
  { TOUR_WORD_NO, "Non", "No" },
  { TOUR_WORD_CAPITAL, "Majuscule", "Capital letter" },
  { TOUR_WORD_CAPITAL_ON, "Activé : la prochaine lettre est une majuscule", "On: the next letter is a capital" },
  { TOUR_WORD_DIGITS, "Chiffres et signes", "Digits and signs" },
  { TOUR_WORD_ACCENTS, "Lettres accentuées", "Letters with accents" },
  { TOUR_WORD_LETTERS, "Lettres", "Letters" },
  { TOUR_WORD_SPACE, "Espace", "Space" },
  { TOUR_WORD_SCAN_HERE, "Le numériser ici", "Scan it here" },
  { TOUR_WORD_SCAN, "Numériser", "Scan" },
  { TOUR_WORD_COMPLETE, "C’est complet", "It is complete" },
  { TOUR_WORD_DAY, "Jour", "Day" },
  { TOUR_WORD_MONTH, "Mois", "Month" },
  { TOUR_WORD_YEAR, "Année", "Year" },
  { TOUR_WORD_SEARCH_LIST, "Chercher dans la liste", "Search in the list" },
  { TOUR_WORD_DIGIT_MISSING, "Il manque un chiffre.", "One digit is missing." },
  { TOUR_WORD_POSTCODE, "Un code postal a 5 chiffres.", "A postcode has 5 digits." },
  { TOUR_WORD_LATIN, "En lettres latines, comme sur le passeport.", "In Latin letters, as in the passport." },
  { TOUR_WORD_LOWER, "Plus bas", "Lower" },
  { TOUR_WORD_HIGHER, "Plus haut", "Higher" },
  { TOUR_WORD_VERY_LARGE, "Très grand", "Very large" },
  { TOUR_WORD_WHITE_ON_BLACK, "Blanc sur noir", "White on black" },
  { TOUR_WORD_CALL, "Appeler un médiateur", "Call a mediator" },
  { TOUR_WORD_AFAR, "Un médiateur à distance", "A mediator far away" },
  { TOUR_WORD_SAY_CODE, "Dites ce code au médiateur", "Say this code to the mediator" },
  { TOUR_WORD_MAY_SEE, "Voulez-vous montrer cet écran à %s ?", "May %s see this screen?" },
  { TOUR_WORD_MAY_PROPOSE, "Voulez-vous que %s propose des réponses ?", "May %s propose answers?" },
  { TOUR_WORD_MAY_FILL_IN, "Prêter la main à %s pendant une minute ?", "May %s fill in for one minute?" },
  { TOUR_WORD_SHOWS_THIS, "Le médiateur vous montre ceci.", "The mediator shows you this." },
  { TOUR_WORD_REPLY, "Répondre", "Reply" },
  { TOUR_WORD_NOT_UNDERSTOOD, "Je ne comprends pas", "I do not understand" },
  { TOUR_WORD_ACCEPT, "Accepter", "Accept" },
  { TOUR_WORD_HAS_HAND, "a la main %u secondes. Touchez l’écran pour la reprendre.",
    "has the hand for %u seconds. Touch the screen to take it back." },
  { TOUR_WORD_SEES_AND_PROPOSES, "vous aide. Peut voir cet écran et proposer.",
    "helps you. Can see this screen and propose." },
  { TOUR_WORD_STOP_HELP, "Arrêter l’aide", "Stop the help" },
  { TOUR_WORD_HELP_OVER, "L’aide est terminée", "The help is over" },
};

/* How the catalogues tell apart what is the same in English. */
static const struct {
  TourWord word;
  const char *context;
} contexts[] = {
  { TOUR_WORD_YES, "answer" },
  { TOUR_WORD_NO, "answer" },
  { TOUR_WORD_SPACE, "key" },
  { TOUR_WORD_VERY_LARGE, "letters" },
  { TOUR_WORD_WHITE_ON_BLACK, "colours" },
  { TOUR_WORD_REPLY, "help" },
  { TOUR_WORD_NOT_UNDERSTOOD, "answer" },
};

/* Keys of the keyboard on the screen that are called by their names. */
static const struct {
  const char *key, *french, *english;
} keys[] = {
  { "é", "e accent aigu", "e acute" },  { "è", "e accent grave", "e grave" }, { "-", "trait d’union", "hyphen" },
  { "'", "apostrophe", "apostrophe" },  { "@", "arobase", "at sign" },        { ".", "point", "dot" },
  { "à", "a accent grave", "a grave" }, { "/", "barre oblique", "slash" },    { ":", "deux-points", "colon" },
  { "_", "tiret bas", "underscore" },
};

static const char *
say (const TourWalk *walk, guint index)
{
  const char *english = words[index].english, *context = NULL;

  if (walk->tongue == NULL)
    return walk->is_english ? english : words[index].french;
  if (words[index].word == TOUR_WORD_DIGIT_MISSING)
    return tour_tongue_say_one (walk->tongue, english, "%u digits are missing.");
  for (guint i = 0; i < G_N_ELEMENTS (contexts); i++)
    if (contexts[i].word == words[index].word)
      context = contexts[i].context;
  return tour_tongue_say (walk->tongue, context, english);
}

const char *
tour_word (const TourWalk *walk, TourWord word)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].word == word)
      return say (walk, i);
  g_return_val_if_reached ("");
}

const char *
tour_french (TourWord word)
{
  const TourWalk french = { 0 };

  return tour_word (&french, word);
}

/* "A. B." by its two sentences. (nullable) */
static const char *
translate_sentences (const TourWalk *walk, const char *french)
{
  const char *end = strstr (french, ". ");
  g_autofree char *first = end != NULL ? g_strndup (french, (gsize) (end - french) + 1) : NULL;
  g_autofree char *both = NULL;

  if (first == NULL)
    return NULL;
  both = g_strdup_printf ("%s %s", tour_translate (walk, first), tour_translate (walk, end + strlen (". ")));
  return g_intern_string (both);
}

const char *
tour_translate (const TourWalk *walk, const char *french)
{
  const char *translation = NULL;

  if (walk->tongue == NULL && !walk->is_english)
    return french;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].french, french))
      return say (walk, i);
  if (walk->tongue != NULL)
    translation = tour_tongue_translate (walk->tongue, french);
  if (translation == NULL || translation == french)
    translation = translate_sentences (walk, french);
  return translation != NULL ? translation : french;
}

gboolean
tour_fits (const char *word, const char *name)
{
  g_auto (GStrv) texts = g_strsplit (word, "%s", -1);
  g_autofree char *joined = g_strjoinv ("%u", texts);
  g_auto (GStrv) parts = g_strsplit (joined, "%u", -1);
  g_autofree char *pattern = g_strjoinv ("*", parts);

  return g_pattern_match_simple (pattern, name); /* no word has a "?" before its end, which stands for itself, too */
}

const TourThing *
tour_find_fitting (const GPtrArray *things, int role, const char *word)
{
  for (guint i = 0; i < things->len; i++) {
    const TourThing *thing = things->pdata[i];

    if ((role == TOUR_ANY || thing->role == role) && tour_fits (word, thing->name))
      return thing;
  }
  return NULL;
}

void
tour_say (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  puts (text); /* as it is: no locale is needed to read it */
  fflush (stdout);
}

void
tour_fail (TourWalk *walk, const char *format, ...)
{
  g_autoptr (GPtrArray) things = tour_look (walk->program);
  g_autofree char *text = NULL;
  g_autofree char *path = g_build_filename (walk->folder, "failed.png", NULL);
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  tour_hand_picture (walk->hand, path, TRUE);
  fprintf (stderr, "The tour failed: %s\nThe picture is failed.png; on the screen is:\n", text);
  tour_print (things);
  exit (EXIT_FAILURE);
}

static void
take_picture (TourWalk *walk, const char *name, gboolean is_still)
{
  g_autofree char *file = g_strdup_printf ("%02u-%s.png", ++walk->n_pictures, name);
  g_autofree char *path = g_build_filename (walk->folder, file, NULL);

  if (!tour_hand_picture (walk->hand, path, is_still))
    tour_fail (walk, "the picture %s could not be written.", file);
}

void
tour_picture (TourWalk *walk, const char *name)
{
  take_picture (walk, name, TRUE);
  if (walk->expect != NULL)
    walk->expect (walk);
}

void
tour_picture_now (TourWalk *walk, const char *name)
{
  take_picture (walk, name, FALSE);
}

void
tour_picture_of (TourWalk *walk, const char *title)
{
  g_autofree char *ascii = g_str_to_ascii (title, "C");
  g_autofree char *lower = g_ascii_strdown (ascii, -1);
  g_auto (GStrv) parts = NULL;
  g_autofree char *name = NULL;

  g_strcanon (lower, G_CSET_a_2_z G_CSET_DIGITS, '-');
  while (g_str_has_suffix (lower, "-"))
    lower[strlen (lower) - 1] = '\0';
  parts = g_strsplit (lower, "--", -1);
  name = g_strjoinv ("-", parts);
  tour_picture (walk, name);
}

char *
tour_get_title (const GPtrArray *things)
{
  const TourThing *title = tour_find (things, TOUR_TITLE, NULL);

  return title != NULL ? g_strdup (title->name) : NULL;
}

static void fail_missing (TourWalk *walk, const char *name) G_GNUC_NORETURN;

static void
fail_missing (TourWalk *walk, const char *name)
{
  g_autoptr (GPtrArray) things = tour_look (walk->program);
  g_autofree char *title = tour_get_title (things);

  tour_fail (walk, "after %d seconds there is no \"%s\" on the screen \"%s\".", TOUR_LIMIT_MS / 1000, name,
             title != NULL ? title : "");
}

static gboolean
is_at_same_place (const TourThing *a, const TourThing *b)
{
  return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

/* Seen twice at the same place: the screen is not just being arranged. */
static GPtrArray *
wait_for (TourWalk *walk, int role, const char *name, const TourThing *(*find) (const GPtrArray *, int, const char *),
          const TourThing **ret_thing)
{
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;
  g_autoptr (GPtrArray) last = NULL;

  while (g_get_monotonic_time () < end_us) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);
    const TourThing *before = last != NULL ? find (last, role, name) : NULL;
    const TourThing *thing = find (things, role, name);

    if (thing != NULL && thing->is_enabled && before != NULL && is_at_same_place (before, thing)) {
      *ret_thing = thing;
      return g_steal_pointer (&things);
    }
    g_clear_pointer (&last, g_ptr_array_unref);
    last = g_steal_pointer (&things);
    g_usleep (LOOK_AGAIN_MS * 1000);
  }
  fail_missing (walk, name);
}

GPtrArray *
tour_wait (TourWalk *walk, int role, const char *name, const TourThing **ret_thing)
{
  return wait_for (walk, role, name, tour_find, ret_thing);
}

GPtrArray *
tour_wait_beginning (TourWalk *walk, int role, const char *start, const TourThing **ret_thing)
{
  return wait_for (walk, role, start, tour_find_beginning, ret_thing);
}

GPtrArray *
tour_wait_fitting (TourWalk *walk, int role, const char *word, const TourThing **ret_thing)
{
  return wait_for (walk, role, word, tour_find_fitting, ret_thing);
}

static char *
describe_screen (const GPtrArray *things)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < things->len; i++) {
    const TourThing *thing = things->pdata[i];

    if (thing->role == TOUR_TITLE || thing->role == TOUR_CHOICE || thing->role == TOUR_BOX || tour_is_entry (thing)
        || g_str_has_prefix (thing->name, "•") || g_utf8_strlen (thing->name, -1) >= LONG_CHARS)
      g_string_append_printf (text, "%s\n", thing->name);
  }
  return g_string_free (text, FALSE);
}

gboolean
tour_is_same_screen (const GPtrArray *a, const GPtrArray *b)
{
  g_autofree char *first = describe_screen (a);
  g_autofree char *second = describe_screen (b);

  return g_str_equal (first, second);
}

GPtrArray *
tour_wait_for_change (TourWalk *walk, const GPtrArray *things)
{
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;
  g_autofree char *title = tour_get_title (things);
  g_autoptr (GPtrArray) last = NULL;

  while (g_get_monotonic_time () < end_us) {
    g_autoptr (GPtrArray) now = tour_look (walk->program);

    /* Seen twice: not in the middle of a change. */
    if (last != NULL && tour_is_same_screen (last, now) && tour_find (now, TOUR_TITLE, NULL) != NULL
        && !tour_is_same_screen (things, now))
      return g_steal_pointer (&now);
    g_clear_pointer (&last, g_ptr_array_unref);
    last = g_steal_pointer (&now);
    g_usleep (LOOK_AGAIN_MS * 1000);
  }
  tour_fail (walk, "the kiosk does not go on from \"%s\".", title != NULL ? title : "");
}

void
tour_touch_thing (TourWalk *walk, const TourThing *thing)
{
  tour_hand_touch (walk->hand, thing->x + thing->width / 2, thing->y + thing->height / 2);
}

void
tour_touch (TourWalk *walk, int role, const char *name)
{
  const TourThing *thing;
  GPtrArray *things = tour_wait (walk, role, name, &thing);

  tour_say ("Touch \"%s\"", name);
  tour_touch_thing (walk, thing);
  g_ptr_array_unref (things);
}

void
tour_touch_beginning (TourWalk *walk, int role, const char *start)
{
  const TourThing *thing;
  GPtrArray *things = tour_wait_beginning (walk, role, start, &thing);

  tour_say ("Touch \"%s\"", thing->name);
  tour_touch_thing (walk, thing);
  g_ptr_array_unref (things);
}

void
tour_begin (TourWalk *walk)
{
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;
  const char *begin = tour_word (walk, TOUR_WORD_TOUCH_TO_BEGIN);

  while (g_get_monotonic_time () < end_us) {
    tour_touch (walk, TOUR_BUTTON, begin);
    for (guint i = 0; i < BEGIN_LOOKS; i++) {
      g_autoptr (GPtrArray) things = tour_look (walk->program);

      if (tour_find (things, TOUR_TITLE, NULL) != NULL && tour_find (things, TOUR_BUTTON, begin) == NULL)
        return;
      g_usleep (LOOK_AGAIN_MS * 1000);
    }
  }
  tour_fail (walk, "the kiosk does not go on from its first screen.");
}

/* In another language the name goes on with the French one. */
static gboolean
is_chosen (const TourWalk *walk, const char *name)
{
  g_autofree char *with_french = walk->tongue != NULL ? g_strconcat (name, ", ", NULL) : NULL;
  g_autoptr (GPtrArray) things = tour_look (walk->program);

  for (guint i = 0; i < things->len; i++) {
    const TourThing *thing = things->pdata[i];

    if ((thing->role == TOUR_CHOICE || thing->role == TOUR_BOX) && thing->is_checked
        && (g_str_equal (thing->name, name) || (with_french != NULL && g_str_has_prefix (thing->name, with_french))))
      return TRUE;
  }
  return FALSE;
}

void
tour_choose (TourWalk *walk, const char *name)
{
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;

  tour_touch (walk, TOUR_ANY, name);
  while (!is_chosen (walk, name)) {
    if (g_get_monotonic_time () > end_us)
      tour_fail (walk, "\"%s\" is not marked after it was touched.", name);
    g_usleep (LOOK_AGAIN_MS * 1000);
  }
}

/* ---- typing ---- */

char *
tour_key_name (const TourWalk *walk, gunichar character)
{
  char text[7] = { 0 };

  if (character == ' ')
    return g_strdup (tour_word (walk, TOUR_WORD_SPACE));
  g_unichar_to_utf8 (g_unichar_tolower (character), text);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].key, text))
      return g_strdup (walk->tongue != NULL ? tour_tongue_say (walk->tongue, "key", keys[i].english)
                       : walk->is_english   ? keys[i].english
                                            : keys[i].french);
  return g_strdup (text);
}

/* What is on the screen now, or in a moment if @name is not there: keys come and go while the screen changes. */
static GPtrArray *
look_for_key (const TourWalk *walk, const char *name)
{
  GPtrArray *things = tour_look (walk->program);

  for (guint i = 0; i < KEY_LOOKS && tour_find (things, TOUR_BUTTON, name) == NULL; i++) {
    g_ptr_array_unref (things);
    g_usleep (LOOK_AGAIN_MS * 1000);
    things = tour_look (walk->program);
  }
  return things;
}

/* Turns to another page of the keyboard, if the key is not on this one, and switches capitals. */
static void
prepare_key (TourWalk *walk, const char *name, gunichar character)
{
  g_autoptr (GPtrArray) things = look_for_key (walk, name);
  const TourThing *capital = tour_find (things, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CAPITAL));

  if (tour_find (things, TOUR_BUTTON, name) == NULL) {
    TourWord page = g_unichar_isalpha (character) && capital != NULL ? TOUR_WORD_ACCENTS
                    : capital != NULL                                ? TOUR_WORD_DIGITS
                                                                     : TOUR_WORD_LETTERS;
    const TourThing *thing = tour_find (things, TOUR_BUTTON, tour_word (walk, page));

    if (thing == NULL)
      tour_fail (walk, "the keyboard on the screen has no key \"%s\".", name);
    tour_touch_thing (walk, thing);
  } else if (capital != NULL && g_unichar_isalpha (character)
             && g_str_equal (capital->description, tour_word (walk, TOUR_WORD_CAPITAL_ON))
                  != g_unichar_isupper (character)) {
    tour_touch_thing (walk, capital);
  }
}

static void
type_on_screen (TourWalk *walk, const char *text)
{
  g_autofree char *last = NULL;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    g_autofree char *name = tour_key_name (walk, character);
    g_autoptr (GPtrArray) things = NULL;
    const TourThing *thing;

    if (g_strcmp0 (last, name) == 0)
      g_usleep (SAME_TOUCH_MS * 1000);
    prepare_key (walk, name, character);
    things = look_for_key (walk, name);
    thing = tour_find (things, TOUR_BUTTON, name);
    if (thing == NULL)
      tour_fail (walk, "the keyboard on the screen has no key \"%s\".", name);
    tour_touch_thing (walk, thing);
    g_free (last);
    last = g_steal_pointer (&name);
  }
}

static void
type_with_keys (TourWalk *walk, const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!tour_hand_type (walk->hand, g_utf8_get_char (at)))
      tour_fail (walk, "the keyboard of this display has no key for a character of \"%s\".", text);
}

static const TourThing *
find_entry (const GPtrArray *things, const char *name)
{
  for (guint i = 0; i < things->len; i++) {
    const TourThing *thing = things->pdata[i];

    if (tour_is_entry (thing) && g_str_equal (thing->name, name))
      return thing;
  }
  return NULL;
}

/* As wait_for() looks for it: what is offered under another entry may just move this one. */
static const TourThing *
find_named_entry (const GPtrArray *things, int role, const char *name)
{
  (void) role;
  return find_entry (things, name);
}

/* What stands where, as one text. (transfer full) */
static char *
sketch (const GPtrArray *things)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < things->len; i++) {
    const TourThing *thing = things->pdata[i];

    g_string_append_printf (text, "%s@%d,%d;", thing->name, thing->x, thing->y);
  }
  return g_string_free (text, FALSE);
}

void
tour_settle (TourWalk *walk)
{
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;
  g_autofree char *before = NULL;

  while (g_get_monotonic_time () < end_us) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);
    g_autofree char *now = sketch (things);

    if (g_strcmp0 (now, before) == 0)
      return;
    g_free (before);
    before = g_steal_pointer (&now);
    g_usleep (LOOK_AGAIN_MS * 1000);
  }
}

/* Nobody is told what is in an entry: what the form may have put there goes first, however long it is. */
static void
type_into (TourWalk *walk, const TourThing *thing, TourWay way, const char *text, gboolean is_whole)
{
  tour_touch_thing (walk, thing);
  for (guint i = 0; is_whole && walk->may_be_filled && i < MAX_FILLED_CHARS; i++)
    tour_hand_type (walk->hand, '\b');
  tour_say (way == TOUR_BY_SCREEN ? "Type \"%s\" into \"%s\", on the screen" : "Type \"%s\" into \"%s\", with keys",
            text, thing->name);
  if (way == TOUR_BY_SCREEN)
    type_on_screen (walk, text);
  else
    type_with_keys (walk, text);
}

void
tour_type (TourWalk *walk, const char *entry, TourWay way, const char *text, const char *whole)
{
  const TourThing *thing;
  GPtrArray *things = wait_for (walk, TOUR_ANY, entry, find_named_entry, &thing);

  type_into (walk, thing, way, text, g_str_equal (text, whole));
  g_ptr_array_unref (things);
  tour_settle (walk);
}
