/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is typed: one line, several lines, a date in three boxes, the words of a search. */
#include "view/answer-entry.h"
#include "view/field-view.h"
#include "view/mask.h"
#include "view/mouse.h"

struct _PvTypedView {
  PvFieldView parent_instance;
  PvFieldKind kind;
  GtkWidget *entries[3]; /* DATE: day, month, year; else the first */
  GtkWidget *part_labels[3];
  GtkTextBuffer *buffer; /* (nullable): LONG_INPUT; owned by its view */
  guint full_chars;      /* hands over to the next field when it holds so many; 0: never */
  gboolean is_updating;
};

#define PV_TYPED_VIEW(object) (G_TYPE_CHECK_INSTANCE_CAST ((object), PV_TYPE_TYPED_VIEW, PvTypedView))
typedef struct _PvTypedView PvTypedView;
typedef struct {
  PvFieldViewClass parent_class;
} PvTypedViewClass;

G_DEFINE_TYPE (PvTypedView, pv_typed_view, PV_TYPE_FIELD_VIEW)

/* Digits of a day, a month, a year; and the names of the parts in an intention's target. */
static const guint part_chars[3] = { 2, 2, 4 };
static const char *const part_names[3] = { "day", "month", "year" };

/* A full line hands over to the next one, as a scanner types them. */
static void
hand_over (PvTypedView *self, GtkEditable *editable)
{
  guint length = gtk_entry_buffer_get_length (gtk_entry_get_buffer (GTK_ENTRY (editable)));
  GtkWidget *fields = gtk_widget_get_parent (GTK_WIDGET (self));

  /* While a character is inserted the caret still stands before it. */
  if (self->full_chars > 0 && length == self->full_chars && (int) length == gtk_editable_get_position (editable) + 1
      && gtk_widget_get_next_sibling (GTK_WIDGET (self)) != NULL
      && (gtk_widget_get_state_flags (GTK_WIDGET (editable)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0)
    gtk_widget_child_focus (fields, GTK_DIR_TAB_FORWARD);
}

static void
changed_cb (GtkEditable *editable, gpointer user_data)
{
  PvTypedView *self = PV_TYPED_VIEW (user_data);
  const char *id = pv_field_view_get_id (PV_FIELD_VIEW (self));

  if (self->is_updating)
    return;
  if (self->kind == PV_FIELD_SEARCH)
    pv_send (GTK_WIDGET (self), PV_DO_SEARCH, id, gtk_editable_get_text (editable));
  else
    pv_send (GTK_WIDGET (self), PV_DO_TYPE, id, gtk_editable_get_text (editable));
  hand_over (self, editable);
}

static void
part_changed_cb (GtkEditable *editable, gpointer user_data)
{
  PvTypedView *self = PV_TYPED_VIEW (user_data);
  guint part = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (editable), "pv-part"));
  g_autofree char *target = g_strdup_printf ("%s/%s", pv_field_view_get_id (PV_FIELD_VIEW (self)), part_names[part]);
  guint length = gtk_entry_buffer_get_length (gtk_entry_get_buffer (GTK_ENTRY (editable)));

  if (self->is_updating)
    return;
  /* A full box hands over to the next one, as people expect of a date. */
  if (length == part_chars[part] && part < 2 && (int) length == gtk_editable_get_position (editable) + 1
      && gtk_widget_get_state_flags (GTK_WIDGET (editable)) & GTK_STATE_FLAG_FOCUS_WITHIN)
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->entries[part + 1]));
  pv_send (GTK_WIDGET (self), PV_DO_TYPE_PART, target, gtk_editable_get_text (editable));
}

static void
buffer_changed_cb (GtkTextBuffer *buffer, gpointer user_data)
{
  PvTypedView *self = PV_TYPED_VIEW (user_data);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  if (self->is_updating)
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  pv_send (GTK_WIDGET (self), PV_DO_TYPE, pv_field_view_get_id (PV_FIELD_VIEW (self)), text);
}

static GtkWidget *
make_entry (PvTypedView *self, const PvField *field, PvInput input, guint max_chars)
{
  GtkWidget *entry = pv_answer_entry_new (input, max_chars);

  gtk_editable_set_editable (GTK_EDITABLE (entry), !field->is_locked);
  gtk_widget_set_sensitive (entry, !field->is_locked);
  gtk_widget_set_hexpand (entry, TRUE);
  (void) self;
  return entry;
}

static void
build_date (PvTypedView *self, const PvField *field)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (row, "whole"); /* each box with its name, also where the field is too high for a page */
  for (guint part = 0; part < 3; part++) {
    GtkWidget *column = pv_column_new ();
    GtkWidget *entry = make_entry (self, field, PV_INPUT_DATE, part_chars[part]);
    self->entries[part] = entry;
    self->part_labels[part] = pv_text_new (field->part_labels[part], "part-label");
    gtk_widget_add_css_class (column, "date-part");
    if (part == 2)
      gtk_widget_add_css_class (column, "last");
    gtk_editable_set_width_chars (GTK_EDITABLE (entry), part == 2 ? 5 : 3);
    gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), part == 2 ? 8 : 4);
    g_object_set_data (G_OBJECT (entry), "pv-part", GUINT_TO_POINTER (part));
    pv_set_focus_id (entry, "part:%s:%s", field->id, part_names[part]);
    g_signal_connect (entry, "changed", G_CALLBACK (part_changed_cb), self);
    gtk_box_append (GTK_BOX (column), self->part_labels[part]);
    gtk_box_append (GTK_BOX (column), entry);
    gtk_widget_set_hexpand (column, TRUE);
    gtk_widget_set_valign (column, GTK_ALIGN_END); /* a name of two lines leaves the boxes in one row */
    gtk_box_append (GTK_BOX (row), column);
  }
  /* Day, month, year in every script: figures are read from the left. */
  gtk_widget_set_direction (row, gtk_widget_get_direction (GTK_WIDGET (self)));
  gtk_box_append (GTK_BOX (self), row);
}

