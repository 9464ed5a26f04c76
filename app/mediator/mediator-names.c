/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-names.h"

#include "view/controls.h"

/* "_Join" and "Save __all" are "Join" and "Save _all". */
static void
name_cb (GtkButton *button)
{
  const char *label = gtk_button_get_label (button);
  GString *name;

  if (label == NULL || !gtk_button_get_use_underline (button))
    return;
  name = g_string_new (NULL);
  for (; *label != '\0'; label++) {
    if (*label == '_')
      label++;
    if (*label == '\0')
      break;
    g_string_append_c (name, *label);
  }
  pv_set_spoken_name (GTK_WIDGET (button), name->str);
  g_string_free (name, TRUE);
}

void
pv_mediator_name_buttons (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root)) {
    g_signal_connect (root, "notify::label", G_CALLBACK (name_cb), NULL);
    name_cb (GTK_BUTTON (root));
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    pv_mediator_name_buttons (child);
}
