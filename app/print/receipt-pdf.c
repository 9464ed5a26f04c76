/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/receipt-pdf.h"

#include "platform/buffer.h"
#include "platform/language.h"
#include "print/flow.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define NO_BREAK_SPACE "\u00a0"

/* A value beyond this is set under its label, not beside it, and may then go over the end of a page. */
enum { MAX_BESIDE_CHARS = 240 };
/* Above this text size a column beside another is too narrow. */
enum { MAX_BESIDE_PERCENT = 125 };
enum { MIN_PERCENT = 100, MAX_PERCENT = 200 };
enum { VERSION_CHARS = 8 };

/* What differs between the two media; points where nothing else is said. */
typedef struct {
  double width_mm, margin_mm, top_mm, bottom_mm, footer_mm;
  double body, heading, procedure, title, commune, reference, code; /* text sizes at 100 % */
  double line, frame, radius;
  double padding_mm, gap_mm, section_mm, qr_column_mm;
  double dot_mm; /* of the printer: 203 dpi = 8 dots a mm, and 300 dpi */
  guint module_dots;
} Look;

static const Look looks[] = {
  [PV_PRINT_MEDIA_ROLL_80MM] = {
    .width_mm = 80, .margin_mm = 4, .top_mm = 3, .bottom_mm = 5, .footer_mm = 8,
    .body = 10.5, .heading = 12, .procedure = 12.5, .title = 17, .commune = 15, .reference = 27, .code = 18,
    .line = 1.2, .frame = 1.8, .radius = 7,
    .padding_mm = 3, .gap_mm = 2.2, .section_mm = 4.2,
    .dot_mm = 0.125, .module_dots = 6,
  },
  [PV_PRINT_MEDIA_A4] = {
    .width_mm = 210, .margin_mm = 20, .top_mm = 15, .bottom_mm = 12, .footer_mm = 10,
    .body = 12, .heading = 14, .procedure = 16, .title = 25, .commune = 18, .reference = 38, .code = 23,
    .line = 0.8, .frame = 1.5, .radius = 10,
    .padding_mm = 5, .gap_mm = 2.4, .section_mm = 5.2, .qr_column_mm = 50,
    .dot_mm = 25.4 / 300, .module_dots = 9,
  },
};

enum { A4_HEIGHT_MM = 297 };
#define NARROW_GAPS 0.6
/* By which the sheets of a long roll are shortened as long as nothing moves to a further one. */
enum { ROLL_STEP_MM = 5 };

typedef struct {
  const PvReceipt *receipt; /* borrowed */
  PvPrintMedia media;
  const Look *look;
  const char *language;
  PvTextFlow *flow;
  double scale;  /* chosen text size, 1 to 2 */
  double growth; /* of what is already large */
  double gaps;   /* room between texts; 1 is the usual */
} Composer;

static double
mm (double value)
{
  return pv_print_mm_to_pt (value);
}

/* Room between texts grows with them. */
static double
gap (const Composer *c, double at_100_percent_mm)
{
  return mm (at_100_percent_mm * c->growth * c->gaps);
}

static PvTextStyle
body_style (const Composer *c, PangoWeight weight)
{
  return (PvTextStyle){ c->look->body * c->scale, weight, PANGO_ALIGN_LEFT };
}

/* Large text grows less than the body, and is never smaller than it. */
static PvTextStyle
large_style (const Composer *c, double size, PangoWeight weight)
{
  double body = c->look->body;

  return (PvTextStyle){ body * c->scale + (size - body) * c->growth, weight, PANGO_ALIGN_LEFT };
}

/* As large as wished, as long as @text stays in one line of @width; no smaller than the body. */
static PvTextStyle
fit_style (const Composer *c, PvTextStyle style, const char *text, double width)
{
  double needed = pv_text_flow_measure_width (c->flow, &style, text);

  if (needed > width)
    style.size_pt = MAX (c->look->body * c->scale, floor (style.size_pt * width / needed * 4) / 4);
  return style;
}

