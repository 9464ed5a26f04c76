/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* picture.h: the pixels of a document, in locked memory, for as long as the window shows them. Main thread only. */
#pragma once

#include <gdk/gdk.h>

#include "link/decode.h"

typedef struct PvPicture PvPicture;

/* @decoded: copied once; NULL if it is not what it says */
PvPicture *pv_picture_new (const PvDecoded *decoded) G_GNUC_WARN_UNUSED_RESULT;
/* Wipes the pixels: whoever still has the texture shows nothing with it. */
void pv_picture_free (PvPicture *picture);
GdkTexture *pv_picture_get_texture (const PvPicture *picture);
