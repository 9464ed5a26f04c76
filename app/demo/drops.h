/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* drops.h: the relay's places for documents of phones, in memory: opened by a kiosk, put once, taken once, gone ten minutes
 * after they were opened. Answers are HTTP statuses, as in kiosk-config/relay/README.md. Pure: the time is an argument.
 */
#pragma once

#include <glib.h>

enum {
  PV_DEMO_DROP_SECONDS = 600,
  PV_DEMO_DROP_MAX_PLACES = 50,
  PV_DEMO_DROP_MIN_BYTES = 12 + 64 * 1024 + 16,
  PV_DEMO_DROP_MAX_BYTES = 12 + 16 * 1024 * 1024 + 64 * 1024 + 16,
};

typedef struct PvDemoDrops PvDemoDrops;

PvDemoDrops *pv_demo_drops_new (void) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_drops_free (PvDemoDrops *drops);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoDrops, pv_demo_drops_free)

/* 201; 404: not an id; 409: there is one; 503: no room. */
guint pv_demo_drops_open (PvDemoDrops *drops, const char *id, gint64 now_us);
/* As a phone asks before it puts. 204: free; 404: no such place; 409: used already. */
guint pv_demo_drops_look (PvDemoDrops *drops, const char *id, gint64 now_us);
/* 204; 400: too small; 404: no such place; 409: used already; 413: too large. @sealed is referenced. */
guint pv_demo_drops_put (PvDemoDrops *drops, const char *id, GBytes *sealed, gint64 now_us);
/* 200 with @ret_sealed (transfer full); 204: nothing yet; 404: no such place, or taken already. */
guint pv_demo_drops_take (PvDemoDrops *drops, const char *id, gint64 now_us, GBytes **ret_sealed);
/* Those that are not over yet. */
guint pv_demo_drops_count (PvDemoDrops *drops, gint64 now_us);