/* Whether there is room for columns beside each other. */
static gboolean
is_beside (const Composer *c)
{
  return c->media == PV_PRINT_MEDIA_A4 && c->receipt->text_percent <= MAX_BESIDE_PERCENT;
}

static PvBox *
add_text (Composer *c, double before_mm, PvTextStyle style, const char *text)
{
  PvBox *box;

  if (text == NULL || *text == '\0')
    return NULL;
  box = pv_text_flow_add_box (c->flow, gap (c, before_mm));
  pv_box_add_text (box, &style, text, 0, 0, pv_text_flow_get_width (c->flow));
  return box;
}

static void
add_rule (Composer *c, double before_mm)
{
  pv_box_add_rule (pv_text_flow_add_box (c->flow, gap (c, before_mm)), 0, c->look->line);
}

/* Framed words that nobody overlooks: an outline, because a black ground wears a thermal head and smears. */
static void
add_mark (Composer *c, const char *mark, const char *words)
{
  PvTextStyle large = large_style (c, c->look->title, PANGO_WEIGHT_BOLD);
  PvTextStyle small = body_style (c, PANGO_WEIGHT_MEDIUM);
  double padding = mm (c->look->padding_mm), width = pv_text_flow_get_width (c->flow) - 2 * padding, y = padding * 0.7;
  PvBox *box = pv_text_flow_add_box (c->flow, gap (c, c->look->section_mm));

  large.align = small.align = PANGO_ALIGN_CENTER;
  large = fit_style (c, large, mark, width);
  y += pv_box_add_text (box, &large, mark, padding, y, width);
  y += pv_box_add_text (box, &small, words, padding, y, width);
  pv_box_add_frame (box, y + padding * 0.7, c->look->frame * 1.6, c->look->radius);
}

/* One thing with its label above it, as large as fits. Returns: the height. */
static double
add_labelled (Composer *c, PvBox *box, const char *label, const char *text, double size, double y, double width)
{
  PvTextStyle small = body_style (c, PANGO_WEIGHT_MEDIUM);
  PvTextStyle large = fit_style (c, large_style (c, size, PANGO_WEIGHT_BOLD), text, width);
  double padding = mm (c->look->padding_mm);
  double height = pv_box_add_text (box, &small, label, padding, y, width);

  return height + pv_box_add_text (box, &large, text, padding, y + height, width);
}

static guint
get_n_modules (const PvQr *qr)
{
  return pv_qr_get_size (qr) + 2 * PV_QR_QUIET_MODULES;
}

/* Dots of a module, as many as fit into @width. */
static guint
get_module_dots (const Composer *c, const PvQr *qr, double width)
{
  double fitting = floor (width / mm (c->look->dot_mm) / get_n_modules (qr));

  return (guint) CLAMP (floor (c->look->module_dots * c->growth), 1, MAX (fitting, 1));
}

/* The code and the words under it, in a column from @start. The quiet zone is light already, so it may reach into the
 * padding of the card. Returns: lower end */
static double
add_qr_column (Composer *c, PvBox *box, PvQr *qr, double start, double y, double width)
{
  PvTextStyle style = body_style (c, PANGO_WEIGHT_MEDIUM);
  guint dots = get_module_dots (c, qr, width);
  double side = get_n_modules (qr) * dots * mm (c->look->dot_mm);

  style.align = PANGO_ALIGN_CENTER;
  pv_box_add_qr (box, qr, start + (width - side) / 2, y, mm (c->look->dot_mm), dots);
  y += side;
  return y + pv_box_add_text (box, &style, _ ("Scan this code to follow your request."), start, y, width);
}

/* Reference, tracking code and QR code: what the person comes back with. The QR code is under the numbers on a roll,
 * beside them on A4. */
