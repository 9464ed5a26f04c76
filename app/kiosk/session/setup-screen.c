/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/setup-screen.h"

#include "core/setup.h"
#include "kiosk/session/card-link.h"
#include "kiosk/session/find-program.h"
#include "kiosk/session/provision-link.h"
#include "kiosk/session/screen-settings.h"
#include "kiosk/session/speech-link.h"
#include "kiosk/session/supervisor-link.h"
#include "platform/language.h"
#include "platform/log.h"
#include "platform/setup-files.h"

/* Where no monitor tells: the reference. */
enum { USUAL_WIDTH_PX = 1080, USUAL_HEIGHT_PX = 1920 };

struct PvSetupScreen {
  const PvSettings *settings;
  PvSetup *setup;
  PvKioskWindow *window;
  PvProvisionLink *provision;
  PvCardLink *card;
  PvSpeechLink *speech;         /* (nullable): the settings have no voice */
  PvSupervisorLink *supervisor; /* (nullable): alone */
  guint refresh_source;
  gboolean is_visible, was_painted, was_touched, is_showing;
  void (*ended) (gpointer);
  gpointer user_data;
};

static gboolean refresh_cb (gpointer user_data);

static void
refresh_soon (PvSetupScreen *screen)
{
  if (screen->refresh_source == 0)
    screen->refresh_source = g_idle_add_full (G_PRIORITY_DEFAULT, refresh_cb, screen, NULL);
}

/* Deeds -------------------------------------------------------------------------------------------------------------- */

static void
set_look (PvSetupScreen *screen)
{
  PvLook look = pv_setup_get_look (screen->setup);

  pv_kiosk_window_set_look (screen->window, &look);
}

static void
set_language (PvSetupScreen *screen, const char *language)
{
  pv_language_set (language);
  pv_kiosk_window_set_language (screen->window, language, FALSE);
  pv_setup_retell (screen->setup);
}

static void
perform (PvSetupScreen *screen, const PvSetupEffect *effect)
{
  if (effect->kind == PV_SETUP_ASK)
    pv_provision_link_ask (screen->provision, effect->verb, effect->line);
  else if (effect->kind == PV_SETUP_WATCH_CARD)
    pv_card_link_watch (screen->card);
  else if (effect->kind == PV_SETUP_STOP_CARD)
    pv_card_link_stop (screen->card);
  else if (effect->kind == PV_SETUP_SPEECH && screen->speech != NULL)
    pv_speech_link_perform (screen->speech, effect->line);
  else if (effect->kind == PV_SETUP_SET_LOOK)
    set_look (screen);
  else if (effect->kind == PV_SETUP_SET_LANGUAGE)
    set_language (screen, effect->line);
}

/* What is shown ------------------------------------------------------------------------------------------------------ */

static void
show_to_speech (PvSetupScreen *screen, const PvScreenState *state)
{
  PvFocus placed;

  if (screen->speech == NULL)
    return;
  pv_speech_link_show (screen->speech, state, pv_setup_get_look (screen->setup).language);
  if (pv_kiosk_window_get_placed (screen->window, state, &placed))
    pv_speech_link_place (screen->speech, &placed);
}

static void
refresh (PvSetupScreen *screen)
{
  PvSetupEffect *effect;
  const PvScreenState *state;

  while ((effect = pv_setup_pop_effect (screen->setup)) != NULL) {
    perform (screen, effect);
    pv_setup_effect_free (effect);
  }
  g_clear_handle_id (&screen->refresh_source, g_source_remove);
  if (!screen->is_visible)
    return;
  state = pv_setup_get_state (screen->setup);
  screen->is_showing = TRUE;
  pv_kiosk_window_show_state (screen->window, state);
  screen->is_showing = FALSE;
  show_to_speech (screen, state);
}

static gboolean
refresh_cb (gpointer user_data)
{
  PvSetupScreen *screen = user_data;

  screen->refresh_source = 0;
  refresh (screen);
  return G_SOURCE_REMOVE;
}

/* Answers ------------------------------------------------------------------------------------------------------------ */

