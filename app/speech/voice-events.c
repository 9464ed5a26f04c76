/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "voice-events.h"

struct PvVoiceEvents {
  PvVoiceFunc func;
  gpointer user_data;
  GSource *source;
  GMutex lock; /* of what follows */
  guint turn;
  GQueue waiting; /* (element-type PvSpeechEvent): all of this turn */
};

static gboolean
take (PvVoiceEvents *events, PvSpeechEvent *ret_event)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&events->lock);
  g_autofree PvSpeechEvent *first = g_queue_pop_head (&events->waiting);

  if (first == NULL)
    return FALSE;
  *ret_event = *first;
  return TRUE;
}

static gboolean
dispatch_cb (GSource *source, GSourceFunc callback, gpointer user_data)
{
  PvVoiceEvents *events = user_data;
  PvSpeechEvent event;

  (void) callback;
  g_source_set_ready_time (source, -1);
  while (take (events, &event))
    events->func (&event, events->user_data);
  return G_SOURCE_CONTINUE;
}

/* g_source_set_callback() is what gives a source its data. */
static gboolean
unused_cb (gpointer user_data)
{
  (void) user_data;
  return G_SOURCE_CONTINUE;
}

PvVoiceEvents *
pv_voice_events_new (PvVoiceFunc func, gpointer user_data)
{
  static GSourceFuncs funcs = { .dispatch = dispatch_cb };
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  PvVoiceEvents *events = g_new0 (PvVoiceEvents, 1);

  events->func = func;
  events->user_data = user_data;
  g_mutex_init (&events->lock);
  g_queue_init (&events->waiting);
  events->source = g_source_new (&funcs, sizeof (GSource));
  g_source_set_callback (events->source, unused_cb, events, NULL);
  g_source_set_static_name (events->source, "pv-voice");
  g_source_attach (events->source, context);
  return events;
}

void
pv_voice_events_free (PvVoiceEvents *events)
{
  g_source_destroy (events->source);
  g_source_unref (events->source);
  g_queue_clear_full (&events->waiting, g_free);
  g_mutex_clear (&events->lock);
  g_free (events);
}

void
pv_voice_events_add (PvVoiceEvents *events, guint turn, const PvSpeechEvent *event)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&events->lock);

  if (turn != events->turn)
    return;
  g_queue_push_tail (&events->waiting, g_memdup2 (event, sizeof *event));
  g_source_set_ready_time (events->source, 0);
}

guint
pv_voice_events_next_turn (PvVoiceEvents *events)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&events->lock);

  g_queue_clear_full (&events->waiting, g_free);
  return ++events->turn;
}

guint
pv_voice_events_get_turn (PvVoiceEvents *events)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&events->lock);

  return events->turn;
}
