/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/text-layout.h"

/* Sizes are in units of Pango where nothing else is said. */
struct _PvTextLayout {
  GtkLayoutManager parent_instance;
  guint distrust_id; /* of an idle */
  /* What the rest was found for. */
  PangoLayout *own;          /* (nullable): the label's; another text is another layout */
  PangoAttrList *attributes; /* (nullable) */
  guint serial;              /* of the context: changes with the font */
  int least, most;           /* widths that were wished in characters, or -1 */
  PangoWrapMode wrap;
  /* What was found. */
  gboolean is_doubtful; /* left to GTK */
  PangoLogAttr *breaks; /* (array length=n_chars+1) */
  int *widths;          /* (array length=n_chars) */
  int n_chars, n_paragraphs;
  PangoFont *font; /* not owned: of the first letters */
  int line_width;  /* of the widest paragraph in one line */
  int word_width;  /* of the widest part that is not broken */
  int line_height, baseline;
};

G_DEFINE_FINAL_TYPE (PvTextLayout, pv_text_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Like GTK's: an average letter or digit. */
static int
char_width (PangoContext *context)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                   pango_font_metrics_get_approximate_digit_width (metrics));

  pango_font_metrics_unref (metrics);
  return width;
}

static void
find_wishes (GtkLabel *label, PangoContext *context, int *ret_least, int *ret_most)
{
  int least = gtk_label_get_width_chars (label);
  int most = gtk_label_get_max_width_chars (label);
  int each = least < 0 && most < 0 ? 0 : char_width (context);

  *ret_least = least < 0 ? -1 : least * each;
  *ret_most = most < 0 ? -1 : MAX (least, most) * each;
}

/* ---- reading what Pango made of the text ---- */

static void
read_run (PvTextLayout *self, const char *text, PangoGlyphItem *run)
{
  int first = (int) g_utf8_pointer_to_offset (text, text + run->item->offset);

  if (self->font == NULL)
    self->font = run->item->analysis.font;
  if (run->item->analysis.font != self->font)
    self->is_doubtful = TRUE;
  if (first + run->item->num_chars <= self->n_chars)
    pango_glyph_item_get_logical_widths (run, text, self->widths + first);
}

/* A space at the end of a line takes no room; a second one before it does. */
static gboolean
is_free (PvTextLayout *self, int i)
{
  return self->breaks[i].is_white && self->breaks[i + 1].is_line_break;
}

/* Each paragraph of @layout is one line. */
static void
read_text (PvTextLayout *self, PangoLayout *layout)
{
  const char *text = pango_layout_get_text (layout);
  const PangoLogAttr *attrs;
  int n_attrs, height;
  int word = 0;

  attrs = pango_layout_get_log_attrs_readonly (layout, &n_attrs);
  self->n_chars = n_attrs - 1;
  self->breaks = g_memdup2 (attrs, sizeof *attrs * (gsize) n_attrs);
  self->widths = g_new0 (int, (gsize) n_attrs);
  self->font = NULL;
  self->is_doubtful = FALSE;
  for (GSList *line = pango_layout_get_lines_readonly (layout); line != NULL; line = line->next)
    for (GSList *run = ((PangoLayoutLine *) line->data)->runs; run != NULL; run = run->next)
      read_run (self, text, run->data);
  self->n_paragraphs = pango_layout_get_line_count (layout);
  pango_layout_get_size (layout, &self->line_width, &height);
  self->line_height = MAX (1, height / MAX (1, self->n_paragraphs));
  self->baseline = pango_layout_get_baseline (layout);
  self->word_width = 0;
  for (int i = 0; i < self->n_chars; i++) {
    if (self->breaks[i].is_line_break || (self->wrap != PANGO_WRAP_WORD && self->breaks[i].is_char_break))
      word = 0;
    if (!is_free (self, i))
      self->word_width = MAX (self->word_width, word + self->widths[i]);
    word += self->widths[i];
  }
}

static void
forget (PvTextLayout *self)
{
  g_clear_object (&self->own);
  g_clear_pointer (&self->attributes, pango_attr_list_unref);
  g_clear_pointer (&self->breaks, g_free);
  g_clear_pointer (&self->widths, g_free);
}

