/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Screen 7: days side by side, then the times of the day that is open; and the words about an appointment elsewhere. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/date.h"
#include "core/journey-private.h"
#include "core/slot.h"

enum {
  DAY_HEIGHT = 13, /* quarter-lines: two lines in a button */
  TIME_HEIGHT = 11,
  EVENT_HEIGHT = 15, /* its name, and the places that are left */
  LABEL_HEIGHT = 6,
  OPTION_HEIGHT = 10,
  NOTICE_EDGE = 3,
  WIDE_CHARS = 26, /* characters of a line: below, two in a row; below the next, one */
  NARROW_CHARS = 16,
  DAY_BYTES = 10, /* YYYY-MM-DD */
};

#define DAYS_FIELD "days"

typedef struct {
  PvJourney *journey;
  PvScreenState *state;
  const PvQuestion *question;
  const char *path;
  GArray *slots;   /* (element-type PvSlot) */
  GPtrArray *days; /* (element-type utf8): YYYY-MM-DD, each once */
  const PvValue *chosen;
  gboolean is_events;
  guint n_columns, budget; /* quarter-lines */
} Agenda;

static const PvSlot *
slot_at (const Agenda *agenda, guint index)
{
  return &g_array_index (agenda->slots, PvSlot, index);
}

static gboolean
is_chosen (const Agenda *agenda, const PvSlot *slot)
{
  return agenda->chosen != NULL && pv_value_has_id (agenda->chosen, slot->option->id);
}

/* A sentence begins with it. (transfer full) */
static char *
capitalise (const char *text)
{
  char first[7] = "";

  if (*text == '\0')
    return g_strdup (text);
  g_unichar_to_utf8 (g_unichar_totitle (g_utf8_get_char (text)), first);
  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

static guint
notices_height (const PvJourney *journey, const PvScreenState *state)
{
  guint height = 0;

  for (guint i = 0; i < state->notices->len; i++)
    height += pv_journey_text_height (journey, ((const PvNotice *) state->notices->pdata[i])->text) + NOTICE_EDGE;
  return height;
}

static void
add_notices (PvJourney *journey, PvScreenState *state)
{
  const PvBooking *moving = journey->slots.moving;

  if (journey->slots.was_taken) {
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "clock",
                                _ ("This time was just taken. Choose another one: your other answers are kept."));
  } else if (journey->slots.has_failed && !journey->slots.is_asked) {
    pv_screen_state_add_notice (state, PV_TONE_WARNING, "warning-triangle",
                                _ ("These times may be old. The town hall will confirm yours."));
  } else if (moving != NULL && journey->capacity.lines >= PV_LOW_LINES) {
    g_autofree char *when = pv_moment_display_here (moving->starts_us, journey->now.zone, TRUE);
    g_autofree char *text = g_strdup_printf (_ ("You have an appointment on %s. It is kept until you send."), when);

    pv_screen_state_add_notice (state, PV_TONE_INFO, "calendar", text);
  }
}

/* Of the service, in one piece. (transfer full) (nullable) */
char *
pv_journey_dup_phone (const PvJourney *journey)
{
  const char *own = journey->procedure != NULL ? journey->procedure->facts.phone : NULL;
  const char *phone = own != NULL ? own : journey->phone;
  g_auto (GStrv) pairs = g_strsplit (phone != NULL ? phone : "", " ", -1);

  return phone != NULL ? g_strjoinv ("\u00a0", pairs) : NULL;
}

/* Another way: a person, by phone. */
static void
add_no_slot (PvJourney *journey, PvScreenState *state, const char *sentence)
{
  g_autofree char *phone = pv_journey_dup_phone (journey);
  g_autofree char *call = phone != NULL ? g_strdup_printf (_ ("You can also call %s."), phone) : NULL;
  g_autofree char *text = call != NULL ? g_strdup_printf ("%s\n%s", sentence, call) : g_strdup (sentence);

  pv_screen_state_add_notice (state, PV_TONE_WARNING, "calendar", text);
}

