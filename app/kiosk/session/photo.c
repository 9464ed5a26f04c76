/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/photo.h"

#include "kiosk/session/picture.h"
#include "link/decode.h"
#include "platform/log.h"

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
  Request *request;   /* (nullable), borrowed: ends in decoded_cb() */
  PvPicture *picture; /* (nullable): what is shown */
};

static void
request_free (Request *request)
{
  g_object_unref (request->cancellable);
  g_free (request);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  PvPhoto *photo = request->photo;
  g_autoptr (GError) error = NULL;
  g_autoptr (PvDecoded) decoded = pv_decode_finish (result, &error);

  (void) source;
  request_free (request);
  if (photo == NULL)
    return;
  photo->request = NULL;
  if (decoded != NULL)
    photo->picture = pv_picture_new (decoded);
  else
    pv_log_event (PV_LOG_WARNING, "photo-not-decoded", PV_LOG_CAUSE (error));
  photo->callback (photo->picture != NULL ? pv_picture_get_texture (photo->picture) : NULL, photo->user_data);
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
  g_clear_pointer (&photo->picture, pv_picture_free);
}
