/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of a screen: everything that can be read, in the same order. */

#include <glib/gi18n-lib.h>

#include "core/screen-state.h"
#include "core/wipe.h"

void
pv_utterance_free (PvUtterance *utterance)
{
  if (utterance == NULL)
    return;
  pv_wipe_str (utterance->text);
  g_free (utterance->field_id);
  g_free (utterance);
}

static void
say (GPtrArray *speech, const char *text, const PvField *field, gboolean is_personal)
{
  PvUtterance *utterance;

  if (text == NULL || text[0] == '\0')
    return;
  utterance = g_new0 (PvUtterance, 1);
  utterance->text = g_strdup (text);
  utterance->field_id = field != NULL ? g_strdup (field->id) : NULL;
  utterance->is_personal = is_personal;
  g_ptr_array_add (speech, utterance);
}

static void
say_choice (GPtrArray *speech, const PvField *field, const PvChoice *choice)
{
  g_autofree char *text = NULL;

  if (!choice->enabled)
    /* Translators: spoken; an answer that cannot be chosen now. */
    text = g_strdup_printf (_ ("%s, not available"), choice->label);
  else if (choice->selected)
    /* Translators: spoken; an answer that is chosen. */
    text = g_strdup_printf (_ ("%s, selected"), choice->label);
  else
    text = g_strdup (choice->label);
  /* The label of a choice is the form's; that it is chosen is the person's. */
  say (speech, text, field, choice->selected && field->is_personal);
  say (speech, choice->detail, field, FALSE);
}

static void
say_row (GPtrArray *speech, const PvField *field, const PvSummaryRow *row)
{
  say (speech, row->label, field, FALSE);
  say (speech, row->value, field, TRUE);
  say (speech, row->mark, field, FALSE);
  say (speech, row->edit_spoken, field, FALSE);
}

static void
say_field (GPtrArray *speech, const PvField *field, const char *title)
{
  const char *label = field->label != NULL ? field->label : field->spoken_label;

  if (g_strcmp0 (label, title) != 0)
    say (speech, label, field, FALSE);
  say (speech, field->help, field, FALSE);
  say (speech, field->error, field, FALSE);
  if (field->kind != PV_FIELD_QR) /* a picture: its caption says what it is for */
    say (speech, field->value, field, field->is_personal);
  for (guint i = 0; i < G_N_ELEMENTS (field->parts); i++) {
    say (speech, field->part_labels[i], field, FALSE);
    say (speech, field->parts[i], field, TRUE);
  }
  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++)
    say_choice (speech, field, field->choices->pdata[i]);
  for (guint i = 0; field->rows != NULL && i < field->rows->len; i++)
    say_row (speech, field, field->rows->pdata[i]);
}

GPtrArray *
pv_screen_state_speech (const PvScreenState *state)
{
  GPtrArray *speech = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_utterance_free);

  if (state->is_practice)
    say (speech, _ ("Practice: nothing is sent."), NULL, FALSE);
  say (speech, state->step_text, NULL, FALSE);
  say (speech, state->title, NULL, FALSE);
  say (speech, state->help, NULL, FALSE);
  say (speech, state->page_text, NULL, FALSE);
  say (speech, state->error_summary, NULL, FALSE);
  for (guint i = 0; i < state->notices->len; i++) {
    const PvNotice *notice = state->notices->pdata[i];

    say (speech, notice->text, NULL, FALSE);
    say (speech, notice->strong, NULL, FALSE);
  }
  for (guint i = 0; i < state->fields->len; i++)
    say_field (speech, state->fields->pdata[i], state->title);
  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = state->actions->pdata[i];

    if (action->is_enabled)
      say (speech, action->spoken != NULL ? action->spoken : action->label, NULL, FALSE);
  }
  return speech;
}
