/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/privacy-papers.h"

#include <gio/gio.h>
#include <string.h>

#include "ctl/privacy-template.h"

#define FOLDER "/org/parvis/privacy/"

static const struct {
  const char *name, *file;
} papers[PV_N_PRIVACY_PAPERS] = {
  [PV_PRIVACY_TABLE] = { "table", "donnees.md" },
  [PV_PRIVACY_RECORD] = { "record", "registre.md" },
  [PV_PRIVACY_DPIA] = { "dpia", "aipd.md" },
  [PV_PRIVACY_NOTICE] = { "notice", "information.md" },
  [PV_PRIVACY_NOTICE_SCREEN] = { "notice-screen", "information-ecran.md" },
  [PV_PRIVACY_NOTICE_EASY] = { "notice-facile", "information-facile.md" },
  [PV_PRIVACY_CLAUSES] = { "clauses", "sous-traitance.md" },
  [PV_PRIVACY_STOLEN] = { "stolen", "borne-volee.md" },
};

const char *
pv_privacy_paper_name (PvPrivacyPaper paper)
{
  return papers[paper].name;
}

const char *
pv_privacy_paper_file (PvPrivacyPaper paper)
{
  return papers[paper].file;
}

gboolean
pv_privacy_paper_from_name (const char *name, PvPrivacyPaper *ret_paper)
{
  for (PvPrivacyPaper paper = 0; paper < PV_N_PRIVACY_PAPERS; paper++)
    if (g_str_equal (name, papers[paper].name)) {
      *ret_paper = paper;
      return TRUE;
    }
  return FALSE;
}

static gboolean
has_text (const PvSettings *settings, PvSetting setting)
{
  const char *text = pv_settings_get_text (settings, setting);

  return text != NULL && *text != '\0';
}

static gboolean
has_handover (const PvSettings *settings)
{
  g_auto (GStrv) slugs = pv_settings_list_handovers (settings);

  return slugs[0] != NULL;
}

static gboolean
is_text (const PvSettings *settings, PvSetting setting, const char *text)
{
  return g_strcmp0 (pv_settings_get_text (settings, setting), text) == 0;
}

gboolean
pv_privacy_is_in_use (PvPrivacyUse use, const PvSettings *settings)
{
  switch (use) {
  case PV_PRIVACY_ASSIST:
    return pv_settings_get_bool (settings, PV_SETTING_ASSIST_ENABLED);
  case PV_PRIVACY_CARD:
    return pv_settings_get_bool (settings, PV_SETTING_CARD_ENABLED);
  case PV_PRIVACY_PHOTO:
    return pv_privacy_is_in_use (PV_PRIVACY_CARD, settings) && pv_settings_get_bool (settings, PV_SETTING_CARD_PHOTO);
  case PV_PRIVACY_DOCUMENTS:
    return !is_text (settings, PV_SETTING_DOCUMENTS_SCANNER, "none")
           || pv_privacy_is_in_use (PV_PRIVACY_PHONE, settings);
  case PV_PRIVACY_PHONE:
    return has_text (settings, PV_SETTING_DOCUMENTS_DROP_URL);
  case PV_PRIVACY_PRINTER:
    return pv_settings_get_bool (settings, PV_SETTING_PRINTER_ENABLED);
  case PV_PRIVACY_QUEUE:
    return pv_privacy_is_in_use (PV_PRIVACY_PRINTER, settings) && has_text (settings, PV_SETTING_PRINTER_QUEUE);
  case PV_PRIVACY_HANDOVER:
    return has_handover (settings);
  case PV_PRIVACY_FLEET:
    return pv_settings_get_bool (settings, PV_SETTING_FLEET_ENABLED)
           || has_text (settings, PV_SETTING_FLEET_METRICS_FILE);
  case PV_PRIVACY_SPEECH:
    return !is_text (settings, PV_SETTING_SPEECH_ENGINE, "none");
  case PV_PRIVACY_RELAY:
    return is_text (settings, PV_SETTING_PORTAL_MODE, "relay");
  case PV_PRIVACY_DIRECT:
    return !pv_privacy_is_in_use (PV_PRIVACY_RELAY, settings);
  case PV_PRIVACY_ALWAYS:
  case PV_N_PRIVACY_USES:
    break;
  }
  return TRUE;
}

/* The texts of the blanks. */

static void
put (GHashTable *texts, const char *name, char *text)
{
  g_hash_table_insert (texts, (gpointer) name, text);
}

