/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* booking.h: an appointment that was booked at a kiosk: what moving and cancelling it need. */
#pragma once

#include <glib.h>

/* An appointment that was booked here. */
typedef struct PvBooking {
  char *id;                    /* the agenda's number; never shown */
  char *agenda;                /* option source of its times */
  gint64 starts_us;            /* UTC */
  guint minutes;               /* 0 = not told */
  char *label, *place, *bring; /* (nullable) */
  gboolean may_cancel;
  char *slug; /* (nullable): of the procedure by which it was made */
  char *ref;  /* (nullable): kiosk reference under which it was made: proof that it is theirs */
} PvBooking;

PvBooking *pv_booking_new (const char *id, const char *agenda, gint64 starts_us);
PvBooking *pv_booking_copy (const PvBooking *booking);
void pv_booking_free (PvBooking *booking);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvBooking, pv_booking_free)

#define PV_BOOKING_TYPE "(ssxumsmsmsbmsms)"
GVariant *pv_booking_to_variant (const PvBooking *booking);
PvBooking *pv_booking_from_variant (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT; /* of that type */
