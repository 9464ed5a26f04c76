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

/* A text of the commune.  (transfer full) */
char *pv_demo_pages_dup_word (PvDemoPages *self, const char *key) G_GNUC_WARN_UNUSED_RESULT;
/* A page around @content, titled by a text of the commune.  (transfer full) */
PvDemoReply *pv_demo_pages_make (PvDemoPages *self, const char *title_key,
                                 const GString *content) G_GNUC_WARN_UNUSED_RESULT;
/* Whether "/" leads to the page of cards, to that of printers. */
void pv_demo_pages_set_has_cards (PvDemoPages *self, gboolean has_cards);
void pv_demo_pages_set_has_printers (PvDemoPages *self, gboolean has_printers);
