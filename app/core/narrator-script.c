/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a screen is said: all of it, what changed, or what the keys are on. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/narrator-private.h"
#include "core/spelling.h"
#include "core/texts.h"
#include "core/wipe.h"

static GPtrArray *
new_script (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) pv_utterance_free);
}

/* ---- sentences ---- */

/* A full stop after one letter or figure is none: "M. Martin", "1. Choisir". */
static gboolean
is_end (const char *text, const char *stop)
{
  const char *before = stop, *after = g_utf8_next_char (stop);
  gunichar sign = g_utf8_get_char (stop);
  guint n = 0;

  if (sign == '\n')
    return TRUE;
  if ((sign != '.' && sign != '!' && sign != '?' && sign != 0x2026) || !g_unichar_isspace (g_utf8_get_char (after)))
    return FALSE;
  while (g_unichar_isspace (g_utf8_get_char (after)))
    after = g_utf8_next_char (after);
  while (before > text && n < 2) {
    const char *letter = g_utf8_prev_char (before);

    if (!g_unichar_isalnum (g_utf8_get_char (letter)))
      break;
    before = letter;
    n++;
  }
  return !g_unichar_islower (g_utf8_get_char (after)) && (sign != '.' || n > 1);
}

/* Bytes of the first sentence, with its sign. */
static gsize
measure_sentence (const char *text)
{
  const char *p = text, *space = NULL;
  guint n = 0;

  for (; *p != '\0' && n < PV_SENTENCE_MAX_CHARS; p = g_utf8_next_char (p), n++) {
    if (is_end (text, p))
      return (gsize) (g_utf8_next_char (p) - text);
    if (*p == ' ')
      space = p;
  }
  return (gsize) ((*p != '\0' && space != NULL ? space + 1 : p) - text);
}

void
pv_script_add (GPtrArray *script, PvUtterance *utterance)
{
  g_autoptr (PvUtterance) whole = utterance;
  const char *p = utterance->text;

  while (*p != '\0') {
    gsize size = measure_sentence (p);
    PvUtterance *part;
    g_autoptr (PvSecretStr) sentence = g_strstrip (g_strndup (p, size));

    p += size;
    if (sentence[0] == '\0')
      continue;
    part = pv_utterance_new (whole->kind, sentence, whole->field_id, whole->is_personal);
    part->plain = g_steal_pointer (&whole->plain);
    part->language = whole->language;
    g_ptr_array_add (script, part);
  }
}

static void
add (GPtrArray *script, const char *text, const PvField *field, gboolean is_personal, const char *plain)
{
  PvUtterance *utterance = pv_utterance_new (PV_SAID_TEXT, text, field != NULL ? field->id : NULL, is_personal);

  utterance->plain = g_strdup (plain);
  pv_script_add (script, utterance);
}

GPtrArray *
pv_script_screen (const PvScreenState *state)
{
  g_autoptr (GPtrArray) speech = pv_screen_state_speech (state);
  GPtrArray *script = new_script ();

  for (guint i = 0; i < speech->len; i++)
    pv_script_add (script, g_steal_pointer (&speech->pdata[i]));
  return script;
}

/* ---- names ---- */

static const char *
name_of (const PvField *field, const PvScreenState *state)
{
  return field->spoken_label != NULL ? field->spoken_label : field->label != NULL ? field->label : state->title;
}

/* What nobody translated is French. */
static gboolean
is_french (const char *text, const char *official)
{
  return official != NULL && g_strcmp0 (text, official) == 0;
}

static gboolean
is_french_name (const PvField *field, const PvScreenState *state)
{
  return is_french (name_of (field, state), field->label != NULL ? field->official_label : state->official_title);
}

static void
add_named (GPtrArray *script, const char *name, gboolean is_in_french, const PvField *field)
{
  PvUtterance *utterance = pv_utterance_new (PV_SAID_TEXT, name, field->id, FALSE);

  if (is_in_french)
    utterance->language = PV_TEXTS_OFFICIAL;
  pv_script_add (script, utterance);
}

/* Of ", choice 2 of 3" what is left when the name before it was said by itself. */
static char *
without_comma (char *text)
{
  char *first = text;

  while (*first != '\0' && !g_unichar_isalnum (g_utf8_get_char (first)))
    first = g_utf8_next_char (first);
  memmove (text, first, strlen (first) + 1);
  return text;
}

