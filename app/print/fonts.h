/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fonts.h: the fonts of the paper: those of resources/fonts and no other, so that each machine prints the same. */
#pragma once

#include <pango/pango.h>

/**
 * pv_print_fonts_create_context:
 * @language: "fr", "ar": chooses letter forms
 *
 * Measures in points, unhinted and unrounded, so that a text has the same size on every surface. The font map is made
 * once in the process and kept. Main thread only.
 *
 * Returns: (transfer full): NULL with PV_PRINT_ERROR_BROKEN if there are no fonts in PV_DATA_DIR
 */
PangoContext *pv_print_fonts_create_context (const char *language, gboolean is_rtl,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
