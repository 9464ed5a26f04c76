/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/settings.h"

#include <string.h>

#include "platform/carrier-name.h"
#include "platform/settings-table.h"

#define PROCEDURE_PREFIX   "procedure "
#define APPOINTMENT_PREFIX "appointment "
#define HANDOVER_PREFIX    "handover "

G_DEFINE_QUARK (pv_settings_error, pv_settings_error)

enum { SLUG_MAX_BYTES = 100 };

struct PvSettings {
  PvSettingValue values[PV_N_SETTINGS];
  GHashTable *procedures; /* owned: slug -> PvProcedureSettings */
  GHashTable *handovers;  /* owned: slug -> PvHandoverSettings */
  GHashTable *origins;    /* owned: slug -> lines of what is told of it, for administrators */
};

/* Groups with a name of their own each. */
typedef enum { FAMILY_PROCEDURE, FAMILY_HANDOVER, N_FAMILIES, FAMILY_NONE = N_FAMILIES } Family;

static const struct {
  const char *prefix, *group;
  const PvSettingRow *rows;
  guint n_rows;
  const char *expected;
} families[N_FAMILIES] = {
  [FAMILY_PROCEDURE] = { PROCEDURE_PREFIX, "procedure", pv_procedure_rows, PV_N_PROCEDURE_KEYS,
                         "expected [procedure SLUG], as in the address of the form" },
  [FAMILY_HANDOVER] = { HANDOVER_PREFIX, "handover", pv_handover_rows, PV_N_HANDOVER_KEYS,
                        "expected [handover SLUG], a name of your own" },
};

/* What is known while the files are read. */
typedef struct {
  const char *folder;
  PvSettings *settings;
  GHashTable *named[N_FAMILIES]; /* owned: slug -> PvSettingValue for each key */
  GHashTable *appointments;      /* owned: set of those of the procedures that are appointments */
  GString *complaints;
  guint n_complaints;
} Loader;

static void
procedure_settings_free (gpointer data)
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

static void
handover_settings_free (gpointer data)
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

static void
values_free (gpointer data)
{
  g_array_unref (data);
}

/* (element-type PvSettingValue) */
static GArray *
values_new (guint n_values)
{
  GArray *values = g_array_new (FALSE, TRUE, sizeof (PvSettingValue));

  g_array_set_clear_func (values, (GDestroyNotify) pv_setting_value_clear);
  g_array_set_size (values, n_values);
  return values;
}

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
  g_free (settings);
}

/* A file while it is read. */
typedef struct {
  const char *name;
  GKeyFile *keys;
  GHashTable *places;
} File;

/* @file, @group and @key: nullable; @line: 0: none */
static void
complain (Loader *self, const char *file, guint line, const char *group, const char *key, const char *what)
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

/* Reading the files ------------------------------------------------------------------------------------------------ */

static void
take_value (Loader *self, const File *file, const char *group, const PvSettingRow *row, PvSettingValue *value)
{
  g_autofree char *text = g_key_file_get_string (file->keys, group, row->key, NULL);
  guint line = pv_settings_find_line (file->places, group, row->key);
  g_autofree char *complaint = NULL, *before = g_strdup (value->origin);

  complaint =
    text != NULL ? pv_setting_value_parse (row, text, self->folder, value) : g_strdup ("not readable as text");
  if (complaint != NULL)
    complain (self, file->name, line, group, row->key, complaint);
  /* Also of a wrong one: it is not missing. */
  g_free (value->file);
  value->file = g_strdup (file->name);
  value->line = line;
  if (complaint != NULL)
    return;
  g_free (value->origin);
  value->origin = value->is_extended && before != NULL ? g_strdup_printf ("%s, %s:%u", before, file->name, line)
                                                       : g_strdup_printf ("%s:%u", file->name, line);
}

/* The place of group and key in the table, or -1. */
static int
find_row (const PvSettingRow *rows, guint n_rows, const char *group, const char *key)
{
  for (guint i = 0; i < n_rows; i++)
    if (strcmp (rows[i].group, group) == 0 && (key == NULL || strcmp (rows[i].key, key) == 0))
      return (int) i;
  return -1;
}

static PvSettingValue *
get_named_values (Loader *self, Family family, const char *slug)
{
  GArray *values = g_hash_table_lookup (self->named[family], slug);

  if (values == NULL) {
    values = values_new (families[family].n_rows);
    g_hash_table_insert (self->named[family], g_strdup (slug), values);
  }
  return &g_array_index (values, PvSettingValue, 0);
}

/* As w.c.s. makes them: small letters, digits, hyphens, underscores. */
static gboolean
is_slug (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-_");

  return length > 0 && length <= SLUG_MAX_BYTES && text[length] == '\0';
}