/* ---- what changed ---- */

gboolean
pv_script_is_another (const PvScreenState *before, const PvScreenState *now)
{
  return before == NULL || g_strcmp0 (before->key, now->key) != 0 || g_strcmp0 (before->title, now->title) != 0
         || g_strcmp0 (before->page_text, now->page_text) != 0;
}

/* The same thing at the same place; each is found once. */
static gboolean
take (GPtrArray *speech, const PvUtterance *wanted)
{
  for (guint i = 0; i < speech->len; i++) {
    const PvUtterance *said = speech->pdata[i];

    if (said->kind != wanted->kind || g_strcmp0 (said->field_id, wanted->field_id) != 0
        || !g_str_equal (said->text, wanted->text))
      continue;
    g_ptr_array_remove_index (speech, i);
    return TRUE;
  }
  return FALSE;
}

static const PvChoice *
find_choice (const PvField *field, const char *id)
{
  for (guint i = 0; field != NULL && field->choices != NULL && i < field->choices->len; i++)
    if (g_strcmp0 (((const PvChoice *) field->choices->pdata[i])->id, id) == 0)
      return field->choices->pdata[i];
  return NULL;
}

static gboolean
has_boxes (const PvField *field)
{
  return field->kind == PV_FIELD_CHOICES || field->kind == PV_FIELD_STATEMENT;
}

/* The state of what was touched; which one it is knows who touched it, and a loudspeaker does not say. */
static void
add_changed_choice (GPtrArray *script, const PvField *field, guint index, const PvChoice *before)
{
  const PvChoice *choice = field->choices->pdata[index];
  PvUtterance *utterance;
  g_autoptr (PvSecretStr) text = NULL;

  if (before != NULL && before->selected == choice->selected && g_str_equal (before->label, choice->label))
    return;
  if (before != NULL && before->selected && !choice->selected && !has_boxes (field))
    return; /* another one is chosen instead, and said */
  utterance = pv_field_speak_choice (field, index);
  if (before != NULL && before->selected && !choice->selected && field->kind == PV_FIELD_CHOICES) {
    text = g_strdup_printf (_ ("%s, not selected"), choice->label);
    pv_utterance_free (utterance);
    utterance = pv_utterance_new (PV_SAID_CHOICE, text, field->id, field->is_personal);
  }
  if (before != NULL && utterance->is_personal && field->kind != PV_FIELD_INPUT) {
    g_free (utterance->plain);
    utterance->plain = g_strdup (choice->selected ? _ ("Selected.") : _ ("No longer selected."));
  }
  pv_script_add (script, utterance);
}

/* What is offered while somebody types changes with each letter: how many there are is said. */
static void
add_if_changed (GPtrArray *script, const PvScreenState *before, const PvField *field, guint index)
{
  const PvField *old = pv_screen_state_find_field (before, field->id);

  if (field->choices == NULL || index >= field->choices->len || field->kind == PV_FIELD_INPUT)
    return;
  add_changed_choice (script, field, index, find_choice (old, ((const PvChoice *) field->choices->pdata[index])->id));
}

/* @typed: the field, or a part of it. */
static gboolean
is_of_field (const PvUtterance *utterance, const char *typed)
{
  gsize size = utterance->field_id != NULL ? strlen (utterance->field_id) : 0;

  return typed != NULL && size > 0 && strncmp (typed, utterance->field_id, size) == 0
         && (typed[size] == '\0' || typed[size] == '/');
}

/* What stands beside something that is offered for what was typed. */
static gboolean
is_offer (const PvScreenState *now, const PvUtterance *utterance)
{
  const PvField *field = utterance->field_id != NULL ? pv_screen_state_find_field (now, utterance->field_id) : NULL;

  if (field == NULL || field->kind != PV_FIELD_INPUT || field->choices == NULL)
    return FALSE;
  for (guint i = 0; i < field->choices->len; i++)
    if (g_strcmp0 (((const PvChoice *) field->choices->pdata[i])->detail, utterance->text) == 0)
      return TRUE;
  return FALSE;
}

