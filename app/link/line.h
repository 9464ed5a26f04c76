/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* line.h: a line to a service that is kept up.
 *
 * Connects, reads the properties, and connects again whenever the line is down, for as long as it lives. Main thread;
 * no callback comes after pv_line_free().
 */
#pragma once

#include <gio/gio.h>

typedef struct PvLine PvLine;

/* What is at the other end; copied. */
typedef struct PvLineTarget {
  const char *socket_path;
  const char *object_path;
  const char *interface;
  GType proxy_type; /* as gdbus-codegen makes it, PV_LINK_TYPE_COURIER1_PROXY */
  guint retry_ms;   /* pause before it connects again */
} PvLineTarget;

typedef struct PvLineEvents {
  /* @proxy: borrowed until `down`; signal handlers whose data is @user_data are then disconnected. */
  void (*up) (GDBusProxy *proxy, gpointer user_data);
  /* It was up, or the first attempt has failed; once until it is up again. */
  void (*down) (gpointer user_data);
} PvLineEvents;

/* The first event comes from the main loop. */
PvLine *pv_line_new (const PvLineTarget *target, const PvLineEvents *events,
                     gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_line_free (PvLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvLine, pv_line_free)
