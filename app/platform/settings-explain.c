/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings-explain.c: what a setting is, and who says what about it, for administrators. */

#include <string.h>

#include "platform/settings-loader.h"

static const char *const plain_kinds[] = {
  [PV_SETTING_KIND_PATH] = "a path that begins with /, $CREDENTIALS_DIRECTORY/ or $SETTINGS_DIRECTORY/",
  [PV_SETTING_KIND_URL] = "an https address without user, ? and # (http only for this machine)",
  [PV_SETTING_KIND_PRINTER_URI] = "an address like ipp://printer.example/ipp/print",
  [PV_SETTING_KIND_FINGERPRINT] = "the SHA-256 of a public key, 64 hexadecimal digits",
  [PV_SETTING_KIND_PROXY] = "http://host:port",
  [PV_SETTING_KIND_EMAIL] = "an e-mail address",
  [PV_SETTING_KIND_COLOUR] = "a colour like #1F4FA3, with a contrast of 4.5 or more with white",
  [PV_SETTING_KIND_TIMEZONE] = "a time zone like Europe/Paris",
  [PV_SETTING_KIND_HOURS] = "days and times, like mon-fri 09:00-12:00 13:30-17:00; sat 09:00-12:00",
  [PV_SETTING_KIND_TIME] = "a time of the day like 04:30",
  [PV_SETTING_KIND_BOOL] = "true or false",
  [PV_SETTING_KIND_LANGUAGES] = "a list of codes of languages, at most 20",
  [PV_SETTING_KIND_COMMUNE] = "the INSEE code of a commune, like 89999 or 2A004",
  [PV_SETTING_KIND_LOCKS] = "a list of group/key or group/*",
};

/* Of kinds whose lists are as long as the row says. */
static const char *const list_kinds[] = {
  [PV_SETTING_KIND_TEXTS] = "words",
  [PV_SETTING_KIND_IDENTITIES] = "questions and what of a document answers them, like nom:surname",
  [PV_SETTING_KIND_FIELDS] = "questions, like Votre nom:identite_nom:text",
  [PV_SETTING_KIND_KEYS] = "names of keys that type no letter, or none alone",
  [PV_SETTING_KIND_DIRECTIONS] = "places and how to get there, each like Mairie: bus 3",
  [PV_SETTING_KIND_DAYS] = "days like 2026-12-25 closed, 2026-08-03/2026-08-14 closed, 2026-12-24 09:00-12:00",
  [PV_SETTING_KIND_PUBLIC_KEYS] = "public keys, 44 letters of base64 each",
};

/* What its values look like. (transfer full) */
static char *
say_kind (const PvSettingRow *row)
{
  if (row->kind == PV_SETTING_KIND_CHOICE) {
    g_auto (GStrv) words = g_strsplit (row->choices, " ", -1);
    g_autofree char *list = g_strjoinv (", ", words);

    return g_strdup_printf ("one of: %s", list);
  }
  if (row->kind == PV_SETTING_KIND_INT && row->max == G_MAXINT)
    return g_strdup_printf ("a whole number from %d", row->min);
  if (row->kind == PV_SETTING_KIND_INT)
    return g_strdup_printf ("a whole number from %d to %d", row->min, row->max);
  if (row->kind == PV_SETTING_KIND_TEXT)
    return g_strdup_printf ("text of at most %d bytes", row->max);
  if (row->kind < G_N_ELEMENTS (list_kinds) && list_kinds[row->kind] != NULL)
    return g_strdup_printf ("a list, at most %d, of %s", row->max, list_kinds[row->kind]);
  return g_strdup (plain_kinds[row->kind]);
}

/* (transfer full) */
static char *
say_default (const PvSettingRow *row)
{
  if (row->is_required)
    return g_strdup ("none; it must be there");
  return g_strdup (row->fallback != NULL ? row->fallback : "none");
}

/* The reference --------------------------------------------------------------------------------------------------- */

/* As a comment of at most 100 letters a line. */
static void
append_comment (GString *text, const char *words)
{
  enum { WIDTH = 100 };
  g_auto (GStrv) list = g_strsplit (words, " ", -1);
  gsize used = 0;

  for (guint i = 0; list[i] != NULL; i++) {
    gsize length = strlen (list[i]);

    if (used == 0 || used + 1 + length > WIDTH) {
      g_string_append (text, used == 0 ? "# " : "\n# ");
      used = 0;
    } else {
      g_string_append_c (text, ' ');
      used++;
    }
    g_string_append (text, list[i]);
    used += length;
  }
  g_string_append_c (text, '\n');
}

static void
append_row (GString *text, const PvSettingRow *row)
{
  g_autofree char *kind = say_kind (row), *fallback = say_default (row);
  g_autofree char *type = g_strdup_printf ("Type: %s. Default: %s.%s", kind, fallback,
                                           pv_setting_is_local (row) ? " Never from a bundle." : "");

  g_string_append_c (text, '\n');
  append_comment (text, row->says);
  append_comment (text, type);
  g_string_append_printf (text, "#%s=%s\n", row->key, row->fallback != NULL ? row->fallback : "");
}

static const char reference_head[] = "# SPDX-FileCopyrightText: 2026 The Parvis authors\n"
                                     "# SPDX-License-Identifier: GPL-3.0-or-later\n"
                                     "#\n"
                                     "# Every setting there is. Do not write here: \"parvisctl settings reference\" "
                                     "prints this file out of the table that the\n"
                                     "# programs use. A line without \"#\" in front of the key, in a file of your own, "
                                     "sets it; empty values are refused.\n"
                                     "#\n"
                                     "# Layers, a later one counts more, save where an earlier one has locked a key:\n";

