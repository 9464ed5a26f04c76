/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings-read.c: the layers, their folders, the files in these, and what each line of them says. */

#include <stdlib.h>
#include <string.h>

#include "platform/settings-loader.h"

enum { SLUG_MAX_BYTES = 100 };

static const struct {
  const char *prefix, *group;
  const PvSettingRow *rows;
  guint n_rows;
  const char *expected;
} families[PV_N_FAMILIES] = {
  [PV_FAMILY_PROCEDURE] = { PV_PROCEDURE_PREFIX, "procedure", pv_procedure_rows, PV_N_PROCEDURE_KEYS,
                            "expected [procedure SLUG], as in the address of the form" },
  [PV_FAMILY_HANDOVER] = { PV_HANDOVER_PREFIX, "handover", pv_handover_rows, PV_N_HANDOVER_KEYS,
                           "expected [handover SLUG], a name of your own" },
};

/* A file while it is read. */
typedef struct {
  const char *name; /* with its layer, where there are several */
  GKeyFile *keys;
  GHashTable *places;
} File;

void
pv_settings_complain (PvSettingsLoader *self, const char *file, guint line, const char *group, const char *key,
                      const char *what)
{
  if (++self->n_complaints > PV_SETTINGS_MAX_ERRORS)
    return;
  if (self->complaints->len > 0)
    g_string_append_c (self->complaints, '\n');
  if (file != NULL)
    g_string_append (self->complaints, file);
  if (line > 0)
    g_string_append_printf (self->complaints, ":%u", line);
  if (file != NULL)
    g_string_append (self->complaints, ": ");
  if (group != NULL)
    g_string_append_printf (self->complaints, "[%s] ", group);
  if (key != NULL)
    g_string_append_printf (self->complaints, "%s: ", key);
  g_string_append (self->complaints, what);
}

/* Which key is meant ----------------------------------------------------------------------------------------------- */

/* The place of group and key in the table, or -1. */
static int
find_row (const PvSettingRow *rows, guint n_rows, const char *group, const char *key)
{
  for (guint i = 0; i < n_rows; i++)
    if (strcmp (rows[i].group, group) == 0 && (key == NULL || strcmp (rows[i].key, key) == 0))
      return (int) i;
  return -1;
}

/* As w.c.s. makes them: small letters, digits, hyphens, underscores. */
gboolean
pv_setting_is_slug (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-_");

  return length > 0 && length <= SLUG_MAX_BYTES && text[length] == '\0';
}

static PvSettingsFamily
find_family (const char *group)
{
  if (g_str_has_prefix (group, PV_APPOINTMENT_PREFIX)) /* a procedure of its own kind */
    return PV_FAMILY_PROCEDURE;
  for (guint i = 0; i < PV_N_FAMILIES; i++)
    if (g_str_has_prefix (group, families[i].prefix))
      return (PvSettingsFamily) i;
  return PV_FAMILY_NONE;
}

/* -1: there is no such key. */
static int
find_row_of_family (PvSettingsFamily family, const char *group, const char *key)
{
  int row = find_row (families[family].rows, families[family].n_rows, families[family].group, key);

  if (row < 0 && g_str_has_prefix (group, PV_APPOINTMENT_PREFIX))
    row = find_row (families[family].rows, families[family].n_rows, "appointment", key);
  return row;
}

const PvSettingRow *
pv_settings_find_row (const char *group, const char *key)
{
  PvSettingsFamily family = find_family (group);
  int row = family != PV_FAMILY_NONE ? find_row_of_family (family, group, key)
                                     : find_row (pv_setting_rows, PV_N_SETTINGS, group, key);

  if (row < 0)
    return NULL;
  return family != PV_FAMILY_NONE ? &families[family].rows[row] : &pv_setting_rows[row];
}

/* What was said --------------------------------------------------------------------------------------------------- */

char *
pv_setting_voice_name (const char *group, const char *key)
{
  return g_strconcat (group, "]", key, NULL); /* no group has such a bracket in its name */
}

static void
voice_free (gpointer data)
{
  PvSettingVoice *voice = data;

  g_free (voice->place);
  g_free (voice->written);
  g_free (voice->in_force);
  g_free (voice->complaint);
  g_free (voice);
}

