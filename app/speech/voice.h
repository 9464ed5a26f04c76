/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* voice.h: a voice, whatever speaks: espeak-ng in this process, speech-dispatcher, or a recorder in the tests.
 *
 * Called on the main thread only; events come on the main thread, from its loop and never from within perform(). Nothing waits:
 * perform() queues, STOP silences within 50 ms. Of each sentence that is not stopped comes, in the order in which they were
 * ordered, either BEGUN, the WORDs and ENDED, when they are heard, or FAILED, after a BEGUN or without. After a STOP nothing
 * comes of what was ordered before. */
#pragma once

#include "core/narrator.h"

#define PV_VOICE_ERROR (pv_voice_error_quark ())
GQuark pv_voice_error_quark (void);

typedef enum {
  PV_VOICE_ERROR_NO_DEVICE, /* no sound: none there, or in use */
  PV_VOICE_ERROR_NO_VOICE,  /* what speaks is not installed, or there already is a voice of this kind in the process */
  PV_VOICE_ERROR_NO_JACK,   /* no control tells whether something is plugged in */
} PvVoiceError;

typedef struct PvVoice PvVoice;

/* May order, also a STOP; may not free the voice. */
typedef void (*PvVoiceFunc) (const PvSpeechEvent *event, gpointer user_data);

struct PvVoice {
  /* What is personal can be said by it, in a headset, and nothing of it remains; never by one that is not. */
  gboolean is_discreet;
  /* @order: PV_SPEECH_SAY, STOP, VOLUME or ROUTE.
   * SAY fails when its language has no voice, and when it may not be heard where sound goes: without a route (at first there
   * is none), and, if it is personal, anywhere but in a headset, by a discreet voice. A text has at most PV_VOICE_MAX_TEXT characters, and
   * PV_VOICE_MAX_WAITING sentences may wait; more fail.
   * VOLUME: 0 to 100, 24 dB between them, and 0 is not silence; PV_SPEECH_USUAL_VOLUME at first; what was written already (60 ms) keeps its own.
   * ROUTE cuts off what is being said: if it may be heard on the new one it is said there from its beginning, without another
   * BEGUN; else it fails. */
  void (*perform) (PvVoice *voice, const PvSpeechOrder *order);
  void (*free) (PvVoice *voice);
};

enum { PV_VOICE_MAX_WAITING = 500 };

/* espeak-ng in this process, sound through ALSA.  @device: (nullable): of the loudspeaker, "default"; @headset_device: (nullable):
 * the same one, where the card itself turns to what is plugged in, when NULL.  One at a time.
 * NULL with an error when there is no sound device or no voice. */
PvVoice *pv_voice_new_espeak (const char *device, const char *headset_device, PvVoiceFunc func, gpointer user_data,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* speech-dispatcher, where it is installed (libspeechd2, loaded when asked for, never linked): for a computer that has it, and
 * other voices. Its server outlives the session and keeps a history, so it is not discreet, and personal sentences always fail; sound goes where
 * it is told to send it, so the loudspeaker and the headset are the same to it; a range of volume is not promised; it
 * is found out with the first sentence whether there is a server. One at a time. */
PvVoice *pv_voice_new_dispatcher (PvVoiceFunc func, gpointer user_data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* NULL is accepted. Silence; nothing is told any more. */
void pv_voice_free (PvVoice *voice);
/* Whether there is a voice for @language: "fr"; of "fr@facile" what is before the @ counts. */
gboolean pv_voice_speaks (const char *language);
/* The name that espeak-ng and speech-dispatcher have for it; NULL: they have none. (transfer none) */
const char *pv_voice_get_name (const char *language);

/* Tells when a headset is plugged in or out (ALSA's jack controls). */
typedef struct PvJackWatch PvJackWatch;
typedef void (*PvJackFunc) (gboolean is_plugged, gpointer user_data);
/* @card: (nullable): "hw:0". What is plugged in now is told from the main loop, too, once at first. A card that goes takes its
 * headset with it. @func may not free the watch.
 * PV_VOICE_ERROR_NO_JACK where there is no such control. */
PvJackWatch *pv_jack_watch_new (const char *card, PvJackFunc func, gpointer user_data,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_jack_watch_free (PvJackWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvJackWatch, pv_jack_watch_free)
