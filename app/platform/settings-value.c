/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings-value.c: from the text of a value to the value, or to a sentence that says what it should be. */

#include <stdio.h>
#include <string.h>

#include "core/colour.h"
#include "core/directions.h"
#include "core/handover-field.h"
#include "core/identity-rule.h"
#include "core/keypad.h"
#include "core/language-code.h"
#include "core/opening.h"
#include "platform/bundle.h"
#include "platform/settings-locks.h"
#include "platform/settings-table.h"

enum {
  PLAIN_MAX_BYTES = 1000,     /* of what has no limit of its own */
  LIST_MAX_BYTES = 64 * 1024, /* of all words of a list */
};

void
pv_setting_value_clear (PvSettingValue *value)
{
  g_free (value->text);
  g_strfreev (value->list);
  g_free (value->file);
  g_free (value->origin);
  *value = (PvSettingValue){ 0 };
}

static char *
parse_path (const char *text, const char *folder, PvSettingValue *value)
{
  static const char credentials[] = "$CREDENTIALS_DIRECTORY/";
  static const char here[] = "$SETTINGS_DIRECTORY/";
  const char *directory = g_getenv ("CREDENTIALS_DIRECTORY");

  if (g_str_has_prefix (text, here))
    value->text = g_build_filename (folder, text + strlen (here), NULL);
  else if (g_str_has_prefix (text, credentials) && directory != NULL)
    value->text = g_build_filename (directory, text + strlen (credentials), NULL);
  else if (g_path_is_absolute (text) || g_str_has_prefix (text, credentials))
    value->text = g_strdup (text);
  else
    return g_strdup ("expected a path that begins with /, $CREDENTIALS_DIRECTORY/ or $SETTINGS_DIRECTORY/");
  return NULL;
}

static gboolean
is_here (const char *host)
{
  return g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "localhost") == 0 || g_strcmp0 (host, "::1") == 0;
}

/* An address with a host, and nothing but a path behind it. @schemes: each with a final blank. */
static GUri *
parse_plain_uri (const char *text, const char *schemes)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  g_autofree char *scheme = uri != NULL ? g_strconcat (g_uri_get_scheme (uri), " ", NULL) : NULL;

  if (uri == NULL || strstr (schemes, scheme) == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return NULL;
  return g_steal_pointer (&uri);
}

static char *
parse_url (const char *text, PvSettingValue *value)
{
  g_autoptr (GUri) uri = parse_plain_uri (text, "https http ");

  if (uri == NULL || (strcmp (g_uri_get_scheme (uri), "http") == 0 && !is_here (g_uri_get_host (uri))))
    return g_strdup ("expected an https address without user, ? and # (http only for this machine)");
  value->text = g_strdup (text);
  while (g_str_has_suffix (value->text, "/"))
    value->text[strlen (value->text) - 1] = '\0';
  return NULL;
}

static char *
parse_printer_uri (const char *text, PvSettingValue *value)
{
  g_autoptr (GUri) uri = parse_plain_uri (text, "ipp ipps ");

  if (uri == NULL)
    return g_strdup ("expected an address like ipp://printer.example/ipp/print");
  value->text = g_strdup (text);
  return NULL;
}

static char *
parse_fingerprint (const char *text, PvSettingValue *value)
{
  g_autoptr (GString) digits = g_string_sized_new (64);

  for (const char *at = text; *at != '\0'; at++)
    if (*at != ':')
      g_string_append_c (digits, g_ascii_tolower (*at));
  if (digits->len != 64 || strspn (digits->str, "0123456789abcdef") != 64)
    return g_strdup ("expected the SHA-256 of a public key: 64 hexadecimal digits");
  value->text = g_string_free (g_steal_pointer (&digits), FALSE);
  return NULL;
}

static char *
parse_proxy (const char *text, PvSettingValue *value)
{
  g_autoptr (GUri) uri = parse_plain_uri (text, "http ");

  if (uri == NULL || g_uri_get_port (uri) <= 0 || strlen (g_uri_get_path (uri)) > 1)
    return g_strdup ("expected http://host:port");
  value->text = g_strdup (text);
  return NULL;
}

