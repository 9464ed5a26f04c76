/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bundle-pull.h: fetches the bundles that the settings name, and puts each that counts in the place of its layer.
 *
 * A static server has URL/platform.pvb, and URL/CODE.pvb for each commune. What is unreachable, refused, older, or would break the
 * settings of this kiosk changes nothing: the last good one stays, and state.ini says why. */
#pragma once

#include "platform/bundle-state.h"

enum { PV_BUNDLE_PULL_TIMEOUT_MS = 60 * 1000 }; /* for each of the two */

/**
 * pv_bundle_pull:
 * @config: what programs are given as their settings
 * @now_s: seconds UTC
 * @timeout_ms: 0: PV_BUNDLE_PULL_TIMEOUT_MS
 * @ret_state: (out) (nullable) (transfer full): what state.ini says now; NULL where nothing is to be fetched, or nowhere to put it
 *
 * Blocks, on the thread-default main context. The next time must not be at the same time: a lock sees to that.
 *
 * A bundle is refused if a line of it is wrong, and also if with it the settings as a whole were not right any more: a lock in it
 * that this site's files offend does not stop the kiosk, it is told.
 *
 * Returns: FALSE with the first PV_BUNDLE_ERROR, if anything did not go as it should
 */
gboolean pv_bundle_pull (const char *config, gint64 now_s, guint timeout_ms, PvBundleState **ret_state, GError **error);
