/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/summary-pdf.h"

#include "print/paper.h"

#include <glib/gi18n-lib.h>

static void
compose (PvPaper *paper)
{
  const PvSummarySheet *sheet = paper->content;
  const PvPaperLook *look = paper->look;
  PvTextStyle body = pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL);

  pv_paper_add_text (paper, 0, pv_paper_large_style (paper, look->commune, PANGO_WEIGHT_BOLD), sheet->commune);
  pv_paper_add_text (paper, 0, body, sheet->place);
  pv_paper_add_rule (paper, look->gap_mm);
  pv_paper_add_title (paper, look->section_mm, _ ("Your answers"));
  pv_paper_add_text (paper, look->gap_mm, pv_paper_large_style (paper, look->procedure, PANGO_WEIGHT_SEMIBOLD),
                     sheet->procedure);
  pv_paper_add_text (paper, look->gap_mm / 2, body, sheet->made);
  /* Before the answers, so that nobody takes it for what it is not. */
  pv_paper_add_text (paper, look->gap_mm, pv_paper_body_style (paper, PANGO_WEIGHT_MEDIUM),
                     C_ ("paper", "This paper is for you. It is not a receipt, and proves nothing."));
  pv_paper_add_rule (paper, look->gap_mm);
  for (guint i = 0; i < sheet->lines->len; i++) {
    const PvReceiptLine *line = sheet->lines->pdata[i];

    pv_paper_add_pair (paper, line->label, line->value);
  }
  pv_paper_add_section (paper, _ ("Your data"),
                        C_ ("paper", "This paper shows what you wrote. Keep it with you, or destroy it."));
  pv_paper_add_end (paper, NULL);
}

GBytes *
pv_summary_render_pdf (const PvSummarySheet *sheet, PvPrintMedia media, GError **error)
{
  const PvPaperOrder order = {
    .compose = compose,
    .content = sheet,
    .media = media,
    .language = sheet->language,
    .text_percent = sheet->text_percent,
    .title = _ ("Your answers"),
    .footer = sheet->reference != NULL ? sheet->reference : sheet->commune,
  };

  if (sheet->lines->len > PV_SUMMARY_MAX_LINES) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_TOO_LARGE, "%u lines", sheet->lines->len);
    return NULL;
  }
  return pv_paper_render (&order, error);
}
