/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/mirror-frame.h"

#include <glib/gi18n-lib.h>

#include "view/theme.h"

/* Of the window, whatever the scale. The margin has room for the outline of what stands at the edge; the outline is
 * narrow, for labels stand close. */
enum { OUTLINE = 3, LINE = 1, GAP = 1, MARGIN = 12, EDGE = 1, RADIUS = 8, LEAST_SIDE = 160 };

struct _PvMirrorFrame {
  GtkWidget parent_instance;
  PvScreenView *view;
  int width, height; /* of the kiosk's screen */
  char *target;      /* (nullable) */
  char *under;       /* (nullable): name of what the pointer is over */
};

enum { SIGNAL_PICKED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PvMirrorFrame, pv_mirror_frame, GTK_TYPE_WIDGET)

/* ---- size ---- */

static double
scale_for (PvMirrorFrame *self, int width, int height)
{
  double across = (width - 2 * MARGIN) / (double) self->width;
  double down = (height - 2 * MARGIN) / (double) self->height;

  return MIN (1.0, MIN (across, down));
}

double
pv_mirror_frame_get_scale (PvMirrorFrame *self)
{
  return scale_for (self, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
}

static GtkSizeRequestMode
pv_mirror_frame_get_request_mode (GtkWidget *widget)
{
  (void) widget;
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
pv_mirror_frame_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  PvMirrorFrame *self = PV_MIRROR_FRAME (widget);

  (void) for_size;
  *minimum = LEAST_SIDE;
  *natural = MAX (LEAST_SIDE, (orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height) / 2);
  *minimum_baseline = *natural_baseline = -1;
}

static void
pv_mirror_frame_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PvMirrorFrame *self = PV_MIRROR_FRAME (widget);
  float scale = (float) scale_for (self, width, height);
  /* Whole pixels: at full size it is to be the kiosk's, to the pixel. */
  float x = (float) (int) (((float) width - (float) self->width * scale) / 2.0F);
  float y = (float) (int) (((float) height - (float) self->height * scale) / 2.0F);
  GskTransform *transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, y));

  (void) baseline;
  if (!gtk_widget_get_visible (GTK_WIDGET (self->view))) {
    gsk_transform_unref (transform);
    return;
  }
  gtk_widget_measure (GTK_WIDGET (self->view), GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->view), GTK_ORIENTATION_VERTICAL, self->width, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (GTK_WIDGET (self->view), self->width, self->height, -1,
                       gsk_transform_scale (transform, scale, scale));
}

/* ---- the outline ---- */

static gboolean
find_bounds (PvMirrorFrame *self, const char *name, graphene_rect_t *ret_bounds)
{
  graphene_rect_t inner;
  graphene_matrix_t matrix;

  if (name == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self->view))
      || !pv_screen_view_find (self->view, name, &inner)
      || !gtk_widget_compute_transform (GTK_WIDGET (self->view), GTK_WIDGET (self), &matrix))
    return FALSE;
  graphene_matrix_transform_bounds (&matrix, &inner, ret_bounds);
  return TRUE;
}

static void
append_ring (GtkSnapshot *snapshot, const graphene_rect_t *bounds, float distance, float width, const GdkRGBA *colour)
{
  const float widths[4] = { width, width, width, width };
  const GdkRGBA colours[4] = { *colour, *colour, *colour, *colour };
  graphene_rect_t box = *bounds;
  GskRoundedRect shape;

  graphene_rect_inset (&box, -distance, -distance);
  gsk_rounded_rect_init_from_rect (&shape, &box, distance > EDGE ? RADIUS : 0);
  gtk_snapshot_append_border (snapshot, &shape, widths, colours);
}

static void
pv_mirror_frame_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PvMirrorFrame *self = PV_MIRROR_FRAME (widget);
  GdkRGBA edge = pv_theme_get_colour (GTK_WIDGET (self->view), "edge");
  GdkRGBA focus = pv_theme_get_colour (GTK_WIDGET (self->view), "focus");
  GdkRGBA line = pv_theme_get_colour (GTK_WIDGET (self->view), "focus_line");
  graphene_rect_t bounds;

  GTK_WIDGET_CLASS (pv_mirror_frame_parent_class)->snapshot (widget, snapshot);
  if (gtk_widget_get_mapped (GTK_WIDGET (self->view))
      && gtk_widget_compute_bounds (GTK_WIDGET (self->view), widget, &bounds))
    append_ring (snapshot, &bounds, EDGE, EDGE, &edge);
  if (find_bounds (self, self->target, &bounds)) { /* visible on any ground, as the ring of the focus */
    append_ring (snapshot, &bounds, GAP + LINE + OUTLINE + LINE, LINE, &line);
    append_ring (snapshot, &bounds, GAP + LINE + OUTLINE, OUTLINE, &focus);
    append_ring (snapshot, &bounds, GAP + LINE, LINE, &line);
  }
  if (g_strcmp0 (self->under, self->target) != 0 && find_bounds (self, self->under, &bounds))
    append_ring (snapshot, &bounds, GAP + LINE, LINE, &line);
}