/* Utterance @at says that something is pointed at; what it is was said already. */
static void
add_pointed (GPtrArray *script, const PvScreenState *now, GPtrArray *speech, guint at)
{
  const PvUtterance *next = at + 1 < speech->len ? speech->pdata[at + 1] : NULL;
  const char *id = ((const PvUtterance *) speech->pdata[at])->field_id;
  const PvField *field = id != NULL ? pv_screen_state_find_field (now, id) : NULL;

  pv_script_add (script, g_steal_pointer (&speech->pdata[at]));
  if (field != NULL)
    add_named (script, name_of (field, now), is_french_name (field, now), field);
  else if (next != NULL)
    add (script, next->text, NULL, next->is_personal, next->plain);
}

GPtrArray *
pv_script_changes (const PvScreenState *before, const PvScreenState *now, const char *typed)
{
  g_autoptr (GPtrArray) old = pv_screen_state_speech (before), speech = pv_screen_state_speech (now);
  g_autoptr (GPtrArray) rest = new_script ();
  GPtrArray *script = new_script ();
  const PvField *field = NULL;
  guint index = 0;

  for (guint i = 0; i < speech->len; i++) {
    PvUtterance *utterance = speech->pdata[i];

    if (utterance->kind == PV_SAID_CHOICE) {
      const PvField *of = pv_screen_state_find_field (now, utterance->field_id);

      index = of == field ? index + 1 : 0;
      field = of;
      add_if_changed (rest, before, of, index);
      continue;
    }
    if (take (old, utterance) || utterance->kind == PV_SAID_BAND || utterance->kind == PV_SAID_PROGRESS
        || (utterance->kind == PV_SAID_TYPED && is_of_field (utterance, typed))
        || (utterance->kind == PV_SAID_TEXT && is_offer (now, utterance)))
      continue;
    if (utterance->kind == PV_SAID_POINTED)
      add_pointed (rest, now, speech, i);
    else
      pv_script_add (utterance->kind == PV_SAID_ERROR ? script : rest, g_steal_pointer (&speech->pdata[i]));
  }
  for (guint i = 0; i < rest->len; i++)
    g_ptr_array_add (script, g_steal_pointer (&rest->pdata[i]));
  return script;
}

/* ---- where the keys are ---- */

static void
focus_typed (GPtrArray *script, const PvScreenState *state, const PvField *field, guint index)
{
  gboolean is_part = field->kind == PV_FIELD_DATE && index < G_N_ELEMENTS (field->parts);
  gboolean is_apart = is_french_name (field, state);
  const char *name = is_apart ? "" : name_of (field, state);
  const char *value = is_part ? field->parts[index] : field->value;
  const char *part = is_part && field->part_labels[index] != NULL ? field->part_labels[index] : NULL;
  g_autofree char *plain = NULL;
  g_autoptr (PvSecretStr) text = NULL;

  if (part != NULL)
    /* Translators: spoken; a question, and one of its boxes: "Date of birth, month, to fill in". */
    plain = g_strdup_printf (_ ("%s, %s, to fill in"), name, part);
  else
    /* Translators: spoken; a question that is answered by typing. */
    plain = g_strdup_printf (_ ("%s, to fill in"), name);
  if (is_apart) {
    add_named (script, name_of (field, state), TRUE, field);
    without_comma (plain);
  }
  if (value == NULL || value[0] == '\0')
    text = g_strdup_printf (_ ("%s, empty"), plain);
  else
    text = g_strdup_printf ("%s, %s", plain, value);
  add (script, text, field, field->is_personal || is_part, plain);
  if (field->error != NULL)
    add (script, field->error, field, FALSE, NULL);
}

static void
focus_statement (GPtrArray *script, const PvField *field)
{
  g_autoptr (PvUtterance) said = pv_field_speak_choice (field, 0);
  /* Translators: spoken; a box to tick, with its state. */
  g_autoptr (PvSecretStr) text = g_strdup_printf (_ ("Box: %s"), said->text);

  add (script, text, field, FALSE, NULL);
}

