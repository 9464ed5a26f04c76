/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-parts.h"

#include <openssl/rand.h>
#include <openssl/sha.h>
#include <string.h>

#include "demo/card/chip-eac.h"

enum {
  SHORT_PART = 256,
  GARBAGE_BYTES = 32,
  ENDLESS_BYTES = 255,
  INS_GENERAL_AUTHENTICATE = 0x86,
  INS_GET_RESPONSE = 0xC0,
  CLA_SECURED = 0x0C,
  CLA_CHAINED = 0x10,
  MAX_CHAIN_BYTES = 4096,
};

static const char *const fault_words[PV_N_CHIP_FAULTS] = {
  [PV_CHIP_FAULT_NONE] = "none",
  [PV_CHIP_FAULT_WRONG_MAC] = "wrong-mac",
  [PV_CHIP_FAULT_NO_DO99] = "no-do99",
  [PV_CHIP_FAULT_SW_DIFFERS] = "sw-differs",
  [PV_CHIP_FAULT_PLAIN] = "plain",
  [PV_CHIP_FAULT_REPLAY] = "replay",
  [PV_CHIP_FAULT_BAD_PADDING] = "bad-padding",
  [PV_CHIP_FAULT_6988] = "6988",
  [PV_CHIP_FAULT_REFLECT_KEY] = "reflect-key",
  [PV_CHIP_FAULT_OFF_CURVE] = "off-curve",
  [PV_CHIP_FAULT_INFINITY] = "infinity",
  [PV_CHIP_FAULT_WRONG_TOKEN] = "wrong-token",
  [PV_CHIP_FAULT_GARBAGE] = "garbage",
  [PV_CHIP_FAULT_EMPTY] = "empty",
  [PV_CHIP_FAULT_ENDLESS] = "endless",
  [PV_CHIP_FAULT_REPEAT_CHUNK] = "repeat-chunk",
};

gboolean
pv_chip_has_quirk (const PvChip *chip, PvChipQuirk quirk)
{
  return (chip->text->quirks & (guint) quirk) != 0;
}

/* [damage] fault=WORD:INDEX */
static gboolean
read_fault (PvChip *chip, GError **error)
{
  g_autofree char *text = pv_chip_text_get (chip->text, "damage", "fault");
  g_auto (GStrv) words = text != NULL ? g_strsplit (text, ":", 2) : NULL;
  guint64 index = 0;

  if (text == NULL)
    return TRUE;
  for (guint i = 0; i < PV_N_CHIP_FAULTS; i++)
    if (words[0] != NULL && g_str_equal (fault_words[i], words[0]) && words[1] != NULL
        && g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXUINT, &index, NULL)) {
      chip->text_fault = (PvChipFault) i;
      chip->text_fault_index = (guint) index;
      return TRUE;
    }
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "[damage] fault: cannot be done: %s", text);
  return FALSE;
}

static void
make_secrets (PvChip *chip)
{
  g_autofree char *information = pv_chip_text_get_mrz_information (chip->text);
  guint8 hash[SHA_DIGEST_LENGTH];

  SHA1 ((const guint8 *) information, strlen (information), hash);
  chip->mrz_secret = g_bytes_new (hash, sizeof hash);
  if (chip->text->can != NULL)
    chip->can_secret = g_bytes_new (chip->text->can, strlen (chip->text->can));
}

/* FSC 256, 106 kbit/s alone, FWI 7; in the historical bytes: chaining, and long APDUs where they are taken (ISO/IEC
 * 7816-4, section 12.1.1). */
static void
make_ats (PvChip *chip)
{
  const guint8 ats[] = { 0x0A, 0x78, 0x80, 0x70, 0x02, 0x80, 0x73, 0x96, 0x21, chip->text->extended > 0 ? 0xC0 : 0x80 };

  memcpy (chip->ats, ats, sizeof ats);
  chip->ats_length = sizeof ats;
}

