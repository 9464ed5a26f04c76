/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* card.h: the commands about identity cards. */
#pragma once

#include "ctl/ctl.h"
#include "eid/reading.h"

/* Proof and names of the fields; the values only with @shows_values. */
void pv_ctl_card_print (const PvCardReading *reading, gboolean shows_values);
void pv_ctl_card_print_json (const PvCardReading *reading, gboolean shows_values);
