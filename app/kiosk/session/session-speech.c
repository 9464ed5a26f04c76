/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The voice of a session: which one, what it is told, and what is seen of it. */

#include "kiosk/session/screen-settings.h"
#include "kiosk/session/session-private.h"
#include "platform/log.h"

static PvVoice *
make_voice (PvVoiceFunc func, gpointer voice_data, gpointer user_data, GError **error)
{
  PvSession *session = user_data;

  return pv_screen_settings_make_voice (session->settings, func, voice_data, error);
}

static PvJackWatch *
make_jack (PvJackFunc func, gpointer jack_data, gpointer user_data, GError **error)
{
  PvSession *session = user_data;

  return pv_jack_watch_new (pv_settings_get_text (session->settings, PV_SETTING_SPEECH_HEADSET_CARD), func, jack_data,
                            error);
}

/* That it speaks, or ended, is no change of the screen: nothing that a finger is on may be made anew for it. */
static void
changed_cb (const PvSpeaking *speaking, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);
  gboolean is_seen =
    speaking->is_on != session->speaking.is_on || speaking->has_headset != session->speaking.has_headset
    || speaking->has_failed != session->speaking.has_failed || speaking->lacks_voice != session->speaking.lacks_voice;

  if (speaking->has_failed && !session->speaking.has_failed)
    pv_log_event (PV_LOG_WARNING, "voice-away");
  session->speaking = *speaking;
  pv_journey_speaking_changed (session->journey, speaking, &moment);
  if (is_seen)
    pv_session_refresh_soon (session);
  else
    pv_session_plan_tick (session);
}

static void
spoken_cb (const char *field_id, gpointer user_data)
{
  pv_kiosk_window_set_spoken (((PvSession *) user_data)->window, field_id);
}

PvSpeechLink *
pv_session_make_speech (PvSession *session)
{
  static const PvSpeechLinkEvents events = { make_voice, make_jack, changed_cb, spoken_cb };
  const PvSettings *settings = session->settings;
  const PvNarratorConfig config = pv_screen_settings_get_narrator (settings);

  if (g_str_equal (pv_settings_get_text (settings, PV_SETTING_SPEECH_ENGINE), "none"))
    return NULL;
  return pv_speech_link_new (&config, &events, session);
}

/* A machine without sound is no kiosk that speaks. */
void
pv_session_wake_speech (PvSession *session)
{
  g_autoptr (GError) error = NULL;

  if (session->speech == NULL || pv_speech_link_wake (session->speech, &error))
    return;
  pv_log_event (PV_LOG_WARNING, "no-voice", PV_LOG_CAUSE (error));
  pv_journey_set_can_speak (session->journey, FALSE);
}

void
pv_session_perform_speech (PvSession *session, const PvEffect *effect)
{
  if (session->speech != NULL)
    pv_speech_link_perform (session->speech, effect->text);
}

void
pv_session_show_to_speech (PvSession *session)
{
  const PvScreenState *state = pv_journey_get_state (session->journey);
  PvFocus placed;

  if (session->speech == NULL)
    return;
  pv_speech_link_show (session->speech, state, pv_journey_get_look (session->journey).language);
  if (pv_kiosk_window_get_placed (session->window, state, &placed))
    pv_speech_link_place (session->speech, &placed);
}
