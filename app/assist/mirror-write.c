/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a screen-state to items. This is the only place where an answer is read, and it is masked in the same breath.
 * What the screen says of the mediator (banner, pointing, proposal, what they do not see) is the citizen's alone. */

#include <string.h>

#include "assist/mirror-private.h"

enum { NO_PROGRESS = 0xffff };

gboolean
pv_mirror_is_shared_screen (PvScreenId id)
{
  return pv_screen_id_is_shared (id);
}

PvLengthClass
pv_mirror_length_class (const char *text)
{
  glong length = text != NULL ? g_utf8_strlen (text, -1) : 0;

  return length == 0    ? PV_LENGTH_EMPTY
         : length <= 4  ? PV_LENGTH_SHORT
         : length <= 12 ? PV_LENGTH_MEDIUM
                        : PV_LENGTH_LONG;
}

PvAssistClass
pv_mirror_class_of (const PvField *field, GHashTable *lifted)
{
  return pv_field_assist_class (field, lifted);
}

static void
write_text (PvWireWriter *to, const char *text)
{
  pv_wire_write_text (to, text, PV_MIRROR_MAX_TEXT_BYTES);
}

static void
write_id (PvWireWriter *to, const char *text)
{
  pv_wire_write_text (to, text, PV_MIRROR_MAX_ID_BYTES);
}

static PvWireWriter *
begin (PvItemType type)
{
  PvWireWriter *item = pv_wire_writer_new ();

  pv_wire_write_u8 (item, type);
  return item;
}

static void
end (GPtrArray *items, PvWireWriter *item)
{
  g_ptr_array_add (items, pv_wire_writer_finish (item));
  pv_wire_writer_free (item);
}

static void
write_head (GPtrArray *items, const PvScreenState *state, gboolean is_private)
{
  PvWireWriter *item = begin (PV_ITEM_HEAD);
  gboolean has_progress = !is_private && state->progress >= 0;

  write_id (item, state != NULL ? pv_screen_id_name (state->id) : "");
  pv_wire_write_u8 (item, is_private ? 1 : 0);
  if (!is_private) {
    write_id (item, state->key);
    write_text (item, state->commune);
    write_text (item, state->place);
    write_text (item, state->step_text);
    pv_wire_write_u16 (item, has_progress ? (gsize) (CLAMP (state->progress, 0, 1) * 1000) : NO_PROGRESS);
    write_text (item, state->title);
    write_text (item, state->help);
    write_text (item, state->page_text);
    write_text (item, state->error_summary);
    pv_wire_write_u8 (item, state->is_practice ? 1 : 0);
    pv_wire_write_u8 (item, state->is_overlay ? 1 : 0);
    write_id (item, state->enter != PV_DO_NOTHING ? pv_intention_kind_name (state->enter) : NULL);
    write_id (item, state->language);
    write_id (item, state->read_language);
  }
  end (items, item);
}

static void
write_notice (GPtrArray *items, const PvNotice *notice)
{
  PvWireWriter *item = begin (PV_ITEM_NOTICE);

  pv_wire_write_u8 (item, notice->tone);
  write_id (item, notice->icon);
  write_text (item, notice->text);
  write_text (item, notice->strong);
  end (items, item);
}

/* What is offered for what was typed tells it, and is as private; the choices of a question are the form's own. */
static void
write_choices (PvWireWriter *item, const PvField *field, PvAssistClass class)
{
  gboolean is_told = field->kind == PV_FIELD_INPUT ? class == PV_ASSIST_CLEAR : class != PV_ASSIST_HIDDEN;
  guint n = field->choices != NULL && is_told ? MIN (field->choices->len, PV_MIRROR_MAX_CHOICES) : 0;

  pv_wire_write_u16 (item, n);
  for (guint i = 0; i < n; i++) {
    const PvChoice *choice = field->choices->pdata[i];

    write_id (item, choice->id);
    write_text (item, choice->label);
    write_text (item, choice->detail);
    write_id (item, choice->icon);
    pv_wire_write_u8 (item, choice->enabled ? 1 : 0);
  }
}

/* What does not change while somebody types. */
static void
write_field (GPtrArray *items, const PvField *field, PvAssistClass class)
{
  PvWireWriter *item = begin (PV_ITEM_FIELD);

  write_id (item, field->id);
  pv_wire_write_u8 (item, field->kind);
  pv_wire_write_u8 (item, class);
  write_text (item, field->label);
  /* A reference's help repeats a code. */
  write_text (item, class == PV_ASSIST_HIDDEN && field->kind == PV_FIELD_REFERENCE ? NULL : field->help);
  write_text (item, field->spoken_label);
  pv_wire_write_u8 (item, field->input);
  pv_wire_write_u16 (item, MIN (field->max_chars, G_MAXUINT16));
  pv_wire_write_u8 (item, field->hands_over ? 1 : 0);
  pv_wire_write_u8 (item, field->is_locked ? 1 : 0);
  pv_wire_write_u8 (item, field->is_personal ? 1 : 0);
  for (gsize i = 0; i < G_N_ELEMENTS (field->part_labels); i++)
    write_text (item, field->part_labels[i]);
  write_choices (item, field, class);
  end (items, item);
}

