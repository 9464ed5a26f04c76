/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* followed.h: the state of a request, as much as its owner may see at the kiosk: status, dates, what is expected of them. */
#pragma once

#include "core/booking.h"
#include "core/outcome.h"

typedef enum {
  PV_FOLLOWED_FOUND,
  PV_FOLLOWED_NONE,       /* no such code, or too old */
  PV_FOLLOWED_LIMITED,    /* too many wrong codes: later */
  PV_FOLLOWED_WAITING,    /* of this kiosk: not yet sent to the portal */
  PV_FOLLOWED_TO_CHECK,   /* of this kiosk: an agent has to look */
  PV_FOLLOWED_DRAFT_GONE, /* of this kiosk: the portal kept it so long, and no longer */
} PvFollowedKind;

typedef struct PvFollowed {
  PvFollowedKind kind;
  char *status;       /* FOUND: the portal's label, in the commune's language */
  char *title;        /* (nullable): the procedure */
  char *number;       /* (nullable) */
  gint64 received_us; /* UTC, 0 = not told */
  gint64 changed_us;  /* UTC, 0 = not told */
  char *expected;     /* (nullable): what the person has to do */
  gboolean is_closed;
  guint retry_after_s; /* LIMITED */
  PvBooking *booking;  /* (nullable) */
} PvFollowed;

PvFollowed *pv_followed_new (PvFollowedKind kind, const char *status);
PvFollowed *pv_followed_copy (const PvFollowed *followed);
void pv_followed_free (PvFollowed *followed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvFollowed, pv_followed_free)

/* What this kiosk knows by itself of what was filed here: WAITING, TO_CHECK, or FOUND with a status in the citizen's
 * language. (transfer full) */
PvFollowed *pv_followed_from_outcome (const PvOutcome *outcome) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_followed_join:
 * @known: (nullable): what this kiosk knows by its own reference
 * @answer: (nullable): what the portal says of the tracking code in it; NULL: nothing
 *
 * The portal knows more of a filing, and nothing of its appointment.
 *
 * Returns: (transfer full) (nullable): NULL if neither says anything
 */
PvFollowed *pv_followed_join (const PvOutcome *known, const PvFollowed *answer) G_GNUC_WARN_UNUSED_RESULT;

/* Of pv_followed_to_variant(). */
const GVariantType *pv_followed_type (void);

GVariant *pv_followed_to_variant (const PvFollowed *followed);
PvFollowed *pv_followed_from_variant (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT; /* NULL: not one */
