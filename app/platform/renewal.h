/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* renewal.h: when a service that reads its settings at its start is to end, so that whoever watches over it starts it anew.
 *
 * After the settings have changed, are right, nobody stands at the kiosk (served.h) and the service itself has nothing to do.
 * Settings that are wrong end nothing: what runs has the good ones. */
#pragma once

#include "platform/clock.h"

enum {
  PV_RENEWAL_LOOK_S = 1, /* how often, after a change, it is looked whether this is the moment */
  /* A citizen is not that long: then a lock that nobody lets go of does not keep the old settings in force. */
  PV_RENEWAL_SERVED_MAX_S = 2 * 60 * 60,
};

typedef struct PvRenewalHooks {
  /* Nothing would be cut off. */
  gboolean (*is_idle) (gpointer user_data);
  /* Once; it is the moment. */
  void (*end) (gpointer user_data);
} PvRenewalHooks;

typedef struct PvRenewal PvRenewal;

/**
 * pv_renewal_new:
 * @config: folder of the settings; to be made before they are read, so that no change is missed
 * @clock: outlives it
 *
 * On the default main context.
 */
PvRenewal *pv_renewal_new (const char *config, PvClock *clock, const PvRenewalHooks *hooks,
                           gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
/* Where the lock of served.h is; until then, nothing ends. */
void pv_renewal_aim (PvRenewal *renewal, const char *runtime);
void pv_renewal_free (PvRenewal *renewal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvRenewal, pv_renewal_free)
