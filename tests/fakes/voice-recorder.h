/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* voice-recorder.h: a voice without sound, with a clock that the test moves: it writes down what it is ordered, and tells what
 * a voice would tell. Nothing is told but from within voice_recorder_advance() and voice_recorder_finish(). */
#pragma once

#include "speech/voice.h"

typedef struct VoiceRecorder VoiceRecorder;

/* Belongs to the test; @func as for every voice. */
VoiceRecorder *voice_recorder_new (PvVoiceFunc func, gpointer user_data);
void voice_recorder_free (VoiceRecorder *recorder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VoiceRecorder, voice_recorder_free)
/* For who is tested; pv_voice_free() of it is only noted. (transfer none) */
PvVoice *voice_recorder_get_voice (VoiceRecorder *recorder);
gboolean voice_recorder_is_freed (const VoiceRecorder *recorder);

/* Everything ordered, one line each, oldest first; "" if nothing was:
 *   "SAY 7 fr 150 Bonjour.", "SAY 8 fr 150 personal Martin", "STOP", "VOLUME 60", "ROUTE headset" */
const char *voice_recorder_get_log (const VoiceRecorder *recorder);
void voice_recorder_clear_log (VoiceRecorder *recorder);
/* All sentences that were begun, in lines; one that was stopped in its midst among them. A refused one never is. */
const char *voice_recorder_get_heard (const VoiceRecorder *recorder);
/* TRUE if some sentence of those holds @text. */
gboolean voice_recorder_has_heard (const VoiceRecorder *recorder, const char *text);
/* Of the sentence that is being said; 0: none. */
guint voice_recorder_get_saying (const VoiceRecorder *recorder);
/* Being said and waiting. */
guint voice_recorder_count (const VoiceRecorder *recorder);

/* Lets @ms pass: each word takes a minute divided by the rate. Tells BEGUN, each WORD as it begins, ENDED. */
void voice_recorder_advance (VoiceRecorder *recorder, guint ms);
/* Says all that waits to its end, and what is ordered meanwhile. FALSE: more than 1000 sentences, given up. */
gboolean voice_recorder_finish (VoiceRecorder *recorder);
/* FALSE: it is a voice to which nothing personal may be said; the test sets it before it is asked. */
void voice_recorder_set_discreet (VoiceRecorder *recorder, gboolean is_discreet);
/* Sentences fail, instead of being said, as long as it is away. */
void voice_recorder_set_away (VoiceRecorder *recorder, gboolean is_away);
