/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/pager.h"

#include <glib/gi18n-lib.h>

#include "view/controls.h"
#include "view/flow.h"
#include "view/icon.h"
#include "view/relations.h"
#include "view/theme.h"

/* More pages than any screen-state needs; ends a loop whatever the sizes are. */
enum { MAX_PAGES = 24, SLACK = 1, LEAD_PX = 12 };

struct _PvPager {
  GtkWidget parent_instance;
  GtkWidget *clip; /* what lies outside of it is neither drawn nor touched */
  GtkWidget *content;
  GtkWidget *bar, *previous, *next, *label;
  int starts[MAX_PAGES], ends[MAX_PAGES];
  guint n_pages;
  guint page;
  int total, top; /* height of the content, and where the page begins */
  int given;      /* height that it was given */
  guint update_id;
  gboolean is_side;    /* the bar stands beside the page */
  GtkWidget *wanted;   /* (nullable): weak; turned to once its page is known */
  GtkWidget *followed; /* (nullable): weak; that, until the person goes elsewhere */
};

typedef struct {
  int top, bottom;
} Span;

G_DEFINE_FINAL_TYPE (PvPager, pv_pager, GTK_TYPE_WIDGET)

/* A further page begins this much lower: what stands above the pager may be touched, too. Where height is what lacks, the bar
 * stands beside the page and nothing is to be touched above it. */
static int
get_lead (PvPager *self, guint page)
{
  return page > 0 && !self->is_side ? pv_theme_px (LEAD_PX) : 0;
}

/* What stays together: on the first page, or on one that begins lower. */
static gboolean
fits_page (PvPager *self, const Span *span, int height)
{
  return span->bottom <= height || span->bottom - span->top <= height - get_lead (self, 1);
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_SCROLLED_WINDOW (widget);
}

/* The control that @label is of; what stands between them goes with both. NULL if a page does not hold them. */
static GtkWidget *
find_labelled (PvPager *self, GtkWidget *label, int height, Span *ret_span)
{
  GtkWidget *last = gtk_widget_get_next_sibling (label);
  graphene_rect_t first_box, last_box;

  while (last != NULL
         && (!gtk_widget_get_visible (last) || GTK_IS_LABEL (last) || gtk_widget_has_css_class (last, "privacy")))
    last = gtk_widget_get_next_sibling (last);
  if (last == NULL || !gtk_widget_get_visible (label) || !gtk_widget_compute_bounds (label, self->clip, &first_box)
      || !gtk_widget_compute_bounds (last, self->clip, &last_box))
    return NULL;
  ret_span->top = (int) first_box.origin.y;
  ret_span->bottom = (int) (last_box.origin.y + last_box.size.height + 0.5F);
  return fits_page (self, ret_span, height) ? last : NULL;
}

/* Lines and controls, which are shown whole or not at all; relative to the clip, where the content now begins at 0. (A
 * widget's own coordinates begin inside its padding.) */
static void
collect_spans (PvPager *self, GtkWidget *widget, int height, GArray *spans)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  graphene_rect_t box;
  Span whole;
  int n_lines = 1;

  if (!gtk_widget_get_visible (widget) || !gtk_widget_compute_bounds (widget, self->clip, &box)
      || box.size.height < 1.0F)
    return;
  whole = (Span){ (int) box.origin.y, (int) (box.origin.y + box.size.height + 0.5F) };
  /* What belongs together stays together, unless a page is too low for it. */
  if (child != NULL && !is_control (widget)
      && !(gtk_widget_has_css_class (widget, "whole") && fits_page (self, &whole, height))) {
    for (; child != NULL; child = gtk_widget_get_next_sibling (child)) {
      Span span;
      GtkWidget *last =
        gtk_widget_has_css_class (child, "field-label") ? find_labelled (self, child, height, &span) : NULL;

      if (last == NULL) {
        collect_spans (self, child, height, spans);
      } else {
        g_array_append_val (spans, span);
        child = last;
      }
    }
    return;
  }
  if (GTK_IS_LABEL (widget))
    n_lines = MAX (1, pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (widget))));
  for (int i = 0; i < n_lines; i++) {
    double line = (double) box.size.height / n_lines;
    Span span = { (int) (box.origin.y + i * line), (int) (box.origin.y + (i + 1) * line + 0.5) };
    g_array_append_val (spans, span);
  }
}

