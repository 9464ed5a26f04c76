/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/delivery.h"

#include <string.h>

/* When a doubtful filing is searched for, after the doubt began: early, because the citizen may still be there. */
static const gint64 search_after_ms[] = { 1000, 5000, 15000, 30000, 60000, PV_DELIVERY_SETTLE_MS };

static const char *const state_names[PV_N_DELIVERY_STATES] = {
  "queued", "sending", "doubt", "received", "unknown", "refused", "draft", "returned",
};

void
pv_delivery_init (PvDelivery *delivery, gboolean can_search, gint64 created_us, gint64 now_ms)
{
  *delivery = (PvDelivery){
    .state = PV_DELIVERY_QUEUED,
    .can_search = can_search,
    .created_us = created_us,
    .due_ms = now_ms,
    .doubt_ms = now_ms,
  };
}

static gint64
retry_delay_ms (guint attempts, guint32 random)
{
  gint64 delay = PV_DELIVERY_FIRST_RETRY_MS;

  for (guint i = 1; i < attempts && delay < PV_DELIVERY_LAST_RETRY_MS; i++)
    delay *= 2;
  delay = MIN (delay, PV_DELIVERY_LAST_RETRY_MS);
  return delay - delay / 4 + (gint64) (random % 1024) * (delay / 2) / 1024;
}

static void
begin_doubt (PvDelivery *delivery, gint64 now_ms)
{
  if (!delivery->can_search) {
    delivery->state = PV_DELIVERY_UNKNOWN;
    return;
  }
  delivery->state = PV_DELIVERY_DOUBT;
  delivery->has_doubt = TRUE;
  delivery->attempts = 0;
  delivery->doubt_ms = now_ms;
  delivery->due_ms = now_ms + search_after_ms[0];
}

void
pv_delivery_resume (PvDelivery *delivery, PvDeliveryState state, gboolean has_doubt, guint attempts, gint64 now_ms)
{
  delivery->state = state;
  delivery->has_doubt = has_doubt;
  delivery->attempts = attempts;
  delivery->due_ms = now_ms;
  delivery->doubt_ms = now_ms;
  if (state == PV_DELIVERY_SENDING)
    begin_doubt (delivery, now_ms);
}

/* A search answered before the portal can have finished: it proves nothing yet, the next one may. */
static void
search_later (PvDelivery *delivery, gint64 now_ms)
{
  for (gsize i = 0; i < G_N_ELEMENTS (search_after_ms); i++) {
    delivery->due_ms = delivery->doubt_ms + search_after_ms[i];
    if (delivery->due_ms > now_ms)
      return;
  }
  delivery->due_ms = now_ms + PV_DELIVERY_FIRST_RETRY_MS;
}

static void
retry_later (PvDelivery *delivery, PvDeliveryState state, gint64 now_ms, guint32 random)
{
  delivery->state = state;
  delivery->attempts++;
  delivery->due_ms = now_ms + retry_delay_ms (delivery->attempts, random);
}

static gboolean
step_sending (PvDelivery *delivery, PvDeliveryEvent event, gint64 now_ms, guint32 random)
{
  switch (event) {
  case PV_DELIVERY_NOT_SENT:
    retry_later (delivery, PV_DELIVERY_QUEUED, now_ms, random);
    return TRUE;
  case PV_DELIVERY_ACCEPTED:
  case PV_DELIVERY_FOUND:
    delivery->state = PV_DELIVERY_RECEIVED;
    return TRUE;
  case PV_DELIVERY_DRAFT_KEPT:
    delivery->state = PV_DELIVERY_DRAFTED;
    return TRUE;
  case PV_DELIVERY_REJECTED:
    delivery->state = PV_DELIVERY_REFUSED;
    return TRUE;
  case PV_DELIVERY_SLOT_TAKEN:
    /* What was once in doubt may be there: an agent is to look. */
    delivery->state = delivery->has_doubt ? PV_DELIVERY_REFUSED : PV_DELIVERY_RETURNED;
    return TRUE;
  case PV_DELIVERY_AMBIGUOUS:
  case PV_DELIVERY_WORKER_LOST:
    begin_doubt (delivery, now_ms);
    return TRUE;
  case PV_DELIVERY_SEARCH_FAILED:
    /* Only after PV_DELIVERY_SEARCH_AND_SEND: nothing was sent, so the earlier doubt stands, settled as it was. */
    if (!delivery->has_doubt)
      return FALSE;
    retry_later (delivery, PV_DELIVERY_DOUBT, now_ms, random);
    return TRUE;
  case PV_DELIVERY_START:
  case PV_DELIVERY_ABSENT:
  case PV_N_DELIVERY_EVENTS:
    break;
  }
  return FALSE;
}

