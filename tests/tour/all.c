/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "all.h"

#include <string.h>

#include "finish.h"
#include "form.h"
#include "invoice.h"
#include "proof.h"

/* As a procedure is named to do it alone. */
static const char INVOICE[] = "invoice";
/* What the kiosk may complete. */
static const char STREET[] = "Numéro et rue";

enum { MAX_SCREENS = 120, LOOK_AGAIN_MS = 100, SETTLE_LOOKS = 20 };

static const struct {
  const char *slug, *category;
} procedures[] = {
  { "acte-naissance", "Mes papiers" },
  { "rendez-vous-identite", "Rendez-vous" },
  { "recensement-citoyen", "Mes papiers" },
  { "liste-electorale", "Mes papiers" },
  { "inscription-scolaire", "Famille et école" },
  { "cantine-periscolaire", "Famille et école" },
  { "ecole-musique", "Sports et culture" },
  { "activite-sportive", "Sports et culture" },
  { "occupation-rue", "Rue et logement" },
  { "signalement-rue", "Rue et logement" },
};

typedef struct Filling {
  TourWalk *walk;
  TourForm *form;
  guint at; /* number of the field that was answered last */
  gboolean has_declined;
} Filling;

static void
open_procedure (TourWalk *walk, const TourForm *form, const char *category)
{
  const TourThing *thing;

  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_TOUCH_TO_BEGIN), &thing));
  tour_begin (walk);
  tour_touch_beginning (walk, TOUR_BUTTON, category);
  g_ptr_array_unref (tour_wait (walk, TOUR_TITLE, category, &thing));
  for (;;) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);

    if (tour_find_beginning (things, TOUR_BUTTON, form->title) != NULL)
      break;
    tour_turn_page (walk, things);
  }
  tour_touch_beginning (walk, TOUR_BUTTON, form->title);
  g_ptr_array_unref (tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_BEGIN), &thing));
  tour_picture (walk, form->slug);
  tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_BEGIN));
}

/* The first question, after the card if one is asked for. */
static GPtrArray *
reach_first_question (TourWalk *walk)
{
  const TourThing *thing;
  const char *without = tour_word (walk, TOUR_WORD_WITHOUT_CARD);

  for (guint i = 0; i < SETTLE_LOOKS; i++) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);

    if (tour_find (things, TOUR_BUTTON, without) != NULL) {
      tour_touch (walk, TOUR_BUTTON, without);
      break;
    }
    if (tour_find (things, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE)) != NULL)
      break;
    g_usleep (LOOK_AGAIN_MS * 1000);
  }
  return tour_wait (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE), &thing);
}

static void
note (const Filling *filling, const TourAsk *ask, const char *answer)
{
  g_hash_table_insert (filling->walk->filed, g_strdup (ask->variable),
                       g_strdup (ask->stored != NULL ? ask->stored : answer));
}

static TourAsk *
find_ask (Filling *filling, const char *title, const char *label)
{
  TourAsk *ask = tour_form_find (filling->form, filling->at, title, label, &filling->at);

  if (ask == NULL)
    tour_fail (filling->walk, "the form has no field \"%s\" for the screen \"%s\".", label != NULL ? label : "", title);
  return ask;
}

static void
type_date (Filling *filling, const TourAsk *ask, const GPtrArray *things)
{
  static const char *const names[] = { "Jour", "Mois", "Année" };
  g_auto (GStrv) parts = g_strsplit (ask->answer, "/", 3);

  for (guint part = 0; part < G_N_ELEMENTS (names); part++)
    for (guint i = 0; i < things->len; i++) {
      const TourThing *thing = things->pdata[i];

      if (tour_is_entry (thing) && g_str_has_suffix (thing->name, names[part])
          && (g_str_equal (thing->name, names[part]) || g_str_has_prefix (thing->name, ask->label)))
        tour_type (filling->walk, thing->name, TOUR_BY_KEYBOARD, parts[part], parts[part]);
    }
  note (filling, ask, ask->answer);
}

static gboolean
is_date_part (const TourThing *thing)
{
  return g_str_has_suffix (thing->name, "Jour") || g_str_has_suffix (thing->name, "Mois")
         || g_str_has_suffix (thing->name, "Année");
}

static char *
label_of_date (const char *name, const char *title)
{
  g_autofree char *start = g_strndup (name, strlen (name) - strlen ("Jour"));

  g_strchomp (start);
  while (g_str_has_suffix (start, ",") || g_str_has_suffix (start, ":"))
    start[strlen (start) - 1] = '\0';
  return g_strdup (*start != '\0' ? g_strchomp (start) : title);
}

/* How it is called begins so: what it offers is nobody's but the citizen's. (transfer full) */
static char *
name_first_offer (const char *entry)
{
  return g_strdup_printf ("%s, choix 1 sur ", entry);
}

