/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Explain the words": the difficult words of a screen, each with what it means, on a sheet over it. */

#include <glib/gi18n-lib.h>

#include "core/journey-private.h"

enum {
  MAX_BAND_ACTIONS = 3,
  WORD_HEIGHT = 3,   /* half-lines: the word, and the space after its explanation */
  SHEET_RESERVE = 3, /* the number of the page */
};

/* ---- what a screen says ---- */

static gboolean
is_explained_screen (PvScreenId id)
{
  return id == PV_SCREEN_PROCEDURE || id == PV_SCREEN_QUESTION || id == PV_SCREEN_DOCUMENT || id == PV_SCREEN_CHECK
         || id == PV_SCREEN_DONE;
}

static void
find (const PvJourney *journey, const char *text, GPtrArray *found)
{
  pv_glossary_find (journey->glossary, journey->look.language, text, found);
}

/* Its own words, in the order of reading; never what the citizen answered. Of a paragraph the label is all of it. */
static void
find_in_field (const PvJourney *journey, const PvScreenState *state, const PvField *field, GPtrArray *found)
{
  find (journey, field->label, found);
  find (journey, field->help, found);
  for (guint i = 0; field->kind != PV_FIELD_INPUT && field->choices != NULL && i < field->choices->len; i++) {
    find (journey, ((const PvChoice *) field->choices->pdata[i])->label, found);
    find (journey, ((const PvChoice *) field->choices->pdata[i])->detail, found);
  }
  for (guint i = 0; field->rows != NULL && i < field->rows->len; i++) {
    find (journey, ((const PvSummaryRow *) field->rows->pdata[i])->label, found);
    if (state->id == PV_SCREEN_PROCEDURE) /* what to bring, what it costs: nothing is answered yet */
      find (journey, ((const PvSummaryRow *) field->rows->pdata[i])->value, found);
  }
}

/* (element-type PvGlossaryEntry): borrowed from the glossary. (transfer full) */
static GPtrArray *
list_words (const PvJourney *journey, const PvScreenState *state)
{
  GPtrArray *found = g_ptr_array_new ();

  if (journey->glossary == NULL || !is_explained_screen (state->id))
    return found;
  find (journey, state->title, found);
  find (journey, state->help, found);
  for (guint i = 0; i < state->notices->len; i++)
    find (journey, ((const PvNotice *) state->notices->pdata[i])->text, found);
  for (guint i = 0; i < state->fields->len; i++)
    find_in_field (journey, state, state->fields->pdata[i], found);
  for (guint i = 0; i < state->actions->len; i++) /* "Send from my phone": ways, not the bands */
    if (((const PvAction *) state->actions->pdata[i])->role == PV_ROLE_OPTION)
      find (journey, ((const PvAction *) state->actions->pdata[i])->label, found);
  return found;
}

static guint
count_band (const PvScreenState *state)
{
  guint n = 0;

  for (guint i = 0; i < state->actions->len; i++) {
    PvActionRole role = ((const PvAction *) state->actions->pdata[i])->role;

    n += role == PV_ROLE_BACK || role == PV_ROLE_SECONDARY || role == PV_ROLE_PRIMARY ? 1 : 0;
  }
  return n;
}

/* Before what leads on, as it stands in the band. */
static guint
find_place (const PvScreenState *state)
{
  for (guint i = 0; i < state->actions->len; i++) {
    PvActionRole role = ((const PvAction *) state->actions->pdata[i])->role;

    if (role == PV_ROLE_PRIMARY || role == PV_ROLE_HELP)
      return i;
  }
  return state->actions->len;
}

static gboolean
is_typed_on (const PvScreenState *state)
{
  for (guint i = 0; i < state->fields->len; i++) {
    PvFieldKind kind = ((const PvField *) state->fields->pdata[i])->kind;

    if (kind == PV_FIELD_INPUT || kind == PV_FIELD_LONG_INPUT || kind == PV_FIELD_DATE || kind == PV_FIELD_SEARCH)
      return TRUE;
  }
  return FALSE;
}

/* With a keyboard on a low screen, or in the largest letters, a third action would take the words from the help band. While
 * somebody helps, their banner has that room, and they can explain. */
