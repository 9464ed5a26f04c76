/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* colour.h: can text of one colour be read on another? */
#pragma once

#include <glib.h>

#define PV_COLOUR_WHITE        0xffffffu
#define PV_COLOUR_MIN_CONTRAST 4.5 /* WCAG 2.1, success criterion 1.4.3, level AA */

/* "#1F4FA3" as 0x1f4fa3. FALSE, and *ret_rgb untouched, for anything else. */
gboolean pv_colour_parse (const char *text, guint32 *ret_rgb);

/* From 1 (the same) to 21 (black on white), in either order; WCAG 2.1, "contrast ratio". */
double pv_colour_get_contrast (guint32 a_rgb, guint32 b_rgb);
