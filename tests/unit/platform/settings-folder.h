/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings-folder.h: a folder of settings out of one string, for tests: "@site/10.conf\n" begins a file, and what follows up to
 * the next "@" at the start of a line is in it. */
#pragma once

#include <glib/gstdio.h>
#include <string.h>

#define SETTINGS_ENOUGH "[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:8080\n"

static inline void
settings_folder_write_bytes (const char *folder, const char *name, const char *bytes, gssize size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  assert_int_equal (g_mkdir_with_parents (parent, 0755), 0);
  /* Nothing of it has to outlive a power cut, and thousands of them are written. GLib 2.74 would leave the end of a longer file. */
  g_unlink (path);
  assert_true (g_file_set_contents_full (path, bytes, size, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
}

static inline void
settings_folder_write (const char *folder, const char *name, const char *text)
{
  settings_folder_write_bytes (folder, name, text, -1);
}

static inline void
settings_folder_fill (const char *folder, const char *files)
{
  g_autofree char *all = g_strconcat ("\n", files, NULL);
  g_auto (GStrv) parts = g_strsplit (all, "\n@", -1);

  for (guint i = 1; parts[i] != NULL; i++) {
    g_auto (GStrv) halves = g_strsplit (parts[i], "\n", 2);

    settings_folder_write (folder, halves[0], halves[1] != NULL ? halves[1] : "");
  }
}

/* (transfer full): to be removed with tst_remove_folder() */
static inline char *
settings_folder_new (const char *files)
{
  char *folder = g_dir_make_tmp ("pv-settings-XXXXXX", NULL);

  settings_folder_fill (folder, files);
  return folder;
}

/* What must be there, in the layer site if there are layers. */
static inline void
settings_folder_add_enough (const char *folder)
{
  static const char *const names[] = { "vendor", "platform", "commune", "site", "kiosk" };
  gboolean has_layers = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);

    has_layers = has_layers || g_file_test (path, G_FILE_TEST_IS_DIR);
  }
  settings_folder_write (folder, has_layers ? "site/00.conf" : "00.conf", SETTINGS_ENOUGH);
}
