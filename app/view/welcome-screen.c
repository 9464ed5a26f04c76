/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/welcome-screen.h"

#include "view/choice-button.h"
#include "view/flow.h"
#include "view/notice-box.h"
#include "view/text-layout.h"

struct _PvWelcomeScreen {
  GtkBox parent_instance;
  GtkWidget *top, *emblem, *place, *title, *help, *notices, *start, *bottom;
};

G_DEFINE_FINAL_TYPE (PvWelcomeScreen, pv_welcome_screen, GTK_TYPE_BOX)

static void
pv_welcome_screen_class_init (PvWelcomeScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PV_TYPE_TEXT_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/welcome-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, PvWelcomeScreen, top);
  gtk_widget_class_bind_template_child (widget_class, PvWelcomeScreen, emblem);
  gtk_widget_class_bind_template_child (widget_class, PvWelcomeScreen, place);
  gtk_widget_class_bind_template_child (widget_class, PvWelcomeScreen, title);
  gtk_widget_class_bind_template_child (widget_class, PvWelcomeScreen, help);
  gtk_widget_class_bind_template_child (widget_class, PvWelcomeScreen, notices);
  gtk_widget_class_bind_template_child (widget_class, PvWelcomeScreen, start);
  gtk_widget_class_bind_template_child (widget_class, PvWelcomeScreen, bottom);
}

static void
pv_welcome_screen_init (PvWelcomeScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  pv_set_optional (self->help, 3);
  pv_set_optional (self->place, 4);
}

void
pv_welcome_screen_set_emblem (PvWelcomeScreen *self, GdkPaintable *emblem)
{
  gtk_image_set_from_paintable (GTK_IMAGE (self->emblem), emblem);
  gtk_widget_set_visible (self->emblem, emblem != NULL);
}

static void
empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
tile_cb (GtkButton *button, gpointer user_data)
{
  PvIntentionKind kind = (PvIntentionKind) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "pv-intention"));
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), "pv-choice"));

  (void) user_data;
  pv_send (GTK_WIDGET (button), kind, id, id);
}

static void
add_tiles (PvFlow *flow, const PvField *field)
{
  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++) {
    const PvChoice *choice = g_ptr_array_index (field->choices, i);
    GtkWidget *button = pv_choice_button_new (PV_CHOICE_PLAIN_TILE);
    pv_choice_button_update (PV_CHOICE_BUTTON (button), choice->label, NULL, choice->detail, choice->icon,
                             choice->selected, choice->enabled);
    g_object_set_data_full (G_OBJECT (button), "pv-choice", g_strdup (choice->id), g_free);
    g_object_set_data (G_OBJECT (button), "pv-intention", GINT_TO_POINTER ((int) choice->intention));
    pv_set_focus_id (button, "choice:%s:%s", field->id, choice->id);
    pv_set_point_name (button, "%s", field->id);
    g_signal_connect (button, "clicked", G_CALLBACK (tile_cb), NULL);
    pv_flow_append (flow, button);
  }
}

/* Four make two rows of two. */
static int
count_columns (const PvScreenState *state, gboolean is_wide)
{
  guint n_buttons = 0;

  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = g_ptr_array_index (state->fields, i);
    n_buttons += field->choices != NULL ? field->choices->len : 0;
  }
  for (guint i = 0; i < state->actions->len; i++)
    n_buttons += ((const PvAction *) g_ptr_array_index (state->actions, i))->role != PV_ROLE_PRIMARY ? 1 : 0;
  return is_wide || n_buttons == 4 ? 2 : 3;
}

void
pv_welcome_screen_show (PvWelcomeScreen *self, const PvScreenState *state, const PvPlan *plan)
{
  gboolean is_wide = plan->layout != PV_LAYOUT_PORTRAIT;
  GtkWidget *flow = pv_flow_new (count_columns (state, is_wide), plan->layout == PV_LAYOUT_COMPACT ? 16 : 24);
  g_autofree char *place = state->commune != NULL && state->place != NULL
                             ? g_strdup_printf ("%s · %s", state->commune, state->place)
                             : g_strdup (state->commune);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self),
                                  is_wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (GTK_BOX (self), is_wide);
  gtk_widget_set_valign (self->bottom, is_wide ? GTK_ALIGN_END : GTK_ALIGN_FILL);
  pv_text_update (self->place, place);
  pv_text_update (self->title, state->title);
  pv_text_update (self->help, state->help);
  empty (self->notices);
  empty (self->start);
  empty (self->bottom);
  for (guint i = 0; i < state->notices->len; i++)
    gtk_box_append (GTK_BOX (self->notices), pv_notice_box_new (g_ptr_array_index (state->notices, i)));
  for (guint i = 0; i < state->fields->len; i++)
    add_tiles (PV_FLOW (flow), g_ptr_array_index (state->fields, i));
  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = g_ptr_array_index (state->actions, i);
    GtkWidget *button = pv_action_button_new (action, plan);
    if (action->role == PV_ROLE_PRIMARY) {
      gtk_widget_add_css_class (button, "start");
      gtk_box_append (GTK_BOX (self->start), button);
    } else {
      gtk_widget_add_css_class (button, "welcome-action");
      pv_flow_append (PV_FLOW (flow), button);
    }
  }
  pv_flow_set_stretch_last (PV_FLOW (flow), TRUE);
  gtk_box_append (GTK_BOX (self->bottom), flow);
}

GtkWidget *
pv_welcome_screen_get_start (PvWelcomeScreen *self)
{
  return gtk_widget_get_first_child (self->start);
}
