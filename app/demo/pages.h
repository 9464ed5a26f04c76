/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pages.h: what people see of the demo portal: what was filed, read-only, and where its QR codes lead. */
#pragma once

#include "demo/api.h"

typedef struct PvDemoPages PvDemoPages;

/* @folder: holds page.html.  @portal outlives the pages. */
PvDemoPages *pv_demo_pages_new (const char *folder, PvDemoPortal *portal, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_pages_free (PvDemoPages *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoPages, pv_demo_pages_free)

/* "/": all filings; "/SLUG/ID/": one.  For the control port: it shows to whoever asks.  (transfer full) */
PvDemoReply *pv_demo_pages_answer_filed (PvDemoPages *self, const char *path) G_GNUC_WARN_UNUSED_RESULT;
/* The pages of the portal itself: home, "/CATEGORY/SLUG/", "/code/CODE/load".  (transfer full) */
PvDemoReply *pv_demo_pages_answer_portal (PvDemoPages *self, const char *path) G_GNUC_WARN_UNUSED_RESULT;
