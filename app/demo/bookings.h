/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bookings.h: what was booked in the demo's agendas, in the same SQLite file as what was filed. Main thread only. */
#pragma once

#include "demo/store.h"

typedef struct PvDemoBooking {
  gint64 id;
  char *agenda, *slot;
  char *datetime; /* YYYY-MM-DD HH:MM:SS of the commune */
  char *ref;      /* user_external_id, "" if none was sent */
  char *label;
  char *body; /* as it was sent */
  gboolean is_cancelled, is_waiting;
} PvDemoBooking;

PvDemoBooking *pv_demo_booking_new (const char *agenda, const char *slot, const char *datetime);
void pv_demo_booking_free (PvDemoBooking *booking);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoBooking, pv_demo_booking_free)

/* How many are not cancelled. */
guint pv_demo_bookings_count (PvDemoStore *store, const char *agenda, const char *slot, gboolean is_waiting);

/**
 * pv_demo_bookings_add:
 * @booking: gets its id
 * @cancels: 0, or the booking that it replaces: both happen, or neither
 *
 * Returns once the disk has it. FALSE, and nothing is stored: the disk, or there is no such booking to replace.
 */
gboolean pv_demo_bookings_add (PvDemoStore *store, PvDemoBooking *booking, gint64 cancels);
/* FALSE: there is none, or it is cancelled already. */
gboolean pv_demo_bookings_cancel (PvDemoStore *store, gint64 id);
/* (transfer full) (nullable) */
PvDemoBooking *pv_demo_bookings_get (PvDemoStore *store, gint64 id) G_GNUC_WARN_UNUSED_RESULT;
/* Those under a reference, that are not cancelled, as Chrono lists them; @ref NULL: all. (transfer full) (element-type
 * PvDemoBooking) */
GPtrArray *pv_demo_bookings_list (PvDemoStore *store, const char *ref) G_GNUC_WARN_UNUSED_RESULT;
