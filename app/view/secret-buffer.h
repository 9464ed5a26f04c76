/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* secret-buffer.h: what a citizen types, overwritten before its memory is given back. */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_SECRET_BUFFER (pv_secret_buffer_get_type ())
G_DECLARE_FINAL_TYPE (PvSecretBuffer, pv_secret_buffer, PV, SECRET_BUFFER, GtkEntryBuffer)

/* @max_chars: 0 = as much as a format ever looks at (PV_FORMAT_MAX_BYTES). Main thread only. */
GtkEntryBuffer *pv_secret_buffer_new (guint max_chars);