/* The first that is offered for what was typed. */
static void
choose_place (Filling *filling, const TourAsk *ask, const char *entry)
{
  TourWalk *walk = filling->walk;

  g_autofree char *first = name_first_offer (entry);

  tour_type (walk, entry, TOUR_BY_KEYBOARD, ask->answer, ask->answer);
  tour_touch_beginning (walk, TOUR_BUTTON, first);
  tour_picture (walk, "place");
  note (filling, ask, TOUR_SOMETHING);
}

/* The first address that the kiosk offers for what was typed is that; the other fields are then filled in. */
static void
take_offer (Filling *filling, const char *entry)
{
  TourWalk *walk = filling->walk;
  g_autofree char *first = name_first_offer (entry);

  for (guint i = 0; i < SETTLE_LOOKS; i++) {
    g_autoptr (GPtrArray) things = tour_look (walk->program);

    if (tour_find_beginning (things, TOUR_BUTTON, first) != NULL) {
      tour_touch_beginning (walk, TOUR_BUTTON, first);
      walk->may_be_filled = TRUE;
      tour_settle (walk);
      return;
    }
    g_usleep (LOOK_AGAIN_MS * 1000);
  }
}

static void
type_entry (Filling *filling, const char *title, const TourThing *thing, const GPtrArray *things)
{
  TourAsk *ask;

  if (is_date_part (thing)) {
    if (g_str_has_suffix (thing->name, "Jour")) {
      g_autofree char *label = label_of_date (thing->name, title);

      type_date (filling, find_ask (filling, title, label), things);
    }
    return;
  }
  ask = find_ask (filling, title, thing->name);
  if (ask->answer == NULL || (ask->is_contact && !filling->walk->has_contact))
    return;
  if (ask->kind == TOUR_ASK_PLACE) {
    choose_place (filling, ask, thing->name);
    return;
  }
  filling->walk->may_be_filled |= ask->is_filled;
  /* The keyboard of the display has no accents; the one on the screen has. */
  tour_type (filling->walk, thing->name, g_str_is_ascii (ask->answer) ? TOUR_BY_KEYBOARD : TOUR_BY_SCREEN, ask->answer,
             ask->answer);
  if (strstr (ask->label, "postal") != NULL) /* the kiosk knows which town that is */
    filling->walk->may_be_filled = TRUE;
  if (g_str_equal (ask->label, STREET))
    take_offer (filling, thing->name);
  note (filling, ask, ask->answer);
}

/* The wanted choice, perhaps on a further page; or the first that is offered. */
static void
choose (Filling *filling, const TourAsk *ask, const GPtrArray *things)
{
  g_autoptr (GPtrArray) now = g_ptr_array_ref ((GPtrArray *) things);
  const TourThing *thing;

  while ((thing = tour_find (now, TOUR_CHOICE, ask->answer)) == NULL) {
    if (ask->answer == NULL)
      tour_fail (filling->walk, "nothing can be chosen for \"%s\".", ask->label);
    tour_touch (filling->walk, TOUR_BUTTON, "Autres réponses");
    g_ptr_array_unref (now);
    now = tour_wait_for_change (filling->walk, things);
  }
  note (filling, ask, thing->name);
  tour_choose (filling->walk, thing->name);
}

static void
tick (Filling *filling, const TourAsk *ask, const GPtrArray *things)
{
  const TourThing *thing = tour_find (things, TOUR_BOX, ask->answer);

  if (thing == NULL)
    tour_fail (filling->walk, "\"%s\" cannot be ticked.", ask->answer != NULL ? ask->answer : ask->label);
  note (filling, ask, thing->name);
  tour_choose (filling->walk, thing->name);
}

/* What the kiosk says of a page while it is scanned; it comes within the limit of every screen. */
static void
scan (Filling *filling, const TourAsk *ask)
{
  TourWalk *walk = filling->walk;
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
  note (filling, ask, TOUR_SOMETHING);
}

/* A day, and a time of it. */
static void
choose_slot (Filling *filling, const TourAsk *ask, const GPtrArray *things)
{
  TourWalk *walk = filling->walk;
  gint64 end_us = g_get_monotonic_time () + TOUR_LIMIT_MS * 1000;

  tour_choose (walk, tour_find (things, TOUR_CHOICE, NULL)->name);
  while (g_get_monotonic_time () < end_us) {
    g_autoptr (GPtrArray) now = tour_look (walk->program);

    for (guint i = 0; i < now->len; i++) {
      const TourThing *thing = now->pdata[i];

      if (thing->role != TOUR_CHOICE || !g_regex_match_simple ("^[0-9]+ h", thing->name, 0, 0))
        continue;
      tour_picture (walk, "appointment");
      tour_choose (walk, thing->name);
      note (filling, ask, TOUR_SOMETHING);
      return;
    }
    g_usleep (LOOK_AGAIN_MS * 1000);
  }
  tour_fail (walk, "no time is offered.");
}

