/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assist-shown.h: what the citizen is told of the kiosk's machine. */
#pragma once

#include "assist/machine-kiosk.h"
#include "core/assistance.h"

/* State, code, mediator, rights, question, proposal, end; @shown is empty before. The rest is the caller's. */
void pv_assist_shown_from_kiosk (PvAssistance *shown, const PvAssistKiosk *kiosk, PvAssistTime now);
gboolean pv_assist_shown_equal (const PvAssistance *one, const PvAssistance *other);
