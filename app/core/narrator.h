/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* narrator.h: what is said aloud, when, and where it may be heard; a pure state machine.
 *
 * Screens, the focus, typed letters, touches and what the voice tells go in; orders to the voice come out. No I/O, no clock, no
 * audio. Rules (EN 301 549, 5.1.3): speech begins with a headset or a touch on "Listen"; it never moves to the loudspeaker by
 * itself; a headset that is unplugged mutes and pauses; personal words go to a headset only, and to a discreet voice; every touch
 * and key stops it at once; what is said matches what is shown; volume is the default again with the next citizen, because a narrator lives as long
 * as one. */
#pragma once

#include "core/focus.h"

typedef enum {
  PV_ROUTE_NONE, /* nothing is said */
  PV_ROUTE_LOUDSPEAKER,
  PV_ROUTE_HEADSET,
} PvSpeechRoute;

typedef enum {
  PV_ECHO_LETTERS, /* each letter typed; the default */
  PV_ECHO_WORDS,   /* a word when it is complete */
  PV_ECHO_NOTHING,
} PvSpeechEcho;

/* Words a minute, as the person chooses: slower, usual, faster (accessibility 9.3). */
enum { PV_SPEECH_SLOW = 120, PV_SPEECH_USUAL = 150, PV_SPEECH_FAST = 200, PV_SPEECH_FASTEST = 260 };

typedef enum {
  PV_SPEECH_SAY,    /* after what is being said */
  PV_SPEECH_STOP,   /* at once; forget what waits */
  PV_SPEECH_VOLUME, /* number: percent */
  PV_SPEECH_ROUTE,  /* number: PvSpeechRoute: where sound goes from now on */
} PvSpeechOrderKind;

typedef struct PvSpeechOrder {
  PvSpeechOrderKind kind;
  guint id;             /* SAY: of the sentence, for what the voice tells */
  char *text;           /* SAY: wiped */
  char *language;       /* SAY: "fr": the voice */
  guint rate;           /* SAY: words a minute */
  gboolean is_personal; /* SAY: a voice on a loudspeaker refuses it, too */
  guint number;
} PvSpeechOrder;

void pv_speech_order_free (PvSpeechOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSpeechOrder, pv_speech_order_free)

typedef enum {
  PV_SPEECH_BEGUN, /* a sentence */
  PV_SPEECH_WORD,  /* offset, length: characters of it */
  PV_SPEECH_ENDED,
  PV_SPEECH_FAILED, /* the voice is away: the person sees it */
} PvSpeechEventKind;

typedef struct PvSpeechEvent {
  PvSpeechEventKind kind;
  guint id;
  guint offset, length;
} PvSpeechEvent;

/* What the person wants of the voice; each by a touch, and by a key. */
typedef enum {
  PV_NARRATE_LISTEN, /* says the screen; begins on the loudspeaker if there is no headset */
  PV_NARRATE_PAUSE,  /* and goes on with the sentence */
  PV_NARRATE_AGAIN,
  PV_NARRATE_SLOWER,
  PV_NARRATE_FASTER,
  PV_NARRATE_LOUDER,
  PV_NARRATE_SOFTER,
  PV_NARRATE_SPELL,     /* the reference, "B comme Bernard" */
  PV_NARRATE_CURTAINED, /* the curtain fell: what stands on it */
  PV_NARRATE_OFF,       /* no more speech until it is asked for */
  PV_N_NARRATES
} PvNarrate;

/* FALSE: no such word. Words of PV_EFFECT_SPEECH: "listen", "pause", "again", "slower", "faster", "louder", "softer",
 * "spell", "curtained", "off". */
gboolean pv_narrate_parse (const char *word, PvNarrate *ret_what);
/* "letters", "words", "nothing". */
gboolean pv_speech_echo_parse (const char *word, PvSpeechEcho *ret_echo);

