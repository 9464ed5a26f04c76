/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/reconnect.h"

const PvReconnectPlan pv_reconnect_soon = { .first_ms = 2000, .longest_ms = 30 * 1000, .spread_ms = 20 * 1000 };
const PvReconnectPlan pv_reconnect_patient = { .first_ms = 120 * 1000,
                                               .longest_ms = 300 * 1000,
                                               .spread_ms = 60 * 1000 };

/* Of [0, limit) */
static guint
choose (guint limit, guint32 random)
{
  return (guint) (((guint64) random * limit) >> 32);
}

guint
pv_reconnect_get_wait_ms (const PvReconnectPlan *plan, gboolean was_up, guint n_failures, guint32 random)
{
  guint wait = plan->first_ms;

  if (was_up)
    return MAX (choose (plan->spread_ms, random), MIN (PV_RECONNECT_LEAST_MS, plan->spread_ms));
  for (guint i = 0; i < n_failures && wait < plan->longest_ms; i++)
    wait *= 2;
  wait = MIN (wait, plan->longest_ms);
  return wait / 2 + choose (wait - wait / 2 + 1, random);
}
