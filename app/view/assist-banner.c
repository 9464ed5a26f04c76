/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/assist-banner.h"

#include <string.h>

#include "view/icon.h"

/* A second sentence begins a line of its own, unless lines are dear: so large, or after so long a first one. */
enum { MAX_BROKEN_PERCENT = 125, MAX_FIRST_CHARS = 56 };

struct _PvAssistBanner {
  GtkBox parent_instance;
  GtkWidget *icon, *text;
};

G_DEFINE_FINAL_TYPE (PvAssistBanner, pv_assist_banner, GTK_TYPE_BOX)

static void
pv_assist_banner_class_init (PvAssistBannerClass *klass)
{
  (void) klass;
}

static void
pv_assist_banner_init (PvAssistBanner *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "assist-banner");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->icon = pv_icon_new (NULL);
  self->text = pv_text_new (NULL, NULL);
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_widget_set_valign (self->text, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self), self->icon);
  gtk_box_append (GTK_BOX (self), self->text);
}

GtkWidget *
pv_assist_banner_new (void)
{
  return g_object_new (PV_TYPE_ASSIST_BANNER, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
}

/* "Claire, Montclair, helps you", but "Nobody has answered". */
static const char *
joint_after (const char *who)
{
  if (strstr (who, "\330\214") != NULL) /* U+060C, the Arabic comma */
    return "\330\214 ";
  return strchr (who, ',') != NULL ? ", " : " ";
}

/* A name in Latin letters must not turn an Arabic sentence round: the mark begins it from the right. */
static const char *
mark_before (GtkWidget *widget)
{
  return gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? "\342\200\217" : ""; /* U+200F */
}

static char *
join (const PvBanner *banner, const PvPlan *plan, const char *mark)
{
  const char *may = banner->may != NULL ? banner->may : "";
  gboolean is_broken = plan->layout == PV_LAYOUT_PORTRAIT && plan->text_percent <= MAX_BROKEN_PERCENT;
  const char *end = is_broken ? strstr (may, ". ") : NULL;
  char *words;

  if (may[0] == '\0')
    return g_strconcat (mark, banner->who, NULL);
  words = g_strconcat (mark, banner->who, joint_after (banner->who), may, NULL);
  if (end != NULL && g_utf8_strlen (words, -1) - g_utf8_strlen (end, -1) < MAX_FIRST_CHARS)
    words[strlen (words) - strlen (end) + 1] = '\n';
  return words;
}

static void
set_tone (PvAssistBanner *self, PvTone tone)
{
  static const char *const classes[] = {
    [PV_TONE_INFO] = "info", [PV_TONE_SUCCESS] = "success", [PV_TONE_WARNING] = "warning", [PV_TONE_DANGER] = "danger"
  };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (i == (guint) tone)
      gtk_widget_add_css_class (GTK_WIDGET (self), classes[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), classes[i]);
}

void
pv_assist_banner_update (PvAssistBanner *self, const PvBanner *banner, const PvPlan *plan)
{
  const char *mark;
  g_autofree char *words = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  PangoAttribute *bold;

  gtk_widget_set_visible (GTK_WIDGET (self), banner != NULL);
  if (banner == NULL)
    return;
  mark = mark_before (GTK_WIDGET (self));
  words = join (banner, plan, mark);
  set_tone (self, banner->tone);
  pv_icon_set_name (PV_ICON (self->icon), banner->icon != NULL ? banner->icon : "person");
  attributes = pango_attr_list_new ();
  bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  bold->end_index = (guint) (strlen (mark) + strlen (banner->who));
  pango_attr_list_insert (attributes, bold);
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->text)), words) == 0)
    return;
  gtk_label_set_attributes (GTK_LABEL (self->text), attributes);
  pv_text_update (self->text, words);
  /* A status is read out when its words change. */
  pv_set_spoken_name (GTK_WIDGET (self), words + strlen (mark));
}
