/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "speech/speaker.h"

void
pv_speaker_say_screen (PvSpeaker *speaker, const PvScreenState *state, const char *language, gboolean is_private)
{
  g_autoptr (GPtrArray) speech = pv_screen_state_speech (state);

  speaker->stop (speaker);
  for (guint i = 0; i < speech->len; i++) {
    const PvUtterance *utterance = speech->pdata[i];

    if (is_private || !utterance->is_personal)
      speaker->say (speaker, utterance->text, language);
  }
}
