/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* answer.h: reading the positive answers about one filing. Pure. */
#pragma once

#include "platform/json.h"
#include "portal/portal.h"

enum {
  PV_PUBLIK_MAX_CODE_BYTES = 64,
  PV_PUBLIK_MAX_NUMBER_BYTES = 64,
  PV_PUBLIK_MAX_URL_BYTES = 2048,
  PV_PUBLIK_MAX_STATUS_BYTES = 300,
  PV_PUBLIK_MAX_FOUND_ROWS = 5,
};

/**
 * pv_publik_read_outcome:
 * @json: the positive answer to the submit call
 * @portal_url: the portal's own address, for people; without a final "/"
 *
 * Returns: (transfer full): NULL with AMBIGUOUS if the answer has no number
 */
PvOutcome *pv_publik_read_outcome (const PvJson *json, const PvSubmission *submission, const char *portal_url,
                                   gint64 received_us, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_publik_read_found_rows:
 * @json: answer of /api/forms/SLUG/list, filtered by the reference, with its fields
 * @ref_field: varname or field id
 *
 * Each row is compared once more: if the portal ignored the filter, absence is not proven (BAD_ANSWER).
 */
PvFound *pv_publik_read_found_rows (const PvJson *json, const char *ref_field, const char *ref,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Answers of the relay's own calls, see app/portal/README.md. */
PvFound *pv_publik_read_found (const PvJson *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;
PvFollowed *pv_publik_read_followed (const PvJson *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;