char *
pv_settings_reference (void)
{
  GString *text = g_string_new (reference_head);
  const char *group = "";

  for (guint i = 0; i < PV_N_LAYERS; i++) {
    g_autofree char *folder = pv_layer_get_folder (PV_SETTINGS_DEFAULT_FOLDER, i);

    g_string_append_printf (text, "#   %-8s  %s%s\n", pv_layer_get_name (i), folder,
                            pv_layer_is_bundled (i) ? " (signed bundle)" : "");
  }
  for (guint i = 0; i < PV_N_SETTINGS; i++) {
    if (strcmp (group, pv_setting_rows[i].group) != 0)
      g_string_append_printf (text, "\n[%s]\n", pv_setting_rows[i].group);
    group = pv_setting_rows[i].group;
    append_row (text, &pv_setting_rows[i]);
  }
  g_string_append (text, "\n# One group for each form of the portal, named as in the form's address.\n"
                         "#[procedure SLUG]\n");
  for (guint i = 0; i < PV_N_PROCEDURE_KEYS; i++)
    if (strcmp (pv_procedure_rows[i].group, "procedure") == 0)
      append_row (text, &pv_procedure_rows[i]);
  g_string_append (text,
                   "\n# One group for each appointment without a form; the keys of [procedure SLUG] count as well.\n"
                   "#[appointment SLUG]\n");
  for (guint i = 0; i < PV_N_PROCEDURE_KEYS; i++)
    if (strcmp (pv_procedure_rows[i].group, "appointment") == 0)
      append_row (text, &pv_procedure_rows[i]);
  g_string_append (text, "\n# One group for each form of another site, of which a few questions are asked here.\n"
                         "#[handover SLUG]\n");
  for (guint i = 0; i < PV_N_HANDOVER_KEYS; i++)
    append_row (text, &pv_handover_rows[i]);
  return g_string_free (text, FALSE);
}

/* One key ---------------------------------------------------------------------------------------------------------- */

static void
append_layer (GString *text, const char *config, PvLayer layer, const GPtrArray *voices)
{
  g_autofree char *folder = pv_layer_get_folder (config, layer);
  gboolean is_silent = TRUE;

  if (folder == NULL)
    return;
  g_string_append_printf (text, "  %-8s  %s\n", pv_layer_get_name (layer), folder);
  for (guint i = 0; voices != NULL && i < voices->len; i++) {
    const PvSettingVoice *voice = voices->pdata[i];
    g_autofree char *one_line = pv_setting_to_one_line (voice->written);

    if (voice->layer != layer)
      continue;
    is_silent = FALSE;
    g_string_append_printf (text, "            %s: %s\n", voice->place, one_line);
    if (voice->complaint != NULL)
      g_string_append_printf (text, "            does not count: %s\n", voice->complaint);
  }
  if (is_silent)
    g_string_append (text, "            says nothing\n");
}

/* The last that counts; NULL: the default does. */
static const PvSettingVoice *
find_last (const GPtrArray *voices)
{
  for (guint i = voices != NULL ? voices->len : 0; i > 0; i--) {
    const PvSettingVoice *voice = voices->pdata[i - 1];

    if (voice->complaint == NULL)
      return voice;
  }
  return NULL;
}

static void
append_locks (GString *text, const GPtrArray *locks, const char *group, const char *key)
{
  gboolean is_any = FALSE;

  for (guint i = 0; i < PV_N_LAYERS; i++) {
    const PvSettingLock *lock = pv_setting_locks_find (locks, group, key, i + 1);

    if (lock == NULL || lock->layer != (PvLayer) i)
      continue;
    is_any = TRUE;
    g_string_append_printf (text, "  Locked:   by %s, for all layers above %s\n", lock->place, pv_layer_get_name (i));
    break; /* the lowest binds all others */
  }
  if (!is_any)
    g_string_append (text, "  Locked:   no\n");
}

char *
pv_settings_explain (const char *folder, const char *group, const char *key)
{
  const PvSettingRow *row = pv_settings_find_row (group, key);
  g_autoptr (PvSettings) settings = NULL;
  g_autofree char *name = pv_setting_voice_name (group, key);
  g_autofree char *kind = NULL, *fallback = NULL, *one_line = NULL;
  const GPtrArray *voices;
  const PvSettingVoice *last;
  GString *text;

  g_return_val_if_fail (folder != NULL && group != NULL && key != NULL, NULL);

  if (row == NULL)
    return NULL;
  settings = pv_settings_load_what_is_right (folder);
  voices = g_hash_table_lookup (settings->voices, name);
  last = find_last (voices);
  kind = say_kind (row);
  fallback = say_default (row);
  one_line = last != NULL ? pv_setting_to_one_line (last->in_force) : NULL;
  text = g_string_new (NULL);
  g_string_append_printf (text, "[%s] %s\n  %s\n  Type:     %s\n  Default:  %s\n", group, key, row->says, kind,
                          fallback);
  if (pv_setting_is_local (row))
    g_string_append (text, "  Bundles:  may not say it\n");
  if (last != NULL)
    g_string_append_printf (text, "  In force: %s\n  Set by:   %s\n", one_line, last->place);
  else
    g_string_append_printf (text, "  In force: %s\n  Set by:   nobody; it is the default\n",
                            row->fallback != NULL ? row->fallback : "nothing");
  append_locks (text, settings->locks, group, key);
  for (guint i = 0; i < PV_N_LAYERS; i++)
    append_layer (text, folder, i, voices);
  return g_string_free (text, FALSE);
}
