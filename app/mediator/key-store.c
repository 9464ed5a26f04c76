/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/key-store.h"

#include <string.h>

#include "assist/certificate.h"

/* What the thread needs; nobody else touches it meanwhile. */
typedef struct Try {
  char *path;
  PvSecret *passphrase, *new_passphrase; /* (nullable): an empty one, or none */
} Try;

static void
try_free (gpointer data)
{
  Try *self = data;

  g_free (self->path);
  pv_secret_free (self->passphrase);
  pv_secret_free (self->new_passphrase);
  g_free (self);
}

/* One that is too long is none: it opens nothing. */
static PvSecret *
hold (const char *passphrase)
{
  gsize size = strlen (passphrase);

  return size > 0 && size <= PV_SEALED_KEY_MAX_PASSPHRASE_BYTES ? pv_secret_new (passphrase, size) : NULL;
}

static const char *
text_of (const PvSecret *passphrase)
{
  return passphrase != NULL ? pv_secret_get_text (passphrase) : "";
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Try *self = data;
  GError *error = NULL;
  PvSecret *secret = pv_sealed_key_read (self->path, PV_CERTIFICATE_SECRET_BYTES, text_of (self->passphrase), &error);

  (void) source;
  (void) cancellable;
  if (secret != NULL)
    g_task_return_pointer (task, secret, (GDestroyNotify) pv_secret_free);
  else
    g_task_return_error (task, error);
}

static void
change_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Try *self = data;
  GError *error = NULL;
  g_autoptr (PvSecret) secret = NULL;

  (void) source;
  (void) cancellable;
  if (!pv_sealed_key_is_passphrase (text_of (self->new_passphrase))) {
    g_task_return_new_error (task, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_WEAK, "at least %d characters",
                             PV_SEALED_KEY_MIN_PASSPHRASE);
    return;
  }
  secret = pv_sealed_key_read (self->path, PV_CERTIFICATE_SECRET_BYTES, text_of (self->passphrase), &error);
  if (secret != NULL
      && pv_sealed_key_write (self->path, pv_secret_get_bytes (secret, NULL), PV_CERTIFICATE_SECRET_BYTES,
                              text_of (self->new_passphrase), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
start (const char *path, PvSecret *passphrase, PvSecret *new_passphrase, GTaskThreadFunc work,
       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Try *self = g_new0 (Try, 1);

  self->path = g_strdup (path);
  self->passphrase = passphrase;
  self->new_passphrase = new_passphrase;
  g_task_set_source_tag (task, work);
  g_task_set_task_data (task, self, try_free);
  g_task_run_in_thread (task, work);
}

void
pv_key_store_open_async (const PvConsoleSettings *settings, const char *passphrase, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  start (settings->key_file, hold (passphrase), NULL, open_in_thread, cancellable, callback, data);
}

PvSecret *
pv_key_store_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
pv_key_store_change_async (const PvConsoleSettings *settings, const char *old_passphrase, const char *new_passphrase,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  start (settings->key_file, hold (old_passphrase), hold (new_passphrase), change_in_thread, cancellable, callback,
         data);
}

gboolean
pv_key_store_change_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
