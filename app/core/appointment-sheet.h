/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* appointment-sheet.h: an appointment on a paper for the wall or the bag: when, where, how to get there, what to bring, how to
 * move or cancel it. Nothing of the answers is on it. */
#pragma once

#include <glib.h>

typedef struct PvAppointmentSheet {
  char *language; /* (nullable) */
  guint text_percent;
  char *commune, *place; /* @place: of the kiosk */
  char *procedure;
  char *when;                        /* "jeudi 3 décembre 2026 à 9 h 20" */
  char *to_confirm;                  /* (nullable): it is not certain yet, and what to do about it */
  char *where;                       /* (nullable) */
  char *directions;                  /* (nullable) */
  char *bring;                       /* (nullable) */
  char *change;                      /* (nullable): how to move or cancel it */
  char *reference_label, *reference; /* (nullable): what is asked for then */
  char *calendar;                    /* (nullable): iCalendar, for a QR code */
} PvAppointmentSheet;

PvAppointmentSheet *pv_appointment_sheet_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* Wipes what it says. */
void pv_appointment_sheet_free (PvAppointmentSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvAppointmentSheet, pv_appointment_sheet_free)
