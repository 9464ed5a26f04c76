/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* html-text.h: the portal's hints and comments, which may be HTML, as plain text.
 *
 * Not a renderer: what matters is that every word arrives and that nothing of the markup does.
 */
#pragma once

#include <glib.h>

/**
 * pv_html_to_plain:
 * @html: (nullable): HTML or what claims to be, in whatever state
 * @max_bytes: the longest result, without its end
 *
 * Paragraphs, titles and quotations are parted by an empty line, other blocks, rows and <br> by a line end; list items
 * begin with "• "; references like &eacute; and &#233; are decoded; the contents of scripts, styles and other things that
 * are no text are dropped, with control characters and those that turn the direction of writing; white space is
 * collapsed as browsers do.  A result that had to be cut ends with "…".  Takes time in proportion to @html.
 *
 * Returns: (transfer full): valid UTF-8, never NULL
 */
char *pv_html_to_plain (const char *html, gsize max_bytes) G_GNUC_WARN_UNUSED_RESULT;
