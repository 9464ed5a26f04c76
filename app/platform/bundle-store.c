/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/bundle-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/plain-file.h"

#define BUNDLE_FILE "bundle.pvb"

enum { DIGEST_LETTERS = 8 };

static gboolean
fail (GError **error, const char *path)
{
  int code = errno;

  g_set_error (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_DISK, "%s: %s", path, g_strerror (code));
  return FALSE;
}

static gboolean
sync_folder (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean is_synced = fd >= 0 && fsync (fd) == 0;

  if (!is_synced)
    fail (error, path);
  if (fd >= 0)
    close (fd);
  return is_synced;
}

static gboolean
write_file (const char *folder, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gsize size = 0;
  const char *at = g_bytes_get_data (bytes, &size);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
  gboolean is_written = fd >= 0;

  while (is_written && size > 0) {
    gssize n = write (fd, at, size);

    if (n < 0 && errno == EINTR)
      continue;
    is_written = n > 0;
    at += MAX (n, 0);
    size -= (gsize) MAX (n, 0);
  }
  is_written = is_written && fchmod (fd, 0644) == 0 && fsync (fd) == 0;
  if (!is_written)
    fail (error, path);
  if (fd >= 0)
    close (fd);
  return is_written;
}

/* Of plain files, as there are no others. */
static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *file = g_build_filename (path, name, NULL);

    g_unlink (file);
  }
  g_rmdir (path);
}

static char *
link_path (const char *store, PvLayer layer)
{
  return g_build_filename (store, pv_layer_get_name (layer), NULL);
}

char *
pv_bundle_store_get_name (const char *store, PvLayer layer)
{
  g_autofree char *path = link_path (store, layer);
  char *name = g_file_read_link (path, NULL);

  if (name != NULL && strchr (name, '/') != NULL)
    g_clear_pointer (&name, g_free);
  return name;
}

PvBundle *
pv_bundle_store_read (const char *store, PvLayer layer)
{
  g_autofree char *path = g_build_filename (store, pv_layer_get_name (layer), BUNDLE_FILE, NULL);
  gsize length = 0;
  char *text = pv_plain_file_read (path, PV_BUNDLE_MAX_BYTES, &length, NULL);
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new_take (text, length) : NULL;

  return bytes != NULL ? pv_bundle_parse (bytes, NULL) : NULL;
}

static gboolean
write_all (const char *folder, const PvBundle *bundle, GBytes *bytes, GError **error)
{
  for (guint i = 0; i < bundle->files->len; i++) {
    const PvBundleFile *file = bundle->files->pdata[i];

    if (!write_file (folder, file->name, file->bytes, error))
      return FALSE;
  }
  return write_file (folder, BUNDLE_FILE, bytes, error) && sync_folder (folder, error);
}

char *
pv_bundle_store_stage (const char *store, PvLayer layer, const PvBundle *bundle, GBytes *bytes, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s-%" G_GINT64_FORMAT "-%.*s", pv_layer_get_name (layer), bundle->serial,
                                           DIGEST_LETTERS, bundle->digest);
  g_autofree char *path = g_build_filename (store, name, NULL);
  g_autofree char *new_name = g_strconcat (pv_layer_get_name (layer), "-new", NULL);
  g_autofree char *new_path = g_build_filename (store, new_name, NULL);
  g_autofree char *current = pv_bundle_store_get_name (store, layer);

  if (g_strcmp0 (current, name) == 0)
    return g_steal_pointer (&name);
  /* Of an attempt that was cut. */
  remove_folder (new_path);
  remove_folder (path);
  if (g_mkdir (new_path, 0755) != 0 || chmod (new_path, 0755) != 0) {
    fail (error, new_path);
    return NULL;
  }
  if (!write_all (new_path, bundle, bytes, error)) {
    remove_folder (new_path);
    return NULL;
  }
  if (g_rename (new_path, path) != 0) {
    fail (error, path);
    remove_folder (new_path);
    return NULL;
  }
  return sync_folder (store, error) ? g_steal_pointer (&name) : NULL;
}

gboolean
pv_bundle_store_turn (const char *store, PvLayer layer, const char *name, GError **error)
{
  g_autofree char *path = link_path (store, layer);
  g_autofree char *new_path = g_strconcat (path, "-link", NULL);

  if (name == NULL)
    return (g_unlink (path) == 0 || errno == ENOENT || fail (error, path)) && sync_folder (store, error);
  g_unlink (new_path);
  if (symlink (name, new_path) != 0)
    return fail (error, new_path);
  if (g_rename (new_path, path) != 0)
    return fail (error, path);
  return sync_folder (store, error);
}

void
pv_bundle_store_tidy (const char *store, PvLayer layer, const char *kept)
{
  g_autofree char *current = pv_bundle_store_get_name (store, layer);
  g_autofree char *prefix = g_strconcat (pv_layer_get_name (layer), "-", NULL);
  g_autofree char *leftover = g_strconcat (prefix, "link", NULL);
  g_autoptr (GDir) dir = g_dir_open (store, 0, NULL);

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (store, name, NULL);

    if (!g_str_has_prefix (name, prefix) || g_strcmp0 (name, current) == 0 || g_strcmp0 (name, kept) == 0)
      continue;
    if (strcmp (name, leftover) == 0)
      g_unlink (path);
    else
      remove_folder (path);
  }
}
