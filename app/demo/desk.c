/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/desk.h"

#include <string.h>

#include "demo/card/chip-text.h"
#include "demo/card/chip.h"
#include "demo/card/pn532.h"
#include "platform/json.h"

struct PvDemoDesk {
  char *issuers;
  GPtrArray *cards;  /* PvDemoCard */
  GHashTable *chips; /* by name */
  PvPn532 *reader;
  const PvDemoCard *laid; /* (nullable) */
  gboolean is_plugged;
};

static void
card_free (gpointer data)
{
  PvDemoCard *card = data;

  g_free (card->name);
  g_free (card->title);
  g_free (card->can);
  g_free (card->text);
  g_free (card);
}

static gboolean
is_name (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= PV_DEMO_MAX_CARD_NAME_BYTES
         && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* One file; its State signs later, but must be in the list from the start. */
static gboolean
load_card (PvDemoDesk *self, const char *folder, const char *name, GError **error)
{
  g_autofree char *file = g_strconcat (name, ".card", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *content = NULL;
  g_autoptr (PvChipText) text = NULL;
  g_autoptr (PvIssuer) issuer = NULL;
  PvDemoCard *card;

  if (!g_file_get_contents (path, &content, NULL, error))
    return FALSE;
  text = pv_chip_text_new (content, error);
  if (text == NULL) {
    g_prefix_error (error, "%s: ", file);
    return FALSE;
  }
  if (text->kind != PV_CHIP_OTHER) {
    issuer = pv_issuer_open (self->issuers, text->country, text->issuer_kind, error);
    if (issuer == NULL)
      return FALSE;
  }
  card = g_new0 (PvDemoCard, 1);
  card->name = g_strdup (name);
  card->title = pv_chip_text_get (text, "card", "title");
  card->can = g_strdup (text->can);
  card->text = g_steal_pointer (&content);
  g_ptr_array_add (self->cards, card);
  return TRUE;
}

static int
compare_cards (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const PvDemoCard *const *) a)->name, (*(const PvDemoCard *const *) b)->name);
}

static gboolean
load_cards (PvDemoDesk *self, const char *folder, GError **error)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, error);

  if (files == NULL)
    return FALSE;
  for (const char *file; (file = g_dir_read_name (files)) != NULL && self->cards->len < PV_DEMO_MAX_CARDS;) {
    g_autofree char *name = g_strndup (file, strcspn (file, "."));

    if (g_str_has_suffix (file, ".card") && is_name (name) && !load_card (self, folder, name, error))
      return FALSE;
  }
  g_ptr_array_sort (self->cards, compare_cards);
  return TRUE;
}

static void
chip_free (gpointer chip)
{
  pv_chip_free (chip);
}

PvDemoDesk *
pv_demo_desk_new (const char *cards, const char *link, const char *issuers, GError **error)
{
  g_autoptr (PvDemoDesk) self = g_new0 (PvDemoDesk, 1);

  self->issuers = g_strdup (issuers);
  self->cards = g_ptr_array_new_with_free_func (card_free);
  self->chips = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, chip_free);
  if (g_mkdir_with_parents (issuers, 0700) != 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: cannot be made", issuers);
    return NULL;
  }
  if (!load_cards (self, cards, error) || !pv_issuer_write_master_list (issuers, error))
    return NULL;
  self->reader = pv_pn532_new (link, error);
  if (self->reader == NULL)
    return NULL;
  self->is_plugged = TRUE;
  return g_steal_pointer (&self);
}

void
pv_demo_desk_free (PvDemoDesk *self)
{
  if (self == NULL)
    return;
  pv_pn532_free (self->reader); /* first: its thread may be asking a chip */
  g_hash_table_unref (self->chips);
  g_ptr_array_unref (self->cards);
  g_free (self->issuers);
  g_free (self);
}

const GPtrArray *
pv_demo_desk_list (const PvDemoDesk *self)
{
  return self->cards;
}

const char *
pv_demo_desk_get_laid (const PvDemoDesk *self)
{
  return self->laid != NULL ? self->laid->name : NULL;
}

gboolean
pv_demo_desk_is_plugged (const PvDemoDesk *self)
{
  return self->is_plugged;
}

const char *
pv_demo_desk_get_connection (const PvDemoDesk *self)
{
  return pv_pn532_get_connection (self->reader);
}

static gsize
transmit (gpointer chip, const guint8 *command, gsize length, guint8 *answer, gsize size)
{
  return pv_chip_transmit (chip, command, length, answer, size);
}

static void
reset (gpointer chip)
{
  pv_chip_reset (chip);
}

static const PvDemoCard *
find_card (const PvDemoDesk *self, const char *name)
{
  for (guint i = 0; i < self->cards->len; i++) {
    const PvDemoCard *card = g_ptr_array_index (self->cards, i);

    if (g_str_equal (card->name, name))
      return card;
  }
  return NULL;
}

static gboolean
lay (PvDemoDesk *self, const char *name, GError **error)
{
  const PvDemoCard *card = find_card (self, name);
  PvChip *chip;
  PvPn532Card laid = { .transmit = transmit, .reset = reset };

  if (card == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such card");
    return FALSE;
  }
  chip = g_hash_table_lookup (self->chips, card->name);
  if (chip == NULL) {
    chip = pv_chip_new_from_card (card->text, self->issuers, error);
    if (chip == NULL)
      return FALSE;
    g_hash_table_insert (self->chips, card->name, chip);
  }
  pv_pn532_remove (self->reader);
  laid.card = chip;
  laid.ats = pv_chip_get_ats (chip, &laid.ats_length);
  laid.is_type_b = pv_chip_is_type_b (chip);
  pv_pn532_lay (self->reader, &laid);
  self->laid = card;
  return TRUE;
}

gboolean
pv_demo_desk_do (PvDemoDesk *self, const char *verb, const char *card, GError **error)
{
  if (g_str_equal (verb, "lay") && card != NULL)
    return lay (self, card, error);
  if (g_str_equal (verb, "remove")) {
    pv_pn532_remove (self->reader);
    self->laid = NULL;
    return TRUE;
  }
  if (g_str_equal (verb, "unplug")) {
    pv_pn532_unplug (self->reader);
    self->is_plugged = FALSE;
    return TRUE;
  }
  if (g_str_equal (verb, "plug")) {
    self->is_plugged = self->is_plugged || pv_pn532_plug (self->reader, error);
    return self->is_plugged;
  }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "lay with a card, remove, plug or unplug");
  return FALSE;
}

char *
pv_demo_desk_to_json (const PvDemoDesk *self)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "reader", pv_demo_desk_get_connection (self));
  pv_json_writer_bool (writer, "plugged", self->is_plugged);
  pv_json_writer_text (writer, "laid", pv_demo_desk_get_laid (self));
  pv_json_writer_begin_array (writer, "cards");
  for (guint i = 0; i < self->cards->len; i++) {
    const PvDemoCard *card = g_ptr_array_index (self->cards, i);

    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "name", card->name);
    pv_json_writer_text (writer, "title", card->title);
    pv_json_writer_text (writer, "can", card->can);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  return g_strdup (pv_json_writer_get_text (writer, NULL));
}
