/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/assist-sheet-pdf.h"

#include "print/paper.h"

#include <glib/gi18n-lib.h>

static void
add_optional_pair (PvPaper *paper, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    pv_paper_add_pair (paper, label, value);
}

static void
add_head (PvPaper *paper, const PvAssistSheet *sheet)
{
  const PvPaperLook *look = paper->look;

  pv_paper_add_text (paper, 0, pv_paper_large_style (paper, look->commune, PANGO_WEIGHT_BOLD), sheet->commune);
  pv_paper_add_text (paper, 0, pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL), sheet->place);
  pv_paper_add_rule (paper, look->gap_mm);
  pv_paper_add_title (paper, look->section_mm, C_ ("paper", "Assistance sheet"));
  pv_paper_add_text (paper, look->gap_mm, pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL),
                     C_ ("paper", "You received help at the kiosk. This paper says what was done."));
}

static void
add_who_and_when (PvPaper *paper, const PvAssistSheet *sheet)
{
  pv_paper_add_heading (paper, C_ ("paper", "Who helped"));
  add_optional_pair (paper, C_ ("paper", "Mediator"), sheet->mediator);
  add_optional_pair (paper, C_ ("paper", "Town hall"), sheet->mediator_place);
  add_optional_pair (paper, C_ ("paper", "Start"), sheet->began);
  add_optional_pair (paper, C_ ("paper", "End"), sheet->ended);
  add_optional_pair (paper, C_ ("paper", "How it ended"), sheet->how_it_ended);
}

static void
compose (PvPaper *paper)
{
  const PvAssistSheet *sheet = paper->content;
  PvTextStyle body = pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL);

  add_head (paper, sheet);
  add_who_and_when (paper, sheet);
  if (sheet->rights->len > 0)
    pv_paper_add_heading (paper, C_ ("paper", "What you allowed or refused"));
  for (guint i = 0; i < sheet->rights->len; i++) {
    const PvReceiptLine *right = sheet->rights->pdata[i];

    pv_paper_add_pair (paper, right->label, right->value);
  }
  pv_paper_add_heading (paper, C_ ("paper", "What was done"));
  for (guint i = 0; i < sheet->lines->len; i++)
    pv_paper_add_text (paper, paper->look->gap_mm / 2, body, sheet->lines->pdata[i]);
  if (sheet->lines->len == 0)
    pv_paper_add_text (paper, paper->look->gap_mm / 2, body, C_ ("paper", "Nothing was done in your procedure."));
  pv_paper_add_section (paper, _ ("Your data"), C_ ("paper", "This paper shows none of your answers."));
  pv_paper_add_end (paper, NULL);
}

GBytes *
pv_assist_sheet_render_pdf (const PvAssistSheet *sheet, PvPrintMedia media, guint text_percent, GError **error)
{
  const PvPaperOrder order = {
    .compose = compose,
    .content = sheet,
    .media = media,
    .language = sheet->language,
    .text_percent = text_percent,
    .title = C_ ("paper", "Assistance sheet"),
    .footer = sheet->commune,
  };

  if (MAX (sheet->lines->len, sheet->rights->len) > PV_ASSIST_SHEET_MAX_LINES) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_TOO_LARGE, "%u lines", sheet->lines->len + sheet->rights->len);
    return NULL;
  }
  return pv_paper_render (&order, error);
}
