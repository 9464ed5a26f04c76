/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/receipt-pdf.h"

#include "print/paper-parts.h"
#include "print/paper-qr.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define NO_BREAK_SPACE "\u00a0"

enum { VERSION_CHARS = 8 };

static const PvReceipt *
receipt_of (const PvPaper *paper)
{
  return paper->content;
}

static double
mm (double value)
{
  return pv_print_mm_to_pt (value);
}

/* One thing with its label above it, as large as fits. Returns: the height. */
static double
add_labelled (PvPaper *paper, PvBox *box, const char *label, const char *text, double size, double y, double width)
{
  PvTextStyle small = pv_paper_body_style (paper, PANGO_WEIGHT_MEDIUM);
  PvTextStyle large = pv_paper_fit_style (paper, pv_paper_large_style (paper, size, PANGO_WEIGHT_BOLD), text, width);
  double padding = mm (paper->look->padding_mm);
  double height = pv_box_add_text (box, &small, label, padding, y, width);

  return height + pv_box_add_text (box, &large, text, padding, y + height, width);
}

/* Reference, tracking code and QR code: what the person comes back with. The QR code is under the numbers on a roll,
 * beside them on A4. */
static void
add_card (PvPaper *paper)
{
  const PvReceipt *receipt = receipt_of (paper);
  const PvPaperLook *look = paper->look;
  PvQr *qr = receipt->qr_text != NULL && !receipt->practice ? pv_qr_new (receipt->qr_text) : NULL;
  gboolean has_column = qr != NULL && pv_paper_is_beside (paper);
  double padding = mm (look->padding_mm), width = pv_text_flow_get_width (paper->flow) - 2 * padding, y = padding,
         bottom;
  double column = has_column ? mm (look->qr_column_mm) : width;
  double left = has_column ? width - column - padding : width;
  PvBox *box;

  if (receipt->practice || (receipt->reference == NULL && receipt->tracking_code == NULL && qr == NULL))
    return;
  box = pv_text_flow_add_box (paper->flow, pv_paper_gap (paper, look->section_mm));
  if (receipt->reference != NULL)
    y += add_labelled (paper, box, receipt->reference_label, receipt->reference, look->reference, y, left);
  if (receipt->tracking_code != NULL) {
    y += pv_paper_gap (paper, look->gap_mm);
    y += add_labelled (paper, box, _ ("Tracking code"), receipt->tracking_code, look->code, y, left);
  }
  bottom = y;
  if (qr != NULL)
    bottom = pv_paper_add_qr_column (paper, box, qr, _ ("Scan this code to follow your request."),
                                     padding + width - column, has_column ? padding / 2 : y, column);
  pv_box_add_frame (box, MAX (y, bottom) + padding, look->frame, look->radius);
}

/* The event for the phone's calendar, in a box of its own: two codes side by side would both be read. */
static void
add_calendar (PvPaper *paper)
{
  const PvReceipt *receipt = receipt_of (paper);
  PvQr *qr = receipt->calendar != NULL && !receipt->practice ? pv_qr_new (receipt->calendar) : NULL;

  if (qr != NULL)
    pv_paper_add_qr_card (paper, qr, _ ("Scan this code to put the appointment in your phone."));
}

/* When, where, with what; and that it is not certain, where it is not. */
static void
add_appointment (PvPaper *paper)
{
  const PvReceipt *receipt = receipt_of (paper);
  const PvPaperLook *look = paper->look;
  g_autofree char *place = NULL;

  if (receipt->appointment == NULL)
    return;
  if (receipt->to_confirm != NULL)
    pv_paper_add_mark (paper, C_ ("receipt", "To be confirmed"), receipt->to_confirm);
  pv_paper_add_heading (paper, _ ("Your appointment"));
  pv_paper_add_text (paper, look->gap_mm / 2, pv_paper_large_style (paper, look->procedure, PANGO_WEIGHT_BOLD),
                     receipt->appointment);
  place = pv_paper_break_address (receipt->meeting_place);
  if (place != NULL)
    pv_paper_add_text (paper, look->gap_mm / 3, pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL), place);
  if (receipt->bring != NULL)
    pv_paper_add_pair (paper, _ ("Bring"), receipt->bring);
  add_calendar (paper);
}

