/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* photo.h: the photo of a document, from what the card has to what the window shows, and its end.
 *
 * A picture of a card is hostile until it is shown otherwise: it is decoded by parvis-decode only (link/decode.h). No file,
 * no copy but the one that is shown, in locked memory; that one is wiped when the photo is forgotten. Never blocks. Main
 * thread only. */
#pragma once

#include <gdk/gdk.h>

typedef struct PvPhoto PvPhoto;

/* @texture: (nullable): NULL: it is no picture. From the main loop, never from within a call. */
typedef void (*PvPhotoCallback) (GdkTexture *texture, gpointer user_data);

enum { PV_PHOTO_MAX_SIDE = 600 }; /* pixels of the longer side */

/* @program: (nullable): parvis-decode; none is installed here: nothing is a picture */
PvPhoto *pv_photo_new (const char *program, PvPhotoCallback callback, gpointer user_data);
void pv_photo_free (PvPhoto *photo);
/* @picture: JPEG or JPEG 2000; the photo before it is forgotten. One callback, unless this one is forgotten, too. */
void pv_photo_decode (PvPhoto *photo, GBytes *picture);
/* Ends the decoding, and wipes the pixels: whoever still has the texture shows nothing with it. */
void pv_photo_forget (PvPhoto *photo);
