/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/proposal-box.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "view/flow.h"
#include "view/pager.h"
#include "view/private-text.h"
#include "view/theme.h"

enum { COLUMNS = 2, GAP = 24 };

struct _PvProposalBox {
  GtkBox parent_instance;
  GtkWidget *words, *accept, *keep;
  char *field_id;
};

G_DEFINE_FINAL_TYPE (PvProposalBox, pv_proposal_box, GTK_TYPE_BOX)

static void
answer (PvProposalBox *self, PvIntentionKind kind)
{
  g_autofree char *field_id = g_strdup (self->field_id);

  pv_send (GTK_WIDGET (self), kind, field_id, NULL);
}

static void
accept_cb (PvProposalBox *self)
{
  answer (self, PV_DO_ACCEPT);
}

static void
keep_cb (PvProposalBox *self)
{
  answer (self, PV_DO_KEEP_MINE);
}

static void
pv_proposal_box_finalize (GObject *object)
{
  g_free (PV_PROPOSAL_BOX (object)->field_id);
  G_OBJECT_CLASS (pv_proposal_box_parent_class)->finalize (object);
}

/* Its page is turned to, once. */
static void
reveal (PvProposalBox *self)
{
  GtkWidget *pager = gtk_widget_get_ancestor (GTK_WIDGET (self), PV_TYPE_PAGER);

  if (pager != NULL)
    pv_pager_reveal_later (PV_PAGER (pager), self->accept);
}

/* On a screen that is new it has its words before it has a place. */
static void
pv_proposal_box_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pv_proposal_box_parent_class)->root (widget);
  if (gtk_widget_get_visible (widget))
    reveal (PV_PROPOSAL_BOX (widget));
}

static void
pv_proposal_box_class_init (PvProposalBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pv_proposal_box_finalize;
  GTK_WIDGET_CLASS (klass)->root = pv_proposal_box_root;
}

static void
pv_proposal_box_init (PvProposalBox *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "proposal");
  gtk_widget_add_css_class (GTK_WIDGET (self), "whole");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Its words hold an answer, which may be one long word. */
static GtkWidget *
make_button (PvProposalBox *self, PvIntentionKind kind, const char *css_class, GCallback clicked)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = pv_answer_text_new (NULL);

  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0.5F);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, css_class);
  gtk_widget_set_focus_on_click (button, FALSE);
  pv_set_focus_id (button, "action:%s:%s:", pv_intention_kind_name (kind), self->field_id);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

/* Beside the words they keep to one row: a flow would be content with one column, which is two buttons high. */
static GtkWidget *
make_row (PvProposalBox *self, gboolean is_beside)
{
  GtkWidget *row;

  if (!is_beside) {
    row = pv_flow_new (COLUMNS, GAP);
    pv_flow_append (PV_FLOW (row), self->accept);
    pv_flow_append (PV_FLOW (row), self->keep);
    return row;
  }
  row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, pv_theme_px (GAP));
  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  gtk_box_append (GTK_BOX (row), self->accept);
  gtk_box_append (GTK_BOX (row), self->keep);
  return row;
}

GtkWidget *
pv_proposal_box_new (const char *field_id, const PvPlan *plan, gboolean is_typed)
{
  gboolean is_beside = plan->layout == PV_LAYOUT_COMPACT && !is_typed;
  PvProposalBox *self = g_object_new (PV_TYPE_PROPOSAL_BOX, "orientation",
                                      is_beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL,
                                      "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *buttons;

  self->field_id = g_strdup (field_id);
  self->words = pv_answer_text_new ("proposal-words");
  gtk_widget_set_hexpand (self->words, is_beside);
  gtk_widget_set_valign (self->words, GTK_ALIGN_CENTER);
  self->accept = make_button (self, PV_DO_ACCEPT, "accept", G_CALLBACK (accept_cb));
  self->keep = make_button (self, PV_DO_KEEP_MINE, "keep", G_CALLBACK (keep_cb));
  buttons = make_row (self, is_beside);
  /* With the first words, also where these go on on a further page. */
  gtk_widget_set_valign (buttons, GTK_ALIGN_START);
  pv_hide_labels (self->words);
  pv_hide_labels (self->accept);
  pv_hide_labels (self->keep);
  gtk_box_append (GTK_BOX (self), self->words);
  gtk_box_append (GTK_BOX (self), buttons);
  return GTK_WIDGET (self);
}

static void
show_words (PvProposalBox *self, const PvField *field)
{
  g_autofree char *words =
    g_strconcat (field->proposal, " ", field->proposal_value != NULL ? field->proposal_value : "", NULL);
  g_autoptr (PangoAttrList) attributes = NULL;
  PangoAttribute *bold;

  if (g_str_equal (gtk_label_get_text (GTK_LABEL (self->words)), words))
    return;
  attributes = pango_attr_list_new ();
  bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  bold->end_index = (guint) strlen (field->proposal);
  pango_attr_list_insert (attributes, bold);
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (self->words), attributes);
  pv_text_update (self->words, words);
  pv_set_spoken_name (GTK_WIDGET (self), words);
  pv_tell_name (GTK_WIDGET (self), field->proposal);
}

static void
show_label (GtkWidget *button, const char *label)
{
  gtk_widget_set_visible (button, label != NULL);
  pv_text_update (gtk_button_get_child (GTK_BUTTON (button)), label);
  pv_set_spoken_name (button, label != NULL ? label : "");
}

void
pv_proposal_box_update (PvProposalBox *self, const PvField *field)
{
  gboolean is_new = field->proposal != NULL && !gtk_widget_get_visible (GTK_WIDGET (self));

  gtk_widget_set_visible (GTK_WIDGET (self), field->proposal != NULL);
  if (field->proposal == NULL)
    return;
  if (is_new)
    reveal (self);
  show_words (self, field);
  show_label (self->accept, field->accept_label);
  show_label (self->keep, field->keep_label);
  if (field->keep_label != NULL) /* which says what that is */
    pv_tell_name (self->keep, _ ("Keep my answer"));
}
