/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* exif.h: how a phone was held. Of all that is in EXIF (places, times, names) the one number that is needed. Pure. */
#pragma once

#include <glib.h>

typedef struct PvExifTurn {
  gboolean is_mirrored; /* first: left is right */
  guint turns;          /* then quarters to the right */
} PvExifTurn;

/* @data: a JPEG. No turn if there is no EXIF, or a broken one. */
PvExifTurn pv_exif_read_turn (const guint8 *data, gsize length);
