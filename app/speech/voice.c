/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "speech/voice.h"

#include <string.h>

G_DEFINE_QUARK (pv - voice - error - quark, pv_voice_error)

/* Languages of texts, and the voice of each: espeak-ng 1.51 and 1.52. "pt" is that of Portugal. There is none for Breton. */
static const struct {
  const char *language, *name;
} voices[] = {
  { "ar", "ar" }, { "en", "en" }, { "fr", "fr" }, { "pt", "pt" }, { "tr", "tr" }, { "uk", "uk" },
};

const char *
pv_voice_get_name (const char *language)
{
  gsize length;

  if (language == NULL)
    return NULL;
  length = strcspn (language, "@_-.");
  for (guint i = 0; i < G_N_ELEMENTS (voices); i++)
    if (strlen (voices[i].language) == length && strncmp (voices[i].language, language, length) == 0)
      return voices[i].name;
  return NULL;
}

gboolean
pv_voice_speaks (const char *language)
{
  return pv_voice_get_name (language) != NULL;
}

void
pv_voice_free (PvVoice *voice)
{
  if (voice != NULL)
    voice->free (voice);
}
