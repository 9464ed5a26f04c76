/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a mediator may see: the screen of the citizen, and the same once more in the mediator's language.
 *
 * Both are made by the same functions. What a screen decides by how long its texts are (which rows are on this page) is noted
 * while it is made for the citizen, and taken from there when it is made in another language. */

#include <string.h>

#include "core/journey-private.h"

guint
pv_journey_decide (PvJourney *journey, guint own)
{
  PvTelling *telling = &journey->telling;

  if (telling->is_noting)
    g_array_append_val (telling->decided, own);
  else if (telling->is_other && telling->n_taken < telling->decided->len)
    return g_array_index (telling->decided, guint, telling->n_taken++);
  return own;
}

const char *
pv_journey_get_read_language (const PvJourney *journey)
{
  return journey->telling.is_other ? journey->telling.language : journey->look.language;
}

const PvTexts *
pv_journey_get_read_texts (const PvJourney *journey)
{
  return journey->telling.is_other ? journey->telling.texts : journey->texts;
}

/* The procedures that are listed were found in the language in which the words were typed. */
GPtrArray *
pv_journey_list_entries (PvJourney *journey)
{
  const PvTelling *telling = &journey->telling;
  PvCatalogue *shown = pv_journey_get_catalogue (journey), *read = shown;
  GPtrArray *entries;

  if (telling->is_other)
    read = telling->translated != NULL ? telling->translated : journey->catalogue;
  if (read == NULL)
    return g_ptr_array_new ();
  entries = journey->is_searching ? pv_catalogue_search (read, journey->words != NULL ? journey->words : "")
                                  : pv_catalogue_list (read, journey->category);
  for (guint i = 0; read != shown && i < entries->len; i++)
    entries->pdata[i] = (gpointer) pv_catalogue_find (shown, ((const PvCatalogueEntry *) entries->pdata[i])->slug);
  return entries;
}

const PvScreenState *
pv_journey_get_shared (PvJourney *journey)
{
  PvTelling *telling = &journey->telling;
  PvOverlay overlay;

  if (journey->shared != NULL)
    return journey->shared;
  if (telling->decided == NULL)
    telling->decided = g_array_new (FALSE, FALSE, sizeof (guint));
  pv_journey_get_state (journey); /* what is jumped to is found once, and there */
  overlay = pv_overlay_is_about_help (journey->overlay) ? PV_OVER_NONE : journey->overlay;
  g_array_set_size (telling->decided, 0);
  telling->is_noting = TRUE;
  journey->shared = pv_journey_make_state (journey, overlay);
  telling->is_noting = FALSE;
  journey->shared->revision = journey->state->revision;
  return journey->shared;
}

/* ---- are they the same? ---- */

static gboolean
is_same_choice (const PvChoice *one, const PvChoice *other)
{
  return g_strcmp0 (one->id, other->id) == 0 && one->selected == other->selected && one->enabled == other->enabled
         && one->intention == other->intention;
}