PvChip *
pv_chip_new_from_card (const char *card, const char *state_folder, GError **error)
{
  g_autoptr (PvChip) chip = g_new0 (PvChip, 1);
  g_auto (GStrv) clones = NULL;

  pv_chip_eac_start ();
  chip->text = pv_chip_text_new (card, error);
  if (chip->text == NULL || !read_fault (chip, error))
    return NULL;
  if (g_mkdir_with_parents (state_folder, 0700) != 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: cannot be made", state_folder);
    return NULL;
  }
  clones = g_key_file_get_string_list (chip->text->file, "damage", "clone", NULL, NULL);
  chip->keys = pv_chip_keys_new (chip->text, state_folder, (const char *const *) clones, error);
  if (chip->keys == NULL)
    return NULL;
  chip->files = pv_chip_files_new (chip->text, chip->keys, state_folder, error);
  if (chip->files == NULL)
    return NULL;
  if (chip->text->kind != PV_CHIP_OTHER)
    make_secrets (chip);
  make_ats (chip);
  pv_chip_reset (chip);
  return g_steal_pointer (&chip);
}

static void
drop_session (PvChip *chip)
{
  g_clear_pointer (&chip->sm, pv_chip_sm_free);
  g_clear_pointer (&chip->next_sm, pv_chip_sm_free);
}

/* All that power gives. */
static void
forget (PvChip *chip)
{
  drop_session (chip);
  g_clear_pointer (&chip->pace, pv_chip_pace_free);
  g_clear_pointer (&chip->chain, g_byte_array_unref);
  g_clear_pointer (&chip->rest, g_byte_array_unref);
  g_clear_pointer (&chip->last, g_byte_array_unref);
}

void
pv_chip_reset (PvChip *chip)
{
  forget (chip);
  chip->n_apdus = chip->n_selects = chip->n_reads = 0;
  chip->fault = chip->text_fault;
  chip->fault_index = chip->text_fault_index;
  chip->fault_now = chip->fault_lasting = PV_CHIP_FAULT_NONE;
  chip->is_in_application = FALSE;
  chip->current = -1;
  chip->ca = -1;
  chip->has_challenge = FALSE;
}

void
pv_chip_free (PvChip *chip)
{
  if (chip == NULL)
    return;
  forget (chip);
  g_clear_pointer (&chip->can_secret, g_bytes_unref);
  g_clear_pointer (&chip->mrz_secret, g_bytes_unref);
  pv_chip_files_free (chip->files);
  pv_chip_keys_free (chip->keys);
  pv_chip_text_free (chip->text);
  g_free (chip);
}

static guint16
dispatch (PvChip *chip, const PvChipCommand *command, GByteArray *data)
{
  if ((command->cla & 0xE0) != 0)
    return 0x6E00;
  switch (command->ins) {
  case 0xA4:
    return pv_chip_select (chip, command);
  case 0xB0:
  case 0xB1:
    return pv_chip_read_binary (chip, command, data);
  case 0x84:
    return pv_chip_get_challenge (chip, command, data);
  case 0x82:
    return pv_chip_external_authenticate (chip, command, data);
  case 0x22:
    return pv_chip_manage_environment (chip, command);
  case INS_GENERAL_AUTHENTICATE:
    return pv_chip_general_authenticate (chip, command, data);
  case 0x88:
    return pv_chip_internal_authenticate (chip, command, data);
  default:
    return 0x6D00;
  }
}

/* Whether all of DO 7C is there: GENERAL AUTHENTICATE has the bit of chaining in each step but the last, so the bit alone
 * tells nothing. */
static gboolean
is_step_whole (const GByteArray *data)
{
  gsize header = 2, length;

  if (data->len < 2 || data->data[0] != 0x7C)
    return TRUE;
  length = data->data[1];
  if (length == 0x81 && data->len >= 3) {
    header = 3;
    length = data->data[2];
  } else if (length == 0x82 && data->len >= 4) {
    header = 4;
    length = (gsize) data->data[2] << 8 | data->data[3];
  }
  return data->len >= header + length;
}

