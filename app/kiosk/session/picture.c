/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/picture.h"

#include <sodium.h>

#include "link/memfd.h"

enum { BYTES_A_PIXEL = 4 };
static const guint32 OPAQUE = 0xFF000000;

struct PvPicture {
  GBytes *pixels; /* what the texture shows */
  GdkTexture *texture;
};

/* Where nothing is drawn, parvis-decode has a byte that counts as transparent here. */
static GBytes *
copy_pixels (const PvDecoded *decoded)
{
  gsize size = (gsize) decoded->stride * decoded->height;
  g_autoptr (GBytes) mapped = pv_memfd_map (decoded->fd, size, NULL);
  const guint32 *from;
  guint32 *pixels;

  if (mapped == NULL || g_bytes_get_size (mapped) != size || sodium_init () < 0)
    return NULL;
  pixels = sodium_malloc (size);
  if (pixels == NULL)
    return NULL;
  from = g_bytes_get_data (mapped, NULL);
  for (gsize i = 0; i < size / BYTES_A_PIXEL; i++)
    pixels[i] = from[i] | OPAQUE;
  return g_bytes_new_with_free_func (pixels, size, sodium_free, pixels);
}

PvPicture *
pv_picture_new (const PvDecoded *decoded)
{
  GBytes *pixels = copy_pixels (decoded);
  PvPicture *picture;

  if (pixels == NULL)
    return NULL;
  picture = g_new0 (PvPicture, 1);
  picture->pixels = pixels;
  picture->texture =
    gdk_memory_texture_new ((int) decoded->width, (int) decoded->height, GDK_MEMORY_DEFAULT, pixels, decoded->stride);
  return picture;
}

void
pv_picture_free (PvPicture *picture)
{
  gconstpointer pixels;
  gsize size;

  if (picture == NULL)
    return;
  pixels = g_bytes_get_data (picture->pixels, &size);
  sodium_memzero ((gpointer) pixels, size); /* sodium_malloc()'s, and writable */
  g_object_unref (picture->texture);
  g_bytes_unref (picture->pixels);
  g_free (picture);
}

GdkTexture *
pv_picture_get_texture (const PvPicture *picture)
{
  return picture->texture;
}