static void
replied_cb (PvSetupVerb verb, PvSetupReason reason, const char *const *texts, gpointer user_data)
{
  PvSetupScreen *screen = user_data;

  pv_setup_answered (screen->setup, verb, reason, texts);
  refresh_soon (screen);
}

static void
progress_cb (PvSetupVerb verb, guint percent, gpointer user_data)
{
  PvSetupScreen *screen = user_data;

  pv_setup_progress (screen->setup, verb, percent);
  refresh_soon (screen);
}

static void
card_cb (const PvCardReport *report, GBytes *face, gpointer user_data)
{
  PvSetupScreen *screen = user_data;

  (void) face; /* no code is given: nothing is read */
  pv_setup_card_report (screen->setup, report->state);
  refresh_soon (screen);
}

/* The window --------------------------------------------------------------------------------------------------------- */

static void
intention_cb (PvKioskWindow *window, PvIntention *intention, gpointer user_data)
{
  PvSetupScreen *screen = user_data;

  (void) window;
  if (screen->speech != NULL)
    pv_speech_link_intend (screen->speech, intention);
  pv_setup_handle (screen->setup, intention);
  refresh (screen);
}

static void
touched_cb (PvKioskWindow *window, gboolean is_renewal, gboolean is_button, gpointer user_data)
{
  PvSetupScreen *screen = user_data;

  (void) window;
  (void) is_renewal;
  (void) is_button;
  if (screen->speech != NULL)
    pv_speech_link_interrupt (screen->speech);
  if (!screen->was_touched && screen->supervisor != NULL)
    pv_supervisor_link_touched (screen->supervisor);
  screen->was_touched = TRUE;
}

static void
focus_moved_cb (PvKioskWindow *window, const PvFocus *focus, gpointer user_data)
{
  PvSetupScreen *screen = user_data;

  (void) window;
  if (screen->speech != NULL && !screen->is_showing)
    pv_speech_link_focus (screen->speech, focus);
}

static void
painted_cb (PvKioskWindow *window, gpointer user_data)
{
  PvSetupScreen *screen = user_data;

  (void) window;
  if (screen->is_visible && !screen->was_painted && screen->supervisor != NULL)
    pv_supervisor_link_shown (screen->supervisor);
  screen->was_painted = screen->is_visible;
}

static PvKioskWindow *
make_window (PvSetupScreen *screen)
{
  PvKioskWindow *window = pv_screen_settings_make_window (screen->settings);

  g_signal_connect (window, "intention", G_CALLBACK (intention_cb), screen);
  g_signal_connect (window, "touched", G_CALLBACK (touched_cb), screen);
  g_signal_connect (window, "focus-moved", G_CALLBACK (focus_moved_cb), screen);
  g_signal_connect (window, "painted", G_CALLBACK (painted_cb), screen);
  return window;
}

/* The voice ---------------------------------------------------------------------------------------------------------- */

static PvVoice *
make_voice (PvVoiceFunc func, gpointer voice_data, gpointer user_data, GError **error)
{
  return pv_screen_settings_make_voice (((PvSetupScreen *) user_data)->settings, func, voice_data, error);
}

static PvJackWatch *
make_jack (PvJackFunc func, gpointer jack_data, gpointer user_data, GError **error)
{
  PvSetupScreen *screen = user_data;

  return pv_jack_watch_new (pv_settings_get_text (screen->settings, PV_SETTING_SPEECH_HEADSET_CARD), func, jack_data,
                            error);
}

static void
speaking_cb (const PvSpeaking *speaking, gpointer user_data)
{
  pv_setup_speaking_changed (((PvSetupScreen *) user_data)->setup, speaking);
}

static void
spoken_cb (const char *field_id, gpointer user_data)
{
  pv_kiosk_window_set_spoken (((PvSetupScreen *) user_data)->window, field_id);
}

static PvSpeechLink *
make_speech (PvSetupScreen *screen)
{
  static const PvSpeechLinkEvents events = { make_voice, make_jack, speaking_cb, spoken_cb };
  const PvNarratorConfig config = pv_screen_settings_get_narrator (screen->settings);

  return pv_screen_settings_has_voice (screen->settings) ? pv_speech_link_new (&config, &events, screen) : NULL;
}

