/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* connection.h: the portal of this kiosk, as the settings say. For the courier and for its workers. */
#pragma once

#include "platform/settings.h"
#include "portal/portal.h"

/**
 * pv_connection_open:
 *
 * Nothing is asked yet.
 *
 * Returns: (transfer full): NULL with PV_PORTAL_ERROR_CONFIGURATION
 */
PvPortal *pv_connection_open (const PvSettings *settings, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_connection_learn_clock:
 * @error: (nullable): of a call
 *
 * Where the kiosk signs, the portal refuses a clock that is half a minute wrong, and says how much: from now on calls
 * are signed by the portal's time.
 *
 * Returns: whether the same call is worth repeating at once
 */
gboolean pv_connection_learn_clock (const GError *error);