static void
collect_days (Agenda *agenda)
{
  for (guint i = 0; i < agenda->slots->len; i++) {
    char *day = pv_date_print (&slot_at (agenda, i)->day);

    if (agenda->days->len > 0 && g_str_equal (agenda->days->pdata[agenda->days->len - 1], day))
      g_free (day);
    else
      g_ptr_array_add (agenda->days, day);
  }
}

static gboolean
has_day (const PvSlot *slot, const char *day)
{
  g_autofree char *its_day = pv_date_print (&slot->day);

  return g_str_equal (its_day, day);
}

static gboolean
find_day (const Agenda *agenda, const char *day, guint *ret_index)
{
  for (guint i = 0; i < agenda->days->len; i++)
    if (strncmp (agenda->days->pdata[i], day, DAY_BYTES) == 0) {
      *ret_index = i;
      return TRUE;
    }
  return FALSE;
}

/* The day of the time that was chosen is where who comes back wants to be. */
static void
open_chosen_day (Agenda *agenda, guint days_per_page)
{
  PvJourney *journey = agenda->journey;

  for (guint i = 0; journey->day == NULL && i < agenda->slots->len; i++) {
    guint day;

    if (!is_chosen (agenda, slot_at (agenda, i)))
      continue;
    journey->day = pv_date_print (&slot_at (agenda, i)->day);
    if (find_day (agenda, journey->day, &day))
      journey->page = day / days_per_page;
  }
}

/* The first day with something free among those of the page, unless one of them was touched. */
static const char *
choose_open_day (const Agenda *agenda, guint first, guint end)
{
  const char *open = agenda->journey->day;
  guint index;

  if (open != NULL && find_day (agenda, open, &index) && index >= first && index < end)
    return open;
  for (guint d = first; d < end; d++)
    for (guint i = 0; i < agenda->slots->len; i++)
      if (pv_slot_is_free (slot_at (agenda, i)) && has_day (slot_at (agenda, i), agenda->days->pdata[d]))
        return agenda->days->pdata[d];
  return agenda->days->pdata[first];
}

/* Weekday over date, or in one line where few letters fit side by side. */
static char *
label_of_day (const GDate *date, gboolean is_line)
{
  g_autofree char *near = pv_date_display_near (date);
  g_autofree char *weekday = capitalise (pv_weekday_name (g_date_get_weekday (date)));
  g_autofree char *short_date = pv_date_display_button (date);

  return is_line ? capitalise (near) : g_strdup_printf ("%s\n%s", weekday, short_date);
}

static void
add_days (const Agenda *agenda, guint first, guint end, const char *open, gboolean are_lines)
{
  PvField *field = pv_screen_state_add_field (agenda->state, PV_FIELD_DAYS, DAYS_FIELD, NULL);

  g_free (field->spoken_label);
  field->spoken_label = g_strdup (_ ("Days"));
  field->assist = agenda->question->assist;
  field->is_personal = TRUE;
  for (guint i = first; i < end; i++) {
    const char *day = agenda->days->pdata[i];
    g_autofree char *label = NULL;
    PvChoice *choice;
    GDate date;

    if (!pv_date_parse (day, &date))
      continue;
    label = label_of_day (&date, are_lines);
    choice = pv_field_add_choice (field, day, label);
    choice->selected = open != NULL && strncmp (open, day, DAY_BYTES) == 0;
  }
}

/* "Jeudi 3 décembre, Hôtel de ville" */
static char *
title_of_day (const Agenda *agenda, const GPtrArray *times)
{
  const PvSlot *slot = times->pdata[0];
  g_autofree char *near = pv_date_display_near (&slot->day);
  g_autofree char *day = capitalise (near);
  const char *place = slot->place != NULL ? slot->place : agenda->journey->procedure->place;

  for (guint i = 0; i < times->len; i++)
    if (g_strcmp0 (((const PvSlot *) times->pdata[i])->place, slot->place) != 0)
      place = NULL;
  return place != NULL ? g_strdup_printf ("%s, %s", day, place) : g_strdup (day);
}

static char *
tell_places (const PvSlot *slot)
{
  if (slot->is_waiting)
    return g_strdup (_ ("Waiting list"));
  if (slot->is_full)
    return g_strdup (_ ("Full"));
  if (slot->has_places)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u place left", "%u places left", slot->n_places),
                            slot->n_places);
  return NULL;
}

