/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* emblem.h: the commune's picture, PNG or SVG, from a file of the administrator. */
#pragma once

#include <gdk/gdk.h>

/* The largest size it is drawn at on the reference panel. */
enum { PV_EMBLEM_PIXELS = 130 };

/**
 * pv_emblem_prefetch:
 * @file: (nullable)
 *
 * Decodes it, of %PV_EMBLEM_PIXELS, in a child, so that a reader of SVG is neither waited for nor kept in this process.
 * Before gtk_init(), while there is one thread.
 */
void pv_emblem_prefetch (const char *file);

/**
 * pv_emblem_load:
 *
 * @pixels: of the longer side
 *
 * What was prefetched, if that is it; else it is decoded here. Waits for the child, which is killed after 5 s.
 *
 * Returns: (transfer full) (nullable): NULL and a warning if it is no picture
 */
GdkTexture *pv_emblem_load (const char *file, int pixels) G_GNUC_WARN_UNUSED_RESULT;
