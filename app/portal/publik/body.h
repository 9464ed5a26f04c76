/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* body.h: a filing in the words of the submit call of w.c.s.
 *
 * The identifiers of the questions are this driver's own (schema.h makes them, this file reads them):
 *
 *     [BLOCK ":"] ["#"] FIELD
 *
 * FIELD is the field's id at the portal; BLOCK, for a question inside a block, the block's; "#" says that the field's
 * varname is not unique in its form, so that its value travels by id.
 */
#pragma once

#include "core/submission.h"
#include "platform/json.h"

enum { PV_PUBLIK_MAX_COMMENT_BYTES = 2000 };

/* The part of a question's id that the portal knows. Borrowed from @id. */
const char *pv_publik_field_id (const char *id);
gboolean pv_publik_is_sent_by_id (const char *id);

/**
 * pv_publik_build_body:
 *
 * Values by varname, or by id under "_unnamed" for fields without a unique one. Options travel as their id: w.c.s. then
 * finds label and further attributes itself, and only then all of them (publik-api, 2.6). What was declined or has no
 * value is left out. The note goes to the agents as `context.comments`.
 *
 * Returns: (transfer full): the finished document, wiped when freed; NULL with PV_PORTAL_ERROR_DENIED if the portal has
 * no form for it (two files in one field)
 */
PvJsonWriter *pv_publik_build_body (const PvSubmission *submission, GError **error) G_GNUC_WARN_UNUSED_RESULT;
