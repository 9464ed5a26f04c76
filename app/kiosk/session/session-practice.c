/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Practising: nothing is written anywhere. */

#include "kiosk/session/session-private.h"

void
pv_session_set_practice (PvSession *session, gboolean is_practising)
{
  pv_courier_link_set_practice (session->courier, is_practising);
}
