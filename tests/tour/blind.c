/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "blind.h"

#include <stdlib.h>
#include <string.h>

#include "blind-help.h"
#include "pad.h"

enum { MAX_STOPS = 60 };

/* Of the documents this one is scanned, the others are brought later. */
static const char SCANNED_TITLE[] = "Livret de famille ou acte de naissance";
static const char SCANNED_VARIABLE[] = "livret";

static void
plug_in (TourPad *pad, const char *plug)
{
  static const char *const hello[] = { "Votre casque fonctionne.",
                                       "Cette voix parle français.",
                                       "Les flèches déplacent.",
                                       "La touche Entrée choisit.",
                                       "Les touches sont sous l’écran, à gauche.",
                                       "Plus et moins changent le volume.",
                                       "Pour arrêter la voix, débranchez le casque.",
                                       NULL };

  if (!g_file_set_contents (plug, "", 0, NULL))
    tour_pad_fail (pad, "the headset cannot be plugged in.");
  tour_say ("The headset is plugged in");
  tour_pad_hear_all (pad, hello);
  tour_picture (pad->walk, "welcome");
}

/* Presses what is called so, and waits for the next screen. */
static void
go (TourPad *pad, const char *name, const char *title, const char *picture)
{
  tour_pad_choose (pad, name);
  tour_say ("Heard \"%s\"", tour_pad_hear_beginning (pad, title));
  tour_picture (pad->walk, picture);
}

/* ---- one question ---- */

/* What a control is called: the sentence before what it is. (transfer full) */
static char *
cut_name (const char *sentence)
{
  static const char *const marks[] = { ", à remplir", ", choix ", ", case ", ", bouton" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    const char *mark = strstr (sentence, marks[i]);

    if (mark != NULL)
      return g_strndup (sentence, (gsize) (mark - sentence));
  }
  return g_strdup (sentence);
}

static void
note_answer (TourPad *pad, const TourAnswer *answer)
{
  if (answer->variable != NULL)
    g_hash_table_insert (pad->walk->filed, g_strdup (answer->variable),
                         g_strdup (answer->stored != NULL ? answer->stored : answer->answer));
}

/* Returns what is wrong with what was typed, on purpose; NULL: nothing. */
static const TourAnswer *
answer_entry (TourPad *pad, const char *title, const char *name, const char *sentence)
{
  const TourAnswer *answer = tour_answer_for (pad->walk, title, name);
  const char *value;

  if (answer == NULL)
    tour_pad_fail (pad, "nobody told me what to type into \"%s\" at \"%s\".", name, title);
  if (answer->way == TOUR_LEFT_EMPTY)
    return NULL;
  value = strstr (sentence, ", à remplir, ") + strlen (", à remplir, ");
  if (!g_str_equal (value, "vide")) { /* the form proposes it, or somebody has helped */
    g_hash_table_insert (pad->walk->filed, g_strdup (answer->variable), g_strdup (value));
    return NULL;
  }
  note_answer (pad, answer);
  if (answer->wrong == NULL) {
    tour_pad_type (pad, answer->answer, answer->answer);
    return NULL;
  }
  tour_pad_type (pad, answer->wrong, answer->wrong);
  return answer;
}

/* How many are to be chosen. */
static guint
count_choices (const TourPad *pad, const char *title)
{
  guint n = 0;

  for (const TourAnswer *answer = tour_answer_touched (pad->walk, title, NULL); answer != NULL;
       answer = tour_answer_touched (pad->walk, title, answer))
    n += answer->way == TOUR_BY_CHOICE;
  return n;
}

/* TRUE: it is chosen. */
static gboolean
answer_choice (TourPad *pad, const char *title, const char *name, const char *sentence)
{
  for (const TourAnswer *answer = tour_answer_touched (pad->walk, title, NULL); answer != NULL;
       answer = tour_answer_touched (pad->walk, title, answer)) {
    const char *said;

    if (answer->way != TOUR_BY_CHOICE || !g_str_equal (answer->answer, name))
      continue;
    if (g_str_has_suffix (sentence, ", choisi"))
      return TRUE;
    note_answer (pad, answer);
    tour_pad_press (pad, TOUR_PAD_VALIDATE);
    said = tour_pad_hear_beginning (pad, name);
    if (!g_str_has_suffix (said, ", choisi"))
      tour_pad_fail (pad, "after \"%s\" was chosen, \"%s\" is said.", name, said);
    tour_say ("Heard \"%s\"", said);
    return TRUE;
  }
  return FALSE;
}

/* The keys are on what is wrong, and say so. */
static void
mend (TourPad *pad, const TourAnswer *answer)
{
  g_auto (GStrv) parts = g_strsplit (answer->error, ". ", 2);
  g_autofree char *named = g_strdup_printf ("%s : %s", answer->label, parts[0]);
  g_autofree char *at = g_strdup_printf ("%s, à remplir, %s", answer->label, answer->wrong);
  const char *said;

  tour_say ("Heard \"%s\"", tour_pad_hear_beginning (pad, "Erreur."));
  tour_say ("Heard \"%s\"", tour_pad_hear_beginning (pad, named));
  tour_picture (pad->walk, "error");
  pad->is_reading = TRUE;
  tour_pad_move (pad, TOUR_PAD_PREVIOUS);
  said = tour_pad_move (pad, TOUR_PAD_NEXT);
  if (!g_str_equal (said, at))
    tour_pad_fail (pad, "\"%s\" is said, and not \"%s\".", said, at);
  tour_pad_type (pad, answer->answer + strlen (answer->wrong), answer->answer);
}

