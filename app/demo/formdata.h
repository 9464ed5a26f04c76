/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* formdata.h: one filing, from what was sent to what is read. */
#pragma once

#include "demo/site.h"

/* Whether a field of the form, blocks aside, has that varname. */
gboolean pv_demo_form_has_varname (const PvJson *form, const char *varname);

/**
 * pv_demo_formdata_new:
 * @payload: the body of the submit call; its "data" is an object
 *
 * Returns: (transfer full): to be stored
 */
PvDemoFiling *pv_demo_formdata_new (const PvDemoSite *site, const PvJson *form, const PvJson *payload,
                                    gboolean is_draft, gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;

/* What of a filing is told besides its number and dates. */
typedef enum PvDemoFormdataParts {
  PV_DEMO_FORMDATA_FIELDS = 1 << 0,
  PV_DEMO_FORMDATA_WORKFLOW = 1 << 1, /* where it stands, and since when */
  PV_DEMO_FORMDATA_COMMENTS = 1 << 2, /* what an agent wrote on the way */
} PvDemoFormdataParts;

/* The object that /api/forms/ answers, as one more item of @writer or as its document. */
void pv_demo_formdata_write (PvJsonWriter *writer, const PvDemoFiling *filing, const PvJson *form,
                             PvDemoFormdataParts parts);

/* What the relay answers to "follow": no address, no id.  (transfer full) */
char *pv_demo_formdata_dup_followed (const PvDemoFiling *filing, const PvJson *form) G_GNUC_WARN_UNUSED_RESULT;
