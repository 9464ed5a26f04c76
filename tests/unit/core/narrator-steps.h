/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* narrator-steps.h: screens to be said, and an ear that writes down what a voice is told. */
#pragma once

#include "tst.h"

#include <string.h>

#include "core/narrator.h"

/* "What is your name?", a line to type, a choice, "Continue" and the help band. */
static inline PvScreenState *
make_question (void)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-1");
  PvField *field;

  state->title = g_strdup ("Who are you?");
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "name", "Name");
  field->value = g_strdup ("");
  field->is_personal = TRUE;
  field = pv_screen_state_add_field (state, PV_FIELD_CHOICE, "child", "A child?");
  field->is_personal = TRUE;
  pv_field_add_choice (field, "yes", "Yes");
  pv_field_add_choice (field, "no", "No");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continue");
  pv_screen_state_add_action (state, PV_ROLE_HELP, PV_DO_LISTEN, "Listen");
  return state;
}

static inline PvField *
question_field (PvScreenState *state, const char *id)
{
  return (PvField *) pv_screen_state_find_field (state, id);
}

static inline void
type_into (PvScreenState *state, const char *id, const char *text)
{
  PvField *field = question_field (state, id);

  g_free (field->value);
  field->value = g_strdup (text);
}

static inline void
choose (PvScreenState *state, const char *id, guint index)
{
  PvField *field = question_field (state, id);

  for (guint i = 0; i < field->choices->len; i++)
    ((PvChoice *) field->choices->pdata[i])->selected = i == index;
}

/* A voice that is never slow: each sentence is ended when it was begun. Returns what was said, with "|" between, "!" for
 * silence, "<headset>" for a route. */
static inline char *
hear (PvNarrator *narrator)
{
  GString *heard = g_string_new (NULL);
  PvSpeechOrder *order;

  while ((order = pv_narrator_pop (narrator)) != NULL) {
    const char *between = heard->len > 0 ? "|" : "";
    PvSpeechEvent event = { .kind = PV_SPEECH_ENDED, .id = order->id };

    switch (order->kind) {
    case PV_SPEECH_SAY:
      g_string_append_printf (heard, "%s%s", between, order->text);
      pv_narrator_event (narrator, &event);
      break;
    case PV_SPEECH_STOP:
      g_string_append_printf (heard, "%s!", between);
      break;
    case PV_SPEECH_VOLUME:
      g_string_append_printf (heard, "%s<%u>", between, order->number);
      break;
    case PV_SPEECH_ROUTE:
      g_string_append_printf (heard, "%s<%s>", between,
                              order->number == PV_ROUTE_HEADSET       ? "headset"
                              : order->number == PV_ROUTE_LOUDSPEAKER ? "loudspeaker"
                                                                      : "none");
      break;
    }
    pv_speech_order_free (order);
  }
  return g_string_free (heard, FALSE);
}

/* The voice is in the middle of the sentence that comes next. */
static inline char *
hear_one (PvNarrator *narrator)
{
  for (PvSpeechOrder *order = pv_narrator_pop (narrator); order != NULL; order = pv_narrator_pop (narrator)) {
    g_autoptr (PvSpeechOrder) mine = order;

    if (mine->kind == PV_SPEECH_SAY)
      return g_steal_pointer (&mine->text);
  }
  return NULL;
}

static inline void
assert_hears (PvNarrator *narrator, const char *expected)
{
  g_autofree char *heard = hear (narrator);

  assert_string_equal (heard, expected);
}

static inline void
assert_hears_one (PvNarrator *narrator, const char *expected)
{
  g_autofree char *heard = hear_one (narrator);

  assert_non_null (heard);
  assert_string_equal (heard, expected);
}

/* On, in the headset or on the loudspeaker, on @state; what was said so far is past. */
static inline PvNarrator *
make_narrator (const PvScreenState *state, PvSpeechRoute route)
{
  PvNarrator *narrator = pv_narrator_new (NULL);
  g_autofree char *heard = NULL;

  if (route == PV_ROUTE_HEADSET)
    pv_narrator_headset (narrator, TRUE);
  pv_narrator_show (narrator, state, "en");
  if (route == PV_ROUTE_LOUDSPEAKER)
    pv_narrator_do (narrator, PV_NARRATE_LISTEN);
  heard = hear (narrator);
  return narrator;
}
