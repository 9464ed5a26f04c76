/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/settings-opening.h"

#include <stdio.h>

static PvHolidays
read_holidays (const PvSettings *settings)
{
  const char *word = pv_settings_get_text (settings, PV_SETTING_OPENING_HOLIDAYS);

  if (g_strcmp0 (word, "france") == 0)
    return PV_HOLIDAYS_FRANCE;
  return g_strcmp0 (word, "alsace") == 0 ? PV_HOLIDAYS_ALSACE : PV_HOLIDAYS_NONE;
}

PvOpening *
pv_settings_read_opening (const PvSettings *settings)
{
  const char *hours = pv_settings_get_text (settings, PV_SETTING_OPENING_HOURS);
  const char *const *days = pv_settings_get_list (settings, PV_SETTING_OPENING_DAYS);
  PvHolidays holidays = read_holidays (settings);

  if (hours == NULL && (days == NULL || days[0] == NULL) && holidays == PV_HOLIDAYS_NONE)
    return NULL;
  return pv_opening_new (hours, days, holidays, NULL); /* each was found right when it was read */
}

int
pv_settings_read_restart (const PvSettings *settings)
{
  const char *text = pv_settings_get_text (settings, PV_SETTING_OPENING_RESTART);
  int hour, minute;

  return text != NULL && sscanf (text, "%2d:%2d", &hour, &minute) == 2 ? hour * 60 + minute : -1;
}
