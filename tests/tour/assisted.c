/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assisted.h"

#include <string.h>

enum { LOOK_AGAIN_MS = 100, CODE_DIGITS = 6 };

static const char FAMILY_NAME[] = "Nom de famille";
static const char PROPOSED[] = "Durand";
static const char FIRST_NAMES[] = "Pr\u00e9noms";
static const char FILLED_IN[] = "Lina";

/* However the lines are broken. */
static gboolean
has_words (const char *text, const char *words)
{
  g_autofree char *line = g_strdup (text);

  g_strdelimit (line, "\n", ' ');
  return strstr (line, words) != NULL;
}

/* Something whose name, or what it says, has these words in it. */
static void
wait_for_words (TourWalk *walk, const char *words)
{
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;

  while (g_get_monotonic_time () < end_us) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);

    for (guint i = 0; i < things->len; i++) {
      const TourThing *thing = things->pdata[i];

      if (has_words (thing->name, words) || has_words (thing->description, words))
        return;
    }
    g_usleep (LOOK_AGAIN_MS * 1000);
  }
  tour_fail (walk, "nothing says \"%s\".", words);
}

/* The same of a word of the kiosk. Of one with a place that is filled in, its end: it may be said in two ways before. */
static void
wait_for_word (TourWalk *kiosk, TourWord word)
{
  const char *words = tour_word (kiosk, word), *end = strstr (words, "%u");

  wait_for_words (kiosk, end != NULL ? end + strlen ("%u") : words);
}

/* What the proposal was is in the entry then, which tells nobody. */
static void
wait_until_gone (TourWalk *kiosk, TourWord word)
{
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;

  while (g_get_monotonic_time () < end_us) {
    g_autoptr (GPtrArray) things = tour_look (kiosk->program);

    if (tour_find (things, TOUR_BUTTON, tour_word (kiosk, word)) == NULL)
      return;
    g_usleep (LOOK_AGAIN_MS * 1000);
  }
  tour_fail (kiosk, "\"%s\" does not go.", tour_word (kiosk, word));
}

/* The six digits, however they are grouped. (transfer full) (nullable) */
static char *
find_code (const GPtrArray *things)
{
  for (guint i = 0; i < things->len; i++) {
    GString *digits = g_string_new (NULL);
    const char *name = ((const TourThing *) things->pdata[i])->name;

    for (; *name == ' ' || g_ascii_isdigit (*name); name++)
      if (*name != ' ')
        g_string_append_c (digits, *name);
    if (*name == '\0' && digits->len == CODE_DIGITS)
      return g_string_free (digits, FALSE);
    g_string_free (digits, TRUE);
  }
  return NULL;
}

static char *
call_and_read_code (TourWalk *kiosk)
{
  const TourThing *thing;
  g_autoptr (GPtrArray) things = NULL;
  char *code;

  tour_touch (kiosk, TOUR_BUTTON, tour_word (kiosk, TOUR_WORD_CALL));
  g_ptr_array_unref (tour_wait (kiosk, TOUR_TITLE, tour_word (kiosk, TOUR_WORD_CALL), &thing));
  tour_picture (kiosk, "who-can-help");
  tour_touch_beginning (kiosk, TOUR_BUTTON, tour_word (kiosk, TOUR_WORD_AFAR));
  things = tour_wait (kiosk, TOUR_TITLE, tour_word (kiosk, TOUR_WORD_SAY_CODE), &thing);
  code = find_code (things);
  if (code == NULL)
    tour_fail (kiosk, "the screen shows no code of six digits.");
  tour_picture (kiosk, "code");
  tour_say ("The citizen calls, and has a code to say");
  return code;
}

static void
type_at (TourWalk *walk, const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!tour_hand_type (walk->hand, g_utf8_get_char (c)))
      tour_fail (walk, "the keyboard has no key for \"%s\".", c);
}

static void
join (TourWalk *console, const char *code)
{
  tour_touch_beginning (console, TOUR_ANY, "Borne de l");
  wait_for_words (console, "Six chiffres");
  tour_picture (console, "call");
  tour_touch_beginning (console, TOUR_ANY, "Six chiffres");
  type_at (console, code);
  tour_picture (console, "code-typed");
  tour_touch (console, TOUR_BUTTON, "Rejoindre");
}

/* The citizen is asked, and says yes. */
static void
say_yes (TourWalk *kiosk, TourWord title, const char *picture)
{
  const TourThing *thing;

  g_ptr_array_unref (tour_wait_fitting (kiosk, TOUR_TITLE, tour_word (kiosk, title), &thing));
  tour_picture (kiosk, picture);
  tour_touch (kiosk, TOUR_BUTTON, tour_word (kiosk, TOUR_WORD_YES));
}

/* What the mediator sees of an entry: it begins with its name, in her language or in that of the person. (transfer none) */
static const char *
wait_for_target (TourWalk *console, const TourWalk *kiosk, const char *target)
{
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;
  const char *translated = tour_translate (kiosk, target);

  while (g_get_monotonic_time () < end_us) {
    g_autoptr (GPtrArray) things = tour_look (console->program);

    if (tour_find_beginning (things, ATSPI_ROLE_LIST_ITEM, translated) != NULL)
      return translated;
    if (tour_find_beginning (things, ATSPI_ROLE_LIST_ITEM, target) != NULL)
      return target;
    g_usleep (LOOK_AGAIN_MS * 1000);
  }
  tour_fail (console, "the console does not show \"%s\".", target);
}

