/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/screen-state.h"

#include "core/wipe.h"

/* Texts of a screen may hold what was typed: all of them are wiped. */

static void
choice_free (gpointer data)
{
  PvChoice *choice = data;

  g_free (choice->id);
  pv_wipe_str (choice->label);
  g_free (choice->official);
  pv_wipe_str (choice->detail);
  g_free (choice->icon);
  g_free (choice);
}

static void
row_free (gpointer data)
{
  PvSummaryRow *row = data;

  pv_wipe_str (row->label);
  pv_wipe_str (row->value);
  g_free (row->official_label);
  g_free (row->official_value);
  g_free (row->edit_target);
  pv_wipe_str (row->edit_spoken);
  g_free (row->mark);
  g_free (row);
}

static void
field_free (gpointer data)
{
  PvField *field = data;

  g_free (field->id);
  pv_wipe_str (field->label);
  pv_wipe_str (field->help);
  g_free (field->official_label);
  g_free (field->official_help);
  pv_wipe_str (field->value);
  for (guint i = 0; i < G_N_ELEMENTS (field->parts); i++) {
    pv_wipe_str (field->parts[i]);
    g_free (field->part_labels[i]);
  }
  pv_wipe_str (field->error);
  pv_wipe_str (field->spoken_label);
  g_free (field->portrait);
  g_clear_pointer (&field->choices, g_ptr_array_unref);
  g_clear_pointer (&field->rows, g_ptr_array_unref);
  g_free (field->proposal);
  pv_wipe_str (field->proposal_value);
  g_free (field->accept_label);
  pv_wipe_str (field->keep_label);
  g_free (field->privacy);
  g_free (field->lift_label);
  g_free (field);
}

static void
notice_free (gpointer data)
{
  PvNotice *notice = data;

  g_free (notice->icon);
  pv_wipe_str (notice->text);
  pv_wipe_str (notice->strong);
  g_free (notice);
}

static void
banner_free (PvBanner *banner)
{
  if (banner == NULL)
    return;
  g_free (banner->icon);
  g_free (banner->who);
  g_free (banner->may);
  g_free (banner);
}

static void
action_free (gpointer data)
{
  PvAction *action = data;

  g_free (action->target);
  g_free (action->value);
  g_free (action->label);
  g_free (action->icon);
  g_free (action->spoken);
  g_free (action);
}

PvScreenState *
pv_screen_state_new (PvScreenId id, const char *key)
{
  PvScreenState *state = g_new0 (PvScreenState, 1);

  state->n_refs = 1;
  state->id = id;
  state->key = g_strdup (key);
  state->progress = -1;
  state->notices = g_ptr_array_new_with_free_func (notice_free);
  state->fields = g_ptr_array_new_with_free_func (field_free);
  state->actions = g_ptr_array_new_with_free_func (action_free);
  return state;
}

const PvScreenState *
pv_screen_state_ref (const PvScreenState *state)
{
  ((PvScreenState *) state)->n_refs++;
  return state;
}

void
pv_screen_state_free (PvScreenState *state)
{
  if (state == NULL || --state->n_refs > 0)
    return;
  g_free (state->key);
  g_free (state->commune);
  g_free (state->place);
  g_free (state->step_text);
  pv_wipe_str (state->title);
  pv_wipe_str (state->help);
  g_free (state->official_title);
  g_free (state->official_help);
  g_free (state->language);
  g_free (state->read_language);
  g_free (state->page_text);
  pv_wipe_str (state->error_summary);
  g_ptr_array_unref (state->notices);
  g_ptr_array_unref (state->fields);
  g_ptr_array_unref (state->actions);
  banner_free (state->banner);
  g_free (state);
}

PvField *
pv_screen_state_add_field (PvScreenState *state, PvFieldKind kind, const char *id, const char *label)
{
  PvField *field = g_new0 (PvField, 1);

  field->kind = kind;
  field->id = g_strdup (id);
  field->label = g_strdup (label);
  field->spoken_label = g_strdup (label != NULL ? label : state->title);
  field->assist = PV_ASSIST_TYPING;
  g_ptr_array_add (state->fields, field);
  return field;
}

PvBanner *
pv_screen_state_set_banner (PvScreenState *state, PvTone tone, const char *who, const char *may)
{
  banner_free (state->banner);
  state->banner = g_new0 (PvBanner, 1);
  state->banner->tone = tone;
  state->banner->icon = g_strdup ("person");
  state->banner->who = g_strdup (who);
  state->banner->may = g_strdup (may);
  return state->banner;
}