/* FALSE: more of the command is to come. */
static gboolean
is_command_whole (PvChip *chip, PvChipCommand *command)
{
  gboolean goes_on = (command->cla & CLA_CHAINED) != 0;

  if (chip->chain != NULL && chip->chain->len <= MAX_CHAIN_BYTES) {
    g_byte_array_append (chip->chain, command->data->data, command->data->len);
    g_byte_array_unref (command->data);
    command->data = g_steal_pointer (&chip->chain);
  }
  if (goes_on && (command->ins != INS_GENERAL_AUTHENTICATE || !is_step_whole (command->data))) {
    chip->chain = g_byte_array_ref (command->data);
    return FALSE;
  }
  return TRUE;
}

static gboolean
is_too_long (const PvChip *chip, const PvChipCommand *command, gsize length)
{
  return command->is_extended && (chip->text->extended == 0 || length > chip->text->extended);
}

static void
set_plain (PvChipAnswer *answer, guint16 sw)
{
  g_byte_array_set_size (answer->data, 0);
  answer->sw = sw;
}

/* One command, secured or not, to one answer. */
static void
run (PvChip *chip, const guint8 *bytes, gsize length, PvChipAnswer *answer)
{
  g_auto (PvChipCommand) command = { 0 };
  gboolean is_secured;

  if (!pv_chip_command_parse (bytes, length, &command) || is_too_long (chip, &command, length)) {
    set_plain (answer, 0x6700);
    return;
  }
  is_secured = (command.cla & CLA_SECURED) == CLA_SECURED;
  if (is_secured) {
    guint16 sw = chip->sm != NULL ? pv_chip_sm_unwrap (chip->sm, &command) : 0x6987;

    if (sw != 0x9000) {
      drop_session (chip);
      set_plain (answer, sw);
      return;
    }
  } else if (chip->sm != NULL) {
    drop_session (chip); /* Doc 9303-11, section 9.8.8: a plain command ends the session */
  }
  answer->sw = is_command_whole (chip, &command) ? dispatch (chip, &command, answer->data) : 0x9000;
  if (!is_secured || chip->sm == NULL || chip->fault_now == PV_CHIP_FAULT_PLAIN)
    return;
  pv_chip_sm_wrap (chip->sm, command.ins % 2 == 1, chip->fault_now, answer);
}

/* TRUE: @answer is made without any chip behind it. */
static gboolean
run_fault (PvChip *chip, guint8 ins, PvChipAnswer *answer)
{
  guint8 random[ENDLESS_BYTES];

  if (chip->fault_lasting == PV_CHIP_FAULT_ENDLESS) {
    RAND_bytes (random, sizeof random);
    if (ins == INS_GET_RESPONSE)
      g_byte_array_append (answer->data, random, ENDLESS_BYTES);
    answer->sw = 0x61FF;
    return TRUE;
  }
  if (chip->fault_now == PV_CHIP_FAULT_6988) {
    drop_session (chip);
    answer->sw = 0x6988;
    return TRUE;
  }
  if (chip->fault_now == PV_CHIP_FAULT_GARBAGE) {
    RAND_bytes (random, GARBAGE_BYTES);
    g_byte_array_append (answer->data, random, GARBAGE_BYTES);
  }
  answer->sw = 0x9000;
  return chip->fault_now == PV_CHIP_FAULT_GARBAGE || chip->fault_now == PV_CHIP_FAULT_EMPTY;
}

/* By parts of the card's size: 61xx, and the rest is fetched. */
static void
split (PvChip *chip, guint8 ins, PvChipAnswer *answer)
{
  gsize part = chip->text->part;
  gsize left;

  if (ins == INS_GET_RESPONSE) {
    g_clear_pointer (&answer->data, g_byte_array_unref);
    answer->data = chip->rest != NULL ? g_steal_pointer (&chip->rest) : g_byte_array_new ();
    answer->sw = chip->rest_sw;
  }
  g_clear_pointer (&chip->rest, g_byte_array_unref);
  if (part == 0 || answer->data->len <= part)
    return;
  left = answer->data->len - part;
  chip->rest_sw = answer->sw;
  chip->rest = g_byte_array_new ();
  g_byte_array_append (chip->rest, answer->data->data + part, (guint) left);
  g_byte_array_set_size (answer->data, (guint) part);
  answer->sw = (guint16) (0x6100 | (left < SHORT_PART ? left : 0));
}

