/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* theme.h: fonts, style sheets, sizes. One per process; main thread only.
 *
 * ui/style.css is written in pixels of the reference panel (0.277 mm) and rem; here pixels are scaled to the panel that
 * there is, the tokens of the chosen palette and the commune's colours are put in, and "Lire mieux" changes the
 * resolution that rem follows. */
#pragma once

#include <gtk/gtk.h>

#define PV_REFERENCE_MM_PER_PX 0.277

/**
 * pv_theme_prepare:
 *
 * Before gtk_init(), while there is one thread. Of the machine's desktop nothing is read that a kiosk does not show: the
 * fonts are those of PV_DATA_DIR (else of the installed folder) and no other, there are no icon themes, and GTK's own
 * style, which style.css replaces, is left out.
 */
void pv_theme_prepare (void);

/**
 * pv_theme_start:
 * @primary, @accent: (nullable): "#RRGGBB" of the commune; refused with a warning when white on @primary or ink on
 *   @accent does not reach 4.5:1, and the default taken
 * @mm_per_px: of the panel; 0 = the reference
 *
 * Registers the resources, fixes the settings of GTK that a kiosk needs (no animations, no blinking, nothing selected by
 * a touch), loads the light palette. After gtk_init().
 */
void pv_theme_start (const char *primary, const char *accent, double mm_per_px);

/**
 * pv_theme_start_embedded:
 *
 * Instead of both, in a desktop program, before its first window: styles each PvScreenView for the reference panel and
 * nothing around it. Settings, fonts and icons of the desktop stay as they are; the fonts of PV_DATA_DIR come beside.
 */
void pv_theme_start_embedded (void);
gboolean pv_theme_is_embedded (void);

/* @theme: "light", "dark" or "contrast"; @text_percent: 100..200. Takes effect at once in every window. */
void pv_theme_set (const char *theme, guint text_percent);

/* Pixels of this panel for pixels of the reference panel. */
int pv_theme_px (double reference_px);
/* Of the palette in force, by its name in ui/ ("edge"); black if there is none. For what draws itself. */
GdkRGBA pv_theme_get_colour (GtkWidget *widget, const char *name);

/* WCAG 2 contrast of two colours, 1..21. */
double pv_theme_contrast (const GdkRGBA *a, const GdkRGBA *b);
