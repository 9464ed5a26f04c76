/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-parts.h"

#include <string.h>

/* SELECT and READ BINARY (ISO/IEC 7816-4, section 11; ICAO Doc 9303-10, section 3.6). */

static const guint8 application_id[] = { 0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01 };

enum { SHORT_ID_BIT = 0x80, SHORT_ID_MASK = 0x1F, ROOT_ID = 0x3F00, SM_OVERHEAD = 48, MAX_OFFSET_BYTES = 3 };

static gboolean
is_root (const PvChipCommand *command)
{
  return command->data->len == 0
         || (command->data->len == 2 && command->data->data[0] == 0x3F && command->data->data[1] == 0x00);
}

static guint16
select_root (PvChip *chip, const PvChipCommand *command)
{
  if (!is_root (command))
    return 0x6A82;
  if (pv_chip_has_quirk (chip, PV_CHIP_QUIRK_NO_MF_6A86))
    return 0x6A86;
  if (pv_chip_has_quirk (chip, PV_CHIP_QUIRK_NO_MF_6D00))
    return 0x6D00;
  chip->is_in_application = FALSE;
  chip->current = -1;
  return 0x9000;
}

static guint16
select_application (PvChip *chip, const PvChipCommand *command)
{
  if (chip->text->kind == PV_CHIP_OTHER || command->data->len != sizeof application_id
      || memcmp (command->data->data, application_id, sizeof application_id) != 0)
    return 0x6A82;
  chip->is_in_application = TRUE;
  chip->current = -1;
  return 0x9000;
}

/* Nothing of the application, and of the master file not the security object, before PACE or BAC. DG3 and DG4 want
 * terminal authentication, which nobody can do here. */
static gboolean
may_read (PvChip *chip, int name)
{
  if (name == PV_CHIP_FILE_DG + 3 || name == PV_CHIP_FILE_DG + 4) {
    if (pv_chip_has_quirk (chip, PV_CHIP_QUIRK_LOSES_SESSION))
      g_clear_pointer (&chip->sm, pv_chip_sm_free);
    return FALSE;
  }
  return chip->sm != NULL || (!chip->is_in_application && name != PV_CHIP_FILE_CARD_SECURITY);
}

/* 9000, and it is the current one. */
static guint16
open_file (PvChip *chip, int name)
{
  if (chip->is_in_application && chip->sm == NULL)
    return 0x6982;
  if (name < 0)
    return 0x6A82;
  if (!may_read (chip, name))
    return 0x6982;
  chip->current = name;
  return 0x9000;
}

static guint16
select_file (PvChip *chip, const PvChipCommand *command)
{
  if (command->data->len != 2)
    return 0x6A80;
  return open_file (chip, pv_chip_files_find (chip->files, chip->is_in_application,
                                              (guint) command->data->data[0] << 8 | command->data->data[1]));
}

guint16
pv_chip_select (PvChip *chip, const PvChipCommand *command)
{
  if (command->expected != 0 && pv_chip_has_quirk (chip, PV_CHIP_QUIRK_NO_LE_AT_SELECT))
    return 0x6700;
  switch (command->p1) {
  case 0x00:
    return select_root (chip, command);
  case 0x02:
    return select_file (chip, command);
  case 0x04:
    return select_application (chip, command);
  default:
    return 0x6A86;
  }
}

/* How many bytes are given of those asked for; 0x6Cxx and 0x6700 by the habits of the card. */
static guint16
limit (const PvChip *chip, const PvChipCommand *command, gsize *count)
{
  gsize largest = chip->text->largest_read;

  if (command->expected > 256 || command->is_extended) {
    if (pv_chip_has_quirk (chip, PV_CHIP_QUIRK_EMPTY_EXTENDED)) {
      *count = 0;
      return 0x9000;
    }
    if (chip->text->extended == 0)
      return 0x6700;
    *count = MIN (*count, chip->text->extended - SM_OVERHEAD);
  }
  if (largest == 0 || *count <= largest)
    return 0x9000;
  if (pv_chip_has_quirk (chip, PV_CHIP_QUIRK_6700))
    return 0x6700;
  if (pv_chip_has_quirk (chip, PV_CHIP_QUIRK_6C))
    return (guint16) (0x6C00 | (largest & 0xFF));
  *count = largest;
  return 0x6282;
}

