/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening hours. Nobody's screen closes and opens by itself; somebody's is told before, and may be finished, within a bound. */

#include "core/journey-private.h"

#include <glib/gi18n-lib.h>

enum {
  LOOK_AGAIN_MS = 60 * 1000, /* the wall clock may jump */
  TELL_AGAIN_MS = 5 * 1000,  /* while another question is over the screen */
  LIT_MS = 60 * 1000,
  WEEK_MAX_ROWS = 4,
  OTHER_LINES = 5, /* of the closed screen: when it opens, and a phone number */
};

#define MINUTE_US ((gint64) 60 * G_USEC_PER_SEC)

typedef enum { CLOSING_NOTHING, CLOSING_SOON, CLOSING_LAST } PvClosingWord;

/* Whom nobody tells the time does not close: dark by day is worse than lit by night. */
static gboolean
applies (const PvJourney *journey)
{
  return journey->closing.opening != NULL && journey->is_clock_verified && journey->now.zone != NULL;
}

static gboolean
is_open (const PvJourney *journey)
{
  return pv_opening_is_open (journey->closing.opening, journey->now.utc_us, journey->now.zone);
}

/* ---- nobody's ---- */

/* It has been closed for all of the minutes after which it may be dark. */
static gboolean
is_long_closed (const PvJourney *journey)
{
  const PvClosing *closing = &journey->closing;
  gint64 past_us = journey->now.utc_us - (gint64) closing->dark_minutes * MINUTE_US;
  gint64 change_us = pv_opening_next_change (closing->opening, past_us, journey->now.zone);

  return !pv_opening_is_open (closing->opening, past_us, journey->now.zone)
         && (change_us == 0 || change_us > journey->now.utc_us);
}

static void
dim (PvJourney *journey)
{
  PvClosing *closing = &journey->closing;

  closing->is_dark =
    closing->dark_minutes > 0 && journey->now.monotonic_ms >= closing->lit_until_ms && is_long_closed (journey);
}

void
pv_journey_forget_closed (PvJourney *journey)
{
  journey->closing.is_closed = journey->closing.is_dark = FALSE;
}

gboolean
pv_journey_light_up (PvJourney *journey)
{
  if (!journey->closing.is_closed)
    return FALSE;
  journey->closing.lit_until_ms = journey->now.monotonic_ms + LIT_MS;
  journey->closing.is_dark = FALSE;
  return TRUE;
}

static void
tick_nobody (PvJourney *journey)
{
  PvClosing *closing = &journey->closing;

  if (closing->is_closed && is_open (journey)) {
    pv_journey_forget_closed (journey);
    pv_journey_go (journey, PV_AT_WELCOME);
  } else if (!closing->is_closed && !is_open (journey)) {
    journey->overlay = PV_OVER_NONE;
    pv_journey_go (journey, PV_AT_OUT_OF_ORDER);
    journey->is_in_maintenance = FALSE;
    closing->is_closed = TRUE;
    pv_journey_queue (journey, PV_EFFECT_CLOSED, NULL);
  }
  if (closing->is_closed)
    dim (journey);
}

/* ---- somebody's ---- */

static gint64
warn_us (const PvClosing *closing)
{
  return closing->closes_us - (gint64) closing->warn_minutes * MINUTE_US;
}

static gint64
end_us (const PvClosing *closing)
{
  return closing->closes_us + (gint64) PV_AFTER_CLOSING_MINUTES * MINUTE_US;
}

static gint64
last_us (const PvClosing *closing)
{
  return end_us (closing) - (gint64) PV_LAST_WORD_MINUTES * MINUTE_US;
}

static PvClosingWord
due (const PvJourney *journey)
{
  const PvClosing *closing = &journey->closing;

  if (closing->closes_us == 0 || journey->now.utc_us < warn_us (closing))
    return CLOSING_NOTHING;
  return journey->now.utc_us < last_us (closing) ? CLOSING_SOON : CLOSING_LAST;
}

void
pv_journey_note_closing (PvJourney *journey)
{
  if (journey->overlay == PV_OVER_CLOSING)
    journey->closing.told = journey->closing.shown;
}

/* While it is open, the next closing; from then on the one that there was. */
static void
follow_hours (PvJourney *journey)
{
  PvClosing *closing = &journey->closing;
  gint64 closes_us = closing->closes_us;

  if (is_open (journey))
    closes_us = pv_opening_next_change (closing->opening, journey->now.utc_us, journey->now.zone);
  else if (closes_us == 0 || journey->now.utc_us < closes_us) /* they came in the last moment, or the clock jumped */
    closes_us = journey->now.utc_us;
  if (closes_us != closing->closes_us)
    closing->told = CLOSING_NOTHING;
  closing->closes_us = closes_us;
}

static void
tick_somebody (PvJourney *journey)
{
  PvClosing *closing = &journey->closing;
  PvClosingWord word;

  follow_hours (journey);
  word = due (journey);
  if (journey->stage == PV_AT_SENDING) /* ends by itself, in seconds */
    return;
  if (closing->closes_us != 0 && journey->now.utc_us >= end_us (closing)) {
    pv_journey_go (journey, PV_AT_GOODBYE);
    return;
  }
  if (word > closing->told && pv_journey_get_overlay (journey) == PV_OVER_NONE)
    pv_journey_set_overlay (journey, PV_OVER_CLOSING);
  closing->shown = word;
}