/* No more than what catches a slip: the form of an address is for the server that knows it. */
static char *
parse_email (const char *text, PvSettingValue *value)
{
  const char *at = strchr (text, '@');

  if (at == NULL || at == text || strchr (at, '.') == NULL || strpbrk (text, " \t,;<>") != NULL
      || strchr (at + 1, '@') != NULL)
    return g_strdup ("expected an e-mail address");
  value->text = g_strdup (text);
  return NULL;
}

static char *
parse_choice (const PvSettingRow *row, const char *text, PvSettingValue *value)
{
  g_auto (GStrv) words = g_strsplit (row->choices, " ", -1);
  g_autofree char *list = g_strjoinv (", ", words);

  if (!g_strv_contains ((const char *const *) words, text))
    return g_strdup_printf ("expected one of: %s", list);
  value->text = g_strdup (text);
  return NULL;
}

static char *
parse_colour (const char *text, PvSettingValue *value)
{
  guint32 rgb = 0;
  double contrast;
  char figure[G_ASCII_DTOSTR_BUF_SIZE];

  if (!pv_colour_parse (text, &rgb))
    return g_strdup ("expected a colour like #1F4FA3");
  contrast = pv_colour_get_contrast (rgb, PV_COLOUR_WHITE);
  if (contrast < PV_COLOUR_MIN_CONTRAST)
    return g_strdup_printf ("too light: the contrast with white is %s, and must be 4.5 or more",
                            g_ascii_formatd (figure, sizeof figure, "%.2f", contrast));
  value->text = g_strdup (text);
  return NULL;
}

static char *
parse_timezone (const char *text, PvSettingValue *value)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (text);

  if (zone == NULL)
    return g_strdup ("expected a time zone like Europe/Paris");
  value->text = g_strdup (text);
  return NULL;
}

static char *
parse_int (const PvSettingRow *row, const char *text, PvSettingValue *value)
{
  gint64 number = 0;

  if (!g_ascii_string_to_signed (text, 10, row->min, row->max, &number, NULL))
    return g_strdup_printf ("expected a whole number from %d to %d", row->min, row->max);
  value->number = (int) number;
  value->text = g_strdup (text);
  return NULL;
}

static char *
parse_hours (const char *text, PvSettingValue *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvOpeningHours) hours = pv_opening_hours_parse (text, &error);

  if (hours == NULL)
    return g_strdup (error->message);
  value->text = g_strdup (text);
  return NULL;
}

static char *
parse_time (const char *text, PvSettingValue *value)
{
  guint hour, minute;
  char end;

  if (strlen (text) != strlen ("HH:MM") || strspn (text, "0123456789:") != strlen (text)
      || sscanf (text, "%2u:%2u%c", &hour, &minute, &end) != 2 || hour > 23 || minute > 59)
    return g_strdup ("expected a time of the day like 04:30");
  value->text = g_strdup (text);
  return NULL;
}

static char *
parse_bool (const char *text, PvSettingValue *value)
{
  if (strcmp (text, "true") != 0 && strcmp (text, "false") != 0)
    return g_strdup ("expected true or false");
  value->number = strcmp (text, "true") == 0;
  value->text = g_strdup (text);
  return NULL;
}

