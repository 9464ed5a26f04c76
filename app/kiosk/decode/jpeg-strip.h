/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* jpeg-strip.h: a JPEG without what it tells about itself. Pure. */
#pragma once

#include <glib.h>

/* Leaves out EXIF, XMP, IPTC and comments; keeps what is needed for the right colours. FALSE: it is no JPEG, and @out is as
 * it was. */
gboolean pv_jpeg_strip (const guint8 *data, gsize length, GByteArray *out);
