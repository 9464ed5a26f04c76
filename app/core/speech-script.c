/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of a screen: everything that can be read, in the same order. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/screen-state.h"
#include "core/texts.h"
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

const char *
pv_official_beside (const char *text, const char *official)
{
  return official != NULL && official[0] != '\0' && g_strcmp0 (text, official) != 0 ? official : NULL;
}

static void
say_in_french (GPtrArray *speech, const char *text, const PvField *field)
{
  guint before = speech->len;

  say (speech, text, field, FALSE);
  if (speech->len > before)
    ((PvUtterance *) speech->pdata[before])->language = PV_TEXTS_OFFICIAL;
}

/* A text of the portal, which is never personal: as it is translated, then in French; or in French only. */
static void
say_official (GPtrArray *speech, const char *text, const char *official, const PvField *field)
{
  if (official == NULL || pv_official_beside (text, official) != NULL)
    say (speech, text, field, FALSE);
  say_in_french (speech, official, field);
}

static void
say_choice (GPtrArray *speech, const PvField *field, const PvChoice *choice)
{
  const char *beside = pv_official_beside (choice->label, choice->official);
  g_autofree char *text = NULL;

  if (choice->enabled && !choice->selected && choice->official != NULL && beside == NULL) {
    say_in_french (speech, choice->label, field);
    say (speech, choice->detail, field, FALSE);
    return;
  }
  if (!choice->enabled)
    /* Translators: spoken; an answer that cannot be chosen now. */
    text = g_strdup_printf (_ ("%s, not available"), choice->label);
  else if (choice->selected)
    /* Translators: spoken; an answer that is chosen. */
    text = g_strdup_printf (_ ("%s, selected"), choice->label);
  else
    text = g_strdup (choice->label);
  /* The label of a choice is the form's; that it is chosen is the person's. What is offered for what was typed tells it. */
  say (speech, text, field, (choice->selected || field->kind == PV_FIELD_INPUT) && field->is_personal);
  if (choice->official != NULL)
    say_in_french (speech, choice->official, field);
  say (speech, choice->detail, field, field->kind == PV_FIELD_INPUT && field->is_personal);
}

static void
say_row (GPtrArray *speech, const PvField *field, const PvSummaryRow *row)
{
  say (speech, row->label, field, FALSE);
  say (speech, row->value, field, TRUE);
  say (speech, row->mark, field, FALSE);
  say (speech, row->edit_spoken, field, FALSE);
}

/* Digits for the phone are said one by one: "482 913" is no number. (transfer full) (nullable) */
static char *
spell_digits (const PvField *field)
{
  GString *spelled;

  if (field->kind != PV_FIELD_REFERENCE || field->value == NULL)
    return NULL;
  for (const char *p = field->value; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_ascii_isdigit (*p) && !g_unichar_isspace (g_utf8_get_char (p)))
      return NULL;
  spelled = g_string_sized_new (4 * strlen (field->value) + 1); /* what it outgrows would stay behind */
  for (const char *p = field->value; *p != '\0'; p = g_utf8_next_char (p)) {
    if (!g_ascii_isdigit (*p))
      g_string_append_c (spelled, ',');
    else
      g_string_append_printf (spelled, "%s%c", spelled->len > 0 ? " " : "", *p);
  }
  return g_string_free (spelled, FALSE);
}

static void
say_value (GPtrArray *speech, const PvField *field)
{
  g_autoptr (PvSecretStr) spelled = spell_digits (field);

  if (field->kind != PV_FIELD_QR) /* a picture: its caption says what it is for */
    say (speech, spelled != NULL ? spelled : field->value, field, field->is_personal);
}

/* What is asked of a mediator's help beside a field, after the field's own answer. */
static void
say_help (GPtrArray *speech, const PvField *field)
{
  say (speech, field->proposal, field, FALSE);
  say (speech, field->proposal_value, field, TRUE);
  if (field->proposal != NULL) {
    say (speech, field->accept_label, field, FALSE);
    say (speech, field->keep_label, field, TRUE); /* it repeats the answer */
  }
  say (speech, field->privacy, field, FALSE);
  say (speech, field->lift_label, field, FALSE);
}

char *
pv_field_dup_offers (const PvField *field)
{
  guint n = field->kind == PV_FIELD_INPUT && field->choices != NULL ? field->choices->len : 0;

  /* Translators: spoken; of what is typed, how it may be completed. */
  return n > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u suggestion", "%u suggestions", n), n) : NULL;
}

static void
say_offers (GPtrArray *speech, const PvField *field)
{
  g_autofree char *offers = pv_field_dup_offers (field);

  say (speech, offers, field, FALSE);
}

static void
say_field (GPtrArray *speech, const PvField *field, const char *title)
{
  const char *label = field->label != NULL ? field->label : field->spoken_label;

  if (field->is_pointed)
    say (speech, _ ("The mediator shows this:"), field, FALSE);
  if (g_strcmp0 (label, title) != 0)
    say_official (speech, label, field->official_label, field);
  say_official (speech, field->help, field->official_help, field);
  say (speech, field->error, field, FALSE);
  say_value (speech, field);
  say (speech, field->portrait, field, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (field->parts); i++) {
    say (speech, field->part_labels[i], field, FALSE);
    say (speech, field->parts[i], field, TRUE);
  }
  say_offers (speech, field);
  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++)
    say_choice (speech, field, field->choices->pdata[i]);
  for (guint i = 0; field->rows != NULL && i < field->rows->len; i++)
    say_row (speech, field, field->rows->pdata[i]);
  say_help (speech, field);
}

static void
say_banner (GPtrArray *speech, const PvBanner *banner)
{
  if (banner == NULL)
    return;
  say (speech, banner->who, NULL, FALSE);
  say (speech, banner->may, NULL, FALSE);
}

GPtrArray *
pv_screen_state_speech (const PvScreenState *state)
{
  GPtrArray *speech = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_utterance_free);

  if (state->is_practice)
    say (speech, _ ("Practice: nothing is sent."), NULL, FALSE);
  say (speech, state->step_text, NULL, FALSE);
  say_banner (speech, state->banner);
  say_official (speech, state->title, state->official_title, NULL);
  say_official (speech, state->help, state->official_help, NULL);
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

    if (action->is_enabled && action->is_pointed)
      say (speech, _ ("The mediator shows this:"), NULL, FALSE);
    if (action->is_enabled)
      say (speech, action->spoken != NULL ? action->spoken : action->label, NULL, FALSE);
  }
  return speech;
}
