/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* values.h: what w.c.s. makes of the values that it is sent.
 *
 * It checks nothing: unknown names are dropped, values are turned into the type of their field, and what cannot be
 * becomes null without a word.  A client that sends nonsense gets "filed" for an answer.
 */
#pragma once

#include "demo/site.h"

/**
 * pv_demo_values_keep:
 * @data: the object that was sent; keys are varnames or field ids, and ids below "_unnamed"
 *
 * Returns: (transfer full): JSON text of an object by varname; fields without one are by id below "_unnamed".  The id
 * of an option is kept as VARNAME_raw beside its label
 */
char *pv_demo_values_keep (const PvDemoSite *site, const PvJson *form, const PvJson *data,
                           gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;
