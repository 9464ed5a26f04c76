/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days and times of an agenda: which list is shown, what happens when the chosen time is gone; moving and cancelling. */

#include <string.h>

#include "core/date.h"
#include "core/journey-private.h"
#include "core/slot.h"
#include "core/wipe.h"

void
pv_journey_ask_slots (PvJourney *journey, const PvQuestion *question, const char *path)
{
  PvSlotList *slots = &journey->slots;
  gint64 now_ms = journey->now.monotonic_ms;
  PvEffect *effect;

  if (g_strcmp0 (slots->path, path) != 0) {
    g_free (slots->path);
    slots->path = g_strdup (path);
  }
  if (slots->is_asked
      || (pv_filing_get_options (journey->filing, path) != NULL && !slots->has_failed
          && now_ms - slots->asked_ms < PV_SLOT_STALE_MS))
    return;
  slots->is_asked = TRUE;
  slots->asked_ms = now_ms;
  g_hash_table_insert (journey->asked_options, g_strdup (question->id), GUINT_TO_POINTER (1));
  effect = pv_journey_queue (journey, PV_EFFECT_FETCH_OPTIONS, journey->slug);
  effect->path = g_strdup (path);
}

/* Its list was read again, and it is no longer there, or full. */
static gboolean
is_gone (const PvJourney *journey, const char *path)
{
  const PvValue *value = pv_filing_get (journey->filing, path);
  const GPtrArray *options = pv_filing_get_options (journey->filing, path);

  if (value == NULL || options == NULL)
    return FALSE;
  for (guint i = 0; i < options->len; i++) {
    const PvOption *option = options->pdata[i];

    if (pv_value_has_id (value, option->id))
      return option->disabled;
  }
  return TRUE;
}

void
pv_journey_slots_came (PvJourney *journey, const char *path, gboolean is_there)
{
  journey->slots.is_asked = FALSE;
  journey->slots.has_failed = !is_there;
  if (journey->stage != PV_AT_QUESTION || !is_there || !is_gone (journey, path))
    return;
  pv_filing_set (journey->filing, path, NULL, PV_ACTOR_CITIZEN, NULL);
  journey->slots.was_taken = TRUE;
}

void
pv_journey_forget_slots (PvJourney *journey)
{
  g_clear_pointer (&journey->day, g_free);
  g_clear_pointer (&journey->slots.path, g_free);
  g_clear_pointer (&journey->slots.moving, pv_booking_free);
  g_clear_pointer (&journey->appointment, pv_appointment_free);
  journey->slots = (PvSlotList){ 0 };
}

gint64
pv_journey_slots_deadline_ms (const PvJourney *journey)
{
  const PvSlotList *slots = &journey->slots;

  if (journey->stage != PV_AT_QUESTION || slots->path == NULL || slots->is_asked)
    return G_MAXINT64;
  return slots->asked_ms + PV_SLOT_STALE_MS;
}

void
pv_journey_tick_slots (PvJourney *journey)
{
  if (journey->now.monotonic_ms >= pv_journey_slots_deadline_ms (journey))
    pv_journey_fetch_step_options (journey);
}

/* "Hôtel de ville, 1 place de la Mairie, 89999 Montclair" */
static char *
join_place (const PvJourney *journey, const PvSlot *slot)
{
  const PvProcedure *procedure = journey->procedure;
  const char *place = slot->place != NULL ? slot->place : procedure->place;
  const char *address = procedure->facts.address != NULL ? procedure->facts.address : journey->address;

  if (place == NULL || address == NULL)
    return g_strdup (place != NULL ? place : address);
  return g_strdup_printf ("%s, %s", place, address);
}

PvAppointment *
pv_journey_make_appointment (const PvJourney *journey)
{
  const PvBooking *moving = journey->slots.moving;
  g_autofree char *path = NULL;
  const PvQuestion *question = NULL;
  const PvOption *option = NULL;
  PvAppointment *appointment;
  PvSlot slot;
  GDate today;

  pv_journey_today (journey, &today);
  path = pv_filing_find_slot (journey->filing, &today, &question, &option);
  if (path == NULL || option == NULL)
    return NULL;
  /* Whose time cannot be read is booked all the same, only not told. */
  appointment = pv_appointment_new (question->option_source, option->id,
                                    pv_slot_read (option, &slot) ? pv_slot_get_start_us (&slot, journey->now.zone) : 0);
  appointment->minutes = slot.minutes;
  appointment->label = g_strdup (journey->procedure->title);
  appointment->place = join_place (journey, &slot);
  appointment->bring = g_strdup (journey->procedure->bring);
  if (moving != NULL) {
    appointment->cancels = g_strdup (moving->id);
    appointment->cancels_ref = g_strdup (moving->ref);
    appointment->cancels_us = moving->starts_us;
  }
  return appointment;
}

/* The step whose questions include @path. (transfer full) (nullable) */
static char *
find_step (const PvJourney *journey, const char *path)
{
  g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, NULL);

  for (guint i = 0; i < steps->len; i++) {
    const PvStep *step = steps->pdata[i];

    for (guint k = 0; step->kind == PV_STEP_QUESTIONS && k < step->paths->len; k++)
      if (g_str_equal (step->paths->pdata[k], path))
        return g_strdup (step->key);
  }
  return NULL;
}

