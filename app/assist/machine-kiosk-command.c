/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a mediator may bring about, and on which condition. Nothing that is not on the lists here. */

#include <sodium.h>
#include <string.h>

#include "assist/machine-kiosk-private.h"
#include "assist/wire.h"
#include "core/wipe.h"

static const PvIntentionKind lendable[] = { PV_DO_NEXT,          PV_DO_BACK,   PV_DO_NEXT_PAGE,
                                            PV_DO_PREVIOUS_PAGE, PV_DO_LISTEN, PV_DO_JUMP };

static const char action_prefix[] = "action:";

void
pv_kiosk_clear_proposal (PvAssistKiosk *kiosk)
{
  g_clear_pointer (&kiosk->proposal_field, g_free);
  g_clear_pointer (&kiosk->proposal_value, pv_wipe_str);
}

static void
digest_answer (PvWireWriter *to, const char *text, PvAssistClass class)
{
  pv_wire_write_u8 (to, pv_mirror_length_class (text));
  pv_wire_write_text (to, class == PV_ASSIST_CLEAR ? text : NULL, PV_MIRROR_MAX_TEXT_BYTES);
}

static void
digest_field (const PvField *field, GHashTable *lifted, guint8 digest[16])
{
  PvAssistClass class = pv_mirror_class_of (field, lifted);
  g_autoptr (PvWireWriter) to = pv_wire_writer_new ();

  digest_answer (to, field->value, class);
  for (gsize i = 0; i < G_N_ELEMENTS (field->parts); i++)
    digest_answer (to, field->parts[i], class);
  for (guint i = 0; class == PV_ASSIST_CLEAR && field->choices != NULL && i < field->choices->len; i++)
    pv_wire_write_u8 (to, ((const PvChoice *) field->choices->pdata[i])->selected ? 1 : 0);
  crypto_generichash (digest, 16, (const guint8 *) to->str, to->len, NULL, 0);
}

void
pv_kiosk_note_fields (PvAssistKiosk *kiosk)
{
  GHashTable *revisions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; kiosk->screen != NULL && i < kiosk->screen->fields->len; i++) {
    const PvField *field = kiosk->screen->fields->pdata[i];
    const PvFieldRevision *old = g_hash_table_lookup (kiosk->revisions, field->id);
    PvFieldRevision *noted = g_new0 (PvFieldRevision, 1);

    digest_field (field, kiosk->lifted, noted->digest);
    noted->revision = old != NULL && memcmp (old->digest, noted->digest, sizeof noted->digest) == 0
                        ? old->revision
                        : kiosk->revision + 1;
    g_hash_table_insert (revisions, g_strdup (field->id), noted);
  }
  g_hash_table_unref (kiosk->revisions);
  kiosk->revisions = revisions;
}

static const PvChoice *
find_choice (const PvField *field, const char *id)
{
  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++) {
    const PvChoice *choice = field->choices->pdata[i];

    if (g_strcmp0 (choice->id, id) == 0 && choice->enabled)
      return choice;
  }
  return NULL;
}

gboolean
pv_kiosk_is_shown_text (const char *text, gsize max_bytes, gboolean has_lines)
{
  if (text[0] == '\0' || strlen (text) > max_bytes)
    return FALSE;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isprint (g_utf8_get_char (c)) && !(has_lines && *c == '\n'))
      return FALSE;
  return TRUE;
}

/* Statements are signatures, and files are the citizen's. */
static PvResult
check_field (PvAssistKiosk *kiosk, const PvMessage *command, const PvField **ret_field)
{
  const PvField *field = kiosk->screen != NULL && !kiosk->rights.is_paused
                           ? pv_screen_state_find_field (kiosk->screen, command->target)
                           : NULL;
  const PvFieldRevision *noted = field != NULL ? g_hash_table_lookup (kiosk->revisions, field->id) : NULL;

  if (field == NULL || noted == NULL)
    return PV_RESULT_NO_TARGET;
  if (pv_mirror_class_of (field, kiosk->lifted) == PV_ASSIST_HIDDEN || field->is_locked
      || (field->kind != PV_FIELD_INPUT && field->kind != PV_FIELD_LONG_INPUT && field->kind != PV_FIELD_DATE
          && field->kind != PV_FIELD_CHOICE && field->kind != PV_FIELD_CHOICES))
    return PV_RESULT_FORBIDDEN;
  /* A value is what could be typed. */
  if (command->text[0] != '\0'
      && !pv_kiosk_is_shown_text (command->text, PV_MESSAGE_MAX_TEXT_BYTES, field->kind == PV_FIELD_LONG_INPUT))
    return PV_RESULT_FORBIDDEN;
  if (command->base > kiosk->revision || command->base < noted->revision)
    return PV_RESULT_STALE;
  if ((field->kind == PV_FIELD_CHOICE || field->kind == PV_FIELD_CHOICES) && find_choice (field, command->text) == NULL)
    return PV_RESULT_NO_TARGET;
  *ret_field = field;
  return PV_RESULT_DONE;
}

static void
intend (PvAssistKiosk *kiosk, PvIntentionKind kind, PvActor actor, const char *target, const char *value)
{
  PvIntention *intention = pv_intention_new (kind, actor, target, value);

  if (pv_intention_is_allowed (intention))
    pv_output_queue_add (&kiosk->outputs, PV_OUTPUT_INTENTION)->intention = intention;
  else
    pv_intention_free (intention);
}

