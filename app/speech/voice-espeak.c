/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "espeak-worker.h"

typedef struct Espeak {
  PvVoice voice;
  PvEspeakWorker *worker;
} Espeak;

static void
perform (PvVoice *voice, const PvSpeechOrder *order)
{
  PvEspeakWorker *worker = ((Espeak *) voice)->worker;

  switch (order->kind) {
  case PV_SPEECH_SAY:
    pv_espeak_worker_say (worker, order);
    break;
  case PV_SPEECH_STOP:
    pv_espeak_worker_stop (worker);
    break;
  case PV_SPEECH_VOLUME:
    pv_espeak_worker_set_volume (worker, order->number);
    break;
  case PV_SPEECH_ROUTE:
    pv_espeak_worker_set_route (worker, (PvSpeechRoute) order->number);
    break;
  }
}

static void
espeak_free (PvVoice *voice)
{
  pv_espeak_worker_free (((Espeak *) voice)->worker);
  g_free (voice);
}

PvVoice *
pv_voice_new_espeak (const char *device, const char *headset_device, PvVoiceFunc func, gpointer user_data,
                     GError **error)
{
  PvEspeakWorker *worker = pv_espeak_worker_new (device, headset_device, func, user_data, error);
  Espeak *espeak;

  if (worker == NULL)
    return NULL;
  espeak = g_new0 (Espeak, 1);
  espeak->voice.is_discreet = TRUE;
  espeak->voice.perform = perform;
  espeak->voice.free = espeak_free;
  espeak->worker = worker;
  return &espeak->voice;
}
