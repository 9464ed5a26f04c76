/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* voice.h: a voice, whatever speaks: espeak-ng in this process, speech-dispatcher, or a recorder in the tests.
 *
 * Called on the main thread only; events come on the main thread, in order, one BEGUN and one ENDED for each sentence that was
 * not stopped. Nothing waits: say() queues, stop() silences within 50 ms. */
#pragma once

#include "core/narrator.h"

typedef struct PvVoice PvVoice;

typedef void (*PvVoiceFunc) (const PvSpeechEvent *event, gpointer user_data);

struct PvVoice {
  /* @order: PV_SPEECH_SAY, STOP, VOLUME or ROUTE. A personal sentence is refused (FAILED) unless the route is the headset. */
  void (*perform) (PvVoice *voice, const PvSpeechOrder *order);
  void (*free) (PvVoice *voice);
};

/* espeak-ng in this process, sound through ALSA.  @device: (nullable): of the loudspeaker, "default"; @headset_device: (nullable):
 * the same one with another route of the mixer when NULL.  NULL with an error when there is no sound device or no voice. */
PvVoice *pv_voice_new_espeak (const char *device, const char *headset_device, PvVoiceFunc func, gpointer user_data,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* speech-dispatcher, where it is installed (loaded when asked for, never linked). */
PvVoice *pv_voice_new_dispatcher (PvVoiceFunc func, gpointer user_data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_voice_free (PvVoice *voice);
/* Whether this engine speaks @language. */
gboolean pv_voice_speaks (const char *language);

/* Tells when a headset is plugged in or out (ALSA's jack control). */
typedef struct PvJackWatch PvJackWatch;
typedef void (*PvJackFunc) (gboolean is_plugged, gpointer user_data);
/* @card: (nullable): "hw:0"; NULL with an error where there is no such control. */
PvJackWatch *pv_jack_watch_new (const char *card, PvJackFunc func, gpointer user_data,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_jack_watch_free (PvJackWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvJackWatch, pv_jack_watch_free)
