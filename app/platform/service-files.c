/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/service-files.h"

#define BESIDE "-service"

char *
pv_service_files_runtime (const PvSettings *settings)
{
  return g_strconcat (pv_settings_get_text (settings, PV_SETTING_PATHS_RUNTIME), BESIDE, NULL);
}

char *
pv_service_files_state (const PvSettings *settings)
{
  return g_strconcat (pv_settings_get_text (settings, PV_SETTING_PATHS_STATE), BESIDE, NULL);
}
