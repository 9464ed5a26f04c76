/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/photo.h"

#include <sodium.h>

#include "link/decode.h"
#include "link/memfd.h"
#include "platform/log.h"

enum { BYTES_A_PIXEL = 4 };
static const guint32 OPAQUE = 0xFF000000;
static const char NO_PROGRAM[] = "/dev/null"; /* cannot be started, and says so */

/* One picture on its way; outlives a photo that has forgotten it. */
typedef struct Request {
  PvPhoto *photo; /* NULL: forgotten */
  GCancellable *cancellable;
} Request;

struct PvPhoto {
  char *program;
  PvPhotoCallback callback;
  gpointer user_data;
  Request *request; /* (nullable), borrowed: ends in decoded_cb() */
  GBytes *pixels;   /* (nullable): what the texture shows */
};

static void
request_free (Request *request)
{
  g_object_unref (request->cancellable);
  g_free (request);
}

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

static GdkTexture *
take_decoded (PvPhoto *photo, const PvDecoded *decoded)
{
  photo->pixels = copy_pixels (decoded);
  if (photo->pixels == NULL)
    return NULL;
  return gdk_memory_texture_new ((int) decoded->width, (int) decoded->height, GDK_MEMORY_DEFAULT, photo->pixels,
                                 decoded->stride);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  PvPhoto *photo = request->photo;
  g_autoptr (GError) error = NULL;
  g_autoptr (PvDecoded) decoded = pv_decode_finish (result, &error);
  g_autoptr (GdkTexture) texture = NULL;

  (void) source;
  request_free (request);
  if (photo == NULL)
    return;
  photo->request = NULL;
  if (decoded != NULL)
    texture = take_decoded (photo, decoded);
  else
    pv_log_event (PV_LOG_WARNING, "photo-not-decoded", PV_LOG_CAUSE (error));
  photo->callback (texture, photo->user_data);
}

PvPhoto *
pv_photo_new (const char *program, PvPhotoCallback callback, gpointer user_data)
{
  PvPhoto *photo = g_new0 (PvPhoto, 1);

  photo->program = g_strdup (program != NULL ? program : NO_PROGRAM);
  photo->callback = callback;
  photo->user_data = user_data;
  return photo;
}

void
pv_photo_free (PvPhoto *photo)
{
  if (photo == NULL)
    return;
  pv_photo_forget (photo);
  g_free (photo->program);
  g_free (photo);
}

void
pv_photo_decode (PvPhoto *photo, GBytes *picture)
{
  Request *request = g_new0 (Request, 1);

  pv_photo_forget (photo);
  request->photo = photo;
  request->cancellable = g_cancellable_new ();
  photo->request = request;
  pv_decode_async (photo->program, picture, PV_PHOTO_MAX_SIDE, request->cancellable, decoded_cb, request);
}

void
pv_photo_forget (PvPhoto *photo)
{
  Request *request = g_steal_pointer (&photo->request);

  if (request != NULL) {
    request->photo = NULL;
    g_cancellable_cancel (request->cancellable);
  }
  if (photo->pixels != NULL) {
    gsize size;
    gconstpointer pixels = g_bytes_get_data (photo->pixels, &size);

    sodium_memzero ((gpointer) pixels, size); /* sodium_malloc()'s, and writable */
    g_clear_pointer (&photo->pixels, g_bytes_unref);
  }
}