static void
note (PvChip *chip, const guint8 *command, gsize length)
{
  chip->fault_now = PV_CHIP_FAULT_NONE;
  if (chip->fault != PV_CHIP_FAULT_NONE && chip->n_apdus == chip->fault_index) {
    chip->fault_now = chip->fault;
    chip->fault = PV_CHIP_FAULT_NONE;
    if (chip->fault_now == PV_CHIP_FAULT_ENDLESS || chip->fault_now == PV_CHIP_FAULT_REPEAT_CHUNK)
      chip->fault_lasting = chip->fault_now;
  }
  chip->n_apdus++;
  if (length >= 4 && command[1] == 0xA4 && command[2] == 0x02)
    chip->n_selects++;
  if (length >= 4 && (command[1] == 0xB0 || command[1] == 0xB1))
    chip->n_reads++;
}

/* The new session begins behind the answer that announces it. */
static void
change_session (PvChip *chip)
{
  if (chip->next_sm == NULL)
    return;
  pv_chip_sm_free (chip->sm);
  chip->sm = g_steal_pointer (&chip->next_sm);
}

static void
answer_command (PvChip *chip, const guint8 *command, gsize length, PvChipAnswer *answer)
{
  guint8 ins = length >= 2 ? command[1] : 0;
  gboolean wants_rest = ins == INS_GET_RESPONSE && chip->rest != NULL;

  if (run_fault (chip, ins, answer))
    return;
  if (!wants_rest)
    run (chip, command, length, answer);
  split (chip, wants_rest ? ins : 0, answer);
  change_session (chip);
}

gsize
pv_chip_transmit (PvChip *chip, const guint8 *command, gsize length, guint8 *answer, gsize size)
{
  static const guint8 no_room[2] = { 0x6F, 0x00 };
  g_auto (PvChipAnswer) result = { g_byte_array_new (), 0x9000 };
  g_autoptr (GByteArray) before = g_steal_pointer (&chip->last);
  guint8 sw[2];

  g_assert (size >= sizeof no_room);
  note (chip, command, length);
  answer_command (chip, command, length, &result);
  sw[0] = (guint8) (result.sw >> 8);
  sw[1] = (guint8) result.sw;
  g_byte_array_append (result.data, sw, sizeof sw);
  if (chip->fault_now == PV_CHIP_FAULT_REPLAY && before != NULL) {
    g_byte_array_unref (result.data);
    result.data = g_byte_array_ref (before);
  }
  chip->last = g_byte_array_ref (result.data);
  if (result.data->len > size) {
    memcpy (answer, no_room, sizeof no_room);
    return sizeof no_room;
  }
  memcpy (answer, result.data->data, result.data->len);
  return result.data->len;
}

const guint8 *
pv_chip_get_ats (const PvChip *chip, gsize *ret_length)
{
  *ret_length = chip->ats_length;
  return chip->ats;
}

gboolean
pv_chip_is_type_b (const PvChip *chip)
{
  return pv_chip_has_quirk (chip, PV_CHIP_QUIRK_TYPE_B);
}

void
pv_chip_set_fault (PvChip *chip, PvChipFault fault, guint index)
{
  chip->fault = fault;
  chip->fault_index = index;
}

guint
pv_chip_count_apdus (const PvChip *chip)
{
  return chip->n_apdus;
}

guint
pv_chip_count_selects (const PvChip *chip)
{
  return chip->n_selects;
}

guint
pv_chip_count_reads (const PvChip *chip)
{
  return chip->n_reads;
}

guint
pv_chip_count_wrong (const PvChip *chip)
{
  return chip->n_wrong;
}

const guint8 *
pv_chip_get_session_key (const PvChip *chip, gsize *ret_length)
{
  return chip->sm != NULL ? pv_chip_sm_get_key (chip->sm, ret_length) : NULL;
}