/* Percent, for every voice and setting: 12 dB above the softest that a person can choose (EN 301 549, 8.2.1.2), as each percent
 * is 0.24 dB. A macro, because the settings have it as text. */
#define PV_SPEECH_USUAL_VOLUME 60

enum {
  PV_SPEECH_STEP = 10, /* percent a touch of "louder": from 10 to 100 it is 21.6 dB (EN 301 549, 8.2.1.1: 18) */
  PV_SPEECH_SOFTEST = 10,
  PV_SPEECH_LOUDEST = 100,
  PV_SENTENCE_MAX_CHARS = 400, /* what is longer is said in parts: no voice keeps an unlimited text */
};

/* What a citizen finds; copied. */
typedef struct PvNarratorConfig {
  guint volume;             /* percent; 0: PV_SPEECH_USUAL_VOLUME */
  guint rate;               /* words a minute; 0: usual */
  gboolean is_headset_only; /* there is no loudspeaker, or none is wanted */
  gboolean has_pad;         /* keys for the voice: told with the first words */
  const char *keys_place; /* (nullable): where they are, in words of the commune: "Les touches sont sous l’écran." */
  const char *keys_language; /* (nullable): of these words */
} PvNarratorConfig;

typedef struct PvNarrator PvNarrator;

/* @config: (nullable) */
PvNarrator *pv_narrator_new (const PvNarratorConfig *config);
void pv_narrator_free (PvNarrator *narrator);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvNarrator, pv_narrator_free)

/* Whether the voice forgets what it said. To one that does not, speech-dispatcher, nothing personal is said, even into a headset.
 * TRUE at first. */
void pv_narrator_set_discreet (PvNarrator *narrator, gboolean is_discreet);
/* A headset came or went. */
void pv_narrator_headset (PvNarrator *narrator, gboolean is_plugged);
/* @state is what is shown now, in @language ("fr"); kept (pv_screen_state_ref()). Another screen is said from its title on, the
 * same one only where it changed (an error, what a mediator explains). */
void pv_narrator_show (PvNarrator *narrator, const PvScreenState *state, const char *language);
/* Keys moved there: label, what it is, its state, its position ("choix 2 sur 3"). */
void pv_narrator_focus (PvNarrator *narrator, const PvFocus *focus);
/* Nobody moved them there, but what is shown: said after all that is said of it. */
void pv_narrator_place (PvNarrator *narrator, const PvFocus *focus);
/* What stands in a field once a key was pressed, before the state has it: the letters that came or went are said. Of a
 * personal one, on the loudspeaker: that one did, not which. @field: of a date "birth/day" */
void pv_narrator_typed (PvNarrator *narrator, const char *field, const char *text);
/* Whatever was touched or pressed: silence, before anything comes of it. */
void pv_narrator_interrupt (PvNarrator *narrator);
void pv_narrator_do (PvNarrator *narrator, PvNarrate what);
void pv_narrator_set_echo (PvNarrator *narrator, PvSpeechEcho echo);
void pv_narrator_event (PvNarrator *narrator, const PvSpeechEvent *event);

/* TRUE while something is said or waits to be said: no time runs out then. */
gboolean pv_narrator_is_speaking (const PvNarrator *narrator);
gboolean pv_narrator_is_on (const PvNarrator *narrator);
/* The voice is away; until it is asked for again. */
gboolean pv_narrator_has_failed (const PvNarrator *narrator);
PvSpeechRoute pv_narrator_get_route (const PvNarrator *narrator);
guint pv_narrator_get_volume (const PvNarrator *narrator);
guint pv_narrator_get_rate (const PvNarrator *narrator);
/* The field whose words are being said, to be marked on the screen; NULL: none of a field. (transfer none) */
const char *pv_narrator_get_spoken_field (const PvNarrator *narrator);
/* Oldest order, or NULL. (transfer full) */
PvSpeechOrder *pv_narrator_pop (PvNarrator *narrator) G_GNUC_WARN_UNUSED_RESULT;
