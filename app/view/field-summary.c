/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of the check: what was answered, and the way back to it; beside them, where there is one, a photo to compare. */
#include <glib/gi18n-lib.h>

#include "view/field-view.h"
#include "view/icon.h"
#include "view/mask.h"
#include "view/private-text.h"
#include "view/portrait.h"

/* Longer labels, and as many letters that are larger, stand over their answers, all of them, so that the answers form one column. */
enum {
  MAX_LABEL_CHARS = 14,
  VALUE_PERCENT = 150, /* of the 8 letters that an answer needs: what it has at least beside its label */
};

struct _PvSummaryView {
  PvFieldView parent_instance;
  GtkWidget *frame;
  GtkWidget *portrait; /* (nullable) */
  GPtrArray *values;   /* (element-type GtkWidget): one for each row, NULL for a heading; owned by the frame */
  char *signature;
};

#define PV_SUMMARY_VIEW(object) (G_TYPE_CHECK_INSTANCE_CAST ((object), PV_TYPE_SUMMARY_VIEW, PvSummaryView))
typedef struct _PvSummaryView PvSummaryView;
typedef struct {
  PvFieldViewClass parent_class;
} PvSummaryViewClass;

G_DEFINE_TYPE (PvSummaryView, pv_summary_view, PV_TYPE_FIELD_VIEW)

static void
edit_cb (GtkButton *button, gpointer user_data)
{
  g_autofree char *target = g_strdup (g_object_get_data (G_OBJECT (button), "pv-target"));

  (void) user_data;
  pv_send (GTK_WIDGET (button), PV_DO_EDIT, target, NULL);
}

static char *
signature_of (const PvField *field)
{
  GString *text = g_string_new (field->portrait);

  for (guint i = 0; field->rows != NULL && i < field->rows->len; i++) {
    const PvSummaryRow *row = g_ptr_array_index (field->rows, i);
    g_string_append_printf (text, "%s|%s|%d|%d|%s|%s|%s;", row->label, row->edit_target != NULL ? row->edit_target : "",
                            row->is_heading, row->assist, row->mark != NULL ? row->mark : "",
                            row->official_label != NULL ? row->official_label : "",
                            row->official_value != NULL ? row->official_value : "");
  }
  return g_string_free (text, FALSE);
}

static GtkWidget *
value_text (const char *css_class)
{
  GtkWidget *label = pv_answer_text_new (css_class);

  gtk_label_set_max_width_chars (GTK_LABEL (label), 8); /* the label beside it comes first, the rest is its own */
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static gboolean
is_stacked (PvSummaryView *self, const PvField *field)
{
  guint percent = pv_field_view_get_plan (PV_FIELD_VIEW (self))->text_percent;
  glong widest = 0;

  for (guint i = 0; i < field->rows->len; i++) {
    const PvSummaryRow *row = g_ptr_array_index (field->rows, i);
    if (!row->is_heading)
      widest = MAX (widest, g_utf8_strlen (row->label, -1));
    if (pv_official_beside (row->label, row->official_label) != NULL) /* two lines beside one answer are hard to read */
      return TRUE;
  }
  return widest * (glong) percent / 100 > MAX_LABEL_CHARS || percent > 125;
}

/* The value, and under it the word about it. */
static GtkWidget *
with_mark (GtkWidget *value, const char *mark)
{
  GtkWidget *column = pv_column_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = pv_text_new (mark, NULL);

  gtk_widget_add_css_class (line, "row-mark");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (line), pv_icon_new ("check-circle"));
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (column), value);
  gtk_box_append (GTK_BOX (column), line);
  return column;
}

/* Where it was translated: the portal's French under it, while there is room. */
static GtkWidget *
with_official (GtkWidget *text, const char *words, const char *official)
{
  GtkWidget *column, *beside;

  if (official == NULL)
    return text;
  column = pv_column_new ();
  beside = pv_official_new ();
  gtk_widget_add_css_class (beside, "row-official");
  gtk_widget_set_hexpand (column, TRUE);
  pv_set_optional (beside, 1);
  pv_text_update_official (text, beside, words, official);
  gtk_box_append (GTK_BOX (column), text);
  gtk_box_append (GTK_BOX (column), beside);
  return column;
}

/* ---- a label beside its answer; over it, where that would be all too narrow ---- */

