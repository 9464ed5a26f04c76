/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be printed once a request is sent: the receipt, and, on a sheet of its own, what else. */

#include <glib/gi18n-lib.h>

#include "core/calendar.h"
#include "core/directions.h"
#include "core/journey-private.h"

#define LARGE_PRINT "large-print"

static gboolean
has_large_letters (const PvJourney *journey)
{
  return journey->look.text_percent >= PV_LARGE_TEXT_PERCENT;
}

guint
pv_journey_paper_percent (const PvJourney *journey)
{
  return journey->is_large_print ? MAX (journey->look.text_percent, PV_LARGE_TEXT_PERCENT) : journey->look.text_percent;
}

gboolean
pv_journey_may_print (const PvJourney *journey)
{
  return journey->is_printer_enabled && !(journey->is_print_asked && journey->print_state < PV_PRINT_DONE);
}

/* Who practises has one paper, and a form on another site has nothing here but its address. */
gboolean
pv_journey_has_papers (const PvJourney *journey)
{
  return journey->stage == PV_AT_DONE && journey->is_printer_enabled && !journey->is_practising
         && journey->purpose != PV_SUBMISSION_CANCEL && !journey->procedure->is_handover;
}

static gboolean
has_answers (PvJourney *journey)
{
  g_autoptr (GPtrArray) lines = pv_journey_list_answers (journey);

  return lines->len > 0;
}

PvSummarySheet *
pv_journey_make_summary (PvJourney *journey)
{
  PvSummarySheet *sheet = pv_summary_sheet_new ();
  const char *label;

  sheet->language = g_strdup (journey->look.language);
  sheet->text_percent = pv_journey_paper_percent (journey);
  sheet->commune = g_strdup (journey->commune);
  sheet->place = pv_journey_place (journey);
  sheet->procedure = g_strdup (pv_journey_say (journey, NULL, journey->procedure->title));
  sheet->made = pv_moment_display (journey->now.utc_us, journey->now.zone, journey->is_clock_verified);
  sheet->reference = pv_journey_reference (journey, &label);
  g_ptr_array_unref (sheet->lines);
  sheet->lines = pv_journey_list_answers (journey);
  return sheet;
}

static gboolean
has_appointment (const PvJourney *journey)
{
  g_autofree char *when = pv_journey_appointment_time (journey);

  return when != NULL;
}

/* Only what the agenda itself keeps can be moved here. (transfer full) (nullable) */
static char *
tell_change (const PvJourney *journey, gboolean is_here)
{
  g_autofree char *phone = pv_journey_dup_phone (journey);
  g_autofree char *call = phone != NULL ? g_strdup_printf (C_ ("paper", "Call %s."), phone) : NULL;
  const char *here = C_ ("paper", "At a kiosk, touch “Follow” and give this reference.");

  if (is_here && call != NULL)
    return g_strdup_printf ("%s\n%s", here, call);
  return is_here ? g_strdup (here) : g_steal_pointer (&call);
}

/* @where: (nullable), @bring: (nullable) */
static PvAppointmentSheet *
new_sheet (const PvJourney *journey, const char *title, const char *where, const char *bring, gboolean is_here)
{
  const char *const *lines = (const char *const *) journey->directions;
  PvAppointmentSheet *sheet = pv_appointment_sheet_new ();

  sheet->language = g_strdup (journey->look.language);
  sheet->text_percent = pv_journey_paper_percent (journey);
  sheet->commune = g_strdup (journey->commune);
  sheet->place = pv_journey_place (journey);
  sheet->procedure = g_strdup (pv_journey_say (journey, NULL, title));
  sheet->where = g_strdup (where);
  sheet->directions = g_strdup (pv_journey_say (journey, NULL, pv_directions_find (lines, where)));
  sheet->bring = g_strdup (pv_journey_say (journey, NULL, bring));
  sheet->change = tell_change (journey, is_here);
  return sheet;
}

/* Of what was sent just now. */
static PvAppointmentSheet *
make_sheet (const PvJourney *journey)
{
  const PvAppointment *appointment = journey->appointment;
  PvAppointmentSheet *sheet = new_sheet (journey, journey->procedure->title, appointment->place, appointment->bring,
                                         journey->procedure->is_booking && pv_journey_is_booked (journey));
  const char *label;

  sheet->when = pv_journey_appointment_time (journey);
  sheet->to_confirm = pv_journey_appointment_note (journey);
  sheet->reference = pv_journey_reference (journey, &label);
  sheet->reference_label = g_strdup (label);
  sheet->calendar = pv_journey_calendar (journey);
  return sheet;
}

/* Of what was looked up: the agenda has it. The event is the one that a phone may have by now. */
static PvAppointmentSheet *
make_followed_sheet (const PvJourney *journey, const PvBooking *booking)
{
  PvAppointmentSheet *sheet =
    new_sheet (journey, booking->label, booking->place, booking->bring, pv_journey_get_booking (journey) != NULL);
  g_autofree char *uid = booking->ref != NULL ? g_strdup_printf ("%s@parvis", booking->ref) : NULL;
  const PvCalendarEvent event = { .uid = uid,
                                  .stamp_us = journey->now.utc_us,
                                  .starts_us = booking->starts_us,
                                  .minutes = booking->minutes,
                                  .summary = booking->label,
                                  .place = booking->place };

  sheet->when = pv_journey_tell_time (journey, booking->starts_us);
  if (booking->ref != NULL) {
    sheet->reference_label = g_strdup (_ ("Reference of the kiosk"));
    sheet->reference = pv_ref_display (booking->ref);
  }
  if (uid != NULL && booking->label != NULL)
    sheet->calendar = pv_calendar_make (&event);
  return sheet;
}

