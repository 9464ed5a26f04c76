/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* paper-qr.h: QR codes on the papers of the kiosk, in whole dots of the printer. Private to print. */
#pragma once

#include "print/paper.h"
#include "print/qr.h"

/* The code and the words under it, in a column from @start. The quiet zone is light already, so it may reach into the padding of
 * a card, on either side. Takes @qr.  Returns: lower end */
double pv_paper_add_qr_column (PvPaper *paper, PvBox *box, PvQr *qr, const char *words, double start, double y,
                               double width);
/* The same in a framed box of its own: two codes side by side would both be read. Takes @qr. */
void pv_paper_add_qr_card (PvPaper *paper, PvQr *qr, const char *words);