void
pv_journey_tick_opening (PvJourney *journey)
{
  if (!applies (journey))
    return;
  if (journey->closing.is_closed || (journey->stage == PV_AT_WELCOME && !journey->is_touched))
    tick_nobody (journey);
  else if (journey->is_touched && journey->stage != PV_AT_GOODBYE && journey->stage != PV_AT_OUT_OF_ORDER)
    tick_somebody (journey);
}

static gint64
until_ms (const PvJourney *journey, gint64 us)
{
  gint64 left_ms = (us - journey->now.utc_us + 999) / 1000;

  return left_ms > 0 ? MIN (left_ms, LOOK_AGAIN_MS) : LOOK_AGAIN_MS;
}

gint64
pv_journey_opening_deadline_ms (const PvJourney *journey)
{
  const PvClosing *closing = &journey->closing;
  gint64 now_ms = journey->now.monotonic_ms, wait_ms = LOOK_AGAIN_MS;

  if (!applies (journey) || journey->stage == PV_AT_GOODBYE
      || (journey->stage == PV_AT_OUT_OF_ORDER && !closing->is_closed))
    return G_MAXINT64;
  if (closing->is_closed && closing->lit_until_ms > now_ms)
    return closing->lit_until_ms;
  if (journey->is_touched && due (journey) > closing->told && journey->overlay != PV_OVER_CLOSING)
    return now_ms + TELL_AGAIN_MS;
  if (journey->is_touched && closing->closes_us != 0) {
    wait_ms = MIN (wait_ms, until_ms (journey, warn_us (closing)));
    wait_ms = MIN (wait_ms, until_ms (journey, last_us (closing)));
    wait_ms = MIN (wait_ms, until_ms (journey, end_us (closing)));
  }
  return now_ms + wait_ms;
}

/* ---- screens ---- */

/* 0: nobody knows when. */
static gint64
opens_us (const PvJourney *journey)
{
  return journey->now.zone != NULL
           ? pv_opening_next_change (journey->closing.opening, journey->now.utc_us, journey->now.zone)
           : 0;
}

char *
pv_journey_say_closed (const PvJourney *journey)
{
  g_autofree char *when = pv_journey_say_when (opens_us (journey), &journey->now);

  return g_strdup_printf ("%s. %s", _ ("This kiosk is closed"),
                          when != NULL ? when : _ ("You can go to the town hall or call it."));
}

void
pv_journey_set_closed_others (PvJourney *journey, const char *const *others)
{
  g_free (journey->closing.others);
  journey->closing.others = others != NULL && others[0] != NULL ? g_strjoinv ("\n", (char **) others) : NULL;
  pv_journey_forget_screens (journey);
}

/* The week, where it leaves room for the rest: nobody should have to touch this screen. */
static void
add_week (PvJourney *journey, PvScreenState *state)
{
  g_autoptr (GPtrArray) week = pv_opening_list_week (journey->closing.opening);
  gboolean has_week = week->len <= WEEK_MAX_ROWS && journey->capacity.lines >= week->len * 2 + OTHER_LINES;
  PvField *summary;

  if ((!has_week || week->len == 0) && journey->phone == NULL)
    return;
  summary = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, "hours", NULL);
  for (guint i = 0; has_week && i < week->len; i++) {
    const PvOpeningRow *row = g_ptr_array_index (week, i);

    pv_field_add_row (summary, row->days, row->hours);
  }
  if (journey->phone != NULL)
    pv_field_add_row (summary, _ ("Phone"), journey->phone);
  pv_field_open_rows (summary);
}

PvScreenState *
pv_screen_closed (PvJourney *journey)
{
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_OUT_OF_ORDER, "closed", _ ("This kiosk is closed"));
  char *when = pv_journey_say_when (opens_us (journey), &journey->now);

  state->is_dark = journey->closing.is_dark;
  pv_screen_state_add_field (state, PV_FIELD_TEXT, "when", NULL)->value =
    when != NULL ? when : g_strdup (_ ("You can go to the town hall or call it."));
  add_week (journey, state);
  pv_screen_add_others (state, journey->closing.others);
  return state;
}

/* (transfer full) */
static char *
say_time (const PvJourney *journey, gint64 us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, journey->now.zone) : NULL;

  return local != NULL ? pv_time_display ((guint) g_date_time_get_hour (local), (guint) g_date_time_get_minute (local))
                       : g_strdup ("?");
}

PvScreenState *
pv_screen_closing (PvJourney *journey)
{
  const PvClosing *closing = &journey->closing;
  gboolean is_last = due (journey) == CLOSING_LAST;
  g_autofree char *closes = say_time (journey, closing->closes_us), *ends = say_time (journey, end_us (closing));
  g_autofree char *title = is_last ? g_strdup_printf (_ ("This screen ends at %s"), ends)
                                   : g_strdup_printf (_ ("This kiosk closes at %s"), closes);
  g_autofree char *help = is_last ? g_strdup (_ ("What is not sent by then is erased."))
                                  : g_strdup_printf (_ ("You can go on until %s."), ends);
  PvScreenState *state =
    pv_journey_new_screen (journey, PV_SCREEN_STILL_THERE, is_last ? "closing-last" : "closing", title);

  state->is_overlay = TRUE;
  state->help = g_steal_pointer (&help);
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_STILL_HERE, _ ("Continue"));
  pv_screen_add_hand_over (journey, state, PV_DO_KEEP);
  return state;
}
