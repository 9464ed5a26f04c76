/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/paper.h"

#include "platform/buffer.h"
#include "platform/language.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* A value beyond this is set under its label, not beside it, and may then go over the end of a page. */
enum { MAX_BESIDE_CHARS = 240 };
/* Above this text size a column beside another is too narrow. */
enum { MAX_BESIDE_PERCENT = 125 };
enum { MIN_PERCENT = 100, MAX_PERCENT = 200 };
static const PvPaperLook looks[] = {
  [PV_PRINT_MEDIA_ROLL_58MM] = {
    .footer_mm = 8,
    .body = 10, .heading = 11, .procedure = 11.5, .title = 14, .commune = 13, .reference = 23, .code = 15,
    .line = 1.2, .frame = 1.5, .radius = 6,
    .padding_mm = 2, .gap_mm = 2, .section_mm = 3.8,
    .dot_mm = 0.125, .module_dots = 6,
    .max_percent = 180,
  },
  [PV_PRINT_MEDIA_ROLL_80MM] = {
    .footer_mm = 8,
    .body = 10.5, .heading = 12, .procedure = 12.5, .title = 17, .commune = 15, .reference = 27, .code = 18,
    .line = 1.2, .frame = 1.8, .radius = 7,
    .padding_mm = 3, .gap_mm = 2.2, .section_mm = 4.2,
    .dot_mm = 0.125, .module_dots = 6,
    .max_percent = MAX_PERCENT,
  },
  [PV_PRINT_MEDIA_ROLL_112MM] = {
    .footer_mm = 8,
    .body = 11, .heading = 12.5, .procedure = 14, .title = 20, .commune = 16, .reference = 32, .code = 20,
    .line = 1.2, .frame = 1.8, .radius = 8,
    .padding_mm = 3.5, .gap_mm = 2.2, .section_mm = 4.4, .qr_column_mm = 38,
    .dot_mm = 0.125, .module_dots = 6,
    .max_percent = MAX_PERCENT, .has_columns = TRUE,
  },
  [PV_PRINT_MEDIA_A4] = {
    .footer_mm = 10,
    .body = 12, .heading = 14, .procedure = 16, .title = 25, .commune = 18, .reference = 38, .code = 23,
    .line = 0.8, .frame = 1.5, .radius = 10,
    .padding_mm = 5, .gap_mm = 2.4, .section_mm = 5.2, .qr_column_mm = 50,
    .dot_mm = 25.4 / 300, .module_dots = 9,
    .max_percent = MAX_PERCENT, .has_columns = TRUE,
  },
  [PV_PRINT_MEDIA_A5] = {
    .footer_mm = 9,
    .body = 12, .heading = 13, .procedure = 15, .title = 21, .commune = 16, .reference = 34, .code = 20,
    .line = 0.8, .frame = 1.5, .radius = 9,
    .padding_mm = 4, .gap_mm = 2, .section_mm = 4.2, .qr_column_mm = 42,
    .dot_mm = 25.4 / 300, .module_dots = 9,
    .max_percent = MAX_PERCENT, .has_columns = TRUE,
  },
};

enum { FOOTER_GAP_MM = 2, WIDE_PAGE = 10 };
enum { COLUMN_GAP_MM = 3 };
#define NARROW_GAPS 0.6
/* A text becomes smaller by a fifth, for a long word to stay whole. */
#define LEAST_FITTED 0.8
/* 18 points on A4: what is called large print. */
#define MAX_FOOTER_SCALE 1.5
/* By which the sheets of a long roll are shortened as long as nothing moves to a further one. */
enum { ROLL_STEP_MM = 5 };

static double
mm (double value)
{
  return pv_print_mm_to_pt (value);
}

double
pv_paper_gap (const PvPaper *paper, double at_100_percent_mm)
{
  return mm (at_100_percent_mm * paper->growth * paper->gaps);
}

PvTextStyle
pv_paper_body_style (const PvPaper *paper, PangoWeight weight)
{
  return (PvTextStyle){ paper->look->body * paper->scale, weight, PANGO_ALIGN_LEFT };
}

PvTextStyle
pv_paper_large_style (const PvPaper *paper, double size, PangoWeight weight)
{
  double body = paper->look->body;

  return (PvTextStyle){ body * paper->scale + (size - body) * paper->growth, weight, PANGO_ALIGN_LEFT };
}

PvTextStyle
pv_paper_fit_style (const PvPaper *paper, PvTextStyle style, const char *text, double width)
{
  double needed = pv_text_flow_measure_width (paper->flow, &style, text);

  if (needed > width)
    style.size_pt = MAX (paper->look->body * paper->scale, floor (style.size_pt * width / needed * 4) / 4);
  return style;
}

