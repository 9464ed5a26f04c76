/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* composite.h: the commune's portal, and beside it portals that have some procedures of their own.
 *
 * What is about a procedure goes to the one that has it; everything else goes to the commune's. A new operation of
 * portal.h is to be passed on here as well.
 */
#pragma once

#include "portal/portal.h"

#define PV_TYPE_COMPOSITE (pv_composite_get_type ())
G_DECLARE_FINAL_TYPE (PvComposite, pv_composite, PV, COMPOSITE, GObject)

/* @portal: referenced */
PvComposite *pv_composite_new (PvPortal *portal) G_GNUC_WARN_UNUSED_RESULT;
/* @portal: referenced; it has these, even where the commune's has one of the same name: the settings say so. */
void pv_composite_add (PvComposite *self, PvPortal *portal, const char *const *slugs);
