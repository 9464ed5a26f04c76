/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fleet-view.h: what "parvisctl fleet" makes of what the broker keeps. Pure: messages and the time go in. */
#pragma once

#include "platform/fleet-report.h"

enum {
  PV_FLEET_VIEW_MAX_KIOSKS = 20000, /* what comes of more is left out, and that is said */
  PV_FLEET_JSON_VERSION = 1,
};

/* Each is worse than the one before. */
typedef enum {
  PV_FLEET_VERDICT_WELL,
  PV_FLEET_VERDICT_NOTICE,     /* works, and somebody should know something */
  PV_FLEET_VERDICT_STOPPED,    /* said goodbye: switched off */
  PV_FLEET_VERDICT_WRONG,      /* something is to be done there */
  PV_FLEET_VERDICT_UNREADABLE, /* of a later release, or nonsense */
  PV_FLEET_VERDICT_SILENT,     /* connected when last heard, and not heard for PV_KIOSK_SILENT_S */
  PV_FLEET_VERDICT_GONE,       /* cut off without a goodbye */
  PV_N_FLEET_VERDICTS
} PvFleetVerdict;

typedef struct PvFleetView PvFleetView;

PvFleetView *pv_fleet_view_new (void) G_GNUC_WARN_UNUSED_RESULT;
void pv_fleet_view_free (PvFleetView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvFleetView, pv_fleet_view_free)

/* One message; a later one of the same topic takes the place of the first. */
void pv_fleet_view_take (PvFleetView *view, const char *topic, GBytes *payload);
guint pv_fleet_view_get_n_kiosks (const PvFleetView *view);

/* @kiosks: (nullable): only these. @status: of the command: 0: nothing is wrong; 1: something is. (transfer full) */
char *pv_fleet_view_to_text (const PvFleetView *view, const char *const *kiosks, gboolean with_usage, gint64 now_s,
                             int *ret_status) G_GNUC_WARN_UNUSED_RESULT;
/* As pv_fleet_metrics_to_text(): for a node_exporter that reads a file on the platform's computer. Kiosks without a report are left
 * out. (transfer full) */
char *pv_fleet_view_to_metrics (const PvFleetView *view, const char *const *kiosks, gint64 now_s,
                                int *ret_status) G_GNUC_WARN_UNUSED_RESULT;
/* README.md, "What fleet writes for a program". (transfer full) */
char *pv_fleet_view_to_json (const PvFleetView *view, const char *const *kiosks, gboolean with_usage, gint64 now_s,
                             int *ret_status) G_GNUC_WARN_UNUSED_RESULT;
