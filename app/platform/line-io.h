/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* line-io.h: one line in, one text out, for a process that systemd starts for a connection and that ends with its answer. */
#pragma once

#include <glib.h>

/**
 * pv_line_read:
 * @fd: a socket or a pipe; blocks, PV_LINE_READ_MS at most
 * @line: takes @size bytes with the zero at the end; the line end is left out
 *
 * Reads byte by byte, so that nothing after the line end is taken.
 *
 * Returns: FALSE: no whole line came in its time, it was longer, or had a zero in it; then @line is wiped
 */
gboolean pv_line_read (int fd, char *line, gsize size) G_GNUC_WARN_UNUSED_RESULT;
enum { PV_LINE_READ_MS = 5000 };

/* All of @text, as long as somebody listens. */
void pv_line_say (int fd, const char *text);
