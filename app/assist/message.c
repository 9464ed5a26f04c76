/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/message.h"

#include "assist/wire.h"
#include "core/wipe.h"

typedef enum {
  HAS_ID = 1 << 0,
  HAS_COMMAND = 1 << 1,
  HAS_RIGHT = 1 << 2,
  HAS_RIGHTS = 1 << 3,
  HAS_CODE = 1 << 4,
  HAS_BASE = 1 << 5,
  HAS_REVISION = 1 << 6,
  HAS_HASH = 1 << 7,
  HAS_TARGET = 1 << 8,
  HAS_TEXT = 1 << 9,
  HAS_BLOCK = 1 << 10,
  HAS_NAME = 1 << 11,
  HAS_LANGUAGE = 1 << 12,
  FROM_KIOSK = 1 << 13,
  FROM_MEDIATOR = 1 << 14,
} Shape;

typedef struct {
  guint shape; /* 0: no such kind */
  guint n_codes;
} Kind;

static const Kind kinds[PV_N_MESSAGES] = {
  [PV_MESSAGE_SNAPSHOT] = { HAS_REVISION | HAS_HASH | HAS_BLOCK | FROM_KIOSK, 0 },
  [PV_MESSAGE_DIFFERENCE] = { HAS_BASE | HAS_REVISION | HAS_HASH | HAS_BLOCK | FROM_KIOSK, 0 },
  [PV_MESSAGE_RIGHTS] = { HAS_RIGHTS | FROM_KIOSK, 0 },
  [PV_MESSAGE_ANSWER] = { HAS_ID | HAS_CODE | FROM_KIOSK, PV_N_RESULTS },
  [PV_MESSAGE_QUICK] = { HAS_ID | HAS_CODE | FROM_KIOSK, PV_N_QUICKS },
  [PV_MESSAGE_CONSENT] = { HAS_BLOCK | FROM_KIOSK, 0 },
  [PV_MESSAGE_HEARTBEAT] = { HAS_REVISION | HAS_HASH | FROM_KIOSK | FROM_MEDIATOR, 0 },
  [PV_MESSAGE_END] = { HAS_CODE | FROM_KIOSK | FROM_MEDIATOR, PV_N_ENDS },
  [PV_MESSAGE_COMMAND] = { HAS_ID | HAS_COMMAND | HAS_BASE | HAS_TARGET | HAS_TEXT | FROM_MEDIATOR, 0 },
  [PV_MESSAGE_ASK] = { HAS_RIGHT | FROM_MEDIATOR, 0 },
  [PV_MESSAGE_GIVE_BACK] = { HAS_RIGHT | FROM_MEDIATOR, 0 },
  [PV_MESSAGE_WANT_SNAPSHOT] = { HAS_LANGUAGE | FROM_MEDIATOR, 0 },
  [PV_MESSAGE_COUNTERSIGNED] = { HAS_BLOCK | FROM_MEDIATOR, 0 },
  [PV_MESSAGE_HAND_OVER] = { HAS_NAME | FROM_MEDIATOR, 0 },
  [PV_MESSAGE_HEARD] = { HAS_ID | FROM_MEDIATOR, 0 },
};

static const char *const command_names[PV_N_COMMANDS] = {
  [PV_COMMAND_POINT] = "point", [PV_COMMAND_EXPLAIN] = "explain", [PV_COMMAND_PROPOSE] = "propose",
  [PV_COMMAND_SET] = "set",     [PV_COMMAND_ACT] = "act",
};

const char *
pv_command_name (PvCommandKind command)
{
  return command < PV_N_COMMANDS ? command_names[command] : "";
}

void
pv_message_clear (PvMessage *message)
{
  g_clear_pointer (&message->target, g_free);
  g_clear_pointer (&message->name, g_free);
  g_clear_pointer (&message->language, g_free);
  g_clear_pointer (&message->text, pv_wipe_str);
  g_clear_pointer (&message->block, g_bytes_unref);
}

static void
write_rights (PvWireWriter *to, const PvMessage *message)
{
  pv_wire_write_u8 (to, message->granted);
  pv_wire_write_u8 (to, message->has_question ? 1 : 0);
  pv_wire_write_u8 (to, message->right);
  pv_wire_write_u8 (to, message->asks_handover ? 1 : 0);
  pv_wire_write_u8 (to, message->is_paused ? 1 : 0);
  pv_wire_write_u32 (to, message->lease_ms);
  pv_wire_write_u32 (to, message->quiet_ms);
}

static void
write_words (PvWireWriter *to, const PvMessage *message, guint shape)
{
  gsize size = 0;
  const guint8 *block = message->block != NULL ? g_bytes_get_data (message->block, &size) : NULL;

  if ((shape & HAS_TARGET) != 0)
    pv_wire_write_text (to, message->target, PV_MESSAGE_MAX_TARGET_BYTES);
  if ((shape & HAS_NAME) != 0)
    pv_wire_write_text (to, message->name, PV_MESSAGE_MAX_NAME_BYTES);
  if ((shape & HAS_LANGUAGE) != 0) {
    pv_wire_write_text (to, message->language, PV_MESSAGE_MAX_LANGUAGE_BYTES);
    pv_wire_write_u8 (to, message->is_as_read ? 1 : 0);
  }
  if ((shape & HAS_TEXT) != 0)
    pv_wire_write_text (to, message->text, PV_MESSAGE_MAX_TEXT_BYTES);
  if ((shape & HAS_BLOCK) != 0)
    pv_wire_write_block (to, block, size);
}

