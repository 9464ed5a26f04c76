/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/settings-keypad.h"

#include <string.h>

#include "platform/settings-table.h"

static const struct {
  PvSetting setting;
  PvKeypadMeaning meaning;
} rows[] = {
  { PV_SETTING_KEYPAD_NEXT, PV_KEYPAD_NEXT },
  { PV_SETTING_KEYPAD_PREVIOUS, PV_KEYPAD_PREVIOUS },
  { PV_SETTING_KEYPAD_UP, PV_KEYPAD_UP },
  { PV_SETTING_KEYPAD_DOWN, PV_KEYPAD_DOWN },
  { PV_SETTING_KEYPAD_LEFT, PV_KEYPAD_LEFT },
  { PV_SETTING_KEYPAD_RIGHT, PV_KEYPAD_RIGHT },
  { PV_SETTING_KEYPAD_VALIDATE, PV_KEYPAD_VALIDATE },
  { PV_SETTING_KEYPAD_BACK, PV_KEYPAD_BACK },
  { PV_SETTING_KEYPAD_HELP, PV_KEYPAD_HELP },
  { PV_SETTING_KEYPAD_REPEAT, PV_KEYPAD_REPEAT },
  { PV_SETTING_KEYPAD_LOUDER, PV_KEYPAD_LOUDER },
  { PV_SETTING_KEYPAD_SOFTER, PV_KEYPAD_SOFTER },
  { PV_SETTING_KEYPAD_YES, PV_KEYPAD_YES },
  { PV_SETTING_KEYPAD_NO, PV_KEYPAD_NO },
  { PV_SETTING_KEYPAD_STOP_HELP, PV_KEYPAD_STOP_HELP },
};

/* The first key that means something else already; NULL: all are in @map. */
static const char *
add_keys (PvKeypadMap *map, const char *const *names, PvKeypadMeaning meaning)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    guint32 keysym = pv_keypad_key_from_name (names[i]);

    if (keysym != 0 && !pv_keypad_map_add (map, keysym, meaning))
      return names[i];
  }
  return NULL;
}

char *
pv_settings_find_key_clash (const PvSettingValue *values, PvSetting *ret_setting)
{
  PvKeypadMap map = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *const *names = (const char *const *) values[rows[i].setting].list;
    const char *name = add_keys (&map, names, rows[i].meaning);
    const char *other;

    if (name == NULL)
      continue;
    other = pv_keypad_meaning_name (pv_keypad_map_find (&map, pv_keypad_key_from_name (name), 0));
    *ret_setting = rows[i].setting;
    return g_strdup_printf ("%s is the key of \"%s\" already; a line %s=%s takes it away there", name, other, other,
                            PV_SETTING_NO_KEY);
  }
  return NULL;
}

gboolean
pv_settings_read_keypad (const PvSettings *settings, PvKeypadMap *ret_map)
{
  PvKeypadMap map = { .debounce_ms = (guint) pv_settings_get_int (settings, PV_SETTING_KEYPAD_DEBOUNCE_MS) };

  if (!pv_settings_get_bool (settings, PV_SETTING_KEYPAD_ENABLED))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    add_keys (&map, pv_settings_get_list (settings, rows[i].setting), rows[i].meaning);
  *ret_map = map;
  return TRUE;
}
