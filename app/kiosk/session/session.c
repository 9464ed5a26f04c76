/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/session.h"

#include <malloc.h>

#include "core/language-code.h"
#include "kiosk/session/find-program.h"
#include "kiosk/session/screen-settings.h"
#include "kiosk/session/session-private.h"
#include "platform/clock.h"
#include "platform/glossary-file.h"
#include "platform/language.h"
#include "platform/settings-opening.h"
#include "platform/log.h"

PvMoment
pv_session_now (const PvSession *session)
{
  PvClock *clock = pv_clock_get_system ();

  return (PvMoment){ pv_clock_get_wall_us (clock), pv_clock_get_monotonic_ms (clock), session->zone };
}

static void
tell_deadline (PvSession *session)
{
  gint64 end_ms = pv_journey_end_deadline_ms (session->journey);
  gint64 left_ms = end_ms - pv_clock_get_monotonic_ms (pv_clock_get_system ());

  if (session->supervisor == NULL || end_ms == session->told_deadline_ms)
    return;
  session->told_deadline_ms = end_ms;
  pv_supervisor_link_deadline (session->supervisor,
                               end_ms == G_MAXINT64 ? 0 : (guint) CLAMP (1 + left_ms / 1000, 1, 86400));
}

/* How much fits on a screen. Welcome is the same whatever that is, and must not wait for it. */
static void
measure_capacity (PvSession *session)
{
  PvCapacity capacity;

  if (!session->is_capacity_wanted)
    return;
  session->is_capacity_wanted = FALSE;
  pv_kiosk_window_get_capacity (session->window, &capacity);
  pv_journey_set_capacity (session->journey, &capacity);
}

static gboolean
measure_cb (gpointer user_data)
{
  PvSession *session = user_data;

  session->measure_source = 0;
  measure_capacity (session);
  return G_SOURCE_REMOVE;
}

/* Gives back what the start, or an answer of a service, needed for a moment. */
static gboolean
trim_cb (gpointer user_data)
{
  PvSession *session = user_data;

  session->trim_source = 0;
  malloc_trim (0);
  return G_SOURCE_REMOVE;
}

static void
trim_soon (PvSession *session)
{
  if (session->trim_source == 0)
    session->trim_source = g_idle_add_full (G_PRIORITY_LOW, trim_cb, session, NULL);
}

static void
show_screen (PvSession *session)
{
  if (pv_journey_get_state (session->journey)->id != PV_SCREEN_WELCOME)
    measure_capacity (session);
  session->is_showing = TRUE;
  pv_kiosk_window_show_state (session->window, pv_journey_get_state (session->journey));
  session->is_showing = FALSE;
  pv_session_show_to_speech (session);
}

/* The citizen first: what they see is drawn before it is mirrored. */
static void
share_screen (PvSession *session)
{
  if (session->assist != NULL && pv_assist_link_wants_screen (session->assist))
    pv_assist_link_screen (session->assist, pv_shared_screen_get (session->shared));
  else
    pv_shared_screen_forget (session->shared);
}

/* Effects first: what they change belongs to the screen that is shown. A hidden session has none yet: its texts, and the
 * letters that they need, weigh a third of it for hours, and are made within the time of two frames. */
static void
refresh (PvSession *session)
{
  PvEffect *effect;

  while ((effect = pv_journey_pop_effect (session->journey)) != NULL) {
    pv_session_perform (session, effect);
    pv_effect_free (effect);
  }
  g_clear_handle_id (&session->refresh_source, g_source_remove);
  if (session->is_visible)
    show_screen (session);
  else
    trim_soon (session);
  share_screen (session);
  pv_session_plan_tick (session);
}

/* Answers may come while effects are being performed: the screen is shown once, afterwards. */
static gboolean
refresh_cb (gpointer user_data)
{
  PvSession *session = user_data;

  session->refresh_source = 0;
  refresh (session);
  return G_SOURCE_REMOVE;
}