static PvEffect *
begin_printing (PvJourney *journey, PvEffectKind kind)
{
  journey->is_print_asked = TRUE;
  journey->is_other_paper = kind != PV_EFFECT_PRINT;
  journey->print_state = PV_PRINT_PREPARING;
  journey->print_reason = PV_PRINT_REASON_NONE;
  return pv_journey_queue (journey, kind, NULL);
}

void
pv_journey_print_receipt (PvJourney *journey)
{
  if (journey->stage == PV_AT_DONE && pv_journey_may_print (journey))
    begin_printing (journey, PV_EFFECT_PRINT)->receipt = pv_journey_make_receipt (journey);
}

static void
print_paper (PvJourney *journey, const char *paper)
{
  if (!pv_journey_may_print (journey))
    return;
  if (g_strcmp0 (paper, PV_PAPER_RECEIPT) == 0)
    pv_journey_print_receipt (journey);
  else if (g_strcmp0 (paper, PV_PAPER_ANSWERS) == 0 && has_answers (journey))
    begin_printing (journey, PV_EFFECT_PRINT_SUMMARY)->summary = pv_journey_make_summary (journey);
  else if (g_strcmp0 (paper, PV_PAPER_APPOINTMENT) == 0 && has_appointment (journey))
    begin_printing (journey, PV_EFFECT_PRINT_APPOINTMENT)->appointment = make_sheet (journey);
}

static const PvBooking *
get_followed_booking (const PvJourney *journey)
{
  const PvFollowed *followed = journey->stage == PV_AT_FOLLOW ? journey->look_up.followed : NULL;
  const PvBooking *booking = followed != NULL ? followed->booking : NULL;

  return booking != NULL && booking->starts_us > journey->now.utc_us ? booking : NULL;
}

gboolean
pv_journey_may_print_followed (const PvJourney *journey)
{
  return get_followed_booking (journey) != NULL && journey->is_printer_available && pv_journey_may_print (journey);
}

void
pv_journey_print_followed (PvJourney *journey)
{
  const PvBooking *booking = get_followed_booking (journey);

  if (booking != NULL && pv_journey_may_print_followed (journey))
    begin_printing (journey, PV_EFFECT_PRINT_APPOINTMENT)->appointment = make_followed_sheet (journey, booking);
}

void
pv_journey_open_papers (PvJourney *journey)
{
  if (pv_journey_has_papers (journey) && pv_journey_may_print (journey))
    pv_journey_set_overlay (journey, PV_OVER_PAPERS);
}

gboolean
pv_journey_handle_papers (PvJourney *journey, const PvIntention *intention)
{
  if (intention->kind == PV_DO_TOGGLE && g_strcmp0 (intention->target, LARGE_PRINT) == 0) {
    journey->is_large_print = !journey->is_large_print;
    return TRUE;
  }
  if (intention->kind != PV_DO_PRINT_PAPER)
    return FALSE;
  journey->overlay = PV_OVER_NONE;
  print_paper (journey, intention->value);
  return TRUE;
}

static void
offer_paper (PvScreenState *state, const char *paper, const char *label, const char *icon)
{
  PvAction *action = pv_screen_add_action_with_icon (state, PV_ROLE_OPTION, PV_DO_PRINT_PAPER, label, icon);

  action->value = g_strdup (paper);
}

PvScreenState *
pv_screen_papers (PvJourney *journey)
{
  gboolean offers_answers = has_answers (journey);
  PvScreenState *state = pv_screen_new_overlay (journey, PV_SCREEN_PAPERS, _ ("What would you like on paper?"), NULL);

  if (offers_answers) /* not as help, which goes where there are few lines */
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "info",
                                _ ("The paper with your answers is for you alone. Take it with you."));
  /* Whose letters are large on the screen has them on every paper. */
  if (!has_large_letters (journey)) {
    PvField *field = pv_screen_state_add_field (state, PV_FIELD_CHOICES, LARGE_PRINT, NULL);
    PvChoice *choice = pv_field_add_choice (field, LARGE_PRINT, _ ("In large letters"));

    choice->selected = journey->is_large_print;
    choice->intention = PV_DO_TOGGLE;
  }
  offer_paper (state, PV_PAPER_RECEIPT, _ ("Print my receipt"), "receipt");
  if (has_appointment (journey))
    offer_paper (state, PV_PAPER_APPOINTMENT, _ ("Print my appointment"), "calendar");
  if (offers_answers)
    offer_paper (state, PV_PAPER_ANSWERS, _ ("Print my answers"), "pencil");
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_CLOSE, _ ("Close"));
  return state;
}
