/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/setup-files.h"

char *
pv_setup_files_runtime (const PvSettings *settings)
{
  return g_strconcat (pv_settings_get_text (settings, PV_SETTING_PATHS_RUNTIME), "-setup", NULL);
}

char *
pv_setup_files_state (const PvSettings *settings)
{
  return g_build_filename (pv_settings_get_text (settings, PV_SETTING_PATHS_STATE), "setup", NULL);
}
