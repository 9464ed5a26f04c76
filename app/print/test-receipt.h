/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* test-receipt.h: a sample that shows what a printer makes of edges and letters: a receipt of nothing. */
#pragma once

#include "core/receipt.h"
#include "print/media.h"

/* Letters that fonts forget, and no reference: it proves nothing. @origin: who asked for it. (transfer full) */
PvReceipt *pv_test_receipt_new (const char *commune, const char *origin, PvPrintMedia media) G_GNUC_WARN_UNUSED_RESULT;
