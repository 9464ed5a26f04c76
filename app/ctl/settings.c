/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings.c: what the settings are: "parvisctl settings check", "show", "explain" and "reference". */

#include <string.h>

#include "ctl/ctl.h"

int
pv_ctl_settings (const PvCtl *ctl, char **arguments)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autofree char *text = NULL;

  if (arguments[0] != NULL) {
    pv_ctl_fail ("use: parvisctl settings check|show|explain GROUP/KEY|reference|sign|pull");
    return PV_CTL_USAGE;
  }
  settings = pv_ctl_load_settings (ctl);
  if (settings == NULL)
    return PV_CTL_FAILED;
  text = pv_settings_describe (settings);
  g_print ("%s", text);
  return PV_CTL_OK;
}

int
pv_ctl_settings_check (const PvCtl *ctl, char **arguments)
{
  g_autoptr (PvSettings) settings = NULL;

  if (arguments[0] != NULL) {
    pv_ctl_fail ("use: parvisctl settings check");
    return PV_CTL_USAGE;
  }
  settings = pv_ctl_load_settings (ctl);
  if (settings == NULL)
    return PV_CTL_FAILED;
  g_print ("the settings are in order\n");
  return PV_CTL_OK;
}

int
pv_ctl_settings_explain (const PvCtl *ctl, char **arguments)
{
  const char *slash = arguments[0] != NULL ? strrchr (arguments[0], '/') : NULL;
  g_autofree char *group = slash != NULL ? g_strndup (arguments[0], (gsize) (slash - arguments[0])) : NULL;
  g_autofree char *text = NULL;

  if (group == NULL || arguments[1] != NULL) {
    pv_ctl_fail ("use: parvisctl settings explain GROUP/KEY, like screen/idle-seconds or \"procedure SLUG/silence\"");
    return PV_CTL_USAGE;
  }
  text = pv_settings_explain (ctl->config, group, slash + 1);
  if (text == NULL)
    return pv_ctl_fail ("there is no setting \"%s\"; parvisctl settings reference shows them all", arguments[0]);
  g_print ("%s", text);
  return PV_CTL_OK;
}

int
pv_ctl_settings_reference (const PvCtl *ctl, char **arguments)
{
  g_autofree char *text = NULL;

  (void) ctl;
  if (arguments[0] != NULL) {
    pv_ctl_fail ("use: parvisctl settings reference");
    return PV_CTL_USAGE;
  }
  text = pv_settings_reference ();
  g_print ("%s", text);
  return PV_CTL_OK;
}
