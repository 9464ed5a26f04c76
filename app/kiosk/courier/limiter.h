/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* limiter.h: how often somebody may be wrong about a code, a reference, or an invoice.
 *
 * A code has 35 bits, an invoice's uuid more, an amount few: whoever guesses is to get nowhere, whoever mistypes is not to
 * notice. One limiter for each session and one for the kiosk, in memory only. Pure: the time is an argument. */
#pragma once

#include <glib.h>

enum {
  PV_LIMITER_SESSION_WRONG = 5,           /* of one session, then it pauses */
  PV_LIMITER_KIOSK_WRONG = 15,            /* of all sessions after each other */
  PV_LIMITER_FORGIVE_MS = 10 * 60 * 1000, /* so long without a wrong one, and all is as in the beginning */
  PV_LIMITER_FIRST_PAUSE_MS = 60 * 1000,  /* doubles with each further wrong one, up to: */
  PV_LIMITER_LAST_PAUSE_MS = 60 * 60 * 1000,
};

typedef struct PvLimiter {
  guint allowed, n_wrong, n_pauses;
  gint64 last_ms, until_ms;
} PvLimiter;

void pv_limiter_init (PvLimiter *limiter, guint allowed);
/* Seconds until the next try is answered; 0: now. */
guint pv_limiter_get_wait_s (const PvLimiter *limiter, gint64 now_ms);
void pv_limiter_note_wrong (PvLimiter *limiter, gint64 now_ms);