/* The last height up to @end at which no span is cut; @end itself if one span fills the page. */
static int
clean_end (const GArray *spans, int start, int end)
{
  int wanted = end;
  gboolean is_moved = TRUE;

  while (is_moved) {
    is_moved = FALSE;
    for (guint i = 0; i < spans->len; i++) {
      const Span *span = &g_array_index (spans, Span, i);
      if (span->top < wanted && span->bottom > wanted + SLACK) {
        wanted = span->top;
        is_moved = TRUE;
      }
    }
  }
  return wanted > start ? wanted : end;
}

/* Where the next line or control begins; @end itself where one had to be cut because no page holds it. */
static int
next_start (const GArray *spans, int end, int total)
{
  int start = total;

  for (guint i = 0; i < spans->len; i++) {
    const Span *span = &g_array_index (spans, Span, i);
    if (span->top < end && span->bottom > end + SLACK)
      return end;
    if (span->top >= end)
      start = MIN (start, span->top);
  }
  return start;
}

static void
divide (PvPager *self, int total, int height)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));
  int start;

  collect_spans (self, self->content, height, spans);
  start = next_start (spans, 0, total);
  for (self->n_pages = 0; start < total && self->n_pages < MAX_PAGES; self->n_pages++) {
    int last = start + MAX (1, height - get_lead (self, self->n_pages));
    int end = last >= total ? total : clean_end (spans, start, last);

    self->starts[self->n_pages] = start;
    self->ends[self->n_pages] = end;
    start = next_start (spans, end, total);
  }
  self->page = MIN (self->page, MAX (self->n_pages, 1) - 1);
}

/* The page that has @widget; the one that is shown if none has. */
static guint
find_page (PvPager *self, GtkWidget *widget)
{
  graphene_rect_t box;
  float middle;

  if (self->n_pages < 2 || widget == NULL || !gtk_widget_is_ancestor (widget, self->content)
      || !gtk_widget_compute_bounds (widget, self->clip, &box))
    return self->page;
  /* What is higher than a page is shown from its beginning. */
  middle = box.origin.y + MIN (box.size.height, (float) (self->ends[0] - self->starts[0])) / 2 + (float) self->top;
  for (guint i = 0; i < self->n_pages; i++)
    if (middle < (float) self->ends[i])
      return i;
  return self->page;
}

static int
height_of (GtkWidget *widget, int width)
{
  int natural = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static gboolean
is_picture (GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_first_child (widget) == NULL && gtk_widget_has_css_class (widget, "whole");
}

/* Of what cannot be divided, nor what stands beside a picture: at least so high is one of them. */
static int
find_highest (GtkWidget *widget, int width)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  gboolean is_one =
    is_control (widget) || is_picture (widget) || (is_picture (child) && gtk_widget_has_css_class (widget, "whole"));
  int highest = 0;

  if (!gtk_widget_get_visible (widget))
    return 0;
  if (PV_IS_FLOW (widget))
    width = pv_flow_get_cell_width (PV_FLOW (widget), width);
  if (is_one)
    gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &highest, NULL, NULL, NULL);
  for (; child != NULL && !is_one; child = gtk_widget_get_next_sibling (child))
    highest = MAX (highest, find_highest (child, width));
  return highest;
}

int
pv_pager_get_least_height (PvPager *self, int width)
{
  GtkBorder padding;

  gtk_style_context_get_padding (gtk_widget_get_style_context (self->content), &padding);
  width = MAX (1, width - padding.left - padding.right);
  return find_highest (self->content, width) + (self->is_side ? 0 : height_of (self->bar, width) + get_lead (self, 1));
}

