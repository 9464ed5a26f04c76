/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* cache.h: what the portal offers, also while it cannot be reached.
 *
 * The catalogue, every procedure of it and the options that do not change by the minute, on the disk and completed by
 * the settings of the commune. Nothing of a citizen. Screens ask the cache and do not wait for a network. Main thread.
 */
#pragma once

#include "link/disk.h"
#include "platform/settings.h"
#include "portal/portal.h"

enum {
  PV_CACHE_MAX_FILE_BYTES = 8 * 1024 * 1024,
  PV_CACHE_OPTIONS_WAIT_MS = 6000, /* a citizen is waiting, and a session 8 s at most; then the kept ones, if any */
  PV_CACHE_OPTIONS_HOURS = 24,     /* options that were kept longer are not shown */
};

typedef struct PvCacheHooks {
  /* What a call saw of the portal. */
  void (*reachable) (gboolean is_reachable, gpointer data);
  gpointer data;
} PvCacheHooks;

typedef struct PvCache PvCache;

/* All borrowed but @folder; reads what the disk has. NULL with G_IO_ERROR if the folder cannot be used. */
PvCache *pv_cache_new (const char *folder, PvDisk *disk, PvPortal *portal, const PvSettings *settings,
                       const PvCacheHooks *hooks, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Calls under way are cancelled; their callbacks still come. */
void pv_cache_free (PvCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvCache, pv_cache_free)

/* Never NULL; empty if there never was a portal. (transfer none) */
PvCatalogue *pv_cache_get_catalogue (PvCache *cache);

/**
 * pv_cache_refresh_async:
 *
 * Asks for the catalogue and, one after the other, for each procedure. Only one at a time: a second call joins in.
 */
void pv_cache_refresh_async (PvCache *cache, GAsyncReadyCallback callback, gpointer user_data);
/* Whether the catalogue could be had. */
gboolean pv_cache_refresh_finish (PvCache *cache, GAsyncResult *result, GError **error);

/* The one that is kept, at once; else it is asked for. Errors: PV_PORTAL_ERROR. */
void pv_cache_get_procedure_async (PvCache *cache, const char *slug, GAsyncReadyCallback callback, gpointer user_data);
PvProcedure *pv_cache_get_procedure_finish (PvCache *cache, GAsyncResult *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Fresh ones if the portal answers soon; else those that are kept, but never of times and places that may be taken. */
void pv_cache_get_options_async (PvCache *cache, const char *slug, const char *question, GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *pv_cache_get_options_finish (PvCache *cache, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
