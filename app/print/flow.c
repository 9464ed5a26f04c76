/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/flow.h"

#include "print/fonts.h"

#include <math.h>
#include <string.h>

#define ZERO_WIDTH_SPACE "\u200b"
/* Where a line may end without a hyphen being added. */
#define WORD_END "\\s+|(?<=[-/@.])"

/* Lines of a broken paragraph that must stand together on either side of the break. */
enum { MIN_LINES = 2 };

typedef enum { PIECE_TEXT, PIECE_RULE, PIECE_FRAME, PIECE_QR } PieceKind;

typedef struct {
  PieceKind kind;
  double x, y, width, height;
  double thickness, radius;
  PangoLayout *layout; /* TEXT, owned */
  GArray *tops;        /* TEXT, owned (element-type double): of its lines, and the end of the last */
  PvQr *qr;            /* QR, owned */
  double dot, module;  /* QR */
  PvTextTag tag;       /* TEXT */
  char *alternative;   /* QR (nullable) */
} Piece;

struct PvBox {
  PvTextFlow *flow;  /* borrowed */
  GPtrArray *pieces; /* (element-type Piece) */
  double space_before, height;
  gboolean is_kept_with_next;
};

/* A box, or some lines of it, on a page. */
typedef struct {
  const PvBox *box;
  guint page;
  double y;
  int first_line, n_lines; /* n_lines 0 = the whole box */
} Placement;

struct PvTextFlow {
  PangoContext *context; /* owned */
  double width;
  gboolean is_rtl;
  GPtrArray *boxes;   /* (element-type PvBox) */
  GArray *placements; /* (element-type Placement) */
};

static void
piece_free (gpointer data)
{
  Piece *piece = data;

  g_clear_object (&piece->layout);
  g_clear_pointer (&piece->tops, g_array_unref);
  g_clear_pointer (&piece->qr, pv_qr_free);
  g_free (piece->alternative);
  g_free (piece);
}

static void
box_free (gpointer data)
{
  PvBox *box = data;

  g_ptr_array_unref (box->pieces);
  g_free (box);
}

PvTextFlow *
pv_text_flow_new (double width, const char *language, gboolean is_rtl, GError **error)
{
  PangoContext *context = pv_print_fonts_create_context (language, is_rtl, error);
  PvTextFlow *flow;

  if (context == NULL)
    return NULL;
  flow = g_new0 (PvTextFlow, 1);
  flow->context = context;
  flow->width = width;
  flow->is_rtl = is_rtl;
  flow->boxes = g_ptr_array_new_with_free_func (box_free);
  flow->placements = g_array_new (FALSE, TRUE, sizeof (Placement));
  return flow;
}

void
pv_text_flow_free (PvTextFlow *flow)
{
  if (flow == NULL)
    return;
  g_array_unref (flow->placements);
  g_ptr_array_unref (flow->boxes);
  g_object_unref (flow->context);
  g_free (flow);
}

double
pv_text_flow_get_width (const PvTextFlow *flow)
{
  return flow->width;
}

/* LEFT and RIGHT mean start and end here. Pango takes them for the direction of the context, and turns them round for a
 * paragraph of the other direction; a French name on an Arabic paper is to stand at the same edge as the rest. */
static PangoAlignment
get_alignment (const PvTextFlow *flow, PangoAlignment align, PangoLayout *layout)
{
  PangoDirection direction = pango_layout_line_get_resolved_direction (pango_layout_get_line_readonly (layout, 0));
  gboolean is_turned = direction == (flow->is_rtl ? PANGO_DIRECTION_LTR : PANGO_DIRECTION_RTL);

  if (align == PANGO_ALIGN_CENTER || flow->is_rtl == is_turned)
    return align;
  return align == PANGO_ALIGN_LEFT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

/* An address on a narrow paper breaks after "@", "." and "/", before pango sets a hyphen that somebody would copy. */
static char *
allow_breaks (const char *text)
{
  GString *result = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++) {
    g_string_append_c (result, *at);
    if (strchr ("@./", *at) != NULL && g_ascii_isalpha (at[1]))
      g_string_append (result, ZERO_WIDTH_SPACE);
  }
  return g_string_free (result, FALSE);
}

