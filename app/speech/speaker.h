/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* speaker.h: saying what is on the screen, whatever speaks. Main thread only. */
#pragma once

#include "core/screen-state.h"

/* A voice: what is behind it lives in one file of its own, or is a recorder in the tests. */
typedef struct PvSpeaker PvSpeaker;
struct PvSpeaker {
  /* Queues one sentence. @language: "fr" */
  void (*say) (PvSpeaker *speaker, const char *text, const char *language);
  /* At once, and forgets what is queued. */
  void (*stop) (PvSpeaker *speaker);
};

/**
 * pv_speaker_say_screen:
 * @is_private: a headset is plugged in: only then is said what a person answered
 *
 * Stops what is being said, and says the whole screen in the order of reading.
 */
void pv_speaker_say_screen (PvSpeaker *speaker, const PvScreenState *state, const char *language, gboolean is_private);