static void
add_card (Composer *c)
{
  const PvReceipt *receipt = c->receipt;
  const Look *look = c->look;
  PvQr *qr = receipt->qr_text != NULL && !receipt->practice ? pv_qr_new (receipt->qr_text) : NULL;
  gboolean has_column = qr != NULL && is_beside (c);
  double padding = mm (look->padding_mm), width = pv_text_flow_get_width (c->flow) - 2 * padding, y = padding, bottom;
  double column = has_column ? mm (look->qr_column_mm) : width;
  double left = has_column ? width - column - padding : width;
  PvBox *box;

  if (receipt->practice || (receipt->reference == NULL && receipt->tracking_code == NULL && qr == NULL))
    return;
  box = pv_text_flow_add_box (c->flow, gap (c, look->section_mm));
  if (receipt->reference != NULL)
    y += add_labelled (c, box, receipt->reference_label, receipt->reference, look->reference, y, left);
  if (receipt->tracking_code != NULL) {
    y += gap (c, look->gap_mm);
    y += add_labelled (c, box, _ ("Tracking code"), receipt->tracking_code, look->code, y, left);
  }
  bottom = y;
  if (qr != NULL)
    bottom = add_qr_column (c, box, qr, padding + width - column, has_column ? padding / 2 : y, column);
  pv_box_add_frame (box, MAX (y, bottom) + padding, look->frame, look->radius);
}

static void
add_heading (Composer *c, const char *heading)
{
  pv_box_keep_with_next (
    add_text (c, c->look->section_mm, large_style (c, c->look->heading, PANGO_WEIGHT_BOLD), heading));
}

static void
add_section (Composer *c, const char *heading, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  add_heading (c, heading);
  add_text (c, c->look->gap_mm / 3, body_style (c, PANGO_WEIGHT_NORMAL), text);
}

static void
add_pair (Composer *c, const PvReceiptLine *line)
{
  PvTextStyle label = body_style (c, PANGO_WEIGHT_NORMAL), value = body_style (c, PANGO_WEIGHT_SEMIBOLD);
  double width = pv_text_flow_get_width (c->flow), beside = floor (width * 0.42);
  gboolean has_value = line->value != NULL && *line->value != '\0';
  PvBox *box;

  if (is_beside (c) && has_value && strlen (line->value) <= MAX_BESIDE_CHARS
      && strlen (line->label) <= MAX_BESIDE_CHARS) {
    box = pv_text_flow_add_box (c->flow, gap (c, c->look->gap_mm / 2));
    pv_box_add_text (box, &label, line->label, 0, 0, beside - mm (4));
    pv_box_add_text (box, &value, line->value, beside, 0, width - beside);
    return;
  }
  box = add_text (c, c->look->gap_mm / 2, label, line->label);
  if (box != NULL && has_value)
    pv_box_keep_with_next (box);
  add_text (c, 0, value, line->value);
}

static void
add_lines (Composer *c, const char *heading, const GPtrArray *lines)
{
  if (lines == NULL || lines->len == 0)
    return;
  add_heading (c, heading);
  for (guint i = 0; i < lines->len; i++)
    add_pair (c, g_ptr_array_index (lines, i));
}

/* "1 place de la Mairie, 99123 Montclair": the town in a line of its own, as on a letter. (transfer full) (nullable) */
static char *
break_address (const char *address)
{
  g_autoptr (GRegex) regex = g_regex_new (",\\s+(?=\\d{5}\\b)", 0, 0, NULL);

  return address != NULL ? g_regex_replace_literal (regex, address, -1, 0, "\n", 0, NULL) : NULL;
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
  g_autofree char *address = break_address (receipt->address);
  const char *const texts[] = { receipt->service, address, phone, email };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && *texts[i] != '\0')
      g_strv_builder_add (lines, texts[i]);
  return g_strv_builder_end (lines);
}