/* From @offset of the current file, at most @count bytes. */
static guint16
read_file (PvChip *chip, gsize offset, gsize count, gboolean is_all_wanted, GByteArray *data)
{
  const PvChipFile *file = &chip->files->files[chip->current];
  gsize length;
  const guint8 *bytes = g_bytes_get_data (file->data, &length);
  gsize there;

  if (chip->fault_lasting == PV_CHIP_FAULT_REPEAT_CHUNK)
    offset = 0;
  if (file->is_bottomless && offset + count > length) {
    guint start = data->len;

    g_byte_array_set_size (data, start + (guint) count);
    memset (data->data + start, 0, count);
    if (offset < length)
      memcpy (data->data + start, bytes + offset, length - offset);
    return 0x9000;
  }
  if (offset > length || (offset == length && length > 0))
    return 0x6B00;
  there = MIN (count, length - offset);
  if (there > 0)
    g_byte_array_append (data, bytes + offset, (guint) there);
  return there < count && !is_all_wanted ? 0x6282 : 0x9000;
}

static gboolean
wants_all (const PvChipCommand *command)
{
  return command->expected == 256 || command->expected == 65536;
}

static guint16
read_even (PvChip *chip, const PvChipCommand *command, GByteArray *data)
{
  gsize offset = (gsize) command->p1 << 8 | command->p2;
  gsize count = command->expected;
  guint16 sw, limited;

  if ((command->p1 & SHORT_ID_BIT) != 0) {
    if ((command->p1 & 0x60) != 0 || pv_chip_has_quirk (chip, PV_CHIP_QUIRK_NO_SFI))
      return 0x6A86;
    sw = open_file (chip, pv_chip_files_find_short (chip->files, chip->is_in_application, command->p1 & SHORT_ID_MASK));
    if (sw != 0x9000)
      return sw;
    offset = command->p2;
  }
  if (chip->current < 0)
    return 0x6986;
  if (!may_read (chip, chip->current))
    return 0x6982;
  limited = limit (chip, command, &count);
  if (limited != 0x9000 && limited != 0x6282)
    return limited;
  sw = read_file (chip, offset, count, wants_all (command), data);
  return sw == 0x9000 ? limited : sw;
}

/* The offset in DO 54, the answer in DO 53, whose header counts as data asked for. */
static guint16
read_odd (PvChip *chip, const PvChipCommand *command, GByteArray *data)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  gsize length = 0, offset = 0, count = command->expected, header;
  const guint8 *value = pv_chip_find_tlv (command->data->data, command->data->len, 0x54, &length);
  guint16 sw, limited;

  if (value == NULL || length == 0 || length > MAX_OFFSET_BYTES)
    return 0x6A80;
  for (gsize i = 0; i < length; i++)
    offset = offset << 8 | value[i];
  if (command->p1 != 0 || command->p2 != 0) {
    guint id = (guint) command->p1 << 8 | command->p2;

    sw = open_file (chip, id <= SHORT_ID_MASK ? pv_chip_files_find_short (chip->files, chip->is_in_application, id)
                                              : pv_chip_files_find (chip->files, chip->is_in_application, id));
    if (sw != 0x9000)
      return sw;
  }
  if (chip->current < 0)
    return 0x6986;
  if (!may_read (chip, chip->current))
    return 0x6982;
  limited = limit (chip, command, &count);
  if (limited != 0x9000 && limited != 0x6282)
    return limited;
  header = count > 257 ? 4 : count > 129 ? 3 : 2;
  if (count <= header)
    return 0x6700;
  sw = read_file (chip, offset, count - header, wants_all (command), content);
  if (sw == 0x9000 || sw == 0x6282)
    pv_chip_add_tlv (data, 0x53, content->data, content->len);
  return sw == 0x9000 ? limited : sw;
}

guint16
pv_chip_read_binary (PvChip *chip, const PvChipCommand *command, GByteArray *data)
{
  return command->ins % 2 == 0 ? read_even (chip, command, data) : read_odd (chip, command, data);
}
