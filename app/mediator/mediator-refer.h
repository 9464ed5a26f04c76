/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-refer.h: when it is not for a kiosk, or not for this mediator: two small dialogs. */
#pragma once

#include <adwaita.h>

#include "mediator/desk.h"

/* The hard stops: a minor alone, a protected adult, over-indebtedness. Says the prepared sentence to the person, gives
 * the rights to propose and to the hand back, and notes where the person is sent. */
void pv_mediator_refer (GtkWidget *parent, PvDesk *desk);
/* Which colleague; the person is asked by the kiosk. */
void pv_mediator_pass_on (GtkWidget *parent, PvDesk *desk);
