/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/maintenance-file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "platform/plain-file.h"

#define HEAD  "parvis-maintenance 1\n"
#define UNTIL "until "

/* 0: it does not say, or nothing that can be read. */
static gint64
parse_until (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gint64 until_s = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], UNTIL))
      g_ascii_string_to_signed (lines[i] + strlen (UNTIL), 10, 1, G_MAXINT64 / G_USEC_PER_SEC, &until_s, NULL);
  return until_s * G_USEC_PER_SEC;
}

gboolean
pv_maintenance_file_read (const char *settings_folder, gint64 now_us, gint64 *ret_until_us)
{
  g_autofree char *path = g_build_filename (settings_folder, PV_MAINTENANCE_FILE, NULL);
  gsize length = 0;
  g_autofree char *bytes = pv_plain_file_read (path, PV_MAINTENANCE_MAX_BYTES, &length, NULL);
  g_autofree char *text = bytes != NULL ? g_strndup (bytes, length) : NULL;

  *ret_until_us = 0;
  if (text == NULL)
    return FALSE;
  *ret_until_us = parse_until (text);
  return *ret_until_us == 0 || now_us < *ret_until_us;
}

gboolean
pv_maintenance_file_write (const char *settings_folder, gint64 until_us, GError **error)
{
  g_autofree char *path = g_build_filename (settings_folder, PV_MAINTENANCE_FILE, NULL);
  g_autofree char *text =
    until_us != 0 ? g_strdup_printf (HEAD UNTIL "%" G_GINT64_FORMAT "\n", until_us / G_USEC_PER_SEC) : g_strdup (HEAD);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
                                   error);
}

gboolean
pv_maintenance_file_remove (const char *settings_folder, GError **error)
{
  g_autofree char *path = g_build_filename (settings_folder, PV_MAINTENANCE_FILE, NULL);
  int reason;

  if (unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  reason = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (reason), "%s: %s", path, g_strerror (reason));
  return FALSE;
}