static void
add_contact (Composer *c)
{
  g_auto (GStrv) lines = list_contact (c->receipt);

  if (lines[0] == NULL)
    return;
  add_heading (c, _ ("Contact us"));
  for (guint i = 0; lines[i] != NULL; i++)
    add_text (c, i == 0 ? c->look->gap_mm / 3 : 0, body_style (c, PANGO_WEIGHT_NORMAL), lines[i]);
}

/* Commune and place; on A4 the service stands beside them, as on a letter. */
static void
add_letterhead (Composer *c)
{
  const PvReceipt *receipt = c->receipt;
  PvTextStyle large = large_style (c, c->look->commune, PANGO_WEIGHT_BOLD);
  PvTextStyle body = body_style (c, PANGO_WEIGHT_NORMAL);
  gboolean has_columns = is_beside (c);
  double width = pv_text_flow_get_width (c->flow), left = has_columns ? floor (width * 0.46) : width, y = 0;
  PvBox *box = pv_text_flow_add_box (c->flow, 0);

  y += pv_box_add_text (box, &large, receipt->commune, 0, y, left - (has_columns ? mm (6) : 0));
  pv_box_add_text (box, &body, receipt->place, 0, y, left - (has_columns ? mm (6) : 0));
  if (has_columns) {
    g_auto (GStrv) lines = list_contact (receipt);
    y = 0;
    for (guint i = 0; lines[i] != NULL; i++)
      y += pv_box_add_text (box, &body, lines[i], left, y, width - left);
  }
  add_rule (c, c->look->gap_mm);
}

static void
add_head (Composer *c)
{
  const PvReceipt *receipt = c->receipt;
  const Look *look = c->look;

  add_letterhead (c);
  if (receipt->practice)
    add_mark (c, C_ ("receipt", "Practice"), _ ("This paper is for practice. Nothing was sent."));
  add_text (c, look->section_mm, large_style (c, look->title, PANGO_WEIGHT_BOLD), receipt->title);
  add_text (c, look->gap_mm, large_style (c, look->procedure, PANGO_WEIGHT_SEMIBOLD), receipt->procedure);
  add_text (c, look->gap_mm / 2, body_style (c, PANGO_WEIGHT_MEDIUM), receipt->datetime);
  if (receipt->kind == PV_RECEIPT_TO_CHECK)
    add_mark (c, C_ ("receipt", "To be checked"), _ ("It is not certain that the town hall has received it."));
  if (receipt->kind == PV_RECEIPT_TICKET)
    add_text (c, look->gap_mm, body_style (c, PANGO_WEIGHT_MEDIUM), _ ("This ticket is not an acknowledgement."));
}

/* The last line proves that nothing was cut off. */
static void
add_end (Composer *c)
{
  const PvReceipt *receipt = c->receipt;
  const char *version = receipt->procedure_version != NULL ? receipt->procedure_version : "";
  g_autofree char *start = g_utf8_substring (version, 0, MIN (g_utf8_strlen (version, -1), VERSION_CHARS));
  g_autofree char *text = g_strdup_printf (_ ("Version of the form: %s"), start);
  PvTextStyle body = body_style (c, PANGO_WEIGHT_NORMAL), end = body_style (c, PANGO_WEIGHT_MEDIUM);
  double width = pv_text_flow_get_width (c->flow);
  PvBox *box;

  add_rule (c, c->look->section_mm);
  if (c->media == PV_PRINT_MEDIA_ROLL_80MM)
    add_text (c, c->look->gap_mm, body, _ ("Take a photo of this paper: the print fades with time."));
  box = pv_text_flow_add_box (c->flow, gap (c, c->look->gap_mm));
  if (is_beside (c)) {
    end.align = PANGO_ALIGN_RIGHT;
    pv_box_add_text (box, &body, *start != '\0' ? text : NULL, 0, 0, width / 2);
    pv_box_add_text (box, &end, _ ("End of the paper"), width / 2, 0, width / 2);
  } else {
    end.align = PANGO_ALIGN_CENTER;
    pv_box_add_text (box, &body, *start != '\0' ? text : NULL, 0, 0, width);
    pv_box_add_text (box, &end, _ ("End of the paper"), 0, pv_box_get_height (box) + gap (c, c->look->gap_mm), width);
  }
}

