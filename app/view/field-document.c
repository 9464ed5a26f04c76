/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The documents of a question, and the page that is being made into one. */
#include <glib/gi18n-lib.h>

#include "view/field-view.h"
#include "view/flow.h"
#include "view/icon.h"
#include "view/scan-picture.h"

enum {
  COLUMNS = 3,
  COLUMNS_LANDSCAPE = 2,
  GAP = 24,
  MAX_BESIDE_PERCENT = 125, /* above this text size a column beside the page is too narrow */
};

struct _PvDocumentView {
  PvFieldView parent_instance;
  GtkWidget *label, *value, *help; /* (nullable) each, by kind */
  GtkWidget *picture;              /* (nullable): SCAN */
  GPtrArray *buttons;              /* (element-type GtkWidget): "Remove"; borrowed */
  char *signature;                 /* of the rows; of a picture: whether there is a page, and its choices */
};

#define PV_DOCUMENT_VIEW(object) (G_TYPE_CHECK_INSTANCE_CAST ((object), PV_TYPE_DOCUMENT_VIEW, PvDocumentView))
typedef struct _PvDocumentView PvDocumentView;
typedef struct {
  PvFieldViewClass parent_class;
} PvDocumentViewClass;

G_DEFINE_TYPE (PvDocumentView, pv_document_view, PV_TYPE_FIELD_VIEW)

static char *
signature_of (const PvField *field)
{
  GString *text = g_string_new (field->kind == PV_FIELD_SCAN ? (field->portrait != NULL ? "page" : "glass") : "");

  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++) {
    const PvChoice *choice = field->choices->pdata[i];

    g_string_append_printf (text, ":%s", choice->id);
  }
  for (guint i = 0; field->rows != NULL && i < field->rows->len; i++) {
    const PvSummaryRow *row = field->rows->pdata[i];

    g_string_append_printf (text, "%s|%s|%s;", row->label, row->value, row->edit_target);
  }
  return g_string_free (text, FALSE);
}

static void
remove_cb (GtkButton *button, gpointer user_data)
{
  g_autofree char *id = g_strdup (pv_field_view_get_id (PV_FIELD_VIEW (user_data)));
  g_autofree char *number = g_strdup (g_object_get_data (G_OBJECT (button), "pv-target"));

  pv_send (GTK_WIDGET (button), PV_DO_REMOVE_DOCUMENT, id, number);
}

static GtkWidget *
remove_button (PvDocumentView *self, const PvField *field, const PvSummaryRow *row)
{
  /* Translators: a button beside a document; as short as "Change" */
  GtkWidget *button = gtk_button_new_with_label (C_ ("document", "Remove"));

  gtk_widget_add_css_class (button, "edit");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "pv-target", g_strdup (row->edit_target), g_free);
  pv_set_spoken_name (button, row->edit_spoken);
  pv_set_focus_id (button, "remove:%s:%s", field->id, row->edit_target);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  g_ptr_array_add (self->buttons, button);
  return button;
}

/* One document: its name, its pages and size under it, and the way to take it away. */
static GtkWidget *
make_row (PvDocumentView *self, const PvField *field, const PvSummaryRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *texts = pv_column_new ();
  GtkWidget *value = pv_answer_text_new ("help");

  gtk_widget_add_css_class (box, "file");
  gtk_widget_add_css_class (box, "whole");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  pv_text_update (value, row->value);
  gtk_box_append (GTK_BOX (texts), pv_text_new (row->label, "strong"));
  gtk_box_append (GTK_BOX (texts), value);
  gtk_box_append (GTK_BOX (box), pv_icon_new ("receipt"));
  gtk_box_append (GTK_BOX (box), texts);
  if (row->edit_target != NULL && !field->is_locked)
    gtk_box_append (GTK_BOX (box), remove_button (self, field, row));
  return box;
}

static void
build_words (PvDocumentView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *texts = pv_column_new ();

  gtk_widget_add_css_class (box, "file");
  gtk_widget_add_css_class (box, "whole");
  self->label = pv_text_new (NULL, "strong");
  self->value = pv_answer_text_new (NULL);
  self->help = pv_text_new (NULL, "help");
  gtk_box_append (GTK_BOX (box), pv_icon_new ("receipt"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), self->label);
  gtk_box_append (GTK_BOX (texts), self->value);
  gtk_box_append (GTK_BOX (texts), self->help);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (self), box);
}

