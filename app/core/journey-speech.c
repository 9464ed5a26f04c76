/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The voice, as far as it is seen: the button, the sheet about it, the curtain, and the time that it takes.
 *
 * The first touch of "Listen" speaks, without a sheet in between: who cannot read the screen cannot read a sheet either. From
 * then on the same button, at the same place, is called "Voice", and opens the sheet. */

#include <glib/gi18n-lib.h>

#include "core/journey-private.h"
#include "core/narrator.h"

static gboolean
can_be_heard (const PvJourney *journey)
{
  return journey->speaking.has_headset || !journey->speaks_in_headset_only;
}

void
pv_journey_set_can_speak (PvJourney *journey, gboolean can_speak)
{
  journey->can_speak = can_speak;
  pv_journey_forget_screens (journey);
}

void
pv_screen_add_listen (PvJourney *journey, PvScreenState *state)
{
  gboolean opens_sheet = journey->speaking.is_on && !state->is_overlay;

  if (journey->can_speak)
    pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_LISTEN,
                                    /* Translators: button that opens the settings of the voice that is speaking. */
                                    opens_sheet ? C_ ("speech", "Voice") : _ ("Listen"), "speaker");
}

/* A mediator may have it said again, but the kiosk does not begin to speak because somebody far away wants it to. */
void
pv_journey_listen (PvJourney *journey, const PvIntention *intention)
{
  gboolean is_citizen = intention->actor == PV_ACTOR_CITIZEN;

  if (!journey->can_speak || (!is_citizen && !journey->speaking.is_on))
    return;
  if (journey->speaking.lacks_voice) { /* it is told; who hears nothing would wait for it */
    if (is_citizen && journey->overlay == PV_OVER_NONE)
      pv_journey_set_overlay (journey, PV_OVER_LISTEN);
  } else if (!journey->speaking.is_on && can_be_heard (journey))
    pv_journey_queue (journey, PV_EFFECT_SPEECH, "listen");
  else if (!is_citizen || journey->overlay != PV_OVER_NONE) /* what is asked there must not be lost */
    pv_journey_queue (journey, PV_EFFECT_SPEECH, "again");
  else
    pv_journey_set_overlay (journey, PV_OVER_LISTEN);
}

void
pv_journey_lift_curtain (PvJourney *journey)
{
  if (!journey->look.is_curtained)
    return;
  journey->look.is_curtained = FALSE;
  pv_journey_queue (journey, PV_EFFECT_SET_LOOK, NULL);
}

/* Only who hears can do without seeing; whoever sees it may always lift it. */
static void
move_curtain (PvJourney *journey)
{
  if (journey->look.is_curtained) {
    pv_journey_lift_curtain (journey);
  } else if (journey->speaking.has_headset && journey->speaking.is_on) {
    journey->look.is_curtained = TRUE;
    pv_journey_queue (journey, PV_EFFECT_SET_LOOK, NULL);
    pv_journey_queue (journey, PV_EFFECT_SPEECH, "curtained");
  }
  if (journey->overlay == PV_OVER_LISTEN)
    pv_journey_set_overlay (journey, PV_OVER_NONE);
}

static const struct {
  const char *word, *label;
} echoes[] = {
  { "echo-letters", N_ ("Each letter") },
  { "echo-words", N_ ("Each word") },
  { "echo-nothing", N_ ("No letter") },
};

static void
set_echo (PvJourney *journey, const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (echoes); i++)
    if (g_strcmp0 (word, echoes[i].word) == 0) {
      journey->echo = echoes[i].word;
      pv_journey_queue (journey, PV_EFFECT_SPEECH, word);
    }
}

void
pv_journey_handle_speech (PvJourney *journey, const PvIntention *intention)
{
  const char *word = intention->value;
  PvNarrate what;

  if (!journey->can_speak || word == NULL)
    return;
  if (g_str_equal (word, "curtain")) {
    move_curtain (journey);
  } else if (g_str_equal (word, "pause") && !journey->speaking.is_on) {
    pv_journey_listen (journey, intention); /* a key that can be felt begins it, too */
  } else if (pv_narrate_parse (word, &what) && what != PV_NARRATE_CURTAINED) { /* which nobody can ask for */
    pv_journey_queue (journey, PV_EFFECT_SPEECH, word);
    if (what == PV_NARRATE_OFF && journey->overlay == PV_OVER_LISTEN)
      pv_journey_set_overlay (journey, PV_OVER_NONE);
  } else {
    set_echo (journey, word);
  }
}

/* ---- time ---- */

gint64
pv_journey_speaking_end_ms (const PvJourney *journey)
{
  return journey->speaking.is_speaking ? journey->speaking_ms + (gint64) PV_SPEAKING_MAX_SECONDS * 1000 : 0;
}

/* Who listened to a screen has all their time for it; of what else is said, a mediator's words or what the printer does, there
 * is time to answer, but it does not keep a session alive. */