GBytes *
pv_message_write (const PvMessage *message)
{
  g_autoptr (PvWireWriter) to = pv_wire_writer_new ();
  guint shape = message->kind < PV_N_MESSAGES ? kinds[message->kind].shape : 0;

  if (shape == 0 || (message->block != NULL && g_bytes_get_size (message->block) > PV_MESSAGE_MAX_BLOCK_BYTES))
    return NULL;
  pv_wire_write_u8 (to, message->kind);
  if ((shape & HAS_ID) != 0)
    pv_wire_write_u32 (to, message->id);
  if ((shape & HAS_COMMAND) != 0)
    pv_wire_write_u8 (to, message->command);
  if ((shape & HAS_RIGHT) != 0)
    pv_wire_write_u8 (to, message->right);
  if ((shape & HAS_RIGHTS) != 0)
    write_rights (to, message);
  if ((shape & HAS_CODE) != 0)
    pv_wire_write_u8 (to, message->code);
  if ((shape & HAS_BASE) != 0)
    pv_wire_write_u32 (to, message->base);
  if ((shape & HAS_REVISION) != 0)
    pv_wire_write_u32 (to, message->revision);
  if ((shape & HAS_HASH) != 0)
    pv_wire_write_u64 (to, message->hash);
  write_words (to, message, shape);
  return pv_wire_writer_finish (to);
}

static void
read_rights (PvWireReader *reader, PvMessage *message)
{
  message->granted = pv_wire_read_enum (reader, 1 << PV_N_RIGHTS);
  message->has_question = pv_wire_read_flag (reader);
  message->right = pv_wire_read_enum (reader, PV_N_RIGHTS);
  message->asks_handover = pv_wire_read_flag (reader);
  message->is_paused = pv_wire_read_flag (reader);
  message->lease_ms = pv_wire_read_u32 (reader);
  message->quiet_ms = pv_wire_read_u32 (reader);
}

static void
read_words (PvWireReader *reader, PvMessage *message, guint shape)
{
  if ((shape & HAS_TARGET) != 0)
    message->target = pv_wire_read_text (reader, PV_MESSAGE_MAX_TARGET_BYTES);
  if ((shape & HAS_NAME) != 0)
    message->name = pv_wire_read_text (reader, PV_MESSAGE_MAX_NAME_BYTES);
  if ((shape & HAS_LANGUAGE) != 0) {
    message->language = pv_wire_read_text (reader, PV_MESSAGE_MAX_LANGUAGE_BYTES);
    message->is_as_read = pv_wire_read_flag (reader);
  }
  if ((shape & HAS_TEXT) != 0)
    message->text = pv_wire_read_text (reader, PV_MESSAGE_MAX_TEXT_BYTES);
  if ((shape & HAS_BLOCK) != 0) {
    gsize size;
    const guint8 *block = pv_wire_read_block (reader, PV_MESSAGE_MAX_BLOCK_BYTES, &size);
    g_autoptr (PvWireWriter) copy = pv_wire_writer_new ();

    pv_wire_write_bytes (copy, block, size);
    message->block = pv_wire_writer_finish (copy);
  }
}

gboolean
pv_message_read (const guint8 *bytes, gsize size, PvAssistSide from, PvMessage *ret_message, GError **error)
{
  PvWireReader reader = pv_wire_reader (bytes, size);
  g_auto (PvMessage) message = { .kind = pv_wire_read_enum (&reader, PV_N_MESSAGES) };
  guint shape = kinds[message.kind].shape;
  guint wanted = from == PV_SIDE_KIOSK ? FROM_KIOSK : FROM_MEDIATOR;

  if ((shape & HAS_ID) != 0)
    message.id = pv_wire_read_u32 (&reader);
  if ((shape & HAS_COMMAND) != 0)
    message.command = pv_wire_read_enum (&reader, PV_N_COMMANDS);
  if ((shape & HAS_RIGHT) != 0)
    message.right = pv_wire_read_enum (&reader, PV_N_RIGHTS);
  if ((shape & HAS_RIGHTS) != 0)
    read_rights (&reader, &message);
  if ((shape & HAS_CODE) != 0)
    message.code = pv_wire_read_enum (&reader, kinds[message.kind].n_codes);
  if ((shape & HAS_BASE) != 0)
    message.base = pv_wire_read_u32 (&reader);
  if ((shape & HAS_REVISION) != 0)
    message.revision = pv_wire_read_u32 (&reader);
  if ((shape & HAS_HASH) != 0)
    message.hash = pv_wire_read_u64 (&reader);
  read_words (&reader, &message, shape);
  if ((shape & wanted) == 0 || !pv_wire_is_done (&reader)) {
    g_set_error_literal (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_BAD_DATA, "not a message of this side");
    return FALSE;
  }
  *ret_message = message;
  message = (PvMessage){ 0 };
  return TRUE;
}