static gboolean
step_doubt (PvDelivery *delivery, PvDeliveryEvent event, gint64 now_ms, guint32 random)
{
  switch (event) {
  case PV_DELIVERY_FOUND:
    delivery->state = PV_DELIVERY_RECEIVED;
    return TRUE;
  case PV_DELIVERY_ABSENT:
    if (now_ms - delivery->doubt_ms < PV_DELIVERY_SETTLE_MS) {
      search_later (delivery, now_ms);
      return TRUE;
    }
    delivery->state = PV_DELIVERY_QUEUED;
    delivery->attempts = 0;
    delivery->due_ms = now_ms;
    return TRUE;
  case PV_DELIVERY_SEARCH_FAILED:
  case PV_DELIVERY_WORKER_LOST:
    retry_later (delivery, PV_DELIVERY_DOUBT, now_ms, random);
    return TRUE;
  case PV_DELIVERY_START:
  case PV_DELIVERY_NOT_SENT:
  case PV_DELIVERY_ACCEPTED:
  case PV_DELIVERY_DRAFT_KEPT:
  case PV_DELIVERY_REJECTED:
  case PV_DELIVERY_AMBIGUOUS:
  case PV_DELIVERY_SLOT_TAKEN:
  case PV_N_DELIVERY_EVENTS:
    break;
  }
  return FALSE;
}

gboolean
pv_delivery_step (PvDelivery *delivery, PvDeliveryEvent event, gint64 now_ms, guint32 random)
{
  switch (delivery->state) {
  case PV_DELIVERY_QUEUED:
    if (event != PV_DELIVERY_START)
      return FALSE;
    delivery->state = PV_DELIVERY_SENDING;
    return TRUE;
  case PV_DELIVERY_SENDING:
    return step_sending (delivery, event, now_ms, random);
  case PV_DELIVERY_DOUBT:
    return step_doubt (delivery, event, now_ms, random);
  case PV_DELIVERY_RECEIVED:
  case PV_DELIVERY_UNKNOWN:
  case PV_DELIVERY_REFUSED:
  case PV_DELIVERY_DRAFTED:
  case PV_DELIVERY_RETURNED:
  case PV_N_DELIVERY_STATES:
    break;
  }
  return FALSE;
}

PvDeliveryAction
pv_delivery_get_action (const PvDelivery *delivery)
{
  if (delivery->state == PV_DELIVERY_QUEUED)
    return delivery->has_doubt ? PV_DELIVERY_SEARCH_AND_SEND : PV_DELIVERY_SEND;
  return delivery->state == PV_DELIVERY_DOUBT ? PV_DELIVERY_SEARCH : PV_DELIVERY_REST;
}

void
pv_delivery_postpone (PvDelivery *delivery, gint64 ms)
{
  delivery->due_ms = MAX (delivery->due_ms, ms);
}

void
pv_delivery_hurry (PvDelivery *delivery, gint64 ms)
{
  delivery->due_ms = MIN (delivery->due_ms, ms);
}

gboolean
pv_delivery_is_final (const PvDelivery *delivery)
{
  return delivery->state >= PV_DELIVERY_RECEIVED;
}

gboolean
pv_delivery_is_raised (const PvDelivery *delivery, gint64 now_us)
{
  if (delivery->state == PV_DELIVERY_REFUSED || delivery->state == PV_DELIVERY_UNKNOWN)
    return TRUE;
  return !pv_delivery_is_final (delivery)
         && now_us - delivery->created_us >= PV_DELIVERY_RAISE_HOURS * G_TIME_SPAN_HOUR;
}

gboolean
pv_delivery_has_expired (const PvDelivery *delivery, guint keep_days, gint64 now_us)
{
  return now_us - delivery->created_us >= (gint64) keep_days * G_TIME_SPAN_DAY;
}

const char *
pv_delivery_state_name (PvDeliveryState state)
{
  return state < PV_N_DELIVERY_STATES ? state_names[state] : "none";
}

gboolean
pv_delivery_state_from_name (const char *name, PvDeliveryState *ret_state)
{
  for (guint i = 0; i < PV_N_DELIVERY_STATES; i++)
    if (g_strcmp0 (name, state_names[i]) == 0) {
      *ret_state = (PvDeliveryState) i;
      return TRUE;
    }
  return FALSE;
}