void
pv_session_refresh_soon (PvSession *session)
{
  if (session->refresh_source == 0)
    session->refresh_source = g_idle_add_full (G_PRIORITY_DEFAULT, refresh_cb, session, NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  session->tick_source = 0;
  pv_journey_tick (session->journey, &moment);
  refresh (session);
  return G_SOURCE_REMOVE;
}

void
pv_session_plan_tick (PvSession *session)
{
  gint64 deadline_ms = pv_journey_next_deadline_ms (session->journey);
  gint64 wait_ms = deadline_ms - pv_clock_get_monotonic_ms (pv_clock_get_system ());

  tell_deadline (session);
  g_clear_handle_id (&session->tick_source, g_source_remove);
  if (deadline_ms != G_MAXINT64)
    session->tick_source = g_timeout_add ((guint) CLAMP (wait_ms, 1, G_MAXINT), tick_cb, session);
}

static void
courier_state_cb (gboolean is_up, gboolean can_store, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_service_state (session->journey, is_up, can_store, &moment);
  pv_session_refresh_soon (session);
}

static void
catalogue_cb (PvCatalogue *catalogue, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_catalogue_loaded (session->journey, catalogue, &moment);
  pv_session_refresh_soon (session);
}

static void
procedure_cb (const char *slug, PvProcedure *procedure, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_procedure_loaded (session->journey, slug, procedure, &moment);
  pv_session_refresh_soon (session);
}

static void
options_cb (const char *path, GPtrArray *options, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_options_loaded (session->journey, path, options, &moment);
  pv_session_refresh_soon (session);
}

static void
stored_cb (gboolean is_stored, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_stored (session->journey, is_stored, &moment);
  pv_session_refresh_soon (session);
}

static void
outcome_cb (const PvOutcome *outcome, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_outcome (session->journey, outcome, &moment);
  pv_session_refresh_soon (session);
}

static void
proof_cb (const char *ref, const char *code, gpointer user_data)
{
  pv_journey_set_proof (((PvSession *) user_data)->journey, ref, code);
}

static void
printer_available_cb (gboolean is_available, PvPrintReason reason, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_printer_available (session->journey, is_available, reason, &moment);
  pv_print_media_set_longest_mm (pv_printer_link_get_longest_mm (session->printer));
  pv_journey_prints_pages (session->journey, pv_printer_link_get_media (session->printer) == PV_PRINT_MEDIA_A4,
                           &moment);
  pv_session_refresh_soon (session);
}

static void
job_cb (PvPrintState state, PvPrintReason reason, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_print_state (session->journey, state, reason, &moment);
  pv_session_refresh_soon (session);
}

/* Its place is on the screen already. */
static void
photo_cb (GdkTexture *texture, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  if (texture == NULL)
    pv_journey_portrait_failed (session->journey, &moment);
  pv_kiosk_window_set_portrait (session->window, texture);
  pv_session_refresh_soon (session);
}

/* Shown at once: a person who holds a card still must not wait for the screen. */
static void
card_cb (const PvCardReport *report, GBytes *face, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_card_report (session->journey, report, &moment);
  if (face != NULL && pv_journey_portrait_came (session->journey, &moment))
    pv_photo_decode (session->photo, face);
  pv_session_refresh_soon (session);
}

static void
assistance_cb (const PvAssistance *assistance, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_assistance_changed (session->journey, assistance, &moment);
  pv_session_refresh_soon (session);
}

static void
pointed_cb (const char *target, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_pointed (session->journey, target, &moment);
  pv_session_refresh_soon (session);
}

static void
explained_cb (const char *text, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_explained (session->journey, text, &moment);
  pv_session_refresh_soon (session);
}

/* Of the mediator, or what the citizen accepted of theirs. */
static void
assisted_cb (const PvIntention *intention, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_handle (session->journey, intention, &moment);
  pv_session_refresh_soon (session);
}

static void
noted_cb (const char *verb, const char *field, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_assistance_noted (session->journey, verb, field, &moment);
  pv_session_refresh_soon (session);
}

static void
language_cb (const char *language, gpointer user_data)
{
  PvSession *session = user_data;

  pv_shared_screen_set_language (session->shared, language);
  pv_session_refresh_soon (session);
}

static void
intention_cb (PvKioskWindow *window, PvIntention *intention, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  (void) window;
  if (session->speech != NULL)
    pv_speech_link_intend (session->speech, intention);
  pv_journey_handle (session->journey, intention, &moment);
  refresh (session);
}

/* Whatever the touch will mean: somebody is there, the voice is silent, and the hand is back with it. */
static void
touched_cb (PvKioskWindow *window, gboolean is_renewal, gboolean is_button, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  (void) window;
  if (session->speech != NULL)
    pv_speech_link_interrupt (session->speech);
  if (pv_journey_noticed (session->journey, is_button, &moment))
    pv_session_refresh_soon (session);
  if (session->assist != NULL)
    pv_assist_link_touched (session->assist, is_renewal);
}

static void
focus_moved_cb (PvKioskWindow *window, const PvFocus *focus, gpointer user_data)
{
  PvSession *session = user_data;

  (void) window;
  if (session->speech != NULL && !session->is_showing)
    pv_speech_link_focus (session->speech, focus);
}

static void
capacity_cb (PvKioskWindow *window, gpointer user_data)
{
  PvSession *session = user_data;

  (void) window;
  session->is_capacity_wanted = TRUE;
  pv_session_refresh_soon (session);
}

static void
painted_cb (PvKioskWindow *window, gpointer user_data)
{
  PvSession *session = user_data;

  (void) window;
  if (session->is_visible && !session->was_painted && session->supervisor != NULL)
    pv_supervisor_link_shown (session->supervisor);
  session->was_painted = session->is_visible;
  if (session->is_capacity_wanted && session->measure_source == 0)
    session->measure_source = g_idle_add_full (G_PRIORITY_LOW, measure_cb, session, NULL);
}

static void
show_cb (gpointer user_data)
{
  PvSession *session = user_data;

  session->is_visible = TRUE;
  pv_session_wake_speech (session);
  refresh (session);
  pv_kiosk_window_present (session->window);
  if (session->assist != NULL)
    pv_assist_link_wake (session->assist);
}

static guint
ping_cb (gpointer user_data)
{
  PvSession *session = user_data;
  gint64 age_ms = pv_kiosk_window_get_last_frame_age_ms (session->window);

  return age_ms < 0 ? G_MAXUINT : (guint) MIN (age_ms, G_MAXUINT);
}

static void
out_of_order_cb (gpointer user_data)
{
  pv_session_show_out_of_order (user_data);
}

static void
finish_cb (gpointer user_data)
{
  PvSession *session = user_data;

  session->ended (session->user_data);
}

/* (nullable) */
static PvGlossary *
read_glossary (const PvSettings *settings)
{
  g_autoptr (GPtrArray) slips = g_ptr_array_new_with_free_func (g_free);
  PvGlossary *glossary = pv_glossary_files_read (pv_settings_get_list (settings, PV_SETTING_GLOSSARY_FILE), slips);

  if (slips->len > 0) /* which ones: parvisctl check */
    pv_log_event (PV_LOG_WARNING, "glossary-with-slips", PV_LOG_INT ("lines", slips->len));
  return glossary;
}

static PvJourney *
make_journey (const PvSettings *settings)
{
  const PvMounting mounting = pv_screen_settings_get_mounting (settings);
  g_autoptr (PvGlossary) glossary = read_glossary (settings);
  g_autoptr (PvOpening) opening = pv_settings_read_opening (settings);
  PvJourneyConfig config = {
    .commune = pv_settings_get_text (settings, PV_SETTING_COMMUNE_NAME),
    .place = pv_settings_get_text (settings, PV_SETTING_COMMUNE_PLACE),
    .service = pv_settings_get_text (settings, PV_SETTING_CONTACT_SERVICE),
    .address = pv_settings_get_text (settings, PV_SETTING_CONTACT_ADDRESS),
    .email = pv_settings_get_text (settings, PV_SETTING_CONTACT_EMAIL),
    .phone = pv_settings_get_text (settings, PV_SETTING_CONTACT_PHONE),
    .dpo = pv_settings_get_text (settings, PV_SETTING_CONTACT_DPO),
    .hours = pv_settings_get_text (settings, PV_SETTING_CONTACT_HOURS),
    .tracking_url = NULL,
    .languages = pv_settings_get_list (settings, PV_SETTING_COMMUNE_LANGUAGES),
    .idle_seconds = (guint) pv_settings_get_int (settings, PV_SETTING_SCREEN_IDLE_SECONDS),
    .warn_seconds = (guint) pv_settings_get_int (settings, PV_SETTING_SCREEN_WARN_SECONDS),
    .is_printer_enabled = pv_settings_get_bool (settings, PV_SETTING_PRINTER_ENABLED),
    .is_clock_verified = pv_clock_is_synchronised (pv_clock_get_system ()),
    .starts_low = pv_reach_starts_low (&mounting),
    .can_speak = !g_str_equal (pv_settings_get_text (settings, PV_SETTING_SPEECH_ENGINE), "none"),
    .speaks_in_headset_only = !pv_settings_get_bool (settings, PV_SETTING_SPEECH_LOUDSPEAKER),
    .is_card_enabled = pv_settings_get_bool (settings, PV_SETTING_CARD_ENABLED),
    .assist_phone = pv_settings_get_text (settings, PV_SETTING_ASSIST_MEDIATORS_PHONE),
    .assist_hours = pv_settings_get_text (settings, PV_SETTING_ASSIST_HOURS),
    .assist_minutes = (guint) pv_settings_get_int (settings, PV_SETTING_ASSIST_ANSWER_MINUTES),
    .has_mediator_here = pv_settings_get_bool (settings, PV_SETTING_ASSIST_HERE),
  };
  const char *scanner = pv_settings_get_text (settings, PV_SETTING_DOCUMENTS_SCANNER);
  const char *const *regies = pv_settings_get_list (settings, PV_SETTING_PORTAL_REGIES);
  int number = pv_settings_get_int (settings, PV_SETTING_SESSION_POST);
  g_autofree char *tracking_url = NULL, *post = NULL;
  const char *site = pv_settings_get_text (settings, PV_SETTING_PORTAL_PUBLIC_URL);

  config.glossary = glossary;
  config.opening = opening;
  config.closing_minutes = (guint) pv_settings_get_int (settings, PV_SETTING_OPENING_WARN_MINUTES);
  config.dark_minutes = (guint) pv_settings_get_int (settings, PV_SETTING_OPENING_DARK_MINUTES);
  config.directions = pv_settings_get_list (settings, PV_SETTING_PLACES_DIRECTIONS);
  config.is_post = pv_screen_settings_is_post (settings);
  if (config.is_post && number > 0)
    config.post = post = g_strdup_printf ("%d", number);
  config.has_addresses = pv_settings_get_text (settings, PV_SETTING_ADDRESSES_FILE) != NULL;
  config.has_scanner = !g_str_equal (scanner, "none");
  config.has_drop = pv_settings_get_text (settings, PV_SETTING_DOCUMENTS_DROP_URL) != NULL;
  config.can_follow = g_str_equal (pv_settings_get_text (settings, PV_SETTING_PORTAL_MODE), "relay");
  config.can_pay = config.can_follow && regies != NULL && regies[0] != NULL;
  config.safe_url = pv_settings_get_text (settings, PV_SETTING_PORTAL_SAFE_URL);
  config.login_url = pv_settings_get_text (settings, PV_SETTING_PORTAL_INVOICES_URL);
  if (site == NULL && g_str_equal (pv_settings_get_text (settings, PV_SETTING_PORTAL_MODE), "direct"))
    site = pv_settings_get_text (settings, PV_SETTING_PORTAL_URL);
  if (site != NULL) /* publik-api 3.3: where a tracking code leads */
    config.tracking_url = tracking_url = g_strdup_printf ("%s/code/", site);
  return pv_journey_new (&config);
}

/* Without one the citizen is shown an address and a phone number. */
static PvAssistLink *
make_assist (PvSession *session, const char *courier_path)
{
  static const PvAssistLinkEvents events = {
    assistance_cb, pointed_cb, explained_cb, assisted_cb, noted_cb, language_cb
  };
  const PvAssistLinkConfig config = {
    .socket_path = courier_path,
    .roots = pv_settings_get_list (session->settings, PV_SETTING_ASSIST_ROOTS),
    .revoked = pv_settings_get_list (session->settings, PV_SETTING_ASSIST_REVOKED),
    .certificate_file = pv_settings_get_text (session->settings, PV_SETTING_ASSIST_CERTIFICATE_FILE),
    .room_phone = pv_settings_get_text (session->settings, PV_SETTING_ASSIST_ROOM_PHONE),
    .clock = pv_clock_get_system (),
  };

  if (!pv_settings_get_bool (session->settings, PV_SETTING_ASSIST_ENABLED))
    return NULL;
  return pv_assist_link_new (&config, &events, session);
}

static PvTexts *
read_texts_cb (const char *language, gpointer user_data)
{
  return pv_session_read_texts (user_data, language);
}

static PvKioskWindow *
make_window (PvSession *session)
{
  PvKioskWindow *window = pv_screen_settings_make_window (session->settings);

  g_signal_connect (window, "intention", G_CALLBACK (intention_cb), session);
  g_signal_connect (window, "touched", G_CALLBACK (touched_cb), session);
  g_signal_connect (window, "focus-moved", G_CALLBACK (focus_moved_cb), session);
  g_signal_connect (window, "capacity-changed", G_CALLBACK (capacity_cb), session);
  g_signal_connect (window, "painted", G_CALLBACK (painted_cb), session);
  return window;
}

PvSession *
pv_session_new (const PvSettings *settings, const char *config, int supervisor_fd, const char *id,
                void (*ended) (gpointer), gpointer user_data)
{
  static const PvCourierEvents courier_events = { courier_state_cb, catalogue_cb, procedure_cb, options_cb,
                                                  stored_cb,        outcome_cb,   proof_cb };
  static const PvPrinterEvents printer_events = { printer_available_cb, job_cb };
  static const PvSupervisorEvents supervisor_events = { show_cb, ping_cb, out_of_order_cb, finish_cb };
  const char *runtime = pv_settings_get_text (settings, PV_SETTING_PATHS_RUNTIME);
  g_autofree char *courier_path = g_build_filename (runtime, "courier.sock", NULL);
  g_autofree char *printer_path = g_build_filename (runtime, "printer.sock", NULL);
  g_autofree char *card_program = pv_find_program ("PV_CARD_PROGRAM", "parvis-card");
  g_autofree char *decode_program = pv_find_program ("PV_DECODE_PROGRAM", "parvis-decode");
  PvSession *session = g_new0 (PvSession, 1);
  PvMoment moment;
  PvLook look;

  session->settings = settings;
  session->ended = ended;
  session->user_data = user_data;
  session->zone = g_time_zone_new_identifier (pv_settings_get_text (settings, PV_SETTING_COMMUNE_TIMEZONE));
  if (session->zone == NULL)
    session->zone = g_time_zone_new_utc ();
  session->told_deadline_ms = G_MAXINT64;
  session->journey = make_journey (settings);
  session->window = make_window (session);
  session->courier = pv_courier_link_new (courier_path, &courier_events, session);
  session->assist = make_assist (session, courier_path);
  session->shared = pv_shared_screen_new (session->journey, read_texts_cb, session);
  session->card = pv_card_link_new (card_program, config, card_cb, session);
  session->photo = pv_photo_new (decode_program, photo_cb, session);
  session->look_up = pv_session_make_look_up (session, decode_program);
  session->capture = pv_session_make_capture (session, decode_program);
  session->speech = pv_session_make_speech (session);
  session->printer = pv_printer_link_new (printer_path, id, &printer_events, session);
  look = pv_journey_get_look (session->journey);
  pv_kiosk_window_set_look (session->window, &look);
  pv_session_set_language (session, look.language);
  pv_kiosk_window_warm_up (session->window);
  moment = pv_session_now (session);
  pv_journey_tick (session->journey, &moment); /* it may be closed */
  refresh (session);
  if (supervisor_fd >= 0) {
    session->supervisor = pv_supervisor_link_new (supervisor_fd, &supervisor_events, session);
    pv_supervisor_link_ready (session->supervisor);
  } else {
    show_cb (session);
  }
  return session;
}

void
pv_session_free (PvSession *session)
{
  if (session == NULL)
    return;
  g_clear_handle_id (&session->tick_source, g_source_remove);
  g_clear_handle_id (&session->refresh_source, g_source_remove);
  g_clear_handle_id (&session->trim_source, g_source_remove);
  g_clear_handle_id (&session->measure_source, g_source_remove);
  g_clear_handle_id (&session->goodbye_source, g_source_remove);
  pv_supervisor_link_free (session->supervisor);
  pv_speech_link_free (session->speech);
  pv_assist_link_free (session->assist);
  pv_shared_screen_free (session->shared);
  pv_look_up_link_free (session->look_up);
  pv_capture_link_free (session->capture);
  pv_courier_link_free (session->courier);
  pv_printer_link_free (session->printer);
  pv_card_link_free (session->card);
  pv_photo_free (session->photo);
  pv_address_index_free (session->addresses);
  g_signal_handlers_disconnect_by_data (session->window, session);
  gtk_window_destroy (GTK_WINDOW (session->window));
  pv_journey_free (session->journey);
  g_time_zone_unref (session->zone);
  g_free (session);
}

void
pv_session_show_out_of_order (PvSession *session)
{
  PvMoment moment = pv_session_now (session);

  pv_journey_show_out_of_order (session->journey, &moment);
  pv_session_refresh_soon (session);
}
