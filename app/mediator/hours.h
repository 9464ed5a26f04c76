/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* hours.h: when calls ring: "mon-fri 09:00-12:30", or "sat 09:00-12:00"; local time, the end not included. */
#pragma once

#include <glib.h>

enum { PV_HOURS_MAX = 21 }; /* spans in a list */

gboolean pv_hours_is_span (const char *text);
/* @hours: (nullable): valid spans; NULL or none at all: always. @weekday: 1 is Monday. @minute: of the day. */
gboolean pv_hours_contain (const char *const *hours, guint weekday, guint minute);
