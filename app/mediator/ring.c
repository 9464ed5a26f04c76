/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/ring.h"

#include <gsound.h>

struct PvRing {
  GSoundContext *sound; /* (nullable): this machine has none that works */
  char *file;
  guint timer, n_left;
};

PvRing *
pv_ring_new (void)
{
  PvRing *ring = g_new0 (PvRing, 1);
  const char *folder = g_getenv ("PV_DATA_DIR");

  ring->sound = gsound_context_new (NULL, NULL);
  ring->file = g_build_filename (folder != NULL ? folder : PV_DATADIR, "sounds", "call.wav", NULL);
  return ring;
}

void
pv_ring_free (PvRing *ring)
{
  if (ring == NULL)
    return;
  pv_ring_stop (ring);
  g_clear_object (&ring->sound);
  g_free (ring->file);
  g_free (ring);
}

/* The sound of the display is the poorer way, and the one that needs nothing. */
static void
ring_once (PvRing *ring)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (ring->sound != NULL
      && gsound_context_play_simple (ring->sound, NULL, NULL, GSOUND_ATTR_MEDIA_FILENAME, ring->file,
                                     GSOUND_ATTR_MEDIA_ROLE, "phone", NULL))
    return;
  if (display != NULL)
    gdk_display_beep (display);
}

static gboolean
again_cb (gpointer data)
{
  PvRing *ring = data;

  ring_once (ring);
  ring->n_left--;
  if (ring->n_left > 0)
    return G_SOURCE_CONTINUE;
  ring->timer = 0;
  return G_SOURCE_REMOVE;
}

void
pv_ring_start (PvRing *ring)
{
  g_clear_handle_id (&ring->timer, g_source_remove);
  ring->n_left = PV_RING_TIMES - 1;
  ring_once (ring);
  ring->timer = g_timeout_add_seconds (PV_RING_AGAIN_SECONDS, again_cb, ring);
}

void
pv_ring_stop (PvRing *ring)
{
  g_clear_handle_id (&ring->timer, g_source_remove);
}

gboolean
pv_ring_is_on (const PvRing *ring)
{
  return ring->timer != 0;
}
