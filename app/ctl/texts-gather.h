/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* texts-gather.h: what the portal says, from the portal itself or from schemas in a folder, and from the settings. */
#pragma once

#include "core/texts-list.h"
#include "platform/settings.h"

enum { PV_TEXTS_MAX_SCHEMAS = 500 }; /* of a folder */

/**
 * pv_texts_gather:
 * @schemas: (nullable): folder of SLUG.json, each as /api/formdefs/SLUG/schema answers; NULL: the portal is asked
 *
 * Blocks until every form was read; the driver ends each call in time.
 *
 * Returns: (transfer full) (element-type PvPortalText): NULL after having said what is wrong
 */
GPtrArray *pv_texts_gather (const PvSettings *settings, const char *schemas) G_GNUC_WARN_UNUSED_RESULT;
