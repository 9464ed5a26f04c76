/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/printer/pseudonym.h"

#include <glib/gstdio.h>
#include <string.h>

#define PREFIX "parvis-"

enum { DIGITS = 8 };

char *
pv_pseudonym_of_session (const char *session)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *start = NULL;

  g_checksum_update (checksum, (const guchar *) "parvis-printer-session:", -1);
  g_checksum_update (checksum, (const guchar *) session, -1);
  start = g_strndup (g_checksum_get_string (checksum), DIGITS);
  return g_strconcat (PREFIX, start, NULL);
}

/* Nothing but what pv_pseudonym_of_session() makes. */
static gboolean
is_pseudonym (const char *name)
{
  return g_str_has_prefix (name, PREFIX) && strlen (name) == strlen (PREFIX) + DIGITS
         && strspn (name + strlen (PREFIX), "0123456789abcdef") == DIGITS;
}

static char *
get_path (const char *folder)
{
  return g_build_filename (folder, "printer", "name", NULL);
}

gboolean
pv_pseudonym_remember (const char *folder, const char *name)
{
  g_autofree char *path = get_path (folder);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *written = g_strconcat (path, ".new", NULL);

  /* Whole, but not down to the disk, as G_FILE_SET_CONTENTS_CONSISTENT would: that takes longer than printing, and after a power
   * cut the printer is off, too. */
  return is_pseudonym (name) && g_mkdir_with_parents (parent, 0700) == 0
         && g_file_set_contents_full (written, name, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL)
         && g_rename (written, path) == 0;
}

char *
pv_pseudonym_recall (const char *folder)
{
  g_autofree char *path = get_path (folder);
  char *name = NULL;

  if (!g_file_get_contents (path, &name, NULL, NULL) || !is_pseudonym (name))
    g_clear_pointer (&name, g_free);
  return name;
}
