/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* outcome.h: what became of a filing, as far as is known and proven. */
#pragma once

#include "core/booking.h"

typedef enum {
  PV_OUTCOME_PENDING,    /* in the outbox, not yet received by the portal: will be sent */
  PV_OUTCOME_RECEIVED,   /* the portal's positive answer was read, or find(ref) found it */
  PV_OUTCOME_UNKNOWN,    /* may have been received; never sent again by itself */
  PV_OUTCOME_REFUSED,    /* the portal refuses it for good: an agent must look */
  PV_OUTCOME_DRAFT,      /* a draft was stored: tracking_code resumes it */
  PV_OUTCOME_SLOT_TAKEN, /* surely not filed: the time that was chosen is no longer free */
  PV_OUTCOME_GIVEN_UP,   /* of records only: an appointment that there is no more */
} PvOutcomeKind;

typedef struct PvOutcome {
  PvOutcomeKind kind;
  char *ref;           /* kiosk reference */
  char *number;        /* (nullable): the portal's number, as agents say it ("18-2047") */
  char *tracking_code; /* (nullable): bearer secret */
  gint64 received_us;  /* UTC by the portal's clock; RECEIVED only, else 0 */
  char *resume_url;    /* (nullable): DRAFT */
  PvBooking *booking;  /* (nullable): RECEIVED: the appointment was seen in the agenda; once moved, the newer one */
} PvOutcome;

PvOutcome *pv_outcome_new (PvOutcomeKind kind, const char *ref);
PvOutcome *pv_outcome_copy (const PvOutcome *outcome);
void pv_outcome_free (PvOutcome *outcome);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvOutcome, pv_outcome_free)

GVariant *pv_outcome_to_variant (const PvOutcome *outcome);
PvOutcome *pv_outcome_from_variant (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT; /* NULL: not one */

/* Kiosk reference: 10 letters of the 20-letter alphabet BCDFGHJKLMNPQRSTVWXZ. */
enum { PV_REF_LENGTH = 10 };
/* @random: PV_REF_LENGTH bytes below 240 each are used; others are skipped; returns NULL if too few. (transfer full) */
char *pv_ref_from_random (const guint8 *random, gsize size) G_GNUC_WARN_UNUSED_RESULT;
gboolean pv_ref_is_valid (const char *ref);
/* "BCDFG HJKLM": groups for reading. (transfer full) */
char *pv_ref_display (const char *ref) G_GNUC_WARN_UNUSED_RESULT;
