/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/appointment.h"

#include "core/wipe.h"

PvAppointment *
pv_appointment_new (const char *source, const char *slot, gint64 starts_us)
{
  PvAppointment *appointment = g_new0 (PvAppointment, 1);

  appointment->source = g_strdup (source);
  appointment->slot = g_strdup (slot);
  appointment->starts_us = starts_us;
  return appointment;
}

PvAppointment *
pv_appointment_copy (const PvAppointment *appointment)
{
  PvAppointment *copy = pv_appointment_new (appointment->source, appointment->slot, appointment->starts_us);

  copy->minutes = appointment->minutes;
  copy->label = g_strdup (appointment->label);
  copy->place = g_strdup (appointment->place);
  copy->bring = g_strdup (appointment->bring);
  copy->cancels = g_strdup (appointment->cancels);
  copy->cancels_ref = g_strdup (appointment->cancels_ref);
  copy->cancels_us = appointment->cancels_us;
  return copy;
}

void
pv_appointment_free (PvAppointment *appointment)
{
  if (appointment == NULL)
    return;
  g_free (appointment->source);
  pv_wipe_str (appointment->slot);
  pv_wipe_str (appointment->label);
  g_free (appointment->place);
  g_free (appointment->bring);
  pv_wipe_str (appointment->cancels);
  pv_wipe_str (appointment->cancels_ref);
  g_free (appointment);
}

GVariant *
pv_appointment_to_variant (const PvAppointment *appointment)
{
  return g_variant_new (PV_APPOINTMENT_TYPE, appointment->source, appointment->slot, appointment->starts_us,
                        appointment->minutes, appointment->label, appointment->place, appointment->bring,
                        appointment->cancels, appointment->cancels_ref, appointment->cancels_us);
}

PvAppointment *
pv_appointment_from_variant (GVariant *variant)
{
  PvAppointment *appointment;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (PV_APPOINTMENT_TYPE)))
    return NULL;
  appointment = g_new0 (PvAppointment, 1);
  g_variant_get (variant, PV_APPOINTMENT_TYPE, &appointment->source, &appointment->slot, &appointment->starts_us,
                 &appointment->minutes, &appointment->label, &appointment->place, &appointment->bring,
                 &appointment->cancels, &appointment->cancels_ref, &appointment->cancels_us);
  return appointment;
}