static void
give_time (PvJourney *journey)
{
  gint64 now_ms = journey->now.monotonic_ms;
  gint64 patience_ms = (gint64) pv_journey_patience_seconds (journey) * 1000;
  gint64 since_ms = journey->is_speech_own ? now_ms : now_ms - patience_ms + (gint64) PV_AFTER_SPEECH_SECONDS * 1000;

  journey->active_ms = MAX (journey->active_ms, MIN (since_ms, now_ms));
  if (journey->overlay == PV_OVER_STILL_THERE)
    journey->overlay_ms = now_ms;
}

void
pv_journey_speaking_changed (PvJourney *journey, const PvSpeaking *speaking, const PvMoment *now)
{
  const PvSpeaking before = journey->speaking;
  gboolean fails = speaking->has_failed && !before.has_failed;

  pv_journey_set_now (journey, now);
  journey->speaking = *speaking;
  if (speaking->has_headset && !before.has_headset && journey->knows_speaking && journey->stage != PV_AT_GOODBYE
      && journey->stage != PV_AT_OUT_OF_ORDER)
    pv_journey_touch (journey);
  if (speaking->has_headset && !before.has_headset)
    pv_journey_light_up (journey);
  journey->knows_speaking = TRUE;
  if (speaking->is_speaking && !before.is_speaking) {
    journey->speaking_ms = now->monotonic_ms;
    journey->is_speech_own = now->monotonic_ms - journey->active_ms <= (gint64) PV_OWN_SPEECH_SECONDS * 1000;
  } else if (!speaking->is_speaking && before.is_speaking) {
    give_time (journey);
  }
  if (fails && journey->overlay == PV_OVER_NONE && journey->stage != PV_AT_WELCOME && journey->stage != PV_AT_GOODBYE
      && journey->stage != PV_AT_OUT_OF_ORDER) /* it is seen, where it cannot be heard */
    pv_journey_set_overlay (journey, PV_OVER_LISTEN);
  else if (!speaking->is_on && !speaking->has_failed && journey->overlay == PV_OVER_LISTEN && before.is_on)
    pv_journey_set_overlay (journey, PV_OVER_NONE); /* a headset that is gone takes the sheet with it */
}

/* ---- the sheet ---- */

static void
add_order (PvField *tiles, const char *word, const char *label)
{
  pv_field_add_choice (tiles, word, label)->intention = PV_DO_SPEECH;
}

static void
add_orders (const PvJourney *journey, PvScreenState *state)
{
  PvField *tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "voice", NULL);

  g_free (tiles->spoken_label);
  tiles->spoken_label = g_strdup (C_ ("speech", "Voice"));
  add_order (tiles, "pause", _ ("Pause, go on"));
  add_order (tiles, "slower", _ ("Slower"));
  add_order (tiles, "softer", _ ("Softer"));
  add_order (tiles, "again", _ ("Say it again"));
  add_order (tiles, "faster", _ ("Faster"));
  add_order (tiles, "louder", _ ("Louder"));
  if (journey->stage == PV_AT_DONE && !journey->is_practising)
    add_order (tiles, "spell", _ ("Spell the number"));
  if (journey->look.is_curtained)
    add_order (tiles, "curtain", _ ("Show the screen"));
  else if (journey->speaking.has_headset)
    add_order (tiles, "curtain", _ ("Hide the screen"));
}

static void
add_echo (const PvJourney *journey, PvScreenState *state)
{
  PvField *tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "echo", _ ("While I type, say"));

  for (guint i = 0; i < G_N_ELEMENTS (echoes); i++) {
    PvChoice *choice = pv_field_add_choice (tiles, echoes[i].word, _ (echoes[i].label));

    choice->intention = PV_DO_SPEECH;
    choice->selected = g_str_equal (journey->echo, echoes[i].word);
  }
}

PvScreenState *
pv_screen_listen (PvJourney *journey)
{
  PvScreenState *state = pv_screen_new_overlay (journey, PV_SCREEN_LISTEN, C_ ("speech", "Voice"), NULL);
  PvAction *off;

  if (journey->speaking.lacks_voice) {
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "speaker",
                                _ ("There is no voice in this language. A mediator can read with you."));
    pv_screen_add_action_with_icon (state, PV_ROLE_OPTION, PV_DO_OPEN_LANGUAGES, _ ("Choose your language"), "globe");
  } else if (journey->speaking.has_failed) {
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                _ ("The voice does not work now. A mediator can read with you."));
  } else if (!journey->speaking.is_on) {
    state->help = g_strdup (_ ("Plug your headset in to listen."));
  } else {
    add_orders (journey, state);
    add_echo (journey, state);
    off = pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_SPEECH, _ ("Stop the voice"));
    off->value = g_strdup ("off");
  }
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, _ ("Close"));
  return state;
}