static void
pv_pager_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                  int *minimum_baseline, int *natural_baseline)
{
  PvPager *self = PV_PAGER (widget);

  /* GTK passes on a wish for another size only through parents that were measured since the last one; while the pager is
   * not shown, nobody else measures the clip. */
  gtk_widget_measure (self->clip, orientation, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (self->content, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = 0;
  *minimum_baseline = *natural_baseline = -1;
}

static GtkSizeRequestMode
pv_pager_get_request_mode (GtkWidget *widget)
{
  (void) widget;
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_clip_cb (GtkWidget *clip, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  (void) clip;
  (void) orientation;
  (void) for_size;
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
}

static void
allocate_clip_cb (GtkWidget *clip, int width, int height, int baseline)
{
  PvPager *self = PV_PAGER (gtk_widget_get_parent (clip));

  (void) height;
  (void) baseline;
  gtk_widget_measure (self->content, GTK_ORIENTATION_VERTICAL, width, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (self->content, width, self->total, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, (float) -self->top)));
}

/* Shows @height pixels of the content, from @top on, @lead pixels below the upper edge. */
static void
place_content (PvPager *self, int left, int width, int top, int height, int lead)
{
  const GtkAllocation window = { left, lead, width, height };

  self->top = top;
  gtk_widget_measure (self->clip, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->clip, &window, -1);
}

/* Which page it is stands between the two buttons, and is said with each. */
static void
name_button (GtkWidget *button, const char *name, const char *page)
{
  g_autofree char *words = g_strdup_printf ("%s, %s", name, page);

  pv_set_spoken_name (button, words);
  /* A screen reader has the page beside it. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Whoever is on a button that leads nowhere any more is handed on to the other one: a quick key must not begin anew, nor pass over
 * what comes after the two. */
static void
allow (GtkWidget *button, gboolean is_allowed, GtkWidget *other)
{
  if (!is_allowed && gtk_widget_is_focus (button) && gtk_widget_is_sensitive (other))
    gtk_widget_grab_focus (other);
  gtk_widget_set_sensitive (button, is_allowed);
}

/* From an idle: a text must not change while sizes are given out. */
static gboolean
update_bar_cb (gpointer user_data)
{
  PvPager *self = PV_PAGER (user_data);
  g_autofree char *text =
    g_strdup_printf (self->is_side ? "%u / %u" : _ ("Page %u of %u"), self->page + 1, self->n_pages);

  self->update_id = 0;
  pv_text_update (self->label, text);
  /* Here rather than in init: the language may have changed. */
  name_button (self->previous, _ ("Previous page"), text);
  name_button (self->next, _ ("Next page"), text);
  if (self->page > 0)
    gtk_widget_set_sensitive (self->previous, TRUE);
  allow (self->next, self->page + 1 < self->n_pages, self->previous);
  allow (self->previous, self->page > 0, self->next);
  return G_SOURCE_REMOVE;
}

/* Where the bar is, and what it leaves to a page. */
static GtkAllocation
place_bar (PvPager *self, int width, int height, int *ret_width, int *ret_height)
{
  int bar_width = 0, bar_height;

  if (self->is_side) {
    gtk_widget_measure (self->bar, GTK_ORIENTATION_HORIZONTAL, -1, &bar_width, NULL, NULL, NULL);
    *ret_width = MAX (1, width - bar_width);
    *ret_height = height;
    return (GtkAllocation){ gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? 0 : *ret_width, 0,
                            bar_width, height };
  }
  bar_height = height_of (self->bar, width);
  *ret_width = width;
  *ret_height = MAX (1, height - bar_height);
  return (GtkAllocation){ 0, height - bar_height, width, bar_height };
}

/* Pages begin elsewhere where an error or a proposal has gone, or another keyboard came: who types stays with what is typed, and
 * who is to read what came, with that. (nullable) */
static GtkWidget *
find_followed (PvPager *self, int total_before, int given_before)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean is_moved = self->total < total_before || (self->total == total_before && self->given != given_before);

  if (self->wanted != NULL || !is_moved)
    return self->wanted;
  if (self->followed != NULL && gtk_widget_is_visible (self->followed))
    return self->followed;
  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

static void
pv_pager_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PvPager *self = PV_PAGER (widget);
  int total = height_of (self->content, width), total_before = self->total, given_before = self->given;
  int page_width, page_height, left;
  GtkAllocation bar;

  (void) baseline;
  gtk_widget_set_child_visible (self->bar, total > height);
  /* GTK 4.8 tells a screen reader of a widget that is not drawn, and its "Next page" would do nothing. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_STATE_HIDDEN, total <= height, -1);
  self->total = total;
  self->given = height;
  if (total <= height) {
    self->n_pages = 1;
    self->page = 0;
    g_clear_weak_pointer (&self->wanted);
    place_content (self, 0, width, 0, height, 0);
    return;
  }
  bar = place_bar (self, width, height, &page_width, &page_height);
  left = self->is_side && bar.x == 0 ? bar.width : 0;
  self->total = total = MAX (height_of (self->content, page_width), page_height);
  place_content (self, left, page_width, 0, total, 0);
  divide (self, total, page_height);
  self->page = find_page (self, find_followed (self, total_before, given_before));
  g_clear_weak_pointer (&self->wanted);
  place_content (self, left, page_width, self->starts[self->page], self->ends[self->page] - self->starts[self->page],
                 get_lead (self, self->page));
  gtk_widget_size_allocate (self->bar, &bar, -1);
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_HIGH, update_bar_cb, self, NULL);
}

static void
turn (PvPager *self, guint page)
{
  g_clear_weak_pointer (&self->followed);
  self->page = page;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
previous_cb (PvPager *self)
{
  if (self->page > 0)
    turn (self, self->page - 1);
}

static void
next_cb (PvPager *self)
{
  if (self->page + 1 < self->n_pages)
    turn (self, self->page + 1);
}

static GtkWidget *
make_button (PvPager *self, const char *icon, const char *focus_id, GCallback callback)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), pv_icon_new (icon));
  gtk_widget_add_css_class (button, "turn");
  gtk_widget_set_focus_on_click (button, FALSE);
  pv_set_focus_id (button, "%s", focus_id);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static void
pv_pager_dispose (GObject *object)
{
  PvPager *self = PV_PAGER (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_weak_pointer (&self->wanted);
  g_clear_weak_pointer (&self->followed);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->clip, gtk_widget_unparent);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  G_OBJECT_CLASS (pv_pager_parent_class)->dispose (object);
}

static void
pv_pager_class_init (PvPagerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pv_pager_dispose;
  widget_class->measure = pv_pager_measure;
  widget_class->get_request_mode = pv_pager_get_request_mode;
  widget_class->size_allocate = pv_pager_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "pager");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
pv_pager_init (PvPager *self)
{
  self->clip = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_layout_manager (self->clip, gtk_custom_layout_new (NULL, measure_clip_cb, allocate_clip_cb));
  gtk_widget_set_overflow (self->clip, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_parent (self->clip, GTK_WIDGET (self));
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->bar, "turn-bar");
  gtk_widget_add_css_class (self->bar, "fixed");
  self->previous = make_button (self, "arrow-left", "page:previous", G_CALLBACK (previous_cb));
  self->next = make_button (self, "arrow-right", "page:next", G_CALLBACK (next_cb));
  self->label = pv_text_new (NULL, "turn-label");
  gtk_label_set_xalign (GTK_LABEL (self->label), 0.5F);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_box_append (GTK_BOX (self->bar), self->previous);
  gtk_box_append (GTK_BOX (self->bar), self->label);
  gtk_box_append (GTK_BOX (self->bar), self->next);
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
}

GtkWidget *
pv_pager_new (GtkWidget *content)
{
  PvPager *self = g_object_new (PV_TYPE_PAGER, NULL);

  self->content = content;
  gtk_widget_set_parent (content, self->clip);
  pv_set_controls (self->previous, content);
  pv_set_controls (self->next, content);
  return GTK_WIDGET (self);
}

void
pv_pager_reset (PvPager *self)
{
  self->page = 0;
  self->total = 0; /* nothing to stay with */
  g_clear_weak_pointer (&self->followed);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
pv_pager_set_side (PvPager *self, gboolean is_side)
{
  if (self->is_side == is_side)
    return;
  self->is_side = is_side;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bar),
                                  is_side ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_hexpand (self->label, !is_side);
  gtk_widget_set_vexpand (self->label, is_side);
  if (is_side)
    gtk_widget_add_css_class (self->bar, "side");
  else
    gtk_widget_remove_css_class (self->bar, "side");
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

GtkWidget *
pv_pager_get_window (PvPager *self)
{
  return self->clip;
}

void
pv_pager_reveal (PvPager *self, GtkWidget *widget)
{
  guint page = find_page (self, widget);

  if (self->wanted != NULL) /* what is new on this screen comes first */
    return;
  g_clear_weak_pointer (&self->followed);
  if (page != self->page)
    turn (self, page);
}

void
pv_pager_reveal_later (PvPager *self, GtkWidget *widget)
{
  g_set_weak_pointer (&self->wanted, widget);
  g_set_weak_pointer (&self->followed, widget);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
pv_pager_focus (GtkWidget *widget)
{
  GtkWidget *pager = gtk_widget_get_ancestor (widget, PV_TYPE_PAGER);

  if (GTK_IS_ENTRY (widget))
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (widget));
  else
    gtk_widget_grab_focus (widget);
  if (pager != NULL && PV_PAGER (pager)->wanted == NULL)
    pv_pager_reveal_later (PV_PAGER (pager), widget);
}
