/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/notice-box.h"

#include <string.h>

#include "view/controls.h"
#include "view/icon.h"
#include "view/column.h"
#include "view/text-layout.h"

struct _PvNoticeBox {
  GtkBox parent_instance;
  GtkWidget *icon, *text;
};

G_DEFINE_FINAL_TYPE (PvNoticeBox, pv_notice_box, GTK_TYPE_BOX)

static void
pv_notice_box_class_init (PvNoticeBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PV_TYPE_ICON);
  g_type_ensure (PV_TYPE_COLUMN);
  g_type_ensure (PV_TYPE_TEXT_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/notice-box.ui");
  gtk_widget_class_bind_template_child (widget_class, PvNoticeBox, icon);
  gtk_widget_class_bind_template_child (widget_class, PvNoticeBox, text);
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

/* The end of a sentence goes on in its line, a sentence of its own begins another. */
static char *
join (const char *text, const char *strong, guint *ret_strong_at)
{
  gboolean is_sentence = text != NULL && (g_str_has_suffix (text, ".") || g_str_has_suffix (text, "…"));
  g_autofree char *before = text == NULL ? g_strdup ("") : g_strconcat (text, is_sentence ? "\n" : " ", NULL);

  *ret_strong_at = (guint) strlen (before);
  return g_strconcat (before, strong, NULL);
}

static void
show_words (PvNoticeBox *self, const char *text, const char *strong)
{
  guint strong_at = 0;
  g_autofree char *words = strong != NULL ? join (text, strong, &strong_at) : g_strdup (text);

  if (strong != NULL) {
    g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
    PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

    bold->start_index = strong_at;
    pango_attr_list_insert (attributes, bold);
    gtk_label_set_attributes (GTK_LABEL (self->text), attributes);
  }
  pv_text_update (self->text, words);
  pv_set_spoken_name (GTK_WIDGET (self), words);
}

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
  show_words (self, text, notice->strong);
  return GTK_WIDGET (self);
}

void
pv_notice_box_begin_with_icon (PvNoticeBox *box)
{
  gtk_widget_set_valign (box->icon, GTK_ALIGN_START);
}