static Family
find_family (const char *group)
{
  if (g_str_has_prefix (group, APPOINTMENT_PREFIX)) /* a procedure of its own kind */
    return FAMILY_PROCEDURE;
  for (guint i = 0; i < N_FAMILIES; i++)
    if (g_str_has_prefix (group, families[i].prefix))
      return (Family) i;
  return FAMILY_NONE;
}

static void
take_group (Loader *self, const File *file, const char *group)
{
  Family family = find_family (group);
  gboolean is_named = family != FAMILY_NONE;
  gboolean is_appointment = g_str_has_prefix (group, APPOINTMENT_PREFIX);
  const char *slug = is_named ? strchr (group, ' ') + 1 : NULL;
  const PvSettingRow *rows = is_named ? families[family].rows : pv_setting_rows;
  guint n_rows = is_named ? families[family].n_rows : PV_N_SETTINGS;
  g_auto (GStrv) names = g_key_file_get_keys (file->keys, group, NULL, NULL);
  guint line = pv_settings_find_line (file->places, group, NULL);
  PvSettingValue *values = self->settings->values;

  if (is_named && !is_slug (slug)) {
    complain (self, file->name, line, group, NULL, families[family].expected);
    return;
  }
  if (!is_named && find_row (rows, n_rows, group, NULL) < 0) {
    complain (self, file->name, line, group, NULL, "unknown group");
    return;
  }
  if (family == FAMILY_PROCEDURE && g_hash_table_contains (self->named[family], slug)
      && g_hash_table_contains (self->appointments, slug) != is_appointment) {
    complain (self, file->name, line, group, NULL, "this name is a procedure and an appointment");
    return;
  }
  if (is_appointment)
    g_hash_table_add (self->appointments, g_strdup (slug));
  if (is_named)
    values = get_named_values (self, family, slug);
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    int row = find_row (rows, n_rows, is_named ? families[family].group : group, names[i]);

    if (row < 0 && is_appointment)
      row = find_row (rows, n_rows, "appointment", names[i]);
    if (row < 0)
      complain (self, file->name, pv_settings_find_line (file->places, group, names[i]), group, names[i],
                "unknown key");
    else
      take_value (self, file, group, &rows[row], &values[row]);
  }
}

/* GKeyFile's own words would repeat the line, which may be a key that was pasted into the wrong file. */
static void
complain_of_form (Loader *self, const char *name, const char *text, const GError *cause)
{
  guint line = pv_settings_find_bad_line (text);

  complain (self, name, line, NULL, NULL,
            line > 0 ? "expected [group], key=value below a group, or # comment" : cause->message);
}

static void
read_file (Loader *self, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
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
    complain (self, name, 0, NULL, NULL, "larger than 1 MB");
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

/* What can be read is read, whatever the error. */
static void
read_folder (Loader *self, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, &cause);
  const char *name;

  if (dir == NULL) {
    g_set_error_literal (error, PV_SETTINGS_ERROR, PV_SETTINGS_ERROR_UNREADABLE, cause->message);
    return;
  }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".conf") && name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  if (names->len > PV_SETTINGS_MAX_FILES) {
    g_set_error (error, PV_SETTINGS_ERROR, PV_SETTINGS_ERROR_BAD, "%s: more than %d files", self->folder,
                 PV_SETTINGS_MAX_FILES);
    return;
  }
  g_ptr_array_sort (names, compare_names_cb);
  for (guint i = 0; i < names->len; i++)
    read_file (self, g_ptr_array_index (names, i), error);
}

/* What no single value shows ---------------------------------------------------------------------------------------- */

/* The default too passes through the parser, so that a wrong one is found by the first test. */
static void
fill_defaults (Loader *self, const PvSettingRow *rows, guint n_rows, PvSettingValue *values)
{
  for (guint i = 0; i < n_rows; i++) {
    g_autofree char *complaint = NULL;

    if (values[i].text == NULL && rows[i].fallback != NULL)
      complaint = pv_setting_value_parse (&rows[i], rows[i].fallback, self->folder, &values[i]);
    else if (values[i].file == NULL && rows[i].is_required)
      complaint = g_strdup ("is missing");
    if (complaint != NULL)
      complain (self, NULL, 0, rows[i].group, rows[i].key, complaint);
  }
}

static void
require (Loader *self, PvSetting setting, const char *reason)
{
  const PvSettingRow *row = &pv_setting_rows[setting];

  if (self->settings->values[setting].text == NULL)
    complain (self, NULL, 0, row->group, row->key, reason);
}

