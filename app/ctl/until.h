/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* until.h: a time to come, as an administrator types it. Pure. */
#pragma once

#include <glib.h>

enum { PV_UNTIL_MAX_DAYS = 366 };

/**
 * pv_until_parse:
 * @text: "HH:MM": the next one, today or tomorrow; "YYYY-MM-DDTHH:MM", or with a blank
 * @zone: (nullable): of the commune; NULL: UTC
 *
 * FALSE: neither, or it is past, or more than a year away. @ret_until_us: UTC.
 */
gboolean pv_until_parse (const char *text, gint64 now_us, GTimeZone *zone, gint64 *ret_until_us);
