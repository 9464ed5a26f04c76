/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sample-page.h: a made-up page for practising: a letter of grey lines, with a word across that says so. */
#pragma once

#include <cairo.h>
#include <glib.h>

/* A surface of RGB24, A4 upright, turned by quarters to the right. (transfer full): cairo_surface_destroy() */
cairo_surface_t *pv_sample_page_draw (guint long_side, guint n_turns) G_GNUC_WARN_UNUSED_RESULT;
/* @content_type: a PDF of @n_pages, or a PNG of one. (transfer full) */
GBytes *pv_sample_page_render (const char *content_type, guint n_pages) G_GNUC_WARN_UNUSED_RESULT;
