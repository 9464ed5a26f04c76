/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* door-link.h: the service screen's side of parvis-door (app/kiosk/door/request.h): one connection for each request, one request at a
 * time, in their order. Main thread only. Every request is answered: what does not come in its time is an answer, too. */
#pragma once

#include "core/service.h"

enum {
  PV_DOOR_LINK_MS = 40 * 1000,       /* doctor ends within 20 s */
  PV_DOOR_LINK_SAVE_MS = 180 * 1000, /* a slow stick */
  PV_DOOR_LINK_MAX_BYTES = 512 * 1024,
  PV_DOOR_LINK_MAX_REQUESTS = 16, /* that wait; more are answered as failed */
};

typedef struct PvDoorLink PvDoorLink;

typedef struct PvDoorEvents {
  void (*opened) (PvServiceVerdict verdict, guint tries_left, gint64 until_us, gpointer user_data);
  /* (transfer full) (nullable) (element-type PvServiceFinding) */
  void (*found) (GPtrArray *findings, gpointer user_data);
  void (*counted) (int n_waiting, gpointer user_data);
  /* CLOSE, REOPEN, RESTART, SAVE */
  void (*done) (PvServiceEffectKind kind, gboolean is_done, gpointer user_data);
} PvDoorEvents;

PvDoorLink *pv_door_link_new (const char *socket_path, const PvDoorEvents *events, gpointer user_data);
/* Nothing is told any more. */
void pv_door_link_free (PvDoorLink *link);
/* TRY_PIN, LOOK, COUNT, NOTE_PAPER, CLOSE, REOPEN, RESTART, SAVE, LEAVE; others are passed over. */
void pv_door_link_ask (PvDoorLink *link, const PvServiceEffect *effect);
/* What doctor writes for a program. NULL: it is not that. (transfer full) */
GPtrArray *pv_door_link_read_findings (const char *text, gsize length) G_GNUC_WARN_UNUSED_RESULT;
