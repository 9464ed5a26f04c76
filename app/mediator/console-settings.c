/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/console-settings.h"

#include <gio/gio.h>
#include <sodium.h>
#include <string.h>

#include "assist/certificate.h"
#include "core/opening-hours.h"

enum {
  MAX_FILE_BYTES = 64 * 1024,
  MAX_CERTIFICATE_FILE_BYTES = 4096,
  MAX_TEXT_BYTES = 1024,
  MAX_ROOTS = 16,
  MAX_REVOKED = 64,
  MAX_PORT = 65535,
  MIN_AUDIT_DAYS = 30,
  MAX_AUDIT_DAYS = 3660,
};

static const char group[] = "console";

typedef enum { TEXT, PATH, NUMBER, LIST, HOURS } Kind;

/* One of a list. */
typedef gboolean (*Accept) (const char *text);

typedef struct Key {
  const char *name;
  Kind kind;
  gsize offset;        /* in PvConsoleSettings */
  const char *without; /* (nullable): what counts if it is not there; NULL of a TEXT, NUMBER: required */
  guint least, most;
  Accept accept; /* LIST */
  const char *expected;
} Key;

static gboolean
is_root (const char *text)
{
  g_autofree guchar *bytes = NULL;
  gsize size = 0;

  bytes = g_base64_decode (text, &size);
  return size == PV_CERTIFICATE_KEY_BYTES;
}

/* As it is compared: in small letters. */
static gboolean
is_id (const char *text)
{
  return strlen (text) == 2 * PV_CERTIFICATE_ID_BYTES
         && strspn (text, "0123456789abcdef") == 2 * PV_CERTIFICATE_ID_BYTES;
}

#define OF(field) G_STRUCT_OFFSET (PvConsoleSettings, field)

static const Key keys[] = {
  { "broker-host", TEXT, OF (broker_host), NULL, 0, 0, NULL, NULL },
  { "broker-port", NUMBER, OF (broker_port), "8884", 1, MAX_PORT, NULL, NULL },
  { "ca-file", PATH, OF (ca_file), "brokers.pem", 0, 0, NULL, NULL },
  { "client-cert-file", PATH, OF (client_cert_file), "broker-client.pem", 0, 0, NULL, NULL },
  { "client-key-file", PATH, OF (client_key_file), "broker-client.key", 0, 0, NULL, NULL },
  { "certificate-file", PATH, OF (certificate_file), "assist.cert", 0, 0, NULL, NULL },
  { "key-file", PATH, OF (key_file), "mediator.key", 0, 0, NULL, NULL },
  { "roots", LIST, OF (roots), NULL, 1, MAX_ROOTS, is_root, "expected the text of root.pub, one for each root" },
  { "revoked", LIST, OF (revoked), NULL, 0, MAX_REVOKED, is_id,
    "expected numbers that enrolment said, 16 of 0-9 a-f each" },
  { "activity-file", PATH, OF (activity_file), "activity.csv", 0, 0, NULL, NULL },
  { "audit-file", PATH, OF (audit_file), "audit.log", 0, 0, NULL, NULL },
  { "explanations-file", PATH, OF (explanations_file), "explanations.txt", 0, 0, NULL, NULL },
  { "group", NUMBER, OF (group), "1", 1, 2, NULL, NULL },
  { "hours", HOURS, OF (hours), "", 0, 0, NULL, NULL },
  { "audit-days", NUMBER, OF (audit_days), "365", MIN_AUDIT_DAYS, MAX_AUDIT_DAYS, NULL, NULL },
};

void
pv_console_settings_free (PvConsoleSettings *settings)
{
  if (settings == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    gpointer field = G_STRUCT_MEMBER_P (settings, keys[i].offset);

    if (keys[i].kind == LIST)
      g_strfreev (*(char ***) field);
    else if (keys[i].kind != NUMBER)
      g_free (*(char **) field);
  }
  g_free (settings);
}

static gboolean
bad (const Key *key, const char *why, GError **error)
{
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "[%s] %s: %s", group, key->name, why);
  return FALSE;
}

static gboolean
take_number (const Key *key, const char *text, guint *ret_number, GError **error)
{
  guint64 number = 0;

  if (!g_ascii_string_to_unsigned (text, 10, key->least, key->most, &number, NULL)) {
    g_autofree char *why = g_strdup_printf ("expected a number from %u to %u", key->least, key->most);

    return bad (key, why, error);
  }
  *ret_number = (guint) number;
  return TRUE;
}