static int
least_width_of (GtkWidget *widget)
{
  int minimum = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static int
height_of (GtkWidget *widget, int width)
{
  int natural = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static gboolean
has_room_beside (GtkWidget *texts, int width)
{
  int label = least_width_of (gtk_widget_get_first_child (texts));

  return label + least_width_of (gtk_widget_get_last_child (texts)) * VALUE_PERCENT / 100 <= width;
}

static GtkSizeRequestMode
texts_mode_cb (GtkWidget *texts)
{
  (void) texts;
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_texts_cb (GtkWidget *texts, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                  int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *label = gtk_widget_get_first_child (texts), *value = gtk_widget_get_last_child (texts);
  int label_width = least_width_of (label), value_width = least_width_of (value);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = MAX (label_width, value_width);
    *natural = label_width + value_width * VALUE_PERCENT / 100;
    return;
  }
  if (for_size < 0 || has_room_beside (texts, for_size))
    *natural =
      MAX (height_of (label, label_width), height_of (value, for_size < 0 ? value_width : for_size - label_width));
  else
    *natural = height_of (label, for_size) + height_of (value, for_size);
  *minimum = *natural;
}

static void
place_texts_cb (GtkWidget *texts, int width, int height, int baseline)
{
  GtkWidget *label = gtk_widget_get_first_child (texts), *value = gtk_widget_get_last_child (texts);
  gboolean is_from_right = gtk_widget_get_direction (texts) == GTK_TEXT_DIR_RTL;
  int label_width = least_width_of (label), label_height = height_of (label, width);
  GtkAllocation label_place = { is_from_right ? width - label_width : 0, (height - label_height) / 2, label_width,
                                label_height };
  GtkAllocation value_place = { is_from_right ? 0 : label_width, 0, width - label_width, height };

  (void) baseline;
  if (!has_room_beside (texts, width)) {
    label_place = (GtkAllocation){ 0, 0, width, label_height };
    value_place = (GtkAllocation){ 0, label_height, width, height - label_height };
  }
  gtk_widget_size_allocate (label, &label_place, -1);
  gtk_widget_size_allocate (value, &value_place, -1);
}

/* @labels: (nullable): their common width, when they stand beside the answers */
static void
add_row (PvSummaryView *self, const PvSummaryRow *row, gboolean is_last, GtkSizeGroup *labels)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *texts = gtk_box_new (labels == NULL ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = pv_text_new (row->label, "row-label");
  GtkWidget *value = value_text ("row-value");

  gtk_widget_add_css_class (box, "summary-row");
  gtk_widget_add_css_class (box, "whole");
  if (is_last)
    gtk_widget_add_css_class (box, "last");
  if (labels != NULL) {
    gtk_label_set_wrap (GTK_LABEL (label), FALSE);
    gtk_size_group_add_widget (labels, label);
    gtk_widget_set_layout_manager (texts, gtk_custom_layout_new (texts_mode_cb, measure_texts_cb, place_texts_cb));
  } else {
    gtk_widget_add_css_class (box, "stacked");
  }
  gtk_box_append (GTK_BOX (texts), with_official (label, row->label, row->official_label));
  gtk_box_append (GTK_BOX (texts), row->mark != NULL ? with_mark (value, row->mark)
                                                     : with_official (value, row->value, row->official_value));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), texts);
  if (row->edit_target != NULL) {
    /* Translators: a button beside an answer; as short as "Change" */
    GtkWidget *button = gtk_button_new_with_label (_ ("Change"));
    gtk_widget_add_css_class (button, "edit");
    gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
    gtk_label_set_wrap_mode (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_WRAP_WORD);
    gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
    g_object_set_data_full (G_OBJECT (button), "pv-target", g_strdup (row->edit_target), g_free);
    pv_set_spoken_name (button, row->edit_spoken != NULL ? row->edit_spoken : _ ("Change"));
    pv_set_focus_id (button, "edit:%s", row->edit_target);
    g_signal_connect (button, "clicked", G_CALLBACK (edit_cb), NULL);
    gtk_box_append (GTK_BOX (box), button);
  }
  if (!pv_field_view_get_plan (PV_FIELD_VIEW (self))->is_inert && row->assist != PV_ASSIST_CLEAR)
    pv_hide_labels (gtk_widget_get_last_child (texts));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  g_ptr_array_add (self->values, value);
  gtk_box_append (GTK_BOX (self->frame), box);
}

