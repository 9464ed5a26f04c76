/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* carrier-name.h: names and limits of what is carried, for those too who do not speak to the broker themselves. */
#pragma once

#include <glib.h>

enum {
  PV_CARRIER_ID_CHARS = 16, /* 64 bits, hexadecimal */
  PV_CARRIER_MAX_COMMUNE_BYTES = 16,
  PV_CARRIER_MAX_COMMUNES = 64,
  PV_CARRIER_MAX_CALL_BYTES = 2048,
  PV_CARRIER_MAX_PARCEL_BYTES = 32797, /* a record of the largest size */
  PV_CARRIER_MAX_PRESENCE_BYTES = 1621,
};

/* 16 of 0-9 and a-f. */
gboolean pv_carrier_is_id (const char *text);
/* 1 to 16 of A-Z, a-z, 0-9 and "-": no level and no wildcard of a topic. */
gboolean pv_carrier_is_commune (const char *text);