PvNotice *
pv_screen_state_add_notice (PvScreenState *state, PvTone tone, const char *icon, const char *text)
{
  PvNotice *notice = g_new0 (PvNotice, 1);

  notice->tone = tone;
  notice->icon = g_strdup (icon);
  notice->text = g_strdup (text);
  g_ptr_array_add (state->notices, notice);
  return notice;
}

PvAction *
pv_screen_state_add_action (PvScreenState *state, PvActionRole role, PvIntentionKind intention, const char *label)
{
  PvAction *action = g_new0 (PvAction, 1);

  action->role = role;
  action->intention = intention;
  action->label = g_strdup (label);
  action->is_enabled = TRUE;
  g_ptr_array_add (state->actions, action);
  return action;
}

PvActionPlace
pv_screen_state_place_action (const PvScreenState *state, const PvAction *action)
{
  switch (action->role) {
  case PV_ROLE_JUMP:
    return PV_PLACE_TOP;
  case PV_ROLE_OPTION:
  case PV_ROLE_CARD:
  case PV_ROLE_DANGER:
    return PV_PLACE_BLOCK;
  case PV_ROLE_BACK:
    return PV_PLACE_BACK;
  case PV_ROLE_SECONDARY:
    return PV_PLACE_SECONDARY;
  case PV_ROLE_PRIMARY:
    return state->id == PV_SCREEN_WELCOME ? PV_PLACE_START : PV_PLACE_PRIMARY;
  case PV_ROLE_HELP:
  default:
    return PV_PLACE_HELP;
  }
}

void
pv_screen_state_sort_actions (PvScreenState *state)
{
  guint n_sorted = 0;

  for (PvActionPlace place = PV_PLACE_TOP; place <= PV_PLACE_HELP; place++)
    for (guint i = n_sorted; i < state->actions->len; i++)
      if (pv_screen_state_place_action (state, state->actions->pdata[i]) == place)
        g_ptr_array_insert (state->actions, (gint) n_sorted++, g_ptr_array_steal_index (state->actions, i));
}

PvChoice *
pv_field_add_choice (PvField *field, const char *id, const char *label)
{
  PvChoice *choice = g_new0 (PvChoice, 1);

  if (field->choices == NULL)
    field->choices = g_ptr_array_new_with_free_func (choice_free);
  choice->id = g_strdup (id);
  choice->label = g_strdup (label);
  choice->enabled = TRUE;
  choice->intention = field->kind == PV_FIELD_CHOICES ? PV_DO_TOGGLE
                      : field->kind == PV_FIELD_DAYS  ? PV_DO_CHOOSE_DAY
                                                      : PV_DO_CHOOSE;
  g_ptr_array_add (field->choices, choice);
  return choice;
}

PvSummaryRow *
pv_field_add_row (PvField *field, const char *label, const char *value)
{
  PvSummaryRow *row = g_new0 (PvSummaryRow, 1);

  if (field->rows == NULL)
    field->rows = g_ptr_array_new_with_free_func (row_free);
  row->label = g_strdup (label);
  row->value = g_strdup (value);
  row->assist = PV_ASSIST_HIDDEN;
  g_ptr_array_add (field->rows, row);
  return row;
}

void
pv_field_open_rows (PvField *field)
{
  for (guint i = 0; field->rows != NULL && i < field->rows->len; i++) {
    ((PvSummaryRow *) field->rows->pdata[i])->assist = PV_ASSIST_CLEAR;
    ((PvSummaryRow *) field->rows->pdata[i])->is_open = TRUE;
  }
}

gboolean
pv_screen_state_is_wrong (const PvScreenState *state)
{
  for (guint i = 0; i < state->fields->len; i++)
    if (((const PvField *) state->fields->pdata[i])->error != NULL)
      return TRUE;
  return FALSE;
}

const PvField *
pv_screen_state_find_field (const PvScreenState *state, const char *id)
{
  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];

    if (g_strcmp0 (field->id, id) == 0)
      return field;
  }
  return NULL;
}

const PvAction *
pv_screen_state_find_action (const PvScreenState *state, PvIntentionKind intention)
{
  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = state->actions->pdata[i];

    if (action->intention == intention)
      return action;
  }
  return NULL;
}

/* Only of these there may be several on a screen. */
char *
pv_action_dup_name (const PvAction *action)
{
  const char *kind = pv_intention_kind_name (action->intention);

  return action->intention == PV_DO_JUMP && action->target != NULL ? g_strdup_printf ("%s:%s", kind, action->target)
                                                                   : g_strdup (kind);
}