/* It goes before a row would be on a further page: the rows are what is confirmed. */
static void
add_portrait (PvSummaryView *self, const PvField *field)
{
  const PvPlan *plan = pv_field_view_get_plan (PV_FIELD_VIEW (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "with-portrait");
  self->portrait = pv_portrait_new ();
  if (plan->layout == PV_LAYOUT_COMPACT || plan->text_percent > 125)
    gtk_widget_add_css_class (self->portrait, "small");
  gtk_widget_set_valign (self->portrait, GTK_ALIGN_START);
  pv_set_spoken_name (self->portrait, field->portrait);
  pv_set_optional (self->portrait, 4);
  pv_set_unpaged (self->portrait);
  gtk_widget_set_hexpand (self->frame, TRUE);
  gtk_widget_set_valign (self->frame, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), self->portrait);
  gtk_box_append (GTK_BOX (box), self->frame);
  gtk_box_append (GTK_BOX (self), box);
}

static void
pv_summary_view_build (PvFieldView *view, const PvField *field)
{
  PvSummaryView *self = PV_SUMMARY_VIEW (view);
  guint count = field->rows != NULL ? field->rows->len : 0;
  g_autoptr (GtkSizeGroup) labels =
    count > 0 && !is_stacked (self, field) ? gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL) : NULL;

  self->signature = signature_of (field);
  self->frame = pv_column_new ();
  gtk_widget_add_css_class (self->frame, "summary");
  for (guint i = 0; i < count; i++) {
    const PvSummaryRow *row = g_ptr_array_index (field->rows, i);
    if (row->is_heading) {
      gtk_box_append (GTK_BOX (self->frame), pv_text_new (row->label, "summary-heading"));
      g_ptr_array_add (self->values, NULL);
    } else {
      add_row (self, row, i + 1 == count, labels);
    }
  }
  if (field->portrait != NULL)
    add_portrait (self, field);
  else
    gtk_box_append (GTK_BOX (view), self->frame);
}

/* In a mirror: dots on grey, and words for who listens. */
static void
update_mask (GtkWidget *value, const PvSummaryRow *row)
{
  const char *words = pv_mask_words (row->assist, row->value);

  if (words == NULL) {
    gtk_widget_remove_css_class (value, "masked");
    return;
  }
  gtk_widget_add_css_class (value, "masked");
  gtk_widget_set_halign (value, GTK_ALIGN_START);
  gtk_widget_set_hexpand (value, FALSE);
  pv_set_spoken_name (value, words);
  if (row->assist == PV_ASSIST_HIDDEN)
    pv_text_update (value, words);
}

static gboolean
pv_summary_view_update (PvFieldView *view, const PvField *field)
{
  PvSummaryView *self = PV_SUMMARY_VIEW (view);
  g_autofree char *signature = signature_of (field);

  if (!g_str_equal (signature, self->signature))
    return FALSE;
  for (guint i = 0; i < self->values->len; i++) {
    const PvSummaryRow *row = g_ptr_array_index (field->rows, i);
    GtkWidget *value = g_ptr_array_index (self->values, i);
    if (value == NULL)
      continue;
    pv_text_update (value, row->value);
    if (pv_field_view_get_plan (view)->is_inert)
      update_mask (value, row);
  }
  return TRUE;
}

static void
pv_summary_view_show_portrait (PvFieldView *view, GdkTexture *texture)
{
  PvSummaryView *self = PV_SUMMARY_VIEW (view);

  if (self->portrait != NULL)
    pv_portrait_set_texture (PV_PORTRAIT (self->portrait), texture);
}

static void
pv_summary_view_finalize (GObject *object)
{
  PvSummaryView *self = PV_SUMMARY_VIEW (object);

  g_ptr_array_unref (self->values);
  g_free (self->signature);
  G_OBJECT_CLASS (pv_summary_view_parent_class)->finalize (object);
}

static void
pv_summary_view_class_init (PvSummaryViewClass *klass)
{
  PvFieldViewClass *view_class = (PvFieldViewClass *) klass;

  G_OBJECT_CLASS (klass)->finalize = pv_summary_view_finalize;
  view_class->build = pv_summary_view_build;
  view_class->update = pv_summary_view_update;
  view_class->show_portrait = pv_summary_view_show_portrait;
}

static void
pv_summary_view_init (PvSummaryView *self)
{
  self->values = g_ptr_array_new ();
}