static void
compose (Composer *c)
{
  const PvReceipt *receipt = c->receipt;

  add_head (c);
  add_card (c);
  add_section (c, _ ("What happens next"), receipt->next);
  add_lines (c, _ ("Your answers"), receipt->lines);
  add_lines (c, _ ("Documents received"), receipt->documents);
  add_section (c, _ ("If you get no answer"), receipt->silence);
  add_section (c, _ ("If you disagree"), receipt->appeal);
  if (!is_beside (c))
    add_contact (c);
  add_section (c, _ ("Your data"), receipt->privacy);
  add_end (c);
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

/* The reference again, so that a lone sheet finds its way back, and the number of the page. */
static gboolean
draw_footer (const Composer *c, cairo_t *cr, guint page, const Sheets *sheets, GError **error)
{
  const PvReceipt *receipt = c->receipt;
  const char *reference = receipt->practice ? C_ ("receipt", "Practice") : receipt->reference;
  g_autofree char *number = g_strdup_printf (_ ("Page %u of %u"), page + 1, sheets->n);
  gboolean is_roll = c->media == PV_PRINT_MEDIA_ROLL_80MM; /* too narrow for more than the reference */
  g_autofree char *name = reference == NULL ? g_strdup (receipt->commune)
                          : is_roll         ? g_strdup (reference)
                                            : g_strdup_printf ("%s · %s", receipt->commune, reference);
  PvTextStyle style = { c->look->body, PANGO_WEIGHT_MEDIUM, PANGO_ALIGN_LEFT };
  double width = pv_text_flow_get_width (c->flow), number_width = floor (width * 0.3);
  g_autoptr (PvTextFlow) footer =
    pv_text_flow_new (width, c->language, pv_language_is_right_to_left (c->language), error);
  PvBox *box;

  if (footer == NULL)
    return FALSE;
  box = pv_text_flow_add_box (footer, 0);
  pv_box_add_text (box, &style, name, 0, 0, width - number_width);
  style.align = PANGO_ALIGN_RIGHT;
  pv_box_add_text (box, &style, number, width - number_width, 0, number_width);
  pv_text_flow_paginate (footer, pv_box_get_height (box));
  cairo_save (cr);
  cairo_translate (cr, mm (c->look->margin_mm), mm (sheets->height_mm - c->look->bottom_mm) - pv_box_get_height (box));
  pv_text_flow_draw_page (footer, cr, 0);
  cairo_restore (cr);
  return TRUE;
}

static double
get_used_mm (const Composer *c, guint n_pages)
{
  double used = 0;

  for (guint page = 0; page < n_pages; page++)
    used = MAX (used, pv_text_flow_get_used_height (c->flow, page));
  return ceil (pv_print_pt_to_mm (used));
}

/* A roll is cut after what is on it: whole millimetres, because printers round sizes down. What is longer than a printer
 * takes becomes sheets that share it evenly: a job has one size for all its sheets. */
static Sheets
break_roll (const Composer *c)
{
  double edges_mm = c->look->top_mm + c->look->bottom_mm;
  Sheets sheets = { pv_text_flow_paginate (c->flow, mm (PV_RECEIPT_MAX_ROLL_MM - edges_mm)), 0, FALSE };
  double height_mm;

  if (sheets.n > 1) {
    sheets.has_footer = TRUE;
    edges_mm += c->look->footer_mm;
    height_mm = PV_RECEIPT_MAX_ROLL_MM - edges_mm;
    sheets.n = pv_text_flow_paginate (c->flow, mm (height_mm));
    while (pv_text_flow_paginate (c->flow, mm (height_mm - ROLL_STEP_MM)) == sheets.n)
      height_mm -= ROLL_STEP_MM;
    pv_text_flow_paginate (c->flow, mm (height_mm));
  }
  sheets.height_mm = CLAMP (get_used_mm (c, sheets.n) + edges_mm, PV_RECEIPT_MIN_ROLL_MM, PV_RECEIPT_MAX_ROLL_MM);
  return sheets;
}

static Sheets
break_into_sheets (const Composer *c)
{
  const Look *look = c->look;

  if (c->media == PV_PRINT_MEDIA_ROLL_80MM)
    return break_roll (c);
  return (
    Sheets){ pv_text_flow_paginate (c->flow, mm (A4_HEIGHT_MM - look->top_mm - look->bottom_mm - look->footer_mm)),
             A4_HEIGHT_MM, TRUE };
}

static gboolean
draw (const Composer *c, PvBuffer *pdf, GError **error)
{
  const Look *look = c->look;
  Sheets sheets = break_into_sheets (c);
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (write_cb, pdf, mm (look->width_mm), mm (sheets.height_mm));
  cairo_t *cr = cairo_create (surface);
  gboolean is_drawn = TRUE;
  cairo_status_t status;

  /* Generic: it is what a viewer's window shows. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, _ ("Receipt"));
  if (sheets.n > PV_PDF_MAX_PAGES) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_TOO_LARGE, "%u pages", sheets.n);
    is_drawn = FALSE;
  }
  for (guint page = 0; is_drawn && page < sheets.n; page++) {
    cairo_save (cr);
    cairo_translate (cr, mm (look->margin_mm), mm (look->top_mm));
    pv_text_flow_draw_page (c->flow, cr, page);
    cairo_restore (cr);
    if (sheets.has_footer)
      is_drawn = draw_footer (c, cr, page, &sheets, error);
    cairo_show_page (cr);
  }
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
lay_out (Composer *c, double gaps, GError **error)
{
  double width = mm (c->look->width_mm - 2 * c->look->margin_mm);

  c->gaps = gaps;
  c->flow = pv_text_flow_new (width, c->language, pv_language_is_right_to_left (c->language), error);
  if (c->flow == NULL)
    return 0;
  compose (c);
  return break_into_sheets (c).n;
}

/* A last sheet that holds a few lines only is saved if narrower gaps can do it. */
static gboolean
lay_out_well (Composer *c, GError **error)
{
  guint n_sheets = lay_out (c, 1.0, error);
  Composer narrow = *c;

  if (n_sheets <= 1)
    return n_sheets == 1;
  if (lay_out (&narrow, NARROW_GAPS, NULL) < n_sheets && narrow.flow != NULL) {
    pv_text_flow_free (c->flow);
    *c = narrow;
  } else {
    pv_text_flow_free (narrow.flow);
  }
  return TRUE;
}

GBytes *
pv_receipt_render_pdf (const PvReceipt *receipt, PvPrintMedia media, GError **error)
{
  guint percent = CLAMP (receipt->text_percent, MIN_PERCENT, MAX_PERCENT);
  guint n_lines =
    (receipt->lines != NULL ? receipt->lines->len : 0) + (receipt->documents != NULL ? receipt->documents->len : 0);
  Composer composer = {
    .receipt = receipt,
    .media = media,
    .look = &looks[media],
    .language = receipt->language != NULL ? receipt->language : "fr",
    .scale = percent / 100.0,
    .growth = sqrt (percent / 100.0),
  };
  PvBuffer pdf = { 0 };
  GBytes *bytes = NULL;

  if (n_lines > PV_RECEIPT_MAX_LINES) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_TOO_LARGE, "%u lines", n_lines);
    return NULL;
  }
  if (!lay_out_well (&composer, error))
    return NULL;
  if (draw (&composer, &pdf, error))
    bytes = pv_buffer_steal_bytes (&pdf);
  pv_buffer_clear (&pdf);
  pv_text_flow_free (composer.flow);
  return bytes;
}
