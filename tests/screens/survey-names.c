/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "survey-private.h"

#include <string.h>

#include "spoken.h"
#include "view/controls.h"
#include "view/relations.h"

static gboolean
has_role (GtkWidget *widget)
{
  static const GtkAccessibleRole buttons[] = { GTK_ACCESSIBLE_ROLE_BUTTON, GTK_ACCESSIBLE_ROLE_CHECKBOX,
                                               GTK_ACCESSIBLE_ROLE_RADIO, GTK_ACCESSIBLE_ROLE_LINK };
  static const GtkAccessibleRole typed[] = { GTK_ACCESSIBLE_ROLE_TEXT_BOX, GTK_ACCESSIBLE_ROLE_SEARCH_BOX };
  const GtkAccessibleRole *roles = GTK_IS_BUTTON (widget) ? buttons : typed;
  guint n_roles = GTK_IS_BUTTON (widget) ? G_N_ELEMENTS (buttons) : G_N_ELEMENTS (typed);

  for (guint i = 0; i < n_roles; i++)
    if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == roles[i])
      return TRUE;
  return FALSE;
}

/* The first words that are seen on it. */
static const char *
find_words (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget))[0] != '\0' ? gtk_label_get_text (GTK_LABEL (widget)) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    const char *words = find_words (child);

    if (words != NULL)
      return words;
  }
  return NULL;
}

/* Its own, or that of the texts beside it (test-relations.c: these are the right ones). NULL: none */
static char *
dup_name (GtkWidget *widget)
{
  /* Programs are not told what a person typed (test-bus.c): the name that is said begins with the words that are seen. */
  if (gtk_widget_has_css_class (widget, "offer") || gtk_widget_has_css_class (widget, "keep"))
    return g_strdup (pv_get_spoken_name (widget));
  /* Compared with what no name is, it tells what the name is. */
  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "\v");
  if (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return g_strdup (pv_get_spoken_name (widget));
  return NULL;
}

void
survey_check_name (GtkWidget *control)
{
  GtkWidget *widget = pv_get_told (control);
  g_autofree char *name = dup_name (widget);
  g_autofree char *stripped = spoken_strip (name), *words = NULL, *unfilled = NULL;
  const char *seen;
  gboolean is_key = gtk_widget_has_css_class (widget, "key");

  if (name == NULL || (stripped[0] == '\0' && !is_key)) {
    survey_found (widget, "without a name");
    return;
  }
  survey_counts.n_named++;
  if (!has_role (widget))
    survey_found (widget, "without the role of a control");
  seen = GTK_IS_BUTTON (widget) ? find_words (widget) : NULL;
  unfilled = spoken_dup_unfilled (seen != NULL ? seen : "");
  words = spoken_strip (unfilled);
  if (!is_key && strncmp (stripped, words, strlen (words)) != 0)
    survey_found (widget, "its name, %s, begins with other words", name);
}
