/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/appointment-sheet-pdf.h"

#include "print/paper-parts.h"
#include "print/paper-qr.h"

#include <glib/gi18n-lib.h>

static void
add_calendar (PvPaper *paper, const PvAppointmentSheet *sheet)
{
  PvQr *qr = sheet->calendar != NULL ? pv_qr_new (sheet->calendar) : NULL;

  if (qr != NULL)
    pv_paper_add_qr_card (paper, qr, _ ("Scan this code to put the appointment in your phone."));
}

static void
compose (PvPaper *paper)
{
  const PvAppointmentSheet *sheet = paper->content;
  const PvPaperLook *look = paper->look;
  PvTextStyle body = pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL);
  PvTextStyle large = pv_paper_large_style (paper, look->commune, PANGO_WEIGHT_BOLD);
  g_autofree char *where = pv_paper_break_address (sheet->where);

  pv_paper_add_text (paper, 0, large, sheet->commune);
  pv_paper_add_text (paper, 0, body, sheet->place);
  pv_paper_add_rule (paper, look->gap_mm);
  pv_paper_add_title (paper, look->section_mm, _ ("Your appointment"));
  pv_paper_add_text (paper, look->gap_mm, pv_paper_large_style (paper, look->procedure, PANGO_WEIGHT_SEMIBOLD),
                     sheet->procedure);
  if (sheet->to_confirm != NULL)
    pv_paper_add_mark (paper, C_ ("receipt", "To be confirmed"), sheet->to_confirm);
  /* In one line where it can: "9 h" at the end of one is misread. */
  large = pv_paper_fit_style (paper, large, sheet->when, pv_text_flow_get_width (paper->flow));
  pv_paper_add_text (paper, look->section_mm, large, sheet->when);
  pv_paper_add_section (paper, _ ("Where"), where);
  pv_paper_add_section (paper, C_ ("paper", "How to get there"), sheet->directions);
  pv_paper_add_section (paper, _ ("Bring"), sheet->bring);
  pv_paper_add_section (paper, C_ ("paper", "To move or cancel it"), sheet->change);
  if (sheet->reference != NULL)
    pv_paper_add_pair (paper, sheet->reference_label, sheet->reference);
  add_calendar (paper, sheet);
  pv_paper_add_end (paper, NULL);
}

GBytes *
pv_appointment_sheet_render_pdf (const PvAppointmentSheet *sheet, PvPrintMedia media, GError **error)
{
  const PvPaperOrder order = {
    .compose = compose,
    .content = sheet,
    .media = media,
    .language = sheet->language,
    .text_percent = sheet->text_percent,
    .title = _ ("Your appointment"),
    .footer = sheet->reference != NULL ? sheet->reference : sheet->commune,
  };

  return pv_paper_render (&order, error);
}
