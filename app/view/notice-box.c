/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/notice-box.h"

#include <string.h>

#include "view/controls.h"
#include "view/icon.h"

struct _PvNoticeBox {
  GtkBox parent_instance;
  GtkWidget *icon, *text, *strong;
};

G_DEFINE_FINAL_TYPE (PvNoticeBox, pv_notice_box, GTK_TYPE_BOX)

static void
pv_notice_box_class_init (PvNoticeBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PV_TYPE_ICON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/notice-box.ui");
  gtk_widget_class_bind_template_child (widget_class, PvNoticeBox, icon);
  gtk_widget_class_bind_template_child (widget_class, PvNoticeBox, text);
  gtk_widget_class_bind_template_child (widget_class, PvNoticeBox, strong);
}

static void
pv_notice_box_init (PvNoticeBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* An icon for each tone, where the state names none: the meaning is never in the colour alone. */
static const struct {
  const char *css_class, *icon;
} tones[] = {
  [PV_TONE_INFO] = { "info", "info" },
  [PV_TONE_SUCCESS] = { "success", "check-circle" },
  [PV_TONE_WARNING] = { "warning", "warning-triangle" },
  [PV_TONE_DANGER] = { "danger", "warning-triangle" },
};

GtkWidget *
pv_notice_box_new (const PvNotice *notice)
{
  PvNoticeBox *self =
    g_object_new (PV_TYPE_NOTICE_BOX, "accessible-role",
                  notice->tone == PV_TONE_DANGER ? GTK_ACCESSIBLE_ROLE_ALERT : GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  const char *text = notice->text != NULL && notice->text[0] != '\0' ? notice->text : NULL;
  gboolean is_one_line = text == NULL || notice->strong == NULL;

  pv_icon_set_name (PV_ICON (self->icon), notice->icon != NULL ? notice->icon : tones[notice->tone].icon);
  if (is_one_line && (text == NULL || (strchr (text, '\n') == NULL && g_utf8_strlen (text, -1) < 44)))
    gtk_widget_add_css_class (GTK_WIDGET (self), "one-line");
  else
    gtk_widget_add_css_class (self->icon, "large");
  gtk_widget_add_css_class (GTK_WIDGET (self), "whole");
  gtk_widget_add_css_class (GTK_WIDGET (self), tones[notice->tone].css_class);
  pv_text_update (self->text, text);
  pv_text_update (self->strong, notice->strong);
  pv_set_spoken_name (GTK_WIDGET (self), text != NULL ? text : notice->strong);
  return GTK_WIDGET (self);
}
