/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nfc-rig.h"

#include <string.h>

static guint8
pattern (const guint8 *tag, gsize i)
{
  return (guint8) (tag[i % 4] + i * 7 + (i >> 8));
}

static gsize
rig_transmit (gpointer data, const guint8 *command, gsize length, guint8 *answer, gsize size)
{
  Rig *rig = data;
  gsize n = length >= 6 ? (gsize) command[4] << 8 | command[5] : 0;

  g_atomic_int_inc (&rig->n_apdus);
  g_assert (length >= 6 && 4 + n + 2 <= size);
  memcpy (answer, command, 4);
  for (gsize i = 0; i < n; i++)
    answer[4 + i] = pattern (command, i);
  answer[4 + n] = 0x90;
  answer[4 + n + 1] = 0x00;
  return 4 + n + 2;
}

static void
rig_reset (gpointer data)
{
  g_atomic_int_inc (&((Rig *) data)->n_resets);
}

Rig *
rig_new (gboolean is_type_b)
{
  static const guint8 ats[] = { 5, 0x78, 0x80, 0x70, 0x02 };
  g_autoptr (GError) error = NULL;
  Rig *rig = g_new0 (Rig, 1);
  g_autofree char *link = NULL;

  rig->folder = g_dir_make_tmp ("parvis-nfc-XXXXXX", &error);
  assert_null (error);
  link = g_build_filename (rig->folder, "reader", NULL);
  rig->emulator = pv_pn532_new (link, &error);
  assert_null (error);
  rig->card = (PvPn532Card){ rig_transmit, rig_reset, ats, sizeof ats, .is_type_b = is_type_b, .card = rig };
  rig->tag = 0x01000000;
  pv_pn532_lay (rig->emulator, &rig->card);
  rig_reopen (rig);
  return rig;
}

void
rig_reopen (Rig *rig)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&rig->reader, pv_nfc_reader_close);
  rig->reader = pv_nfc_reader_open (pv_pn532_get_connection (rig->emulator), rig->folder, &error);
  if (error != NULL)
    print_error ("%s\n", error->message);
  assert_null (error);
  assert_non_null (rig->reader);
}

void
rig_free (Rig *rig)
{
  pv_nfc_reader_close (rig->reader);
  pv_pn532_free (rig->emulator);
  tst_remove_folder (rig->folder);
  g_free (rig->folder);
  g_free (rig);
}

PvCardTransport *
rig_take_card (Rig *rig)
{
  g_autoptr (GError) error = NULL;
  PvCardTransport *card = pv_nfc_reader_wait_card (rig->reader, 1000, &error);

  if (error != NULL)
    print_error ("%s\n", error->message);
  assert_null (error);
  assert_non_null (card);
  return card;
}

gboolean
rig_ask (Rig *rig, PvCardTransport *card, gsize command_length, gsize n, guint timeout_ms, GError **error)
{
  g_autofree guint8 *command = g_malloc0 (command_length);
  g_autofree guint8 *answer = g_malloc0 (RIG_MAX_ANSWER);
  guint32 tag = GUINT32_TO_BE (rig->tag);
  gsize length = 0;

  rig->tag++;
  memcpy (command, &tag, 4);
  command[4] = (guint8) (n >> 8);
  command[5] = (guint8) n;
  if (!card->ops->transceive (card, command, command_length, answer, RIG_MAX_ANSWER, &length, timeout_ms, error)) {
    assert_true (error == NULL || *error != NULL);
    return FALSE;
  }
  assert_int_equal (length, 4 + n + 2);
  assert_memory_equal (answer, command, 4);
  for (gsize i = 0; i < n; i++)
    assert_int_equal (answer[4 + i], pattern (command, i));
  assert_int_equal (answer[length - 2], 0x90);
  return TRUE;
}

void
rig_talk (Rig *rig, PvCardTransport *card, gsize command_length, gsize n)
{
  g_autoptr (GError) error = NULL;

  if (!rig_ask (rig, card, command_length, n, 2000, &error))
    print_error ("%s\n", error->message);
  assert_null (error);
}
