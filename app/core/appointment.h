/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* appointment.h: the time that a submission asks for, moves or gives up. */
#pragma once

#include <glib.h>

/* Where an agenda keeps the kiosk reference of a booking: PvSubmission.ref_field of BOOK and CANCEL. */
#define PV_BOOKING_REF_FIELD "user_external_id"

typedef struct PvAppointment {
  char *source;                /* option source of the agenda: read again before it is sent */
  char *slot;                  /* id of the option; "" when it is only given up */
  gint64 starts_us;            /* UTC */
  guint minutes;               /* 0 = not told */
  char *label, *place, *bring; /* (nullable) */
  char *cancels;               /* (nullable): number of the booking that it replaces, or gives up */
  char *cancels_ref;           /* (nullable): kiosk reference under which that one was made: proof that it is theirs */
  gint64 cancels_us;           /* UTC: its start; 0 without */
} PvAppointment;

PvAppointment *pv_appointment_new (const char *source, const char *slot, gint64 starts_us);
PvAppointment *pv_appointment_copy (const PvAppointment *appointment);
void pv_appointment_free (PvAppointment *appointment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvAppointment, pv_appointment_free)

#define PV_APPOINTMENT_TYPE "(ssxumsmsmsmsmsx)"
GVariant *pv_appointment_to_variant (const PvAppointment *appointment);
/* NULL: not one */
PvAppointment *pv_appointment_from_variant (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;
