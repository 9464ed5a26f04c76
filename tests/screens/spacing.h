/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* spacing.h: all text as EN 301 549, 11.1.4.12 wants it to be possible: letters 0.12 of their size apart, words 0.16 more, lines
 * 1.5 of it; paragraphs are widgets of their own. Keys have one letter each, and
 * their layout is the keyboard's; the digits of a call are drawn, not read as text.
 *
 * No style sheet of GTK moves words apart: their share is the letters', 0.15, as if each word had five and a space. */
#pragma once

#include <gtk/gtk.h>

/* From now on, in every window; before texts are measured. */
void spacing_start (void);
void spacing_stop (void);
