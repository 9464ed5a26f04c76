/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* output.h: what a mode of parvis-decode leaves behind, and how it ends. Nothing is freed and nothing runs at the end: the
 * kernel takes all of it. */
#pragma once

#include "link/scan-private.h"

gboolean pv_output_write (int fd, const void *data, gsize length);
/* @content and, behind it, @facts. Returns: the exit status that tells of it */
int pv_output_put (const void *content, gsize length, PvScanFacts facts);
/* The same, and the end. */
G_NORETURN void pv_output_end (const void *content, gsize length, PvScanFacts facts);
G_NORETURN void pv_output_end_in_trouble (PvCaptureTrouble trouble);
