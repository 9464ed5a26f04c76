/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/code-boxes.h"

#include "view/answer-entry.h"
#include "view/theme.h"

enum { GAP = 16 };

struct _PvCodeBoxes {
  GtkWidget parent_instance;
  GtkWidget *entry;
  gboolean is_veiled;
  GPtrArray *boxes; /* (element-type GtkWidget): frames; owned by the widget tree */
};

G_DEFINE_FINAL_TYPE (PvCodeBoxes, pv_code_boxes, GTK_TYPE_WIDGET)

static void
measure_boxes (PvCodeBoxes *self, GtkOrientation orientation, int *ret_minimum)
{
  *ret_minimum = 0;
  for (guint i = 0; i < self->boxes->len; i++) {
    int least = 0;
    gtk_widget_measure (g_ptr_array_index (self->boxes, i), orientation, -1, &least, NULL, NULL, NULL);
    *ret_minimum = MAX (*ret_minimum, least);
  }
}

static void
pv_code_boxes_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  PvCodeBoxes *self = PV_CODE_BOXES (widget);
  int n_boxes = (int) self->boxes->len;
  int box;

  (void) for_size;
  measure_boxes (self, orientation, &box);
  /* GTK wants it measured before it allocates it; it takes whatever size the boxes have. */
  gtk_widget_measure (self->entry, orientation, -1, NULL, NULL, NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? n_boxes * box + (n_boxes - 1) * pv_theme_px (GAP) : box;
  *natural = *minimum;
  *minimum_baseline = *natural_baseline = -1;
}

static void
pv_code_boxes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PvCodeBoxes *self = PV_CODE_BOXES (widget);
  const GtkAllocation all = { 0, 0, width, height };
  int n_boxes = (int) self->boxes->len;
  int gap = pv_theme_px (GAP);
  int room = width - (n_boxes - 1) * gap;

  (void) baseline;
  for (int i = 0; i < n_boxes; i++) {
    int left = i * gap + room * i / n_boxes, right = i * gap + room * (i + 1) / n_boxes;
    gtk_widget_size_allocate (g_ptr_array_index (self->boxes, (guint) i),
                              &(GtkAllocation){ left, 0, MAX (1, right - left), height }, -1);
  }
  gtk_widget_size_allocate (self->entry, &all, -1);
}

static void
draw_digit (PvCodeBoxes *self, GtkSnapshot *snapshot, const char *digit, GtkWidget *box)
{
  static const char dot[] = "\342\200\242"; /* U+2022 */
  g_autoptr (PangoLayout) layout = NULL;
  graphene_rect_t place;
  GdkRGBA colour;
  int width, height;

  if (!gtk_widget_compute_bounds (box, GTK_WIDGET (self), &place))
    return;
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_text (layout, self->is_veiled ? dot : digit, self->is_veiled ? -1 : 1);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (place.origin.x + (place.size.width - (float) width) / 2.0F,
                                                place.origin.y + (place.size.height - (float) height) / 2.0F));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
pv_code_boxes_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PvCodeBoxes *self = PV_CODE_BOXES (widget);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  GTK_WIDGET_CLASS (pv_code_boxes_parent_class)->snapshot (widget, snapshot);
  for (guint i = 0; i < self->boxes->len && text[i] != '\0'; i++)
    draw_digit (self, snapshot, text + i, g_ptr_array_index (self->boxes, i));
}

/* The next box is framed while something can be typed into it. */
static void
mark_next (PvCodeBoxes *self)
{
  guint length = gtk_entry_buffer_get_length (gtk_entry_get_buffer (GTK_ENTRY (self->entry)));
  gboolean has_focus = (gtk_widget_get_state_flags (self->entry) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  for (guint i = 0; i < self->boxes->len; i++) {
    GtkWidget *box = g_ptr_array_index (self->boxes, i);
    if (has_focus && i == MIN (length, self->boxes->len - 1))
      gtk_widget_add_css_class (box, "next");
    else
      gtk_widget_remove_css_class (box, "next");
  }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
flags_changed_cb (PvCodeBoxes *self)
{
  mark_next (self);
}

/* A touch on any box leaves the caret behind the last digit: there is no place between two boxes. */
static void
caret_moved_cb (GObject *text, GParamSpec *pspec, gpointer user_data)
{
  PvCodeBoxes *self = PV_CODE_BOXES (user_data);
  int length = (int) gtk_entry_buffer_get_length (gtk_entry_get_buffer (GTK_ENTRY (self->entry)));

  (void) pspec;
  if (gtk_editable_get_position (GTK_EDITABLE (text)) < length)
    gtk_editable_set_position (GTK_EDITABLE (text), length);
}

static void
pv_code_boxes_dispose (GObject *object)
{
  PvCodeBoxes *self = PV_CODE_BOXES (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->boxes, g_ptr_array_unref);
  self->entry = NULL;
  G_OBJECT_CLASS (pv_code_boxes_parent_class)->dispose (object);
}

static void
pv_code_boxes_class_init (PvCodeBoxesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pv_code_boxes_dispose;
  widget_class->measure = pv_code_boxes_measure;
  widget_class->size_allocate = pv_code_boxes_size_allocate;
  widget_class->snapshot = pv_code_boxes_snapshot;
  gtk_widget_class_set_css_name (widget_class, "codeboxes");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
pv_code_boxes_init (PvCodeBoxes *self)
{
  self->boxes = g_ptr_array_new ();
}

GtkWidget *
pv_code_boxes_new (PvInput input, guint n_boxes)
{
  PvCodeBoxes *self = g_object_new (PV_TYPE_CODE_BOXES, NULL);

  for (guint i = 0; i < n_boxes; i++) {
    GtkWidget *box =
      g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "can-target", FALSE, NULL);
    gtk_widget_add_css_class (box, "code-box");
    gtk_widget_set_parent (box, GTK_WIDGET (self));
    g_ptr_array_add (self->boxes, box);
  }
  self->entry = pv_answer_entry_new (input, n_boxes);
  pv_answer_entry_set_private (PV_ANSWER_ENTRY (self->entry));
  gtk_widget_set_opacity (self->entry, 0.0);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (flags_changed_cb), self);
  g_signal_connect_swapped (self->entry, "state-flags-changed", G_CALLBACK (flags_changed_cb), self);
  g_signal_connect (pv_answer_entry_get_text_widget (PV_ANSWER_ENTRY (self->entry)), "notify::cursor-position",
                    G_CALLBACK (caret_moved_cb), self);
  return GTK_WIDGET (self);
}

void
pv_code_boxes_set_veiled (PvCodeBoxes *self, gboolean is_veiled)
{
  self->is_veiled = is_veiled;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkWidget *
pv_code_boxes_get_entry (PvCodeBoxes *self)
{
  return self->entry;
}
