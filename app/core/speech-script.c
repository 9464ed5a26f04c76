/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of a screen: everything that can be read, in the same order. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/screen-state.h"
#include "core/spelling.h"
#include "core/texts.h"
#include "core/wipe.h"

PvUtterance *
pv_utterance_new (PvSaidKind kind, const char *text, const char *field_id, gboolean is_personal)
{
  PvUtterance *utterance = g_new0 (PvUtterance, 1);

  utterance->kind = kind;
  utterance->text = g_strdup (text);
  utterance->field_id = g_strdup (field_id);
  utterance->is_personal = is_personal;
  return utterance;
}

void
pv_utterance_free (PvUtterance *utterance)
{
  if (utterance == NULL)
    return;
  pv_wipe_str (utterance->text);
  g_free (utterance->field_id);
  g_free (utterance->plain);
  g_free (utterance);
}

static void
say_as (GPtrArray *speech, PvSaidKind kind, const char *text, const PvField *field, gboolean is_personal)
{
  if (text != NULL && text[0] != '\0')
    g_ptr_array_add (speech, pv_utterance_new (kind, text, field != NULL ? field->id : NULL, is_personal));
}

static void
say (GPtrArray *speech, const char *text, const PvField *field, gboolean is_personal)
{
  say_as (speech, PV_SAID_TEXT, text, field, is_personal);
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

gboolean
pv_field_is_ticked (const PvField *field)
{
  if (field->choices != NULL && field->choices->len > 0)
    return ((const PvChoice *) field->choices->pdata[0])->selected;
  return field->value != NULL && field->value[0] != '\0' && !g_str_equal (field->value, "no")
         && !g_str_equal (field->value, "false");
}

static PvUtterance *
speak_statement (const PvField *field)
{
  g_autofree char *text = NULL;

  if (pv_field_is_ticked (field))
    text = g_strdup_printf (_ ("%s, selected"), field->label);
  else
    /* Translators: spoken; an answer that is not chosen, a box that is not ticked. */
    text = g_strdup_printf (_ ("%s, not selected"), field->label);
  return pv_utterance_new (PV_SAID_CHOICE, text, field->id, FALSE); /* what is to be declared is the form's */
}

PvUtterance *
pv_field_speak_choice (const PvField *field, guint index)
{
  const PvChoice *choice;
  g_autoptr (PvSecretStr) text = NULL;
  PvUtterance *utterance;

  if (field->kind == PV_FIELD_STATEMENT)
    return speak_statement (field);
  choice = field->choices->pdata[index];
  if (!choice->enabled)
    /* Translators: spoken; an answer that cannot be chosen now. */
    text = g_strdup_printf (_ ("%s, not available"), choice->label);
  else if (choice->selected)
    /* Translators: spoken; an answer that is chosen. */
    text = g_strdup_printf (_ ("%s, selected"), choice->label);
  else
    text = g_strdup (choice->label);
  /* The label of a choice is the form's; that it is chosen is the person's. What is offered for what was typed tells it. */
  utterance = pv_utterance_new (PV_SAID_CHOICE, text, field->id,
                                (choice->selected || field->kind == PV_FIELD_INPUT) && field->is_personal);
  if (utterance->is_personal && field->kind != PV_FIELD_INPUT)
    utterance->plain = g_strdup (choice->label);
  return utterance;
}

static void
say_choice (GPtrArray *speech, const PvField *field, guint index)
{
  const PvChoice *choice = field->kind != PV_FIELD_STATEMENT ? field->choices->pdata[index] : NULL;
  const char *official = choice != NULL ? choice->official : field->official_label;
  PvUtterance *utterance = pv_field_speak_choice (field, index);

  /* What nobody translated is French, as long as nothing is said with it. */
  if (choice != NULL && choice->enabled && !choice->selected && g_strcmp0 (choice->label, official) == 0)
    utterance->language = PV_TEXTS_OFFICIAL;
  g_ptr_array_add (speech, utterance);
  if (utterance->language == NULL)
    say_in_french (speech, official, field);
  if (choice != NULL)
    say (speech, choice->detail, field, field->kind == PV_FIELD_INPUT && field->is_personal);
}

static void
say_row (GPtrArray *speech, const PvField *field, const PvSummaryRow *row)
{
  say_official (speech, row->label, row->official_label, field);
  if (row->is_open)
    say_official (speech, row->value, row->official_value, field);
  else
    say (speech, row->value, field, TRUE);
  say (speech, row->mark, field, FALSE);
  say (speech, row->edit_spoken, field, FALSE);
}

static gboolean
is_typed (PvFieldKind kind)
{
  return kind == PV_FIELD_INPUT || kind == PV_FIELD_LONG_INPUT || kind == PV_FIELD_DATE || kind == PV_FIELD_SEARCH
         || kind == PV_FIELD_CODE;
}

static void
say_value (GPtrArray *speech, const PvField *field)
{
  g_autoptr (PvSecretStr) spelled = field->kind == PV_FIELD_REFERENCE ? pv_spell_apart (field->value) : NULL;

  if (field->kind != PV_FIELD_QR && field->kind != PV_FIELD_STATEMENT) /* a picture: its caption says what it is for */
    say_as (speech, is_typed (field->kind) ? PV_SAID_TYPED : PV_SAID_TEXT, spelled != NULL ? spelled : field->value,
            field, field->is_personal);
  if (field->has_percent) {
    g_autofree char *percent = g_strdup_printf ("%u %%", field->percent);

    say_as (speech, PV_SAID_PROGRESS, percent, field, FALSE);
  }
}

/* Its label may repeat the answer. */
static void
say_keep (GPtrArray *speech, const PvField *field)
{
  PvUtterance *keep;

  if (field->keep_label == NULL)
    return;
  keep = pv_utterance_new (PV_SAID_TEXT, field->keep_label, field->id, TRUE);
  keep->plain = g_strdup (_ ("Keep my answer"));
  g_ptr_array_add (speech, keep);
}

/* Over the field: what a mediator proposes for it. */
static void
say_proposal (GPtrArray *speech, const PvField *field)
{
  if (field->proposal == NULL)
    return;
  say (speech, field->proposal, field, FALSE);
  say (speech, field->proposal_value, field, TRUE);
  say (speech, field->accept_label, field, FALSE);
  say_keep (speech, field);
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

/* Which one is wrong, and how: "Error. Date of birth: the month must be between 1 and 12." (EN 301 549, 11.3.3.1.2) */
static void
say_error (GPtrArray *speech, const PvField *field, const char *title)
{
  const char *name = field->label != NULL ? field->label : field->spoken_label != NULL ? field->spoken_label : title;
  g_autofree char *subject = g_strdup (name != NULL ? name : "");
  g_autoptr (PvSecretStr) text = NULL;

  if (field->error == NULL || field->error[0] == '\0')
    return;
  if (g_str_has_suffix (subject, ".")) /* what is to be declared is a sentence; here it is the beginning of one */
    subject[strlen (subject) - 1] = '\0';
  /* Translators: spoken; the name of a question, and what is wrong with its answer. */
  text = g_strdup_printf (_ ("Error. %s: %s"), subject, field->error);
  say_as (speech, PV_SAID_ERROR, text, field, FALSE);
}

static void
say_field (GPtrArray *speech, const PvField *field, const char *title)
{
  const char *label = field->label != NULL ? field->label : field->spoken_label;
  gboolean is_reference = field->kind == PV_FIELD_REFERENCE;
  gboolean is_code = is_reference && field->is_personal; /* its help may have another one */
  g_autoptr (PvSecretStr) help = is_code && field->help != NULL ? pv_spell_codes_in (field->help) : NULL;

  if (field->is_pointed)
    say_as (speech, PV_SAID_POINTED, _ ("The mediator shows this:"), field, FALSE);
  say_proposal (speech, field);
  if (g_strcmp0 (label, title) != 0 && field->kind != PV_FIELD_STATEMENT)
    say_official (speech, label, field->official_label, field);
  if (is_reference) /* under it stands what else it is good for */
    say_value (speech, field);
  if (help != NULL)
    say (speech, help, field, is_code);
  else
    say_official (speech, field->help, field->official_help, field);
  say_error (speech, field, title);
  say (speech, field->privacy, field, FALSE);
  say (speech, field->lift_label, field, FALSE);
  if (!is_reference)
    say_value (speech, field);
  say (speech, field->portrait, field, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (field->parts); i++) {
    say (speech, field->part_labels[i], field, FALSE);
    say_as (speech, PV_SAID_TYPED, field->parts[i], field, TRUE);
  }
  say_offers (speech, field);
  if (field->kind == PV_FIELD_STATEMENT)
    say_choice (speech, field, 0);
  for (guint i = 0; field->kind != PV_FIELD_STATEMENT && field->choices != NULL && i < field->choices->len; i++)
    say_choice (speech, field, i);
  for (guint i = 0; field->rows != NULL && i < field->rows->len; i++)
    say_row (speech, field, field->rows->pdata[i]);
}

static void
say_banner (GPtrArray *speech, const PvBanner *banner)
{
  if (banner == NULL)
    return;
  say (speech, banner->who, NULL, FALSE);
  say (speech, banner->may, NULL, FALSE);
}

static void
say_actions (GPtrArray *speech, const PvScreenState *state, PvActionPlace place)
{
  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = state->actions->pdata[i];

    const char *label = action->spoken != NULL ? action->spoken : action->label;
    g_autofree char *unavailable = NULL;

    if (pv_screen_state_place_action (state, action) != place)
      continue;
    if (action->is_pointed)
      say_as (speech, PV_SAID_POINTED, _ ("The mediator shows this:"), NULL, FALSE);
    if (!action->is_enabled)
      unavailable = g_strdup_printf (_ ("%s, not available"), label);
    say_as (speech, action->role == PV_ROLE_HELP ? PV_SAID_BAND : PV_SAID_TEXT,
            unavailable != NULL ? unavailable : label, NULL, FALSE);
  }
}

/* Where this is: first where somebody arrives, then last, because it is the same on every screen. */
static void
say_place (GPtrArray *speech, const PvScreenState *state, gboolean is_first)
{
  const char *const words[] = { state->commune, state->is_practice ? NULL : state->place };

  if ((state->id == PV_SCREEN_WELCOME) != is_first)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    guint before = speech->len;

    say_as (speech, is_first ? PV_SAID_TEXT : PV_SAID_BAND, words[i], NULL, FALSE);
    if (speech->len > before)
      ((PvUtterance *) speech->pdata[before])->language = PV_TEXTS_OFFICIAL;
  }
}

GPtrArray *
pv_screen_state_speech (const PvScreenState *state)
{
  GPtrArray *speech = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_utterance_free);

  say_place (speech, state, TRUE);
  if (state->is_practice)
    say (speech, _ ("Practice: nothing is sent."), NULL, FALSE);
  say (speech, state->step_text, NULL, FALSE);
  say_banner (speech, state->banner);
  say_official (speech, state->title, state->official_title, NULL);
  say_official (speech, state->help, state->official_help, NULL);
  say (speech, state->page_text, NULL, FALSE);
  say (speech, state->error_summary, NULL, FALSE);
  say_actions (speech, state, PV_PLACE_TOP);
  for (guint i = 0; i < state->notices->len; i++) {
    const PvNotice *notice = state->notices->pdata[i];

    say (speech, notice->text, NULL, FALSE);
    say (speech, notice->strong, NULL, FALSE);
  }
  say_actions (speech, state, PV_PLACE_START);
  for (guint i = 0; i < state->fields->len; i++)
    say_field (speech, state->fields->pdata[i], state->title);
  for (PvActionPlace place = PV_PLACE_BLOCK; place <= PV_PLACE_HELP; place++)
    say_actions (speech, state, place);
  say_place (speech, state, FALSE);
  return speech;
}
