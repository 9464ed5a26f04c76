/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-activity-row.h"

#include <glib/gi18n-lib.h>

#include "mediator/mediator-words.h"
#include "mediator/mediator-names.h"

struct _PvMediatorActivityRow {
  AdwExpanderRow parent_instance;

  /* children */
  GtkFlowBox *themes;
  AdwComboRow *autonomy, *place, *redirection, *age;
  GtkSpinButton *minutes;
  AdwActionRow *hand;
  /* owned */
  PvActivityLine *line;
  /* values */
  gboolean is_filling;
};

enum { EDITED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PvMediatorActivityRow, pv_mediator_activity_row, ADW_TYPE_EXPANDER_ROW)

static char *
themes_as_words (const PvActivityLine *line)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; line->themes != NULL && line->themes[i] != NULL; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", pv_activity_theme_label (line->themes[i]));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
show_summary (PvMediatorActivityRow *row)
{
  const PvActivityLine *line = row->line;
  g_autoptr (GDateTime) began = g_date_time_new_from_unix_local (line->began_utc);
  g_autofree char *time = began != NULL ? g_date_time_format (began, "%H:%M") : g_strdup ("");
  g_autofree char *title = g_strdup_printf ("%s · %s", time, line->kiosk != NULL ? line->kiosk : "");
  g_autofree char *themes = themes_as_words (line);
  g_autofree char *duration = g_strdup_printf (_ ("%u min"), line->minutes);
  g_autofree char *subtitle =
    g_strdup_printf ("%s · %s", duration, *themes != '\0' ? themes : _ ("themes to be chosen"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
}

static void
set_word (char **word, const char *name)
{
  g_free (*word);
  *word = name != NULL && *name != '\0' ? g_strdup (name) : NULL;
}

static void
read_themes (PvMediatorActivityRow *row)
{
  g_autoptr (GStrvBuilder) chosen = g_strv_builder_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (row->themes)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *chip = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child));

    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)))
      g_strv_builder_add (chosen, g_object_get_data (G_OBJECT (chip), "theme"));
  }
  g_strfreev (row->line->themes);
  row->line->themes = g_strv_builder_end (chosen);
}

static const char *
selected_name (AdwComboRow *combo)
{
  GStrv names = g_object_get_data (G_OBJECT (combo), "names");
  guint selected = adw_combo_row_get_selected (combo);

  return selected < g_strv_length (names) ? names[selected] : NULL;
}

static void
edited_cb (PvMediatorActivityRow *row)
{
  PvActivityLine *line = row->line;

  if (row->is_filling)
    return;
  read_themes (row);
  line->autonomy = MIN (adw_combo_row_get_selected (row->autonomy), PV_N_AUTONOMIES - 1);
  line->place = MIN (adw_combo_row_get_selected (row->place), PV_N_PLACES - 1);
  line->minutes = (guint) gtk_spin_button_get_value_as_int (row->minutes);
  set_word (&line->redirected_to, selected_name (row->redirection));
  set_word (&line->age_band, selected_name (row->age));
  show_summary (row);
  g_signal_emit (row, signals[EDITED], 0);
}

static void
add_chip (PvMediatorActivityRow *row, const char *theme)
{
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *chip = gtk_toggle_button_new_with_label (pv_activity_theme_label (theme));
  const char *const *chosen = (const char *const *) row->line->themes;

  gtk_widget_add_css_class (chip, "chip");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), chosen != NULL && g_strv_contains (chosen, theme));
  g_object_set_data_full (G_OBJECT (chip), "theme", g_strdup (theme), g_free);
  g_signal_connect_swapped (chip, "toggled", G_CALLBACK (edited_cb), row);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), chip);
  gtk_flow_box_append (row->themes, child);
}

static void
fill_enum (AdwComboRow *combo, const char *(*words) (guint value), guint n_values, guint selected)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint value = 0; value < n_values; value++)
    gtk_string_list_append (list, words (value));
  adw_combo_row_set_model (combo, G_LIST_MODEL (list));
  adw_combo_row_set_selected (combo, selected);
}

