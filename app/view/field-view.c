/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/field-view.h"

#include "view/icon.h"
#include "view/mask.h"
#include "view/privacy-line.h"
#include "view/proposal-box.h"
#include "view/relations.h"

typedef struct {
  char *id;
  PvFieldKind kind;
  PvAssistClass assist;
  gboolean is_locked;
  PvPlan plan;
  GtkWidget *label, *help, *error_box, *error;
  GtkWidget *official_label, *official_help;
  GtkWidget *mask;               /* (nullable): in a mirror */
  GtkWidget *proposal, *privacy; /* (nullable): made when a mediator helps */
} PvFieldViewPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PvFieldView, pv_field_view, PV_TYPE_COLUMN)

static PvFieldViewPrivate *
private_of (PvFieldView *self)
{
  return pv_field_view_get_instance_private (self);
}

static void
pv_field_view_finalize (GObject *object)
{
  g_free (private_of (PV_FIELD_VIEW (object))->id);
  G_OBJECT_CLASS (pv_field_view_parent_class)->finalize (object);
}

static void
pv_field_view_class_init (PvFieldViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pv_field_view_finalize;
}

static void
pv_field_view_init (PvFieldView *self)
{
  PvFieldViewPrivate *priv = private_of (self);

  gtk_widget_add_css_class (GTK_WIDGET (self), "field");
  priv->label = pv_text_new (NULL, "field-label");
  priv->help = pv_text_new (NULL, "field-help");
  pv_set_optional (priv->help, 3);
  priv->official_label = pv_official_new ();
  gtk_widget_add_css_class (priv->official_label, "field-official");
  pv_set_optional (priv->official_label, 2);
  priv->official_help = pv_official_new ();
  gtk_widget_add_css_class (priv->official_help, "field-official");
  pv_set_optional (priv->official_help, 1);
  priv->error_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 20);
  gtk_widget_add_css_class (priv->error_box, "field-error");
  priv->error = pv_text_new (NULL, NULL);
  gtk_widget_set_hexpand (priv->error, TRUE);
  gtk_box_append (GTK_BOX (priv->error_box), pv_icon_new ("warning-triangle"));
  gtk_box_append (GTK_BOX (priv->error_box), priv->error);
  gtk_box_append (GTK_BOX (self), priv->label);
  gtk_box_append (GTK_BOX (self), priv->official_label);
  gtk_box_append (GTK_BOX (self), priv->help);
  gtk_box_append (GTK_BOX (self), priv->official_help);
  gtk_box_append (GTK_BOX (self), priv->error_box);
}

/* Kinds that show their label inside. */
static gboolean
has_label_above (PvFieldKind kind)
{
  return kind != PV_FIELD_STATEMENT && kind != PV_FIELD_REFERENCE && kind != PV_FIELD_QR && kind != PV_FIELD_TEXT
         && kind != PV_FIELD_SEARCH && kind != PV_FIELD_FILE && kind != PV_FIELD_PROGRESS && kind != PV_FIELD_CARD
         && kind != PV_FIELD_CODE && kind != PV_FIELD_SCAN;
}

static gboolean
has_help_above (PvFieldKind kind)
{
  return kind != PV_FIELD_REFERENCE && kind != PV_FIELD_QR && kind != PV_FIELD_FILE;
}

static void
update_texts (PvFieldView *self, const PvField *field)
{
  PvFieldViewPrivate *priv = private_of (self);
  gboolean is_wrong = field->error != NULL;

  pv_text_update_official (priv->label, priv->official_label, has_label_above (field->kind) ? field->label : NULL,
                           field->official_label);
  pv_text_update_official (priv->help, priv->official_help, has_help_above (field->kind) ? field->help : NULL,
                           field->official_help);
  pv_text_update (priv->error, field->error);
  gtk_widget_set_visible (priv->error_box, is_wrong);
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wrong");
}

/* Nothing of it came here, or a picture of dots would pass for a code. The rows of a summary are masked one by one. */
static gboolean
is_hidden (const PvField *field, const PvPlan *plan)
{
  return plan->is_inert && field->assist == PV_ASSIST_HIDDEN && field->kind != PV_FIELD_SUMMARY;
}

