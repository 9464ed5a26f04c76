/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/assist-free.h"

enum { LEAST_WAIT_MS = 1000 };

struct PvAssistFree {
  PvPresenceBoard *board;
  char **communes;
  PvClock *clock;
  void (*changed) (gpointer);
  gpointer user_data;
  guint timer_id;
};

static PvAssistTime
now (const PvAssistFree *self)
{
  return (PvAssistTime){ pv_clock_get_monotonic_ms (self->clock),
                         (guint64) (pv_clock_get_wall_us (self->clock) / G_USEC_PER_SEC) };
}

static void plan (PvAssistFree *self);

static gboolean
timer_cb (gpointer user_data)
{
  PvAssistFree *self = user_data;

  self->timer_id = 0;
  if (pv_presence_board_expire (self->board, now (self)))
    self->changed (self->user_data);
  plan (self);
  return G_SOURCE_REMOVE;
}

static void
plan (PvAssistFree *self)
{
  gint64 next_ms = pv_presence_board_next_deadline_ms (self->board);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (next_ms != G_MAXINT64)
    self->timer_id =
      g_timeout_add ((guint) CLAMP (next_ms - now (self).mono_ms, LEAST_WAIT_MS, G_MAXINT), timer_cb, self);
}

static char **
read_communes (const char *path)
{
  g_autofree char *text = NULL;
  g_autofree guchar *bytes = NULL;
  gsize size = 0;
  g_autoptr (PvCertificate) certificate = NULL;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  bytes = g_base64_decode (text, &size);
  certificate = pv_certificate_parse (bytes, size, NULL);
  return certificate != NULL ? g_strdupv (certificate->communes) : NULL;
}

PvAssistFree *
pv_assist_free_new (const char *certificate_file, const PvCertificateRoot *roots, gsize n_roots, PvClock *clock,
                    void (*changed) (gpointer), gpointer user_data)
{
  char **communes = read_communes (certificate_file);
  PvAssistFree *self;

  if (communes == NULL)
    return NULL;
  self = g_new0 (PvAssistFree, 1);
  self->communes = communes;
  self->board = pv_presence_board_new ((const char *const *) communes, roots, n_roots, NULL);
  self->clock = clock;
  self->changed = changed;
  self->user_data = user_data;
  return self;
}

void
pv_assist_free_free (PvAssistFree *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->timer_id, g_source_remove);
  pv_presence_board_free (self->board);
  g_strfreev (self->communes);
  g_free (self);
}

void
pv_assist_free_hear (PvAssistFree *self, GBytes *presence)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (presence, &size);

  if (pv_presence_board_add (self->board, bytes, size, now (self)))
    self->changed (self->user_data);
  plan (self);
}

void
pv_assist_free_forget (PvAssistFree *self)
{
  pv_presence_board_forget (self->board);
  plan (self);
}

guint
pv_assist_free_count (const PvAssistFree *self)
{
  return pv_presence_board_count_free (self->board, now (self));
}
