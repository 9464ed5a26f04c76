/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

G_DEFINE_QUARK (pv_secret_error, pv_secret_error)

struct PvSecret {
  gsize size;
  guint8 *bytes; /* owned, from sodium_malloc(); size + 1 */
};

static PvSecret *
allocate (gsize size)
{
  PvSecret *self = g_new0 (PvSecret, 1);

  if (sodium_init () < 0)
    g_assert_not_reached ();
  self->size = size;
  self->bytes = sodium_malloc (size + 1);
  /* As g_malloc(): without memory there is no going on. */
  g_assert (self->bytes != NULL);
  self->bytes[size] = 0;
  return self;
}

void
pv_secret_free (PvSecret *secret)
{
  if (secret == NULL)
    return;
  sodium_free (secret->bytes);
  g_free (secret);
}

PvSecret *
pv_secret_new (const void *bytes, gsize size)
{
  PvSecret *self;

  g_return_val_if_fail (bytes != NULL && size > 0 && size <= PV_SECRET_MAX_BYTES, NULL);

  self = allocate (size);
  memcpy (self->bytes, bytes, size);
  sodium_mprotect_readonly (self->bytes);
  return self;
}

/* Opens what is a plain file that not everybody can get at. */
static int
open_private (const char *path, GError **error)
{
  struct stat facts;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

  if (fd < 0 || fstat (fd, &facts) != 0 || !S_ISREG (facts.st_mode)) {
    g_set_error (error, PV_SECRET_ERROR, PV_SECRET_ERROR_UNREADABLE, "%s: %s", path,
                 fd < 0 ? g_strerror (errno) : "not a plain file");
  } else if ((facts.st_mode & (S_IROTH | S_IWOTH)) != 0) {
    g_set_error (error, PV_SECRET_ERROR, PV_SECRET_ERROR_EXPOSED, "%s: everybody may read or change it", path);
  } else {
    return fd;
  }
  if (fd >= 0)
    close (fd);
  return -1;
}

/* Straight into locked memory, up to @max bytes and one more, which tells that there are more. */
static PvSecret *
read_up_to (const char *path, gsize max, GError **error)
{
  int fd = open_private (path, error);
  g_autoptr (PvSecret) self = NULL;
  gsize length = 0;
  gssize count = 0;

  if (fd < 0)
    return NULL;
  self = allocate (max + 1);
  while (length <= max && (count = read (fd, self->bytes + length, max + 1 - length)) > 0)
    length += (gsize) count;
  close (fd);
  if (count < 0) {
    g_set_error (error, PV_SECRET_ERROR, PV_SECRET_ERROR_UNREADABLE, "%s: cannot be read", path);
    return NULL;
  }
  self->size = length;
  return g_steal_pointer (&self);
}

static gboolean
finish (PvSecret *self, gsize size)
{
  self->bytes[size] = 0;
  self->size = size;
  return sodium_mprotect_readonly (self->bytes) == 0;
}

PvSecret *
pv_secret_read_bytes (const char *path, gsize size, GError **error)
{
  g_autoptr (PvSecret) self = NULL;

  g_return_val_if_fail (path != NULL && size > 0 && size <= PV_SECRET_MAX_BYTES, NULL);

  self = read_up_to (path, size, error);
  if (self == NULL)
    return NULL;
  if (self->size != size || !finish (self, size)) {
    g_set_error (error, PV_SECRET_ERROR, PV_SECRET_ERROR_BAD, "%s: expected %zu bytes", path, size);
    return NULL;
  }
  return g_steal_pointer (&self);
}

PvSecret *
pv_secret_read_text (const char *path, GError **error)
{
  g_autoptr (PvSecret) self = NULL;
  gboolean is_text;
  gsize size;

  g_return_val_if_fail (path != NULL, NULL);

  self = read_up_to (path, PV_SECRET_MAX_BYTES, error);
  if (self == NULL)
    return NULL;
  size = self->size;
  if (size > 0 && self->bytes[size - 1] == '\n')
    size--;
  is_text = size > 0 && self->size <= PV_SECRET_MAX_BYTES;
  for (gsize i = 0; i < size && is_text; i++)
    is_text = g_ascii_isprint ((char) self->bytes[i]);
  if (!is_text || !finish (self, size)) {
    g_set_error (error, PV_SECRET_ERROR, PV_SECRET_ERROR_BAD, "%s: expected one line of plain characters", path);
    return NULL;
  }
  return g_steal_pointer (&self);
}

const guint8 *
pv_secret_get_bytes (const PvSecret *secret, gsize *ret_size)
{
  g_return_val_if_fail (secret != NULL, NULL);

  if (ret_size != NULL)
    *ret_size = secret->size;
  return secret->bytes;
}

const char *
pv_secret_get_text (const PvSecret *secret)
{
  g_return_val_if_fail (secret != NULL, NULL);

  return (const char *) secret->bytes;
}
