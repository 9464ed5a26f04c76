/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-voice.h"

struct _PvMediatorVoice {
  GtkWidget parent_instance;

  /* children */
  GtkWidget *line;
};

G_DEFINE_FINAL_TYPE (PvMediatorVoice, pv_mediator_voice, GTK_TYPE_WIDGET)

static const char voice_key[] = "pv-mediator-voice";

static void
pv_mediator_voice_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pv_mediator_voice_parent_class)->root (widget);
  g_object_set_data (G_OBJECT (gtk_widget_get_root (widget)), voice_key, widget);
}

static void
pv_mediator_voice_unroot (GtkWidget *widget)
{
  g_object_set_data (G_OBJECT (gtk_widget_get_root (widget)), voice_key, NULL);
  GTK_WIDGET_CLASS (pv_mediator_voice_parent_class)->unroot (widget);
}

static void
pv_mediator_voice_dispose (GObject *object)
{
  PvMediatorVoice *voice = PV_MEDIATOR_VOICE (object);

  g_clear_pointer (&voice->line, gtk_widget_unparent);
  G_OBJECT_CLASS (pv_mediator_voice_parent_class)->dispose (object);
}

static void
pv_mediator_voice_class_init (PvMediatorVoiceClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pv_mediator_voice_dispose;
  widget_class->root = pv_mediator_voice_root;
  widget_class->unroot = pv_mediator_voice_unroot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
pv_mediator_voice_init (PvMediatorVoice *voice)
{
  /* Drawn in one transparent line: what is not shown is not in the tree of the reader either. */
  voice->line = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "ellipsize",
                              PANGO_ELLIPSIZE_END, "opacity", 0.0, "height-request", 1, NULL);
  gtk_widget_add_css_class (voice->line, "voice");
  gtk_widget_set_parent (voice->line, GTK_WIDGET (voice));
  gtk_widget_set_can_target (GTK_WIDGET (voice), FALSE);
}

static void
announce (GtkWidget *widget, const char *text)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  /* Built against a release that has it; the oldest one that is supported takes the other way. */
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
#else
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
#endif
}

void
pv_mediator_say (GtkWidget *widget, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  PvMediatorVoice *voice = root != NULL ? g_object_get_data (G_OBJECT (root), voice_key) : NULL;

  if (voice == NULL || text == NULL || *text == '\0')
    return;
  gtk_label_set_text (GTK_LABEL (voice->line), text);
  announce (voice->line, text);
}

const char *
pv_mediator_voice_get_text (PvMediatorVoice *voice)
{
  return gtk_label_get_text (GTK_LABEL (voice->line));
}
