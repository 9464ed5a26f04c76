/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* schema-fixture.h: forms as a portal describes them, read for a test. */
#pragma once

#include "core/procedure.h"

/* @sources: (nullable): as for pv_publik_read_schema(). Fails the test if nothing can be read. (transfer full) */
PvProcedure *schema_read_text (const char *text, GHashTable *sources);
/* A form of a single page with @fields, and a question that never fails; likewise. */
PvProcedure *schema_read_fields (const char *fields, GHashTable *sources);
/* Fails the test if there is none. (transfer none) */
const PvQuestion *schema_get_question (const PvProcedure *procedure, const char *id);
/* @about: what is printed when it fails */
void schema_assert_fillable (const PvProcedure *procedure, gboolean is_fillable, const char *about);
