/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/assistance.h"

#include "core/wipe.h"

void
pv_assistance_clear (PvAssistance *assistance)
{
  pv_wipe_str (assistance->code);
  g_free (assistance->mediator);
  g_free (assistance->place);
  g_free (assistance->colleague);
  g_free (assistance->proposal_field);
  pv_wipe_str (assistance->proposal_value);
  *assistance = (PvAssistance){ .state = PV_ASSISTANCE_OFF };
}

void
pv_assistance_copy (PvAssistance *to, const PvAssistance *from)
{
  PvAssistance copy = *from;

  copy.code = g_strdup (from->code);
  copy.mediator = g_strdup (from->mediator);
  copy.place = g_strdup (from->place);
  copy.colleague = g_strdup (from->colleague);
  copy.proposal_field = g_strdup (from->proposal_field);
  copy.proposal_value = g_strdup (from->proposal_value);
  pv_assistance_clear (to);
  *to = copy;
}

gboolean
pv_assistance_is_on (const PvAssistance *assistance)
{
  return assistance->state == PV_ASSISTANCE_JOINED || assistance->state == PV_ASSISTANCE_LOST;
}
