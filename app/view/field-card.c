/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture of a card beside what is to be done with it, and the boxes of its digits. */
#include "view/answer-entry.h"
#include "view/card-picture.h"
#include "view/code-boxes.h"
#include "view/field-view.h"

struct _PvCardView {
  PvFieldView parent_instance;
  GtkWidget *label;       /* (nullable): CARD */
  PvCardPicture *picture; /* (nullable): CARD */
  GtkWidget *entry;       /* (nullable): CODE; owned by its boxes */
  gboolean is_updating;
};

#define PV_CARD_VIEW(object) (G_TYPE_CHECK_INSTANCE_CAST ((object), PV_TYPE_CARD_VIEW, PvCardView))
typedef struct _PvCardView PvCardView;
typedef struct {
  PvFieldViewClass parent_class;
} PvCardViewClass;

G_DEFINE_TYPE (PvCardView, pv_card_view, PV_TYPE_FIELD_VIEW)

static void
changed_cb (GtkEditable *editable, gpointer user_data)
{
  PvCardView *self = PV_CARD_VIEW (user_data);

  if (!self->is_updating)
    pv_send (GTK_WIDGET (self), PV_DO_TYPE, pv_field_view_get_id (PV_FIELD_VIEW (self)),
             gtk_editable_get_text (editable));
}

/* Enter on a keyboard says that the code is whole; it never leaves the question unanswered. */
static void
activate_cb (GtkEntry *entry, gpointer user_data)
{
  (void) entry;
  pv_send (GTK_WIDGET (user_data), PV_DO_NEXT, NULL, NULL);
}

static void
build_code (PvCardView *self, const PvField *field)
{
  GtkWidget *boxes = pv_code_boxes_new (field->input, field->max_chars);

  gtk_widget_add_css_class (GTK_WIDGET (self), "whole");
  pv_code_boxes_set_veiled (PV_CODE_BOXES (boxes), field->is_veiled);
  self->entry = pv_code_boxes_get_entry (PV_CODE_BOXES (boxes));
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), FALSE);
  pv_set_focus_id (self->entry, "entry:%s", field->id);
  g_signal_connect (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->entry, "activate", G_CALLBACK (activate_cb), self);
  gtk_box_append (GTK_BOX (self), boxes);
}

static void
build_card (PvCardView *self, const PvField *field)
{
  const PvPlan *plan = pv_field_view_get_plan (PV_FIELD_VIEW (self));
  GtkWidget *panel = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *picture = pv_card_picture_new ();

  gtk_widget_add_css_class (panel, "card-panel");
  self->picture = PV_CARD_PICTURE (picture);
  if (plan->layout != PV_LAYOUT_PORTRAIT || plan->text_percent > 125)
    gtk_widget_add_css_class (picture, "small");
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  if (field->width_px == 0)
    pv_set_optional (picture, 4); /* the words beside it say where the digits are */
  self->label = pv_text_new (NULL, "card-words");
  gtk_widget_set_valign (self->label, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_box_append (GTK_BOX (panel), picture);
  gtk_box_append (GTK_BOX (panel), self->label);
  gtk_box_append (GTK_BOX (self), panel);
}

static void
pv_card_view_build (PvFieldView *view, const PvField *field)
{
  if (field->kind == PV_FIELD_CODE)
    build_code (PV_CARD_VIEW (view), field);
  else
    build_card (PV_CARD_VIEW (view), field);
}

static gboolean
pv_card_view_update (PvFieldView *view, const PvField *field)
{
  PvCardView *self = PV_CARD_VIEW (view);

  if (self->label != NULL) {
    pv_text_update (self->label, field->label);
    pv_card_picture_set_width_px (self->picture, field->width_px);
    return TRUE;
  }
  self->is_updating = TRUE;
  pv_answer_entry_update_text (PV_ANSWER_ENTRY (self->entry), field->value);
  self->is_updating = FALSE;
  pv_field_view_relate (view, self->entry, field, NULL);
  pv_describe (self->entry, field->error, field->is_pointed);
  return TRUE;
}

static GtkWidget *
pv_card_view_get_focus (PvFieldView *view)
{
  return PV_CARD_VIEW (view)->entry;
}

static void
pv_card_view_class_init (PvCardViewClass *klass)
{
  PvFieldViewClass *view_class = (PvFieldViewClass *) klass;

  view_class->build = pv_card_view_build;
  view_class->update = pv_card_view_update;
  view_class->get_focus = pv_card_view_get_focus;
}

static void
pv_card_view_init (PvCardView *self)
{
  (void) self;
}
