/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* configured.h: the portal that the settings name. For the courier, its workers and parvisctl. */
#pragma once

#include "platform/settings.h"
#include "portal/portal.h"

/**
 * pv_portal_open_configured:
 * @now_us: (nullable): UTC, what calls are signed with; NULL: this machine's clock
 *
 * Nothing is asked yet. Where the kiosk signs, its key is read, and wiped again.
 *
 * Returns: (transfer full): NULL with PV_PORTAL_ERROR_CONFIGURATION
 */
PvPortal *pv_portal_open_configured (const PvSettings *settings, gint64 (*now_us) (void),
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Each item of a list is "KEY = VALUE"; of a key that is there twice the last counts. (element-type utf8 utf8)
 * (transfer full) */
GHashTable *pv_portal_read_pairs (const char *const *items) G_GNUC_WARN_UNUSED_RESULT;
