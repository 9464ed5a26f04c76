/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses of the local index. */

#include "kiosk/session/session-private.h"

void
pv_session_find_addresses (PvSession *session, const PvEffect *effect)
{
  (void) session;
  (void) effect;
}
