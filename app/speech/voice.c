/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "speech/voice.h"

void
pv_voice_free (PvVoice *voice)
{
  if (voice != NULL)
    voice->free (voice);
}
