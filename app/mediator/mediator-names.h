/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-names.h: what a screen reader calls the buttons with a key of their own: GTK tells their "_" as well. */
#pragma once

#include <gtk/gtk.h>

/* All buttons below @root, also when their words change later. Once for each part that is made. */
void pv_mediator_name_buttons (GtkWidget *root);
