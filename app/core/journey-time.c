/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every wait has an end: of the portal's answer, and of a person who has gone. */

#include "core/journey-private.h"

static gint64
seconds_ms (guint seconds)
{
  return (gint64) seconds * 1000;
}

void
pv_journey_touch (PvJourney *journey)
{
  if (!journey->is_touched) {
    journey->is_touched = TRUE;
    pv_journey_queue (journey, PV_EFFECT_TOUCHED, NULL);
  }
  journey->active_ms = journey->now.monotonic_ms;
}

void
pv_journey_set_overlay (PvJourney *journey, PvOverlay overlay)
{
  if (overlay == PV_OVER_NONE)
    pv_journey_note_closing (journey);
  journey->overlay = overlay;
  journey->overlay_ms = journey->now.monotonic_ms;
}

/* The idle watch rests while nothing of anybody is there, and while the portal is being waited for. */
static gboolean
watches_idle (const PvJourney *journey)
{
  return journey->is_touched && journey->stage != PV_AT_GOODBYE && journey->stage != PV_AT_OUT_OF_ORDER
         && journey->stage != PV_AT_SENDING;
}

/* Nothing runs out while the citizen can only wait for what ends by itself. */
static gboolean
is_waiting (const PvJourney *journey)
{
  const PvMaking *making = &journey->making;
  gboolean is_making = journey->stage == PV_AT_DOCUMENT && making->path != NULL && making->arrived == NULL;

  if (journey->help.now.state == PV_ASSISTANCE_CALLING)
    return TRUE;
  if (!is_making || making->state == PV_CAPTURE_FAILED)
    return FALSE;
  return making->is_by_phone || making->state == PV_CAPTURE_STARTING || making->state == PV_CAPTURE_SCANNING
         || making->state == PV_CAPTURE_FINISHING;
}

/* Who talks to somebody who sees the screen touches it less. What the mediator does is no sign of the citizen: the longer
 * time has an end as well, and the help ends by itself before. */
guint
pv_journey_patience_seconds (const PvJourney *journey)
{
  if (is_waiting (journey))
    return MAX (journey->idle_seconds, PV_WAITING_IDLE_SECONDS);
  if (pv_journey_is_helped (journey) && journey->help.now.may_show)
    return MAX (journey->idle_seconds, PV_HELPED_IDLE_SECONDS);
  return journey->idle_seconds;
}

static gint64
silent_deadline (const PvJourney *journey)
{
  if (journey->overlay == PV_OVER_STILL_THERE)
    return journey->overlay_ms + seconds_ms (journey->warn_seconds);
  if (journey->overlay == PV_OVER_NEED_TIME)
    return journey->overlay_ms + seconds_ms (PV_NEED_TIME_SECONDS);
  return journey->active_ms + seconds_ms (pv_journey_patience_seconds (journey));
}

static gint64
idle_deadline (const PvJourney *journey)
{
  if (!watches_idle (journey))
    return G_MAXINT64;
  return MAX (silent_deadline (journey), pv_journey_speaking_end_ms (journey));
}

static gint64
sending_deadline (const PvJourney *journey)
{
  gint64 patience = journey->sent_ms + seconds_ms (PV_SENDING_PATIENCE_SECONDS);

  if (journey->stage != PV_AT_SENDING)
    return G_MAXINT64;
  if (pv_filing_is_practice (journey->filing))
    return journey->sent_ms + seconds_ms (PV_PRACTICE_SENDING_SECONDS);
  return journey->now.monotonic_ms < patience ? patience : journey->sent_ms + seconds_ms (PV_SENDING_LIMIT_SECONDS);
}

gint64
pv_journey_next_deadline_ms (const PvJourney *journey)
{
  gint64 mine = MIN (idle_deadline (journey), sending_deadline (journey));

  mine = MIN (mine, pv_journey_maintenance_deadline_ms (journey));
  mine = MIN (mine, pv_journey_opening_deadline_ms (journey));
  return MIN (MIN (mine, pv_journey_slots_deadline_ms (journey)), pv_journey_help_deadline_ms (journey));
}

gint64
pv_journey_end_deadline_ms (const PvJourney *journey)
{
  gint64 idle = idle_deadline (journey);

  if (idle == G_MAXINT64 || journey->overlay == PV_OVER_STILL_THERE)
    return idle;
  return idle + seconds_ms (journey->warn_seconds);
}

static void
tick_sending (PvJourney *journey)
{
  gint64 waited_ms = journey->now.monotonic_ms - journey->sent_ms;
  gboolean is_practice = journey->stage == PV_AT_SENDING && pv_filing_is_practice (journey->filing);

  if (journey->stage != PV_AT_SENDING
      || waited_ms < seconds_ms (is_practice ? PV_PRACTICE_SENDING_SECONDS : PV_SENDING_LIMIT_SECONDS))
    return;
  if (journey->is_stored || is_practice) {
    journey->active_ms = journey->now.monotonic_ms;
    pv_journey_go (journey, PV_AT_DONE);
  } else {
    /* Nobody said that the disk has it. The same reference is used again: no filing is doubled by trying again. */
    pv_journey_go (journey, PV_AT_CHECK);
    journey->has_store_failed = TRUE;
    journey->active_ms = journey->now.monotonic_ms;
  }
}

static void
tick_idle (PvJourney *journey)
{
  if (journey->now.monotonic_ms < idle_deadline (journey))
    return;
  if (journey->overlay == PV_OVER_STILL_THERE)
    pv_journey_go (journey, PV_AT_GOODBYE);
  else
    pv_journey_set_overlay (journey, PV_OVER_STILL_THERE);
}

gboolean
pv_journey_noticed (PvJourney *journey, gboolean is_button, const PvMoment *now)
{
  gboolean is_asked = journey->overlay == PV_OVER_STILL_THERE;
  gint64 since_ms;

  if (journey->closing.is_closed) {
    pv_journey_set_now (journey, now);
    return pv_journey_light_up (journey);
  }
  if (!journey->is_touched || journey->stage == PV_AT_GOODBYE || journey->stage == PV_AT_OUT_OF_ORDER)
    return FALSE;
  since_ms = now->monotonic_ms - (is_asked ? journey->overlay_ms : journey->active_ms);
  if (since_ms < PV_NOTICED_MS && (!is_asked || is_button))
    return FALSE;
  pv_journey_set_now (journey, now);
  pv_journey_touch (journey);
  if (is_asked)
    pv_journey_set_overlay (journey, is_button ? PV_OVER_STILL_THERE : PV_OVER_NONE);
  return TRUE;
}

void
pv_journey_tick (PvJourney *journey, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  tick_sending (journey);
  pv_journey_tick_maintenance (journey);
  pv_journey_tick_opening (journey);
  pv_journey_tick_slots (journey);
  tick_idle (journey);
  pv_journey_tick_help (journey);
  pv_journey_watch_card (journey);
}
