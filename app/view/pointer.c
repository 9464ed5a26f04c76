/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/pointer.h"

#include "view/icon.h"
#include "view/theme.h"

enum {
  LINE = 3,   /* of the ground, inside and outside of the ring */
  STROKE = 8, /* of the ring itself */
  TOUCH = 6,  /* the arrow's tip is in the ring */
  RADIUS = 24,
  FIELD_GAP = 8, /* around a field, which has no edge of its own */
  FOCUS_RING = 15,
  MAX_OBSTACLES = 300,
};

/* Lengths of the arrow, which is as broad; the best first. */
static const int arrow_lengths[] = { 64, 52, 42, 34 };

typedef enum { POINTS_RIGHT, POINTS_LEFT, POINTS_DOWN, POINTS_UP } Direction;

typedef struct {
  graphene_rect_t box;
  graphene_rect_t words; /* of a text, which may have more room than it needs; else the same */
  gboolean is_control;   /* else words or a drawing */
} Obstacle;

/* What an arrow leaves free. */
typedef enum { SPARES_ALL, SPARES_TEXTS, SPARES_WORDS } Spared;

struct _PvPointer {
  GtkWidget parent_instance;
  PvPager *pager;
  GtkWidget *target; /* (nullable): weak */
  char *name;        /* (nullable) */
  gulong layout_id;
  gboolean is_new; /* its page has not been turned to */
  gboolean is_placed;
  graphene_rect_t ring, arrow;
  Direction direction;
};

G_DEFINE_FINAL_TYPE (PvPointer, pv_pointer, GTK_TYPE_WIDGET)

/* ---- where ---- */

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_SCROLLED_WINDOW (widget);
}

/* What can be seen of a widget. FALSE: nothing. */
static gboolean
visible_box (PvPointer *self, GtkWidget *widget, graphene_rect_t *ret_box)
{
  graphene_rect_t page;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_compute_bounds (widget, GTK_WIDGET (self), ret_box)
      || ret_box->size.width < 1.0F || ret_box->size.height < 1.0F)
    return FALSE;
  if (!gtk_widget_is_ancestor (widget, pv_pager_get_window (self->pager)))
    return TRUE;
  return gtk_widget_compute_bounds (pv_pager_get_window (self->pager), GTK_WIDGET (self), &page)
         && graphene_rect_intersection (ret_box, &page, ret_box) && ret_box->size.height > 2.0F;
}

static graphene_rect_t
find_words (GtkWidget *widget, const graphene_rect_t *box)
{
  graphene_rect_t words = *box;
  int x, y, width, height;

  if (!GTK_IS_LABEL (widget))
    return words;
  gtk_label_get_layout_offsets (GTK_LABEL (widget), &x, &y);
  pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (widget)), &width, &height);
  words.origin.x += (float) x;
  words.size.width = MIN ((float) width, box->size.width);
  return words;
}

static void
collect_obstacles (PvPointer *self, GtkWidget *widget, GArray *obstacles)
{
  Obstacle obstacle = { .is_control = is_control (widget) };

  if (widget == GTK_WIDGET (self) || !gtk_widget_get_mapped (widget) || obstacles->len >= MAX_OBSTACLES)
    return;
  /* The target itself is no obstacle, its words are. */
  if ((GTK_IS_LABEL (widget) || PV_IS_ICON (widget) || (obstacle.is_control && widget != self->target))
      && visible_box (self, widget, &obstacle.box)) {
    obstacle.words = find_words (widget, &obstacle.box);
    g_array_append_val (obstacles, obstacle);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_obstacles (self, child, obstacles);
}

static graphene_rect_t
grown (const graphene_rect_t *box, int by)
{
  graphene_rect_t result = *box;

  graphene_rect_inset (&result, (float) -by, (float) -by);
  return result;
}

/* Around a button its own edge is covered, around a field there is some air; the ring of the focus stays visible. */
static void
place_ring (PvPointer *self, const graphene_rect_t *box)
{
  int stroke = pv_theme_px (STROKE + 2 * LINE);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean is_focused = focus != NULL && (focus == self->target || gtk_widget_is_ancestor (focus, self->target));
  graphene_rect_t inner = grown (box, is_control (self->target) ? -pv_theme_px (LINE) : pv_theme_px (FIELD_GAP));
  graphene_rect_t focus_box, window;

  if (is_focused && gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &focus_box)
      && (!is_control (self->target) || (gtk_widget_get_state_flags (focus) & GTK_STATE_FLAG_FOCUS_VISIBLE) != 0)) {
    GtkWidget *entry = GTK_IS_TEXT (focus) ? gtk_widget_get_parent (focus) : focus;
    if (gtk_widget_compute_bounds (entry, GTK_WIDGET (self), &focus_box)) {
      focus_box = grown (&focus_box, pv_theme_px (FOCUS_RING));
      graphene_rect_union (&inner, &focus_box, &inner);
    }
  }
  self->ring = grown (&inner, stroke);
  window = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                               (float) gtk_widget_get_height (GTK_WIDGET (self)));
  graphene_rect_intersection (&self->ring, &window, &self->ring);
}