/* TRUE if a button led on to the next screen. */
static gboolean
press_instead (Filling *filling, const char *title, const GPtrArray *things)
{
  TourWalk *walk = filling->walk;

  if (!walk->has_contact && tour_find_beginning (things, TOUR_BUTTON, tour_word (walk, TOUR_WORD_NONE)) != NULL) {
    tour_touch_beginning (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_NONE));
    filling->has_declined = TRUE;
    return TRUE;
  }
  if (tour_find_beginning (things, TOUR_BUTTON, tour_word (walk, TOUR_WORD_LATER)) != NULL) {
    const TourAsk *ask = find_ask (filling, title, NULL);

    if (g_strcmp0 (ask->answer, TOUR_SCAN) == 0) {
      scan (filling, ask);
      return FALSE;
    }
    tour_touch_beginning (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_LATER));
    return TRUE;
  }
  return FALSE;
}

static void
answer_choices (Filling *filling, const char *title, const GPtrArray *things)
{
  TourAsk *ask;

  if (tour_find (things, TOUR_CHOICE, NULL) != NULL) {
    ask = find_ask (filling, title, NULL);
    if (ask->kind == TOUR_ASK_SLOT)
      choose_slot (filling, ask, things);
    else
      choose (filling, ask, things);
  } else if (tour_find (things, TOUR_BOX, NULL) != NULL) {
    ask = find_ask (filling, title, NULL);
    tick (filling, ask, things);
  }
}

static GPtrArray *
answer_screen (Filling *filling, const GPtrArray *things)
{
  TourWalk *walk = filling->walk;
  g_autofree char *title = tour_get_title (things);

  tour_say ("The kiosk asks \"%s\"", title);
  walk->may_be_filled = FALSE;
  for (guint i = 0; i < things->len; i++) {
    const TourThing *thing = things->pdata[i];

    if (tour_is_entry (thing) && !g_str_equal (thing->name, tour_word (walk, TOUR_WORD_SEARCH_LIST)))
      type_entry (filling, title, thing, things);
  }
  answer_choices (filling, title, things);
  if (!press_instead (filling, title, things)) {
    g_autoptr (GPtrArray) answered = tour_look (walk->program);

    tour_touch (walk, TOUR_BUTTON, tour_word (walk, TOUR_WORD_CONTINUE));
    return tour_wait_for_change (walk, answered);
  }
  return tour_wait_for_change (walk, things);
}

static void
note_statements (const Filling *filling)
{
  for (guint i = 0; i < filling->form->asks->len; i++) {
    const TourAsk *ask = filling->form->asks->pdata[i];

    if (ask->kind == TOUR_ASK_STATEMENT)
      g_hash_table_insert (filling->walk->filed, g_strdup (ask->variable), g_strdup ("Oui"));
  }
}

static void
do_one (TourWalk *walk, const TourPlaces *places, const char *slug, const char *category)
{
  g_autoptr (TourForm) form = tour_form_new (places->forms, slug);
  g_autoptr (GPtrArray) things = NULL;
  g_autofree char *number = NULL;
  Filling filling = { walk, form, 0, FALSE };

  tour_say ("== %s", form->title);
  g_hash_table_remove_all (walk->filed);
  open_procedure (walk, form, category);
  things = reach_first_question (walk);
  for (guint i = 0; tour_find (things, TOUR_TITLE, tour_word (walk, TOUR_WORD_CHECK)) == NULL; i++) {
    GPtrArray *next = answer_screen (&filling, things);

    g_ptr_array_unref (things);
    things = next;
    if (i > MAX_SCREENS)
      tour_fail (walk, "%s does not come to an end.", slug);
  }
  note_statements (&filling);
  tour_tick_and_send (walk);
  number = tour_receive_and_print (walk);
  tour_leave (walk);
  tour_prove_filing (walk, places->demo_program, places->demo_state, number);
  if (filling.has_declined)
    tour_prove_note (walk, places->demo_program, places->demo_state);
  tour_prove_nothing_else (walk, places->demo_program, places->demo_state);
  tour_prove_paper (walk, places->printer_folder, "receipt.pdf", number);
}

void
tour_do_all (TourWalk *walk, const TourPlaces *places)
{
  guint n_done = 0;

  for (guint i = 0; i < G_N_ELEMENTS (procedures); i++) {
    if (places->only != NULL && !g_str_equal (places->only, procedures[i].slug))
      continue;
    do_one (walk, places, procedures[i].slug, procedures[i].category);
    n_done++;
  }
  if (places->control != NULL && (places->only == NULL || g_str_equal (places->only, INVOICE))) {
    tour_see_invoice (walk, places->control, places->printer_folder);
    n_done++;
  }
  if (n_done == 0)
    tour_fail (walk, "there is nothing called \"%s\" to do.", places->only);
}