static void
check_assist (Loader *self)
{
  static const PvSetting needed[] = {
    PV_SETTING_ASSIST_BROKER_HOST,
    PV_SETTING_ASSIST_CA_FILE,
    PV_SETTING_ASSIST_CERTIFICATE_FILE,
    PV_SETTING_ASSIST_CLIENT_CERT_FILE,
    PV_SETTING_ASSIST_CLIENT_KEY_FILE,
    PV_SETTING_ASSIST_KEY_FILE,
    PV_SETTING_ASSIST_ROOTS,
  };

  const PvSettingValue *revoked = &self->settings->values[PV_SETTING_ASSIST_REVOKED];

  /* One that is written wrongly would be let in. */
  for (guint i = 0; revoked->list != NULL && revoked->list[i] != NULL; i++)
    if (!pv_carrier_is_id (revoked->list[i])) {
      complain (self, revoked->file, revoked->line, "assist", "revoked",
                "expected numbers as they were said at enrolment, 16 of 0-9 and a-f each");
      break;
    }
  if (self->settings->values[PV_SETTING_ASSIST_ENABLED].number == 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    require (self, needed[i], "is missing, and enabled=true needs it");
}

static void
check_keypad (Loader *self)
{
  PvSetting setting = PV_SETTING_KEYPAD_ENABLED;
  g_autofree char *clash = pv_settings_find_key_clash (self->settings->values, &setting);
  const PvSettingValue *value = &self->settings->values[setting];

  if (clash != NULL)
    complain (self, value->file, value->line, "keypad", pv_setting_rows[setting].key, clash);
}

static void
check_together (Loader *self)
{
  const PvSettingValue *values = self->settings->values;
  const char *mode = values[PV_SETTING_PORTAL_MODE].text;
  const char *url = values[PV_SETTING_PORTAL_URL].text;
  const PvSettingValue *drop_url = &values[PV_SETTING_DOCUMENTS_DROP_URL];

  if (g_strcmp0 (mode, "direct") == 0) {
    require (self, PV_SETTING_PORTAL_ORIGIN, "is missing, and mode=direct needs it");
    require (self, PV_SETTING_PORTAL_ACCESS_KEY_FILE, "is missing, and mode=direct needs it");
    if (drop_url->text != NULL)
      complain (self, drop_url->file, drop_url->line, "documents", "drop-url",
                "needs a relay, and the portal is reached with mode=direct");
  } else if (url != NULL && g_str_has_prefix (url, "https:")) {
    require (self, PV_SETTING_PORTAL_CLIENT_CERT_FILE, "is missing, and mode=relay needs it");
    require (self, PV_SETTING_PORTAL_CLIENT_KEY_FILE, "is missing, and mode=relay needs it");
  }
  check_assist (self);
  check_keypad (self);
  if (values[PV_SETTING_PRINTER_URI].text != NULL && values[PV_SETTING_PRINTER_QUEUE].text != NULL)
    complain (self, values[PV_SETTING_PRINTER_QUEUE].file, values[PV_SETTING_PRINTER_QUEUE].line, "printer", "queue",
              "give either a uri or a queue");
  if (values[PV_SETTING_PRINTER_CERTIFICATE].text != NULL && values[PV_SETTING_PRINTER_URI].text != NULL
      && !g_str_has_prefix (values[PV_SETTING_PRINTER_URI].text, "ipps:"))
    complain (self, values[PV_SETTING_PRINTER_CERTIFICATE].file, values[PV_SETTING_PRINTER_CERTIFICATE].line, "printer",
              "certificate", "needs a uri that begins with ipps:");
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

/* "[group] key = value  # where it stands"; the end of a line within the value as it is written in a file. */
static void
describe_value (GString *text, const char *group, const char *key, const PvSettingValue *value)
{
  g_auto (GStrv) lines = g_strsplit (value->text, "\n", -1);
  g_autofree char *one_line = g_strjoinv ("\\n", lines);

  g_string_append_printf (text, "[%s] %s = %s  # %s\n", group, key, one_line,
                          value->origin != NULL ? value->origin : "default");
}

static char *
describe_procedure (const char *slug, const PvSettingValue *values)
{
  g_autofree char *group = g_strconcat (PROCEDURE_PREFIX, slug, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < PV_N_PROCEDURE_KEYS; i++)
    if (values[i].text != NULL && values[i].origin != NULL)
      describe_value (text, group, pv_procedure_rows[i].key, &values[i]);
  return g_string_free (text, FALSE);
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
check_appointment (Loader *self, const PvProcedureSettings *procedure, const PvSettingValue *values)
{
  g_autofree char *group = g_strconcat (APPOINTMENT_PREFIX, procedure->slug, NULL);
  const PvSettingValue *source = &values[PV_PROCEDURE_KEY_SOURCE];

  if (procedure->title == NULL)
    complain (self, NULL, 0, group, "title", "is missing");
  if (procedure->source == NULL || !is_agenda (procedure->source))
    complain (self, source->file, source->line, group, "source", "expected agenda:AGENDA/TYPE or events:AGENDA");
  if (!are_fields (procedure->fields))
    complain (self, values[PV_PROCEDURE_KEY_FIELDS].file, values[PV_PROCEDURE_KEY_FIELDS].line, group, "fields",
              "expected some of name; phone; email; ants");
}

static void
build_procedures (Loader *self)
{
  GHashTableIter iter;
  gpointer slug, array;

  if (g_hash_table_size (self->named[FAMILY_PROCEDURE]) > PV_SETTINGS_MAX_PROCEDURES)
    complain (self, NULL, 0, NULL, NULL, "too many procedures");
  g_hash_table_iter_init (&iter, self->named[FAMILY_PROCEDURE]);
  while (g_hash_table_iter_next (&iter, &slug, &array)) {
    PvSettingValue *values = &g_array_index ((GArray *) array, PvSettingValue, 0);
    const PvSettingValue *silence = values + PV_PROCEDURE_KEY_SILENCE;
    PvProcedureSettings *procedure;

    fill_defaults (self, pv_procedure_rows, PV_N_PROCEDURE_KEYS, values);
    g_hash_table_insert (self->settings->origins, g_strdup (slug), describe_procedure (slug, values));
    procedure = build_procedure (slug, values);
    procedure->is_appointment = g_hash_table_contains (self->appointments, slug);
    if (procedure->is_appointment)
      check_appointment (self, procedure, values);
    g_hash_table_insert (self->settings->procedures, procedure->slug, procedure);
    /* CRPA R112-11-1: the receipt gives the date on which silence decides. */
    if ((procedure->facts.silence == PV_SILENCE_ACCEPT || procedure->facts.silence == PV_SILENCE_REFUSE)
        && procedure->facts.delay_months == 0 && procedure->facts.delay_days == 0) {
      g_autofree char *group = g_strconcat (PROCEDURE_PREFIX, procedure->slug, NULL);

      complain (self, silence->file, silence->line, group, "silence", "needs delay-months or delay-days");
    }
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
build_handovers (Loader *self)
{
  GHashTableIter iter;
  gpointer slug, array;

  if (g_hash_table_size (self->named[FAMILY_HANDOVER]) > PV_SETTINGS_MAX_PROCEDURES)
    complain (self, NULL, 0, NULL, NULL, "too many handovers");
  g_hash_table_iter_init (&iter, self->named[FAMILY_HANDOVER]);
  while (g_hash_table_iter_next (&iter, &slug, &array)) {
    PvSettingValue *values = &g_array_index ((GArray *) array, PvSettingValue, 0);
    PvHandoverSettings *handover;

    fill_defaults (self, pv_handover_rows, PV_N_HANDOVER_KEYS, values);
    handover = build_handover (slug, values);
    g_hash_table_insert (self->settings->handovers, handover->slug, handover);
  }
}

/* Whatever is right; @error tells what is not. */
static PvSettings *
load (const char *folder, GError **error)
{
  PvSettings *settings = g_new0 (PvSettings, 1);
  g_autoptr (GHashTable) procedures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, values_free);
  g_autoptr (GHashTable) handovers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, values_free);
  g_autoptr (GString) complaints = g_string_new (NULL);
  g_autoptr (GHashTable) appointments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Loader loader = {
    .folder = folder,
    .settings = settings,
    .named = { [FAMILY_PROCEDURE] = procedures, [FAMILY_HANDOVER] = handovers },
    .appointments = appointments,
    .complaints = complaints,
  };

  settings->procedures = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, procedure_settings_free);
  settings->handovers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, handover_settings_free);
  settings->origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  read_folder (&loader, error);
  fill_defaults (&loader, pv_setting_rows, PV_N_SETTINGS, settings->values);
  check_together (&loader);
  build_procedures (&loader);
  build_handovers (&loader);
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
            && kind != PV_SETTING_KIND_TEXTS && kind != PV_SETTING_KIND_LANGUAGES && kind != PV_SETTING_KIND_KEYS
            && kind != PV_SETTING_KIND_DIRECTIONS);
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
  PvSettingKind kind = pv_setting_rows[setting].kind;

  g_assert (settings != NULL
            && (kind == PV_SETTING_KIND_TEXTS || kind == PV_SETTING_KIND_LANGUAGES || kind == PV_SETTING_KIND_KEYS
                || kind == PV_SETTING_KIND_DIRECTIONS));
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
  g_auto (GStrv) slugs = NULL;

  g_return_val_if_fail (settings != NULL, NULL);

  for (guint i = 0; i < PV_N_SETTINGS; i++)
    if (settings->values[i].text != NULL)
      describe_value (text, pv_setting_rows[i].group, pv_setting_rows[i].key, &settings->values[i]);
  slugs = pv_settings_list_procedures (settings);
  for (guint i = 0; slugs[i] != NULL; i++)
    g_string_append (text, g_hash_table_lookup (settings->origins, slugs[i]));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
