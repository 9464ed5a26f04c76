/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* schema.h: from the schema of a w.c.s. form to a procedure.
 *
 * Whatever the kiosk cannot ask exactly as the web form would makes the procedure PV_FILLABLE_ON_PHONE, with the first
 * reason; nothing is guessed. An optional field of a type that the kiosk lacks is left out, as a person may leave it
 * empty. Pure: no input or output, no clock.
 */
#pragma once

#include "core/procedure.h"
#include "platform/json.h"
#include "portal/portal.h"

enum {
  PV_PUBLIK_MAX_FIELDS = 1000, /* pages, titles and comments included */
  PV_PUBLIK_MAX_ID_BYTES = 64,
  PV_PUBLIK_MAX_NAME_BYTES = 200,
  PV_PUBLIK_MAX_SLUG_BYTES = 128,
  PV_PUBLIK_MAX_BLOCK_FIELDS = 60,
  PV_PUBLIK_MAX_POST_CONDITIONS = 20,
  PV_PUBLIK_MAX_SOURCE_BYTES = 512 * 1024, /* one inline data source */
  PV_PUBLIK_MAX_ATTRIBUTES = 20,           /* of one option */
  PV_PUBLIK_MAX_COLUMNS = 8,               /* of a table */
  PV_PUBLIK_MAX_GROUP = 4,                 /* fields above a keyboard on the smallest screen */
};

/* The field that carries the kiosk reference. */
#define PV_PUBLIK_REF_NAME "parvis_ref"

/**
 * pv_publik_read_schema:
 * @schema: /api/formdefs/SLUG/schema?include-id=true
 * @sources: (nullable) (element-type utf8 utf8): where the options of a data source are that the schema only names:
 *   "SLUG/FIELD" (varname or id) or the name of the source, to a PvQuestion.option_source (see options.h)
 *
 * Returns: (transfer full): NULL with PV_PORTAL_ERROR_BAD_ANSWER (not a schema, or over a limit) or _GONE (closed)
 */
PvProcedure *pv_publik_read_schema (const PvJson *schema, const char *slug, GHashTable *sources,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_publik_survey_schema:
 *
 * As pv_publik_read_schema(), for an administrator: with every reason against the form, and all of its pages.
 *
 * Returns: (transfer full): NULL with the same errors
 */
PvPortalSurvey *pv_publik_survey_schema (const PvJson *schema, const char *slug, GHashTable *sources,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Letters, digits, hyphens and underscores: what may stand in an address. */
gboolean pv_publik_is_slug (const char *text);
