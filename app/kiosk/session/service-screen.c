/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/service-screen.h"

#include "core/service.h"
#include "kiosk/session/card-link.h"
#include "kiosk/session/door-link.h"
#include "kiosk/session/find-program.h"
#include "kiosk/session/printer-link.h"
#include "kiosk/session/screen-settings.h"
#include "kiosk/session/speech-link.h"
#include "kiosk/session/supervisor-link.h"
#include "platform/clock.h"
#include "platform/language.h"
#include "platform/log.h"
#include "platform/maintenance-file.h"
#include "platform/service-files.h"
#include "print/receipt-pdf.h"
#include "print/test-receipt.h"

struct PvServiceScreen {
  const PvSettings *settings;
  PvService *service;
  PvKioskWindow *window;
  PvDoorLink *door;
  PvPrinterLink *printer;
  PvCardLink *card;
  PvSpeechLink *speech;         /* (nullable): the settings have no voice */
  PvSupervisorLink *supervisor; /* (nullable): alone */
  GTimeZone *zone;
  guint tick_source, refresh_source, over_source;
  gint64 told_deadline_ms;
  gboolean is_visible, was_painted, was_touched, is_showing;
  void (*ended) (gpointer);
  gpointer user_data;
};

static PvMoment
get_now (const PvServiceScreen *screen)
{
  PvClock *clock = pv_clock_get_system ();

  return (PvMoment){ pv_clock_get_wall_us (clock), pv_clock_get_monotonic_ms (clock), screen->zone };
}

static gboolean refresh_cb (gpointer user_data);

static void
refresh_soon (PvServiceScreen *screen)
{
  if (screen->refresh_source == 0)
    screen->refresh_source = g_idle_add_full (G_PRIORITY_DEFAULT, refresh_cb, screen, NULL);
}

/* Deeds -------------------------------------------------------------------------------------------------------------- */

static void
print_test_page (PvServiceScreen *screen)
{
  PvPrintMedia media = pv_printer_link_get_media (screen->printer);
  g_autoptr (PvReceipt) receipt =
    pv_test_receipt_new (pv_settings_get_text (screen->settings, PV_SETTING_COMMUNE_NAME), "parvis-service", media);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = pv_receipt_render_pdf (receipt, media, &error);
  PvMoment now = get_now (screen);

  if (pdf != NULL) {
    pv_printer_link_print (screen->printer, pdf, "fr");
    return;
  }
  pv_log_event (PV_LOG_ERROR, "receipt-failed", PV_LOG_CAUSE (error));
  pv_service_print_state (screen->service, PV_PRINT_FAILED, &now);
}

static gboolean
over_cb (gpointer user_data)
{
  PvServiceScreen *screen = user_data;

  screen->over_source = 0;
  screen->ended (screen->user_data);
  return G_SOURCE_REMOVE;
}

static void
set_look (PvServiceScreen *screen)
{
  PvLook look = pv_service_get_look (screen->service);

  pv_kiosk_window_set_look (screen->window, &look);
}

static void
perform (PvServiceScreen *screen, const PvServiceEffect *effect)
{
  pv_door_link_ask (screen->door, effect);
  if (effect->kind == PV_SERVICE_PRINT)
    print_test_page (screen);
  else if (effect->kind == PV_SERVICE_WATCH_CARD)
    pv_card_link_watch (screen->card);
  else if (effect->kind == PV_SERVICE_STOP_CARD)
    pv_card_link_stop (screen->card);
  else if (effect->kind == PV_SERVICE_SPEECH && screen->speech != NULL)
    pv_speech_link_perform (screen->speech, effect->text);
  else if (effect->kind == PV_SERVICE_SET_LOOK)
    set_look (screen);
  else if (effect->kind == PV_SERVICE_LEAVE && screen->over_source == 0)
    screen->over_source = g_timeout_add (PV_SERVICE_OVER_MS, over_cb, screen);
}

/* What is shown ------------------------------------------------------------------------------------------------------ */

static gboolean
tick_cb (gpointer user_data)
{
  PvServiceScreen *screen = user_data;
  PvMoment now = get_now (screen);

  screen->tick_source = 0;
  pv_service_tick (screen->service, &now);
  refresh_soon (screen);
  return G_SOURCE_REMOVE;
}

