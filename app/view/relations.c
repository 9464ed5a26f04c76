/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/relations.h"

#include "view/controls.h"

GtkWidget *
pv_get_told (GtkWidget *widget)
{
  GtkWidget *told = g_object_get_data (G_OBJECT (widget), "pv-told");

  return told != NULL ? told : widget;
}

void
pv_set_told (GtkWidget *widget, GtkWidget *told)
{
  g_object_set_data (G_OBJECT (widget), "pv-told", told);
}

void
pv_name_by (GtkWidget *widget, const char *name, GtkWidget *label, GtkWidget *part)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (pv_get_told (widget));

  pv_set_spoken_name (widget, name);
  pv_set_spoken_name (GTK_WIDGET (accessible), name);
  if (label == NULL)
    return;
  gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL);
  if (part != NULL)
    gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, part, NULL, -1);
  else
    gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
}

static gboolean
has_words (GtkWidget *label)
{
  return label != NULL && gtk_label_get_text (GTK_LABEL (label))[0] != '\0';
}

void
pv_describe_by (GtkWidget *widget, GtkWidget *error, GtkWidget *help, gboolean is_wrong)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (pv_get_told (widget));
  GtkWidget *first = has_words (error) ? error : has_words (help) ? help : NULL;
  GtkWidget *second = first == error && has_words (help) ? help : NULL;

  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (first == NULL)
    gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  else if (second == NULL)
    gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, first, NULL, -1);
  else
    gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, first, second, NULL, -1);
}

void
pv_set_controls (GtkWidget *widget, GtkWidget *controlled)
{
  if (controlled != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_CONTROLS, pv_get_told (controlled),
                                    NULL, -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_CONTROLS);
}
