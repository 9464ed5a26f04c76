/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/progress-line.h"

struct _PvProgressLine {
  GtkWidget parent_instance;
  GtkWidget *bar;
  double fraction;
};

G_DEFINE_FINAL_TYPE (PvProgressLine, pv_progress_line, GTK_TYPE_WIDGET)

static void
pv_progress_line_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  (void) for_size;
  gtk_widget_measure (PV_PROGRESS_LINE (widget)->bar, orientation, -1, minimum, natural, NULL, NULL);
  *minimum_baseline = *natural_baseline = -1;
}

static void
pv_progress_line_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PvProgressLine *self = PV_PROGRESS_LINE (widget);
  int done = MAX (height, (int) (self->fraction * width + 0.5));
  GtkAllocation place = { 0, 0, MIN (done, width), height };

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    place.x = width - place.width;
  gtk_widget_size_allocate (self->bar, &place, baseline);
}

static void
pv_progress_line_dispose (GObject *object)
{
  g_clear_pointer (&PV_PROGRESS_LINE (object)->bar, gtk_widget_unparent);
  G_OBJECT_CLASS (pv_progress_line_parent_class)->dispose (object);
}

static void
pv_progress_line_class_init (PvProgressLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pv_progress_line_dispose;
  widget_class->measure = pv_progress_line_measure;
  widget_class->size_allocate = pv_progress_line_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "progressline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
pv_progress_line_init (PvProgressLine *self)
{
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->bar, "progress-done");
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
}

void
pv_progress_line_set_fraction (PvProgressLine *self, double fraction)
{
  gtk_widget_set_visible (GTK_WIDGET (self), fraction >= 0);
  self->fraction = CLAMP (fraction, 0, 1);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