static void
tell_deadline (PvServiceScreen *screen)
{
  gint64 end_ms = pv_service_end_deadline_ms (screen->service);
  gint64 left_ms = end_ms - pv_clock_get_monotonic_ms (pv_clock_get_system ());

  if (screen->supervisor == NULL || end_ms == screen->told_deadline_ms)
    return;
  screen->told_deadline_ms = end_ms;
  pv_supervisor_link_deadline (screen->supervisor,
                               end_ms == G_MAXINT64 ? 0 : (guint) CLAMP (1 + left_ms / 1000, 1, 86400));
}

static void
plan_tick (PvServiceScreen *screen)
{
  gint64 deadline_ms = pv_service_next_deadline_ms (screen->service);
  gint64 wait_ms = deadline_ms - pv_clock_get_monotonic_ms (pv_clock_get_system ());

  tell_deadline (screen);
  g_clear_handle_id (&screen->tick_source, g_source_remove);
  if (deadline_ms != G_MAXINT64)
    screen->tick_source = g_timeout_add ((guint) CLAMP (wait_ms, 1, G_MAXINT), tick_cb, screen);
}

static void
show_to_speech (PvServiceScreen *screen, const PvScreenState *state)
{
  PvFocus placed;

  if (screen->speech == NULL)
    return;
  pv_speech_link_show (screen->speech, state, PV_TEXTS_OFFICIAL);
  if (pv_kiosk_window_get_placed (screen->window, state, &placed))
    pv_speech_link_place (screen->speech, &placed);
}

static void
refresh (PvServiceScreen *screen)
{
  PvServiceEffect *effect;
  const PvScreenState *state;

  while ((effect = pv_service_pop_effect (screen->service)) != NULL) {
    perform (screen, effect);
    pv_service_effect_free (effect);
  }
  g_clear_handle_id (&screen->refresh_source, g_source_remove);
  if (screen->is_visible) {
    state = pv_service_get_state (screen->service);
    screen->is_showing = TRUE;
    pv_kiosk_window_show_state (screen->window, state);
    screen->is_showing = FALSE;
    show_to_speech (screen, state);
  }
  plan_tick (screen);
}

static gboolean
refresh_cb (gpointer user_data)
{
  PvServiceScreen *screen = user_data;

  screen->refresh_source = 0;
  refresh (screen);
  return G_SOURCE_REMOVE;
}

/* Answers ------------------------------------------------------------------------------------------------------------ */

static void
opened_cb (PvServiceVerdict verdict, guint tries_left, gint64 until_us, gpointer user_data)
{
  PvServiceScreen *screen = user_data;
  PvMoment now = get_now (screen);

  pv_service_opened (screen->service, verdict, tries_left, until_us, &now);
  refresh_soon (screen);
}

static void
found_cb (GPtrArray *findings, gpointer user_data)
{
  PvServiceScreen *screen = user_data;
  PvMoment now = get_now (screen);

  pv_service_found (screen->service, findings, &now);
  refresh_soon (screen);
}

static void
counted_cb (int n_waiting, gpointer user_data)
{
  PvServiceScreen *screen = user_data;
  PvMoment now = get_now (screen);

  pv_service_counted (screen->service, n_waiting, &now);
  refresh_soon (screen);
}

static void
done_cb (PvServiceEffectKind kind, gboolean is_done, gpointer user_data)
{
  PvServiceScreen *screen = user_data;
  PvMoment now = get_now (screen);

  pv_service_done (screen->service, kind, is_done, &now);
  refresh_soon (screen);
}

static void
printer_available_cb (gboolean is_available, PvPrintReason reason, gpointer user_data)
{
  PvServiceScreen *screen = user_data;

  /* What the printer says is looked at by the doctor; a page is laid out for its paper. */
  (void) is_available;
  (void) reason;
  pv_print_media_set_longest_mm (pv_printer_link_get_longest_mm (screen->printer));
}

static void
job_cb (PvPrintState state, PvPrintReason reason, gpointer user_data)
{
  PvServiceScreen *screen = user_data;
  PvMoment now = get_now (screen);

  (void) reason;
  pv_service_print_state (screen->service, state, &now);
  refresh_soon (screen);
}

static void
card_cb (const PvCardReport *report, GBytes *face, gpointer user_data)
{
  PvServiceScreen *screen = user_data;
  PvMoment now = get_now (screen);

  (void) face; /* no code is given: nothing is read */
  pv_service_card_report (screen->service, report->state, &now);
  refresh_soon (screen);
}

