/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/booking.h"

#include "core/wipe.h"

PvBooking *
pv_booking_new (const char *id, const char *agenda, gint64 starts_us)
{
  PvBooking *booking = g_new0 (PvBooking, 1);

  booking->id = g_strdup (id);
  booking->agenda = g_strdup (agenda);
  booking->starts_us = starts_us;
  return booking;
}

PvBooking *
pv_booking_copy (const PvBooking *booking)
{
  PvBooking *copy = pv_booking_new (booking->id, booking->agenda, booking->starts_us);

  copy->minutes = booking->minutes;
  copy->label = g_strdup (booking->label);
  copy->place = g_strdup (booking->place);
  copy->bring = g_strdup (booking->bring);
  copy->may_cancel = booking->may_cancel;
  copy->slug = g_strdup (booking->slug);
  copy->ref = g_strdup (booking->ref);
  return copy;
}

void
pv_booking_free (PvBooking *booking)
{
  if (booking == NULL)
    return;
  pv_wipe_str (booking->id);
  g_free (booking->agenda);
  pv_wipe_str (booking->label);
  g_free (booking->place);
  g_free (booking->bring);
  g_free (booking->slug);
  pv_wipe_str (booking->ref);
  g_free (booking);
}

GVariant *
pv_booking_to_variant (const PvBooking *booking)
{
  return g_variant_new (PV_BOOKING_TYPE, booking->id, booking->agenda, booking->starts_us, booking->minutes,
                        booking->label, booking->place, booking->bring, booking->may_cancel, booking->slug,
                        booking->ref);
}

PvBooking *
pv_booking_from_variant (GVariant *variant)
{
  PvBooking *booking = g_new0 (PvBooking, 1);

  g_variant_get (variant, PV_BOOKING_TYPE, &booking->id, &booking->agenda, &booking->starts_us, &booking->minutes,
                 &booking->label, &booking->place, &booking->bring, &booking->may_cancel, &booking->slug,
                 &booking->ref);
  return booking;
}
