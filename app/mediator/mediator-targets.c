/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-targets.h"

#include <glib/gi18n-lib.h>

enum { ICON_PX = 16 };

struct _PvMediatorTargets {
  GtkBox parent_instance;

  /* children */
  GtkListBox *list;
  /* values */
  gboolean is_filling;
};

enum { PICKED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PvMediatorTargets, pv_mediator_targets, GTK_TYPE_BOX)

/* One line of the list before it is drawn. */
typedef struct {
  char *name, *label, *state;
  const char *icon; /* (nullable) */
} Target;

static void
free_target (gpointer data)
{
  Target *target = data;

  g_free (target->name);
  g_free (target->label);
  g_free (target->state);
  g_free (target);
}

static void
add_target (GPtrArray *all, char *name, const char *label, char *state, const char *icon)
{
  Target *target = g_new0 (Target, 1);

  target->name = name;
  target->label = g_strdup (label);
  target->state = state;
  target->icon = icon;
  g_ptr_array_add (all, target);
}

/* What somebody who does not see the mirror must know. Choices are named; what is masked says so, not how it looks. */
static char *
state_of (const PvField *field)
{
  const char *masked = field->value != NULL ? _ ("filled in, not shown to you") : _ ("not shown to you");

  if (field->error != NULL)
    return g_strdup (_ ("to be corrected"));
  if (field->assist == PV_ASSIST_HIDDEN)
    return g_strdup (masked);
  if (field->kind == PV_FIELD_CHOICE || field->kind == PV_FIELD_CHOICES) {
    g_autoptr (GString) chosen = g_string_new (NULL);

    for (guint i = 0; field->choices != NULL && i < field->choices->len; i++) {
      const PvChoice *choice = field->choices->pdata[i];

      if (choice->selected)
        g_string_append_printf (chosen, "%s%s", chosen->len > 0 ? ", " : "", choice->label);
    }
    return chosen->len > 0 ? g_string_free (g_steal_pointer (&chosen), FALSE) : g_strdup (_ ("nothing chosen"));
  }
  if (field->kind == PV_FIELD_INPUT || field->kind == PV_FIELD_LONG_INPUT)
    return field->value == NULL                ? g_strdup (_ ("empty"))
           : field->assist == PV_ASSIST_TYPING ? g_strdup (masked)
                                               : g_strdup (field->value);
  return g_strdup ("");
}

static void
add_field (GPtrArray *all, const PvField *field)
{
  const char *label = field->label != NULL ? field->label : field->spoken_label;
  gboolean is_answered = field->kind <= PV_FIELD_STATEMENT;

  if (*field->id == '\0' || label == NULL || *label == '\0')
    return;
  add_target (all, g_strdup (field->id), label, state_of (field),
              is_answered ? "document-edit-symbolic" : "text-x-generic-symbolic");
}

/* Pointing goes by the name of an intention: the first action that has it stands for all of them. */
static void
add_action (GPtrArray *all, const PvAction *action)
{
  g_autofree char *own = pv_action_dup_name (action);
  g_autofree char *name = g_strconcat ("action:", own, NULL);

  if (!action->is_enabled || action->label == NULL || action->intention == PV_DO_NOTHING)
    return;
  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (((const Target *) all->pdata[i])->name, name))
      return;
  add_target (all, g_steal_pointer (&name), action->label, g_strdup (_ ("button")), NULL);
}

static GPtrArray *
list_targets (const PvScreenState *state)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (free_target);

  for (guint i = 0; state != NULL && i < state->fields->len; i++)
    add_field (all, state->fields->pdata[i]);
  for (guint i = 0; state != NULL && i < state->actions->len; i++)
    add_action (all, state->actions->pdata[i]);
  return all;
}

static GtkWidget *
make_label (GtkWidget *box, const char *key, GtkWidget *row, gboolean is_state)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), is_state ? 1.0F : 0.0F);
  gtk_widget_set_hexpand (label, !is_state);
  if (is_state) {
    gtk_widget_add_css_class (label, "dim-label");
    gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  }
  gtk_box_append (GTK_BOX (box), label);
  g_object_set_data (G_OBJECT (row), key, label);
  return label;
}

