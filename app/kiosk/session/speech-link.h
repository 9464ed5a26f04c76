/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* speech-link.h: the narrator (core/narrator.h, all rules of speech), a voice, and the watch on the headset's plug, put together.
 *
 * It opens nothing before pv_speech_link_wake(): the device is the visible session's. Main thread only. What fails is told as a
 * change, and tried again when it is asked for. No words of anybody are logged. */
#pragma once

#include "core/journey.h"
#include "core/narrator.h"
#include "speech/voice.h"

typedef struct PvSpeechLink PvSpeechLink;

/* (nullable): NULL with an error: nothing speaks. */
typedef PvVoice *(*PvVoiceMaker) (PvVoiceFunc func, gpointer voice_data, gpointer user_data, GError **error);
/* (nullable): NULL with an error: nothing tells of headsets, and there are none. */
typedef PvJackWatch *(*PvJackMaker) (PvJackFunc func, gpointer jack_data, gpointer user_data, GError **error);

typedef struct PvSpeechLinkEvents {
  PvVoiceMaker make_voice;
  PvJackMaker make_jack;
  /* What is known of the voice is different now. */
  void (*changed) (const PvSpeaking *speaking, gpointer user_data);
  /* @field_id: (nullable): what is being said is of this field. */
  void (*spoken) (const char *field_id, gpointer user_data);
} PvSpeechLinkEvents;

/* @config: copied */
PvSpeechLink *pv_speech_link_new (const PvNarratorConfig *config, const PvSpeechLinkEvents *events, gpointer user_data);
void pv_speech_link_free (PvSpeechLink *link);

/* Opens voice and plug. FALSE: nothing speaks here; @error (nullable) says why. */
gboolean pv_speech_link_wake (PvSpeechLink *link, GError **error);
void pv_speech_link_show (PvSpeechLink *link, const PvScreenState *state, const char *language);
void pv_speech_link_focus (PvSpeechLink *link, const PvFocus *focus);
/* Nobody moved the keys there, but what is shown: after pv_speech_link_show(). */
void pv_speech_link_place (PvSpeechLink *link, const PvFocus *focus);
/* Something was touched or pressed: silence before this returns. */
void pv_speech_link_interrupt (PvSpeechLink *link);
/* Before the journey has it: of what is typed, the letters are said. */
void pv_speech_link_intend (PvSpeechLink *link, const PvIntention *intention);
/* A word of PV_EFFECT_SPEECH. */
void pv_speech_link_perform (PvSpeechLink *link, const char *word);
