/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* supervisor.h: carries out what policy.h decides, with processes, sockets and the clock. Main thread. */
#pragma once

#include <glib.h>

enum {
  PV_SUPERVISOR_STOP_MS = 2000,      /* from SIGTERM to the end, whatever happens */
  PV_SUPERVISOR_TICK_MS = 20 * 1000, /* the wall clock is looked at this often at least */
  PV_SUPERVISOR_MAX_TIME_SCALE = 100,
};

typedef struct PvSupervisorOptions {
  const char *config;
  const char *session_program, *service_program, *setup_program;
  guint time_scale; /* its clock runs so many times faster; 1 but for tests */
} PvSupervisorOptions;

typedef struct PvSupervisor PvSupervisor;

/* @options: copied. @ended: after pv_supervisor_stop(), once all is over; may free the supervisor. */
PvSupervisor *pv_supervisor_new (const PvSupervisorOptions *options, void (*ended) (gpointer user_data),
                                 gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_supervisor_free (PvSupervisor *supervisor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSupervisor, pv_supervisor_free)

/* Sessions are ended and the printer is told, within PV_SUPERVISOR_STOP_MS. */
void pv_supervisor_stop (PvSupervisor *supervisor);
