/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings-forms.c: the groups that have a name of their own: procedures, appointments, forms of other sites. */

#include <string.h>

#include "platform/settings-loader.h"

void
pv_procedure_settings_free (gpointer data)
{
  PvProcedureSettings *self = data;

  g_free (self->slug);
  g_free (self->category);
  g_free (self->bring);
  g_free (self->cost);
  g_free (self->place);
  g_free (self->title);
  g_free (self->source);
  g_strfreev (self->fields);
  g_strfreev (self->keywords);
  g_strfreev (self->identity);
  g_free (self->facts.appeal);
  g_free (self->facts.service);
  g_free (self->facts.address);
  g_free (self->facts.email);
  g_free (self->facts.phone);
  g_free (self);
}

void
pv_handover_settings_free (gpointer data)
{
  PvHandoverSettings *self = data;

  g_free (self->slug);
  g_free (self->title);
  g_free (self->path);
  g_free (self->description);
  g_free (self->category);
  g_free (self->bring);
  g_free (self->cost);
  g_free (self->url);
  g_strfreev (self->keywords);
  g_strfreev (self->fields);
  g_free (self);
}
static PvSilence
silence_of (const char *word)
{
  if (g_strcmp0 (word, "accept") == 0)
    return PV_SILENCE_ACCEPT;
  if (g_strcmp0 (word, "refuse") == 0)
    return PV_SILENCE_REFUSE;
  return word != NULL ? PV_SILENCE_NOT_A_REQUEST : PV_SILENCE_UNKNOWN;
}

/* Before the values are taken out of them. */
static void
describe_group (PvSettingsLoader *self, const char *group, const PvSettingRow *rows, guint n_rows,
                const PvSettingValue *values)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_rows; i++)
    if (values[i].text != NULL && values[i].origin != NULL)
      pv_settings_describe_value (self->settings, text, group, rows[i].key, &values[i]);
  g_hash_table_insert (self->settings->origins, g_strdup (group), g_string_free (text, FALSE));
}

static PvProcedureSettings *
build_procedure (const char *slug, PvSettingValue *values)
{
  PvProcedureSettings *self = g_new0 (PvProcedureSettings, 1);

  self->slug = g_strdup (slug);
  self->category = g_steal_pointer (&values[PV_PROCEDURE_KEY_CATEGORY].text);
  self->bring = g_steal_pointer (&values[PV_PROCEDURE_KEY_BRING].text);
  self->cost = g_steal_pointer (&values[PV_PROCEDURE_KEY_COST].text);
  self->keywords = g_steal_pointer (&values[PV_PROCEDURE_KEY_KEYWORDS].list);
  self->place = g_steal_pointer (&values[PV_PROCEDURE_KEY_PLACE].text);
  self->title = g_steal_pointer (&values[PV_PROCEDURE_KEY_TITLE].text);
  self->source = g_steal_pointer (&values[PV_PROCEDURE_KEY_SOURCE].text);
  self->fields = g_steal_pointer (&values[PV_PROCEDURE_KEY_FIELDS].list);
  self->identity = g_steal_pointer (&values[PV_PROCEDURE_KEY_IDENTITY].list);
  self->duration_minutes = (guint) values[PV_PROCEDURE_KEY_DURATION_MINUTES].number;
  self->facts.silence = silence_of (values[PV_PROCEDURE_KEY_SILENCE].text);
  self->facts.delay_months = (guint) values[PV_PROCEDURE_KEY_DELAY_MONTHS].number;
  self->facts.delay_days = (guint) values[PV_PROCEDURE_KEY_DELAY_DAYS].number;
  self->facts.appeal = g_steal_pointer (&values[PV_PROCEDURE_KEY_APPEAL].text);
  self->facts.service = g_steal_pointer (&values[PV_PROCEDURE_KEY_SERVICE].text);
  self->facts.address = g_steal_pointer (&values[PV_PROCEDURE_KEY_ADDRESS].text);
  self->facts.email = g_steal_pointer (&values[PV_PROCEDURE_KEY_EMAIL].text);
  self->facts.phone = g_steal_pointer (&values[PV_PROCEDURE_KEY_PHONE].text);
  self->is_declinable = values[PV_PROCEDURE_KEY_ALLOW_DECLINE].number != 0;
  self->takes_documents_later = values[PV_PROCEDURE_KEY_DOCUMENTS_LATER].number != 0;
  return self;
}

/* "agenda:AGENDA/TYPE" or "events:AGENDA"; the rest is the portal's driver's to understand. */
static gboolean
is_agenda (const char *source)
{
  return g_str_has_prefix (source, "agenda:") || g_str_has_prefix (source, "events:");
}

static gboolean
are_fields (char **fields)
{
  static const char *const known[] = { "name", "phone", "email", "ants", NULL };

  for (guint i = 0; fields != NULL && fields[i] != NULL; i++)
    if (!g_strv_contains (known, fields[i]))
      return FALSE;
  return TRUE;
}