/* What somebody else wrote into the file stays offered. */
static void
fill_names (AdwComboRow *combo, const char *const *known, const char *(*words) (const char *name), const char *value)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n = 0, selected = 0;

  for (; known[n] != NULL; n++) {
    g_strv_builder_add (names, known[n]);
    gtk_string_list_append (list, words (known[n]));
    if (g_strcmp0 (known[n], value) == 0)
      selected = n;
  }
  if (selected == 0 && value != NULL && *value != '\0') {
    g_strv_builder_add (names, value);
    gtk_string_list_append (list, value);
    selected = n;
  }
  g_object_set_data_full (G_OBJECT (combo), "names", g_strv_builder_end (names), (GDestroyNotify) g_strfreev);
  adw_combo_row_set_model (combo, G_LIST_MODEL (list));
  adw_combo_row_set_selected (combo, selected);
}

static const char *
autonomy_words (guint value)
{
  return pv_words_autonomy (value);
}

static const char *
place_words (guint value)
{
  return pv_words_place (value);
}

GtkWidget *
pv_mediator_activity_row_new (const PvActivityLine *line)
{
  PvMediatorActivityRow *row = g_object_new (PV_TYPE_MEDIATOR_ACTIVITY_ROW, NULL);
  const char *const *themes = pv_activity_themes ();

  row->is_filling = TRUE;
  row->line = pv_activity_line_copy (line);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  for (guint i = 0; themes[i] != NULL; i++)
    add_chip (row, themes[i]);
  fill_enum (row->autonomy, autonomy_words, PV_N_AUTONOMIES, line->autonomy);
  fill_enum (row->place, place_words, PV_N_PLACES, line->place);
  fill_names (row->redirection, pv_words_redirections, pv_words_redirection, line->redirected_to);
  fill_names (row->age, pv_words_ages, pv_words_age, line->age_band);
  gtk_spin_button_set_value (row->minutes, line->minutes);
  adw_action_row_set_subtitle (row->hand, line->used_hand ? C_ ("took the hand", "Yes") : C_ ("took the hand", "No"));
  show_summary (row);
  row->is_filling = FALSE;
  return GTK_WIDGET (row);
}

const PvActivityLine *
pv_mediator_activity_row_get_line (PvMediatorActivityRow *row)
{
  return row->line;
}

static void
pv_mediator_activity_row_finalize (GObject *object)
{
  g_clear_pointer (&PV_MEDIATOR_ACTIVITY_ROW (object)->line, pv_activity_line_free);
  G_OBJECT_CLASS (pv_mediator_activity_row_parent_class)->finalize (object);
}

static void
pv_mediator_activity_row_class_init (PvMediatorActivityRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = pv_mediator_activity_row_finalize;
  signals[EDITED] =
    g_signal_new ("edited", PV_TYPE_MEDIATOR_ACTIVITY_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/Mediator/mediator-activity-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PvMediatorActivityRow, themes);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorActivityRow, autonomy);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorActivityRow, place);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorActivityRow, redirection);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorActivityRow, age);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorActivityRow, minutes);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorActivityRow, hand);
}

static void
pv_mediator_activity_row_init (PvMediatorActivityRow *row)
{
  AdwComboRow *combos[4];

  gtk_widget_init_template (GTK_WIDGET (row));
  pv_mediator_name_buttons (GTK_WIDGET (row));
  row->is_filling = TRUE;
  combos[0] = row->autonomy;
  combos[1] = row->place;
  combos[2] = row->redirection;
  combos[3] = row->age;
  for (gsize i = 0; i < G_N_ELEMENTS (combos); i++)
    g_signal_connect_swapped (combos[i], "notify::selected", G_CALLBACK (edited_cb), row);
  g_signal_connect_swapped (row->minutes, "value-changed", G_CALLBACK (edited_cb), row);
}