static gboolean
has_room (const PvJourney *journey, const PvScreenState *state)
{
  gboolean is_low = journey->capacity.lines < PV_LOW_LINES;

  return count_band (state) < MAX_BAND_ACTIONS && !(is_low && (is_typed_on (state) || pv_journey_is_helped (journey)));
}

void
pv_screen_offer_words (PvJourney *journey, PvScreenState *state)
{
  g_autoptr (GPtrArray) found = list_words (journey, state);
  guint place = find_place (state);

  /* Another language has other difficult words: what the citizen can do is what counts. */
  if (!pv_journey_decide (journey, found->len > 0 && has_room (journey, state)))
    return;
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_OPEN_WORDS, _ ("Explain the words"));
  g_ptr_array_insert (state->actions, (gint) place, g_ptr_array_steal_index (state->actions, state->actions->len - 1));
}

/* ---- the sheet ---- */

void
pv_journey_open_words (PvJourney *journey)
{
  const PvScreenState *state = pv_journey_get_shared (journey);

  if (pv_screen_state_find_action (state, PV_DO_OPEN_WORDS) == NULL)
    return;
  g_clear_pointer (&journey->explained, g_ptr_array_unref);
  journey->explained = list_words (journey, state);
  journey->explained_page = 0;
  pv_journey_set_overlay (journey, PV_OVER_WORDS);
}

gboolean
pv_journey_handle_words (PvJourney *journey, const PvIntention *intention)
{
  switch ((gint) intention->kind) {
  case PV_DO_NEXT_PAGE:
    journey->explained_page++; /* the screen corrects it */
    return TRUE;
  case PV_DO_PREVIOUS_PAGE:
    journey->explained_page -= MIN (journey->explained_page, 1);
    return TRUE;
  default:
    return FALSE;
  }
}

/* The sheet has pages of its own; those of the screen below stay where they are. */
static guint
paginate (PvJourney *journey, guint *ret_first, guint *ret_end)
{
  guint heights[PV_GLOSSARY_MAX_FOUND] = { 0 };
  guint below = journey->page, n_pages;

  for (guint i = 0; i < journey->explained->len; i++) {
    const PvGlossaryEntry *entry = journey->explained->pdata[i];

    heights[i] = WORD_HEIGHT + pv_journey_text_height (journey, entry->explanation);
  }
  journey->page = journey->explained_page;
  n_pages = pv_journey_paginate (journey, heights, journey->explained->len, SHEET_RESERVE, ret_first, ret_end);
  journey->explained_page = journey->page;
  journey->page = below;
  return n_pages;
}

/* To read on comes before to close. */
static void
add_sheet_actions (PvJourney *journey, PvScreenState *state, guint n_pages)
{
  gboolean is_last = journey->explained_page + 1 >= n_pages;

  if (n_pages > 1)
    state->page_text = g_strdup_printf (_ ("Page %u of %u"), journey->explained_page + 1, n_pages);
  pv_screen_state_add_action (state, is_last ? PV_ROLE_PRIMARY : PV_ROLE_BACK, PV_DO_CLOSE, _ ("Close"));
  if (!is_last)
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT_PAGE, _ ("Next page"));
  if (journey->can_speak)
    pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_LISTEN, _ ("Listen"), "speaker");
}

PvScreenState *
pv_screen_words (PvJourney *journey)
{
  PvScreenState *state = pv_screen_new_overlay (journey, PV_SCREEN_WORDS, _ ("The words of this screen"), NULL);
  guint first, end, n_pages;

  if (journey->explained == NULL)
    journey->explained = g_ptr_array_new ();
  n_pages = paginate (journey, &first, &end);
  for (guint i = first; i < end; i++) {
    const PvGlossaryEntry *entry = journey->explained->pdata[i];
    g_autofree char *id = g_strdup_printf ("word-%u", i + 1);
    PvField *field = pv_screen_state_add_field (state, PV_FIELD_TEXT, id, entry->word);

    field->value = g_strdup (entry->explanation);
  }
  add_sheet_actions (journey, state, n_pages);
  return state;
}
