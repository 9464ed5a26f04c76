/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mouse.h: the pointer of an ordinary computer: large, outlined, and drawn here, since a kiosk has no theme of pointers. */
#pragma once

#include <gtk/gtk.h>

/* From now on the pointer is seen in @window, and what it is over says so. To be called before anything is put into it. */
void pv_mouse_show (GtkWindow *window);
/* What the pointer becomes over a GtkText or GtkTextView; without effect where no mouse is meant. */
void pv_mouse_mark_typed (GtkWidget *typed);
