/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/text-layout.h"

struct _PvTextLayout {
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (PvTextLayout, pv_text_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Pango leaves out the space after the last letter where it tells how wide a text is, and counts it where it breaks lines: a
 * text would be broken in just the room that it asked for. */
static int
get_last_space (GtkWidget *widget)
{
  PangoAttrList *attributes =
    GTK_IS_LABEL (widget) ? pango_layout_get_attributes (gtk_label_get_layout (GTK_LABEL (widget))) : NULL;
  PangoAttrIterator *iter = attributes != NULL ? pango_attr_list_get_iterator (attributes) : NULL;
  PangoAttribute *spacing = iter != NULL ? pango_attr_iterator_get (iter, PANGO_ATTR_LETTER_SPACING) : NULL;
  int space = spacing != NULL ? ((PangoAttrInt *) spacing)->value : 0;

  if (iter != NULL)
    pango_attr_iterator_destroy (iter);
  return space > 0 ? PANGO_PIXELS_CEIL (space) : 0;
}

static void
pv_text_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                        int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  (void) manager;
  GTK_WIDGET_GET_CLASS (widget)->measure (widget, orientation,
                                          orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size, minimum, natural,
                                          minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    int space = get_last_space (widget);

    *minimum += space;
    *natural += space;
  }
}

static void
pv_text_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  (void) manager;
  GTK_WIDGET_GET_CLASS (widget)->size_allocate (widget, width, height, baseline);
}

static GtkSizeRequestMode
pv_text_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  (void) manager;
  return GTK_WIDGET_GET_CLASS (widget)->get_request_mode (widget);
}

static void
pv_text_layout_class_init (PvTextLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

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