/* A label without a place yet does not need its layout. @width: in units of Pango.  (transfer full) */
static PangoLayout *
lay_out (GtkLabel *label, int width)
{
  PangoLayout *own = gtk_label_get_layout (label);
  PangoLayout *layout = gtk_widget_get_width (GTK_WIDGET (label)) <= 1 ? g_object_ref (own) : pango_layout_copy (own);

  pango_layout_set_width (layout, width);
  return layout;
}

/* Pango takes half of the spacing away at the ends of a line. */
static gboolean
has_letter_spacing (PangoAttrList *attributes)
{
  PangoAttrIterator *at = attributes != NULL ? pango_attr_list_get_iterator (attributes) : NULL;
  gboolean found = FALSE;

  if (at == NULL)
    return FALSE;
  do
    found = found || pango_attr_iterator_get (at, PANGO_ATTR_LETTER_SPACING) != NULL;
  while (pango_attr_iterator_next (at));
  pango_attr_iterator_destroy (at);
  return found;
}

/* A layout manager is not told when its label changes: looks at it each time. */
static void
refresh (PvTextLayout *self, GtkLabel *label)
{
  PangoLayout *own = gtk_label_get_layout (label);
  PangoContext *context = pango_layout_get_context (own);
  PangoAttrList *attributes = pango_layout_get_attributes (own);
  g_autoptr (PangoLayout) layout = NULL;
  int least, most;

  find_wishes (label, context, &least, &most);
  if (own == self->own && pango_context_get_serial (context) == self->serial && least == self->least
      && most == self->most && gtk_label_get_wrap_mode (label) == self->wrap
      && (attributes == self->attributes || pango_attr_list_equal (attributes, self->attributes)))
    return;
  forget (self);
  self->own = g_object_ref (own);
  self->attributes = attributes != NULL ? pango_attr_list_ref (attributes) : NULL;
  self->serial = pango_context_get_serial (context);
  self->least = least;
  self->most = most;
  self->wrap = gtk_label_get_wrap_mode (label);
  layout = lay_out (label, -1);
  read_text (self, layout);
  if (has_letter_spacing (attributes))
    self->is_doubtful = TRUE;
}

/* ---- counting ---- */

/* How many lines Pango will make at a width: each takes as many words as go in. */
static int
count_lines (PvTextLayout *self, int width)
{
  int lines = self->n_paragraphs;
  int used = 0;
  int since_break = 0; /* of what is used, what would go to the next line */
  gboolean has_break = FALSE;

  for (int i = 0; i < self->n_chars; i++) {
    const PangoLogAttr *at = &self->breaks[i];
    if (at->is_mandatory_break) {
      used = since_break = 0;
      has_break = FALSE;
    } else if (at->is_line_break) {
      has_break = used > 0;
      since_break = 0;
    }
    if (!is_free (self, i) && used + self->widths[i] > width && has_break) {
      lines++;
      used = since_break;
      has_break = FALSE;
    }
    if (!is_free (self, i) && used > 0 && used + self->widths[i] > width && self->wrap != PANGO_WRAP_WORD
        && at->is_char_break) {
      lines++;
      used = since_break = 0;
    }
    used += self->widths[i];
    since_break += self->widths[i];
  }
  return lines;
}

/* Pixels: the least width at which there are at most @lines. */
static int
narrowest (PvTextLayout *self, int lines)
{
  int min = PANGO_PIXELS_CEIL (MAX (self->least, self->word_width));
  int max = MAX (min, PANGO_PIXELS_CEIL (self->line_width));

  while (min < max) {
    int middle = (min + max) / 2;
    if (count_lines (self, middle * PANGO_SCALE) > lines)
      min = middle + 1;
    else
      max = middle;
  }
  return min;
}

/* ---- the layout manager ---- */

