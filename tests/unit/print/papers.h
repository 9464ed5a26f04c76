/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* papers.h: one of each paper that the kiosk prints, for the tests that hold for all of them. */
#pragma once

#include "print/appointment-sheet-pdf.h"
#include "print/assist-sheet-pdf.h"
#include "print/invoice-slip-pdf.h"
#include "print/receipt-pdf.h"
#include "print/summary-pdf.h"
#include "sample.h"

typedef struct {
  const char *name;
  GBytes *(*render) (PvPrintMedia media, guint percent);
  const char *word;     /* of its body, once */
  const char *title;    /* of the file */
  const char *codes[4]; /* what is said instead of each; NULL ends */
} SamplePaper;

enum { SAMPLE_N_MEDIA = 2 };
static const PvPrintMedia sample_media[SAMPLE_N_MEDIA] = { PV_PRINT_MEDIA_ROLL_80MM, PV_PRINT_MEDIA_A4 };

/* A developer may look at the paper: PV_TEST_KEEP names a folder. */
static inline void
sample_keep (GBytes *pdf, const char *name, PvPrintMedia media, guint percent)
{
  g_autofree char *file = g_strdup_printf ("%s-%s-%u.pdf", name, pv_print_media_to_string (media), percent);
  g_autofree char *path = NULL;

  if (g_getenv ("PV_TEST_KEEP") == NULL)
    return;
  path = g_build_filename (g_getenv ("PV_TEST_KEEP"), file, NULL);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL);
}

static inline GBytes *
sample_render_receipt (PvPrintMedia media, guint percent)
{
  PvReceipt paper = sample_receipt (PV_RECEIPT_RECEIVED);
  GBytes *pdf;

  paper.text_percent = percent;
  pdf = pv_receipt_render_pdf (&paper, media, NULL);
  sample_clear (&paper);
  return pdf;
}

static inline GBytes *
sample_render_sheet (PvPrintMedia media, guint percent)
{
  g_autoptr (PvAssistSheet) paper = pv_assist_sheet_new ();

  paper->language = g_strdup ("fr");
  paper->commune = g_strdup ("Montclair-sur-Loire");
  paper->mediator = g_strdup ("Claire M.");
  paper->mediator_place = g_strdup ("Hôtel de ville");
  g_ptr_array_add (paper->rights, pv_receipt_line_new ("10 h 12", "Vous avez laissé Claire voir votre écran."));
  g_ptr_array_add (paper->rights, pv_receipt_line_new ("10 h 14, 10 h 20", "Vous avez prêté la main à Claire."));
  g_ptr_array_add (paper->lines, g_strdup ("Claire M. a tout vu."));
  return pv_assist_sheet_render_pdf (paper, media, percent, NULL);
}

static inline GBytes *
sample_render_slip (PvPrintMedia media, guint percent)
{
  g_autoptr (PvInvoiceSlip) paper = pv_invoice_slip_new ();

  paper->language = g_strdup ("fr");
  paper->commune = g_strdup ("Montclair-sur-Loire");
  paper->title = g_strdup ("Ce que vous devez payer");
  paper->looked_up = g_strdup ("30 novembre 2026, 10 h 12");
  paper->payment_url = g_strdup ("https://demarches.montclair.example/payer/");
  g_ptr_array_add (paper->rows, pv_receipt_line_new ("Sujet", "Cantine"));
  g_ptr_array_add (paper->rows, pv_receipt_line_new ("Reste", "42,50 €"));
  return pv_invoice_slip_render_pdf (paper, media, percent, NULL);
}

static inline GBytes *
sample_render_summary (PvPrintMedia media, guint percent)
{
  g_autoptr (PvSummarySheet) paper = pv_summary_sheet_new ();

  paper->language = g_strdup ("fr");
  paper->text_percent = percent;
  paper->commune = g_strdup ("Montclair-sur-Loire");
  paper->place = g_strdup ("Borne de l’hôtel de ville");
  paper->procedure = g_strdup ("Inscription à l’école");
  paper->made = g_strdup ("23 novembre 2026 à 14 h 32 (heure de Paris)");
  paper->reference = g_strdup ("18-2047");
  g_ptr_array_add (paper->lines, pv_receipt_line_new ("Nom de l’enfant", "Zoé Lefèvre-Ündal"));
  g_ptr_array_add (paper->lines, pv_receipt_line_new ("Adresse", "4 rue des Tilleuls, 89100 Montclair"));
  g_ptr_array_add (paper->lines, pv_receipt_line_new ("Jours de cantine", "lundi, mardi, jeudi"));
  g_ptr_array_add (paper->lines, pv_receipt_line_new ("Je certifie que ces informations sont exactes.", "Oui"));
  return pv_summary_render_pdf (paper, media, NULL);
}

static inline GBytes *
sample_render_appointment (PvPrintMedia media, guint percent)
{
  g_autoptr (PvAppointmentSheet) paper = pv_appointment_sheet_new ();

  paper->language = g_strdup ("fr");
  paper->text_percent = percent;
  paper->commune = g_strdup ("Montclair-sur-Loire");
  paper->place = g_strdup ("Borne de l’hôtel de ville");
  paper->procedure = g_strdup ("Carte d’identité ou passeport");
  paper->when = g_strdup ("jeudi 3 décembre 2026 à 9 h 20");
  paper->to_confirm = g_strdup ("Cet horaire n’est pas encore sûr.");
  paper->where = g_strdup ("Hôtel de ville, 1 place de la Mairie, 89999 Montclair");
  paper->directions = g_strdup ("Bus 3, arrêt Mairie. Entrée sans marche à gauche.");
  paper->bring = g_strdup ("Votre ancien titre, une photo d’identité.");
  paper->change = g_strdup ("Appelez le 03 53 01 00 12.");
  paper->reference_label = g_strdup ("Référence de la borne");
  paper->reference = g_strdup ("BCDFG HJKLM");
  paper->calendar = g_strdup ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
  return pv_appointment_sheet_render_pdf (paper, media, NULL);
}

static const SamplePaper sample_papers[] = {
  { "receipt", sample_render_receipt, "ouvrés.", "Receipt", { "Scan this code to follow your request." } },
  { "assist-sheet", sample_render_sheet, "tout", "Assistance sheet", { NULL } },
  { "invoice-slip", sample_render_slip, "Cantine", "Invoice", { "Scan this code to pay on your phone." } },
  { "appointment",
    sample_render_appointment,
    "marche",
    "Your appointment",
    { "Scan this code to put the appointment in your phone." } },
  { "summary", sample_render_summary, "Tilleuls,", "Your answers", { NULL } },
};
enum { SAMPLE_N_PAPERS = G_N_ELEMENTS (sample_papers) };
