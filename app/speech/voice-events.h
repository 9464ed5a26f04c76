/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* voice-events.h: brings what happens in another thread to the main loop, in order. */
#pragma once

#include "speech/voice.h"

typedef struct PvVoiceEvents PvVoiceEvents;

/* For the default main context of the calling thread, "the main thread" here. */
PvVoiceEvents *pv_voice_events_new (PvVoiceFunc func, gpointer user_data);
/* Main thread, when no other can add any more. What was not told never is. */
void pv_voice_events_free (PvVoiceEvents *events);
/* Any thread. @turn: of pv_voice_events_get_turn(), when the sentence was ordered: not told if it is over. */
void pv_voice_events_add (PvVoiceEvents *events, guint turn, const PvSpeechEvent *event);
/* Main thread: another turn: from now on nothing of the one before is told. Returns it. */
guint pv_voice_events_next_turn (PvVoiceEvents *events);
/* Any thread. */
guint pv_voice_events_get_turn (PvVoiceEvents *events);
