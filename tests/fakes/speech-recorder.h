/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* speech-recorder.h: a voice that writes down what it is told to say. */
#pragma once

#include "speech/speaker.h"

typedef struct SpeechRecorder {
  PvSpeaker speaker;
  GPtrArray *said; /* (element-type utf8), since the last stop */
  guint n_stops;
} SpeechRecorder;

void speech_recorder_init (SpeechRecorder *recorder);
void speech_recorder_clear (SpeechRecorder *recorder);
/* TRUE if a sentence holds @text. */
gboolean speech_recorder_has_said (const SpeechRecorder *recorder, const char *text);
