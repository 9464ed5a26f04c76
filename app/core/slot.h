/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* slot.h: an option of an agenda read as a time: when, how long, where, how many places are left.
 *
 * The driver gives the time of an option as its attribute "datetime" (YYYY-MM-DD HH:MM[:SS], the commune's own clock), and,
 * where the agenda tells them, "duration" (minutes), "place", "places_available", "places_full",
 * "places_has_waiting_list" and "places_waiting_list_available".
 */
#pragma once

#include "core/procedure.h"

enum {
  PV_SLOT_MAX_MINUTES = 24 * 60,
  PV_SLOT_STALE_MS = 60 * 1000, /* a list of free times that is older is read again */
  PV_SLOT_MAX_PLACES = 100000,
};

typedef struct PvSlot {
  const PvOption *option; /* borrowed */
  GDate day;
  guint hour, minute; /* of the commune */
  guint minutes;      /* 0 = not told */
  const char *place;  /* (nullable), borrowed */
  gboolean has_places;
  guint n_places;      /* left; with has_places */
  gboolean is_full;    /* an event without a place left: it may still be shown */
  gboolean is_waiting; /* full, and somebody may be put on the waiting list */
} PvSlot;

/* From the attribute, else from the end of the id. FALSE: the option has no time that can be read. @ret_slot borrows from @option. */
gboolean pv_slot_read (const PvOption *option, PvSlot *ret_slot);
/* It can be chosen. */
gboolean pv_slot_is_free (const PvSlot *slot);

/**
 * pv_slots_read:
 *
 * All options that have a time, in the order of time; what is neither free nor full is left out, as nobody can do
 * anything with it.
 *
 * Returns: (transfer full) (element-type PvSlot): borrows from @options
 */
GArray *pv_slots_read (const GPtrArray *options) G_GNUC_WARN_UNUSED_RESULT;

/* FALSE: some have no time, so they can only be shown as a list of words. */
gboolean pv_slots_are_readable (const GPtrArray *options);

/* UTC, microseconds; 0 if that time does not exist in @zone. */
gint64 pv_slot_get_start_us (const PvSlot *slot, GTimeZone *zone);
