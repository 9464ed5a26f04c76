/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/card.h"

static const char *const state_names[PV_N_CARD_STATES] = {
  [PV_CARD_NO_READER] = "no-reader", [PV_CARD_BUSY] = "busy",       [PV_CARD_WAITING] = "waiting",
  [PV_CARD_PLACED] = "placed",       [PV_CARD_OPENING] = "opening", [PV_CARD_READING] = "reading",
  [PV_CARD_PROVING] = "proving",     [PV_CARD_READ] = "read",       [PV_CARD_FAILED] = "failed",
};

static const char *const trouble_names[PV_N_CARD_TROUBLES] = {
  [PV_CARD_TROUBLE_NONE] = "none",
  [PV_CARD_TROUBLE_LOST] = "lost",
  [PV_CARD_TROUBLE_WRONG_CODE] = "wrong-code",
  [PV_CARD_TROUBLE_BLOCKED] = "blocked",
  [PV_CARD_TROUBLE_REFUSED] = "refused",
  [PV_CARD_TROUBLE_NO_CHIP] = "no-chip",
  [PV_CARD_TROUBLE_BAD_DATA] = "bad-data",
  [PV_CARD_TROUBLE_READER] = "reader",
  [PV_CARD_TROUBLE_LOST_AT_CODE] = "lost-at-code",
};

void
pv_card_report_clear (PvCardReport *report)
{
  pv_identity_free (report->identity);
  *report = (PvCardReport){ 0 };
}

const char *
pv_card_state_name (PvCardState state)
{
  g_return_val_if_fail (state < PV_N_CARD_STATES, "");

  return state_names[state];
}

const char *
pv_card_trouble_name (PvCardTrouble trouble)
{
  g_return_val_if_fail (trouble < PV_N_CARD_TROUBLES, "");

  return trouble_names[trouble];
}