/* An event is known by its name, a meeting by its time. */
static void
add_time (const Agenda *agenda, PvField *field, const PvSlot *slot)
{
  g_autofree char *time = pv_time_display_full (slot->hour, slot->minute);
  g_autofree char *places = tell_places (slot);
  PvChoice *choice = pv_field_add_choice (field, slot->option->id, agenda->is_events ? slot->option->label : time);

  choice->enabled = pv_slot_is_free (slot);
  choice->selected = is_chosen (agenda, slot);
  if (agenda->is_events)
    choice->detail = places != NULL ? g_strdup_printf ("%s · %s", time, places) : g_strdup (time);
  else
    choice->detail = g_steal_pointer (&places);
}

/* (transfer container) (element-type PvSlot) */
static GPtrArray *
list_times (const Agenda *agenda, const char *open)
{
  g_autofree char *day = g_strndup (open, DAY_BYTES);
  GPtrArray *times = g_ptr_array_new ();

  for (guint i = 0; i < agenda->slots->len; i++)
    if (has_day (slot_at (agenda, i), day))
      g_ptr_array_add (times, (gpointer) slot_at (agenda, i));
  return times;
}

/* Which of the parts of the day is shown: the one that was touched, else the one of the chosen time. */
static guint
choose_part (const Agenda *agenda, const char *open, const GPtrArray *times, guint per_part)
{
  const char *slash = strchr (open, '/');
  guint64 part = 0;

  if (slash != NULL && g_ascii_string_to_unsigned (slash + 1, 10, 0, 1000, &part, NULL))
    return (guint) part % ((times->len + per_part - 1) / per_part);
  for (guint i = 0; i < times->len; i++)
    if (is_chosen (agenda, times->pdata[i]))
      return i / per_part;
  return 0;
}

static void
add_times (const Agenda *agenda, const char *open, guint n_fitting)
{
  g_autoptr (GPtrArray) times = list_times (agenda, open);
  PvJourney *journey = agenda->journey;
  g_autofree char *title = NULL;
  guint per_part, part = 0;
  PvField *field;

  if (times->len == 0)
    return;
  title = title_of_day (agenda, times);
  field = pv_screen_state_add_field (agenda->state, agenda->is_events ? PV_FIELD_CHOICE : PV_FIELD_TIMES, agenda->path,
                                     title);
  field->assist = agenda->question->assist;
  field->is_personal = TRUE;
  /* The last place leads to those that do not fit. */
  per_part = times->len <= n_fitting ? times->len : MAX (n_fitting, 2) - 1;
  part = choose_part (agenda, open, times, per_part);
  for (guint i = part * per_part; i < MIN (times->len, (part + 1) * per_part); i++)
    add_time (agenda, field, times->pdata[i]);
  if (times->len > per_part) {
    guint n_parts = (times->len + per_part - 1) / per_part;
    g_autofree char *id = g_strdup_printf ("%.10s/%u", open, (part + 1) % n_parts);
    PvChoice *more = pv_field_add_choice (field, id, part + 1 < n_parts ? _ ("Later") : _ ("Earlier"));

    more->intention = PV_DO_CHOOSE_DAY;
  }
  if (journey->shows_errors) {
    GDate today;

    pv_journey_today (journey, &today);
    field->error = pv_filing_check_path (journey->filing, agenda->path, &today);
  }
}

static guint
rows_within (guint budget, guint height)
{
  return budget / height;
}

/* Days and the times of one of them, on one screen. */
static void
add_both (Agenda *agenda, guint time_height)
{
  PvJourney *journey = agenda->journey;
  guint per_page = agenda->n_columns;
  guint n_pages = (agenda->days->len + per_page - 1) / per_page;
  guint rows, first, end;
  const char *open;

  open_chosen_day (agenda, per_page);
  if (journey->page >= n_pages)
    journey->page = 0;
  first = journey->page * per_page;
  end = MIN (agenda->days->len, first + per_page);
  open = choose_open_day (agenda, first, end);
  rows = rows_within (agenda->budget - DAY_HEIGHT - LABEL_HEIGHT - (n_pages > 1 ? OPTION_HEIGHT : 0), time_height);
  add_days (agenda, first, end, open, FALSE);
  add_times (agenda, open, MAX (rows, 1) * (agenda->is_events ? 1 : agenda->n_columns));
  if (n_pages > 1)
    pv_screen_state_add_action (agenda->state, PV_ROLE_OPTION, PV_DO_NEXT_PAGE, _ ("Other days"));
}

