/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* schema-reader.h: what the files that read a schema share. Only for them. */
#pragma once

#include "portal/publik/schema.h"

typedef struct PvPublikReader {
  PvProcedure *procedure;
  const char *slug;
  GHashTable *sources; /* (nullable) */
  GHashTable *types;   /* varname -> type of its first field */
  GHashTable *shared;  /* set: varnames of more than one field */
  GHashTable *ids;     /* set: ids of the questions so far */
  GPtrArray *faults;   /* (element-type PvPortalFault): every refusal */
  guint n_questions;
} PvPublikReader;

/* Marks the procedure as beyond the kiosk; its own reason is the first, the faults have all. @field: (nullable): names
 * itself in it. @beyond: the same for the citizen; without it, something in the questions. */
void pv_publik_refuse (PvPublikReader *reader, const PvJson *field, const char *reason);
void pv_publik_refuse_for (PvPublikReader *reader, PvBeyond beyond, const PvJson *field, const char *reason);
/* The same, for options whose data source @type is mapped nowhere. */
void pv_publik_refuse_source (PvPublikReader *reader, const PvJson *field, const char *type);

/* Member as text; NULL if absent, null, empty, no scalar, or over the limit. (transfer full) */
char *pv_publik_read_text (const PvJson *object, const char *key, gsize max_bytes);
/* Member as plain text, without HTML. (transfer full) (nullable) */
char *pv_publik_read_plain (const PvJson *object, const char *key);
/* TRUE for true, "true" and "on". */
gboolean pv_publik_read_flag (const PvJson *object, const char *key, gboolean when_absent);
/* Digits, as number or text. FALSE and 0 if absent or a template. */
gboolean pv_publik_read_count (const PvJson *object, const char *key, guint max, guint *ret_count);
/* Whether the portal would fill something in. */
gboolean pv_publik_is_template (const char *text);

/* {"type": "django", "value": ...} of @key; NULL if there is none, or if it was refused. (transfer full) (nullable) */
PvExpression *pv_publik_read_condition (PvPublikReader *reader, const PvJson *object, const char *key);
/* NULL if it was refused. (transfer full) (nullable) */
PvExpression *pv_publik_parse_expression (PvPublikReader *reader, const PvJson *field, const char *text);

/* NULL: nothing to ask (left out, or refused). @block: (nullable): field id of the block around it. */
PvQuestion *pv_publik_read_field (PvPublikReader *reader, const PvJson *field, const char *block);

/* schema-text.c: what bounds a text, a number, a date, a file. */
void pv_publik_read_string (PvPublikReader *reader, const PvJson *field, PvQuestion *question);
void pv_publik_read_number (PvPublikReader *reader, const PvJson *field, PvQuestion *question);
void pv_publik_read_date (PvPublikReader *reader, const PvJson *field, PvQuestion *question);
void pv_publik_read_file (PvPublikReader *reader, const PvJson *field, PvQuestion *question);

/* schema-options.c */
void pv_publik_read_choice (PvPublikReader *reader, const PvJson *field, PvQuestion *question);

/* schema-tables.c */
gboolean pv_publik_is_table (const char *type);
/* Columns and rows of @table. Returns: NULL, or why the kiosk cannot ask it. (transfer none) */
const char *pv_publik_read_table (const PvJson *field, const char *type, PvQuestion *table);

/* schema-groups.c: neighbours of a page (element-type PvQuestion) that belong on one screen. Before it, group_title
 * holds for each question the title above it. */
void pv_publik_group_questions (GPtrArray *questions);
