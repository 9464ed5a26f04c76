/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/invoice-slip-pdf.h"

#include "print/paper-qr.h"

#include <glib/gi18n-lib.h>

/* Where a phone pays it. */
static void
add_payment (PvPaper *paper, const PvInvoiceSlip *slip)
{
  PvQr *qr = slip->payment_url != NULL ? pv_qr_new (slip->payment_url) : NULL;

  if (qr != NULL)
    pv_paper_add_qr_card (paper, qr, C_ ("paper", "Scan this code to pay on your phone."));
}

static void
compose (PvPaper *paper)
{
  const PvInvoiceSlip *slip = paper->content;
  const PvPaperLook *look = paper->look;
  g_autofree char *told = g_strdup_printf (C_ ("paper", "Looked up on %s."), slip->looked_up);

  pv_paper_add_text (paper, 0, pv_paper_large_style (paper, look->commune, PANGO_WEIGHT_BOLD), slip->commune);
  pv_paper_add_text (paper, 0, pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL), slip->place);
  pv_paper_add_rule (paper, look->gap_mm);
  pv_paper_add_title (paper, look->section_mm, slip->title);
  for (guint i = 0; i < slip->rows->len; i++) {
    const PvReceiptLine *row = slip->rows->pdata[i];

    pv_paper_add_pair (paper, row->label, row->value);
  }
  add_payment (paper, slip);
  pv_paper_add_text (paper, look->section_mm, pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL), told);
  pv_paper_add_text (paper, look->gap_mm, pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL),
                     C_ ("paper", "This paper is not the invoice, and proves no payment."));
  pv_paper_add_end (paper, NULL);
}

GBytes *
pv_invoice_slip_render_pdf (const PvInvoiceSlip *slip, PvPrintMedia media, guint text_percent, GError **error)
{
  const PvPaperOrder order = {
    .compose = compose,
    .content = slip,
    .media = media,
    .language = slip->language,
    .text_percent = text_percent,
    .title = C_ ("paper", "Invoice"),
    .footer = slip->commune,
  };

  return pv_paper_render (&order, error);
}