/* The window --------------------------------------------------------------------------------------------------------- */

static void
intention_cb (PvKioskWindow *window, PvIntention *intention, gpointer user_data)
{
  PvServiceScreen *screen = user_data;
  PvMoment now = get_now (screen);

  (void) window;
  if (screen->speech != NULL)
    pv_speech_link_intend (screen->speech, intention);
  pv_service_handle (screen->service, intention, &now);
  refresh (screen);
}

static void
touched_cb (PvKioskWindow *window, gboolean is_renewal, gboolean is_button, gpointer user_data)
{
  PvServiceScreen *screen = user_data;
  PvMoment now = get_now (screen);

  (void) window;
  (void) is_renewal;
  (void) is_button;
  if (screen->speech != NULL)
    pv_speech_link_interrupt (screen->speech);
  if (!screen->was_touched && screen->supervisor != NULL)
    pv_supervisor_link_touched (screen->supervisor);
  screen->was_touched = TRUE;
  pv_service_noticed (screen->service, &now);
  plan_tick (screen);
}

static void
focus_moved_cb (PvKioskWindow *window, const PvFocus *focus, gpointer user_data)
{
  PvServiceScreen *screen = user_data;

  (void) window;
  if (screen->speech != NULL && !screen->is_showing)
    pv_speech_link_focus (screen->speech, focus);
}

static void
capacity_cb (PvKioskWindow *window, gpointer user_data)
{
  PvServiceScreen *screen = user_data;
  PvCapacity capacity;

  pv_kiosk_window_get_capacity (window, &capacity);
  pv_service_set_capacity (screen->service, &capacity);
  refresh_soon (screen);
}

static void
painted_cb (PvKioskWindow *window, gpointer user_data)
{
  PvServiceScreen *screen = user_data;

  (void) window;
  if (screen->is_visible && !screen->was_painted && screen->supervisor != NULL)
    pv_supervisor_link_shown (screen->supervisor);
  screen->was_painted = screen->is_visible;
}

static PvKioskWindow *
make_window (PvServiceScreen *screen)
{
  PvKioskWindow *window = pv_screen_settings_make_window (screen->settings);

  g_signal_connect (window, "intention", G_CALLBACK (intention_cb), screen);
  g_signal_connect (window, "touched", G_CALLBACK (touched_cb), screen);
  g_signal_connect (window, "focus-moved", G_CALLBACK (focus_moved_cb), screen);
  g_signal_connect (window, "capacity-changed", G_CALLBACK (capacity_cb), screen);
  g_signal_connect (window, "painted", G_CALLBACK (painted_cb), screen);
  return window;
}

/* The voice ---------------------------------------------------------------------------------------------------------- */

static PvVoice *
make_voice (PvVoiceFunc func, gpointer voice_data, gpointer user_data, GError **error)
{
  return pv_screen_settings_make_voice (((PvServiceScreen *) user_data)->settings, func, voice_data, error);
}

static PvJackWatch *
make_jack (PvJackFunc func, gpointer jack_data, gpointer user_data, GError **error)
{
  PvServiceScreen *screen = user_data;

  return pv_jack_watch_new (pv_settings_get_text (screen->settings, PV_SETTING_SPEECH_HEADSET_CARD), func, jack_data,
                            error);
}

static void
speaking_cb (const PvSpeaking *speaking, gpointer user_data)
{
  pv_service_speaking_changed (((PvServiceScreen *) user_data)->service, speaking);
}

static void
spoken_cb (const char *field_id, gpointer user_data)
{
  pv_kiosk_window_set_spoken (((PvServiceScreen *) user_data)->window, field_id);
}

static PvSpeechLink *
make_speech (PvServiceScreen *screen)
{
  static const PvSpeechLinkEvents events = { make_voice, make_jack, speaking_cb, spoken_cb };
  const PvNarratorConfig config = pv_screen_settings_get_narrator (screen->settings);

  return pv_screen_settings_has_voice (screen->settings) ? pv_speech_link_new (&config, &events, screen) : NULL;
}

static void
wake_speech (PvServiceScreen *screen)
{
  g_autoptr (GError) error = NULL;

  if (screen->speech == NULL || pv_speech_link_wake (screen->speech, &error))
    return;
  pv_log_event (PV_LOG_WARNING, "no-voice", PV_LOG_CAUSE (error));
  pv_service_set_can_speak (screen->service, FALSE);
}

