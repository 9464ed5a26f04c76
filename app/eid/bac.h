/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bac.h: Basic Access Control (ICAO Doc 9303-11, section 4.3), for documents that announce no PACE. */
#pragma once

#include "eid/channel.h"
#include "eid/password.h"

/* Section 4.3. On success the channel is secured. UNSUPPORTED with a CAN; WRONG_CODE; BAD_DATA if the chip's answer is
 * not its own. */
gboolean pv_bac_run (PvChannel *channel, const PvCardPassword *password, GError **error);