static GtkWidget *
make_row (const Target *target)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = target->icon != NULL ? gtk_image_new_from_icon_name (target->icon) : gtk_image_new ();

  gtk_image_set_pixel_size (GTK_IMAGE (icon), ICON_PX);
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_box_append (GTK_BOX (box), icon);
  make_label (box, "label", row, FALSE);
  make_label (box, "state", row, TRUE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (target->name), g_free);
  return row;
}

static void
fill_row (GtkListBoxRow *row, const Target *target)
{
  GtkLabel *label = g_object_get_data (G_OBJECT (row), "label");
  GtkLabel *state = g_object_get_data (G_OBJECT (row), "state");
  g_autofree char *spoken =
    *target->state != '\0' ? g_strdup_printf ("%s, %s", target->label, target->state) : g_strdup (target->label);

  if (g_strcmp0 (gtk_label_get_text (label), target->label) != 0)
    gtk_label_set_text (label, target->label);
  if (g_strcmp0 (gtk_label_get_text (state), target->state) != 0)
    gtk_label_set_text (state, target->state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static const char *
name_of (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "name") : NULL;
}

static gboolean
is_same_list (PvMediatorTargets *targets, const GPtrArray *all)
{
  for (guint i = 0; i < all->len; i++) {
    const Target *target = all->pdata[i];

    if (g_strcmp0 (name_of (gtk_list_box_get_row_at_index (targets->list, (int) i)), target->name) != 0)
      return FALSE;
  }
  return gtk_list_box_get_row_at_index (targets->list, (int) all->len) == NULL;
}

static void
make_rows (PvMediatorTargets *targets, const GPtrArray *all)
{
  g_autofree char *chosen = g_strdup (pv_mediator_targets_get_chosen (targets));
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (targets->list)) != NULL;

  targets->is_filling = TRUE;
  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (targets->list, 0)) != NULL;)
    gtk_list_box_remove (targets->list, GTK_WIDGET (row));
  for (guint i = 0; i < all->len; i++)
    gtk_list_box_append (targets->list, make_row (all->pdata[i]));
  targets->is_filling = FALSE;
  pv_mediator_targets_choose (targets, chosen);
  if (pv_mediator_targets_get_chosen (targets) == NULL)
    g_signal_emit (targets, signals[PICKED], 0, NULL);
  if (had_focus)
    pv_mediator_targets_focus (targets);
}

void
pv_mediator_targets_show (PvMediatorTargets *targets, const PvScreenState *state)
{
  g_autoptr (GPtrArray) all = list_targets (state);

  if (!is_same_list (targets, all))
    make_rows (targets, all);
  for (guint i = 0; i < all->len; i++)
    fill_row (gtk_list_box_get_row_at_index (targets->list, (int) i), all->pdata[i]);
}

const char *
pv_mediator_targets_get_chosen (PvMediatorTargets *targets)
{
  return name_of (gtk_list_box_get_selected_row (targets->list));
}

const char *
pv_mediator_targets_get_label (PvMediatorTargets *targets)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (targets->list);

  return row != NULL ? gtk_label_get_text (g_object_get_data (G_OBJECT (row), "label")) : NULL;
}

void
pv_mediator_targets_choose (PvMediatorTargets *targets, const char *name)
{
  GtkListBoxRow *row;

  for (int i = 0; name != NULL && (row = gtk_list_box_get_row_at_index (targets->list, i)) != NULL; i++)
    if (g_strcmp0 (name_of (row), name) == 0) {
      gtk_list_box_select_row (targets->list, row);
      return;
    }
}

void
pv_mediator_targets_focus (PvMediatorTargets *targets)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (targets->list);

  if (row == NULL)
    row = gtk_list_box_get_row_at_index (targets->list, 0);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
selected_cb (PvMediatorTargets *targets, GtkListBoxRow *row)
{
  if (!targets->is_filling)
    g_signal_emit (targets, signals[PICKED], 0, name_of (row));
}

static void
pv_mediator_targets_class_init (PvMediatorTargetsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  signals[PICKED] = g_signal_new ("picked", PV_TYPE_MEDIATOR_TARGETS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/Mediator/mediator-targets.ui");
  gtk_widget_class_bind_template_child (widget_class, PvMediatorTargets, list);
}

static void
pv_mediator_targets_init (PvMediatorTargets *targets)
{
  gtk_widget_init_template (GTK_WIDGET (targets));
  g_signal_connect_swapped (targets->list, "row-selected", G_CALLBACK (selected_cb), targets);
}
