/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings-table.h: which settings there are. Private to settings*.c. */
#pragma once

#include "platform/settings.h"

/* First item of a list: what the files before this one said, or the default. */
#define PV_SETTING_INHERITED "..."

#define PV_SETTING_NO_KEY "none"

typedef enum {
  PV_SETTING_KIND_TEXT, /* max: bytes */
  PV_SETTING_KIND_PATH,
  PV_SETTING_KIND_URL,         /* https, or http on this machine */
  PV_SETTING_KIND_PRINTER_URI, /* ipp or ipps */
  PV_SETTING_KIND_FINGERPRINT, /* SHA-256: 64 hexadecimal digits, as openssl(1) writes them too: in pairs with colons */
  PV_SETTING_KIND_PROXY,       /* http://host:port */
  PV_SETTING_KIND_EMAIL,
  PV_SETTING_KIND_CHOICE,
  PV_SETTING_KIND_COLOUR, /* readable on white */
  PV_SETTING_KIND_TIMEZONE,
  PV_SETTING_KIND_HOURS, /* see core/opening-hours.h */
  PV_SETTING_KIND_TIME,  /* "HH:MM" */
  PV_SETTING_KIND_INT,   /* min..max */
  PV_SETTING_KIND_BOOL,
  PV_SETTING_KIND_TEXTS, /* max: items */
  PV_SETTING_KIND_LANGUAGES,
  PV_SETTING_KIND_IDENTITIES,  /* see core/identity-rule.h */
  PV_SETTING_KIND_FIELDS,      /* see core/handover-field.h */
  PV_SETTING_KIND_KEYS,        /* see core/keypad.h; or PV_SETTING_NO_KEY alone */
  PV_SETTING_KIND_DIRECTIONS,  /* see core/directions.h */
  PV_SETTING_KIND_DAYS,        /* see core/opening.h */
  PV_SETTING_KIND_LOCKS,       /* see settings-locks.h; adds up */
  PV_SETTING_KIND_PUBLIC_KEYS, /* Ed25519, base64 */
  PV_SETTING_KIND_COMMUNE,     /* INSEE code */
} PvSettingKind;

typedef struct {
  const char *group;
  const char *key;
  PvSettingKind kind;
  int min, max;
  const char *choices;  /* separated by blanks */
  const char *fallback; /* NULL: none; written as in a file */
  gboolean is_required;
  gboolean is_local; /* never taken from a bundle; see pv_setting_is_local() */
  const char *says;  /* a sentence for administrators: what it is */
} PvSettingRow;

/* Keys of [procedure SLUG] and of [appointment SLUG]. */
typedef enum {
  PV_PROCEDURE_KEY_ADDRESS,
  PV_PROCEDURE_KEY_ALLOW_DECLINE,
  PV_PROCEDURE_KEY_APPEAL,
  PV_PROCEDURE_KEY_BRING,
  PV_PROCEDURE_KEY_CATEGORY,
  PV_PROCEDURE_KEY_COST,
  PV_PROCEDURE_KEY_DELAY_DAYS,
  PV_PROCEDURE_KEY_DELAY_MONTHS,
  PV_PROCEDURE_KEY_DOCUMENTS_LATER,
  PV_PROCEDURE_KEY_DURATION_MINUTES,
  PV_PROCEDURE_KEY_EMAIL,
  PV_PROCEDURE_KEY_FIELDS, /* appointment only */
  PV_PROCEDURE_KEY_IDENTITY,
  PV_PROCEDURE_KEY_KEYWORDS,
  PV_PROCEDURE_KEY_PHONE,
  PV_PROCEDURE_KEY_PLACE,
  PV_PROCEDURE_KEY_SERVICE,
  PV_PROCEDURE_KEY_SILENCE,
  PV_PROCEDURE_KEY_SOURCE, /* appointment only */
  PV_PROCEDURE_KEY_TITLE,  /* likewise */
  PV_N_PROCEDURE_KEYS
} PvProcedureKey;

/* Keys of [handover SLUG]. */
typedef enum {
  PV_HANDOVER_KEY_BRING,
  PV_HANDOVER_KEY_CATEGORY,
  PV_HANDOVER_KEY_COST,
  PV_HANDOVER_KEY_DEMARCHE,
  PV_HANDOVER_KEY_DESCRIPTION,
  PV_HANDOVER_KEY_DURATION_MINUTES,
  PV_HANDOVER_KEY_FIELDS,
  PV_HANDOVER_KEY_KEYWORDS,
  PV_HANDOVER_KEY_PATH,
  PV_HANDOVER_KEY_TITLE,
  PV_HANDOVER_KEY_URL,
  PV_N_HANDOVER_KEYS
} PvHandoverKey;

extern const PvSettingRow pv_setting_rows[PV_N_SETTINGS];
extern const PvSettingRow pv_procedure_rows[PV_N_PROCEDURE_KEYS];
extern const PvSettingRow pv_handover_rows[PV_N_HANDOVER_KEYS];

/* Whether no bundle may say it. */
gboolean pv_setting_is_local (const PvSettingRow *row);
/* Whether its values are lists. */
gboolean pv_setting_is_list (const PvSettingRow *row);

/* One value as it was read. Zero-initialized: unset. */
typedef struct {
  char *text;           /* owned */
  char **list;          /* owned; of the kinds that are lists */
  int number;           /* INT and BOOL */
  char *file;           /* owned; NULL: the default; with its layer, where there are layers: "commune/50.conf" */
  guint line;           /* of the file */
  char *origin;         /* owned; NULL: the default: "10-platform.conf:12, 50-commune.conf:3" */
  gboolean is_extended; /* a list that began with PV_SETTING_INHERITED */
} PvSettingValue;

void pv_setting_value_clear (PvSettingValue *value);

/* Reads @text as a value of @row; *value holds what was read before it, which a list may extend. Returns: NULL, and *value is filled, or what is wrong with it. (transfer full) */
char *pv_setting_value_parse (const PvSettingRow *row, const char *text, const char *folder,
                              PvSettingValue *value) G_GNUC_WARN_UNUSED_RESULT;

/* The keys of the pad (settings-keypad.c): the first of @values (PV_N_SETTINGS) that has the key of another meaning. Returns:
 * NULL, or what is wrong. (transfer full) */
char *pv_settings_find_key_clash (const PvSettingValue *values, PvSetting *ret_setting) G_GNUC_WARN_UNUSED_RESULT;

/* Where in a key file things stand; private to settings*.c. (transfer full) */
GHashTable *pv_settings_number_lines (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* The line, from 1, of @key in @group, or of the group itself if @key is NULL; 0: not found. */
guint pv_settings_find_line (GHashTable *places, const char *group, const char *key);
/* The first line that is neither a group, nor a key of one, nor a comment; 0: none. */
guint pv_settings_find_bad_line (const char *text);
