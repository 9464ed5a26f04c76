/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/column.h"

/* GtkBoxLayout cannot be derived from: it works inside of a layout that answers for it. */
#define PV_TYPE_COLUMN_LAYOUT (pv_column_layout_get_type ())
G_DECLARE_FINAL_TYPE (PvColumnLayout, pv_column_layout, PV, COLUMN_LAYOUT, GtkLayoutManager)

struct _PvColumnLayout {
  GtkLayoutManager parent_instance;
  GtkLayoutManager *box;
};

G_DEFINE_FINAL_TYPE (PvColumnLayout, pv_column_layout, GTK_TYPE_LAYOUT_MANAGER)
G_DEFINE_TYPE (PvColumn, pv_column, GTK_TYPE_BOX)

static GtkSizeRequestMode
pv_column_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  (void) manager;
  (void) widget;
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
pv_column_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                          int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_layout_manager_measure (PV_COLUMN_LAYOUT (manager)->box, widget, orientation,
                              orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size, minimum, natural,
                              minimum_baseline, natural_baseline);
}

static void
pv_column_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  gtk_layout_manager_allocate (PV_COLUMN_LAYOUT (manager)->box, widget, width, height, baseline);
}

static void
pv_column_layout_finalize (GObject *object)
{
  g_object_unref (PV_COLUMN_LAYOUT (object)->box);
  G_OBJECT_CLASS (pv_column_layout_parent_class)->finalize (object);
}

static void
pv_column_layout_class_init (PvColumnLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pv_column_layout_finalize;
  layout_class->get_request_mode = pv_column_layout_get_request_mode;
  layout_class->measure = pv_column_layout_measure;
  layout_class->allocate = pv_column_layout_allocate;
}

static void
pv_column_layout_init (PvColumnLayout *self)
{
  self->box = gtk_box_layout_new (GTK_ORIENTATION_VERTICAL);
}

static void
pv_column_class_init (PvColumnClass *klass)
{
  (void) klass;
}

static void
pv_column_init (PvColumn *self)
{
  /* For the style sheet, which knows boxes by their orientation; then the layout that keeps to it. */
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_layout_manager (GTK_WIDGET (self), g_object_new (PV_TYPE_COLUMN_LAYOUT, NULL));
}

GtkWidget *
pv_column_new (void)
{
  return g_object_new (PV_TYPE_COLUMN, NULL);
}