static void
voices_free (gpointer data)
{
  g_ptr_array_unref (data);
}

GHashTable *
pv_setting_voices_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, voices_free);
}

/* @complaint: (nullable): why it does not count */
static void
note_voice (PvSettingsLoader *self, const char *group, const char *key, const char *place, const char *written,
            const PvSettingValue *value, const char *complaint)
{
  GHashTable *all = self->settings->voices;
  g_autofree char *name = pv_setting_voice_name (group, key);
  GPtrArray *voices = g_hash_table_lookup (all, name);
  PvSettingVoice *voice = g_new0 (PvSettingVoice, 1);

  voice->layer = self->layer;
  voice->place = g_strdup (place);
  voice->written = g_strdup (written);
  voice->in_force = complaint == NULL ? g_strdup (value->text) : NULL;
  voice->complaint = g_strdup (complaint);
  if (voices == NULL) {
    voices = g_ptr_array_new_with_free_func (voice_free);
    g_hash_table_insert (all, g_steal_pointer (&name), voices);
  }
  g_ptr_array_add (voices, voice);
}

/* One line -------------------------------------------------------------------------------------------------------- */

static gboolean
is_same (const PvSettingValue *a, const PvSettingValue *b)
{
  if (a->list != NULL && b->list != NULL)
    return g_strv_equal ((const char *const *) a->list, (const char *const *) b->list);
  return g_strcmp0 (a->text, b->text) == 0;
}

/* Whether @text says what is in force anyway, the default where nobody said anything. */
static gboolean
is_no_change (PvSettingsLoader *self, const PvSettingRow *row, const char *text, const PvSettingValue *value)
{
  PvSettingValue before = { .text = g_strdup (value->text), .list = g_strdupv (value->list), .number = value->number };
  PvSettingValue after = { .text = g_strdup (value->text), .list = g_strdupv (value->list), .number = value->number };
  g_autofree char *wrong = NULL, *wrong_default = NULL;
  gboolean is_same_value;

  if (before.text == NULL && row->fallback != NULL)
    wrong_default = pv_setting_value_parse (row, row->fallback, self->folder, &before);
  wrong = pv_setting_value_parse (row, text, self->folder, &after);
  is_same_value = wrong == NULL && is_same (&before, &after);
  pv_setting_value_clear (&before);
  pv_setting_value_clear (&after);
  return is_same_value;
}

/* Why this layer may not say that; NULL: it may. (transfer full) */
static char *
find_bar (PvSettingsLoader *self, const PvSettingRow *row, const char *group, const char *text,
          const PvSettingValue *value)
{
  const PvSettingLock *lock = pv_setting_locks_find (self->settings->locks, group, row->key, self->layer);

  if (pv_layer_is_bundled (self->layer) && pv_setting_is_local (row))
    return g_strdup ("is never taken from a bundle: write it in the layer site or kiosk");
  if (lock == NULL || row->kind == PV_SETTING_KIND_LOCKS || is_no_change (self, row, text, value))
    return NULL;
  return g_strdup_printf ("is locked by %s, and differs from what is in force below", lock->place);
}

static void
take_locks (PvSettingsLoader *self, const char *text, const char *place)
{
  g_auto (GStrv) items = g_strsplit (text, ";", -1);

  for (guint i = 0; items[i] != NULL; i++)
    if (*g_strstrip (items[i]) != '\0' && strcmp (items[i], PV_SETTING_INHERITED) != 0)
      pv_setting_locks_add (self->settings->locks, items[i], self->layer, place);
}

