/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/journey.h"

static const char *const words[] = {
  [PV_PRINT_REASON_NONE] = "none",
  [PV_PRINT_REASON_NO_PAPER] = "no-paper",
  [PV_PRINT_REASON_JAM] = "jam",
  [PV_PRINT_REASON_OPEN] = "open",
  [PV_PRINT_REASON_TAKE_PAPER] = "full",
  [PV_PRINT_REASON_INK] = "ink",
  [PV_PRINT_REASON_OFFLINE] = "offline",
  [PV_PRINT_REASON_BUSY] = "busy",
  [PV_PRINT_REASON_SERVICE] = "out-of-service",
  [PV_PRINT_REASON_PAPER_LOW] = "paper-low",
  [PV_PRINT_REASON_CERTIFICATE] = "certificate-changed",
  [PV_PRINT_REASON_OTHER] = "other",
};

const char *
pv_print_reason_word (PvPrintReason reason)
{
  return words[MIN (reason, PV_PRINT_REASON_OTHER)];
}
