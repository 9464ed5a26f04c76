/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* buffer.h: growing bytes that leave no copy behind: it grows by copy and wipe, where realloc() would forget. */
#pragma once

#include <glib.h>

/* Zero-initialized is empty. One byte beyond @length is reserved for a final 0. */
typedef struct {
  char *data;
  gsize length;
  gsize size;
} PvBuffer;

/* Makes room for @more bytes behind @length, and one. */
void pv_buffer_reserve (PvBuffer *buffer, gsize more);

/* Appends, and keeps a 0 behind the end. */
void pv_buffer_add (PvBuffer *buffer, const char *bytes, gsize length);

/* Wiped, freed, empty again. */
void pv_buffer_clear (PvBuffer *buffer);

/* What was collected, wiped when the last reference goes; @buffer is empty then. (transfer full) */
GBytes *pv_buffer_steal_bytes (PvBuffer *buffer) G_GNUC_WARN_UNUSED_RESULT;
