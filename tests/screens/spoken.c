/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "spoken.h"

#include <stdio.h>
#include <string.h>

typedef struct {
  const char *where, *heard;
  const char *at; /* where the last text ends */
  guint n_wrong;
} Order;

char *
spoken_strip (const char *text)
{
  GString *stripped = g_string_new (NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (stripped, g_utf8_get_char (p));
  return g_string_free (stripped, FALSE);
}

char *
spoken_dup_script (const PvScreenState *state)
{
  g_autoptr (GPtrArray) speech = pv_screen_state_speech (state);
  g_autoptr (GString) script = g_string_new (NULL);

  for (guint i = 0; i < speech->len; i++)
    g_string_append (script, ((const PvUtterance *) speech->pdata[i])->text);
  return spoken_strip (script->str);
}

/* Where it ends; NULL: it is not there. */
static const char *
find (const char *heard, const char *text)
{
  g_autofree char *wanted = spoken_strip (text);
  const char *found = strstr (heard, wanted);

  return found != NULL ? found + strlen (wanted) : NULL;
}

/* "18-2047" is "1 8, tiret, 2 0 4 7"; two texts in a line are two. */
static const char *
find_code (const char *heard, const char *code)
{
  g_auto (GStrv) parts = g_strsplit_set (code != NULL ? code : "", "-/·", -1);

  for (guint i = 0; heard != NULL && parts[i] != NULL; i++)
    heard = find (heard, parts[i]);
  return heard;
}

char *
spoken_dup_unfilled (const char *text)
{
  const char *filling = text[0] == '[' ? strstr (text, " uno") : NULL;

  return filling != NULL ? g_strndup (text, (gsize) (filling - text)) : g_strdup (text);
}

gboolean
spoken_has (const char *heard, const char *text)
{
  g_autofree char *unfilled = spoken_dup_unfilled (text);

  return find (heard, text) != NULL || find_code (heard, text) != NULL || find (heard, unfilled) != NULL;
}

static void
expect_found (Order *order, const char *text, const char *end)
{
  if (end != NULL) {
    order->at = end;
    return;
  }
  printf ("# %s: %s \"%s\"\n", order->where, spoken_has (order->heard, text) ? "in another order" : "nobody says",
          text);
  order->n_wrong++;
}

static void
expect (Order *order, const char *text)
{
  g_autofree char *unfilled = spoken_dup_unfilled (text != NULL ? text : "");
  const char *end = find (order->at, text);

  expect_found (order, text, end != NULL ? end : find (order->at, unfilled));
}

static void
expect_official (Order *order, const char *text, const char *official)
{
  expect (order, text);
  expect (order, pv_official_beside (text, official));
}

static void
expect_field (Order *order, const PvScreenState *state, const PvField *field)
{
  expect (order, field->proposal);
  expect (order, field->proposal_value);
  expect (order, field->proposal != NULL ? field->accept_label : NULL);
  expect (order, field->proposal != NULL ? field->keep_label : NULL);
  if (g_strcmp0 (field->label, state->title) != 0 && field->kind != PV_FIELD_STATEMENT)
    expect_official (order, field->label, field->official_label);
  if (field->kind == PV_FIELD_REFERENCE)
    expect_found (order, field->value, find_code (order->at, field->value));
  expect_official (order, field->help, field->official_help);
  expect (order, field->error);
  expect (order, field->privacy);
  expect (order, field->lift_label);
  if (field->kind != PV_FIELD_REFERENCE && field->kind != PV_FIELD_QR && field->kind != PV_FIELD_STATEMENT)
    expect (order, field->value);
  expect (order, field->portrait);
  for (guint i = 0; i < G_N_ELEMENTS (field->parts); i++) {
    expect (order, field->part_labels[i]);
    expect (order, field->parts[i]);
  }
  if (field->kind == PV_FIELD_STATEMENT)
    expect_official (order, field->label, field->official_label);
  for (guint i = 0; field->kind != PV_FIELD_STATEMENT && field->choices != NULL && i < field->choices->len; i++) {
    const PvChoice *choice = field->choices->pdata[i];

    expect_official (order, choice->label, choice->official);
    expect (order, choice->detail);
  }
  for (guint i = 0; field->rows != NULL && i < field->rows->len; i++) {
    const PvSummaryRow *row = field->rows->pdata[i];

    expect (order, row->label);
    expect (order, row->value);
    expect (order, row->mark);
    expect (order, row->edit_spoken);
  }
}

/* They are in their order; those of these places. */
static void
expect_actions (Order *order, const PvScreenState *state, PvActionPlace first, PvActionPlace last)
{
  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = state->actions->pdata[i];
    PvActionPlace place = pv_screen_state_place_action (state, action);

    if (place >= first && place <= last)
      expect (order, place == PV_PLACE_TOP ? action->spoken : action->label);
  }
}

guint
spoken_check_order (const PvScreenState *state, const char *heard, const char *where)
{
  Order order = { .where = where, .heard = heard, .at = heard };

  expect (&order, state->step_text);
  expect (&order, state->banner != NULL ? state->banner->who : NULL);
  expect (&order, state->banner != NULL ? state->banner->may : NULL);
  expect_official (&order, state->title, state->official_title);
  expect_official (&order, state->help, state->official_help);
  expect (&order, state->page_text);
  expect (&order, state->error_summary);
  expect_actions (&order, state, PV_PLACE_TOP, PV_PLACE_TOP);
  for (guint i = 0; i < state->notices->len; i++) {
    expect (&order, ((const PvNotice *) state->notices->pdata[i])->text);
    expect (&order, ((const PvNotice *) state->notices->pdata[i])->strong);
  }
  expect_actions (&order, state, PV_PLACE_START, PV_PLACE_START);
  for (guint i = 0; i < state->fields->len; i++)
    expect_field (&order, state, state->fields->pdata[i]);
  expect_actions (&order, state, PV_PLACE_BLOCK, PV_PLACE_HELP);
  return order.n_wrong;
}
