/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* grip.h: a hand that tries what no citizen needs: every key with every modifier, every button, and dragging. Of the X display in
 * which the compositor runs; its window fills it from the corner. Tests only; one thread. */
#pragma once

#include <glib.h>

typedef struct Grip Grip;

enum { GRIP_FIRST_CODE = 8, GRIP_LAST_CODE = 255 };

typedef enum {
  GRIP_PLAIN = 0,
  GRIP_SHIFT = 1 << 0,
  GRIP_CTRL = 1 << 1,
  GRIP_ALT = 1 << 2,
  GRIP_SUPER = 1 << 3,
} GripModifiers;

/* Whether a server answers at DISPLAY. */
gboolean grip_has_display (void);
/* NULL and a sentence on stderr: no display, no XTEST, or no window within 90 s. Makes the window that large, and gives it the focus. */
Grip *grip_new (guint width, guint height);
void grip_free (Grip *grip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Grip, grip_free)

/* A key by its number, or by its name in X11; FALSE: the layout has none of that name. */
void grip_press (Grip *grip, guint code, GripModifiers modifiers);
gboolean grip_press_named (Grip *grip, const char *name, GripModifiers modifiers);
/* Letters and digits. */
void grip_type (Grip *grip, const char *text);
void grip_click (Grip *grip, guint button, int x, int y, guint hold_ms);
/* Presses the first button twice at the first place, as for a word. */
void grip_double_click (Grip *grip, int x, int y);
void grip_drag (Grip *grip, int x, int y, int to_x, int to_y);
/* What the screen shows, once it has stood still for a moment. (transfer full) (nullable) */
char *grip_get_digest (Grip *grip);
