/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/settings-locks.h"

#include <string.h>

#include "platform/settings-loader.h"

#define ALL_KEYS "*"

static gboolean
has_row (const PvSettingRow *rows, guint n_rows, const char *group, const char *key)
{
  for (guint i = 0; i < n_rows; i++)
    if (strcmp (rows[i].group, group) == 0 && (strcmp (key, ALL_KEYS) == 0 || strcmp (rows[i].key, key) == 0))
      return TRUE;
  return FALSE;
}

/* Whether @key is one of @group, which may have no name of its own: "procedure" for all of them. */
static gboolean
is_known (const char *group, const char *key)
{
  g_autofree char *family = g_strndup (group, strcspn (group, " "));
  const char *slug = group + strlen (family);
  gboolean is_procedure = strcmp (family, "procedure") == 0 || strcmp (family, "appointment") == 0;

  if (*slug != '\0' && ((!is_procedure && strcmp (family, "handover") != 0) || !pv_setting_is_slug (slug + 1)))
    return FALSE;
  return has_row (pv_setting_rows, PV_N_SETTINGS, family, key)
         || has_row (pv_handover_rows, PV_N_HANDOVER_KEYS, family, key)
         || has_row (pv_procedure_rows, PV_N_PROCEDURE_KEYS, family, key)
         || (is_procedure && has_row (pv_procedure_rows, PV_N_PROCEDURE_KEYS, "procedure", key));
}

char *
pv_setting_lock_check (const char *text)
{
  const char *slash = strrchr (text, '/');
  g_autofree char *group = NULL;

  if (slash == NULL || slash == text || slash[1] == '\0')
    return g_strdup_printf ("\"%.60s\": expected group/key, or group/* for all of a group", text);
  group = g_strndup (text, (gsize) (slash - text));
  if (strcmp (group, "locks") == 0)
    return g_strdup_printf ("\"%.60s\": locks only add up, and need none themselves", text);
  if (is_known (group, slash + 1))
    return NULL;
  return g_strdup_printf ("\"%.60s\": there is no such group or key", text);
}

static void
lock_free (gpointer data)
{
  PvSettingLock *lock = data;

  g_free (lock->group);
  g_free (lock->key);
  g_free (lock->place);
  g_free (lock);
}

GPtrArray *
pv_setting_locks_new (void)
{
  return g_ptr_array_new_with_free_func (lock_free);
}

void
pv_setting_locks_add (GPtrArray *locks, const char *text, PvLayer layer, const char *place)
{
  const char *slash = strrchr (text, '/');
  PvSettingLock *lock = g_new0 (PvSettingLock, 1);

  g_assert (slash != NULL);
  lock->group = g_strndup (text, (gsize) (slash - text));
  lock->key = strcmp (slash + 1, ALL_KEYS) != 0 ? g_strdup (slash + 1) : NULL;
  lock->place = g_strdup (place);
  lock->layer = layer;
  g_ptr_array_add (locks, lock);
}

/* "procedure" is about every "procedure SLUG". */
static gboolean
is_about (const char *locked, const char *group)
{
  gsize length = strlen (locked);

  return strncmp (group, locked, length) == 0 && (group[length] == '\0' || group[length] == ' ');
}

const PvSettingLock *
pv_setting_locks_find (const GPtrArray *locks, const char *group, const char *key, PvLayer layer)
{
  for (guint i = 0; i < locks->len; i++) {
    const PvSettingLock *lock = locks->pdata[i];

    if (lock->layer < layer && is_about (lock->group, group) && (lock->key == NULL || strcmp (lock->key, key) == 0))
      return lock;
  }
  return NULL;
}