static void
measure_width (PvTextLayout *self, GtkLabel *label, int height, int *minimum, int *natural)
{
  int width = self->line_width;

  if (height >= 0) {
    *minimum = *natural = narrowest (self, MAX (height * PANGO_SCALE / self->line_height, self->n_paragraphs));
    return;
  }
  if (self->most >= 0 && width > self->most) {
    g_autoptr (PangoLayout) layout = lay_out (label, self->most);
    pango_layout_get_size (layout, &width, NULL);
  }
  *minimum = PANGO_PIXELS_CEIL (MAX (self->word_width, self->least));
  *natural = MAX (PANGO_PIXELS_CEIL (width), *minimum);
}

/* Pixels. @width: in units of Pango */
static int
height_for (PvTextLayout *self, int width)
{
  return PANGO_PIXELS_CEIL (count_lines (self, width) * self->line_height);
}

/* A text that breaks inside of words and has no least width may be as narrow as a letter and a hyphen. */
static gboolean
can_count (GtkLabel *label)
{
  return gtk_label_get_wrap (label) && gtk_label_get_ellipsize (label) == PANGO_ELLIPSIZE_NONE
         && (gtk_label_get_wrap_mode (label) == PANGO_WRAP_WORD || gtk_label_get_width_chars (label) >= 0);
}

static void
pv_text_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                        int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  PvTextLayout *self = PV_TEXT_LAYOUT (manager);
  GtkLabel *label = GTK_LABEL (widget);
  gboolean is_counted = can_count (label);

  /* GTK tries sizes beyond all reason. */
  for_size = MIN (for_size, G_MAXINT / PANGO_SCALE);
  if (is_counted)
    refresh (self, label);
  if (!is_counted || self->is_doubtful) {
    GTK_WIDGET_GET_CLASS (widget)->measure (widget, orientation, for_size, minimum, natural, minimum_baseline,
                                            natural_baseline);
  } else if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    measure_width (self, label, for_size, minimum, natural);
  } else {
    *minimum = height_for (self, for_size < 0 ? self->line_width : for_size * PANGO_SCALE);
    *natural = for_size < 0 && self->most >= 0 ? height_for (self, self->most) : *minimum;
    *minimum_baseline = *natural_baseline = PANGO_PIXELS_CEIL (self->baseline);
  }
}

static gboolean
distrust_cb (gpointer user_data)
{
  PvTextLayout *self = PV_TEXT_LAYOUT (user_data);
  GtkWidget *widget = gtk_layout_manager_get_widget (GTK_LAYOUT_MANAGER (self));

  self->distrust_id = 0;
  self->is_doubtful = TRUE;
  if (widget != NULL)
    gtk_widget_queue_resize (widget);
  return G_SOURCE_REMOVE;
}

/* What was counted is held against what will be drawn, which is laid out anyway. */
static void
pv_text_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  PvTextLayout *self = PV_TEXT_LAYOUT (manager);
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (widget));

  GTK_WIDGET_GET_CLASS (widget)->size_allocate (widget, width, height, baseline);
  if (layout == self->own && !self->is_doubtful && self->distrust_id == 0
      && pango_layout_get_line_count (layout) > count_lines (self, width * PANGO_SCALE))
    self->distrust_id = g_idle_add_full (G_PRIORITY_HIGH, distrust_cb, self, NULL);
}

static GtkSizeRequestMode
pv_text_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  (void) manager;
  return GTK_WIDGET_GET_CLASS (widget)->get_request_mode (widget);
}

static void
pv_text_layout_finalize (GObject *object)
{
  g_clear_handle_id (&PV_TEXT_LAYOUT (object)->distrust_id, g_source_remove);
  forget (PV_TEXT_LAYOUT (object));
  G_OBJECT_CLASS (pv_text_layout_parent_class)->finalize (object);
}

static void
pv_text_layout_class_init (PvTextLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pv_text_layout_finalize;
  layout_class->measure = pv_text_layout_measure;
  layout_class->allocate = pv_text_layout_allocate;
  layout_class->get_request_mode = pv_text_layout_get_request_mode;
}

static void
pv_text_layout_init (PvTextLayout *self)
{
  (void) self;
}

GtkLayoutManager *
pv_text_layout_new (void)
{
  return g_object_new (PV_TYPE_TEXT_LAYOUT, NULL);
}