static void
put_flag (GHashTable *texts, const char *name, gboolean is_set)
{
  put (texts, name, g_strdup (is_set ? "oui" : ""));
}

/* What the commune has not said yet is to be seen on the paper. */
static void
put_setting (GHashTable *texts, const char *name, const PvSettings *settings, PvSetting setting, const char *what)
{
  const char *text = pv_settings_get_text (settings, setting);

  put (texts, name, text != NULL && *text != '\0' ? g_strdup (text) : g_strdup_printf ("**[à compléter : %s]**", what));
}

static char *
tell_seconds (int seconds)
{
  if (seconds < 60)
    return g_strdup_printf ("%d secondes", seconds);
  if (seconds % 60 == 0)
    return g_strdup_printf (seconds == 60 ? "%d minute" : "%d minutes", seconds / 60);
  return g_strdup_printf (seconds < 120 ? "%d minute %d" : "%d minutes %d", seconds / 60, seconds % 60);
}

static void
put_flags (GHashTable *texts, const PvSettings *settings)
{
  static const char *const names[PV_N_PRIVACY_USES] = {
    [PV_PRIVACY_ASSIST] = "aide",      [PV_PRIVACY_CARD] = "carte",       [PV_PRIVACY_PHOTO] = "photo",
    [PV_PRIVACY_DOCUMENTS] = "pieces", [PV_PRIVACY_PHONE] = "telephones", [PV_PRIVACY_PRINTER] = "imprimante",
    [PV_PRIVACY_QUEUE] = "cups",       [PV_PRIVACY_HANDOVER] = "renvoi",  [PV_PRIVACY_SPEECH] = "voix",
    [PV_PRIVACY_RELAY] = "relais",     [PV_PRIVACY_DIRECT] = "direct",    [PV_PRIVACY_FLEET] = "parc",
  };

  for (PvPrivacyUse use = PV_PRIVACY_ALWAYS + 1; use < PV_N_PRIVACY_USES; use++)
    put_flag (texts, names[use], pv_privacy_is_in_use (use, settings));
}

static GHashTable *
make_texts (const PvSettings *settings)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  int idle = pv_settings_get_int (settings, PV_SETTING_SCREEN_IDLE_SECONDS),
      warn = pv_settings_get_int (settings, PV_SETTING_SCREEN_WARN_SECONDS);
  PvSetting portal =
    has_text (settings, PV_SETTING_PORTAL_PUBLIC_URL) ? PV_SETTING_PORTAL_PUBLIC_URL : PV_SETTING_PORTAL_URL;

  put_setting (texts, "commune", settings, PV_SETTING_COMMUNE_NAME, "commune");
  put_setting (texts, "lieu", settings, PV_SETTING_COMMUNE_PLACE, "lieu de la borne");
  put_setting (texts, "service", settings, PV_SETTING_CONTACT_SERVICE, "service");
  put_setting (texts, "adresse", settings, PV_SETTING_CONTACT_ADDRESS, "adresse");
  put_setting (texts, "courriel", settings, PV_SETTING_CONTACT_EMAIL, "adresse électronique");
  put_setting (texts, "telephone", settings, PV_SETTING_CONTACT_PHONE, "téléphone");
  put_setting (texts, "delegue", settings, PV_SETTING_CONTACT_DPO, "délégué à la protection des données");
  put_setting (texts, "portail", settings, portal, "adresse du portail");
  put (texts, "plancher-usage", g_strdup_printf ("%d", pv_settings_get_int (settings, PV_SETTING_FLEET_USAGE_FLOOR)));
  put (texts, "jours-envoi", g_strdup_printf ("%d", pv_settings_get_int (settings, PV_SETTING_OUTBOX_RETENTION_DAYS)));
  put (texts, "jours-trace", g_strdup_printf ("%d", pv_settings_get_int (settings, PV_SETTING_ASSIST_AUDIT_DAYS)));
  put (texts, "veille", tell_seconds (idle + warn));
  put_flags (texts, settings);
  return texts;
}

/* The tables. */

static const char *
whose_words (PvPrivacyWhose whose)
{
  return whose == PV_PRIVACY_CITIZEN ? "usager" : whose == PV_PRIVACY_MEDIATOR ? "médiation" : "personne";
}

