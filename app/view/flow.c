/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/flow.h"

#include "view/theme.h"

struct _PvFlow {
  GtkWidget parent_instance;
  int max_columns;
  int gap; /* device pixels */
  gboolean stretches_last;
  gboolean is_squat;
};

G_DEFINE_FINAL_TYPE (PvFlow, pv_flow, GTK_TYPE_WIDGET)

static int
count_children (PvFlow *self)
{
  int count = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count++;
  return count;
}

static int
widest_minimum (PvFlow *self)
{
  int widest = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int minimum = 0;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    widest = MAX (widest, minimum);
  }
  return widest;
}

static int
cell_width (PvFlow *self, int width, int columns)
{
  return (width - (columns - 1) * self->gap) / columns;
}

static gboolean
has_tower (PvFlow *self, int cell)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int natural = 0;
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, cell, NULL, &natural, NULL, NULL);
    if (natural > cell)
      return TRUE;
  }
  return FALSE;
}

static int
choose_columns (PvFlow *self, int width)
{
  int columns = MAX (1, MIN (self->max_columns, count_children (self)));
  int widest = widest_minimum (self);

  while (columns > 1
         && (cell_width (self, width, columns) < widest
             || (self->is_squat && has_tower (self, cell_width (self, width, columns)))))
    columns--;
  return columns;
}

/* Height of the row that begins with @first; @ret_next: first child of the next row. */
static int
row_height (GtkWidget *first, int columns, int width, GtkWidget **ret_next)
{
  int height = 0;
  GtkWidget *child = first;

  for (int i = 0; i < columns && child != NULL; i++, child = gtk_widget_get_next_sibling (child)) {
    int natural = 0;
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
    height = MAX (height, natural);
  }
  *ret_next = child;
  return height;
}

static GtkSizeRequestMode
pv_flow_get_request_mode (GtkWidget *widget)
{
  (void) widget;
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
pv_flow_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  PvFlow *self = PV_FLOW (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    int widest = widest_minimum (self);
    *minimum = widest;
    *natural = self->max_columns * (widest + self->gap) - self->gap;
  } else {
    int width = for_size >= 0 ? for_size : widest_minimum (self);
    int columns = choose_columns (self, width);
    int height = 0;
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;) {
      if (height > 0)
        height += self->gap;
      height += row_height (child, columns, cell_width (self, width, columns), &child);
    }
    *minimum = *natural = height;
  }
}

static void
pv_flow_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PvFlow *self = PV_FLOW (widget);
  int columns = choose_columns (self, width);
  int cell = cell_width (self, width, columns);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int top = 0;

  (void) height;
  (void) baseline;
  while (child != NULL) {
    GtkWidget *next;
    int row = row_height (child, columns, cell, &next);
    int in_row = 0;
    int room = cell;
    for (GtkWidget *other = child; other != next; other = gtk_widget_get_next_sibling (other))
      in_row++;
    if (self->stretches_last && in_row < columns)
      room = cell_width (self, width, in_row);
    for (int i = 0; child != next; i++, child = gtk_widget_get_next_sibling (child)) {
      int left = i * (room + self->gap);
      GtkAllocation place = { is_rtl ? width - left - room : left, top, room, row };
      gtk_widget_size_allocate (child, &place, -1);
    }
    top += row + self->gap;
  }
}

static void
pv_flow_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (pv_flow_parent_class)->dispose (object);
}

static void
pv_flow_class_init (PvFlowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pv_flow_dispose;
  widget_class->get_request_mode = pv_flow_get_request_mode;
  widget_class->measure = pv_flow_measure;
  widget_class->size_allocate = pv_flow_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
pv_flow_init (PvFlow *self)
{
  self->max_columns = 1;
}

GtkWidget *
pv_flow_new (guint max_columns, guint gap)
{
  PvFlow *self = g_object_new (PV_TYPE_FLOW, "css-name", "flow", NULL);

  self->max_columns = (int) max_columns;
  self->gap = pv_theme_px (gap);
  gtk_widget_add_css_class (GTK_WIDGET (self), "grid");
  return GTK_WIDGET (self);
}

void
pv_flow_append (PvFlow *self, GtkWidget *child)
{
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

void
pv_flow_set_stretch_last (PvFlow *self, gboolean stretches)
{
  self->stretches_last = stretches;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
pv_flow_set_squat (PvFlow *self, gboolean is_squat)
{
  self->is_squat = is_squat;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

int
pv_flow_get_cell_width (PvFlow *self, int width)
{
  return cell_width (self, width, choose_columns (self, width));
}
