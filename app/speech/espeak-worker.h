/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* espeak-worker.h: the thread in which espeak-ng makes sound out of sentences and a device gets it.
 *
 * Everything here is for the main thread, and none of it waits for the thread, but new, which opens the device, and free. */
#pragma once

#include "speech/voice.h"

typedef struct PvEspeakWorker PvEspeakWorker;

/* Events come from the default main context of the calling thread. See pv_voice_new_espeak() */
PvEspeakWorker *pv_espeak_worker_new (const char *device, const char *headset_device, PvVoiceFunc func,
                                      gpointer user_data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_espeak_worker_free (PvEspeakWorker *worker);
/* SAY. Copied; the copy is wiped. */
void pv_espeak_worker_say (PvEspeakWorker *worker, const PvSpeechOrder *order);
void pv_espeak_worker_stop (PvEspeakWorker *worker);
void pv_espeak_worker_set_volume (PvEspeakWorker *worker, guint percent);
void pv_espeak_worker_set_route (PvEspeakWorker *worker, PvSpeechRoute route);
