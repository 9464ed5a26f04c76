/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* list.h: from the list of forms to a catalogue. Pure. */
#pragma once

#include "core/catalogue.h"
#include "platform/json.h"

enum { PV_PUBLIK_MAX_KEYWORDS = 40 }; /* of one form */

/**
 * pv_publik_read_list:
 * @json: /api/formdefs/, wrapped in "data" or bare
 * @categories: (nullable) (element-type utf8 utf8): slug of a category at the portal, to a life event of Parvis; a
 *   category that is not in it keeps its own slug
 *
 * Forms of which a person fills in nothing here (a link elsewhere, a login) are PV_FILLABLE_ON_PHONE. An entry without
 * a usable slug or title is left out.
 *
 * Returns: (transfer full): NULL with PV_PORTAL_ERROR_BAD_ANSWER
 */
PvCatalogue *pv_publik_read_list (const PvJson *json, GHashTable *categories, gint64 fetched_us,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