static PangoLayout *
create_layout (PvTextFlow *flow, const PvTextStyle *style, const char *text)
{
  g_autofree char *breakable = allow_breaks (text);
  PangoLayout *layout = pango_layout_new (flow->context);
  g_autoptr (PangoFontDescription) description =
    pango_font_description_copy (pango_context_get_font_description (flow->context));

  pango_font_description_set_absolute_size (description, style->size_pt * PANGO_SCALE);
  pango_font_description_set_weight (description, style->weight);
  pango_layout_set_font_description (layout, description);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, breakable, -1);
  pango_layout_set_alignment (layout, get_alignment (flow, style->align, layout));
  return layout;
}

double
pv_text_flow_measure_width (PvTextFlow *flow, const PvTextStyle *style, const char *text)
{
  g_autoptr (PangoLayout) layout = create_layout (flow, style, text);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

double
pv_text_flow_measure_word (PvTextFlow *flow, const PvTextStyle *style, const char *text)
{
  g_auto (GStrv) words = g_regex_split_simple (WORD_END, text, 0, 0);
  double longest = 0;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      longest = MAX (longest, pv_text_flow_measure_width (flow, style, words[i]));
  return longest;
}

PvBox *
pv_text_flow_add_box (PvTextFlow *flow, double space_before)
{
  PvBox *box = g_new0 (PvBox, 1);

  box->flow = flow;
  box->space_before = space_before;
  box->pieces = g_ptr_array_new_with_free_func (piece_free);
  g_ptr_array_add (flow->boxes, box);
  return box;
}

void
pv_box_keep_with_next (PvBox *box)
{
  box->is_kept_with_next = TRUE;
}

double
pv_box_get_height (const PvBox *box)
{
  return box->height;
}

static Piece *
add_piece (PvBox *box, PieceKind kind, double start, double y, double width, double height)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->kind = kind;
  piece->x = box->flow->is_rtl ? box->flow->width - start - width : start;
  piece->y = y;
  piece->width = width;
  piece->height = height;
  g_ptr_array_add (box->pieces, piece);
  box->height = MAX (box->height, y + height);
  return piece;
}

static GArray *
list_line_tops (PangoLayout *layout)
{
  GArray *tops = g_array_new (FALSE, FALSE, sizeof (double));
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  PangoRectangle logical;
  double top;
  int height;

  do {
    pango_layout_iter_get_line_extents (iter, NULL, &logical);
    top = (double) logical.y / PANGO_SCALE;
    g_array_append_val (tops, top);
  } while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  pango_layout_get_size (layout, NULL, &height);
  top = (double) height / PANGO_SCALE;
  g_array_append_val (tops, top);
  return tops;
}

double
pv_box_add_text (PvBox *box, const PvTextStyle *style, const char *text, double start, double y, double width)
{
  PangoLayout *layout;
  Piece *piece;
  int height;

  if (text == NULL || *text == '\0')
    return 0;
  layout = create_layout (box->flow, style, text);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_get_size (layout, NULL, &height);
  piece = add_piece (box, PIECE_TEXT, start, y, width, (double) height / PANGO_SCALE);
  piece->layout = layout;
  piece->tops = list_line_tops (layout);
  return (double) height / PANGO_SCALE;
}

static Piece *
find_last (PvBox *box, PieceKind kind)
{
  for (guint i = box->pieces->len; i > 0; i--) {
    Piece *piece = g_ptr_array_index (box->pieces, i - 1);

    if (piece->kind == kind)
      return piece;
  }
  return NULL;
}

void
pv_box_set_tag (PvBox *box, PvTextTag tag)
{
  Piece *piece = find_last (box, PIECE_TEXT);

  if (piece != NULL)
    piece->tag = tag;
}

