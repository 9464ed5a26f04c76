/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pictures.h: pictures made when they are needed, in every form that a card may hold them in.
 *
 * All show the same: red, green, blue and white quarters, from the upper left along the rows. */
#pragma once

#include <glib.h>

typedef enum {
  FAKE_JPEG,
  FAKE_JPEG_PROGRESSIVE,
  FAKE_JPEG_GREY,
  FAKE_JPEG_CMYK,
  FAKE_JP2,
  FAKE_JP2_YCC, /* colour coarser than light */
  FAKE_J2K,
  FAKE_J2K_GREY,
  FAKE_J2K_DEEP,  /* 12 bits */
  FAKE_J2K_TILED, /* tiles of 32 x 32 */
  FAKE_N_PICTURES
} FakePicture;

GBytes *fake_picture_new (FakePicture kind, guint width, guint height);