/* The next title that somebody knows an answer to, or that ends the questions. (transfer none) */
static const char *
hear_title (TourPad *pad)
{
  for (;;) {
    const char *text = tour_pad_hear (pad);

    if (tour_answer_title (pad->walk, text) != NULL || g_str_equal (text, tour_word (pad->walk, TOUR_WORD_CHECK)))
      return text;
  }
}

/* From "Le numériser ici" back to the question, which then has the document. */
static void
scan (TourPad *pad, const char *title)
{
  pad->is_reading = TRUE;
  tour_pad_press (pad, TOUR_PAD_VALIDATE);
  tour_say ("Heard \"%s\"", tour_pad_hear_beginning (pad, "Posez la page sur la vitre"));
  tour_picture (pad->walk, "lay-the-page");
  go (pad, "Numériser, bouton", "Peut-on tout lire ?", "scanned");
  tour_pad_choose (pad, "C’est complet, bouton");
  tour_say ("Heard \"%s\"", tour_pad_hear_beginning (pad, title));
  g_hash_table_insert (pad->walk->filed, g_strdup (SCANNED_VARIABLE), g_strdup (TOUR_SOMETHING));
}

static void
answer_question (TourPad *pad, const char *title)
{
  const TourAnswer *wrong = NULL;
  g_autoptr (GHashTable) chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  pad->n_questions++;
  pad->is_reading = TRUE;
  tour_pad_go_to_first (pad);
  for (guint i = 0; i < MAX_STOPS; i++) {
    g_autofree char *sentence = g_strdup (tour_pad_move (pad, TOUR_PAD_NEXT));
    g_autofree char *name = cut_name (sentence);

    tour_say ("At \"%s\"", sentence);
    if (strstr (sentence, ", à remplir") != NULL) {
      const TourAnswer *is_wrong = answer_entry (pad, title, name, sentence);

      wrong = is_wrong != NULL ? is_wrong : wrong;
    } else if (g_str_has_prefix (sentence, "Continuer, bouton")) {
      if (g_hash_table_size (chosen) < count_choices (pad, title)) /* they may still be on their way */
        continue;
      tour_picture_of (pad->walk, title);
      pad->is_reading = TRUE;
      tour_pad_press (pad, TOUR_PAD_VALIDATE);
      if (wrong == NULL)
        return;
      mend (pad, wrong);
      wrong = NULL;
    } else if (g_str_has_prefix (sentence, "Le numériser ici") && g_str_equal (title, SCANNED_TITLE)) {
      scan (pad, title);
      return answer_question (pad, title);
    } else if (tour_pad_is_control (sentence)) {
      if (answer_choice (pad, title, name, sentence))
        g_hash_table_add (chosen, g_steal_pointer (&name));
    }
  }
  tour_pad_fail (pad, "there is no way on from \"%s\".", title);
}

static void
answer_all (TourPad *pad)
{
  const char *title = hear_title (pad);

  while (!g_str_equal (title, tour_word (pad->walk, TOUR_WORD_CHECK))) {
    g_autofree char *kept = g_strdup (title);

    tour_say ("The kiosk asks \"%s\"", kept);
    answer_question (pad, kept);
    title = hear_title (pad);
  }
}

/* ---- from the check to goodbye ---- */

/* Says yes to what is to be declared. */
static void
tick (TourPad *pad)
{
  const char *said;

  tour_pad_press (pad, TOUR_PAD_VALIDATE);
  said = tour_pad_hear (pad);
  if (!g_str_has_suffix (said, ", choisi"))
    tour_pad_fail (pad, "after a box was ticked, \"%s\" is said.", said);
  tour_say ("Heard \"%s\"", said);
}

/* Once around, wherever the keys are: each row is met with its number, and its answer is said. */
static void
check_page (TourPad *pad)
{
  gboolean is_around = FALSE;

  pad->is_reading = TRUE;
  for (guint i = 0; i < MAX_STOPS; i++) {
    g_autofree char *sentence = g_strdup (tour_pad_move (pad, TOUR_PAD_NEXT));

    if (is_around)
      tour_say ("At \"%s\"", sentence);
    if (is_around && g_str_has_prefix (sentence, "Modifier : Quel repas ?, "))
      tour_say ("Heard \"%s\"", tour_pad_hear_beginning (pad, "Repas habituel"));
    if (g_str_has_prefix (sentence, "Case : ") && !g_str_has_suffix (sentence, ", choisi"))
      tick (pad);
    if (is_around
        && (g_str_has_prefix (sentence, "Suite, bouton") || g_str_has_prefix (sentence, "Envoyer ma demande, bouton")))
      return;
    is_around |= g_str_equal (sentence, "Quitter, bouton"); /* the last one */
  }
  tour_pad_fail (pad, "there is no way on from the check.");
}

