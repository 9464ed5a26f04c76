/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* theme-scope.h: style.css for a part of a window that has a style of its own.
 *
 * In a kiosk the sheet is the only one. In a desktop program it may reach nothing but the citizen's screen, its colours
 * may replace nobody's, and its text may not follow the size that the desktop gave to a rem. */
#pragma once

#include <glib.h>

/* The class of a PvScreenView in a desktop program. */
#define PV_SCOPE_CLASS  "pv-screen"
#define PV_SCOPE_COLOUR "pv_"

/**
 * pv_theme_scope:
 * @css: rules, comments and definitions of colours, as ui/ has them: no other at-rules, no commas inside a selector
 * @rem_px: what a rem is
 *
 * Returns: (transfer full): the same, where `window` is an element with %PV_SCOPE_CLASS and so are the classes
 * `.size-...`, which are on it; everything else is inside of it. Colours have the prefix %PV_SCOPE_COLOUR, lengths in
 * rem are in px. All selectors become more specific by the same, so which of two rules wins stays as it was.
 */
char *pv_theme_scope (const char *css, double rem_px) G_GNUC_WARN_UNUSED_RESULT;
