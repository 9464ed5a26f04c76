/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* supervisor-link.h: a session's side of org.parvis.Session1. Main thread only. */
#pragma once

#include <gio/gio.h>

typedef struct PvSupervisorLink PvSupervisorLink;

typedef struct PvSupervisorEvents {
  void (*show) (gpointer user_data);
  /* Milliseconds since the last frame. */
  guint (*ping) (gpointer user_data);
  void (*out_of_order) (gpointer user_data);
  /* The next session is painted, or the supervisor is gone: end. */
  void (*finish) (gpointer user_data);
} PvSupervisorEvents;

/* @fd: taken over. Nothing is received before @events can be called. */
PvSupervisorLink *pv_supervisor_link_new (int fd, const PvSupervisorEvents *events, gpointer user_data);
void pv_supervisor_link_free (PvSupervisorLink *link);

void pv_supervisor_link_ready (PvSupervisorLink *link);
void pv_supervisor_link_shown (PvSupervisorLink *link);
void pv_supervisor_link_touched (PvSupervisorLink *link);
/* 0: none. */
void pv_supervisor_link_deadline (PvSupervisorLink *link, guint seconds);
void pv_supervisor_link_goodbye (PvSupervisorLink *link);
