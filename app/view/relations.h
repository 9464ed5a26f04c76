/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* relations.h: what a screen reader is told of how the parts of a screen belong together. */
#pragma once

#include <gtk/gtk.h>

/**
 * pv_name_by:
 * @name: what is said aloud of @widget
 * @label: (nullable): the text on the screen that says @name, or its beginning
 * @part: (nullable): the text that says the rest of it
 *
 * Names @widget by what is seen. Without a @label its name is its own: GTK 4.8 says both one after the other where there
 * are both. Instead of pv_set_spoken_name(), whose @name it keeps, too.
 */
void pv_name_by (GtkWidget *widget, const char *name, GtkWidget *label, GtkWidget *part);

/**
 * pv_describe_by:
 * @error: (nullable): the text on the screen that says what is wrong, @help: (nullable): that helps; without words they
 *   are left out
 *
 * The words themselves are those of pv_describe(): GTK 4.8 tells of the relation, but does not read it.
 */
void pv_describe_by (GtkWidget *widget, GtkWidget *error, GtkWidget *help, gboolean is_wrong);

/* What is told of it, also as the end of a relation: @widget itself, unless another stands for it, of which it is a part. */
GtkWidget *pv_get_told (GtkWidget *widget);
void pv_set_told (GtkWidget *widget, GtkWidget *told);

/* What @widget opens, turns or fills in. @controlled: (nullable): nothing any more */
void pv_set_controls (GtkWidget *widget, GtkWidget *controlled);