static void
check_appointment (PvSettingsLoader *self, const PvProcedureSettings *procedure, const PvSettingValue *values)
{
  g_autofree char *group = g_strconcat (PV_APPOINTMENT_PREFIX, procedure->slug, NULL);
  const PvSettingValue *source = &values[PV_PROCEDURE_KEY_SOURCE];

  if (procedure->title == NULL)
    pv_settings_complain (self, NULL, 0, group, "title", "is missing");
  if (procedure->source == NULL || !is_agenda (procedure->source))
    pv_settings_complain (self, source->file, source->line, group, "source",
                          "expected agenda:AGENDA/TYPE or events:AGENDA");
  if (!are_fields (procedure->fields))
    pv_settings_complain (self, values[PV_PROCEDURE_KEY_FIELDS].file, values[PV_PROCEDURE_KEY_FIELDS].line, group,
                          "fields", "expected some of name; phone; email; ants");
}

static void
build_procedures (PvSettingsLoader *self)
{
  GHashTableIter iter;
  gpointer slug, array;

  if (g_hash_table_size (self->named[PV_FAMILY_PROCEDURE]) > PV_SETTINGS_MAX_PROCEDURES)
    pv_settings_complain (self, NULL, 0, NULL, NULL, "too many procedures");
  g_hash_table_iter_init (&iter, self->named[PV_FAMILY_PROCEDURE]);
  while (g_hash_table_iter_next (&iter, &slug, &array)) {
    PvSettingValue *values = &g_array_index ((GArray *) array, PvSettingValue, 0);
    const PvSettingValue *silence = values + PV_PROCEDURE_KEY_SILENCE;
    g_autofree char *group = NULL;
    PvProcedureSettings *procedure;
    gboolean is_appointment;

    pv_settings_fill_defaults (self, pv_procedure_rows, PV_N_PROCEDURE_KEYS, values);
    is_appointment = g_hash_table_contains (self->appointments, slug);
    group = g_strconcat (is_appointment ? PV_APPOINTMENT_PREFIX : PV_PROCEDURE_PREFIX, (const char *) slug, NULL);
    describe_group (self, group, pv_procedure_rows, PV_N_PROCEDURE_KEYS, values);
    procedure = build_procedure (slug, values);
    procedure->is_appointment = is_appointment;
    if (procedure->is_appointment)
      check_appointment (self, procedure, values);
    g_hash_table_insert (self->settings->procedures, procedure->slug, procedure);
    /* CRPA R112-11-1: the receipt gives the date on which silence decides. */
    if ((procedure->facts.silence == PV_SILENCE_ACCEPT || procedure->facts.silence == PV_SILENCE_REFUSE)
        && procedure->facts.delay_months == 0 && procedure->facts.delay_days == 0)
      pv_settings_complain (self, silence->file, silence->line, group, "silence", "needs delay-months or delay-days");
  }
}

static PvHandoverSettings *
build_handover (const char *slug, PvSettingValue *values)
{
  PvHandoverSettings *self = g_new0 (PvHandoverSettings, 1);

  self->slug = g_strdup (slug);
  self->title = g_steal_pointer (&values[PV_HANDOVER_KEY_TITLE].text);
  self->path = g_steal_pointer (&values[PV_HANDOVER_KEY_PATH].text);
  self->description = g_steal_pointer (&values[PV_HANDOVER_KEY_DESCRIPTION].text);
  self->category = g_steal_pointer (&values[PV_HANDOVER_KEY_CATEGORY].text);
  self->bring = g_steal_pointer (&values[PV_HANDOVER_KEY_BRING].text);
  self->cost = g_steal_pointer (&values[PV_HANDOVER_KEY_COST].text);
  self->url = g_steal_pointer (&values[PV_HANDOVER_KEY_URL].text);
  self->keywords = g_steal_pointer (&values[PV_HANDOVER_KEY_KEYWORDS].list);
  self->fields = g_steal_pointer (&values[PV_HANDOVER_KEY_FIELDS].list);
  self->number = (guint) values[PV_HANDOVER_KEY_DEMARCHE].number;
  self->duration_minutes = (guint) values[PV_HANDOVER_KEY_DURATION_MINUTES].number;
  return self;
}

static void
build_handovers (PvSettingsLoader *self)
{
  GHashTableIter iter;
  gpointer slug, array;

  if (g_hash_table_size (self->named[PV_FAMILY_HANDOVER]) > PV_SETTINGS_MAX_PROCEDURES)
    pv_settings_complain (self, NULL, 0, NULL, NULL, "too many handovers");
  g_hash_table_iter_init (&iter, self->named[PV_FAMILY_HANDOVER]);
  while (g_hash_table_iter_next (&iter, &slug, &array)) {
    PvSettingValue *values = &g_array_index ((GArray *) array, PvSettingValue, 0);
    g_autofree char *group = g_strconcat (PV_HANDOVER_PREFIX, (const char *) slug, NULL);
    PvHandoverSettings *handover;

    pv_settings_fill_defaults (self, pv_handover_rows, PV_N_HANDOVER_KEYS, values);
    describe_group (self, group, pv_handover_rows, PV_N_HANDOVER_KEYS, values);
    handover = build_handover (slug, values);
    g_hash_table_insert (self->settings->handovers, handover->slug, handover);
  }
}

void
pv_settings_build_forms (PvSettingsLoader *self)
{
  build_procedures (self);
  build_handovers (self);
}