static graphene_rect_t
arrow_at (const graphene_rect_t *ring, Direction direction, float length, float along)
{
  float touch = (float) pv_theme_px (TOUCH);
  float left = ring->origin.x + touch, top = ring->origin.y + touch;
  float right = ring->origin.x + ring->size.width - touch, bottom = ring->origin.y + ring->size.height - touch;
  float across = ring->origin.y + (ring->size.height - length) * along;
  float over = ring->origin.x + (ring->size.width - length) * along;

  switch (direction) {
  case POINTS_RIGHT:
    return GRAPHENE_RECT_INIT (left - length, across, length, length);
  case POINTS_LEFT:
    return GRAPHENE_RECT_INIT (right, across, length, length);
  case POINTS_DOWN:
    return GRAPHENE_RECT_INIT (over, top - length, length, length);
  case POINTS_UP:
  default:
    return GRAPHENE_RECT_INIT (over, bottom, length, length);
  }
}

static gboolean
is_free (PvPointer *self, const graphene_rect_t *arrow, const GArray *obstacles, Spared spared)
{
  if (arrow->origin.x < 0 || arrow->origin.y < 0
      || arrow->origin.x + arrow->size.width > (float) gtk_widget_get_width (GTK_WIDGET (self))
      || arrow->origin.y + arrow->size.height > (float) gtk_widget_get_height (GTK_WIDGET (self)))
    return FALSE;
  for (guint i = 0; i < obstacles->len; i++) {
    const Obstacle *obstacle = &g_array_index (obstacles, Obstacle, i);
    const graphene_rect_t *box = spared == SPARES_WORDS ? &obstacle->words : &obstacle->box;
    if ((spared == SPARES_ALL || !obstacle->is_control) && graphene_rect_intersection (arrow, box, NULL))
      return FALSE;
  }
  return TRUE;
}

/* From the margin where something is wide, from above where others stand beside it. FALSE: there is no free place. */
static gboolean
try_places (PvPointer *self, const GArray *obstacles, Spared spared)
{
  static const float alongs[] = { 0.5F, 0.15F, 0.85F };
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean is_wide = self->ring.size.width > (float) gtk_widget_get_width (GTK_WIDGET (self)) / 3;
  Direction from_start = is_rtl ? POINTS_LEFT : POINTS_RIGHT, from_end = is_rtl ? POINTS_RIGHT : POINTS_LEFT;
  const Direction wide[] = { from_start, from_end, POINTS_DOWN, POINTS_UP };
  const Direction narrow[] = { POINTS_DOWN, POINTS_UP, from_start, from_end };

  for (guint size = 0; size < G_N_ELEMENTS (arrow_lengths); size++)
    for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
      for (guint k = 0; k < G_N_ELEMENTS (alongs); k++) {
        Direction direction = is_wide ? wide[i] : narrow[i];
        graphene_rect_t arrow = arrow_at (&self->ring, direction, (float) pv_theme_px (arrow_lengths[size]), alongs[k]);
        if (is_free (self, &arrow, obstacles, spared)) {
          self->arrow = arrow;
          self->direction = direction;
          return TRUE;
        }
      }
  return FALSE;
}

/* Where nothing is free, on its own edge: it may cover a control's edge, but still says where to look. */
static void
place_arrow (PvPointer *self)
{
  g_autoptr (GArray) obstacles = g_array_new (FALSE, FALSE, sizeof (Obstacle));
  float length = (float) pv_theme_px (arrow_lengths[G_N_ELEMENTS (arrow_lengths) - 1]);

  collect_obstacles (self, gtk_widget_get_parent (GTK_WIDGET (self)), obstacles);
  for (Spared spared = SPARES_ALL; spared <= SPARES_WORDS; spared++)
    if (try_places (self, obstacles, spared))
      return;
  self->direction = POINTS_DOWN;
  self->arrow = arrow_at (&self->ring, POINTS_DOWN, length, 0.5F);
  self->arrow.origin.y = MAX (0.0F, self->arrow.origin.y);
}

/* After each layout: what has moved is followed in the same frame. */
static void
follow_cb (GdkFrameClock *clock, gpointer user_data)
{
  PvPointer *self = PV_POINTER (user_data);
  graphene_rect_t ring = self->ring, arrow = self->arrow, box;
  gboolean was_placed = self->is_placed;

  (void) clock;
  if (self->target != NULL && self->is_new) {
    self->is_new = FALSE;
    pv_pager_reveal (self->pager, self->target);
  }
  self->is_placed = self->target != NULL && visible_box (self, self->target, &box);
  if (self->is_placed) {
    place_ring (self, &box);
    place_arrow (self);
  }
  if (was_placed != self->is_placed
      || (self->is_placed
          && (!graphene_rect_equal (&ring, &self->ring) || !graphene_rect_equal (&arrow, &self->arrow))))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- what is drawn ---- */

static void
append_frame (GtkSnapshot *snapshot, const graphene_rect_t *box, int inset, int width, const GdkRGBA *colour)
{
  float w = (float) width, radius = (float) (pv_theme_px (RADIUS) - inset);
  graphene_rect_t inner = grown (box, -inset);
  const float widths[4] = { w, w, w, w };
  const GdkRGBA colours[4] = { *colour, *colour, *colour, *colour };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &inner, MAX (0.0F, radius));
  gtk_snapshot_append_border (snapshot, &outline, widths, colours);
}

