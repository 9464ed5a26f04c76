/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/curtain.h"

#include <glib/gi18n-lib.h>

#include "view/controls.h"

struct _PvCurtain {
  GtkWidget parent_instance;
  guint hold_id; /* 0: no finger */
};

G_DEFINE_FINAL_TYPE (PvCurtain, pv_curtain, GTK_TYPE_WIDGET)

static gboolean
held_cb (gpointer user_data)
{
  PvCurtain *self = PV_CURTAIN (user_data);

  self->hold_id = 0;
  pv_send (GTK_WIDGET (self), PV_DO_SPEECH, NULL, "curtain"); /* it may go with it */
  return G_SOURCE_REMOVE;
}

static void
let_go (PvCurtain *self)
{
  g_clear_handle_id (&self->hold_id, g_source_remove);
}

static void
pressed_cb (PvCurtain *self)
{
  let_go (self);
  self->hold_id = g_timeout_add (PV_CURTAIN_HOLD_MS, held_cb, self);
}

static void
pv_curtain_dispose (GObject *object)
{
  GtkWidget *child;

  let_go (PV_CURTAIN (object));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (pv_curtain_parent_class)->dispose (object);
}

static void
pv_curtain_class_init (PvCurtainClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pv_curtain_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "curtain");
}

static void
pv_curtain_init (PvCurtain *self)
{
  GtkGesture *press = gtk_gesture_click_new ();
  GtkWidget *words =
    pv_text_new (_ ("The screen is hidden. To show it, leave a finger here for two seconds."), "curtain-words");

  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (words, GTK_WIDGET (self));
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (press, "released", G_CALLBACK (let_go), self);
  g_signal_connect_swapped (press, "cancel", G_CALLBACK (let_go), self);
  g_signal_connect_swapped (press, "stopped", G_CALLBACK (let_go), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}

GtkWidget *
pv_curtain_new (void)
{
  return g_object_new (PV_TYPE_CURTAIN, NULL);
}
