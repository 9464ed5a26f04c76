/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/service-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "platform/plain-file.h"

#define HEAD "parvis-service-lock 1 "

static gboolean
write_lock (const char *path, const PvServiceLock *lock, GError **error)
{
  g_autofree char *text = g_strdup_printf (HEAD "%u %" G_GINT64_FORMAT "\n", lock->n_wrong, lock->until_s);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error);
}

static gboolean
parse (const char *text, PvServiceLock *ret_lock)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 5);
  guint64 n_wrong = 0;
  gint64 until_s = 0;

  if (!g_str_has_prefix (text, HEAD) || !g_str_has_suffix (text, "\n") || g_strv_length (words) != 4)
    return FALSE;
  g_strchomp (words[3]);
  if (!g_ascii_string_to_unsigned (words[2], 10, 0, G_MAXUINT / 2, &n_wrong, NULL)
      || !g_ascii_string_to_signed (words[3], 10, 0, G_MAXINT64 / 2, &until_s, NULL))
    return FALSE;
  *ret_lock = (PvServiceLock){ .n_wrong = (guint) n_wrong, .until_s = until_s };
  return TRUE;
}

void
pv_service_lock_read (const char *path, gint64 now_s, PvServiceLock *ret_lock)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  g_autofree char *bytes = pv_plain_file_read (path, PV_SERVICE_LOCK_MAX_BYTES, &length, &error);
  g_autofree char *text = bytes != NULL ? g_strndup (bytes, length) : NULL;

  *ret_lock = (PvServiceLock){ 0 };
  if (text == NULL && g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return;
  if (text == NULL || !parse (text, ret_lock))
    *ret_lock = (PvServiceLock){ .n_wrong = PV_SERVICE_LOCK_TRIES, .until_s = now_s + PV_SERVICE_LOCK_S };
  else if (ret_lock->until_s <= now_s) {
    ret_lock->until_s = 0;
    return;
  } else if (ret_lock->until_s <= now_s + PV_SERVICE_LOCK_S)
    return;
  /* Damaged, or a clock that was put back: written down, so that it ends. */
  ret_lock->until_s = now_s + PV_SERVICE_LOCK_S;
  (void) write_lock (path, ret_lock, NULL); /* a disk that is full: it is locked all the same */
}

static gboolean
count_try (const char *path, gint64 now_s, PvServiceLock *ret_lock, GError **error)
{
  pv_service_lock_read (path, now_s, ret_lock);
  if (ret_lock->until_s != 0)
    return FALSE;
  ret_lock->n_wrong++;
  if (ret_lock->n_wrong >= PV_SERVICE_LOCK_TRIES)
    ret_lock->until_s = now_s + PV_SERVICE_LOCK_S;
  return write_lock (path, ret_lock, error);
}

/* The file itself is another one after each try, so its folder is what is held. */
gboolean
pv_service_lock_begin (const char *path, gint64 now_s, PvServiceLock *ret_lock, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean is_counted;

  if (fd < 0 || flock (fd, LOCK_EX) != 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", folder, g_strerror (errno));
    *ret_lock = (PvServiceLock){ 0 };
    if (fd >= 0)
      close (fd);
    return FALSE;
  }
  is_counted = count_try (path, now_s, ret_lock, error);
  close (fd);
  return is_counted;
}

gboolean
pv_service_lock_clear (const char *path, GError **error)
{
  const PvServiceLock none = { 0 };

  return write_lock (path, &none, error);
}
