/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/secret-buffer.h"

#include <string.h>

#include "core/format.h"
#include "core/wipe.h"

struct _PvSecretBuffer {
  GtkEntryBuffer parent_instance;
  char *text; /* NUL-terminated, always */
  gsize bytes;
  guint chars;
};

G_DEFINE_FINAL_TYPE (PvSecretBuffer, pv_secret_buffer, GTK_TYPE_ENTRY_BUFFER)

/* A new block for each change, and the old one wiped: growing in place would leave copies in the heap. */
static void
replace_text (PvSecretBuffer *self, char *text, gsize bytes, guint chars)
{
  pv_wipe_str (self->text);
  self->text = text;
  self->bytes = bytes;
  self->chars = chars;
}

static const char *
pv_secret_buffer_get_text (GtkEntryBuffer *buffer, gsize *ret_bytes)
{
  PvSecretBuffer *self = PV_SECRET_BUFFER (buffer);

  if (ret_bytes != NULL)
    *ret_bytes = self->bytes;
  return self->text;
}

static guint
pv_secret_buffer_get_length (GtkEntryBuffer *buffer)
{
  return PV_SECRET_BUFFER (buffer)->chars;
}

static guint
pv_secret_buffer_insert_text (GtkEntryBuffer *buffer, guint position, const char *chars, guint n_chars)
{
  PvSecretBuffer *self = PV_SECRET_BUFFER (buffer);
  gsize added = (gsize) (g_utf8_offset_to_pointer (chars, (glong) n_chars) - chars);
  gsize before = (gsize) (g_utf8_offset_to_pointer (self->text, (glong) MIN (position, self->chars)) - self->text);
  char *text;

  if (self->bytes + added > PV_FORMAT_MAX_BYTES)
    return 0;
  text = g_malloc (self->bytes + added + 1);
  memcpy (text, self->text, before);
  memcpy (text + before, chars, added);
  memcpy (text + before + added, self->text + before, self->bytes - before + 1);
  replace_text (self, text, self->bytes + added, self->chars + n_chars);
  gtk_entry_buffer_emit_inserted_text (buffer, position, chars, n_chars);
  return n_chars;
}

static guint
pv_secret_buffer_delete_text (GtkEntryBuffer *buffer, guint position, guint n_chars)
{
  PvSecretBuffer *self = PV_SECRET_BUFFER (buffer);

  position = MIN (position, self->chars);
  n_chars = MIN (n_chars, self->chars - position);
  if (n_chars > 0)
    gtk_entry_buffer_emit_deleted_text (buffer, position, n_chars);
  return n_chars;
}

/* GTK takes the text away in the signal's own handler, after those who still want to read it. */
static void
pv_secret_buffer_deleted_text (GtkEntryBuffer *buffer, guint position, guint n_chars)
{
  PvSecretBuffer *self = PV_SECRET_BUFFER (buffer);
  gsize start = (gsize) (g_utf8_offset_to_pointer (self->text, (glong) position) - self->text);
  gsize end = (gsize) (g_utf8_offset_to_pointer (self->text, (glong) (position + n_chars)) - self->text);
  char *text = g_malloc (self->bytes - (end - start) + 1);

  memcpy (text, self->text, start);
  memcpy (text + start, self->text + end, self->bytes - end + 1);
  replace_text (self, text, self->bytes - (end - start), self->chars - n_chars);
  g_object_notify (G_OBJECT (buffer), "text");
  g_object_notify (G_OBJECT (buffer), "length");
}

static void
pv_secret_buffer_finalize (GObject *object)
{
  PvSecretBuffer *self = PV_SECRET_BUFFER (object);

  g_clear_pointer (&self->text, pv_wipe_str);
  G_OBJECT_CLASS (pv_secret_buffer_parent_class)->finalize (object);
}

static void
pv_secret_buffer_class_init (PvSecretBufferClass *klass)
{
  GtkEntryBufferClass *buffer_class = GTK_ENTRY_BUFFER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pv_secret_buffer_finalize;
  buffer_class->get_text = pv_secret_buffer_get_text;
  buffer_class->get_length = pv_secret_buffer_get_length;
  buffer_class->insert_text = pv_secret_buffer_insert_text;
  buffer_class->delete_text = pv_secret_buffer_delete_text;
  buffer_class->deleted_text = pv_secret_buffer_deleted_text;
}

static void
pv_secret_buffer_init (PvSecretBuffer *self)
{
  self->text = g_strdup ("");
}

GtkEntryBuffer *
pv_secret_buffer_new (guint max_chars)
{
  GtkEntryBuffer *buffer = g_object_new (PV_TYPE_SECRET_BUFFER, NULL);

  gtk_entry_buffer_set_max_length (buffer, (int) MIN (max_chars, PV_FORMAT_MAX_BYTES));
  return buffer;
}
