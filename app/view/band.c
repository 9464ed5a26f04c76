/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/band.h"

enum { USUAL_HELP = 6 }; /* while a mediator helps there is one more: to reply */

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* Everything that a button is made of. */
static void
describe (const PvAction *action, GString *out)
{
  g_string_append_printf (out, "|%d|%d|%s|%s|%s|%s|%s|%d|%d", action->intention, action->role,
                          or_empty (action->target), or_empty (action->value), action->label, or_empty (action->icon),
                          or_empty (action->spoken), action->is_enabled, action->is_emphasised);
}

/* (element-type PvAction): borrowed */
static GPtrArray *
choose (const PvScreenState *state, const PvActionRole *roles, guint n_roles)
{
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint role = 0; role < n_roles; role++)
    for (guint i = 0; i < state->actions->len; i++) {
      PvAction *action = g_ptr_array_index (state->actions, i);
      if (action->role == roles[role])
        g_ptr_array_add (chosen, action);
    }
  return chosen;
}

/* Three actions in a row, or seven of the help: two words stand one over the other before a button leaves the screen. */
static gboolean
is_crowded (const PvAction *action, guint n_actions)
{
  return action->role == PV_ROLE_HELP ? n_actions > USUAL_HELP : n_actions > 2;
}

void
pv_band_let_wrap (GtkWidget *button)
{
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  if (GTK_IS_BOX (label))
    label = gtk_widget_get_last_child (label);
  if (GTK_IS_LABEL (label))
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
}

/* In two lines from the start: what leads on is the widest. */
static void
let_be_narrow (GtkWidget *button, const char *words)
{
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  if (GTK_IS_LABEL (label) && gtk_label_get_wrap (GTK_LABEL (label)))
    gtk_label_set_max_width_chars (GTK_LABEL (label), (int) g_utf8_strlen (words, -1) / 2 + 2);
}

void
pv_band_fill (GtkBox *band, const PvScreenState *state, const PvActionRole *roles, guint n_roles, const PvPlan *plan)
{
  g_autoptr (GPtrArray) actions = choose (state, roles, n_roles);
  g_autoptr (GString) made_of = g_string_new (NULL);
  GtkWidget *child;

  g_string_printf (made_of, "%d|%u", plan->layout, plan->text_percent);
  for (guint i = 0; i < actions->len; i++)
    describe (actions->pdata[i], made_of);
  if (g_strcmp0 (made_of->str, g_object_get_data (G_OBJECT (band), "pv-made-of")) == 0)
    return;
  pv_drop_focus_within (GTK_WIDGET (band));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (band))) != NULL)
    gtk_box_remove (band, child);
  gtk_widget_remove_css_class (GTK_WIDGET (band), PV_BAND_NARROW);
  gtk_widget_remove_css_class (GTK_WIDGET (band), PV_BAND_SMALL);
  for (guint i = 0; i < actions->len; i++) {
    const PvAction *action = actions->pdata[i];
    GtkWidget *button = pv_action_button_new (action, plan);
    gtk_widget_set_hexpand (button, action->role == PV_ROLE_PRIMARY || action->role == PV_ROLE_HELP);
    if (is_crowded (action, actions->len))
      pv_band_let_wrap (button);
    if (is_crowded (action, actions->len) && action->role == PV_ROLE_SECONDARY && plan->layout != PV_LAYOUT_COMPACT)
      let_be_narrow (button, action->label);
    gtk_box_append (band, button);
  }
  if (actions->len > 2)
    gtk_widget_add_css_class (GTK_WIDGET (band), "three");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (band), "three");
  gtk_widget_set_visible (GTK_WIDGET (band), actions->len > 0);
  g_object_set_data_full (G_OBJECT (band), "pv-made-of", g_strdup (made_of->str), g_free);
}

GtkWidget *
pv_band_get_primary (GtkBox *band)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (band));

  while (button != NULL && !gtk_widget_has_css_class (button, "primary"))
    button = gtk_widget_get_next_sibling (button);
  return button;
}

void
pv_band_forget (GtkBox *band)
{
  g_object_set_data (G_OBJECT (band), "pv-made-of", NULL);
}

char *
pv_band_dup_signature (const PvScreenState *state)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = g_ptr_array_index (state->actions, i);
    g_string_append_printf (text, "%d|%d|%s|%s|%s|%s|%d|%d;", action->intention, action->role,
                            action->target != NULL ? action->target : "", action->value != NULL ? action->value : "",
                            action->label, action->icon != NULL ? action->icon : "", action->is_enabled,
                            action->is_emphasised);
  }
  for (guint i = 0; i < state->notices->len; i++) {
    const PvNotice *notice = g_ptr_array_index (state->notices, i);
    g_string_append_printf (text, "%d|%s|%s;", notice->tone, notice->text != NULL ? notice->text : "",
                            notice->strong != NULL ? notice->strong : "");
  }
  return g_string_free (text, FALSE);
}