/* In a mirror: dots look masked, and a choice that is not sent does not look like none. */
static void
update_mask (PvFieldView *self, const PvField *field)
{
  PvFieldViewPrivate *priv = private_of (self);
  gboolean is_choice =
    field->kind == PV_FIELD_CHOICE || field->kind == PV_FIELD_CHOICES || field->kind == PV_FIELD_STATEMENT;

  if (!priv->plan.is_inert || field->assist != PV_ASSIST_TYPING)
    return;
  if (pv_mask_dots (field) != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "masked");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "masked");
  if (is_choice && priv->mask == NULL) {
    priv->mask = pv_text_new (pv_mask_words_of_choice (), "mask-line");
    gtk_box_append (GTK_BOX (self), priv->mask);
  }
}

/* The box goes with its answer; who was in it is in the field then. */
static void
update_proposal (PvFieldView *self, const PvField *field)
{
  PvFieldViewPrivate *priv = private_of (self);
  GtkWidget *focus;
  gboolean had_focus;

  if (priv->proposal == NULL && field->proposal == NULL)
    return;
  if (priv->proposal == NULL) {
    priv->proposal = pv_proposal_box_new (priv->id, &priv->plan, pv_field_needs_keyboard (field, &priv->plan));
    gtk_box_prepend (GTK_BOX (self), priv->proposal);
    pv_set_controls (priv->proposal, pv_field_view_get_focus (self));
  }
  focus = pv_field_view_get_focus (self);
  had_focus = (gtk_widget_get_state_flags (priv->proposal) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
  if (had_focus && field->proposal == NULL && GTK_IS_ENTRY (focus))
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (focus));
  else if (had_focus && field->proposal == NULL && focus != NULL)
    gtk_widget_grab_focus (focus);
  pv_proposal_box_update (PV_PROPOSAL_BOX (priv->proposal), field);
}

static void
update_privacy (PvFieldView *self, const PvField *field)
{
  PvFieldViewPrivate *priv = private_of (self);

  if (priv->privacy == NULL && field->privacy == NULL)
    return;
  if (priv->privacy == NULL) {
    priv->privacy = pv_privacy_line_new (priv->id);
    gtk_box_insert_child_after (GTK_BOX (self), priv->privacy, priv->error_box);
    pv_set_controls (priv->privacy, pv_field_view_get_focus (self));
  }
  pv_privacy_line_update (PV_PRIVACY_LINE (priv->privacy), field);
}

