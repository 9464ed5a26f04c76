/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/paper-parts.h"

/* An outline, because a black ground wears a thermal head and smears. */
void
pv_paper_add_mark (PvPaper *paper, const char *mark, const char *words)
{
  PvTextStyle large = pv_paper_large_style (paper, paper->look->title, PANGO_WEIGHT_BOLD);
  PvTextStyle small = pv_paper_body_style (paper, PANGO_WEIGHT_MEDIUM);
  double padding = pv_print_mm_to_pt (paper->look->padding_mm),
         width = pv_text_flow_get_width (paper->flow) - 2 * padding, y = padding * 0.7;
  PvBox *box = pv_text_flow_add_box (paper->flow, pv_paper_gap (paper, paper->look->section_mm));

  large.align = small.align = PANGO_ALIGN_CENTER;
  large = pv_paper_fit_style (paper, large, mark, width);
  y += pv_box_add_text (box, &large, mark, padding, y, width);
  y += pv_box_add_text (box, &small, words, padding, y, width);
  pv_box_add_frame (box, y + padding * 0.7, paper->look->frame * 1.6, paper->look->radius);
}

char *
pv_paper_break_address (const char *address)
{
  g_autoptr (GRegex) regex = g_regex_new (",\\s+(?=\\d{5}\\b)", 0, 0, NULL);

  return address != NULL ? g_regex_replace_literal (regex, address, -1, 0, "\n", 0, NULL) : NULL;
}
