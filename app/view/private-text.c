/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/private-text.h"

#include "view/relations.h"

#define PV_TYPE_PRIVATE_TEXT (pv_private_text_get_type ())
G_DECLARE_FINAL_TYPE (PvPrivateText, pv_private_text, PV, PRIVATE_TEXT, GtkWidget)

struct _PvPrivateText {
  GtkWidget parent_instance;
  GtkEditable *text; /* borrowed: a part of the same entry */
};

static GtkEditable *
text_of (GtkEditable *editable)
{
  return PV_PRIVATE_TEXT (editable)->text;
}

static const char *
get_text (GtkEditable *editable)
{
  return gtk_editable_get_text (text_of (editable));
}

static void
do_insert_text (GtkEditable *editable, const char *text, int length, int *position)
{
  gtk_editable_insert_text (text_of (editable), text, length, position);
}

static void
do_delete_text (GtkEditable *editable, int start, int end)
{
  gtk_editable_delete_text (text_of (editable), start, end);
}

static gboolean
get_selection_bounds (GtkEditable *editable, int *start, int *end)
{
  return gtk_editable_get_selection_bounds (text_of (editable), start, end);
}

static void
set_selection_bounds (GtkEditable *editable, int start, int end)
{
  gtk_editable_select_region (text_of (editable), start, end);
}

/* Whoever follows the delegates of an entry to find its GtkText ends here. */
static GtkEditable *
get_delegate (GtkEditable *editable)
{
  (void) editable;
  return NULL;
}

static void
pv_private_text_editable_init (GtkEditableInterface *iface)
{
  iface->get_text = get_text;
  iface->do_insert_text = do_insert_text;
  iface->do_delete_text = do_delete_text;
  iface->get_selection_bounds = get_selection_bounds;
  iface->set_selection_bounds = set_selection_bounds;
  iface->get_delegate = get_delegate;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PvPrivateText, pv_private_text, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_EDITABLE, pv_private_text_editable_init))

static void
pv_private_text_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  (void) id;
  g_object_get_property (G_OBJECT (PV_PRIVATE_TEXT (object)->text), pspec->name, value);
}

static void
pv_private_text_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  (void) id;
  g_object_set_property (G_OBJECT (PV_PRIVATE_TEXT (object)->text), pspec->name, value);
}

static void
pv_private_text_class_init (PvPrivateTextClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = pv_private_text_get_property;
  G_OBJECT_CLASS (klass)->set_property = pv_private_text_set_property;
  gtk_editable_install_properties (G_OBJECT_CLASS (klass), 1);
}

static void
pv_private_text_init (PvPrivateText *self)
{
  (void) self;
}

GtkEditable *
pv_private_text_new (GtkText *text)
{
  PvPrivateText *self = g_object_ref_sink (g_object_new (PV_TYPE_PRIVATE_TEXT, NULL));

  self->text = GTK_EDITABLE (text);
  return GTK_EDITABLE (self);
}

GtkWidget *
pv_private_view_new (void)
{
  return g_object_new (GTK_TYPE_TEXT_VIEW, "accessible-role", GTK_ACCESSIBLE_ROLE_NONE, NULL);
}

/* GTK says of a scroll bar that it controls what is scrolled, and whoever asks for that is given it. */
static void
cut_off (GtkWidget *bar)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_RELATION_CONTROLS);
  g_object_set (bar, "accessible-role", GTK_ACCESSIBLE_ROLE_NONE, NULL);
}

GtkWidget *
pv_private_box_new (GtkWidget *frame, GtkWidget *view)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_MULTI_LINE, TRUE, -1);
  g_object_set (frame, "accessible-role", GTK_ACCESSIBLE_ROLE_NONE, NULL);
  cut_off (gtk_scrolled_window_get_hscrollbar (GTK_SCROLLED_WINDOW (frame)));
  cut_off (gtk_scrolled_window_get_vscrollbar (GTK_SCROLLED_WINDOW (frame)));
  gtk_widget_set_hexpand (frame, TRUE);
  gtk_box_append (GTK_BOX (box), frame);
  pv_set_told (view, box);
  return box;
}

void
pv_hide_labels (GtkWidget *label)
{
  if (GTK_IS_LABEL (label))
    g_object_set (label, "accessible-role", GTK_ACCESSIBLE_ROLE_NONE, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (label); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    pv_hide_labels (child);
}

void
pv_tell_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