static void
choose (TourWalk *console, const TourWalk *kiosk, const char *tab, const char *target)
{
  tour_touch (console, TOUR_ANY, tab);
  if (target != NULL)
    tour_touch_beginning (console, ATSPI_ROLE_LIST_ITEM, wait_for_target (console, kiosk, target));
}

static void
show_and_explain (TourWalk *kiosk, TourWalk *console)
{
  choose (console, kiosk, "Montrer", FAMILY_NAME);
  tour_touch (console, TOUR_BUTTON, "Montrer \u00e0 la personne");
  wait_for_word (kiosk, TOUR_WORD_SHOWS_THIS);
  tour_picture (kiosk, "pointed");
  tour_picture (console, "pointed");
  tour_say ("The mediator points at \"%s\"", FAMILY_NAME);
  choose (console, kiosk, "Expliquer", NULL);
  tour_touch (console, TOUR_ANY, "Ce qui est affich\u00e9 et lu \u00e0 la personne");
  type_at (console, "Regardez le livret de famille.");
  tour_picture (console, "explain");
  tour_touch (console, TOUR_BUTTON, "Dire \u00e0 la personne");
  wait_for_words (kiosk, "Regardez le livret de famille.");
  tour_picture (kiosk, "explained");
  tour_touch (kiosk, TOUR_BUTTON, tour_word (kiosk, TOUR_WORD_REPLY));
  wait_for_word (kiosk, TOUR_WORD_NOT_UNDERSTOOD);
  tour_picture (kiosk, "reply");
  tour_touch_beginning (kiosk, TOUR_BUTTON, tour_word (kiosk, TOUR_WORD_NOT_UNDERSTOOD));
  wait_for_words (console, "Je ne comprends pas");
  tour_picture (console, "reply");
  tour_say ("The mediator explains, and the citizen answers with one touch");
}

static void
propose_and_accept (TourWalk *kiosk, TourWalk *console)
{
  choose (console, kiosk, "Proposer", FAMILY_NAME);
  tour_touch (console, TOUR_BUTTON, "Demander \u00e0 la personne");
  say_yes (kiosk, TOUR_WORD_MAY_PROPOSE, "consent-propose");
  tour_touch_beginning (console, TOUR_ANY, "R\u00e9ponse");
  type_at (console, PROPOSED);
  tour_picture (console, "propose");
  tour_touch (console, TOUR_BUTTON, "Proposer \u00e0 la personne");
  wait_for_word (kiosk, TOUR_WORD_ACCEPT);
  tour_picture (kiosk, "proposed");
  tour_touch (kiosk, TOUR_BUTTON, tour_word (kiosk, TOUR_WORD_ACCEPT));
  wait_until_gone (kiosk, TOUR_WORD_ACCEPT);
  tour_picture (console, "accepted");
  tour_say ("The citizen accepts what is proposed");
}

static void
lend_the_hand (TourWalk *kiosk, TourWalk *console)
{
  choose (console, kiosk, "Prendre la main", FIRST_NAMES);
  tour_touch (console, TOUR_BUTTON, "Demander \u00e0 la personne");
  say_yes (kiosk, TOUR_WORD_MAY_FILL_IN, "consent-hand");
  wait_for_word (kiosk, TOUR_WORD_HAS_HAND);
  tour_touch_beginning (console, TOUR_ANY, "R\u00e9ponse");
  type_at (console, FILLED_IN);
  tour_touch (console, TOUR_BUTTON, "Remplir");
  wait_for_words (console, "C\u2019est fait.");
  tour_picture (kiosk, "hand-lent");
  tour_picture (console, "hand-lent");
  tour_hand_touch (kiosk->hand, 540, 400); /* anywhere */
  wait_for_word (kiosk, TOUR_WORD_SEES_AND_PROPOSES);
  tour_picture (kiosk, "hand-back");
  tour_picture (console, "hand-back");
  tour_say ("The hand is lent, and any touch takes it back");
}

void
tour_be_helped (TourWalk *kiosk, TourWalk *console)
{
  const TourThing *thing;
  g_autofree char *code = NULL;
  g_autoptr (GPtrArray) things = NULL;

  tour_picture (console, "waiting");
  code = call_and_read_code (kiosk);
  join (console, code);
  say_yes (kiosk, TOUR_WORD_MAY_SEE, "consent-show");
  wait_for_target (console, kiosk, FAMILY_NAME);
  tour_picture (console, "mirror");
  tour_picture (kiosk, "seen");
  show_and_explain (kiosk, console);
  propose_and_accept (kiosk, console);
  lend_the_hand (kiosk, console);
  tour_touch (kiosk, TOUR_BUTTON, tour_word (kiosk, TOUR_WORD_STOP_HELP));
  g_ptr_array_unref (tour_wait (kiosk, TOUR_TITLE, tour_word (kiosk, TOUR_WORD_HELP_OVER), &thing));
  tour_picture (kiosk, "helped");
  tour_picture (console, "over");
  tour_touch (kiosk, TOUR_BUTTON, tour_word (kiosk, TOUR_WORD_CLOSE));
  things = tour_wait (kiosk, TOUR_BUTTON, tour_word (kiosk, TOUR_WORD_CONTINUE), &thing);
  tour_touch (kiosk, TOUR_BUTTON, tour_word (kiosk, TOUR_WORD_CONTINUE));
  g_ptr_array_unref (tour_wait_for_change (kiosk, things));
  g_hash_table_insert (kiosk->filed, g_strdup ("enfant_nom"), g_strdup (PROPOSED));
  g_hash_table_insert (kiosk->filed, g_strdup ("enfant_prenoms"), g_strdup (FILLED_IN));
}
