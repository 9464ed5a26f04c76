/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* lockdown.h: what GTK offers in every window and a citizen must not reach. */
#pragma once

#include <gtk/gtk.h>

/* For a window: swallows every combination with Ctrl, Alt or Super and the keys of menus and functions; a held key acts
 * once (EN 301 549, 5.7); the inspector stays shut; closing is not possible; the focus ring stays as long as somebody
 * works with keys (GTK hides it after 3 s), and goes with a touch. */
void pv_lock_down (GtkWindow *window);
/* Somebody works with keys that never reach the lock: the focus ring stays until a touch. */
void pv_lock_down_use_keys (GtkWindow *window);
gboolean pv_lock_down_uses_keys (GtkWindow *window);
/* What Escape does there; without it, it does nothing. */
void pv_lock_down_with_escape (GtkWindow *window, void (*escape) (GtkWindow *window));
