/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* field-view.h: one field of a screen-state, drawn. */
#pragma once

#include <gtk/gtk.h>

#include "view/column.h"
#include "view/controls.h"

#define PV_TYPE_FIELD_VIEW (pv_field_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (PvFieldView, pv_field_view, PV, FIELD_VIEW, PvColumn)

struct _PvFieldViewClass {
  PvColumnClass parent_class;
  /* Builds its controls for the first time; the label above them is there. */
  void (*build) (PvFieldView *view, const PvField *field);
  /* FALSE: it no longer has the same controls, a new view is needed. */
  gboolean (*update) (PvFieldView *view, const PvField *field);
  /* Where the focus belongs; NULL if nothing can take it. */
  GtkWidget *(*get_focus) (PvFieldView *view);
  /* (nullable): @texture: (nullable) */
  void (*show_portrait) (PvFieldView *view, GdkTexture *texture);
};

/* Copies what it needs of @field and @plan. */
PvFieldView *pv_field_view_new (const PvField *field, const PvPlan *plan);
/* Shows the field anew, in place. FALSE if another view is needed. */
gboolean pv_field_view_update (PvFieldView *view, const PvField *field);
GtkWidget *pv_field_view_get_focus (PvFieldView *view);
/* Where the field has a place for it. @texture: (nullable): none (any more) */
void pv_field_view_show_portrait (PvFieldView *view, GdkTexture *texture);
/* TRUE when something is typed in it, so that the keyboard is needed. */
gboolean pv_field_needs_keyboard (const PvField *field, const PvPlan *plan);

/* For the kinds of views only. */
const char *pv_field_view_get_id (PvFieldView *view);
const PvPlan *pv_field_view_get_plan (PvFieldView *view);
/* Names one of its controls by the label above them, and says of it what helps and what is wrong. @part: (nullable): the text
 * beside it that says which of several it is */
void pv_field_view_relate (PvFieldView *view, GtkWidget *control, const PvField *field, GtkWidget *part);
/* Likewise, of one that has a name of its own. */
void pv_field_view_relate_texts (PvFieldView *view, GtkWidget *control, const PvField *field);

#define PV_TYPE_TYPED_VIEW    (pv_typed_view_get_type ())
#define PV_TYPE_CHOICES_VIEW  (pv_choices_view_get_type ())
#define PV_TYPE_SUMMARY_VIEW  (pv_summary_view_get_type ())
#define PV_TYPE_READ_VIEW     (pv_read_view_get_type ())
#define PV_TYPE_CARD_VIEW     (pv_card_view_get_type ())
#define PV_TYPE_DOCUMENT_VIEW (pv_document_view_get_type ())
#define PV_TYPE_MASKED_VIEW   (pv_masked_view_get_type ())
GType pv_typed_view_get_type (void);
GType pv_choices_view_get_type (void);
GType pv_summary_view_get_type (void);
GType pv_read_view_get_type (void);
GType pv_card_view_get_type (void);
GType pv_document_view_get_type (void);
GType pv_masked_view_get_type (void);
