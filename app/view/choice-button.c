/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/choice-button.h"

#include "view/controls.h"
#include "view/icon.h"
#include "view/column.h"
#include "view/text-layout.h"

struct _PvChoiceButton {
  GtkButton parent_instance;
  GtkWidget *mark, *tick, *icon, *texts, *label, *detail;
  GtkWidget *official; /* between label and detail */
  PvChoiceStyle style;
};

G_DEFINE_FINAL_TYPE (PvChoiceButton, pv_choice_button, GTK_TYPE_BUTTON)

static void
pv_choice_button_class_init (PvChoiceButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PV_TYPE_ICON);
  g_type_ensure (PV_TYPE_COLUMN);
  g_type_ensure (PV_TYPE_TEXT_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/choice-button.ui");
  gtk_widget_class_bind_template_child (widget_class, PvChoiceButton, mark);
  gtk_widget_class_bind_template_child (widget_class, PvChoiceButton, tick);
  gtk_widget_class_bind_template_child (widget_class, PvChoiceButton, icon);
  gtk_widget_class_bind_template_child (widget_class, PvChoiceButton, texts);
  gtk_widget_class_bind_template_child (widget_class, PvChoiceButton, label);
  gtk_widget_class_bind_template_child (widget_class, PvChoiceButton, detail);
}

static void
pv_choice_button_init (PvChoiceButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->official = pv_official_new ();
  pv_set_optional (self->official, 1);
  gtk_box_insert_child_after (GTK_BOX (self->texts), self->official, self->label);
}

static void
centre_label (GtkWidget *label)
{
  gtk_label_set_xalign (GTK_LABEL (label), 0.5F);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
}

static gboolean
is_picture (PvChoiceStyle style)
{
  return style == PV_CHOICE_PICTURE || style == PV_CHOICE_PICTURE_BOX;
}

GtkWidget *
pv_choice_button_new (PvChoiceStyle style)
{
  static const GtkAccessibleRole roles[] = {
    [PV_CHOICE_RADIO] = GTK_ACCESSIBLE_ROLE_RADIO,          [PV_CHOICE_BOX] = GTK_ACCESSIBLE_ROLE_CHECKBOX,
    [PV_CHOICE_CENTRED] = GTK_ACCESSIBLE_ROLE_RADIO,        [PV_CHOICE_TILE] = GTK_ACCESSIBLE_ROLE_BUTTON,
    [PV_CHOICE_PLAIN_TILE] = GTK_ACCESSIBLE_ROLE_BUTTON,    [PV_CHOICE_PICTURE] = GTK_ACCESSIBLE_ROLE_RADIO,
    [PV_CHOICE_PICTURE_BOX] = GTK_ACCESSIBLE_ROLE_CHECKBOX, [PV_CHOICE_OFFER] = GTK_ACCESSIBLE_ROLE_BUTTON
  };
  PvChoiceButton *self = g_object_new (PV_TYPE_CHOICE_BUTTON, "accessible-role", roles[style], NULL);

  gboolean is_plain = style == PV_CHOICE_PLAIN_TILE || is_picture (style);
  gboolean is_tile = style == PV_CHOICE_TILE || is_plain;

  self->style = style;
  gtk_widget_add_css_class (GTK_WIDGET (self), is_tile ? "tile" : "choice");
  if (style == PV_CHOICE_OFFER)
    gtk_widget_add_css_class (GTK_WIDGET (self), "offer");
  gtk_widget_set_visible (self->mark, style == PV_CHOICE_RADIO || style == PV_CHOICE_BOX);
  if (style == PV_CHOICE_BOX)
    gtk_widget_add_css_class (self->mark, "box");
  if (style == PV_CHOICE_CENTRED) {
    gtk_widget_add_css_class (GTK_WIDGET (self), "centred");
    centre_label (self->label);
    centre_label (self->official);
    centre_label (self->detail);
  }
  if (is_plain) {
    gtk_widget_add_css_class (GTK_WIDGET (self), "plain");
    centre_label (self->label);
  }
  pv_set_optional (self->detail, 2);
  return GTK_WIDGET (self);
}

void
pv_choice_button_update (PvChoiceButton *self, const char *label, const char *official, const char *detail,
                         const char *icon, gboolean is_selected, gboolean is_enabled)
{
  const char *beside = pv_official_beside (label, official);

  pv_text_update_official (self->label, self->official, label, official);
  pv_text_update (self->detail, is_picture (self->style) ? NULL : detail);
  pv_icon_set_name (PV_ICON (self->icon), is_picture (self->style) ? NULL : icon);
  pv_icon_set_name (PV_ICON (self->tick), self->style == PV_CHOICE_BOX && is_selected ? "check" : NULL);
  if (is_selected)
    gtk_widget_add_css_class (GTK_WIDGET (self), "selected");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "selected");
  gtk_widget_set_sensitive (GTK_WIDGET (self), is_enabled);
  if (self->style < PV_CHOICE_TILE || is_picture (self->style))
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
                                 is_selected ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  if (detail != NULL || beside != NULL) {
    g_autofree char *name =
      g_strjoin (", ", label, beside != NULL ? beside : detail, beside != NULL ? detail : NULL, NULL);
    pv_set_spoken_name (GTK_WIDGET (self), name);
  } else {
    pv_set_spoken_name (GTK_WIDGET (self), label);
  }
}

void
pv_choice_button_set_picture (PvChoiceButton *self, GtkWidget *picture)
{
  GtkWidget *content = gtk_button_get_child (GTK_BUTTON (self));

  gtk_widget_add_css_class (GTK_WIDGET (self), "picture");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (content), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_valign (content, GTK_ALIGN_CENTER);
  gtk_box_prepend (GTK_BOX (content), picture);
}

void
pv_choice_button_keep_official (PvChoiceButton *self)
{
  pv_set_optional (self->official, 0);
}