/* Where they do not fit together: first the day, then its times. */
static void
add_one_after_the_other (Agenda *agenda, guint time_height)
{
  PvJourney *journey = agenda->journey;
  gboolean are_lines = agenda->n_columns < 3;
  guint rows = rows_within (agenda->budget > OPTION_HEIGHT ? agenda->budget - OPTION_HEIGHT : 0,
                            are_lines ? TIME_HEIGHT : DAY_HEIGHT);
  guint per_page = MAX (rows, 1) * (are_lines ? 1 : agenda->n_columns);
  guint n_pages = (agenda->days->len + per_page - 1) / per_page;
  guint index;

  if (journey->day != NULL && find_day (agenda, journey->day, &index)) {
    guint room = agenda->budget > OPTION_HEIGHT + LABEL_HEIGHT ? agenda->budget - OPTION_HEIGHT - LABEL_HEIGHT : 0;

    add_times (agenda, journey->day,
               MAX (rows_within (room, time_height), 1) * (agenda->is_events ? 1 : agenda->n_columns));
    pv_screen_state_add_action (agenda->state, PV_ROLE_OPTION, PV_DO_CHOOSE_DAY, _ ("Other days"));
    return;
  }
  if (journey->page >= n_pages)
    journey->page = 0;
  add_days (agenda, journey->page * per_page, MIN (agenda->days->len, (journey->page + 1) * per_page), NULL, are_lines);
  if (n_pages > 1)
    pv_screen_state_add_action (agenda->state, PV_ROLE_OPTION, PV_DO_NEXT_PAGE, _ ("Other days"));
}

static void
add_agenda (PvJourney *journey, PvScreenState *state, const PvQuestion *question, const char *path, GArray *slots)
{
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func (g_free);
  guint width = journey->capacity.chars_per_line;
  guint taken =
    pv_journey_decide (journey, pv_journey_help_height (journey) + pv_journey_text_height (journey, state->help)
                                  + notices_height (journey, state));
  Agenda agenda = {
    .journey = journey,
    .state = state,
    .question = question,
    .path = path,
    .slots = slots,
    .days = days,
    .chosen = pv_filing_get (journey->filing, path),
    .is_events = g_str_has_prefix (question->option_source, "events:"),
    .n_columns = width >= WIDE_CHARS     ? 3
                 : width >= NARROW_CHARS ? 2
                                         : 1,
    .budget = 2 * journey->capacity.lines > taken ? 2 * (2 * journey->capacity.lines - taken) : 0,
  };
  guint time_height = agenda.is_events ? EVENT_HEIGHT : TIME_HEIGHT;

  collect_days (&agenda);
  if (agenda.budget >= DAY_HEIGHT + LABEL_HEIGHT + time_height + (days->len > agenda.n_columns ? OPTION_HEIGHT : 0))
    add_both (&agenda, time_height);
  else
    add_one_after_the_other (&agenda, time_height);
}

static gboolean
has_free (const GArray *slots)
{
  for (guint i = 0; i < slots->len; i++)
    if (pv_slot_is_free (&g_array_index (slots, PvSlot, i)))
      return TRUE;
  return FALSE;
}

void
pv_screen_add_slots (PvJourney *journey, PvScreenState *state, const PvQuestion *question, const char *path)
{
  const GPtrArray *options = pv_filing_get_options (journey->filing, path);
  g_autoptr (GArray) slots = NULL;

  if (options == NULL && journey->slots.has_failed && !journey->slots.is_asked) {
    add_no_slot (journey, state, _ ("The times could not be loaded. Touch “Continue” to try again."));
    return;
  }
  if (options == NULL) {
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "loading", _ ("The free times are being read…"));
    return;
  }
  slots = pv_slots_read (options);
  if (!has_free (slots))
    add_no_slot (journey, state,
                 _ ("No time is free at the moment. Come back another day, or ask a mediator for help."));
  if (slots->len == 0)
    return;
  add_notices (journey, state);
  add_agenda (journey, state, question, path, slots);
}

