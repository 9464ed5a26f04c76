/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Requests and invoices that are looked up. */

#include "kiosk/session/session-private.h"

void
pv_session_perform_look_up (PvSession *session, const PvEffect *effect)
{
  (void) session;
  (void) effect;
}