/* A day as it is read: "13/7/2020". */
static void
fill_date (PvAssistKiosk *kiosk, const char *id, const char *value, PvActor actor)
{
  static const char *const parts[] = { "day", "month", "year" };
  g_auto (GStrv) given = g_strsplit (value, "/", 3);

  for (guint i = 0; i < G_N_ELEMENTS (parts) && given[i] != NULL; i++) {
    g_autofree char *target = g_strdup_printf ("%s/%s", id, parts[i]);

    intend (kiosk, PV_DO_TYPE_PART, actor, target, given[i]);
  }
  for (guint i = 0; given[i] != NULL; i++)
    pv_wipe_bytes (given[i], strlen (given[i]));
}

void
pv_kiosk_fill (PvAssistKiosk *kiosk, const char *field_id, const char *value, PvActor actor)
{
  const PvField *field = kiosk->screen != NULL ? pv_screen_state_find_field (kiosk->screen, field_id) : NULL;

  if (field == NULL)
    return;
  if (field->kind == PV_FIELD_DATE)
    fill_date (kiosk, field_id, value, actor);
  else if (field->kind == PV_FIELD_CHOICE)
    intend (kiosk, PV_DO_CHOOSE, actor, field_id, value);
  else if (field->kind == PV_FIELD_CHOICES)
    intend (kiosk, PV_DO_TOGGLE, actor, field_id, value);
  else
    intend (kiosk, PV_DO_TYPE, actor, field_id, value);
}

static const PvAction *
find_action (const PvScreenState *screen, const char *name)
{
  return screen != NULL ? pv_screen_state_find_action_named (screen, name) : NULL;
}

static PvResult
point (PvAssistKiosk *kiosk, const PvMessage *command)
{
  gboolean is_action = g_str_has_prefix (command->target, action_prefix);

  if (kiosk->screen == NULL || kiosk->rights.is_paused
      || (is_action ? find_action (kiosk->screen, command->target + strlen (action_prefix)) == NULL
                    : pv_screen_state_find_field (kiosk->screen, command->target) == NULL))
    return PV_RESULT_NO_TARGET;
  pv_output_queue_add (&kiosk->outputs, PV_OUTPUT_POINT)->target = g_strdup (command->target);
  return PV_RESULT_DONE;
}

static PvResult
explain (PvAssistKiosk *kiosk, const PvMessage *command)
{
  if (!pv_kiosk_is_shown_text (command->text, PV_ASSIST_MAX_EXPLAIN_BYTES, TRUE))
    return PV_RESULT_FORBIDDEN;
  pv_output_queue_add (&kiosk->outputs, PV_OUTPUT_EXPLAIN)->text = g_strdup (command->text);
  return PV_RESULT_DONE;
}

static PvResult
propose (PvAssistKiosk *kiosk, const PvMessage *command)
{
  const PvField *field;
  PvResult result = check_field (kiosk, command, &field);

  if (result != PV_RESULT_DONE)
    return result;
  pv_kiosk_clear_proposal (kiosk);
  kiosk->proposal_field = g_strdup (field->id);
  kiosk->proposal_value = g_strdup (command->text);
  kiosk->proposal_id = command->id;
  pv_output_queue_add (&kiosk->outputs, PV_OUTPUT_CHANGED);
  return PV_RESULT_SHOWN;
}

static PvResult
set (PvAssistKiosk *kiosk, const PvMessage *command)
{
  const PvField *field;
  PvResult result = check_field (kiosk, command, &field);

  if (result == PV_RESULT_DONE)
    pv_kiosk_fill (kiosk, field->id, command->text, PV_ACTOR_MEDIATOR);
  return result;
}

static PvResult
act (PvAssistKiosk *kiosk, const PvMessage *command)
{
  const PvAction *action = find_action (kiosk->screen, command->target);

  if (action == NULL)
    return PV_RESULT_NO_TARGET;
  for (gsize i = 0; i < G_N_ELEMENTS (lendable); i++)
    if (action->intention == lendable[i]) {
      intend (kiosk, action->intention, PV_ACTOR_MEDIATOR, action->target, action->value);
      return PV_RESULT_DONE;
    }
  return PV_RESULT_FORBIDDEN;
}

PvResult
pv_kiosk_execute (PvAssistKiosk *kiosk, const PvMessage *command)
{
  static const struct {
    PvRight right;
    PvResult (*execute) (PvAssistKiosk *kiosk, const PvMessage *command);
  } table[PV_N_COMMANDS] = {
    [PV_COMMAND_POINT] = { PV_RIGHT_SHOW, point },
    [PV_COMMAND_EXPLAIN] = { PV_RIGHT_SHOW, explain },
    [PV_COMMAND_PROPOSE] = { PV_RIGHT_PROPOSE, propose },
    [PV_COMMAND_SET] = { PV_RIGHT_HAND, set },
    [PV_COMMAND_ACT] = { PV_RIGHT_HAND, act },
  };

  if (!pv_rights_has (&kiosk->rights, table[command->command].right))
    return PV_RESULT_NO_RIGHT;
  return table[command->command].execute (kiosk, command);
}