/* "Non, choix 2 sur 3, choisi" */
static void
focus_choice (GPtrArray *script, const PvField *field, guint index)
{
  const PvChoice *choice;
  g_autoptr (PvSecretStr) plain = NULL, text = NULL;
  gboolean is_offer = field->kind == PV_FIELD_INPUT, is_apart;
  const char *name;
  guint n;

  if (field->kind == PV_FIELD_STATEMENT) {
    focus_statement (script, field);
    return;
  }
  if (field->choices == NULL || index >= field->choices->len)
    return;
  choice = field->choices->pdata[index];
  n = field->choices->len;
  is_apart = is_french (choice->label, choice->official);
  name = is_apart ? "" : choice->label;
  if (field->kind == PV_FIELD_CHOICES)
    /* Translators: spoken; a box to tick, which one of how many. */
    plain = g_strdup_printf (_ ("%s, box %u of %u"), name, index + 1, n);
  else
    /* Translators: spoken; an answer, which one of how many. */
    plain = g_strdup_printf (_ ("%s, choice %u of %u"), name, index + 1, n);
  if (is_apart) {
    add_named (script, choice->label, TRUE, field);
    without_comma (plain);
  }
  if (!choice->enabled)
    text = g_strdup_printf (_ ("%s, not available"), plain);
  else if (choice->selected)
    text = g_strdup_printf (_ ("%s, selected"), plain);
  else if (field->kind == PV_FIELD_CHOICES)
    text = g_strdup_printf (_ ("%s, not selected"), plain);
  else
    text = g_strdup (plain);
  add (script, text, field, field->is_personal && choice->enabled, is_offer ? NULL : plain);
  if (choice->detail != NULL)
    add (script, choice->detail, field, field->is_personal && is_offer, NULL);
}

/* Only rows with a button are counted: they are where the keys stop. */
static void
focus_row (GPtrArray *script, const PvField *field, guint index)
{
  const PvSummaryRow *row;
  guint n = 0, at = 0;
  g_autofree char *text = NULL;

  if (field->rows == NULL || index >= field->rows->len)
    return;
  row = field->rows->pdata[index];
  for (guint i = 0; i < field->rows->len; i++) {
    n += ((const PvSummaryRow *) field->rows->pdata[i])->edit_target != NULL;
    at = i == index ? n : at;
  }
  /* Translators: spoken; a button beside an answer, which one of how many: "Modifier : Adresse, 4 sur 9". */
  text = g_strdup_printf (_ ("%s, %u of %u"), row->edit_spoken != NULL ? row->edit_spoken : row->label, at, n);
  add (script, text, field, FALSE, NULL);
  if (row->value != NULL)
    add (script, row->value, field, !row->is_open, NULL);
}

static void
focus_action (GPtrArray *script, const PvScreenState *state, guint index)
{
  const PvAction *action;
  g_autofree char *text = NULL;

  if (index >= state->actions->len)
    return;
  action = state->actions->pdata[index];
  /* Translators: spoken; what can be pressed. */
  text = g_strdup_printf (_ ("%s, button"), action->spoken != NULL ? action->spoken : action->label);
  add (script, text, NULL, FALSE, NULL);
}

/* @plain: (nullable): the label is personal, and this is not. */
static void
focus_beside (GPtrArray *script, const PvField *field, const char *label, const char *plain)
{
  g_autoptr (PvSecretStr) text = label != NULL ? g_strdup_printf (_ ("%s, button"), label) : NULL;
  g_autofree char *plain_text = plain != NULL ? g_strdup_printf (_ ("%s, button"), plain) : NULL;

  if (text != NULL)
    add (script, text, field, plain != NULL, plain_text);
}

static void
focus_button (GPtrArray *script, const char *name)
{
  g_autofree char *text = name != NULL ? g_strdup_printf (_ ("%s, button"), name) : NULL;

  if (text != NULL)
    add (script, text, NULL, FALSE, NULL);
}