void
pv_box_set_alternative (PvBox *box, const char *text)
{
  Piece *piece = find_last (box, PIECE_QR);

  if (piece == NULL)
    return;
  g_free (piece->alternative);
  piece->alternative = g_strdelimit (g_strdup (text), "\n", ' ');
}

void
pv_box_add_rule (PvBox *box, double y, double thickness)
{
  add_piece (box, PIECE_RULE, 0, y, box->flow->width, thickness);
}

void
pv_box_add_frame (PvBox *box, double height, double thickness, double radius)
{
  Piece *piece = add_piece (box, PIECE_FRAME, 0, 0, box->flow->width, height);

  piece->thickness = thickness;
  piece->radius = radius;
}

void
pv_box_add_qr (PvBox *box, PvQr *qr, double start, double y, double dot, guint module_dots)
{
  double module = dot * module_dots;
  double side = (pv_qr_get_size (qr) + 2 * PV_QR_QUIET_MODULES) * module;
  Piece *piece = add_piece (box, PIECE_QR, start, y, side, side);

  piece->qr = qr;
  piece->dot = dot;
  piece->module = module;
}

/* The only text of a box, which may be broken; else NULL. */
static const Piece *
get_breakable_text (const PvBox *box)
{
  const Piece *piece = box->pieces->len == 1 ? g_ptr_array_index (box->pieces, 0) : NULL;

  if (piece == NULL || piece->kind != PIECE_TEXT || (int) piece->tops->len - 1 < 2 * MIN_LINES)
    return NULL;
  return piece;
}

/* Top of @line and bottom of the line before it, from the top of the text. */
static double
get_line_top (const Piece *text, int line)
{
  return g_array_index (text->tops, double, MIN (line, (int) text->tops->len - 1));
}

static int
count_lines (const Piece *text)
{
  return (int) text->tops->len - 1;
}

/* How many lines from @first on fit into @room; 0 if the text is better begun on the next page. */
static int
count_fitting_lines (const Piece *text, int first, double room)
{
  int total = count_lines (text);
  double top = get_line_top (text, first);
  int n = 0;

  while (first + n < total && get_line_top (text, first + n + 1) - top <= room)
    n++;
  if (first + n < total && total - first - n < MIN_LINES)
    n = total - first - MIN_LINES;
  return n < MIN_LINES ? 0 : n;
}

/* Height that must fit under a heading for it to stay on the page: the next box, or its first lines. */
static double
get_needed_height (const PvTextFlow *flow, guint index)
{
  const PvBox *box = g_ptr_array_index (flow->boxes, index);
  const Piece *text = get_breakable_text (box);
  double needed = text != NULL ? get_line_top (text, MIN_LINES) : box->height;

  if (box->is_kept_with_next && index + 1 < flow->boxes->len) {
    const PvBox *next = g_ptr_array_index (flow->boxes, index + 1);
    needed = box->height + next->space_before + get_needed_height (flow, index + 1);
  }
  return needed;
}

typedef struct {
  guint page;
  double y, height;
  gboolean is_fresh; /* nothing on the page yet */
} Cursor;

static void
turn_page (Cursor *cursor)
{
  cursor->page++;
  cursor->y = 0;
  cursor->is_fresh = TRUE;
}

static void
place (PvTextFlow *flow, Cursor *cursor, const PvBox *box, double height, int first_line, int n_lines)
{
  Placement placement = { box, cursor->page, cursor->y, first_line, n_lines };

  g_array_append_val (flow->placements, placement);
  cursor->y += height;
  cursor->is_fresh = FALSE;
}

static void
place_lines (PvTextFlow *flow, Cursor *cursor, const PvBox *box, const Piece *text)
{
  int total = count_lines (text);
  int line = 0;

  while (line < total) {
    int n = count_fitting_lines (text, line, cursor->height - cursor->y);
    if (n == 0 && !cursor->is_fresh) {
      turn_page (cursor);
      continue;
    }
    n = n == 0 ? MIN (MIN_LINES, total - line) : n; /* a page lower than two lines: go on all the same */
    place (flow, cursor, box, get_line_top (text, line + n) - get_line_top (text, line), line, n);
    line += n;
    if (line < total)
      turn_page (cursor);
  }
}

