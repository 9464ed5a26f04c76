/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-photo.h: a drawn face, nobody's, in the formats that chips hold. Pure. */
#pragma once

#include <gio/gio.h>

typedef enum {
  PV_CHIP_PHOTO_JPEG,
  PV_CHIP_PHOTO_JP2,
  PV_CHIP_PHOTO_J2K, /* the bare codestream */
} PvChipPhotoFormat;

enum { PV_CHIP_PHOTO_MAX_SIDE = 2000 };

/* @size: filled up to it with comments; a smaller picture than it can be is as small as it is. */
GBytes *pv_chip_photo_new (PvChipPhotoFormat format, guint width, guint height, gsize size,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
