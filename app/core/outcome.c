/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/outcome.h"

#include <string.h>

#include "core/wipe.h"

PvOutcome *
pv_outcome_new (PvOutcomeKind kind, const char *ref)
{
  PvOutcome *outcome = g_new0 (PvOutcome, 1);

  outcome->kind = kind;
  outcome->ref = g_strdup (ref);
  return outcome;
}

PvOutcome *
pv_outcome_copy (const PvOutcome *outcome)
{
  PvOutcome *copy = pv_outcome_new (outcome->kind, outcome->ref);

  copy->number = g_strdup (outcome->number);
  copy->tracking_code = g_strdup (outcome->tracking_code);
  copy->received_us = outcome->received_us;
  copy->resume_url = g_strdup (outcome->resume_url);
  copy->booking = outcome->booking != NULL ? pv_booking_copy (outcome->booking) : NULL;
  return copy;
}

void
pv_outcome_free (PvOutcome *outcome)
{
  if (outcome == NULL)
    return;
  g_free (outcome->ref);
  pv_wipe_str (outcome->number);
  pv_wipe_str (outcome->tracking_code);
  pv_wipe_str (outcome->resume_url);
  pv_booking_free (outcome->booking);
  g_free (outcome);
}

#define OUTCOME_TYPE "(ysmsmsxms)"
/* With an appointment that was seen: the one above, and that. Without, an outcome is written as before. */
#define BOOKED_TYPE "(" OUTCOME_TYPE PV_BOOKING_TYPE ")"

static GVariant *
plain_to_variant (const PvOutcome *outcome)
{
  return g_variant_new (OUTCOME_TYPE, (guchar) outcome->kind, outcome->ref, outcome->number, outcome->tracking_code,
                        outcome->received_us, outcome->resume_url);
}

GVariant *
pv_outcome_to_variant (const PvOutcome *outcome)
{
  GVariant *plain = plain_to_variant (outcome);

  if (outcome->booking == NULL)
    return plain;
  return g_variant_new ("(@" OUTCOME_TYPE "@" PV_BOOKING_TYPE ")", plain, pv_booking_to_variant (outcome->booking));
}

static PvOutcome *
plain_from_variant (GVariant *variant)
{
  PvOutcome *outcome;
  guchar kind;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (OUTCOME_TYPE)))
    return NULL;
  g_variant_get_child (variant, 0, "y", &kind);
  if (kind > PV_OUTCOME_GIVEN_UP)
    return NULL;
  outcome = g_new0 (PvOutcome, 1);
  g_variant_get (variant, OUTCOME_TYPE, &kind, &outcome->ref, &outcome->number, &outcome->tracking_code,
                 &outcome->received_us, &outcome->resume_url);
  outcome->kind = kind;
  return outcome;
}

PvOutcome *
pv_outcome_from_variant (GVariant *variant)
{
  g_autoptr (GVariant) plain = NULL, booking = NULL;
  PvOutcome *outcome;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (BOOKED_TYPE)))
    return plain_from_variant (variant);
  g_variant_get (variant, "(@" OUTCOME_TYPE "@" PV_BOOKING_TYPE ")", &plain, &booking);
  outcome = plain_from_variant (plain);
  if (outcome != NULL)
    outcome->booking = pv_booking_from_variant (booking);
  return outcome;
}

/* 20 letters without vowels, so that no word comes about, and without look-alikes; the portal's own tracking codes use
 * the same set. 240 is the largest multiple of 20 in a byte: below it, every letter is equally likely. */
static const char ref_letters[] = "BCDFGHJKLMNPQRSTVWXZ";

char *
pv_ref_from_random (const guint8 *random, gsize size)
{
  char ref[PV_REF_LENGTH + 1] = "";
  guint length = 0;

  for (gsize i = 0; i < size && length < PV_REF_LENGTH; i++)
    if (random[i] < 240)
      ref[length++] = ref_letters[random[i] % 20];
  return length == PV_REF_LENGTH ? g_strdup (ref) : NULL;
}

gboolean
pv_ref_is_valid (const char *ref)
{
  return ref != NULL && strlen (ref) == PV_REF_LENGTH && strspn (ref, ref_letters) == PV_REF_LENGTH;
}

char *
pv_ref_display (const char *ref)
{
  if (!pv_ref_is_valid (ref))
    return g_strdup (ref);
  return g_strdup_printf ("%.5s\xc2\xa0%s", ref, ref + 5);
}
