/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* memory.h: bytes of a card and keys: locked against swapping, guarded on both sides, wiped when freed. */
#pragma once

#include <glib.h>

/* Zeroed; @size 0 gives one byte. Never NULL: running out of locked memory aborts, as running out of any does. */
guint8 *pv_card_alloc (gsize size) G_GNUC_WARN_UNUSED_RESULT;
/* NULL is accepted. */
void pv_card_free (guint8 *bytes);

/* Bytes that grow by copy and wipe. Zero-initialized is empty. */
typedef struct PvCardBytes {
  guint8 *data;
  gsize length;
  gsize size;
} PvCardBytes;

void pv_card_bytes_add (PvCardBytes *bytes, const guint8 *data, gsize length);
/* Room for @more bytes behind the end, to write to. */
guint8 *pv_card_bytes_reserve (PvCardBytes *bytes, gsize more);
void pv_card_bytes_clear (PvCardBytes *bytes);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvCardBytes, pv_card_bytes_clear)