void
pv_journey_slot_is_taken (PvJourney *journey)
{
  g_autofree char *path = NULL, *step = NULL;
  GDate today;

  pv_journey_today (journey, &today);
  path = pv_filing_find_slot (journey->filing, &today, NULL, NULL);
  step = path != NULL ? find_step (journey, path) : NULL;
  /* The refused filing keeps its reference for ever: what is sent next is another one. */
  journey->slots.needs_ref = TRUE;
  pv_journey_queue (journey, PV_EFFECT_GIVE_REF, NULL);
  g_clear_pointer (&journey->outcome, pv_outcome_free);
  g_clear_pointer (&journey->appointment, pv_appointment_free);
  journey->is_stored = journey->has_store_failed = FALSE;
  journey->has_paper_or_phone = journey->is_print_asked = FALSE;
  journey->stored_us = 0;
  g_clear_pointer (&journey->proof, pv_wipe_str);
  journey->active_ms = journey->now.monotonic_ms;
  if (step == NULL) { /* the form asks for no time any more: nothing to choose again */
    pv_journey_go (journey, PV_AT_CHECK);
    return;
  }
  pv_filing_set (journey->filing, path, NULL, PV_ACTOR_CITIZEN, NULL);
  journey->is_from_check = TRUE;
  journey->check_page = 0;
  journey->slots.has_failed = TRUE; /* the list that is there is known to be wrong: it is read again */
  journey->slots.was_taken = TRUE;
  pv_journey_open_step (journey, step);
}

gboolean
pv_journey_take_new_ref (PvJourney *journey)
{
  if (!journey->slots.needs_ref)
    return TRUE;
  if (journey->next_ref == NULL)
    return FALSE;
  pv_filing_set_ref (journey->filing, journey->next_ref);
  g_clear_pointer (&journey->next_ref, g_free);
  journey->slots.needs_ref = FALSE;
  return TRUE;
}

/* "YYYY-MM-DD", or with "/" and which part of its times. */
static gboolean
is_day (const char *value)
{
  g_autofree char *day = g_strndup (value, strlen ("YYYY-MM-DD"));
  const char *rest = value + strlen (day);
  guint64 part;
  GDate date;

  return pv_date_parse (day, &date)
         && (*rest == '\0' || (*rest == '/' && g_ascii_string_to_unsigned (rest + 1, 10, 0, 1000, &part, NULL)));
}

static void
choose_day (PvJourney *journey, const char *value)
{
  if (journey->stage != PV_AT_QUESTION || journey->slots.path == NULL || (value != NULL && !is_day (value)))
    return;
  g_free (journey->day);
  journey->day = g_strdup (value);
}

/* The form is filled once more, as nothing of the person was kept; the booking changes places in one call. */
static void
move (PvJourney *journey)
{
  const PvBooking *booking = pv_journey_get_booking (journey);
  PvBooking *moving = booking != NULL ? pv_booking_copy (booking) : NULL;

  if (moving == NULL)
    return;
  pv_journey_open_procedure (journey, moving->slug);
  journey->slots.moving = moving;
}

/* A procedure without a question, so that what follows sending is as for any other. */
static PvProcedure *
make_cancellation (const PvJourney *journey, const PvBooking *booking)
{
  const PvCatalogueEntry *entry =
    journey->catalogue != NULL ? pv_catalogue_find (journey->catalogue, booking->slug) : NULL;
  const char *title = booking->label != NULL ? booking->label : entry != NULL ? entry->title : "";
  PvProcedure *procedure = pv_procedure_new (booking->slug, title);

  procedure->is_booking = TRUE;
  procedure->facts.silence = PV_SILENCE_NOT_A_REQUEST;
  return procedure;
}

static void
cancel (PvJourney *journey)
{
  const PvBooking *booking = pv_journey_get_booking (journey);
  g_autoptr (PvProcedure) procedure = NULL;
  PvBooking *given_up;

  if (booking == NULL)
    return;
  if (journey->overlay != PV_OVER_CANCEL) {
    pv_journey_queue (journey, PV_EFFECT_GIVE_REF, NULL);
    pv_journey_set_overlay (journey, PV_OVER_CANCEL);
    return;
  }
  if (journey->next_ref == NULL)
    return;
  given_up = pv_booking_copy (booking);
  procedure = make_cancellation (journey, booking);
  journey->overlay = PV_OVER_NONE;
  pv_journey_forget_filing (journey);
  journey->slug = g_strdup (given_up->slug);
  journey->procedure = pv_procedure_ref (procedure);
  journey->filing = pv_filing_new (procedure, PV_FILING_REAL, journey->next_ref);
  g_clear_pointer (&journey->next_ref, g_free);
  journey->slots.moving = given_up;
  pv_journey_send (journey, PV_SUBMISSION_CANCEL);
}

PvAppointment *
pv_journey_make_cancellation (const PvJourney *journey)
{
  const PvBooking *booking = journey->slots.moving;
  PvAppointment *appointment;

  if (booking == NULL)
    return NULL;
  appointment = pv_appointment_new (booking->agenda, "", booking->starts_us);
  appointment->minutes = booking->minutes;
  appointment->label = g_strdup (booking->label);
  appointment->place = g_strdup (booking->place);
  appointment->cancels = g_strdup (booking->id);
  appointment->cancels_ref = g_strdup (booking->ref);
  appointment->cancels_us = booking->starts_us;
  return appointment;
}

void
pv_journey_handle_appointment (PvJourney *journey, const PvIntention *intention)
{
  switch ((gint) intention->kind) {
  case PV_DO_CHOOSE_DAY:
    choose_day (journey, intention->value);
    break;
  case PV_DO_MOVE_APPOINTMENT:
    move (journey);
    break;
  case PV_DO_CANCEL_APPOINTMENT:
    cancel (journey);
    break;
  default:
    break;
  }
}