static void
update_help_given (PvFieldView *self, const PvField *field)
{
  update_proposal (self, field);
  update_privacy (self, field);
  if (field->is_pointed)
    gtk_widget_add_css_class (GTK_WIDGET (self), "pointed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "pointed");
}

static GType
type_for (PvFieldKind kind, PvScreenId screen)
{
  switch (kind) {
  case PV_FIELD_INPUT:
  case PV_FIELD_LONG_INPUT:
  case PV_FIELD_DATE:
    return PV_TYPE_TYPED_VIEW;
  case PV_FIELD_SEARCH:
    return screen == PV_SCREEN_HOME ? PV_TYPE_CHOICES_VIEW : PV_TYPE_TYPED_VIEW;
  case PV_FIELD_CHOICE:
  case PV_FIELD_CHOICES:
  case PV_FIELD_STATEMENT:
  case PV_FIELD_TILES:
  case PV_FIELD_DAYS:
  case PV_FIELD_TIMES:
    return PV_TYPE_CHOICES_VIEW;
  case PV_FIELD_SUMMARY:
    return PV_TYPE_SUMMARY_VIEW;
  case PV_FIELD_CARD:
  case PV_FIELD_CODE:
    return PV_TYPE_CARD_VIEW;
  case PV_FIELD_FILE:
  case PV_FIELD_SCAN:
    return PV_TYPE_DOCUMENT_VIEW;
  case PV_FIELD_TEXT:
  case PV_FIELD_REFERENCE:
  case PV_FIELD_QR:
  case PV_FIELD_PROGRESS:
  default:
    return PV_TYPE_READ_VIEW;
  }
}

PvFieldView *
pv_field_view_new (const PvField *field, const PvPlan *plan)
{
  GType type = is_hidden (field, plan) ? PV_TYPE_MASKED_VIEW : type_for (field->kind, plan->screen);
  PvFieldView *self = g_object_new (type, NULL);
  PvFieldViewPrivate *priv = private_of (self);

  priv->id = g_strdup (field->id);
  priv->kind = field->kind;
  priv->assist = field->assist;
  priv->is_locked = field->is_locked;
  priv->plan = *plan;
  pv_set_point_name (GTK_WIDGET (self), "%s", field->id);
  update_texts (self, field);
  if (plan->n_fields == 1)
    pv_set_optional (priv->label, 4); /* the title asks the same */
  PV_FIELD_VIEW_GET_CLASS (self)->build (self, field);
  PV_FIELD_VIEW_GET_CLASS (self)->update (self, field);
  update_mask (self, field);
  update_help_given (self, field);
  return self;
}

gboolean
pv_field_view_update (PvFieldView *self, const PvField *field)
{
  PvFieldViewPrivate *priv = private_of (self);

  if (field->kind != priv->kind || field->is_locked != priv->is_locked || g_strcmp0 (field->id, priv->id) != 0
      || (priv->plan.is_inert && field->assist != priv->assist))
    return FALSE;
  update_texts (self, field);
  update_mask (self, field);
  update_help_given (self, field);
  return PV_FIELD_VIEW_GET_CLASS (self)->update (self, field);
}

GtkWidget *
pv_field_view_get_focus (PvFieldView *self)
{
  PvFieldViewClass *klass = PV_FIELD_VIEW_GET_CLASS (self);

  return klass->get_focus != NULL ? klass->get_focus (self) : NULL;
}

void
pv_field_view_show_portrait (PvFieldView *self, GdkTexture *texture)
{
  PvFieldViewClass *klass = PV_FIELD_VIEW_GET_CLASS (self);

  if (klass->show_portrait != NULL)
    klass->show_portrait (self, texture);
}

gboolean
pv_field_needs_keyboard (const PvField *field, const PvPlan *plan)
{
  return !field->is_locked && field->input != PV_INPUT_SCANNED && !is_hidden (field, plan)
         && (field->kind == PV_FIELD_CODE || type_for (field->kind, plan->screen) == PV_TYPE_TYPED_VIEW);
}

const char *
pv_field_view_get_id (PvFieldView *self)
{
  return private_of (self)->id;
}

/* The text on the screen that says @spoken; what is said may be more than what is seen, too. (nullable) */
static GtkWidget *
find_question (PvFieldView *self, const PvField *field, const char *spoken)
{
  PvFieldViewPrivate *priv = private_of (self);
  GtkWidget *title = priv->plan.title;

  if (has_label_above (field->kind) && g_strcmp0 (field->label, spoken) == 0)
    return priv->label;
  return field->label == NULL && title != NULL && g_str_equal (gtk_label_get_text (GTK_LABEL (title)), spoken) ? title
                                                                                                               : NULL;
}

void
pv_field_view_relate (PvFieldView *self, GtkWidget *control, const PvField *field, GtkWidget *part)
{
  const char *spoken = field->spoken_label != NULL ? field->spoken_label : field->label != NULL ? field->label : "";
  g_autofree char *name =
    part != NULL ? g_strdup_printf ("%s, %s", spoken, gtk_label_get_text (GTK_LABEL (part))) : g_strdup (spoken);

  pv_name_by (control, name, find_question (self, field, spoken), part);
  pv_field_view_relate_texts (self, control, field);
}

void
pv_field_view_relate_texts (PvFieldView *self, GtkWidget *control, const PvField *field)
{
  PvFieldViewPrivate *priv = private_of (self);
  gboolean has_own = gtk_label_get_text (GTK_LABEL (priv->help))[0] != '\0';

  pv_describe_by (control, priv->error, has_own || priv->plan.n_fields > 1 ? priv->help : priv->plan.help,
                  field->error != NULL);
}

const PvPlan *
pv_field_view_get_plan (PvFieldView *self)
{
  return &private_of (self)->plan;
}
