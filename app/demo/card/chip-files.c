/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-files.h"

#include <string.h>

#include "demo/card/chip-command.h"
#include "demo/card/chip-damage.h"
#include "demo/card/chip-groups.h"

/* Doc 9303-10, section 3. */
static const struct {
  const char *word;
  gboolean is_in_application;
  guint id, short_id;
} places[] = {
  [PV_CHIP_FILE_COM] = { "com", TRUE, 0x011E, 0x1E },
  [PV_CHIP_FILE_SOD] = { "sod", TRUE, 0x011D, 0x1D },
  [PV_CHIP_FILE_CARD_ACCESS] = { "card-access", FALSE, 0x011C, 0x1C },
  [PV_CHIP_FILE_CARD_SECURITY] = { "card-security", FALSE, 0x011D, 0x1D },
  [PV_CHIP_FILE_DIR] = { "dir", FALSE, 0x2F00, 0x1E },
  [PV_CHIP_FILE_ATR] = { "atr", FALSE, 0x2F01, 0x01 },
};

int
pv_chip_file_of_word (const char *word)
{
  guint64 number;

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].word, word))
      return (int) i;
  if (g_str_has_prefix (word, "dg") && g_ascii_string_to_unsigned (word + 2, 10, 1, 16, &number, NULL))
    return PV_CHIP_FILE_DG + (int) number;
  return -1;
}

int
pv_chip_files_find (const PvChipFiles *files, gboolean is_in_application, guint id)
{
  for (int i = 0; i < (int) G_N_ELEMENTS (places); i++)
    if (places[i].is_in_application == is_in_application && places[i].id == id && files->files[i].data != NULL)
      return i;
  if (is_in_application && id > 0x0100 && id <= 0x0110 && files->files[PV_CHIP_FILE_DG + id - 0x0100].data != NULL)
    return PV_CHIP_FILE_DG + (int) id - 0x0100;
  return -1;
}

int
pv_chip_files_find_short (const PvChipFiles *files, gboolean is_in_application, guint short_id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i].is_in_application == is_in_application && places[i].short_id == short_id)
      return pv_chip_files_find (files, is_in_application, places[i].id);
  return pv_chip_files_find (files, is_in_application, 0x0100 + short_id);
}

void
pv_chip_files_free (PvChipFiles *files)
{
  if (files == NULL)
    return;
  for (gsize i = 0; i < PV_N_CHIP_FILES; i++)
    if (files->files[i].data != NULL)
      g_bytes_unref (files->files[i].data);
  g_free (files);
}

/* One application; EF.ATR/INFO tells the lengths only where long APDUs are taken. */
static void
add_root_files (PvChipFiles *files, const PvChipText *text)
{
  static const guint8 directory[] = { 0x61, 0x09, 0x4F, 0x07, 0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01 };
  const guint8 size[2] = { (guint8) (text->extended >> 8), (guint8) text->extended };
  GByteArray *file, *lengths;

  files->files[PV_CHIP_FILE_DIR].data = g_bytes_new_static (directory, sizeof directory);
  if (text->extended == 0)
    return;
  lengths = g_byte_array_new ();
  pv_chip_add_tlv (lengths, 0x02, size, sizeof size);
  pv_chip_add_tlv (lengths, 0x02, size, sizeof size);
  file = g_byte_array_new ();
  pv_chip_add_tlv_of (file, 0x7F66, lengths);
  files->files[PV_CHIP_FILE_ATR].data = g_byte_array_free_to_bytes (file);
}

static gboolean
add_groups (PvChipFiles *files, const PvChipText *text, const PvChipKeys *keys, GError **error)
{
  PvChipFile *groups = &files->files[PV_CHIP_FILE_DG];
  g_auto (GStrv) without = g_key_file_get_string_list (text->file, "card", "without", NULL, NULL);

  groups[1].data = pv_chip_group_dg1 (text, error);
  if (groups[1].data == NULL)
    return FALSE;
  groups[2].data = pv_chip_group_dg2 (text, error);
  if (groups[2].data == NULL)
    return FALSE;
  groups[3].data = pv_chip_group_dg3 ();
  groups[11].data = pv_chip_group_dg11 (text);
  groups[12].data = pv_chip_group_dg12 (text);
  groups[14].data = pv_chip_keys_dg14 (keys, text);
  groups[15].data = pv_chip_keys_dg15 (keys);
  for (char **word = without; word != NULL && *word != NULL; word++) {
    int name = pv_chip_file_of_word (*word);

    if (name > PV_CHIP_FILE_DG)
      g_clear_pointer (&files->files[name].data, g_bytes_unref);
  }
  return TRUE;
}

static gboolean
sign (PvChipFiles *files, const PvChipText *text, const PvChipKeys *keys, const char *folder, GError **error)
{
  g_autoptr (PvIssuer) issuer = pv_issuer_open (folder, text->country, text->issuer_kind, error);
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();
  g_autoptr (GBytes) infos = pv_chip_keys_card_security (keys, text);

  if (issuer == NULL)
    return FALSE;
  for (gsize i = 0; i <= 16; i++)
    g_ptr_array_add (groups, files->files[PV_CHIP_FILE_DG + i].data);
  files->files[PV_CHIP_FILE_COM].data = pv_chip_group_com (groups);
  files->files[PV_CHIP_FILE_SOD].data = pv_issuer_sign (issuer, groups, text->issue, text->issued, error);
  if (files->files[PV_CHIP_FILE_SOD].data == NULL)
    return FALSE;
  if (infos == NULL)
    return TRUE;
  files->files[PV_CHIP_FILE_CARD_SECURITY].data =
    pv_issuer_sign_card_security (issuer, infos, text->issue, text->issued, error);
  return files->files[PV_CHIP_FILE_CARD_SECURITY].data != NULL;
}

PvChipFiles *
pv_chip_files_new (const PvChipText *text, const PvChipKeys *keys, const char *folder, GError **error)
{
  g_autoptr (PvChipFiles) files = g_new0 (PvChipFiles, 1);

  if (text->kind == PV_CHIP_OTHER)
    return g_steal_pointer (&files);
  add_root_files (files, text);
  files->files[PV_CHIP_FILE_CARD_ACCESS].data = pv_chip_keys_card_access (text->pace, text->n_signed_pace);
  if (!add_groups (files, text, keys, error) || !pv_chip_damage (files, text, "misprint", error)
      || !sign (files, text, keys, folder, error) || !pv_chip_damage (files, text, "damage", error))
    return NULL;
  return g_steal_pointer (&files);
}