guint
pv_text_flow_paginate (PvTextFlow *flow, double height)
{
  Cursor cursor = { .page = 0, .y = 0, .height = height, .is_fresh = TRUE };

  g_array_set_size (flow->placements, 0);
  for (guint i = 0; i < flow->boxes->len; i++) {
    const PvBox *box = g_ptr_array_index (flow->boxes, i);
    double before = cursor.is_fresh ? 0 : box->space_before;
    const Piece *text = get_breakable_text (box);

    if (!cursor.is_fresh && cursor.y + before + get_needed_height (flow, i) > height) {
      turn_page (&cursor);
      before = 0;
    }
    cursor.y += before;
    if (text != NULL && cursor.y + box->height > height)
      place_lines (flow, &cursor, box, text);
    else
      place (flow, &cursor, box, box->height, 0, 0);
  }
  return flow->boxes->len == 0 ? 0 : cursor.page + 1;
}

double
pv_text_flow_get_used_height (const PvTextFlow *flow, guint page)
{
  double used = 0;

  for (guint i = 0; i < flow->placements->len; i++) {
    const Placement *placement = &g_array_index (flow->placements, Placement, i);
    const Piece *text = placement->n_lines > 0 ? get_breakable_text (placement->box) : NULL;
    double height = placement->box->height;

    if (placement->page != page)
      continue;
    if (text != NULL)
      height =
        get_line_top (text, placement->first_line + placement->n_lines) - get_line_top (text, placement->first_line);
    used = MAX (used, placement->y + height);
  }
  return used;
}

static void
draw_frame (const Piece *piece, cairo_t *cr)
{
  double inset = piece->thickness / 2;
  double x = piece->x + inset, y = piece->y + inset;
  double right = piece->x + piece->width - inset, bottom = piece->y + piece->height - inset, r = piece->radius;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - r, y + r, r, -G_PI_2, 0);
  cairo_arc (cr, right - r, bottom - r, r, 0, G_PI_2);
  cairo_arc (cr, x + r, bottom - r, r, G_PI_2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
  cairo_set_line_width (cr, piece->thickness);
  cairo_stroke (cr);
}

/* One path of all rows, neighbours joined: no seams between modules. */
static void
draw_qr (const Piece *piece, cairo_t *cr)
{
  guint size = pv_qr_get_size (piece->qr);
  double quiet = PV_QR_QUIET_MODULES * piece->module;
  double left = piece->x, top = piece->y;

  cairo_user_to_device (cr, &left, &top);
  left = round (left / piece->dot) * piece->dot;
  top = round (top / piece->dot) * piece->dot;
  cairo_device_to_user (cr, &left, &top);
  for (guint y = 0; y < size; y++) {
    for (guint x = 0; x < size;) {
      guint run = 0;
      while (x + run < size && pv_qr_is_dark (piece->qr, x + run, y))
        run++;
      if (run > 0)
        cairo_rectangle (cr, left + quiet + x * piece->module, top + quiet + y * piece->module, run * piece->module,
                         piece->module);
      x += MAX (run, 1);
    }
  }
  cairo_fill (cr);
}

/* A letter as "J" may begin before its line, and end after it: beyond the column, a printer's head may cut it off.
 * Returns: by how much to move the line. */
static double
get_overhang (const Piece *piece, const PangoRectangle *ink, double column)
{
  double left = piece->x + (double) ink->x / PANGO_SCALE, right = left + (double) ink->width / PANGO_SCALE;

  return left < 0 ? -left : right > column ? column - right : 0;
}