static void
take_value (PvSettingsLoader *self, const File *file, const char *group, const PvSettingRow *row, PvSettingValue *value)
{
  g_autofree char *text = g_key_file_get_string (file->keys, group, row->key, NULL);
  guint line = pv_settings_find_line (file->places, group, row->key);
  g_autofree char *place = g_strdup_printf ("%s:%u", file->name, line);
  g_autofree char *complaint = NULL, *before = g_strdup (value->origin);

  if (text == NULL)
    complaint = g_strdup ("not readable as text");
  else
    complaint = find_bar (self, row, group, text, value);
  if (complaint == NULL)
    complaint = pv_setting_value_parse (row, text, self->folder, value);
  if (complaint != NULL)
    pv_settings_complain (self, file->name, line, group, row->key, complaint);
  note_voice (self, group, row->key, place, text != NULL ? text : "", value, complaint);
  /* Also of a wrong one: it is not missing. */
  g_free (value->file);
  value->file = g_strdup (file->name);
  value->line = line;
  if (complaint != NULL)
    return;
  if (row->kind == PV_SETTING_KIND_LOCKS)
    take_locks (self, text, place);
  g_free (value->origin);
  value->origin = value->is_extended && before != NULL ? g_strdup_printf ("%s, %s", before, place) : g_strdup (place);
}

/* Groups ----------------------------------------------------------------------------------------------------------- */

static void
values_free (gpointer data)
{
  g_array_unref (data);
}

GHashTable *
pv_settings_named_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, values_free);
}

static PvSettingValue *
get_named_values (PvSettingsLoader *self, PvSettingsFamily family, const char *slug)
{
  GArray *values = g_hash_table_lookup (self->named[family], slug);

  if (values == NULL) {
    values = g_array_new (FALSE, TRUE, sizeof (PvSettingValue));
    g_array_set_clear_func (values, (GDestroyNotify) pv_setting_value_clear);
    g_array_set_size (values, families[family].n_rows);
    g_hash_table_insert (self->named[family], g_strdup (slug), values);
  }
  return &g_array_index (values, PvSettingValue, 0);
}

/* FALSE after having said why nothing of it counts. */
static gboolean
is_group (PvSettingsLoader *self, const File *file, const char *group)
{
  PvSettingsFamily family = find_family (group);
  const char *slug = family != PV_FAMILY_NONE ? strchr (group, ' ') + 1 : NULL;
  const char *complaint = NULL;

  if (slug != NULL && !pv_setting_is_slug (slug))
    complaint = families[family].expected;
  else if (slug == NULL && find_row (pv_setting_rows, PV_N_SETTINGS, group, NULL) < 0)
    complaint = "unknown group";
  else if (family == PV_FAMILY_PROCEDURE && g_hash_table_contains (self->named[family], slug)
           && g_hash_table_contains (self->appointments, slug) != g_str_has_prefix (group, PV_APPOINTMENT_PREFIX))
    complaint = "this name is a procedure and an appointment";
  if (complaint != NULL)
    pv_settings_complain (self, file->name, pv_settings_find_line (file->places, group, NULL), group, NULL, complaint);
  return complaint == NULL;
}

static void
take_group (PvSettingsLoader *self, const File *file, const char *group)
{
  PvSettingsFamily family = find_family (group);
  const char *slug = family != PV_FAMILY_NONE ? strchr (group, ' ') + 1 : NULL;
  g_auto (GStrv) names = g_key_file_get_keys (file->keys, group, NULL, NULL);
  const PvSettingRow *rows = slug != NULL ? families[family].rows : pv_setting_rows;
  PvSettingValue *values = self->settings->values;

  if (!is_group (self, file, group))
    return;
  if (g_str_has_prefix (group, PV_APPOINTMENT_PREFIX))
    g_hash_table_add (self->appointments, g_strdup (slug));
  if (slug != NULL)
    values = get_named_values (self, family, slug);
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    const PvSettingRow *row = pv_settings_find_row (group, names[i]);

    if (row == NULL)
      pv_settings_complain (self, file->name, pv_settings_find_line (file->places, group, names[i]), group, names[i],
                            "unknown key");
    else
      take_value (self, file, group, row, &values[row - rows]);
  }
}

/* Files and folders ------------------------------------------------------------------------------------------------ */

/* GKeyFile's own words would repeat the line, which may be a key that was pasted into the wrong file. */
static void
complain_of_form (PvSettingsLoader *self, const char *name, const char *text, const GError *cause)
{
  guint line = pv_settings_find_bad_line (text);

  pv_settings_complain (self, name, line, NULL, NULL,
                        line > 0 ? "expected [group], key=value below a group, or # comment" : cause->message);
}

