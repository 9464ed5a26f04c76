/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-damage.h"

#include <string.h>

#include "eid/tlv.h"

#define DAMAGE_ERROR(error, ...) g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, __VA_ARGS__)

/* One change: "dg1:20:FF" split at the colons. FALSE: it cannot be. */
typedef gboolean (*Change) (PvChipFile *file, const char *const *words);

static gboolean
read_number (const char *word, guint64 limit, gsize *ret_number)
{
  guint64 number;

  if (word == NULL || !g_ascii_string_to_unsigned (word, 10, 0, limit, &number, NULL))
    return FALSE;
  *ret_number = (gsize) number;
  return TRUE;
}

static gboolean
replace (PvChipFile *file, guint8 *data, gsize length)
{
  g_bytes_unref (file->data);
  file->data = g_bytes_new_take (data, length);
  return TRUE;
}

/* flip=FILE:OFFSET, the lowest bit */
static gboolean
flip (PvChipFile *file, const char *const *words)
{
  gsize length, offset;
  const guint8 *old = g_bytes_get_data (file->data, &length);
  guint8 *data;

  if (!read_number (words[1], PV_CHIP_MAX_DAMAGED_BYTES, &offset) || offset >= length)
    return FALSE;
  data = g_memdup2 (old, length);
  data[offset] ^= 1;
  return replace (file, data, length);
}

static guint8 *
read_hex (const char *word, gsize *ret_length)
{
  gsize length = word != NULL ? strlen (word) / 2 : 0;
  guint8 *data = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) (g_ascii_xdigit_value (word[2 * i]) << 4 | (g_ascii_xdigit_value (word[2 * i + 1]) & 0xF));
  *ret_length = length;
  return data;
}

/* set=FILE:OFFSET:HEX */
static gboolean
set (PvChipFile *file, const char *const *words)
{
  gsize length, offset, set_length;
  const guint8 *old = g_bytes_get_data (file->data, &length);
  g_autofree guint8 *bytes = NULL;
  guint8 *data;

  if (!read_number (words[1], PV_CHIP_MAX_DAMAGED_BYTES, &offset))
    return FALSE;
  bytes = read_hex (words[2], &set_length);
  if (set_length == 0 || offset + set_length > length)
    return FALSE;
  data = g_memdup2 (old, length);
  memcpy (data + offset, bytes, set_length);
  return replace (file, data, length);
}

/* replace=FILE:HEX */
static gboolean
replace_all (PvChipFile *file, const char *const *words)
{
  gsize length;
  guint8 *data = read_hex (words[1], &length);

  return replace (file, data, length);
}

/* cut=FILE:LENGTH */
static gboolean
cut (PvChipFile *file, const char *const *words)
{
  gsize length, rest;
  const guint8 *old = g_bytes_get_data (file->data, &length);

  if (!read_number (words[1], PV_CHIP_MAX_DAMAGED_BYTES, &rest) || rest > length)
    return FALSE;
  return replace (file, g_memdup2 (old, rest), rest);
}

/* pad=FILE:COUNT, zeros */
static gboolean
pad (PvChipFile *file, const char *const *words)
{
  gsize length, more;
  const guint8 *old = g_bytes_get_data (file->data, &length);
  guint8 *data;

  if (!read_number (words[1], PV_CHIP_MAX_DAMAGED_BYTES, &more))
    return FALSE;
  data = g_malloc0 (length + more);
  memcpy (data, old, length);
  return replace (file, data, length + more);
}

static gboolean
empty (PvChipFile *file, const char *const *words)
{
  (void) words;
  return replace (file, NULL, 0);
}

static gboolean
miss (PvChipFile *file, const char *const *words)
{
  (void) words;
  g_clear_pointer (&file->data, g_bytes_unref);
  return TRUE;
}

/* announce=FILE:LENGTH: the length in its header, in three bytes */
static gboolean
announce (PvChipFile *file, const char *const *words)
{
  gsize length, announced, header, whole;
  const guint8 *old = g_bytes_get_data (file->data, &length);
  guint32 tag;
  guint8 *data;

  if (!read_number (words[1], 0xFFFFFF, &announced) || !pv_tlv_peek (old, length, &tag, &header, &whole))
    return FALSE;
  data = g_malloc (length + 5);
  data[0] = old[0];
  data[1] = 0x83;
  data[2] = (guint8) (announced >> 16);
  data[3] = (guint8) (announced >> 8);
  data[4] = (guint8) announced;
  memcpy (data + 5, old + header, length - header);
  return replace (file, data, 5 + length - header);
}

static gboolean
open_bottom (PvChipFile *file, const char *const *words)
{
  (void) words;
  file->is_bottomless = TRUE;
  return TRUE;
}

static const struct {
  const char *key;
  Change change; /* (nullable): not of a file, see chip.c */
} changes[] = {
  { "flip", flip },    { "set", set },           { "replace", replace_all },
  { "cut", cut },      { "pad", pad },           { "empty", empty },
  { "missing", miss }, { "announce", announce }, { "bottomless", open_bottom },
  { "clone", NULL },   { "fault", NULL },        { "card-access", NULL },
};

static gboolean
change_file (PvChipFiles *files, Change change, const char *word)
{
  g_auto (GStrv) words = g_strsplit (word, ":", 3);
  const char *padded[4] = { words[0], words[0] != NULL ? words[1] : NULL, NULL, NULL };
  int name = words[0] != NULL ? pv_chip_file_of_word (words[0]) : -1;

  if (padded[1] != NULL)
    padded[2] = words[2];
  return name >= 0 && files->files[name].data != NULL && change (&files->files[name], padded);
}

/* card-access=none, or other offers than those of DG14 */
static gboolean
change_card_access (PvChipFiles *files, const PvChipText *text, const char *group, GError **error)
{
  g_autofree char *words = pv_chip_text_get (text, group, "card-access");
  PvChipPaceOffer offers[PV_CHIP_MAX_OFFERS];
  guint n_offers = 0;

  if (words == NULL)
    return TRUE;
  g_clear_pointer (&files->files[PV_CHIP_FILE_CARD_ACCESS].data, g_bytes_unref);
  if (g_str_equal (words, "none"))
    return TRUE;
  if (!pv_chip_text_read_pace (text, group, "card-access", offers, &n_offers, error))
    return FALSE;
  files->files[PV_CHIP_FILE_CARD_ACCESS].data = pv_chip_keys_card_access (offers, n_offers);
  return TRUE;
}

gboolean
pv_chip_damage (PvChipFiles *files, const PvChipText *text, const char *group, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (text->file, group, NULL, NULL);

  for (char **key = keys; key != NULL && *key != NULL; key++) {
    g_auto (GStrv) words = g_key_file_get_string_list (text->file, group, *key, NULL, NULL);
    gsize i = 0;

    while (i < G_N_ELEMENTS (changes) && !g_str_equal (changes[i].key, *key))
      i++;
    if (i == G_N_ELEMENTS (changes)) {
      DAMAGE_ERROR (error, "[%s] %s: no such word", group, *key);
      return FALSE;
    }
    for (char **word = words; changes[i].change != NULL && *word != NULL; word++)
      if (!change_file (files, changes[i].change, *word)) {
        DAMAGE_ERROR (error, "[%s] %s: cannot be done: %s", group, *key, *word);
        return FALSE;
      }
  }
  return change_card_access (files, text, group, error);
}