GPtrArray *
pv_script_focus (const PvScreenState *state, const PvFocus *focus)
{
  const PvField *field = focus->id != NULL ? pv_screen_state_find_field (state, focus->id) : NULL;
  GPtrArray *script = new_script ();

  switch (focus->kind) {
  case PV_FOCUS_FIELD:
    if (field != NULL)
      focus_typed (script, state, field, focus->index);
    break;
  case PV_FOCUS_CHOICE:
    if (field != NULL)
      focus_choice (script, field, focus->index);
    break;
  case PV_FOCUS_ROW:
    if (field != NULL)
      focus_row (script, field, focus->index);
    break;
  case PV_FOCUS_ACTION:
    focus_action (script, state, focus->index);
    break;
  case PV_FOCUS_ACCEPT:
    focus_beside (script, field, field != NULL ? field->accept_label : NULL, NULL);
    break;
  case PV_FOCUS_KEEP: /* it repeats the answer */
    focus_beside (script, field, field != NULL ? field->keep_label : NULL, _ ("Keep my answer"));
    break;
  case PV_FOCUS_LIFT:
    focus_beside (script, field, field != NULL ? field->lift_label : NULL, NULL);
    break;
  case PV_FOCUS_KEY:
    if (focus->id != NULL)
      add (script, focus->id, NULL, FALSE, NULL);
    break;
  case PV_FOCUS_BUTTON:
    focus_button (script, focus->id);
    break;
  case PV_FOCUS_NOWHERE:
    break;
  }
  return script;
}

GPtrArray *
pv_script_jump (const PvScreenState *state)
{
  GPtrArray *script = new_script ();

  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];

    if (!field->is_focused)
      continue;
    if (field->kind != PV_FIELD_INPUT && field->choices != NULL && field->choices->len > 0) {
      if (field->kind != PV_FIELD_STATEMENT)
        add_named (script, name_of (field, state), is_french_name (field, state), field);
      focus_choice (script, field, 0);
      if (field->error != NULL)
        add (script, field->error, field, FALSE, NULL);
    } else {
      focus_typed (script, state, field, 0);
    }
    break;
  }
  return script;
}

/* ---- a code, letter by letter ---- */

static void
spell (GPtrArray *script, const char *code, const PvField *field)
{
  g_autoptr (GPtrArray) spelled = pv_spell_out (code);

  for (guint i = 0; i < spelled->len; i++)
    pv_script_add (script, pv_utterance_new (PV_SAID_CODE, spelled->pdata[i], field->id, field->is_personal));
}

GPtrArray *
pv_script_spelled (const PvScreenState *state)
{
  GPtrArray *script = new_script ();

  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];
    g_autoptr (GPtrArray) codes = NULL;

    if (field->kind != PV_FIELD_REFERENCE || field->value == NULL)
      continue;
    if (field->label != NULL)
      add (script, field->label, field, FALSE, NULL);
    spell (script, field->value, field);
    codes = pv_list_codes_in (field->help != NULL ? field->help : "");
    for (guint c = 0; c < codes->len; c++) {
      if (c == 0)
        add (script, C_ ("spelling", "Code"), field, FALSE, NULL);
      spell (script, codes->pdata[c], field);
    }
  }
  return script;
}

/* ---- letters ---- */

/* Where two texts differ: characters before that, and of each between there and the same end. */
static void
compare (const char *before, const char *now, guint *ret_at, guint *ret_gone, guint *ret_came)
{
  glong n_before = g_utf8_strlen (before, -1), n_now = g_utf8_strlen (now, -1), at = 0, end = 0;
  const char *p = before, *q = now;

  for (; at < MIN (n_before, n_now) && g_utf8_get_char (p) == g_utf8_get_char (q); at++) {
    p = g_utf8_next_char (p);
    q = g_utf8_next_char (q);
  }
  p = before + strlen (before);
  q = now + strlen (now);
  for (; end < MIN (n_before, n_now) - at; end++) {
    p = g_utf8_prev_char (p);
    q = g_utf8_prev_char (q);
    if (g_utf8_get_char (p) != g_utf8_get_char (q))
      break;
  }
  *ret_at = (guint) at;
  *ret_gone = (guint) (n_before - at - end);
  *ret_came = (guint) (n_now - at - end);
}

/* The word that a space or a sign behind it has just ended. (transfer full) (nullable) */
static char *
word_before (const char *text, guint at)
{
  const char *end = g_utf8_offset_to_pointer (text, at), *start = end;

  while (start > text && !g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (start))))
    start = g_utf8_prev_char (start);
  return end > start ? g_strndup (start, (gsize) (end - start)) : NULL;
}

static void
add_letter (GPtrArray *script, const PvField *field, const char *now, guint at)
{
  gunichar letter = g_utf8_get_char (g_utf8_offset_to_pointer (now, at));
  g_autoptr (PvSecretStr) name = pv_name_character (letter);
  /* Translators: spoken instead of a letter that others must not hear. */
  g_autofree char *plain = g_strdup_printf (_ ("Character %u typed."), at + 1);

  add (script, name, field, field->is_personal, plain);
}