/* Beside the drawing: how the page is laid. */
static void
build_glass (PvDocumentView *self)
{
  GtkWidget *panel = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *glass = pv_scan_picture_new_glass ();

  gtk_widget_add_css_class (panel, "card-panel");
  gtk_widget_set_valign (glass, GTK_ALIGN_CENTER);
  pv_set_optional (glass, 4); /* the words beside it say the same */
  self->label = pv_text_new (NULL, "card-words");
  gtk_widget_set_valign (self->label, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_box_append (GTK_BOX (panel), glass);
  gtk_box_append (GTK_BOX (panel), self->label);
  gtk_box_append (GTK_BOX (self), panel);
}

/* Where there is little height. */
static gboolean
is_beside (const PvPlan *plan)
{
  return plan->layout != PV_LAYOUT_PORTRAIT && plan->text_percent <= MAX_BESIDE_PERCENT;
}

/* As the actions of a screen that stand side by side. */
static GtkWidget *
make_deeds (const PvField *field, const PvPlan *plan)
{
  GtkWidget *flow =
    pv_flow_new (is_beside (plan) && plan->layout == PV_LAYOUT_LANDSCAPE ? COLUMNS_LANDSCAPE : COLUMNS, GAP);

  pv_flow_set_stretch_last (PV_FLOW (flow), TRUE);
  for (guint i = 0; i < field->choices->len; i++) {
    const PvChoice *choice = field->choices->pdata[i];
    const PvAction action = { .intention = choice->intention,
                              .role = PV_ROLE_CARD,
                              .target = choice->id,
                              .label = choice->label,
                              .icon = choice->icon,
                              .is_enabled = choice->enabled };

    pv_flow_append (PV_FLOW (flow), pv_action_button_new (&action, plan));
  }
  return flow;
}

static void
build_picture (PvDocumentView *self)
{
  self->picture = pv_scan_picture_new ();
  gtk_widget_add_css_class (self->picture, "whole");
  gtk_widget_set_halign (self->picture, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->picture, GTK_ALIGN_CENTER);
  self->label = pv_text_new (NULL, "scan-caption");
  gtk_label_set_justify (GTK_LABEL (self->label), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0.5F);
}

/* What can be done with the page stands under it, or beside it. */
static void
build_page (PvDocumentView *self, const PvField *field)
{
  const PvPlan *plan = pv_field_view_get_plan (PV_FIELD_VIEW (self));
  GtkWidget *deeds = field->choices != NULL && field->choices->len > 0 ? make_deeds (field, plan) : NULL;
  GtkWidget *box, *column;

  build_picture (self);
  if (deeds == NULL || !is_beside (plan)) {
    gtk_box_append (GTK_BOX (self), self->picture);
    gtk_box_append (GTK_BOX (self), self->label);
    if (deeds != NULL)
      gtk_box_append (GTK_BOX (self), deeds);
    return;
  }
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  column = pv_column_new ();
  gtk_widget_add_css_class (box, "page-beside");
  gtk_widget_add_css_class (box, "whole");
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), self->label);
  gtk_box_append (GTK_BOX (column), deeds);
  gtk_box_append (GTK_BOX (box), self->picture);
  gtk_box_append (GTK_BOX (box), column);
  gtk_box_append (GTK_BOX (self), box);
}

static void
pv_document_view_build (PvFieldView *view, const PvField *field)
{
  PvDocumentView *self = PV_DOCUMENT_VIEW (view);

  self->signature = signature_of (field);
  if (field->kind == PV_FIELD_SCAN && field->portrait != NULL)
    build_page (self, field);
  else if (field->kind == PV_FIELD_SCAN)
    build_glass (self);
  else if (field->rows == NULL)
    build_words (self);
  for (guint i = 0; field->kind == PV_FIELD_FILE && field->rows != NULL && i < field->rows->len; i++)
    gtk_box_append (GTK_BOX (self), make_row (self, field, field->rows->pdata[i]));
}

static gboolean
pv_document_view_update (PvFieldView *view, const PvField *field)
{
  PvDocumentView *self = PV_DOCUMENT_VIEW (view);
  g_autofree char *signature = signature_of (field);

  if (!g_str_equal (signature, self->signature))
    return FALSE;
  if (self->label != NULL)
    pv_text_update (self->label, field->label);
  if (self->value != NULL)
    pv_text_update (self->value, field->value);
  if (self->help != NULL)
    pv_text_update (self->help, field->help);
  if (self->picture != NULL)
    pv_set_spoken_name (self->picture, field->portrait);
  for (guint i = 0; i < self->buttons->len; i++)
    pv_field_view_relate_texts (view, self->buttons->pdata[i], field);
  return TRUE;
}

static void
pv_document_view_show_portrait (PvFieldView *view, GdkTexture *texture)
{
  PvDocumentView *self = PV_DOCUMENT_VIEW (view);

  if (self->picture != NULL)
    pv_scan_picture_set_texture (PV_SCAN_PICTURE (self->picture), texture);
}

static GtkWidget *
pv_document_view_get_focus (PvFieldView *view)
{
  PvDocumentView *self = PV_DOCUMENT_VIEW (view);

  return self->buttons->len > 0 ? self->buttons->pdata[0] : NULL;
}

static void
pv_document_view_finalize (GObject *object)
{
  PvDocumentView *self = PV_DOCUMENT_VIEW (object);

  g_ptr_array_unref (self->buttons);
  g_free (self->signature);
  G_OBJECT_CLASS (pv_document_view_parent_class)->finalize (object);
}

static void
pv_document_view_class_init (PvDocumentViewClass *klass)
{
  PvFieldViewClass *view_class = (PvFieldViewClass *) klass;

  G_OBJECT_CLASS (klass)->finalize = pv_document_view_finalize;
  view_class->build = pv_document_view_build;
  view_class->update = pv_document_view_update;
  view_class->get_focus = pv_document_view_get_focus;
  view_class->show_portrait = pv_document_view_show_portrait;
}

static void
pv_document_view_init (PvDocumentView *self)
{
  self->buttons = g_ptr_array_new ();
}
