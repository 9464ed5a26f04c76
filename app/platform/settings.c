/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/settings.h"

#include <string.h>

#include "platform/settings-loader.h"

G_DEFINE_QUARK (pv_settings_error, pv_settings_error)

void
pv_settings_free (PvSettings *settings)
{
  if (settings == NULL)
    return;
  for (guint i = 0; i < PV_N_SETTINGS; i++)
    pv_setting_value_clear (&settings->values[i]);
  g_hash_table_unref (settings->procedures);
  g_hash_table_unref (settings->handovers);
  g_hash_table_unref (settings->origins);
  g_hash_table_unref (settings->voices);
  g_ptr_array_unref (settings->locks);
  g_free (settings);
}

char *
pv_setting_to_one_line (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strjoinv ("\\n", lines);
}

void
pv_settings_describe_value (const PvSettings *settings, GString *text, const char *group, const char *key,
                            const PvSettingValue *value)
{
  const PvSettingLock *lock = pv_setting_locks_find (settings->locks, group, key, PV_N_LAYERS);
  g_autofree char *one_line = pv_setting_to_one_line (value->text);

  g_string_append_printf (text, "[%s] %s = %s  # %s", group, key, one_line,
                          value->origin != NULL ? value->origin : "default");
  if (lock != NULL)
    g_string_append_printf (text, "; locked by %s", lock->place);
  g_string_append_c (text, '\n');
}

static PvSettings *
settings_new (void)
{
  PvSettings *settings = g_new0 (PvSettings, 1);

  settings->procedures = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, pv_procedure_settings_free);
  settings->handovers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, pv_handover_settings_free);
  settings->origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  settings->voices = pv_setting_voices_new ();
  settings->locks = pv_setting_locks_new ();
  return settings;
}

/* Whatever is right; @error tells what is not. */
static PvSettings *
load (const char *folder, GError **error)
{
  PvSettings *settings = settings_new ();
  g_autoptr (GHashTable) procedures = pv_settings_named_new ();
  g_autoptr (GHashTable) handovers = pv_settings_named_new ();
  g_autoptr (GString) complaints = g_string_new (NULL);
  g_autoptr (GHashTable) appointments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PvSettingsLoader loader = {
    .config = folder,
    .settings = settings,
    .named = { [PV_FAMILY_PROCEDURE] = procedures, [PV_FAMILY_HANDOVER] = handovers },
    .appointments = appointments,
    .complaints = complaints,
  };

  pv_settings_read_layers (&loader, error);
  pv_settings_fill_defaults (&loader, pv_setting_rows, PV_N_SETTINGS, settings->values);
  pv_settings_check_together (&loader);
  pv_settings_build_forms (&loader);
  if (loader.n_complaints > PV_SETTINGS_MAX_ERRORS)
    g_string_append_printf (complaints, "\nand %u more", loader.n_complaints - PV_SETTINGS_MAX_ERRORS);
  if (loader.n_complaints > 0 && *error == NULL)
    g_set_error_literal (error, PV_SETTINGS_ERROR, PV_SETTINGS_ERROR_BAD, complaints->str);
  return settings;
}

PvSettings *
pv_settings_load (const char *folder, GError **error)
{
  g_autoptr (PvSettings) settings = NULL;
  GError *wrong = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  settings = load (folder, &wrong);
  if (wrong == NULL)
    return g_steal_pointer (&settings);
  g_propagate_error (error, wrong);
  return NULL;
}

PvSettings *
pv_settings_load_what_is_right (const char *folder)
{
  g_autoptr (GError) wrong = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  return load (folder, &wrong);
}

/* Reading the settings --------------------------------------------------------------------------------------------- */

const char *
pv_settings_get_text (const PvSettings *settings, PvSetting setting)
{
  PvSettingKind kind = pv_setting_rows[setting].kind;

  g_assert (settings != NULL && kind != PV_SETTING_KIND_INT && kind != PV_SETTING_KIND_BOOL
            && !pv_setting_is_list (&pv_setting_rows[setting]));
  return settings->values[setting].text;
}

int
pv_settings_get_int (const PvSettings *settings, PvSetting setting)
{
  g_assert (settings != NULL && pv_setting_rows[setting].kind == PV_SETTING_KIND_INT);
  return settings->values[setting].number;
}

gboolean
pv_settings_get_bool (const PvSettings *settings, PvSetting setting)
{
  g_assert (settings != NULL && pv_setting_rows[setting].kind == PV_SETTING_KIND_BOOL);
  return settings->values[setting].number != 0;
}

const char *const *
pv_settings_get_list (const PvSettings *settings, PvSetting setting)
{
  g_assert (settings != NULL && pv_setting_is_list (&pv_setting_rows[setting]));
  return (const char *const *) settings->values[setting].list;
}

const PvProcedureSettings *
pv_settings_find_procedure (const PvSettings *settings, const char *slug)
{
  g_return_val_if_fail (settings != NULL && slug != NULL, NULL);

  return g_hash_table_lookup (settings->procedures, slug);
}

static char **
list_keys (GHashTable *table)
{
  g_autoptr (GList) slugs = g_list_sort (g_hash_table_get_keys (table), (GCompareFunc) strcmp);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (GList *i = slugs; i != NULL; i = i->next)
    g_strv_builder_add (builder, i->data);
  return g_strv_builder_end (builder);
}

static char **
list_procedures (const PvSettings *settings, gboolean are_appointments)
{
  g_auto (GStrv) slugs = list_keys (settings->procedures);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; slugs[i] != NULL; i++) {
    const PvProcedureSettings *procedure = g_hash_table_lookup (settings->procedures, slugs[i]);

    if (procedure->is_appointment == are_appointments)
      g_strv_builder_add (builder, slugs[i]);
  }
  return g_strv_builder_end (builder);
}

char **
pv_settings_list_procedures (const PvSettings *settings)
{
  g_return_val_if_fail (settings != NULL, NULL);

  return list_procedures (settings, FALSE);
}

char **
pv_settings_list_appointments (const PvSettings *settings)
{
  g_return_val_if_fail (settings != NULL, NULL);

  return list_procedures (settings, TRUE);
}

const PvHandoverSettings *
pv_settings_find_handover (const PvSettings *settings, const char *slug)
{
  g_return_val_if_fail (settings != NULL && slug != NULL, NULL);

  return g_hash_table_lookup (settings->handovers, slug);
}

char **
pv_settings_list_handovers (const PvSettings *settings)
{
  g_return_val_if_fail (settings != NULL, NULL);

  return list_keys (settings->handovers);
}

char *
pv_settings_describe (const PvSettings *settings)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) groups = NULL;

  g_return_val_if_fail (settings != NULL, NULL);

  for (guint i = 0; i < PV_N_SETTINGS; i++)
    if (settings->values[i].text != NULL)
      pv_settings_describe_value (settings, text, pv_setting_rows[i].group, pv_setting_rows[i].key,
                                  &settings->values[i]);
  groups = list_keys (settings->origins);
  for (guint i = 0; groups[i] != NULL; i++)
    g_string_append (text, g_hash_table_lookup (settings->origins, groups[i]));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
