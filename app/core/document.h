/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* document.h: a document as the citizen reads of it, on the screen and on paper. */
#pragma once

#include <glib.h>

/* The kinds that are made at the kiosk, NULL at the end: PDF, JPEG, PNG (formats-fr 8). */
extern const char *const pv_document_types[];

/* "340 kB", "1.2 MB": as large as it is, or a little larger. (transfer full) */
char *pv_document_size (guint64 n_bytes);
/* "2 pages, 340 kB"; without a known number of pages its size alone. (transfer full) */
char *pv_document_display (guint n_pages, guint64 n_bytes);
/* The beginning of its SHA-256, in groups, to compare by eye (procedures-fr 4.3). (transfer full) */
char *pv_document_digest (GBytes *content);