static void
add_erased (GPtrArray *script, const PvField *field, const char *before, guint at)
{
  g_autoptr (PvSecretStr) name = pv_name_character (g_utf8_get_char (g_utf8_offset_to_pointer (before, at)));
  /* Translators: spoken; a letter that was erased. */
  g_autoptr (PvSecretStr) text = g_strdup_printf (_ ("%s erased"), name);
  g_autofree char *plain = g_strdup_printf (_ ("Character %u erased."), at + 1);

  add (script, text, field, field->is_personal, plain);
}

GPtrArray *
pv_script_typed (const PvField *field, const char *before, const char *now, PvSpeechEcho echo)
{
  GPtrArray *script = new_script ();
  guint at, gone, came;

  compare (before, now, &at, &gone, &came);
  if (echo == PV_ECHO_NOTHING || gone + came == 0)
    return script;
  if (gone == 1 && came == 0) {
    add_erased (script, field, before, at);
  } else if (came != 1) { /* erased at once, or by a scanner */
    g_autofree char *plain = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u character.", "%u characters.", (gulong) g_utf8_strlen (now, -1)),
      (guint) g_utf8_strlen (now, -1));

    add (script, now[0] != '\0' ? now : _ ("Empty."), field, field->is_personal, plain);
  } else if (echo == PV_ECHO_LETTERS) {
    add_letter (script, field, now, at);
  } else {
    gunichar letter = g_utf8_get_char (g_utf8_offset_to_pointer (now, at));
    g_autoptr (PvSecretStr) word = g_unichar_isalnum (letter) ? NULL : word_before (now, at);

    if (word != NULL)
      add (script, word, field, field->is_personal, _ ("Word typed."));
  }
  return script;
}

/* ---- the voice about itself ---- */

GPtrArray *
pv_script_hello (const PvNarratorConfig *config, const char *language)
{
  GPtrArray *script = new_script ();

  add (script, _ ("Your headset works."), NULL, FALSE, NULL);
  /* Translators: spoken; say the name of your language. */
  add (script, _ ("This voice speaks English."), NULL, FALSE, NULL);
  add (script, _ ("The arrow keys move. The Enter key chooses."), NULL, FALSE, NULL);
  if (config->keys_place != NULL && (config->keys_language == NULL || g_str_equal (config->keys_language, language)))
    add (script, config->keys_place, NULL, FALSE, NULL);
  if (config->has_pad)
    add (script, _ ("Plus and minus change the volume. The star makes a pause. The slash says it again."), NULL, FALSE,
         NULL);
  else
    add (script, _ ("The volume keys of the keyboard change the volume."), NULL, FALSE, NULL);
  add (script, _ ("To stop the voice, unplug the headset."), NULL, FALSE, NULL);
  return script;
}

GPtrArray *
pv_script_volume (guint percent)
{
  GPtrArray *script = new_script ();
  /* Translators: spoken; in hundredths of the loudest. */
  g_autofree char *text = g_strdup_printf (_ ("Volume %u."), percent);

  add (script, text, NULL, FALSE, NULL);
  return script;
}

GPtrArray *
pv_script_rate (guint rate)
{
  GPtrArray *script = new_script ();

  add (script,
       rate <= PV_SPEECH_SLOW      ? _ ("The slowest voice.")
       : rate >= PV_SPEECH_FASTEST ? _ ("The fastest voice.")
       : rate == PV_SPEECH_USUAL   ? _ ("The usual voice.")
                                   : _ ("A fast voice."),
       NULL, FALSE, NULL);
  return script;
}

GPtrArray *
pv_script_curtained (void)
{
  GPtrArray *script = new_script ();

  add (script, _ ("The screen is hidden. To show it, leave a finger here for two seconds."), NULL, FALSE, NULL);
  return script;
}

GPtrArray *
pv_script_withheld (gboolean is_discreet)
{
  GPtrArray *script = new_script ();

  add (script,
       is_discreet ? _ ("Your own answers are only said into a headset.")
                   : _ ("This voice does not say your own answers."),
       NULL, FALSE, NULL);
  return script;
}