static void
add_lines (PvPaper *paper, const char *heading, const GPtrArray *lines)
{
  if (lines == NULL || lines->len == 0)
    return;
  pv_paper_add_heading (paper, heading);
  for (guint i = 0; i < lines->len; i++) {
    const PvReceiptLine *line = lines->pdata[i];

    pv_paper_add_pair (paper, line->label, line->value);
  }
}

/* One line each, so that each has its own direction; NULL ends. (transfer full) */
static GStrv
list_contact (const PvReceipt *receipt)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) pairs = g_strsplit (receipt->phone != NULL ? receipt->phone : "", " ", -1);
  g_autofree char *number = g_strjoinv (NO_BREAK_SPACE, pairs);
  g_autofree char *phone = receipt->phone != NULL ? g_strdup_printf (_ ("Phone: %s"), number) : NULL;
  g_autofree char *email = receipt->email != NULL ? g_strdup_printf (_ ("E-mail: %s"), receipt->email) : NULL;
  g_autofree char *address = pv_paper_break_address (receipt->address);
  const char *const texts[] = { receipt->service, address, phone, email };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && *texts[i] != '\0')
      g_strv_builder_add (lines, texts[i]);
  return g_strv_builder_end (lines);
}

static void
add_contact (PvPaper *paper)
{
  g_auto (GStrv) lines = list_contact (receipt_of (paper));

  if (lines[0] == NULL)
    return;
  pv_paper_add_heading (paper, _ ("Contact us"));
  for (guint i = 0; lines[i] != NULL; i++)
    pv_paper_add_text (paper, i == 0 ? paper->look->gap_mm / 3 : 0, pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL),
                       lines[i]);
}

/* Commune and place; on A4 the service stands beside them, as on a letter. */
static void
add_letterhead (PvPaper *paper)
{
  const PvReceipt *receipt = receipt_of (paper);
  PvTextStyle large = pv_paper_large_style (paper, paper->look->commune, PANGO_WEIGHT_BOLD);
  PvTextStyle body = pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL);
  gboolean has_columns = pv_paper_is_beside (paper);
  double width = pv_text_flow_get_width (paper->flow), left = has_columns ? floor (width * 0.46) : width, y = 0;
  PvBox *box = pv_text_flow_add_box (paper->flow, 0);

  if (receipt->commune != NULL)
    large = pv_paper_fit_words (paper, large, receipt->commune, left - (has_columns ? mm (6) : 0));
  y += pv_box_add_text (box, &large, receipt->commune, 0, y, left - (has_columns ? mm (6) : 0));
  pv_box_add_text (box, &body, receipt->place, 0, y, left - (has_columns ? mm (6) : 0));
  if (has_columns) {
    g_auto (GStrv) lines = list_contact (receipt);
    y = 0;
    for (guint i = 0; lines[i] != NULL; i++)
      y += pv_box_add_text (box, &body, lines[i], left, y, width - left);
  }
  pv_paper_add_rule (paper, paper->look->gap_mm);
}

/* The same in French, under a text in another language. */
static void
add_official (PvPaper *paper, const char *text)
{
  if (text != NULL)
    pv_paper_add_text (paper, paper->look->gap_mm / 3, pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL), text);
}

