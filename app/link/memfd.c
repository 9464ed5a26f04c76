/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/memfd.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SEALS = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK };

typedef struct Mapping {
  void *address;
  gsize size;
} Mapping;

static void
mapping_free (gpointer data)
{
  Mapping *mapping = data;

  munmap (mapping->address, mapping->size);
  g_free (mapping);
}

static int
fail_with_errno (const char *what, int fd, GError **error)
{
  g_set_error (error, PV_LINK_ERROR, PV_LINK_ERROR_FAILED, "%s: %s", what, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

/* Fills a new file of @size bytes by @store and seals it. */
static int
create (gsize size, void (*store) (gpointer source, void *memory), gpointer source, GError **error)
{
  int fd = memfd_create ("parvis", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd < 0)
    return fail_with_errno ("memory file", fd, error);
  if (size > 0) {
    void *memory;

    if (ftruncate (fd, (off_t) size) < 0)
      return fail_with_errno ("size of a memory file", fd, error);
    memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED)
      return fail_with_errno ("mapping a memory file", fd, error);
    store (source, memory);
    /* A file that is mapped for writing cannot be sealed against it. */
    munmap (memory, size);
  }
  if (fcntl (fd, F_ADD_SEALS, SEALS | F_SEAL_SEAL) < 0)
    return fail_with_errno ("sealing a memory file", fd, error);
  return fd;
}

static void
store_variant (gpointer source, void *memory)
{
  g_variant_store (source, memory);
}

static void
store_bytes (gpointer source, void *memory)
{
  gsize size;
  const void *data = g_bytes_get_data (source, &size);

  memcpy (memory, data, size);
}

int
pv_memfd_from_variant (GVariant *variant, GError **error)
{
  g_autoptr (GVariant) own = g_variant_ref_sink (variant);

  return create (g_variant_get_size (own), store_variant, own, error);
}

int
pv_memfd_from_bytes (GBytes *bytes, GError **error)
{
  return create (g_bytes_get_size (bytes), store_bytes, bytes, error);
}

int
pv_memfd_take (GUnixFDList *fds, GVariant *handle)
{
  gint index = g_variant_get_handle (handle);

  if (fds == NULL || index < 0 || index >= g_unix_fd_list_get_length (fds))
    return -1;
  return g_unix_fd_list_get (fds, index, NULL);
}

GBytes *
pv_memfd_map (int fd, gsize max_bytes, GError **error)
{
  struct stat info;
  int seals = fcntl (fd, F_GET_SEALS);
  Mapping *mapping;
  void *memory;
  gsize size;

  if (seals < 0 || (seals & SEALS) != SEALS || fstat (fd, &info) < 0) {
    g_set_error_literal (error, PV_LINK_ERROR, PV_LINK_ERROR_BAD_DATA, "not a sealed memory file");
    return NULL;
  }
  size = (gsize) info.st_size;
  if (size > max_bytes) {
    g_set_error (error, PV_LINK_ERROR, PV_LINK_ERROR_TOO_LARGE,
                 "memory file of %" G_GSIZE_FORMAT " bytes, limit %" G_GSIZE_FORMAT, size, max_bytes);
    return NULL;
  }
  if (size == 0)
    return g_bytes_new_static ("", 0);
  /* Private: older kernels take any shared mapping of a file for one that could be written. */
  memory = mmap (NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (memory == MAP_FAILED) {
    fail_with_errno ("mapping a memory file", -1, error);
    return NULL;
  }
  mapping = g_new (Mapping, 1);
  mapping->address = memory;
  mapping->size = size;
  return g_bytes_new_with_free_func (memory, size, mapping_free, mapping);
}

GVariant *
pv_memfd_read_variant (int fd, const GVariantType *type, gsize max_bytes, GError **error)
{
  g_autoptr (GBytes) bytes = pv_memfd_map (fd, max_bytes, error);
  g_autoptr (GVariant) variant = NULL;

  if (bytes == NULL)
    return NULL;
  variant = g_variant_ref_sink (g_variant_new_from_bytes (type, bytes, FALSE));
  if (!g_variant_is_normal_form (variant)) {
    g_set_error_literal (error, PV_LINK_ERROR, PV_LINK_ERROR_BAD_DATA, "memory file without a document in normal form");
    return NULL;
  }
  return g_steal_pointer (&variant);
}