static void
read_file (PvSettingsLoader *self, const char *base, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, base, NULL);
  g_autofree char *name =
    self->has_layers ? g_build_filename (pv_layer_get_name (self->layer), base, NULL) : g_strdup (base);
  g_autofree char *text = NULL;
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GHashTable) places = NULL;
  g_autoptr (GError) cause = NULL;
  g_auto (GStrv) groups = NULL;
  gsize length = 0;
  File file;

  if (!g_file_get_contents (path, &text, &length, &cause)) {
    if (*error == NULL)
      g_set_error_literal (error, PV_SETTINGS_ERROR, PV_SETTINGS_ERROR_UNREADABLE, cause->message);
    return;
  }
  if (length > PV_SETTINGS_MAX_FILE_BYTES) {
    pv_settings_complain (self, name, 0, NULL, NULL, "larger than 1 MB");
    return;
  }
  if (length > 0 && !g_key_file_load_from_data (keys, text, length, G_KEY_FILE_KEEP_TRANSLATIONS, &cause)) {
    complain_of_form (self, name, text, cause);
    return;
  }
  places = pv_settings_number_lines (text);
  file = (File){ name, keys, places };
  groups = g_key_file_get_groups (keys, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    take_group (self, &file, groups[i]);
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* FALSE: there is no such folder; anything else that is wrong is in @error, and what can be read is read. */
static gboolean
read_folder (PvSettingsLoader *self, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, &cause);
  const char *name;

  if (dir == NULL) {
    if (*error == NULL)
      g_set_error_literal (error, PV_SETTINGS_ERROR, PV_SETTINGS_ERROR_UNREADABLE, cause->message);
    return FALSE;
  }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".conf") && name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  if (names->len > PV_SETTINGS_MAX_FILES) {
    if (*error == NULL)
      g_set_error (error, PV_SETTINGS_ERROR, PV_SETTINGS_ERROR_BAD, "%s: more than %d files", self->folder,
                   PV_SETTINGS_MAX_FILES);
    return TRUE;
  }
  g_ptr_array_sort (names, compare_names_cb);
  for (guint i = 0; i < names->len; i++)
    read_file (self, g_ptr_array_index (names, i), error);
  return TRUE;
}

/* A layer that is not there says nothing; but a link that leads nowhere has lost something. */
static gboolean
is_there (const char *folder)
{
  return g_file_test (folder, G_FILE_TEST_EXISTS) || g_file_test (folder, G_FILE_TEST_IS_SYMLINK);
}

void
pv_settings_read_layers (PvSettingsLoader *self, GError **error)
{
  gboolean is_any = FALSE;

  self->has_layers = pv_layers_are_several (self->config);
  for (guint i = 0; i < PV_N_LAYERS; i++) {
    g_autofree char *folder = pv_layer_get_folder (self->config, i);
    /* A bundle is put in the place of another by turning a link: all files are of one. */
    char *real = folder != NULL ? realpath (folder, NULL) : NULL;

    self->layer = i;
    self->folder = real != NULL && pv_layer_is_bundled (i) ? real : folder;
    if (folder != NULL && (!self->has_layers || is_there (folder)))
      is_any = read_folder (self, error) || is_any;
    free (real);
  }
  if (!is_any && *error == NULL)
    g_set_error (error, PV_SETTINGS_ERROR, PV_SETTINGS_ERROR_UNREADABLE, "%s: there are no settings", self->config);
  self->folder = self->config; /* of the defaults, none of which is a path beside a file */
}

void
pv_settings_fill_defaults (PvSettingsLoader *self, const PvSettingRow *rows, guint n_rows, PvSettingValue *values)
{
  for (guint i = 0; i < n_rows; i++) {
    g_autofree char *complaint = NULL;

    if (values[i].text == NULL && rows[i].fallback != NULL)
      complaint = pv_setting_value_parse (&rows[i], rows[i].fallback, self->folder, &values[i]);
    else if (values[i].file == NULL && rows[i].is_required)
      complaint = g_strdup ("is missing");
    if (complaint != NULL)
      pv_settings_complain (self, NULL, 0, rows[i].group, rows[i].key, complaint);
  }
}
