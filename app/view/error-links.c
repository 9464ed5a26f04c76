/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/error-links.h"

#include "view/flow.h"
#include "view/relations.h"

enum {
  COLUMNS = 3,
  GAP = 24,
  LINKS_FIT = 6, /* after the summary above them: the same is said beside each field */
};

GtkWidget *
pv_error_links_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (box, "error-links");
  pv_set_optional (box, LINKS_FIT);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

static char *
describe (const PvScreenState *state, const PvPlan *plan)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%d|%u", plan->layout, plan->text_percent);
  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = g_ptr_array_index (state->actions, i);
    if (action->role == PV_ROLE_JUMP)
      g_string_append_printf (text, "|%s|%s|%s", action->target, action->label, action->spoken);
  }
  return g_string_free (text, FALSE);
}

void
pv_error_links_update (GtkWidget *links, const PvScreenState *state, const PvPlan *plan)
{
  g_autofree char *made_of = describe (state, plan);
  GtkWidget *flow = NULL, *button;

  if (g_strcmp0 (made_of, g_object_get_data (G_OBJECT (links), "pv-made-of")) == 0)
    return;
  pv_drop_focus_within (links);
  while (gtk_widget_get_first_child (links) != NULL)
    gtk_box_remove (GTK_BOX (links), gtk_widget_get_first_child (links));
  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = g_ptr_array_index (state->actions, i);
    if (action->role != PV_ROLE_JUMP)
      continue;
    if (flow == NULL)
      flow = pv_flow_new (COLUMNS, GAP);
    button = pv_action_button_new (action, plan);
    g_object_set_data_full (G_OBJECT (button), "pv-leads-to", g_strdup (action->target), g_free);
    pv_flow_append (PV_FLOW (flow), button);
  }
  if (flow != NULL)
    gtk_box_append (GTK_BOX (links), flow);
  if (flow != NULL)
    pv_show_again (links);
  else
    gtk_widget_set_visible (links, FALSE);
  g_object_set_data_full (G_OBJECT (links), "pv-made-of", g_steal_pointer (&made_of), g_free);
}

void
pv_error_links_relate (GtkWidget *links, GtkWidget *fields)
{
  const char *field_id = g_object_get_data (G_OBJECT (links), "pv-leads-to");

  if (field_id != NULL)
    pv_set_controls (links, pv_find_point_name (fields, field_id));
  for (GtkWidget *child = gtk_widget_get_first_child (links); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    pv_error_links_relate (child, fields);
}
