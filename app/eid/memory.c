/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/memory.h"

#include <sodium.h>
#include <string.h>

enum { FIRST_BYTES = 1024 };

guint8 *
pv_card_alloc (gsize size)
{
  gboolean is_ready = sodium_init () >= 0;
  guint8 *bytes = NULL;

  /* sodium_malloc() puts the end of the bytes at the guard page; a multiple of 16 keeps the start aligned. */
  if (is_ready)
    bytes = sodium_malloc (MAX ((size + 15) / 16 * 16, 16));
  g_assert (bytes != NULL); /* out of locked memory */
  memset (bytes, 0, MAX (size, 1));
  return bytes;
}

void
pv_card_free (guint8 *bytes)
{
  sodium_free (bytes);
}

guint8 *
pv_card_bytes_reserve (PvCardBytes *bytes, gsize more)
{
  if (bytes->size - bytes->length < more) {
    gsize size = MAX (MAX (bytes->size * 2, bytes->length + more), FIRST_BYTES);
    guint8 *data = pv_card_alloc (size);

    if (bytes->length > 0)
      memcpy (data, bytes->data, bytes->length);
    pv_card_free (bytes->data);
    bytes->data = data;
    bytes->size = size;
  }
  return bytes->data + bytes->length;
}

void
pv_card_bytes_add (PvCardBytes *bytes, const guint8 *data, gsize length)
{
  if (length == 0)
    return;
  memcpy (pv_card_bytes_reserve (bytes, length), data, length);
  bytes->length += length;
}

void
pv_card_bytes_clear (PvCardBytes *bytes)
{
  pv_card_free (bytes->data);
  *bytes = (PvCardBytes){ 0 };
}
