/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bundle-store.h: bundles in the place of their layers, put there so that who reads sees all of the old one or all of the new.
 *
 *   STORE/platform                  a link to the folder that counts
 *   STORE/platform-17-3f9a0c21      the files of serial 17, and bundle.pvb, out of which they came
 *   STORE/state.ini                 what the last fetching said (bundle-state.h)
 *
 * A folder is written under another name, synced, and named; then the link is turned. A cut at any moment leaves the old link or
 * the new one, and what else is left is removed the next time. The folder that counted before stays until then, for who is
 * reading it. One writer at a time. */
#pragma once

#include "platform/bundle.h"
#include "platform/settings-layers.h"

/* What counts for @layer: (transfer full) (nullable): NULL: nothing, or nothing that can be read. Its form was checked, not who
 * signed it: that was done before it was put there. */
PvBundle *pv_bundle_store_read (const char *store, PvLayer layer) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_bundle_store_stage:
 * @bytes: the bundle of @bundle
 *
 * Writes the folder. It does not count yet.
 *
 * Returns: (transfer full): its name in @store; NULL with PV_BUNDLE_ERROR_DISK
 */
char *pv_bundle_store_stage (const char *store, PvLayer layer, const PvBundle *bundle, GBytes *bytes,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* From now on @name counts for @layer; NULL: nothing does. FALSE with PV_BUNDLE_ERROR_DISK */
gboolean pv_bundle_store_turn (const char *store, PvLayer layer, const char *name, GError **error);
/* Removes the folders of @layer that do not count, save @kept (nullable). */
void pv_bundle_store_tidy (const char *store, PvLayer layer, const char *kept);
/* The name of the folder that counts. (transfer full) (nullable) */
char *pv_bundle_store_get_name (const char *store, PvLayer layer) G_GNUC_WARN_UNUSED_RESULT;
