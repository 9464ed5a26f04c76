/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "card-desk.h"

#include <string.h>

#include "demo/card/issuer.h"
#include "tst.h"

char *
card_desk_read_card (const char *name, const char *changes)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.card", g_getenv ("PV_CARDS_DIR"), name);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) lines = g_strsplit (changes != NULL ? changes : "", "\n", -1);

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    g_error ("no card %s", path);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++) {
    g_auto (GStrv) parts = g_strsplit_set (lines[i], "/=", 3);

    g_assert (g_strv_length (parts) == 3);
    if (parts[2][0] == '\0')
      g_key_file_remove_key (file, parts[0], parts[1], NULL);
    else
      g_key_file_set_value (file, parts[0], parts[1], parts[2]);
  }
  return g_key_file_to_data (file, NULL, NULL);
}

PvChip *
card_desk_make_chip (const char *folder, const char *name, const char *changes)
{
  g_autofree char *text = card_desk_read_card (name, changes);
  g_autoptr (GError) error = NULL;
  PvChip *chip = pv_chip_new_from_card (text, folder, &error);

  if (chip == NULL)
    g_error ("card %s (%s): %s", name, changes != NULL ? changes : "", error->message);
  return chip;
}

PvTrust *
card_desk_make_trust (const char *folder)
{
  g_autofree char *list = g_build_filename (folder, "masterlist.ml", NULL);
  g_autofree char *signer = g_build_filename (folder, "masterlist-signer.pem", NULL);
  g_autofree char *crls = g_build_filename (folder, "crl", NULL);
  g_autoptr (GError) error = NULL;
  PvTrust *trust = NULL;

  if (pv_issuer_write_master_list (folder, &error))
    trust = pv_trust_load (list, signer, crls, CARD_DESK_NOW, &error);
  if (trust == NULL)
    g_error ("no master list: %s", error->message);
  return trust;
}

CardDesk *
card_desk_new (void)
{
  CardDesk *desk = g_new0 (CardDesk, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *link = NULL;

  desk->folder = g_dir_make_tmp ("parvis-desk-XXXXXX", NULL);
  link = g_build_filename (desk->folder, "reader", NULL);
  desk->reader = pv_pn532_new (link, &error);
  if (desk->reader == NULL)
    g_error ("no virtual reader: %s", error->message);
  return desk;
}

void
card_desk_free (CardDesk *desk)
{
  pv_pn532_free (desk->reader);
  pv_chip_free (desk->chip);
  tst_remove_folder (desk->folder);
  g_free (desk->folder);
  g_free (desk);
}

/* The key is kept: the reader's next look at the field makes the chip forget it. */
static gsize
transmit (gpointer data, const guint8 *command, gsize length, guint8 *answer, gsize size)
{
  CardDesk *desk = data;
  gsize answer_length = pv_chip_transmit (desk->chip, command, length, answer, size), key_length;
  const guint8 *key = pv_chip_get_session_key (desk->chip, &key_length);

  if (key != NULL && key_length <= sizeof desk->last_key) {
    memcpy (desk->last_key, key, key_length);
    desk->last_key_length = key_length;
  }
  return answer_length;
}

static void
reset (gpointer data)
{
  pv_chip_reset (((CardDesk *) data)->chip);
}

void
card_desk_lay_again (CardDesk *desk)
{
  PvPn532Card card = { .transmit = transmit, .reset = reset, .card = desk };

  card.ats = pv_chip_get_ats (desk->chip, &card.ats_length);
  pv_pn532_lay (desk->reader, &card);
}

void
card_desk_remove (CardDesk *desk)
{
  pv_pn532_remove (desk->reader);
}

void
card_desk_lay (CardDesk *desk, const char *name, const char *changes)
{
  card_desk_remove (desk);
  g_clear_pointer (&desk->chip, pv_chip_free);
  desk->chip = card_desk_make_chip (desk->folder, name, changes);
  card_desk_lay_again (desk);
}