/* The one gate for what somebody typed: in clear, as a length, or as "there is something". */
static void
write_answer (PvWireWriter *item, const char *text, PvAssistClass class)
{
  PvLengthClass length = pv_mirror_length_class (text);

  if (class == PV_ASSIST_HIDDEN)
    length = length != PV_LENGTH_EMPTY ? PV_LENGTH_SHORT : PV_LENGTH_EMPTY;
  pv_wire_write_u8 (item, length);
  write_text (item, class == PV_ASSIST_CLEAR ? text : NULL);
}

static void
write_rows (PvWireWriter *item, const PvField *field)
{
  guint n = MIN (field->rows->len, PV_MIRROR_MAX_CHOICES);

  pv_wire_write_u16 (item, n);
  for (guint i = 0; i < n; i++) {
    const PvSummaryRow *row = field->rows->pdata[i];

    write_text (item, row->label);
    pv_wire_write_u8 (item, row->assist);
    write_answer (item, row->value, row->assist);
    write_id (item, row->edit_target);
    write_text (item, row->edit_spoken);
    pv_wire_write_u8 (item, row->is_heading ? 1 : 0);
    write_text (item, row->mark);
  }
}

static void
write_selection (PvWireWriter *item, const PvField *field)
{
  guint n = MIN (field->choices->len, PV_MIRROR_MAX_CHOICES);

  pv_wire_write_u16 (item, n);
  for (guint i = 0; i < n; i++)
    pv_wire_write_u8 (item, ((const PvChoice *) field->choices->pdata[i])->selected ? 1 : 0);
}

static guint
list_members (const PvField *field, PvAssistClass class)
{
  guint members = field->is_focused ? PV_VALUE_HAS_FOCUS : 0;

  if (field->kind == PV_FIELD_DATE)
    members |= PV_VALUE_HAS_PARTS;
  if (field->error != NULL)
    members |= PV_VALUE_HAS_ERROR;
  if (field->choices != NULL && field->choices->len > 0 && class == PV_ASSIST_CLEAR)
    members |= PV_VALUE_HAS_SELECTION;
  if (field->rows != NULL && field->rows->len > 0)
    members |= PV_VALUE_HAS_ROWS;
  if (field->has_percent)
    members |= PV_VALUE_HAS_PERCENT;
  return members;
}

static void
write_value (GPtrArray *items, const PvField *field, PvAssistClass class)
{
  PvWireWriter *item = begin (PV_ITEM_VALUE);
  guint members = list_members (field, class);

  pv_wire_write_u8 (item, members);
  write_answer (item, field->value, class);
  for (gsize i = 0; (members & PV_VALUE_HAS_PARTS) != 0 && i < G_N_ELEMENTS (field->parts); i++)
    write_answer (item, field->parts[i], class);
  /* "One digit is missing" tells the length. */
  if ((members & PV_VALUE_HAS_ERROR) != 0)
    write_text (item, class == PV_ASSIST_HIDDEN ? NULL : field->error);
  if ((members & PV_VALUE_HAS_SELECTION) != 0)
    write_selection (item, field);
  if ((members & PV_VALUE_HAS_ROWS) != 0)
    write_rows (item, field);
  if ((members & PV_VALUE_HAS_PERCENT) != 0)
    pv_wire_write_u8 (item, MIN (field->percent, 100));
  end (items, item);
}

static void
write_action (GPtrArray *items, const PvAction *action)
{
  PvWireWriter *item = begin (PV_ITEM_ACTION);

  write_id (item, pv_intention_kind_name (action->intention));
  pv_wire_write_u8 (item, action->role);
  write_id (item, action->target);
  write_text (item, action->label);
  write_id (item, action->icon);
  write_text (item, action->spoken);
  pv_wire_write_u8 (item, action->is_enabled ? 1 : 0);
  pv_wire_write_u8 (item, action->is_emphasised ? 1 : 0);
  end (items, item);
}

static gboolean
is_too_large (const GPtrArray *items)
{
  gsize size = 2;

  for (guint i = 0; i < items->len; i++)
    size += 2 + g_bytes_get_size (items->pdata[i]);
  return size > PV_MIRROR_MAX_BYTES || items->len > PV_MIRROR_MAX_ITEMS;
}

GPtrArray *
pv_mirror_write_items (const PvScreenState *state, GHashTable *lifted)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  gboolean is_private = state == NULL || !pv_mirror_is_shared_screen (state->id);

  write_head (items, state, is_private);
  if (is_private)
    return items;
  for (guint i = 0; i < state->notices->len; i++)
    write_notice (items, state->notices->pdata[i]);
  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];
    PvAssistClass class = pv_mirror_class_of (field, lifted);

    write_field (items, field, class);
    write_value (items, field, class);
  }
  for (guint i = 0; i < state->actions->len; i++)
    write_action (items, state->actions->pdata[i]);
  if (is_too_large (items)) {
    g_ptr_array_set_size (items, 0);
    write_head (items, state, TRUE);
  }
  return items;
}
