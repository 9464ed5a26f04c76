/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/buffer.h"

#include <string.h>

#include "core/wipe.h"

enum { MIN_BYTES = 256 };

void
pv_buffer_reserve (PvBuffer *buffer, gsize more)
{
  gsize size = MAX (buffer->size, MIN_BYTES);
  char *data;

  g_assert (more < G_MAXSIZE / 4 && buffer->length < G_MAXSIZE / 4);
  if (buffer->length + more + 1 <= buffer->size)
    return;
  while (size < buffer->length + more + 1)
    size *= 2;
  data = g_malloc (size);
  if (buffer->length > 0)
    memcpy (data, buffer->data, buffer->length);
  pv_wipe_bytes (buffer->data, buffer->size);
  g_free (buffer->data);
  buffer->data = data;
  buffer->size = size;
}

void
pv_buffer_add (PvBuffer *buffer, const char *bytes, gsize length)
{
  pv_buffer_reserve (buffer, length);
  if (length > 0)
    memcpy (buffer->data + buffer->length, bytes, length);
  buffer->length += length;
  buffer->data[buffer->length] = '\0';
}

void
pv_buffer_clear (PvBuffer *buffer)
{
  pv_wipe_bytes (buffer->data, buffer->size);
  g_free (buffer->data);
  *buffer = (PvBuffer){ 0 };
}

static void
free_buffer_cb (gpointer data)
{
  pv_buffer_clear (data);
  g_free (data);
}

GBytes *
pv_buffer_steal_bytes (PvBuffer *buffer)
{
  PvBuffer *kept = g_memdup2 (buffer, sizeof *buffer);

  *buffer = (PvBuffer){ 0 };
  return g_bytes_new_with_free_func (kept->data, kept->length, free_buffer_cb, kept);
}
