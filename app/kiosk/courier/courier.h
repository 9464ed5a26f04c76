/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* courier.h: the service as a whole: disk, cache, dispatch, sessions, and the timers that drive them. */
#pragma once

#include "platform/settings.h"

typedef struct PvCourier PvCourier;

/**
 * pv_courier_new:
 * @config: folder of the settings, for the workers
 * @time_scale: 1; in tests, how many times faster every wait of the outbox goes by
 *
 * Serves on the default main context from here on. Errors of all kinds, for an administrator.
 */
PvCourier *pv_courier_new (const PvSettings *settings, const char *config, guint time_scale,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_courier_free (PvCourier *courier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvCourier, pv_courier_free)

/* No attempt is under way. */
gboolean pv_courier_is_idle (const PvCourier *courier);
/* An orderly end: no new attempt; @done comes when none is under way, or after a minute. */
void pv_courier_stop (PvCourier *courier, GSourceOnceFunc done, gpointer data);
