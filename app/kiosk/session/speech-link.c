/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/speech-link.h"

#include <string.h>

struct PvSpeechLink {
  PvNarrator *narrator;
  PvSpeechLinkEvents events;
  gpointer user_data;
  PvVoice *voice;    /* (nullable): none yet, or away */
  PvJackWatch *jack; /* (nullable) */
  PvSpeaking told;
  char *told_field; /* (nullable) */
  gboolean is_awake;
  gboolean knows_plug; /* or there is none */
  gboolean has_headset;
  gboolean lacks_voice; /* the language that is shown has none */
  gboolean is_pumping;
};

PvSpeechLink *
pv_speech_link_new (const PvNarratorConfig *config, const PvSpeechLinkEvents *events, gpointer user_data)
{
  PvSpeechLink *link = g_new0 (PvSpeechLink, 1);

  link->narrator = pv_narrator_new (config);
  link->events = *events;
  link->user_data = user_data;
  return link;
}

void
pv_speech_link_free (PvSpeechLink *link)
{
  if (link == NULL)
    return;
  pv_jack_watch_free (link->jack);
  pv_voice_free (link->voice);
  pv_narrator_free (link->narrator);
  g_free (link->told_field);
  g_free (link);
}

/* ---- outwards ---- */

/* A sentence that nothing can say: the person sees why it is silent. */
static void
fail (PvSpeechLink *link, const PvSpeechOrder *order)
{
  const PvSpeechEvent event = { .kind = PV_SPEECH_FAILED, .id = order->id };

  pv_narrator_event (link->narrator, &event);
}

static void
perform_orders (PvSpeechLink *link)
{
  PvSpeechOrder *order;

  while ((order = pv_narrator_pop (link->narrator)) != NULL) {
    gboolean is_sentence = order->kind == PV_SPEECH_SAY;

    if (link->voice != NULL && (!is_sentence || pv_voice_speaks (order->language)))
      link->voice->perform (link->voice, order);
    else if (is_sentence)
      fail (link, order);
    pv_speech_order_free (order);
  }
}

static void
tell_speaking (PvSpeechLink *link)
{
  const PvSpeaking now = {
    .is_on = pv_narrator_is_on (link->narrator),
    .is_speaking = pv_narrator_is_speaking (link->narrator),
    .has_headset = link->has_headset,
    .has_failed = pv_narrator_has_failed (link->narrator),
    .lacks_voice = link->lacks_voice,
  };

  if (!link->knows_plug
      || (now.is_on == link->told.is_on && now.is_speaking == link->told.is_speaking
          && now.has_headset == link->told.has_headset && now.has_failed == link->told.has_failed
          && now.lacks_voice == link->told.lacks_voice))
    return;
  link->told = now;
  link->events.changed (&now, link->user_data);
}

static void
tell_field (PvSpeechLink *link)
{
  const char *field = pv_narrator_get_spoken_field (link->narrator);

  if (g_strcmp0 (field, link->told_field) == 0)
    return;
  g_free (link->told_field);
  link->told_field = g_strdup (field);
  link->events.spoken (link->told_field, link->user_data);
}

/* Whoever is told may make the narrator have more to say. */
static void
pump (PvSpeechLink *link)
{
  if (link->is_pumping || !link->is_awake)
    return;
  link->is_pumping = TRUE;
  perform_orders (link);
  tell_field (link);
  link->is_pumping = FALSE;
  tell_speaking (link);
}

/* ---- inwards ---- */

static void
voice_cb (const PvSpeechEvent *event, gpointer user_data)
{
  PvSpeechLink *link = user_data;

  pv_narrator_event (link->narrator, event);
  pump (link);
}

static void
jack_cb (gboolean is_plugged, gpointer user_data)
{
  PvSpeechLink *link = user_data;
  gboolean is_first = !link->knows_plug;

  link->knows_plug = TRUE;
  link->has_headset = is_plugged;
  pv_narrator_headset (link->narrator, is_plugged);
  pump (link);
  if (is_first && !is_plugged) /* what comes from now on is somebody's doing */
    link->events.changed (&link->told, link->user_data);
}

static gboolean
open_voice (PvSpeechLink *link, GError **error)
{
  if (link->voice == NULL)
    link->voice = link->events.make_voice (voice_cb, link, link->user_data, error);
  if (link->voice != NULL)
    pv_narrator_set_discreet (link->narrator, link->voice->is_discreet);
  return link->voice != NULL;
}

gboolean
pv_speech_link_wake (PvSpeechLink *link, GError **error)
{
  link->is_awake = TRUE;
  if (!open_voice (link, error)) {
    link->knows_plug = TRUE;
    return FALSE;
  }
  link->jack = link->events.make_jack (jack_cb, link, link->user_data, NULL);
  link->knows_plug |= link->jack == NULL;
  if (link->knows_plug)
    link->events.changed (&link->told, link->user_data);
  pump (link);
  return TRUE;
}

void
pv_speech_link_show (PvSpeechLink *link, const PvScreenState *state, const char *language)
{
  link->lacks_voice = !pv_voice_speaks (language);
  pv_narrator_show (link->narrator, state, language);
  pump (link);
}

void
pv_speech_link_focus (PvSpeechLink *link, const PvFocus *focus)
{
  pv_narrator_focus (link->narrator, focus);
  pump (link);
}

void
pv_speech_link_place (PvSpeechLink *link, const PvFocus *focus)
{
  pv_narrator_place (link->narrator, focus);
  pump (link);
}

void
pv_speech_link_interrupt (PvSpeechLink *link)
{
  pv_narrator_interrupt (link->narrator);
  pump (link);
}

void
pv_speech_link_intend (PvSpeechLink *link, const PvIntention *intention)
{
  if ((intention->kind != PV_DO_TYPE && intention->kind != PV_DO_TYPE_PART && intention->kind != PV_DO_SEARCH)
      || intention->target == NULL)
    return;
  pv_narrator_typed (link->narrator, intention->target, intention->value);
  pump (link);
}

/* The device may be back since it was asked for last. */
static void
do_word (PvSpeechLink *link, PvNarrate what)
{
  if (what == PV_NARRATE_LISTEN && link->is_awake)
    open_voice (link, NULL);
  pv_narrator_do (link->narrator, what);
  pump (link);
}

void
pv_speech_link_perform (PvSpeechLink *link, const char *word)
{
  static const char echo[] = "echo-";
  PvSpeechEcho wanted;
  PvNarrate what;

  if (pv_narrate_parse (word, &what))
    do_word (link, what);
  else if (g_str_has_prefix (word, echo) && pv_speech_echo_parse (word + strlen (echo), &wanted))
    pv_narrator_set_echo (link->narrator, wanted);
}