/* All of it: FALSE: a blank that nothing fills */
static gboolean
append_cells (GString *out, const char *const *cells, gsize n_cells, GHashTable *texts, char **ret_unknown)
{
  for (gsize i = 0; i < n_cells; i++) {
    g_autofree char *cell = pv_privacy_fill (cells[i], texts, ret_unknown);

    if (cell == NULL)
      return FALSE;
    g_string_append_printf (out, "| %s ", cell);
  }
  g_string_append (out, "|\n");
  return TRUE;
}

static char *
make_table (const PvSettings *settings, GHashTable *texts, gboolean only_personal, char **ret_unknown)
{
  g_autoptr (GString) out =
    g_string_new ("| donnée | de qui | à quoi elle sert | par quel programme | où | combien de temps "
                  "| qui peut la lire | comment elle disparaît |\n"
                  "|---|---|---|---|---|---|---|---|\n");

  for (const PvPrivacyRow *row = pv_privacy_rows; row->id != NULL; row++) {
    const char *const cells[] = {
      row->datum, whose_words (row->whose), row->purpose, row->process, row->where, row->kept, row->readers, row->erased
    };

    if (!pv_privacy_is_in_use (row->use, settings) || (only_personal && row->whose == PV_PRIVACY_TECHNICAL))
      continue;
    if (!append_cells (out, cells, G_N_ELEMENTS (cells), texts, ret_unknown))
      return NULL;
  }
  g_string_truncate (out, out->len - 1);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
make_log_table (void)
{
  GString *out = g_string_new ("| champ | ce qu’il dit |\n|---|---|\n");

  for (const PvPrivacyLogField *field = pv_privacy_log_fields; field->name != NULL; field++)
    g_string_append_printf (out, "| `%s` | %s |\n", field->name, field->meaning);
  g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/* How long what personal data is kept: for who only wants that. */
static char *
make_times (const PvSettings *settings, GHashTable *texts, char **ret_unknown)
{
  g_autoptr (GString) out = g_string_new ("| donnée | combien de temps |\n|---|---|\n");

  for (const PvPrivacyRow *row = pv_privacy_rows; row->id != NULL; row++) {
    const char *const cells[] = { row->datum, row->kept };

    if (pv_privacy_is_in_use (row->use, settings) && row->whose == PV_PRIVACY_CITIZEN
        && !append_cells (out, cells, G_N_ELEMENTS (cells), texts, ret_unknown))
      return NULL;
  }
  g_string_truncate (out, out->len - 1);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
put_tables (GHashTable *texts, const PvSettings *settings, char **ret_unknown)
{
  char *all = make_table (settings, texts, FALSE, ret_unknown),
       *personal = all != NULL ? make_table (settings, texts, TRUE, ret_unknown) : NULL,
       *times = personal != NULL ? make_times (settings, texts, ret_unknown) : NULL;

  if (times == NULL) {
    g_free (all);
    g_free (personal);
    return FALSE;
  }
  put (texts, "tableau", all);
  put (texts, "tableau-personnel", personal);
  put (texts, "tableau-durees", times);
  put (texts, "tableau-journal", make_log_table ());
  return TRUE;
}

char *
pv_privacy_write (PvPrivacyPaper paper, const PvSettings *settings, GError **error)
{
  g_autofree char *path = g_strconcat (FOLDER, papers[paper].file, NULL), *unknown = NULL, *text = NULL;
  g_autoptr (GBytes) template = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (GHashTable) texts = NULL;

  if (template == NULL)
    return NULL;
  texts = make_texts (settings);
  if (put_tables (texts, settings, &unknown))
    text = pv_privacy_fill (g_bytes_get_data (template, NULL), texts, &unknown);
  if (text == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: nothing fills {{%s}}", papers[paper].file, unknown);
  return g_steal_pointer (&text);
}

char *
pv_privacy_write_patterns (void)
{
  GString *out = g_string_new (NULL);

  for (const PvPrivacyRow *row = pv_privacy_rows; row->id != NULL; row++) {
    g_auto (GStrv) patterns = g_strsplit (row->files != NULL ? row->files : "", " ", -1);

    for (guint i = 0; patterns[i] != NULL && *patterns[i] != '\0'; i++)
      g_string_append_printf (out, "file %s %s\n", row->id, patterns[i]);
  }
  for (const PvPrivacyLogField *field = pv_privacy_log_fields; field->name != NULL; field++)
    g_string_append_printf (out, "log %s\n", field->name);
  return g_string_free (out, FALSE);
}
