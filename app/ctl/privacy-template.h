/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* privacy-template.h: papers with blanks, and what fills them.
 *
 *     {{name}}         a text
 *     {{#name}}        on a line of its own: what follows, up to {{/name}}, only if that text is not empty
 *     {{^name}}        only if it is empty
 *
 * Blocks do not nest. A name that nothing fills is an error of the template. Pure; any thread. */
#pragma once

#include <glib.h>

/**
 * pv_privacy_fill:
 * @texts: (element-type utf8 utf8): by name; "" is an empty one
 * @ret_unknown: (out) (transfer full): the first name that nothing fills, if NULL is returned
 *
 * Returns: (transfer full) (nullable)
 */
char *pv_privacy_fill (const char *template, GHashTable *texts, char **ret_unknown) G_GNUC_WARN_UNUSED_RESULT;
