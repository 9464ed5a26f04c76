/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is only read: paragraphs, a reference in large letters, a QR code, what is going on. */
#include "view/field-view.h"
#include "view/progress-line.h"
#include "view/qr-code.h"

/* Of a code in very large digits, and the space between its groups. */
enum { MAX_DIGITS = 8 };

struct _PvReadView {
  PvFieldView parent_instance;
  GtkWidget *label, *value, *help; /* (nullable) each, by kind */
  GtkWidget *official;             /* (nullable): TEXT: of its words */
  GtkWidget *code;                 /* (nullable) */
  GtkWidget *line;                 /* (nullable): PROGRESS */
  PvFieldKind kind;
};

#define PV_READ_VIEW(object) (G_TYPE_CHECK_INSTANCE_CAST ((object), PV_TYPE_READ_VIEW, PvReadView))
typedef struct _PvReadView PvReadView;
typedef struct {
  PvFieldViewClass parent_class;
} PvReadViewClass;

G_DEFINE_TYPE (PvReadView, pv_read_view, PV_TYPE_FIELD_VIEW)

/* A code that is read out to somebody, from where one stands, is as large as the screen allows, and in one line. */
static void
set_digits (PvReadView *self, const PvField *field)
{
  GtkWidget *box = gtk_widget_get_parent (self->value);

  if (pv_field_view_get_plan (PV_FIELD_VIEW (self))->screen != PV_SCREEN_CALL || field->value == NULL
      || g_utf8_strlen (field->value, -1) > MAX_DIGITS) {
    gtk_widget_remove_css_class (box, "digits");
    return;
  }
  gtk_widget_add_css_class (box, "digits");
  gtk_label_set_width_chars (GTK_LABEL (self->value), -1);
  gtk_label_set_wrap (GTK_LABEL (self->value), FALSE);
}

static void
build_reference (PvReadView *self)
{
  GtkWidget *box = pv_column_new ();

  gtk_widget_add_css_class (box, "reference");
  gtk_widget_add_css_class (box, "whole");
  self->label = pv_text_new (NULL, "caption");
  self->value = pv_answer_text_new ("value");
  self->help = pv_text_new (NULL, NULL);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), self->value);
  gtk_box_append (GTK_BOX (box), self->help);
  gtk_box_append (GTK_BOX (self), box);
}

static void
build_qr (PvReadView *self)
{
  const PvPlan *plan = pv_field_view_get_plan (PV_FIELD_VIEW (self));
  GtkWidget *frame = pv_column_new ();
  gboolean is_large = (plan->screen == PV_SCREEN_PHONE && plan->layout != PV_LAYOUT_COMPACT)
                      || (plan->screen == PV_SCREEN_DOCUMENT && plan->layout == PV_LAYOUT_PORTRAIT);

  self->code = pv_qr_code_new ();
  if (!is_large)
    gtk_widget_add_css_class (self->code, "small");
  gtk_widget_add_css_class (frame, "qr-frame");
  gtk_widget_add_css_class (frame, "whole");
  gtk_widget_set_halign (frame, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (frame), self->code);
  self->label = pv_text_new (NULL, "qr-caption");
  gtk_label_set_justify (GTK_LABEL (self->label), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0.5F);
  self->help = pv_answer_text_new ("field-help");
  gtk_label_set_justify (GTK_LABEL (self->help), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (self->help), 0.5F);
  gtk_box_append (GTK_BOX (self), frame);
  gtk_box_append (GTK_BOX (self), self->label);
  gtk_box_append (GTK_BOX (self), self->help);
}

static void
build_text (PvReadView *self, const char *css_class)
{
  self->label = pv_text_new (NULL, "field-label");
  gtk_widget_add_css_class (self->label, "term");
  self->value = pv_answer_text_new (css_class);
  gtk_box_append (GTK_BOX (self), self->label);
  gtk_box_append (GTK_BOX (self), self->value);
}

static void
build_paragraph (PvReadView *self)
{
  build_text (self, "paragraph");
  self->official = pv_official_new ();
  pv_set_optional (self->official, 3);
  gtk_box_append (GTK_BOX (self), self->official);
}

static void
build_progress (PvReadView *self, const PvField *field)
{
  build_text (self, "progress-words");
  if (!field->has_percent)
    return;
  self->line = g_object_new (PV_TYPE_PROGRESS_LINE, NULL);
  gtk_widget_add_css_class (self->line, "reading");
  gtk_box_append (GTK_BOX (self), self->line);
}

static void
pv_read_view_build (PvFieldView *view, const PvField *field)
{
  PvReadView *self = PV_READ_VIEW (view);

  self->kind = field->kind;
  if (field->kind == PV_FIELD_REFERENCE)
    build_reference (self);
  else if (field->kind == PV_FIELD_QR)
    build_qr (self);
  else if (field->kind == PV_FIELD_PROGRESS)
    build_progress (self, field);
  else
    build_paragraph (self);
}

static gboolean
pv_read_view_update (PvFieldView *view, const PvField *field)
{
  PvReadView *self = PV_READ_VIEW (view);
  /* A paragraph without a value of its own is its label, and then not a heading. */
  gboolean is_plain = (field->kind == PV_FIELD_TEXT || field->kind == PV_FIELD_PROGRESS) && field->value == NULL;

  if (field->kind == PV_FIELD_PROGRESS && field->has_percent != (self->line != NULL))
    return FALSE;
  if (self->line != NULL)
    pv_progress_line_set_fraction (PV_PROGRESS_LINE (self->line), field->percent / 100.0);
  if (self->label != NULL)
    pv_text_update (self->label, is_plain ? NULL : field->label);
  if (self->value != NULL)
    pv_text_update (self->value, is_plain ? field->label : field->value);
  if (self->official != NULL)
    pv_text_update (self->official, is_plain ? pv_official_beside (field->label, field->official_label) : NULL);
  if (self->help != NULL)
    pv_text_update (self->help, field->help);
  if (self->kind == PV_FIELD_REFERENCE)
    set_digits (self, field);
  if (self->code != NULL) {
    gtk_widget_set_visible (gtk_widget_get_parent (self->code),
                            pv_qr_code_set_text (PV_QR_CODE (self->code), field->value));
    pv_set_spoken_name (self->code, field->spoken_label != NULL ? field->spoken_label
                                    : field->label != NULL      ? field->label
                                                                : "");
  }
  return TRUE;
}

static void
pv_read_view_class_init (PvReadViewClass *klass)
{
  PvFieldViewClass *view_class = (PvFieldViewClass *) klass;

  view_class->build = pv_read_view_build;
  view_class->update = pv_read_view_update;
}

static void
pv_read_view_init (PvReadView *self)
{
  (void) self;
}
