/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From items to a screen-state, on the mediator's side: strict, since the bytes come from elsewhere. */

#include <string.h>

#include "assist/mirror-private.h"
#include "core/language-code.h"
#include "core/wipe.h"

enum { NO_PROGRESS = 0xffff };

static char *
read_text (PvWireReader *reader)
{
  return pv_wire_read_optional (reader, PV_MIRROR_MAX_TEXT_BYTES);
}

static char *
read_id (PvWireReader *reader)
{
  return pv_wire_read_optional (reader, PV_MIRROR_MAX_ID_BYTES);
}

static PvScreenId
find_screen (const char *name)
{
  for (PvScreenId id = 0; id < PV_N_SCREENS; id++)
    if (g_strcmp0 (name, pv_screen_id_name (id)) == 0)
      return id;
  return PV_SCREEN_QUESTION; /* of a newer kiosk: drawn as any screen */
}

static PvIntentionKind
find_intention (const char *name)
{
  for (PvIntentionKind kind = 0; kind < PV_N_INTENTIONS; kind++)
    if (g_strcmp0 (name, pv_intention_kind_name (kind)) == 0)
      return kind;
  return PV_DO_NOTHING;
}

/* A code is shown by the name of the language, and says where a line begins. */
static char *
read_language (PvWireReader *reader)
{
  char *code = read_id (reader);

  if (code != NULL && !pv_language_is_code (code))
    reader->has_failed = TRUE;
  return code;
}

static PvScreenState *
read_head (PvWireReader *reader, gboolean *ret_is_private)
{
  g_autofree char *name = read_id (reader), *enter = NULL;
  gboolean is_private = pv_wire_read_flag (reader);
  g_autofree char *key = is_private ? g_strdup ("private") : read_id (reader);
  PvScreenState *state = pv_screen_state_new (find_screen (name), key != NULL ? key : "");
  guint progress;

  *ret_is_private = is_private;
  if (is_private)
    return state;
  state->commune = read_text (reader);
  state->place = read_text (reader);
  state->step_text = read_text (reader);
  progress = pv_wire_read_u16 (reader);
  state->progress = progress == NO_PROGRESS ? -1 : MIN (progress, 1000) / 1000.0;
  if (progress > 1000 && progress != NO_PROGRESS)
    reader->has_failed = TRUE;
  state->title = read_text (reader);
  state->help = read_text (reader);
  state->page_text = read_text (reader);
  state->error_summary = read_text (reader);
  state->is_practice = pv_wire_read_flag (reader);
  state->is_overlay = pv_wire_read_flag (reader);
  enter = read_id (reader);
  state->enter = find_intention (enter);
  state->language = read_language (reader);
  state->read_language = read_language (reader);
  return state;
}

static void
read_notice (PvWireReader *reader, PvScreenState *state)
{
  PvNotice *notice = pv_screen_state_add_notice (state, pv_wire_read_enum (reader, PV_TONE_DANGER + 1), NULL, NULL);

  notice->icon = read_id (reader);
  notice->text = read_text (reader);
  notice->strong = read_text (reader);
}

static void
read_choices (PvWireReader *reader, PvField *field)
{
  guint n = pv_wire_read_u16 (reader);

  if (n > PV_MIRROR_MAX_CHOICES)
    reader->has_failed = TRUE;
  for (guint i = 0; i < n && !reader->has_failed; i++) {
    g_autofree char *id = read_id (reader);
    g_autofree char *label = read_text (reader);
    PvChoice *choice = pv_field_add_choice (field, id, label);

    choice->detail = read_text (reader);
    choice->icon = read_id (reader);
    choice->enabled = pv_wire_read_flag (reader);
  }
}

static void
read_field (PvWireReader *reader, PvScreenState *state)
{
  g_autofree char *id = read_id (reader);
  PvFieldKind kind = pv_wire_read_enum (reader, PV_MIRROR_N_FIELD_KINDS);
  PvField *field = pv_screen_state_add_field (state, kind, id != NULL ? id : "", NULL);

  field->assist = pv_wire_read_enum (reader, PV_ASSIST_HIDDEN + 1);
  field->label = read_text (reader);
  field->help = read_text (reader);
  g_free (field->spoken_label);
  field->spoken_label = pv_wire_read_text (reader, PV_MIRROR_MAX_TEXT_BYTES);
  field->input = pv_wire_read_enum (reader, PV_INPUT_DATE + 1);
  field->max_chars = pv_wire_read_u16 (reader);
  field->hands_over = pv_wire_read_flag (reader);
  field->is_locked = pv_wire_read_flag (reader);
  field->is_personal = pv_wire_read_flag (reader);
  for (gsize i = 0; i < G_N_ELEMENTS (field->part_labels); i++)
    field->part_labels[i] = read_text (reader);
  read_choices (reader, field);
}