const PvAction *
pv_screen_state_find_action_named (const PvScreenState *state, const char *name)
{
  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = state->actions->pdata[i];
    g_autofree char *own = pv_action_dup_name (action);

    if (action->is_enabled && g_strcmp0 (own, name) == 0)
      return action;
  }
  return NULL;
}

PvIntentionKind
pv_screen_state_get_escape (const PvScreenState *state)
{
  static const PvIntentionKind away[] = { PV_DO_CLOSE, PV_DO_STAY };

  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = state->actions->pdata[i];

    if (action->role == PV_ROLE_BACK)
      return action->is_enabled ? action->intention : PV_DO_NOTHING;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (away); i++)
    if (pv_screen_state_find_action (state, away[i]) != NULL)
      return away[i];
  return PV_DO_NOTHING;
}

const char *
pv_screen_id_name (PvScreenId id)
{
  static const char *const names[PV_N_SCREENS] = {
    [PV_SCREEN_WELCOME] = "welcome",
    [PV_SCREEN_HOME] = "home",
    [PV_SCREEN_LIST] = "list",
    [PV_SCREEN_PROCEDURE] = "procedure",
    [PV_SCREEN_IDENTITY] = "identity",
    [PV_SCREEN_QUESTION] = "question",
    [PV_SCREEN_DOCUMENT] = "document",
    [PV_SCREEN_FOLLOW] = "follow",
    [PV_SCREEN_PAY] = "pay",
    [PV_SCREEN_CHECK] = "check",
    [PV_SCREEN_SENDING] = "sending",
    [PV_SCREEN_DONE] = "done",
    [PV_SCREEN_PHONE] = "phone",
    [PV_SCREEN_PAPER] = "paper",
    [PV_SCREEN_PAPERS] = "papers",
    [PV_SCREEN_STILL_THERE] = "still-there",
    [PV_SCREEN_NEED_TIME] = "need-time",
    [PV_SCREEN_QUIT] = "quit",
    [PV_SCREEN_LANGUAGES] = "languages",
    [PV_SCREEN_LOOK] = "look",
    [PV_SCREEN_LISTEN] = "listen",
    [PV_SCREEN_WORDS] = "words",
    [PV_SCREEN_MEDIATOR] = "mediator",
    [PV_SCREEN_CALL] = "call",
    [PV_SCREEN_CONSENT] = "consent",
    [PV_SCREEN_REPLY] = "reply",
    [PV_SCREEN_HELPED] = "helped",
    [PV_SCREEN_GOODBYE] = "goodbye",
    [PV_SCREEN_OUT_OF_ORDER] = "out-of-order",
    [PV_SCREEN_SERVICE] = "service",
  };

  return id < PV_N_SCREENS ? names[id] : "unknown";
}

gboolean
pv_screen_id_is_shared (PvScreenId id)
{
  static const PvScreenId shared[] = {
    PV_SCREEN_HOME,    PV_SCREEN_LIST,   PV_SCREEN_PROCEDURE,   PV_SCREEN_QUESTION, PV_SCREEN_CHECK,
    PV_SCREEN_SENDING, PV_SCREEN_PAPER,  PV_SCREEN_STILL_THERE, PV_SCREEN_QUIT,     PV_SCREEN_LANGUAGES,
    PV_SCREEN_LOOK,    PV_SCREEN_LISTEN, PV_SCREEN_WORDS,
  };

  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    if (shared[i] == id)
      return TRUE;
  return FALSE;
}

PvAssistClass
pv_field_assist_class (const PvField *field, GHashTable *lifted)
{
  if (field->kind == PV_FIELD_QR || field->kind == PV_FIELD_FILE || field->kind == PV_FIELD_REFERENCE
      || field->kind == PV_FIELD_CARD || field->kind == PV_FIELD_CODE || field->kind == PV_FIELD_SCAN
      || field->assist == PV_ASSIST_HIDDEN)
    return PV_ASSIST_HIDDEN;
  if (lifted != NULL && g_hash_table_contains (lifted, field->id))
    return PV_ASSIST_CLEAR;
  /* Texts of the interface, which nobody typed. */
  if (!field->is_personal
      && (field->kind == PV_FIELD_TEXT || field->kind == PV_FIELD_TILES || field->kind == PV_FIELD_PROGRESS))
    return PV_ASSIST_CLEAR;
  return field->assist;
}
