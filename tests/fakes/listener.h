/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* listener.h: a session's voice with a recorder for a voice, and a plug that the test pulls. */
#pragma once

#include <string.h>

#include "kiosk/session/speech-link.h"
#include "voice-recorder.h"

typedef struct {
  PvSpeechLink *link;
  VoiceRecorder *recorder; /* (nullable): until it is opened */
  PvJackFunc jack;
  gpointer jack_data;
  gboolean is_mute;       /* the machine has no sound */
  gboolean is_indiscreet; /* as speech-dispatcher */
  guint n_opened;
  PvSpeaking speaking;
  guint n_changes;
  GPtrArray *fields; /* (element-type utf8): that were marked; "-": none */
} Listener;

static inline PvVoice *
listener_make_voice (PvVoiceFunc func, gpointer voice_data, gpointer user_data, GError **error)
{
  Listener *listener = user_data;

  listener->n_opened++;
  if (listener->is_mute) {
    g_set_error_literal (error, PV_VOICE_ERROR, PV_VOICE_ERROR_NO_DEVICE, "no sound");
    return NULL;
  }
  listener->recorder = voice_recorder_new (func, voice_data);
  voice_recorder_set_discreet (listener->recorder, !listener->is_indiscreet);
  return voice_recorder_get_voice (listener->recorder);
}

static inline PvJackWatch *
listener_make_jack (PvJackFunc func, gpointer jack_data, gpointer user_data, GError **error)
{
  Listener *listener = user_data;

  listener->jack = func;
  listener->jack_data = jack_data;
  g_set_error_literal (error, PV_VOICE_ERROR, PV_VOICE_ERROR_NO_JACK, "the test pulls it");
  return NULL;
}

static inline void
listener_changed (const PvSpeaking *speaking, gpointer user_data)
{
  Listener *listener = user_data;

  listener->speaking = *speaking;
  listener->n_changes++;
}

static inline void
listener_spoken (const char *field_id, gpointer user_data)
{
  g_ptr_array_add (((Listener *) user_data)->fields, g_strdup (field_id != NULL ? field_id : "-"));
}

static inline void
listener_init (Listener *listener)
{
  static const PvSpeechLinkEvents events = { listener_make_voice, listener_make_jack, listener_changed,
                                             listener_spoken };

  memset (listener, 0, sizeof *listener);
  listener->fields = g_ptr_array_new_with_free_func (g_free);
  listener->link = pv_speech_link_new (NULL, &events, listener);
}

static inline void
listener_clear (Listener *listener)
{
  pv_speech_link_free (listener->link);
  g_clear_pointer (&listener->recorder, voice_recorder_free);
  g_ptr_array_unref (listener->fields);
}

static inline void
listener_plug (Listener *listener, gboolean is_plugged)
{
  listener->jack (is_plugged, listener->jack_data);
}