/* A broad arrow that points right, in a square of one. */
static void
trace_arrow (cairo_t *cr)
{
  static const double points[][2] = { { 0.97, 0.5 }, { 0.5, 0.06 }, { 0.5, 0.3 }, { 0.05, 0.3 },
                                      { 0.05, 0.7 }, { 0.5, 0.7 },  { 0.5, 0.94 } };

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    cairo_line_to (cr, points[i][0], points[i][1]);
  cairo_close_path (cr);
}

static void
draw_arrow (PvPointer *self, GtkSnapshot *snapshot, const GdkRGBA *colour, const GdkRGBA *ground)
{
  static const double turns[] = {
    [POINTS_RIGHT] = 0, [POINTS_LEFT] = G_PI, [POINTS_DOWN] = G_PI / 2, [POINTS_UP] = -G_PI / 2
  };
  double length = (double) self->arrow.size.width;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &self->arrow);

  cairo_translate (cr, (double) self->arrow.origin.x + (double) self->arrow.size.width / 2,
                   (double) self->arrow.origin.y + (double) self->arrow.size.height / 2);
  cairo_rotate (cr, turns[self->direction]);
  cairo_scale (cr, length, length);
  cairo_translate (cr, -0.5, -0.5);
  trace_arrow (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 2.0 * pv_theme_px (LINE) / length);
  gdk_cairo_set_source_rgba (cr, ground);
  cairo_stroke_preserve (cr);
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
pv_pointer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PvPointer *self = PV_POINTER (widget);
  int line = pv_theme_px (LINE), stroke = pv_theme_px (STROKE);
  GdkRGBA colour, ground;

  if (!self->is_placed)
    return;
  colour = pv_theme_get_colour (widget, "assist");
  ground = pv_theme_get_colour (widget, "paper");
  append_frame (snapshot, &self->ring, 0, line, &ground);
  append_frame (snapshot, &self->ring, line, stroke, &colour);
  append_frame (snapshot, &self->ring, line + stroke, line, &ground);
  draw_arrow (self, snapshot, &colour, &ground);
}

/* ---- the object ---- */

static void
pv_pointer_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pv_pointer_parent_class)->realize (widget);
  PV_POINTER (widget)->layout_id =
    g_signal_connect_after (gtk_widget_get_frame_clock (widget), "layout", G_CALLBACK (follow_cb), widget);
}

static void
pv_pointer_unrealize (GtkWidget *widget)
{
  g_clear_signal_handler (&PV_POINTER (widget)->layout_id, gtk_widget_get_frame_clock (widget));
  GTK_WIDGET_CLASS (pv_pointer_parent_class)->unrealize (widget);
}

/* What is below is what somebody touches, or asks the name of. */
static gboolean
pv_pointer_contains (GtkWidget *widget, double x, double y)
{
  (void) widget;
  (void) x;
  (void) y;
  return FALSE;
}

static void
pv_pointer_dispose (GObject *object)
{
  PvPointer *self = PV_POINTER (object);

  g_clear_weak_pointer (&self->target);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (pv_pointer_parent_class)->dispose (object);
}

static void
pv_pointer_class_init (PvPointerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pv_pointer_dispose;
  widget_class->realize = pv_pointer_realize;
  widget_class->unrealize = pv_pointer_unrealize;
  widget_class->snapshot = pv_pointer_snapshot;
  widget_class->contains = pv_pointer_contains;
  gtk_widget_class_set_css_name (widget_class, "pointer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
pv_pointer_init (PvPointer *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
pv_pointer_new (PvPager *pager)
{
  PvPointer *self = g_object_new (PV_TYPE_POINTER, NULL);

  self->pager = pager;
  return GTK_WIDGET (self);
}

void
pv_pointer_set_target (PvPointer *self, GtkWidget *target, const char *name)
{
  if (target == self->target && g_strcmp0 (name, self->name) == 0)
    return;
  g_set_weak_pointer (&self->target, target);
  if (target != NULL && g_strcmp0 (name, self->name) != 0)
    self->is_new = TRUE;
  g_free (self->name);
  self->name = g_strdup (name);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

gboolean
pv_pointer_get_arrow (PvPointer *self, graphene_rect_t *ret_arrow)
{
  *ret_arrow = self->arrow;
  return self->is_placed;
}
