/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* options.h: where the options of a question come from, and reading them.
 *
 * A PvQuestion.option_source of this driver is one of
 *
 *     cards:SLUG  cards:SLUG/VIEW       cards of w.c.s.
 *     agenda:AGENDA/TYPE                free slots of a type of meeting, Chrono
 *     events:AGENDA                     events of an agenda, Chrono
 */
#pragma once

#include "core/procedure.h"
#include "platform/json.h"

/* Path of the call for @source, "/api/..."; NULL if it is not a source. (transfer full) (nullable) */
char *pv_publik_make_option_path (const char *source) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_publik_read_options:
 * @json: a list, or an object with the list under "data", of objects with id and text; further members of one value
 *   become attributes
 *
 * Returns: (transfer full) (element-type PvOption): NULL with PV_PORTAL_ERROR_BAD_ANSWER
 */
GPtrArray *pv_publik_read_options (const PvJson *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;