static void
build_long (PvTypedView *self, const PvField *field)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *frame = gtk_scrolled_window_new ();

  pv_mouse_mark_typed (view);
  self->entries[0] = view;
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_set_enable_undo (self->buffer, FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (view), GTK_INPUT_HINT_NO_EMOJI | GTK_INPUT_HINT_NO_SPELLCHECK
                                                         | GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_INHIBIT_OSK);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), !field->is_locked);
  /* The text follows the caret; nothing is dragged. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame), GTK_POLICY_NEVER, GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (frame), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), view);
  gtk_widget_add_css_class (frame, "long-input");
  pv_take_gestures_away (frame);
  pv_set_focus_id (view, "entry:%s", field->id);
  g_signal_connect (self->buffer, "changed", G_CALLBACK (buffer_changed_cb), self);
  gtk_box_append (GTK_BOX (self), frame);
}

static void
pv_typed_view_build (PvFieldView *view, const PvField *field)
{
  PvTypedView *self = PV_TYPED_VIEW (view);

  self->kind = field->kind;
  gtk_widget_add_css_class (GTK_WIDGET (view), "whole"); /* label and box stay on one page */
  if (field->kind == PV_FIELD_DATE) {
    build_date (self, field);
  } else if (field->kind == PV_FIELD_LONG_INPUT) {
    build_long (self, field);
  } else {
    self->entries[0] = make_entry (self, field, field->input, field->max_chars);
    pv_set_focus_id (self->entries[0], "entry:%s", field->id);
    if (field->kind == PV_FIELD_SEARCH)
      gtk_widget_add_css_class (GTK_WIDGET (view), "search-line");
    if (field->input == PV_INPUT_ZONE)
      gtk_widget_add_css_class (self->entries[0], "zone");
    self->full_chars = field->hands_over ? field->max_chars : 0;
    g_signal_connect (self->entries[0], "changed", G_CALLBACK (changed_cb), self);
    gtk_box_append (GTK_BOX (view), self->entries[0]);
  }
}

/* (nullable) */
static const char *
describe (const PvField *field, const PvPlan *plan)
{
  const char *mask = plan->is_inert ? pv_mask_words (field->assist, pv_mask_dots (field)) : NULL;

  if (field->error != NULL)
    return field->error;
  return mask != NULL ? mask : field->help;
}

static void
name_entry (PvTypedView *self, GtkWidget *entry, const PvField *field, const char *name)
{
  const char *description = describe (field, pv_field_view_get_plan (PV_FIELD_VIEW (self)));

  pv_set_spoken_name (entry, name);
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               field->error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  pv_describe (entry, description, field->is_pointed);
}

static void
update_date (PvTypedView *self, const PvField *field, const char *name)
{
  for (guint part = 0; part < 3; part++) {
    g_autofree char *part_name = g_strdup_printf ("%s, %s", name, field->part_labels[part]);
    pv_text_update (self->part_labels[part], field->part_labels[part]);
    pv_answer_entry_update_text (PV_ANSWER_ENTRY (self->entries[part]), field->parts[part]);
    name_entry (self, self->entries[part], field, part_name);
  }
}

static void
update_long (PvTypedView *self, const PvField *field)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  text = gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
  if (g_strcmp0 (text, field->value != NULL ? field->value : "") != 0)
    gtk_text_buffer_set_text (self->buffer, field->value != NULL ? field->value : "", -1);
}

static gboolean
pv_typed_view_update (PvFieldView *view, const PvField *field)
{
  PvTypedView *self = PV_TYPED_VIEW (view);
  const char *name = field->spoken_label != NULL ? field->spoken_label : field->label != NULL ? field->label : "";

  self->is_updating = TRUE;
  if (self->kind == PV_FIELD_DATE) {
    update_date (self, field, name);
  } else if (self->kind == PV_FIELD_LONG_INPUT) {
    update_long (self, field);
    name_entry (self, self->entries[0], field, name);
  } else {
    pv_answer_entry_update_text (PV_ANSWER_ENTRY (self->entries[0]), field->value);
    name_entry (self, self->entries[0], field, name);
  }
  self->is_updating = FALSE;
  return TRUE;
}

static GtkWidget *
pv_typed_view_get_focus (PvFieldView *view)
{
  PvTypedView *self = PV_TYPED_VIEW (view);

  if (self->kind == PV_FIELD_DATE)
    for (guint part = 0; part < 3; part++)
      if (gtk_entry_buffer_get_length (gtk_entry_get_buffer (GTK_ENTRY (self->entries[part]))) < part_chars[part])
        return self->entries[part];
  return self->entries[0];
}

static void
pv_typed_view_class_init (PvTypedViewClass *klass)
{
  PvFieldViewClass *view_class = (PvFieldViewClass *) klass;

  view_class->build = pv_typed_view_build;
  view_class->update = pv_typed_view_update;
  view_class->get_focus = pv_typed_view_get_focus;
}

static void
pv_typed_view_init (PvTypedView *self)
{
  (void) self;
}
