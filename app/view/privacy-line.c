/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/privacy-line.h"

#include "view/icon.h"

struct _PvPrivacyLine {
  GtkBox parent_instance;
  GtkWidget *icon, *words, *lift;
  char *field_id;
};

G_DEFINE_FINAL_TYPE (PvPrivacyLine, pv_privacy_line, GTK_TYPE_BOX)

static void
lift_cb (PvPrivacyLine *self)
{
  g_autofree char *field_id = g_strdup (self->field_id);

  pv_send (GTK_WIDGET (self), PV_DO_LIFT, field_id, NULL);
}

static void
pv_privacy_line_finalize (GObject *object)
{
  g_free (PV_PRIVACY_LINE (object)->field_id);
  G_OBJECT_CLASS (pv_privacy_line_parent_class)->finalize (object);
}

static void
pv_privacy_line_class_init (PvPrivacyLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pv_privacy_line_finalize;
}

static void
pv_privacy_line_init (PvPrivacyLine *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "privacy");
  gtk_widget_add_css_class (GTK_WIDGET (self), "whole");
  self->icon = pv_icon_new ("eye-crossed");
  self->words = pv_text_new (NULL, NULL);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_set_valign (self->words, GTK_ALIGN_CENTER);
  self->lift = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->lift), pv_text_new (NULL, NULL));
  gtk_widget_add_css_class (self->lift, "edit");
  gtk_widget_set_focus_on_click (self->lift, FALSE);
  gtk_widget_set_valign (self->lift, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->lift, "clicked", G_CALLBACK (lift_cb), self);
  gtk_box_append (GTK_BOX (self), self->icon);
  gtk_box_append (GTK_BOX (self), self->words);
  gtk_box_append (GTK_BOX (self), self->lift);
}

GtkWidget *
pv_privacy_line_new (const char *field_id)
{
  PvPrivacyLine *self = g_object_new (PV_TYPE_PRIVACY_LINE, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  self->field_id = g_strdup (field_id);
  pv_set_focus_id (self->lift, "action:%s:%s:", pv_intention_kind_name (PV_DO_LIFT), field_id);
  return GTK_WIDGET (self);
}

/* What may be shown, and is no longer offered to be. */
static gboolean
is_lifted (const PvField *field)
{
  gboolean is_answer = field->kind == PV_FIELD_INPUT || field->kind == PV_FIELD_LONG_INPUT
                       || field->kind == PV_FIELD_DATE || field->kind == PV_FIELD_CHOICE
                       || field->kind == PV_FIELD_CHOICES || field->kind == PV_FIELD_SEARCH;

  return is_answer && field->assist == PV_ASSIST_TYPING && field->lift_label == NULL;
}

void
pv_privacy_line_update (PvPrivacyLine *self, const PvField *field)
{
  gtk_widget_set_visible (GTK_WIDGET (self), field->privacy != NULL);
  if (field->privacy == NULL)
    return;
  pv_text_update (self->words, field->privacy);
  pv_icon_set_name (PV_ICON (self->icon), is_lifted (field) ? "eye" : "eye-crossed");
  gtk_widget_set_visible (self->lift, field->lift_label != NULL);
  pv_text_update (gtk_button_get_child (GTK_BUTTON (self->lift)), field->lift_label);
  /* Of what it lifts it says also which field. */
  if (field->lift_label != NULL) {
    g_autofree char *name = field->spoken_label != NULL
                              ? g_strdup_printf ("%s, %s", field->lift_label, field->spoken_label)
                              : g_strdup (field->lift_label);
    pv_set_spoken_name (self->lift, name);
  }
}