void
pv_mirror_frame_set_target (PvMirrorFrame *self, const char *name)
{
  if (name != NULL)
    pv_screen_view_reveal (self->view, name);
  if (g_strcmp0 (name, self->target) == 0)
    return;
  g_free (self->target);
  self->target = g_strdup (name);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- the pointer ---- */

static char *
name_at (PvMirrorFrame *self, double x, double y)
{
  double inner_x, inner_y;

  if (!gtk_widget_translate_coordinates (GTK_WIDGET (self), GTK_WIDGET (self->view), x, y, &inner_x, &inner_y))
    return NULL;
  return pv_screen_view_name_at (self->view, inner_x, inner_y);
}

/* @name: (transfer full) (nullable) */
static void
set_under (PvMirrorFrame *self, char *name)
{
  if (g_strcmp0 (name, self->under) == 0) {
    g_free (name);
    return;
  }
  g_free (self->under);
  self->under = name;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name != NULL ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
moved_cb (PvMirrorFrame *self, double x, double y)
{
  set_under (self, name_at (self, x, y));
}

static void
left_cb (PvMirrorFrame *self)
{
  set_under (self, NULL);
}

static void
clicked_cb (PvMirrorFrame *self, int n_press, double x, double y)
{
  g_autofree char *name = name_at (self, x, y);
  double inner_x, inner_y;

  (void) n_press;
  if (gtk_widget_translate_coordinates (GTK_WIDGET (self), GTK_WIDGET (self->view), x, y, &inner_x, &inner_y)
      && pv_screen_view_turn_at (self->view, inner_x, inner_y))
    return;
  if (name != NULL)
    g_signal_emit (self, signals[SIGNAL_PICKED], 0, name);
}

/* ---- the object ---- */

PvScreenView *
pv_mirror_frame_get_view (PvMirrorFrame *self)
{
  return self->view;
}

/* Of what somebody may no longer see nothing is kept either. */
static void
forget (PvMirrorFrame *self)
{
  g_autoptr (PvScreenState) nothing = pv_screen_state_new (PV_SCREEN_GOODBYE, "");

  pv_screen_view_show_state (self->view, nothing);
}

void
pv_mirror_frame_show_state (PvMirrorFrame *self, const PvScreenState *state)
{
  gtk_widget_set_visible (GTK_WIDGET (self->view), state != NULL);
  set_under (self, NULL);
  if (state == NULL) {
    forget (self);
    return;
  }
  pv_screen_view_show_state (self->view, state);
  if (self->target != NULL)
    pv_screen_view_reveal (self->view, self->target);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* There are no sizes to measure before. */
static void
pv_mirror_frame_map (GtkWidget *widget)
{
  pv_screen_view_warm_up (PV_MIRROR_FRAME (widget)->view);
  GTK_WIDGET_CLASS (pv_mirror_frame_parent_class)->map (widget);
}

static void
pv_mirror_frame_dispose (GObject *object)
{
  PvMirrorFrame *self = PV_MIRROR_FRAME (object);

  g_clear_pointer ((GtkWidget **) &self->view, gtk_widget_unparent);
  g_clear_pointer (&self->target, g_free);
  g_clear_pointer (&self->under, g_free);
  G_OBJECT_CLASS (pv_mirror_frame_parent_class)->dispose (object);
}

static void
pv_mirror_frame_class_init (PvMirrorFrameClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pv_mirror_frame_dispose;
  widget_class->get_request_mode = pv_mirror_frame_get_request_mode;
  widget_class->measure = pv_mirror_frame_measure;
  widget_class->size_allocate = pv_mirror_frame_size_allocate;
  widget_class->snapshot = pv_mirror_frame_snapshot;
  widget_class->map = pv_mirror_frame_map;
  gtk_widget_class_set_css_name (widget_class, "mirror");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_PICKED] = g_signal_new ("picked", PV_TYPE_MIRROR_FRAME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
pv_mirror_frame_init (PvMirrorFrame *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (clicked_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("The citizen's screen"), -1);
}

GtkWidget *
pv_mirror_frame_new (int width, int height)
{
  PvMirrorFrame *self = g_object_new (PV_TYPE_MIRROR_FRAME, NULL);

  self->width = MAX (1, width);
  self->height = MAX (1, height);
  self->view = PV_SCREEN_VIEW (pv_screen_view_new_inert (self->width, self->height));
  gtk_widget_set_parent (GTK_WIDGET (self->view), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->view), FALSE);
  return GTK_WIDGET (self);
}