static void
wake_speech (PvSetupScreen *screen)
{
  g_autoptr (GError) error = NULL;

  if (screen->speech == NULL || pv_speech_link_wake (screen->speech, &error))
    return;
  pv_log_event (PV_LOG_WARNING, "no-voice", PV_LOG_CAUSE (error));
  pv_setup_set_can_speak (screen->setup, FALSE);
}

/* The supervisor ----------------------------------------------------------------------------------------------------- */

static void
show_cb (gpointer user_data)
{
  PvSetupScreen *screen = user_data;

  screen->is_visible = TRUE;
  wake_speech (screen);
  refresh (screen);
  pv_kiosk_window_present (screen->window);
}

static guint
ping_cb (gpointer user_data)
{
  gint64 age_ms = pv_kiosk_window_get_last_frame_age_ms (((PvSetupScreen *) user_data)->window);

  return age_ms < 0 ? G_MAXUINT : (guint) MIN (age_ms, G_MAXUINT);
}

static void
out_of_order_cb (gpointer user_data)
{
  (void) user_data; /* is for sessions */
}

static void
finish_cb (gpointer user_data)
{
  PvSetupScreen *screen = user_data;

  screen->ended (screen->user_data);
}

static void
measure_panel (PvSetupConfig *config)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle place = { 0, 0, USUAL_WIDTH_PX, USUAL_HEIGHT_PX };

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &place);
  config->width_px = place.width;
  config->height_px = place.height;
}

PvSetupScreen *
pv_setup_screen_new (const PvSettings *settings, const char *config_folder, int supervisor_fd, void (*ended) (gpointer),
                     gpointer user_data)
{
  static const PvSupervisorEvents supervisor_events = { show_cb, ping_cb, out_of_order_cb, finish_cb };
  PvSetupScreen *screen = g_new0 (PvSetupScreen, 1);
  PvSetupConfig config = { .can_speak = pv_screen_settings_has_voice (settings),
                           .language = PV_TEXTS_OFFICIAL,
                           .is_installing = g_file_test (PV_SETUP_INSTALL, G_FILE_TEST_EXISTS) };
  g_autofree char *runtime = pv_setup_files_runtime (settings);
  g_autofree char *path = g_build_filename (runtime, PV_SETUP_SOCKET, NULL);
  g_autofree char *card_program = pv_find_program ("PV_CARD_PROGRAM", "parvis-card");

  screen->settings = settings;
  screen->ended = ended;
  screen->user_data = user_data;
  pv_language_set (PV_TEXTS_OFFICIAL);
  measure_panel (&config);
  screen->setup = pv_setup_new (&config);
  screen->window = make_window (screen);
  screen->provision = pv_provision_link_new (path, replied_cb, progress_cb, screen);
  screen->card = pv_card_link_new (card_program, config_folder, card_cb, screen);
  screen->speech = make_speech (screen);
  set_look (screen);
  pv_kiosk_window_set_language (screen->window, PV_TEXTS_OFFICIAL, FALSE);
  pv_kiosk_window_warm_up (screen->window);
  refresh (screen);
  if (supervisor_fd >= 0) {
    screen->supervisor = pv_supervisor_link_new (supervisor_fd, &supervisor_events, screen);
    pv_supervisor_link_ready (screen->supervisor);
  } else {
    show_cb (screen);
  }
  return screen;
}

void
pv_setup_screen_free (PvSetupScreen *screen)
{
  if (screen == NULL)
    return;
  g_clear_handle_id (&screen->refresh_source, g_source_remove);
  pv_supervisor_link_free (screen->supervisor);
  pv_speech_link_free (screen->speech);
  pv_provision_link_free (screen->provision);
  pv_card_link_free (screen->card);
  g_signal_handlers_disconnect_by_data (screen->window, screen);
  gtk_window_destroy (GTK_WINDOW (screen->window));
  pv_setup_free (screen->setup);
  g_free (screen);
}