PvTextStyle
pv_paper_fit_words (const PvPaper *paper, PvTextStyle style, const char *text, double width)
{
  double needed = pv_text_flow_measure_word (paper->flow, &style, text);
  double least = MIN (style.size_pt, paper->look->body * MAX (1.0, paper->scale * LEAST_FITTED));

  if (needed > width)
    style.size_pt = MAX (least, floor (style.size_pt * width / needed * 4) / 4);
  return style;
}

gboolean
pv_paper_is_beside (const PvPaper *paper)
{
  return paper->look->has_columns && paper->text_percent <= MAX_BESIDE_PERCENT;
}

PvBox *
pv_paper_add_text (PvPaper *paper, double before_mm, PvTextStyle style, const char *text)
{
  PvBox *box;

  if (text == NULL || *text == '\0')
    return NULL;
  box = pv_text_flow_add_box (paper->flow, pv_paper_gap (paper, before_mm));
  style = pv_paper_fit_words (paper, style, text, pv_text_flow_get_width (paper->flow));
  pv_box_add_text (box, &style, text, 0, 0, pv_text_flow_get_width (paper->flow));
  return box;
}

void
pv_paper_add_title (PvPaper *paper, double before_mm, const char *title)
{
  PvBox *box =
    pv_paper_add_text (paper, before_mm, pv_paper_large_style (paper, paper->look->title, PANGO_WEIGHT_BOLD), title);

  if (box != NULL)
    pv_box_set_tag (box, PV_TAG_H1);
}

void
pv_paper_add_rule (PvPaper *paper, double before_mm)
{
  pv_box_add_rule (pv_text_flow_add_box (paper->flow, pv_paper_gap (paper, before_mm)), 0, paper->look->line);
}

void
pv_paper_add_heading (PvPaper *paper, const char *heading)
{
  PvBox *box = pv_paper_add_text (paper, paper->look->section_mm,
                                  pv_paper_large_style (paper, paper->look->heading, PANGO_WEIGHT_BOLD), heading);

  pv_box_set_tag (box, PV_TAG_H2);
  pv_box_keep_with_next (box);
}

void
pv_paper_add_section (PvPaper *paper, const char *heading, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  pv_paper_add_heading (paper, heading);
  pv_paper_add_text (paper, paper->look->gap_mm / 3, pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL), text);
}

void
pv_paper_add_pair (PvPaper *paper, const char *label_text, const char *value_text)
{
  PvTextStyle label = pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL),
              value = pv_paper_body_style (paper, PANGO_WEIGHT_SEMIBOLD);
  double width = pv_text_flow_get_width (paper->flow), beside = floor (width * 0.42);
  gboolean has_value = value_text != NULL && *value_text != '\0';
  PvBox *box;

  if (pv_paper_is_beside (paper) && has_value && strlen (value_text) <= MAX_BESIDE_CHARS
      && strlen (label_text) <= MAX_BESIDE_CHARS) {
    box = pv_text_flow_add_box (paper->flow, pv_paper_gap (paper, paper->look->gap_mm / 2));
    pv_box_add_text (box, &label, label_text, 0, 0, beside - mm (4));
    pv_box_set_tag (box, PV_TAG_LABEL);
    pv_box_add_text (box, &value, value_text, beside, 0, width - beside);
    pv_box_set_tag (box, PV_TAG_VALUE);
    return;
  }
  box = pv_paper_add_text (paper, paper->look->gap_mm / 2, label, label_text);
  if (box != NULL)
    pv_box_set_tag (box, PV_TAG_LABEL);
  if (box != NULL && has_value)
    pv_box_keep_with_next (box);
  box = pv_paper_add_text (paper, 0, value, value_text);
  if (box != NULL)
    pv_box_set_tag (box, PV_TAG_VALUE);
}

void
pv_paper_add_end (PvPaper *paper, const char *note)
{
  PvTextStyle body = pv_paper_body_style (paper, PANGO_WEIGHT_NORMAL),
              end = pv_paper_body_style (paper, PANGO_WEIGHT_MEDIUM);
  double width = pv_text_flow_get_width (paper->flow), end_width;
  PvBox *box;

  pv_paper_add_rule (paper, paper->look->section_mm);
  if (pv_print_media_is_roll (paper->media))
    pv_paper_add_text (paper, paper->look->gap_mm, body, _ ("Take a photo of this paper: the print fades with time."));
  box = pv_text_flow_add_box (paper->flow, pv_paper_gap (paper, paper->look->gap_mm));
  if (pv_paper_is_beside (paper)) {
    end.align = PANGO_ALIGN_RIGHT;
    end_width = ceil (pv_text_flow_measure_width (paper->flow, &end, _ ("End of the paper"))) + 1;
    pv_box_add_text (box, &body, note, 0, 0, width - end_width - mm (COLUMN_GAP_MM));
    pv_box_add_text (box, &end, _ ("End of the paper"), width - end_width, 0, end_width);
  } else {
    end.align = PANGO_ALIGN_CENTER;
    pv_box_add_text (box, &body, note, 0, 0, width);
    pv_box_add_text (box, &end, _ ("End of the paper"), 0,
                     pv_box_get_height (box) + pv_paper_gap (paper, paper->look->gap_mm), width);
  }
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  PvBuffer *pdf = closure;

  if (pdf->length + length > PV_PDF_MAX_BYTES)
    return CAIRO_STATUS_WRITE_ERROR;
  pv_buffer_add (pdf, (const char *) data, length);
  return CAIRO_STATUS_SUCCESS;
}

