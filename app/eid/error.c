/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/error.h"

G_DEFINE_QUARK (pv_card_error, pv_card_error)

void
pv_card_note_code_was_tried (GError **error)
{
  if (error != NULL && g_error_matches (*error, PV_CARD_ERROR, PV_CARD_ERROR_LOST))
    (*error)->code = PV_CARD_ERROR_LOST_AT_CODE;
}
