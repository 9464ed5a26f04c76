/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings-loader.h: what is known while the settings are read, and what is kept of it. Private to settings*.c.
 *
 * settings-read.c reads layers and files, settings-forms.c makes the groups of procedures, settings-together.c says what no
 * single value shows. */
#pragma once

#include "platform/settings-locks.h"
#include "platform/settings-table.h"

#define PV_PROCEDURE_PREFIX   "procedure "
#define PV_APPOINTMENT_PREFIX "appointment "
#define PV_HANDOVER_PREFIX    "handover "

/* One line of one file, also one that does not count. */
typedef struct {
  PvLayer layer;
  char *place;   /* as PvSettingValue.origin */
  char *written; /* the text of the line */
  char *
    in_force; /* (nullable): what was in force after it; of a list all of it. NULL: the line does not count, see complaint */
  char *complaint; /* (nullable) */
} PvSettingVoice;

struct PvSettings {
  PvSettingValue values[PV_N_SETTINGS];
  GHashTable *procedures; /* owned: slug -> PvProcedureSettings */
  GHashTable *handovers;  /* owned: slug -> PvHandoverSettings */
  GHashTable *origins;    /* owned: group -> lines of what is told of it, for administrators */
  GHashTable *voices;     /* owned: pv_setting_voice_name() -> GPtrArray of PvSettingVoice, the first read first */
  GPtrArray *locks;       /* owned: see settings-locks.h */
};

/* Groups with a name of their own each. */
typedef enum {
  PV_FAMILY_PROCEDURE,
  PV_FAMILY_HANDOVER,
  PV_N_FAMILIES,
  PV_FAMILY_NONE = PV_N_FAMILIES
} PvSettingsFamily;

typedef struct {
  const char *config;               /* what the program was given */
  const char *folder;               /* that is being read */
  PvLayer layer;                    /* likewise */
  gboolean has_layers;              /* names of files begin with their layer */
  PvSettings *settings;             /* owned by the caller */
  GHashTable *named[PV_N_FAMILIES]; /* slug -> array of PvSettingValue, one for each key */
  GHashTable *appointments;         /* set of those of the procedures that are appointments */
  GString *complaints;
  guint n_complaints;
} PvSettingsLoader;

/* @file, @group and @key: nullable; @line: 0: none */
void pv_settings_complain (PvSettingsLoader *self, const char *file, guint line, const char *group, const char *key,
                           const char *what);
/* All files of all layers; what can be read is read, whatever the error. */
void pv_settings_read_layers (PvSettingsLoader *self, GError **error);
/* The default too passes through the parser, so that a wrong one is found by the first test. */
void pv_settings_fill_defaults (PvSettingsLoader *self, const PvSettingRow *rows, guint n_rows, PvSettingValue *values);
/* What no single value shows. */
void pv_settings_check_together (PvSettingsLoader *self);
/* [procedure], [appointment] and [handover]. */
void pv_settings_build_forms (PvSettingsLoader *self);
void pv_procedure_settings_free (gpointer data);
void pv_handover_settings_free (gpointer data);

/* "[group] key = value  # where it stands", for pv_settings_describe(). */
void pv_settings_describe_value (const PvSettings *settings, GString *text, const char *group, const char *key,
                                 const PvSettingValue *value);
/* @text, on one line, as it would be written in a file. (transfer full) */
char *pv_setting_to_one_line (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* The row of a key of a group as it stands in a file; NULL: there is none. */
const PvSettingRow *pv_settings_find_row (const char *group, const char *key);
/* What a group with a name of its own may be called. */
gboolean pv_setting_is_slug (const char *text);
/* For PvSettingsLoader.named. (transfer full) */
GHashTable *pv_settings_named_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full) */
char *pv_setting_voice_name (const char *group, const char *key) G_GNUC_WARN_UNUSED_RESULT;
GHashTable *pv_setting_voices_new (void) G_GNUC_WARN_UNUSED_RESULT;