static void
check_and_send (TourPad *pad)
{
  for (guint page = 1;; page++) {
    g_autofree char *number = g_strdup_printf ("Page %u sur ", page);
    g_autofree char *heard = g_strdup (tour_pad_hear_beginning (pad, number));

    tour_say ("Heard \"%s\"", heard);
    check_page (pad);
    tour_picture (pad->walk, "check");
    pad->is_reading = TRUE;
    tour_pad_press (pad, TOUR_PAD_VALIDATE);
    if (strtoul (heard + strlen ("Page "), NULL, 10) == strtoul (strstr (heard, "sur ") + strlen ("sur "), NULL, 10))
      return;
  }
}

/* "1 2, tiret, 3": letter by letter. (transfer full): "12-3" */
static char *
join_letters (const char *spelled)
{
  GString *code = g_string_new (spelled);

  g_string_replace (code, "tiret", "-", 0);
  g_string_replace (code, ",", "", 0);
  g_string_replace (code, " ", "", 0);
  return g_string_free (code, FALSE);
}

static char *
receive (TourPad *pad)
{
  static const char *const facts[] = { "Reçue le ", "Sans réponse le ", "acceptée.", NULL };
  char *number;
  const char *spelled;

  tour_say ("Heard \"%s\"", tour_pad_hear_beginning (pad, tour_word (pad->walk, TOUR_WORD_RECEIVED)));
  tour_pad_hear_all (pad, facts);
  tour_pad_hear_beginning (pad, tour_word (pad->walk, TOUR_WORD_NUMBER));
  spelled = tour_pad_hear (pad);
  if (!g_regex_match_simple ("^[0-9A-Z](,? [0-9A-Z]|, tiret, [0-9A-Z])*$", spelled, 0, 0))
    tour_pad_fail (pad, "the number is said as \"%s\", not letter by letter.", spelled);
  number = join_letters (spelled);
  tour_say ("Heard \"%s\", which is \"%s\"", spelled, number);
  tour_picture (pad->walk, "received");
  return number;
}

static void
print_and_leave (TourPad *pad)
{
  static const char *const printed[] = { "Votre reçu est imprimé.", "Prenez-le.", NULL };
  static const char *const again[] = { "Votre casque fonctionne.", "Bonjour.", NULL };

  tour_pad_choose (pad, "Imprimer, bouton");
  tour_pad_hear_all (pad, printed);
  tour_picture (pad->walk, "printed");
  tour_pad_choose (pad, "J’ai fini, bouton");
  tour_say ("Heard \"%s\"", tour_pad_hear_beginning (pad, tour_word (pad->walk, TOUR_WORD_GOODBYE)));
  tour_picture_now (pad->walk, "goodbye");
  tour_pad_hear_all (pad, again);
  tour_say ("The next citizen is welcome");
}

/* ---- the whole ---- */

/* The keys of the voice: louder, and the screen once more. */
static void
try_voice (TourPad *pad)
{
  tour_pad_press (pad, TOUR_PAD_LOUDER);
  tour_say ("Heard \"%s\"", tour_pad_hear_beginning (pad, "Volume 70."));
  tour_pad_press (pad, TOUR_PAD_REPEAT);
  tour_say ("Heard \"%s\" again", tour_pad_hear_beginning (pad, "Que voulez-vous faire ?"));
  pad->is_reading = TRUE;
}

char *
tour_do_blind (TourWalk *walk, TourWalk *console, const char *voice, const char *plug)
{
  g_autofree char *record = g_build_filename (walk->folder, "heard.txt", NULL);
  TourPad pad = { .walk = walk, .ear = tour_ear_new (voice, record) };
  char *number;

  if (pad.ear == NULL)
    tour_fail (walk, "nothing can be heard.");
  plug_in (&pad, plug);
  pad.is_reading = TRUE;
  go (&pad, "Touchez pour commencer, bouton", "Que voulez-vous faire ?", "home");
  try_voice (&pad);
  go (&pad, "Famille et école, choix 2 sur ", "Famille et école", "family-and-school");
  go (&pad, "Inscription scolaire, choix ", "Inscription scolaire", "procedure");
  go (&pad, "Commencer, bouton", "Posez votre carte", "identity");
  tour_pad_choose (&pad, "Sans carte, bouton");
  if (console != NULL)
    tour_be_helped_by_ear (&pad, console);
  answer_all (&pad);
  check_and_send (&pad);
  number = receive (&pad);
  print_and_leave (&pad);
  if (tour_hand_count_touches (walk->hand) > 0)
    tour_fail (walk, "the screen was touched.");
  tour_say ("%u presses of a key, %u questions, and not one touch", pad.n_presses, pad.n_questions);
  g_clear_pointer (&pad.pages, g_hash_table_unref);
  tour_ear_free (pad.ear);
  return number;
}