static void
draw_text (const Piece *piece, cairo_t *cr, double column, int first_line, int n_lines)
{
  int last = n_lines > 0 ? first_line + n_lines : count_lines (piece);
  double top = get_line_top (piece, first_line);
  PangoLayoutIter *iter = pango_layout_get_iter (piece->layout);
  PangoRectangle ink, logical;

  for (int line = 0; line < last; line++) {
    if (line >= first_line) {
      pango_layout_iter_get_line_extents (iter, &ink, &logical);
      cairo_move_to (cr, piece->x + (double) logical.x / PANGO_SCALE + get_overhang (piece, &ink, column),
                     piece->y + (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE - top);
      pango_cairo_show_layout_line (cr, pango_layout_iter_get_line_readonly (iter));
    }
    pango_layout_iter_next_line (iter);
  }
  pango_layout_iter_free (iter);
}

char *
pv_text_flow_join_alternatives (const PvTextFlow *flow)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; i < flow->boxes->len; i++) {
    const PvBox *box = g_ptr_array_index (flow->boxes, i);

    for (guint p = 0; p < box->pieces->len; p++) {
      const Piece *piece = g_ptr_array_index (box->pieces, p);

      if (piece->kind == PIECE_QR)
        g_ptr_array_add (lines, piece->alternative != NULL ? piece->alternative : (char *) "");
    }
  }
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* What is open in the tree of tags. Labels and values that follow one another are one list, on each page anew: a list that
 * stays open would have the number of the page in it. */
typedef struct {
  cairo_t *cr;
  double column; /* beyond it, a head may cut letters off */
  gboolean in_list, in_item;
} Tags;

static void
close_item (Tags *tags)
{
  if (tags->in_item)
    cairo_tag_end (tags->cr, "LI");
  tags->in_item = FALSE;
}

static void
close_list (Tags *tags)
{
  close_item (tags);
  if (tags->in_list)
    cairo_tag_end (tags->cr, "L");
  tags->in_list = FALSE;
}

/* Returns: the tag to close; NULL: none */
static const char *
open_text (Tags *tags, PvTextTag tag)
{
  static const char *const names[] = {
    [PV_TAG_P] = "P",       [PV_TAG_H1] = "H1",       [PV_TAG_H2] = "H2",
    [PV_TAG_LABEL] = "Lbl", [PV_TAG_VALUE] = "LBody", [PV_TAG_NONE] = NULL,
  };

  if (tag != PV_TAG_LABEL && tag != PV_TAG_VALUE) {
    close_list (tags);
  } else {
    if (tag == PV_TAG_LABEL)
      close_item (tags);
    if (!tags->in_list)
      cairo_tag_begin (tags->cr, "L", NULL);
    if (!tags->in_item)
      cairo_tag_begin (tags->cr, "LI", NULL);
    tags->in_list = tags->in_item = TRUE;
  }
  if (names[tag] != NULL)
    cairo_tag_begin (tags->cr, names[tag], NULL);
  return names[tag];
}

static void
draw_piece (Tags *tags, const Placement *placement, const Piece *piece)
{
  cairo_t *cr = tags->cr;
  const char *tag;

  switch (piece->kind) {
  case PIECE_TEXT:
    tag = open_text (tags, piece->tag);
    draw_text (piece, cr, tags->column, placement->first_line, placement->n_lines);
    if (tag != NULL)
      cairo_tag_end (cr, tag);
    break;
  case PIECE_RULE:
    cairo_rectangle (cr, piece->x, piece->y, piece->width, piece->height);
    cairo_fill (cr);
    break;
  case PIECE_FRAME:
    draw_frame (piece, cr);
    break;
  case PIECE_QR:
    close_list (tags);
    cairo_tag_begin (cr, "Figure", NULL);
    draw_qr (piece, cr);
    cairo_tag_end (cr, "Figure");
    break;
  }
}

void
pv_text_flow_draw_page (const PvTextFlow *flow, cairo_t *cr, guint page)
{
  Tags tags = { .cr = cr, .column = flow->width };

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < flow->placements->len; i++) {
    const Placement *placement = &g_array_index (flow->placements, Placement, i);

    if (placement->page != page)
      continue;
    cairo_save (cr);
    cairo_translate (cr, 0, placement->y);
    for (guint p = 0; p < placement->box->pieces->len; p++)
      draw_piece (&tags, placement, g_ptr_array_index (placement->box->pieces, p));
    cairo_restore (cr);
  }
  close_list (&tags);
}
