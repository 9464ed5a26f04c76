/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* file-in-folder.h: each test has a new folder and one file that it is about, named by its FILE_NAME. */
#pragma once

#include "tst.h"

static char *folder, *path;

static inline int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-mediator-XXXXXX", NULL);
  path = g_build_filename (folder, FILE_NAME, NULL);
  return 0;
}

static inline int
tear_down (void **state)
{
  (void) state;
  tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&path, g_free);
  return 0;
}
