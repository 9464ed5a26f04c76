/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-today.h: today's calls, each with its activity line, and where the file is.
 *
 * Signal "problem" (char *): a line could not be kept. */
#pragma once

#include <adwaita.h>

#include "mediator/desk.h"

#define PV_TYPE_MEDIATOR_TODAY (pv_mediator_today_get_type ())
G_DECLARE_FINAL_TYPE (PvMediatorToday, pv_mediator_today, PV, MEDIATOR_TODAY, GtkBox)

void pv_mediator_today_set_desk (PvMediatorToday *today, PvDesk *desk);
/* @opens_last: the call that has just ended is open, to be completed. */
void pv_mediator_today_show (PvMediatorToday *today, gboolean opens_last);