static void
add_head (PvPaper *paper)
{
  const PvReceipt *receipt = receipt_of (paper);
  const PvPaperLook *look = paper->look;

  add_letterhead (paper);
  if (receipt->practice)
    pv_paper_add_mark (paper, C_ ("receipt", "Practice"), _ ("This paper is for practice. Nothing was sent."));
  pv_paper_add_title (paper, look->section_mm, receipt->title);
  add_official (paper, receipt->official_title);
  pv_paper_add_text (paper, look->gap_mm, pv_paper_large_style (paper, look->procedure, PANGO_WEIGHT_SEMIBOLD),
                     receipt->procedure);
  add_official (paper, receipt->official_procedure);
  pv_paper_add_text (paper, look->gap_mm / 2, pv_paper_body_style (paper, PANGO_WEIGHT_MEDIUM), receipt->datetime);
  if (receipt->kind == PV_RECEIPT_TO_CHECK)
    pv_paper_add_mark (paper, C_ ("receipt", "To be checked"),
                       _ ("It is not certain that the town hall has received it."));
  if (receipt->kind == PV_RECEIPT_TICKET)
    pv_paper_add_text (paper, look->gap_mm, pv_paper_body_style (paper, PANGO_WEIGHT_MEDIUM),
                       _ ("This ticket is not an acknowledgement."));
}

/* For whoever doubts the paper; far from the code for the phone, because both would be read at once. */
static void
add_proof (PvPaper *paper)
{
  const PvReceipt *receipt = receipt_of (paper);
  PvQr *qr = receipt->proof != NULL && !receipt->practice ? pv_qr_new (receipt->proof) : NULL;

  if (qr != NULL)
    pv_paper_add_qr_card (paper, qr, _ ("For the town hall: this code proves that this paper is genuine."));
}

static void
add_end (PvPaper *paper)
{
  const char *version = receipt_of (paper)->procedure_version != NULL ? receipt_of (paper)->procedure_version : "";
  g_autofree char *start = g_utf8_substring (version, 0, MIN (g_utf8_strlen (version, -1), VERSION_CHARS));
  g_autofree char *text = g_strdup_printf (_ ("Version of the form: %s"), start);

  pv_paper_add_end (paper, *start != '\0' ? text : NULL);
}

static void
compose (PvPaper *paper)
{
  const PvReceipt *receipt = receipt_of (paper);

  add_head (paper);
  add_card (paper);
  add_appointment (paper);
  pv_paper_add_section (paper, _ ("What happens next"), receipt->next);
  add_official (paper, receipt->official_next);
  add_lines (paper, _ ("Your answers"), receipt->lines);
  add_lines (paper, _ ("Documents received"), receipt->documents);
  pv_paper_add_section (paper, _ ("If you get no answer"), receipt->silence);
  add_official (paper, receipt->official_silence);
  pv_paper_add_section (paper, _ ("If you disagree"), receipt->appeal);
  add_official (paper, receipt->official_appeal);
  if (!pv_paper_is_beside (paper))
    add_contact (paper);
  pv_paper_add_section (paper, _ ("Your data"), receipt->privacy);
  add_proof (paper);
  add_end (paper);
}

GBytes *
pv_receipt_render_pdf (const PvReceipt *receipt, PvPrintMedia media, GError **error)
{
  guint n_lines =
    (receipt->lines != NULL ? receipt->lines->len : 0) + (receipt->documents != NULL ? receipt->documents->len : 0);
  const char *reference = receipt->practice ? C_ ("receipt", "Practice") : receipt->reference;
  /* The reference again, so that a lone sheet finds its way back; a roll is too narrow for more. */
  g_autofree char *name = reference == NULL                ? g_strdup (receipt->commune)
                          : pv_print_media_is_roll (media) ? g_strdup (reference)
                                                           : g_strdup_printf ("%s · %s", receipt->commune, reference);
  const PvPaperOrder order = {
    .compose = compose,
    .content = receipt,
    .media = media,
    .language = receipt->language,
    .text_percent = receipt->text_percent,
    /* Generic: it is what a viewer's window shows. */
    .title = _ ("Receipt"),
    .footer = name,
  };

  if (n_lines > PV_RECEIPT_MAX_LINES) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_TOO_LARGE, "%u lines", n_lines);
    return NULL;
  }
  return pv_paper_render (&order, error);
}
