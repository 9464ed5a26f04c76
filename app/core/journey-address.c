/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses and places, completed from the local index. */

#include "core/journey-private.h"
#include "core/wipe.h"

void
pv_journey_addresses_found (PvJourney *journey, const char *path, const char *words, GPtrArray *addresses,
                            const PvMoment *now)
{
  (void) path;
  (void) words;
  pv_journey_set_now (journey, now);
  g_clear_pointer (&addresses, g_ptr_array_unref);
}

void
pv_journey_forget_finding (PvJourney *journey)
{
  g_clear_pointer (&journey->finding.path, g_free);
  g_clear_pointer (&journey->finding.words, pv_wipe_str);
  g_clear_pointer (&journey->finding.addresses, g_ptr_array_unref);
}
