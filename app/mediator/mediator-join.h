/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-join.h: the six digits of one call. */
#pragma once

#include <adwaita.h>

#include "mediator/desk.h"

#define PV_TYPE_MEDIATOR_JOIN (pv_mediator_join_get_type ())
G_DECLARE_FINAL_TYPE (PvMediatorJoin, pv_mediator_join, PV, MEDIATOR_JOIN, GtkBox)

void pv_mediator_join_set_desk (PvMediatorJoin *page, PvDesk *desk);
/* FALSE: this call does not wait any more. */
gboolean pv_mediator_join_choose (PvMediatorJoin *page, const char *call_id);
