/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/paper-qr.h"

#include <math.h>

static double
mm (double value)
{
  return pv_print_mm_to_pt (value);
}

static guint
get_n_modules (const PvQr *qr)
{
  return pv_qr_get_size (qr) + 2 * PV_QR_QUIET_MODULES;
}

/* Dots of a module, as many as fit. The quiet zone is light as the padding of a card is, so it may reach over it: on the
 * narrowest roll, that makes the longest code readable. */
static guint
get_module_dots (const PvPaper *paper, const PvQr *qr, double width)
{
  double room = width + 2 * (mm (paper->look->padding_mm) - paper->look->frame);
  double fitting = floor (room / mm (paper->look->dot_mm) / get_n_modules (qr));

  return (guint) CLAMP (floor (paper->look->module_dots * paper->growth), 1, MAX (fitting, 1));
}

double
pv_paper_add_qr_column (PvPaper *paper, PvBox *box, PvQr *qr, const char *words, double start, double y, double width)
{
  PvTextStyle style = pv_paper_body_style (paper, PANGO_WEIGHT_MEDIUM);
  guint dots = get_module_dots (paper, qr, width);
  double side = get_n_modules (qr) * dots * mm (paper->look->dot_mm);

  style.align = PANGO_ALIGN_CENTER;
  pv_box_add_qr (box, qr, start + (width - side) / 2, y, mm (paper->look->dot_mm), dots);
  pv_box_set_alternative (box, words);
  y += side;
  return y + pv_box_add_text (box, &style, words, start, y, width);
}

void
pv_paper_add_qr_card (PvPaper *paper, PvQr *qr, const char *words)
{
  double padding = mm (paper->look->padding_mm), width = pv_text_flow_get_width (paper->flow) - 2 * padding, bottom;
  PvBox *box = pv_text_flow_add_box (paper->flow, pv_paper_gap (paper, paper->look->section_mm));

  bottom = pv_paper_add_qr_column (paper, box, qr, words, padding, padding, width);
  pv_box_add_frame (box, bottom + padding, paper->look->frame, paper->look->radius);
}
