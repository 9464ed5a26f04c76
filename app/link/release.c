/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/release.h"

#include <gio/gio.h>

#include "core/stored-format.h"

enum { MAX_BYTES = 256 };

static gboolean is_confirmed = FALSE;

void
pv_release_read_confirmed (const char *state_folder)
{
  g_autofree char *path = g_build_filename (state_folder, PV_STORED_CONFIRMED_FILE, NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  if (g_file_get_contents (path, &text, &size, &error) && size <= MAX_BYTES)
    is_confirmed = pv_stored_is_confirmed (text, pv_release_get_name ());
  else
    is_confirmed = g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT)
                   && pv_stored_is_confirmed (NULL, pv_release_get_name ());
}

gboolean
pv_release_is_confirmed (void)
{
  return is_confirmed;
}

const char *
pv_release_get_name (void)
{
  return PV_RELEASE;
}
