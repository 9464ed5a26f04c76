/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In a mirror, what the mediator may not see: a box without an answer, which says whether there is one. */
#include "view/field-view.h"
#include "view/icon.h"
#include "view/mask.h"

struct _PvMaskedView {
  PvFieldView parent_instance;
  GtkWidget *words;
};

#define PV_MASKED_VIEW(object) (G_TYPE_CHECK_INSTANCE_CAST ((object), PV_TYPE_MASKED_VIEW, PvMaskedView))
typedef struct _PvMaskedView PvMaskedView;
typedef struct {
  PvFieldViewClass parent_class;
} PvMaskedViewClass;

G_DEFINE_TYPE (PvMaskedView, pv_masked_view, PV_TYPE_FIELD_VIEW)

static void
pv_masked_view_build (PvFieldView *view, const PvField *field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 20);

  (void) field;
  gtk_widget_add_css_class (GTK_WIDGET (view), "whole");
  gtk_widget_add_css_class (box, "mask");
  PV_MASKED_VIEW (view)->words = pv_text_new (NULL, NULL);
  gtk_widget_set_hexpand (PV_MASKED_VIEW (view)->words, TRUE);
  gtk_box_append (GTK_BOX (box), pv_icon_new ("lock"));
  gtk_box_append (GTK_BOX (box), PV_MASKED_VIEW (view)->words);
  gtk_box_append (GTK_BOX (view), box);
}

static gboolean
pv_masked_view_update (PvFieldView *view, const PvField *field)
{
  pv_text_update (PV_MASKED_VIEW (view)->words, pv_mask_words (PV_ASSIST_HIDDEN, pv_mask_dots (field)));
  return TRUE;
}

static void
pv_masked_view_class_init (PvMaskedViewClass *klass)
{
  PvFieldViewClass *view_class = (PvFieldViewClass *) klass;

  view_class->build = pv_masked_view_build;
  view_class->update = pv_masked_view_update;
}

static void
pv_masked_view_init (PvMaskedView *self)
{
  (void) self;
}