static gboolean
are_identities (char **items)
{
  for (guint i = 0; items[i] != NULL; i++) {
    g_autoptr (PvIdentityRule) rule = pv_identity_rule_parse (items[i]);

    if (rule == NULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
are_fields (char **items)
{
  for (guint i = 0; items[i] != NULL; i++) {
    g_autoptr (PvQuestion) question = pv_handover_field_parse (items[i]);

    if (question == NULL)
      return FALSE;
  }
  return items[0] != NULL;
}

static gboolean
are_keys (char **items)
{
  if (items[0] != NULL && items[1] == NULL && strcmp (items[0], PV_SETTING_NO_KEY) == 0)
    return TRUE;
  for (guint i = 0; items[i] != NULL; i++)
    if (pv_keypad_key_from_name (items[i]) == 0)
      return FALSE;
  return items[0] != NULL;
}

static gboolean
are_directions (char **items)
{
  for (guint i = 0; items[i] != NULL; i++)
    if (!pv_directions_is_valid (items[i]))
      return FALSE;
  return TRUE;
}

gboolean
pv_setting_is_list (const PvSettingRow *row)
{
  return row->kind == PV_SETTING_KIND_TEXTS || row->kind == PV_SETTING_KIND_LANGUAGES
         || row->kind == PV_SETTING_KIND_IDENTITIES || row->kind == PV_SETTING_KIND_FIELDS
         || row->kind == PV_SETTING_KIND_KEYS || row->kind == PV_SETTING_KIND_DIRECTIONS
         || row->kind == PV_SETTING_KIND_DAYS || row->kind == PV_SETTING_KIND_LOCKS
         || row->kind == PV_SETTING_KIND_PUBLIC_KEYS;
}

static gboolean
are_public_keys (char **items)
{
  guint8 key[PV_BUNDLE_KEY_BYTES];

  for (guint i = 0; items[i] != NULL; i++)
    if (!pv_bundle_key_parse (items[i], key))
      return FALSE;
  return TRUE;
}

static char *
parse_commune (const char *text, PvSettingValue *value)
{
  if (!pv_bundle_is_commune (text))
    return g_strdup ("expected the INSEE code of a commune, like 89999 or 2A004");
  value->text = g_strdup (text);
  return NULL;
}

static char **
split_list (const char *text)
{
  g_auto (GStrv) raw = g_strsplit (text != NULL ? text : "", ";", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; raw[i] != NULL; i++)
    if (*g_strstrip (raw[i]) != '\0')
      g_strv_builder_add (builder, raw[i]);
  return g_strv_builder_end (builder);
}

/* @inherited behind one another with @items, whose first one, the mark, is left out; each word once, where it was first. */
static char **
extend_list (char **inherited, char **items)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  char **const lists[] = { inherited, items + 1 };

  for (guint list = 0; list < G_N_ELEMENTS (lists); list++)
    for (guint i = 0; lists[list] != NULL && lists[list][i] != NULL; i++)
      if (g_hash_table_add (seen, lists[list][i]))
        g_strv_builder_add (builder, lists[list][i]);
  return g_strv_builder_end (builder);
}

/* What was locked stays locked. */
static char *
parse_locks (const PvSettingRow *row, char **items, const PvSettingValue *before, PvSettingValue *value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) marked = NULL, all = NULL;

  g_strv_builder_add (builder, PV_SETTING_INHERITED);
  for (guint i = 0; items[i] != NULL; i++) {
    char *complaint = pv_setting_lock_check (items[i]);

    if (complaint != NULL)
      return complaint;
    g_strv_builder_add (builder, items[i]);
  }
  marked = g_strv_builder_end (builder);
  all = extend_list (before->list, marked);
  if (g_strv_length (all) > (guint) row->max)
    return g_strdup_printf ("at most %d words, separated by ;", row->max);
  value->is_extended = TRUE;
  value->text = g_strjoinv (";", all);
  value->list = g_steal_pointer (&all);
  return NULL;
}

/* @before: what was read before */
static char *
parse_list (const PvSettingRow *row, const char *text, const PvSettingValue *before, PvSettingValue *value)
{
  g_auto (GStrv) written = split_list (text), fallback = split_list (row->fallback), items = NULL;

  for (guint i = 1; written[0] != NULL && written[i] != NULL; i++)
    if (g_str_equal (written[i], PV_SETTING_INHERITED))
      return g_strdup ("\"" PV_SETTING_INHERITED "\" is the first word, or none");
  value->is_extended = g_strcmp0 (written[0], PV_SETTING_INHERITED) == 0;
  if (row->kind == PV_SETTING_KIND_LOCKS)
    return parse_locks (row, written + (value->is_extended ? 1 : 0), before, value);
  if (value->is_extended)
    items = extend_list (before->list != NULL ? before->list : fallback, written);
  else
    items = g_steal_pointer (&written);
  if (row->kind == PV_SETTING_KIND_LANGUAGES) {
    gboolean are_codes = items[0] != NULL && g_strv_length (items) <= 20;

    for (guint i = 0; items[i] != NULL; i++)
      are_codes = are_codes && pv_language_is_code (items[i]);
    if (!are_codes)
      return g_strdup ("expected codes of languages like fr;en;");
  } else if (row->kind == PV_SETTING_KIND_IDENTITIES && !are_identities (items)) {
    return g_strdup ("expected questions and what of a document answers them, like demandeur_nom:surname;");
  } else if (row->kind == PV_SETTING_KIND_FIELDS && !are_fields (items)) {
    return g_strdup ("expected questions like Votre nom:identite_nom:text;");
  } else if (row->kind == PV_SETTING_KIND_KEYS && !are_keys (items)) {
    return g_strdup ("expected names of keys like Tab;KP_5;F13;XF86AudioRaiseVolume; that type no letter, or none");
  } else if (row->kind == PV_SETTING_KIND_DIRECTIONS && !are_directions (items)) {
    return g_strdup ("expected places and how to get there, like Hôtel de ville: bus 3, arrêt Mairie;");
  } else if (row->kind == PV_SETTING_KIND_DAYS) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PvOpening) opening = pv_opening_new (NULL, (const char *const *) items, PV_HOLIDAYS_NONE, &error);

    if (opening == NULL)
      return g_strdup_printf ("expected days like 2026-12-25 closed; 2026-12-24 09:00-12:00; %s", error->message);
  } else if (row->kind == PV_SETTING_KIND_PUBLIC_KEYS && !are_public_keys (items)) {
    return g_strdup ("expected public keys as \"parvisctl keygen settings\" writes them: 44 letters of base64 each");
  } else if (g_strv_length (items) > (guint) row->max) {
    return g_strdup_printf ("at most %d words, separated by ;", row->max);
  }
  value->text = value->is_extended ? g_strjoinv (";", items) : g_strdup (text);
  value->list = g_steal_pointer (&items);
  return NULL;
}

