/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/followed.h"

#include <glib/gi18n-lib.h>

#include "core/wipe.h"

PvFollowed *
pv_followed_new (PvFollowedKind kind, const char *status)
{
  PvFollowed *followed = g_new0 (PvFollowed, 1);

  followed->kind = kind;
  followed->status = g_strdup (status);
  return followed;
}

PvFollowed *
pv_followed_copy (const PvFollowed *followed)
{
  PvFollowed *copy = pv_followed_new (followed->kind, followed->status);

  copy->title = g_strdup (followed->title);
  copy->number = g_strdup (followed->number);
  copy->received_us = followed->received_us;
  copy->changed_us = followed->changed_us;
  copy->expected = g_strdup (followed->expected);
  copy->is_closed = followed->is_closed;
  copy->retry_after_s = followed->retry_after_s;
  copy->booking = followed->booking != NULL ? pv_booking_copy (followed->booking) : NULL;
  return copy;
}

void
pv_followed_free (PvFollowed *followed)
{
  if (followed == NULL)
    return;
  pv_wipe_str (followed->status);
  pv_wipe_str (followed->title);
  pv_wipe_str (followed->number);
  pv_wipe_str (followed->expected);
  pv_booking_free (followed->booking);
  g_free (followed);
}

/* Booked by itself, not by a form. */
static gboolean
is_booking (const PvOutcome *outcome)
{
  return outcome->booking != NULL && outcome->booking->may_cancel;
}

PvFollowed *
pv_followed_from_outcome (const PvOutcome *outcome)
{
  PvFollowed *followed;

  switch (outcome->kind) {
  case PV_OUTCOME_PENDING:
    return pv_followed_new (PV_FOLLOWED_WAITING, NULL);
  case PV_OUTCOME_UNKNOWN:
  case PV_OUTCOME_REFUSED:
    return pv_followed_new (PV_FOLLOWED_TO_CHECK, NULL);
  case PV_OUTCOME_DRAFT:
    return pv_followed_new (PV_FOLLOWED_FOUND, _ ("Kept, not sent"));
  case PV_OUTCOME_SLOT_TAKEN:
    return pv_followed_new (PV_FOLLOWED_FOUND, _ ("Not sent: the time was no longer free"));
  case PV_OUTCOME_GIVEN_UP:
    return pv_followed_new (PV_FOLLOWED_FOUND, _ ("Your appointment is cancelled"));
  case PV_OUTCOME_RECEIVED:
    break;
  }
  followed = pv_followed_new (PV_FOLLOWED_FOUND, is_booking (outcome) ? _ ("Your appointment is booked")
                                                                      : _ ("Received by the town hall"));
  followed->title = is_booking (outcome) ? g_strdup (outcome->booking->label) : NULL;
  followed->number = g_strdup (outcome->number);
  followed->received_us = outcome->received_us;
  followed->booking = outcome->booking != NULL ? pv_booking_copy (outcome->booking) : NULL;
  return followed;
}

PvFollowed *
pv_followed_join (const PvOutcome *known, const PvFollowed *answer)
{
  PvFollowed *followed;

  if (known == NULL)
    return answer != NULL ? pv_followed_copy (answer) : NULL;
  if (known->kind == PV_OUTCOME_DRAFT && answer != NULL && answer->kind == PV_FOLLOWED_NONE)
    return pv_followed_new (PV_FOLLOWED_DRAFT_GONE, NULL);
  if (answer == NULL || answer->kind != PV_FOLLOWED_FOUND)
    return pv_followed_from_outcome (known);
  followed = pv_followed_copy (answer);
  /* Whoever closed it may have freed the time. */
  if (followed->booking == NULL && known->booking != NULL && !answer->is_closed)
    followed->booking = pv_booking_copy (known->booking);
  return followed;
}

#define FOLLOWED_TYPE "(umsmsmsxxmsbum" PV_BOOKING_TYPE ")"

const GVariantType *
pv_followed_type (void)
{
  return G_VARIANT_TYPE (FOLLOWED_TYPE);
}

GVariant *
pv_followed_to_variant (const PvFollowed *followed)
{
  GVariant *booking = followed->booking != NULL ? pv_booking_to_variant (followed->booking) : NULL;

  return g_variant_new ("(umsmsmsxxmsbu@m" PV_BOOKING_TYPE ")", followed->kind, followed->status, followed->title,
                        followed->number, followed->received_us, followed->changed_us, followed->expected,
                        followed->is_closed, followed->retry_after_s,
                        g_variant_new_maybe (G_VARIANT_TYPE (PV_BOOKING_TYPE), booking));
}

PvFollowed *
pv_followed_from_variant (GVariant *variant)
{
  g_autoptr (PvFollowed) followed = pv_followed_new (PV_FOLLOWED_NONE, NULL);
  g_autoptr (GVariant) booking = NULL;
  guint32 kind;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (FOLLOWED_TYPE)))
    return NULL;
  g_variant_get (variant, "(umsmsmsxxmsbu@m" PV_BOOKING_TYPE ")", &kind, &followed->status, &followed->title,
                 &followed->number, &followed->received_us, &followed->changed_us, &followed->expected,
                 &followed->is_closed, &followed->retry_after_s, &booking);
  if (kind > PV_FOLLOWED_DRAFT_GONE || (kind == PV_FOLLOWED_FOUND && followed->status == NULL))
    return NULL;
  followed->kind = (PvFollowedKind) kind;
  if (g_variant_n_children (booking) == 1) {
    g_autoptr (GVariant) inner = g_variant_get_child_value (booking, 0);

    followed->booking = pv_booking_from_variant (inner);
  }
  return g_steal_pointer (&followed);
}
