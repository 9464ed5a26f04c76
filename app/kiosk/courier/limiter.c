/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/limiter.h"

void
pv_limiter_init (PvLimiter *limiter, guint allowed)
{
  *limiter = (PvLimiter){ .allowed = allowed };
}

guint
pv_limiter_get_wait_s (const PvLimiter *limiter, gint64 now_ms)
{
  return now_ms < limiter->until_ms ? (guint) ((limiter->until_ms - now_ms + 999) / 1000) : 0;
}

static gint64
next_pause_ms (const PvLimiter *limiter)
{
  gint64 pause_ms = PV_LIMITER_FIRST_PAUSE_MS;

  for (guint i = 0; i < limiter->n_pauses && pause_ms < PV_LIMITER_LAST_PAUSE_MS; i++)
    pause_ms *= 2;
  return MIN (pause_ms, PV_LIMITER_LAST_PAUSE_MS);
}

void
pv_limiter_note_wrong (PvLimiter *limiter, gint64 now_ms)
{
  /* A pause is no time of good conduct. */
  if (now_ms - MAX (limiter->last_ms, limiter->until_ms) > PV_LIMITER_FORGIVE_MS)
    limiter->n_wrong = limiter->n_pauses = 0;
  limiter->last_ms = now_ms;
  if (++limiter->n_wrong < limiter->allowed)
    return;
  limiter->until_ms = now_ms + next_pause_ms (limiter);
  limiter->n_pauses++;
}