static char *
parse_kind (const PvSettingRow *row, const char *text, const char *folder, const PvSettingValue *before,
            PvSettingValue *value)
{
  switch (row->kind) {
  case PV_SETTING_KIND_PATH:
    return parse_path (text, folder, value);
  case PV_SETTING_KIND_URL:
    return parse_url (text, value);
  case PV_SETTING_KIND_PRINTER_URI:
    return parse_printer_uri (text, value);
  case PV_SETTING_KIND_FINGERPRINT:
    return parse_fingerprint (text, value);
  case PV_SETTING_KIND_PROXY:
    return parse_proxy (text, value);
  case PV_SETTING_KIND_EMAIL:
    return parse_email (text, value);
  case PV_SETTING_KIND_CHOICE:
    return parse_choice (row, text, value);
  case PV_SETTING_KIND_COLOUR:
    return parse_colour (text, value);
  case PV_SETTING_KIND_TIMEZONE:
    return parse_timezone (text, value);
  case PV_SETTING_KIND_HOURS:
    return parse_hours (text, value);
  case PV_SETTING_KIND_TIME:
    return parse_time (text, value);
  case PV_SETTING_KIND_INT:
    return parse_int (row, text, value);
  case PV_SETTING_KIND_BOOL:
    return parse_bool (text, value);
  case PV_SETTING_KIND_COMMUNE:
    return parse_commune (text, value);
  case PV_SETTING_KIND_TEXTS:
  case PV_SETTING_KIND_LANGUAGES:
  case PV_SETTING_KIND_IDENTITIES:
  case PV_SETTING_KIND_FIELDS:
  case PV_SETTING_KIND_KEYS:
  case PV_SETTING_KIND_DIRECTIONS:
  case PV_SETTING_KIND_DAYS:
  case PV_SETTING_KIND_LOCKS:
  case PV_SETTING_KIND_PUBLIC_KEYS:
    return parse_list (row, text, before, value);
  case PV_SETTING_KIND_TEXT:
  default:
    value->text = g_strdup (text);
    return NULL;
  }
}

char *
pv_setting_value_parse (const PvSettingRow *row, const char *text, const char *folder, PvSettingValue *value)
{
  gsize max_bytes = row->kind == PV_SETTING_KIND_TEXT ? (gsize) row->max
                    : pv_setting_is_list (row)        ? LIST_MAX_BYTES
                                                      : PLAIN_MAX_BYTES;
  PvSettingValue read = { 0 };
  char *complaint;

  if (*text == '\0')
    return g_strdup ("empty; leave the line out instead");
  if (strlen (text) > max_bytes)
    return g_strdup_printf ("longer than %zu bytes", max_bytes);
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) && *c != '\n')
      return g_strdup ("holds a control character");
  complaint = parse_kind (row, text, folder, value, &read);
  if (complaint == NULL) {
    pv_setting_value_clear (value);
    *value = read;
  }
  return complaint;
}
