/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scanner and phone, for a document. */

#include "kiosk/session/session-private.h"

void
pv_session_perform_capture (PvSession *session, const PvEffect *effect)
{
  (void) session;
  (void) effect;
}
