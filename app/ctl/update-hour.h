/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* update-hour.h: when a kiosk looks for a newer image: once a day at [update] at, and a while after that which is its own, so that a
 * thousand kiosks do not ask at the same minute. A kiosk that was off then looks later, and does not restart for it. Pure. */
#pragma once

#include <glib.h>

enum {
  /* After that moment, in which the machine may restart once nobody stands there. Then it is tried in the next night. */
  PV_UPDATE_WINDOW_S = 3 * 3600,
};

typedef struct PvUpdateHour {
  int at_min;         /* after midnight, by the commune's clock */
  guint spread_min;   /* over which kiosks spread */
  const char *itself; /* whatever tells this kiosk from others */
} PvUpdateHour;

/* "HH:MM", as settings have it; -1: it is none. */
int pv_update_hour_parse (const char *text);
/* This kiosk's part of the spread, 0 ... @spread_min - 1; 0 without a spread. */
guint pv_update_hour_get_delay_min (const PvUpdateHour *hour);

/**
 * pv_update_hour_is_due:
 * @now_s: UTC
 * @looked_s: when it looked last; 0: never. After @now_s, where a clock was set back, it counts as never
 * @ret_left_s: how much of the window is left; 0: it is over
 */
gboolean pv_update_hour_is_due (const PvUpdateHour *hour, gint64 now_s, GTimeZone *zone, gint64 looked_s,
                                gint64 *ret_left_s);
