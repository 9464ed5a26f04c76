/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/connection.h"

#include "platform/clock.h"
#include "portal/configured.h"

/* The portal's clock minus ours; 0 until it complains. */
static gint64 clock_offset_us;

static gint64
portal_now_us (void)
{
  return pv_clock_get_wall_us (pv_clock_get_system ()) + clock_offset_us;
}

gboolean
pv_connection_learn_clock (const GError *error)
{
  if (!g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CLOCK))
    return FALSE;
  clock_offset_us += pv_portal_error_get_offset_s (error) * G_USEC_PER_SEC;
  return pv_portal_error_get_offset_s (error) != 0;
}

PvPortal *
pv_connection_open (const PvSettings *settings, GError **error)
{
  return pv_portal_open_configured (settings, portal_now_us, error);
}