/* What is not in clear is dots: as many as its class says. A masked answer with a text is refused: the kiosk that
 * sends one is broken, and nobody should get used to it. */
static char *
read_answer (PvWireReader *reader, PvAssistClass class)
{
  static const char *const dots[PV_N_LENGTHS] = { NULL, "•••", "••••••••", "••••••••••••••••" };
  PvLengthClass length = pv_wire_read_enum (reader, PV_N_LENGTHS);
  g_autoptr (PvSecretStr) text = read_text (reader);

  if (class == PV_ASSIST_CLEAR)
    return g_steal_pointer (&text);
  if (text != NULL || (class == PV_ASSIST_HIDDEN && length > PV_LENGTH_SHORT))
    reader->has_failed = TRUE;
  return g_strdup (dots[length]);
}

static void
read_rows (PvWireReader *reader, PvField *field)
{
  guint n = pv_wire_read_u16 (reader);

  if (n == 0 || n > PV_MIRROR_MAX_CHOICES)
    reader->has_failed = TRUE;
  for (guint i = 0; i < n && !reader->has_failed; i++) {
    PvSummaryRow *row = pv_field_add_row (field, NULL, NULL);

    row->label = read_text (reader);
    row->assist = pv_wire_read_enum (reader, PV_ASSIST_HIDDEN + 1);
    row->value = read_answer (reader, row->assist);
    row->edit_target = read_id (reader);
    row->edit_spoken = read_text (reader);
    row->is_heading = pv_wire_read_flag (reader);
    row->mark = read_text (reader);
  }
}

static void
read_selection (PvWireReader *reader, PvField *field)
{
  guint n = pv_wire_read_u16 (reader);

  if (field->assist != PV_ASSIST_CLEAR || field->choices == NULL || n != field->choices->len)
    reader->has_failed = TRUE;
  for (guint i = 0; i < n && !reader->has_failed; i++)
    ((PvChoice *) field->choices->pdata[i])->selected = pv_wire_read_flag (reader);
}

static void
read_value (PvWireReader *reader, PvField *field)
{
  guint members = pv_wire_read_enum (reader, PV_VALUE_ALL + 1);

  field->is_focused = (members & PV_VALUE_HAS_FOCUS) != 0;
  field->value = read_answer (reader, field->assist);
  for (gsize i = 0; (members & PV_VALUE_HAS_PARTS) != 0 && i < G_N_ELEMENTS (field->parts); i++)
    field->parts[i] = read_answer (reader, field->assist);
  if ((members & PV_VALUE_HAS_ERROR) != 0) {
    field->error = read_text (reader);
    if (field->error == NULL)
      field->error = g_strdup ("…");
  }
  if ((members & PV_VALUE_HAS_SELECTION) != 0)
    read_selection (reader, field);
  if ((members & PV_VALUE_HAS_ROWS) != 0)
    read_rows (reader, field);
  field->has_percent = (members & PV_VALUE_HAS_PERCENT) != 0;
  field->percent = field->has_percent ? pv_wire_read_enum (reader, 101) : 0;
}

static void
read_action (PvWireReader *reader, PvScreenState *state)
{
  g_autofree char *name = read_id (reader);
  PvActionRole role = pv_wire_read_enum (reader, PV_ROLE_HELP + 1);
  PvAction *action = pv_screen_state_add_action (state, role, find_intention (name), NULL);

  action->target = read_id (reader);
  action->label = read_text (reader);
  action->icon = read_id (reader);
  action->spoken = read_text (reader);
  action->is_enabled = pv_wire_read_flag (reader);
  action->is_emphasised = pv_wire_read_flag (reader);
}

gboolean
pv_mirror_read_item (const guint8 *bytes, gsize size, PvScreenState **inout_state, gboolean *ret_is_private)
{
  PvWireReader reader = pv_wire_reader (bytes, size);
  guint type = pv_wire_read_u8 (&reader);
  PvScreenState *state = *inout_state;

  if ((type == PV_ITEM_HEAD) != (state == NULL))
    return FALSE;
  switch (type) {
  case PV_ITEM_HEAD:
    *inout_state = read_head (&reader, ret_is_private);
    break;
  case PV_ITEM_NOTICE:
    read_notice (&reader, state);
    break;
  case PV_ITEM_FIELD:
    read_field (&reader, state);
    break;
  case PV_ITEM_VALUE:
    if (state->fields->len == 0)
      return FALSE;
    read_value (&reader, state->fields->pdata[state->fields->len - 1]);
    break;
  case PV_ITEM_ACTION:
    read_action (&reader, state);
    break;
  default:
    return FALSE;
  }
  return pv_wire_is_done (&reader);
}
