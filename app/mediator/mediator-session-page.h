/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-session-page.h: one assistance: what the citizen lets be seen, what they allow, and the verbs. */
#pragma once

#include <adwaita.h>

#include "mediator/desk.h"

#define PV_TYPE_MEDIATOR_SESSION_PAGE (pv_mediator_session_page_get_type ())
G_DECLARE_FINAL_TYPE (PvMediatorSessionPage, pv_mediator_session_page, PV, MEDIATOR_SESSION_PAGE, GtkBox)

/* Fills the group "session", which the window puts in. */
void pv_mediator_session_page_set_desk (PvMediatorSessionPage *session, PvDesk *desk, GSimpleActionGroup *actions);