typedef struct {
  guint n;
  double height_mm;
  gboolean has_footer;
} Sheets;

/* What makes a lone sheet find its way back, and the number of the page. (transfer full) (nullable) */
static PvTextFlow *
make_footer (const PvPaper *paper, guint page, guint n_pages, double *ret_height, GError **error)
{
  g_autofree char *number = g_strdup_printf (_ ("Page %u of %u"), page + 1, n_pages);
  double scale =
    pv_print_media_is_roll (paper->media) ? 1 : MIN (paper->scale, MAX_FOOTER_SCALE); /* a roll is too narrow */
  PvTextStyle style = { paper->look->body * scale, PANGO_WEIGHT_MEDIUM, PANGO_ALIGN_LEFT };
  double width = pv_text_flow_get_width (paper->flow), number_width, y = 0;
  PvTextFlow *footer = pv_text_flow_new (width, paper->language, pv_language_is_right_to_left (paper->language), error);
  PvBox *box;

  if (footer == NULL)
    return NULL;
  box = pv_text_flow_add_box (footer, 0);
  /* The end of a strip looks like the end of the paper. */
  if (pv_print_media_is_roll (paper->media) && page + 1 < n_pages) {
    PvTextStyle mark = { paper->look->body, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER };

    y = pv_box_add_text (box, &mark, _ ("Continued on the next page"), 0, 0, width);
    pv_box_set_tag (box, PV_TAG_NONE);
  }
  number_width = ceil (pv_text_flow_measure_width (footer, &style, number)) + 1;
  pv_box_add_text (box, &style, paper->footer, 0, y, width - number_width - mm (COLUMN_GAP_MM));
  pv_box_set_tag (box, PV_TAG_NONE);
  style.align = PANGO_ALIGN_RIGHT;
  pv_box_add_text (box, &style, number, width - number_width, y, number_width);
  pv_box_set_tag (box, PV_TAG_NONE);
  *ret_height = pv_box_get_height (box);
  pv_text_flow_paginate (footer, *ret_height);
  return footer;
}

static gboolean
draw_footer (const PvPaper *paper, cairo_t *cr, guint page, const Sheets *sheets, GError **error)
{
  double height;
  g_autoptr (PvTextFlow) footer = make_footer (paper, page, sheets->n, &height, error);

  if (footer == NULL)
    return FALSE;
  cairo_save (cr);
  cairo_translate (cr, mm (paper->sheet->side_mm), mm (sheets->height_mm - paper->sheet->bottom_mm) - height);
  pv_text_flow_draw_page (footer, cr, 0);
  cairo_restore (cr);
  return TRUE;
}

/* Lines are higher in some languages, and the number of the page is longer: what is above must not run into it. */
static double
get_footer_mm (const PvPaper *paper)
{
  double height = 0;

  pv_text_flow_free (make_footer (paper, WIDE_PAGE, WIDE_PAGE + 2, &height, NULL));
  return MAX (paper->look->footer_mm, ceil (pv_print_pt_to_mm (height)) + FOOTER_GAP_MM);
}

static double
get_used_mm (const PvPaper *paper, guint n_pages)
{
  double used = 0;

  for (guint page = 0; page < n_pages; page++)
    used = MAX (used, pv_text_flow_get_used_height (paper->flow, page));
  return ceil (pv_print_pt_to_mm (used));
}

/* A roll is cut after what is on it: whole millimetres, because printers round sizes down. What is longer than a printer
 * takes becomes sheets that share it evenly: a job has one size for all its sheets. */