/* The supervisor ----------------------------------------------------------------------------------------------------- */

static void
show_cb (gpointer user_data)
{
  PvServiceScreen *screen = user_data;

  screen->is_visible = TRUE;
  wake_speech (screen);
  refresh (screen);
  pv_kiosk_window_present (screen->window);
}

static guint
ping_cb (gpointer user_data)
{
  gint64 age_ms = pv_kiosk_window_get_last_frame_age_ms (((PvServiceScreen *) user_data)->window);

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
  PvServiceScreen *screen = user_data;

  screen->ended (screen->user_data);
}

static PvService *
make_service (const PvServiceScreen *screen, const char *config_folder)
{
  const PvSettings *settings = screen->settings;
  const PvMounting mounting = pv_screen_settings_get_mounting (settings);
  PvMoment now = get_now (screen);
  const PvServiceConfig config = {
    .commune = pv_settings_get_text (settings, PV_SETTING_COMMUNE_NAME),
    .place = pv_settings_get_text (settings, PV_SETTING_COMMUNE_PLACE),
    .can_speak = pv_screen_settings_has_voice (settings),
    .starts_low = pv_reach_starts_low (&mounting),
    .has_printer = pv_settings_get_bool (settings, PV_SETTING_PRINTER_ENABLED),
    .has_reader = pv_settings_get_bool (settings, PV_SETTING_CARD_ENABLED),
  };
  PvService *service = pv_service_new (&config, &now);
  gint64 until_us = 0;
  gboolean is_closed = pv_maintenance_file_read (config_folder, now.utc_us, &until_us);

  pv_service_set_closed (service, is_closed, until_us);
  return service;
}

static void
connect_services (PvServiceScreen *screen, const char *config, const char *id)
{
  static const PvDoorEvents door_events = { opened_cb, found_cb, counted_cb, done_cb };
  static const PvPrinterEvents printer_events = { printer_available_cb, job_cb };
  g_autofree char *runtime = pv_service_files_runtime (screen->settings);
  g_autofree char *door_path = g_build_filename (runtime, PV_SERVICE_SOCKET, NULL);
  g_autofree char *printer_path =
    g_build_filename (pv_settings_get_text (screen->settings, PV_SETTING_PATHS_RUNTIME), "printer.sock", NULL);
  g_autofree char *card_program = pv_find_program ("PV_CARD_PROGRAM", "parvis-card");

  screen->door = pv_door_link_new (door_path, &door_events, screen);
  screen->printer = pv_printer_link_new (printer_path, id, &printer_events, screen);
  screen->card = pv_card_link_new (card_program, config, card_cb, screen);
}

PvServiceScreen *
pv_service_screen_new (const PvSettings *settings, const char *config, int supervisor_fd, const char *id,
                       void (*ended) (gpointer), gpointer user_data)
{
  static const PvSupervisorEvents supervisor_events = { show_cb, ping_cb, out_of_order_cb, finish_cb };
  PvServiceScreen *screen = g_new0 (PvServiceScreen, 1);

  screen->settings = settings;
  screen->ended = ended;
  screen->user_data = user_data;
  screen->told_deadline_ms = G_MAXINT64;
  screen->zone = g_time_zone_new_identifier (pv_settings_get_text (settings, PV_SETTING_COMMUNE_TIMEZONE));
  if (screen->zone == NULL)
    screen->zone = g_time_zone_new_utc ();
  pv_language_set (PV_TEXTS_OFFICIAL);
  screen->service = make_service (screen, config);
  screen->window = make_window (screen);
  connect_services (screen, config, id);
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
pv_service_screen_free (PvServiceScreen *screen)
{
  if (screen == NULL)
    return;
  g_clear_handle_id (&screen->tick_source, g_source_remove);
  g_clear_handle_id (&screen->refresh_source, g_source_remove);
  g_clear_handle_id (&screen->over_source, g_source_remove);
  pv_supervisor_link_free (screen->supervisor);
  pv_speech_link_free (screen->speech);
  pv_door_link_free (screen->door);
  pv_printer_link_free (screen->printer);
  pv_card_link_free (screen->card);
  g_signal_handlers_disconnect_by_data (screen->window, screen);
  gtk_window_destroy (GTK_WINDOW (screen->window));
  pv_service_free (screen->service);
  g_time_zone_unref (screen->zone);
  g_free (screen);
}