/* Elsewhere -------------------------------------------------------------------------------------------------------- */

char *
pv_journey_tell_time (const PvJourney *journey, gint64 starts_us)
{
  g_autofree char *moment = NULL, *day = NULL;
  GDate date;
  g_autoptr (GDateTime) utc = NULL, local = NULL;

  if (starts_us == 0 || !pv_moment_get_date (starts_us, journey->now.zone, &date))
    return NULL;
  utc = g_date_time_new_from_unix_utc (starts_us / G_USEC_PER_SEC);
  local = g_date_time_to_timezone (utc, journey->now.zone);
  day = pv_date_display_weekday (&date);
  moment = pv_time_display_full ((guint) g_date_time_get_hour (local), (guint) g_date_time_get_minute (local));
  /* Translators: an appointment: day, time */
  return g_strdup_printf (C_ ("date", "%s at %s"), day, moment);
}

char *
pv_journey_appointment_time (const PvJourney *journey)
{
  return journey->appointment != NULL ? pv_journey_tell_time (journey, journey->appointment->starts_us) : NULL;
}

gboolean
pv_journey_is_booked (const PvJourney *journey)
{
  return journey->outcome != NULL && journey->outcome->kind == PV_OUTCOME_RECEIVED && journey->outcome->booking != NULL;
}

char *
pv_journey_appointment_note (const PvJourney *journey)
{
  g_autofree char *phone = pv_journey_dup_phone (journey);

  if (journey->appointment == NULL || journey->purpose == PV_SUBMISSION_CANCEL || pv_journey_is_booked (journey))
    return NULL;
  if (phone != NULL)
    return g_strdup_printf (
      _ ("This time is not certain yet. Without news from the town hall, call %s before you come."), phone);
  return g_strdup (_ ("This time is not certain yet. Wait for the town hall to confirm it before you come."));
}

char *
pv_journey_calendar (const PvJourney *journey)
{
  const PvAppointment *appointment = journey->appointment;
  g_autofree char *uid = NULL, *tentative = NULL;
  PvCalendarEvent event;

  if (appointment == NULL || journey->purpose == PV_SUBMISSION_CANCEL || journey->outcome == NULL
      || journey->outcome->kind != PV_OUTCOME_RECEIVED || appointment->starts_us == 0)
    return NULL;
  uid = g_strdup_printf ("%s@parvis", pv_filing_get_ref (journey->filing));
  if (!pv_journey_is_booked (journey))
    /* Translators: an appointment that is not certain yet, in a calendar */
    tentative = g_strdup_printf (_ ("To be confirmed: %s"), appointment->label);
  event = (PvCalendarEvent){
    .uid = uid,
    .stamp_us = journey->outcome->received_us,
    .starts_us = appointment->starts_us,
    .minutes = appointment->minutes,
    .summary = tentative != NULL ? tentative : appointment->label,
    .place = appointment->place,
  };
  return pv_calendar_make (&event);
}

PvScreenState *
pv_screen_cancel (PvJourney *journey)
{
  const PvBooking *booking = journey->look_up.followed != NULL ? journey->look_up.followed->booking : NULL;
  g_autofree char *when =
    booking != NULL ? pv_moment_display_here (booking->starts_us, journey->now.zone, TRUE) : g_strdup ("");
  g_autofree char *help = g_strdup_printf (_ ("On %s. This time is then free for somebody else."), when);
  PvScreenState *state =
    pv_screen_new_overlay (journey, PV_SCREEN_QUIT, _ ("Do you want to cancel your appointment?"), help);

  g_free (state->key);
  state->key = g_strdup ("cancel-appointment");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_STAY, _ ("Keep my appointment"));
  pv_screen_state_add_action (state, PV_ROLE_DANGER, PV_DO_CANCEL_APPOINTMENT, _ ("Cancel my appointment"));
  return state;
}