static gboolean
are_same_choices (const GPtrArray *one, const GPtrArray *other)
{
  guint n = one != NULL ? one->len : 0;

  if (n != (other != NULL ? other->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!is_same_choice (one->pdata[i], other->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_same_row (const PvSummaryRow *one, const PvSummaryRow *other)
{
  return g_strcmp0 (one->edit_target, other->edit_target) == 0 && one->is_heading == other->is_heading
         && (one->value == NULL) == (other->value == NULL) && one->assist == other->assist
         && one->is_open == other->is_open;
}

static gboolean
are_same_rows (const GPtrArray *one, const GPtrArray *other)
{
  guint n = one != NULL ? one->len : 0;

  if (n != (other != NULL ? other->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!is_same_row (one->pdata[i], other->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_typed (const PvField *field)
{
  return field->kind == PV_FIELD_INPUT || field->kind == PV_FIELD_LONG_INPUT || field->kind == PV_FIELD_SEARCH
         || field->kind == PV_FIELD_CODE;
}

/* Who may see what is part of it: a mask is never another one. */
static gboolean
is_same_field (const PvField *one, const PvField *other)
{
  gboolean is_same = g_strcmp0 (one->id, other->id) == 0 && one->kind == other->kind && one->assist == other->assist
                     && one->is_personal == other->is_personal && one->is_locked == other->is_locked
                     && one->is_focused == other->is_focused && one->percent == other->percent
                     && (one->error == NULL) == (other->error == NULL) && (one->value == NULL) == (other->value == NULL)
                     && (!is_typed (one) || g_strcmp0 (one->value, other->value) == 0);

  for (gsize i = 0; i < G_N_ELEMENTS (one->parts); i++)
    is_same = is_same && g_strcmp0 (one->parts[i], other->parts[i]) == 0;
  return is_same && are_same_choices (one->choices, other->choices) && are_same_rows (one->rows, other->rows);
}

static gboolean
is_same_action (const PvAction *one, const PvAction *other)
{
  return one->intention == other->intention && one->role == other->role && one->is_enabled == other->is_enabled
         && g_strcmp0 (one->target, other->target) == 0 && g_strcmp0 (one->value, other->value) == 0;
}

static gboolean
is_same_screen (const PvScreenState *one, const PvScreenState *other)
{
  if (one->id != other->id || g_strcmp0 (one->key, other->key) != 0 || one->fields->len != other->fields->len
      || one->actions->len != other->actions->len)
    return FALSE;
  for (guint i = 0; i < one->fields->len; i++)
    if (!is_same_field (one->fields->pdata[i], other->fields->pdata[i]))
      return FALSE;
  for (guint i = 0; i < one->actions->len; i++)
    if (!is_same_action (one->actions->pdata[i], other->actions->pdata[i]))
      return FALSE;
  return TRUE;
}

/* ---- in another language ---- */

const char *
pv_journey_find_language (const PvJourney *journey, const char *code)
{
  for (guint i = 0; code != NULL && journey->languages[i] != NULL; i++)
    if (g_str_equal (journey->languages[i], code))
      return journey->languages[i];
  return journey->languages[0];
}

/* What the citizen reads is set aside, and comes back. */
static void
swap (PvJourney *journey, const char **language, PvTexts **texts, PvCatalogue **translated)
{
  const char *its_language = journey->look.language;
  PvTexts *its_texts = journey->texts;
  PvCatalogue *its_translated = journey->translated;

  journey->look.language = *language;
  journey->texts = *texts;
  journey->translated = *translated;
  *language = its_language;
  *texts = its_texts;
  *translated = its_translated;
}

PvScreenState *
pv_journey_make_shared_in (PvJourney *journey, const char *language, PvTexts *texts)
{
  PvTelling *telling = &journey->telling;
  guint page = journey->page, sheet_page = journey->help.sheet_page, explained_page = journey->explained_page;
  PvScreenState *state;

  g_return_val_if_fail (journey->shared != NULL, NULL);

  telling->language = pv_journey_find_language (journey, language);
  telling->texts = texts;
  telling->translated = NULL;
  swap (journey, &telling->language, &telling->texts, &telling->translated);
  telling->n_taken = 0;
  telling->is_other = TRUE;
  state =
    pv_journey_make_state (journey, pv_overlay_is_about_help (journey->overlay) ? PV_OVER_NONE : journey->overlay);
  state->revision = journey->shared->revision;
  telling->is_other = FALSE;
  swap (journey, &telling->language, &telling->texts, &telling->translated);
  g_clear_pointer (&telling->translated, pv_catalogue_unref);
  telling->texts = NULL;
  journey->page = page;
  journey->help.sheet_page = sheet_page;
  journey->explained_page = explained_page;
  if (is_same_screen (journey->shared, state))
    return state;
  pv_screen_state_free (state);
  return NULL;
}
