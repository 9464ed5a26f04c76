/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "speech-recorder.h"

#include <string.h>

static void
record (PvSpeaker *speaker, const char *text, const char *language)
{
  SpeechRecorder *recorder = (SpeechRecorder *) speaker;

  (void) language;
  g_ptr_array_add (recorder->said, g_strdup (text));
}

static void
stop (PvSpeaker *speaker)
{
  SpeechRecorder *recorder = (SpeechRecorder *) speaker;

  g_ptr_array_set_size (recorder->said, 0);
  recorder->n_stops++;
}

void
speech_recorder_init (SpeechRecorder *recorder)
{
  recorder->speaker.say = record;
  recorder->speaker.stop = stop;
  recorder->said = g_ptr_array_new_with_free_func (g_free);
  recorder->n_stops = 0;
}

void
speech_recorder_clear (SpeechRecorder *recorder)
{
  g_ptr_array_unref (recorder->said);
}

gboolean
speech_recorder_has_said (const SpeechRecorder *recorder, const char *text)
{
  for (guint i = 0; i < recorder->said->len; i++)
    if (strstr (recorder->said->pdata[i], text) != NULL)
      return TRUE;
  return FALSE;
}