static gboolean
take_list (const Key *key, GKeyFile *file, char ***ret_list, GError **error)
{
  g_auto (GStrv) list = g_key_file_get_string_list (file, group, key->name, NULL, NULL);
  guint n = list != NULL ? g_strv_length (list) : 0;

  if (n < key->least || n > key->most)
    return bad (key, n > key->most ? "too many" : key->expected, error);
  for (guint i = 0; i < n; i++)
    if (!key->accept (g_strstrip (list[i])))
      return bad (key, key->expected, error);
  if (n > 0)
    *ret_list = g_steal_pointer (&list);
  return TRUE;
}

static gboolean
take_hours (const Key *key, const char *text, char **ret_text, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (PvOpeningHours) hours = *text != '\0' ? pv_opening_hours_parse (text, &wrong) : NULL;

  if (wrong != NULL)
    return bad (key, wrong->message, error);
  *ret_text = hours != NULL ? g_strdup (text) : NULL;
  return TRUE;
}

/* @text: (nullable): as it stands in the file */
static gboolean
take_text (const Key *key, const char *folder, const char *text, PvConsoleSettings *settings, GError **error)
{
  gpointer field = G_STRUCT_MEMBER_P (settings, key->offset);
  const char *value = text != NULL && *text != '\0' ? text : key->without;

  if (value == NULL)
    return bad (key, "is missing", error);
  if (strlen (value) > MAX_TEXT_BYTES)
    return bad (key, "is too long", error);
  if (key->kind == NUMBER)
    return take_number (key, value, field, error);
  if (key->kind == HOURS)
    return take_hours (key, value, field, error);
  *(char **) field =
    key->kind == PATH && !g_path_is_absolute (value) ? g_build_filename (folder, value, NULL) : g_strdup (value);
  return TRUE;
}

static gboolean
take_keys (GKeyFile *file, const char *folder, PvConsoleSettings *settings, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    const Key *key = &keys[i];
    g_autofree char *text = NULL;

    if (key->kind == LIST) {
      if (!take_list (key, file, (char ***) G_STRUCT_MEMBER_P (settings, key->offset), error))
        return FALSE;
      continue;
    }
    text = g_key_file_get_string (file, group, key->name, NULL);
    if (!take_text (key, folder, text != NULL ? g_strstrip (text) : NULL, settings, error))
      return FALSE;
  }
  return TRUE;
}

/* A key that nobody reads would be a decision that nobody keeps. */
static gboolean
are_known (GKeyFile *file, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  g_auto (GStrv) names = g_key_file_get_keys (file, group, NULL, NULL);

  if (names == NULL || groups[1] != NULL) {
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND, "expected one group, [%s]", group);
    return FALSE;
  }
  for (guint i = 0; names[i] != NULL; i++) {
    gboolean is_known = FALSE;

    for (gsize k = 0; k < G_N_ELEMENTS (keys) && !is_known; k++)
      is_known = strcmp (names[i], keys[k].name) == 0;
    if (!is_known) {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND, "[%s] has no key \"%s\"", group, names[i]);
      return FALSE;
    }
  }
  return TRUE;
}

PvConsoleSettings *
pv_console_settings_read (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *folder = g_path_get_dirname (path), *text = NULL;
  g_autoptr (PvConsoleSettings) settings = g_new0 (PvConsoleSettings, 1);
  gsize size = 0;

  g_key_file_set_list_separator (file, ';');
  if (!g_file_get_contents (path, &text, &size, error))
    return NULL;
  if (size > MAX_FILE_BYTES)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "too large");
  else if (g_key_file_load_from_data (file, text, size, G_KEY_FILE_NONE, error) && are_known (file, error)
           && take_keys (file, folder, settings, error))
    return g_steal_pointer (&settings);
  g_prefix_error (error, "%s: ", path);
  return NULL;
}

GBytes *
pv_console_settings_read_certificate (const PvConsoleSettings *settings, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree guchar *bytes = NULL;
  gsize length = 0, size = 0;

  if (!g_file_get_contents (settings->certificate_file, &text, &length, error))
    return NULL;
  if (length <= MAX_CERTIFICATE_FILE_BYTES)
    bytes = g_base64_decode (text, &size);
  return g_bytes_new (bytes, size);
}
