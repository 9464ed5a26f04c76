/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* prefill.h: what is sent to the site, and what its answer means. Pure. */
#pragma once

#include "platform/json.h"
#include "portal/portal.h"

/* A complete HTTP answer. */
typedef struct PvDemarcheAnswer {
  guint status;
  const char *body;
  gsize size;
  const char *reset; /* (nullable): header RateLimit-Reset: seconds to wait, or the time in seconds since 1970 */
  gint64 now_us;
} PvDemarcheAnswer;

/* {"champ_...": "..."}: every value as the text that stands in the site's own fields. (transfer full) */
PvJsonWriter *pv_demarche_build_body (const PvSubmission *submission) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_demarche_judge:
 * @base_url: an address elsewhere is not believed
 *
 * Returns: (transfer full): a DRAFT with its address; NULL with PV_PORTAL_ERROR
 */
PvOutcome *pv_demarche_judge (const PvDemarcheAnswer *answer, const char *base_url, const char *ref,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
