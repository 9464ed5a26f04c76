/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings-lines.c: in which line of a file something stands. GLib's key files do not tell. */

#include <string.h>

#include "platform/settings-table.h"

/* "group]key", as no group has such a bracket in its name; "group]" for the group itself. */
static char *
place_of (const char *group, const char *key)
{
  return g_strconcat (group, "]", key, NULL);
}

GHashTable *
pv_settings_number_lines (const char *text)
{
  GHashTable *places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *group = NULL;

  for (guint i = 0; lines[i] != NULL; i++) {
    /* As GKeyFile reads a line: without the blanks in front of it, and in front of the sign. */
    char *line = g_strchug (lines[i]);
    char *end = strchr (line, *line == '[' ? ']' : '=');
    char *place;

    if (end == NULL || *line == '#')
      continue;
    *end = '\0';
    if (*line == '[') {
      g_free (group);
      group = g_strdup (line + 1);
    } else if (group == NULL) {
      continue;
    }
    place = place_of (group, *line == '[' ? NULL : g_strchomp (line));
    /* Of a key that stands there twice the last counts; a group may be opened again. */
    if (*line == '[' && g_hash_table_contains (places, place))
      g_free (place);
    else
      g_hash_table_insert (places, place, GUINT_TO_POINTER (i + 1));
  }
  return places;
}

guint
pv_settings_find_line (GHashTable *places, const char *group, const char *key)
{
  g_autofree char *place = place_of (group, key);

  return GPOINTER_TO_UINT (g_hash_table_lookup (places, place));
}

guint
pv_settings_find_bad_line (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean is_inside = FALSE;

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = g_strchug (lines[i]);

    if (*line == '\0' || *line == '#')
      continue;
    if (*line == '[' && strchr (line, ']') != NULL)
      is_inside = TRUE;
    else if (*line == '[' || *line == '=' || !is_inside || strchr (line, '=') == NULL)
      return i + 1;
  }
  return 0;
}
