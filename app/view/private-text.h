/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* private-text.h: what somebody types, or typed, for nobody but who stands before the screen: no program on the accessibility
 * bus is told of it. Whether GTK speaks to that bus at all is a setting; these are made the same without it.
 *
 * GTK tells of a widget once a program asks for it, or the focus comes to it. A widget without a role is not asked for, and
 * the focus on it is told of what it stands in. So neither its words nor a path at which they could be asked for get there,
 * provided that no relation leads to it: see pv_get_told(). */
#pragma once

#include <gtk/gtk.h>

#include "view/controls.h"

/* From GTK 4.14 on an entry is asked for its text as a GtkAccessibleText, and whatever it answers is all there is: a private
 * one answers nothing. Never run yet: see README.md. */

/* What GTK knows as the text of an entry, but not as one of its own kinds: it serves the text of an entry whose delegate is a
 * GtkText only. Everything else of GtkEditable goes through. @text: outlives it. (transfer full) */
GtkEditable *pv_private_text_new (GtkText *text);

/**
 * pv_private_box_new:
 * @view: made by pv_private_view_new(), @frame: what it is scrolled in
 *
 * A box of the role of a text, which stands for @view wherever something is told.
 */
GtkWidget *pv_private_box_new (GtkWidget *frame, GtkWidget *view);
/* Of several lines. */
GtkWidget *pv_private_view_new (void);

/* Of @label, and all labels in it if it is none, nothing is told. Before anything was. */
void pv_hide_labels (GtkWidget *label);
/* What is told instead of the name that is said aloud, which names an answer; after pv_set_spoken_name(). */
void pv_tell_name (GtkWidget *widget, const char *name);