static Sheets
break_roll (const PvPaper *paper)
{
  double edges_mm = paper->sheet->top_mm + paper->sheet->bottom_mm, longest_mm = pv_print_media_get_longest_mm ();
  Sheets sheets = { pv_text_flow_paginate (paper->flow, mm (longest_mm - edges_mm)), 0, FALSE };
  double height_mm;

  if (sheets.n > 1) {
    sheets.has_footer = TRUE;
    edges_mm += get_footer_mm (paper);
    height_mm = longest_mm - edges_mm;
    sheets.n = pv_text_flow_paginate (paper->flow, mm (height_mm));
    while (pv_text_flow_paginate (paper->flow, mm (height_mm - ROLL_STEP_MM)) == sheets.n)
      height_mm -= ROLL_STEP_MM;
    pv_text_flow_paginate (paper->flow, mm (height_mm));
  }
  sheets.height_mm = CLAMP (get_used_mm (paper, sheets.n) + edges_mm, PV_PRINT_MIN_ROLL_MM, longest_mm);
  return sheets;
}

static Sheets
break_into_sheets (const PvPaper *paper)
{
  const PvPrintSheet *sheet = paper->sheet;
  double edges_mm = sheet->top_mm + sheet->bottom_mm;

  if (pv_print_media_is_roll (paper->media))
    return break_roll (paper);
  return (Sheets){ pv_text_flow_paginate (paper->flow, mm (sheet->height_mm - edges_mm - get_footer_mm (paper))),
                   sheet->height_mm, TRUE };
}

static gboolean
draw (const PvPaper *paper, PvBuffer *pdf, GError **error)
{
  const PvPrintSheet *sheet = paper->sheet;
  Sheets sheets = break_into_sheets (paper);
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (write_cb, pdf, mm (sheet->width_mm), mm (sheets.height_mm));
  cairo_t *cr = cairo_create (surface);
  g_autofree char *alternatives = pv_text_flow_join_alternatives (paper->flow);
  g_autofree char *keywords = g_strconcat (PV_PAPER_ALTERNATIVES, alternatives, NULL);
  gboolean is_drawn = TRUE;
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, paper->title);
  /* Cairo 1.16 has no place for them: pv_pdf_file_finish() puts them where they belong. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_KEYWORDS, keywords);
  cairo_tag_begin (cr, "Document", NULL);
  if (sheets.n > PV_PDF_MAX_PAGES) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_TOO_LARGE, "%u pages", sheets.n);
    is_drawn = FALSE;
  }
  for (guint page = 0; is_drawn && page < sheets.n; page++) {
    cairo_save (cr);
    cairo_translate (cr, mm (sheet->side_mm), mm (sheet->top_mm));
    pv_text_flow_draw_page (paper->flow, cr, page);
    cairo_restore (cr);
    if (sheets.has_footer)
      is_drawn = draw_footer (paper, cr, page, &sheets, error);
    cairo_show_page (cr);
  }
  cairo_tag_end (cr, "Document");
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (is_drawn && status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_BROKEN, "cairo: %s", cairo_status_to_string (status));
    is_drawn = FALSE;
  }
  return is_drawn;
}

/* The texts in a flow of their own, which the composer owns from here on. Returns: number of sheets, 0 for failure */
static guint
lay_out (PvPaper *paper, double gaps, GError **error)
{
  double width = mm (paper->sheet->width_mm - 2 * paper->sheet->side_mm);

  paper->gaps = gaps;
  paper->flow = pv_text_flow_new (width, paper->language, pv_language_is_right_to_left (paper->language), error);
  if (paper->flow == NULL)
    return 0;
  paper->compose (paper);
  return break_into_sheets (paper).n;
}

/* A last sheet that holds a few lines only is saved if narrower gaps can do it. */
static gboolean
lay_out_well (PvPaper *paper, GError **error)
{
  guint n_sheets = lay_out (paper, 1.0, error);
  PvPaper narrow = *paper;

  if (n_sheets <= 1)
    return n_sheets == 1;
  if (lay_out (&narrow, NARROW_GAPS, NULL) < n_sheets && narrow.flow != NULL) {
    pv_text_flow_free (paper->flow);
    *paper = narrow;
  } else {
    pv_text_flow_free (narrow.flow);
  }
  return TRUE;
}

GBytes *
pv_paper_render (const PvPaperOrder *order, GError **error)
{
  guint percent = CLAMP (order->text_percent, MIN_PERCENT, looks[order->media].max_percent);
  PvPaper paper = {
    .content = order->content,
    .compose = order->compose,
    .media = order->media,
    .sheet = pv_print_media_get_sheet (order->media),
    .look = &looks[order->media],
    .language = order->language != NULL ? order->language : "fr",
    .text_percent = order->text_percent,
    .title = order->title,
    .footer = order->footer,
    .scale = percent / 100.0,
    .growth = sqrt (percent / 100.0),
  };
  PvBuffer pdf = { 0 };
  GBytes *bytes = NULL;

  if (!lay_out_well (&paper, error))
    return NULL;
  if (draw (&paper, &pdf, error))
    bytes = pv_buffer_steal_bytes (&pdf);
  pv_buffer_clear (&pdf);
  pv_text_flow_free (paper.flow);
  return bytes;
}
